//! A site of two towns, empty but for its people.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Grant, Locale},
    ids::OrganisationReviewId,
    ids::{AccountId, MunicipalityId, OrganisationId},
    organisations::{OrganisationForm, OrganisationReviews, Organisations},
    reviews::ChecklistAnswer,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder};
use server::{
    accounts::queries,
    backend::Backend,
    entity::{account, mission, municipality, outbox, role_grant},
};
use uuid::Uuid;

use crate::databases::{self, Own};

/// A site on a database of its own.
pub struct Site {
    /// Its services.
    pub backend: Backend,
    _database: Own,
}

/// One site on each engine.
pub async fn sites() -> Vec<Site> {
    let mut sites = Vec::new();
    for database in databases::each().await.unwrap() {
        let site = Site { backend: database.backend.clone(), _database: database };
        site.town("83126", "La Seyne-sur-Mer").await;
        site.town("83137", "Toulon").await;
        sites.push(site);
    }
    sites
}

impl Site {
    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.backend.clock.now()
    }

    async fn town(&self, insee: &str, name: &str) {
        municipality::ActiveModel {
            id: Set(Uuid::now_v7()),
            insee: Set(insee.to_owned()),
            name: Set(name.to_owned()),
            slug: Set(domain::text::slug(name)),
            department: Set("83".to_owned()),
            postcodes: Set("83500".to_owned()),
            population: Set(62_000),
            latitude: Set(None),
            longitude: Set(None),
            service_name: Set("Service vie associative".to_owned()),
            service_email: Set(None),
            service_phone: Set(None),
            opening_days: Set(None),
            review_hours: Set(72),
            self_review_allowed: Set(false),
            opened_at: Set(self.now()),
            work_days: Set(127),
            ..Default::default()
        }
        .insert(self.backend.store.read())
        .await
        .unwrap();
    }

    /// The id of a town.
    pub async fn town_id(&self, insee: &str) -> MunicipalityId {
        MunicipalityId(server::network::queries::by_insee(self.backend.store.read(), insee).await.unwrap().id)
    }

    /// A person with a confirmed account.
    pub async fn person(&self, email: &str) -> Actor {
        let id = Uuid::now_v7();
        account::ActiveModel {
            id: Set(id),
            email: Set(email.to_owned()),
            given_name: Set("Prune".to_owned()),
            family_name: Set(email.split('@').next().unwrap().to_owned()),
            locale: Set("fr".to_owned()),
            password_hash: Set(String::new()),
            email_confirmed_at: Set(Some(self.now())),
            created_at: Set(self.now()),
            last_seen_at: Set(None),
            disabled_at: Set(None),
        }
        .insert(self.backend.store.read())
        .await
        .unwrap();
        self.again(AccountId(id)).await
    }

    /// What the account may do now.
    pub async fn again(&self, id: AccountId) -> Actor {
        let known = queries::grants(self.backend.store.read(), id).await.unwrap().unwrap();
        Actor {
            account: Some(id),
            grants: known.grants,
            volunteer: known.volunteer,
            locale: Locale::Fr,
            address: "192.0.2.1".to_owned(),
        }
    }

    /// Gives a role.
    pub async fn grant(&self, actor: &Actor, grant: Grant) -> Actor {
        let (role, town, organisation) = match grant {
            Grant::NetworkAdmin => ("network_admin", None, None),
            Grant::Coordinator(id) => ("coordinator", Some(id.0), None),
            Grant::OrganisationAdmin(id) => ("organisation_admin", None, Some(id.0)),
            Grant::OrganisationHelper(id) => ("organisation_helper", None, Some(id.0)),
        };
        let account = actor.account.unwrap();
        role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(account.0),
            role: Set(role.to_owned()),
            municipality_id: Set(town),
            organisation_id: Set(organisation),
            granted_by: Set(None),
            granted_at: Set(self.now()),
            scope: Set(town.or(organisation).map(|id| id.to_string()).unwrap_or_default()),
        }
        .insert(self.backend.store.read())
        .await
        .unwrap();
        self.again(account).await
    }

    /// A coordinator of a town.
    pub async fn coordinator(&self, email: &str, insee: &str) -> Actor {
        let person = self.person(email).await;
        self.grant(&person, Grant::Coordinator(self.town_id(insee).await)).await
    }

    /// A coordinator of La Seyne-sur-Mer who submitted an organisation of their own.
    pub async fn party(&self) -> (Actor, OrganisationId) {
        let both = self.coordinator("marie@ville.example", "83126").await;
        let id = self.backend.create(&both, form()).await.unwrap();
        let both = self.again(both.account.unwrap()).await;
        Organisations::submit(&self.backend, &both, id).await.unwrap();
        (both, id)
    }

    /// A submitted organisation with its admin.
    pub async fn submitted(&self, email: &str, form: OrganisationForm) -> (Actor, OrganisationId) {
        let person = self.person(email).await;
        let id = self.backend.create(&person, form).await.unwrap();
        let admin = self.again(person.account.unwrap()).await;
        Organisations::submit(&self.backend, &admin, id).await.unwrap();
        (admin, id)
    }

    /// Takes the open submission of an organisation of La Seyne-sur-Mer.
    pub async fn taken(&self, coordinator: &Actor, id: OrganisationId) -> OrganisationReviewId {
        let file = self.backend.file(coordinator, "83126", id).await.unwrap();
        let submission = file.submission.unwrap().id;
        self.backend.take(coordinator, submission, None).await.unwrap();
        submission
    }

    /// Approves an organisation, every item of its checklist answered.
    pub async fn approve(&self, coordinator: &Actor, id: OrganisationId) {
        let submission = self.taken(coordinator, id).await;
        let answers = self.all_yes(coordinator, id).await;
        self.backend.answer(coordinator, submission, answers, true).await.unwrap();
    }

    /// A yes to every item of the checklist.
    pub async fn all_yes(&self, coordinator: &Actor, id: OrganisationId) -> Vec<ChecklistAnswer> {
        let file = self.backend.file(coordinator, "83126", id).await.unwrap();
        let yes = |code| ChecklistAnswer {
            code,
            answer: "yes".to_owned(),
            note: String::new(),
            ..ChecklistAnswer::default()
        };
        file.checklist.into_iter().map(|line| yes(line.code)).collect()
    }

    /// A mission in some state.
    pub async fn mission(&self, organisation: OrganisationId, author: &Actor, status: &str) -> Uuid {
        let (id, now) = (Uuid::now_v7(), self.now());
        mission::ActiveModel {
            id: Set(id),
            organisation_id: Set(organisation.0),
            municipality_id: Set(self.town_id("83126").await.0),
            status: Set(status.to_owned()),
            slug: Set("courses".to_owned()),
            published_version_id: Set(None),
            working_version_id: Set(None),
            title: Set("Faire des courses".to_owned()),
            goal: Set("Aider".to_owned()),
            domain_code: Set(None),
            remote: Set(false),
            neighbourhood_id: Set(None),
            open_to_minors: Set(false),
            choice: Set("at_once".to_owned()),
            practical: Set(String::new()),
            search_text: Set(String::new()),
            starts_at: Set(None),
            ends_at: Set(None),
            created_by: Set(author.account.unwrap().0),
            created_at: Set(now),
            updated_at: Set(now),
            submitted_at: Set(None),
            published_at: Set(None),
            closed_at: Set(None),
            offer_hours: Set(24),
            opens_on: Set(None),
        }
        .insert(self.backend.store.read())
        .await
        .unwrap();
        id
    }

    /// Where a mission stands.
    pub async fn mission_status(&self, id: Uuid) -> String {
        mission::Entity::find_by_id(id).one(self.backend.store.read()).await.unwrap().unwrap().status
    }

    /// E-mails queued so far: kind and recipient, in order.
    pub async fn mails(&self) -> Vec<(String, String)> {
        self.letters().await.into_iter().map(|row| (row.kind, row.recipient)).collect()
    }

    /// E-mails queued so far.
    pub async fn letters(&self) -> Vec<outbox::Model> {
        outbox::Entity::find().order_by_asc(outbox::Column::Id).all(self.backend.store.read()).await.unwrap()
    }
}

/// A complete form.
pub fn form() -> OrganisationForm {
    OrganisationForm {
        name: "Les Mains tendues".to_owned(),
        legal_form: "association".to_owned(),
        rna: "W831234567".to_owned(),
        town: "83126".to_owned(),
        description: "Nous distribuons des repas chauds aux personnes isolées. ".repeat(5),
        email: "bonjour@mains.example".to_owned(),
        phone: "04 94 00 00 00".to_owned(),
        ..OrganisationForm::default()
    }
}
