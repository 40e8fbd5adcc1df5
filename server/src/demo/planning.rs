//! What the demonstration's organisation plans ahead: a draft whose slots come back every week, and a mission that is over and
//! taken up again.

use anyhow::{Context, anyhow};
use chrono::{Days, NaiveTime};
use domain::{
    actor::{Actor, Grant},
    ids::{AccountId, MissionId, OrganisationId},
    missions::{MissionContent, MissionStatus},
    planning::{CopySlots, Pattern, Planning, Rhythm, Verdict},
    reviews::due::{OpenDays, is_of_alsace_moselle},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{dice::Dice, world::World};
use crate::{
    accounts::queries::holders,
    backend::Backend,
    entity::{mission, slot_batch, slot_batch_slot},
    missions::versions,
};

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x504C_414E;

impl World {
    /// Plans ahead.
    pub fn planning(&mut self) -> anyhow::Result<()> {
        let mine = std::mem::replace(&mut self.dice, Dice::of(SEED));
        self.repeated_slots()?;
        self.dice = mine;
        Ok(())
    }

    /// Wednesday and Saturday afternoons of the two months to come, added together to a draft.
    fn repeated_slots(&mut self) -> anyhow::Result<()> {
        let own = self.organisations.first().context("an organisation")?.id;
        let insee = self.rows.towns.first().context("a town")?.insee.clone();
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).context("an hour of the day");
        let pattern = Pattern {
            days: OpenDays::from_numbers(["3", "6"]).context("days of the week")?,
            rhythm: Rhythm::Weekly,
            first: self.today + Days::new(14),
            last: self.today + Days::new(74),
            start: hour(14)?,
            end: hour(17)?,
            places: 3,
            skip_holidays: true,
            alsace_moselle: is_of_alsace_moselle(&insee),
        };
        let is_draft = |status: &str| status == MissionStatus::Draft.as_str();
        let mut missions = self.rows.missions.iter_mut();
        let mission =
            missions.find(|row| row.organisation_id == own && is_draft(&row.status)).context("a draft of its own")?;
        let mut versions = self.rows.versions.iter_mut();
        let version = versions.find(|row| Some(row.id) == mission.working_version_id).context("its version")?;
        let mut content: MissionContent = serde_json::from_str(&version.content)?;
        let batch = slot_batch::Model { id: self.dice.id(), mission_id: mission.id, created_at: version.updated_at };
        let proposed = pattern.propose(&content.slots, self.now);
        for span in proposed.iter().filter(|one| one.verdict == Verdict::New).filter_map(|one| one.span) {
            let plan = pattern.plan(self.dice.id(), span);
            content.slots.push(plan);
            self.rows.slot_batch_slots.push(slot_batch_slot::Model { slot_id: plan.id, batch_id: batch.id });
        }
        self.rows.slot_batches.push(batch);
        content.slots.sort_by_key(|slot| (slot.starts_at, slot.id));
        version.content = content.canonical_json();
        version.content_hash = versions::hash(&content);
        mission.starts_at = content.slots.iter().map(|slot| slot.starts_at).min();
        mission.ends_at = content.slots.iter().map(|slot| slot.ends_at).max();
        Ok(())
    }
}

/// Takes up again a mission of the first organisation that is over, the way of the product itself.
pub async fn follow(backend: &Backend, organisation: OrganisationId) -> anyhow::Result<()> {
    let db = backend.store.read();
    let grant = Grant::OrganisationAdmin(organisation);
    let admins = holders(db, grant).await.map_err(|error| anyhow!("{error:?}"))?;
    let admin = admins.first().context("an admin")?;
    let over = mission::Entity::find()
        .filter(mission::Column::OrganisationId.eq(organisation.0))
        .filter(mission::Column::Status.eq(MissionStatus::Closed.as_str()))
        .order_by_desc(mission::Column::EndsAt)
        .order_by_asc(mission::Column::Id)
        .one(db)
        .await?
        .context("a mission that is over")?;
    let actor = Actor { account: Some(AccountId(admin.id)), grants: vec![grant], ..Actor::default() };
    backend.copy(&actor, MissionId(over.id), CopySlots::Moved).await?;
    Ok(())
}
