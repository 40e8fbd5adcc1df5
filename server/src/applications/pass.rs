//! What a volunteer shows on arrival.

use domain::{
    actor::Actor,
    applications::{
        ApplicationStatus,
        pass::{Pass, PassPage},
    },
    error::AppError,
    ids::{ApplicationId, MissionId, SlotId},
};
use sea_orm::EntityTrait;

use super::queries;
use crate::{
    backend::Backend,
    entity::application,
    error::{Result, told},
    missions::{partners, queries as missions},
    organisations::queries::names as organisations,
    qr,
    reviews::queries::names,
};

/// The codes of an accepted application, one for each slot that is not over.
pub async fn show(backend: &Backend, actor: &Actor, id: ApplicationId) -> Result<PassPage> {
    let me = actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let row = application::Entity::find_by_id(id.0).one(db).await?;
    let mine = row.filter(|row| row.volunteer_id == me.0 && queries::status(row) == ApplicationStatus::Accepted);
    let row = mine.ok_or_else(|| told(AppError::NotFound))?;
    let mission = missions::by_id(db, MissionId(row.mission_id)).await?;
    let organisation = partners::answers(&mission, &row);
    let mut slots = queries::slots(db, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    slots.retain(|slot| slot.cancelled_at.is_none() && slot.ends_at > now);
    slots.sort_by_key(|slot| (slot.starts_at, slot.ends_at));
    let pass = |slot| {
        let line = missions::line(slot);
        let path = app::routes::attendee(organisation, MissionId(mission.id), SlotId(slot.id), id);
        let link = format!("{}{path}", backend.settings.public_url);
        let squares = qr::squares(&link)?;
        Ok(Pass { slot: line, outline: qr::outline(&squares), side: u32::try_from(squares.len())?, link })
    };
    Ok(PassPage {
        id,
        slots: slots.iter().map(pass).collect::<Result<_>>()?,
        organisation: organisations(db, vec![organisation.0]).await?.remove(&organisation.0).unwrap_or_default(),
        name: names(db, vec![me.0]).await?.remove(&me.0).unwrap_or_default(),
        mission: (MissionId(mission.id), mission.slug, mission.title),
    })
}
