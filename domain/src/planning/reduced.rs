//! Fewer places in a slot than people hold: who loses theirs.

use chrono::{DateTime, Utc};

use crate::{error::Problem, ids::ApplicationId, missions::SlotPlan};

/// How many of those who hold a place lose it when a slot has so many places left.
pub const fn surplus(held: u32, places: u32) -> u32 {
    held.saturating_sub(places)
}

/// Who is proposed to lose their place: those who came last, given in the order in which they came.
pub fn proposed(holders: &[ApplicationId], places: u32) -> &[ApplicationId] {
    let kept = holders.len().min(usize::try_from(places).unwrap_or(usize::MAX));
    holders.get(kept..).unwrap_or_default()
}

/// Whether as many were chosen as lose their place, each of them once and among those who hold one.
///
/// # Errors
/// `ChooseExactly` when there are more or fewer.
pub fn check_chosen(holders: &[ApplicationId], chosen: &[ApplicationId], places: u32) -> Result<(), Problem> {
    let needed = surplus(u32::try_from(holders.len()).unwrap_or(u32::MAX), places);
    let found = holders.iter().filter(|holder| chosen.contains(holder)).count();
    let exact = u32::try_from(found) == Ok(needed) && chosen.len() == found;
    if exact { Ok(()) } else { Err(Problem::ChooseExactly { n: needed }) }
}

/// A plan that was written before places were taken away at an instant, with no more places than the slot kept; one that was
/// written afterwards says what it says.
pub fn capped(plan: &SlotPlan, kept: u32, reduced_at: DateTime<Utc>, written_at: DateTime<Utc>) -> SlotPlan {
    let places = if reduced_at > written_at { plan.places.min(kept) } else { plan.places };
    SlotPlan { places, ..*plan }
}
