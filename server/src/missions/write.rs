use domain::{
    actor::{Actor, Grant, Locale},
    error::{AppError, Problem},
    ids::{MissionId, MunicipalityId},
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::versions;
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    entity::{account, review, thread_message},
    error::{Result, told},
    mail::{Mail, MailKind},
    store::Work,
    throttle::{self, Limit},
};

/// Writes to the town's coordinators about a mission.
pub async fn write(backend: &Backend, actor: &Actor, id: MissionId, body: &str) -> Result<()> {
    let account = actor.signed_in().map_err(told)?;
    throttle::take(backend, &format!("message:{account}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let mission = versions::own(&work, id).await?;
    let problem = |problem| told(AppError::field("body", problem));
    let body = text::paragraphs(body, 1, 2000).map_err(problem)?;
    if body.is_empty() {
        return Err(problem(Problem::Required));
    }
    thread_message::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(Some(mission.id)),
        organisation_id: Set(None),
        municipality_id: Set(mission.municipality_id),
        author_id: Set(account.0),
        side: Set("organisation".to_owned()),
        body: Set(body.clone()),
        created_at: Set(work.now),
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
                facts: &[("author", &author), ("subject", &mission.title), ("message", &body)],
                path: &path,
            },
        )
        .await?;
    }
    work.commit().await
}
