//! What is sent and shown about applications.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    ApplicationStatus, OwnConsent,
    door::{Door, Shut},
    rules,
};
use crate::{
    attendance::AskedSlot,
    crisis::ToAcknowledge,
    error::Problem,
    ids::{ApplicationId, MissionId, OrganisationId, SlotId},
    messages::AnswerTemplate,
    missions::{MissionPage, MissionStatus, Seen, SlotKind, SlotLine},
    network::TownRef,
};

/// The form of an application, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationForm {
    /// Chosen slots.
    pub slots: Vec<String>,
    /// A word to the organisation, optional, at most 1 000 characters.
    pub message: String,
    /// E-mail of a parent or guardian, for who is under 18 on the day of a slot.
    pub guardian: String,
    /// `yes`: the safety rules were read.
    pub acknowledged: String,
    /// Which rules of crisis measures were shown, as the page of the mission has it.
    pub reading: String,
}

/// The form that takes one slot instead of another, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// The slot that is left.
    pub from: String,
    /// The slot that is taken: called as in an application, so that what stands against it is told beside it.
    pub slots: String,
    /// `yes`: the safety rules were read.
    pub acknowledged: String,
    /// Which rules of crisis measures were shown.
    pub reading: String,
}

impl From<MoveForm> for ApplicationForm {
    fn from(form: MoveForm) -> Self {
        let MoveForm { slots, acknowledged, reading, .. } = form;
        Self { slots: vec![slots], acknowledged, reading, ..Self::default() }
    }
}

/// The viewer's own live application, as the mission's page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnApplicationNote {
    /// The application.
    pub id: ApplicationId,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// Its slots.
    pub slots: Vec<SlotId>,
}

/// What somebody may add to a live application of theirs, or take instead of a slot of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherSlots {
    /// The application.
    pub id: ApplicationId,
    /// Its slots that may be left for another.
    pub own: Vec<SlotLine>,
    /// The mission, with what each of its slots is for the volunteer beside this application.
    pub mission: MissionPage,
}

impl FurtherSlots {
    fn asked(&self) -> &[SlotId] {
        self.mission.mine.as_ref().map(|mine| mine.slots.as_slice()).unwrap_or_default()
    }

    /// The slots to come of a mission that takes people: neither called off nor begun nor asked for already.
    pub fn open(&self) -> impl Iterator<Item = &SlotLine> {
        let online = self.mission.status == MissionStatus::Published;
        let others = self.mission.slots.iter().filter(move |slot| !self.asked().contains(&slot.id));
        others.filter(move |slot| online && slot.is_open(self.mission.now))
    }

    /// What one of these is for the volunteer; `keeps`: beside all that they asked for, rather than instead of one.
    pub fn seen(&self, slot: &SlotLine, keeps: bool) -> Option<Seen> {
        let seen = self.mission.viewer.as_ref().and_then(|viewer| viewer.seen(slot.id))?.clone();
        let dated = |slot: &SlotLine| slot.kind == SlotKind::Dated && !slot.cancelled;
        let span = |slot: &SlotLine| (slot.starts_at, slot.ends_at);
        let mut kept = self.mission.slots.iter().filter(|own| dated(own) && self.asked().contains(&own.id));
        let clashes = keeps && dated(slot) && kept.any(|own| rules::overlaps(span(own), span(slot)));
        let door = match seen.door {
            Door::Open(_) if clashes => Door::Shut(Shut::Rule(Problem::OverlapsAnother)),
            door => door,
        };
        Some(Seen { door, ..seen })
    }
}

/// An application in the volunteer's space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnApplication {
    /// The application.
    pub id: ApplicationId,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// Why it was declined or cancelled, if said.
    pub reason: Option<String>,
    /// The mission: id, part of its address, title.
    pub mission: (MissionId, String, String),
    /// Where the mission stands.
    pub mission_status: MissionStatus,
    /// Its organisation.
    pub organisation: String,
    /// Its town.
    pub town: TownRef,
    /// Where, on site; empty for remote.
    pub address: String,
    /// Practical details, only once accepted.
    pub practical: Option<String>,
    /// Its slots.
    pub slots: Vec<SlotLine>,
    /// When it was sent, UTC.
    pub sent_at: DateTime<Utc>,
    /// Whether it can be withdrawn now.
    pub withdrawable: bool,
    /// The slots that can be taken out of it now, one at a time: others are left.
    pub removable: Vec<SlotId>,
    /// Whether the mission has slots that can be added to it now.
    pub further: bool,
    /// Whether one of its slots can be changed for another now.
    pub moves: bool,
    /// On the waiting list: its place in the queue, from 1, the best one of its slots.
    pub position: Option<u32>,
    /// Offered: until when the place is held, UTC.
    pub held_until: Option<DateTime<Utc>>,
    /// Whether there is an exchange of messages, or may be one.
    pub messages: bool,
    /// Whether the other side wrote something that is not marked as read.
    pub unread: bool,
    /// A mission in another town where one is counted on less than an hour before or after.
    pub near: Option<String>,
    /// Under 18 on the day of a slot: how a guardian's consent stands.
    pub consent: Option<OwnConsent>,
    /// The slots of which they may say what came of them.
    pub asked: Vec<AskedSlot>,
}

/// A place that came free, as the page of its e-mail's link shows it: whoever has the link may answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedPlace {
    /// The application.
    pub id: ApplicationId,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// The mission: id, part of its address, title.
    pub mission: (MissionId, String, String),
    /// Who answers for the slot.
    pub organisation: String,
    /// Its town.
    pub town: TownRef,
    /// The slot.
    pub slots: Vec<SlotLine>,
    /// Until when the place is held, UTC; `None` once it is not.
    pub held_until: Option<DateTime<Utc>>,
    /// Nobody may take it for now: the mission, or whoever answers, is suspended. It stays held.
    pub paused: bool,
    /// Whoever takes it still waits for the organisation's choice.
    pub choose: bool,
}

/// The volunteer's space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolunteerSpace {
    /// First name.
    pub given_name: String,
    /// Live applications with a slot to come: those with a place that is held, by when it no longer is; the others, soonest
    /// first.
    pub live: Vec<OwnApplication>,
    /// All others, newest first.
    pub past: Vec<OwnApplication>,
    /// Rules of crisis measures to acknowledge.
    pub to_acknowledge: Vec<ToAcknowledge>,
    /// Accepted minutes in this ISO week of Europe/Paris (decree 2017-930: 24 h at most).
    pub minutes_this_week: u32,
    /// The whole address of the personal calendar, while it is on.
    pub calendar: Option<String>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

impl OwnApplication {
    /// Whether it is the volunteer's turn: a place is held for them, a guardian is to be named, messages are to be read.
    pub fn asks(&self, now: DateTime<Utc>) -> bool {
        let held = self.status == ApplicationStatus::Offered && self.held_until.is_some_and(|until| now < until);
        let guardian = self.consent.as_ref().is_some_and(|consent| consent.askable && consent.status.is_none());
        held || guardian || self.unread
    }
}

/// The parts of the volunteer's space, each in the order that it came in: what asks something of them, what is next, what
/// waits for others, what is over.
pub fn by_turn(live: Vec<OwnApplication>, past: Vec<OwnApplication>, now: DateTime<Utc>) -> [Vec<OwnApplication>; 4] {
    let mut parts: [Vec<OwnApplication>; 4] = Default::default();
    let [asking, next, waiting, over] = &mut parts;
    let lives = live.len();
    for (place, own) in live.into_iter().chain(past).enumerate() {
        let part = if own.asks(now) {
            &mut *asking
        } else if place >= lives {
            &mut *over
        } else if own.status == ApplicationStatus::Accepted {
            &mut *next
        } else {
            &mut *waiting
        };
        part.push(own);
    }
    parts
}

/// An applicant as the organisation sees it. Contact details only while the application is live, and of a minor once a guardian
/// has consented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The application.
    pub id: ApplicationId,
    /// Where it stands.
    pub status: ApplicationStatus,
    /// First and last name while live; first name and initial after.
    pub name: String,
    /// E-mail while live.
    pub email: Option<String>,
    /// Phone while live, if given.
    pub phone: Option<String>,
    /// Between 16 and 18 on the day of the first slot.
    pub minor: bool,
    /// Their guardian has consented; nothing more is told of it.
    pub consented: bool,
    /// Has still to acknowledge the rules of crisis measures, being counted on.
    pub unacknowledged: bool,
    /// Crisis measures keep this person at home on the day of a slot.
    pub kept_home: bool,
    /// The word to the organisation.
    pub message: String,
    /// Chosen slots.
    pub slots: Vec<SlotId>,
    /// The answer's reason, if any.
    pub reason: Option<String>,
    /// When it was sent, UTC.
    pub sent_at: DateTime<Utc>,
    /// On the waiting list: its place in the queue, from 1.
    pub position: Option<u32>,
    /// Offered: until when the place is held, UTC.
    pub held_until: Option<DateTime<Utc>>,
    /// Whether there is an exchange of messages, or may be one.
    pub messages: bool,
    /// Whether the other side wrote something that is not marked as read.
    pub unread: bool,
    /// Whether both sides may write in it now.
    pub open: bool,
    /// When the last message of either side was written, UTC.
    pub last_message: Option<DateTime<Utc>>,
}

/// The applications of a mission that an organisation answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionApplications {
    /// The organisation that answers.
    pub organisation: OrganisationId,
    /// Whether a helper looks, who has no other page of the mission.
    pub helper: bool,
    /// The organisation of the mission, when it is another's: this one is its partner.
    pub partner_of: Option<String>,
    /// The mission.
    pub mission: MissionId,
    /// Its part of the public page's address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: MissionStatus,
    /// The organisation is suspended: it reads messages, and writes none.
    pub paused: bool,
    /// The slots that the organisation holds, with what is taken.
    pub slots: Vec<SlotLine>,
    /// Whether equipment is handed out on them.
    pub equipment: bool,
    /// The day from which volunteers can apply, while that is still to come.
    pub opens_on: Option<NaiveDate>,
    /// Those who wait first, then the newest.
    pub applicants: Vec<Applicant>,
    /// The texts that the organisation keeps to answer with.
    pub templates: Vec<AnswerTemplate>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

/// How a bulk answer went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkAnswer {
    /// Answered as asked.
    pub done: u32,
    /// Not accepted because a slot is full.
    pub full: u32,
    /// Not accepted because crisis measures forbid it.
    pub forbidden: u32,
    /// Not accepted because a guardian has not consented yet.
    pub unconsented: u32,
    /// Not in a state to be answered any more, or against another rule.
    pub skipped: u32,
}
