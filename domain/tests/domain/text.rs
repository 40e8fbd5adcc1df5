//! Lines, paragraphs, folding, contact details.

use domain::{
    error::Problem,
    text::{Found, contact_details, fold, line, paragraphs, slug},
};
use proptest::prelude::*;

#[test]
fn lines() {
    assert_eq!(line(" \u{00A0}Bonjour\u{202F}", 1, 10), Ok("Bonjour".to_owned()));
    assert_eq!(line("", 0, 10), Ok(String::new()));
    assert_eq!(line("  ", 1, 10), Err(Problem::Required));
    assert_eq!(line("ab", 3, 10), Err(Problem::TooShort { min: 3 }));
    assert_eq!(line("éééé", 1, 3), Err(Problem::TooLong { max: 3 }));
    for bad in ["a\nb", "a\rb", "a\u{0}b", "a\u{202E}b", "a\u{2069}b", "a\u{7F}b", "a\u{85}b", "a\u{2028}b"] {
        assert_eq!(line(bad, 1, 10), Err(Problem::ControlCharacters), "{bad:?}");
    }
}

#[test]
fn an_accent_typed_apart_is_put_on_its_letter() {
    assert_eq!(line("E\u{301}lise", 1, 5), Ok("Élise".to_owned()));
    assert_eq!(line("e\u{301}e\u{301}", 0, 2), Ok("éé".to_owned()), "counted as it is read");
}

#[test]
fn several_lines() {
    assert_eq!(paragraphs(" a\r\nb\rc\n\td ", 1, 20), Ok("a\nb\nc\n d".to_owned()));
    assert_eq!(paragraphs("a\r\nb", 3, 3), Ok("a\nb".to_owned()));
    assert_eq!(paragraphs("a\u{1B}b", 1, 20), Err(Problem::ControlCharacters));
    assert_eq!(paragraphs("a\u{202E}b", 1, 20), Err(Problem::ControlCharacters));
}

#[test]
fn folded_and_slugged() {
    assert_eq!(fold("Œuvre d’ÉTÉ à Nîmes, ça æ ß E\u{0301}"), "oeuvre d'ete a nimes, ca ae ss e");
    assert_eq!(slug("  L’œuvre d’été : aide aux aînés ! "), "l-oeuvre-d-ete-aide-aux-aines");
    assert_eq!(slug("La Seyne-sur-Mer"), "la-seyne-sur-mer");
    assert_eq!(slug("李"), "");
    assert_eq!(slug(&"a".repeat(80)).len(), 60);
    let long = slug(&"mission ".repeat(20));
    assert!(long.len() <= 60 && long.ends_with("mission"));
}

#[test]
fn phones_are_found() {
    for text in [
        "Appelez le 06 12 34 56 78.",
        "Tél. 06.12.34.56.78",
        "0612345678",
        "tél:0612345678",
        "06-12-34-56-78",
        "06/12/34/56/78",
        "au +33 6 12 34 56 78 svp",
        "+33612345678",
        "+33 (0)6 12 34 56 78",
        "0033612345678",
        "00 33 6 12 34 56 78",
        "06 – 12 – 34 – 56 – 78",
        "06\u{00A0}12\u{00A0}34\u{00A0}56\u{00A0}78",
        "0494 06 90 00",
        "0 800 840 800",
        "04 94 069 000",
        "En 2020. 06 12 34 56 78",
        "Marie (06 12 34 56 78) répond",
        "le soir :06 12 34 56 78 ou 2 rue",
        "+44 20 7946 0958",
        "0 6 1 2 3 4 5 6 7 8",
        "06\u{200B}12\u{200B}34\u{200B}56\u{200B}78",
        "０６ １２ ３４ ５６ ７８",
    ] {
        assert_eq!(contact_details(text), Some(Found::Phone), "{text}");
    }
}

#[test]
fn emails_are_found() {
    for text in [
        "Écrivez à jean.dupont@example.fr",
        "jean @ example.fr",
        "jean(at)example.fr",
        "jean [at] example.fr",
        "jean arobase example point fr",
        "jean (arobase) example (point) fr",
        "JEAN@EXAMPLE.FR.",
        "mailto:a@b.co",
        "<a@b.co>",
        "jean AROBASE example.fr",
        "jean@example (dot) com",
        "jean@\u{200B}example.fr",
    ] {
        assert_eq!(contact_details(text), Some(Found::Email), "{text}");
    }
}

#[test]
fn nir_are_found() {
    for text in [
        "1 85 05 78 006 084 36",
        "185057800608436",
        "1850578006084",
        "NIR : 2 69 05 49 588 157 80",
        "1 85 05 2A 004 084",
        "285052B004084",
        "2 85 05 2B 033 157 80",
        "1.85.05.78.006.084.36",
        "1-85-05-78-006-084",
        "2 99 33 99 123 456",
        "1 85 05 78 006 084 (Marie)",
    ] {
        assert_eq!(contact_details(text), Some(Found::Nir), "{text}");
    }
}

#[test]
fn ordinary_texts_pass() {
    for text in [
        "Le 01/02/2026 de 09 h 30 à 12 h",
        "du 03/04/2027 09:00 au 05/04/2027 18:30",
        "01.02.2026 - 03.02.2026",
        "2026-04-05 06:07:08",
        "le 05-06-2026 18:30",
        "24 h/24, 7 j/7",
        "24h/24 7j/7",
        "10 000 €",
        "1 000 000 000 000 €",
        "1 234 567,89 €",
        "83500 La Seyne-sur-Mer",
        "06000 Nice 06100 Nice",
        "SIRET 732 829 320 00074",
        "SIRET 73282932000074",
        "SIRET : 356 000 000 00048",
        "RNA W832001234",
        "2019-2020 et 2020-2021",
        "années 1998/1999, 2000/2001",
        "lundi 8-10 h, mardi 08-10 h et 10-12 h, 14-16 h",
        "08h00-12h00 / 14h00-18h00",
        "Suivez-nous sur @mairie.laseyne",
        "10 sacs @ 2 kg. Merci",
        "rendez-vous au point de collecte, arobase du port",
        "le point fr. du jour",
        "+ 16 ans, 2 à 3 personnes",
        "12 bénévoles, 3 équipes de 4, 05 84 12",
        "Salle 012, bâtiment 34, étage 5",
        "43.1006, 5.8789",
        "IBAN FR76 3000 4000 0312 3456 7890 143",
        "de 08:30 à 12:00 et de 14:00 à 17:30",
        "1er, 2, 3, 4 et 5 mai 2026",
        "les 02/05, 03/05, 04/05 et 05/05",
        "EAN 3017620422003",
        "loi 2017-86, décret 2017-930 du 9 mai 2017",
        "115 ou 3919",
        "1 85 15 78 006 084",
        "185057800608",
        "24 1850578006084365",
        "Article R. 5121-202",
        "",
        "@",
        "a@b",
        "0",
        "+",
        "dates : 01/02/26 02/02/26 03/02/26",
        "01/02 03/04 05/06 07/08",
        "Quand ?\n01\n02\n03\n04\n05",
    ] {
        assert_eq!(contact_details(text), None, "{text}");
    }
}

#[test]
fn a_long_hostile_text_is_read_at_once() {
    for piece in ["1 ", "0 ", "06 ", "a@", "@ ", "+ ", "(at)", " point ", "1.", "1850"] {
        let begun = std::time::Instant::now();
        contact_details(&piece.repeat(5000));
        assert!(begun.elapsed().as_millis() < 2000, "{piece}");
    }
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(text in any::<String>()) {
        contact_details(&text);
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
        let slug = slug(&text);
        prop_assert!(slug.len() <= 60 && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
        if let Ok(kept) = paragraphs(&text, 0, 1000) {
            prop_assert_eq!(paragraphs(&kept, 0, 1000), Ok(kept));
        }
    }

    #[test]
    fn numbers_and_signs_do_not_panic(text in "[0-9 +./@()a2bAB:-]{0,40}") {
        contact_details(&text);
    }

    #[test]
    fn every_usual_writing_of_a_phone(number in "[1-9][0-9]{8}", sign in "[ .-]") {
        let pairs: Vec<String> = format!("0{number}").as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned()).collect();
        let text = format!("Joindre Marie au {} le matin", pairs.join(&sign));
        prop_assert_eq!(contact_details(&text), Some(Found::Phone));
        let text = format!("Joindre Marie au +33 {number} le matin");
        prop_assert_eq!(contact_details(&text), Some(Found::Phone));
    }

    #[test]
    fn no_date_and_hour_is_a_phone(d in 1_u32..=31, m in 1_u32..=12, y in 2020_u32..2040, h in 0_u32..24, min in 0_u32..60, s in "[/.-]") {
        for text in [
            format!("le {d:02}{s}{m:02}{s}{y} {h:02}:{min:02}"),
            format!("le {d:02}{s}{m:02}{s}{y} à {h:02} h {min:02}"),
            format!("du {d:02}{s}{m:02}{s}{y} au {m:02}{s}{m:02}{s}{y}"),
            format!("du {d:02}{s}{m:02}{s}{y} - {m:02}{s}{m:02}{s}{y} {h:02}h"),
            format!("{y}{s}{m:02}{s}{d:02} {h:02}:{min:02}"),
        ] {
            prop_assert_eq!(contact_details(&text), None, "{}", text);
        }
    }
}
