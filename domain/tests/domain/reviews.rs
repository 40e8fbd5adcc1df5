//! Four eyes and due dates.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::{
    error::Problem,
    reviews::{
        due::{Calendar, Deadline, OpenDays, is_holiday},
        items::{ItemForm, Scope, keeps_scope, stays},
        policy::{FourEyes, Refused, four_eyes, four_eyes_of_network, may_ask_network},
        signs::{SignsForm, sign},
    },
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{at, day};

#[test]
fn four_eyes_in_every_case() {
    let (ann, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
    // (author, administers, the town allows) -> outcome for Ann
    let cases = [
        (bob, false, false, Ok(FourEyes::Clean)),
        (bob, false, true, Ok(FourEyes::Clean)),
        (ann, false, false, Err(Refused)),
        (bob, true, false, Err(Refused)),
        (ann, true, false, Err(Refused)),
        (ann, false, true, Ok(FourEyes::ByException)),
        (bob, true, true, Ok(FourEyes::ByException)),
        (ann, true, true, Ok(FourEyes::ByException)),
    ];
    for (author, administers, allowed, outcome) in cases {
        assert_eq!(four_eyes(ann, author, administers, allowed), outcome, "{author} {administers} {allowed}");
    }
}

#[test]
fn the_network_decides_nothing_of_its_own() {
    let (ann, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(four_eyes_of_network(ann, bob, false), Ok(FourEyes::Clean));
    for (author, administers) in [(ann, false), (bob, true), (ann, true)] {
        assert_eq!(four_eyes_of_network(ann, author, administers), Err(Refused), "{author} {administers}");
    }
}

#[test]
fn the_network_is_asked_where_nobody_of_the_town_may_decide() {
    let (may, may_not) = (Ok(FourEyes::Clean), Err(Refused));
    assert!(may_ask_network(may_not, [].into_iter()), "the only coordinator");
    assert!(may_ask_network(may_not, [may_not, may_not].into_iter()), "all have a part in it");
    assert!(!may_ask_network(may_not, [may_not, may].into_iter()), "a colleague may");
    assert!(!may_ask_network(may, [].into_iter()), "who may decide decides");
    assert!(!may_ask_network(Ok(FourEyes::ByException), [may_not].into_iter()), "the town allows it");
}

/// La Seyne-sur-Mer, Monday to Friday.
fn weekdays() -> Calendar {
    Calendar::of("83126", OpenDays::WEEKDAYS)
}

#[test]
fn holidays_are_those_of_the_labour_code() {
    // The eleven of 2026, as the service-public.fr calendar gives them.
    let of_2026 = [
        "2026-01-01",
        "2026-04-06",
        "2026-05-01",
        "2026-05-08",
        "2026-05-14",
        "2026-05-25",
        "2026-07-14",
        "2026-08-15",
        "2026-11-01",
        "2026-11-11",
        "2026-12-25",
    ];
    let found: Vec<String> = day("2026-01-01")
        .iter_days()
        .take_while(|day| day.year() == 2026)
        .filter(|day| is_holiday(*day, false))
        .map(|day| day.to_string())
        .collect();
    assert_eq!(found, of_2026);
    for only_there in ["2026-04-03", "2026-12-26"] {
        assert!(is_holiday(day(only_there), true) && !is_holiday(day(only_there), false), "{only_there}");
    }
    // Easter is never before 22 March nor after 25 April: 2285 and 2038.
    assert!(is_holiday(day("2285-03-23"), false) && is_holiday(day("2038-04-26"), false));
}

#[test]
fn hours_run_on_working_days_only() {
    // Friday 20 March 2026, 17:00 in Paris: 7 hours, Monday and Tuesday, and 17 hours of Wednesday.
    assert_eq!(weekdays().after(at("2026-03-20T16:00:00Z"), 72), at("2026-03-25T16:00:00Z"));
    // Sunday: the hours begin on Monday morning.
    assert_eq!(weekdays().after(at("2026-03-22T09:00:00Z"), 48), at("2026-03-25T07:00:00Z"));
    // The clock that went forward on Sunday 29 March shows the same hour.
    assert_eq!(weekdays().after(at("2026-03-27T11:00:00Z"), 24), at("2026-03-30T10:00:00Z"));
    // 14 July, and the two holidays that only Alsace and Moselle keep.
    assert_eq!(weekdays().after(at("2026-07-13T10:00:00Z"), 24), at("2026-07-15T10:00:00Z"));
    let strasbourg = Calendar::of("67482", OpenDays::WEEKDAYS);
    assert_eq!(weekdays().after(at("2026-04-02T10:00:00Z"), 24), at("2026-04-03T10:00:00Z"));
    assert_eq!(strasbourg.after(at("2026-04-02T10:00:00Z"), 24), at("2026-04-07T10:00:00Z"));
    // A service that works on Tuesday and Thursday.
    let two_days = Calendar::of("83126", OpenDays::from_numbers(["2", "4"]).expect("two days"));
    assert_eq!(two_days.after(at("2026-03-24T11:00:00Z"), 24), at("2026-03-26T11:00:00Z"));
}

#[test]
fn letters_about_due_times_leave_on_the_mornings_of_working_days() {
    // Submitted on Wednesday 10:00, due on Monday 10:00; told on Friday 8:00, and on Tuesday 8:00 when it is late.
    let deadline = Deadline::new(weekdays(), at("2026-03-18T09:00:00Z"), 72, 24);
    assert_eq!(deadline.due_at, at("2026-03-23T09:00:00Z"));
    assert_eq!(deadline.remind_at, Some(at("2026-03-20T07:00:00Z")));
    assert_eq!(deadline.escalate_at, Some(at("2026-03-24T07:00:00Z")));
    // Nobody is reminded of what they were told today, nor when the town wants no reminder.
    assert_eq!(Deadline::new(weekdays(), at("2026-03-18T09:00:00Z"), 24, 24).remind_at, None);
    assert_eq!(Deadline::new(weekdays(), at("2026-03-18T09:00:00Z"), 72, 0).remind_at, None);
}

#[test]
fn open_days_are_read_and_written_as_numbers() {
    assert_eq!(OpenDays::from_numbers(["1", "7"]).map(|days| days.numbers().collect::<Vec<_>>()), Some(vec![1, 7]));
    for wrong in [vec![], vec!["0"], vec!["8"], vec!["lundi"], vec!["1", ""]] {
        assert_eq!(OpenDays::from_numbers(wrong.clone()), None, "{wrong:?}");
    }
    assert_eq!((OpenDays::from_bits(0), OpenDays::from_bits(128)), (None, None));
}

#[test]
fn an_item_of_the_checklist_is_read() {
    let form = ItemForm {
        scope: "domain:food-aid".to_owned(),
        label_fr: " Les colis sont fermés ".to_owned(),
        label_en: "Parcels are closed".to_owned(),
        mandatory: "yes".to_owned(),
        ..ItemForm::default()
    };
    let read = form.read().expect("an item");
    assert_eq!((read.label.0.as_str(), read.hint.0.as_str(), read.position), ("Les colis sont fermés", "", None));
    assert_eq!((read.scope.domain.as_deref(), read.mandatory, read.retired), (Some("food-aid"), true, false));
    let at = |position: &str| ItemForm { position: position.to_owned(), ..form.clone() }.read();
    assert_eq!(at(" 12 ").map(|read| read.position), Ok(Some(12)));
    for (position, problem) in [
        ("-1", Problem::OutOfRange { min: 0, max: 9999 }),
        ("10000", Problem::OutOfRange { min: 0, max: 9999 }),
        ("dernier", Problem::NotANumber),
        ("99999999999999999999", Problem::NotANumber),
    ] {
        assert_eq!(at(position).expect_err(position).get("position"), Some(&problem), "{position}");
    }
    let wrong = ItemForm::default().read().expect_err("nothing");
    assert_eq!((wrong.get("label_fr"), wrong.get("label_en")), (Some(&Problem::Required), Some(&Problem::Required)));
    assert_eq!(wrong.get("hint_fr"), None);
}

#[test]
fn what_an_item_is_asked_of_is_one_choice() {
    for choice in ["", "domain:food-aid", "crisis:domain", "crisis:rules", "crisis:group"] {
        assert_eq!(Scope::parse(choice).map(|scope| scope.choice()), Ok(choice.to_owned()));
    }
    for wrong in ["food-aid", "domain:", "crisis:", "crisis:war", "town:83126"] {
        assert_eq!(Scope::parse(wrong), Err(Problem::NotAChoice), "{wrong}");
    }
    assert!(stays(Some("duplicates")) && !stays(Some("safety")) && !stays(None));
    assert!(keeps_scope(Some("duplicates"), None) && keeps_scope(None, Some("group")));
    assert!(!keeps_scope(None, Some("rules")) && !keeps_scope(Some("safety"), None));
}

#[test]
fn the_history_says_what_changed_of_an_item() {
    let before = ItemForm { label_fr: "Sûre".to_owned(), position: "4".to_owned(), ..ItemForm::default() };
    let after = ItemForm { position: "5".to_owned(), retired: "yes".to_owned(), ..before.clone() };
    assert_eq!(before.changes(&after), "position «4» → «5», retired «» → «yes»");
    assert_eq!(before.changes(&before), "");
}

#[test]
fn a_sign_is_kept_as_it_is_looked_for() {
    for (typed, kept) in [
        (" Échelle. ", "echelle."),
        ("Taille-haie", "taille haie"),
        ("l’œuf", "l oeuf"),
        ("jus.", "jus."),
        ("or.", "or."),
    ] {
        assert_eq!(sign(typed, false).as_deref(), Ok(kept));
    }
    assert_eq!((sign("F.O.", true).as_deref(), sign("Parti.", true).as_deref()), (Ok("f o"), Ok("parti")));
    for wrong in ["or", "??", ",,,,"] {
        assert_eq!(sign(wrong, false), Err(Problem::TooShort { min: 3 }), "{wrong}");
    }
}

#[test]
fn a_list_of_signs_changes_word_by_word() {
    let words = ["toit".to_owned(), "echelle.".to_owned()];
    let form = |add: &str, remove: &[&str]| SignsForm {
        code: "height".to_owned(),
        add: add.to_owned(),
        remove: remove.iter().map(|word| (*word).to_owned()).collect(),
    };
    let change = form("Grue", &["toit", "gone"]).read(&words).expect("a change");
    assert_eq!(change.apply(&words), ["echelle.", "grue"]);
    assert_eq!(change.told(), "+ «grue», - «toit»");
    let refused = |form: SignsForm| form.read(&words).expect_err("refused").get("add").cloned();
    assert_eq!(refused(form("TOIT", &[])), Some(Problem::NameTaken));
    assert_eq!(refused(form(" ", &["gone"])), Some(Problem::Required));
    assert_eq!(form("", &["toit"]).read(&words).map(|change| change.apply(&words)), Ok(vec!["echelle.".to_owned()]));
}

fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (0..40 * 366 * 24 * 60_i64).prop_map(|minutes| at("2010-01-01T00:00:00Z") + TimeDelta::minutes(minutes))
}

proptest! {
    #[test]
    fn a_due_time_is_never_early_and_never_goes_back(from in instants(), bits in 1_u8..128, hours in 1_u32..=720, more in 0_u32..200) {
        let days = OpenDays::from_bits(bits).expect("one day at least");
        let calendar = Calendar::of("57463", days);
        let due = calendar.after(from, hours);
        // An hour less when the clocks go forward.
        prop_assert!(due >= from + TimeDelta::hours(i64::from(hours) - 1));
        prop_assert!(calendar.after(from, hours + more) >= due);
        prop_assert!(calendar.after(from + TimeDelta::minutes(i64::from(more)), hours) >= due);
        let deadline = Deadline::new(calendar, from, hours, more);
        prop_assert!(deadline.remind_at.is_none_or(|morning| from < morning && morning <= due));
        prop_assert!(deadline.escalate_at.is_some_and(|morning| morning >= due));
    }
}
