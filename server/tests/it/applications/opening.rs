//! A mission that takes applications from a day on: nobody is let in before it, and only its organisation says which day.

use anyhow::Context;
use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    actor::Actor,
    applications::{
        ApplicationStatus, Applications,
        door::{Door, Shut},
    },
    error::{AppError, Conflict, Problem},
    ids::MissionId,
    missions::{Missions, PeopleStep},
    paris,
    planning::{CopySlots, Planning},
};
use reqwest::{Method, header};

use super::world::{World, at_once, form, worlds};
use crate::http::Site;

/// The step of the editor as the missions of these worlds have it, with the day as typed.
fn step(opens_on: &str) -> PeopleStep {
    PeopleStep {
        beneficiaries: vec!["families".to_owned()],
        safety_rules: "Porter des gants.".to_owned(),
        choice: "at_once".to_owned(),
        practical: "Sonnez à l’interphone.".to_owned(),
        opens_on: opens_on.to_owned(),
        ..PeopleStep::default()
    }
}

impl World {
    /// Some days from today, in Paris.
    fn day(&self, ahead: u64) -> NaiveDate {
        paris::date(self.now()) + Days::new(ahead)
    }

    async fn opens(&self, mission: MissionId, typed: &str) -> anyhow::Result<()> {
        Ok(self.backend.save_people(&self.of_organisation().await?, mission, step(typed)).await?)
    }

    async fn door(&self, who: &Actor, mission: MissionId) -> anyhow::Result<Door> {
        let viewer = self.backend.page(who, mission).await?.viewer.context("a volunteer")?;
        Ok(viewer.slots.first().context("a slot")?.door.clone())
    }

    /// A page, as a browser with this cookie reads it.
    async fn reads(site: &Site, page: &str, cookie: Option<&str>) -> anyhow::Result<String> {
        let page = site.ask(Method::GET, page, cookie).header(header::ACCEPT, "text/html");
        Ok(page.send().await?.text().await?)
    }
}

#[tokio::test]
async fn nobody_applies_nor_waits_before_the_first_instant_of_the_day() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(240, 3, 1)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        let day = world.day(3);
        world.opens(mission, &day.to_string()).await?;
        let refused = Err(AppError::Conflict(Conflict::OpensOn(day)));
        let shut = Door::Shut(Shut::OpensOn(day));
        // The evening before.
        world.backend.clock.advance(paris::midnight(day) - world.now() - TimeDelta::seconds(1));
        assert_eq!(world.backend.apply(&ada, mission, form(&slots)).await, refused, "{:?}", world.engine());
        assert_eq!(world.door(&ada, mission).await?, shut);
        assert!(world.applications(mission).await?.is_empty() && world.mails("ada").await?.is_empty());
        world.backend.clock.advance(TimeDelta::seconds(1));
        assert_eq!(world.door(&ada, mission).await?, Door::Open(1));
        let accepted = world.backend.apply(&ada, mission, form(&slots)).await;
        assert_eq!(accepted, Ok(ApplicationStatus::Accepted), "{:?}", world.engine());
        // Shut again: the list as well, but nobody loses what they have.
        let later = world.day(2);
        world.opens(mission, &later.to_string()).await?;
        let refused = world.backend.apply(&ben, mission, form(&slots)).await;
        assert_eq!(refused, Err(AppError::Conflict(Conflict::OpensOn(later))));
        assert_eq!(world.door(&ben, mission).await?, Door::Shut(Shut::OpensOn(later)), "not that it is full");
        assert_eq!((world.states(mission).await?, world.taken(slots[0]).await?), (vec!["accepted".to_owned()], 1));
        world.opens(mission, "").await?;
        assert_eq!(world.backend.apply(&ben, mission, form(&slots)).await, Ok(ApplicationStatus::Waitlisted));
    }
    Ok(())
}

#[tokio::test]
async fn a_day_counts_at_once_and_the_history_says_who_chose_it() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (mission, _) = world.mission("Colis du marché", at_once(&[(240, 3, 1)])).await?;
        let day = world.day(3);
        for _ in 0..2 {
            world.opens(mission, &day.to_string()).await?;
        }
        let editor = world.backend.editor(&admin, mission).await?;
        assert_eq!((editor.opens_on, editor.version), (Some(day), None), "no version that waits for a green light");
        let told: Vec<_> = editor.history.iter().map(|line| (line.to.as_str(), line.actor.as_deref())).collect();
        assert_eq!(told, [("opening_set", Some("admin Martin"))], "once");
        let reason = editor.history[0].reason.clone();
        assert_eq!(reason, Some(paris::figures(paris::midnight(day))));
        let copy = world.backend.copy(&admin, mission, CopySlots::Moved).await?;
        assert_eq!(world.backend.editor(&admin, copy).await?.opens_on, None, "a copy opens at once");
        // A day that has come stands in the form, and is sent back with it.
        world.backend.clock.advance(TimeDelta::days(5));
        world.opens(mission, &day.to_string()).await?;
        assert_eq!(world.backend.editor(&admin, mission).await?.opens_on, Some(day));
        assert_eq!(world.backend.page(&admin, mission).await?.opens_on, None, "nothing to tell any more");
        world.opens(mission, "").await?;
        let editor = world.backend.editor(&admin, mission).await?;
        let told: Vec<&str> = editor.history.iter().map(|line| line.to.as_str()).collect();
        assert_eq!((editor.opens_on, told), (None, vec!["opening_removed", "opening_set"]));
    }
    Ok(())
}

#[tokio::test]
async fn a_day_that_makes_no_sense_is_refused_beside_its_field_and_strangers_choose_none() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (mission, _) = world.mission("Colis du marché", at_once(&[(240, 3, 1)])).await?;
        let (yesterday, after) = (world.day(0) - Days::new(1), world.day(11));
        for (typed, problem) in [
            (yesterday.to_string(), Problem::DateInPast),
            (after.to_string(), Problem::AfterLastSlot),
            ("demain".to_owned(), Problem::NotADate),
        ] {
            let refused = world.backend.save_people(&admin, mission, step(&typed)).await;
            assert_eq!(refused, Err(AppError::field("opens_on", problem)), "{typed}");
        }
        let stranger = world.volunteer("ada").await?;
        let refused = world.backend.save_people(&stranger, mission, step(&world.day(3).to_string())).await;
        assert_eq!(refused, Err(AppError::NotFound));
        let editor = world.backend.editor(&admin, mission).await?;
        assert!(editor.opens_on.is_none() && editor.history.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn pages_say_the_day_in_words_in_place_of_the_button() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, _) = world.mission("Colis du marché", at_once(&[(240, 3, 1)])).await?;
        // The worlds' Monday is 23 November 2026.
        let day: NaiveDate = "2026-11-26".parse()?;
        world.opens(mission, "2026-11-26").await?;
        let site = Site::serve(world.backend.clone()).await?;
        let ada = world.volunteer("ada").await?.account.context("an account")?;
        let ada = format!("renfort={}", world.session(ada).await?);
        let admin = format!("renfort={}", world.session(world.admin.into()).await?);
        let words = "Les candidatures ouvrent le jeudi 26\u{a0}novembre 2026.";
        let (page, door) = (app::routes::mission(mission, ""), app::routes::apply(mission));
        for who in [None, Some(ada.as_str())] {
            let html = World::reads(&site, &page, who).await?;
            assert!(html.contains(words) && !html.contains(&door), "{who:?}");
        }
        let html = World::reads(&site, &door, Some(&ada)).await?;
        assert!(html.contains(words) && !html.contains("/api/applications/apply"));
        for own in ["relecture", "candidatures"] {
            let html = World::reads(&site, &app::routes::own_mission(world.of(), mission, own), Some(&admin)).await?;
            assert!(html.contains(words), "{own}");
        }
        let own = app::routes::own_mission(world.of(), mission, "public");
        assert!(World::reads(&site, &own, Some(&admin)).await?.contains("value=\"2026-11-26\""));
        world.backend.clock.advance(paris::midnight(day) - world.now());
        // Another address: what visitors share is kept for a second.
        for (page, who) in [(format!("{page}?ouverte"), None), (page, Some(ada.as_str()))] {
            let html = World::reads(&site, &page, who).await?;
            assert!(!html.contains(words) && html.contains(&door), "{who:?}");
        }
        let html = World::reads(&site, &door, Some(&ada)).await?;
        assert!(!html.contains(words) && html.contains("/api/applications/apply"));
    }
    Ok(())
}
