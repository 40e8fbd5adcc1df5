//! What holds of every document.

use chrono::DateTime;
use domain::actor::Locale;

use super::{
    Block, Document, Mark, Run, Spoken, Squares, Table,
    fonts::Faces,
    layout::{BOTTOM, Child, Kind, MARGIN, PAGE, lay_out},
    render,
};

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Dossier d’instruction\u{a0}: cœur de ville".to_owned(),
        locale: Locale::Fr,
        made_at: DateTime::UNIX_EPOCH,
        foot: "La Seyne-sur-Mer, imprimé le 1er\u{a0}mars 2026, 9\u{a0}h\u{a0}05".to_owned(),
        spoken: Spoken { removed: "Retiré\u{a0}:".to_owned(), added: "Ajouté\u{a0}:".to_owned() },
        blocks,
    }
}

/// A file of many pages: all kinds of blocks, a cell taller than a page, characters that the fonts lack.
fn long() -> Vec<Block> {
    let words = "Préparer les colis, accueillir les familles, «\u{a0}ranger\u{a0}» la salle\u{202f}; œuvrer. ";
    let cell = |text: &str| vec![Run::plain(text)];
    let mut blocks = vec![Block::Heading(1, "Le dossier".to_owned())];
    for number in 0..40 {
        blocks.push(Block::Heading(2, format!("Partie {number}")));
        blocks.push(Block::Text(vec![
            Run::plain(words.repeat(6)),
            Run { text: "des paniers ".to_owned(), mark: Mark::Removed },
            Run { text: "des colis".to_owned(), mark: Mark::Added },
        ]));
        blocks.push(Block::Heading(3, "Des points".to_owned()));
        blocks.push(Block::List(vec![cell(words), cell("中文 😀 \u{0}\u{200b} عربي e\u{301}")]));
        let long = if number == 7 { words.repeat(120) } else { words.to_owned() };
        let rows = (0..12).map(|row| vec![cell(&format!("Ligne {row}")), cell(&long), cell("")]).take(if number == 7 {
            2
        } else {
            12
        });
        blocks.push(Block::Table(Table {
            caption: "Un tableau".to_owned(),
            heads: ["Un", "Deux", "Trois"].map(str::to_owned).into(),
            shares: vec![1, 3, 1],
            rows: rows.collect(),
        }));
    }
    blocks
}

#[test]
fn a_long_file_stays_within_its_pages_and_nothing_is_said_twice() {
    let faces = Faces::read().unwrap();
    let done = lay_out(&faces, &long());
    assert!(done.pages > 20, "{} pages", done.pages);
    for piece in done.pieces.iter().chain(&done.repeated) {
        assert!(piece.page < done.pages && piece.y > MARGIN && piece.y <= BOTTOM + 1.0, "{piece:?}");
        assert!(piece.x >= MARGIN && piece.x + piece.width <= PAGE.0 - MARGIN + 4.0, "{piece:?}");
    }
    let mut told = vec![0; done.pieces.len()];
    let mut parents = vec![0; done.nodes.len()];
    done.roots.iter().for_each(|root| parents[*root] += 1);
    for child in done.nodes.iter().flat_map(|node| &node.children) {
        match child {
            Child::Piece(number) => told[*number] += 1,
            Child::Node(number) => parents[*number] += 1,
            Child::Drawing(number) => panic!("no picture {number} in it"),
        }
    }
    assert!(told.iter().chain(&parents).all(|times| *times == 1));
    assert!(!done.repeated.is_empty(), "heads come again");
}

#[test]
fn a_heading_is_followed_by_what_it_heads() {
    let faces = Faces::read().unwrap();
    for lines in 1..60 {
        let filler = Block::text("x\n".repeat(lines));
        let done = lay_out(&faces, &[filler, Block::Heading(2, "Titre".to_owned()), Block::text("Suite")]);
        let page = |text: &str| done.pieces.iter().find(|piece| piece.text == text).unwrap().page;
        assert_eq!(page("Titre"), page("Suite"), "{lines}");
    }
}

#[test]
fn tables_are_told_with_their_heads() {
    let faces = Faces::read().unwrap();
    let done = lay_out(&faces, &long());
    let count = |kind: &Kind| done.nodes.iter().filter(|node| node.kind == *kind).count();
    assert_eq!((count(&Kind::Table), count(&Kind::ColumnHead)), (40, 120));
    assert_eq!((count(&Kind::RowHead), count(&Kind::Cell)), (39 * 12 + 2, (39 * 12 + 2) * 2));
    let empty = done.nodes.iter().filter(|node| node.children.is_empty()).count();
    assert_eq!(empty, 0, "an empty cell is told as a dash");
}

#[test]
fn no_word_of_a_head_is_cut() {
    let faces = Faces::read().unwrap();
    let heads = ["Mission", "Organisation", "Ressemblance sur 100", "Pourquoi", "Décision"].map(str::to_owned);
    let cell = || vec![Run::plain("un")];
    let table = Table {
        caption: String::new(),
        heads: heads.clone().into(),
        shares: vec![9, 9, 1, 9, 9],
        rows: vec![(0..5).map(|_| cell()).collect()],
    };
    let done = lay_out(&faces, &[Block::Table(table)]);
    for word in heads.iter().flat_map(|head| head.split(' ')) {
        assert!(done.pieces.iter().any(|piece| piece.text.contains(word)), "{word} is cut: {:?}", done.pieces);
    }
    assert!(done.pieces.iter().all(|piece| piece.x + piece.width <= PAGE.0 - MARGIN + 4.0));
}

#[test]
fn what_can_be_checked_of_pdf_ua_holds() {
    let file = render(&document(long())).unwrap();
    assert!(file.starts_with(b"%PDF-1.7"));
    assert!(file.len() < 600_000, "{} bytes", file.len());
    let text = String::from_utf8_lossy(&file);
    assert!(text.contains("pdfuaid:part") && text.contains("cœur de ville"));
}

#[test]
fn a_document_needs_little() {
    assert!(render(&document(vec![Block::Heading(1, "Rien".to_owned())])).is_ok());
    assert!(render(&document(vec![Block::Heading(1, "\u{1f600}".to_owned()), Block::text("")])).is_ok());
}

#[test]
fn a_picture_is_told_by_its_words() {
    let squares = Squares {
        alt: "Un damier".to_owned(),
        side: 90.0,
        rows: (0..9).map(|y| (0..9).map(|x| (x + y) % 2 == 0).collect()).collect(),
    };
    let filler = Block::text("x\n".repeat(50));
    let faces = Faces::read().unwrap();
    let done = lay_out(&faces, &[filler, Block::Squares(squares.clone())]);
    assert_eq!(done.drawings[0].page, 1, "it is not cut by the end of a page");
    assert!(render(&document(vec![Block::Heading(1, "Image".to_owned()), Block::Squares(squares)])).is_ok());
}
