//! The words that the system looks for, which the network edits.

use domain::{
    actor::Actor,
    error::{AppError, Problem},
    organisations::eligibility::Doubt,
    reviews::signs::{NAMES, SignList, SignsForm, SignsPage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    backend::Backend,
    entity::{doubtful_word, organisation_item, telltale},
    error::{Result, Told, told},
    store::{Step, Work},
};

/// The lists, for the network.
pub async fn page(backend: &Backend, actor: &Actor) -> Result<SignsPage> {
    actor.require_network().map_err(told)?;
    let (db, locale) = (backend.store.read(), actor.locale);
    let rows = telltale::Entity::find().order_by_asc(telltale::Column::Position).all(db).await?;
    let mut lists: Vec<SignList> = rows
        .into_iter()
        .map(|row| SignList {
            danger: row.kind == "danger",
            label: locale.pick(&row.label_fr, &row.label_en).to_owned(),
            words: split(&row.signs),
            code: row.code,
        })
        .collect();
    let items = organisation_item::Entity::find().order_by_asc(organisation_item::Column::Position).all(db).await?;
    for item in items {
        let Some(doubt) = item.finding.as_deref().and_then(Doubt::parse) else { continue };
        lists.push(SignList {
            code: format!("{NAMES}{}", doubt.as_str()),
            danger: false,
            label: locale.pick(&item.label_fr, &item.label_en).to_owned(),
            words: names(db, doubt).await?,
        });
    }
    Ok(SignsPage { lists })
}

/// The signs of a list as it is kept.
fn split(signs: &str) -> Vec<String> {
    signs.split(',').map(|sign| sign.trim().to_owned()).filter(|sign| !sign.is_empty()).collect()
}

async fn names(db: &impl ConnectionTrait, doubt: Doubt) -> Result<Vec<String>> {
    let rows = doubtful_word::Entity::find().filter(doubtful_word::Column::Kind.eq(doubt.as_str()));
    let rows = rows.order_by_asc(doubtful_word::Column::Word).all(db).await?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// Adds a word to a list, and takes some out.
pub async fn save(backend: &Backend, actor: &Actor, form: SignsForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    match form.code.strip_prefix(NAMES) {
        Some(kind) => {
            let doubt = Doubt::parse(kind).ok_or_else(|| told(AppError::NotFound))?;
            in_names(&work, doubt, &form).await?;
        }
        None => in_missions(&work, &form).await?,
    }
    work.commit().await
}

async fn in_missions(work: &Work, form: &SignsForm) -> Result<()> {
    let known = telltale::Entity::find().all(&work.tx).await?;
    if known.iter().all(|row| row.code != form.code) {
        return Err(told(AppError::NotFound));
    }
    let row = telltale::Entity::find_by_id(&form.code).lock_exclusive().one(&work.tx).await?;
    let row = row.ok_or_else(|| told(AppError::NotFound))?;
    let words = split(&row.signs);
    let change = form.read(&words).told()?;
    let mut row = row.into_active_model();
    row.signs = Set(change.apply(&words).join(", "));
    row.update(&work.tx).await?;
    record(work, "telltale", &form.code, &change.told()).await
}

async fn in_names(work: &Work, doubt: Doubt, form: &SignsForm) -> Result<()> {
    let change = form.read(&names(&work.tx, doubt).await?).told()?;
    if !change.removed.is_empty() {
        doubtful_word::Entity::delete_many()
            .filter(doubtful_word::Column::Kind.eq(doubt.as_str()))
            .filter(doubtful_word::Column::Word.is_in(change.removed.iter().map(String::as_str)))
            .exec(&work.tx)
            .await?;
    }
    if let Some(word) = &change.added {
        let row = doubtful_word::ActiveModel { kind: Set(doubt.as_str().to_owned()), word: Set(word.clone()) };
        let once =
            OnConflict::columns([doubtful_word::Column::Kind, doubtful_word::Column::Word]).do_nothing().to_owned();
        if doubtful_word::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await? == 0 {
            return Err(told(AppError::field("add", Problem::NameTaken)));
        }
    }
    record(work, "doubtful_word", &form.code, &change.told()).await
}

/// A list has no number: its code tells which.
async fn record(work: &Work, subject: &str, code: &str, told: &str) -> Result<()> {
    let reason = format!("{code}: {told}");
    let (from, reason) = (None, Some(reason.as_str()));
    work.record(Step { subject, id: Uuid::nil(), municipality: None, from, to: "changed", reason }).await
}
