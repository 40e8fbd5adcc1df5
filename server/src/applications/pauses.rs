//! What volunteers are told when what they offered their help for is suspended, and when it comes back: an offer has its time
//! anew then.

use std::collections::BTreeSet;

use app::{
    i18n::{Text, Texts, k::mails as m},
    ui::time,
};
use domain::{applications::ApplicationStatus, ids::OrganisationId, missions::MissionStatus};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    at_once::accept_pending,
    queries,
    tell::{Affair, lines},
    waiting,
};
use crate::{
    entity::{application, mission, slot},
    error::Result,
    mail::{Mail, MailKind},
    missions::partners,
    store::Work,
};

/// Tells those who offered their help for missions that go offline with their organisation, and for slots that it holds of
/// others'. It is still approved: who hears that a slot is suspended did not before.
///
/// # Errors
/// When the database refuses.
pub async fn begun(work: &Work, organisation: OrganisationId, offline: &[mission::Model]) -> Result<()> {
    for mission in offline {
        suspended(work, mission, None).await?;
    }
    for mission in joined(work, organisation).await? {
        suspended(work, &mission, Some(organisation)).await?;
    }
    Ok(())
}

/// Tells them that the missions that come back with an organisation, and the slots that it holds of others', go on. It is
/// approved again, and the missions are held.
///
/// # Errors
/// When the database refuses.
pub async fn ended(work: &Work, organisation: OrganisationId, online: &[mission::Model]) -> Result<()> {
    for mission in online {
        back(work, mission).await?;
    }
    for mission in joined(work, organisation).await? {
        returned(work, &mission, Some(organisation), |_| true).await?;
    }
    Ok(())
}

/// Tells everybody who offered their help for a mission that it is online again. The caller holds it.
///
/// # Errors
/// When the database refuses.
pub async fn back(work: &Work, mission: &mission::Model) -> Result<()> {
    returned(work, mission, None, |_| true).await.map(drop)
}

/// Tells those who are offered a place of missions that are online again until when they may answer, where all others are told
/// otherwise. Whom, by mission and volunteer.
///
/// # Errors
/// When the database refuses.
pub async fn offers_back(work: &Work, missions: &[mission::Model]) -> Result<BTreeSet<(Uuid, Uuid)>> {
    let mut told = BTreeSet::new();
    for mission in missions {
        let people = returned(work, mission, None, |status| status == ApplicationStatus::Offered).await?;
        told.extend(people.into_iter().map(|volunteer| (mission.id, volunteer)));
    }
    Ok(told)
}

/// The missions of others, online or closed to who would apply, in which an organisation holds slots.
async fn joined(work: &Work, organisation: OrganisationId) -> Result<Vec<mission::Model>> {
    Ok(mission::Entity::find()
        .filter(mission::Column::Id.in_subquery(partners::joined_by(organisation)))
        .filter(mission::Column::OrganisationId.ne(organisation.0))
        .filter(
            mission::Column::Status.is_in([MissionStatus::Published, MissionStatus::Closed].map(MissionStatus::as_str)),
        )
        .order_by_asc(mission::Column::Id)
        .all(&work.tx)
        .await?)
}

/// The live applications to a mission, or those that one partner answers, each with its slots to come that are offered.
async fn live(
    work: &Work,
    mission: &mission::Model,
    partner: Option<OrganisationId>,
) -> Result<Vec<(application::Model, Vec<slot::Model>)>> {
    let which = match partner {
        Some(partner) => partners::answered_by(mission, partner),
        None => Condition::all().add(application::Column::MissionId.eq(mission.id)),
    };
    let rows = application::Entity::find()
        .filter(which)
        .filter(application::Column::Status.is_in(queries::live()))
        .order_by_asc(application::Column::Id)
        .all(&work.tx)
        .await?;
    let mut slots = queries::slots(&work.tx, rows.iter().map(|row| row.id).collect()).await?;
    let mut found = Vec::new();
    for row in rows {
        let listed = matches!(queries::status(&row), ApplicationStatus::Waitlisted | ApplicationStatus::Offered);
        let until = |slot: &slot::Model| if listed { waiting::last_call(slot) } else { slot.ends_at };
        let mut theirs = slots.remove(&row.id).unwrap_or_default();
        theirs.retain(|slot| slot.cancelled_at.is_none() && until(slot) > work.now);
        let theirs = partners::only_offered(&work.tx, theirs).await?;
        if !theirs.is_empty() {
            found.push((row, theirs));
        }
    }
    Ok(found)
}

async fn suspended(work: &Work, mission: &mission::Model, partner: Option<OrganisationId>) -> Result<()> {
    for (row, slots) in live(work, mission, partner).await? {
        tell(work, mission, &row, &slots, false).await?;
    }
    Ok(())
}

/// What comes back: who waited for an answer that is no longer asked for is accepted first, offers have their time anew, and
/// people in these states are told. The volunteers who were.
async fn returned(
    work: &Work,
    mission: &mission::Model,
    partner: Option<OrganisationId>,
    who: impl Fn(ApplicationStatus) -> bool,
) -> Result<Vec<Uuid>> {
    if partner.is_none() {
        accept_pending(work, mission, mission.organisation_id.into()).await?;
    }
    let mut told = Vec::new();
    for (row, slots) in live(work, mission, partner).await? {
        if !who(queries::status(&row)) {
            continue;
        }
        let row = match slots.as_slice() {
            [slot] if queries::status(&row) == ApplicationStatus::Offered => {
                waiting::hold_anew(work, mission, row, slot).await?
            }
            _ => row,
        };
        tell(work, mission, &row, &slots, true).await?;
        told.push(row.volunteer_id);
    }
    Ok(told)
}

/// What a pause, or its end, means for somebody.
const fn meaning(status: ApplicationStatus, back: bool) -> Text {
    match (status, back) {
        (ApplicationStatus::Waitlisted, false) => m::PAUSED_LISTED,
        (ApplicationStatus::Waitlisted, true) => m::BACK_LISTED,
        (ApplicationStatus::Offered, false) => m::PAUSED_OFFERED,
        (ApplicationStatus::Offered, true) => m::BACK_OFFERED,
        (ApplicationStatus::Pending, false) => m::PAUSED_PENDING,
        (ApplicationStatus::Pending, true) => m::BACK_PENDING,
        (_, false) => m::PAUSED_ACCEPTED,
        (_, true) => m::BACK_ACCEPTED,
    }
}

async fn tell(
    work: &Work,
    mission: &mission::Model,
    row: &application::Model,
    slots: &[slot::Model],
    back: bool,
) -> Result<()> {
    let affair = Affair::read(work, mission, row, slots).await?;
    let locale = affair.locale();
    let until = row.held_until.map(|until| time::instant(locale, until)).unwrap_or_default();
    let next = Texts(locale).with(meaning(queries::status(row), back), &[("until", &until)]);
    let lines = lines(locale, slots);
    let facts = [
        ("name", affair.volunteer.given_name.as_str()),
        ("mission", &mission.title),
        ("organisation", &affair.organisation),
        ("slots", &lines),
        ("next", &next),
    ];
    let kind = if back { MailKind::MissionBack } else { MailKind::MissionPaused };
    work.mail(&affair.volunteer.email, locale, Mail { kind, facts: &facts, path: app::routes::MY_SPACE }).await
}
