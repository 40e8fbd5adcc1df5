//! What is sent and shown of figures.

use serde::{Deserialize, Serialize};

use super::{Ask, Period, Week};
use crate::{
    error::FieldErrors,
    missions::MissionStatus,
    network::{TownFigures, TownRef},
};

/// How reviews ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// With the green light.
    pub green_light: u32,
    /// With changes asked of the organisation.
    pub changes_requested: u32,
    /// With a refusal.
    pub refused: u32,
}

impl Decisions {
    /// All of them.
    pub const fn all(self) -> u32 {
        self.green_light + self.changes_requested + self.refused
    }
}

/// The figures of a period, a week, or a town in a period. An event counts on the day, in Paris, on which it happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// Reviews decided then (table `review`, by `decided_at`). A version that was sent back and sent again counts each time.
    pub decisions: Decisions,
    /// Those of them that were decided by their due date (`due_at`).
    pub in_time: u32,
    /// Half of them took no longer than this, from when the version came (`created_at`) to the decision: hours of the town's
    /// working days, of which a day has 24, as due dates run (`reviews::due::Calendar`), the last one begun left out.
    pub median: Option<u32>,
    /// Nine in ten of them took no longer than this.
    pub ninetieth: Option<u32>,
    /// Applications that came in then, whatever became of them (table `application`, by `created_at`).
    pub applications: u32,
    /// Places of the slots that ended then and were not called off (table `slot`, by `ends_at`); an open period counts on its
    /// last day.
    pub places: u32,
    /// Those of them that somebody had to the end: the application was accepted, or then noted attended or absent (tables
    /// `application`, `application_slot`; `slot.taken` also counts who left once it had begun).
    pub filled: u32,
    /// The people who had them, each once; who was noted absent does not count.
    pub volunteers: u32,
    /// Hours of those people in dated slots, as planned: the length of the slot for each of them, to the nearest hour. Open
    /// periods say no hours and count for none.
    pub hours: u32,
    /// Hours that organisations noted and validated in slots that ended then, to the nearest hour (table `attendance`, by
    /// `slot.ends_at`); what certificates count.
    pub given: u32,
}

impl Measures {
    /// Of the decisions, how many percent were in time; `None` of no decision.
    pub fn percent_in_time(self) -> Option<u32> {
        percent(self.in_time, self.decisions.all())
    }

    /// Of the places, how many percent were taken; `None` of no place.
    pub fn percent_filled(self) -> Option<u32> {
        percent(self.filled, self.places)
    }
}

/// A part in percent, to the nearest whole number; never «0» of something nor «100» of less than all.
fn percent(part: u32, whole: u32) -> Option<u32> {
    let (part, whole) = (u64::from(part), u64::from(whole));
    let rounded = (part * 200 + whole).checked_div(whole * 2)?;
    let told = match rounded {
        0 if part > 0 => 1,
        100.. if part < whole => 99,
        other => other,
    };
    u32::try_from(told).ok()
}

/// How many of a kind of equipment were used: handed out for slots that ended then, and not given back (table
/// `equipment_movement`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// What it is called, in the reader's language.
    pub label: String,
    /// How many.
    pub quantity: u32,
    /// How many in each week of the period.
    pub weeks: Vec<u32>,
}

/// What both pages show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What was asked, as typed.
    pub ask: Ask,
    /// What was wrong with it; the usual period is then shown.
    pub errors: FieldErrors,
    /// The period shown.
    pub period: Period,
    /// Missions by state, at the instant of the answer.
    pub states: Vec<(MissionStatus, u32)>,
    /// The figures of the period.
    pub whole: Measures,
    /// The figures of each week of it.
    pub weeks: Vec<(Week, Measures)>,
    /// Equipment used in the period, by kind.
    pub used: Vec<Used>,
}

/// The figures of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownChart {
    /// How it stands now.
    pub now: TownFigures,
    /// What happened.
    pub chart: Chart,
}

/// One town among the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TownLine {
    /// The town.
    pub town: TownRef,
    /// Its missions online now.
    pub published: u32,
    /// Its figures of the period.
    pub measures: Measures,
    /// The equipment that it used, in the order of [`Chart::used`].
    pub used: Vec<u32>,
}

/// The figures of the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkFigures {
    /// What happened in all towns together. A volunteer of two towns counts once.
    pub chart: Chart,
    /// Town by town, by name.
    pub towns: Vec<TownLine>,
}
