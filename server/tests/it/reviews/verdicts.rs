//! «Not a duplicate because…»: kept for the pair, from both sides, until one of the two changes.

use domain::{
    error::{AppError, Conflict, Problem},
    ids::MissionId,
    missions::{Missions, TextStep},
    reviews::{Decision, Finding, LikelyDuplicate, Mark, QueueAsk, QueueRow, Reviews},
};
use uuid::Uuid;

use super::world::{INSEE, World, worlds};

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
        w.backend.dismiss(&w.actor(w.ana).await?, review, first, "Autre public.".to_owned()).await?;
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

        let because = |who, other, reason: &str| w.backend.dismiss(who, review, other, reason.to_owned());
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
