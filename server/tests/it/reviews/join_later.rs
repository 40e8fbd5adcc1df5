//! What was joined stays, whatever the mission's organisation writes; and likely duplicates are read anew.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    error::{AppError, Conflict},
    ids::{MissionId, NeighbourhoodId, OrganisationId, ReviewId, SlotId},
    missions::{Missions, PlaceStep, SlotForm, TextStep},
    paris,
    reviews::{Decision, LikelyDuplicate, Reason, Reviews},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::entity::neighbourhood;
use uuid::Uuid;

use super::{
    partners::{Pair, later, pairs},
    world::{INSEE, World, begin, worlds},
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

async fn listed(w: &World, review: ReviewId) -> anyhow::Result<Vec<LikelyDuplicate>> {
    Ok(w.backend.file(&w.actor(w.ana).await?, INSEE, review).await?.duplicates)
}

async fn stands_out(w: &World, review: ReviewId, other: MissionId) -> anyhow::Result<Option<LikelyDuplicate>> {
    Ok(listed(w, review).await?.into_iter().find(|it| it.id == other && it.dismissed.is_none()))
}

#[tokio::test]
async fn what_was_said_of_a_pair_holds_until_something_is_joined_to_one_of_them() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let (w, ana) = (&pair.w, pair.w.actor(pair.w.ana).await?);
        let (_, other) = w.submitted_by("Distribuer nos colis", pair.partner.0, pair.zoe, |_| {}).await?;
        assert!(stands_out(w, other, pair.host).await?.is_some());
        w.backend.dismiss(&ana, other, pair.host, "Un autre public.".to_owned()).await?;
        assert!(stands_out(w, other, pair.host).await?.is_none());
        pair.join().await?;
        assert!(stands_out(w, other, pair.host).await?.is_some(), "the other mission has changed: asked again");
        assert!(
            listed(w, other).await?.iter().all(|it| it.id != pair.joined),
            "what was joined offers nothing by itself"
        );
    }
    Ok(())
}

#[tokio::test]
async fn likely_duplicates_are_read_anew_each_time_the_file_is_opened() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (first, review) = w.submitted("Distribuer des colis").await?;
        assert!(listed(&w, review).await?.is_empty());
        let host = w.online("Distribuer les colis").await?;
        assert!(stands_out(&w, review, host).await?.is_some(), "what came after it was sent");
        // Sent again as something else: the new file is not the old one's.
        w.backend.take(&w.actor(w.ana).await?, review).await?;
        let ana = w.actor(w.ana).await?;
        w.backend.decide(&ana, review, Decision::RequestChanges, "Précisez le public".to_owned()).await?;
        let admin = w.actor(w.admin).await?;
        let step = TextStep {
            domain: "food-aid".to_owned(),
            title: "Former les bénévoles aux logiciels".to_owned(),
            goal: "Apprendre à tenir les comptes d’une association".to_owned(),
            description: "Montrer un tableur, expliquer un budget, répondre aux questions des trésoriers. ".repeat(2),
        };
        w.backend.save_text(&admin, first, step).await?;
        let again = w.submit(first).await?;
        assert!(stands_out(&w, again, host).await?.is_none(), "{:?}", listed(&w, again).await?);
        let cancelled = w.online("Distribuer encore des colis").await?;
        let (_, third) = w.submitted("Distribuer toujours des colis").await?;
        assert!(stands_out(&w, third, cancelled).await?.is_some());
        w.backend.cancel(&admin, cancelled, "Plus de local".to_owned()).await?;
        assert!(stands_out(&w, third, cancelled).await?.is_none());
    }
    Ok(())
}

async fn part(w: &World, name: &str) -> anyhow::Result<Uuid> {
    let tx = begin(&w.backend.store).await?;
    let row = neighbourhood::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(w.town),
        name: Set(name.to_owned()),
        slug: Set(domain::text::slug(name)),
        position: Set(1),
    };
    let row = row.insert(&tx).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// A later version that moves to another part of the town is compared there; what was said of the pair no longer holds.
#[tokio::test]
async fn a_later_version_elsewhere_in_the_town_is_compared_anew() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (berthe, tamaris) = (part(&w, "Berthe").await?, part(&w, "Tamaris").await?);
        let admin = w.actor(w.admin).await?;
        let move_to = |part: Uuid| PlaceStep {
            place: "on_site".to_owned(),
            address: "Place du marché".to_owned(),
            neighbourhood: NeighbourhoodId(part).to_string(),
        };
        let host = w.draft("Distribuer des colis", w.admin).await?;
        w.backend.save_place(&admin, host, move_to(berthe)).await?;
        let first = w.submit(host).await?;
        w.tick(w.bob, first).await?;
        w.backend.decide(&w.actor(w.bob).await?, first, Decision::Approve, String::new()).await?;
        let other = w.draft("Distribuer les colis", w.admin).await?;
        w.backend.save_place(&admin, other, move_to(tamaris)).await?;
        let review = w.submit(other).await?;
        let ana = w.actor(w.ana).await?;
        let same = |likeness: &LikelyDuplicate| likeness.reasons.contains(&Reason::SamePart);
        let apart = w.backend.compare(&ana, INSEE, review, host).await?.likeness;
        assert!(!same(&apart), "{:?}", apart.reasons);
        w.backend.dismiss(&ana, review, host, "Un autre quartier.".to_owned()).await?;

        w.backend.clock.advance(TimeDelta::minutes(1));
        w.backend.save_place(&admin, host, move_to(tamaris)).await?;
        let later = w.submit(host).await?;
        let near = stands_out(&w, later, other).await?.context("asked again in the later version's file")?;
        assert!(same(&near) && near.score > apart.score, "{} then {}: {:?}", apart.score, near.score, near.reasons);
        // What is online still speaks for it in the other file, until the move has its green light.
        assert!(stands_out(&w, review, host).await?.is_none());
        w.tick(w.bob, later).await?;
        w.backend.decide(&w.actor(w.bob).await?, later, Decision::Approve, String::new()).await?;
        let near = stands_out(&w, review, host).await?.context("asked again in the other file too")?;
        assert!(same(&near));
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
