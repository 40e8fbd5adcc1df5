//! Ideas: sent without an account, answered, turned into a draft, forgotten.

use chrono::TimeDelta;
use domain::{
    actor::{Actor, Grant},
    error::{AppError, Conflict, Problem},
    ideas::{IdeaForm, IdeaStatus, IdeaTab, Ideas},
    ids::{IdeaId, OrganisationId},
    network::Network,
    organisations::Organisations,
};
use sea_orm::{EntityTrait, QueryOrder};
use server::entity::{idea, idea_link, invitation, mission, mission_version, outbox};

use crate::towns::site::{Site, form as organisation_form, sites};

const EMAIL: &str = "odile@echassiers.example";

fn form() -> IdeaForm {
    IdeaForm {
        association: "Les Échassiers".to_owned(),
        contact_name: "Odile Prune".to_owned(),
        email: EMAIL.to_owned(),
        phone: "06 39 98 12 34".to_owned(),
        what: "Réparer des vélos avec les enfants. Appelez Odile au 06 39 98 12 34.".to_owned(),
        place: "Au local du port".to_owned(),
        ..IdeaForm::default()
    }
}

fn visitor(address: &str) -> Actor {
    Actor { address: address.to_owned(), ..Actor::default() }
}

/// Sends an idea: its id, and the secret of the link in the e-mail.
async fn sent(site: &Site, form: IdeaForm) -> (IdeaId, String) {
    site.backend.send(&visitor("192.0.2.7"), "83126", form).await.unwrap();
    let row =
        idea::Entity::find().order_by_desc(idea::Column::Id).one(site.backend.store.read()).await.unwrap().unwrap();
    (IdeaId(row.id), link(site, "/idee/").await)
}

/// The secret of the link in the last e-mail to the association.
async fn link(site: &Site, path: &str) -> String {
    let letters: Vec<outbox::Model> = site.letters().await;
    let last = letters.into_iter().rev().find(|row| row.recipient == EMAIL && row.body_text.contains(path)).unwrap();
    let (_, link) = last.body_text.split_once(path).unwrap();
    link.split_whitespace().next().unwrap().to_owned()
}

fn problem<T: std::fmt::Debug>(answer: Result<T, AppError>, field: &str) -> Option<Problem> {
    match answer {
        Err(AppError::Invalid(errors)) => errors.get(field).cloned(),
        _ => None,
    }
}

#[tokio::test]
async fn a_visitor_and_the_town_write_to_each_other_without_an_account() {
    for site in sites().await {
        let backend = &site.backend;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let paul = site.coordinator("paul@toulon.example", "83137").await;
        let empty = backend.send(&visitor("192.0.2.7"), "83126", IdeaForm::default()).await;
        assert_eq!(problem(empty, "what"), Some(Problem::Required));
        assert_eq!(backend.send(&visitor("192.0.2.7"), "06088", form()).await, Err(AppError::NotFound));
        let (id, token) = sent(&site, form()).await;
        let told = site.mails().await;
        assert_eq!(
            told,
            [("idea_received", EMAIL), ("idea_to_answer", "marie@ville.example")]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        let links = idea_link::Entity::find().all(backend.store.read()).await.unwrap();
        assert!(links.iter().all(|row| row.token_hash != token), "only the hash is kept");

        for stranger in [&paul, &visitor("192.0.2.8")] {
            assert!(backend.idea(stranger, "83126", id).await.is_err());
            assert!(backend.answer(stranger, "83126", id, "Bonjour.".to_owned()).await.is_err());
        }
        assert_eq!(backend.idea(&paul, "83137", id).await, Err(AppError::NotFound));
        assert_eq!(problem(backend.answer(&marie, "83126", id, " ".to_owned()).await, "body"), Some(Problem::Required));
        backend.answer(&marie, "83126", id, "Quel jour ?".to_owned()).await.unwrap();
        let second = link(&site, "/idee/").await;
        assert_ne!(second, token, "each e-mail has a link of its own");
        for token in [&token, &second] {
            let exchange = backend.exchange(&visitor("192.0.2.9"), token).await.unwrap();
            assert_eq!(exchange.status, IdeaStatus::Answered);
            assert_eq!(exchange.messages[0].coordinator.as_deref(), Some("Service vie associative"), "no name of hers");
        }
        backend.reply(&visitor("192.0.2.9"), &token, "Le mercredi.".to_owned()).await.unwrap();
        let file = backend.idea(&marie, "83126", id).await.unwrap();
        assert_eq!((file.status, file.messages.len()), (IdeaStatus::New, 2));
        assert_eq!(file.contact.map(|contact| contact.email).as_deref(), Some(EMAIL));
        let said: Vec<_> = file.history.iter().map(|line| line.to.as_str()).collect();
        assert_eq!(said, ["new", "answered", "new"]);
        let unknown = backend.exchange(&visitor("192.0.2.9"), "0").await;
        assert_eq!(unknown, Err(Conflict::LinkExpired.into()));
        assert_eq!(
            problem(backend.close(&marie, "83126", id, String::new()).await, "reason"),
            Some(Problem::ReasonRequired)
        );
        backend.close(&marie, "83126", id, "Une autre association le fait déjà.".to_owned()).await.unwrap();
        let late = backend.reply(&visitor("192.0.2.9"), &token, "Dommage.".to_owned()).await;
        assert_eq!(late, Err(Conflict::NotInThisState.into()));
        let list = backend.list(&marie, "83126", IdeaTab::Closed).await.unwrap();
        assert_eq!((list.counts, list.rows.len()), (vec![0, 0, 0, 1], 1));
        assert!(backend.list(&paul, "83126", IdeaTab::Closed).await.is_err());
    }
}

#[tokio::test]
async fn a_program_is_answered_alike_and_nobody_sends_without_end() {
    for site in sites().await {
        let backend = &site.backend;
        let trapped = IdeaForm { website: "https://spam.example".to_owned(), ..form() };
        assert_eq!(backend.send(&visitor("192.0.2.7"), "83126", trapped).await, Ok(()));
        assert!(idea::Entity::find().all(backend.store.read()).await.unwrap().is_empty());
        assert!(site.mails().await.is_empty());
        let mut refused = 0;
        for n in 0..12 {
            let form = IdeaForm { email: format!("a{n}@asso.example"), ..form() };
            refused += u32::from(backend.send(&visitor("192.0.2.7"), "83126", form).await.is_err());
        }
        assert_eq!(refused, 3, "ten at once from an address, one of them was the program's");
    }
}

#[tokio::test]
async fn a_draft_is_made_in_the_name_of_an_association_that_accepts() {
    for site in sites().await {
        let backend = &site.backend;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let (id, token) = sent(&site, form()).await;
        backend.turn(&marie, "83126", id, None).await.unwrap();
        assert_eq!(backend.turn(&marie, "83126", id, None).await, Err(Conflict::NotInThisState.into()));
        let made = backend.idea(&marie, "83126", id).await.unwrap().mission.unwrap();
        let db = backend.store.read();
        let row = mission::Entity::find_by_id(made.id.0).one(db).await.unwrap().unwrap();
        assert_eq!((row.status.as_str(), row.created_by), ("draft", marie.account.unwrap().0));
        let version = mission_version::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!(version.author_id, marie.account.unwrap().0, "four eyes: another gives the green light");
        assert!(
            version.content.contains("Réparer des vélos") && !version.content.contains("06 39"),
            "{}",
            version.content
        );
        assert_eq!(backend.space(&marie, made.organisation).await, Err(AppError::NotFound), "it is not hers");

        let invited = invitation::Entity::find().one(db).await.unwrap().unwrap();
        assert_eq!((invited.role.as_str(), invited.email.as_str()), ("organisation_admin", EMAIL));
        let secret = link(&site, "/invitation/").await;
        let page = backend.invitation(&Actor::default(), &secret).await.unwrap();
        assert_eq!(page.organisation, Some((made.organisation, "Les Échassiers".to_owned())));
        let (given, family) = ("Odile".to_owned(), "Prune".to_owned());
        let password = "huit grandes girafes violettes".to_owned();
        let session = backend.accept(&Actor::default(), &secret, given, family, password).await.unwrap();
        assert!(session.is_some());
        let odile = server::accounts::queries::by_email(db, EMAIL).await.unwrap().unwrap();
        let odile = site.again(domain::ids::AccountId(odile.id)).await;
        assert_eq!(odile.grants, [Grant::OrganisationAdmin(made.organisation)]);
        let space = backend.space(&odile, made.organisation).await.unwrap();
        assert_eq!(space.missions.iter().map(|mission| mission.id).collect::<Vec<_>>(), [made.id]);
        let editor = domain::missions::Missions::editor(backend, &odile, made.id).await.unwrap();
        assert_eq!(editor.content.title, "Réparer des vélos avec les enfants");
        backend.reply(&visitor("192.0.2.9"), &token, "Merci !".to_owned()).await.unwrap();
    }
}

#[tokio::test]
async fn a_draft_goes_to_an_organisation_that_is_known() {
    for site in sites().await {
        let backend = &site.backend;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let (_, known) = site.submitted("ines@mains.example", organisation_form()).await;
        let far = domain::organisations::OrganisationForm { town: "83137".to_owned(), ..organisation_form() };
        let (_, elsewhere) = site.submitted("zoe@ailleurs.example", far).await;
        let (id, _) = sent(&site, IdeaForm { association: "Mains tendues".to_owned(), ..form() }).await;
        let file = backend.idea(&marie, "83126", id).await.unwrap();
        let candidates: Vec<_> = file.candidates.iter().map(|candidate| (candidate.id, candidate.likely)).collect();
        assert_eq!(candidates, [(known, true)]);
        for stranger in [elsewhere, OrganisationId(id.0)] {
            let refused = backend.turn(&marie, "83126", id, Some(stranger)).await;
            assert_eq!(problem(refused, "organisation"), Some(Problem::NotAChoice));
        }
        backend.turn(&marie, "83126", id, Some(known)).await.unwrap();
        assert!(invitation::Entity::find().all(backend.store.read()).await.unwrap().is_empty());
        let told: Vec<_> = site.mails().await.into_iter().rev().take(2).collect();
        let expected = [("idea_turned", EMAIL), ("idea_draft", "ines@mains.example")];
        assert_eq!(told, expected.map(|(kind, to)| (kind.to_owned(), to.to_owned())));
    }
}

#[tokio::test]
async fn whoever_wrote_is_forgotten_six_months_after_the_end() {
    for site in sites().await {
        let backend = &site.backend;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let (id, token) = sent(&site, form()).await;
        let (silent, _) = sent(&site, IdeaForm { email: "b@asso.example".to_owned(), ..form() }).await;
        backend.reply(&visitor("192.0.2.9"), &token, "Mon numéro : 06 39 98 12 34.".to_owned()).await.unwrap();
        backend.close(&marie, "83126", id, "Merci, ce sera pour plus tard.".to_owned()).await.unwrap();
        backend.clock.advance(TimeDelta::days(170));
        assert_eq!(server::ideas::jobs::forget(backend).await.unwrap(), 0);
        backend.clock.advance(TimeDelta::days(20));
        assert_eq!(server::ideas::jobs::forget(backend).await.unwrap(), 1);
        let file = backend.idea(&marie, "83126", id).await.unwrap();
        assert_eq!((file.contact, file.idea.association.as_str()), (None, "Les Échassiers"));
        assert!(!file.idea.what.contains("06 39") && !file.messages[0].body.contains("06 39"));
        assert_eq!(backend.exchange(&visitor("192.0.2.9"), &token).await, Err(Conflict::LinkExpired.into()));
        backend.clock.advance(TimeDelta::days(200));
        assert_eq!(server::ideas::jobs::forget(backend).await.unwrap(), 1, "nobody spoke of it for a year");
        assert_eq!(backend.idea(&marie, "83126", silent).await.unwrap().status, IdeaStatus::Closed);
    }
}
