//! Crisis measures: the server's side.

pub mod acknowledge;
mod effect;
pub mod jobs;
pub mod list;
pub mod queries;
mod show;
pub mod suspend;
mod switch;
mod tell;
mod write;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    crisis::{Banner, Crisis, MeasuresForm, MeasuresList, MeasuresPage, MeasuresStart, PublicMeasures, Switched},
    error::Outcome,
    ids::MeasuresId,
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Crisis for Backend {
    async fn banners(&self, actor: &Actor) -> Outcome<Vec<Banner>> {
        list::banners(self, actor).await.answered()
    }

    async fn public(&self, actor: &Actor) -> Outcome<Vec<PublicMeasures>> {
        list::public(self, actor).await.answered()
    }

    async fn list(&self, actor: &Actor, insee: &str) -> Outcome<MeasuresList> {
        list::list(self, actor, insee).await.answered()
    }

    async fn start(&self, actor: &Actor, insee: &str) -> Outcome<MeasuresStart> {
        write::start(self, actor, insee).await.answered()
    }

    async fn page(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<MeasuresPage> {
        show::page(self, actor, insee, id).await.answered()
    }

    async fn save(
        &self,
        actor: &Actor,
        insee: &str,
        id: Option<MeasuresId>,
        form: MeasuresForm,
    ) -> Outcome<MeasuresId> {
        write::save(self, actor, insee, id, &form).await.answered()
    }

    async fn discard(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<()> {
        write::discard(self, actor, insee, id).await.answered()
    }

    async fn switch_on(&self, actor: &Actor, insee: &str, id: MeasuresId, seen: &str) -> Outcome<Switched> {
        switch::switch_on(self, actor, insee, id, seen).await.answered()
    }

    async fn call_off(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<()> {
        switch::call_off(self, actor, insee, id).await.answered()
    }

    async fn amend(&self, actor: &Actor, insee: &str, id: MeasuresId, form: MeasuresForm) -> Outcome<()> {
        write::amend(self, actor, insee, id, &form).await.answered()
    }

    async fn lift(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<()> {
        switch::lift(self, actor, insee, id).await.answered()
    }

    async fn acknowledge(&self, actor: &Actor, id: MeasuresId, version: u32) -> Outcome<()> {
        acknowledge::acknowledge(self, actor, id, version).await.answered()
    }
}
