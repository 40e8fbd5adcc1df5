//! Who gave a place up at the last minute: whom to replace.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{applications::ApplicationStatus, ids::OrganisationId, paris, planning::LAST_MINUTE};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    applications::queries,
    entity::{application, application_slot, called_off_slot, history, slot},
    error::Result,
    missions::partners,
};

/// Of slots that have not begun, who had a place there and withdrew, or left that slot, within two days of its beginning, and when; by
/// slot, the last one first. Whoever has a place there again is not among them.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn at_the_last_minute(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    slots: &[slot::Model],
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<(String, DateTime<Utc>)>>> {
    let soon: HashMap<Uuid, &slot::Model> = slots
        .iter()
        .filter(|slot| slot.starts_at > now && slot.starts_at - LAST_MINUTE <= now)
        .map(|slot| (slot.id, slot))
        .collect();
    if soon.is_empty() {
        return Ok(HashMap::new());
    }
    let named = application_slot::Entity::find()
        .filter(application_slot::Column::SlotId.is_in(soon.keys().copied()))
        .all(db)
        .await?;
    let taken_out = called_off_slot::Entity::find()
        .filter(called_off_slot::Column::SlotId.is_in(soon.keys().copied()))
        .all(db)
        .await?;
    let ids = named.iter().map(|row| row.application_id).chain(taken_out.iter().map(|row| row.application_id));
    let rows = application::Entity::find()
        .filter(application::Column::Id.is_in(ids))
        .filter(partners::all_answered_by(organisation))
        .all(db)
        .await?;
    let steps = steps(db, &rows, now).await?;
    let senders = queries::senders(db, &rows).await?;
    let rows: HashMap<Uuid, &application::Model> = rows.iter().map(|row| (row.id, row)).collect();
    let comes: HashSet<(Uuid, Uuid)> = named
        .iter()
        .filter_map(|link| Some((link.slot_id, rows.get(&link.application_id)?)))
        .filter(|(_, row)| queries::status(row) == ApplicationStatus::Accepted)
        .map(|(slot, row)| (slot, row.volunteer_id))
        .collect();
    let withdrew = named.iter().map(|link| (link.application_id, link.slot_id, true));
    let left = taken_out.iter().map(|link| (link.application_id, link.slot_id, false));
    let mut found: HashMap<Uuid, Vec<(String, DateTime<Utc>)>> = HashMap::new();
    for (id, slot, whole) in withdrew.chain(left) {
        let (Some(row), Some(slot)) = (rows.get(&id), soon.get(&slot)) else { continue };
        let figures = paris::figures(slot.starts_at);
        let step = steps.iter().find(|step| {
            let this = if whole { step.from_state.is_some() } else { step.reason.as_deref() == Some(figures.as_str()) };
            step.subject_id == id && this && step.at >= slot.starts_at - LAST_MINUTE
        });
        let (Some(step), Some((account, _))) = (step, senders.get(&row.volunteer_id)) else { continue };
        if !comes.contains(&(slot.id, row.volunteer_id)) {
            found.entry(slot.id).or_default().push((queries::seen_name(account, false), step.at));
        }
    }
    for people in found.values_mut() {
        people.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    }
    Ok(found)
}

/// What the history says of who gave a place up in the days before now: a whole application that was accepted, which has a state
/// before, or one slot of it, which has none and is named by its figures.
async fn steps(
    db: &impl ConnectionTrait,
    rows: &[application::Model],
    now: DateTime<Utc>,
) -> Result<Vec<history::Model>> {
    let whole = Condition::all()
        .add(history::Column::FromState.eq(ApplicationStatus::Accepted.as_str()))
        .add(history::Column::ToState.eq(ApplicationStatus::Withdrawn.as_str()));
    let one = Condition::all().add(history::Column::FromState.is_null()).add(history::Column::ToState.eq("slot_left"));
    Ok(history::Entity::find()
        .filter(history::Column::Subject.eq("application"))
        .filter(history::Column::SubjectId.is_in(rows.iter().map(|row| row.id)))
        .filter(history::Column::At.gte(now - LAST_MINUTE))
        .filter(Condition::any().add(whole).add(one))
        .order_by_desc(history::Column::At)
        .all(db)
        .await?)
}
