use domain::{
    error::AppError,
    ids::LetterId,
    mailbox::{LetterPage, pieces},
};
use sea_orm::EntityTrait;

use crate::{
    backend::Backend,
    entity::outbox,
    error::{Result, told},
};

/// One e-mail, its text parted at the links of this site.
pub async fn letter(backend: &Backend, id: LetterId) -> Result<LetterPage> {
    let row = find(backend, id).await?;
    Ok(LetterPage { head: super::line(&row), body: pieces(&row.body_text, &backend.settings.public_url) })
}

/// The HTML version, as it was sent.
pub async fn html(backend: &Backend, id: LetterId) -> Result<String> {
    Ok(find(backend, id).await?.body_html)
}

async fn find(backend: &Backend, id: LetterId) -> Result<outbox::Model> {
    super::demo_only(backend)?;
    outbox::Entity::find_by_id(id.0).one(backend.store.read()).await?.ok_or_else(|| told(AppError::NotFound))
}
