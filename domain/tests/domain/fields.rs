//! What people type.

use domain::{
    error::Problem,
    fields::{Email, InseeCode, LegalForm, PersonName, Phone, Rna, Siret},
};
use proptest::prelude::*;

#[test]
fn emails() {
    for (typed, kept) in [
        ("  Jean.Dupont@Example.FR \n", "jean.dupont@example.fr"),
        ("a+b@sub.example.co", "a+b@sub.example.co"),
        ("o'neil@xn--caf-dma.fr", "o'neil@xn--caf-dma.fr"),
        ("contact@ville-laseyne.fr\u{200B}", "contact@ville-laseyne.fr"),
    ] {
        assert_eq!(Email::parse(typed).unwrap().as_str(), kept);
    }
    assert_eq!(Email::parse(" "), Err(Problem::Required));
    let long_local = format!("{}@example.fr", "a".repeat(65));
    let long = format!("a@{}fr", format!("{}.", "b".repeat(60)).repeat(5));
    for bad in [
        "jean",
        "jean@localhost",
        "@example.fr",
        "jean@",
        "a@b@c.fr",
        "jean dupont@example.fr",
        "\"a b\"@example.fr",
        "jean@example.fr\r\nBcc: x@y.fr",
        "jean\n@example.fr",
        ".jean@example.fr",
        "jean.@example.fr",
        "je..an@example.fr",
        "jean@-example.fr",
        "jean@example-.fr",
        "jean@example..fr",
        "jean@example.fr.",
        "jean@127.0.0.1",
        "jean@[127.0.0.1]",
        "jeán@example.fr",
        "jean@exämple.fr",
        "<jean@example.fr>",
        "jean@example.f",
        long_local.as_str(),
        long.as_str(),
    ] {
        assert_eq!(Email::parse(bad), Err(Problem::NotAnEmail), "{bad:?}");
    }
}

#[test]
fn insee_codes() {
    for (typed, kept) in
        [("83126", "83126"), (" 2a004 ", "2A004"), ("01001", "01001"), ("97411", "97411"), ("2B033", "2B033")]
    {
        assert_eq!(InseeCode::parse(typed).unwrap().as_str(), kept);
    }
    assert_eq!(InseeCode::parse(""), Err(Problem::Required));
    for bad in ["8312", "831260", "2C004", "A2004", "00123", "83 12", "8312é", "2Ab04", "٨٣١٢٦"] {
        assert_eq!(InseeCode::parse(bad), Err(Problem::NotAnInseeCode), "{bad}");
    }
}

#[test]
fn rna_numbers() {
    assert_eq!(Rna::parse(" w83 200 1234 ").unwrap().as_str(), "W832001234");
    assert_eq!(Rna::parse("W9A1000001").unwrap().as_str(), "W9A1000001");
    for bad in ["832001234", "W83200123", "W8320012345", "X832001234", "W83200123é"] {
        assert_eq!(Rna::parse(bad), Err(Problem::NotAnRna), "{bad}");
    }
}

#[test]
fn siret_numbers() {
    for good in ["73282932000074", "732 829 320 00074", "11002001300097", "35600000049837", "35600000000048"] {
        assert!(Siret::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "12345678901234",
        "00000000000000",
        "7328293200007",
        "732829320000741",
        "73282932000075",
        "35600000049838",
        "7328293200007A",
    ] {
        assert_eq!(Siret::parse(bad), Err(Problem::NotASiret), "{bad}");
    }
    assert_eq!(Siret::parse("732 829 320 00074").unwrap().siren(), "732829320");
}

#[test]
fn names_of_people() {
    for (typed, kept) in [
        (" Élodie ", "Élodie"),
        ("Jean-Baptiste", "Jean-Baptiste"),
        ("O’Brien", "O’Brien"),
        ("d'Arc", "d'Arc"),
        ("de  La\u{00A0}Tour", "de La Tour"),
        ("M. Nguyễn", "M. Nguyễn"),
        ("E\u{0301}lodie", "Élodie"),
        ("李小龙", "李小龙"),
    ] {
        assert_eq!(PersonName::parse(typed).unwrap().as_str(), kept);
    }
    assert_eq!(PersonName::parse("\u{00A0} "), Err(Problem::Required));
    assert_eq!(PersonName::parse(&"a".repeat(81)), Err(Problem::TooLong { max: 80 }));
    assert!(PersonName::parse(&"é".repeat(80)).is_ok());
    for bad in
        ["Jean\nDupont", "Jean\u{202E}tnopuD", "a\u{2066}b", "<b>", "R2D2", "-", "jean@example.fr", "Jean\u{0}", "a\tb"]
    {
        assert_eq!(PersonName::parse(bad), Err(Problem::ControlCharacters), "{bad:?}");
    }
}

#[test]
fn phones() {
    for (typed, stored, shown) in [
        ("06 12 34 56 78", "+33612345678", "06 12 34 56 78"),
        ("06.12.34.56.78", "+33612345678", "06 12 34 56 78"),
        ("+33 (0)6 12 34 56 78", "+33612345678", "06 12 34 56 78"),
        ("0033 6 12 34 56 78", "+33612345678", "06 12 34 56 78"),
        ("+33 4 94 06 90 00", "+33494069000", "04 94 06 90 00"),
        ("+44 20 7946 0958", "+442079460958", "+44 20 79 46 09 58"),
        ("00 352 621 123 456", "+352621123456", "+35 26 21 12 34 56"),
        ("+39 06 1234 567", "+39061234567", "+390 61 23 45 67"),
    ] {
        let phone = Phone::parse(typed).unwrap();
        assert_eq!((phone.as_str(), phone.to_string().as_str()), (stored, shown), "{typed}");
        assert_eq!(Phone::parse(stored), Ok(phone));
    }
    for bad in [
        "06 12 34 56",
        "06 12 34 56 789",
        "0012",
        "+33 6 12",
        "0000000000",
        "06 12 34 56 7a",
        "++33612345678",
        "+1234567890123456",
        "115",
    ] {
        assert_eq!(Phone::parse(bad), Err(Problem::NotAPhone), "{bad}");
    }
}

#[test]
fn json_goes_through_parse() {
    assert_eq!(serde_json::from_str::<Email>("\" A@B.fr \"").unwrap().as_str(), "a@b.fr");
    assert!(serde_json::from_str::<Email>("\"a\"").is_err());
    assert_eq!(serde_json::to_string(&InseeCode::parse("2a004").unwrap()).unwrap(), "\"2A004\"");
    assert_eq!(LegalForm::parse("town_hall"), Some(LegalForm::TownHall));
}

/// Luhn's check another way: digits of the doubled ones looked up.
fn passes_luhn(number: &str) -> bool {
    const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.iter().enumerate().map(|(i, d)| if i % 2 == 0 { DOUBLED[*d as usize] } else { *d }).sum();
    sum.is_multiple_of(10)
}

proptest! {
    #[test]
    fn exactly_one_last_digit_makes_a_siret(start in "[1-9][0-9]{12}") {
        prop_assume!(!start.starts_with("356000000"));
        let good: Vec<String> = (0..10).map(|last| format!("{start}{last}")).filter(|n| Siret::parse(n).is_ok()).collect();
        prop_assert_eq!(good.len(), 1);
        prop_assert!(passes_luhn(&good[0]));
    }

    #[test]
    fn one_wrong_digit_is_seen(start in "[1-9][0-9]{12}", at in 0_usize..14, by in 1_u8..10) {
        prop_assume!(!start.starts_with("356000000"));
        let good = (0..10).map(|last| format!("{start}{last}")).find(|n| Siret::parse(n).is_ok()).unwrap();
        let mut bytes = good.into_bytes();
        bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
        let bad = String::from_utf8(bytes).unwrap();
        prop_assume!(!bad.starts_with("356000000"));
        prop_assert!(Siret::parse(&bad).is_err());
    }

    #[test]
    fn the_post_office_counts_in_fives(end in "[0-9]{5}") {
        prop_assume!(end != "00048");
        let number = format!("356000000{end}");
        let sum: u32 = number.chars().filter_map(|c| c.to_digit(10)).sum();
        prop_assert_eq!(Siret::parse(&number).is_ok(), sum.is_multiple_of(5));
    }

    #[test]
    fn nothing_typed_makes_a_parser_panic(text in any::<String>()) {
        let _ = (Email::parse(&text), InseeCode::parse(&text), Rna::parse(&text), Siret::parse(&text));
        let _ = PersonName::parse(&text);
        if let Ok(phone) = Phone::parse(&text) {
            let shown = phone.to_string();
            prop_assert_eq!(Phone::parse(&shown), Ok(phone));
        }
    }
}
