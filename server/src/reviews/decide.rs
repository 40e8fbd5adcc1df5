//! The decisions that end a review.

use app::i18n::{Texts, k::reviews as r};
use domain::{
    access::Role,
    actor::{Actor, Locale},
    error::{AppError, Conflict, Problem},
    ids::{MunicipalityId, ReviewId},
    missions::{MissionAction, MissionContent, MissionStatus, VersionAction, VersionStatus},
    organisations::OrganisationStatus,
    reviews::{
        Decision, ReviewAction, ReviewStatus,
        policy::{FourEyes, four_eyes},
    },
    text,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{case::Case, checklist, findings, write::tell_organisation};
use crate::{
    backend::Backend,
    crisis,
    entity::{mission, mission_version, municipality, review},
    error::{Result, Told, told},
    mail::MailKind,
    missions::{publish::publish, queries},
    network::queries as towns,
    store::{Step, Work},
    supplies::reserve as supplies,
};

/// Ends a review: the green light, a request for changes, or a refusal.
pub async fn decide(backend: &Backend, actor: &Actor, id: ReviewId, decision: Decision, reason: String) -> Result<()> {
    let findings = findings::to_keep(backend, actor, id).await?;
    let work = Work::begin(backend, actor).await?;
    let case = Case { findings, ..Case::hold(&work, id).await? };
    decide_in(&work, case, decision, &word(&reason)?).await?;
    work.commit().await
}

/// The decision on a review that is held.
///
/// # Errors
/// Why it cannot be: the review is another's or over, four eyes, a checklist that is not complete, no reason.
pub(super) async fn decide_in(work: &Work, case: Case, decision: Decision, reason: &str) -> Result<()> {
    ready(&case)?;
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let town = towns::by_id(&work.tx, case.municipality()).await?;
    let exception = self_review(work, case.me.0, &case.mission, &version, &town)?;
    match decision {
        Decision::Approve => green_light(work, case, version, &town, exception).await,
        Decision::RequestChanges => {
            let sent = SendBack::CHANGES;
            send_back(work, &case, &version, &town, sent, &read(reason)?).await
        }
        Decision::Refuse => send_back(work, &case, &version, &town, SendBack::REFUSAL, &read(reason)?).await,
        Decision::Suspend | Decision::Reinstate => Err(told(AppError::field("decision", Problem::NotAChoice))),
    }
}

/// Only an open review in one's own hands is decided on.
///
/// # Errors
/// `TakeItFirst`, or `NotInThisState` once it is over.
pub(super) fn ready(case: &Case) -> Result<()> {
    match (case.status().is_open(), case.is_mine()) {
        (true, true) => Ok(()),
        (true, false) => Err(told(Conflict::TakeItFirst)),
        (false, _) => Err(told(Conflict::NotInThisState)),
    }
}

/// Four eyes; answers what the history must say when the town lets an author decide.
///
/// # Errors
/// `FourEyes`.
pub(super) fn self_review(
    work: &Work,
    me: uuid::Uuid,
    mission: &mission::Model,
    version: &mission_version::Model,
    town: &municipality::Model,
) -> Result<Option<&'static str>> {
    let eyes = case_four_eyes(&work.actor, me, mission, version, town);
    match eyes {
        Ok(FourEyes::Clean) => Ok(None),
        Ok(FourEyes::ByException) => Ok(Some(Texts(Locale::Fr).get(r::BY_EXCEPTION))),
        Err(_) => Err(told(Conflict::FourEyes)),
    }
}

/// Whether this person may decide on that version: not as its author, nor as the mission's, nor as an admin of its
/// organisation. A setting of the town is for its own coordinators.
///
/// # Errors
/// `Refused` when four eyes forbid it.
pub(super) fn case_four_eyes(
    actor: &Actor,
    me: uuid::Uuid,
    mission: &mission::Model,
    version: &mission_version::Model,
    town: &municipality::Model,
) -> std::result::Result<FourEyes, domain::reviews::policy::Refused> {
    let party = mission.created_by == me || actor.role_in(mission.organisation_id.into()).is_some();
    let allowed = town.self_review_allowed && actor.coordinates(MunicipalityId(town.id));
    four_eyes(me, version.author_id, party, allowed)
}

/// Characters of the longest reason: a word, and what is asked of each item.
const LONGEST_REASON: u32 = 20_000;
/// Characters of the longest word.
const LONGEST_WORD: u32 = 2000;

/// Reads the word that goes with a decision.
///
/// # Errors
/// What is wrong with the field `reason`.
pub fn word(reason: &str) -> Result<String> {
    text::paragraphs(reason, 0, LONGEST_WORD).map_err(|problem| told(AppError::field("reason", problem)))
}

/// Reads a reason that must be said.
pub(super) fn read(reason: &str) -> Result<String> {
    text::paragraphs(reason, 5, LONGEST_REASON).map_err(|problem| {
        let problem = if problem == Problem::Required { Problem::ReasonRequired } else { problem };
        told(AppError::field("reason", problem))
    })
}

/// Ends the review; `status` and `taken_by` stand in the condition of the write, so that only one person ever does.
async fn end(work: &Work, case: &Case, action: ReviewAction, reason: Option<&str>) -> Result<ReviewStatus> {
    let kept = reason.map(str::to_owned);
    case.step(work, action, reason, |update| {
        update
            .col_expr(review::Column::DecidedBy, Expr::value(case.me.0))
            .col_expr(review::Column::DecidedAt, Expr::value(work.now))
            .col_expr(review::Column::Reason, Expr::value(kept))
            .col_expr(review::Column::Findings, Expr::value(case.findings.clone()))
    })
    .await
}

/// Passes a content that crisis measures let go online; answers which items of the checklist are asked of it.
///
/// # Errors
/// `CrisisDomain`, `CrisisGroup`.
pub(super) async fn under_measures<'a>(
    work: &Work,
    case: &Case,
    content: &'a MissionContent,
) -> Result<checklist::Asked<'a>> {
    let measures = crisis::queries::of_town(&work.tx, case.municipality(), work.now).await?;
    if !measures.allow(content.domain.as_deref(), work.now) {
        return Err(told(Conflict::CrisisDomain));
    }
    if measures.check_groups(content, work.now).is_err() {
        return Err(told(Conflict::CrisisGroup));
    }
    Ok(checklist::Asked { domain: content.domain.as_deref(), crisis: measures.hold(work.now) })
}

async fn green_light(
    work: &Work,
    case: Case,
    version: mission_version::Model,
    town: &municipality::Model,
    exception: Option<&'static str>,
) -> Result<()> {
    // A mission that ended meanwhile does not come back; its last version can still be sent back.
    if queries::status(&case.mission).is_over() {
        return Err(told(Conflict::NotInThisState));
    }
    if case.review.content_hash != version.content_hash {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    if case.organisation.status != OrganisationStatus::Approved.as_str() {
        return Err(told(Conflict::OrganisationNotApproved));
    }
    let content = queries::content(&version)?;
    let asked = under_measures(work, &case, &content).await?;
    if !checklist::is_complete(&work.tx, case.review.id, asked).await? {
        return Err(told(Conflict::ChecklistIncomplete));
    }
    end(work, &case, ReviewAction::GiveGreenLight, exception).await?;
    let first = case.mission.published_version_id.is_none();
    let before = queries::status(&case.mission);
    let mission = publish(work, case.mission.clone(), version).await?;
    let after = if first { move_mission(work, &mission, MissionAction::GreenLight).await? } else { before };
    record_mission(work, &case, before, after, exception).await?;
    supplies::settle(work, &mission, true).await?;
    if !first {
        crisis::suspend::reconsider(work, &mission).await?;
    }
    let facts = [("mission", content.title.as_str()), ("town", town.name.as_str())];
    let case = Case { mission, ..case };
    tell_organisation(work, &case, MailKind::MissionGreenLight, &facts).await
}

/// A decision that sends a version back.
#[derive(Clone, Copy)]
pub(super) struct SendBack {
    review: ReviewAction,
    version: VersionAction,
    mission: MissionAction,
    mail: MailKind,
}

impl SendBack {
    const CHANGES: Self = Self {
        review: ReviewAction::RequestChanges,
        version: VersionAction::RequestChanges,
        mission: MissionAction::RequestChanges,
        mail: MailKind::MissionChanges,
    };
    /// Refused for good.
    pub(super) const REFUSAL: Self = Self {
        review: ReviewAction::Refuse,
        version: VersionAction::Refuse,
        mission: MissionAction::Refuse,
        mail: MailKind::MissionRefused,
    };
}

/// The version is sent back, and its organisation told.
async fn send_back(
    work: &Work,
    case: &Case,
    version: &mission_version::Model,
    town: &municipality::Model,
    sent: SendBack,
    reason: &str,
) -> Result<()> {
    give_back(work, case, version, sent, reason).await?;
    let title = queries::content(version)?.title;
    let facts = [("mission", title.as_str()), ("town", town.name.as_str()), ("reason", reason)];
    tell_organisation(work, case, sent.mail, &facts).await
}

/// Ends the review without a green light; a mission that was never online follows, the online version of another one stays.
///
/// # Errors
/// `ChangedMeanwhile` when another was faster.
pub(super) async fn give_back(
    work: &Work,
    case: &Case,
    version: &mission_version::Model,
    sent: SendBack,
    reason: &str,
) -> Result<()> {
    end(work, case, sent.review, Some(reason)).await?;
    let status = VersionStatus::parse(&version.status).unwrap_or(VersionStatus::Draft);
    let to = status.apply(sent.version, Role::Coordinator).told()?;
    let moved = mission_version::Entity::update_many()
        .col_expr(mission_version::Column::Status, Expr::value(to.as_str()))
        .col_expr(mission_version::Column::UpdatedAt, Expr::value(work.now))
        .filter(mission_version::Column::Id.eq(version.id))
        .filter(mission_version::Column::Status.eq(&version.status))
        .exec(&work.tx)
        .await?;
    if moved.rows_affected != 1 {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    if case.mission.published_version_id.is_none() {
        let before = queries::status(&case.mission);
        let after = move_mission(work, &case.mission, sent.mission).await?;
        record_mission(work, case, before, after, Some(reason)).await?;
    }
    if to == VersionStatus::Refused {
        supplies::settle(work, &case.mission, false).await?;
    }
    Ok(())
}

/// Moves the mission by its own table.
async fn move_mission(work: &Work, mission: &mission::Model, action: MissionAction) -> Result<MissionStatus> {
    let to = queries::status(mission).apply(action, Role::Coordinator).told()?;
    let moved = mission::Entity::update_many()
        .col_expr(mission::Column::Status, Expr::value(to.as_str()))
        .col_expr(mission::Column::UpdatedAt, Expr::value(work.now))
        .filter(mission::Column::Id.eq(mission.id))
        .filter(mission::Column::Status.eq(&mission.status))
        .exec(&work.tx)
        .await?;
    if moved.rows_affected == 1 { Ok(to) } else { Err(told(Conflict::ChangedMeanwhile)) }
}

async fn record_mission(
    work: &Work,
    case: &Case,
    from: MissionStatus,
    to: MissionStatus,
    reason: Option<&str>,
) -> Result<()> {
    work.record(Step {
        subject: "mission",
        id: case.mission.id,
        municipality: Some(case.municipality()),
        from: Some(from.as_str()),
        to: to.as_str(),
        reason,
    })
    .await
}
