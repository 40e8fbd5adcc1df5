//! Saved searches are looked at, and write when they found something new. A search is held by a conditional write while it
//! writes, and each mission is noted with the e-mail: two servers never tell of the same one twice.

use app::i18n::{Texts, k::mails as m};
use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    alerts::{
        Pace,
        rules::{Looked, MAX_NAMED, is_quiet},
    },
    missions::{MissionCard, MissionStatus},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::{account, alert, application, mission, municipality},
    error::Result,
    mail::{Mail, MailKind},
    missions::queries as missions,
    network,
    search::filters,
    store::Work,
};

/// Missions looked at for one e-mail: it names a few and counts the others.
const MOST: u64 = 200;

/// Looks at what is due. How many e-mails.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn(backend: &Backend) -> Result<u64> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    if is_quiet(now) {
        return Ok(0);
    }
    let newest = newest(db).await?;
    let towns = network::queries::all(db).await?;
    let mut sent = 0;
    for row in alert::Entity::find().order_by_asc(alert::Column::LookedAt).all(db).await? {
        if !is_due(&row, newest, now) {
            continue;
        }
        // One that fails keeps nobody else waiting.
        match look(backend, &row, newest, &towns).await {
            Ok(told) => sent += u64::from(told),
            Err(error) => tracing::error!(?error, alert = %row.id, "a saved search is not looked at"),
        }
    }
    Ok(sent)
}

/// When the newest mission that is online was published.
async fn newest(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    let newest: Option<Option<DateTime<Utc>>> = mission::Entity::find()
        .select_only()
        .column_as(mission::Column::PublishedAt.max(), "newest")
        .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
        .into_tuple()
        .one(db)
        .await?;
    Ok(newest.flatten())
}

fn is_due(row: &alert::Model, newest: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    let pace = Pace::parse(&row.pace).unwrap_or(Pace::Weekly);
    pace.is_due(Looked { at: row.looked_at, told_at: row.told_at }, newest, now)
}

/// Looks at one search, and tells whoever keeps it of what is new.
async fn look(
    backend: &Backend,
    seen: &alert::Model,
    newest: Option<DateTime<Utc>>,
    towns: &[municipality::Model],
) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    // The one who changes the row has it; the other server finds that it was looked at.
    let mine = alert::Entity::update_many()
        .col_expr(alert::Column::LookedAt, Expr::value(work.now))
        .filter(alert::Column::Id.eq(seen.id))
        .filter(alert::Column::LookedAt.eq(seen.looked_at))
        .exec(&work.tx)
        .await?;
    if mine.rows_affected == 0 || !is_due(seen, newest, work.now) {
        return Ok(false);
    }
    // Its filters as they are now that it is held.
    let Some(row) = alert::Entity::find_by_id(seen.id).one(&work.tx).await? else { return Ok(false) };
    let found = new_to(&work, &row, towns).await?;
    let reader = account::Entity::find_by_id(row.account_id).filter(account::Column::DisabledAt.is_null());
    let told = match reader.one(&work.tx).await? {
        Some(reader) if !found.is_empty() => {
            let ids: Vec<Uuid> = found.iter().map(|mission| mission.id).collect();
            queries::note(&work.tx, row.id, &ids).await?;
            alert::Entity::update_many()
                .col_expr(alert::Column::ToldAt, Expr::value(Some(work.now)))
                .filter(alert::Column::Id.eq(row.id))
                .exec(&work.tx)
                .await?;
            tell(&work, (&row, &reader), found, towns).await?;
            true
        }
        _ => false,
    };
    work.commit().await?;
    Ok(told)
}

/// What a search finds with a place left, does not know, and to which its owner has not applied.
async fn new_to(work: &Work, row: &alert::Model, towns: &[municipality::Model]) -> Result<Vec<mission::Model>> {
    let free = filters::slots_after(work.now).add(filters::has_place());
    let applied = application::Entity::find()
        .select_only()
        .column(application::Column::MissionId)
        .filter(application::Column::VolunteerId.eq(row.account_id))
        .into_query();
    Ok(queries::unknown(&work.tx, row, towns, work.now)
        .filter(mission::Column::Id.in_subquery(filters::with_slot(free)))
        .filter(mission::Column::Id.not_in_subquery(applied))
        .order_by_asc(filters::next_start(work.now))
        .order_by_asc(mission::Column::Id)
        .limit(MOST)
        .all(&work.tx)
        .await?)
}

async fn tell(
    work: &Work,
    (row, reader): (&alert::Model, &account::Model),
    found: Vec<mission::Model>,
    towns: &[municipality::Model],
) -> Result<()> {
    let locale = Locale::parse(&reader.locale).unwrap_or_default();
    let t = Texts(locale);
    let count = found.len();
    let more = u32::try_from(count.saturating_sub(MAX_NAMED))?;
    let named: Vec<mission::Model> = found.into_iter().take(MAX_NAMED).collect();
    let cards = missions::cards(&work.tx, locale, named, work.now).await?;
    let mut lines: Vec<String> = cards.iter().map(|card| line(work, t, card)).collect();
    if more > 0 {
        lines.push(t.count(m::ALERT_MORE, more));
    }
    let stop = work.link(&app::routes::stop_alert(&row.secret));
    let list = lines.join("\n\n");
    let facts = [("name", reader.given_name.as_str()), ("list", list.as_str()), ("stop", stop.as_str())];
    let path = app::routes::search(&queries::read(row, towns).query(), 1);
    let mail = Mail { kind: MailKind::NewMissions, facts: &facts, path: &path };
    let unsubscribe = work.link(&app::routes::stop_alert_at_once(&row.secret));
    work.mail_listed(&reader.email, locale, mail, &unsubscribe).await
}

/// A mission in the e-mail: its title, when and where, its address.
fn line(work: &Work, t: Texts, card: &MissionCard) -> String {
    let when = card.next.map(|(kind, start, end)| app::ui::time::slot(t, kind, start, end)).unwrap_or_default();
    let place = if card.remote { t.get(m::REMINDER_REMOTE).to_owned() } else { card.town.name.clone() };
    let link = work.link(&app::routes::mission(card.id, &card.slug));
    format!("{}\n{when}\n{place}\n{link}", card.title)
}
