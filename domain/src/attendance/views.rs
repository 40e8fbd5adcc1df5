//! What is shown about attendance and hours.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Mark, Said};
use crate::{
    ids::{AccountId, ApplicationId, MissionId, OrganisationId},
    missions::SlotLine,
};

/// The attendance of a slot, for the organisation that answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotAttendance {
    /// Who looks: what they note, perhaps without a network, is sent as theirs or not at all.
    pub by: AccountId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Whether a helper looks, who has no editor of the mission.
    pub helper: bool,
    /// The mission: id, title.
    pub mission: (MissionId, String),
    /// The slot.
    pub slot: SlotLine,
    /// Who is expected, or was, by name.
    pub people: Vec<Attendee>,
    /// Nobody may be noted before: this instant, UTC.
    pub opens_at: Option<DateTime<Utc>>,
    /// Nobody may be noted any more: since this instant, UTC.
    pub closed_at: Option<DateTime<Utc>>,
    /// Hours may be validated: the slot is over, and somebody is still to be.
    pub may_validate: bool,
    /// Minutes that the slot lasts; none for an open period.
    pub usual: Option<u32>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

/// Somebody on the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Their application.
    pub application: ApplicationId,
    /// First and last name while the application is live; first name and initial after.
    pub name: String,
    /// Their phone, while the application is live, if given.
    pub phone: Option<String>,
    /// What is noted.
    pub note: Option<Note>,
    /// They gave up, or were called off, since the slot began: this instant, UTC.
    pub left_at: Option<DateTime<Utc>>,
    /// What they say of it themselves, if they do.
    pub said: Option<Said>,
}

/// A slot of which somebody who was expected may say what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedSlot {
    /// The slot.
    pub slot: SlotLine,
    /// What they said so far.
    pub said: Option<Said>,
}

/// What is noted of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Came, or not.
    pub mark: Mark,
    /// Minutes.
    pub minutes: u32,
    /// How often it was written: who writes again says which one they saw.
    pub version: u32,
    /// Who wrote it.
    pub by: String,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Validated: it stays as it is.
    pub validated: bool,
}

/// A slot of which an organisation has still to say who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToNote {
    /// The mission: id, title.
    pub mission: (MissionId, String),
    /// The slot.
    pub slot: SlotLine,
    /// How many people's hours are still to be validated.
    pub people: u32,
}

/// How saving a sheet went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Notes written, or already there as sent.
    pub done: u32,
    /// Notes that somebody had changed meanwhile: theirs stay.
    pub changed: u32,
}

/// The hours that a volunteer has given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenHours {
    /// Year by year, the newest first.
    pub years: Vec<YearHours>,
    /// Slots that are over and whose hours wait for the organisation: mission and slot.
    pub awaited: Vec<(String, SlotLine)>,
    /// What organisations said to thank, the newest first.
    pub thanks: Vec<Thanks>,
}

/// A word of thanks that came with validated hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thanks {
    /// The application, in whose exchange it stands too.
    pub application: ApplicationId,
    /// The title of the mission.
    pub mission: String,
    /// Who thanks.
    pub organisation: String,
    /// For coming then.
    pub slot: SlotLine,
    /// The words.
    pub body: String,
}

/// The hours of a calendar year of Europe/Paris.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearHours {
    /// The year.
    pub year: i32,
    /// Minutes in all.
    pub minutes: u32,
    /// Mission by mission, the longest first.
    pub missions: Vec<MissionHours>,
}

/// Hours given to a mission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionHours {
    /// Its title.
    pub title: String,
    /// Who answered for the slots.
    pub organisation: String,
    /// Its town.
    pub town: String,
    /// The first and the last day.
    pub days: (NaiveDate, NaiveDate),
    /// Minutes.
    pub minutes: u32,
}
