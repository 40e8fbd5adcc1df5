//! How much equipment is needed, what is short, what a sheet's forms say.

use chrono::TimeDelta;
use domain::{
    error::Problem,
    missions::{EquipmentNeed, MissionContent},
    supplies::{
        HandOutForm, HandOutLine, PersonItem, Signature, TakeBackForm, TakeBackLine, TakenBack,
        needs::{Cover, Demand, outstanding, short, spread, together},
    },
};
use proptest::prelude::*;

use crate::at;

fn need(code: &str, per_volunteer: u32, per_slot: u32) -> EquipmentNeed {
    EquipmentNeed { code: code.to_owned(), per_volunteer, per_slot }
}

fn demand(from: i64, to: i64, units: u32) -> Demand {
    let day = at("2026-06-01T00:00:00Z");
    Demand { starts_at: day + TimeDelta::hours(from), ends_at: day + TimeDelta::hours(to), units }
}

fn problems(equipment: Vec<EquipmentNeed>) -> Vec<(String, Problem)> {
    let content = MissionContent { equipment, ..MissionContent::default() };
    let errors = content.check_draft().err().unwrap_or_default();
    errors.iter().map(|(field, problem)| (field.to_owned(), problem.clone())).collect()
}

#[test]
fn a_slot_needs_for_each_volunteer_and_in_common() {
    assert_eq!(need("mask", 2, 1).of_slot(5), 11);
    assert_eq!(need("mask", 2, 1).of_slot(0), 0);
    assert_eq!(need("mask", u32::MAX, 1).of_slot(5), u32::MAX);
}

#[test]
fn needs_are_checked_one_by_one() {
    assert!(problems(vec![need("surgical-mask", 2, 0), need("vest", 0, 1)]).is_empty());
    let found = problems(vec![
        need("Masque", 1, 0),
        need("vest", 101, 0),
        need("gel", 0, 1001),
        need("vest", 1, 0),
        need("badge", 0, 0),
    ]);
    let expected = [
        ("equipment.0.code", Problem::NotAChoice),
        ("equipment.1.per_volunteer", Problem::OutOfRange { min: 0, max: 100 }),
        ("equipment.2.per_slot", Problem::OutOfRange { min: 0, max: 1000 }),
        ("equipment.3.code", Problem::NotAChoice),
        ("equipment.4.per_volunteer", Problem::Required),
    ];
    assert_eq!(found, expected.map(|(field, problem)| (field.to_owned(), problem)));
    let many: Vec<_> = (0..31).map(|n| need(&format!("kind-{n}"), 1, 0)).collect();
    assert_eq!(problems(many), [("equipment".to_owned(), Problem::NotAChoice)]);
}

#[test]
fn a_mission_without_needs_reads_and_hashes_as_before() {
    let before = MissionContent { title: "Collecte".to_owned(), ..MissionContent::default() };
    assert!(!before.canonical_json().contains("equipment"));
    let after = MissionContent { equipment: vec![need("vest", 1, 0)], ..before.clone() };
    assert_eq!(before.reviewed_differences(&after), ["equipment"]);
    assert_ne!(before.canonical_json(), after.canonical_json());
    let back: MissionContent = serde_json::from_str(&after.canonical_json()).unwrap();
    assert_eq!(back, after);
    let turned = |a: &EquipmentNeed, b: &EquipmentNeed| MissionContent {
        equipment: vec![a.clone(), b.clone()],
        ..MissionContent::default()
    };
    let (vest, mask) = (need("vest", 1, 0), need("mask", 2, 0));
    assert!(turned(&vest, &mask).reviewed_differences(&turned(&mask, &vest)).is_empty());
}

#[test]
fn what_comes_back_serves_the_next_slot() {
    let slots = [demand(9, 12, 4), demand(14, 17, 6), demand(16, 19, 3)];
    assert_eq!(together(&slots, true), 13);
    assert_eq!(together(&slots, false), 9);
    // One ends when the other begins.
    assert_eq!(together(&[demand(9, 12, 4), demand(12, 15, 5)], false), 5);
    assert_eq!(together(&[], true), 0);
    assert_eq!(together(&[], false), 0);
}

#[test]
fn a_cover_says_what_to_do() {
    let cover = |needed, reserved, free| Cover { needed, reserved, free };
    for (asked, reserve, release, missing) in [
        (cover(10, 0, 20), 10, 0, 0),
        (cover(10, 4, 3), 3, 0, 3),
        (cover(10, 10, 0), 0, 0, 0),
        (cover(4, 10, 5), 0, 6, 0),
        (cover(0, 0, 0), 0, 0, 0),
    ] {
        assert_eq!((asked.to_reserve(), asked.to_release(), asked.missing()), (reserve, release, missing), "{asked:?}");
    }
}

#[test]
fn missions_draw_on_one_free_stock() {
    assert_eq!(short([(10, 4), (5, 5), (6, 0)], 9), 3);
    assert_eq!(short([(10, 4), (5, 50)], 6), 0);
    assert_eq!(short([], 0), 0);
}

#[test]
fn what_came_back_is_needed_again_until_the_slot_is_over() {
    assert_eq!(outstanding(10, 6, 2, false), 6);
    assert_eq!(outstanding(10, 6, 2, true), 4);
    assert_eq!(outstanding(3, 6, 0, false), 0);
}

proptest! {
    #[test]
    fn reusable_needs_lie_between_the_largest_slot_and_all(
        slots in prop::collection::vec((0_i64..200, 1_i64..40, 0_u32..500), 0..12),
    ) {
        let demands: Vec<_> = slots.iter().map(|(from, hours, units)| demand(*from, from + hours, *units)).collect();
        let (all, peak) = (together(&demands, true), together(&demands, false));
        let largest = demands.iter().map(|slot| slot.units).max().unwrap_or_default();
        prop_assert!(largest <= peak && peak <= all);
        // The peak is reached at some beginning, and passed at none.
        let at = |moment| -> u32 {
            demands.iter().filter(|slot| slot.starts_at <= moment && moment < slot.ends_at).map(|slot| slot.units).sum()
        };
        let reached = demands.iter().map(|slot| at(slot.starts_at)).max().unwrap_or_default();
        prop_assert_eq!(reached, peak);
    }

    #[test]
    fn reserving_never_takes_more_than_is_free_nor_than_is_needed(
        needed in 0_u32..10_000, reserved in 0_u32..10_000, free in 0_u32..10_000,
    ) {
        let cover = Cover { needed, reserved, free };
        let after = reserved + cover.to_reserve() - cover.to_release();
        prop_assert!(cover.to_reserve() <= free);
        prop_assert!(after <= needed);
        prop_assert_eq!(needed - after, cover.missing());
        prop_assert!(cover.to_reserve() == 0 || cover.to_release() == 0);
    }

    #[test]
    fn spreading_gives_what_is_asked_as_far_as_it_goes(
        units in 0_u32..300, places in prop::collection::vec(0_u32..60, 0..8),
    ) {
        let taken = spread(units, places.iter().copied().enumerate());
        let sum: u32 = taken.iter().map(|(_, some)| some).sum();
        prop_assert_eq!(sum, units.min(places.iter().sum()));
        prop_assert!(taken.iter().all(|(place, some)| *some > 0 && *some <= places[*place]));
    }

    #[test]
    fn what_is_short_is_what_one_mission_lacks(needed in 0_u32..1000, reserved in 0_u32..1000, free in 0_u32..1000) {
        prop_assert_eq!(short([(needed, reserved)], free), Cover { needed, reserved, free }.missing());
    }

    #[test]
    fn whatever_is_drawn_is_a_signature(points in prop::collection::vec((any::<bool>(), -50_i32..400, -50_i32..400), 3..2000)) {
        let mut path = String::new();
        for (begin, x, y) in points {
            Signature::draw(&mut path, begin, x, y);
        }
        prop_assert!(path.len() <= Signature::LONGEST);
        prop_assert!(Signature::parse(&path).is_ok(), "{path}");
    }

    #[test]
    fn whatever_is_sent_is_refused_or_a_path(text in ".{0,40}") {
        if let Ok(signature) = Signature::parse(&text) {
            prop_assert!(signature.as_str().bytes().all(|byte| byte.is_ascii_digit() || b"ML ".contains(&byte)));
        }
    }
}

#[test]
fn a_signature_is_lines_of_a_pen() {
    assert!(Signature::parse("M1 2L3 4L280 120").is_ok());
    assert!(Signature::parse("M1 2L3 4M5 6").is_ok());
    for (text, problem) in [
        ("", Problem::NotAChoice),
        ("M1 2L3 4", Problem::Required),
        ("L1 2L3 4L5 6", Problem::NotAChoice),
        ("M1 2L3 4L281 6", Problem::NotAChoice),
        ("M1 2L3 4L5 121", Problem::NotAChoice),
        ("M1 2L3 4L-5 6", Problem::NotAChoice),
        ("M1 2L3 4L5", Problem::NotAChoice),
        ("M1 2L3 4L5 6L", Problem::NotAChoice),
        ("MM1 2L3 4L5 6", Problem::NotAChoice),
        ("M1 2L3 4L5 6\"/><script>", Problem::NotAChoice),
        ("M1 2L3 4L1e2 6", Problem::NotAChoice),
    ] {
        assert_eq!(Signature::parse(text), Err(problem), "{text}");
    }
    let long = format!("M1 1{}", "L1 1".repeat(3000));
    assert_eq!(Signature::parse(&long), Err(Problem::TooLong { max: 12_000 }));
}

fn codes() -> Vec<String> {
    vec!["mask".to_owned(), "vest".to_owned()]
}

fn given(code: &str, given: bool, quantity: &str) -> HandOutLine {
    HandOutLine {
        code: code.to_owned(),
        given: if given { "yes" } else { "" }.to_owned(),
        quantity: quantity.to_owned(),
    }
}

#[test]
fn only_what_is_ticked_is_handed_out() {
    let form = |lines| HandOutForm { lines, ..HandOutForm::default() };
    let read = form(vec![given("mask", true, " 2 "), given("vest", false, "1")]).read(&codes());
    assert_eq!(read, Ok((vec![("mask".to_owned(), 2)], None)));
    let said = |lines| -> Vec<(String, Problem)> {
        let errors = form(lines).read(&codes()).err().unwrap_or_default();
        errors.iter().map(|(field, problem)| (field.to_owned(), problem.clone())).collect()
    };
    let one = |field: &str, problem| vec![(field.to_owned(), problem)];
    assert_eq!(said(vec![given("mask", false, "2")]), one("lines.0.given", Problem::NothingNoted));
    assert_eq!(said(vec![given("mask", true, "deux")]), one("lines.0.quantity", Problem::NotANumber));
    assert_eq!(said(vec![given("mask", true, "")]), one("lines.0.quantity", Problem::OutOfRange { min: 1, max: 1000 }));
    assert_eq!(
        said(vec![given("mask", true, "1001")]),
        one("lines.0.quantity", Problem::OutOfRange { min: 0, max: 1000 })
    );
    assert_eq!(said(vec![given("gel", true, "1")]), one("lines.0.quantity", Problem::NotAChoice));
    assert_eq!(
        said(vec![given("mask", true, "1"), given("mask", true, "1")]),
        one("lines.1.quantity", Problem::NotAChoice)
    );
    let signed = HandOutForm {
        signature: "M1 2L3 4L5 6".to_owned(),
        lines: vec![given("vest", true, "1")],
        ..HandOutForm::default()
    };
    assert!(signed.read(&codes()).is_ok_and(|(_, signature)| signature.is_some()));
    let forged = HandOutForm { signature: "javascript:".to_owned(), ..signed };
    assert!(forged.read(&codes()).is_err_and(|errors| errors.get("signature").is_some()));
}

#[test]
fn what_is_lost_has_a_reason() {
    let line = |code: &str, returned: &str, lost: &str| TakeBackLine {
        code: code.to_owned(),
        returned: returned.to_owned(),
        lost: lost.to_owned(),
    };
    let form = |lines, reason: &str| TakeBackForm { seen: 1, lines, reason: reason.to_owned() };
    let read = form(vec![line("mask", "", ""), line("vest", "1", "2")], " déchirés ").read(&codes());
    let back = TakenBack { code: "vest".to_owned(), returned: 1, lost: 2 };
    assert_eq!(read, Ok((vec![back], "déchirés".to_owned())));
    let refused = form(vec![line("vest", "", "1")], " ").read(&codes()).unwrap_err();
    assert_eq!(refused.get("reason"), Some(&Problem::ReasonRequired));
    let empty = form(vec![line("vest", "0", "")], "").read(&codes()).unwrap_err();
    assert_eq!(empty.get("lines.0.returned"), Some(&Problem::NothingNoted));
    assert!(form(vec![line("vest", "1", "")], "").read(&codes()).is_ok());
    let wrong = form(vec![line("vest", "x", "-1"), line("gel", "1", "")], "").read(&codes()).unwrap_err();
    assert_eq!(wrong.get("lines.0.returned"), Some(&Problem::NotANumber));
    assert_eq!(wrong.get("lines.0.lost"), Some(&Problem::NotANumber));
    assert_eq!(wrong.get("lines.1.returned"), Some(&Problem::NotAChoice));
}

#[test]
fn what_a_person_holds_is_what_neither_came_back_nor_is_lost() {
    let item = PersonItem { code: "vest".to_owned(), issued: 5, returned: 2, lost: 1, proposed: 0 };
    assert_eq!(item.held(), 2);
}
