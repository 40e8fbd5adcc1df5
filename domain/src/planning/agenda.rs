//! The week before an organisation.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{MissionId, OrganisationId},
    missions::SlotLine,
};

/// Days ahead that are shown.
pub const DAYS_AHEAD: i64 = 7;

/// How long before a slot whoever gives a place up does so at the last minute.
pub const LAST_MINUTE: TimeDelta = TimeDelta::hours(48);

/// The slots of the days to come, and what waits about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Places that are held for people of waiting lists, who have not answered yet.
    pub offers: u32,
    /// Missions in which volunteers wrote what is not marked as read: id, title, how many of them.
    pub unread: Vec<(MissionId, String, u32)>,
    /// Slots that are over with people whose hours are not validated.
    pub to_validate: u32,
    /// The slots, those at risk first, each part in order of time.
    pub slots: Vec<AgendaSlot>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

/// A slot of the days to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaSlot {
    /// Its mission: id, title.
    pub mission: (MissionId, String),
    /// The slot.
    pub slot: SlotLine,
    /// People who asked for it and wait for an answer that may be given: a guardian has consented where one must.
    pub unanswered: u32,
    /// Places that count as taken but are only offered: whoever they are held for has not said yes.
    pub offered: u32,
    /// Whether people may still come: the mission is online, and whoever holds the slot is not suspended.
    pub open: bool,
    /// Whether it does not take place for now: the organisation is suspended.
    pub suspended: bool,
    /// Who had a place and gave it up shortly before the slot, while a place is free: their name as the organisation still knows
    /// it, and when, UTC; the last one first.
    pub left: Vec<(String, DateTime<Utc>)>,
    /// Whether whoever looks may ask volunteers for cover now.
    pub cover: bool,
}

impl AgendaSlot {
    /// Places that nobody has, where somebody may still take them.
    pub const fn unfilled(&self) -> u32 {
        if self.open { self.slot.places.saturating_sub(self.slot.taken) } else { 0 }
    }

    /// Whether it needs somebody to look: it is suspended, places are left or only offered, or people wait.
    pub const fn is_at_risk(&self) -> bool {
        self.suspended || self.unfilled() > 0 || self.unanswered > 0 || self.offered > 0
    }
}

impl Agenda {
    /// Puts its slots in order.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.slots.sort_by_key(|one| (!one.is_at_risk(), one.slot.starts_at, one.slot.id));
        self
    }
}
