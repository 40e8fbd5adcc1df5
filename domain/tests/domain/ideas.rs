use domain::{
    error::Problem,
    ideas::{Idea, IdeaForm, IdeaLines, draft, excerpt, title},
    text::{contact_details, without_contact_details},
};
use proptest::prelude::*;

fn form() -> IdeaForm {
    IdeaForm {
        association: "Les Échassiers".to_owned(),
        contact_name: "Odile Prune".to_owned(),
        email: "Odile@echassiers.example".to_owned(),
        phone: "06 39 98 12 34".to_owned(),
        what: "Réparer des vélos avec les enfants. Appelez-moi au 06 39 98 12 34.".to_owned(),
        whom: "Les enfants de Berthe".to_owned(),
        place: "Au local du port".to_owned(),
        moment: "Le mercredi".to_owned(),
        website: String::new(),
    }
}

#[test]
fn contact_details_are_welcome_in_a_letter() {
    let idea = Idea::read(&form()).unwrap();
    assert_eq!(idea.email.as_str(), "odile@echassiers.example");
    assert_eq!(idea.phone.as_ref().map(domain::fields::Phone::as_str), Some("+33639981234"));
    assert!(idea.what.contains("06 39 98 12 34"));
}

#[test]
fn only_who_and_what_are_asked() {
    let bare =
        IdeaForm { phone: String::new(), whom: String::new(), place: String::new(), moment: String::new(), ..form() };
    assert!(Idea::read(&bare).is_ok());
    let errors = Idea::read(&IdeaForm::default()).unwrap_err();
    for field in ["association", "contact_name", "email", "what"] {
        assert_eq!(errors.get(field), Some(&Problem::Required), "{field}");
    }
    let short = Idea::read(&IdeaForm { what: "Aider.".to_owned(), ..form() }).unwrap_err();
    assert_eq!(short.get("what"), Some(&Problem::TooShort { min: 20 }));
}

#[test]
fn the_draft_of_a_mission_names_nobody_to_call() {
    let form = form();
    let lines = IdeaLines {
        association: form.association,
        what: form.what,
        whom: form.whom,
        place: form.place,
        moment: form.moment,
    };
    let content = draft(&lines, ("Pour qui :", "Quand :"));
    assert_eq!(content.title, "Réparer des vélos avec les enfants");
    assert_eq!(content.address, "Au local du port");
    assert_eq!(
        content.description,
        "Réparer des vélos avec les enfants. Appelez-moi au …\n\nPour qui : Les enfants de Berthe\n\nQuand : Le mercredi"
    );
    assert_eq!(content.check_draft(), Ok(()));
}

#[test]
fn a_title_is_a_sentence_or_its_beginning() {
    assert_eq!(title("\n Bonjour ! Nous voulons aider."), "Bonjour");
    assert_eq!(title(&"mot ".repeat(60)).chars().count(), 79);
    assert_eq!(title(&"x".repeat(300)).chars().count(), 80);
    assert_eq!(title(""), "");
    assert_eq!(excerpt("Aider les voisins. Souvent."), "Aider les voisins");
    assert_eq!(excerpt(&"mot ".repeat(60)), format!("{}…", title(&"mot ".repeat(60))));
}

proptest! {
    #[test]
    fn whatever_is_written_the_draft_is_one(what in ".{0,300}", phone in "0[1-9]( ?[0-9]{2}){4}", place in ".{0,40}") {
        for what in [what.clone(), format!("{what} {phone}"), format!("{phone}\n{what} a@b.example {phone}")] {
            let hidden = without_contact_details(&what);
            prop_assert_eq!(contact_details(&hidden), None);
            // What a form lets through is one line or clean paragraphs.
            let Ok(what) = domain::text::paragraphs(&what, 0, 2000) else { continue };
            let Ok(place) = domain::text::line(&place, 0, 200) else { continue };
            let lines = IdeaLines { what, place, ..IdeaLines::default() };
            prop_assert_eq!(draft(&lines, ("A", "B")).check_draft(), Ok(()));
        }
    }

    #[test]
    fn harmless_words_stay(text in "[a-zé ]{0,60}(\n[a-zé ]{1,60}){0,3}") {
        prop_assume!(contact_details(&text).is_none());
        prop_assert_eq!(without_contact_details(&text), text);
    }
}
