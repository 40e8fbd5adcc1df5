//! What volunteers say of the slots at which they were expected. It decides nothing.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    attendance::{AskedSlot, Said},
    error::{AppError, Conflict},
    ids::{ApplicationId, MunicipalityId, SlotId},
    paris,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use super::sheet::timing;
use crate::{
    applications::queries,
    backend::Backend,
    entity::{application, attendance, slot, slot_answer},
    error::{Result, told},
    missions::queries::line,
    store::{Step, Work},
};

/// Says what came of a slot of one's own application.
///
/// # Errors
/// `SignInFirst`; `NotFound` of what is not theirs; `NotInThisState` too early or too late.
pub async fn say(backend: &Backend, actor: &Actor, id: ApplicationId, slot: SlotId, said: Said) -> Result<()> {
    use slot_answer::Column;
    let work = Work::begin(backend, actor).await?;
    // Held, so that nobody validates their hours meanwhile.
    let (mission, row, slots) = queries::hold_own(&work, id).await?;
    let slot = slots.into_iter().find(|found| found.id == slot.0).ok_or_else(|| told(AppError::NotFound))?;
    let note = attendance::Entity::find_by_id((row.id, slot.id)).one(&work.tx).await?;
    if !may_say(&row, &slot, note.is_some_and(|note| note.validated_at.is_some()), work.now) {
        return Err(told(Conflict::NotInThisState));
    }
    let before = slot_answer::Entity::find_by_id((row.id, slot.id)).one(&work.tx).await?.map(|row| row.answer);
    if before.as_deref() == Some(said.as_str()) {
        return Ok(());
    }
    let answer = slot_answer::ActiveModel {
        application_id: Set(row.id),
        slot_id: Set(slot.id),
        answer: Set(said.as_str().to_owned()),
        answered_at: Set(work.now),
    };
    let over = OnConflict::columns([Column::ApplicationId, Column::SlotId])
        .update_columns([Column::Answer, Column::AnsweredAt])
        .to_owned();
    slot_answer::Entity::insert(answer).on_conflict(over).exec_without_returning(&work.tx).await?;
    work.record(Step {
        subject: "application",
        id: row.id,
        municipality: Some(MunicipalityId(mission.municipality_id)),
        from: before.as_deref(),
        to: said.as_str(),
        // Of which slot: figures, which read the same in every language.
        reason: Some(&paris::figures(slot.starts_at)),
    })
    .await?;
    work.commit().await
}

fn may_say(row: &application::Model, slot: &slot::Model, validated: bool, now: DateTime<Utc>) -> bool {
    slot.cancelled_at.is_none() && timing(slot).may_say(queries::status(row), validated, now)
}

/// What was said at a slot, by application.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn at(db: &impl ConnectionTrait, slot: Uuid) -> Result<HashMap<Uuid, Said>> {
    let rows = slot_answer::Entity::find().filter(slot_answer::Column::SlotId.eq(slot)).all(db).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.application_id, Said::parse(&row.answer)?))).collect())
}

/// Of which slots somebody may say what came of them, and what they said: by application.
///
/// # Errors
/// When the database cannot be reached.
pub async fn asked(
    db: &impl ConnectionTrait,
    rows: &[application::Model],
    slots: &HashMap<Uuid, Vec<slot::Model>>,
    now: DateTime<Utc>,
) -> Result<HashMap<Uuid, Vec<AskedSlot>>> {
    let ids = || rows.iter().map(|row| row.id);
    let validated = attendance::Entity::find()
        .filter(attendance::Column::ApplicationId.is_in(ids()))
        .filter(attendance::Column::ValidatedAt.is_not_null())
        .all(db)
        .await?;
    let said = slot_answer::Entity::find().filter(slot_answer::Column::ApplicationId.is_in(ids())).all(db).await?;
    let of = |row: &application::Model| {
        let asked = slots.get(&row.id).into_iter().flatten().filter_map(|slot| {
            let validated = validated.iter().any(|note| (note.application_id, note.slot_id) == (row.id, slot.id));
            let said = said.iter().find(|answer| (answer.application_id, answer.slot_id) == (row.id, slot.id));
            let said = said.and_then(|answer| Said::parse(&answer.answer));
            may_say(row, slot, validated, now).then(|| AskedSlot { slot: line(slot), said })
        });
        (row.id, asked.collect::<Vec<_>>())
    };
    Ok(rows.iter().map(of).collect())
}
