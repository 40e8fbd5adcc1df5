//! A month of one's own slots.

use std::collections::{HashMap, HashSet};

use domain::{
    actor::Actor,
    applications::{
        month::{Month, MonthPage, MonthSlot, is_shown},
        rules::overlaps,
    },
    ids::MissionId,
    missions::{MissionStatus, SlotKind},
    paris,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::{application, mission},
    error::{Result, told},
    missions::{partners, queries as missions},
};

/// The month that an address names, or this one. What was called off is not in it.
pub async fn show(backend: &Backend, actor: &Actor, typed: &str) -> Result<MonthPage> {
    let account = actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let today = paris::date(now);
    let month = Month::parse(typed).unwrap_or_else(|| Month::of(today));
    let mut rows = application::Entity::find().filter(application::Column::VolunteerId.eq(account.0)).all(db).await?;
    rows.retain(|row| is_shown(queries::status(row)));
    let known = mission::Entity::find().filter(mission::Column::Id.is_in(rows.iter().map(|row| row.mission_id)));
    let known: HashMap<Uuid, mission::Model> = known.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut slots = queries::slots(db, rows.iter().map(|row| row.id).collect()).await?;
    let offered = partners::only_offered(db, slots.values().flatten().cloned().collect()).await?;
    let offered: HashSet<Uuid> = offered.into_iter().map(|slot| slot.id).collect();
    let mut shown = Vec::new();
    for row in &rows {
        let Some(mission) = known.get(&row.mission_id) else { continue };
        let online = matches!(missions::status(mission), MissionStatus::Published | MissionStatus::Closed);
        let paused = missions::status(mission) == MissionStatus::Suspended;
        for slot in slots.remove(&row.id).unwrap_or_default() {
            if slot.cancelled_at.is_none() && overlaps((slot.starts_at, slot.ends_at), month.span()) {
                shown.push(MonthSlot {
                    mission: (MissionId(mission.id), mission.slug.clone(), mission.title.clone()),
                    online,
                    status: queries::status(row),
                    suspended: slot.ends_at > now && (paused || !offered.contains(&slot.id)),
                    kind: SlotKind::parse(&slot.kind).unwrap_or(SlotKind::Dated),
                    starts_at: slot.starts_at,
                    ends_at: slot.ends_at,
                });
            }
        }
    }
    shown.sort_by_key(|slot| (slot.starts_at, slot.ends_at, slot.mission.0));
    Ok(MonthPage { month, today, slots: shown })
}
