//! The personal link of a letter: what it shows, and what following it does.

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::{AppError, Conflict},
    fields::LegalForm,
    ids::{MunicipalityId, OrganisationId},
    letters::LetterWelcome,
    organisations::OrganisationForm,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{directory, queries, silence};
use crate::{
    accounts::tokens,
    backend::Backend,
    entity::{association_letter, directory_entry, letter_recipient, municipality, outbox},
    error::{Result, told},
    network,
    store::Work,
    throttle::{self, Limit},
};

/// The letter's own link, and that of its reminder, lead to the same line.
fn of_token(token: &str) -> Condition {
    let hash = tokens::digest(token);
    Condition::any()
        .add(letter_recipient::Column::TokenHash.eq(&hash))
        .add(letter_recipient::Column::ReminderHash.eq(hash))
}

/// Whom a link was sent to. It works for as long as the association is in the directory.
async fn find(
    db: &impl ConnectionTrait,
    token: &str,
) -> Result<(letter_recipient::Model, directory_entry::Model, municipality::Model)> {
    let expired = || told(Conflict::LinkExpired);
    let row = letter_recipient::Entity::find().filter(of_token(token)).one(db).await?.ok_or_else(expired)?;
    let entry = directory_entry::Entity::find_by_id(row.entry_id.ok_or_else(expired)?).lock_exclusive();
    let entry = entry.one(db).await?.ok_or_else(expired)?;
    let town = network::queries::by_id(db, MunicipalityId(entry.municipality_id)).await?;
    Ok((row, entry, town))
}

/// What the link shows.
pub async fn welcome(backend: &Backend, token: &str) -> Result<LetterWelcome> {
    let (row, entry, town) = find(backend.store.read(), token).await?;
    Ok(LetterWelcome {
        town: network::queries::town_ref(&town),
        service: town.service_name,
        association: entry.name,
        joined: row.organisation_id.is_some(),
        stopped: entry.stopped_at.is_some(),
    })
}

/// Notes, the first time, that the invitation was followed.
pub async fn follow(backend: &Backend, actor: &Actor, token: &str) -> Result<()> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    let work = Work::begin(backend, actor).await?;
    let (row, _, town) = find(&work.tx, token).await?;
    let opened = letter_recipient::Entity::update_many()
        .col_expr(letter_recipient::Column::OpenedAt, Expr::value(work.now))
        .filter(letter_recipient::Column::Id.eq(row.id))
        .filter(letter_recipient::Column::OpenedAt.is_null())
        .exec(&work.tx)
        .await?;
    if opened.rows_affected == 1 {
        queries::record(&work, town.id, ("letter_recipient", row.id), (Some("sent"), "opened"), None).await?;
    }
    work.commit().await
}

/// What a new organisation's form begins with.
pub async fn prefilled(backend: &Backend, token: &str) -> Result<OrganisationForm> {
    let (_, entry, town) = find(backend.store.read(), token).await?;
    Ok(OrganisationForm {
        name: entry.name,
        legal_form: LegalForm::Association.as_str().to_owned(),
        rna: entry.rna.unwrap_or_default(),
        siret: entry.siret.unwrap_or_default(),
        town: town.insee,
        email: entry.email,
        letter: token.to_owned(),
        ..OrganisationForm::default()
    })
}

/// Never writes to this association again.
pub async fn unsubscribe(backend: &Backend, actor: &Actor, token: &str) -> Result<()> {
    throttle::take(backend, &format!("link:{}", actor.address), Limit::LINKS).await?;
    let work = Work::begin(backend, actor).await?;
    let (_, entry, _) = find(&work.tx, token).await?;
    if entry.stopped_at.is_none() {
        directory::stop(&work, entry, true).await?;
    }
    work.commit().await
}

/// One press in the mailbox, by whoever has the link. It counts for who left the directory since, too: their address is still
/// known to the outbox, for as long as that remembers the letter. Whether there was such a link.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stop_at_once(backend: &Backend, token: &str) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let Some(row) = letter_recipient::Entity::find().filter(of_token(token)).one(&work.tx).await? else {
        return Ok(false);
    };
    let entry = match row.entry_id {
        Some(id) => directory_entry::Entity::find_by_id(id).lock_exclusive().one(&work.tx).await?,
        None => None,
    };
    if let Some(entry) = entry {
        if entry.stopped_at.is_none() {
            directory::stop(&work, entry, true).await?;
        }
    } else if let Some(sent) = outbox::Entity::find_by_id(row.outbox_id).one(&work.tx).await? {
        let letter = association_letter::Entity::find_by_id(row.letter_id).one(&work.tx).await?;
        let town = letter.ok_or_else(|| told(AppError::NotFound))?.municipality_id;
        silence::keep(&work, town, &sent.recipient).await?;
        // Imported again since, under another line.
        let again = queries::entries(town).filter(directory_entry::Column::Email.eq(&sent.recipient));
        let again = again.filter(directory_entry::Column::StoppedAt.is_null()).lock_exclusive().one(&work.tx).await?;
        if let Some(entry) = again {
            directory::stop(&work, entry, true).await?;
        }
    }
    work.commit().await?;
    Ok(true)
}

/// Notes that an organisation was created because of a letter; a link that is none changes nothing.
///
/// # Errors
/// When the database refuses.
pub async fn joined(work: &Work, token: &str, organisation: OrganisationId) -> Result<()> {
    if token.is_empty() {
        return Ok(());
    }
    letter_recipient::Entity::update_many()
        .col_expr(letter_recipient::Column::OrganisationId, Expr::value(organisation.0))
        .filter(of_token(token))
        .filter(letter_recipient::Column::OrganisationId.is_null())
        .exec(&work.tx)
        .await?;
    Ok(())
}

/// Notes that the e-mail of a letter was given up.
///
/// # Errors
/// When the database refuses.
pub async fn bounced(tx: &DatabaseTransaction, outbox: Uuid, now: DateTime<Utc>) -> Result<()> {
    letter_recipient::Entity::update_many()
        .col_expr(letter_recipient::Column::BouncedAt, Expr::value(now))
        .filter(letter_recipient::Column::OutboxId.eq(outbox))
        .exec(tx)
        .await?;
    Ok(())
}
