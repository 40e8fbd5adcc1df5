//! Which missions are suggested, in which order, and why.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    applications::rules::{Span, check_age},
    crisis::{InForce, Measures, MeasuresStatus, Scope},
    ids::{MeasuresId, MissionId, MunicipalityId, NeighbourhoodId, SlotId},
    missions::{MissionStatus, SlotKind},
    profiles::{Availability, Language, Means, Part, Profile},
    suggestions::{Candidate, Home, OpenSlot, Person, Reason, distance_km, suggest},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::{at, day};

const TOWN: MunicipalityId = MunicipalityId(Uuid::from_u128(1));
const ELSEWHERE: MunicipalityId = MunicipalityId(Uuid::from_u128(2));
const PART: NeighbourhoodId = NeighbourhoodId(Uuid::from_u128(3));
/// La Seyne-sur-Mer, Toulon, Nice.
const HERE: (f64, f64) = (43.1, 5.88);
const NEAR: (f64, f64) = (43.125, 5.93);
const FAR: (f64, f64) = (43.7, 7.27);

fn now() -> DateTime<Utc> {
    at("2026-11-23T08:00:00Z")
}

/// Tuesday evening.
fn slot() -> OpenSlot {
    let start = at("2026-11-24T17:00:00Z");
    OpenSlot {
        id: SlotId(Uuid::from_u128(9)),
        kind: SlotKind::Dated,
        span: (start, start + TimeDelta::hours(2)),
        left: 2,
    }
}

fn mission(id: u128, measures: &InForce) -> Candidate<'_> {
    Candidate {
        id: MissionId(Uuid::from_u128(id)),
        status: MissionStatus::Published,
        domain: "food-aid",
        town: TOWN,
        position: Some(HERE),
        neighbourhood: Some(PART),
        remote: false,
        open_to_minors: false,
        slots: vec![slot()],
        skills: vec!["cooking", "storing"],
        means: Vec::new(),
        languages: Vec::new(),
        measures,
    }
}

fn person<'a>(profile: &'a Profile, busy: &'a [Span]) -> Person<'a> {
    let home = Home { town: Some(TOWN), position: Some(HERE) };
    Person { birth: day("1990-05-04"), home, profile, busy }
}

fn reasons(person: &Person<'_>, mission: Candidate<'_>) -> Option<Vec<Reason>> {
    suggest(person, &[mission], now(), 10).pop().map(|(_, reasons)| reasons)
}

fn codes(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn every_reason_is_told() {
    let calm = InForce::default();
    let profile = Profile {
        skills: codes(&["cooking"]),
        liked: codes(&["food-aid"]),
        means: vec![Means::Van],
        availability: Availability::default().with((2, Part::Evening)),
        neighbourhood: Some(PART),
        languages: vec![Language::Arabic],
        remote: true,
        ..Profile::default()
    };
    let mut told = mission(1, &calm);
    (told.means, told.languages) = (vec![Means::Van], vec![Language::Arabic]);
    let span = slot().span;
    let moment = Reason::Moment(SlotKind::Dated, span.0, span.1);
    let rest = vec![
        moment,
        Reason::Liked,
        Reason::Skill("cooking".to_owned()),
        Reason::Language(Language::Arabic),
        Reason::Means(Means::Van),
    ];
    let with = |first: Reason| Some([vec![first], rest.clone()].concat());
    let person = person(&profile, &[]);
    assert_eq!(reasons(&person, told.clone()), with(Reason::Neighbourhood));
    assert_eq!(reasons(&person, Candidate { neighbourhood: None, ..told.clone() }), with(Reason::Town));
    assert_eq!(reasons(&person, Candidate { remote: true, ..told.clone() }), with(Reason::Remote));
    let toulon = Candidate { town: ELSEWHERE, position: Some(NEAR), ..told };
    assert_eq!(reasons(&person, toulon), with(Reason::Near(5)));
}

#[test]
fn what_cannot_be_taken_is_left_out() {
    let calm = InForce::default();
    let profile = Profile { suggestions: true, ..Profile::default() };
    let anyone = person(&profile, &[]);
    assert!(reasons(&anyone, mission(1, &calm)).is_some());
    for status in MissionStatus::ALL.iter().filter(|status| **status != MissionStatus::Published) {
        assert_eq!(reasons(&anyone, Candidate { status: *status, ..mission(1, &calm) }), None, "{status}");
    }
    let with = |slot: OpenSlot| Candidate { slots: vec![slot], ..mission(1, &calm) };
    assert_eq!(reasons(&anyone, with(OpenSlot { left: 0, ..slot() })), None, "full");
    let begun = (now() - TimeDelta::hours(1), now() + TimeDelta::hours(1));
    assert_eq!(reasons(&anyone, with(OpenSlot { span: begun, ..slot() })), None, "begun");
    assert!(reasons(&anyone, with(OpenSlot { span: begun, kind: SlotKind::OpenPeriod, ..slot() })).is_some());
    let over = (now() - TimeDelta::hours(2), now());
    assert_eq!(reasons(&anyone, with(OpenSlot { span: over, kind: SlotKind::OpenPeriod, ..slot() })), None, "over");
    // At the same time as something else, or a week that would pass 24 hours.
    let same = [(slot().span.0 - TimeDelta::hours(1), slot().span.0 + TimeDelta::minutes(1))];
    assert_eq!(reasons(&person(&profile, &same), mission(1, &calm)), None, "busy");
    let days = [(at("2026-11-25T06:00:00Z"), at("2026-11-26T05:00:00Z"))];
    assert_eq!(reasons(&person(&profile, &days), mission(1, &calm)), None, "25 hours a week");
    assert!(
        reasons(&person(&profile, &[(slot().span.1, slot().span.1 + TimeDelta::hours(1))]), mission(1, &calm))
            .is_some()
    );
    // Beyond what they go.
    let nice = Candidate { town: ELSEWHERE, position: Some(FAR), ..mission(1, &calm) };
    assert_eq!(reasons(&anyone, nice.clone()), None);
    let liked = Profile { liked: codes(&["food-aid"]), ..Profile::default() };
    let remote = Candidate { remote: true, ..nice };
    assert_eq!(reasons(&anyone, remote.clone()), None, "nothing in common");
    assert_eq!(reasons(&person(&liked, &[]), remote), Some(vec![Reason::Liked]));
    // Never when they are free.
    let mornings = Profile { availability: Availability::default().with((2, Part::Morning)), ..Profile::default() };
    assert_eq!(reasons(&person(&mornings, &[]), mission(1, &calm)), None);
}

#[test]
fn measures_close_what_they_forbid() {
    let measures = |domains: Option<&[&str]>, age| {
        let one = Measures {
            id: MeasuresId(Uuid::from_u128(5)),
            scope: Scope::Network,
            status: MeasuresStatus::InForce,
            first_day: day("2026-11-01"),
            last_day: day("2026-12-31"),
            domains: domains.map(codes),
            remote_from_age: age,
            largest_group: None,
            has_rules: false,
            rules_version: 1,
        };
        InForce::of(TOWN, [one])
    };
    let profile = Profile { liked: codes(&["food-aid"]), ..Profile::default() };
    let (young, old) = (person(&profile, &[]), Person { birth: day("1950-01-01"), ..person(&profile, &[]) });
    let (other, old_at_home) = (measures(Some(&["childcare"]), None), measures(None, Some(70)));
    assert_eq!(reasons(&young, mission(1, &other)), None);
    assert!(reasons(&young, mission(1, &old_at_home)).is_some());
    assert_eq!(reasons(&old, mission(1, &old_at_home)), None);
    assert!(reasons(&old, Candidate { remote: true, ..mission(1, &old_at_home) }).is_some());
}

#[test]
fn those_with_most_in_common_come_first_then_those_that_begin_first() {
    let calm = InForce::default();
    let profile = Profile { liked: codes(&["culture"]), ..Profile::default() };
    let later = |slot: OpenSlot| OpenSlot {
        span: (slot.span.0 + TimeDelta::days(1), slot.span.1 + TimeDelta::days(1)),
        ..slot
    };
    let missions = [
        mission(1, &calm),
        Candidate { slots: vec![later(slot())], domain: "culture", ..mission(2, &calm) },
        Candidate { slots: vec![later(slot())], ..mission(3, &calm) },
        mission(0, &calm),
    ];
    let order = |most| -> Vec<u128> {
        suggest(&person(&profile, &[]), &missions, now(), most).iter().map(|(id, _)| id.0.as_u128()).collect()
    };
    assert_eq!(order(10), [2, 0, 1, 3]);
    assert_eq!(order(2), [2, 0]);
}

#[test]
fn kilometres_are_those_of_the_map() {
    let toulon_nice = distance_km((43.1242, 5.928), (43.7102, 7.262));
    assert!((124.0..128.0).contains(&toulon_nice), "{toulon_nice}");
    assert!(distance_km(HERE, HERE) < 0.001);
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let lists = (any::<[bool; 4]>(), 0_u32..1 << 21, prop::option::of(prop::sample::select(vec![2_u32, 5, 20, 80])));
    (lists, any::<[bool; 4]>()).prop_map(|((has, bits, radius), also)| Profile {
        skills: has[0].then(|| "cooking".to_owned()).into_iter().collect(),
        liked: has[1].then(|| "food-aid".to_owned()).into_iter().collect(),
        means: has[2].then_some(Means::Car).into_iter().collect(),
        languages: has[3].then_some(Language::English).into_iter().collect(),
        // Half of them say nothing of their time.
        availability: if also[0] { Availability::from_bits(bits) } else { Availability::default() },
        radius,
        neighbourhood: also[1].then_some(PART),
        remote: also[2],
        suggestions: true,
        cover: false,
    })
}

prop_compose! {
    fn any_slot()(hours in -48_i64..24 * 20, length in 1_i64..12, left in 0_u32..3, open in any::<bool>()) -> OpenSlot {
        let start = now() + TimeDelta::hours(hours);
        let kind = if open { SlotKind::OpenPeriod } else { SlotKind::Dated };
        OpenSlot { id: SlotId(Uuid::from_u128(u128::from(left))), kind, span: (start, start + TimeDelta::hours(length)), left }
    }
}

/// What a candidate is made of, measures apart.
type Facts = (Vec<OpenSlot>, bool, bool, bool, usize, [bool; 3]);

fn facts() -> impl Strategy<Value = Facts> {
    let slots = prop::collection::vec(any_slot(), 0..4);
    (slots, any::<bool>(), any::<bool>(), any::<bool>(), 0..MissionStatus::ALL.len() * 2, any::<[bool; 3]>())
}

fn candidate<'a>(id: u128, facts: &Facts, calm: &'a InForce) -> Candidate<'a> {
    let (slots, remote, minors, near, status, speaks) = facts;
    Candidate {
        status: MissionStatus::ALL.get(*status).copied().unwrap_or(MissionStatus::Published),
        town: if *near { TOWN } else { ELSEWHERE },
        position: Some(if speaks[2] { NEAR } else { FAR }),
        remote: *remote,
        open_to_minors: *minors,
        slots: slots.clone(),
        means: speaks[0].then_some(Means::Car).into_iter().collect(),
        languages: speaks[1].then_some(Language::English).into_iter().collect(),
        ..mission(id, calm)
    }
}

/// Where a mission stands in the list.
fn rank(profile: &Profile, missions: &[Candidate<'_>], id: u128) -> Option<usize> {
    let found = suggest(&person(profile, &[]), missions, now(), usize::MAX);
    found.iter().position(|(found, _)| found.0.as_u128() == id)
}

proptest! {
    #[test]
    fn never_full_never_over_never_closed_never_too_young(
        profile in any_profile(),
        facts in prop::collection::vec(facts(), 1..12),
        age_days in 15 * 366_i64..30 * 366,
    ) {
        let calm = InForce::default();
        let birth = (now() - TimeDelta::days(age_days)).date_naive();
        let someone = Person { birth, ..person(&profile, &[]) };
        let missions: Vec<_> = (0..).zip(&facts).map(|(id, facts)| candidate(id, facts, &calm)).collect();
        for (id, reasons) in suggest(&someone, &missions, now(), usize::MAX) {
            let mission = missions.iter().find(|one| one.id == id).expect("one of them");
            prop_assert_eq!(mission.status, MissionStatus::Published);
            prop_assert!(!reasons.is_empty());
            let takes = |slot: &OpenSlot| {
                slot.left > 0
                    && slot.span.1 > now()
                    && check_age(birth, slot.span.0, mission.open_to_minors).is_ok()
                    && (slot.kind == SlotKind::OpenPeriod || slot.span.0 > now())
            };
            prop_assert!(mission.slots.iter().any(takes));
            // The moment that is told is one that can be taken.
            for reason in &reasons {
                if let Reason::Moment(kind, from, until) = reason {
                    prop_assert!(mission.slots.iter().any(|slot| takes(slot) && slot.kind == *kind && slot.span == (*from, *until)));
                }
            }
        }
    }

    #[test]
    fn who_fits_a_mission_is_whom_it_is_suggested_to(profile in any_profile(), facts in facts()) {
        let calm = InForce::default();
        let (someone, mission) = (person(&profile, &[]), candidate(1, &facts, &calm));
        let weighed = someone.weigh(&mission, now()).map(|one| (one.id, one.reasons));
        prop_assert_eq!(weighed, suggest(&someone, &[mission], now(), 1).pop());
    }

    #[test]
    fn more_in_common_never_ranks_lower(profile in any_profile(), all in prop::collection::vec(facts(), 1..8), more in 0_usize..5) {
        let calm = InForce::default();
        let missions: Vec<_> = (0..).zip(&all).map(|(id, facts)| candidate(id, facts, &calm)).collect();
        // The first one gains something in common that the others do not.
        let mut gained = missions.clone();
        let (first, mut profile) = (&mut gained[0], profile);
        match more {
            0 => {
                first.domain = "culture";
                profile.liked.insert("culture".to_owned());
            }
            1 => {
                first.skills.push("performing");
                profile.skills.insert("performing".to_owned());
            }
            2 => {
                first.means.push(Means::Phone);
                profile.means.push(Means::Phone);
            }
            3 => {
                first.languages.push(Language::Polish);
                profile.languages.push(Language::Polish);
            }
            _ => (first.town, first.neighbourhood, first.remote) = (TOWN, profile.neighbourhood, false),
        }
        // What it had of its own kind before stays.
        let before = if more == 4 && missions[0].remote { None } else { rank(&profile, &missions, 0) };
        if let Some(before) = before {
            let after = rank(&profile, &gained, 0);
            prop_assert!(after.is_some_and(|after| after <= before), "{before} then {after:?}");
        }
    }

    #[test]
    fn time_that_fits_never_hides(profile in any_profile(), all in prop::collection::vec(facts(), 1..8)) {
        let calm = InForce::default();
        let missions: Vec<_> = (0..).zip(&all).map(|(id, facts)| candidate(id, facts, &calm)).collect();
        let always = Profile { availability: Availability::from_bits(u32::MAX), ..profile.clone() };
        for id in 0..u128::try_from(all.len()).expect("few") {
            if rank(&profile, &missions, id).is_some() {
                prop_assert!(rank(&always, &missions, id).is_some());
            }
        }
    }
}
