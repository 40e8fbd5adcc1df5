//! Missions that go offline under measures, and come back.

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    crisis::{InForce, MeasuresStatus, Scope},
    ids::MunicipalityId,
    missions::{MissionAction, MissionStatus},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::queries;
use crate::{
    applications::pauses,
    entity::{crisis_measures, crisis_suspension, mission},
    error::{Result, Told},
    mail::MailKind,
    missions,
    organisations::queries::is_approved,
    store::{Step, Work},
};

/// How a suspension ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The mission is online again.
    GivenBack,
    /// Other measures still forbid it: it is theirs now.
    HandedOver,
    /// It was cancelled, or its last slot ended, meanwhile.
    Over,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::GivenBack => "given_back",
            Self::HandedOver => "handed_over",
            Self::Over => "over",
        }
    }
}

/// Holds every mission that measures may concern until the transaction ends, in the order of ids: nobody applies, publishes
/// or cancels in between.
///
/// # Errors
/// When the database cannot be reached.
pub async fn hold(work: &Work, scope: Scope) -> Result<()> {
    let states = [MissionStatus::Submitted, MissionStatus::Published, MissionStatus::Suspended];
    let there = match scope {
        Scope::Network => Condition::all(),
        Scope::Town(id) => Condition::all().add(mission::Column::MunicipalityId.eq(id.0)),
    };
    let _: Vec<Uuid> = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::Status.is_in(states.map(MissionStatus::as_str)))
        .filter(there)
        .order_by_asc(mission::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(&work.tx)
        .await?;
    Ok(())
}

/// Takes missions offline, and notes that these measures did. They are held.
///
/// # Errors
/// When one of them is not online any more.
pub async fn suspend(work: &Work, row: &crisis_measures::Model, missions: &[(Uuid, Uuid)]) -> Result<()> {
    for (mission, town) in missions {
        turn(work, (*mission, *town), MissionStatus::Published, MissionAction::Suspend, Some(&row.title)).await?;
        note(work, row.id, *mission).await?;
    }
    Ok(())
}

/// Notes that a mission is offline because of measures.
async fn note(work: &Work, measures: Uuid, mission: Uuid) -> Result<()> {
    use crisis_suspension::Column;
    let line = crisis_suspension::ActiveModel {
        measures_id: Set(measures),
        mission_id: Set(mission),
        from_state: Set(MissionStatus::Published.as_str().to_owned()),
        suspended_at: Set(work.now),
        ended_at: Set(None),
        outcome: Set(None),
    };
    // It may have been theirs before, and gone to others meanwhile.
    let again = OnConflict::columns([Column::MeasuresId, Column::MissionId])
        .update_columns([Column::SuspendedAt, Column::EndedAt, Column::Outcome])
        .to_owned();
    crisis_suspension::Entity::insert(line).on_conflict(again).exec_without_returning(&work.tx).await?;
    Ok(())
}

/// Moves a mission by its table, as the system's, with its history.
async fn turn(
    work: &Work,
    (id, town): (Uuid, Uuid),
    before: MissionStatus,
    action: MissionAction,
    reason: Option<&str>,
) -> Result<()> {
    let after = before.apply(action, Role::System).told()?;
    let moved = mission::Entity::update_many()
        .col_expr(mission::Column::Status, Expr::value(after.as_str()))
        .col_expr(mission::Column::UpdatedAt, Expr::value(work.now))
        .filter(mission::Column::Id.eq(id))
        .filter(mission::Column::Status.eq(before.as_str()))
        .exec(&work.tx)
        .await?;
    if moved.rows_affected != 1 {
        return Err(crate::error::told(domain::error::Conflict::ChangedMeanwhile));
    }
    work.record(Step {
        subject: "mission",
        id,
        municipality: Some(MunicipalityId(town)),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason,
    })
    .await
}

/// Ends what is noted of a mission: by these measures, or by any.
async fn close(work: &Work, measures: Option<Uuid>, mission: Uuid, outcome: Outcome) -> Result<()> {
    let mut which = Condition::all()
        .add(crisis_suspension::Column::MissionId.eq(mission))
        .add(crisis_suspension::Column::EndedAt.is_null());
    if let Some(id) = measures {
        which = which.add(crisis_suspension::Column::MeasuresId.eq(id));
    }
    crisis_suspension::Entity::update_many()
        .col_expr(crisis_suspension::Column::EndedAt, Expr::value(Some(work.now)))
        .col_expr(crisis_suspension::Column::Outcome, Expr::value(Some(outcome.as_str())))
        .filter(which)
        .exec(&work.tx)
        .await?;
    Ok(())
}

async fn is_open(work: &Work, mission: Uuid) -> Result<bool> {
    let open = crisis_suspension::Entity::find()
        .filter(crisis_suspension::Column::MissionId.eq(mission))
        .filter(crisis_suspension::Column::EndedAt.is_null());
    Ok(open.one(&work.tx).await?.is_some())
}

/// Missions that measures suspended and that are still so, by id.
///
/// # Errors
/// When the database cannot be reached.
pub async fn suspended_by(db: &impl sea_orm::ConnectionTrait, measures: Uuid) -> Result<Vec<Uuid>> {
    let rows = crisis_suspension::Entity::find()
        .filter(crisis_suspension::Column::MeasuresId.eq(measures))
        .filter(crisis_suspension::Column::EndedAt.is_null())
        .order_by_asc(crisis_suspension::Column::MissionId)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.mission_id).collect())
}

/// Gives back what measures that have just ended suspended, and nothing else: answers the missions that are online again.
/// What other measures forbid is theirs from now on; what waits for its organisation comes back with it.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(work: &Work, row: &crisis_measures::Model) -> Result<Vec<mission::Model>> {
    debug_assert!(!matches!(queries::status(row), MeasuresStatus::InForce), "they have ended");
    let theirs = suspended_by(&work.tx, row.id).await?;
    let missions = mission::Entity::find()
        .filter(mission::Column::Id.is_in(theirs))
        .order_by_asc(mission::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    let others: Vec<_> = queries::switched_on(&work.tx, work.now).await?.iter().map(queries::measures).collect();
    let mut back = Vec::new();
    for mission in missions {
        let forbids = InForce::of(mission.municipality_id.into(), others.iter().cloned());
        let other = forbids.forbidding(mission.domain_code.as_deref(), work.now);
        if is_over(&mission, work.now) {
            close(work, Some(row.id), mission.id, Outcome::Over).await?;
        } else if let Some(other) = other {
            close(work, Some(row.id), mission.id, Outcome::HandedOver).await?;
            note(work, other.id.0, mission.id).await?;
        } else if is_approved(&work.tx, mission.organisation_id.into()).await? {
            close(work, Some(row.id), mission.id, Outcome::GivenBack).await?;
            resume(work, &mission, &row.title).await?;
            back.push(online(mission));
        }
    }
    Ok(back)
}

fn is_over(mission: &mission::Model, now: DateTime<Utc>) -> bool {
    let suspended = missions::queries::status(mission) == MissionStatus::Suspended;
    !suspended || mission.ends_at.is_some_and(|end| end <= now)
}

/// A mission as it is once it has come back.
fn online(mission: mission::Model) -> mission::Model {
    mission::Model { status: MissionStatus::Published.as_str().to_owned(), ..mission }
}

async fn resume(work: &Work, mission: &mission::Model, reason: &str) -> Result<()> {
    let (id, before) = ((mission.id, mission.municipality_id), missions::queries::status(mission));
    turn(work, id, before, MissionAction::Resume, Some(reason)).await
}

/// What measures say of a suspended mission that may come back for a reason of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Return {
    /// They forbid it: it stays offline, and comes back with their end.
    Forbidden,
    /// They had suspended it, and no longer forbid it.
    Released,
    /// They have nothing to do with it.
    Free,
}

/// Whether a suspended mission may come back, as far as measures go. `coming`: it would, were it not for them. The caller
/// holds it, and puts it online.
///
/// # Errors
/// When the database refuses.
pub async fn may_return(work: &Work, mission: &mission::Model, coming: bool) -> Result<Return> {
    let open = is_open(work, mission.id).await?;
    if !open && !coming {
        return Ok(Return::Free);
    }
    let rules = queries::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    if let Some(forbidding) = rules.forbidding(mission.domain_code.as_deref(), work.now) {
        // Whichever had it, those that hold have it now.
        close(work, None, mission.id, Outcome::HandedOver).await?;
        note(work, forbidding.id.0, mission.id).await?;
        return Ok(Return::Forbidden);
    }
    if !open {
        return Ok(Return::Free);
    }
    close(work, None, mission.id, Outcome::GivenBack).await?;
    Ok(Return::Released)
}

/// Puts a mission online again whose new version is of a domain that goes on, if it was offline because of measures alone.
///
/// # Errors
/// When the database refuses.
pub async fn reconsider(work: &Work, mission: &mission::Model) -> Result<bool> {
    let suspended = missions::queries::status(mission) == MissionStatus::Suspended;
    if !suspended || !is_approved(&work.tx, mission.organisation_id.into()).await? {
        return Ok(false);
    }
    if may_return(work, mission, false).await? != Return::Released {
        return Ok(false);
    }
    let (id, before) = ((mission.id, mission.municipality_id), MissionStatus::Suspended);
    turn(work, id, before, MissionAction::Resume, None).await?;
    // Its own organisation is told of the green light.
    missions::partners::tell_partners(work, mission, MailKind::SharedMissionResumed, "").await?;
    pauses::back(work, &online(mission.clone())).await?;
    Ok(true)
}
