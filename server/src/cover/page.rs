use domain::{
    actor::{Actor, Locale},
    cover::{
        CoverPage, CoverRequest, Crowd, Ground,
        rules::{crowd, grounds},
    },
    error::Conflict,
    ids::{MissionId, OrganisationId, SlotId},
    paris,
    suggestions::Reason,
};
use sea_orm::ConnectionTrait;

use super::{find::About, queries};
use crate::{
    backend::Backend,
    entity::skill,
    error::{Result, told},
    missions::queries as missions,
    reviews::queries::names,
    suggestions::find::named,
};

/// How many could be asked, and what was asked before.
pub async fn page(backend: &Backend, actor: &Actor, id: MissionId, slot: SlotId) -> Result<CoverPage> {
    let (db, now, me) = (backend.store.read(), backend.clock.now(), actor.signed_in().map_err(told)?);
    let about = About::read(db, actor, (id, slot), now).await?;
    let mut shut = about.asked().check(now).err();
    if shut.is_none() && queries::asked_on(db, slot.0, me, paris::date(now)).await? {
        shut = Some(Conflict::CoverToday);
    }
    let fitting = if shut.is_none() { about.fitting(db, None, now).await? } else { Vec::new() };
    let people = crowd(fitting.len());
    if shut.is_none() && people == Crowd::Nobody {
        shut = Some(Conflict::CoverNobody);
    }
    let label = |ground| in_words(ground, &about.skills, actor.locale);
    Ok(CoverPage {
        organisation: OrganisationId(about.holder.id),
        mission: (id, about.mission.title.clone()),
        slot: missions::line(&about.slot),
        shut,
        fitting: people,
        grounds: grounds(&fitting).into_iter().map(label).collect(),
        before: before(db, slot).await?,
    })
}

/// With the name of its skill.
fn in_words(ground: Ground, skills: &[skill::Model], locale: Locale) -> Ground {
    match ground {
        Ground::Skill(code) => Ground::of(&named(Reason::Skill(code), skills, locale)),
        ground => ground,
    }
}

/// What was asked for a slot before, newest first.
async fn before(db: &impl ConnectionTrait, slot: SlotId) -> Result<Vec<CoverRequest>> {
    let rows = queries::of_slot(db, slot.0).await?;
    let people = names(db, rows.iter().map(|row| row.asked_by).collect()).await?;
    let line = |row: crate::entity::cover_request::Model| CoverRequest {
        at: row.asked_at,
        by: people.get(&row.asked_by).cloned().unwrap_or_default(),
        written: crowd(usize::try_from(row.written).unwrap_or_default()),
    };
    Ok(rows.into_iter().map(line).collect())
}
