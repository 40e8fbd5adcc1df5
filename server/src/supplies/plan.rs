//! What a mission needs of the stock: from its content and the slots to come.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    equipment::EquipmentType,
    missions::{EquipmentNeed, MissionContent, MissionStatus, VersionStatus},
    supplies::needs::{GRACE, Planned, needed},
};
use sea_orm::ConnectionTrait;

use super::queries::{self, HandedOver};
use crate::{
    entity::{mission, slot},
    error::Result,
    missions::{queries as missions, versions},
};

/// Units that are needed, by kind.
pub type Wanted = BTreeMap<String, u32>;

/// The slots that a content plans and that are not over, full.
pub fn of_content(content: &MissionContent, now: DateTime<Utc>) -> Vec<Planned> {
    content
        .slots
        .iter()
        .filter(|slot| slot.ends_at > now)
        .map(|slot| Planned { id: slot.id, starts_at: slot.starts_at, ends_at: slot.ends_at, volunteers: slot.places })
        .collect()
}

/// The slots of a mission that is or was online. Those to come count as full, as long as people may apply; those of which
/// the list may still be typed in, and all of a closed mission, count those who have a place.
pub fn of_rows(slots: &[slot::Model], applying: bool, now: DateTime<Utc>) -> Vec<Planned> {
    let count = |slot: &slot::Model| {
        let volunteers = if applying && slot.ends_at > now { slot.places } else { slot.taken };
        u32::try_from(volunteers).unwrap_or_default()
    };
    slots
        .iter()
        .filter(|slot| slot.cancelled_at.is_none() && slot.ends_at + GRACE > now)
        .map(|slot| Planned { id: slot.id, starts_at: slot.starts_at, ends_at: slot.ends_at, volunteers: count(slot) })
        .collect()
}

/// Units of each kind for these slots, beyond what was handed out.
pub fn units(
    needs: &[EquipmentNeed],
    kinds: &[(EquipmentType, bool)],
    slots: &[Planned],
    handed: &HandedOver,
    now: DateTime<Utc>,
) -> Wanted {
    needs
        .iter()
        .map(|need| {
            let single_use =
                kinds.iter().find(|(kind, _)| kind.code == need.code).is_none_or(|(kind, _)| kind.single_use);
            let of_slot = |slot| queries::on_slot(handed, slot, &need.code);
            (need.code.clone(), needed(need, single_use, slots, of_slot, now))
        })
        .collect()
}

/// What a mission may keep reserved: for what is online and, while a version waits for its decision, for that version.
///
/// # Errors
/// When the database cannot be reached.
pub async fn wanted(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    kinds: &[(EquipmentType, bool)],
    handed: &HandedOver,
    now: DateTime<Utc>,
) -> Result<Wanted> {
    let status = missions::status(mission);
    let mut wanted = Wanted::new();
    if matches!(status, MissionStatus::Cancelled | MissionStatus::Refused) {
        return Ok(wanted);
    }
    if let Some(id) = mission.published_version_id {
        let content = missions::content(&missions::version(db, id).await?)?;
        let rows = missions::slots(db, vec![mission.id]).await?;
        let slots = of_rows(&rows, status != MissionStatus::Closed, now);
        wanted = units(&content.equipment, kinds, &slots, handed, now);
    }
    if status == MissionStatus::Closed {
        return Ok(wanted);
    }
    if let Some(id) = mission.working_version_id {
        let version = missions::version(db, id).await?;
        if matches!(versions::status(&version), VersionStatus::Submitted | VersionStatus::ChangesRequested) {
            let content = missions::content(&version)?;
            let planned = units(&content.equipment, kinds, &of_content(&content, now), handed, now);
            for (code, units) in planned {
                let most = wanted.entry(code).or_default();
                *most = units.max(*most);
            }
        }
    }
    Ok(wanted)
}
