//! A town with its people, an organisation and missions, in a database of its own.

use anyhow::{Context, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::{Actor, Locale},
    ids::{AccountId, MissionId, ReviewId},
    missions::{MissionContent, Missions, SlotKind, SlotPlan},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder};
use server::{
    accounts::{queries, tokens},
    backend::Backend,
    entity::{account, mission, mission_version, municipality, organisation, review, role_grant},
    store::Store,
};
use uuid::Uuid;

use crate::databases::{self, Own};

/// What most tests need.
pub struct World {
    pub backend: Backend,
    pub town: Uuid,
    pub organisation: Uuid,
    pub admin: Uuid,
    pub ana: Uuid,
    pub bob: Uuid,
    _database: Own,
}

pub const INSEE: &str = "83126";

/// One world on each engine.
pub async fn worlds() -> anyhow::Result<Vec<World>> {
    let mut worlds = Vec::new();
    for database in databases::each().await? {
        worlds.push(World::open(database).await?);
    }
    Ok(worlds)
}

impl World {
    async fn open(database: Own) -> anyhow::Result<Self> {
        let mut world = Self {
            backend: database.backend.clone(),
            town: Uuid::now_v7(),
            organisation: Uuid::now_v7(),
            admin: Uuid::nil(),
            ana: Uuid::nil(),
            bob: Uuid::nil(),
            _database: database,
        };
        world.add_town(world.town, INSEE).await?;
        world.admin = world.person("admin").await?;
        world.ana = world.person("ana").await?;
        world.bob = world.person("bob").await?;
        world.add_organisation(world.organisation, "Les Voisins", "W831000001", world.admin).await?;
        world.grant(world.ana, "coordinator", Some(world.town), None).await?;
        world.grant(world.bob, "coordinator", Some(world.town), None).await?;
        Ok(world)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.backend.clock.now()
    }

    pub async fn add_town(&self, id: Uuid, insee: &str) -> anyhow::Result<()> {
        let tx = begin(&self.backend.store).await?;
        municipality::ActiveModel {
            id: Set(id),
            insee: Set(insee.to_owned()),
            name: Set(format!("Ville {insee}")),
            slug: Set("ville".to_owned()),
            department: Set("83".to_owned()),
            postcodes: Set("83500".to_owned()),
            population: Set(60_000),
            latitude: Set(None),
            longitude: Set(None),
            service_name: Set("Service vie associative".to_owned()),
            service_email: Set(None),
            service_phone: Set(None),
            opening_days: Set(None),
            review_hours: Set(48),
            self_review_allowed: Set(false),
            opened_at: Set(self.now()),
            work_days: Set(127),
            ..Default::default()
        }
        .insert(&tx)
        .await?;
        Ok(tx.commit().await?)
    }

    pub async fn person(&self, name: &str) -> anyhow::Result<Uuid> {
        let tx = begin(&self.backend.store).await?;
        let id = Uuid::now_v7();
        account::ActiveModel {
            id: Set(id),
            email: Set(format!("{name}@ville.example")),
            given_name: Set(name.to_owned()),
            family_name: Set("Test".to_owned()),
            locale: Set("fr".to_owned()),
            password_hash: Set("x".to_owned()),
            email_confirmed_at: Set(Some(self.now())),
            created_at: Set(self.now()),
            last_seen_at: Set(None),
            disabled_at: Set(None),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// An approved organisation of the town, with its admin.
    pub async fn add_organisation(&self, id: Uuid, name: &str, rna: &str, admin: Uuid) -> anyhow::Result<()> {
        let tx = begin(&self.backend.store).await?;
        organisation::ActiveModel {
            id: Set(id),
            municipality_id: Set(self.town),
            name: Set(name.to_owned()),
            name_folded: Set(name.to_lowercase()),
            slug: Set(domain::text::slug(name)),
            legal_form: Set("association".to_owned()),
            rna: Set(Some(rna.to_owned())),
            siret: Set(None),
            description: Set("Entraide".to_owned()),
            email: Set(None),
            phone: Set(None),
            website: Set(None),
            address: Set(None),
            status: Set("approved".to_owned()),
            created_by: Set(admin),
            created_at: Set(self.now()),
            updated_at: Set(self.now()),
            submitted_at: Set(None),
            decided_at: Set(None),
            decided_by: Set(None),
            decision_reason: Set(None),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        self.grant(admin, "organisation_admin", None, Some(id)).await
    }

    pub async fn grant(
        &self,
        account: Uuid,
        role: &str,
        town: Option<Uuid>,
        organisation: Option<Uuid>,
    ) -> anyhow::Result<()> {
        let tx = begin(&self.backend.store).await?;
        let scope = town.or(organisation).map(|id| id.to_string()).unwrap_or_default();
        role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(account),
            role: Set(role.to_owned()),
            municipality_id: Set(town),
            organisation_id: Set(organisation),
            granted_by: Set(None),
            granted_at: Set(self.now()),
            scope: Set(scope),
        }
        .insert(&tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// Somebody as the session knows them.
    pub async fn actor(&self, id: Uuid) -> anyhow::Result<Actor> {
        let known = queries::grants(self.backend.store.read(), AccountId(id))
            .await
            .map_err(|error| anyhow!("{error:?}"))?
            .context("an account")?;
        Ok(Actor {
            account: Some(AccountId(id)),
            grants: known.grants,
            volunteer: false,
            locale: Locale::Fr,
            address: String::new(),
        })
    }

    pub fn content(&self, title: &str) -> MissionContent {
        let starts_at = self.now() + TimeDelta::days(8);
        MissionContent {
            title: title.to_owned(),
            goal: "Remettre des colis aux familles les plus démunies".to_owned(),
            description: [
                "Préparer les colis, accueillir les familles, distribuer les denrées et ranger la salle.",
                "Une personne de l’association vous accueille et reste avec vous.",
            ]
            .join(" "),
            domain: Some("food-aid".to_owned()),
            remote: false,
            address: "Place du marché".to_owned(),
            neighbourhood: None,
            beneficiaries: vec!["families".to_owned()],
            prerequisites: String::new(),
            safety_rules: "Porter des gants.".to_owned(),
            open_to_minors: false,
            slots: vec![SlotPlan {
                id: Uuid::now_v7(),
                kind: SlotKind::Dated,
                starts_at,
                ends_at: starts_at + TimeDelta::hours(3),
                places: 4,
                organisation: None,
            }],
            equipment: Vec::new(),
        }
    }

    /// A draft of the organisation.
    pub async fn draft(&self, title: &str, author: Uuid) -> anyhow::Result<MissionId> {
        self.draft_of(title, self.organisation, author).await
    }

    /// A draft of some organisation.
    pub async fn draft_of(&self, title: &str, organisation: Uuid, author: Uuid) -> anyhow::Result<MissionId> {
        let tx = begin(&self.backend.store).await?;
        let (id, version) = (Uuid::now_v7(), Uuid::now_v7());
        mission::ActiveModel {
            id: Set(id),
            organisation_id: Set(organisation),
            municipality_id: Set(self.town),
            status: Set("draft".to_owned()),
            slug: Set("mission".to_owned()),
            published_version_id: Set(None),
            working_version_id: Set(None),
            title: Set(title.to_owned()),
            goal: Set(String::new()),
            domain_code: Set(None),
            remote: Set(false),
            neighbourhood_id: Set(None),
            open_to_minors: Set(false),
            choice: Set("at_once".to_owned()),
            practical: Set(String::new()),
            search_text: Set(String::new()),
            starts_at: Set(None),
            ends_at: Set(None),
            created_by: Set(author),
            created_at: Set(self.now()),
            updated_at: Set(self.now()),
            submitted_at: Set(None),
            published_at: Set(None),
            closed_at: Set(None),
            offer_hours: Set(24),
            opens_on: Set(None),
        }
        .insert(&tx)
        .await?;
        let content = self.content(title).canonical_json();
        mission_version::ActiveModel {
            id: Set(version),
            mission_id: Set(id),
            number: Set(1),
            status: Set("draft".to_owned()),
            content_hash: Set(tokens::digest(&content)),
            content: Set(content),
            author_id: Set(author),
            created_at: Set(self.now()),
            updated_at: Set(self.now()),
            submitted_at: Set(None),
        }
        .insert(&tx)
        .await?;
        mission::ActiveModel { id: Set(id), working_version_id: Set(Some(version)), ..Default::default() }
            .update(&tx)
            .await?;
        tx.commit().await?;
        Ok(MissionId(id))
    }

    /// A mission that waits for its review.
    pub async fn submitted(&self, title: &str) -> anyhow::Result<(MissionId, ReviewId)> {
        let id = self.draft(title, self.admin).await?;
        Ok((id, self.submit(id).await?))
    }

    /// Sends it, and finds the review that this opens.
    pub async fn submit(&self, id: MissionId) -> anyhow::Result<ReviewId> {
        Missions::submit(&self.backend, &self.actor(self.admin).await?, id).await?;
        self.open_review(id).await
    }

    /// The review of a mission that waits.
    pub async fn open_review(&self, id: MissionId) -> anyhow::Result<ReviewId> {
        let rows = review::Entity::find().order_by_desc(review::Column::Id).all(self.backend.store.read()).await?;
        let row = rows.into_iter().find(|row| row.mission_id == id.0 && row.status == "waiting");
        Ok(ReviewId(row.context("an open review")?.id))
    }
}

pub async fn begin(store: &Store) -> anyhow::Result<sea_orm::DatabaseTransaction> {
    store.begin().await.map_err(|error| anyhow!("{error:?}"))
}
