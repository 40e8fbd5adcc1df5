//! The ledger keeps its promises whatever happens in whatever order; tables are read and written safely.

use std::collections::HashMap;

use domain::{
    equipment::{
        Act, Balance, CountForm, CountLineForm, DeliveryColumn, DeliveryProblem, DeskForm, LevelForm, MovementKind,
        QUANTITY_MAX, Quantity, Standing, Use,
        delivery::{self, Catalogue},
        effect,
    },
    error::{Conflict, Problem},
    ids::{DepotId, MissionId},
    text::{sheet, table},
};
use proptest::prelude::*;
use uuid::Uuid;

fn units(n: i32) -> Quantity {
    Quantity::new(n).unwrap_or_else(|| panic!("{n}"))
}

fn mission(number: u8) -> MissionId {
    MissionId(Uuid::from_u128(u128::from(number)))
}

fn of(number: u8) -> Use {
    Use::mission(mission(number))
}

/// The ledger of one type in a town, as the server keeps it: lines, and the balance of each depot beside them.
#[derive(Default)]
struct Book {
    lines: Vec<(u8, Act, i32, i32)>,
    balances: HashMap<u8, Balance>,
}

impl Book {
    fn standing(&self, depot: u8, id: MissionId) -> Standing {
        let mut standing = Standing::default();
        for (at, act, _, reserved) in &self.lines {
            if act.concerns().is_none_or(|of| of.mission != id) {
                continue;
            }
            standing.reserved += if *at == depot { *reserved } else { 0 };
            standing.issued += match act.kind() {
                MovementKind::Issued => act.quantity(),
                MovementKind::Returned | MovementKind::Lost => -act.quantity(),
                _ => 0,
            };
        }
        standing
    }

    fn post(&mut self, depot: u8, act: Act) -> Result<(), Conflict> {
        let standing = act.concerns().map(|of| self.standing(depot, of.mission)).unwrap_or_default();
        let effect = effect(act, standing)?;
        let after = self.balances.get(&depot).copied().unwrap_or_default().after(effect)?;
        self.balances.insert(depot, after);
        self.lines.push((depot, act, effect.on_hand, effect.reserved));
        Ok(())
    }
}

fn acts() -> impl Strategy<Value = (u8, Act)> {
    let act = (0..9_u8, 1..40_i32, 0..2_u8).prop_map(|(kind, n, id)| {
        let n = units(n);
        match kind {
            0 => Act::Received(n),
            1 => Act::Reserved(n, mission(id)),
            2 => Act::Released(n, mission(id)),
            3 => Act::Issued(n, of(id)),
            4 => Act::Returned(n, of(id)),
            5 => Act::Lost(n),
            6 => Act::LostInUse(n, of(id)),
            7 => Act::Found(n),
            _ => Act::Missing(n),
        }
    });
    (0..2_u8, act)
}

proptest! {
    #[test]
    fn whatever_happens_the_balance_is_sound_and_the_sum_of_its_ledger(acts in prop::collection::vec(acts(), 0..80)) {
        let mut book = Book::default();
        for (depot, act) in acts {
            let before = (book.lines.len(), book.balances.clone());
            if book.post(depot, act).is_err() {
                prop_assert_eq!(&(book.lines.len(), book.balances.clone()), &before, "refused: nothing changed");
            }
            for (depot, balance) in &book.balances {
                prop_assert!(0 <= balance.reserved && balance.reserved <= balance.on_hand, "{:?}", balance);
                let here = || book.lines.iter().filter(|(at, ..)| at == depot);
                prop_assert_eq!(here().map(|(_, _, on_hand, _)| on_hand).sum::<i32>(), balance.on_hand);
                prop_assert_eq!(here().map(|(.., reserved)| reserved).sum::<i32>(), balance.reserved);
                // What is reserved is what missions are promised there, each no less than nothing.
                let promised = [0, 1].map(|id| book.standing(*depot, mission(id)).reserved);
                prop_assert!(promised.iter().all(|units| *units >= 0), "{:?}", promised);
                prop_assert_eq!(promised.iter().sum::<i32>(), balance.reserved);
            }
            for id in [0, 1] {
                prop_assert!(book.standing(0, mission(id)).issued >= 0, "more came back than was handed out");
            }
        }
    }

    #[test]
    fn a_line_moves_what_it_says(act in acts(), reserved in 0..60_i32, issued in 0..60_i32) {
        let act = act.1;
        let Ok(effect) = effect(act, Standing { reserved, issued }) else { return Ok(()) };
        let n = act.quantity().abs();
        prop_assert!(effect.on_hand.abs() == n || effect.on_hand == 0);
        prop_assert!(effect.reserved.abs() <= n);
        prop_assert_eq!(act.quantity() < 0, matches!(act, Act::Missing(_)));
        prop_assert!(n <= QUANTITY_MAX);
    }

    #[test]
    fn no_cell_begins_a_formula_and_all_are_read_back(written in "\\PC{0,30}") {
        let cell = sheet::text(&written);
        prop_assert!(!cell.starts_with(['=', '+', '-', '@']));
        if !written.starts_with('\'') {
            prop_assert_eq!(sheet::written(&cell), written.as_str());
        }
    }

    #[test]
    fn no_delivery_is_too_odd(text in "\\PC{0,300}") {
        drop(delivery::read(&text, &catalogue()));
        drop(delivery::read(&format!("Matériel;Quantité;Dépôt\n{text}"), &catalogue()));
    }
}

#[test]
fn each_kind_does_what_the_table_says() {
    let standing = Standing { reserved: 5, issued: 4 };
    let does = |act: Act| effect(act, standing).map(|effect| (effect.on_hand, effect.reserved));
    assert_eq!(does(Act::Received(units(7))), Ok((7, 0)));
    assert_eq!(does(Act::Reserved(units(7), mission(0))), Ok((0, 7)));
    assert_eq!(does(Act::Released(units(5), mission(0))), Ok((0, -5)));
    assert_eq!(does(Act::Released(units(6), mission(0))), Err(Conflict::MoreThanReserved));
    assert_eq!(does(Act::Issued(units(3), of(0))), Ok((-3, -3)), "of what is reserved");
    assert_eq!(does(Act::Issued(units(9), of(0))), Ok((-9, -5)), "then of what is free");
    assert_eq!(does(Act::Returned(units(4), of(0))), Ok((4, 0)));
    assert_eq!(does(Act::Returned(units(5), of(0))), Err(Conflict::MoreThanIssued));
    assert_eq!(does(Act::Lost(units(2))), Ok((-2, 0)));
    assert_eq!(does(Act::LostInUse(units(4), of(0))), Ok((0, 0)));
    assert_eq!(does(Act::LostInUse(units(5), of(0))), Err(Conflict::MoreThanIssued));
    assert_eq!(does(Act::Found(units(1))), Ok((1, 0)));
    assert_eq!(does(Act::Missing(units(1))), Ok((-1, 0)));
}

#[test]
fn what_is_promised_is_not_lost_nor_handed_to_others() {
    let mut book = Book::default();
    book.post(0, Act::Received(units(10))).unwrap();
    book.post(0, Act::Reserved(units(8), mission(0))).unwrap();
    assert_eq!(book.post(0, Act::Reserved(units(3), mission(1))), Err(Conflict::NotEnoughStock));
    assert_eq!(book.post(0, Act::Issued(units(3), of(1))), Err(Conflict::NotEnoughStock));
    assert_eq!(book.post(0, Act::Lost(units(3))), Err(Conflict::NotEnoughStock));
    assert_eq!(book.post(1, Act::Lost(units(1))), Err(Conflict::NotEnoughStock), "another depot");
    book.post(0, Act::Issued(units(9), of(0))).unwrap();
    assert_eq!(book.balances[&0], Balance { on_hand: 1, reserved: 0 });
    book.post(1, Act::Returned(units(9), of(0))).unwrap();
    assert_eq!(book.post(0, Act::Returned(units(1), of(0))), Err(Conflict::MoreThanIssued));
    let full = Balance { on_hand: i32::MAX, reserved: 0 };
    assert_eq!(
        full.after(effect(Act::Received(units(1)), Standing::default()).unwrap()),
        Err(Conflict::NotEnoughStock)
    );
    assert!(!full.is_low(0) && Balance::default().is_low(1) && !Balance::default().is_low(0));
}

#[test]
fn quantities_are_whole_and_not_huge() {
    assert_eq!(Quantity::parse(" 1\u{202f}200 "), Ok(units(1200)));
    assert_eq!(Quantity::parse(""), Err(Problem::Required));
    for odd in ["1,5", "dix", "-", "1e3", "٣", "+4"] {
        assert_eq!(Quantity::parse(odd), Err(Problem::NotANumber), "{odd}");
    }
    for out in ["0", "-3", "1000001", "99999999999999999999999"] {
        assert_eq!(Quantity::parse(out), Err(Problem::OutOfRange { min: 1, max: 1_000_000 }), "{out}");
    }
    assert_eq!(LevelForm { level: " ".to_owned(), ..LevelForm::default() }.read(), Ok(0));
    assert!(LevelForm { level: "-1".to_owned(), ..LevelForm::default() }.read().is_err());
}

#[test]
fn what_is_gone_says_why_and_what_is_carried_says_where_to() {
    let form = |act: &str, destination: &str, reason: &str| DeskForm {
        act: act.to_owned(),
        equipment: "vest".to_owned(),
        depot: "a".to_owned(),
        destination: destination.to_owned(),
        quantity: "3".to_owned(),
        reason: reason.to_owned(),
        ..DeskForm::default()
    };
    assert!(form("receive", "", "").read().is_ok());
    assert_eq!(form("lose", "", " ").read().unwrap_err().get("reason"), Some(&Problem::ReasonRequired));
    assert_eq!(form("transfer", "", "").read().unwrap_err().get("destination"), Some(&Problem::Required));
    assert_eq!(form("transfer", "a", "").read().unwrap_err().get("destination"), Some(&Problem::SameDepot));
    assert!(form("transfer", "b", "").read().is_ok());
    let nothing = DeskForm::default().read().unwrap_err();
    assert_eq!(nothing.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["act", "depot", "equipment", "quantity"]);
}

#[test]
fn a_count_says_why_it_differs() {
    let line = |counted: &str, reason: &str| CountLineForm {
        code: counted.to_owned(),
        expected: "5".to_owned(),
        counted: counted.to_owned(),
        reason: reason.to_owned(),
    };
    let form = |lines: Vec<CountLineForm>| CountForm { lines, ..CountForm::default() };
    let (_, lines) = form(vec![line("", ""), line("5", ""), line("3", "Abîmés")]).read().unwrap();
    assert_eq!(lines.iter().map(|line| (line.place, line.counted)).collect::<Vec<_>>(), [(1, 5), (2, 3)]);
    let errors = form(vec![line("4", ""), line("x", "")]).read().unwrap_err();
    assert_eq!(errors.get("lines.0.reason"), Some(&Problem::ReasonRequired));
    assert_eq!(errors.get("lines.1.counted"), Some(&Problem::NotANumber));
    assert_eq!(form(vec![line("", "x")]).read().unwrap_err().get("lines"), Some(&Problem::NothingCounted));
    assert!(form(vec![line("5", ""), line("5", "")]).read().is_err(), "the same type twice");
}

fn catalogue() -> Catalogue {
    Catalogue {
        types: vec![
            ("surgical-mask".to_owned(), vec!["Masque chirurgical".to_owned(), "Surgical mask".to_owned()]),
            ("gloves".to_owned(), vec!["Gants jetables".to_owned(), "Disposable gloves".to_owned()]),
        ],
        depots: vec![
            (DepotId(Uuid::from_u128(1)), "Mairie".to_owned()),
            (DepotId(Uuid::from_u128(2)), "École Jean-Jaurès".to_owned()),
        ],
    }
}

#[test]
fn deliveries_are_read_line_by_line() {
    let text = "Désignation,Qté,Lieu de stockage,Remarque,Prix\nmasque chirurgical,200,MAIRIE,Don,3\n\
                gloves,\"1 000\",ecole jean jaurès,,\nMasque,2,Mairie,,\nGants jetables,0,Mairie,,\n\
                Gants jetables,3,Gymnase,,\nGants jetables,3,,,\n\"jamais,1,Mairie,,";
    let read = delivery::read(text, &catalogue()).unwrap();
    let taken: Vec<_> = read
        .taken
        .iter()
        .map(|line| (line.line, line.type_code.as_str(), line.depot.0.as_u128(), line.quantity.get()))
        .collect();
    assert_eq!(taken, [(2, "surgical-mask", 1, 200), (3, "gloves", 2, 1000)]);
    assert_eq!(read.taken[0].reason, "Don");
    let refused: Vec<_> = read.refused.into_iter().map(|line| (line.line, line.problem)).collect();
    assert_eq!(
        refused,
        [
            (4, DeliveryProblem::UnknownEquipment("Masque".to_owned())),
            (5, DeliveryProblem::Cell(DeliveryColumn::Quantity, Problem::OutOfRange { min: 1, max: 1_000_000 })),
            (6, DeliveryProblem::UnknownDepot("Gymnase".to_owned())),
            (7, DeliveryProblem::Cell(DeliveryColumn::Depot, Problem::Required)),
            (8, DeliveryProblem::OpenQuote),
        ]
    );
    assert_eq!(read.columns.last(), Some(&("Prix".to_owned(), None)));
}

#[test]
fn one_depot_need_not_be_named_and_columns_must() {
    let mut one = catalogue();
    assert_eq!(delivery::read("matériel;quantité\nGloves;3", &one), Err(Problem::NoDeliveryColumns));
    one.depots.truncate(1);
    let read = delivery::read("matériel;quantité\nGloves;3", &one).unwrap();
    assert_eq!(read.taken[0].depot.0.as_u128(), 1);
    assert_eq!(delivery::read(" \n", &one), Err(Problem::Required));
    assert_eq!(delivery::read("a;b\nc;d", &one), Err(Problem::NoDeliveryColumns));
    let many = format!("matériel;quantité\n{}", "gloves;1\n".repeat(2001));
    assert_eq!(delivery::read(&many, &one), Err(Problem::TooManyLines { max: 2000 }));
}

#[test]
fn a_table_that_was_written_is_read_back() {
    let row = |cells: [&str; 3]| cells.map(sheet::text).to_vec();
    let printed = sheet::print(&[row(["Matériel", "Dépôt", "En stock"]), row(["Gants jetables", "Mairie", "12"])]);
    assert!(printed.starts_with("\u{feff}Matériel;Dépôt;En stock\r\n"));
    assert_eq!(delivery::read(&printed, &catalogue()).unwrap().taken.len(), 1);
    let hostile = sheet::print(&[row(["=HYPERLINK(\"x\")", "@a", "-2+3"])]);
    let cells = table::lines(&hostile, ';').next().unwrap().cells;
    assert!(cells.iter().skip(1).all(|cell| cell.starts_with('\'')), "{cells:?}");
    assert_eq!(sheet::written(&cells[1]), "@a");
}
