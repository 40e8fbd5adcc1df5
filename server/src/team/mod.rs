//! The team of an organisation: the server's side.

mod change;
mod invite;
pub mod join;
mod queries;
mod show;
mod tell;

use async_trait::async_trait;
pub use queries::SUBJECT;

use domain::{
    actor::Actor,
    error::Outcome,
    ids::{AccountId, InvitationId, OrganisationId},
    team::{Team, TeamPage},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Team for Backend {
    async fn team(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<TeamPage> {
        show::team(self, actor, organisation).await.answered()
    }

    async fn invite_colleague(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        email: &str,
        role: &str,
    ) -> Outcome<()> {
        invite::invite(self, actor, organisation, email, role).await.answered()
    }

    async fn invite_again(&self, actor: &Actor, organisation: OrganisationId, id: InvitationId) -> Outcome<()> {
        invite::again(self, actor, organisation, id).await.answered()
    }

    async fn take_back(&self, actor: &Actor, organisation: OrganisationId, id: InvitationId) -> Outcome<()> {
        invite::take_back(self, actor, organisation, id).await.answered()
    }

    async fn change_role(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        colleague: AccountId,
        role: &str,
    ) -> Outcome<()> {
        change::role(self, actor, organisation, colleague, role).await.answered()
    }

    async fn remove_colleague(&self, actor: &Actor, organisation: OrganisationId, colleague: AccountId) -> Outcome<()> {
        change::remove(self, actor, organisation, colleague).await.answered()
    }

    async fn leave_team(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        successor: Option<AccountId>,
    ) -> Outcome<()> {
        change::leave(self, actor, organisation, successor).await.answered()
    }
}
