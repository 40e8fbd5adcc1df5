use domain::{
    actor::Actor,
    error::{Conflict, FieldErrors},
    ids::AssociationLetterId,
    letters::{LetterStatus, fields},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, ModelTrait};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::association_letter,
    error::{Result, told},
    store::Work,
};

/// Begins a letter.
pub async fn begin(backend: &Backend, actor: &Actor, insee: &str) -> Result<AssociationLetterId> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let account = work.actor.signed_in().map_err(told)?;
    let (id, status) = (Uuid::now_v7(), LetterStatus::Draft.as_str());
    association_letter::ActiveModel {
        id: Set(id),
        municipality_id: Set(town.id),
        subject: Set(String::new()),
        body: Set(String::new()),
        status: Set(status.to_owned()),
        created_by: Set(account.0),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        sent_at: Set(None),
        reminded_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    queries::record(&work, town.id, ("letter", id), (None, status), None).await?;
    work.commit().await?;
    Ok(AssociationLetterId(id))
}

/// A subject and a text that may be sent.
pub fn read(subject: &str, body: &str) -> Result<(String, String)> {
    let mut errors = FieldErrors::default();
    let subject = errors.take("subject", fields::subject(subject));
    let body = errors.take("letter", fields::body(body));
    match (subject, body) {
        (Some(subject), Some(body)) => Ok((subject, body)),
        _ => Err(told(errors)),
    }
}

async fn draft(work: &Work, insee: &str, id: AssociationLetterId) -> Result<association_letter::Model> {
    let town = queries::own(work, insee).await?;
    let row = queries::locked(work, &town, id).await?;
    let draft = queries::status(&row) == LetterStatus::Draft;
    if draft { Ok(row) } else { Err(told(Conflict::NotInThisState)) }
}

/// Changes a draft.
pub async fn save(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: AssociationLetterId,
    subject: &str,
    body: &str,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let row = draft(&work, insee, id).await?;
    let (subject, body) = read(subject, body)?;
    let mut row = row.into_active_model();
    row.subject = Set(subject);
    row.body = Set(body);
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    work.commit().await
}

/// Throws a draft away.
pub async fn discard(backend: &Backend, actor: &Actor, insee: &str, id: AssociationLetterId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let row = draft(&work, insee, id).await?;
    let (town, before) = (row.municipality_id, LetterStatus::Draft.as_str());
    row.delete(&work.tx).await?;
    queries::record(&work, town, ("letter", id.0), (Some(before), "discarded"), None).await?;
    work.commit().await
}
