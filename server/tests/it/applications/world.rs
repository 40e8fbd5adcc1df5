//! A town, an approved organisation and its people, in a database of its own on each engine; the clock stands still.

use anyhow::{Context, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Actor,
    applications::ApplicationForm,
    ids::{AccountId, ApplicationId, MissionId, OrganisationId, SlotId},
    missions::{MissionContent, SlotKind, SlotPlan},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use server::{
    accounts::{queries, tokens},
    backend::Backend,
    entity::{
        account, application, application_slot, history, mission, mission_version, municipality, organisation, outbox,
        role_grant, slot, volunteer,
    },
};
use uuid::Uuid;

use crate::databases::{self, Own};

/// What every test needs.
pub struct World {
    pub backend: Backend,
    pub town: Uuid,
    pub organisation: Uuid,
    pub admin: Uuid,
    pub database: Own,
}

/// A mission to be written.
pub struct Plan<'a> {
    pub choice: &'a str,
    pub minors: bool,
    /// Hours from now to the start, hours of it, places.
    pub slots: &'a [(i64, i64, i32)],
}

/// Accepts at once, for adults.
pub const fn at_once(slots: &[(i64, i64, i32)]) -> Plan<'_> {
    Plan { choice: "at_once", minors: false, slots }
}

/// The organisation chooses, for adults.
pub const fn choose(slots: &[(i64, i64, i32)]) -> Plan<'_> {
    Plan { choice: "choose", minors: false, slots }
}

/// One world on each engine.
pub async fn worlds() -> anyhow::Result<Vec<World>> {
    worlds_on(databases::each().await?).await
}

/// One world on each of these.
pub async fn worlds_on(databases: Vec<Own>) -> anyhow::Result<Vec<World>> {
    let mut worlds = Vec::new();
    for database in databases {
        worlds.push(World::open(database).await?);
    }
    Ok(worlds)
}

pub fn form(slots: &[Uuid]) -> ApplicationForm {
    ApplicationForm {
        slots: slots.iter().map(Uuid::to_string).collect(),
        message: "Je suis disponible.".to_owned(),
        acknowledged: "yes".to_owned(),
        ..ApplicationForm::default()
    }
}

impl World {
    async fn open(database: Own) -> anyhow::Result<Self> {
        let (town, organisation) = (Uuid::now_v7(), Uuid::now_v7());
        let backend = database.backend.clone();
        let mut world = Self { backend, town, organisation, admin: Uuid::nil(), database };
        world.add_town().await?;
        world.admin = world.person("admin", None).await?;
        world.add_organisation().await?;
        Ok(world)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.backend.clock.now()
    }

    /// Which engine this is, for what a failed test says.
    pub fn engine(&self) -> sea_orm::DbBackend {
        self.backend.store.engine()
    }

    async fn put<A>(&self, row: A) -> anyhow::Result<()>
    where
        A: ActiveModelTrait + sea_orm::ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        A::Entity::insert(row).exec_without_returning(&tx).await?;
        Ok(tx.commit().await?)
    }

    async fn add_town(&self) -> anyhow::Result<()> {
        self.put(municipality::ActiveModel {
            id: Set(self.town),
            insee: Set("83126".to_owned()),
            name: Set("La Seyne-sur-Mer".to_owned()),
            slug: Set("la-seyne-sur-mer".to_owned()),
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
        })
        .await
    }

    async fn add_organisation(&self) -> anyhow::Result<()> {
        let now = self.now();
        self.put(organisation::ActiveModel {
            id: Set(self.organisation),
            municipality_id: Set(self.town),
            name: Set("Les Voisins".to_owned()),
            name_folded: Set("les voisins".to_owned()),
            slug: Set("les-voisins".to_owned()),
            legal_form: Set("association".to_owned()),
            rna: Set(Some("W831000001".to_owned())),
            siret: Set(None),
            description: Set("Entraide".to_owned()),
            email: Set(None),
            phone: Set(None),
            website: Set(None),
            address: Set(None),
            status: Set("approved".to_owned()),
            created_by: Set(self.admin),
            created_at: Set(now),
            updated_at: Set(now),
            submitted_at: Set(None),
            decided_at: Set(None),
            decided_by: Set(None),
            decision_reason: Set(None),
        })
        .await?;
        self.make_admin(self.admin).await
    }

    /// Makes somebody an admin of the organisation.
    pub async fn make_admin(&self, account: Uuid) -> anyhow::Result<()> {
        self.put(role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(account),
            role: Set("organisation_admin".to_owned()),
            municipality_id: Set(None),
            organisation_id: Set(Some(self.organisation)),
            granted_by: Set(None),
            granted_at: Set(self.now()),
            scope: Set(self.organisation.to_string()),
        })
        .await
    }

    /// A person with a confirmed e-mail; with a birth date, a volunteer.
    pub async fn person(&self, name: &str, birth_date: Option<&str>) -> anyhow::Result<Uuid> {
        let (id, now) = (Uuid::now_v7(), self.now());
        self.put(account::ActiveModel {
            id: Set(id),
            email: Set(format!("{name}@ville.example")),
            given_name: Set(name.to_owned()),
            family_name: Set("Martin".to_owned()),
            locale: Set("fr".to_owned()),
            password_hash: Set("x".to_owned()),
            email_confirmed_at: Set(Some(now)),
            created_at: Set(now),
            last_seen_at: Set(None),
            disabled_at: Set(None),
        })
        .await?;
        if let Some(birth_date) = birth_date {
            self.put(volunteer::ActiveModel {
                account_id: Set(id),
                birth_date: Set(birth_date.parse()?),
                insee: Set(None),
                phone: Set(Some("0612345678".to_owned())),
                created_at: Set(now),
                reminders: Set(true),
            })
            .await?;
        }
        Ok(id)
    }

    /// Somebody as their session knows them.
    pub async fn actor(&self, id: Uuid) -> anyhow::Result<Actor> {
        let known = queries::grants(self.backend.store.read(), AccountId(id)).await;
        let known = known.map_err(|error| anyhow!("{error:?}"))?.context("an account")?;
        Ok(Actor {
            account: Some(AccountId(id)),
            grants: known.grants,
            volunteer: known.volunteer,
            locale: known.locale,
            address: String::new(),
        })
    }

    /// A grown-up volunteer.
    pub async fn volunteer(&self, name: &str) -> anyhow::Result<Actor> {
        self.actor(self.person(name, Some("1990-05-04")).await?).await
    }

    /// The organisation's admin.
    pub async fn of_organisation(&self) -> anyhow::Result<Actor> {
        self.actor(self.admin).await
    }

    /// The secret of a new session.
    pub async fn session(&self, account: AccountId) -> anyhow::Result<String> {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let session = tokens::open_session(&tx, account, self.now()).await.map_err(|error| anyhow!("{error:?}"))?;
        tx.commit().await?;
        Ok(session.token)
    }

    /// A published mission with its slots, in order.
    pub async fn mission(&self, title: &str, plan: Plan<'_>) -> anyhow::Result<(MissionId, Vec<Uuid>)> {
        let (id, version, now) = (Uuid::now_v7(), Uuid::now_v7(), self.now());
        let content = self.content(title, &plan)?;
        let canonical = content.canonical_json();
        self.put(mission::ActiveModel {
            id: Set(id),
            organisation_id: Set(self.organisation),
            municipality_id: Set(self.town),
            status: Set("published".to_owned()),
            slug: Set(domain::text::slug(title)),
            published_version_id: Set(Some(version)),
            working_version_id: Set(None),
            title: Set(title.to_owned()),
            goal: Set(content.goal.clone()),
            domain_code: Set(content.domain.clone()),
            remote: Set(false),
            neighbourhood_id: Set(None),
            open_to_minors: Set(plan.minors),
            choice: Set(plan.choice.to_owned()),
            practical: Set("Sonnez à l’interphone.".to_owned()),
            search_text: Set(String::new()),
            starts_at: Set(content.slots.iter().map(|slot| slot.starts_at).min()),
            ends_at: Set(content.slots.iter().map(|slot| slot.ends_at).max()),
            created_by: Set(self.admin),
            created_at: Set(now),
            updated_at: Set(now),
            submitted_at: Set(None),
            published_at: Set(Some(now)),
            closed_at: Set(None),
            offer_hours: Set(24),
            opens_on: Set(None),
        })
        .await?;
        self.put(mission_version::ActiveModel {
            id: Set(version),
            mission_id: Set(id),
            number: Set(1),
            status: Set("approved".to_owned()),
            content_hash: Set(tokens::digest(&canonical)),
            content: Set(canonical),
            author_id: Set(self.admin),
            created_at: Set(now),
            updated_at: Set(now),
            submitted_at: Set(None),
        })
        .await?;
        self.put_slots(id, &content).await?;
        Ok((MissionId(id), content.slots.iter().map(|slot| slot.id).collect()))
    }

    async fn put_slots(&self, id: Uuid, content: &MissionContent) -> anyhow::Result<()> {
        for plan in &content.slots {
            self.put(slot::ActiveModel {
                id: Set(plan.id),
                mission_id: Set(id),
                kind: Set(plan.kind.as_str().to_owned()),
                starts_at: Set(plan.starts_at),
                ends_at: Set(plan.ends_at),
                places: Set(i32::try_from(plan.places)?),
                taken: Set(0),
                cancelled_at: Set(None),
                cancel_reason: Set(None),
                organisation_id: Set(None),
            })
            .await?;
        }
        Ok(())
    }

    fn content(&self, title: &str, plan: &Plan<'_>) -> anyhow::Result<MissionContent> {
        let slot = |(start, length, places): &(i64, i64, i32)| {
            let starts_at = self.now() + TimeDelta::hours(*start);
            let ends_at = starts_at + TimeDelta::hours(*length);
            let places = u32::try_from(*places)?;
            Ok(SlotPlan { id: Uuid::now_v7(), kind: SlotKind::Dated, starts_at, ends_at, places, organisation: None })
        };
        Ok(MissionContent {
            title: title.to_owned(),
            goal: "Remettre des colis aux familles".to_owned(),
            description: "Préparer les colis.".to_owned(),
            domain: Some("food-aid".to_owned()),
            remote: false,
            address: "Place du marché".to_owned(),
            neighbourhood: None,
            beneficiaries: vec!["families".to_owned()],
            prerequisites: String::new(),
            safety_rules: "Porter des gants.".to_owned(),
            open_to_minors: plan.minors,
            slots: plan.slots.iter().map(slot).collect::<anyhow::Result<_>>()?,
            equipment: Vec::new(),
        })
    }

    /// Writes an application in some state, whatever led there.
    pub async fn written(
        &self,
        mission: MissionId,
        volunteer: &Actor,
        slot: Uuid,
        status: &str,
    ) -> anyhow::Result<Uuid> {
        let (id, now) = (Uuid::now_v7(), self.now());
        self.put(application::ActiveModel {
            id: Set(id),
            mission_id: Set(mission.0),
            volunteer_id: Set(volunteer.account.context("signed in")?.0),
            status: Set(status.to_owned()),
            message: Set(String::new()),
            safety_rules: Set("{}".to_owned()),
            safety_acknowledged_at: Set(now),
            decided_by: Set(None),
            decided_at: Set(None),
            reason: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
            organisation_id: Set(None),
            held_until: Set(None),
            offer_secret: Set(None),
        })
        .await?;
        self.put(application_slot::ActiveModel { application_id: Set(id), slot_id: Set(slot) }).await?;
        Ok(id)
    }

    /// Puts a mission into a state, whatever leads there.
    pub async fn now_stands(&self, mission: MissionId, status: &str) -> anyhow::Result<()> {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        mission::Entity::update_many()
            .col_expr(mission::Column::Status, Expr::value(status))
            .filter(mission::Column::Id.eq(mission.0))
            .exec(&tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Gives a slot to the organisation as a partner, and suspends it.
    pub async fn partner_is_suspended(&self, slot: Uuid) -> anyhow::Result<()> {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        slot::Entity::update_many()
            .col_expr(slot::Column::OrganisationId, Expr::value(self.organisation))
            .filter(slot::Column::Id.eq(slot))
            .exec(&tx)
            .await?;
        organisation::Entity::update_many()
            .col_expr(organisation::Column::Status, Expr::value("suspended"))
            .exec(&tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Places taken of a slot.
    pub async fn taken(&self, slot: Uuid) -> anyhow::Result<i32> {
        let row = slot::Entity::find_by_id(slot).one(self.backend.store.read()).await?;
        Ok(row.context("a slot")?.taken)
    }

    /// The applications of a mission, oldest first.
    pub async fn applications(&self, mission: MissionId) -> anyhow::Result<Vec<application::Model>> {
        Ok(application::Entity::find()
            .filter(application::Column::MissionId.eq(mission.0))
            .order_by_asc(application::Column::Id)
            .all(self.backend.store.read())
            .await?)
    }

    /// The one mission that there is.
    pub async fn only_mission(&self) -> anyhow::Result<MissionId> {
        let row = mission::Entity::find().one(self.backend.store.read()).await?;
        Ok(MissionId(row.context("a mission")?.id))
    }

    /// Where the applications of a mission stand, oldest first.
    pub async fn states(&self, mission: MissionId) -> anyhow::Result<Vec<String>> {
        Ok(self.applications(mission).await?.into_iter().map(|row| row.status).collect())
    }

    /// Their ids, oldest first.
    pub async fn ids(&self, mission: MissionId) -> anyhow::Result<Vec<ApplicationId>> {
        Ok(self.applications(mission).await?.into_iter().map(|row| ApplicationId(row.id)).collect())
    }

    /// The states that an application went through, in order.
    pub async fn story(&self, application: Uuid) -> anyhow::Result<Vec<String>> {
        let rows = history::Entity::find()
            .filter(history::Column::SubjectId.eq(application))
            .order_by_asc(history::Column::Id)
            .all(self.backend.store.read())
            .await?;
        Ok(rows.into_iter().map(|row| row.to_state).collect())
    }

    /// The e-mails queued so far for somebody, in order.
    pub async fn letters(&self, name: &str) -> anyhow::Result<Vec<outbox::Model>> {
        Ok(outbox::Entity::find()
            .filter(outbox::Column::Recipient.eq(format!("{name}@ville.example")))
            .order_by_asc(outbox::Column::Id)
            .all(self.backend.store.read())
            .await?)
    }

    /// Their kinds.
    pub async fn mails(&self, name: &str) -> anyhow::Result<Vec<String>> {
        Ok(self.letters(name).await?.into_iter().map(|row| row.kind).collect())
    }

    /// The organisation as an id.
    pub const fn of(&self) -> OrganisationId {
        OrganisationId(self.organisation)
    }

    /// A slot as an id.
    pub const fn slot_id(slot: Uuid) -> SlotId {
        SlotId(slot)
    }
}
