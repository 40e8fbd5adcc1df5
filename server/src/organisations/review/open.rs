use domain::{
    ids::MunicipalityId,
    reviews::{ReviewStatus, due::Deadline},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use crate::{
    entity::{municipality, organisation, organisation_review},
    error::Result,
    reviews::open::deadline,
    store::{Step, Work},
};

/// Opens the file on an organisation that has just been submitted.
///
/// # Errors
/// When the database refuses.
pub async fn open(work: &Work, organisation: &organisation::Model, town: &municipality::Model) -> Result<()> {
    let Deadline { due_at, remind_at, escalate_at } = deadline(town, work.now);
    let (id, status) = (Uuid::now_v7(), ReviewStatus::Waiting.as_str());
    organisation_review::ActiveModel {
        id: Set(id),
        organisation_id: Set(organisation.id),
        municipality_id: Set(town.id),
        status: Set(status.to_owned()),
        due_at: Set(due_at),
        remind_at: Set(remind_at),
        escalate_at: Set(escalate_at),
        taken_by: Set(None),
        taken_at: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        reason: Set(None),
        created_at: Set(work.now),
    }
    .insert(&work.tx)
    .await?;
    let municipality = Some(MunicipalityId(town.id));
    work.record(Step { subject: "organisation_review", id, municipality, from: None, to: status, reason: None }).await
}
