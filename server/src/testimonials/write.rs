use domain::{
    access::Role,
    actor::Actor,
    error::AppError,
    ids::{AccountId, MissionId},
    testimonials::{TestimonialAction, TestimonialStatus, Written, WrittenForm},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    own::{Attended, attended},
    queries::{change, emptied, held_own, named, status, step},
    tell,
};
use crate::{
    backend::Backend,
    entity::{application, testimonial},
    error::{Result, Told, told},
    store::Work,
    throttle::{self, Limit},
};

/// Keeps what a volunteer says of a mission that they came to, or sends it to the town.
pub async fn write(backend: &Backend, actor: &Actor, mission: MissionId, form: &WrittenForm, send: bool) -> Result<()> {
    let me = actor.signed_in().map_err(told)?;
    let written = form.read(send).told()?;
    throttle::take(backend, &format!("testimonial:{me}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    // One text at a time: the second of two presses finds the first.
    application::Entity::find()
        .filter(application::Column::VolunteerId.eq(me.0))
        .filter(application::Column::MissionId.eq(mission.0))
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    let found = attended(&work.tx, me, Some(mission)).await?.pop().ok_or_else(|| told(AppError::NotFound))?;
    let before = held_own(&work, me, mission.0).await?;
    let from = before.as_ref().map(status);
    let action = if send { TestimonialAction::Send } else { TestimonialAction::Save };
    let after = from.unwrap_or(TestimonialStatus::Draft).apply(action, Role::Volunteer).told()?;
    let row = keep(&work, me, &found, before.as_ref(), (after, written)).await?;
    if send || from != Some(after) {
        work.record(step(&row, from, named(after), None)).await?;
    }
    if send && from != Some(TestimonialStatus::Waiting) {
        tell::to_moderate(&work, &row, &found.mission).await?;
    }
    work.commit().await
}

async fn keep(
    work: &Work,
    me: AccountId,
    found: &Attended,
    before: Option<&testimonial::Model>,
    (status, written): (TestimonialStatus, Written),
) -> Result<testimonial::Model> {
    let mut row = testimonial::ActiveModel {
        status: Set(status.as_str().to_owned()),
        body: Set(written.body),
        signature: Set(written.signature.as_str().to_owned()),
        ..Default::default()
    };
    if status == TestimonialStatus::Waiting {
        // The reason was about the text before.
        (row.why_code, row.why_word, row.sent_at) = (Set(None), Set(None), Set(Some(work.now)));
    }
    if let Some(before) = before {
        return change(work, before, row).await;
    }
    row.id = Set(Uuid::now_v7());
    row.mission_id = Set(found.mission.id);
    row.account_id = Set(me.0);
    row.organisation_id = Set(found.organisation.0);
    row.municipality_id = Set(found.mission.municipality_id);
    row.version = Set(1);
    row.created_at = Set(work.now);
    row.updated_at = Set(work.now);
    Ok(row.insert(&work.tx).await?)
}

/// Takes one's own testimonial back: it leaves every page at once, and nothing of it is kept.
pub async fn withdraw(backend: &Backend, actor: &Actor, mission: MissionId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let me = work.actor.signed_in().map_err(told)?;
    let before = held_own(&work, me, mission.0).await?.ok_or_else(|| told(AppError::NotFound))?;
    let from = status(&before);
    from.apply(TestimonialAction::Withdraw, Role::Volunteer).told()?;
    let row = change(&work, &before, emptied()).await?;
    work.record(step(&row, Some(from), named(TestimonialStatus::Withdrawn), None)).await?;
    tell::gone(&work, &before).await?;
    work.commit().await
}
