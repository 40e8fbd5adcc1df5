//! Passwords.

use domain::{accounts::password::check, error::Problem};

const KNOWN: [&str; 4] = ["elodie.dupont@example.fr", "Élodie", "Dupont", "La Seyne-sur-Mer"];

fn checked(password: &str) -> Result<(), Problem> {
    check(password, &KNOWN, |folded| folded == "motdepasse1234")
}

#[test]
fn long_ones_pass_whatever_they_are_made_of() {
    for good in [
        "correct horse battery",
        "une tasse de thé vert",
        "demonstration-2020",
        "Xk29!vqLm0_z",
        "  espaces gardés  ",
        "dupont aime les cerises noires",
        "le 14 juillet 1789 à Paris",
        "🐢🐇🦔🐝🦋🐌🐞🦂🐢🐇🦔🐝🦋",
    ] {
        assert_eq!(checked(good), Ok(()), "{good}");
    }
}

#[test]
fn lengths_are_in_characters() {
    assert_eq!(checked(""), Err(Problem::Required));
    assert_eq!(checked("Xk29!vqLm0_"), Err(Problem::TooShort { min: 12 }));
    assert_eq!(checked("ékéüàvqLm0_z"), Ok(()));
    let sentence = "Sept tortues jouent au vieux piano. ".repeat(4);
    assert_eq!(checked(&sentence), Err(Problem::TooLong { max: 128 }));
}

#[test]
fn common_ones_are_looked_up_folded() {
    assert_eq!(checked("MotDePassé1234"), Err(Problem::PasswordCommon));
}

#[test]
fn what_others_know_is_guessable() {
    for bad in [
        "elodiedupont",
        "ElodieDupont83!",
        "dupont-elodie-2026",
        "renfort12345",
        "Renfort-2026!",
        "Seyne-Dupont-83",
        "dupont@example",
    ] {
        assert_eq!(checked(bad), Err(Problem::PasswordGuessable), "{bad}");
    }
}

#[test]
fn patterns_are_guessable() {
    for bad in [
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "123456789012",
        "azertyuiopqs",
        "qwertyuiopas",
        "AZERTYUIOP123",
        "202020202020",
        "198519851985",
        "2020 2020 2020",
        "abcdefghijkl",
        "lkjihgfedcba",
        "111111222222",
        "987654321098",
        "1a2z3e4r5t6y",
        "112233445566",
    ] {
        assert_eq!(checked(bad), Err(Problem::PasswordGuessable), "{bad}");
    }
}
