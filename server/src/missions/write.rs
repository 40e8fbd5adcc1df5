use domain::{
    actor::{Actor, Grant, Locale},
    error::{AppError, Problem},
    ids::{MissionId, MunicipalityId},
    missions::MissionContent,
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{queries, versions};
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    entity::{account, mission, review, thread_message},
    error::{Result, told},
    mail::{Mail, MailKind},
    reviews::topics,
    store::Work,
    throttle::{self, Limit},
};

/// Writes to the town's coordinators about a mission, or about an item of their checklist.
pub async fn write(backend: &Backend, actor: &Actor, id: MissionId, body: &str, item: Option<&str>) -> Result<()> {
    let account = actor.signed_in().map_err(told)?;
    throttle::take(backend, &format!("message:{account}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let mission = versions::own(&work, id).await?;
    let problem = |problem| told(AppError::field("body", problem));
    let body = text::paragraphs(body, 1, 2000).map_err(problem)?;
    if body.is_empty() {
        return Err(problem(Problem::Required));
    }
    let items = topics::of(&work.tx, &mission, &written(&work, &mission).await?, work.now).await?;
    let item = topics::chosen(&items, item)?;
    let message = topics::letter(item, &body);
    thread_message::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(Some(mission.id)),
        organisation_id: Set(None),
        municipality_id: Set(mission.municipality_id),
        author_id: Set(account.0),
        side: Set("organisation".to_owned()),
        body: Set(body),
        created_at: Set(work.now),
        item_code: Set(item.map(|item| item.code.clone())),
    }
    .insert(&work.tx)
    .await?;
    let author =
        account::Entity::find_by_id(account.0).one(&work.tx).await?.map(|row| full_name(&row)).unwrap_or_default();
    let town = crate::network::queries::by_id(&work.tx, mission.municipality_id.into()).await?;
    let review = review::Entity::find()
        .filter(review::Column::MissionId.eq(mission.id))
        .order_by_desc(review::Column::CreatedAt)
        .one(&work.tx)
        .await?;
    let path = review.map_or_else(
        || app::routes::coordination(&town.insee),
        |review| app::routes::review(&town.insee, review.id.into()),
    );
    for coordinator in holders(&work.tx, Grant::Coordinator(MunicipalityId(town.id))).await? {
        work.mail(
            &coordinator.email,
            Locale::parse(&coordinator.locale).unwrap_or_default(),
            Mail {
                kind: MailKind::ThreadMessage,
                facts: &[("author", &author), ("subject", &mission.title), ("message", &message)],
                path: &path,
            },
        )
        .await?;
    }
    work.commit().await
}

/// What its organisation writes in, or what is online.
async fn written(work: &Work, mission: &mission::Model) -> Result<MissionContent> {
    match mission.working_version_id.or(mission.published_version_id) {
        Some(id) => Ok(queries::content(&queries::version(&work.tx, id).await?)?),
        None => Ok(MissionContent::default()),
    }
}
