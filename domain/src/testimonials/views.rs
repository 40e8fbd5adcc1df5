//! What is sent and shown about testimonials.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{DeskAct, ReplyStatus, TestimonialStatus, Why};
use crate::{
    ids::{MissionId, OrganisationId, TestimonialId},
    network::TownRef,
    reviews::HistoryLine,
};

states! {
    /// How a testimonial is signed: never by a family name.
    pub enum Signature {
        /// By the first name of the account.
        FirstName = "first_name",
        /// By «a volunteer».
        Volunteer = "volunteer",
    }
}

/// A testimonial that is online, as everybody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The text.
    pub body: String,
    /// The first name it is signed with; `None` for «a volunteer».
    pub given_name: Option<String>,
    /// The day it went online, in Paris; its month is shown.
    pub day: NaiveDate,
    /// The mission, where the page is not the mission's own: id, part of its address, title.
    pub mission: Option<(MissionId, String, String)>,
    /// What the organisation answered: its name, the text.
    pub reply: Option<(String, String)>,
}

/// Every testimonial on a mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionVoices {
    /// The mission: id, part of its address, title.
    pub mission: (MissionId, String, String),
    /// They, as markup; empty where there is none.
    pub voices: String,
}

/// A mission that a volunteer came to, and what they said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTestimonialRow {
    /// The mission.
    pub mission: MissionId,
    /// Its title.
    pub title: String,
    /// Who answered for it.
    pub organisation: String,
    /// Where the newest text stands; `None` where nothing was written.
    pub status: Option<TestimonialStatus>,
    /// Whether something is online.
    pub online: bool,
}

/// What a volunteer writes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTestimonial {
    /// The mission and what was said of it.
    pub row: OwnTestimonialRow,
    /// The first name it may be signed with.
    pub given_name: String,
    /// The newest text.
    pub body: String,
    /// How it is signed.
    pub signature: Signature,
    /// What is online, where that is another text.
    pub online: Option<String>,
    /// Why the newest text, or what was online, is not.
    pub why: Option<Why>,
    /// What the organisation answered, once it is online.
    pub reply: Option<String>,
}

/// The organisation's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Where it stands.
    pub status: ReplyStatus,
    /// The text.
    pub body: String,
    /// Why it is not online.
    pub why: Option<Why>,
}

/// A testimonial that is online, for the organisation it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheirTestimonial {
    /// The testimonial.
    pub id: TestimonialId,
    /// The title of the mission.
    pub mission: String,
    /// The text.
    pub body: String,
    /// The first name it is signed with; `None` for «a volunteer».
    pub given_name: Option<String>,
    /// When it went online, UTC.
    pub at: DateTime<Utc>,
    /// What the organisation answered.
    pub reply: Option<Reply>,
    /// Whether it may answer now.
    pub may_reply: bool,
    /// Whether it reported the text, and the town has not said anything yet.
    pub reported: bool,
}

/// Those on the missions of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheirTestimonials {
    /// The organisation.
    pub organisation: (OrganisationId, String),
    /// The newest first.
    pub rows: Vec<TheirTestimonial>,
}

states! {
    /// What a testimonial asks of the coordinators.
    pub enum Awaits {
        /// A text to be read.
        Text = "text",
        /// What the organisation reported.
        Report = "report",
        /// The organisation's answer to be read.
        Reply = "reply",
    }
}

/// A line of the list of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRow {
    /// The testimonial.
    pub id: TestimonialId,
    /// The title of the mission.
    pub mission: String,
    /// Who answered for it.
    pub organisation: String,
    /// Where the newest text that was sent stands.
    pub status: TestimonialStatus,
    /// What it asks for.
    pub awaits: Vec<Awaits>,
    /// Since when, UTC.
    pub at: DateTime<Utc>,
    /// The beginning of the text.
    pub excerpt: String,
}

/// The testimonials of a town, for its coordinators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskList {
    /// The town.
    pub town: TownRef,
    /// What asks for something, the longest first; then what is online, then what is not, the newest first.
    pub rows: Vec<DeskRow>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskFile {
    /// The town.
    pub town: TownRef,
    /// What the list says of it.
    pub row: DeskRow,
    /// The page of the mission, where it is public: id, part of its address.
    pub mission: Option<(MissionId, String)>,
    /// The first name it is signed with; `None` for «a volunteer».
    pub given_name: Option<String>,
    /// The newest text that was sent; empty where there is none.
    pub body: String,
    /// What is online, where that is another text.
    pub online: Option<String>,
    /// Why the newest text, or what was online, is not.
    pub why: Option<Why>,
    /// What the organisation answered.
    pub reply: Option<Reply>,
    /// What the organisation says of it.
    pub report: Option<String>,
    /// Which state of it this is: sent back with an act.
    pub version: i32,
    /// What may be done now.
    pub acts: Vec<DeskAct>,
    /// The reader has a part in it: others decide.
    pub own: bool,
    /// Every act, newest first.
    pub history: Vec<HistoryLine>,
}

/// What became of a coordinator's act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// It is done.
    Done,
    /// Somebody did something else meanwhile: nothing was done.
    ChangedMeanwhile,
}
