//! What the frame asks of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::accounts::Me;
use leptos::prelude::*;

use crate::request::{Answer, Failure, Wire};

/// The signed-in person, for the header.
#[server(endpoint = "accounts/me", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn current_person() -> Result<Option<Me>, Failure> {
    let actor = crate::request::actor()?;
    Ok(crate::request::service::<dyn domain::accounts::Accounts>()?.me(&actor).await?)
}

/// Chooses the language of pages, for this browser and the account.
#[server(endpoint = "accounts/language")]
pub async fn choose_language(language: String) -> Result<(), Failure> {
    let actor = crate::request::actor()?;
    let locale = domain::actor::Locale::parse(&language).ok_or(domain::error::AppError::Malformed)?;
    crate::request::service::<dyn domain::accounts::Accounts>()?.choose_language(&actor, locale).await?;
    crate::request::choose_language(locale);
    Ok(())
}

/// The person, wherever a page needs to know whom it speaks to.
#[derive(Debug, Clone, Copy)]
pub struct Person(pub Resource<Answer<Option<Me>>, Wire>);
