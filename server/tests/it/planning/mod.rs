//! What an organisation plans ahead.

mod again;
mod fewer;
mod repeat;
mod week;

use anyhow::Context;
use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    ids::MissionId,
    missions::{Missions, SlotPlan},
    planning::PatternForm,
    reviews::{Decision, Reviews},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::entity::volunteer;

use crate::reviews::world::{World, begin};

/// Tuesdays and Fridays until the end of the year, from nine to noon.
fn tuesdays_and_fridays() -> PatternForm {
    PatternForm {
        days: vec!["2".to_owned(), "5".to_owned()],
        rhythm: "weekly".to_owned(),
        first_day: "2026-11-17".to_owned(),
        last_day: "2026-12-31".to_owned(),
        start: "09:00".to_owned(),
        end: "12:00".to_owned(),
        places: "3".to_owned(),
        holidays: "skip".to_owned(),
    }
}

/// The slots of the version that the editor shows.
async fn slots(w: &World, id: MissionId) -> anyhow::Result<Vec<SlotPlan>> {
    Ok(w.backend.editor(&w.actor(w.admin).await?, id).await?.content.slots)
}

/// Sends the version that is being written, and gives it its green light.
async fn approve(w: &World, id: MissionId) -> anyhow::Result<()> {
    let review = w.submit(id).await?;
    w.tick(w.bob, review).await?;
    Ok(w.backend.decide(&w.actor(w.bob).await?, review, Decision::Approve, String::new()).await?)
}

/// A grown-up volunteer.
pub async fn volunteer(w: &World, name: &str) -> anyhow::Result<Actor> {
    let id = w.person(name).await?;
    let tx = begin(&w.backend.store).await?;
    volunteer::ActiveModel {
        account_id: Set(id),
        birth_date: Set("1990-05-04".parse()?),
        insee: Set(None),
        phone: Set(None),
        created_at: Set(w.now()),
        reminders: Set(true),
    }
    .insert(&tx)
    .await?;
    tx.commit().await?;
    w.actor(id).await
}

fn starting(slots: &[SlotPlan], at: &str) -> anyhow::Result<SlotPlan> {
    let at: DateTime<Utc> = at.parse()?;
    slots.iter().find(|slot| slot.starts_at == at).copied().context("a slot that starts then")
}
