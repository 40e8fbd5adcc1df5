//! Messages that are about an item of the checklist.

use domain::{
    error::{AppError, Problem},
    ids::{MissionId, ReviewId},
    missions::{Missions, TextStep},
    reviews::{Decision, Message, Reviews},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::entity::outbox;

use super::{
    pages::{Browser, location},
    world::{INSEE, World, worlds},
};

async fn ask(w: &World, review: ReviewId, item: &str) -> Result<(), AppError> {
    let ana = w.actor(w.ana).await.map_err(|_| AppError::Unavailable)?;
    let body = "Prévoyez-vous des gants ?".to_owned();
    Reviews::write(&w.backend, &ana, review, body, Some(item.to_owned())).await
}

async fn reply(w: &World, mission: MissionId, item: &str) -> Result<(), AppError> {
    let admin = w.actor(w.admin).await.map_err(|_| AppError::Unavailable)?;
    Missions::write(&w.backend, &admin, mission, "Oui, pour tous.".to_owned(), Some(item.to_owned())).await
}

fn about(thread: &[Message]) -> Vec<Option<&str>> {
    thread.iter().map(|message| message.item.as_ref().map(|item| item.code.as_str())).collect()
}

#[tokio::test]
async fn a_message_is_about_an_item_and_so_is_its_answer() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let (ana, admin) = (w.actor(w.ana).await?, w.actor(w.admin).await?);
        // None of its checklist: unknown, another domain's, and of crisis measures while none hold.
        for item in ["nothing", "childcare-vetting", "crisis-domain"] {
            let refused = Err(AppError::field("item", Problem::NotAChoice));
            assert_eq!(ask(&w, review, item).await, refused, "{item}");
            assert_eq!(reply(&w, mission, item).await, refused, "{item}");
        }
        assert!(w.backend.file(&ana, INSEE, review).await?.thread.is_empty());

        ask(&w, review, "safe").await?;
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        ask(&w, review, "").await?;
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        reply(&w, mission, "safe").await?;
        let file = w.backend.file(&ana, INSEE, review).await?;
        assert_eq!(about(&file.thread), [Some("safe"), None, Some("safe")]);
        let safe = file.checklist.iter().find(|line| line.code == "safe").map(|line| line.label.as_str());
        let named = file.thread[0].item.as_ref().map(|item| item.label.as_str());
        assert!(named.is_some() && named == safe, "{named:?}");
        let editor = w.backend.editor(&admin, mission).await?;
        assert_eq!(about(&editor.thread), about(&file.thread));
        assert_eq!(editor.topics, file.topics);

        let letters = outbox::Entity::find()
            .filter(outbox::Column::Kind.eq("thread_message"))
            .filter(outbox::Column::Recipient.eq("admin@ville.example"))
            .order_by_asc(outbox::Column::Id)
            .all(w.backend.store.read())
            .await?;
        let named: Vec<bool> = letters.iter().map(|row| row.body_text.contains("À propos de")).collect();
        assert_eq!(named, [true, false]);
    }
    Ok(())
}

#[tokio::test]
async fn what_was_asked_is_answered_when_the_checklist_is_another() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let (ana, admin) = (w.actor(w.ana).await?, w.actor(w.admin).await?);
        ask(&w, review, "food-storage").await?;
        w.backend.take(&ana, review, None).await?;
        w.backend.decide(&ana, review, Decision::RequestChanges, "Précisez le public".to_owned()).await?;
        let content = w.content("Garder des enfants");
        let step = TextStep {
            domain: "childcare".to_owned(),
            title: content.title,
            goal: content.goal,
            description: content.description,
        };
        w.backend.save_text(&admin, mission, step).await?;
        reply(&w, mission, "food-storage").await?;
        reply(&w, mission, "childcare-vetting").await?;
        let never_named = reply(&w, mission, "food-fair").await;
        assert_eq!(never_named, Err(AppError::field("item", Problem::NotAChoice)));
    }
    Ok(())
}

#[tokio::test]
async fn a_link_beside_an_item_leads_to_the_form_without_scripts() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let browser = Browser::of(&w, w.ana).await?;
        let page = app::routes::review(INSEE, review);
        let (_, html) = browser.page(&page).await?;
        let link = app::routes::writing_about(&page, "safe");
        assert!(html.contains(&link) && html.contains("Écrire à ce sujet"));
        assert!(!html.contains("value=\"safe\" selected"));
        let (_, html) = browser.page(&format!("{page}?sujet=safe")).await?;
        assert!(html.contains("value=\"safe\" selected"));

        let id = review.to_string();
        let fields = |item| [("insee", INSEE), ("id", id.as_str()), ("body", "Et les gants ?"), ("item", item)];
        let refused = browser.post(&page, "reviews/write", &fields("nothing")).await?;
        assert_eq!(refused.status(), 422);
        let html = refused.text().await?;
        assert!(html.contains("id=\"item-erreur\"") && html.contains("Et les gants ?"));
        let sent = browser.post(&page, "reviews/write", &fields("safe")).await?;
        assert_eq!(location(&sent)?, format!("{page}?fait=message"));
        let (_, html) = browser.page(&page).await?;
        assert!(html.contains("href=\"#message-0\"") && html.contains("id=\"message-0\""));
        assert!(html.contains("1 message à ce sujet"));

        // The organisation's page leads to an answer about the same.
        let browser = Browser::of(&w, w.admin).await?;
        let page = app::routes::own_mission(w.organisation.into(), mission, "relecture");
        let (_, html) = browser.page(&page).await?;
        assert!(html.contains(&app::routes::writing_about(&page, "safe")) && html.contains("Répondre à ce sujet"));
        let (_, html) = browser.page(&format!("{page}?sujet=safe")).await?;
        assert!(html.contains("value=\"safe\" selected"));
    }
    Ok(())
}
