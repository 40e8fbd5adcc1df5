//! Network: the server's side.

#![expect(unused_variables, reason = "being written")]
pub mod queries;

use async_trait::async_trait;

use domain::network::{InvitationPage, MunicipalityFile, MunicipalitySettings, TownFigures};
use domain::{accounts::NewSession, actor::Actor, error::Outcome, ids::InvitationId};
use domain::{error::AppError, network::Network};

use crate::backend::Backend;

#[async_trait]
impl Network for Backend {
    async fn towns(&self, actor: &Actor) -> Outcome<Vec<TownFigures>> {
        Err(AppError::Unavailable)
    }
    async fn open(&self, actor: &Actor, insee: &str) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn file(&self, actor: &Actor, insee: &str) -> Outcome<MunicipalityFile> {
        Err(AppError::Unavailable)
    }
    async fn save_settings(&self, actor: &Actor, insee: &str, form: MunicipalitySettings) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn invite(&self, actor: &Actor, insee: &str, email: &str) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn revoke(&self, actor: &Actor, insee: &str, invitation: InvitationId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn invitation(&self, actor: &Actor, token: &str) -> Outcome<InvitationPage> {
        Err(AppError::Unavailable)
    }
    async fn accept(
        &self,
        actor: &Actor,
        token: &str,
        given_name: String,
        family_name: String,
        password: String,
    ) -> Outcome<Option<NewSession>> {
        Err(AppError::Unavailable)
    }
}
