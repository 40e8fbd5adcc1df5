//! The content that a green light is bound to.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    error::{FieldErrors, Problem},
    ids::SlotId,
    missions::{Details, MissionContent, Need, SlotKind, SlotPlan, TOLD_EVERY, may_tell},
};
use uuid::Uuid;

use crate::at;

fn now() -> DateTime<Utc> {
    at("2026-06-01T08:00:00Z")
}

fn slot(id: u128, hours_ahead: i64, length: i64) -> SlotPlan {
    let starts_at = now() + TimeDelta::hours(hours_ahead);
    SlotPlan {
        id: Uuid::from_u128(id),
        kind: SlotKind::Dated,
        starts_at,
        ends_at: starts_at + TimeDelta::hours(length),
        places: 4,
        organisation: None,
    }
}

fn complete() -> MissionContent {
    MissionContent {
        title: "Collecte alimentaire".to_owned(),
        goal: "Remplir les rayons de l’épicerie solidaire.".to_owned(),
        description: "Accueillir les donateurs, trier, peser et ranger. ".repeat(4),
        domain: Some("food-aid".to_owned()),
        address: "12 avenue Gambetta, 83500 La Seyne-sur-Mer, 06 12 34 56 78".to_owned(),
        beneficiaries: vec!["families".to_owned(), "isolated".to_owned()],
        safety_rules: "Gants pour tous, charges à deux.".to_owned(),
        slots: vec![slot(1, 24, 3), slot(2, 48, 3)],
        ..MissionContent::default()
    }
}

fn domains() -> Vec<String> {
    vec!["food-aid".to_owned(), "childcare".to_owned()]
}

fn problems(change: impl FnOnce(&mut MissionContent)) -> FieldErrors {
    let mut content = complete();
    change(&mut content);
    content.check_complete(now(), &domains()).err().unwrap_or_default()
}

fn has(field: &str, problem: &Problem, change: impl FnOnce(&mut MissionContent)) {
    let errors = problems(change);
    assert_eq!(errors.get(field), Some(problem), "{errors:?}");
    assert_eq!(errors.iter().count(), 1, "{errors:?}");
}

#[test]
fn a_complete_one_passes() {
    assert_eq!(problems(|_| {}), FieldErrors::default());
    assert_eq!(problems(|c| (c.remote, c.address) = (true, String::new())), FieldErrors::default());
}

#[test]
fn an_empty_one_says_all_that_is_missing_and_is_a_fair_draft() {
    let empty = MissionContent::default();
    assert_eq!(empty.check_draft(), Ok(()));
    let errors = empty.check_complete(now(), &domains()).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["address", "beneficiaries", "description", "domain", "goal", "safety_rules", "slots", "title"]);
    assert_eq!(errors.get("slots"), Some(&Problem::NoSlot));
}

#[test]
fn each_text_has_its_rule() {
    has("title", &Problem::TwoWordsAtLeast, |c| c.title = "Collecte !".to_owned());
    has("title", &Problem::TooLong { max: 120 }, |c| c.title = "mot ".repeat(40));
    has("title", &Problem::ControlCharacters, |c| c.title = "Collecte\nalimentaire".to_owned());
    has("title", &Problem::ContactDetails, |c| c.title = "Collecte 06 12 34 56 78".to_owned());
    has("goal", &Problem::TooShort { min: 20 }, |c| c.goal = "Aider".to_owned());
    has("goal", &Problem::ContactDetails, |c| c.goal.push_str(" a@b.fr"));
    has("description", &Problem::TooShort { min: 100 }, |c| c.description = "Trier.".to_owned());
    has("description", &Problem::ContactDetails, |c| c.description.push_str(" 1 85 05 78 006 084 36"));
    has("prerequisites", &Problem::ContactDetails, |c| c.prerequisites = "Écrire à a@b.fr".to_owned());
    has("prerequisites", &Problem::TooLong { max: 2000 }, |c| c.prerequisites = "a".repeat(2001));
    has("safety_rules", &Problem::Required, |c| c.safety_rules = " ".to_owned());
    has("safety_rules", &Problem::ContactDetails, |c| c.safety_rules.push_str(" 0612345678"));
    has("address", &Problem::Required, |c| c.address.clear());
    has("domain", &Problem::NotAChoice, |c| c.domain = Some("sport".to_owned()));
    has("domain", &Problem::Required, |c| c.domain = None);
    has("beneficiaries", &Problem::Required, |c| c.beneficiaries.clear());
    has("beneficiaries", &Problem::NotAChoice, |c| c.beneficiaries = vec!["<b>".to_owned()]);
}

#[test]
fn each_slot_has_its_rules() {
    let range = Problem::OutOfRange { min: 1, max: 500 };
    has("slots.0.places", &range, |c| c.slots[0].places = 0);
    has("slots.1.places", &range, |c| c.slots[1].places = 501);
    has("slots.1.ends_at", &Problem::EndBeforeStart, |c| c.slots[1].ends_at = c.slots[1].starts_at);
    has("slots.0.ends_at", &Problem::SlotTooLong { max_hours: 24 }, |c| c.slots[0] = slot(1, 24, 25));
    assert_eq!(problems(|c| c.slots[0] = slot(1, 24, 24)), FieldErrors::default());
    has("slots.0.starts_at", &Problem::DateInPast, |c| c.slots[0] = slot(1, -1, 3));
    has("slots.1.starts_at", &Problem::SlotOverlap, |c| c.slots[1] = slot(9, 24, 3));
    has("slots", &Problem::OutOfRange { min: 1, max: 100 }, |c| {
        c.slots = (1..=101).map(|n| slot(n, 24 * i64::try_from(n).unwrap(), 2)).collect()
    });
}

#[test]
fn an_open_period_may_have_begun_and_lasts_a_year_of_paris() {
    let open = |starts: &str, ends: &str| {
        let plan = SlotPlan {
            id: Uuid::from_u128(1),
            kind: SlotKind::OpenPeriod,
            starts_at: at(starts),
            ends_at: at(ends),
            places: 9,
            organisation: None,
        };
        problems(|c| c.slots = vec![plan]).get("slots.0.ends_at").cloned()
    };
    assert_eq!(open("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z"), None);
    assert_eq!(open("2026-01-01T00:00:00Z", "2026-05-31T00:00:00Z"), Some(Problem::DateInPast));
    // 366 days of the calendar, and an hour more of real time: both days of change to winter.
    assert_eq!(open("2026-10-24T22:00:00Z", "2027-10-25T22:00:00Z"), None);
    assert_eq!(open("2026-07-01T00:00:00Z", "2027-07-03T00:00:00Z"), Some(Problem::SlotTooLong { max_hours: 8784 }));
}

#[test]
fn a_draft_is_never_malformed() {
    let malformed = |change: fn(&mut MissionContent)| {
        let mut draft = MissionContent::default();
        change(&mut draft);
        draft.check_draft().unwrap_err()
    };
    assert_eq!(malformed(|c| c.title = "a@b.fr".to_owned()).get("title"), Some(&Problem::ContactDetails));
    assert_eq!(malformed(|c| c.goal = "a\u{202E}".to_owned()).get("goal"), Some(&Problem::ControlCharacters));
    assert_eq!(malformed(|c| c.address = "a".repeat(201)).get("address"), Some(&Problem::TooLong { max: 200 }));
    assert_eq!(malformed(|c| c.domain = Some("../x".to_owned())).get("domain"), Some(&Problem::NotAChoice));
    assert_eq!(malformed(|c| c.slots = vec![slot(1, 5, -2)]).get("slots.0.ends_at"), Some(&Problem::EndBeforeStart));
    // A draft may wait until its dates are over.
    assert_eq!(MissionContent { slots: vec![slot(1, -50, 2)], ..MissionContent::default() }.check_draft(), Ok(()));
}

#[test]
fn a_revision_keeps_slots_that_are_over() {
    let mut approved = complete();
    approved.slots[0] = slot(1, -24, 3);
    let mut revised = approved.clone();
    revised.slots[0].places = 8;
    assert_eq!(revised.check_revision(now(), &domains(), &approved), Ok(()));
    revised.slots[0].ends_at += TimeDelta::hours(1);
    let errors = revised.check_revision(now(), &domains(), &approved).unwrap_err();
    assert_eq!(errors.get("slots.0.starts_at"), Some(&Problem::DateInPast));
}

#[test]
fn differences_are_those_a_reviewer_sees() {
    let before = complete();
    let mut after = before.clone();
    after.slots.reverse();
    after.slots[0].id = Uuid::from_u128(77);
    after.beneficiaries.reverse();
    assert!(before.reviewed_differences(&after).is_empty());
    after.slots[0].places = 5;
    after.title = "Autre titre".to_owned();
    after.remote = true;
    assert_eq!(before.reviewed_differences(&after), ["title", "remote", "slots"]);
    let empty = MissionContent {
        open_to_minors: true,
        neighbourhood: Some(Uuid::nil()),
        prerequisites: "a".to_owned(),
        remote: true,
        ..MissionContent::default()
    };
    assert_eq!(before.reviewed_differences(&empty).len(), 12);
}

#[test]
fn the_same_content_gives_the_same_json() {
    let content = complete();
    let json = content.canonical_json();
    assert_eq!(json, content.clone().canonical_json());
    assert!(json.starts_with("{\"title\":\"Collecte alimentaire\",\"goal\":"));
    let back: MissionContent = serde_json::from_str(&json).unwrap();
    assert_eq!(back.canonical_json(), json);
    assert_eq!(back, content);
    assert_eq!(serde_json::from_str::<MissionContent>("{}").unwrap(), MissionContent::default());
    let mut other = content;
    other.slots[1].places += 1;
    assert_ne!(other.canonical_json(), json);
}

#[test]
fn need_says_how_full_and_how_wanted() {
    let need = |places, filled, applications| Need { places, filled, applications, waiting: 0 };
    for (asked, open, fill, tenths, short) in [
        (need(0, 0, 3), 0, 0, None, false),
        (need(10, 0, 0), 10, 0, Some(0), true),
        (need(200, 1, 5), 199, 1, Some(0), true),
        (need(10, 5, 15), 5, 5, Some(15), false),
        (need(200, 199, 401), 1, 9, Some(20), false),
        (need(4, 4, 1), 0, 10, Some(3), false),
    ] {
        assert_eq!(
            (asked.open(), asked.fill(), asked.tenths_per_place(), asked.is_short()),
            (open, fill, tenths, short)
        );
    }
}

#[test]
fn volunteers_are_told_of_another_place_or_other_hours_and_not_of_more_slots() {
    let (one, two) = (SlotId(Uuid::from_u128(1)), SlotId(Uuid::from_u128(2)));
    let (first, later) = ("2026-12-01T08:00:00Z", "2026-12-01T10:00:00Z");
    let details = |practical: &str, address: &str, slots: &[(SlotId, &str)]| Details {
        practical: practical.to_owned(),
        remote: address.is_empty(),
        address: address.to_owned(),
        slots: slots.iter().map(|(id, from)| (*id, (at(from), at("2026-12-01T12:00:00Z")))).collect(),
    };
    let before = details("Sonnez.", "Place du marché", &[(one, first)]);
    assert!(!before.is_news(&before));
    assert!(details("Frappez.", "Place du marché", &[(one, first)]).is_news(&before));
    for elsewhere in ["Salle Apollinaire", ""] {
        let after = details("Sonnez.", elsewhere, &[(one, first)]);
        assert!(after.is_elsewhere(&before) && after.is_news(&before), "{elsewhere}");
    }
    let more = details("Sonnez.", "Place du marché", &[(one, first), (two, later)]);
    assert!(!more.is_news(&before) && !before.is_news(&more), "who has a slot goes by nothing else");
    let moved = details("Sonnez.", "Place du marché", &[(one, later)]);
    let ends = at("2026-12-01T12:00:00Z");
    assert_eq!(moved.moved(&before), [(one, (at(first), ends), (at(later), ends))]);
    assert!(moved.is_news(&before));
}

#[test]
fn volunteers_are_told_once_an_hour_at_most() {
    let then = at("2026-12-01T08:00:00Z");
    assert!(may_tell(None, then));
    assert!(!may_tell(Some(then), then + TOLD_EVERY - TimeDelta::seconds(1)));
    assert!(may_tell(Some(then), then + TOLD_EVERY));
}
