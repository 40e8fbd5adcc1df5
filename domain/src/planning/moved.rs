//! The slots of a mission that is taken up again: the same days and hours, some weeks later.

use chrono::{DateTime, Days, NaiveDateTime, Utc};
use uuid::Uuid;

use crate::{
    missions::{SlotKind, SlotPlan},
    paris,
};

/// The slots moved by as few whole weeks as it takes for the first of them to lie ahead; days of the week and what a clock in
/// Paris shows stay the same. One that the clocks of its new day do not allow is left out. `id` gives each its own.
pub fn moved(slots: &[SlotPlan], now: DateTime<Utc>, mut id: impl FnMut() -> Uuid) -> Vec<SlotPlan> {
    let Some(first) = slots.iter().map(|slot| slot.starts_at).min() else { return Vec::new() };
    let behind = paris::date(now) - paris::date(first);
    let weeks = u64::try_from(behind.num_weeks()).unwrap_or_default();
    // The week of today may be one too few: its hour has passed.
    let ahead = |weeks: &u64| later(first, *weeks).is_none_or(|start| start > now);
    let weeks = [weeks, weeks + 1].into_iter().find(ahead).unwrap_or(weeks + 2);
    let one = |slot: &SlotPlan| {
        let (starts_at, ends_at) = (later(slot.starts_at, weeks)?, later(slot.ends_at, weeks)?);
        let plan = SlotPlan { id: Uuid::nil(), starts_at, ends_at, organisation: None, ..*slot };
        plan.problems("", Some(now)).is_empty().then_some(plan)
    };
    let mut plans: Vec<SlotPlan> = Vec::new();
    for plan in slots.iter().filter_map(one) {
        if !plans.iter().any(|other| other.when() == plan.when()) {
            plans.push(SlotPlan { id: id(), ..plan });
        }
    }
    plans.sort_by_key(|plan| (plan.starts_at, plan.kind == SlotKind::OpenPeriod));
    plans
}

/// What a clock in Paris shows at an instant, so many weeks later; `None` in the hour that the spring change skips.
fn later(at: DateTime<Utc>, weeks: u64) -> Option<DateTime<Utc>> {
    let local: NaiveDateTime = paris::to_paris(at).checked_add_days(Days::new(weeks.checked_mul(7)?))?;
    paris::from_paris(local)
}
