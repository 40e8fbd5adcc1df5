use domain::{
    actor::{Actor, Grant},
    error::{AppError, Conflict},
    ids::{AccountId, MunicipalityId, OrganisationId},
    organisations::OrganisationStatus,
    team::Duty,
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use super::{queries, tell::tell};
use crate::{
    backend::Backend,
    entity::thread_message,
    error::{Result, told},
    mail::{Mail, MailKind},
    network,
    reviews::queries::names,
    store::Work,
    throttle::{self, Limit},
};

/// Writes in the exchange between an organisation and its town, and tells the other side.
pub async fn write(backend: &Backend, actor: &Actor, id: OrganisationId, body: &str) -> Result<()> {
    let account = actor.signed_in().map_err(told)?;
    let body = text::paragraphs(body, 1, 5000).map_err(|problem| told(AppError::field("body", problem)))?;
    throttle::take(backend, &format!("message:{account}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let row = queries::by_id(&work.tx, id).await?;
    let town = network::queries::by_id(&work.tx, MunicipalityId(row.municipality_id)).await?;
    let draft = queries::status(&row) == OrganisationStatus::Draft;
    let of_town =
        work.actor.coordinates(MunicipalityId(town.id)) || super::review::by_network(&work, &row, &town).await?;
    let from_organisation = match (work.actor.may(id, Duty::Organisation), of_town) {
        (true, _) if draft => return Err(told(Conflict::NotInThisState)),
        (true, _) => true,
        (false, true) if !draft => false,
        _ => return Err(told(AppError::NotFound)),
    };
    thread_message::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(None),
        organisation_id: Set(Some(id.0)),
        municipality_id: Set(town.id),
        author_id: Set(account.0),
        side: Set(if from_organisation { "organisation" } else { "coordination" }.to_owned()),
        body: Set(body.clone()),
        created_at: Set(work.now),
        item_code: Set(None),
    }
    .insert(&work.tx)
    .await?;
    let (to, path) = if from_organisation {
        (Grant::Coordinator(MunicipalityId(town.id)), app::routes::coordination_organisation(&town.insee, id))
    } else {
        (Grant::OrganisationAdmin(id), app::routes::organisation_space(id))
    };
    let author = author(&work, account).await?;
    let facts = [("author", author.as_str()), ("subject", &row.name), ("message", &body)];
    tell(&work, to, Mail { kind: MailKind::ThreadMessage, facts: &facts, path: &path }).await?;
    work.commit().await
}

async fn author(work: &Work, account: AccountId) -> Result<String> {
    Ok(names(&work.tx, vec![account.0]).await?.remove(&account.0).unwrap_or_default())
}
