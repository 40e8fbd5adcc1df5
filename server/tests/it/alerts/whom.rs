//! Of what a saved search tells, and whom: the day that it asks for, the age of whoever keeps it, measures, the town that is
//! meant; once a person.

use anyhow::{Context, anyhow};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    alerts::{AlertForm, Alerts},
    applications::Applications,
    ids::MissionId,
    search::{Search, SearchQuery},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use server::entity::{alert_told, crisis_measures, mission, municipality};
use uuid::Uuid;

use super::{change, published, search, turn, watcher};
use crate::applications::world::{Plan, World, at_once, form, worlds};

/// Publishes something that no search of these tests finds: those that write at once look again.
async fn something_else(world: &World) -> anyhow::Result<()> {
    let (other, _) = published(world, "Jardin partagé").await?;
    change(world, other, mission::Column::DomainCode, "environment").await
}

/// The text of the last e-mail.
async fn last(world: &World, name: &str) -> anyhow::Result<String> {
    Ok(world.letters(name).await?.pop().context("an e-mail")?.body_text)
}

#[tokio::test]
async fn the_first_day_that_is_asked_for_holds_for_the_place_too() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada, bob) = (&world.backend, world.volunteer("ada").await?, world.volunteer("bob").await?);
        let later = AlertForm { from: "2026-12-02".to_owned(), ..search("at_once") };
        backend.save_alert(&ada, None, later).await?;
        // On 25 November there are places; on 3 December, none.
        let (mission, slots) = world.mission("Colis du mois", at_once(&[(48, 3, 2), (240, 3, 1)])).await?;
        backend.apply(&bob, mission, form(&slots[1..])).await?;
        published(&world, "Colis de la semaine").await?;
        assert_eq!(turn(&world).await?, 0, "{:?}: no place from that day on", world.engine());
        let id = world.ids(mission).await?.remove(0);
        backend.withdraw(&bob, id).await?;
        backend.clock.advance(TimeDelta::minutes(1));
        assert_eq!(turn(&world).await?, 1, "{:?}", world.engine());
        let text = last(&world, "ada").await?;
        assert!(text.contains("Colis du mois") && !text.contains("Colis de la semaine"), "{text}");
        assert!(text.contains("décembre") && !text.contains("novembre"), "the slot that was asked for: {text}");
    }
    Ok(())
}

/// Measures of the town by which people of 70 stay at home, for this week.
async fn keep_home(world: &World) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    crisis_measures::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(Some(world.town)),
        status: Set("in_force".to_owned()),
        title: Set("Canicule".to_owned()),
        first_day: Set("2026-11-23".parse()?),
        last_day: Set("2026-11-29".parse()?),
        domains: Set(None),
        remote_from_age: Set(Some(70)),
        largest_group: Set(None),
        rules_fr: Set(String::new()),
        rules_en: Set(String::new()),
        rules_version: Set(1),
        banner_fr: Set("Restez chez vous.".to_owned()),
        banner_en: Set("Stay at home.".to_owned()),
        created_by: Set(world.admin),
        created_at: Set(world.now()),
        updated_at: Set(world.now()),
        switched_on_at: Set(Some(world.now())),
        ended_at: Set(None),
    }
    .insert(&tx)
    .await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn nobody_is_told_of_what_their_age_or_measures_keep_them_from() -> anyhow::Result<()> {
    for world in worlds().await? {
        for (name, birth) in [("lou", Some("2009-06-01")), ("max", Some("1950-02-03")), ("eve", None)] {
            let actor = world.actor(world.person(name, birth).await?).await?;
            world.backend.save_alert(&actor, None, search("at_once")).await?;
        }
        keep_home(&world).await?;
        // All within the week of the measures; the last one is after it.
        let (adults, _) = published(&world, "Colis entre adultes").await?;
        world.mission("Colis pour tous", Plan { choice: "at_once", minors: true, slots: &[(50, 3, 2)] }).await?;
        let (remote, _) = published(&world, "Colis par téléphone").await?;
        change(&world, remote, mission::Column::Remote, true).await?;
        world.mission("Colis de décembre", at_once(&[(24 * 9, 3, 2)])).await?;
        assert_eq!(turn(&world).await?, 3, "{:?}", world.engine());
        let all = ["Colis entre adultes", "Colis pour tous", "Colis par téléphone", "Colis de décembre"];
        for (name, told) in
            [("lou", [false, true, false, false]), ("max", [false, false, true, true]), ("eve", [true; 4])]
        {
            let text = last(&world, name).await?;
            assert_eq!(all.map(|title| text.contains(title)), told, "{name}: {text}");
        }
        // What comes within their reach later is told of then.
        world.backend.clock.advance(TimeDelta::hours(2));
        change(&world, adults, mission::Column::OpenToMinors, true).await?;
        something_else(&world).await?;
        assert_eq!(turn(&world).await?, 1, "{:?}", world.engine());
        let text = last(&world, "lou").await?;
        assert!(text.contains("Colis entre adultes") && !text.contains("Colis pour tous"), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn two_searches_of_one_person_tell_of_a_mission_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, watcher(&world, "ada", "at_once").await?);
        let bob = watcher(&world, "bob", "at_once").await?;
        let anything = AlertForm { domain: String::new(), ..search("at_once") };
        backend.save_alert(&ada, None, anything).await?;
        let (both, _) = published(&world, "Colis pour deux alertes").await?;
        assert_eq!(turn(&world).await?, 2, "{:?}: one each", world.engine());
        assert_eq!(world.mails("ada").await?, ["new_missions"]);
        assert_eq!(world.mails("bob").await?, ["new_missions"], "somebody else's search is their own");
        // The other search still tells of what it alone finds, and not of what the first one told.
        backend.clock.advance(TimeDelta::hours(2));
        something_else(&world).await?;
        assert_eq!(turn(&world).await?, 1);
        let text = last(&world, "ada").await?;
        assert!(text.contains("Jardin partagé") && !text.contains("Colis pour deux alertes"), "{text}");
        // Not even once the search that told is gone, or asks for something else and again for the same.
        let ids: Vec<_> = backend.alerts(&ada).await?.alerts.into_iter().map(|alert| alert.id).collect();
        backend.remove_alert(&ada, ids[0]).await?;
        backend.clock.advance(TimeDelta::hours(2));
        change_published(&world, both).await?;
        assert_eq!(turn(&world).await?, 0);
        let told = || alert_told::Entity::find().count(backend.store.read());
        assert_eq!(told().await?, 3);
        backend.remove_alert(&ada, ids[1]).await?;
        assert_eq!(told().await?, 1, "with the last search, what one was told of goes; the other's stays");
        assert_eq!(backend.alerts(&bob).await?.alerts.len(), 1);
    }
    Ok(())
}

/// A later version of a mission goes online.
async fn change_published(world: &World, id: MissionId) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let changed = mission::Entity::update_many().col_expr(mission::Column::PublishedAt, Expr::value(world.now()));
    changed.filter(mission::Column::Id.eq(id.0)).exec(&tx).await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn a_code_means_its_town_though_it_reads_as_a_postcode_elsewhere() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, world.volunteer("ada").await?);
        // The other town has the code 83500, which is the postcode of both.
        let other = world.other_town("83500").await?;
        let there = AlertForm { town: "83500".to_owned(), ..search("at_once") };
        backend.save_alert(&ada, None, there).await?;
        let (here, _) = published(&world, "Colis d’ici").await?;
        let (elsewhere, _) = published(&world, "Colis d’ailleurs").await?;
        change(&world, elsewhere, mission::Column::MunicipalityId, other).await?;
        let found = async |town: &str| {
            let query = SearchQuery { town: town.to_owned(), ..SearchQuery::default() };
            let page = backend.missions(&Actor::default(), query).await?;
            anyhow::Ok(page.missions.into_iter().map(|card| card.id).collect::<Vec<_>>())
        };
        assert_eq!(found("83500").await?, [elsewhere]);
        assert_eq!(found("83126").await?, [here]);
        assert_eq!(found(" la seyne sur mer ").await?, [here], "a name");
        assert_eq!(found("83999").await?, [], "neither");
        assert_eq!(turn(&world).await?, 1);
        let text = last(&world, "ada").await?;
        assert!(text.contains("Colis d’ailleurs") && !text.contains("Colis d’ici"), "{text}");
        // Where no town has the code, it is a postcode, of which several towns may have one.
        let third = world.other_town("83501").await?;
        for id in [here, elsewhere] {
            change(&world, id, mission::Column::MunicipalityId, third).await?;
        }
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let renamed = municipality::Entity::update_many().col_expr(municipality::Column::Insee, Expr::value("83502"));
        renamed.filter(municipality::Column::Id.eq(other)).exec(&tx).await?;
        tx.commit().await?;
        assert_eq!(found("83500").await?, [here, elsewhere]);
    }
    Ok(())
}
