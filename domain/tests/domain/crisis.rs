//! What measures forbid, alone and together, and how they are read.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    applications::rules::{Span, age_on},
    crisis::{InForce, Measures, MeasuresForm, MeasuresStatus, Scope},
    error::Problem,
    ids::{MeasuresId, MunicipalityId},
    missions::{MissionContent, SlotKind, SlotPlan},
    paris,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{at, day};

const TOWN: MunicipalityId = MunicipalityId(Uuid::from_u128(1));
const OTHER: MunicipalityId = MunicipalityId(Uuid::from_u128(2));

fn measures(scope: Scope) -> Measures {
    Measures {
        id: MeasuresId(Uuid::from_u128(9)),
        scope,
        status: MeasuresStatus::InForce,
        first_day: day("2026-03-17"),
        last_day: day("2026-05-10"),
        domains: None,
        remote_from_age: None,
        largest_group: None,
        has_rules: true,
        rules_version: 1,
    }
}

fn some(codes: &[&str]) -> Option<BTreeSet<String>> {
    Some(codes.iter().map(|code| (*code).to_owned()).collect())
}

fn slot(start: &str) -> Span {
    (at(start), at(start) + TimeDelta::hours(3))
}

#[test]
fn they_hold_on_their_days_in_paris_once_switched_on() {
    let mut one = measures(Scope::Network);
    // Midnight in Paris, summer time at the end.
    assert!(!one.hold_at(at("2026-03-16T22:59:59Z")) && one.hold_at(at("2026-03-16T23:00:00Z")));
    assert!(one.hold_at(at("2026-05-10T21:59:59Z")) && !one.hold_at(at("2026-05-10T22:00:00Z")));
    for status in MeasuresStatus::ALL {
        one.status = *status;
        let on = matches!(status, MeasuresStatus::Scheduled | MeasuresStatus::InForce);
        assert_eq!(one.hold_at(at("2026-04-01T10:00:00Z")), on, "{status}");
    }
}

#[test]
fn a_town_follows_its_own_and_the_networks() {
    let all = || [measures(Scope::Town(TOWN)), measures(Scope::Town(OTHER)), measures(Scope::Network)];
    let now = at("2026-04-01T10:00:00Z");
    assert_eq!(InForce::of(TOWN, all()).at(now).count(), 2);
    assert_eq!(InForce::of(MunicipalityId(Uuid::nil()), all()).at(now).count(), 1);
}

#[test]
fn the_strictest_of_town_and_network_counts() {
    let town = Measures {
        domains: some(&["food-aid", "childcare"]),
        remote_from_age: Some(75),
        largest_group: Some(4),
        ..measures(Scope::Town(TOWN))
    };
    let network = Measures {
        domains: some(&["food-aid", "neighbourhood"]),
        remote_from_age: Some(70),
        largest_group: Some(10),
        ..measures(Scope::Network)
    };
    let now = at("2026-04-01T10:00:00Z");
    let both = InForce::of(TOWN, [town, network.clone()]);
    for (domain, allowed) in
        [(Some("food-aid"), true), (Some("childcare"), false), (Some("sport"), false), (None, false)]
    {
        assert_eq!(both.allow(domain, now), allowed, "{domain:?}");
    }
    assert_eq!(both.forbidding(Some("childcare"), now).map(|one| one.scope), Some(Scope::Network));
    assert_eq!(both.largest_group(false, slot("2026-04-02T08:00:00Z")), Some(4));
    assert_eq!(both.largest_group(true, slot("2026-04-02T08:00:00Z")), None, "from home");
    let seventy = day("1956-04-02");
    assert_eq!(both.may_take(seventy, false, slot("2026-04-02T08:00:00Z")), Err(Problem::CrisisRemoteOnly { age: 70 }));
    assert_eq!(InForce::of(OTHER, [network]).largest_group(false, slot("2026-04-02T08:00:00Z")), Some(10));
}

#[test]
fn seventy_is_counted_on_the_day_of_the_slot() {
    let one = Measures { remote_from_age: Some(70), ..measures(Scope::Town(TOWN)) };
    let rules = InForce::of(TOWN, [one]);
    let birth = day("1956-04-02");
    let told = Err(Problem::CrisisRemoteOnly { age: 70 });
    assert_eq!(rules.may_take(birth, false, slot("2026-04-01T08:00:00Z")), Ok(()), "69 on that day");
    assert_eq!(rules.may_take(birth, false, slot("2026-04-02T08:00:00Z")), told);
    // 22:30 UTC on 1 April is 2 April in Paris.
    assert_eq!(rules.may_take(birth, false, slot("2026-04-01T22:30:00Z")), told);
    assert_eq!(rules.may_take(birth, true, slot("2026-04-02T08:00:00Z")), Ok(()), "from home");
    assert_eq!(rules.may_take(birth, false, slot("2026-05-11T08:00:00Z")), Ok(()), "after the last day");
    assert_eq!(rules.may_take(birth, false, slot("2026-05-10T20:00:00Z")), told, "it begins on the last day");
}

#[test]
fn rules_are_read_again_when_they_change() {
    let now = at("2026-04-01T10:00:00Z");
    let one = InForce::of(TOWN, [measures(Scope::Town(TOWN))]);
    let again = InForce::of(TOWN, [Measures { rules_version: 2, ..measures(Scope::Town(TOWN)) }]);
    assert_ne!(one.reading(now), again.reading(now));
    assert_eq!(one.to_acknowledge(now).map(|(_, version)| version).collect::<Vec<_>>(), [1]);
    let silent = InForce::of(TOWN, [Measures { has_rules: false, ..measures(Scope::Town(TOWN)) }]);
    assert_eq!((silent.reading(now).as_str(), silent.to_acknowledge(now).count()), ("", 0));
    assert_eq!(one.reading(at("2026-06-01T10:00:00Z")), "", "they are over");
}

#[test]
fn large_slots_are_told_by_their_field() {
    let one = Measures { largest_group: Some(5), ..measures(Scope::Town(TOWN)) };
    let rules = InForce::of(TOWN, [one]);
    let plan = |start: &str, places| SlotPlan {
        id: Uuid::from_u128(u128::from(places)),
        kind: SlotKind::Dated,
        starts_at: at(start),
        ends_at: at(start) + TimeDelta::hours(2),
        places,
        organisation: None,
    };
    let slots = vec![
        plan("2026-03-30T08:00:00Z", 50),
        plan("2026-04-02T08:00:00Z", 5),
        plan("2026-04-03T08:00:00Z", 6),
        plan("2026-06-03T08:00:00Z", 60),
    ];
    let content = MissionContent { slots, ..MissionContent::default() };
    let errors = rules.check_groups(&content, at("2026-04-01T10:00:00Z")).unwrap_err();
    let told: Vec<_> = errors.iter().collect();
    assert_eq!(told, [("slots.2.places", &Problem::CrisisGroup { most: 5 })], "what is past or after them is not");
    let remote = MissionContent { remote: true, ..content };
    assert_eq!(rules.check_groups(&remote, at("2026-04-01T10:00:00Z")), Ok(()));
}

fn form() -> MeasuresForm {
    MeasuresForm {
        title: "Confinement".to_owned(),
        first_day: "2026-03-17".to_owned(),
        last_day: "2026-05-10".to_owned(),
        limit: "some".to_owned(),
        domains: vec!["food-aid".to_owned()],
        remote_from_age: "70".to_owned(),
        largest_group: String::new(),
        rules_fr: "Restez à un mètre.\r\nPortez un masque.".to_owned(),
        banner_fr: "Les rassemblements sont interdits.".to_owned(),
        ..MeasuresForm::default()
    }
}

#[test]
fn a_form_is_read_field_by_field() {
    let (now, known) = (at("2026-03-16T10:00:00Z"), ["food-aid".to_owned(), "childcare".to_owned()]);
    let terms = form().read(now, &known).unwrap();
    assert_eq!((terms.remote_from_age, terms.largest_group, terms.domains), (Some(70), None, some(&["food-aid"])));
    assert_eq!(terms.wording.rules.1, "Restez à un mètre.\nPortez un masque.", "without English, French is shown");
    let all = MeasuresForm { limit: "all".to_owned(), ..form() };
    assert_eq!(all.read(now, &known).unwrap().domains, None);
    let wrong: [(&str, MeasuresForm, Problem); 11] = [
        ("title", MeasuresForm { title: String::new(), ..form() }, Problem::Required),
        ("first_day", MeasuresForm { first_day: "+262142-12-31".to_owned(), ..form() }, Problem::NotADate),
        ("last_day", MeasuresForm { last_day: "2026-03-15".to_owned(), ..form() }, Problem::DateInPast),
        (
            "last_day",
            MeasuresForm { last_day: "2027-03-18".to_owned(), ..form() },
            Problem::PeriodTooLong { max_days: 366 },
        ),
        ("last_day", MeasuresForm { first_day: "2026-05-11".to_owned(), ..form() }, Problem::EndBeforeStart),
        ("limit", MeasuresForm { limit: String::new(), ..form() }, Problem::NotAChoice),
        ("domains", MeasuresForm { domains: vec![String::new()], ..form() }, Problem::Required),
        ("domains", MeasuresForm { domains: vec!["sport".to_owned()], ..form() }, Problem::NotAChoice),
        (
            "remote_from_age",
            MeasuresForm { remote_from_age: "17".to_owned(), ..form() },
            Problem::OutOfRange { min: 18, max: 120 },
        ),
        ("largest_group", MeasuresForm { largest_group: "dix".to_owned(), ..form() }, Problem::NotANumber),
        ("banner_fr", MeasuresForm { banner_fr: String::new(), ..form() }, Problem::Required),
    ];
    for (field, form, problem) in wrong {
        let errors = form.read(now, &known).unwrap_err();
        assert_eq!(errors.iter().collect::<Vec<_>>(), [(field, &problem)]);
    }
}

fn any_measures() -> impl Strategy<Value = Measures> {
    let domains = proptest::option::of(proptest::collection::btree_set("[a-d]", 0..4));
    let days = (0_u64..40, 0_u64..40);
    let limits = (proptest::option::of(60_u32..80), proptest::option::of(1_u32..20));
    let scope = prop_oneof![Just(Scope::Network), Just(Scope::Town(TOWN)), Just(Scope::Town(OTHER))];
    (scope, 0..MeasuresStatus::ALL.len(), days, domains, limits, any::<bool>()).prop_map(
        |(scope, status, (first, length), domains, (age, group), has_rules)| Measures {
            id: MeasuresId(Uuid::from_u128(9)),
            scope,
            status: MeasuresStatus::ALL[status],
            first_day: day("2026-03-01") + Days::new(first),
            last_day: day("2026-03-01") + Days::new(first + length),
            domains,
            remote_from_age: age,
            largest_group: group,
            has_rules,
            rules_version: 1,
        },
    )
}

fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..90 * 24 * 60).prop_map(|minutes| at("2026-02-25T00:00:00Z") + TimeDelta::minutes(minutes))
}

proptest! {
    /// Whoever adds measures only ever forbids more.
    #[test]
    fn more_measures_never_allow_more(
        all in proptest::collection::vec(any_measures(), 0..5),
        one in any_measures(),
        now in any_instant(),
        start in any_instant(),
        years in 55_u32..85,
        domain in proptest::option::of("[a-d]"),
        remote in any::<bool>(),
    ) {
        let slot = (start, start + TimeDelta::hours(3));
        let birth = paris::date(start).checked_sub_months(chrono::Months::new(years * 12)).unwrap_or(NaiveDate::MIN);
        let few = InForce::of(TOWN, all.clone());
        let more = InForce::of(TOWN, all.into_iter().chain([one]));
        prop_assert!(few.allow(domain.as_deref(), now) || !more.allow(domain.as_deref(), now));
        prop_assert!(few.may_take(birth, remote, slot).is_ok() || more.may_take(birth, remote, slot).is_err());
        let most = |rules: &InForce| rules.largest_group(remote, slot).unwrap_or(u32::MAX);
        prop_assert!(most(&more) <= most(&few));
        prop_assert!(few.to_acknowledge(now).count() <= more.to_acknowledge(now).count());
    }

    /// Each measure alone says the same as all together do: what one forbids is forbidden, what none forbids is allowed.
    #[test]
    fn together_they_say_what_each_says(
        all in proptest::collection::vec(any_measures(), 0..5),
        now in any_instant(),
        start in any_instant(),
        birth in (1_u64..12_000).prop_map(|days| day("1940-01-01") + Days::new(days)),
        domain in proptest::option::of("[a-d]"),
    ) {
        let slot = (start, start + TimeDelta::hours(3));
        let mine: Vec<_> = all.iter().filter(|one| one.scope != Scope::Town(OTHER) && one.status.is_on()).collect();
        let rules = InForce::of(TOWN, all.clone());
        let forbidden = mine.iter().any(|one| one.hold_at(now) && !one.allow(domain.as_deref()));
        prop_assert_eq!(rules.allow(domain.as_deref(), now), !forbidden);
        let age = age_on(birth, paris::date(start));
        let kept = mine.iter().any(|one| one.touch(slot) && one.remote_from_age.is_some_and(|from| age >= from));
        prop_assert_eq!(rules.may_take(birth, false, slot).is_err(), kept);
        prop_assert_eq!(rules.may_take(birth, true, slot), Ok(()));
    }

    /// A slot that lies in their days touches them, and only such a one.
    #[test]
    fn touching_is_having_a_day_in_common(one in any_measures(), start in any_instant(), hours in 1_i64..24) {
        let slot = (start, start + TimeDelta::hours(hours));
        let (first, last) = (paris::date(slot.0), paris::date(slot.1 - TimeDelta::seconds(1)));
        prop_assert_eq!(one.touch(slot), first <= one.last_day && one.first_day <= last);
    }
}
