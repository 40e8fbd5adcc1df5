//! A mission under review beside another, and «not a duplicate because…».

use app::{
    i18n::{Texts, k::reviews as r},
    routes,
};
use domain::{
    actor::{Actor, Locale},
    error::{AppError, Conflict, Problem},
    ids::{MissionId, MunicipalityId, ReviewId},
    reviews::{Comparison, ReviewStatus},
    text,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{
    asked::{Part, Subject, stands_in},
    case::Case,
    changes,
    duplicates::{self, speaks_for, verdicts::Verdict},
    file::{Way, beside},
    join::preview,
    take::take_in,
};
use crate::{
    backend::Backend,
    entity::{mission, review},
    error::{Result, told},
    missions::queries,
    network::queries::{by_insee, town_ref},
    store::{Step, Work},
};

/// The mission under review beside another live one of its town.
pub async fn compare(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: ReviewId,
    other: MissionId,
) -> Result<Comparison> {
    actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = by_insee(db, insee).await?;
    let me = actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let review = review::Entity::find_by_id(id.0)
        .filter(review::Column::MunicipalityId.eq(town.id))
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let mission = queries::by_id(db, MissionId(review.mission_id)).await?;
    let version = queries::version(db, review.mission_version_id).await?;
    let content = queries::content(&version)?;
    let part = Part::in_mission(db, &mission, &version).await?;
    let may_act =
        actor.coordinates(MunicipalityId(town.id)) || stands_in(db, actor, &town, Subject::Mission(id), &part).await?;
    let likeness = duplicates::likeness(backend, &mission, (&content, &version.content_hash), other).await?;
    let slots = queries::planned(&content, mission.organisation_id);
    let this = queries::page(db, actor.locale, &mission, &content, slots, now).await?;
    let rival = queries::by_id(db, other).await?;
    let speaks = speaks_for(db, &rival).await?;
    let rival_content = queries::content(&speaks)?;
    let slots = queries::planned(&rival_content, rival.organisation_id);
    let other = queries::page(db, actor.locale, &rival, &rival_content, slots, now).await?;
    Ok(Comparison {
        review: id,
        status: ReviewStatus::parse(&review.status).unwrap_or(ReviewStatus::Refused),
        mine: review.taken_by == Some(me.0),
        may_act,
        differences: changes::of(&content.reviewed_differences(&rival_content), &this, &other),
        join: preview(db, (&review, &mission, &content), (&rival, &speaks), now).await?,
        next: beside(db, &town, &review, me, Way::On).await?,
        seen: speaks.content_hash,
        address: likeness
            .slug
            .as_ref()
            .map(|slug| format!("{}{}", backend.settings.public_url, routes::mission(other.id, slug))),
        town: town_ref(&town),
        this,
        other,
        likeness,
    })
}

/// Keeps why two missions are no duplicates; whoever says so takes a review that waits.
///
/// # Errors
/// `OtherChanged` when the other one is no longer what was read.
pub async fn dismiss(
    backend: &Backend,
    actor: &Actor,
    id: ReviewId,
    other: MissionId,
    seen: &str,
    reason: &str,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    match case.status() {
        ReviewStatus::Waiting => take_in(&work, &case).await?,
        ReviewStatus::InReview if case.is_mine() => {}
        ReviewStatus::InReview => return Err(told(Conflict::TakenByAnother)),
        _ => return Err(told(Conflict::NotInThisState)),
    }
    let rival = mission::Entity::find_by_id(other.0)
        .filter(mission::Column::MunicipalityId.eq(case.municipality().0))
        .filter(mission::Column::Id.ne(case.mission.id))
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let reason = text::paragraphs(reason, 5, 500).map_err(|problem| {
        let problem = if problem == Problem::Required { Problem::ReasonRequired } else { problem };
        told(AppError::field("reason", problem))
    })?;
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let rival_version = speaks_for(&work.tx, &rival).await?;
    // What is under review stays as it is until it is decided on; the other may be another by now.
    if rival_version.content_hash != seen {
        return Err(told(Conflict::OtherChanged));
    }
    let verdict = Verdict {
        municipality: case.municipality(),
        one: (case.mission.id, &version.content_hash),
        other: (rival.id, &rival_version.content_hash),
        reason: &reason,
        by: case.me.0,
        at: work.now,
    };
    verdict.keep(&work.tx).await?;
    let title = queries::content(&rival_version)?.title;
    let said = Texts(Locale::Fr).with(r::NOT_DUPLICATE_OF, &[("title", &title), ("reason", &reason)]);
    let status = ReviewStatus::InReview.as_str();
    work.record(Step {
        subject: "review",
        id: case.review.id,
        municipality: Some(case.municipality()),
        from: Some(status),
        to: "not_duplicate",
        reason: Some(&said),
    })
    .await?;
    work.commit().await
}
