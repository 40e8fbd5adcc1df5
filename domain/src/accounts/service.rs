use async_trait::async_trait;

use super::{Me, NewSession, Registration};
use crate::{
    actor::{Actor, Locale},
    error::Outcome,
};

/// The use cases of accounts.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Registers a person and sends a link to prove the e-mail. A known e-mail gets the same answer, and its owner a
    /// message that says so.
    async fn register(&self, actor: &Actor, form: Registration) -> Outcome<()>;

    /// Proves an e-mail by the link sent to it, and opens a session.
    async fn confirm_email(&self, actor: &Actor, token: &str) -> Outcome<NewSession>;

    /// Sends the link of `register` again to an address that waits for it; the same answer for every address.
    async fn resend_confirmation(&self, actor: &Actor, email: &str) -> Outcome<()>;

    /// Opens a session; throttled per account and per address.
    async fn sign_in(&self, actor: &Actor, email: &str, password: &str) -> Outcome<NewSession>;

    /// Ends the session of this token.
    async fn sign_out(&self, token: &str) -> Outcome<()>;

    /// Sends a link of ten minutes to choose a new password; the same answer for every address.
    async fn request_reset(&self, actor: &Actor, email: &str) -> Outcome<()>;

    /// Changes the password by such a link, once, and ends every session of the account.
    async fn reset_password(&self, actor: &Actor, token: &str, password: &str) -> Outcome<()>;

    /// The signed-in person; `None` for a visitor.
    async fn me(&self, actor: &Actor) -> Outcome<Option<Me>>;

    /// Keeps the language of the account's e-mails; nothing for a visitor.
    async fn choose_language(&self, actor: &Actor, locale: Locale) -> Outcome<()>;
}
