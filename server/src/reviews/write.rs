use domain::{
    actor::{Actor, Grant},
    error::AppError,
    ids::{AccountId, MunicipalityId, ReviewId},
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use super::{case::Case, queries::names, topics};
use crate::{
    accounts::queries::holders,
    backend::Backend,
    entity::thread_message,
    error::{Result, told},
    mail::{Mail, MailKind},
    missions::queries,
    store::Work,
};

/// Characters of the longest message.
const LONGEST: u32 = 2000;

/// Writes in the thread with the organisation, about an item or about the file, and tells its admins.
pub async fn write(backend: &Backend, actor: &Actor, id: ReviewId, body: &str, item: Option<&str>) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    // The network was asked to decide: once that is done, the exchange is the town's again.
    if !case.status().is_open() && !actor.coordinates(MunicipalityId(case.review.municipality_id)) {
        return Err(told(AppError::NotFound));
    }
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let content = queries::content(&version)?;
    let items = topics::of(&work.tx, &case.mission, &content, work.now).await?;
    let item = topics::chosen(&items, item)?;
    let body = text::paragraphs(body, 1, LONGEST).map_err(|problem| told(AppError::field("body", problem)))?;
    thread_message::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(Some(case.mission.id)),
        organisation_id: Set(None),
        municipality_id: Set(case.review.municipality_id),
        author_id: Set(case.me.0),
        side: Set("coordination".to_owned()),
        body: Set(body.clone()),
        created_at: Set(work.now),
        item_code: Set(item.map(|item| item.code.clone())),
    }
    .insert(&work.tx)
    .await?;
    let author = names(&work.tx, vec![case.me.0]).await?.remove(&case.me.0).unwrap_or_default();
    let message = topics::letter(item, &body);
    let facts = [("author", author.as_str()), ("subject", content.title.as_str()), ("message", message.as_str())];
    tell_organisation(&work, &case, MailKind::ThreadMessage, &facts).await?;
    work.commit().await
}

/// Writes to every admin of the organisation, with a link to the mission's page of its review.
pub(super) async fn tell_organisation(work: &Work, case: &Case, kind: MailKind, facts: &[(&str, &str)]) -> Result<()> {
    let path = match kind {
        MailKind::MissionGreenLight => app::routes::mission(case.mission_id(), &case.mission.slug),
        _ => app::routes::own_mission(case.organisation_id(), case.mission_id(), "relecture"),
    };
    for admin in holders(&work.tx, Grant::OrganisationAdmin(case.organisation_id())).await? {
        work.mail_account(AccountId(admin.id), Mail { kind, facts, path: &path }).await?;
    }
    Ok(())
}
