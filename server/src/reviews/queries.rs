//! Questions about histories and exchanges.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    ids::{AccountId, MissionId, OrganisationId},
    reviews::{HistoryLine, Message},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{checklist, topics};
use crate::{
    accounts::queries::full_name,
    entity::{account, history, mission_version, review, thread_message},
    error::Result,
    team,
};

/// Characters of a message that news quote.
const EXCERPT: usize = 200;

/// Names of accounts.
///
/// # Errors
/// When the database cannot be reached.
pub async fn names(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, full_name(&row))).collect())
}

/// The versions that reviews are about, by their ids.
///
/// # Errors
/// When the database cannot be reached.
pub async fn versions(
    db: &impl ConnectionTrait,
    reviews: &[review::Model],
) -> Result<HashMap<Uuid, mission_version::Model>> {
    let rows = mission_version::Entity::find()
        .filter(mission_version::Column::Id.is_in(reviews.iter().map(|row| row.mission_version_id)))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Every act on some things (a mission and its reviews, say), newest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn history(db: &impl ConnectionTrait, subjects: &[(&str, Uuid)]) -> Result<Vec<HistoryLine>> {
    let any = subjects.iter().fold(Condition::any(), |any, (subject, id)| {
        any.add(Condition::all().add(history::Column::Subject.eq(*subject)).add(history::Column::SubjectId.eq(*id)))
    });
    let rows = history::Entity::find()
        .filter(any)
        .order_by_desc(history::Column::At)
        .order_by_desc(history::Column::Id)
        .all(db)
        .await?;
    let names = names(db, rows.iter().filter_map(|row| row.actor_id).collect()).await?;
    let told = rows.iter().filter(|row| !is_told(row, &rows));
    Ok(told.map(|row| line(row.clone(), &names)).collect())
}

/// Whether a line of a review says again what one of its mission says of the same act.
fn is_told(row: &history::Model, all: &[history::Model]) -> bool {
    row.subject == "review"
        && all.iter().any(|other| {
            let same = other.to_state == row.to_state || row.reason.is_some() && other.reason == row.reason;
            let sent = other.to_state == "submitted" && row.to_state == "waiting";
            other.subject == "mission" && other.at == row.at && other.actor_id == row.actor_id && (same || sent)
        })
}

/// What an exchange is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A mission, all its versions.
    Mission(MissionId),
    /// An organisation.
    Organisation(OrganisationId),
}

impl About {
    fn filter(self) -> Condition {
        Condition::all().add(match self {
            Self::Mission(id) => thread_message::Column::MissionId.eq(id.0),
            Self::Organisation(id) => thread_message::Column::OrganisationId.eq(id.0),
        })
    }
}

/// What others did on some things and wrote about them after an instant, newest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn news(
    db: &impl ConnectionTrait,
    me: AccountId,
    about: About,
    subjects: Vec<Uuid>,
    after: DateTime<Utc>,
) -> Result<Vec<HistoryLine>> {
    let written = thread_message::Entity::find()
        .filter(about.filter())
        .filter(thread_message::Column::CreatedAt.gt(after))
        .filter(thread_message::Column::AuthorId.ne(me.0))
        .all(db)
        .await?;
    let done = history::Entity::find()
        .filter(history::Column::SubjectId.is_in(subjects))
        // A team has its organisation's id, and is nobody else's business.
        .filter(history::Column::Subject.ne(team::SUBJECT))
        .filter(history::Column::At.gt(after))
        .filter(Condition::any().add(history::Column::ActorId.is_null()).add(history::Column::ActorId.ne(me.0)))
        .all(db)
        .await?;
    let people = written.iter().map(|row| row.author_id).chain(done.iter().filter_map(|row| row.actor_id));
    let names = names(db, people.collect()).await?;
    let written = written.into_iter().map(|row| HistoryLine {
        at: row.created_at,
        actor: names.get(&row.author_id).cloned(),
        from: None,
        to: "message".to_owned(),
        reason: Some(excerpt(&row.body)),
    });
    let done = done.into_iter().map(|row| line(row, &names));
    let mut lines: Vec<HistoryLine> = written.chain(done).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    Ok(lines)
}

/// The beginning of a message.
fn excerpt(body: &str) -> String {
    let mut letters = body.chars();
    let mut excerpt: String = letters.by_ref().take(EXCERPT).collect();
    if letters.next().is_some() {
        excerpt.push('…');
    }
    excerpt
}

fn line(row: history::Model, names: &HashMap<Uuid, String>) -> HistoryLine {
    HistoryLine {
        at: row.at,
        actor: row.actor_id.and_then(|id| names.get(&id).cloned()),
        from: row.from_state,
        to: row.to_state,
        reason: row.reason,
    }
}

/// An exchange, oldest first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn thread(db: &impl ConnectionTrait, actor: &Actor, about: About) -> Result<Vec<Message>> {
    let rows = thread_message::Entity::find()
        .filter(about.filter())
        .order_by_asc(thread_message::Column::CreatedAt)
        .order_by_asc(thread_message::Column::Id)
        .all(db)
        .await?;
    let names = names(db, rows.iter().map(|row| row.author_id).collect()).await?;
    let codes: Vec<String> = rows.iter().filter_map(|row| row.item_code.clone()).collect();
    let items = topics::refs(actor.locale, &checklist::by_codes(db, &codes).await?);
    Ok(rows
        .into_iter()
        .map(|row| Message {
            item: items.iter().find(|item| Some(&item.code) == row.item_code.as_ref()).cloned(),
            author: names.get(&row.author_id).cloned().unwrap_or_default(),
            from_coordination: row.side == "coordination",
            mine: actor.account.is_some_and(|id| id.0 == row.author_id),
            body: row.body,
            at: row.created_at,
        })
        .collect())
}
