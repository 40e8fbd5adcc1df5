//! Fewer places than people hold: who loses theirs, what they are told, and what never comes back.

use std::sync::Arc;

use anyhow::Context;
use domain::{
    actor::Actor,
    applications::Applications,
    error::{AppError, Conflict, Problem},
    ids::{ApplicationId, MissionId, SlotId},
    missions::{Missions, SlotForm, TextStep},
    planning::{ExtendForm, Planning, ReduceForm},
    reviews::Reviews,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::{
    applications::calendar,
    entity::{application, application_slot, history, outbox, slot},
};
use tokio::sync::Barrier;
use uuid::Uuid;

use super::{approve, volunteer};
use crate::{
    applications::world::form,
    reviews::world::{World, worlds},
};

/// A mission online, its first slot of four places, and people who came one after the other.
struct Full {
    admin: Actor,
    mission: MissionId,
    slot: SlotId,
    people: Vec<Actor>,
}

async fn full(w: &World, names: &[&str]) -> anyhow::Result<Full> {
    let mission = w.online("Distribuer des colis").await?;
    let slot = SlotId(w.published(mission).await?.1.slots[0].id);
    let mut people = Vec::new();
    for name in names {
        let person = volunteer(w, name).await?;
        w.backend.apply(&person, mission, form(&[slot.0])).await?;
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        people.push(person);
    }
    Ok(Full { admin: w.actor(w.admin).await?, mission, slot, people })
}

impl Full {
    async fn applications(&self, w: &World) -> anyhow::Result<Vec<application::Model>> {
        let rows = application::Entity::find().filter(application::Column::MissionId.eq(self.mission.0));
        Ok(rows.order_by_asc(application::Column::CreatedAt).all(w.backend.store.read()).await?)
    }

    async fn states(&self, w: &World) -> anyhow::Result<Vec<String>> {
        Ok(self.applications(w).await?.into_iter().map(|row| row.status).collect())
    }

    async fn ids(&self, w: &World) -> anyhow::Result<Vec<ApplicationId>> {
        Ok(self.applications(w).await?.into_iter().map(|row| ApplicationId(row.id)).collect())
    }

    /// Places taken, and in all.
    async fn places(&self, w: &World) -> anyhow::Result<(i32, i32)> {
        let row = slot::Entity::find_by_id(self.slot.0).one(w.backend.store.read()).await?;
        Ok(row.map(|row| (row.taken, row.places)).unwrap_or_default())
    }

    async fn reduce(&self, w: &World, places: &str, ids: &[ApplicationId], reason: &str) -> Result<(), AppError> {
        let form = ReduceForm {
            places: places.to_owned(),
            ids: ids.iter().map(ToString::to_string).collect(),
            reason: reason.to_owned(),
        };
        w.backend.reduce_slot(&self.admin, self.mission, self.slot, form).await
    }
}

async fn lost(w: &World) -> anyhow::Result<Vec<outbox::Model>> {
    let rows = outbox::Entity::find().filter(outbox::Column::Kind.eq("place_lost"));
    Ok(rows.order_by_asc(outbox::Column::Id).all(w.backend.store.read()).await?)
}

const WHY: &str = "Le camion est en panne.";

#[tokio::test]
async fn those_who_came_last_are_proposed_and_whoever_is_chosen_is_told_why() -> anyhow::Result<()> {
    for w in worlds().await? {
        let found = full(&w, &["ada", "ben", "cleo", "dina"]).await?;
        let page = |typed: &'static str| w.backend.reducing(&found.admin, found.mission, found.slot, typed);
        let shown = page("2").await?;
        let names: Vec<_> = shown.holders.iter().map(|holder| (holder.name.as_str(), holder.proposed)).collect();
        assert_eq!(names.iter().map(|(_, proposed)| *proposed).collect::<Vec<_>>(), [true, true, false, false]);
        assert!(names[0].0.starts_with("dina") && names[3].0.starts_with("ada"), "{names:?}");
        assert_eq!(page("4").await?.problem, Some(Problem::OutOfRange { min: 1, max: 3 }));
        assert_eq!((page("x").await?.problem, page("").await?.problem), (Some(Problem::NotANumber), None));
        let ids = found.ids(&w).await?;
        let chosen = AppError::field("ids", Problem::ChooseExactly { n: 2 });
        assert_eq!(found.reduce(&w, "2", &ids[3..], WHY).await, Err(chosen));
        let bare = found.reduce(&w, "2", &ids[2..], " ").await;
        assert_eq!(bare, Err(AppError::field("reason", Problem::ReasonRequired)));
        let wrong = found.reduce(&w, "0", &ids[2..], WHY).await;
        assert_eq!(wrong, Err(AppError::field("places", Problem::OutOfRange { min: 1, max: 3 })));
        assert_eq!((found.places(&w).await?, lost(&w).await?.len()), ((4, 4), 0), "what is refused writes nothing");
        // Not the proposal: the organisation's own choice.
        found.reduce(&w, "2", &[ids[0], ids[3]], WHY).await?;
        assert_eq!(found.states(&w).await?, ["cancelled", "accepted", "accepted", "cancelled"]);
        assert_eq!(found.places(&w).await?, (2, 2));
        let told = lost(&w).await?;
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|letter| letter.body_text.contains(WHY)));
        let said = history::Entity::find().filter(history::Column::ToState.eq("places_reduced"));
        let said = said.all(w.backend.store.read()).await?;
        assert_eq!(said.len(), 2, "of the mission and of the slot");
        assert!(said.iter().all(|line| line.reason.as_deref().is_some_and(|reason| reason.contains(WHY))));
        assert_eq!(w.mission(found.mission).await?.working_version_id, None, "at once: no version waits for it");
    }
    Ok(())
}

#[tokio::test]
async fn who_keeps_another_slot_loses_this_one_alone() -> anyhow::Result<()> {
    for w in worlds().await? {
        let found = full(&w, &["ada"]).await?;
        let more = SlotForm {
            kind: "dated".to_owned(),
            date: "2026-12-20".to_owned(),
            start: "09:00".to_owned(),
            end: "12:00".to_owned(),
            places: "3".to_owned(),
            ..SlotForm::default()
        };
        w.backend.add_slot(&found.admin, found.mission, more).await?;
        approve(&w, found.mission).await?;
        let slots = w.published(found.mission).await?.1.slots;
        let other = slots.iter().find(|plan| plan.id != found.slot.0).context("a second slot")?.id;
        let ben = volunteer(&w, "ben").await?;
        w.backend.apply(&ben, found.mission, form(&[found.slot.0, other])).await?;
        let ids = found.ids(&w).await?;
        found.reduce(&w, "1", &ids[1..], WHY).await?;
        assert_eq!(found.states(&w).await?, ["accepted", "accepted"]);
        let left = application_slot::Entity::find().filter(application_slot::Column::ApplicationId.eq(ids[1].0));
        let left: Vec<Uuid> = left.all(w.backend.store.read()).await?.into_iter().map(|row| row.slot_id).collect();
        assert_eq!(left, [other]);
        assert_eq!(found.places(&w).await?, (1, 1));
        let (_, file) = calendar::of_application(&w.backend, &ben, &ids[1].to_string(), "")
            .await
            .map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let file = String::from_utf8(file)?;
        let count = |status: &str| file.matches(&format!("STATUS:{status}")).count();
        assert_eq!((count("CANCELLED"), count("CONFIRMED")), (1, 1), "the calendar takes it out too");
    }
    Ok(())
}

#[tokio::test]
async fn the_waiting_list_does_not_get_them_and_no_version_gives_them_back() -> anyhow::Result<()> {
    for w in worlds().await? {
        let found = full(&w, &["ada", "ben", "cleo", "dina", "eve"]).await?;
        assert_eq!(found.states(&w).await?[4], "waitlisted");
        // A version that was sent before says four places.
        let step = ExtendForm { places: "5".to_owned(), last_date: String::new() };
        w.backend.extend_slot(&found.admin, found.mission, found.slot, step).await?;
        let review = w.submit(found.mission).await?;
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        let ids = found.ids(&w).await?;
        found.reduce(&w, "3", &ids[3..4], WHY).await?;
        assert_eq!(found.states(&w).await?, ["accepted", "accepted", "accepted", "cancelled", "waitlisted"]);
        w.tick(w.bob, review).await?;
        let bob = w.actor(w.bob).await?;
        let green = domain::reviews::Decision::Approve;
        Reviews::decide(&w.backend, &bob, review, green, String::new()).await?;
        assert_eq!(found.places(&w).await?, (3, 3), "written before: it gives nothing back");
        assert_eq!(found.states(&w).await?[4], "waitlisted");
        // Wanted again, read by the town: then the list is served.
        let step = ExtendForm { places: "4".to_owned(), last_date: String::new() };
        w.backend.extend_slot(&found.admin, found.mission, found.slot, step).await?;
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        approve(&w, found.mission).await?;
        assert_eq!(found.places(&w).await?, (4, 4));
        assert_eq!(found.states(&w).await?[4], "offered");
    }
    Ok(())
}

/// A version that only changes a text is sent back, and sent again as it was: nobody wrote the places that were taken away.
#[tokio::test]
async fn a_version_that_is_sent_back_and_again_gives_nothing_back() -> anyhow::Result<()> {
    for w in worlds().await? {
        let found = full(&w, &["ada", "ben", "cleo", "dina", "eve"]).await?;
        let content = w.content("Distribuer des colis chauds");
        let step = TextStep {
            domain: "food-aid".to_owned(),
            title: content.title,
            goal: content.goal,
            description: content.description,
        };
        w.backend.save_text(&found.admin, found.mission, step).await?;
        let review = w.submit(found.mission).await?;
        let bob = w.actor(w.bob).await?;
        w.backend.take(&bob, review, None).await?;
        let changes = domain::reviews::Decision::RequestChanges;
        Reviews::decide(&w.backend, &bob, review, changes, "Précisez le lieu.".to_owned()).await?;
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        let ids = found.ids(&w).await?;
        found.reduce(&w, "3", &ids[3..4], WHY).await?;
        let shown = w.backend.editor(&found.admin, found.mission).await?.content.slots;
        assert_eq!(shown.iter().find(|plan| plan.id == found.slot.0).map(|plan| plan.places), Some(3));
        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        approve(&w, found.mission).await?;
        assert_eq!(found.places(&w).await?, (3, 3));
        assert_eq!(found.states(&w).await?[4], "waitlisted");
    }
    Ok(())
}

#[tokio::test]
async fn a_draft_says_the_same_and_others_do_not_see_it() -> anyhow::Result<()> {
    for w in worlds().await? {
        let found = full(&w, &["ada", "ben"]).await?;
        let step = ExtendForm { places: "6".to_owned(), last_date: String::new() };
        w.backend.extend_slot(&found.admin, found.mission, found.slot, step).await?;
        let ids = found.ids(&w).await?;
        found.reduce(&w, "1", &ids[1..], WHY).await?;
        let written = w.backend.editor(&found.admin, found.mission).await?.content.slots;
        assert_eq!(written.iter().find(|plan| plan.id == found.slot.0).map(|plan| plan.places), Some(1));
        let missing = Err(AppError::NotFound);
        for who in [&found.people[0], &w.actor(w.bob).await?] {
            let shown = w.backend.reducing(who, found.mission, found.slot, "1").await;
            assert_eq!(shown.map(drop), missing);
            let form = ReduceForm { places: "1".to_owned(), ..ReduceForm::default() };
            assert_eq!(w.backend.reduce_slot(who, found.mission, found.slot, form).await, missing);
        }
        w.backend.clock.advance(chrono::TimeDelta::days(400));
        let over = found.reduce(&w, "1", &[], "").await;
        assert_eq!(over, Err(Conflict::NotInThisState.into()));
        assert!(!w.backend.reducing(&found.admin, found.mission, found.slot, "").await?.open);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_clicks_take_the_places_once_and_nobody_slips_in() -> anyhow::Result<()> {
    for w in worlds().await? {
        let found = full(&w, &["ada", "ben", "cleo"]).await?;
        let ids = found.ids(&w).await?;
        let (start, mut tries) = (Arc::new(Barrier::new(3)), tokio::task::JoinSet::new());
        for _ in 0..2 {
            let (backend, admin, start) = (w.backend.clone(), found.admin.clone(), start.clone());
            let (mission, slot, last) = (found.mission, found.slot, ids[2]);
            tries.spawn(async move {
                let form = ReduceForm { places: "2".to_owned(), ids: vec![last.to_string()], reason: WHY.to_owned() };
                start.wait().await;
                backend.reduce_slot(&admin, mission, slot, form).await
            });
        }
        let eve = volunteer(&w, "eve").await?;
        let (backend, mission, slot) = (w.backend.clone(), found.mission, found.slot);
        let late = tokio::spawn(async move {
            start.wait().await;
            backend.apply(&eve, mission, form(&[slot.0])).await.map(drop)
        });
        let done = tries.join_all().await.into_iter().filter(Result::is_ok).count();
        drop(late.await?);
        let (taken, places) = found.places(&w).await?;
        assert!(taken <= places, "{taken} of {places}");
        // Whoever applied first made another choice necessary: then nothing was taken away.
        assert!(done <= 1, "{done}");
        assert_eq!(lost(&w).await?.len(), done);
        assert_eq!(places, if done == 1 { 2 } else { 4 });
    }
    Ok(())
}
