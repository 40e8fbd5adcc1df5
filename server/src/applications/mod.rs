//! Applications: the server's side.

#![expect(unused_variables, reason = "being written")]
pub mod cancel;

use async_trait::async_trait;

use domain::applications::{ApplicationForm, ApplicationStatus, BulkAnswer, MissionApplications, VolunteerSpace};
use domain::{
    actor::Actor,
    error::Outcome,
    ids::{ApplicationId, MissionId},
};
use domain::{applications::Applications, error::AppError};

use crate::backend::Backend;

#[async_trait]
impl Applications for Backend {
    async fn apply(&self, actor: &Actor, mission: MissionId, form: ApplicationForm) -> Outcome<ApplicationStatus> {
        Err(AppError::Unavailable)
    }
    async fn withdraw(&self, actor: &Actor, id: ApplicationId) -> Outcome<()> {
        Err(AppError::Unavailable)
    }
    async fn mine(&self, actor: &Actor) -> Outcome<VolunteerSpace> {
        Err(AppError::Unavailable)
    }
    async fn of_mission(&self, actor: &Actor, mission: MissionId) -> Outcome<MissionApplications> {
        Err(AppError::Unavailable)
    }
    async fn decide(
        &self,
        actor: &Actor,
        mission: MissionId,
        ids: Vec<ApplicationId>,
        accept: bool,
        reason: String,
    ) -> Outcome<BulkAnswer> {
        Err(AppError::Unavailable)
    }
}
