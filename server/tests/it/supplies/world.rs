//! A town with a depot, coordinators, an organisation and missions that need equipment.

use anyhow::{Context, anyhow};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::{ApplicationForm, Applications},
    equipment::{DepotForm, DeskForm, Equipment},
    error::Outcome,
    ids::{ApplicationId, DepotId, MissionId, OrganisationId, ReviewId, SlotId},
    missions::{EquipmentNeed, MissionContent, SlotKind, SlotPlan},
    reviews::{ChecklistAnswer, Reviews},
    supplies::{HandOutForm, HandOutLine, TakeBackForm, TakeBackLine},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use server::{
    accounts::tokens,
    entity::{
        application, equipment_movement, equipment_stock, history, mission, mission_version, outbox, slot, volunteer,
    },
};
use uuid::Uuid;

use crate::reviews::world::{self as reviews, INSEE, begin};

pub const MASK: &str = "surgical-mask";
pub const VEST: &str = "vest";
/// Where the depot is; nobody but the coordination may read it.
pub const DEPOT_ADDRESS: &str = "7 impasse des Réserves";
pub const DEPOT_NAME: &str = "Hangar municipal";

pub struct World {
    pub town: reviews::World,
    pub depot: DepotId,
    pub ana: Actor,
    pub bob: Actor,
    pub admin: Actor,
}

pub fn need(code: &str, per_volunteer: u32, per_slot: u32) -> EquipmentNeed {
    EquipmentNeed { code: code.to_owned(), per_volunteer, per_slot }
}

/// Hands out so many of each kind, after so many acts.
pub fn hand(seen: u32, lines: &[(&str, &str)]) -> HandOutForm {
    let line = |(code, quantity): &(&str, &str)| HandOutLine {
        code: (*code).to_owned(),
        given: "yes".to_owned(),
        quantity: (*quantity).to_owned(),
    };
    HandOutForm { seen, lines: lines.iter().map(line).collect(), signature: String::new() }
}

/// Takes back so many, and so many lost, after so many acts.
pub fn back(seen: u32, code: &str, returned: &str, lost: &str, reason: &str) -> TakeBackForm {
    let line = TakeBackLine { code: code.to_owned(), returned: returned.to_owned(), lost: lost.to_owned() };
    TakeBackForm { seen, lines: vec![line], reason: reason.to_owned() }
}

/// One world on each engine.
pub async fn worlds() -> anyhow::Result<Vec<World>> {
    let mut worlds = Vec::new();
    for town in reviews::worlds().await? {
        let ana = town.actor(town.ana).await?;
        let form = DepotForm { name: DEPOT_NAME.to_owned(), address: DEPOT_ADDRESS.to_owned() };
        let depot = town.backend.add_depot(&ana, INSEE, form).await?;
        let (bob, admin) = (town.actor(town.bob).await?, town.actor(town.admin).await?);
        worlds.push(World { ana, bob, admin, depot, town });
    }
    Ok(worlds)
}

impl World {
    pub const fn backend(&self) -> &server::backend::Backend {
        &self.town.backend
    }

    /// Comes into the depot.
    pub async fn receive(&self, code: &str, units: u32) -> anyhow::Result<()> {
        let form = DeskForm {
            act: "receive".to_owned(),
            equipment: code.to_owned(),
            depot: self.depot.to_string(),
            quantity: units.to_string(),
            ..DeskForm::default()
        };
        Ok(self.backend().write_down(&self.ana, INSEE, form).await?)
    }

    /// A mission that waits for its review: slots as hours from now, hours, places.
    pub async fn submitted(
        &self,
        title: &str,
        slots: &[(i64, i64, u32)],
        needs: &[EquipmentNeed],
    ) -> anyhow::Result<(MissionId, ReviewId)> {
        let id = self.town.draft(title, self.town.admin).await?;
        let now = self.town.now();
        let plan = |(start, hours, places): &(i64, i64, u32)| {
            let starts_at = now + TimeDelta::hours(*start);
            let ends_at = starts_at + TimeDelta::hours(*hours);
            SlotPlan {
                id: Uuid::now_v7(),
                kind: SlotKind::Dated,
                starts_at,
                ends_at,
                places: *places,
                organisation: None,
            }
        };
        let (slots, needs) = (slots.iter().map(plan).collect(), needs.to_vec());
        self.rewrite(id, |content| (content.slots, content.equipment) = (slots, needs)).await?;
        Ok((id, self.town.submit(id).await?))
    }

    /// Changes the version being written.
    async fn rewrite(&self, id: MissionId, change: impl FnOnce(&mut MissionContent)) -> anyhow::Result<()> {
        let db = self.backend().store.read();
        let mission = mission::Entity::find_by_id(id.0).one(db).await?.context("a mission")?;
        let version = mission.working_version_id.context("a version being written")?;
        let version = mission_version::Entity::find_by_id(version).one(db).await?.context("its version")?;
        let mut content: MissionContent = serde_json::from_str(&version.content)?;
        change(&mut content);
        let canonical = content.canonical_json();
        let tx = begin(&self.backend().store).await?;
        let mut row = version.into_active_model();
        row.content_hash = Set(tokens::digest(&canonical));
        row.content = Set(canonical);
        row.update(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Answers the whole checklist by yes and gives the green light.
    pub async fn green_light(&self, who: &Actor, review: ReviewId) -> Outcome<()> {
        let file = self.backend().file(who, INSEE, review).await?;
        let yes = |code: String| ChecklistAnswer {
            code,
            answer: "yes".to_owned(),
            note: String::new(),
            ..ChecklistAnswer::default()
        };
        let answers = file.checklist.into_iter().map(|line| yes(line.code)).collect();
        self.backend().answer(who, review, answers, true).await.map(drop)
    }

    /// An online mission: its id and its slots.
    pub async fn online(
        &self,
        title: &str,
        slots: &[(i64, i64, u32)],
        needs: &[EquipmentNeed],
    ) -> anyhow::Result<(MissionId, Vec<SlotId>)> {
        let (id, review) = self.submitted(title, slots, needs).await?;
        self.green_light(&self.ana, review).await?;
        Ok((id, self.slots(id).await?))
    }

    /// The slots of a mission, in order of time.
    pub async fn slots(&self, id: MissionId) -> anyhow::Result<Vec<SlotId>> {
        let rows = server::missions::queries::slots(self.backend().store.read(), vec![id.0]).await;
        Ok(rows.map_err(|error| anyhow!("{error:?}"))?.into_iter().map(|row| SlotId(row.id)).collect())
    }

    /// A volunteer who is accepted on a slot.
    pub async fn accepted(
        &self,
        name: &str,
        mission: MissionId,
        slot: SlotId,
    ) -> anyhow::Result<(Actor, ApplicationId)> {
        let id = self.town.person(name).await?;
        let tx = begin(&self.backend().store).await?;
        volunteer::ActiveModel {
            account_id: Set(id),
            birth_date: Set("1990-05-04".parse()?),
            insee: Set(None),
            phone: Set(None),
            created_at: Set(self.town.now()),
            reminders: Set(true),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        let mut actor = self.town.actor(id).await?;
        actor.volunteer = true;
        let form = ApplicationForm {
            slots: vec![slot.to_string()],
            message: String::new(),
            acknowledged: "yes".to_owned(),
            ..ApplicationForm::default()
        };
        self.backend().apply(&actor, mission, form).await?;
        let row = application::Entity::find().filter(application::Column::VolunteerId.eq(id));
        let row = row.one(self.backend().store.read()).await?.context("an application")?;
        Ok((actor, ApplicationId(row.id)))
    }

    /// A partner whose slot is joined to a mission online: its id, who administers it, the slot.
    pub async fn partner(&self, mission: MissionId) -> anyhow::Result<(OrganisationId, Actor, SlotId)> {
        let zoe = self.town.person("zoe").await?;
        let partner = self.town.another_organisation("Les Amis du port", "W831000002", zoe).await?;
        let (_, review) = self.town.submitted_by("Servir les repas", partner, zoe, |_| {}).await?;
        self.town.tick(self.town.ana, review).await?;
        let both = self.backend().compare(&self.ana, INSEE, review, mission).await?;
        let seen = both.join.context("it can be joined")?.seen;
        self.backend().join(&self.ana, review, mission, seen, "La même aide.".to_owned()).await?;
        let held = slot::Entity::find()
            .filter(slot::Column::MissionId.eq(mission.0))
            .filter(slot::Column::OrganisationId.eq(partner))
            .one(self.backend().store.read())
            .await?;
        let held = held.context("a slot of the partner")?;
        Ok((OrganisationId(partner), self.town.actor(zoe).await?, SlotId(held.id)))
    }

    /// Units of a kind on hand, and reserved of it, in the depot.
    pub async fn stock(&self, code: &str) -> anyhow::Result<(i32, i32)> {
        let row = equipment_stock::Entity::find_by_id((self.depot.0, code.to_owned()));
        let row = row.one(self.backend().store.read()).await?;
        Ok(row.map(|row| (row.on_hand, row.reserved)).unwrap_or_default())
    }

    /// Units of a kind that are reserved for a mission, by its lines in the ledger.
    pub async fn reserved(&self, mission: MissionId, code: &str) -> anyhow::Result<i32> {
        Ok(self.lines(mission, code).await?.iter().map(|line| line.reserved_change).sum())
    }

    /// The lines of the ledger of a mission and a kind, in their order.
    pub async fn lines(&self, mission: MissionId, code: &str) -> anyhow::Result<Vec<equipment_movement::Model>> {
        Ok(equipment_movement::Entity::find()
            .filter(equipment_movement::Column::MissionId.eq(mission.0))
            .filter(equipment_movement::Column::TypeCode.eq(code))
            .order_by_asc(equipment_movement::Column::Id)
            .all(self.backend().store.read())
            .await?)
    }

    /// What the history of a mission says of equipment: act and reason, in order.
    pub async fn said(&self, mission: MissionId) -> anyhow::Result<Vec<(String, String)>> {
        let rows = history::Entity::find()
            .filter(history::Column::SubjectId.eq(mission.0))
            .filter(history::Column::ToState.starts_with("equipment_"))
            .order_by_asc(history::Column::Id)
            .all(self.backend().store.read())
            .await?;
        Ok(rows.into_iter().map(|row| (row.to_state, row.reason.unwrap_or_default())).collect())
    }

    /// Letters of a kind to somebody.
    pub async fn letters(&self, kind: &str, name: &str) -> anyhow::Result<Vec<String>> {
        let rows = outbox::Entity::find()
            .filter(outbox::Column::Kind.eq(kind))
            .filter(outbox::Column::Recipient.eq(format!("{name}@ville.example")))
            .all(self.backend().store.read())
            .await?;
        Ok(rows.into_iter().map(|row| row.body_text).collect())
    }
}
