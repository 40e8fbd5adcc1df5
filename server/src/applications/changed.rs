//! What accepted volunteers are told when practical details, the place or the hours of a mission change: what is other than when
//! they last heard of it, in one e-mail an hour at most.

use app::{
    i18n::{Text, Texts, k::mails as m},
    ui::time,
};
use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::{ApplicationStatus, rules::Span},
    ids::SlotId,
    missions::{Details, MissionStatus, TOLD_EVERY, may_tell},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    queries,
    reminders::accepted_at,
    tell::{Affair, lines},
};
use crate::{
    backend::Backend,
    entity::{application, details_notice, mission, municipality},
    error::Result,
    mail::{Mail, MailKind},
    missions::{partners, queries as missions},
    store::Work,
};

/// How many missions one round looks at.
const ROUND: u64 = 100;

/// What volunteers of a mission go by; nothing before it is online.
///
/// # Errors
/// When the database cannot be reached.
pub async fn details(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<Option<Details>> {
    let Some(version) = mission.published_version_id else { return Ok(None) };
    let content = missions::content(&missions::version(db, version).await?)?;
    let slots = missions::slots(db, vec![mission.id]).await?;
    Ok(Some(Details {
        practical: mission.practical.clone(),
        remote: content.remote,
        address: content.address,
        slots: slots.iter().map(|row| (SlotId(row.id), (row.starts_at, row.ends_at))).collect(),
    }))
}

/// Notes that something else holds than before, for the next round to tell. The caller holds the mission.
///
/// # Errors
/// When the database refuses.
pub async fn note(work: &Work, mission: &mission::Model, before: Option<Details>) -> Result<()> {
    let Some((before, after)) = before.zip(details(&work.tx, mission).await?) else { return Ok(()) };
    if !after.is_news(&before) {
        return Ok(());
    }
    let row = details_notice::Entity::find_by_id(mission.id).one(&work.tx).await?;
    let (known, waits) = (row.is_some(), row.as_ref().is_some_and(|row| row.known.is_some()));
    let mut row = row.map(IntoActiveModel::into_active_model).unwrap_or_default();
    // Of what changes several times before they are told, they know how it was before the first.
    if !waits {
        row.known = Set(Some(serde_json::to_string(&before)?));
    }
    row.changed_at = Set(work.now);
    if known {
        row.update(&work.tx).await?;
    } else {
        row.mission_id = Set(mission.id);
        row.told_at = Set(None);
        row.insert(&work.tx).await?;
    }
    Ok(())
}

/// Tells volunteers what has changed since they last heard of it. How many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn(backend: &Backend) -> Result<u64> {
    use details_notice::Column::{ChangedAt, Known, MissionId, ToldAt};
    // What is suspended is told once it is back.
    let states = [MissionStatus::Published, MissionStatus::Closed].map(MissionStatus::as_str);
    let takes_place = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::Status.is_in(states))
        .into_query();
    let due = details_notice::Entity::find()
        .filter(Known.is_not_null())
        .filter(Condition::any().add(ToldAt.is_null()).add(ToldAt.lte(backend.clock.now() - TOLD_EVERY)))
        .filter(MissionId.in_subquery(takes_place))
        .order_by_asc(ChangedAt)
        .limit(ROUND)
        .all(backend.store.read())
        .await?;
    let mut told = 0;
    // One that fails keeps nobody else waiting.
    for row in due {
        match tell(backend, row.mission_id).await {
            Ok(people) => told += people,
            Err(error) => tracing::error!(?error, mission = %row.mission_id, "changed details are told to nobody"),
        }
    }
    Ok(told)
}

/// Tells those of one mission, unless another server was faster.
async fn tell(backend: &Backend, id: Uuid) -> Result<u64> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(mission) = mission::Entity::find_by_id(id).lock_exclusive().one(&work.tx).await? else { return Ok(0) };
    let Some(row) = details_notice::Entity::find_by_id(id).one(&work.tx).await? else { return Ok(0) };
    let known = row.known.as_deref().filter(|_| may_tell(row.told_at, work.now));
    let Some((known, after)) = known.zip(details(&work.tx, &mission).await?) else { return Ok(0) };
    let before: Details = serde_json::from_str(known)?;
    let told = everybody(&work, &mission, (&before, &after), row.changed_at).await?;
    let mut row = row.into_active_model();
    row.known = Set(None);
    if told > 0 {
        row.told_at = Set(Some(work.now));
    }
    row.update(&work.tx).await?;
    work.commit().await?;
    Ok(told)
}

/// Those who are accepted for something to come, but for whoever was accepted since: they have read how it is.
async fn everybody(
    work: &Work,
    mission: &mission::Model,
    (before, after): (&Details, &Details),
    changed_at: DateTime<Utc>,
) -> Result<u64> {
    if !after.is_news(before) {
        return Ok(0);
    }
    let rows = application::Entity::find()
        .filter(application::Column::MissionId.eq(mission.id))
        .filter(application::Column::Status.eq(ApplicationStatus::Accepted.as_str()))
        .order_by_asc(application::Column::Id)
        .all(&work.tx)
        .await?;
    let accepted = accepted_at(&work.tx, &rows).await?;
    let mut slots = queries::slots(&work.tx, rows.iter().map(|row| row.id).collect()).await?;
    let town = municipality::Entity::find_by_id(mission.municipality_id).one(&work.tx).await?;
    let town = town.map(|town| town.name).unwrap_or_default();
    let mut told = 0;
    for row in rows {
        let mut held = slots.remove(&row.id).unwrap_or_default();
        held.retain(|slot| slot.cancelled_at.is_none() && slot.ends_at > work.now);
        // Of a partner that is suspended they were told not to come.
        let held = partners::only_offered(&work.tx, held).await?;
        if held.is_empty() || accepted.get(&row.id).is_some_and(|at| *at > changed_at) {
            continue;
        }
        let affair = Affair::read(work, mission, &row, &held).await?;
        let changes = changes(&affair, before, after, &town);
        if affair.volunteer.disabled_at.is_some() || changes.is_empty() {
            continue;
        }
        let (locale, path) = (affair.locale(), app::routes::own_application(row.id.into()));
        let facts = [
            ("name", affair.volunteer.given_name.as_str()),
            ("mission", &mission.title),
            ("organisation", &affair.organisation),
            ("changes", &changes),
            ("slots", &lines(locale, &held)),
        ];
        let mail = Mail { kind: MailKind::DetailsChanged, facts: &facts, path: &path };
        work.mail(&affair.volunteer.email, locale, mail).await?;
        told += 1;
    }
    Ok(told)
}

/// What has changed for one person, as it was and as it is.
fn changes(affair: &Affair<'_>, before: &Details, after: &Details, town: &str) -> String {
    let t = Texts(affair.locale());
    let said = |text: String| if text.is_empty() { t.get(m::DETAILS_NOTHING).to_owned() } else { text };
    let line = |what: Text, before: String, after: String| {
        let (before, after) = (said(before), said(after));
        t.with(m::DETAILS_LINE, &[("what", t.get(what)), ("before", &before), ("after", &after)])
    };
    let mut found = Vec::new();
    // What a partner tells its own volunteers is not the mission's.
    if affair.answers.0 == affair.mission.organisation_id && before.practical != after.practical {
        found.push(line(m::DETAILS_PRACTICAL, before.practical.clone(), after.practical.clone()));
    }
    if after.is_elsewhere(before) {
        found.push(line(m::DETAILS_PLACE, place(t, before, town), place(t, after, town)));
    }
    for (id, was, is) in after.moved(before) {
        let Some(slot) = affair.slots.iter().find(|slot| slot.id == id.0) else { continue };
        let kind = missions::line(slot).kind;
        let when = |(starts_at, ends_at): Span| time::slot(t, kind, starts_at, ends_at);
        found.push(line(m::DETAILS_HOURS, when(was), when(is)));
    }
    found.join("\n\n")
}

fn place(t: Texts, details: &Details, town: &str) -> String {
    if details.remote {
        return t.get(m::REMINDER_REMOTE).to_owned();
    }
    domain::missions::place(&details.address, None, town)
}
