//! More of a slot that is there: it keeps its id, and with it the people in it.

use chrono::{DateTime, Utc};

use crate::{
    error::{FieldErrors, Problem},
    missions::{SlotKind, SlotPlan},
};

/// The slot with other places, and a later end of an open period; `taken` places are given already. Hours of a dated slot never
/// change: those who have it planned their day by them.
///
/// # Errors
/// The problems of the fields `places` and `last_date`.
pub fn extended(
    plan: &SlotPlan,
    places: u32,
    ends_at: Option<DateTime<Utc>>,
    taken: u32,
    now: DateTime<Utc>,
) -> Result<SlotPlan, FieldErrors> {
    let mut errors = FieldErrors::default();
    let ends_at = ends_at.filter(|_| plan.kind == SlotKind::OpenPeriod).unwrap_or(plan.ends_at);
    let after = SlotPlan { places, ends_at, ..*plan };
    if places < taken {
        errors.add("places", Problem::PlacesBelowTaken { taken });
    }
    if ends_at < plan.ends_at && taken > 0 {
        errors.add("last_date", Problem::NotEarlier);
    }
    for (field, problem) in after.problems("", Some(now)).iter() {
        let field = if field == "places" { "places" } else { "last_date" };
        errors.add(field, problem.clone());
    }
    errors.into_result().map(|()| after)
}
