//! Joining a duplicate to what is online.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    missions::{MissionContent, SlotKind, SlotPlan},
    reviews::joining::{Fate, holder, joining},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::at;

const PARTNER: Uuid = Uuid::from_u128(77);

fn now() -> DateTime<Utc> {
    at("2026-06-01T08:00:00Z")
}

fn slot(id: u128, hours_ahead: i64, organisation: Option<Uuid>) -> SlotPlan {
    let starts_at = now() + TimeDelta::hours(hours_ahead);
    SlotPlan {
        id: Uuid::from_u128(id),
        kind: SlotKind::Dated,
        starts_at,
        ends_at: starts_at + TimeDelta::hours(3),
        places: 4,
        organisation,
    }
}

fn content(slots: Vec<SlotPlan>) -> MissionContent {
    MissionContent { title: "Collecte alimentaire".to_owned(), slots, ..MissionContent::default() }
}

#[test]
fn the_text_of_a_content_without_partners_is_what_it_was() {
    let json = content(vec![slot(1, 24, None)]).canonical_json();
    assert!(json.ends_with(
        r#""slots":[{"id":"00000000-0000-0000-0000-000000000001","kind":"dated","starts_at":"2026-06-02T08:00:00Z","ends_at":"2026-06-02T11:00:00Z","places":4}]}"#
    ), "{json}");
    let held = content(vec![slot(1, 24, Some(PARTNER))]).canonical_json();
    assert!(held.contains(r#""organisation":"00000000-0000-0000-0000-00000000004d""#), "{held}");
    for text in [json, held] {
        let read: MissionContent = serde_json::from_str(&text).unwrap();
        assert_eq!(read.canonical_json(), text);
    }
}

#[test]
fn what_comes_over_lies_ahead() {
    let under_way = SlotPlan { kind: SlotKind::OpenPeriod, ..slot(5, -2, None) };
    let joined = content(vec![slot(1, -1, None), slot(2, 24, None), slot(3, 48, None), slot(4, -24, None), under_way]);
    let online = content(vec![slot(9, 48, None)]);
    let fates: Vec<Fate> = joining(&joined, &online, now()).into_iter().map(|(_, fate)| fate).collect();
    assert_eq!(fates, [Fate::Past, Fate::Joins, Fate::SameTime, Fate::Past, Fate::Joins]);
}

#[test]
fn its_own_slots_are_its_own_unless_they_would_be_lost() {
    let owner = Uuid::from_u128(1);
    assert_eq!(holder(owner, PARTNER, false, Fate::Joins), Some(PARTNER));
    assert_eq!(holder(owner, PARTNER, true, Fate::SameTime), Some(PARTNER));
    assert_eq!(holder(owner, owner, false, Fate::Joins), None);
    assert_eq!(holder(owner, owner, false, Fate::SameTime), Some(owner));
    assert_eq!(holder(owner, owner, true, Fate::Joins), Some(owner));
}

#[test]
fn two_organisations_may_plan_the_same_time_and_a_reviewer_sees_who_holds_it() {
    let both = content(vec![slot(1, 24, None), slot(2, 24, Some(PARTNER))]);
    assert_eq!(both.check_draft(), Ok(()));
    let twice = content(vec![slot(1, 24, None), slot(2, 24, None)]);
    assert!(twice.check_draft().is_err());
    let alone = content(vec![slot(1, 24, None)]);
    assert_eq!(alone.reviewed_differences(&both), ["slots"]);
    assert_eq!(both.clone().written(), alone);
}

fn plans(most: u128, organisation: Option<Uuid>) -> impl Strategy<Value = Vec<SlotPlan>> {
    let ids = if organisation.is_some() { 1000..1000 + most } else { 1..1 + most };
    proptest::collection::btree_map(ids, 0_i64..500, 0..12)
        .prop_map(move |plans| plans.into_iter().map(|(id, hours)| slot(id, hours, organisation)).collect())
}

proptest! {
    /// Whatever its organisation writes meanwhile, what was joined goes online with it, and only once.
    #[test]
    fn what_was_joined_is_never_lost(own in plans(50, None), joined in plans(50, Some(PARTNER)), old in plans(50, None)) {
        let online = content([old, joined.clone()].concat());
        let next = content(own.clone()).with_joined(&online);
        let held: Vec<SlotPlan> = next.slots.iter().filter(|slot| slot.organisation.is_some()).copied().collect();
        prop_assert_eq!(held.len(), joined.len());
        prop_assert!(joined.iter().all(|slot| held.contains(slot)));
        prop_assert_eq!(next.slots.len(), own.len() + joined.len());
        prop_assert_eq!(next.clone().with_joined(&online), next.clone());
        if joined.is_empty() {
            prop_assert_eq!(next.canonical_json(), content(own).canonical_json());
        }
    }
}
