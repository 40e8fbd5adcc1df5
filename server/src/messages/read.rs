use app::routes;
use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    ids::ApplicationId,
    messages::{Door, MessagePage, Side, rules},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    queries::{self, Exchange},
    report, templates,
};
use crate::{
    backend::Backend,
    entity::application_thread,
    error::Result,
    mail::{MailKind, outbox},
    organisations::queries as organisations,
    store::Work,
};

/// The exchange, for one of its sides.
pub async fn exchange(backend: &Backend, actor: &Actor, id: ApplicationId, door: Door) -> Result<MessagePage> {
    let (db, now, side) = (backend.store.read(), backend.clock.now(), door.side());
    let (exchange, _) = Exchange::through(db, actor, id, door).await?;
    let thread = application_thread::Entity::find_by_id(id.0).one(db).await?;
    let lines = exchange.lines(db, false).await?;
    let reported = report::is_open(db, id.0, side).await?;
    Ok(MessagePage {
        application: id,
        status: exchange.status(),
        door,
        mission: exchange.mission.title.clone(),
        organisation: exchange.organisation(db).await?,
        volunteer: exchange.volunteer(db, side == Side::Volunteer).await?,
        open_until: exchange.open_until(now),
        paused: side == Side::Organisation && !organisations::is_approved(db, exchange.answers).await?,
        unread: thread.and_then(|thread| queries::unread(&thread, side)),
        may_report: !reported && lines.iter().any(|line| line.side != side),
        reported,
        templates: match side {
            Side::Volunteer => Vec::new(),
            Side::Organisation => templates::of(db, exchange.answers).await?,
        },
        lines,
    })
}

/// Marks what was written until an instant as read, for all of one's side.
pub async fn mark(backend: &Backend, actor: &Actor, id: ApplicationId, door: Door, seen: DateTime<Utc>) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let (exchange, _) = Exchange::through(&work.tx, &work.actor, id, door).await?;
    until(&work, &exchange, door.side(), seen).await?;
    work.commit().await
}

/// Moves the mark of a side forward, never back. The notice that waits to leave goes once it would tell of nothing new.
pub(super) async fn until(work: &Work, exchange: &Exchange, side: Side, seen: DateTime<Utc>) -> Result<()> {
    let id = exchange.application.id;
    let column = match side {
        Side::Volunteer => application_thread::Column::VolunteerReadAt,
        Side::Organisation => application_thread::Column::OrganisationReadAt,
    };
    let seen = seen.min(work.now);
    application_thread::Entity::update_many()
        .col_expr(column, Expr::value(seen))
        .filter(application_thread::Column::ApplicationId.eq(id))
        .filter(Condition::any().add(column.is_null()).add(column.lt(seen)))
        .exec(&work.tx)
        .await?;
    match application_thread::Entity::find_by_id(id).one(&work.tx).await? {
        Some(thread) if queries::unread(&thread, side).is_none() => recall(work, exchange, side, &thread).await,
        _ => Ok(()),
    }
}

/// Takes the notice back that waits to leave for a side which has read everything. The hour runs from the notice before it
/// again, so that what is written next has one. A conditional write: whoever wrote in between keeps theirs.
async fn recall(work: &Work, exchange: &Exchange, side: Side, thread: &application_thread::Model) -> Result<()> {
    use application_thread::Column;
    let (told_at, wrote_at, due, wrote) = match side {
        Side::Volunteer => (
            Column::VolunteerToldAt,
            Column::OrganisationWroteAt,
            thread.volunteer_told_at,
            thread.organisation_wrote_at,
        ),
        Side::Organisation => (
            Column::OrganisationToldAt,
            Column::VolunteerWroteAt,
            thread.organisation_told_at,
            thread.volunteer_wrote_at,
        ),
    };
    let Some((due, wrote)) = due.filter(|due| work.now < *due).zip(wrote) else { return Ok(()) };
    let back = application_thread::Entity::update_many()
        .col_expr(told_at, Expr::value(due - rules::NOTICE_EVERY))
        .filter(Column::ApplicationId.eq(thread.application_id))
        .filter(told_at.eq(due))
        .filter(wrote_at.eq(wrote))
        .exec(&work.tx)
        .await?;
    if back.rows_affected == 0 {
        return Ok(());
    }
    let path = routes::messages(thread.application_id.into(), exchange.door(side));
    outbox::recall(&work.tx, MailKind::MessageReceived, due, &path).await
}
