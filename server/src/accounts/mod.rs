//! Accounts: the server's side.

mod confirm;
mod language;
pub mod queries;
mod register;
mod reset;
mod sign_in;
pub mod tokens;
pub mod volunteer;

use async_trait::async_trait;
use domain::{
    accounts::{Accounts, Me, NewSession, Registration},
    actor::{Actor, Locale},
    error::Outcome,
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Accounts for Backend {
    async fn register(&self, actor: &Actor, form: Registration) -> Outcome<()> {
        register::register(self, actor, form).await.answered()
    }

    async fn confirm_email(&self, actor: &Actor, token: &str) -> Outcome<NewSession> {
        confirm::confirm_email(self, actor, token).await.answered()
    }

    async fn resend_confirmation(&self, actor: &Actor, email: &str) -> Outcome<()> {
        confirm::resend(self, actor, email).await.answered()
    }

    async fn sign_in(&self, actor: &Actor, email: &str, password: &str) -> Outcome<NewSession> {
        sign_in::sign_in(self, actor, email, password).await.answered()
    }

    async fn sign_out(&self, token: &str) -> Outcome<()> {
        sign_in::sign_out(self, token).await.answered()
    }

    async fn request_reset(&self, actor: &Actor, email: &str) -> Outcome<()> {
        reset::request(self, actor, email).await.answered()
    }

    async fn reset_password(&self, actor: &Actor, token: &str, password: &str) -> Outcome<()> {
        reset::reset(self, actor, token, password).await.answered()
    }

    async fn me(&self, actor: &Actor) -> Outcome<Option<Me>> {
        queries::me(self.store.read(), actor).await.answered()
    }

    async fn choose_language(&self, actor: &Actor, locale: Locale) -> Outcome<()> {
        language::choose(self, actor, locale).await.answered()
    }
}
