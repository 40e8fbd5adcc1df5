use async_trait::async_trait;

use super::{AskedFile, InvitationPage, MunicipalityFile, MunicipalitySettings, TownFigures, TownRef};
use crate::{
    accounts::NewSession,
    actor::Actor,
    error::Outcome,
    ids::{AccountId, InvitationId},
};

/// The use cases of the network.
#[async_trait]
pub trait Network: Send + Sync {
    /// The open towns by name, for everyone: where one can help or create an organisation.
    async fn open_towns(&self) -> Outcome<Vec<TownRef>>;

    /// The towns with their figures.
    async fn towns(&self, actor: &Actor) -> Outcome<Vec<TownFigures>>;

    /// The files that towns ask the network to decide, by due date.
    async fn asked_files(&self, actor: &Actor) -> Outcome<Vec<AskedFile>>;

    /// Opens a municipality from its INSEE code.
    async fn open(&self, actor: &Actor, insee: &str) -> Outcome<()>;

    /// The file on a municipality, for the network's admins; its coordinators read it too.
    async fn file(&self, actor: &Actor, insee: &str) -> Outcome<MunicipalityFile>;

    /// Changes a municipality's settings, by a coordinator of it or the network.
    async fn save_settings(&self, actor: &Actor, insee: &str, form: MunicipalitySettings) -> Outcome<()>;

    /// Invites someone to coordinate a municipality.
    async fn invite(&self, actor: &Actor, insee: &str, email: &str) -> Outcome<()>;

    /// Takes an invitation back.
    async fn revoke(&self, actor: &Actor, insee: &str, invitation: InvitationId) -> Outcome<()>;

    /// Ends somebody's role in a town's coordination; its last coordinator goes only when one is `sure`.
    async fn end_coordinator(&self, actor: &Actor, insee: &str, account: AccountId, sure: bool) -> Outcome<()>;

    /// What the link of an invitation shows.
    async fn invitation(&self, actor: &Actor, token: &str) -> Outcome<InvitationPage>;

    /// Accepts an invitation. Someone without an account gives a name and a password; somebody with one must be signed in
    /// with the invited e-mail. Answers a session when an account was made.
    async fn accept(
        &self,
        actor: &Actor,
        token: &str,
        given_name: String,
        family_name: String,
        password: String,
    ) -> Outcome<Option<NewSession>>;
}
