//! What a version is read beside: the one that was sent back just before, or what is online.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    ids::{MissionId, ReviewId},
    missions::{Missions, TextStep},
    reviews::{Decision, Earlier, Reviews},
};

use super::{
    pages::Browser,
    world::{INSEE, World, worlds},
};

impl World {
    /// Gives another title to what an organisation is writing.
    pub async fn retitle(&self, id: MissionId, title: &str) -> anyhow::Result<()> {
        let content = self.content(title);
        let step = TextStep {
            domain: "food-aid".to_owned(),
            title: content.title,
            goal: content.goal,
            description: content.description,
        };
        self.backend.save_text(&self.actor(self.admin).await?, id, step).await?;
        Ok(())
    }

    /// Asks for changes as Bob, who takes it.
    pub async fn send_back(&self, review: ReviewId) -> anyhow::Result<()> {
        let bob = self.actor(self.bob).await?;
        self.backend.take(&bob, review, None).await?;
        let why = "Précisez le titre".to_owned();
        Reviews::decide(&self.backend, &bob, review, Decision::RequestChanges, why).await?;
        self.backend.clock.advance(TimeDelta::minutes(1));
        Ok(())
    }
}

/// The earlier version in a file, and the names of what changed since.
async fn since(w: &World, review: ReviewId) -> anyhow::Result<(Earlier, Vec<String>)> {
    let file = w.backend.file(&w.actor(w.ana).await?, INSEE, review).await?;
    let since = file.since.context("an earlier version")?;
    let changed = since.changed.iter().map(|change| change.field.clone()).collect();
    Ok((since, changed))
}

#[tokio::test]
async fn what_was_sent_back_while_another_is_online_is_what_the_next_is_read_beside() -> anyhow::Result<()> {
    for w in worlds().await? {
        let mission = w.online("Distribuer des colis").await?;
        w.backend.clock.advance(TimeDelta::minutes(1));
        w.retitle(mission, "Distribuer des repas").await?;
        let second = w.submit(mission).await?;
        let (online, changed) = since(&w, second).await?;
        assert_eq!((online.version, online.online, online.again, changed), (1, true, false, vec!["title".to_owned()]));
        w.send_back(second).await?;
        w.retitle(mission, "Distribuer des repas chauds").await?;
        let third = w.submit(mission).await?;
        let (sent_back, changed) = since(&w, third).await?;
        assert_eq!((sent_back.version, sent_back.online, sent_back.again), (2, false, false));
        assert_eq!((sent_back.page.title.as_str(), changed), ("Distribuer des repas", vec!["title".to_owned()]));
        // The file on the one before stays what it was.
        assert_eq!(since(&w, second).await?.0.version, 1);
        // What follows a green light is read beside what is online.
        w.tick(w.ana, third).await?;
        w.backend.decide(&w.actor(w.ana).await?, third, Decision::Approve, String::new()).await?;
        w.backend.clock.advance(TimeDelta::minutes(1));
        w.retitle(mission, "Distribuer des paniers").await?;
        let (online, _) = since(&w, w.submit(mission).await?).await?;
        assert_eq!((online.version, online.online), (3, true));
    }
    Ok(())
}

#[tokio::test]
async fn what_comes_back_as_it_was_is_said_to_be_unchanged() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        w.send_back(review).await?;
        let again = w.submit(mission).await?;
        let (earlier, changed) = since(&w, again).await?;
        assert_eq!((earlier.version, earlier.online, earlier.again, changed), (1, false, true, Vec::new()));
        let browser = Browser::of(&w, w.ana).await?;
        let (_, html) = browser.page(&app::routes::review(INSEE, again)).await?;
        assert!(html.contains("Version 1 inchangée") && !html.contains("C’est la première version"));
        let (_, html) = browser.page(&app::routes::review(INSEE, review)).await?;
        assert!(html.contains("C’est la première version") && !html.contains("Version 1 inchangée"));
    }
    Ok(())
}

#[tokio::test]
async fn what_comes_back_as_it_was_still_shows_what_it_changes_of_what_is_online() -> anyhow::Result<()> {
    for w in worlds().await? {
        let mission = w.online("Distribuer des colis").await?;
        w.backend.clock.advance(TimeDelta::minutes(1));
        w.retitle(mission, "Distribuer des repas").await?;
        let second = w.submit(mission).await?;
        w.send_back(second).await?;
        let review = w.submit(mission).await?;
        let (earlier, changed) = since(&w, review).await?;
        assert_eq!(
            (earlier.version, earlier.online, earlier.again, changed),
            (1, true, true, vec!["title".to_owned()])
        );
        let browser = Browser::of(&w, w.ana).await?;
        let (_, html) = browser.page(&app::routes::review(INSEE, review)).await?;
        assert!(html.contains("sans être réécrite") && html.contains("à la version 1, en ligne"));
    }
    Ok(())
}
