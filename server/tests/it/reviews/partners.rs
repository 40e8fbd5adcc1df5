//! A second organisation, its people and missions, beside those of the world.

use anyhow::Context;
use domain::{
    actor::Actor,
    applications::ApplicationForm,
    ids::{MissionId, OrganisationId, ReviewId},
    missions::{MissionContent, Missions, SlotPlan},
    planning::{ExtendForm, Planning},
    reviews::{Decision, JoinPreview, Reviews},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::{
    accounts::tokens,
    entity::{mission_version, organisation, outbox, slot, volunteer},
};
use uuid::Uuid;

use super::world::{INSEE, World, begin, worlds};

/// A mission online, another organisation's mission in Ana's hands with every answer given.
pub struct Pair {
    pub w: World,
    /// The mission online, of the world's organisation.
    pub host: MissionId,
    /// The mission under review.
    pub joined: MissionId,
    pub review: ReviewId,
    /// Its organisation, and who administers it.
    pub partner: OrganisationId,
    pub zoe: Uuid,
}

/// One pair on each engine.
pub async fn pairs() -> anyhow::Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    for w in worlds().await? {
        pairs.push(Pair::open(w).await?);
    }
    Ok(pairs)
}

impl Pair {
    async fn open(w: World) -> anyhow::Result<Self> {
        let host = w.online("Distribuer des colis").await?;
        let zoe = w.person("zoe").await?;
        let partner = w.another_organisation("Les Amis du port", "W831000002", zoe).await?;
        let (joined, review) = w.submitted_by("Distribuer les colis", partner, zoe, |_| {}).await?;
        w.tick(w.ana, review).await?;
        Ok(Self { w, host, joined, review, partner: OrganisationId(partner), zoe })
    }

    /// What joining would do, as Ana sees it.
    pub async fn preview(&self) -> anyhow::Result<JoinPreview> {
        let both = self.w.backend.compare(&self.w.actor(self.w.ana).await?, INSEE, self.review, self.host).await?;
        both.join.context("it can be joined")
    }

    /// Ana joins.
    pub async fn join(&self) -> anyhow::Result<()> {
        let seen = self.preview().await?.seen;
        let ana = self.w.actor(self.w.ana).await?;
        Ok(self.w.backend.join(&ana, self.review, self.host, seen, "La même aide.".to_owned()).await?)
    }

    /// The slots of the mission online: who holds each, in order of time, then of id.
    pub async fn slots(&self) -> anyhow::Result<Vec<slot::Model>> {
        Ok(slot::Entity::find()
            .filter(slot::Column::MissionId.eq(self.host.0))
            .order_by_asc(slot::Column::StartsAt)
            .order_by_asc(slot::Column::Id)
            .all(self.w.backend.store.read())
            .await?)
    }

    /// The slot that came over.
    pub async fn held(&self) -> anyhow::Result<slot::Model> {
        let slots = self.slots().await?;
        slots.into_iter().find(|slot| slot.organisation_id == Some(self.partner.0)).context("a slot of the partner")
    }

    /// The slot of the mission's own organisation.
    pub async fn own(&self) -> anyhow::Result<slot::Model> {
        let slots = self.slots().await?;
        slots.into_iter().find(|slot| slot.organisation_id.is_none()).context("a slot of its own")
    }

    /// A grown-up volunteer.
    pub async fn volunteer(&self, name: &str) -> anyhow::Result<Actor> {
        let id = self.w.person(name).await?;
        let tx = begin(&self.w.backend.store).await?;
        volunteer::ActiveModel {
            account_id: Set(id),
            birth_date: Set("1990-05-04".parse()?),
            insee: Set(None),
            phone: Set(Some("0639981234".to_owned())),
            created_at: Set(self.w.now()),
            reminders: Set(true),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        self.w.actor(id).await
    }

    pub async fn set_status(&self, organisation: Uuid, status: &str) -> anyhow::Result<()> {
        let tx = begin(&self.w.backend.store).await?;
        organisation::ActiveModel { id: Set(organisation), status: Set(status.to_owned()), ..Default::default() }
            .update(&tx)
            .await?;
        Ok(tx.commit().await?)
    }
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
    /// A mission that has its green light.
    pub async fn online(&self, title: &str) -> anyhow::Result<MissionId> {
        let (id, review) = self.submitted(title).await?;
        self.tick(self.bob, review).await?;
        self.backend.decide(&self.actor(self.bob).await?, review, Decision::Approve, String::new()).await?;
        Ok(id)
    }

    /// Sends a version of a mission that is online: its first slot once more, some days later.
    pub async fn extended(&self, id: MissionId, days: i64) -> anyhow::Result<ReviewId> {
        let slot = self.published(id).await?.1.slots[0];
        let form = ExtendForm { places: "5".to_owned(), last_date: String::new() };
        self.backend.extend_slot(&self.actor(self.admin).await?, id, slot.id.into(), form).await?;
        let mut more = slot;
        later(&mut more, days);
        self.rewrite(id, |content| content.slots.push(more)).await?;
        self.submit(id).await
    }

    /// Another approved organisation of the town, with its admin.
    pub async fn another_organisation(&self, name: &str, rna: &str, admin: Uuid) -> anyhow::Result<Uuid> {
        let id = Uuid::now_v7();
        self.add_organisation(id, name, rna, admin).await?;
        Ok(id)
    }

    /// A mission that another organisation sent.
    pub async fn submitted_by(
        &self,
        title: &str,
        organisation: Uuid,
        admin: Uuid,
        change: impl FnOnce(&mut MissionContent),
    ) -> anyhow::Result<(MissionId, ReviewId)> {
        let id = self.draft_of(title, organisation, admin).await?;
        self.rewrite(id, change).await?;
        Missions::submit(&self.backend, &self.actor(admin).await?, id).await?;
        Ok((id, self.open_review(id).await?))
    }

    /// Changes the draft of a mission, as its editor would.
    pub async fn rewrite(&self, id: MissionId, change: impl FnOnce(&mut MissionContent)) -> anyhow::Result<()> {
        let version = self.mission(id).await?.working_version_id.context("a draft")?;
        let db = self.backend.store.read();
        let row = mission_version::Entity::find_by_id(version).one(db).await?.context("a version")?;
        let mut content: MissionContent = serde_json::from_str(&row.content)?;
        change(&mut content);
        let json = content.canonical_json();
        let tx = begin(&self.backend.store).await?;
        mission_version::ActiveModel {
            id: Set(version),
            content_hash: Set(tokens::digest(&json)),
            content: Set(json),
            ..Default::default()
        }
        .update(&tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// What is online of a mission.
    pub async fn published(&self, id: MissionId) -> anyhow::Result<(mission_version::Model, MissionContent)> {
        let version = self.mission(id).await?.published_version_id.context("online")?;
        let row = mission_version::Entity::find_by_id(version).one(self.backend.store.read()).await?;
        let row = row.context("a version")?;
        let content = serde_json::from_str(&row.content)?;
        Ok((row, content))
    }

    /// The last e-mail to somebody.
    pub async fn last_letter(&self, name: &str) -> anyhow::Result<outbox::Model> {
        let letters = outbox::Entity::find().filter(outbox::Column::Recipient.eq(format!("{name}@ville.example")));
        letters.order_by_desc(outbox::Column::Id).one(self.backend.store.read()).await?.context("a letter")
    }
}

/// The same hours, another day.
pub fn later(slot: &mut SlotPlan, days: i64) {
    slot.id = Uuid::now_v7();
    slot.starts_at += chrono::TimeDelta::days(days);
    slot.ends_at += chrono::TimeDelta::days(days);
}
