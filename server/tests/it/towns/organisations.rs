use domain::{
    actor::Grant,
    error::{AppError, Conflict, Problem},
    organisations::{OrganisationForm, OrganisationStatus, OrganisationTab, Organisations},
    reviews::Decision,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use server::entity::municipality;

use super::site::{form, sites};

fn problem<T>(answer: Result<T, AppError>, field: &str) -> Option<Problem> {
    match answer {
        Err(AppError::Invalid(errors)) => errors.get(field).cloned(),
        _ => None,
    }
}

#[tokio::test]
async fn an_association_joins_and_the_town_approves_it() {
    for site in sites().await {
        let backend = &site.backend;
        let coordinator = site.coordinator("marie@ville.example", "83126").await;
        let elsewhere = site.coordinator("paul@toulon.example", "83137").await;
        let person = site.person("ines@mains.example").await;
        let draft = OrganisationForm { description: String::new(), rna: String::new(), ..form() };
        let id = backend.create(&person, draft).await.unwrap();
        let admin = site.again(person.account.unwrap()).await;
        assert_eq!(admin.grants, [Grant::OrganisationAdmin(id)]);
        assert_eq!(backend.file(&coordinator, "83126", id).await, Err(AppError::NotFound), "a draft is not seen");
        let refused = Organisations::submit(backend, &admin, id).await;
        assert_eq!(problem(refused.clone(), "rna"), Some(Problem::RnaOrSiretRequired));
        assert_eq!(problem(refused, "description"), Some(Problem::Required));
        backend.save(&admin, id, form()).await.unwrap();
        Organisations::submit(backend, &admin, id).await.unwrap();
        assert_eq!(backend.save(&admin, id, form()).await, Err(Conflict::NotInThisState.into()));
        assert_eq!(backend.page(&admin, id).await, Err(AppError::NotFound));
        assert_eq!(backend.file(&elsewhere, "83126", id).await, Err(AppError::NotFound));
        assert_eq!(backend.file(&elsewhere, "83137", id).await, Err(AppError::NotFound));
        let stranger = backend.decide(&elsewhere, id, Decision::Approve, String::new()).await;
        assert_eq!(stranger, Err(AppError::NotFound));
        let list = backend.of_municipality(&coordinator, "83126", OrganisationTab::All).await.unwrap();
        assert_eq!(list.rows.len(), 1);
        let file = backend.file(&coordinator, "83126", id).await.unwrap();
        assert_eq!(file.decisions, [Decision::Approve, Decision::RequestChanges, Decision::Refuse]);
        assert_eq!(file.admins, ["Prune ines"]);
        site.approve(&coordinator, id).await;
        let page = backend.page(&domain::actor::Actor::default(), id).await.unwrap();
        assert_eq!((page.name.as_str(), page.slug.as_str()), ("Les Mains tendues", "les-mains-tendues"));
        let said: Vec<_> = backend.file(&coordinator, "83126", id).await.unwrap().history;
        let states: Vec<_> = said.iter().map(|line| line.to.as_str()).collect();
        assert_eq!(states, ["approved", "checklist_saved", "in_review", "waiting", "submitted", "draft"]);
        let mails = site.mails().await;
        let expected = [
            ("organisation_submitted", "ines@mains.example"),
            ("organisation_to_review", "marie@ville.example"),
            ("organisation_approved", "ines@mains.example"),
        ];
        assert_eq!(mails, expected.map(|(kind, to)| (kind.to_owned(), to.to_owned())));
    }
}

#[tokio::test]
async fn after_the_approval_only_the_presentation_changes() {
    for site in sites().await {
        let backend = &site.backend;
        let coordinator = site.coordinator("marie@ville.example", "83126").await;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        site.approve(&coordinator, id).await;
        let website = "https://mains.example".to_owned();
        let changed = OrganisationForm { name: "Autre nom".to_owned(), town: "83137".to_owned(), website, ..form() };
        backend.save(&admin, id, changed).await.unwrap();
        let space = backend.space(&admin, id).await.unwrap();
        assert_eq!(space.form.name, "Les Mains tendues");
        assert_eq!(space.town.insee, "83126");
        assert_eq!(space.form.website, "https://mains.example");
        assert_eq!(space.form.phone, "04 94 00 00 00");
        let bare = backend.save(&admin, id, OrganisationForm { description: String::new(), ..form() }).await;
        assert_eq!(problem(bare, "description"), Some(Problem::Required));
    }
}

#[tokio::test]
async fn what_sends_back_needs_a_reason() {
    for site in sites().await {
        let backend = &site.backend;
        let coordinator = site.coordinator("marie@ville.example", "83126").await;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        site.taken(&coordinator, id).await;
        for decision in [Decision::RequestChanges, Decision::Refuse] {
            let bare = backend.decide(&coordinator, id, decision, "  ".to_owned()).await;
            assert_eq!(problem(bare, "reason"), Some(Problem::ReasonRequired));
        }
        let suspended = backend.decide(&coordinator, id, Decision::Suspend, "Pourquoi pas".to_owned()).await;
        assert_eq!(suspended, Err(Conflict::NotInThisState.into()));
        backend.decide(&coordinator, id, Decision::RequestChanges, "Précisez le public.".to_owned()).await.unwrap();
        let space = backend.space(&admin, id).await.unwrap();
        assert_eq!(space.status, OrganisationStatus::ChangesRequested);
        assert_eq!(space.decision_reason.as_deref(), Some("Précisez le public."));
        let moved = backend.save(&admin, id, OrganisationForm { town: "83137".to_owned(), ..form() }).await;
        assert_eq!(problem(moved, "town"), Some(Problem::NotAChoice), "a town has read it");
        Organisations::submit(backend, &admin, id).await.unwrap();
        assert_eq!(backend.space(&admin, id).await.unwrap().decision_reason, None);
    }
}

#[tokio::test]
async fn nobody_decides_on_their_own_unless_the_town_says_so() {
    for site in sites().await {
        let backend = &site.backend;
        let (both, id) = site.party().await;
        let file = backend.file(&both, "83126", id).await.unwrap();
        assert!(file.four_eyes && file.decisions.is_empty());
        let own = backend.decide(&both, id, Decision::Approve, String::new()).await;
        assert_eq!(own, Err(Conflict::FourEyes.into()));
        let town = site.town_id("83126").await;
        let db = backend.store.read();
        let mut row = municipality::Entity::find_by_id(town.0).one(db).await.unwrap().unwrap().into_active_model();
        row.self_review_allowed = Set(true);
        row.update(db).await.unwrap();
        site.approve(&both, id).await;
        let history = backend.file(&both, "83126", id).await.unwrap().history;
        let reason = history.first().and_then(|line| line.reason.clone()).unwrap();
        assert!(reason.contains("réglages de la commune"), "{reason}");
    }
}

#[tokio::test]
async fn missions_go_offline_and_come_back_with_their_organisation() {
    for site in sites().await {
        let backend = &site.backend;
        let coordinator = site.coordinator("marie@ville.example", "83126").await;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        site.approve(&coordinator, id).await;
        let online = site.mission(id, &admin, "published").await;
        let before = site.mission(id, &admin, "suspended").await;
        let draft = site.mission(id, &admin, "draft").await;
        backend.clock.advance(chrono::Duration::hours(1));
        backend.decide(&coordinator, id, Decision::Suspend, "Contrôle en cours.".to_owned()).await.unwrap();
        assert_eq!(site.mission_status(online).await, "suspended");
        assert_eq!(site.mission_status(draft).await, "draft");
        assert_eq!(backend.page(&admin, id).await, Err(AppError::NotFound));
        backend.clock.advance(chrono::Duration::hours(1));
        backend.decide(&coordinator, id, Decision::Reinstate, String::new()).await.unwrap();
        assert_eq!(site.mission_status(online).await, "published");
        assert_eq!(site.mission_status(before).await, "suspended", "it was offline for a reason of its own");
    }
}

#[tokio::test]
async fn each_side_is_told_what_the_other_writes() {
    for site in sites().await {
        let backend = &site.backend;
        let coordinator = site.coordinator("marie@ville.example", "83126").await;
        let elsewhere = site.coordinator("paul@toulon.example", "83137").await;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        Organisations::write(backend, &admin, id, "Bonjour, une question.".to_owned()).await.unwrap();
        Organisations::write(backend, &coordinator, id, "Bonjour, dites-moi.".to_owned()).await.unwrap();
        let foreign = Organisations::write(backend, &elsewhere, id, "Bonjour".to_owned()).await;
        assert_eq!(foreign, Err(AppError::NotFound));
        let empty = Organisations::write(backend, &admin, id, " ".to_owned()).await;
        assert_eq!(problem(empty, "body"), Some(Problem::Required));
        let thread = backend.space(&admin, id).await.unwrap().thread;
        let sides: Vec<_> = thread.iter().map(|message| (message.from_coordination, message.mine)).collect();
        assert_eq!(sides, [(false, true), (true, false)]);
        let mails = site.mails().await;
        let told: Vec<_> =
            mails.iter().filter(|(kind, _)| kind == "thread_message").map(|(_, to)| to.as_str()).collect();
        assert_eq!(told, ["marie@ville.example", "ines@mains.example"]);
    }
}
