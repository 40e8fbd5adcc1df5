//! Likely duplicates are read anew each time a file is opened, and asked about again when one of the two changes.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    ids::{MissionId, NeighbourhoodId, ReviewId},
    missions::{Missions, PlaceStep, TextStep},
    reviews::{Decision, LikelyDuplicate, Reason, Reviews},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::entity::neighbourhood;
use uuid::Uuid;

use super::{
    partners::pairs,
    world::{INSEE, World, begin, worlds},
};

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
        let seen = w.backend.compare(&ana, INSEE, other, pair.host).await?.seen;
        w.backend.dismiss(&ana, other, pair.host, seen, "Un autre public.".to_owned()).await?;
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
        w.backend.take(&w.actor(w.ana).await?, review, None).await?;
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

/// An organisation that was asked for changes writes in peace: the town reads what it was sent, title and all.
#[tokio::test]
async fn what_is_being_written_is_not_read_before_it_is_sent() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (first, sent) = w.submitted("Distribuer des colis").await?;
        let (_, review) = w.submitted("Distribuer les colis").await?;
        w.send_back(sent).await?;
        w.retitle(first, "Distribuer des colis chauds").await?;
        let ana = w.actor(w.ana).await?;
        let titles = async || {
            let found = stands_out(&w, review, first).await?.context("a likely duplicate")?;
            anyhow::Ok((found.title, w.backend.compare(&ana, INSEE, review, first).await?.other.title))
        };
        let title = |text: &str| (text.to_owned(), text.to_owned());
        assert_eq!(titles().await?, title("Distribuer des colis"));
        w.submit(first).await?;
        assert_eq!(titles().await?, title("Distribuer des colis chauds"));
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
        let compared = w.backend.compare(&ana, INSEE, review, host).await?;
        let (apart, seen) = (compared.likeness, compared.seen);
        assert!(!same(&apart), "{:?}", apart.reasons);
        w.backend.dismiss(&ana, review, host, seen, "Un autre quartier.".to_owned()).await?;

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
