//! What a mission's page says to each: why a slot cannot be asked for, in the words of what would be refused.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::{
        ApplicationStatus, Applications,
        door::{Door, Shut},
    },
    error::Problem,
    ids::MissionId,
    missions::{Missions, Seen},
};
use reqwest::{Method, header};

use super::world::{World, at_once, choose, form, worlds};
use crate::http::Site;

impl World {
    async fn seen(&self, who: &Actor, mission: MissionId) -> anyhow::Result<Option<Vec<Seen>>> {
        Ok(self.backend.page(who, mission).await?.viewer.map(|viewer| viewer.slots))
    }

    async fn doors(&self, who: &Actor, mission: MissionId) -> anyhow::Result<Vec<Door>> {
        Ok(self.seen(who, mission).await?.unwrap_or_default().into_iter().map(|seen| seen.door).collect())
    }
}

#[tokio::test]
async fn each_slot_says_what_it_is_for_whoever_asks() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (camille, ben) = (world.volunteer("camille").await?, world.volunteer("ben").await?);
        let (busy, taken) = world.mission("Collecte", at_once(&[(48, 3, 9)])).await?;
        let (mission, slots) = world.mission("Colis", at_once(&[(49, 3, 2), (72, 3, 1), (96, 3, 4)])).await?;
        world.backend.apply(&camille, busy, form(&taken)).await?;
        world.backend.apply(&ben, mission, form(&slots[1..2])).await?;
        let shut = Door::Shut;
        assert_eq!(
            world.doors(&camille, mission).await?,
            [shut(Shut::Clash("Collecte".to_owned())), Door::List(0), Door::Open(4)]
        );
        assert_eq!(world.doors(&ben, mission).await?, [Door::Open(2), shut(Shut::Applied), Door::Open(4)]);
        world.backend.apply(&camille, mission, form(&slots[1..2])).await?;
        let cleo = world.volunteer("cleo").await?;
        assert_eq!(world.doors(&cleo, mission).await?[1], Door::List(1));
        let young = world.actor(world.person("sacha", Some("2009-06-01")).await?).await?;
        let adults = shut(Shut::Rule(Problem::AdultsOnly));
        assert_eq!(world.doors(&young, mission).await?, [adults.clone(), adults.clone(), adults]);
        assert_eq!(world.seen(&Actor::default(), mission).await?, None, "nothing of anybody for who visits");
        assert_eq!(world.seen(&world.of_organisation().await?, mission).await?, None, "nor for who is no volunteer");
        world.backend.clock.advance(TimeDelta::hours(60));
        assert_eq!(world.doors(&cleo, mission).await?[0], shut(Shut::Over));
    }
    Ok(())
}

#[tokio::test]
async fn a_free_place_is_for_those_who_wait_where_the_organisation_still_chooses() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&[(72, 3, 1), (96, 3, 1)])).await?;
        let (ada, cleo) = (world.volunteer("ada").await?, world.volunteer("cleo").await?);
        world.backend.apply(&ada, mission, form(&slots[..1])).await?;
        world.backend.apply(&world.volunteer("ben").await?, mission, form(&slots[..1])).await?;
        let (admin, ids) = (world.of_organisation().await?, world.ids(mission).await?);
        world.backend.decide(&admin, mission, vec![ids[0]], true, String::new()).await?;
        world.backend.apply(&cleo, mission, form(&slots[..1])).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        assert_eq!((world.taken(slots[0]).await?, world.states(mission).await?[2].as_str()), (0, "waitlisted"));
        let dan = world.volunteer("dan").await?;
        assert_eq!(world.doors(&dan, mission).await?, [Door::List(1), Door::Open(1)], "Ben, then Cléo");
        let answer = world.backend.apply(&dan, mission, form(&slots[..1])).await;
        assert_eq!(answer, Ok(ApplicationStatus::Waitlisted), "the form agrees");
        let eve = world.volunteer("eve").await?;
        world.backend.decide(&admin, mission, vec![ids[1]], false, "Une autre fois.".to_owned()).await?;
        assert_eq!(world.doors(&eve, mission).await?, [Door::List(1), Door::Open(1)], "it is offered to Cléo");
    }
    Ok(())
}

#[tokio::test]
async fn a_mission_without_a_date_to_come_has_no_waiting_list() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (over, _) = world.mission("Colis", at_once(&[(24, 3, 1)])).await?;
        let (full, slots) = world.mission("Repas", at_once(&[(72, 3, 1)])).await?;
        world.backend.apply(&world.volunteer("ada").await?, full, form(&slots)).await?;
        world.backend.clock.advance(TimeDelta::hours(30));
        let site = Site::serve(world.backend.clone()).await?;
        let said = async |page: &str, who: Option<&str>| {
            let page = site.ask(Method::GET, page, who);
            let page = page.header(header::ACCEPT, "text/html").send().await?.text().await?;
            anyhow::Ok((page.contains("plus de date à venir"), page.contains("M’inscrire sur la liste d’attente")))
        };
        assert_eq!(said(&app::routes::mission(over, ""), None).await?, (true, false));
        assert_eq!(said(&app::routes::mission(full, ""), None).await?, (false, true));
        let ben = world.volunteer("ben").await?.account.context("an account")?;
        let ben = format!("renfort={}", world.session(ben).await?);
        assert_eq!(said(&app::routes::apply(over), Some(&ben)).await?, (true, false), "nor a form without a choice");
    }
    Ok(())
}
