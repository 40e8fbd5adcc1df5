//! The texts that an organisation keeps to answer with.

use domain::{
    actor::Actor,
    error::{AppError, Conflict, Problem},
    ids::{AnswerTemplateId, OrganisationId},
    messages::{AnswerTemplate, AnswerTemplateForm, AnswerTemplates, MAX_TEMPLATES},
    team::Duty,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    backend::Backend,
    entity::{answer_template, organisation},
    error::{Result, Told, told},
    store::Work,
};

/// The texts of an organisation, by name.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Vec<AnswerTemplate>> {
    let rows = answer_template::Entity::find()
        .filter(answer_template::Column::OrganisationId.eq(organisation.0))
        .order_by_asc(answer_template::Column::Name)
        .order_by_asc(answer_template::Column::Id)
        .all(db)
        .await?;
    let template =
        |row: answer_template::Model| AnswerTemplate { id: AnswerTemplateId(row.id), name: row.name, body: row.body };
    Ok(rows.into_iter().map(template).collect())
}

/// The texts of an organisation, for its admins.
pub async fn list(backend: &Backend, actor: &Actor, organisation: OrganisationId) -> Result<AnswerTemplates> {
    actor.require_organisation(organisation, Duty::Answer).map_err(told)?;
    Ok(AnswerTemplates { organisation, templates: of(backend.store.read(), organisation).await? })
}

/// Keeps a text, a new one or one that is there already.
pub async fn save(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    id: Option<AnswerTemplateId>,
    form: AnswerTemplateForm,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_organisation(organisation, Duty::Answer).map_err(told)?;
    let (name, body) = form.checked().told()?;
    // One at a time for each organisation: what is counted stays what it is.
    organisation::Entity::find_by_id(organisation.0).lock_exclusive().one(&work.tx).await?;
    let kept = of(&work.tx, organisation).await?;
    if kept.iter().any(|other| other.name == name && Some(other.id) != id) {
        return Err(told(AppError::field("name", Problem::NameTaken)));
    }
    match id {
        Some(id) => {
            let update = answer_template::Entity::update_many()
                .col_expr(answer_template::Column::Name, Expr::value(name))
                .col_expr(answer_template::Column::Body, Expr::value(body))
                .col_expr(answer_template::Column::UpdatedAt, Expr::value(work.now))
                .filter(answer_template::Column::Id.eq(id.0))
                .filter(answer_template::Column::OrganisationId.eq(organisation.0));
            if update.exec(&work.tx).await?.rows_affected == 0 {
                return Err(told(AppError::NotFound));
            }
        }
        None if kept.len() >= MAX_TEMPLATES => return Err(told(Conflict::TooManyTemplates)),
        None => {
            answer_template::ActiveModel {
                id: Set(Uuid::now_v7()),
                organisation_id: Set(organisation.0),
                name: Set(name),
                body: Set(body),
                updated_at: Set(work.now),
            }
            .insert(&work.tx)
            .await?;
        }
    }
    work.commit().await
}

/// Throws a text away.
pub async fn remove(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    id: AnswerTemplateId,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_organisation(organisation, Duty::Answer).map_err(told)?;
    let removed = answer_template::Entity::delete_many()
        .filter(answer_template::Column::Id.eq(id.0))
        .filter(answer_template::Column::OrganisationId.eq(organisation.0))
        .exec(&work.tx)
        .await?;
    if removed.rows_affected == 0 {
        return Err(told(AppError::NotFound));
    }
    work.commit().await
}
