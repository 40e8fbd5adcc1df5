//! What is said of a mission that somebody keeps.

use chrono::TimeDelta;
use domain::{
    favourites::{FavouriteState, state},
    ids::SlotId,
    missions::{MissionStatus, SlotKind, SlotLine},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::at;

fn slot(ends_in: i64, taken: u32, places: u32, cancelled: bool) -> SlotLine {
    let ends_at = at("2026-11-23T09:00:00Z") + TimeDelta::hours(ends_in);
    SlotLine {
        id: SlotId(Uuid::from_u128(1)),
        kind: SlotKind::Dated,
        starts_at: ends_at - TimeDelta::hours(2),
        ends_at,
        places,
        taken,
        cancelled,
        organisation: None,
    }
}

#[test]
fn a_mission_is_open_full_or_over_by_its_slots_to_come() {
    let now = at("2026-11-23T09:00:00Z");
    for (slots, expected) in [
        (vec![slot(24, 1, 2, false)], FavouriteState::Open),
        (vec![slot(24, 2, 2, false)], FavouriteState::Full),
        // Places in what is over or called off are none.
        (vec![slot(24, 2, 2, false), slot(0, 0, 2, false), slot(48, 0, 2, true)], FavouriteState::Full),
        (vec![slot(24, 2, 2, false), slot(48, 0, 2, false)], FavouriteState::Open),
        (vec![slot(0, 0, 2, false)], FavouriteState::Ended),
        (vec![slot(24, 0, 2, true)], FavouriteState::Ended),
        (vec![], FavouriteState::Ended),
    ] {
        assert_eq!(state(MissionStatus::Published, &slots, now), expected, "{slots:?}");
        assert_eq!(state(MissionStatus::Closed, &slots, now), FavouriteState::Ended);
    }
}

proptest! {
    #[test]
    fn of_what_is_not_online_nothing_can_be_told_apart(hours in -50_i64..50, taken in 0_u32..3, cancelled in any::<bool>()) {
        let (now, slots) = (at("2026-11-23T09:00:00Z"), [slot(hours, taken, 2, cancelled)]);
        for status in MissionStatus::ALL {
            if !matches!(status, MissionStatus::Published | MissionStatus::Closed) {
                prop_assert_eq!(state(*status, &slots, now), FavouriteState::Offline);
                prop_assert_eq!(state(*status, &[], now), FavouriteState::Offline);
            }
        }
    }
}
