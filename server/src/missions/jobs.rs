//! What happens by itself: a published mission closes when its last slot has ended, unless more of its slots are being read.

use app::{
    i18n::{Texts, k::reviews as r},
    routes,
};
use domain::{
    access::Role,
    actor::{Actor, Grant, Locale},
    ids::{AccountId, OrganisationId},
    missions::{MissionAction, MissionStatus, VersionStatus},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{queries, versions};
use crate::{
    accounts::queries::holders,
    applications::cancel,
    backend::Backend,
    entity::mission,
    error::{Result, Told},
    mail::{Mail, MailKind},
    network::queries as network,
    reviews::open,
    store::{Step, Work},
    supplies::reserve as supplies,
};

/// Closes what is over; a run that was missed is made up for by the next one. Tells how many were closed.
///
/// # Errors
/// When the database cannot be reached.
pub async fn close_ended(backend: &Backend) -> Result<usize> {
    let (mut closed, mut after) = (0, Uuid::nil());
    loop {
        let work = Work::begin(backend, &Actor::default()).await?;
        let over = mission::Entity::find()
            .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
            .filter(mission::Column::EndsAt.lte(work.now))
            .filter(mission::Column::Id.gt(after))
            .order_by_asc(mission::Column::Id)
            .lock_exclusive()
            .limit(50)
            .all(&work.tx)
            .await?;
        let Some(last) = over.last() else { return Ok(closed) };
        after = last.id;
        for row in over {
            if !awaits_more(&work, &row).await? {
                close(&work, row).await?;
                closed += 1;
            }
        }
        work.commit().await?;
    }
}

/// Whether the town is reading a version with slots to come: a green light lets the mission go on.
async fn awaits_more(work: &Work, row: &mission::Model) -> Result<bool> {
    let Some(id) = row.working_version_id else { return Ok(false) };
    let version = queries::version(&work.tx, id).await?;
    if versions::status(&version) != VersionStatus::Submitted {
        return Ok(false);
    }
    Ok(queries::content(&version)?.slots.iter().any(|slot| slot.ends_at > work.now))
}

async fn close(work: &Work, row: mission::Model) -> Result<()> {
    let before = queries::status(&row);
    let after = before.apply(MissionAction::Close, Role::System).told()?;
    let mut row = row.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.closed_at = Set(Some(work.now));
    let row = row.update(&work.tx).await?;
    work.record(Step {
        subject: "mission",
        id: row.id,
        municipality: Some(row.municipality_id.into()),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason: None,
    })
    .await?;
    if open::close_for(work, row.id.into(), Texts(Locale::Fr).get(r::MISSION_OVER)).await? {
        unread(work, &row).await?;
    }
    cancel::decline_for_closed(work, &row).await?;
    supplies::settle(work, &row, false).await
}

/// Tells the organisation, which waits for an answer, that its version is read no more: its slots have passed.
async fn unread(work: &Work, row: &mission::Model) -> Result<()> {
    let organisation = OrganisationId(row.organisation_id);
    let town = network::by_id(&work.tx, row.municipality_id.into()).await?;
    let path = routes::own_mission(organisation, row.id.into(), "relecture");
    for admin in holders(&work.tx, Grant::OrganisationAdmin(organisation)).await? {
        let reason = Texts(Locale::parse(&admin.locale).unwrap_or_default()).get(r::MISSION_OVER);
        let facts = [("town", town.name.as_str()), ("mission", row.title.as_str()), ("reason", reason)];
        let mail = Mail { kind: MailKind::MissionRefused, facts: &facts, path: &path };
        work.mail_account(AccountId(admin.id), mail).await?;
    }
    Ok(())
}
