use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    ids::ApplicationId,
    messages::{Door, MessagePage, Side},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    queries::{self, Exchange},
    report, templates,
};
use crate::{backend::Backend, entity::application_thread, error::Result, store::Work};

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
    Exchange::through(&work.tx, &work.actor, id, door).await?;
    until(&work, id, door.side(), seen).await?;
    work.commit().await
}

/// Moves the mark of a side forward, never back.
pub(super) async fn until(work: &Work, id: ApplicationId, side: Side, seen: DateTime<Utc>) -> Result<()> {
    let column = match side {
        Side::Volunteer => application_thread::Column::VolunteerReadAt,
        Side::Organisation => application_thread::Column::OrganisationReadAt,
    };
    let seen = seen.min(work.now);
    application_thread::Entity::update_many()
        .col_expr(column, Expr::value(seen))
        .filter(application_thread::Column::ApplicationId.eq(id.0))
        .filter(Condition::any().add(column.is_null()).add(column.lt(seen)))
        .exec(&work.tx)
        .await?;
    Ok(())
}
