//! Opens the file on a version that an organisation sent, and ends that of a mission that is given up or over.

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    actor::{Grant, Locale},
    ids::{MissionId, MunicipalityId, ReviewId},
    reviews::{
        ReviewAction, ReviewStatus,
        due::{Calendar, DEFAULT_HOURS, DEFAULT_REMINDER_HOURS, Deadline, OpenDays},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::{
    accounts::queries::holders,
    entity::{mission, mission_version, municipality, organisation, review},
    error::{Result, Told},
    mail::{Mail, MailKind},
    missions::queries::content,
    store::{Step, Work},
};

/// Opens the review of a version that has just been submitted, bound to its content, and tells the town's
/// coordinators. Answers when it is due.
///
/// # Errors
/// When the database refuses, or the stored content cannot be read.
pub async fn open(
    work: &Work,
    mission: &mission::Model,
    version: &mission_version::Model,
    town: &municipality::Model,
) -> Result<DateTime<Utc>> {
    let Deadline { due_at, remind_at, escalate_at } = deadline(town, work.now);
    let id = ReviewId(Uuid::now_v7());
    review::ActiveModel {
        id: Set(id.0),
        mission_id: Set(mission.id),
        mission_version_id: Set(version.id),
        municipality_id: Set(town.id),
        status: Set(ReviewStatus::Waiting.as_str().to_owned()),
        content_hash: Set(version.content_hash.clone()),
        due_at: Set(due_at),
        remind_at: Set(remind_at),
        escalate_at: Set(escalate_at),
        taken_by: Set(None),
        taken_at: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        reason: Set(None),
        created_at: Set(work.now),
        findings: Set(None),
    }
    .insert(&work.tx)
    .await?;
    work.record(Step {
        subject: "review",
        id: id.0,
        municipality: Some(MunicipalityId(town.id)),
        from: None,
        to: ReviewStatus::Waiting.as_str(),
        reason: None,
    })
    .await?;
    let title = content(version)?.title;
    tell_coordinators(work, id, mission, &title, town, due_at).await?;
    Ok(due_at)
}

/// The days on which a town's service works.
pub fn open_days(town: &municipality::Model) -> OpenDays {
    u8::try_from(town.work_days).ok().and_then(OpenDays::from_bits).unwrap_or_default()
}

/// When a version submitted then is due in a town, by its working days and its delays.
pub fn deadline(town: &municipality::Model, submitted: DateTime<Utc>) -> Deadline {
    let days = open_days(town);
    let hours = u32::try_from(town.review_hours).ok().filter(|hours| *hours > 0).unwrap_or(DEFAULT_HOURS);
    let reminder = u32::try_from(town.reminder_hours).unwrap_or(DEFAULT_REMINDER_HOURS);
    Deadline::new(Calendar::of(&town.insee, days), submitted, hours, reminder)
}

async fn tell_coordinators(
    work: &Work,
    id: ReviewId,
    mission: &mission::Model,
    title: &str,
    town: &municipality::Model,
    due_at: DateTime<Utc>,
) -> Result<()> {
    let organisation = organisation::Entity::find_by_id(mission.organisation_id).one(&work.tx).await?;
    let organisation = organisation.map(|row| row.name).unwrap_or_default();
    let path = app::routes::review(&town.insee, id);
    for coordinator in holders(&work.tx, Grant::Coordinator(MunicipalityId(town.id))).await? {
        let locale = Locale::parse(&coordinator.locale).unwrap_or_default();
        let due = app::ui::time::instant(locale, due_at);
        let facts =
            [("mission", title), ("organisation", organisation.as_str()), ("town", town.name.as_str()), ("due", &due)];
        work.mail(&coordinator.email, locale, Mail { kind: MailKind::MissionToReview, facts: &facts, path: &path })
            .await?;
    }
    Ok(())
}

/// Ends the open review of a mission that its organisation gives up or closes, or that is over: nobody decides on it any
/// more. It follows from the end of the mission, so no coordinator is named as having decided. Tells whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn close_for(work: &Work, mission: MissionId, reason: &str) -> Result<bool> {
    let mut ended = false;
    let open = [ReviewStatus::Waiting.as_str(), ReviewStatus::InReview.as_str()];
    let rows = review::Entity::find()
        .filter(review::Column::MissionId.eq(mission.0))
        .filter(review::Column::Status.is_in(open))
        .all(&work.tx)
        .await?;
    for row in rows {
        let before = ReviewStatus::parse(&row.status).unwrap_or(ReviewStatus::Refused);
        let after = before.apply(ReviewAction::Drop, Role::System).told()?;
        let closed = review::Entity::update_many()
            .col_expr(review::Column::Status, Expr::value(after.as_str()))
            .col_expr(review::Column::DecidedAt, Expr::value(work.now))
            .col_expr(review::Column::Reason, Expr::value(reason))
            .filter(review::Column::Id.eq(row.id))
            .filter(review::Column::Status.eq(before.as_str()))
            .exec(&work.tx)
            .await?;
        if closed.rows_affected == 1 {
            ended = true;
            work.record(Step {
                subject: "review",
                id: row.id,
                municipality: Some(MunicipalityId(row.municipality_id)),
                from: Some(before.as_str()),
                to: after.as_str(),
                reason: Some(reason),
            })
            .await?;
        }
    }
    Ok(ended)
}
