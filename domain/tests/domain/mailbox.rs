//! Links in the text of an e-mail.

use domain::mailbox::{Piece, pieces};

const SITE: &str = "https://ville.example";

fn words(text: &str) -> Piece {
    Piece::Words(text.to_owned())
}

fn link(path: &str) -> Piece {
    Piece::Link { path: path.to_owned(), written: format!("{SITE}{path}") }
}

#[test]
fn a_link_of_this_site_is_a_link() {
    let text = "Bonjour,\n\nConfirmez :\nhttps://ville.example/confirmer/abc?suite=/a.\n\n-- \nRenfort\n";
    assert_eq!(
        pieces(text, SITE),
        [words("Bonjour,\n\nConfirmez :\n"), link("/confirmer/abc?suite=/a"), words(".\n\n-- \nRenfort\n")]
    );
    assert_eq!(pieces("https://ville.example/a https://ville.example/b", SITE), [link("/a"), words(" "), link("/b")]);
    assert_eq!(pieces("", SITE), []);
}

#[test]
fn other_addresses_stay_words() {
    for text in [
        "https://evil.example/confirmer",
        "https://ville.example.evil/x",
        "https://ville.example@evil.example/x",
        "https://ville.example//evil.example",
        "https://ville.example/\\evil.example",
        "https://ville.example:8080/x",
        "http://ville.example/x",
        "javascript:alert(1)",
        "«https://ville.example/x",
        "https://ville.example",
    ] {
        assert_eq!(pieces(text, SITE), [words(text)], "{text}");
    }
    assert_eq!(pieces("/x", ""), [words("/x")]);
}

#[test]
fn nothing_of_the_text_is_lost() {
    let text = "  a\t\u{a0}https://ville.example/x),\r\n b\n\n";
    let again: String = pieces(text, SITE)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Link { written, .. } => written,
        })
        .collect();
    assert_eq!(again, text);
}
