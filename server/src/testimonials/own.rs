//! What a volunteer sees of their own testimonials.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    error::AppError,
    ids::{AccountId, MissionId, OrganisationId},
    testimonials::{OwnTestimonial, OwnTestimonialRow, ReplyStatus, Signature, TestimonialStatus, rules},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::queries::{given_name, reply, status, why};
use crate::{
    applications::queries as applications,
    backend::Backend,
    entity::{application, attendance, mission, testimonial},
    error::{Result, told},
    missions::partners,
    organisations::queries as organisations,
};

/// A mission that somebody came to, and who answered for it.
#[derive(Debug)]
pub struct Attended {
    /// The mission.
    pub mission: mission::Model,
    /// Who answered for the slots.
    pub organisation: OrganisationId,
}

/// The missions that somebody came to with validated hours, the newest first; or one of them.
///
/// # Errors
/// When the database cannot be reached.
pub async fn attended(db: &impl ConnectionTrait, account: AccountId, only: Option<MissionId>) -> Result<Vec<Attended>> {
    let mut rows = application::Entity::find()
        .filter(application::Column::VolunteerId.eq(account.0))
        .filter(application::Column::Status.eq(ApplicationStatus::Attended.as_str()));
    if let Some(mission) = only {
        rows = rows.filter(application::Column::MissionId.eq(mission.0));
    }
    let rows =
        rows.order_by_desc(application::Column::UpdatedAt).order_by_desc(application::Column::Id).all(db).await?;
    let notes = attendance::Entity::find()
        .filter(attendance::Column::ApplicationId.is_in(rows.iter().map(|row| row.id)))
        .filter(attendance::Column::ValidatedAt.is_not_null())
        .all(db)
        .await?;
    let mut minutes: HashMap<Uuid, i32> = HashMap::new();
    for note in notes {
        *minutes.entry(note.application_id).or_default() += note.minutes;
    }
    let missions = mission::Entity::find().filter(mission::Column::Id.is_in(rows.iter().map(|row| row.mission_id)));
    let missions: HashMap<Uuid, mission::Model> =
        missions.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut found: Vec<Attended> = Vec::new();
    for row in &rows {
        let given = minutes.get(&row.id).copied().unwrap_or_default();
        let Some(mission) = missions.get(&row.mission_id) else { continue };
        let twice = found.iter().any(|before| before.mission.id == mission.id);
        if rules::may_write(applications::status(row), given) && !twice {
            found.push(Attended { organisation: partners::answers(mission, row), mission: mission.clone() });
        }
    }
    Ok(found)
}

fn row(found: Attended, organisation: String, written: Option<&testimonial::Model>) -> OwnTestimonialRow {
    OwnTestimonialRow {
        mission: MissionId(found.mission.id),
        title: found.mission.title,
        organisation,
        status: written.map(status),
        online: written.is_some_and(|row| row.online_body.is_some()),
    }
}

/// The missions that the caller came to.
pub async fn list(backend: &Backend, actor: &Actor) -> Result<Vec<OwnTestimonialRow>> {
    let me = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let found = attended(db, me, None).await?;
    let written = testimonial::Entity::find().filter(testimonial::Column::AccountId.eq(me.0)).all(db).await?;
    let names = organisations::names(db, found.iter().map(|one| one.organisation.0).collect()).await?;
    let line = |found: Attended| {
        let written = written.iter().find(|row| row.mission_id == found.mission.id);
        let organisation = names.get(&found.organisation.0).cloned().unwrap_or_default();
        row(found, organisation, written)
    };
    Ok(found.into_iter().map(line).collect())
}

/// What the caller said of a mission that they came to; of any other there is nothing to see.
pub async fn one(backend: &Backend, actor: &Actor, mission: MissionId) -> Result<OwnTestimonial> {
    let me = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let found = attended(db, me, Some(mission)).await?.pop().ok_or_else(|| told(AppError::NotFound))?;
    let written = testimonial::Entity::find()
        .filter(testimonial::Column::AccountId.eq(me.0))
        .filter(testimonial::Column::MissionId.eq(mission.0))
        .one(db)
        .await?;
    let mut names = organisations::names(db, vec![found.organisation.0]).await?;
    let organisation = names.remove(&found.organisation.0).unwrap_or_default();
    let published = written.as_ref().is_some_and(|row| status(row) == TestimonialStatus::Published);
    let answer = written.as_ref().and_then(reply).filter(|reply| reply.status == ReplyStatus::Published);
    Ok(OwnTestimonial {
        given_name: given_name(db, me.0).await?,
        body: written.as_ref().map(|row| row.body.clone()).unwrap_or_default(),
        signature: written.as_ref().and_then(|row| Signature::parse(&row.signature)).unwrap_or(Signature::FirstName),
        online: written.as_ref().and_then(|row| row.online_body.clone()).filter(|_| !published),
        why: written.as_ref().and_then(why),
        reply: answer.map(|reply| reply.body),
        row: row(found, organisation, written.as_ref()),
    })
}
