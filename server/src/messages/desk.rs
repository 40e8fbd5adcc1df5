//! What the coordinators of a town see of what was reported.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Grant},
    error::AppError,
    ids::{AccountId, MessageReportId, MunicipalityId},
    messages::{ReportFile, ReportList, ReportRow, Side, rules},
    network::TownRef,
    team::Duty,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    queries::Exchange,
    report::{READ, SUBJECT},
};
use crate::{
    accounts::queries::{holders, with_duty},
    backend::Backend,
    entity::{account, history as acts, message_report},
    error::{Result, told},
    network::queries::{all, by_insee, town_ref},
    organisations::queries as organisations,
    reviews::queries::{history, names},
};

/// The longest part of each half of the list that is shown.
const MOST: u64 = 200;

/// Whether somebody is a side of an exchange: nobody judges their own.
pub(super) fn is_side(actor: &Actor, exchange: &Exchange) -> bool {
    actor.role_in(exchange.answers).is_some() || actor.account == Some(AccountId(exchange.application.volunteer_id))
}

/// Whether somebody is the side that a report is about: they do not hear of it here.
fn is_accused(actor: &Actor, row: &message_report::Model, exchange: &Exchange) -> bool {
    match Side::parse(&row.side) {
        Some(Side::Volunteer) => actor.role_in(exchange.answers).is_some(),
        _ => actor.account == Some(AccountId(exchange.application.volunteer_id)),
    }
}

/// Whether no coordinator of the town may judge an exchange: it is the network's then.
///
/// # Errors
/// When the database cannot be reached.
pub(super) async fn reaches_network(db: &impl ConnectionTrait, exchange: &Exchange) -> Result<bool> {
    let ids = |people: Vec<account::Model>| people.into_iter().map(|person| person.id).collect::<Vec<Uuid>>();
    let town = MunicipalityId(exchange.mission.municipality_id);
    let coordinators = ids(holders(db, Grant::Coordinator(town)).await?);
    let team = ids(with_duty(db, exchange.answers, Duty::See).await?);
    Ok(rules::reaches_network(&coordinators, &team, exchange.application.volunteer_id))
}

/// Passes a coordinator of the town; where none of them may judge the exchange, an admin of the network.
///
/// # Errors
/// `SignInFirst` for a visitor; `NotFound` for anybody else.
pub(super) async fn require(db: &impl ConnectionTrait, actor: &Actor, exchange: &Exchange) -> Result<AccountId> {
    let town = MunicipalityId(exchange.mission.municipality_id);
    let me = actor.require_municipality_reader(town).map_err(told)?;
    let may = actor.coordinates(town) || reaches_network(db, exchange).await?;
    if may { Ok(me) } else { Err(told(AppError::NotFound)) }
}

/// What waits for the admins of the network, the longest first.
pub async fn of_network(backend: &Backend, actor: &Actor) -> Result<Vec<(TownRef, ReportRow)>> {
    actor.require_network().map_err(told)?;
    let db = backend.store.read();
    let open = message_report::Entity::find()
        .filter(message_report::Column::ClosedAt.is_null())
        .order_by_asc(message_report::Column::CreatedAt)
        .all(db)
        .await?;
    let towns: HashMap<Uuid, TownRef> = all(db).await?.iter().map(|town| (town.id, town_ref(town))).collect();
    let people = names(db, open.iter().map(|report| report.reporter_id).collect()).await?;
    let exchanges = Exchange::of_all(db, open.iter().map(|report| report.application_id).collect()).await?;
    let answering = organisations::names(db, exchanges.values().map(|exchange| exchange.answers.0).collect()).await?;
    let mut rows = Vec::new();
    for report in &open {
        let (exchange, town) = (exchanges.get(&report.application_id), towns.get(&report.municipality_id));
        let (Some(exchange), Some(town)) = (exchange, town) else { continue };
        if !is_accused(actor, report, exchange) && reaches_network(db, exchange).await? {
            rows.push((town.clone(), line(report, exchange, &people, &answering)));
        }
    }
    Ok(rows)
}

/// A line of the list; `people` and `answering` are names.
fn line(
    row: &message_report::Model,
    exchange: &Exchange,
    people: &HashMap<Uuid, String>,
    answering: &HashMap<Uuid, String>,
) -> ReportRow {
    let side = Side::parse(&row.side).unwrap_or(Side::Volunteer);
    ReportRow {
        id: MessageReportId(row.id),
        mission: exchange.mission.title.clone(),
        organisation: answering.get(&exchange.answers.0).cloned().unwrap_or_default(),
        reporter: (people.get(&row.reporter_id).cloned().unwrap_or_default(), side),
        at: row.created_at,
        closed_at: row.closed_at,
    }
}

/// What was reported in a town: what waits, the longest first, then what is closed, the newest first.
pub async fn list(backend: &Backend, actor: &Actor, insee: &str) -> Result<ReportList> {
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    actor.require_coordinator(MunicipalityId(town.id)).map_err(told)?;
    let all = || message_report::Entity::find().filter(message_report::Column::MunicipalityId.eq(town.id)).limit(MOST);
    let closed = message_report::Column::ClosedAt;
    let open = all().filter(closed.is_null()).order_by_asc(message_report::Column::CreatedAt).all(db).await?;
    let closed = all().filter(closed.is_not_null()).order_by_desc(closed).all(db).await?;
    let found: Vec<message_report::Model> = open.into_iter().chain(closed).collect();
    let people = names(db, found.iter().map(|report| report.reporter_id).collect()).await?;
    let exchanges = Exchange::of_all(db, found.iter().map(|report| report.application_id).collect()).await?;
    let answering = organisations::names(db, exchanges.values().map(|exchange| exchange.answers.0).collect()).await?;
    let shown = found.iter().filter_map(|report| {
        let exchange = exchanges.get(&report.application_id).filter(|exchange| !is_accused(actor, report, exchange))?;
        Some(line(report, exchange, &people, &answering))
    });
    Ok(ReportList { town: town_ref(&town), rows: shown.collect() })
}

/// How many reports of a town wait for this coordinator: none for anybody else.
///
/// # Errors
/// When the database cannot be reached.
pub async fn waiting(db: &impl ConnectionTrait, actor: &Actor, town: MunicipalityId) -> Result<u32> {
    if !actor.coordinates(town) {
        return Ok(0);
    }
    let open = message_report::Entity::find()
        .filter(message_report::Column::MunicipalityId.eq(town.0))
        .filter(message_report::Column::ClosedAt.is_null())
        .limit(MOST)
        .all(db)
        .await?;
    let exchanges = Exchange::of_all(db, open.iter().map(|report| report.application_id).collect()).await?;
    let theirs = open.iter().filter(|report| {
        exchanges.get(&report.application_id).is_some_and(|exchange| !is_accused(actor, report, exchange))
    });
    Ok(u32::try_from(theirs.count())?)
}

/// One report; the exchange is in it for whoever opened it, until the report is closed.
pub async fn file(backend: &Backend, actor: &Actor, insee: &str, id: MessageReportId) -> Result<ReportFile> {
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let found = message_report::Entity::find_by_id(id.0).filter(message_report::Column::MunicipalityId.eq(town.id));
    let found = found.one(db).await?.ok_or_else(|| told(AppError::NotFound))?;
    let people = names(db, vec![found.reporter_id]).await?;
    let exchange = Exchange::of(db, found.application_id).await?;
    let me = require(db, actor, &exchange).await?;
    let row = line(&found, &exchange, &people, &organisations::names(db, vec![exchange.answers.0]).await?);
    if is_accused(actor, &found, &exchange) {
        return Err(told(AppError::NotFound));
    }
    let may_act = found.closed_at.is_none() && !is_side(actor, &exchange);
    let opened = acts::Entity::find()
        .filter(acts::Column::Subject.eq(SUBJECT))
        .filter(acts::Column::SubjectId.eq(id.0))
        .filter(acts::Column::ToState.eq(READ))
        .filter(acts::Column::ActorId.eq(me.0));
    let opened = may_act && opened.count(db).await? > 0;
    Ok(ReportFile {
        town: town_ref(&town),
        row,
        volunteer: exchange.volunteer(db, true).await?,
        reason: found.reason,
        lines: if opened { Some(exchange.lines(db, true).await?) } else { None },
        word: found.word,
        may_act,
        network: !actor.coordinates(MunicipalityId(town.id)),
        history: history(db, &[(SUBJECT, id.0)]).await?,
    })
}
