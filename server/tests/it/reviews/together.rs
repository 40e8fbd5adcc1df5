//! Several coordinators: a file goes from one to the other, each sees what the other did, and each finds their part of the
//! queue.

use domain::{
    error::{AppError, Conflict, Problem},
    ids::AccountId,
    reviews::{Decision, QueueAsk, QueueTab, ReviewStatus, Reviews},
};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use server::entity::review;
use uuid::Uuid;

use super::{
    pages::Browser,
    world::{INSEE, begin, worlds},
};

#[tokio::test]
async fn a_file_is_handed_over_and_taken_over_and_each_is_told() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let (ana, bob) = (w.actor(w.ana).await?, w.actor(w.bob).await?);
        let to_bob = |word: &str| w.backend.hand_over(&ana, review, AccountId(w.bob), word.to_owned());
        assert_eq!(to_bob("").await, Err(AppError::Conflict(Conflict::TakeItFirst)));
        w.backend.take(&ana, review, None).await?;
        for nobody in [w.ana, w.admin] {
            let refused = w.backend.hand_over(&ana, review, AccountId(nobody), String::new()).await;
            assert_eq!(refused, Err(AppError::field("to", Problem::NotAChoice)));
        }
        assert_eq!(to_bob(&"x".repeat(501)).await, Err(AppError::field("word", Problem::TooLong { max: 500 })));
        to_bob("Tu connais ce quartier.").await?;
        assert_eq!(to_bob("").await, Err(AppError::Conflict(Conflict::TakenByAnother)));
        let file = w.backend.file(&bob, INSEE, review).await?;
        assert!(file.mine && file.status == ReviewStatus::InReview);
        let why = file.history.first().and_then(|line| line.reason.clone()).unwrap_or_default();
        assert!(why.contains("bob Test") && why.contains("Tu connais ce quartier."), "{why}");
        assert_eq!(file.colleagues, [(AccountId(w.ana), "ana Test".to_owned())]);
        assert_eq!(w.mails("bob").await?, ["mission_to_review", "review_handed_over"]);

        w.backend.take(&ana, review, Some(AccountId(w.bob))).await?;
        assert_eq!(w.mails("bob").await?.last().map(String::as_str), Some("review_taken_over"));
        assert_eq!(w.mails("ana").await?, ["mission_to_review"], "nobody is told of what they did");
    }
    Ok(())
}

/// Whoever reads an old page takes nothing from a colleague whom it does not name, in whichever order the two press.
#[tokio::test]
async fn nobody_takes_a_file_over_from_a_page_that_is_out_of_date() -> anyhow::Result<()> {
    for w in worlds().await? {
        for (fast, slow) in [(w.ana, w.bob), (w.bob, w.ana)] {
            let (_, review) = w.submitted("Distribuer des colis").await?;
            let (first, second) = (w.actor(fast).await?, w.actor(slow).await?);
            let shown = w.backend.file(&second, INSEE, review).await?.holder;
            assert_eq!(shown, None);
            w.backend.take(&first, review, None).await?;
            w.backend.take(&first, review, None).await?;
            for stale in [shown, Some(AccountId(slow)), Some(AccountId(w.admin))] {
                let refused = w.backend.take(&second, review, stale).await;
                assert_eq!(refused, Err(AppError::Conflict(Conflict::TakenByAnother)));
            }
            assert_eq!(w.review(review).await?.taken_by, Some(fast));
            let file = w.backend.file(&second, INSEE, review).await?;
            assert_eq!(file.holder, Some(AccountId(fast)), "shown again, the page names who has it");
            w.backend.take(&second, review, file.holder).await?;
            assert_eq!(w.review(review).await?.taken_by, Some(slow));
            // What was given back meanwhile is taken from nobody.
            w.backend.release(&second, review).await?;
            w.backend.take(&first, review, Some(AccountId(slow))).await?;
            assert_eq!(w.review(review).await?.taken_by, Some(fast));
        }
    }
    Ok(())
}

#[tokio::test]
async fn each_sees_what_the_other_did_since_the_page_was_opened() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let (ana, bob) = (w.actor(w.ana).await?, w.actor(w.bob).await?);
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        let opened = w.now();
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        w.backend.take(&ana, review, None).await?;
        assert!(w.backend.news(&ana, INSEE, review, opened).await?.is_empty(), "what one did oneself is no news");
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        w.backend.write(&ana, review, "Bonjour.".to_owned(), None).await?;
        let news = w.backend.news(&bob, INSEE, review, opened).await?;
        let told: Vec<&str> = news.iter().map(|line| line.to.as_str()).collect();
        assert_eq!(told, ["message", "in_review"]);
        assert!(news.iter().all(|line| line.actor.as_deref() == Some("ana Test")));
        assert!(w.backend.news(&bob, INSEE, review, w.now()).await?.is_empty());
        let stranger = w.actor(w.admin).await?;
        assert_eq!(w.backend.news(&stranger, INSEE, review, opened).await, Err(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn the_queue_has_its_parts_and_filters_and_a_way_through_both_ends() -> anyhow::Result<()> {
    for w in worlds().await? {
        let mut ids = Vec::new();
        for title in ["Distribuer des colis", "Servir des repas", "Porter les courses"] {
            ids.push(w.submitted(title).await?.1);
            w.backend.clock.advance(chrono::TimeDelta::hours(1));
        }
        let (ana, bob) = (w.actor(w.ana).await?, w.actor(w.bob).await?);
        w.backend.take(&bob, ids[1], None).await?;
        let queue = w.backend.queue(&ana, INSEE, QueueAsk::of(QueueTab::Waiting)).await?;
        assert_eq!((queue.counts, queue.rows.len()), ([3, 2, 0, 0, 0, 0], 2));
        let queue = w.backend.queue(&ana, INSEE, QueueAsk::default()).await?;
        assert_eq!((queue.rows.len(), queue.choices.domains.len(), queue.choices.organisations.len()), (3, 1, 1));
        let organisation = queue.choices.organisations[0].0.clone();
        let ask = |domain: &str, organisation: &str| QueueAsk {
            domain: domain.to_owned(),
            organisation: organisation.to_owned(),
            ..QueueAsk::default()
        };
        for (asked, found) in [
            (ask("food-aid", &organisation), 3),
            (ask("childcare", ""), 0),
            (ask("", &w.town.to_string()), 0),
            (ask("", "n’importe quoi"), 0),
        ] {
            let queue = w.backend.queue(&ana, INSEE, asked.clone()).await?;
            let counts = (queue.counts[0], queue.counts[1]);
            let left = if found == 0 { (0, 0) } else { (3, 2) };
            assert_eq!((queue.rows.len(), counts), (found, left), "the tabs count what the filters leave: {asked:?}");
            let domains = if asked.domain == "childcare" { 2 } else { 1 };
            assert_eq!(
                queue.choices.domains.len(),
                domains,
                "what can be chosen stays in sight, and what was: {asked:?}"
            );
        }
        // Bob's is left to him; the way goes round.
        let file = w.backend.file(&ana, INSEE, ids[0]).await?;
        assert_eq!((file.previous, file.next), (Some(ids[2]), Some(ids[2])));
        let file = w.backend.file(&bob, INSEE, ids[1]).await?;
        assert_eq!((file.previous, file.next), (Some(ids[0]), Some(ids[2])));
        w.backend.decide(&bob, ids[1], Decision::Refuse, "Déjà pourvu.".to_owned()).await?;
        assert_eq!(w.backend.queue(&bob, INSEE, QueueAsk::default()).await?.counts, [2, 2, 0, 0, 0, 1]);
    }
    Ok(())
}

#[tokio::test]
async fn a_long_queue_is_read_page_by_page_and_its_links_keep_what_was_asked() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, id) = w.submitted("Distribuer des colis").await?;
        let (ana, row) = (w.actor(w.ana).await?, w.review(id).await?);
        let tx = begin(&w.backend.store).await?;
        for _ in 0..101 {
            let (id, status, decided_at) = (Set(Uuid::now_v7()), Set("refused".to_owned()), Set(Some(w.now())));
            let decided = review::ActiveModel { id, status, decided_at, ..row.clone().into() }.reset_all();
            review::Entity::insert(decided).exec_without_returning(&tx).await?;
        }
        tx.commit().await?;
        let ask = |page| QueueAsk { domain: "food-aid".to_owned(), page, ..QueueAsk::of(QueueTab::Done) };
        let mut seen = Vec::new();
        for (page, lines) in [(1, 100), (2, 1)] {
            let queue = w.backend.queue(&ana, INSEE, ask(page)).await?;
            assert_eq!((queue.page, queue.pages, queue.rows.len()), (page, 2, lines));
            assert_eq!((queue.counts[0], queue.counts[5]), (1, 101));
            seen.extend(queue.rows.into_iter().map(|row| row.id));
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 101, "each is on one page");
        assert_eq!(w.backend.queue(&ana, INSEE, ask(9)).await?.page, 2, "what is beyond the end is the end");

        let queue = format!("/coordination/{INSEE}");
        let (status, html) =
            Browser::of(&w, w.ana).await?.page(&format!("{queue}?onglet=termines&domaine=food-aid")).await?;
        let html = html.replace("&amp;", "&");
        assert_eq!(status, 200);
        for link in
            ["?domaine=food-aid", "?onglet=mes-dossiers&domaine=food-aid", "?onglet=termines&domaine=food-aid&page=2"]
        {
            assert!(html.contains(&format!("href=\"{queue}{link}\"")), "{link}");
        }
    }
    Ok(())
}
