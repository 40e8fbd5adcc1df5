use async_trait::async_trait;

use super::TeamPage;
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{AccountId, InvitationId, OrganisationId},
};

/// The use cases of an organisation's team.
#[async_trait]
pub trait Team: Send + Sync {
    /// Who is in it, for whoever is.
    async fn team(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<TeamPage>;

    /// Invites a colleague by e-mail, with a role; an earlier invitation to the same person no longer works.
    async fn invite_colleague(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        email: &str,
        role: &str,
    ) -> Outcome<()>;

    /// Sends an invitation again, with a new link.
    async fn invite_again(&self, actor: &Actor, organisation: OrganisationId, id: InvitationId) -> Outcome<()>;

    /// Takes an invitation back.
    async fn take_back(&self, actor: &Actor, organisation: OrganisationId, id: InvitationId) -> Outcome<()>;

    /// Gives a colleague another role.
    async fn change_role(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        colleague: AccountId,
        role: &str,
    ) -> Outcome<()>;

    /// Takes a colleague out of the team.
    async fn remove_colleague(&self, actor: &Actor, organisation: OrganisationId, colleague: AccountId) -> Outcome<()>;

    /// Leaves the team; first makes a colleague an admin, where one hands over.
    async fn leave_team(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        successor: Option<AccountId>,
    ) -> Outcome<()>;
}
