//! What was joined stays, whatever the mission's organisation writes.

use anyhow::Context;
use domain::{
    error::{AppError, Conflict},
    ids::{OrganisationId, ReviewId, SlotId},
    missions::{Missions, SlotForm, TextStep},
    paris,
    reviews::{Decision, Reviews},
};

use super::{
    partners::{Pair, later, pairs},
    world::{INSEE, World, worlds},
};

fn text(w: &World, title: &str) -> TextStep {
    let content = w.content(title);
    TextStep {
        domain: "food-aid".to_owned(),
        title: content.title,
        goal: content.goal,
        description: content.description,
    }
}

impl Pair {
    /// Bob gives the later version its green light.
    async fn green_light(&self) -> anyhow::Result<()> {
        let review = self.w.submit(self.host).await?;
        self.approve(review).await
    }

    async fn approve(&self, review: ReviewId) -> anyhow::Result<()> {
        self.w.tick(self.w.bob, review).await?;
        let bob = self.w.actor(self.w.bob).await?;
        Ok(self.w.backend.decide(&bob, review, Decision::Approve, String::new()).await?)
    }

    /// What is online has the title and the partner's slot.
    async fn stands(&self, title: &str) -> anyhow::Result<()> {
        let (version, content) = self.w.published(self.host).await?;
        assert_eq!((content.title.as_str(), version.status.as_str()), (title, "approved"));
        assert!(content.slots.iter().any(|slot| slot.organisation == Some(self.partner.0)), "{content:?}");
        assert!(self.held().await?.cancelled_at.is_none());
        Ok(())
    }
}

#[tokio::test]
async fn a_version_that_was_being_written_goes_online_with_the_slots_of_the_partner() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let (w, admin) = (&pair.w, pair.w.actor(pair.w.admin).await?);
        w.backend.save_text(&admin, pair.host, text(w, "Distribuer des repas")).await?;
        pair.join().await?;
        let editor = w.backend.editor(&admin, pair.host).await?;
        assert_eq!((editor.content.title.as_str(), editor.content.slots.len()), ("Distribuer des repas", 1));
        let held = SlotId(pair.held().await?.id);
        assert_eq!((editor.joined, editor.partners.len()), (vec![held], 1));
        assert_eq!(w.backend.preview(&admin, pair.host).await?.slots.len(), 2, "as the public will see it");
        assert_eq!(w.backend.remove_slot(&admin, pair.host, held).await, Err(AppError::NotFound));
        pair.green_light().await?;
        pair.stands("Distribuer des repas").await?;
        // And so does the next one, which begins as its organisation wrote it.
        w.backend.save_text(&admin, pair.host, text(w, "Distribuer des paniers")).await?;
        assert_eq!(w.backend.editor(&admin, pair.host).await?.content.slots.len(), 1);
        pair.green_light().await?;
        pair.stands("Distribuer des paniers").await?;
        assert_eq!(pair.slots().await?.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn a_version_that_waited_keeps_its_review_and_goes_online_with_the_slots_of_the_partner() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let (w, admin) = (&pair.w, pair.w.actor(pair.w.admin).await?);
        w.backend.save_text(&admin, pair.host, text(w, "Distribuer des repas")).await?;
        let review = w.submit(pair.host).await?;
        pair.join().await?;
        let host = w.mission(pair.host).await?;
        assert!(host.working_version_id.is_some(), "it still waits");
        let file = w.backend.file(&w.actor(w.bob).await?, INSEE, review).await?;
        assert_eq!(file.mission.slots.len(), 2, "read as it would go online");
        let changed: Vec<String> = file.since.context("online")?.changed.into_iter().map(|it| it.field).collect();
        assert_eq!(changed, ["title"], "the slots of the partner are no change of its own");
        pair.approve(review).await?;
        pair.stands("Distribuer des repas").await?;
        assert_eq!(w.mission(pair.host).await?.working_version_id, None);
        let file = w.backend.file(&w.actor(w.bob).await?, INSEE, review).await?;
        assert_eq!(file.mission.slots.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn what_the_partner_called_off_does_not_come_back() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let (w, admin) = (&pair.w, pair.w.actor(pair.w.admin).await?);
        pair.join().await?;
        let (zoe, held) = (w.actor(pair.zoe).await?, SlotId(pair.held().await?.id));
        w.backend.cancel_slot(&zoe, pair.host, held, "La salle est prise.".to_owned()).await?;
        w.backend.save_text(&admin, pair.host, text(w, "Distribuer des repas")).await?;
        pair.green_light().await?;
        let (_, content) = w.published(pair.host).await?;
        assert!(content.slots.iter().all(|slot| slot.organisation.is_none()));
        assert!(pair.held().await?.cancelled_at.is_some());
    }
    Ok(())
}

#[tokio::test]
async fn a_slot_at_the_time_of_a_partner_may_be_planned() -> anyhow::Result<()> {
    for mut pair in pairs().await? {
        let (joined, review) = pair
            .w
            .submitted_by("Distribuer nos colis", pair.partner.0, pair.zoe, |content| later(&mut content.slots[0], 2))
            .await?;
        (pair.joined, pair.review) = (joined, review);
        pair.w.tick(pair.w.ana, review).await?;
        pair.join().await?;
        let (w, admin) = (&pair.w, pair.w.actor(pair.w.admin).await?);
        let held = pair.held().await?;
        let (from, to) = (paris::to_paris(held.starts_at), paris::to_paris(held.ends_at));
        let form = SlotForm {
            kind: "dated".to_owned(),
            date: from.format("%Y-%m-%d").to_string(),
            start: from.format("%H:%M").to_string(),
            end: to.format("%H:%M").to_string(),
            places: "2".to_owned(),
            ..SlotForm::default()
        };
        w.backend.add_slot(&admin, pair.host, form).await?;
        pair.green_light().await?;
        assert_eq!(pair.slots().await?.len(), 3);
        assert_eq!(pair.held().await?.places, 4);
    }
    Ok(())
}

#[tokio::test]
async fn its_own_slots_are_simply_its_own() -> anyhow::Result<()> {
    for w in worlds().await? {
        let host = w.online("Distribuer des colis").await?;
        let admin = w.actor(w.admin).await?;
        let mut slots = Vec::new();
        for (days, writing) in [(1, false), (2, true)] {
            if writing {
                w.backend.save_text(&admin, host, text(&w, "Distribuer des repas")).await?;
            }
            let (_, review) = w
                .submitted_by("Distribuer les colis", w.organisation, w.admin, |content| {
                    later(&mut content.slots[0], days)
                })
                .await?;
            w.tick(w.ana, review).await?;
            let ana = w.actor(w.ana).await?;
            let join = w.backend.compare(&ana, INSEE, review, host).await?.join.context("it can be joined")?;
            assert!(join.same_organisation);
            slots.push(join.slots[0].0.id);
            w.backend.join(&ana, review, host, join.seen, "La même mission.".to_owned()).await?;
            assert_eq!(w.last_letter("admin").await?.kind, "own_mission_joined");
        }
        let page = w.backend.page(&admin, host).await?;
        assert!(page.partners.is_empty() && page.slots.len() == 3);
        assert!(page.slots.iter().all(|slot| slot.organisation.is_none()));
        // What came while nothing was being written is written like any other; the rest goes online with what is.
        let editor = w.backend.editor(&admin, host).await?;
        assert_eq!((editor.content.slots.len(), editor.joined), (2, vec![slots[1]]));
        let review = w.submit(host).await?;
        w.tick(w.bob, review).await?;
        w.backend.decide(&w.actor(w.bob).await?, review, Decision::Approve, String::new()).await?;
        let page = w.backend.page(&admin, host).await?;
        assert_eq!(
            (page.title.as_str(), page.slots.iter().filter(|slot| !slot.cancelled).count()),
            ("Distribuer des repas", 3)
        );
        w.backend.cancel_slot(&admin, host, slots[1], "La salle est prise.".to_owned()).await?;
        let own =
            domain::applications::Applications::of_mission(&w.backend, &admin, OrganisationId(w.organisation), host)
                .await?;
        assert_eq!(own.slots.len(), 3);
    }
    Ok(())
}

#[tokio::test]
async fn a_mission_that_is_online_is_not_joined() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let w = &pair.w;
        let second = w.online("Distribuer encore").await?;
        let admin = w.actor(w.admin).await?;
        w.backend.save_text(&admin, second, text(w, "Distribuer toujours")).await?;
        let review = w.submit(second).await?;
        w.tick(w.ana, review).await?;
        let ana = w.actor(w.ana).await?;
        assert!(w.backend.compare(&ana, INSEE, review, pair.host).await?.join.is_none());
        let seen = w.published(pair.host).await?.0.content_hash;
        let refused = w.backend.join(&ana, review, pair.host, seen, "La même aide.".to_owned()).await;
        assert_eq!(refused, Err(AppError::Conflict(Conflict::NotInThisState)));
        assert_eq!(w.mission(second).await?.status, "published");
    }
    Ok(())
}
