//! Saved searches are looked at, and write when they found something new.
//!
//! Looking holds nothing: what is due and what it finds is read outside a transaction. Where there is something to say, a small one holds
//! the person and the search by a conditional write, notes each mission with the e-mail, and finds there what another search of the
//! same person, or another server, has told meanwhile: nobody is told of a mission twice.

use std::{collections::HashMap, sync::Arc, time::Duration};

use app::i18n::{Texts, k::mails as m};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    actor::{Actor, Locale},
    alerts::{
        Pace,
        rules::{Found, Looked, MAX_NAMED, is_quiet},
    },
    applications::rules::Span,
    crisis::InForce,
    missions::{MissionCard, MissionStatus, SlotKind},
    paris,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::{account, alert, application, mission, municipality, slot, volunteer},
    error::Result,
    mail::{Mail, MailKind},
    missions::queries as missions,
    network,
    search::filters,
    store::Work,
};

/// How often it is looked for what is due.
const PAUSE: Duration = Duration::from_secs(60);

/// Missions told of in one e-mail: it names a few and counts the others.
const MOST: usize = 200;

/// Missions of which the slots are asked at once, or which are forgotten at once; rows a statement.
const CHUNK: usize = 200;

/// What every search of a round is looked at with.
struct Round {
    now: DateTime<Utc>,
    newest: Option<DateTime<Utc>>,
    towns: Vec<municipality::Model>,
    measures: HashMap<Uuid, InForce>,
}

/// What became of one that was due.
enum Outcome {
    /// It wrote.
    Told,
    /// It found nothing to say.
    Nothing,
    /// Somebody else looked, or changed it, meanwhile.
    Elsewhere,
}

/// Looks for what is due, every minute, until told to stop; a task of its own, so that nothing else waits for it.
pub async fn run(backend: Backend, stop: CancellationToken) {
    let mut forgotten: Option<NaiveDate> = None;
    while !stop.is_cancelled() {
        match round(&backend, &stop).await {
            Ok(0) => {}
            Ok(times) => tracing::info!(%times, "saved searches tell of new missions"),
            Err(error) => tracing::error!(?error, "saved searches are not looked at"),
        }
        let today = paris::date(backend.clock.now());
        if forgotten != Some(today) {
            match forget(&backend).await {
                Ok(_) => forgotten = Some(today),
                Err(error) => tracing::error!(?error, "what was told of ended missions is still kept"),
            }
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Looks at what is due. How many e-mails.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn(backend: &Backend) -> Result<u64> {
    round(backend, &CancellationToken::new()).await
}

/// The same, until told to stop.
async fn round(backend: &Backend, stop: &CancellationToken) -> Result<u64> {
    let now = backend.clock.now();
    if is_quiet(now) {
        return Ok(0);
    }
    let round = Arc::new(Round::read(backend, now).await?);
    let rows = alert::Entity::find().order_by_asc(alert::Column::LookedAt).all(backend.store.read()).await?;
    let (mut sent, mut silent) = (0, Vec::new());
    for row in rows.into_iter().filter(|row| is_due(row, round.newest, now)) {
        if stop.is_cancelled() {
            break;
        }
        let id = row.id;
        // One that fails, or breaks, keeps nobody else waiting.
        match tokio::spawn(look(backend.clone(), round.clone(), row)).await {
            Ok(Ok(Outcome::Told)) => sent += 1,
            Ok(Ok(Outcome::Nothing)) => silent.push(id),
            Ok(Ok(Outcome::Elsewhere)) => {}
            Ok(Err(error)) => tracing::error!(?error, alert = %id, "a saved search is not looked at"),
            Err(error) => tracing::error!(?error, alert = %id, "a saved search breaks"),
        }
    }
    looked(backend, &silent, now).await?;
    Ok(sent)
}

/// Notes that some were looked at and had nothing to say.
async fn looked(backend: &Backend, silent: &[Uuid], now: DateTime<Utc>) -> Result<()> {
    for chunk in silent.chunks(CHUNK) {
        let tx = backend.store.begin().await?;
        alert::Entity::update_many()
            .col_expr(alert::Column::LookedAt, Expr::value(now))
            .filter(alert::Column::Id.is_in(chunk.iter().copied()))
            .filter(alert::Column::LookedAt.lt(now))
            .exec(&tx)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Forgets what people know, and were told of, where the mission has ended. How many notes.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(backend: &Backend) -> Result<u64> {
    let mut forgotten = 0;
    loop {
        let over = queries::ended_and_known(backend.store.read(), backend.clock.now(), CHUNK as u64).await?;
        if over.is_empty() {
            return Ok(forgotten);
        }
        let tx = backend.store.begin().await?;
        let gone = queries::forget(&tx, &over).await?;
        tx.commit().await?;
        // Another server has done it.
        if gone == 0 {
            return Ok(forgotten);
        }
        forgotten += gone;
    }
}

impl Round {
    async fn read(backend: &Backend, now: DateTime<Utc>) -> Result<Self> {
        let db = backend.store.read();
        let towns = network::queries::all(db).await?;
        let switched_on: Vec<_> = crisis::switched_on(db, now).await?.iter().map(crisis::measures).collect();
        let in_force = |town: &municipality::Model| InForce::of(town.id.into(), switched_on.iter().cloned());
        let measures = towns.iter().map(|town| (town.id, in_force(town))).collect();
        Ok(Self { now, newest: newest(db).await?, measures, towns })
    }
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
async fn look(backend: Backend, round: Arc<Round>, row: alert::Model) -> Result<Outcome> {
    let db = backend.store.read();
    let reader = account::Entity::find_by_id(row.account_id).filter(account::Column::DisabledAt.is_null());
    if reader.clone().one(db).await?.is_none() {
        return Ok(Outcome::Nothing);
    }
    let (found, from) = new_to(db, &row, &round).await?;
    if found.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let work = Work::begin(&backend, &Actor::default()).await?;
    // The person first and then the search, as whoever saves one does.
    let Some(reader) = reader.lock_exclusive().one(&work.tx).await? else { return Ok(Outcome::Nothing) };
    // The one who changes the row has it; the other server finds that it was looked at.
    let mine = alert::Entity::update_many()
        .col_expr(alert::Column::LookedAt, Expr::value(round.now))
        .col_expr(alert::Column::ToldAt, Expr::value(Some(work.now)))
        .filter(alert::Column::Id.eq(row.id))
        .filter(alert::Column::LookedAt.eq(row.looked_at))
        .filter(alert::Column::Pace.eq(&row.pace))
        .exec(&work.tx)
        .await?;
    if mine.rows_affected == 0 {
        return Ok(Outcome::Elsewhere);
    }
    let fresh = queries::tell_once(&work.tx, row.account_id, &found, work.now).await?;
    if fresh.is_empty() {
        return Ok(Outcome::Nothing);
    }
    queries::note(&work.tx, row.id, &fresh).await?;
    tell(&work, (&row, &reader), (&fresh, from), &round.towns).await?;
    work.commit().await?;
    Ok(Outcome::Told)
}

/// What a search finds with a place left that its owner may take, does not know, and to which they have not applied; from
/// which instant on its slots are looked at.
async fn new_to(db: &impl ConnectionTrait, row: &alert::Model, round: &Round) -> Result<(Vec<Uuid>, DateTime<Utc>)> {
    let filters::Matching { found, from, .. } = queries::unknown(db, row, &round.towns, round.now);
    // The first day that was asked for holds for the place too: a place on an earlier day is none.
    let free = filters::slots_after(from).add(filters::has_place());
    let applied = application::Entity::find()
        .select_only()
        .column(application::Column::MissionId)
        .filter(application::Column::VolunteerId.eq(row.account_id))
        .into_query();
    let candidates: Vec<(Uuid, Uuid, bool, bool)> = found
        .select_only()
        .column(mission::Column::Id)
        .column(mission::Column::MunicipalityId)
        .column(mission::Column::Remote)
        .column(mission::Column::OpenToMinors)
        .filter(mission::Column::Id.in_subquery(filters::with_slot(free.clone())))
        .filter(mission::Column::Id.not_in_subquery(applied))
        .order_by_asc(filters::next_start(from))
        .order_by_asc(mission::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let birth = volunteer::Entity::find_by_id(row.account_id).one(db).await?.map(|row| row.birth_date);
    let (mut fit, peace) = (Vec::new(), InForce::default());
    for chunk in candidates.chunks(CHUNK) {
        let slots = open(db, chunk.iter().map(|candidate| candidate.0), &free).await?;
        for (id, town, remote, open_to_minors) in chunk.iter().copied() {
            let slots = slots.get(&id).map(Vec::as_slice).unwrap_or_default();
            let measures = round.measures.get(&town).unwrap_or(&peace);
            if (Found { remote, open_to_minors, slots, measures }).may_be_taken(birth, round.now) {
                fit.push(id);
            }
        }
        if fit.len() >= MOST {
            fit.truncate(MOST);
            break;
        }
    }
    Ok((fit, from))
}

/// The slots of some missions that are meant, by mission.
async fn open(
    db: &impl ConnectionTrait,
    missions: impl Iterator<Item = Uuid>,
    meant: &Condition,
) -> Result<HashMap<Uuid, Vec<(SlotKind, Span)>>> {
    let rows = slot::Entity::find().filter(slot::Column::MissionId.is_in(missions)).filter(meant.clone());
    let mut found: HashMap<Uuid, Vec<(SlotKind, Span)>> = HashMap::new();
    for row in rows.all(db).await? {
        let kind = SlotKind::parse(&row.kind).unwrap_or(SlotKind::Dated);
        found.entry(row.mission_id).or_default().push((kind, (row.starts_at, row.ends_at)));
    }
    Ok(found)
}

async fn tell(
    work: &Work,
    (row, reader): (&alert::Model, &account::Model),
    (found, from): (&[Uuid], DateTime<Utc>),
    towns: &[municipality::Model],
) -> Result<()> {
    let locale = Locale::parse(&reader.locale).unwrap_or_default();
    let t = Texts(locale);
    let more = u32::try_from(found.len().saturating_sub(MAX_NAMED))?;
    let named = mission::Entity::find().filter(mission::Column::Id.is_in(found.iter().take(MAX_NAMED).copied()));
    let mut named = named.all(&work.tx).await?;
    named.sort_by_key(|mission| found.iter().position(|id| *id == mission.id));
    let cards = missions::cards(&work.tx, locale, named, from).await?;
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
