//! Questions about ideas.

use std::collections::HashMap;

use domain::{
    access::Role,
    actor::Locale,
    error::{AppError, Conflict},
    ideas::{IdeaAction, IdeaLines, IdeaMessage, IdeaStatus},
    ids::{IdeaId, MunicipalityId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    accounts::tokens,
    entity::{idea, idea_link, idea_message, municipality},
    error::{Result, Told, told},
    mail::{Mail, MailKind},
    network,
    reviews::queries::names,
    store::{Step, Work},
};

/// Where an idea stands.
pub fn status(row: &idea::Model) -> IdeaStatus {
    IdeaStatus::parse(&row.status).unwrap_or(IdeaStatus::Closed)
}

/// The words of an idea.
pub fn lines(row: &idea::Model) -> IdeaLines {
    IdeaLines {
        association: row.association.clone(),
        what: row.what.clone(),
        whom: row.whom.clone(),
        place: row.place.clone(),
        moment: row.moment.clone(),
    }
}

/// An idea of a town that the actor coordinates, held until the transaction ends.
///
/// # Errors
/// `NotFound` for anybody else, and for another town's.
pub async fn own(work: &Work, insee: &str, id: IdeaId) -> Result<(municipality::Model, idea::Model)> {
    let town = network::queries::by_insee(&work.tx, insee).await?;
    work.actor.require_coordinator(MunicipalityId(town.id)).map_err(told)?;
    let row = idea::Entity::find_by_id(id.0)
        .filter(idea::Column::MunicipalityId.eq(town.id))
        .lock_exclusive()
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    Ok((town, row))
}

/// The idea that a personal link leads to.
///
/// # Errors
/// `LinkExpired` where it leads nowhere, or no longer.
pub async fn by_token(db: &impl ConnectionTrait, token: &str) -> Result<(municipality::Model, idea::Model)> {
    let expired = || told(Conflict::LinkExpired);
    let link = idea_link::Entity::find_by_id(tokens::digest(token)).one(db).await?.ok_or_else(expired)?;
    let row = idea::Entity::find_by_id(link.idea_id).lock_exclusive().one(db).await?.ok_or_else(expired)?;
    let town = network::queries::by_id(db, MunicipalityId(row.municipality_id)).await?;
    Ok((town, row))
}

/// The exchange, oldest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn messages(db: &impl ConnectionTrait, idea: Uuid) -> Result<Vec<IdeaMessage>> {
    let rows = idea_message::Entity::find()
        .filter(idea_message::Column::IdeaId.eq(idea))
        .order_by_asc(idea_message::Column::CreatedAt)
        .order_by_asc(idea_message::Column::Id)
        .all(db)
        .await?;
    let names: HashMap<Uuid, String> = names(db, rows.iter().filter_map(|row| row.author_id).collect()).await?;
    let message = |row: idea_message::Model| IdeaMessage {
        coordinator: row.author_id.map(|id| names.get(&id).cloned().unwrap_or_default()),
        body: row.body,
        at: row.created_at,
    };
    Ok(rows.into_iter().map(message).collect())
}

/// Adds a message; without an author, it is the association's.
///
/// # Errors
/// When the database refuses.
pub async fn say(work: &Work, idea: Uuid, author: Option<Uuid>, body: &str) -> Result<()> {
    idea_message::ActiveModel {
        id: Set(Uuid::now_v7()),
        idea_id: Set(idea),
        author_id: Set(author),
        body: Set(body.to_owned()),
        created_at: Set(work.now),
    }
    .insert(&work.tx)
    .await?;
    Ok(())
}

/// Does a step: the table allows it, the row is still what was read, the history tells it.
///
/// # Errors
/// `NotInThisState`; `ChangedMeanwhile` when another was faster.
pub async fn step(
    work: &Work,
    row: &idea::Model,
    action: IdeaAction,
    role: Role,
    reason: Option<&str>,
) -> Result<IdeaStatus> {
    let before = status(row);
    let after = before.apply(action, role).told()?;
    let mut update = idea::Entity::update_many()
        .col_expr(idea::Column::Status, Expr::value(after.as_str()))
        .col_expr(idea::Column::UpdatedAt, Expr::value(work.now))
        .filter(idea::Column::Id.eq(row.id))
        .filter(idea::Column::Status.eq(before.as_str()));
    if after.is_over() && !before.is_over() {
        update = update.col_expr(idea::Column::EndedAt, Expr::value(work.now));
    }
    if action == IdeaAction::Close {
        update = update.col_expr(idea::Column::Reason, Expr::value(reason.map(str::to_owned)));
    }
    if update.exec(&work.tx).await?.rows_affected != 1 {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    let municipality = Some(MunicipalityId(row.municipality_id));
    let (from, to) = (Some(before.as_str()), after.as_str());
    work.record(Step { subject: "idea", id: row.id, municipality, from, to, reason }).await?;
    Ok(after)
}

/// Makes a personal link to an exchange: its path. Only its hash is kept.
///
/// # Errors
/// When the database refuses.
pub async fn link(work: &Work, idea: Uuid) -> Result<String> {
    let token = tokens::secret();
    let row = idea_link::ActiveModel {
        token_hash: Set(tokens::digest(&token)),
        idea_id: Set(idea),
        created_at: Set(work.now),
    };
    idea_link::Entity::insert(row).exec_without_returning(&work.tx).await?;
    Ok(app::routes::idea_exchange(&token))
}

/// Writes to whoever sent an idea, in their language, with a link of its own; to nobody once they are forgotten.
///
/// # Errors
/// When the database refuses.
pub async fn write_to_contact(work: &Work, row: &idea::Model, kind: MailKind, facts: &[(&str, &str)]) -> Result<()> {
    let Some(email) = &row.email else { return Ok(()) };
    let path = link(work, row.id).await?;
    work.mail(email, locale(row), Mail { kind, facts, path: &path }).await
}

/// The language of whoever sent an idea.
pub fn locale(row: &idea::Model) -> Locale {
    Locale::parse(&row.locale).unwrap_or_default()
}
