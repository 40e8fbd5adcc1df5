//! What a profile may hold, and when somebody is free.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use chrono::{DateTime, Utc};
use domain::{
    error::Problem,
    ids::NeighbourhoodId,
    profiles::{Availability, Choosable, Language, Means, Part, Profile, ProfileForm, parts_of},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::at;

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn list(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn known() -> Choosable {
    Choosable {
        skills: set(&["cooking", "repairing"]),
        domains: set(&["food-aid", "culture"]),
        neighbourhoods: vec![NeighbourhoodId(Uuid::from_u128(7))],
    }
}

#[test]
fn nothing_is_required() {
    assert_eq!(ProfileForm::default().read(&known()), Ok(Profile::default()));
    // A box of nothing is nothing.
    let empty = ProfileForm { skills: list(&[""]), availability: list(&["", ""]), ..ProfileForm::default() };
    assert_eq!(empty.read(&known()), Ok(Profile::default()));
}

#[test]
fn what_is_kept_is_what_its_form_shows() {
    let profile = Profile {
        skills: set(&["cooking"]),
        liked: set(&["culture", "food-aid"]),
        means: vec![Means::Car, Means::CargoBicycle],
        availability: Availability::default().with((2, Part::Evening)).with((7, Part::Morning)),
        radius: Some(10),
        neighbourhood: Some(NeighbourhoodId(Uuid::from_u128(7))),
        languages: vec![Language::SignLanguage, Language::Arabic],
        remote: true,
        suggestions: true,
        cover: true,
    };
    assert_eq!(profile.form().read(&known()), Ok(profile.clone()));
    // The same twice is once, in the order of the list.
    let twice = ProfileForm { means: list(&["cargo_bicycle", "car", "car"]), ..profile.form() };
    assert_eq!(twice.read(&known()), Ok(profile));
}

#[test]
fn only_what_can_be_chosen_is_kept() {
    let wrong = ProfileForm {
        skills: list(&["cooking", "juggling"]),
        liked: list(&["sport"]),
        means: list(&["helicopter"]),
        availability: list(&["8-morning"]),
        radius: "11".to_owned(),
        neighbourhood: Uuid::from_u128(8).to_string(),
        languages: list(&["fr"]),
        remote: "on".to_owned(),
        suggestions: "no".to_owned(),
        cover: "no".to_owned(),
        ..ProfileForm::default()
    };
    let errors = wrong.read(&known()).expect_err("nothing of it can be chosen");
    let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
    let all = [
        "availability",
        "cover",
        "languages",
        "liked",
        "means",
        "neighbourhood",
        "radius",
        "remote",
        "skills",
        "suggestions",
    ];
    assert_eq!(fields, all);
    assert!(errors.iter().all(|(_, problem)| *problem == Problem::NotAChoice));
}

#[test]
fn parts_of_a_week_are_those_of_the_clock_in_paris() {
    let parts = |start: &str, hours: i64| parts_of((at(start), at(start) + TimeDelta::hours(hours)));
    // Tuesday 24 November 2026, 18:00 to 20:00 in winter; the same in summer is an hour earlier in UTC.
    assert_eq!(parts("2026-11-24T17:00:00Z", 2), [(2, Part::Evening)]);
    assert_eq!(parts("2026-07-28T16:00:00Z", 2), [(2, Part::Evening)]);
    assert_eq!(parts("2026-07-28T15:00:00Z", 1), [(2, Part::Afternoon)]);
    // Over midnight, into the next day.
    assert_eq!(parts("2026-11-29T22:00:00Z", 4), [(7, Part::Evening), (1, Part::Morning)]);
    // 09:00 to 19:00.
    assert_eq!(parts("2026-11-25T08:00:00Z", 10), [(3, Part::Morning), (3, Part::Afternoon), (3, Part::Evening)]);
    // The nights of the changes of hour.
    assert_eq!(parts("2026-03-28T23:30:00Z", 3), [(7, Part::Morning)]);
    assert_eq!(parts("2026-10-24T22:30:00Z", 3), [(7, Part::Morning)]);
}

#[test]
fn half_an_hour_of_a_part_is_only_touched() {
    let slot = |minutes: i64| (at("2026-11-25T08:00:00Z"), at("2026-11-25T08:00:00Z") + TimeDelta::minutes(minutes));
    let morning = Availability::default().with((3, Part::Morning));
    assert!(morning.covers(slot(180)), "09:00 to 12:00");
    assert!(morning.covers(slot(210)), "to 12:30");
    assert!(!morning.covers(slot(211)), "to 12:31");
    assert!(morning.with((3, Part::Afternoon)).covers(slot(211)));
    // However short, a slot lies somewhere.
    assert_eq!(parts_of(slot(10)), [(3, Part::Morning)]);
    let noon = (at("2026-11-25T10:45:00Z"), at("2026-11-25T11:15:00Z"));
    assert_eq!(parts_of(noon), [(3, Part::Morning)]);
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..60 * 24 * 366).prop_map(|minutes| at("2026-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

proptest! {
    #[test]
    fn codes_read_back(bits in 0_u32..1 << 21) {
        let kept = Availability::from_bits(bits);
        prop_assert_eq!(kept.bits(), bits);
        let codes = kept.codes();
        prop_assert_eq!(codes.len(), bits.count_ones() as usize);
        prop_assert_eq!(Availability::parse(codes.iter().map(String::as_str)), Some(kept));
    }

    #[test]
    fn bits_that_mean_nothing_are_dropped(bits in any::<u32>()) {
        prop_assert_eq!(Availability::from_bits(bits).bits() >> 21, 0);
    }

    #[test]
    fn who_is_always_free_is_free_for_any_slot_and_who_never_is_for_none(start in instant(), minutes in 1_i64..=24 * 60) {
        let slot = (start, start + TimeDelta::minutes(minutes));
        prop_assert!(!parts_of(slot).is_empty());
        prop_assert!(Availability::from_bits(u32::MAX).covers(slot));
        prop_assert!(!Availability::default().covers(slot));
    }

    #[test]
    fn more_time_never_fits_less(start in instant(), minutes in 1_i64..=24 * 60, bits in 0_u32..1 << 21, more in 0_u32..1 << 21) {
        let slot = (start, start + TimeDelta::minutes(minutes));
        if Availability::from_bits(bits).covers(slot) {
            prop_assert!(Availability::from_bits(bits | more).covers(slot));
        }
    }
}
