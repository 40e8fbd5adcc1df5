//! The network: the server's side.

mod accept;
mod asked;
mod end;
mod file;
pub mod invite;
mod open;
pub mod queries;
mod settings;

use async_trait::async_trait;

use domain::{
    accounts::NewSession,
    actor::Actor,
    error::Outcome,
    ids::{AccountId, InvitationId},
    network::{AskedFile, InvitationPage, MunicipalityFile, MunicipalitySettings, Network, TownFigures, TownRef},
};

pub use accept::grant;

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Network for Backend {
    async fn open_towns(&self) -> Outcome<Vec<TownRef>> {
        queries::refs(self.store.read()).await.answered()
    }

    async fn towns(&self, actor: &Actor) -> Outcome<Vec<TownFigures>> {
        file::towns(self, actor).await.answered()
    }

    async fn asked_files(&self, actor: &Actor) -> Outcome<Vec<AskedFile>> {
        asked::files(self, actor).await.answered()
    }

    async fn open(&self, actor: &Actor, insee: &str) -> Outcome<()> {
        open::open(self, actor, insee).await.answered()
    }

    async fn file(&self, actor: &Actor, insee: &str) -> Outcome<MunicipalityFile> {
        file::file(self, actor, insee).await.answered()
    }

    async fn save_settings(&self, actor: &Actor, insee: &str, form: MunicipalitySettings) -> Outcome<()> {
        settings::save(self, actor, insee, form).await.answered()
    }

    async fn invite(&self, actor: &Actor, insee: &str, email: &str) -> Outcome<()> {
        invite::invite(self, actor, insee, email).await.answered()
    }

    async fn revoke(&self, actor: &Actor, insee: &str, invitation: InvitationId) -> Outcome<()> {
        invite::revoke(self, actor, insee, invitation).await.answered()
    }

    async fn end_coordinator(&self, actor: &Actor, insee: &str, account: AccountId, sure: bool) -> Outcome<()> {
        end::end(self, actor, insee, account, sure).await.answered()
    }

    async fn invitation(&self, _: &Actor, token: &str) -> Outcome<InvitationPage> {
        accept::page(self, token).await.answered()
    }

    async fn accept(
        &self,
        actor: &Actor,
        token: &str,
        given_name: String,
        family_name: String,
        password: String,
    ) -> Outcome<Option<NewSession>> {
        let newcomer = accept::Newcomer { given_name, family_name, password };
        accept::accept(self, actor, token, newcomer).await.answered()
    }
}
