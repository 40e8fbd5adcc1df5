//! Places: taken and given back by conditional writes, so that a slot never holds more than it has, whoever else applies
//! at the same moment, on however many servers. Nothing is counted first.

use app::i18n::{Text, k::mails as m};
use domain::{
    applications::ApplicationStatus,
    crisis::InForce,
    error::{AppError, Conflict, Problem},
    missions::MissionStatus,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::waiting;
use crate::{
    entity::{mission, slot},
    error::{Error, Result, told},
    missions::queries as missions,
    store::Work,
};

/// Slots, each with the most people that crisis measures allow together there.
pub fn with_limits(measures: &InForce, remote: bool, slots: &[slot::Model]) -> Vec<(Uuid, Option<i32>)> {
    let most = |slot: &slot::Model| measures.largest_group(remote, (slot.starts_at, slot.ends_at));
    slots.iter().map(|slot| (slot.id, most(slot).and_then(|most| i32::try_from(most).ok()))).collect()
}

/// Takes a place in each slot, below its limit if it has one, in the order of ids so that two transactions never wait for each other in a circle. When one
/// has none left the whole transaction must be dropped: the error says so.
///
/// # Errors
/// `SlotFull` or `SlotGone` on the field `slots`.
pub async fn take(work: &Work, slots: &[(Uuid, Option<i32>)]) -> Result<()> {
    let mut slots = slots.to_vec();
    slots.sort_unstable();
    for (id, most) in slots {
        let together = most.map(|most| Expr::col(slot::Column::Taken).lt(most));
        let taken = slot::Entity::update_many()
            .col_expr(slot::Column::Taken, Expr::col(slot::Column::Taken).add(1))
            .filter(slot::Column::Id.eq(id))
            .filter(slot::Column::CancelledAt.is_null())
            .filter(Expr::col(slot::Column::Taken).lt(Expr::col(slot::Column::Places)))
            .filter(Condition::all().add_option(together))
            .exec(&work.tx)
            .await?;
        if taken.rows_affected == 0 {
            return Err(why_not(work, id).await?);
        }
    }
    Ok(())
}

async fn why_not(work: &Work, id: Uuid) -> Result<Error> {
    let slot = slot::Entity::find_by_id(id).one(&work.tx).await?;
    let gone = slot.is_none_or(|slot| slot.cancelled_at.is_some());
    Ok(told(AppError::field("slots", if gone { Problem::SlotGone } else { Problem::SlotFull })))
}

/// Gives back what can still be of use to somebody: who leaves keeps their place in a slot that has begun, and may be noted
/// there.
///
/// # Errors
/// When the database refuses.
pub async fn give_back_ahead(work: &Work, slots: &[slot::Model]) -> Result<()> {
    let ahead = slots.iter().filter(|slot| waiting::last_call(slot) > work.now);
    give_back(work, &ahead.map(|slot| slot.id).collect::<Vec<_>>()).await
}

/// Gives a place of each slot back.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(work: &Work, slots: &[Uuid]) -> Result<()> {
    let mut slots = slots.to_vec();
    slots.sort_unstable();
    for id in slots {
        slot::Entity::update_many()
            .col_expr(slot::Column::Taken, Expr::col(slot::Column::Taken).sub(1))
            .filter(slot::Column::Id.eq(id))
            .filter(slot::Column::Taken.gt(0))
            .exec(&work.tx)
            .await?;
    }
    Ok(())
}

/// What became of the places of an application that was taken back, once the lists are served: free again, offered to whoever is
/// next, some of each, or none, as it held none, its slots have begun or nobody may apply any more.
///
/// # Errors
/// When the database cannot be reached.
pub async fn left(
    work: &Work,
    (mission, before): (&mission::Model, ApplicationStatus),
    slots: &[slot::Model],
) -> Result<Text> {
    if !before.holds_place() {
        return Ok(m::WITHDRAWN_NO_PLACE);
    }
    let ahead: Vec<Uuid> =
        slots.iter().filter(|slot| waiting::last_call(slot) > work.now).map(|slot| slot.id).collect();
    if ahead.is_empty() {
        return Ok(m::WITHDRAWN_BEGUN);
    }
    if missions::status(mission) != MissionStatus::Published {
        return Ok(m::WITHDRAWN_SHUT);
    }
    let all = ahead.len() == slots.len();
    let rows = slot::Entity::find().filter(slot::Column::Id.is_in(ahead)).all(&work.tx).await?;
    let free = rows.iter().filter(|slot| slot.taken < slot.places).count();
    Ok(match free {
        0 if all => m::WITHDRAWN_OFFERED,
        some if some == slots.len() => m::WITHDRAWN_FREE,
        _ => m::WITHDRAWN_SOME,
    })
}

/// Whether this error says that a place was missing, rather than anything else.
pub fn is_full(error: &Error) -> bool {
    match error {
        Error::Told(AppError::Invalid(errors)) => {
            matches!(errors.get("slots"), Some(Problem::SlotFull | Problem::SlotGone))
        }
        Error::Told(AppError::Conflict(conflict)) => matches!(conflict, Conflict::SlotFull | Conflict::SlotGone),
        _ => false,
    }
}
