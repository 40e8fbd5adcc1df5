//! What a message between a town and an organisation may be about: an item of the checklist, or the file as a whole.

use std::collections::BTreeSet;

use app::i18n::{Texts, k::reviews as r};
use chrono::{DateTime, Utc};
use domain::{
    actor::Locale,
    error::{AppError, Problem},
    ids::MunicipalityId,
    missions::MissionContent,
    reviews::ItemRef,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::checklist;
use crate::{
    crisis::queries as crisis,
    entity::{checklist_item, mission, review, review_answer, thread_message},
    error::{Result, told},
};

/// The items that a message about a mission may name: those of its checklist by now, then those that were answered in one of
/// its reviews or are named in its exchange, so that a message can be answered once the domain or the times have changed.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    content: &MissionContent,
    now: DateTime<Utc>,
) -> Result<Vec<checklist_item::Model>> {
    let measures = crisis::of_town(db, MunicipalityId(mission.municipality_id), now).await?;
    let asked = checklist::Asked { domain: content.domain.as_deref(), crisis: measures.hold(now) };
    let mut items = checklist::items(db, asked).await?;
    let mut before = named(db, mission.id).await?;
    before.retain(|code| items.iter().all(|item| item.code != *code));
    items.extend(checklist::by_codes(db, &before).await?);
    Ok(items)
}

/// The codes that were answered in reviews of a mission, or are named in its exchange.
async fn named(db: &impl ConnectionTrait, mission: Uuid) -> Result<Vec<String>> {
    let reviews = review::Entity::find().filter(review::Column::MissionId.eq(mission)).all(db).await?;
    let answered = review_answer::Entity::find()
        .filter(review_answer::Column::ReviewId.is_in(reviews.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let said = thread_message::Entity::find()
        .filter(thread_message::Column::MissionId.eq(mission))
        .filter(thread_message::Column::ItemCode.is_not_null())
        .all(db)
        .await?;
    let said = said.into_iter().filter_map(|row| row.item_code);
    let codes: BTreeSet<String> = answered.into_iter().map(|row| row.item_code).chain(said).collect();
    Ok(codes.into_iter().collect())
}

/// The item that a form names, if it names one.
///
/// # Errors
/// What is wrong with the field `item`: it is none of these.
pub fn chosen<'a>(items: &'a [checklist_item::Model], code: Option<&str>) -> Result<Option<&'a checklist_item::Model>> {
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    let item = items.iter().find(|item| item.code == code);
    item.map(Some).ok_or_else(|| told(AppError::field("item", Problem::NotAChoice)))
}

/// Items, to be chosen from.
pub fn refs(locale: Locale, items: &[checklist_item::Model]) -> Vec<ItemRef> {
    let label = |item: &checklist_item::Model| locale.pick(&item.label_fr, &item.label_en).to_owned();
    items.iter().map(|item| ItemRef { code: item.code.clone(), label: label(item) }).collect()
}

/// A message as its e-mail says it: what it is about comes first.
pub fn letter(item: Option<&checklist_item::Model>, body: &str) -> String {
    let Some(item) = item else { return body.to_owned() };
    format!("{}\n\n{body}", Texts(Locale::Fr).with(r::ABOUT_ITEM, &[("item", &item.label_fr)]))
}
