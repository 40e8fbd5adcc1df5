//! What the pages of accounts ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::accounts::{Accounts, Registration};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Registers a person.
#[server(endpoint = "accounts/register")]
pub async fn register(form: Registration) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Accounts>()?.register(&actor, form).await?;
    request::redirect(routes::CHECK_MAIL);
    Ok(())
}

/// Sends the link of a registration again.
#[server(endpoint = "accounts/resend-confirmation")]
pub async fn resend_confirmation(email: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Accounts>()?.resend_confirmation(&actor, &email).await?;
    request::redirect(routes::CHECK_MAIL);
    Ok(())
}

/// Proves an e-mail, and signs in.
#[server(endpoint = "accounts/confirm-email")]
pub async fn confirm_email(token: String, next: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let session = request::service::<dyn Accounts>()?.confirm_email(&actor, &token).await?;
    request::open_session(&session);
    request::redirect(&routes::done(request::local_or(&next, routes::WELCOME), "confirme"));
    Ok(())
}

/// Signs in.
#[server(endpoint = "accounts/sign-in")]
pub async fn sign_in(email: String, password: String, next: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let session = request::service::<dyn Accounts>()?.sign_in(&actor, &email, &password).await?;
    request::open_session(&session);
    request::redirect(request::local_or(&next, routes::WELCOME));
    Ok(())
}

/// Signs out.
#[server(endpoint = "accounts/sign-out")]
pub async fn sign_out() -> Result<(), Failure> {
    if let Some(token) = request::session_token() {
        request::service::<dyn Accounts>()?.sign_out(&token).await?;
    }
    request::close_session();
    request::redirect(&routes::done(routes::HOME, "deconnecte"));
    Ok(())
}

/// Asks for a link to choose a new password.
#[server(endpoint = "accounts/request-reset")]
pub async fn request_reset(email: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Accounts>()?.request_reset(&actor, &email).await?;
    request::redirect("/mot-de-passe-oublie/courrier");
    Ok(())
}

/// Chooses a new password by the link.
#[server(endpoint = "accounts/reset-password")]
pub async fn reset_password(token: String, password: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Accounts>()?.reset_password(&actor, &token, &password).await?;
    request::close_session();
    request::redirect(&routes::done(routes::SIGN_IN, "mot-de-passe"));
    Ok(())
}
