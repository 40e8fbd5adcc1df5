//! Due times on working days, the letters of the mornings, and the answers that go with a green light.

use anyhow::{Context, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    error::{AppError, Conflict},
    reviews::{ChecklistAnswer, Reviews},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use server::{
    entity::{municipality, outbox},
    reviews::jobs,
};

use super::world::{INSEE, World, begin, worlds};

/// Sets the town's week, and moves the clock to an instant to come.
async fn at(w: &World, instant: &str, escalation: Option<&str>) -> anyhow::Result<()> {
    let instant: DateTime<Utc> = instant.parse()?;
    w.backend.clock.advance(instant - w.now());
    let tx = begin(&w.backend.store).await?;
    municipality::ActiveModel {
        id: Set(w.town),
        work_days: Set(0b001_1111),
        review_hours: Set(72),
        reminder_hours: Set(24),
        escalation_email: Set(escalation.map(str::to_owned)),
        ..Default::default()
    }
    .update(&tx)
    .await?;
    Ok(tx.commit().await?)
}

async fn remind(w: &World) -> anyhow::Result<usize> {
    jobs::remind(&w.backend).await.map_err(|error| anyhow!("{error:?}"))
}

async fn bodies(w: &World, kind: &str, to: &str) -> anyhow::Result<Vec<String>> {
    let rows = outbox::Entity::find().all(w.backend.store.read()).await?;
    Ok(rows.into_iter().filter(|row| row.kind == kind && row.recipient == to).map(|row| row.body_text).collect())
}

#[tokio::test]
async fn the_morning_tells_once_of_what_is_due_and_of_what_is_late() -> anyhow::Result<()> {
    for w in worlds().await? {
        let office = Some("direction@ville.example");
        // Wednesday 17 March 2032, 10:00 in Paris: due on Monday 22 at 10:00.
        at(&w, "2032-03-17T09:00:00Z", office).await?;
        let (_, first) = w.submitted("Distribuer des colis").await?;
        let (_, second) = w.submitted("Servir des repas").await?;
        assert_eq!(w.review(first).await?.due_at, "2032-03-22T09:00:00Z".parse::<DateTime<Utc>>()?);
        w.backend.take(&w.actor(w.bob).await?, second, None).await?;

        at(&w, "2032-03-19T06:59:00Z", office).await?;
        assert_eq!(remind(&w).await?, 0, "before eight on Friday");
        w.backend.clock.advance(TimeDelta::minutes(1));
        assert_eq!(remind(&w).await?, 2);
        assert_eq!(remind(&w).await?, 0, "once");
        // What nobody took is everybody's; what Bob took is his.
        let (ana, bob) = ("ana@ville.example", "bob@ville.example");
        let to_ana = bodies(&w, "reviews_due_soon", ana).await?;
        assert!(to_ana.len() == 1 && to_ana[0].contains("colis") && !to_ana[0].contains("repas"), "{to_ana:?}");
        let to_bob = bodies(&w, "reviews_due_soon", bob).await?;
        assert!(to_bob.len() == 1 && to_bob[0].contains("colis") && to_bob[0].contains("repas"), "{to_bob:?}");

        w.tick(w.bob, second).await?;
        w.backend.answer(&w.actor(w.bob).await?, second, Vec::new(), true).await?;
        at(&w, "2032-03-23T07:00:00Z", office).await?;
        assert_eq!(remind(&w).await?, 1, "the second one is decided");
        let told = bodies(&w, "reviews_overdue", "direction@ville.example").await?;
        assert!(told.len() == 1 && told[0].contains("colis"), "{told:?}");
        assert!(bodies(&w, "reviews_overdue", ana).await?.is_empty(), "the town says to whom");
        let states: Vec<String> = w.steps("review", first.0).await?.into_iter().map(|step| step.0).collect();
        assert_eq!(states, ["waiting", "reminded", "escalated"]);
    }
    Ok(())
}

#[tokio::test]
async fn two_servers_tell_once_and_every_coordinator_when_the_town_names_nobody() -> anyhow::Result<()> {
    for w in worlds().await? {
        at(&w, "2032-03-17T09:00:00Z", None).await?;
        w.submitted("Distribuer des colis").await?;
        at(&w, "2032-03-24T07:00:00Z", None).await?;
        let (one, other) = tokio::join!(remind(&w), remind(&w));
        // The reminder came too late to be one.
        assert_eq!(one? + other?, 1);
        for who in ["ana@ville.example", "bob@ville.example"] {
            assert_eq!(bodies(&w, "reviews_overdue", who).await?.len(), 1, "{who}");
            assert!(bodies(&w, "reviews_due_soon", who).await?.is_empty(), "{who}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_green_light_that_is_refused_keeps_the_answers() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let ana = w.actor(w.ana).await?;
        let yes = ChecklistAnswer {
            code: "feasible".to_owned(),
            answer: "yes".to_owned(),
            note: String::new(),
            ..ChecklistAnswer::default()
        };
        let refused = w.backend.answer(&ana, review, vec![yes], true).await;
        assert_eq!(refused, Err(AppError::Conflict(Conflict::ChecklistIncomplete)));
        let file = w.backend.file(&ana, INSEE, review).await?;
        let missing = |code: &str| file.checklist.iter().find(|line| line.code == code).map(|line| line.is_missing());
        assert!(file.mine && missing("feasible") == Some(false) && missing("insured") == Some(true));
        let all = file.checklist.iter().map(|line| ChecklistAnswer {
            code: line.code.clone(),
            answer: "not_applicable".to_owned(),
            was: line.answer.clone(),
            was_note: line.note.clone(),
            note: String::new(),
        });
        w.backend.answer(&ana, review, all.collect(), true).await.context("complete")?;
        assert_eq!(w.review(review).await?.status, "green_light");
    }
    Ok(())
}
