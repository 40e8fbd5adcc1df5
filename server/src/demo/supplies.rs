//! What equipment missions need, what of it is reserved, and what was handed out on some slots. It draws no dice: what the
//! others draw stays the same. Once everything is written, reserving and handing out go the way of the product itself.

use anyhow::{Context, anyhow};
use domain::{
    actor::{Actor, Grant},
    ids::{AccountId, MunicipalityId},
    missions::{EquipmentNeed, MissionContent, MissionStatus},
    supplies::{HandOutForm, HandOutLine, SheetDoor, Supplies},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::world::World;
use crate::{
    accounts::queries::{grants, holders},
    backend::Backend,
    entity::mission,
    network::queries::by_insee,
    store::Work,
    supplies::reserve::settle,
};

/// The town where equipment is reserved and handed out.
const TOWN: &str = "83126";
/// How many online missions have their equipment reserved.
const RESERVED: u64 = 10;
/// On how many slots something was handed out, and to how many people of each.
const HANDED_OUT: (usize, usize) = (4, 2);

const fn need(code: &'static str, per_volunteer: u32, per_slot: u32) -> (&'static str, u32, u32) {
    (code, per_volunteer, per_slot)
}

fn by_domain(domain: Option<&str>) -> &'static [(&'static str, u32, u32)] {
    const FOOD: &[(&str, u32, u32)] = &[need("gloves", 1, 0), need("vest", 1, 0)];
    const CHILDREN: &[(&str, u32, u32)] = &[need("badge", 1, 0), need("hand-gel", 0, 1)];
    const OUTDOORS: &[(&str, u32, u32)] = &[need("work-gloves", 1, 0)];
    const NEIGHBOURS: &[(&str, u32, u32)] = &[need("badge", 1, 0)];
    match domain {
        Some("food-aid") => FOOD,
        Some("childcare") => CHILDREN,
        Some("neighbourhood") => NEIGHBOURS,
        // None is in stock: what is short in the days to come is told.
        Some("environment") => OUTDOORS,
        _ => &[],
    }
}

impl World {
    /// What a mission needs, by its domain.
    pub fn equipment_of(content: &MissionContent) -> Vec<EquipmentNeed> {
        if content.remote {
            return Vec::new();
        }
        let owned = |(code, per_volunteer, per_slot): &(&str, u32, u32)| EquipmentNeed {
            code: (*code).to_owned(),
            per_volunteer: *per_volunteer,
            per_slot: *per_slot,
        };
        by_domain(content.domain.as_deref()).iter().map(owned).collect()
    }
}

/// Reserves for some missions that are online, and hands out on some slots.
///
/// # Errors
/// When the database refuses, or the data is not what it should be.
pub async fn follow(backend: &Backend) -> anyhow::Result<()> {
    let fault = |error: crate::error::Error| anyhow!("demonstration data: {error:?}");
    let db = backend.store.read();
    let town = by_insee(db, TOWN).await.map_err(fault)?;
    let people = holders(db, Grant::Coordinator(MunicipalityId(town.id))).await.map_err(fault)?;
    let id = AccountId(people.first().context("a coordinator")?.id);
    let known = grants(db, id).await.map_err(fault)?.context("a coordinator")?;
    let actor = Actor { account: Some(id), grants: known.grants, ..Actor::default() };
    let online = mission::Entity::find()
        .filter(mission::Column::MunicipalityId.eq(town.id))
        .filter(mission::Column::Status.eq(MissionStatus::Published.as_str()))
        .filter(mission::Column::Remote.eq(false))
        .order_by_asc(mission::Column::StartsAt)
        .order_by_asc(mission::Column::Id)
        .limit(RESERVED)
        .all(db)
        .await?;
    for row in online {
        let work = Work::begin(backend, &actor).await.map_err(fault)?;
        settle(&work, &row, true).await.map_err(fault)?;
        work.commit().await.map_err(fault)?;
    }
    let slots = backend.week(&actor, TOWN).await.map_err(|error| anyhow!("{error:?}"))?.slots;
    let (most, each) = HANDED_OUT;
    for line in slots.into_iter().filter(|line| line.slot.taken > 0).take(most) {
        let door = SheetDoor::Town(TOWN.to_owned());
        let sheet = backend.sheet(&actor, door, line.slot.id).await.map_err(|error| anyhow!("{error:?}"))?;
        for person in sheet.people.iter().filter(|person| person.expected).take(each) {
            let given = person.items.iter().filter(|item| item.proposed > 0).map(|item| HandOutLine {
                code: item.code.clone(),
                given: "yes".to_owned(),
                quantity: item.proposed.to_string(),
            });
            let form = HandOutForm { lines: given.collect(), ..HandOutForm::default() };
            if !form.lines.is_empty() {
                let done = backend.hand_out(&actor, line.slot.id, person.application, form).await;
                done.map_err(|error| anyhow!("demonstration data: {error:?}"))?;
            }
        }
    }
    Ok(())
}
