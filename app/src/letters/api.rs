//! What the pages of letters to associations ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    error::AppError,
    ids::{AssociationLetterId, DirectoryEntryId, DirectoryImportId},
    letters::{DirectoryPage, ImportPage, LetterPage, LetterWelcome, Letters, LettersPage},
    organisations::OrganisationForm,
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// A town's directory.
#[server(endpoint = "letters/directory", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_directory(insee: String, words: String, page: u32) -> Result<DirectoryPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Letters>()?.directory(&actor, &insee, &words, page).await?)
}

/// Takes a table, pasted or from a file, to be looked at before it is imported.
#[server(endpoint = "letters/check")]
pub async fn check_directory(
    insee: String,
    #[server(default)] text: String,
    #[server(default)] file: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let text = if text.trim().is_empty() { file } else { text };
    let id = request::service::<dyn Letters>()?.check(&actor, &insee, text).await?;
    request::redirect(&routes::directory_import(&insee, id));
    Ok(())
}

/// What an import would do.
#[server(endpoint = "letters/import-page", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_import(insee: String, id: String) -> Result<ImportPage, Failure> {
    let actor = request::actor()?;
    let id: DirectoryImportId = request::id(&id)?;
    Ok(request::service::<dyn Letters>()?.import_page(&actor, &insee, id).await?)
}

/// Imports.
#[server(endpoint = "letters/import")]
pub async fn import_directory(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: DirectoryImportId = request::id(&id)?;
    request::service::<dyn Letters>()?.import(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::directory(&insee), "importe"));
    Ok(())
}

/// No longer writes to an association (`yes`), or does again.
#[server(endpoint = "letters/set-stopped")]
pub async fn set_stopped(insee: String, id: String, #[server(default)] stopped: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: DirectoryEntryId = request::id(&id)?;
    request::service::<dyn Letters>()?.set_stopped(&actor, &insee, id, stopped == "yes").await?;
    request::redirect(&routes::done(&routes::directory(&insee), "enregistre"));
    Ok(())
}

/// Takes an association out of the directory.
#[server(endpoint = "letters/remove-entry")]
pub async fn remove_entry(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: DirectoryEntryId = request::id(&id)?;
    request::service::<dyn Letters>()?.remove_entry(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::directory(&insee), "annuaire-retire"));
    Ok(())
}

/// The letters of a town.
#[server(endpoint = "letters/list", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_association_letters(insee: String) -> Result<LettersPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Letters>()?.list(&actor, &insee).await?)
}

/// Begins a letter.
#[server(endpoint = "letters/begin")]
pub async fn begin_letter(insee: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::service::<dyn Letters>()?.begin(&actor, &insee).await?;
    request::redirect(&routes::town_letter(&insee, id));
    Ok(())
}

/// A letter, previewed for one reader.
#[server(endpoint = "letters/letter", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_association_letter(insee: String, id: String, reader: String) -> Result<LetterPage, Failure> {
    let actor = request::actor()?;
    let id: AssociationLetterId = request::id(&id)?;
    Ok(request::service::<dyn Letters>()?.letter(&actor, &insee, id, &reader).await?)
}

/// Changes a draft.
#[server(endpoint = "letters/save")]
pub async fn save_letter(insee: String, id: String, subject: String, letter: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: AssociationLetterId = request::id(&id)?;
    request::service::<dyn Letters>()?.save_letter(&actor, &insee, id, &subject, &letter).await?;
    request::redirect(&routes::done(&routes::town_letter(&insee, id), "enregistre"));
    Ok(())
}

/// Throws a draft away.
#[server(endpoint = "letters/discard")]
pub async fn discard_letter(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: AssociationLetterId = request::id(&id)?;
    request::service::<dyn Letters>()?.discard(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::town_letters(&insee), "lettre-jetee"));
    Ok(())
}

/// Sends a letter.
#[server(endpoint = "letters/send")]
pub async fn send_letter(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: AssociationLetterId = request::id(&id)?;
    request::service::<dyn Letters>()?.send(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::town_letter(&insee, id), "lettre"));
    Ok(())
}

/// Writes once more to those who did not come.
#[server(endpoint = "letters/remind")]
pub async fn remind_letter(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: AssociationLetterId = request::id(&id)?;
    request::service::<dyn Letters>()?.remind(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::town_letter(&insee, id), "rappel"));
    Ok(())
}

/// What a letter's personal link shows.
#[server(endpoint = "letters/welcome", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_welcome(token: String) -> Result<LetterWelcome, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Letters>()?.welcome(&actor, &token).await?)
}

/// Follows the invitation: to the form of a new organisation, by way of an account.
#[server(endpoint = "letters/follow")]
pub async fn follow_letter(token: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Letters>()?.follow(&actor, &token).await?;
    let form = routes::new_organisation_from(&token);
    let next = if actor.account.is_some() { form } else { routes::register_organisation(&form) };
    request::redirect(&next);
    Ok(())
}

/// What a new organisation's form begins with; an empty one without a letter.
#[server(endpoint = "letters/prefilled", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_prefilled(token: String) -> Result<OrganisationForm, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Letters>()?.prefilled(&actor, &token).await?)
}

/// Never writes to this association again.
#[server(endpoint = "letters/unsubscribe")]
pub async fn unsubscribe_association(token: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Letters>()?.unsubscribe(&actor, &token).await?;
    request::redirect(&routes::done(&routes::association_letter(&token), "desabonne"));
    Ok(())
}
