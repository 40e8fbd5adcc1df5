//! The days to come: what those who are expected need, against what is reserved and free.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    equipment::EquipmentType,
    ids::MunicipalityId,
    missions::{EquipmentNeed, MissionStatus},
    supplies::{
        Shortage, SupplyWeek, WeekSlot,
        needs::{AHEAD, GRACE, Planned, needed, short},
    },
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef};
use uuid::Uuid;

use super::queries::{self, HandedOver, Reserved};
use crate::{
    backend::Backend,
    entity::{mission, mission_version, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
    network::queries as towns,
    organisations::queries as organisations,
};

/// Slots of a town's missions, with what each mission needs.
struct Ahead {
    slots: Vec<slot::Model>,
    missions: HashMap<Uuid, mission::Model>,
    needs: HashMap<Uuid, Vec<EquipmentNeed>>,
    handed: HandedOver,
    reserved: Reserved,
}

impl Ahead {
    /// Slots that begin within the week and end after an instant, of missions that take place and need something.
    async fn read(
        db: &impl ConnectionTrait,
        town: Uuid,
        ends_after: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let of_mission: RelationDef =
            slot::Entity::belongs_to(mission::Entity).from(slot::Column::MissionId).to(mission::Column::Id).into();
        let mut slots = slot::Entity::find()
            .join(JoinType::InnerJoin, of_mission)
            .filter(mission::Column::MunicipalityId.eq(town))
            .filter(
                mission::Column::Status
                    .is_in([MissionStatus::Published, MissionStatus::Closed].map(MissionStatus::as_str)),
            )
            .filter(slot::Column::CancelledAt.is_null())
            .filter(slot::Column::EndsAt.gt(ends_after))
            .filter(slot::Column::StartsAt.lt(now + AHEAD))
            .order_by_asc(slot::Column::StartsAt)
            .order_by_asc(slot::Column::Id)
            .all(db)
            .await?;
        let mut ids: Vec<Uuid> = slots.iter().map(|row| row.mission_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let rows = mission::Entity::find().filter(mission::Column::Id.is_in(ids.clone())).all(db).await?;
        let needs = needs(db, &rows).await?;
        slots.retain(|row| needs.contains_key(&row.mission_id));
        ids.retain(|id| needs.contains_key(id));
        Ok(Self {
            slots,
            missions: rows.into_iter().map(|row| (row.id, row)).collect(),
            needs,
            handed: queries::handed(db, &ids).await?,
            reserved: queries::reserved(db, &ids).await?,
        })
    }

    /// What a mission still needs of a kind for those who are expected in the slots to come, and what is reserved for it.
    fn want(&self, mission: Uuid, kind: &EquipmentType, now: DateTime<Utc>) -> Option<(u32, u32)> {
        let need = self.needs.get(&mission)?.iter().find(|need| need.code == kind.code)?;
        let of_mission = self.slots.iter().filter(|row| row.mission_id == mission && row.ends_at > now);
        let slots: Vec<Planned> = of_mission
            .map(|row| Planned {
                id: row.id,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                volunteers: u32::try_from(row.taken).unwrap_or_default(),
            })
            .collect();
        let on_slot = |slot| queries::on_slot(&self.handed, slot, &kind.code);
        let units = needed(need, kind.single_use, &slots, on_slot, now);
        Some((units, queries::reserved_of(&self.reserved, mission, &kind.code)))
    }

    fn shortages(
        &self,
        kinds: &[(EquipmentType, bool)],
        free: &HashMap<String, u32>,
        now: DateTime<Utc>,
    ) -> Vec<Shortage> {
        kinds
            .iter()
            .filter_map(|(kind, _)| {
                let wants: Vec<(u32, u32)> =
                    self.needs.keys().filter_map(|mission| self.want(*mission, kind, now)).collect();
                let needed = wants.iter().map(|(units, _)| units).sum();
                let missing = short(wants, free.get(&kind.code).copied().unwrap_or_default());
                (missing > 0).then(|| Shortage { kind: kind.clone(), needed, missing })
            })
            .collect()
    }

    fn line(
        &self,
        row: &slot::Model,
        kinds: &[(EquipmentType, bool)],
        names: &HashMap<Uuid, String>,
    ) -> Option<WeekSlot> {
        let mission = self.missions.get(&row.mission_id)?;
        let needs = self.needs.get(&row.mission_id)?;
        let volunteers = u32::try_from(row.taken).unwrap_or_default();
        let units = kinds.iter().filter_map(|(kind, _)| {
            let need = needs.iter().find(|need| need.code == kind.code)?;
            Some((kind.clone(), need.of_slot(volunteers), queries::on_slot(&self.handed, row.id, &kind.code).issued))
        });
        Some(WeekSlot {
            slot: missions::line(row),
            title: mission.title.clone(),
            organisation: names.get(&partners::holder(mission, row).0).cloned().unwrap_or_default(),
            units: units.collect(),
        })
    }
}

/// What online missions need, by mission; those that need nothing are left out.
async fn needs(db: &impl ConnectionTrait, rows: &[mission::Model]) -> Result<HashMap<Uuid, Vec<EquipmentNeed>>> {
    let online: BTreeMap<Uuid, Uuid> =
        rows.iter().filter_map(|row| Some((row.published_version_id?, row.id))).collect();
    if online.is_empty() {
        return Ok(HashMap::new());
    }
    let versions = mission_version::Entity::find()
        .filter(mission_version::Column::Id.is_in(online.keys().copied()))
        .filter(mission_version::Column::Content.contains("\"equipment\""))
        .all(db)
        .await?;
    let mut needs = HashMap::new();
    for version in versions {
        let equipment = missions::content(&version)?.equipment;
        if let Some(mission) = online.get(&version.id).filter(|_| !equipment.is_empty()) {
            needs.insert(*mission, equipment);
        }
    }
    Ok(needs)
}

/// What will be short in the next seven days.
///
/// # Errors
/// When the database cannot be reached.
pub async fn shortages(
    db: &impl ConnectionTrait,
    locale: Locale,
    town: Uuid,
    now: DateTime<Utc>,
) -> Result<Vec<Shortage>> {
    let ahead = Ahead::read(db, town, now, now).await?;
    if ahead.slots.is_empty() {
        return Ok(Vec::new());
    }
    Ok(ahead.shortages(&queries::kinds(db, locale).await?, &queries::free(db, town).await?, now))
}

/// What will be short, and the slots to hand out for.
pub async fn week(backend: &Backend, actor: &Actor, insee: &str) -> Result<SupplyWeek> {
    actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = towns::by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let ahead = Ahead::read(db, town.id, now - GRACE, now).await?;
    let kinds = queries::kinds(db, actor.locale).await?;
    let holder = |row: &slot::Model| Some(partners::holder(ahead.missions.get(&row.mission_id)?, row).0);
    let names = organisations::names(db, ahead.slots.iter().filter_map(holder).collect()).await?;
    Ok(SupplyWeek {
        town: towns::town_ref(&town),
        short: ahead.shortages(&kinds, &queries::free(db, town.id).await?, now),
        slots: ahead.slots.iter().filter_map(|row| ahead.line(row, &kinds, &names)).collect(),
        now,
    })
}
