//! Directories that somebody kept elsewhere, and the fields of letters.

use domain::{
    error::Problem,
    letters::{Column, LineProblem, directory, fields},
    text::{decode::decode, table},
};
use proptest::prelude::*;

const PLAIN: &str = "Nom;Courriel;RNA\r\nLes Mains tendues;bonjour@mains.example;W831234567\r\n";

fn names(text: &str) -> Vec<String> {
    directory::read(text).unwrap_or_default().entries.into_iter().map(|entry| entry.name).collect()
}

#[test]
fn encodings_are_found_out() {
    let text = "Nom;E-mail\nÉcole de l’été – œuvre;ete@ecole.example\n";
    let latin: Vec<u8> = "Nom;E-mail\n"
        .bytes()
        .chain([0xC9])
        .chain("cole de l".bytes())
        .chain([0x92, 0xE9, b't', 0xE9, b' ', 0x96, b' ', 0x9C])
        .chain("uvre;ete@ecole.example\n".bytes())
        .collect();
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    assert_eq!(decode(text.as_bytes()), text);
    assert_eq!(decode(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), text);
    assert_eq!(decode(&latin), text);
    assert_eq!(decode(&utf16([0xFF, 0xFE], u16::to_le_bytes)), text);
    assert_eq!(decode(&utf16([0xFE, 0xFF], u16::to_be_bytes)), text);
    assert_eq!(decode(b"a\0b"), "a\u{1}b");
}

#[test]
fn separators_and_line_ends_are_found_out() {
    for separator in table::SEPARATORS {
        for end in ["\r\n", "\n", "\r"] {
            let text = PLAIN.replace(';', &separator.to_string()).replace("\r\n", end);
            assert_eq!(names(&text), ["Les Mains tendues"], "{separator:?} {end:?}");
        }
    }
    assert_eq!(names("nom,mail\n\"Dupont, Fils\",a@b.example\nB;C,d@e.example"), ["Dupont, Fils", "B;C"]);
}

#[test]
fn columns_are_known_by_what_people_call_them() {
    for (header, meant) in [
        ("Adresse électronique", Some(Column::Email)),
        ("E-MAIL", Some(Column::Email)),
        ("Mél.", Some(Column::Email)),
        ("Dénomination", Some(Column::Name)),
        ("Nom de l’association", Some(Column::Name)),
        ("N° RNA", Some(Column::Rna)),
        ("Numéro SIRET", Some(Column::Siret)),
        ("Domaine d'activité", Some(Column::Activity)),
        ("Ville", Some(Column::Town)),
        ("Nom du président", None),
        ("Téléphone", None),
        ("", None),
    ] {
        assert_eq!(directory::column(header), meant, "{header}");
    }
}

#[test]
fn each_line_is_refused_by_itself_and_says_where_it_is() {
    let text = "Nom;E-mail;RNA;Téléphone\n\nBien;a@b.example;;06\nSans;;\n\"Deux\nlignes\";c@d.example;\nDouble;A@B.example;\n\
                Faux;e@f.example;X1\n;g@h.example;\nCourt;i@j.example\n";
    let read = directory::read(text).unwrap();
    let taken: Vec<_> = read.entries.iter().map(|entry| (entry.line, entry.name.as_str())).collect();
    assert_eq!(taken, [(3, "Bien"), (10, "Court")]);
    let refused: Vec<_> = read.refused.into_iter().map(|line| (line.line, line.problem)).collect();
    assert_eq!(
        refused,
        [
            (4, LineProblem::Cell(Column::Email, Problem::Required)),
            (5, LineProblem::Cell(Column::Name, Problem::ControlCharacters)),
            (7, LineProblem::SameEmail(3)),
            (8, LineProblem::Cell(Column::Rna, Problem::NotAnRna)),
            (9, LineProblem::Cell(Column::Name, Problem::Required)),
        ]
    );
}

#[test]
fn hostile_files_are_refused_in_words() {
    assert_eq!(directory::read(" \n\r\n").unwrap_err(), Problem::Required);
    assert_eq!(directory::read("a;b\nc;d").unwrap_err(), Problem::NoColumns);
    assert_eq!(directory::read("Nom;Nom\na;b").unwrap_err(), Problem::NoColumns);
    let many = format!("nom;mail\n{}", "a b;c@d.example\n".repeat(10_000));
    assert_eq!(directory::read(&many).unwrap_err(), Problem::TooManyLines { max: 5000 });
    let open = directory::read("nom;mail\n\"jamais;a@b.example\nBien;c@d.example").unwrap();
    assert_eq!((open.refused.len(), open.refused[0].line, &open.refused[0].problem), (1, 2, &LineProblem::OpenQuote));
    let names = |read: &directory::Directory| read.entries.iter().map(|entry| entry.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&open), ["Bien"], "what follows an open quotation mark is read");
    let between = "nom;mail\r\n\"Un;a@b.example\r\nDeux;c@d.example\r\n\"Trois\";e@f.example\r\n";
    let between = directory::read(between).unwrap();
    assert_eq!((names(&between), between.refused[0].line), (vec!["Deux".to_owned(), "Trois".to_owned()], 2));
    assert_eq!(between.entries.iter().map(|entry| entry.line).collect::<Vec<_>>(), [3, 4]);
    let huge = directory::read(&format!("nom;mail\n{};a@b.example", "é".repeat(100_000))).unwrap();
    assert_eq!(huge.refused[0].problem, LineProblem::Cell(Column::Name, Problem::TooLong { max: 150 }));
    let nul = directory::read(&decode(b"nom;mail\na\0b;a@b.example")).unwrap();
    assert_eq!(nul.refused[0].problem, LineProblem::Cell(Column::Name, Problem::ControlCharacters));
}

#[test]
fn letters_know_their_fields() {
    let body = "Bonjour {association}, rejoignez {commune} : {lien} {";
    assert_eq!(fields::body(body), Ok(body.to_owned()));
    assert_eq!(
        fields::body("Bonjour {prénom}, rejoignez-nous !"),
        Err(Problem::UnknownField { name: "prénom".to_owned() })
    );
    assert_eq!(fields::subject("Appel {à tous}"), Ok("Appel {à tous}".to_owned()), "no field: it has a space");
    let filled = fields::fill(body, &[("association", "{lien}"), ("commune", "Nice"), ("lien", "https://x.example")]);
    assert_eq!(filled, "Bonjour {lien}, rejoignez Nice : https://x.example {");
}

proptest! {
    #[test]
    fn a_table_is_read_as_it_was_printed(
        rows in prop::collection::vec(prop::collection::vec("[a-zé0-9 ;,|\t\"\r\n{=]{0,12}", 1..6), 0..12),
        place in 0..table::SEPARATORS.len(),
    ) {
        let separator = table::SEPARATORS[place];
        let rows: Vec<Vec<String>> =
            rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        let read: Vec<Vec<String>> =
            table::lines(&table::print(&rows, separator), separator).map(|line| line.cells).collect();
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = decode(&bytes);
        prop_assert!(!text.contains('\0'));
        drop(directory::read(&text));
        drop(directory::read(&format!("nom;mail\n{text}")));
        prop_assert_eq!(fields::fill(&text, &[]).len() <= text.len(), true);
    }
}
