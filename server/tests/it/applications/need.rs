//! How much help is offered and wanted.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{actor::Actor, applications::Applications, ids::MissionId, missions::Need, search::Search};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel};
use server::{
    entity::{mission, neighbourhood},
    missions::need,
};
use uuid::Uuid;

use super::world::{World, at_once, choose, form, worlds};

/// Gives a mission a part of the town, and tells its name.
async fn placed(w: &World, id: MissionId) -> anyhow::Result<String> {
    let (db, part) = (w.backend.store.read(), Uuid::now_v7());
    let name = "Berthe".to_owned();
    let row = neighbourhood::ActiveModel {
        id: Set(part),
        municipality_id: Set(w.town),
        name: Set(name.clone()),
        slug: Set("berthe".to_owned()),
        position: Set(1),
    };
    row.insert(db).await?;
    let found = mission::Entity::find_by_id(id.0).one(db).await?.context("the mission")?;
    let mut row = found.into_active_model();
    row.neighbourhood_id = Set(Some(part));
    row.update(db).await?;
    Ok(name)
}

#[tokio::test]
async fn need_counts_the_weeks_to_come_and_the_applications_of_late() -> anyhow::Result<()> {
    for w in worlds().await? {
        // In two days; in three weeks; in five, which is too far; and one that is over when we look.
        let plan = [(48, 2, 3), (21 * 24, 2, 4), (35 * 24, 2, 50), (1, 1, 9)];
        let (first, slots) = w.mission("Distribuer des colis", at_once(&plan)).await?;
        let (second, others) = w.mission("Servir des repas", choose(&[(72, 2, 5)])).await?;
        let (ana, bob) = (w.volunteer("ana").await?, w.volunteer("bob").await?);
        w.backend.apply(&ana, first, form(&slots[..1])).await?;
        w.backend.apply(&bob, second, form(&others)).await?;
        w.backend.clock.advance(TimeDelta::hours(3));
        let town = Condition::all().add(mission::Column::MunicipalityId.eq(w.town));
        let of = |asked: Condition| need::by_domain(w.backend.store.read(), asked, w.now());
        let found = of(town.clone()).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let wanted = Need { places: 12, filled: 1, waiting: 1, applications: 2 };
        assert_eq!(found.get("food-aid"), Some(&wanted));
        assert_eq!(found.len(), 1);
        let page = w.backend.town(&Actor::default(), "83126").await?;
        let shown: Vec<_> = page.needs.into_iter().map(|need| (need.domain.code, need.need, need.parts)).collect();
        let public = Need { places: 12, filled: 1, ..Need::default() };
        assert_eq!(shown, [("food-aid".to_owned(), public, vec![])], "what waits is not the public's business");
        let part = placed(&w, second).await?;
        let page = w.backend.town(&Actor::default(), "83126").await?;
        let parts: Vec<_> = page.needs.into_iter().map(|need| (need.need, need.parts)).collect();
        assert_eq!(parts, [(public, vec![(part, 5)])], "the whole town's places, and where most are free");
        w.backend.clock.advance(TimeDelta::weeks(4));
        let found = of(town).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let later = found.get("food-aid").copied().unwrap_or_default();
        assert_eq!((later.places, later.applications, later.waiting), (50, 0, 1));
    }
    Ok(())
}
