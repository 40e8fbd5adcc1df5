use domain::{
    actor::{Actor, Grant},
    error::{AppError, Conflict, Problem},
    ids::{AccountId, ApplicationId, MessageReportId, MunicipalityId},
    messages::{Door, Side, rules},
    team::Duty,
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::{desk, queries::Exchange};
use crate::{
    accounts::queries::{holders, with_duty},
    backend::Backend,
    entity::{application, message_report, municipality},
    error::{Result, told},
    mail::{Mail, MailKind},
    network::queries as network,
    store::{Step, Work},
    throttle::{self, Limit},
};

/// What the history calls reports.
pub(super) const SUBJECT: &str = "message_report";
/// What it says once a coordinator opened the exchange.
pub(super) const READ: &str = "thread_read";

/// Whether a side has a report of this exchange that is not closed.
pub(super) async fn is_open(db: &impl ConnectionTrait, application: Uuid, side: Side) -> Result<bool> {
    let open = message_report::Entity::find()
        .filter(message_report::Column::ApplicationId.eq(application))
        .filter(message_report::Column::Side.eq(side.as_str()))
        .filter(message_report::Column::ClosedAt.is_null());
    Ok(open.count(db).await? > 0)
}

/// A text that must say something.
fn said(field: &'static str, typed: &str, empty: Problem) -> Result<String> {
    text::paragraphs(typed, 1, rules::LONGEST_REASON).map_err(|problem| {
        let problem = if problem == Problem::Required { empty } else { problem };
        told(AppError::field(field, problem))
    })
}

/// Reports an exchange to the coordinators of the town.
pub async fn report(backend: &Backend, actor: &Actor, id: ApplicationId, door: Door, reason: &str) -> Result<()> {
    let account = actor.signed_in().map_err(told)?;
    let reason = said("reason", reason, Problem::ReasonRequired)?;
    throttle::take(backend, &format!("message:{account}"), Limit::MESSAGES).await?;
    let (work, side) = (Work::begin(backend, actor).await?, door.side());
    // One report at a time: the second of two presses finds the first.
    application::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?;
    let (exchange, me) = Exchange::through(&work.tx, &work.actor, id, door).await?;
    let wrote = exchange.lines(&work.tx, false).await?.iter().any(|line| line.side != side);
    if !wrote || is_open(&work.tx, id.0, side).await? {
        return Err(told(Conflict::NotInThisState));
    }
    let (report, town) = (Uuid::now_v7(), MunicipalityId(exchange.mission.municipality_id));
    message_report::ActiveModel {
        id: Set(report),
        application_id: Set(id.0),
        municipality_id: Set(town.0),
        reporter_id: Set(me.0),
        side: Set(side.as_str().to_owned()),
        reason: Set(reason.clone()),
        created_at: Set(work.now),
        closed_at: Set(None),
        closed_by: Set(None),
        word: Set(None),
    }
    .insert(&work.tx)
    .await?;
    record(&work, report, town, None, "reported", None).await?;
    alert(&work, &exchange, side, (MessageReportId(report), &reason)).await?;
    work.commit().await
}

/// Writes to the town's coordinators, and to the network's admins where none of them may judge it; one who is the other side
/// is not told what is said of them.
async fn alert(work: &Work, exchange: &Exchange, side: Side, (report, reason): (MessageReportId, &str)) -> Result<()> {
    let (author, accused) = match side {
        Side::Volunteer => {
            let team = with_duty(&work.tx, exchange.answers, Duty::See).await?;
            (exchange.volunteer(&work.tx, true).await?, team.into_iter().map(|account| account.id).collect())
        }
        Side::Organisation => (exchange.organisation(&work.tx).await?, vec![exchange.application.volunteer_id]),
    };
    let town = MunicipalityId(exchange.mission.municipality_id);
    let path = app::routes::message_report(&network::by_id(&work.tx, town).await?.insee, report);
    let facts = [("author", author.as_str()), ("mission", exchange.mission.title.as_str()), ("reason", reason)];
    let mail = Mail { kind: MailKind::MessageReported, facts: &facts, path: &path };
    let mut told = holders(&work.tx, Grant::Coordinator(town)).await?;
    if desk::reaches_network(&work.tx, exchange).await? {
        let known: Vec<Uuid> = told.iter().map(|account| account.id).collect();
        let network = holders(&work.tx, Grant::NetworkAdmin).await?;
        told.extend(network.into_iter().filter(|account| !known.contains(&account.id)));
    }
    for account in told.into_iter().filter(|account| !accused.contains(&account.id)) {
        work.mail_account(AccountId(account.id), mail).await?;
    }
    Ok(())
}

async fn record(
    work: &Work,
    id: Uuid,
    town: MunicipalityId,
    from: Option<&str>,
    to: &str,
    reason: Option<&str>,
) -> Result<()> {
    work.record(Step { subject: SUBJECT, id, municipality: Some(town), from, to, reason }).await
}

/// An open report that the actor may judge, as a coordinator of the town or for the network, and is no side of, held until the
/// transaction ends.
async fn held(
    work: &Work,
    insee: &str,
    id: MessageReportId,
) -> Result<(municipality::Model, message_report::Model, Exchange)> {
    let town = network::by_insee(&work.tx, insee).await?;
    work.actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let row = message_report::Entity::find_by_id(id.0)
        .filter(message_report::Column::MunicipalityId.eq(town.id))
        .lock_exclusive()
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let exchange = Exchange::of(&work.tx, row.application_id).await?;
    desk::require(&work.tx, &work.actor, &exchange).await?;
    if desk::is_side(&work.actor, &exchange) {
        return Err(told(Conflict::FourEyes));
    }
    if row.closed_at.is_some() {
        return Err(told(Conflict::NotInThisState));
    }
    Ok((town, row, exchange))
}

/// Opens the exchange that was reported: the history notes who did.
pub async fn open(backend: &Backend, actor: &Actor, insee: &str, id: MessageReportId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let (town, row, _) = held(&work, insee, id).await?;
    record(&work, row.id, MunicipalityId(town.id), Some("reported"), READ, None).await?;
    work.commit().await
}

/// Closes a report with a word to whoever reported.
pub async fn close(backend: &Backend, actor: &Actor, insee: &str, id: MessageReportId, word: &str) -> Result<()> {
    let me = actor.signed_in().map_err(told)?;
    let word = said("word", word, Problem::Required)?;
    let work = Work::begin(backend, actor).await?;
    let (town, row, exchange) = held(&work, insee, id).await?;
    message_report::Entity::update_many()
        .col_expr(message_report::Column::ClosedAt, Expr::value(work.now))
        .col_expr(message_report::Column::ClosedBy, Expr::value(me.0))
        .col_expr(message_report::Column::Word, Expr::value(word.clone()))
        .filter(message_report::Column::Id.eq(row.id))
        .exec(&work.tx)
        .await?;
    record(&work, row.id, MunicipalityId(town.id), Some("reported"), "report_closed", Some(&word)).await?;
    let side = Side::parse(&row.side).unwrap_or(Side::Volunteer);
    let path = app::routes::messages(row.application_id.into(), exchange.door(side));
    let facts =
        [("service", town.service_name.as_str()), ("mission", exchange.mission.title.as_str()), ("word", &word)];
    let of_town = work.actor.coordinates(MunicipalityId(town.id));
    let kind = if of_town { MailKind::ReportClosed } else { MailKind::ReportClosedByNetwork };
    let mail = Mail { kind, facts: &facts, path: &path };
    work.mail_account(AccountId(row.reporter_id), mail).await?;
    work.commit().await
}
