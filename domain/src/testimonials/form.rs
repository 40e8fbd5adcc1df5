//! What is typed, and what it means once it is read.

use serde::{Deserialize, Serialize};

use super::{Signature, rules};
use crate::{
    error::{FieldErrors, Problem},
    text,
};

/// A testimonial, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WrittenForm {
    /// The text.
    pub testimonial: String,
    /// How it is signed, by its name.
    pub signature: String,
    /// `yes` where publication is consented to.
    pub consent: String,
}

/// A testimonial, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub body: String,
    /// How it is signed.
    pub signature: Signature,
}

impl WrittenForm {
    /// Reads it; what is sent, rather than kept, must be long enough and consented to.
    ///
    /// # Errors
    /// What is wrong with which field.
    pub fn read(&self, sent: bool) -> Result<Written, FieldErrors> {
        let mut errors = FieldErrors::default();
        let body = errors.take("testimonial", rules::testimonial(&self.testimonial, sent));
        let signature = errors.take("signature", Signature::parse(&self.signature).ok_or(Problem::NotAChoice));
        if sent && self.consent != "yes" {
            errors.add("consent", Problem::Required);
        }
        match (body, signature) {
            (Some(body), Some(signature)) if errors.is_empty() => Ok(Written { body, signature }),
            _ => Err(errors),
        }
    }
}

states! {
    /// What a coordinator does on a testimonial's page.
    pub enum DeskAct {
        /// Put the text that waits online.
        Publish = "publish",
        /// Send it back.
        Refuse = "refuse",
        /// Take down what is online.
        TakeDown = "take_down",
        /// Leave online what was reported.
        Keep = "keep",
        /// Put the organisation's answer online.
        PublishReply = "publish_reply",
        /// Send it back.
        RefuseReply = "refuse_reply",
    }
}

states! {
    /// Why a text is not online.
    pub enum WhyCode {
        /// It names somebody, or lets them be known.
        NamesSomebody = "names_somebody",
        /// It insults.
        Insulting = "insulting",
        /// It is not about the mission.
        OffTopic = "off_topic",
        /// It advertises.
        Advertisement = "advertisement",
        /// Something else, in words.
        Other = "other",
    }
}

/// Why, for whoever wrote the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The reason.
    pub code: WhyCode,
    /// The town's words, may be empty.
    pub word: String,
}

/// A coordinator's act, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerdictForm {
    /// The act, by its name.
    pub act: String,
    /// The reason, by its name.
    pub reason: String,
    /// The town's words.
    pub word: String,
}

/// A coordinator's act, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Put the text that waits online.
    Publish,
    /// Send it back.
    Refuse(Why),
    /// Take down what is online.
    TakeDown(Why),
    /// Leave online what was reported, with a word to the organisation.
    Keep(String),
    /// Put the organisation's answer online.
    PublishReply,
    /// Send it back.
    RefuseReply(Why),
}

impl VerdictForm {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with which field.
    pub fn read(&self) -> Result<Verdict, FieldErrors> {
        let act = DeskAct::parse(&self.act).ok_or_else(|| FieldErrors::one("act", Problem::NotAChoice))?;
        Ok(match act {
            DeskAct::Publish => Verdict::Publish,
            DeskAct::PublishReply => Verdict::PublishReply,
            DeskAct::Refuse => Verdict::Refuse(self.why()?),
            DeskAct::TakeDown => Verdict::TakeDown(self.why()?),
            DeskAct::RefuseReply => Verdict::RefuseReply(self.why()?),
            DeskAct::Keep => {
                let word = text::paragraphs(&self.word, 1, rules::LONGEST_REASON);
                Verdict::Keep(word.map_err(|problem| FieldErrors::one("word", problem))?)
            }
        })
    }

    /// A reason; words where it is none of the list.
    fn why(&self) -> Result<Why, FieldErrors> {
        let mut errors = FieldErrors::default();
        let code = errors.take("reason", WhyCode::parse(&self.reason).ok_or(Problem::ReasonRequired));
        let least = u32::from(code == Some(WhyCode::Other));
        let word = errors.take("word", text::paragraphs(&self.word, least, rules::LONGEST_REASON));
        match (code, word) {
            (Some(code), Some(word)) => Ok(Why { code, word }),
            _ => Err(errors),
        }
    }
}
