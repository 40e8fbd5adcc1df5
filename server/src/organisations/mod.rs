//! Organisations: the server's side.

#![expect(unused_variables, reason = "being written")]
use async_trait::async_trait;

use domain::organisations::{OrganisationFile, OrganisationForm, OrganisationPage, OrganisationSpace};
use domain::{
    actor::Actor,
    error::Outcome,
    ids::OrganisationId,
    reviews::{Decision, OrganisationRow},
};
use domain::{error::AppError, organisations::Organisations};

use crate::backend::Backend;

#[async_trait]
impl Organisations for Backend {
    async fn create(&self, actor: &Actor, form: OrganisationForm) -> Outcome<OrganisationId> {
        Err(AppError::Unavailable)
    }
    async fn save(&self, actor: &Actor, id: OrganisationId, form: OrganisationForm) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn submit(&self, actor: &Actor, id: OrganisationId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn space(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationSpace> {
        Err(AppError::Unavailable)
    }
    async fn page(&self, actor: &Actor, id: OrganisationId) -> Outcome<OrganisationPage> {
        Err(AppError::Unavailable)
    }
    async fn of_municipality(&self, actor: &Actor, insee: &str) -> Outcome<Vec<OrganisationRow>> {
        Err(AppError::Unavailable)
    }
    async fn file(&self, actor: &Actor, insee: &str, id: OrganisationId) -> Outcome<OrganisationFile> {
        Err(AppError::Unavailable)
    }
    async fn decide(&self, actor: &Actor, id: OrganisationId, decision: Decision, reason: String) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn write(&self, actor: &Actor, id: OrganisationId, body: String) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
}
