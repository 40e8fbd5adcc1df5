//! What the organisation does: it reads what is said of its missions, answers once, and reports.

use std::collections::HashMap;

use domain::{
    access::Role,
    actor::Actor,
    error::{AppError, Conflict},
    ids::{OrganisationId, TestimonialId},
    team::Duty,
    testimonials::{ReplyAction, ReplyStatus, TheirTestimonial, TheirTestimonials, rules},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    queries::{change, reply as answer, signed, step},
    tell,
};
use crate::{
    backend::Backend,
    entity::{account, mission, testimonial},
    error::{Result, Told, told},
    organisations::queries as organisations,
    store::Work,
    throttle::{self, Limit},
};

/// Most that are listed.
const MOST: u64 = 200;

/// What is online on the missions of an organisation, the newest first.
pub async fn list(backend: &Backend, actor: &Actor, id: OrganisationId) -> Result<TheirTestimonials> {
    actor.require_organisation(id, Duty::Organisation).map_err(told)?;
    let db = backend.store.read();
    let organisation = organisations::by_id(db, id).await?;
    let rows = testimonial::Entity::find()
        .filter(testimonial::Column::OrganisationId.eq(id.0))
        .filter(testimonial::Column::OnlineAt.is_not_null())
        .order_by_desc(testimonial::Column::OnlineAt)
        .order_by_desc(testimonial::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    let authors = account::Entity::find().filter(account::Column::Id.is_in(rows.iter().map(|row| row.account_id)));
    let open: HashMap<Uuid, String> = authors
        .filter(account::Column::DisabledAt.is_null())
        .all(db)
        .await?
        .into_iter()
        .map(|row| (row.id, row.given_name))
        .collect();
    let titles = mission::Entity::find().filter(mission::Column::Id.is_in(rows.iter().map(|row| row.mission_id)));
    let titles: HashMap<Uuid, String> = titles.all(db).await?.into_iter().map(|row| (row.id, row.title)).collect();
    let line = |row: testimonial::Model| {
        let given_name = open.get(&row.account_id)?;
        let reply = answer(&row);
        Some(TheirTestimonial {
            id: TestimonialId(row.id),
            mission: titles.get(&row.mission_id).cloned().unwrap_or_default(),
            given_name: signed(row.online_signature.as_deref().unwrap_or_default(), given_name),
            at: row.online_at?,
            body: row.online_body?,
            may_reply: reply.as_ref().is_none_or(|reply| reply.status == ReplyStatus::Refused),
            reply,
            reported: row.report.is_some(),
        })
    };
    Ok(TheirTestimonials { organisation: (id, organisation.name), rows: rows.into_iter().filter_map(line).collect() })
}

/// What is online on a mission of an organisation that the actor administers, held until the transaction ends.
async fn held(work: &Work, organisation: OrganisationId, id: TestimonialId) -> Result<testimonial::Model> {
    work.actor.require_organisation(organisation, Duty::Organisation).map_err(told)?;
    testimonial::Entity::find_by_id(id.0)
        .filter(testimonial::Column::OrganisationId.eq(organisation.0))
        .filter(testimonial::Column::OnlineAt.is_not_null())
        .lock_exclusive()
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(AppError::NotFound))
}

/// Sends the organisation's one answer to the town; one that was sent back may be mended.
pub async fn reply(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    id: TestimonialId,
    body: &str,
) -> Result<()> {
    let me = actor.signed_in().map_err(told)?;
    let body = rules::reply(body).map_err(|problem| told(AppError::field("body", problem)))?;
    throttle::take(backend, &format!("testimonial:{me}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let row = held(&work, organisation, id).await?;
    let status = match answer(&row).map(|reply| reply.status) {
        None => ReplyStatus::Waiting,
        Some(before) => before.apply(ReplyAction::Send, Role::OrganisationAdmin).told()?,
    };
    let after = testimonial::ActiveModel {
        reply_status: Set(Some(status.as_str().to_owned())),
        reply_body: Set(Some(body)),
        reply_at: Set(Some(work.now)),
        reply_by: Set(Some(me.0)),
        reply_why_code: Set(None),
        reply_why_word: Set(None),
        ..Default::default()
    };
    let row = change(&work, &row, after).await?;
    said(&work, &row, "reply_sent").await?;
    tell::reply_to_moderate(&work, &row).await?;
    work.commit().await
}

/// Reports what is online to the town.
pub async fn report(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    id: TestimonialId,
    reason: &str,
) -> Result<()> {
    let me = actor.signed_in().map_err(told)?;
    let reason = rules::reason(reason).map_err(|problem| told(AppError::field("reason", problem)))?;
    throttle::take(backend, &format!("testimonial:{me}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let row = held(&work, organisation, id).await?;
    if row.report.is_some() {
        return Err(told(Conflict::NotInThisState));
    }
    let after = testimonial::ActiveModel {
        report: Set(Some(reason)),
        reported_at: Set(Some(work.now)),
        reported_by: Set(Some(me.0)),
        ..Default::default()
    };
    let row = change(&work, &row, after).await?;
    said(&work, &row, "testimonial_reported").await?;
    tell::reported(&work, &row).await?;
    work.commit().await
}

/// The history says that the organisation said something; what, the page says as long as it is there.
async fn said(work: &Work, row: &testimonial::Model, to: &str) -> Result<()> {
    work.record(step(row, None, to, None)).await
}
