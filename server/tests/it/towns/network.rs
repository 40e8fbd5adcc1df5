use domain::{
    actor::{Actor, Grant},
    error::{AppError, Conflict, Problem},
    network::{MunicipalitySettings, Network},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use server::{
    accounts::queries::by_email,
    entity::{mission, organisation_review, slot},
};
use uuid::Uuid;

use super::site::{Site, form, sites};

async fn admin(site: &Site) -> Actor {
    let person = site.person("reseau@metropole.example").await;
    site.grant(&person, Grant::NetworkAdmin).await
}

/// The token in the last invitation that was sent.
async fn token(site: &Site) -> String {
    let letters = site.letters().await;
    let letter = letters.iter().rfind(|letter| letter.kind == "invitation").unwrap();
    letter.body_text.split("/invitation/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

fn settings(neighbourhoods: &str) -> MunicipalitySettings {
    MunicipalitySettings {
        service_name: "Maison des associations".to_owned(),
        service_phone: "04 94 06 00 00".to_owned(),
        review_hours: "48".to_owned(),
        work_days: vec!["1".to_owned(), "3".to_owned()],
        reminder_hours: "0".to_owned(),
        neighbourhoods: neighbourhoods.to_owned(),
        ..MunicipalitySettings::default()
    }
}

#[tokio::test]
async fn a_newcomer_accepts_once_and_coordinates() {
    for site in sites().await {
        let (backend, network) = (&site.backend, admin(&site).await);
        backend.invite(&network, "83126", " Nina@Ville.example ").await.unwrap();
        let token = token(&site).await;
        let visitor = Actor::default();
        let page = backend.invitation(&visitor, &token).await.unwrap();
        assert_eq!((page.email.as_str(), page.has_account), ("nina@ville.example", false));
        let accept = |password: &str| {
            backend.accept(&visitor, &token, "Nina".to_owned(), "Roux".to_owned(), password.to_owned())
        };
        assert!(matches!(accept("court").await, Err(AppError::Invalid(_))));
        assert!(accept("quatre tortues violettes").await.unwrap().is_some());
        assert!(matches!(accept("quatre tortues violettes").await, Err(AppError::Conflict(Conflict::LinkExpired))));
        assert_eq!(backend.invitation(&visitor, &token).await, Err(Conflict::LinkExpired.into()));
        let nina = by_email(backend.store.read(), "nina@ville.example").await.unwrap().unwrap();
        assert!(nina.email_confirmed_at.is_some());
        let actor = site.again(nina.id.into()).await;
        assert_eq!(actor.grants, [Grant::Coordinator(site.town_id("83126").await)]);
        assert_eq!(backend.file(&actor, "83137").await, Err(AppError::NotFound));
        assert_eq!(backend.towns(&actor).await, Err(AppError::NotFound));
        assert_eq!(backend.file(&actor, "83126").await.unwrap().coordinators.len(), 1);
    }
}

#[tokio::test]
async fn an_invitation_is_for_its_own_account_for_fourteen_days_until_revoked() {
    for site in sites().await {
        let (backend, network) = (&site.backend, admin(&site).await);
        let (owner, other) = (site.person("luc@ville.example").await, site.person("eve@ville.example").await);
        let accept = async |actor: &Actor, token: &str| {
            backend.accept(actor, token, String::new(), String::new(), String::new()).await.map(|s| s.is_some())
        };
        backend.invite(&network, "83126", "luc@ville.example").await.unwrap();
        let first = token(&site).await;
        backend.invite(&network, "83126", "luc@ville.example").await.unwrap();
        let second = token(&site).await;
        assert_eq!(accept(&owner, &first).await, Err(Conflict::LinkExpired.into()), "the later one counts");
        assert_eq!(accept(&Actor::default(), &second).await, Err(AppError::SignInFirst));
        assert_eq!(accept(&other, &second).await, Err(AppError::Denied));
        assert_eq!(accept(&owner, &second).await, Ok(false));
        backend.invite(&network, "83137", "luc@ville.example").await.unwrap();
        let third = token(&site).await;
        let line = backend.file(&network, "83137").await.unwrap().coordinators.remove(0);
        assert_eq!(backend.revoke(&owner, "83137", line.invitation.unwrap()).await, Err(AppError::NotFound));
        backend.revoke(&network, "83137", line.invitation.unwrap()).await.unwrap();
        assert_eq!(accept(&owner, &third).await, Err(Conflict::LinkExpired.into()));
        backend.invite(&network, "83137", "luc@ville.example").await.unwrap();
        backend.clock.advance(chrono::Duration::days(14));
        assert_eq!(accept(&owner, &token(&site).await).await, Err(Conflict::LinkExpired.into()));
    }
}

#[tokio::test]
async fn parts_of_a_town_keep_their_id_and_used_ones_stay() {
    for site in sites().await {
        let backend = &site.backend;
        let coordinator = site.coordinator("marie@ville.example", "83126").await;
        let elsewhere = site.coordinator("paul@toulon.example", "83137").await;
        backend.save_settings(&coordinator, "83126", settings("Berthe\r\nTamaris\r\nJanas")).await.unwrap();
        let foreign = backend.save_settings(&elsewhere, "83126", settings("")).await;
        assert_eq!(foreign, Err(AppError::NotFound));
        let network = admin(&site).await;
        assert!(backend.file(&network, "83126").await.is_ok(), "the network reads");
        assert_eq!(backend.save_settings(&network, "83126", settings("")).await, Err(AppError::NotFound));
        let before = backend.file(&coordinator, "83126").await.unwrap().neighbourhoods;
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        let mission = site.mission(id, &ines, "published").await;
        let db = backend.store.read();
        let mut row = mission::Entity::find_by_id(mission).one(db).await.unwrap().unwrap().into_active_model();
        row.neighbourhood_id = Set(Some(before[0].id.0));
        row.update(db).await.unwrap();
        backend.save_settings(&coordinator, "83126", settings("TAMARIS\nMar-Vivo")).await.unwrap();
        let file = backend.file(&coordinator, "83126").await.unwrap();
        let names: Vec<_> = file.neighbourhoods.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["TAMARIS", "Mar-Vivo", "Berthe"]);
        assert_eq!(file.neighbourhoods[0].id, before[1].id);
        assert_eq!(file.settings.service_phone, "04 94 06 00 00");
        assert_eq!(file.settings.review_hours, "48");
        let wrong = MunicipalitySettings { review_hours: "1000".to_owned(), ..settings("") };
        let Err(AppError::Invalid(errors)) = backend.save_settings(&coordinator, "83126", wrong).await else {
            panic!("a delay of 1000 hours passed")
        };
        assert_eq!(errors.get("review_hours"), Some(&Problem::OutOfRange { min: 1, max: 720 }));
    }
}

#[tokio::test]
async fn figures_are_those_of_each_town() {
    for site in sites().await {
        let (backend, network) = (&site.backend, admin(&site).await);
        site.coordinator("marie@ville.example", "83126").await;
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        let mission = site.mission(id, &ines, "published").await;
        for (places, taken) in [(5, 2), (3, 3)] {
            slot::ActiveModel {
                id: Set(Uuid::now_v7()),
                mission_id: Set(mission),
                kind: Set("dated".to_owned()),
                starts_at: Set(site.now() + chrono::Duration::hours(1)),
                ends_at: Set(site.now() + chrono::Duration::hours(3)),
                places: Set(places),
                taken: Set(taken),
                cancelled_at: Set(None),
                cancel_reason: Set(None),
                organisation_id: Set(None),
            }
            .insert(backend.store.read())
            .await
            .unwrap();
        }
        let towns = backend.towns(&network).await.unwrap();
        let names: Vec<_> = towns.iter().map(|town| town.town.name.as_str()).collect();
        assert_eq!(names, ["La Seyne-sur-Mer", "Toulon"]);
        assert_eq!((towns[0].coordinators, towns[0].published, towns[0].places), (1, 1, (5, 8)));
        assert_eq!((towns[1].coordinators, towns[1].published, towns[1].places), (0, 0, (0, 0)));
        assert_eq!(backend.open_towns().await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_town_of_france_is_opened_once_by_the_network() {
    for site in sites().await {
        let (backend, network) = (&site.backend, admin(&site).await);
        let coordinator = site.coordinator("marie@ville.example", "83126").await;
        assert_eq!(backend.open(&coordinator, "2A004").await, Err(AppError::NotFound));
        let wrong = async |code: &str| match backend.open(&network, code).await {
            Err(AppError::Invalid(errors)) => errors.get("insee").cloned(),
            _ => None,
        };
        assert_eq!(wrong("83126").await, Some(Problem::AlreadyOpen));
        assert_eq!(wrong("83999").await, Some(Problem::NotAnInseeCode));
        assert_eq!(wrong("").await, Some(Problem::Required));
        backend.open(&network, " 2a004 ").await.unwrap();
        let file = backend.file(&network, "2A004").await.unwrap();
        assert_eq!((file.figures.town.name.as_str(), file.figures.town.slug.as_str()), ("Ajaccio", "ajaccio"));
        assert!(file.figures.population > 60_000);
        assert_eq!(file.settings.service_name, "Service vie associative");
        assert_eq!(file.settings.review_hours, "72");
    }
}

#[tokio::test]
async fn a_role_ends_and_what_was_taken_goes_back() {
    for site in sites().await {
        let (backend, network) = (&site.backend, admin(&site).await);
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let paul = site.coordinator("paul@toulon.example", "83137").await;
        let (_, id) = site.submitted("ines@mains.example", form()).await;
        let submission = site.taken(&marie, id).await;
        let (who, other) = (marie.account.unwrap(), paul.account.unwrap());
        for stranger in [&marie, &paul] {
            let refused = backend.end_coordinator(stranger, "83126", who, true).await;
            assert_eq!(refused, Err(AppError::NotFound));
        }
        assert_eq!(backend.end_coordinator(&network, "83126", other, true).await, Err(AppError::NotFound));
        let last = backend.end_coordinator(&network, "83126", who, false).await;
        assert_eq!(last, Err(AppError::field("sure", Problem::Required)));
        site.coordinator("lea@ville.example", "83126").await;
        backend.end_coordinator(&network, "83126", who, false).await.unwrap();
        assert!(site.again(who).await.grants.is_empty());
        let db = backend.store.read();
        let row = organisation_review::Entity::find_by_id(submission.0).one(db).await.unwrap().unwrap();
        assert_eq!((row.status.as_str(), row.taken_by), ("waiting", None));
        let told = site.mails().await.into_iter().filter(|(kind, _)| kind == "coordinator_removed");
        assert_eq!(told.map(|(_, to)| to).collect::<Vec<_>>(), ["marie@ville.example"]);
        assert_eq!(backend.end_coordinator(&network, "83126", who, true).await, Err(AppError::NotFound), "it is over");
        assert_eq!(Network::file(backend, &network, "83126").await.unwrap().coordinators.len(), 1);
    }
}
