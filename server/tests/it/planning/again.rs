//! A mission taken up again, and more of what is there.

use anyhow::Context;
use chrono::{TimeDelta, Timelike};
use domain::{
    applications::Applications,
    error::{AppError, Conflict, Problem},
    missions::{MissionStatus, Missions, PeopleStep},
    paris,
    planning::{CopySlots, ExtendForm, Planning},
    reviews::{Decision, Reviews},
};
use reqwest::header;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};
use server::{
    entity::{mission, organisation},
    missions::jobs,
};

use super::{approve, slots, volunteer};
use crate::{
    applications::world::form,
    reviews::{
        pages::Browser,
        world::{INSEE, begin, worlds},
    },
};

const fn places(places: String) -> ExtendForm {
    ExtendForm { places, last_date: String::new() }
}

#[tokio::test]
async fn a_copy_of_a_mission_that_is_over_is_a_draft_like_it_in_weeks_to_come() -> anyhow::Result<()> {
    for w in worlds().await? {
        let admin = w.actor(w.admin).await?;
        let id = w.online("Distribuer des colis").await?;
        let step = PeopleStep {
            beneficiaries: vec!["families".to_owned()],
            safety_rules: "Porter des gants.".to_owned(),
            choice: "choose".to_owned(),
            practical: "Sonnez chez le gardien.".to_owned(),
            offer_hours: "12".to_owned(),
            ..PeopleStep::default()
        };
        w.backend.save_people(&admin, id, step).await?;
        let ada = volunteer(&w, "ada").await?;
        let first = w.published(id).await?.1;
        w.backend.apply(&ada, id, form(&[first.slots[0].id])).await?;
        w.backend.clock.advance(TimeDelta::days(60));
        assert_eq!(jobs::close_ended(&w.backend).await.map_err(|error| anyhow::anyhow!("{error:?}"))?, 1);
        let copy = w.backend.copy(&admin, id, CopySlots::Moved).await?;
        let editor = w.backend.editor(&admin, copy).await?;
        assert_eq!((editor.status, editor.editable, editor.missing.is_empty()), (MissionStatus::Draft, true, true));
        assert_eq!(editor.copy_of, Some((id, "Distribuer des colis".to_owned())));
        assert_eq!(
            (editor.choose, editor.practical.as_str(), editor.offer_hours),
            (true, "Sonnez chez le gardien.", 12)
        );
        assert!(editor.thread.is_empty() && editor.live_slots.is_empty() && editor.requests.is_empty());
        let told: Vec<&str> = editor.history.iter().map(|line| line.to.as_str()).collect();
        assert_eq!(told, ["copied", "draft"], "no history of the other one");
        let moved = editor.content.slots[0];
        let (before, after) = (paris::to_paris(first.slots[0].starts_at), paris::to_paris(moved.starts_at));
        assert!(moved.starts_at > w.now() && moved.starts_at <= w.now() + TimeDelta::days(7) + TimeDelta::hours(1));
        assert_eq!(((after.date() - before.date()).num_days() % 7, after.hour()), (0, before.hour()));
        assert_ne!(moved.id, first.slots[0].id);
        assert_eq!(editor.content.reviewed_differences(&first), ["slots"]);
        assert!(
            w.backend
                .of_mission(&admin, w.organisation.into(), copy)
                .await
                .map_or(true, |page| page.applicants.is_empty())
        );
        // The one that ended is no duplicate of it.
        let review = w.submit(copy).await?;
        let bob = w.actor(w.bob).await?;
        assert!(w.backend.file(&bob, INSEE, review).await?.duplicates.is_empty());
        w.tick(w.bob, review).await?;
        Reviews::decide(&w.backend, &bob, review, Decision::Approve, String::new()).await?;
        assert_eq!(w.mission(copy).await?.status, "published");
        assert_eq!(w.mission(id).await?.status, "closed", "what is over stays over");
    }
    Ok(())
}

#[tokio::test]
async fn a_copy_may_begin_without_slots_and_leaves_out_what_was_called_off() -> anyhow::Result<()> {
    for w in worlds().await? {
        let admin = w.actor(w.admin).await?;
        let id = w.online("Distribuer des colis").await?;
        let none = w.backend.copy(&admin, id, CopySlots::None).await?;
        let editor = w.backend.editor(&admin, none).await?;
        assert!(editor.content.slots.is_empty());
        assert_eq!(editor.missing.get("slots"), Some(&Problem::NoSlot));
        let slot = w.published(id).await?.1.slots[0].id;
        w.backend.cancel_slot(&admin, id, slot.into(), "La salle est fermée.".to_owned()).await?;
        let living = w.backend.copy(&admin, id, CopySlots::Moved).await?;
        assert!(slots(&w, living).await?.is_empty());
        // A draft is copied as it is being written.
        let draft = w.draft("Porter des repas", w.admin).await?;
        let copy = w.backend.copy(&admin, draft, CopySlots::Moved).await?;
        assert_eq!(w.backend.editor(&admin, copy).await?.content.title, "Porter des repas");
        assert_eq!(slots(&w, copy).await?[0].starts_at, slots(&w, draft).await?[0].starts_at, "it lies ahead");
    }
    Ok(())
}

#[tokio::test]
async fn who_may_not_begin_a_mission_copies_none() -> anyhow::Result<()> {
    for w in worlds().await? {
        let id = w.online("Distribuer des colis").await?;
        let zoe = w.person("zoe").await?;
        w.another_organisation("Les Amis", "W831000002", zoe).await?;
        let before = mission::Entity::find().count(w.backend.store.read()).await?;
        for stranger in [w.actor(zoe).await?, w.actor(w.ana).await?] {
            assert_eq!(w.backend.copy(&stranger, id, CopySlots::Moved).await, Err(AppError::NotFound));
            let slot = w.published(id).await?.1.slots[0].id;
            let extended = w.backend.extend_slot(&stranger, id, slot.into(), places("9".to_owned())).await;
            assert_eq!(extended, Err(AppError::NotFound));
        }
        let tx = begin(&w.backend.store).await?;
        let suspended = organisation::ActiveModel {
            id: Set(w.organisation),
            status: Set("suspended".to_owned()),
            ..Default::default()
        };
        suspended.update(&tx).await?;
        tx.commit().await?;
        let refused = w.backend.copy(&w.actor(w.admin).await?, id, CopySlots::Moved).await;
        assert_eq!(refused, Err(AppError::Conflict(Conflict::OrganisationNotApproved)));
        assert_eq!(mission::Entity::find().count(w.backend.store.read()).await?, before);
    }
    Ok(())
}

#[tokio::test]
async fn a_slot_with_people_gets_more_places_after_a_green_light() -> anyhow::Result<()> {
    for w in worlds().await? {
        let admin = w.actor(w.admin).await?;
        let id = w.online("Distribuer des colis").await?;
        let slot = w.published(id).await?.1.slots[0];
        for name in ["ada", "ben"] {
            w.backend.apply(&volunteer(&w, name).await?, id, form(&[slot.id])).await?;
        }
        let extend = |typed: &str| w.backend.extend_slot(&admin, id, slot.id.into(), places(typed.to_owned()));
        assert_eq!(extend("1").await, Err(AppError::field("places", Problem::PlacesBelowTaken { taken: 2 })));
        assert_eq!(extend("x").await, Err(AppError::field("places", Problem::NotANumber)));
        assert_eq!(w.mission(id).await?.working_version_id, None, "what is refused opens no version");
        extend("9").await?;
        assert_eq!(w.published(id).await?.1.slots[0].places, 4, "until the green light");
        let unknown = w.backend.extend_slot(&admin, id, uuid::Uuid::now_v7().into(), places("9".to_owned())).await;
        assert_eq!(unknown, Err(AppError::NotFound));
        approve(&w, id).await?;
        let online = w.published(id).await?.1.slots[0];
        assert_eq!((online.id, online.places, online.when()), (slot.id, 9, slot.when()));
        let live = w.backend.editor(&admin, id).await?.live_slots;
        assert_eq!((live[0].taken, live[0].places), (2, 9));
    }
    Ok(())
}

#[tokio::test]
async fn pages_offer_it_where_it_is_wanted() -> anyhow::Result<()> {
    for w in worlds().await? {
        let admin = w.actor(w.admin).await?;
        let id = w.online("Distribuer des colis").await?;
        let browser = Browser::of(&w, w.admin).await?;
        let page = app::routes::own_mission(w.organisation.into(), id, "relecture");
        let (_, html) = browser.page(&page).await?;
        assert!(html.contains("Prolonger cette mission") && html.contains("Dupliquer cette mission"));
        w.backend.close(&admin, id).await?;
        let (_, html) = browser.page(&page).await?;
        assert!(html.contains("Cette mission est close") && !html.contains("Prolonger cette mission"));
        let (_, html) = browser.page(&app::routes::organisation_space(w.organisation.into())).await?;
        assert!(html.contains("/api/planning/copy"));
        let mission = id.to_string();
        let done = browser.post(&page, "planning/copy", &[("mission", &mission), ("slots", "moved")]).await?;
        let to = done.headers().get(header::LOCATION).context("somewhere to go")?.to_str()?.to_owned();
        assert!(to.ends_with("/texte?fait=copie"), "{to}");
        let (status, html) = browser.page(&to).await?;
        assert!(status == 200 && html.contains("Cette mission est une copie de") && html.contains(&page));
        let odd = browser.post(&page, "planning/copy", &[("mission", &mission), ("slots", "all")]).await?;
        assert_eq!(odd.status().as_u16(), 422);
    }
    Ok(())
}
