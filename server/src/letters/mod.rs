//! Letters to associations: the server's side.

mod directory;
mod import;
pub mod link;
mod list;
mod queries;
mod send;
mod show;
mod silence;
mod write;

use async_trait::async_trait;

use domain::{
    actor::Actor,
    error::Outcome,
    ids::{AssociationLetterId, DirectoryEntryId, DirectoryImportId},
    letters::{DirectoryPage, ImportPage, LetterPage, LetterWelcome, Letters, LettersPage},
    organisations::OrganisationForm,
};

pub use import::forget;

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Letters for Backend {
    async fn directory(&self, actor: &Actor, insee: &str, words: &str, page: u32) -> Outcome<DirectoryPage> {
        directory::page(self, actor, insee, words, page).await.answered()
    }

    async fn check(&self, actor: &Actor, insee: &str, text: String) -> Outcome<DirectoryImportId> {
        import::check(self, actor, insee, text).await.answered()
    }

    async fn import_page(&self, actor: &Actor, insee: &str, id: DirectoryImportId) -> Outcome<ImportPage> {
        import::page(self, actor, insee, id).await.answered()
    }

    async fn import(&self, actor: &Actor, insee: &str, id: DirectoryImportId) -> Outcome<()> {
        import::import(self, actor, insee, id).await.answered()
    }

    async fn set_stopped(&self, actor: &Actor, insee: &str, id: DirectoryEntryId, stopped: bool) -> Outcome<()> {
        directory::set_stopped(self, actor, insee, id, stopped).await.answered()
    }

    async fn remove_entry(&self, actor: &Actor, insee: &str, id: DirectoryEntryId) -> Outcome<()> {
        directory::remove(self, actor, insee, id).await.answered()
    }

    async fn list(&self, actor: &Actor, insee: &str) -> Outcome<LettersPage> {
        list::list(self, actor, insee).await.answered()
    }

    async fn begin(&self, actor: &Actor, insee: &str) -> Outcome<AssociationLetterId> {
        write::begin(self, actor, insee).await.answered()
    }

    async fn letter(&self, actor: &Actor, insee: &str, id: AssociationLetterId, reader: &str) -> Outcome<LetterPage> {
        show::letter(self, actor, insee, id, reader).await.answered()
    }

    async fn save_letter(
        &self,
        actor: &Actor,
        insee: &str,
        id: AssociationLetterId,
        subject: &str,
        body: &str,
    ) -> Outcome<()> {
        write::save(self, actor, insee, id, subject, body).await.answered()
    }

    async fn discard(&self, actor: &Actor, insee: &str, id: AssociationLetterId) -> Outcome<()> {
        write::discard(self, actor, insee, id).await.answered()
    }

    async fn send(&self, actor: &Actor, insee: &str, id: AssociationLetterId) -> Outcome<()> {
        send::send(self, actor, insee, id).await.answered()
    }

    async fn remind(&self, actor: &Actor, insee: &str, id: AssociationLetterId) -> Outcome<()> {
        send::remind(self, actor, insee, id).await.answered()
    }

    async fn welcome(&self, _: &Actor, token: &str) -> Outcome<LetterWelcome> {
        link::welcome(self, token).await.answered()
    }

    async fn follow(&self, actor: &Actor, token: &str) -> Outcome<()> {
        link::follow(self, actor, token).await.answered()
    }

    async fn prefilled(&self, _: &Actor, token: &str) -> Outcome<OrganisationForm> {
        link::prefilled(self, token).await.answered()
    }

    async fn unsubscribe(&self, actor: &Actor, token: &str) -> Outcome<()> {
        link::unsubscribe(self, actor, token).await.answered()
    }
}
