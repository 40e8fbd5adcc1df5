//! The file on one version of a mission, on paper: what the page shows, and nothing that it does not.

mod changes;
mod parts;

use app::{
    i18n::{Texts, k::print as p},
    ui::time,
};
use domain::{
    actor::{Actor, Locale},
    error::AppError,
    ids::ReviewId,
    reviews::ReviewFile,
};

use super::{file, queries};
use crate::{
    backend::Backend,
    error::{Result, told},
    pdf::{self, Document, Spoken},
};

/// A file to be kept: its name, and what it holds.
pub type Paper = (String, Vec<u8>);

/// The file as a PDF, for those who may read it.
///
/// # Errors
/// As the page: `SignInFirst` for a visitor, `NotFound` for those who may not read it.
pub async fn paper(backend: &Backend, actor: &Actor, insee: &str, id: ReviewId) -> Result<Paper> {
    let me = actor.signed_in().map_err(told)?;
    let file = file::file(backend, actor, insee, id).await?;
    let name = queries::names(backend.store.read(), vec![me.0]).await?.remove(&me.0);
    let locale = actor.locale;
    let title = format!("{}-{}-{}.pdf", Texts(locale).get(p::FILE_NAME), file.mission.slug, file.version);
    let document = document(&file, locale, name);
    // Laying out takes a processor for some hundredths of a second: not one that answers others.
    let made = tokio::task::spawn_blocking(move || pdf::render(&document)).await??;
    Ok((title, made))
}

fn document(file: &ReviewFile, locale: Locale, printed_by: Option<String>) -> Document {
    let t = Texts(locale);
    let at = time::instant(locale, file.now);
    let name = printed_by.unwrap_or_else(|| t.get(p::NOBODY).to_owned());
    let facts = [("town", file.town.name.as_str()), ("at", at.as_str()), ("name", name.as_str())];
    let mut blocks = parts::head(t, file);
    blocks.extend(parts::mission(t, &file.mission));
    blocks.extend(changes::changes(t, file));
    blocks.extend(parts::checklist(t, file));
    blocks.extend(parts::duplicates(t, file));
    blocks.extend(parts::supplies(t, file));
    blocks.extend(parts::rounds(t, file));
    blocks.extend(parts::exchange(t, file));
    blocks.extend(parts::history(t, file));
    Document {
        title: t.with(p::TITLE, &[("title", &file.mission.title)]),
        locale,
        made_at: file.now,
        foot: t.with(p::FOOT, &facts),
        spoken: Spoken {
            removed: t.get(app::i18n::k::reviews::REMOVED).to_owned(),
            added: t.get(app::i18n::k::reviews::ADDED).to_owned(),
        },
        blocks,
    }
}

/// Whether somebody asked for a file that is not theirs, or that is none.
///
/// # Errors
/// `NotFound` of what is no id.
pub fn id(text: &str) -> Result<ReviewId> {
    text.parse().map_err(|_| told(AppError::NotFound))
}
