use domain::organisations::{
    eligibility::{Doubt, doubts},
    likeness::{Alike, Card, LIKELY, Profile, own_domain},
};
use proptest::prelude::*;

fn named(name: &str) -> Card {
    Card { name: name.to_owned(), ..Card::default() }
}

fn alike(one: &Card, other: &Card) -> Option<(u32, Vec<Alike>)> {
    let read = |card| Profile::read(card, "La Seyne-sur-Mer");
    read(one).likeness(&read(other)).map(|found| (found.score, found.reasons))
}

#[test]
fn the_same_name_is_found_whatever_stands_around_it() {
    for other in ["Association LES MAINS TENDUES", "Les Amis des mains tendues", "Main tendue – La Seyne-sur-Mer"] {
        let found = alike(&named("Les Mains tendues"), &named(other));
        assert_eq!(found, Some((80, vec![Alike::Name])), "{other}");
    }
}

#[test]
fn a_name_with_a_letter_wrong_is_near_and_another_is_not() {
    let found = alike(&named("Coup de pouce Tamaris"), &named("Coup de pousse Tamaris"));
    assert!(
        matches!(found.as_ref().map(|(_, reasons)| reasons.as_slice()), Some([Alike::NearName(60..=99)])),
        "{found:?}"
    );
    assert_eq!(alike(&named("Lire ensemble"), &named("Nager ensemble")), None);
    assert_eq!(alike(&named("Secours de la rade"), &named("Vestiaire solidaire")), None);
}

#[test]
fn numbers_tell_most_and_what_is_shared_adds_up() {
    let (siret, other) = ("73282932000074".to_owned(), "73282932000082".to_owned());
    let one = Card { rna: Some("W831234567".to_owned()), siret: Some(siret), ..named("Les Mains tendues") };
    let rna = Card { rna: one.rna.clone(), ..named("Autre nom") };
    assert_eq!(alike(&one, &rna), Some((100, vec![Alike::Rna])));
    let siren = Card { siret: Some(other), ..named("Tout autre chose") };
    assert_eq!(alike(&one, &siren), Some((85, vec![Alike::Siren])));
    let email = |name: &str, email: &str| Card { email: Some(email.to_owned()), ..named(name) };
    let (mine, theirs) = (email("Chorale", "bonjour@mains.example"), email("Théâtre", "contact@mains.example"));
    assert_eq!(alike(&mine, &theirs), Some((45, vec![Alike::Site])));
    let provider = (email("Chorale", "a@orange.fr"), email("Théâtre", "b@orange.fr"));
    assert_eq!(alike(&provider.0, &provider.1), None, "many have their e-mail there");
    let both = Card { phone: Some("+33494000000".to_owned()), ..mine };
    let theirs = Card { phone: both.phone.clone(), ..theirs };
    assert_eq!(alike(&both, &theirs).map(|(score, _)| score), Some(69));
}

#[test]
fn a_site_is_known_by_its_host() {
    let site = |name: &str, site: &str| Card { website: Some(site.to_owned()), ..named(name) };
    let found = alike(&site("Chorale", "https://www.mains.example/chorale"), &site("Théâtre", "http://Mains.example"));
    assert_eq!(found, Some((45, vec![Alike::Site])));
    assert_eq!(own_domain("a@mains.example").as_deref(), Some("mains.example"));
    assert_eq!(own_domain("a@gmail.com"), None);
}

#[test]
fn a_name_raises_a_question_by_whole_words_only() {
    let list =
        [(Doubt::Worship, "culte"), (Doubt::Party, "parti"), (Doubt::Union, "cfe cgc"), (Doubt::Worship, "eglise")];
    assert_eq!(doubts("Le Parti des Tamaris", list), [(Doubt::Party, "parti")]);
    assert_eq!(doubts("Union CFE-CGC du Var", list), [(Doubt::Union, "cfe cgc")]);
    assert_eq!(doubts("ÉGLISE du port", list), [(Doubt::Worship, "eglise")]);
    assert_eq!(doubts("Participer et cultiver", list), []);
    assert_eq!(doubts("", [(Doubt::Party, "")]), []);
}

fn card() -> impl Strategy<Value = Card> {
    let number = prop::option::of("W83[0-9]{1}000000");
    (".{0,30}", number, prop::option::of("[ab]@[ab]\\.example"), prop::option::of("\\+3349400000[0-2]"))
        .prop_map(|(name, rna, email, phone)| Card { name, rna, email, phone, ..Card::default() })
}

proptest! {
    #[test]
    fn likeness_goes_both_ways_and_is_a_score(one in card(), other in card()) {
        let found = alike(&one, &other);
        prop_assert_eq!(&found, &alike(&other, &one));
        if let Some((score, reasons)) = found {
            prop_assert!((LIKELY..=100).contains(&score) && !reasons.is_empty());
        }
    }

    #[test]
    fn whoever_is_registered_twice_is_found(card in card(), word in "[a-z]{4,12}") {
        let card = Card { name: format!("{} {word}", card.name), ..card };
        prop_assert!(alike(&card, &card).is_some_and(|(score, _)| score >= 80));
        prop_assert_eq!(card.canonical(), card.clone().canonical());
    }
}
