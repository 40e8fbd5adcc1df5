//! Profiles of volunteers: the server's side.

mod own;
pub mod queries;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    error::Outcome,
    profiles::{ProfileForm, ProfilePage, Profiles},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Profiles for Backend {
    async fn own_profile(&self, actor: &Actor) -> Outcome<ProfilePage> {
        own::show(self, actor).await.answered()
    }

    async fn save_profile(&self, actor: &Actor, form: ProfileForm) -> Outcome<()> {
        own::save(self, actor, form).await.answered()
    }

    async fn erase_profile(&self, actor: &Actor) -> Outcome<()> {
        own::erase(self, actor).await.answered()
    }
}
