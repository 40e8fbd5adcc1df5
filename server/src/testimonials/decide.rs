use domain::{
    access::Role::Coordinator,
    actor::Actor,
    error::{AppError, Conflict},
    ids::{MissionId, MunicipalityId, TestimonialId},
    testimonials::{Decided, ReplyAction, TestimonialAction as A, TestimonialStatus as S, Verdict, VerdictForm, Why},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{
    desk,
    queries::{change, named, offline, reply, settled, status, step, unsaid},
    tell,
};
use crate::{
    backend::Backend,
    entity::testimonial,
    error::{Result, Told, told},
    missions::queries as missions,
    network::queries::by_insee,
    store::Work,
};

/// Does what a coordinator decided on the state that they saw; when it is no longer that one, nothing.
pub async fn decide(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: TestimonialId,
    form: &VerdictForm,
    seen: i32,
) -> Result<Decided> {
    let work = Work::begin(backend, actor).await?;
    let town = MunicipalityId(by_insee(&work.tx, insee).await?.id);
    work.actor.require_coordinator(town).map_err(told)?;
    let row = testimonial::Entity::find_by_id(id.0)
        .filter(testimonial::Column::MunicipalityId.eq(town.0))
        .filter(testimonial::Column::SentAt.is_not_null())
        .lock_exclusive()
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let mission = missions::by_id(&work.tx, MissionId(row.mission_id)).await?;
    if !desk::may_decide(&work.actor, &row, &mission) {
        return Err(told(Conflict::FourEyes));
    }
    let verdict = form.read().told()?;
    if row.version != seen {
        return Ok(Decided::ChangedMeanwhile);
    }
    match verdict {
        Verdict::Publish => publish(&work, &row).await?,
        Verdict::Refuse(why) => refuse(&work, &row, &why).await?,
        Verdict::TakeDown(why) => take_down(&work, &row, &why).await?,
        Verdict::Keep(word) => keep(&work, &row, &word).await?,
        Verdict::PublishReply => publish_reply(&work, &row).await?,
        Verdict::RefuseReply(why) => refuse_reply(&work, &row, &why).await?,
    }
    work.commit().await?;
    Ok(Decided::Done)
}

async fn record(work: &Work, row: &testimonial::Model, to: S, reason: Option<&str>) -> Result<()> {
    work.record(step(row, Some(status(row)), named(to), reason)).await
}

/// An act that leaves the text where it stands.
async fn record_beside(work: &Work, row: &testimonial::Model, to: &str, reason: Option<&str>) -> Result<()> {
    work.record(step(row, None, to, reason)).await
}

/// The reason, as the history keeps it.
fn said(work: &Work, why: &Why) -> String {
    tell::reason(work.actor.locale, why)
}

/// Puts the text that waits online. What the organisation said of the one before went with that one.
async fn publish(work: &Work, row: &testimonial::Model) -> Result<()> {
    let after = status(row).apply(A::Publish, Coordinator).told()?;
    let mut change_to = testimonial::ActiveModel {
        status: Set(after.as_str().to_owned()),
        online_body: Set(Some(row.body.clone())),
        online_signature: Set(Some(row.signature.clone())),
        online_at: Set(Some(work.now)),
        ..Default::default()
    };
    unsaid(&mut change_to);
    let now = change(work, row, change_to).await?;
    record(work, row, S::Published, None).await?;
    tell::gone(work, row).await?;
    tell::published(work, &now).await
}

async fn refuse(work: &Work, row: &testimonial::Model, why: &Why) -> Result<()> {
    let after = status(row).apply(A::Refuse, Coordinator).told()?;
    let change_to = testimonial::ActiveModel {
        status: Set(after.as_str().to_owned()),
        why_code: Set(Some(why.code.as_str().to_owned())),
        why_word: Set(Some(why.word.clone())),
        ..Default::default()
    };
    change(work, row, change_to).await?;
    record(work, row, S::Refused, Some(&said(work, why))).await?;
    tell::refused(work, row, why).await
}

async fn take_down(work: &Work, row: &testimonial::Model, why: &Why) -> Result<()> {
    let after = status(row).apply(A::TakeDown, Coordinator).told()?;
    let Some(text) = row.online_body.clone() else { return Err(told(Conflict::NotInThisState)) };
    let mut change_to = testimonial::ActiveModel { status: Set(after.as_str().to_owned()), ..Default::default() };
    if after == S::TakenDown {
        change_to.why_code = Set(Some(why.code.as_str().to_owned()));
        change_to.why_word = Set(Some(why.word.clone()));
    }
    offline(&mut change_to);
    change(work, row, change_to).await?;
    let (reason, down) = (said(work, why), named(S::TakenDown));
    // Where a newer text is being written or read, that one stays where it is.
    let from = (after == S::TakenDown).then(|| status(row));
    work.record(step(row, from, down, Some(&reason))).await?;
    tell::taken_down(work, row, &text, why).await
}

/// Leaves online what was reported.
async fn keep(work: &Work, row: &testimonial::Model, word: &str) -> Result<()> {
    if row.report.is_none() {
        return Err(told(Conflict::NotInThisState));
    }
    let mut change_to = testimonial::ActiveModel::default();
    settled(&mut change_to);
    change(work, row, change_to).await?;
    record_beside(work, row, "testimonial_kept", Some(word)).await?;
    tell::kept(work, row, word).await
}

async fn publish_reply(work: &Work, row: &testimonial::Model) -> Result<()> {
    let before = reply(row).ok_or_else(|| told(Conflict::NotInThisState))?;
    let after = before.status.apply(ReplyAction::Publish, Coordinator).told()?;
    let change_to =
        testimonial::ActiveModel { reply_status: Set(Some(after.as_str().to_owned())), ..Default::default() };
    change(work, row, change_to).await?;
    record_beside(work, row, "reply_published", None).await?;
    tell::answered(work, row, &before.body).await
}

async fn refuse_reply(work: &Work, row: &testimonial::Model, why: &Why) -> Result<()> {
    let before = reply(row).ok_or_else(|| told(Conflict::NotInThisState))?;
    let after = before.status.apply(ReplyAction::Refuse, Coordinator).told()?;
    let change_to = testimonial::ActiveModel {
        reply_status: Set(Some(after.as_str().to_owned())),
        reply_why_code: Set(Some(why.code.as_str().to_owned())),
        reply_why_word: Set(Some(why.word.clone())),
        ..Default::default()
    };
    change(work, row, change_to).await?;
    record_beside(work, row, "reply_refused", Some(&said(work, why))).await?;
    tell::reply_refused(work, row, &before.body, why).await
}
