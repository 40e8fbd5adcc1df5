use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::{AssociationLetterId, DirectoryEntryId, MunicipalityId},
    letters::{LetterPage, LetterPreview, LetterStatus, REMIND_AFTER, RecipientLine, RecipientState, fields},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{queries, send};
use crate::{
    backend::Backend,
    entity::{association_letter, directory_entry, letter_recipient, municipality},
    error::Result,
    network::queries::town_ref,
};

/// Associations that a letter can be previewed for.
const READERS: usize = 100;

/// A letter with what became of it.
pub async fn letter(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: AssociationLetterId,
    reader: &str,
) -> Result<LetterPage> {
    let (db, town) = (backend.store.read(), queries::read(backend, actor, insee).await?);
    let row = queries::letter(db, &town, id).await?;
    let entries = queries::entries(town.id).all(db).await?;
    let recipients = recipients(db, id, &entries).await?;
    let open = queries::reachable(town.id).all(db).await?;
    let reachable = match queries::status(&row) {
        LetterStatus::Draft => open.len(),
        _ => {
            recipients.iter().filter(|line| matches!(line.state, RecipientState::Sent | RecipientState::Opened)).count()
        }
    };
    let readers: Vec<&directory_entry::Model> = open.iter().take(READERS).collect();
    let asked = readers.iter().find(|entry| entry.id.to_string() == reader).or(readers.first());
    let link = format!("{}{}", backend.settings.public_url, app::routes::association_letter("…"));
    Ok(LetterPage {
        preview: asked.map(|entry| preview(&row, &town, entry, &link)),
        town: town_ref(&town),
        id,
        status: queries::status(&row),
        sent_at: row.sent_at,
        reminded_at: row.reminded_at,
        remind_from: row.sent_at.map(|at| at + REMIND_AFTER),
        now: backend.clock.now(),
        title: title(&row.subject, &town),
        reachable: u32::try_from(reachable)?,
        readers: readers.iter().map(|entry| (DirectoryEntryId(entry.id), entry.name.clone())).collect(),
        recipients,
        may_write: actor.coordinates(MunicipalityId(town.id)),
        subject: row.subject,
        body: row.body,
    })
}

/// A subject for those who send it: with an ellipsis for the name of whoever reads it.
pub fn title(subject: &str, town: &municipality::Model) -> String {
    fields::fill(subject, &send::facts("…", town, "…"))
}

fn preview(
    row: &association_letter::Model,
    town: &municipality::Model,
    entry: &directory_entry::Model,
    link: &str,
) -> LetterPreview {
    let facts = send::facts(&entry.name, town, link);
    LetterPreview {
        reader: DirectoryEntryId(entry.id),
        to: format!("{} <{}>", entry.name, entry.email),
        subject: fields::fill(&row.subject, &facts),
        text: fields::fill(&row.body, &facts),
    }
}

/// Whom a letter was sent to, by name; who left the directory comes last.
async fn recipients(
    db: &impl ConnectionTrait,
    id: AssociationLetterId,
    entries: &[directory_entry::Model],
) -> Result<Vec<RecipientLine>> {
    let known: HashMap<Uuid, (usize, &directory_entry::Model)> =
        entries.iter().enumerate().map(|(place, entry)| (entry.id, (place, entry))).collect();
    let rows = letter_recipient::Entity::find()
        .filter(letter_recipient::Column::LetterId.eq(id.0))
        .order_by_asc(letter_recipient::Column::Id)
        .all(db)
        .await?;
    let mut lines: Vec<(usize, RecipientLine)> = rows
        .iter()
        .map(|row| {
            let (place, entry) = row.entry_id.and_then(|id| known.get(&id)).copied().unzip();
            let text = |of: fn(&directory_entry::Model) -> &String| entry.map(of).cloned().unwrap_or_default();
            let line = RecipientLine { name: text(|e| &e.name), email: text(|e| &e.email), state: state(row, entry) };
            (place.unwrap_or(usize::MAX), line)
        })
        .collect();
    lines.sort_by_key(|(place, _)| *place);
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

fn state(row: &letter_recipient::Model, entry: Option<&directory_entry::Model>) -> RecipientState {
    if row.organisation_id.is_some() {
        RecipientState::Joined
    } else if entry.is_none_or(|entry| entry.stopped_at.is_some()) {
        RecipientState::Stopped
    } else if row.bounced_at.is_some() {
        RecipientState::Bounced
    } else if row.opened_at.is_some() {
        RecipientState::Opened
    } else {
        RecipientState::Sent
    }
}
