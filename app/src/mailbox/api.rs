//! What the mailbox asks of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::mailbox::{LetterPage, MailboxPage, MailboxQuery};
use leptos::prelude::*;

use crate::request::Failure;

/// A page of the mailbox.
#[server(endpoint = "mailbox/list", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_letters(query: MailboxQuery) -> Result<MailboxPage, Failure> {
    Ok(crate::request::service::<dyn domain::mailbox::Mailbox>()?.list(query).await?)
}

/// One e-mail.
#[server(endpoint = "mailbox/letter", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_letter(id: String) -> Result<LetterPage, Failure> {
    let id = crate::request::id(&id)?;
    Ok(crate::request::service::<dyn domain::mailbox::Mailbox>()?.letter(id).await?)
}
