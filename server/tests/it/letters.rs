//! A directory is imported whole or not at all; a letter goes once to each association, and its link says who came.

use domain::{
    actor::{Actor, Grant},
    error::{AppError, Conflict, Problem},
    ids::{AssociationLetterId, DirectoryImportId},
    letters::{LetterStatus, Letters, REMIND_AFTER, RecipientState},
    organisations::Organisations,
};
use reqwest::{Method, StatusCode, header};
use sea_orm::EntityTrait;
use server::{
    entity::{association_letter, directory_entry, directory_import, letter_recipient, letter_silence, outbox},
    housekeeping,
    mail::outbox as post,
};

use crate::{
    http,
    towns::site::{Site, form, sites},
};

const TOWN: &str = "83126";
const TABLE: &str = "Nom;E-mail;RNA;Domaine\nLes Mains tendues;bonjour@mains.example;W831234567;Solidarité\n\
    Accolades {lien};accolades@asso.example;;\nÉcole buissonnière;ecole@asso.example;;Éducation\nSans adresse;;;\n";
const BODY: &str = "Bonjour {association}, {service} vous invite à rejoindre {commune} : {lien}";

async fn coordinator(site: &Site) -> Actor {
    site.coordinator("marie@ville.example", TOWN).await
}

async fn imported(site: &Site, actor: &Actor) {
    let id = site.backend.check(actor, TOWN, TABLE.to_owned()).await.unwrap();
    site.backend.import(actor, TOWN, id).await.unwrap();
}

async fn written(site: &Site, actor: &Actor) -> AssociationLetterId {
    let id = site.backend.begin(actor, TOWN).await.unwrap();
    site.backend.save_letter(actor, TOWN, id, "Invitation à {association}", BODY).await.unwrap();
    id
}

/// The secret of the link in the last letter to an address.
async fn token(site: &Site, email: &str) -> String {
    let letters = site.letters().await;
    let letter = letters.iter().rfind(|letter| letter.recipient == email).unwrap();
    letter.body_text.split("/lettre/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

async fn states(site: &Site, actor: &Actor, id: AssociationLetterId) -> Vec<(String, RecipientState)> {
    let page = site.backend.letter(actor, TOWN, id, "").await.unwrap();
    page.recipients.into_iter().map(|line| (line.email, line.state)).collect()
}

#[tokio::test]
async fn a_table_is_looked_at_then_imported_once() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        let wrong = backend.check(&actor, TOWN, "a;b\nc;d".to_owned()).await;
        assert_eq!(wrong, Err(AppError::field("text", Problem::NoColumns)));
        let id = backend.check(&actor, TOWN, TABLE.to_owned()).await.unwrap();
        assert_eq!(backend.directory(&actor, TOWN, "", 1).await.unwrap().total, 0, "only looked at");
        let page = backend.import_page(&actor, TOWN, id).await.unwrap();
        assert_eq!((page.new, page.updated, page.refused_count, page.refused[0].line), (3, 0, 1, 5));
        backend.import(&actor, TOWN, id).await.unwrap();
        assert_eq!(backend.import(&actor, TOWN, id).await, Err(AppError::NotFound), "once");
        let page = backend.directory(&actor, TOWN, "ecole", 9).await.unwrap();
        assert_eq!((page.total, page.page, page.entries[0].name.as_str()), (1, 1, "École buissonnière"));
        let ecole = page.entries[0].id;
        backend.set_stopped(&actor, TOWN, ecole, true).await.unwrap();

        // The same e-mail is the same association: what the file says is taken, a wish not to be written to stays.
        let again = "courriel,association\nECOLE@asso.example,École des Embruns\nneuve@asso.example,Neuve\n";
        let id = backend.check(&actor, TOWN, again.to_owned()).await.unwrap();
        let page = backend.import_page(&actor, TOWN, id).await.unwrap();
        assert_eq!((page.new, page.updated), (1, 1));
        backend.import(&actor, TOWN, id).await.unwrap();
        let line = backend.directory(&actor, TOWN, "embruns", 1).await.unwrap().entries.remove(0);
        assert_eq!((line.id, line.stopped, line.activity.as_str()), (ecole, true, "Éducation"));
        assert_eq!(backend.directory(&actor, TOWN, "", 1).await.unwrap().total, 4);
    }
}

#[tokio::test]
async fn what_is_not_imported_is_forgotten_after_a_day() {
    for site in sites().await {
        let actor = coordinator(&site).await;
        site.backend.check(&actor, TOWN, TABLE.to_owned()).await.unwrap();
        let left = async || directory_import::Entity::find().all(site.backend.store.read()).await.unwrap().len();
        housekeeping::forget(&site.backend).await.unwrap();
        assert_eq!(left().await, 1);
        site.backend.clock.advance(chrono::Duration::hours(24));
        housekeeping::forget(&site.backend).await.unwrap();
        assert_eq!(left().await, 0);
    }
}

#[tokio::test]
async fn another_town_does_not_exist_and_the_network_only_reads() {
    for site in sites().await {
        let (backend, own) = (&site.backend, coordinator(&site).await);
        imported(&site, &own).await;
        let letter = written(&site, &own).await;
        let waiting = backend.check(&own, TOWN, TABLE.to_owned()).await.unwrap();
        let entry = backend.directory(&own, TOWN, "", 1).await.unwrap().entries.remove(0).id;
        let person = site.person("reseau@metropole.example").await;
        let network = site.grant(&person, Grant::NetworkAdmin).await;
        assert!(!backend.directory(&network, TOWN, "", 1).await.unwrap().may_write);
        assert!(!backend.letter(&network, TOWN, letter, "").await.unwrap().may_write);
        let foreign = site.coordinator("paul@toulon.example", "83137").await;
        for (who, insee) in [(&foreign, TOWN), (&foreign, "83137"), (&network, TOWN)] {
            assert_eq!(backend.import_page(who, insee, waiting).await, Err(AppError::NotFound));
            assert_eq!(backend.import(who, insee, waiting).await, Err(AppError::NotFound));
            assert_eq!(backend.set_stopped(who, insee, entry, true).await, Err(AppError::NotFound));
            assert_eq!(backend.remove_entry(who, insee, entry).await, Err(AppError::NotFound));
            assert_eq!(backend.save_letter(who, insee, letter, "Objet", BODY).await, Err(AppError::NotFound));
            assert_eq!(Letters::send(backend, who, insee, letter).await, Err(AppError::NotFound));
            assert_eq!(backend.remind(who, insee, letter).await, Err(AppError::NotFound));
            assert_eq!(backend.discard(who, insee, letter).await, Err(AppError::NotFound));
        }
        assert_eq!(backend.directory(&foreign, TOWN, "", 1).await, Err(AppError::NotFound));
        assert_eq!(backend.letter(&foreign, "83137", letter, "").await, Err(AppError::NotFound));
        let nothing = DirectoryImportId(uuid::Uuid::nil());
        assert_eq!(backend.import(&own, TOWN, nothing).await, Err(AppError::NotFound));
    }
}

#[tokio::test]
async fn a_letter_goes_once_to_each_and_reads_as_it_was_previewed() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        let id = written(&site, &actor).await;
        assert_eq!(backend.send(&actor, TOWN, id).await, Err(Conflict::NobodyToWriteTo.into()));
        imported(&site, &actor).await;
        let unknown = backend.save_letter(&actor, TOWN, id, "Bonjour", "Bonjour {nom}, venez nous rejoindre.").await;
        let problem = Problem::UnknownField { name: "nom".to_owned() };
        assert_eq!(unknown, Err(AppError::field("letter", problem)));
        let page = backend.letter(&actor, TOWN, id, "").await.unwrap();
        assert_eq!((page.reachable, page.readers.len()), (3, 3));
        let preview = page.preview.unwrap();
        assert_eq!(preview.to, "Accolades {lien} <accolades@asso.example>");
        assert!(
            preview.text.starts_with("Bonjour Accolades {lien}, Service vie associative vous invite"),
            "{}",
            preview.text
        );

        let (first, second) = tokio::join!(backend.send(&actor, TOWN, id), backend.send(&actor, TOWN, id));
        assert_eq!([&first, &second].into_iter().filter(|done| done.is_ok()).count(), 1, "{first:?} {second:?}");
        let letters = site.letters().await;
        assert_eq!(letters.iter().filter(|letter| letter.kind == "association_letter").count(), 3);
        let letter = letters.iter().find(|letter| letter.recipient == "bonjour@mains.example").unwrap();
        assert_eq!(letter.subject, "Invitation à Les Mains tendues");
        assert!(letter.body_text.contains("rejoindre La Seyne-sur-Mer : "), "{}", letter.body_text);
        let rows = letter_recipient::Entity::find().all(backend.store.read()).await.unwrap();
        let secret = token(&site, "bonjour@mains.example").await;
        assert!(rows.iter().all(|row| row.token_hash != secret), "only the hash is kept");
        assert_eq!(backend.save_letter(&actor, TOWN, id, "Objet", BODY).await, Err(Conflict::NotInThisState.into()));
        assert_eq!(backend.discard(&actor, TOWN, id).await, Err(Conflict::NotInThisState.into()));
    }
}

#[tokio::test]
async fn a_long_directory_leaves_room_for_other_mail() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        let rows: String = (0..130).map(|n| format!("Association {n};a{n}@asso.example\n")).collect();
        let id = backend.check(&actor, TOWN, format!("nom;mail\n{rows}")).await.unwrap();
        backend.import(&actor, TOWN, id).await.unwrap();
        let id = written(&site, &actor).await;
        backend.send(&actor, TOWN, id).await.unwrap();
        let now = site.now();
        assert_eq!(post::waiting(&backend.store, now, 500).await.unwrap().len(), 60);
        assert_eq!(post::waiting(&backend.store, now + chrono::Duration::minutes(2), 500).await.unwrap().len(), 130);
    }
}

#[tokio::test]
async fn the_link_is_followed_and_the_organisation_counts_as_come() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        imported(&site, &actor).await;
        let id = written(&site, &actor).await;
        backend.send(&actor, TOWN, id).await.unwrap();
        let (visitor, token) = (Actor::default(), token(&site, "bonjour@mains.example").await);
        let welcome = backend.welcome(&visitor, &token).await.unwrap();
        assert_eq!((welcome.association.as_str(), welcome.joined), ("Les Mains tendues", false));
        let of_mains = async || {
            states(&site, &actor, id).await.into_iter().find(|line| line.0 == "bonjour@mains.example").unwrap().1
        };
        assert_eq!(of_mains().await, RecipientState::Sent, "looking changes nothing");
        backend.follow(&visitor, &token).await.unwrap();
        backend.follow(&visitor, &token).await.unwrap();
        assert_eq!(of_mains().await, RecipientState::Opened);
        let begun = backend.prefilled(&visitor, &token).await.unwrap();
        assert_eq!(
            (begun.name.as_str(), begun.rna.as_str(), begun.town.as_str()),
            ("Les Mains tendues", "W831234567", TOWN)
        );
        assert_eq!(begun.letter, token);
        let ines = site.person("ines@mains.example").await;
        Organisations::create(backend, &ines, begun).await.unwrap();
        assert_eq!(of_mains().await, RecipientState::Joined);
        assert!(backend.welcome(&visitor, &token).await.unwrap().joined);
        let other = form();
        let stranger = domain::organisations::OrganisationForm { letter: "nothing".to_owned(), ..other };
        assert!(Organisations::create(backend, &ines, stranger).await.is_ok(), "a wrong link keeps nobody away");
        assert_eq!(backend.welcome(&visitor, "nothing").await, Err(Conflict::LinkExpired.into()));
    }
}

#[tokio::test]
async fn those_who_did_not_come_are_reminded_once() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        imported(&site, &actor).await;
        let id = written(&site, &actor).await;
        assert_eq!(backend.remind(&actor, TOWN, id).await, Err(Conflict::NotInThisState.into()));
        backend.send(&actor, TOWN, id).await.unwrap();
        // One could not be reached, one wants no more letters.
        let letters = site.letters().await;
        let lost = letters.iter().find(|letter| letter.recipient == "accolades@asso.example").unwrap();
        for attempts in 0..12 {
            let lost = outbox::Model { attempts, ..lost.clone() };
            post::failed(&backend.store, &lost, site.now(), "550 no such mailbox").await.unwrap();
        }
        let mains = token(&site, "bonjour@mains.example").await;
        backend.unsubscribe(&Actor::default(), &mains).await.unwrap();
        backend.unsubscribe(&Actor::default(), &mains).await.unwrap();
        assert_eq!(
            states(&site, &actor, id).await,
            [
                ("accolades@asso.example".to_owned(), RecipientState::Bounced),
                ("ecole@asso.example".to_owned(), RecipientState::Sent),
                ("bonjour@mains.example".to_owned(), RecipientState::Stopped),
            ]
        );
        let first = token(&site, "ecole@asso.example").await;
        assert_eq!(backend.letter(&actor, TOWN, id, "").await.unwrap().reachable, 1);
        assert_eq!(backend.remind(&actor, TOWN, id).await, Err(Conflict::TooSoonToRemind.into()));
        backend.clock.advance(REMIND_AFTER);
        backend.remind(&actor, TOWN, id).await.unwrap();
        let reminders: Vec<_> =
            site.mails().await.into_iter().filter(|mail| mail.0 == "association_reminder").collect();
        assert_eq!(reminders, [("association_reminder".to_owned(), "ecole@asso.example".to_owned())]);
        let second = token(&site, "ecole@asso.example").await;
        assert_ne!(first, second);
        for link in [&first, &second] {
            assert!(backend.welcome(&Actor::default(), link).await.is_ok(), "both links work");
        }
        assert_eq!(backend.remind(&actor, TOWN, id).await, Err(Conflict::NotInThisState.into()), "once");
        assert_eq!(backend.letter(&actor, TOWN, id, "").await.unwrap().status, LetterStatus::Reminded);
    }
}

#[tokio::test]
async fn who_leaves_the_directory_leaves_no_name() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        imported(&site, &actor).await;
        let id = written(&site, &actor).await;
        backend.send(&actor, TOWN, id).await.unwrap();
        let link = token(&site, "ecole@asso.example").await;
        let entry = backend.directory(&actor, TOWN, "ecole", 1).await.unwrap().entries.remove(0).id;
        backend.remove_entry(&actor, TOWN, entry).await.unwrap();
        assert_eq!(backend.remove_entry(&actor, TOWN, entry).await, Err(AppError::NotFound));
        assert_eq!(backend.welcome(&Actor::default(), &link).await, Err(Conflict::LinkExpired.into()));
        let lines = states(&site, &actor, id).await;
        assert_eq!(lines.last(), Some(&(String::new(), RecipientState::Stopped)));
        assert!(directory_entry::Entity::find_by_id(entry.0).one(backend.store.read()).await.unwrap().is_none());
        let draft = backend.begin(&actor, TOWN).await.unwrap();
        backend.discard(&actor, TOWN, draft).await.unwrap();
        assert_eq!(association_letter::Entity::find().all(backend.store.read()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn who_is_on_the_platform_already_is_not_invited() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        imported(&site, &actor).await;
        let before = backend.list(&actor, TOWN).await.unwrap().reachable;
        // An organisation with the RNA of «Les Mains tendues» in the directory.
        let person = site.person("tendue@asso.example").await;
        backend.create(&person, form()).await.unwrap();
        assert_eq!(backend.list(&actor, TOWN).await.unwrap().reachable, before - 1);
        let letter = written(&site, &actor).await;
        Letters::send(backend, &actor, TOWN, letter).await.unwrap();
        let to: Vec<String> = states(&site, &actor, letter).await.into_iter().map(|(email, _)| email).collect();
        assert!(to.len() == 2 && !to.contains(&"bonjour@mains.example".to_owned()), "{to:?}");
    }
}

/// Whether the directory's line of an address says that it is not written to.
async fn is_silent(site: &Site, actor: &Actor, insee: &str, email: &str) -> bool {
    site.backend.directory(actor, insee, email, 1).await.unwrap().entries.remove(0).stopped
}

#[tokio::test]
async fn who_asked_for_silence_has_it_when_the_file_is_imported_again() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        imported(&site, &actor).await;
        let letter = written(&site, &actor).await;
        backend.send(&actor, TOWN, letter).await.unwrap();
        let mains = token(&site, "bonjour@mains.example").await;
        backend.unsubscribe(&Actor::default(), &mains).await.unwrap();
        let remove = async || {
            let entry = backend.directory(&actor, TOWN, "bonjour", 1).await.unwrap().entries.remove(0).id;
            backend.remove_entry(&actor, TOWN, entry).await.unwrap();
        };
        remove().await;
        let kept = letter_silence::Entity::find().all(backend.store.read()).await.unwrap();
        assert!(kept.len() == 1 && !kept[0].address_hash.contains("mains"), "{kept:?}");
        let capitals = TABLE.replace("bonjour@mains.example", " Bonjour@Mains.example ");
        let id = backend.check(&actor, TOWN, capitals).await.unwrap();
        let page = backend.import_page(&actor, TOWN, id).await.unwrap();
        assert_eq!((page.new, page.updated, page.silent), (1, 2, 1));
        backend.import(&actor, TOWN, id).await.unwrap();
        assert!(is_silent(&site, &actor, TOWN, "bonjour").await);
        let second = written(&site, &actor).await;
        backend.send(&actor, TOWN, second).await.unwrap();
        let to: Vec<String> = states(&site, &actor, second).await.into_iter().map(|(email, _)| email).collect();
        assert_eq!(to, ["accolades@asso.example", "ecole@asso.example"]);

        // Another town was never asked; and this one may write again once it says so.
        let foreign = site.coordinator("paul@toulon.example", "83137").await;
        let id = backend.check(&foreign, "83137", TABLE.to_owned()).await.unwrap();
        backend.import(&foreign, "83137", id).await.unwrap();
        assert!(!is_silent(&site, &foreign, "83137", "bonjour").await);
        let entry = backend.directory(&actor, TOWN, "bonjour", 1).await.unwrap().entries.remove(0).id;
        backend.set_stopped(&actor, TOWN, entry, false).await.unwrap();
        remove().await;
        imported(&site, &actor).await;
        assert!(!is_silent(&site, &actor, TOWN, "bonjour").await);
    }
}

#[tokio::test]
async fn a_mailbox_ends_letters_by_one_press_and_looking_does_not() {
    for site in sites().await {
        let (backend, actor) = (&site.backend, coordinator(&site).await);
        imported(&site, &actor).await;
        let letter = written(&site, &actor).await;
        backend.send(&actor, TOWN, letter).await.unwrap();
        let (mains, ecole) = (token(&site, "bonjour@mains.example").await, token(&site, "ecole@asso.example").await);
        let queued =
            site.letters().await.into_iter().find(|letter| letter.recipient == "bonjour@mains.example").unwrap();
        let path = app::routes::stop_letters_at_once(&mains);
        assert_eq!(queued.unsubscribe, Some(format!("{}{path}", backend.settings.public_url)));

        let served = http::Site::serve(backend.clone()).await.unwrap();
        let looked = served.ask(Method::GET, &path, None).send().await.unwrap();
        assert!(looked.status().is_redirection());
        assert_eq!(looked.headers()[header::LOCATION], app::routes::association_letter(&mains));
        assert!(!is_silent(&site, &actor, TOWN, "bonjour").await, "looking changes nothing");
        let press = async |token: &str| {
            let path = app::routes::stop_letters_at_once(token);
            let pressed = served.ask(Method::POST, &path, None);
            let pressed = pressed.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            pressed.body("List-Unsubscribe=One-Click").send().await.unwrap().status()
        };
        assert_eq!(press(&"0".repeat(64)).await, StatusCode::OK, "whether there is such a link is nobody's business");
        assert!(!is_silent(&site, &actor, TOWN, "bonjour").await);
        for _ in 0..2 {
            assert_eq!(press(&mains).await, StatusCode::OK);
            assert!(is_silent(&site, &actor, TOWN, "bonjour").await);
        }
        // Who was taken out of the directory meanwhile is heard as well.
        let entry = backend.directory(&actor, TOWN, "ecole", 1).await.unwrap().entries.remove(0).id;
        backend.remove_entry(&actor, TOWN, entry).await.unwrap();
        assert_eq!(press(&ecole).await, StatusCode::OK);
        imported(&site, &actor).await;
        assert!(is_silent(&site, &actor, TOWN, "ecole").await);
        assert!(!is_silent(&site, &actor, TOWN, "accolades").await);
    }
}
