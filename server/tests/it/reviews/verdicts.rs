//! «Not a duplicate because…»: kept for the pair, from both sides, until one of the two changes.

use anyhow::Context;
use domain::{
    error::{AppError, Conflict, Problem},
    ids::MissionId,
    missions::{Missions, TextStep},
    reviews::{Decision, Finding, LikelyDuplicate, Mark, QueueAsk, QueueRow, Reviews},
};
use uuid::Uuid;

use super::{
    pages::Browser,
    world::{INSEE, World, worlds},
};

async fn listed(w: &World, review: domain::ids::ReviewId) -> anyhow::Result<Vec<LikelyDuplicate>> {
    Ok(w.backend.file(&w.actor(w.ana).await?, INSEE, review).await?.duplicates)
}

/// How many likely duplicates each line of the queue tells of, once both are known.
async fn told(w: &World) -> anyhow::Result<Vec<u32>> {
    let ana = w.actor(w.ana).await?;
    for _ in 0..100 {
        let rows = w.backend.queue(&ana, INSEE, QueueAsk::default()).await?.rows;
        let count = |row: &QueueRow| {
            row.marks.iter().find_map(|mark| if let Mark::Duplicates(n) = mark { Some(*n) } else { None })
        };
        if rows.iter().all(|row| !row.marks.contains(&Mark::NotCompared)) {
            return Ok(rows.iter().filter_map(count).collect());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    anyhow::bail!("the queue never said what its files resemble")
}

#[tokio::test]
async fn the_queue_tells_of_pairs_that_nobody_dismissed() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (first, _) = w.submitted("Distribuer des colis").await?;
        let (_, review) = w.submitted("Distribuer les colis").await?;
        assert_eq!(told(&w).await?, [1, 1]);
        let ana = w.actor(w.ana).await?;
        let seen = w.backend.compare(&ana, INSEE, review, first).await?.seen;
        w.backend.dismiss(&ana, review, first, seen, "Autre public.".to_owned()).await?;
        assert_eq!(told(&w).await?, Vec::<u32>::new());
        // Whatever else comes is compared with both.
        w.submitted("Distribuer de bons colis").await?;
        assert_eq!(told(&w).await?, [1, 1, 2]);
    }
    Ok(())
}

#[tokio::test]
async fn a_pair_is_not_asked_about_again_until_one_of_the_two_changes() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (first, first_review) = w.submitted("Distribuer des colis").await?;
        let (second, review) = w.submitted("Distribuer les colis").await?;
        let (ana, bob, admin) = (w.actor(w.ana).await?, w.actor(w.bob).await?, w.actor(w.admin).await?);
        assert!(listed(&w, review).await?.iter().any(|other| other.id == first && other.dismissed.is_none()));

        let seen = w.backend.compare(&ana, INSEE, review, first).await?.seen;
        let because = |who, other, reason: &str| w.backend.dismiss(who, review, other, seen.clone(), reason.to_owned());
        let required = AppError::field("reason", Problem::ReasonRequired);
        assert_eq!(because(&ana, first, " ").await, Err(required));
        assert_eq!(because(&admin, first, "Autre public.").await, Err(AppError::NotFound));
        for nothing in [MissionId(Uuid::nil()), second] {
            assert_eq!(because(&ana, nothing, "Autre public.").await, Err(AppError::NotFound), "{nothing}");
        }
        because(&ana, first, "Autre public.").await?;
        assert_eq!(because(&bob, first, "Non.…").await, Err(AppError::Conflict(Conflict::TakenByAnother)));
        let file = w.backend.file(&ana, INSEE, review).await?;
        assert!(file.mine, "whoever says so takes the file");
        let said = file.duplicates.iter().find(|other| other.id == first).and_then(|other| other.dismissed.clone());
        assert_eq!(said.map(|said| (said.reason, said.by)), Some(("Autre public.".to_owned(), "ana Test".to_owned())));
        assert!(file.checklist.iter().any(|line| line.finding == Some(Finding::NoDuplicate)));
        assert!(file.history.first().is_some_and(|line| line.to == "not_duplicate"));
        // From the other side too, and side by side.
        assert!(listed(&w, first_review).await?.iter().all(|other| other.dismissed.is_some()));
        let both = w.backend.compare(&ana, INSEE, review, first).await?;
        let differ: Vec<&str> = both.differences.iter().map(|difference| difference.field.as_str()).collect();
        assert_eq!((differ, both.likeness.dismissed.is_some(), both.other.id), (vec!["title"], true, first));
        assert_eq!(w.backend.compare(&admin, INSEE, review, first).await.err(), Some(AppError::NotFound));
        assert_eq!(w.backend.compare(&ana, INSEE, review, second).await.err(), Some(AppError::NotFound));

        w.backend.take(&bob, first_review, None).await?;
        w.backend.decide(&bob, first_review, Decision::RequestChanges, "Précisez le lieu".to_owned()).await?;
        let content = w.content("Distribuer des colis chauds");
        let step = TextStep {
            domain: "food-aid".to_owned(),
            title: content.title,
            goal: content.goal,
            description: content.description,
        };
        w.backend.save_text(&admin, first, step).await?;
        w.submit(first).await?;
        assert!(
            listed(&w, review).await?.iter().any(|other| other.id == first && other.dismissed.is_none()),
            "asked again"
        );
    }
    Ok(())
}

/// What was said holds for what was read, not for what the other has become while somebody wrote.
#[tokio::test]
async fn nothing_is_said_of_a_pair_that_changed_since_it_was_read() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (first, sent) = w.submitted("Distribuer des colis").await?;
        let (_, review) = w.submitted("Distribuer les colis").await?;
        let ana = w.actor(w.ana).await?;
        let read = async || anyhow::Ok(w.backend.compare(&ana, INSEE, review, first).await?.seen);
        let because = |seen: String| w.backend.dismiss(&ana, review, first, seen, "Autre public.".to_owned());
        let before = read().await?;
        w.send_back(sent).await?;
        w.retitle(first, "Distribuer des colis chauds").await?;
        w.submit(first).await?;
        for stale in [before, String::new()] {
            assert_eq!(because(stale).await, Err(AppError::Conflict(Conflict::OtherChanged)));
        }
        assert!(listed(&w, review).await?.iter().any(|other| other.id == first && other.dismissed.is_none()));
        assert_eq!(w.review(review).await?.status, "waiting", "nothing is written when it is refused");
        because(read().await?).await?;
        assert!(listed(&w, review).await?.iter().all(|other| other.dismissed.is_some()));
    }
    Ok(())
}

/// A refusal names another organisation's mission where everybody can read it, and nowhere else.
#[tokio::test]
async fn a_refusal_tells_nothing_of_what_is_not_online() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (other, sent) = w.submitted("Distribuer des colis").await?;
        let (_, review) = w.submitted("Distribuer les colis").await?;
        w.tick(w.ana, review).await?;
        let browser = Browser::of(&w, w.ana).await?;
        let path = format!("{}/comparer/{other}", app::routes::review(INSEE, review));
        let (_, html) = browser.page(&path).await?;
        assert!(html.contains("déjà proposée à la commune") && !html.contains("propose déjà la même aide"));
        w.tick(w.bob, sent).await?;
        w.backend.decide(&w.actor(w.bob).await?, sent, Decision::Approve, String::new()).await?;
        let (_, html) = browser.page(&path).await?;
        let address = app::routes::mission(other, &w.mission(other).await?.slug);
        let reason = html.split("propose déjà la même aide").nth(1).context("it is named")?;
        let reason = reason.split("</textarea>").next().unwrap_or_default();
        assert!(reason.contains("Distribuer des colis") && reason.contains(&address), "{reason}");
    }
    Ok(())
}
