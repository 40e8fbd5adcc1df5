use chrono::Duration;
use domain::{
    access::Role,
    actor::{Actor, Locale},
    error::Conflict,
    ids::AssociationLetterId,
    letters::{LetterAction, REMIND_AFTER, fields},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{queries, silence::Silence, write};
use crate::{
    accounts::tokens,
    backend::Backend,
    entity::{association_letter, directory_entry, letter_recipient, municipality},
    error::{Result, Told, told},
    mail::{Mail, MailKind, outbox},
    store::Work,
};

/// Letters that leave in one minute: what people wait for, such as a link to sign in, goes between them.
const PER_MINUTE: usize = 60;
/// Lines that one statement writes.
const AT_ONCE: usize = 200;

/// What every reader of a letter gets alike.
struct Letter<'a> {
    kind: MailKind,
    town: &'a municipality::Model,
    subject: String,
    body: String,
}

impl Letter<'_> {
    /// Queues it for one association, the `place`th: its e-mail, and the hash of its link's secret.
    async fn queue(&self, work: &Work, entry: &directory_entry::Model, place: usize) -> Result<(Uuid, String)> {
        let token = tokens::secret();
        let path = app::routes::association_letter(&token);
        let link = work.link(&path);
        let facts = facts(&entry.name, self.town, &link);
        let (subject, letter) = (fields::fill(&self.subject, &facts), fields::fill(&self.body, &facts));
        let facts = [("subject", subject.as_str()), ("letter", &letter), ("town", &self.town.name), ("link", &link)];
        let minutes = i64::try_from(place / PER_MINUTE)?;
        let mail = Mail { kind: self.kind, facts: &facts, path: &path };
        // A directory knows no languages: letters are written in French, as their texts are.
        let id = work.mail_at(&entry.email, Locale::Fr, work.now + Duration::minutes(minutes), mail).await?;
        let at_once = work.link(&app::routes::stop_letters_at_once(&token));
        outbox::listed(&work.tx, id, &at_once).await?;
        Ok((id, tokens::digest(&token)))
    }
}

/// The values of a letter's fields.
pub fn facts<'a>(association: &'a str, town: &'a municipality::Model, link: &'a str) -> [(&'static str, &'a str); 4] {
    [("association", association), ("commune", &town.name), ("service", &town.service_name), ("lien", link)]
}

/// Those who may be written to, but for whoever asked for silence under the same address before.
async fn readers(work: &Work, town: Uuid) -> Result<Vec<directory_entry::Model>> {
    let silence = Silence::of(&work.tx, town).await?;
    let mut readers = queries::reachable(town).all(&work.tx).await?;
    readers.retain(|entry| !silence.holds(&entry.email));
    Ok(readers)
}

/// Sends a letter to every association that may be written to, once each.
pub async fn send(backend: &Backend, actor: &Actor, insee: &str, id: AssociationLetterId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::locked(&work, &town, id).await?;
    let (before, action) = (queries::status(&row), LetterAction::Send);
    let after = before.apply(action, Role::Coordinator).told()?;
    let (subject, body) = write::read(&row.subject, &row.body)?;
    let readers = readers(&work, town.id).await?;
    if readers.is_empty() {
        return Err(told(Conflict::NobodyToWriteTo));
    }
    let letter = Letter { kind: MailKind::AssociationLetter, town: &town, subject, body };
    let mut lines = Vec::with_capacity(readers.len());
    for (place, entry) in readers.iter().enumerate() {
        let (outbox_id, token_hash) = letter.queue(&work, entry, place).await?;
        lines.push(letter_recipient::ActiveModel {
            id: Set(Uuid::now_v7()),
            letter_id: Set(id.0),
            entry_id: Set(Some(entry.id)),
            token_hash: Set(token_hash),
            reminder_hash: Set(None),
            outbox_id: Set(outbox_id),
            opened_at: Set(None),
            bounced_at: Set(None),
            organisation_id: Set(None),
        });
    }
    for lines in lines.chunks(AT_ONCE) {
        letter_recipient::Entity::insert_many(lines.to_vec()).exec_without_returning(&work.tx).await?;
    }
    let mut changed = row.into_active_model();
    changed.sent_at = Set(Some(work.now));
    finish(&work, changed, &town, (before.as_str(), after.as_str()), readers.len()).await?;
    work.commit().await
}

/// Writes once more to those who did not come, did not stop it and could be reached.
pub async fn remind(backend: &Backend, actor: &Actor, insee: &str, id: AssociationLetterId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::locked(&work, &town, id).await?;
    let before = queries::status(&row);
    let after = before.apply(LetterAction::Remind, Role::Coordinator).told()?;
    if row.sent_at.is_none_or(|at| work.now < at + REMIND_AFTER) {
        return Err(told(Conflict::TooSoonToRemind));
    }
    let lines = missing(id).lock_exclusive().all(&work.tx).await?;
    let readers = readers(&work, town.id).await?;
    let (subject, body) = (row.subject.clone(), row.body.clone());
    let letter = Letter { kind: MailKind::AssociationReminder, town: &town, subject, body };
    let mut written = 0;
    for line in lines {
        let Some(entry) = readers.iter().find(|entry| Some(entry.id) == line.entry_id) else { continue };
        let (outbox_id, hash) = letter.queue(&work, entry, written).await?;
        let mut line = line.into_active_model();
        line.reminder_hash = Set(Some(hash));
        line.outbox_id = Set(outbox_id);
        line.update(&work.tx).await?;
        written += 1;
    }
    if written == 0 {
        return Err(told(Conflict::NobodyToWriteTo));
    }
    let mut changed = row.into_active_model();
    changed.reminded_at = Set(Some(work.now));
    finish(&work, changed, &town, (before.as_str(), after.as_str()), written).await?;
    work.commit().await
}

/// Readers of a letter who did not come and could be reached.
pub fn missing(id: AssociationLetterId) -> sea_orm::Select<letter_recipient::Entity> {
    letter_recipient::Entity::find()
        .filter(letter_recipient::Column::LetterId.eq(id.0))
        .filter(letter_recipient::Column::OrganisationId.is_null())
        .filter(letter_recipient::Column::BouncedAt.is_null())
        .filter(letter_recipient::Column::EntryId.is_not_null())
}

async fn finish(
    work: &Work,
    mut row: association_letter::ActiveModel,
    town: &municipality::Model,
    (before, after): (&str, &str),
    readers: usize,
) -> Result<()> {
    row.status = Set(after.to_owned());
    row.updated_at = Set(work.now);
    let row = row.update(&work.tx).await?;
    let readers = readers.to_string();
    queries::record(work, town.id, ("letter", row.id), (Some(before), after), Some(&readers)).await
}
