//! The checklist, and what the system found for it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{missions::Need, reviews::feasible::Doubt};

/// The answer to one item of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistLine {
    /// Stable code.
    pub code: String,
    /// The question.
    pub label: String,
    /// One sentence more.
    pub hint: String,
    /// The green light needs a yes (or «not applicable»).
    pub mandatory: bool,
    /// `yes`, `no`, `not_applicable` or empty.
    pub answer: String,
    /// The coordinator's note.
    pub note: String,
    /// Who answered it last, and when, UTC.
    pub answered: Option<(String, DateTime<Utc>)>,
    /// What the system found, as a key of the translation files with its count, if it found something.
    pub finding: Option<Finding>,
}

impl ChecklistLine {
    /// Whether the green light still lacks an answer to it, a yes or a «not applicable».
    pub fn is_missing(&self) -> bool {
        self.mandatory && !matches!(self.answer.as_str(), "yes" | "not_applicable")
    }
}

/// What the system found for an item of the checklist; a person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// So many likely duplicates are listed.
    Duplicates(u32),
    /// No likely duplicate was found.
    NoDuplicate,
    /// What other missions of the same domain offer in the same part of town, and who wants it.
    Need(Need),
    /// What its slots and its text leave open.
    Feasible(Vec<Doubt>),
    /// Words that tell of an aim of profit, politics or religion, in its text.
    Interest(Vec<String>),
    /// Words that tell of a job that is replaced, in its text.
    Job(Vec<String>),
    /// The words that tell of insurance, if its text has some.
    Insurance(Option<String>),
    /// Its safety rules, and what may be dangerous.
    Safety(Safety),
    /// Somebody who took every slot would serve so many hours in the fullest week, within what a person may.
    WeekWithin(u32),
    /// The same, beyond what a person may: nobody can take every slot.
    WeekBeyond(u32),
    /// The town has approved the organisation.
    HostApproved,
    /// The town has not approved the organisation, or has suspended it.
    HostNotApproved,
    /// The mission states no need of equipment.
    NoEquipment,
    /// All the equipment it needs is reserved, or there to be.
    Equipped,
    /// Kinds of equipment of which units are missing: label, units missing, units needed.
    EquipmentShort(Vec<(String, u32, u32)>),
    /// The numbers that the organisation gives, well formed: its RNA, its SIRET.
    Numbers(Option<String>, Option<String>),
    /// So many organisations of other towns of the network have the same number.
    SameNumberElsewhere(u32),
    /// A word of the name that raises the question.
    DoubtfulWord(String),
    /// No word of the name raises the question.
    NoDoubtfulWord,
    /// Its legal form may host volunteers of the civic reserve.
    HostForm,
    /// Its legal form has to be looked at.
    HostFormUnknown,
    /// It can be written to at its own domain.
    OwnEmail(String),
    /// It can be written to at a provider's.
    Email(String),
    /// It gives neither e-mail nor phone.
    NoContact,
    /// So many organisations of the town may be the same.
    LookAlikes(u32),
    /// No organisation of the town looks the same.
    NoLookAlike,
    /// Crisis measures let its domain go on.
    DomainAllowed,
    /// Crisis measures do not let its domain go on.
    DomainForbidden,
    /// Its largest slot on site, and the most people that crisis measures allow together.
    Group(u32, u32),
}

/// What a text tells of safety.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Safety {
    /// Safety rules that are stated: the mission's own and those of its domain.
    pub rules: u32,
    /// What may be dangerous, with the words that tell of it.
    pub dangers: Vec<(String, Vec<String>)>,
    /// Whether people of 16 and 17 may come.
    pub minors: bool,
}

/// One answer of the checklist, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChecklistAnswer {
    /// Code of the item.
    pub code: String,
    /// `yes`, `no`, `not_applicable` or empty.
    pub answer: String,
    /// A note, optional.
    pub note: String,
    /// The answer that the page showed at first.
    pub was: String,
    /// The note that the page showed at first.
    pub was_note: String,
}

/// What becomes of an answer that is sent, beside what is kept by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Nobody touched it, or it says the same.
    AsItIs,
    /// It is written.
    Written,
    /// Somebody else answered since the page was shown: theirs stays, and is told.
    Theirs,
}

impl Kept {
    /// Each is an answer with its note: as the page showed them, as they are sent, as they are kept.
    pub fn of(shown: (&str, &str), sent: (&str, &str), kept: (&str, &str)) -> Self {
        if sent == shown || sent == kept {
            Self::AsItIs
        } else if kept == shown {
            Self::Written
        } else {
            Self::Theirs
        }
    }
}
