use app::i18n::{Texts, k::organisations as o};
use domain::{
    access::Role,
    actor::{Actor, Grant, Locale},
    error::{AppError, Conflict, Problem},
    ids::{AccountId, MunicipalityId, OrganisationId},
    missions::{MissionAction, MissionStatus},
    organisations::OrganisationStatus,
    reviews::{Decision, ReviewAction, policy::FourEyes},
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{
    file::{action, may_decide},
    queries,
    review::{by_network, end},
    tell::tell,
};
use crate::{
    applications::pauses,
    backend::Backend,
    crisis::suspend::{Return, may_return},
    entity::{history, mission, municipality, organisation},
    error::{Result, Told, told},
    mail::{Mail, MailKind},
    missions, network,
    store::{Step, Work},
};

/// Characters of the longest reason that somebody types.
const LONGEST_REASON: u32 = 2000;
/// Characters of the longest reason: a word, and what is asked of each item.
const LONGEST_WHOLE: u32 = 20_000;

/// Decides on an organisation, as a coordinator of its town, or as an admin of the network whom it asked, who has no part in
/// it.
pub async fn decide(
    backend: &Backend,
    actor: &Actor,
    id: OrganisationId,
    decision: Decision,
    reason: &str,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let row = queries::locked(&work.tx, id).await?;
    decider(&work, &row).await?;
    let typed = text::paragraphs(reason, 0, LONGEST_REASON);
    let reason = typed.map_err(|problem| told(AppError::field("reason", problem)))?;
    decide_in(&work, row, decision, &reason).await?;
    work.commit().await
}

/// The decision on an organisation that is held.
///
/// # Errors
/// Why it cannot be: the submission is another's, four eyes, a checklist that is not complete, no reason.
pub(super) async fn decide_in(work: &Work, row: organisation::Model, decision: Decision, reason: &str) -> Result<()> {
    let id = OrganisationId(row.id);
    let municipality = MunicipalityId(row.municipality_id);
    let account = decider(work, &row).await?;
    let before = queries::status(&row);
    if before == OrganisationStatus::Draft {
        return Err(told(AppError::NotFound));
    }
    let town = network::queries::by_id(&work.tx, municipality).await?;
    let after = before.apply(action(decision), Role::Coordinator).told()?;
    let four_eyes = may_decide(account, &work.actor, &row, &town).map_err(|_| told(Conflict::FourEyes))?;
    let reason = read_reason(decision, reason).map_err(|problem| told(AppError::field("reason", problem)))?;
    let mut back = Vec::new();
    match decision {
        Decision::Approve => end(work, &row, ReviewAction::GiveGreenLight, &reason).await?,
        Decision::RequestChanges => end(work, &row, ReviewAction::RequestChanges, &reason).await?,
        Decision::Refuse => end(work, &row, ReviewAction::Refuse, &reason).await?,
        Decision::Suspend => suspend_missions(work, id, municipality, &reason).await?,
        Decision::Reinstate => back = resume_missions(work, &row).await?,
    }
    let name = row.name.clone();
    let mut row = row.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.decided_at = Set(Some(work.now));
    row.decided_by = Set(Some(account.0));
    row.decision_reason = Set(Some(reason.clone()).filter(|reason| !reason.is_empty()));
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    if decision == Decision::Reinstate {
        pauses::ended(work, id, &back).await?;
    }
    let said = said(&reason, four_eyes);
    work.record(Step {
        subject: "organisation",
        id: id.0,
        municipality: Some(municipality),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason: Some(&said),
    })
    .await?;
    write_to_admins(work, id, decision, &name, &town, &reason).await
}

/// Passes a coordinator of its town, and an admin of the network whom the town asked to decide on what waits.
///
/// # Errors
/// `SignInFirst` for a visitor; `NotFound` for anybody else.
async fn decider(work: &Work, row: &organisation::Model) -> Result<AccountId> {
    let me = work.actor.signed_in().map_err(told)?;
    let id = MunicipalityId(row.municipality_id);
    let town = network::queries::by_id(&work.tx, id).await?;
    let may = work.actor.coordinates(id) || by_network(work, row, &town).await?;
    if may { Ok(me) } else { Err(told(AppError::NotFound)) }
}

fn read_reason(decision: Decision, reason: &str) -> std::result::Result<String, Problem> {
    if !decision.needs_reason() {
        return text::paragraphs(reason, 0, LONGEST_WHOLE);
    }
    text::paragraphs(reason, 5, LONGEST_WHOLE).map_err(|problem| match problem {
        Problem::Required => Problem::ReasonRequired,
        other => other,
    })
}

/// The reason as the history keeps it: a decision on one's own file says that the town allows it.
fn said(reason: &str, four_eyes: FourEyes) -> String {
    let exception = match four_eyes {
        FourEyes::Clean => "",
        FourEyes::ByException => Texts(Locale::Fr).get(o::SELF_REVIEW),
    };
    [reason, exception].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Its published missions go offline with it, and volunteers hear so.
async fn suspend_missions(work: &Work, id: OrganisationId, municipality: MunicipalityId, reason: &str) -> Result<()> {
    let mut offline = Vec::new();
    for row in missions_that_are(work, id, MissionStatus::Published).await? {
        offline.push(turn(work, row, MissionAction::Suspend, municipality, Some(reason)).await?);
    }
    pauses::begun(work, id, &offline).await
}

/// Those that went offline with it come back; a mission suspended before, for a reason of its own, does not. What crisis
/// measures forbid stays offline until their end; what waited for its organisation after their end comes back. Answers what
/// does.
async fn resume_missions(work: &Work, row: &organisation::Model) -> Result<Vec<mission::Model>> {
    let suspended = missions_that_are(work, row.id.into(), MissionStatus::Suspended).await?;
    let mut back = Vec::new();
    if suspended.is_empty() {
        return Ok(back);
    }
    let since = row.decided_at.unwrap_or(row.created_at);
    let with_it: Vec<_> = history::Entity::find()
        .filter(history::Column::Subject.eq("mission"))
        .filter(history::Column::SubjectId.is_in(suspended.iter().map(|row| row.id)))
        .filter(history::Column::ToState.eq(MissionStatus::Suspended.as_str()))
        .filter(history::Column::At.gte(since))
        .all(&work.tx)
        .await?;
    for mission in suspended {
        let with_it = with_it.iter().any(|line| line.subject_id == mission.id);
        let comes = match may_return(work, &mission, with_it).await? {
            Return::Forbidden => false,
            Return::Released => true,
            Return::Free => with_it,
        };
        if comes {
            let town = MunicipalityId(row.municipality_id);
            back.push(turn(work, mission, MissionAction::Resume, town, None).await?);
        }
    }
    Ok(back)
}

/// Locked with those of others in which it holds slots, in the order of ids: two decisions never wait for each other.
async fn missions_that_are(
    work: &Work,
    organisation: OrganisationId,
    status: MissionStatus,
) -> Result<Vec<mission::Model>> {
    let joined = mission::Column::Id.in_subquery(missions::partners::joined_by(organisation));
    let own = Condition::all()
        .add(mission::Column::OrganisationId.eq(organisation.0))
        .add(mission::Column::Status.eq(status.as_str()));
    let mut held = mission::Entity::find()
        .filter(Condition::any().add(own).add(joined))
        .order_by_asc(mission::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    held.retain(|row| row.organisation_id == organisation.0 && missions::queries::status(row) == status);
    Ok(held)
}

async fn turn(
    work: &Work,
    row: mission::Model,
    action: MissionAction,
    municipality: MunicipalityId,
    reason: Option<&str>,
) -> Result<mission::Model> {
    let before = missions::queries::status(&row);
    let after = before.apply(action, Role::System).told()?;
    let id = row.id;
    let mut row = row.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.updated_at = Set(work.now);
    let row = row.update(&work.tx).await?;
    let kind = if action == MissionAction::Suspend {
        MailKind::SharedMissionSuspended
    } else {
        MailKind::SharedMissionResumed
    };
    missions::partners::tell_partners(work, &row, kind, "").await?;
    work.record(Step {
        subject: "mission",
        id,
        municipality: Some(municipality),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason,
    })
    .await?;
    Ok(row)
}

async fn write_to_admins(
    work: &Work,
    id: OrganisationId,
    decision: Decision,
    organisation: &str,
    town: &municipality::Model,
    reason: &str,
) -> Result<()> {
    let kind = match decision {
        Decision::Approve => MailKind::OrganisationApproved,
        Decision::RequestChanges => MailKind::OrganisationChanges,
        Decision::Refuse => MailKind::OrganisationRefused,
        Decision::Suspend => MailKind::OrganisationSuspended,
        Decision::Reinstate => MailKind::OrganisationReinstated,
    };
    let path = if decision == Decision::Approve {
        app::routes::organisation_page(id, "missions/nouvelle")
    } else {
        app::routes::organisation_space(id)
    };
    let facts = [("organisation", organisation), ("town", &town.name), ("reason", reason)];
    tell(work, Grant::OrganisationAdmin(id), Mail { kind, facts: &facts, path: &path }).await
}
