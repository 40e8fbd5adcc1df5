use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationStatus},
    error::Conflict,
    ids::ApplicationId,
};

use super::{guardian, places, queries, tell::Affair, waiting};
use crate::{
    backend::Backend,
    entity::application,
    error::{Result, told},
    mail::MailKind,
    store::Work,
};

/// Takes one's own application back.
pub async fn withdraw(backend: &Backend, actor: &Actor, id: ApplicationId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let (mission, row, slots) = queries::hold_own(&work, id).await?;
    let before = queries::status(&row);
    if !queries::may_withdraw(before, &slots, work.now) {
        return Err(told(Conflict::NotInThisState));
    }
    let withdraw = (ApplicationAction::Withdraw, Role::Volunteer);
    if before == ApplicationStatus::Waitlisted {
        waiting::leave(&work, row, &mission, withdraw).await?;
        return work.commit().await;
    }
    let told_of = is_known(&work, &row).await?;
    let row = queries::step(&work, row, &mission, withdraw, None).await?;
    let ids: Vec<_> = slots.iter().map(|slot| slot.id).collect();
    if before.holds_place() {
        places::give_back_ahead(&work, &slots).await?;
    }
    waiting::serve(&work, &mission, &ids).await?;
    if told_of {
        let affair = Affair::read(&work, &mission, &row, &slots).await?;
        let left = places::left(&work, (&mission, before), &slots).await?;
        affair.organisation(&work, MailKind::ApplicationWithdrawn, "", left).await?;
    }
    work.commit().await
}

/// Whether the organisation was told that somebody asks: who was not is not told that they no longer do.
pub(super) async fn is_known(work: &Work, row: &application::Model) -> Result<bool> {
    let listed = matches!(queries::status(row), ApplicationStatus::Waitlisted | ApplicationStatus::Offered);
    Ok(!listed && !guardian::is_awaited(&work.tx, row.id).await?)
}
