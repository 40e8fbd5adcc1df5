//! The checklist, which the network edits.

use domain::{
    actor::Actor,
    error::{AppError, Problem},
    reviews::items::{ItemForm, ItemLine, ItemText, ItemsPage, LAST, Scope, keeps_scope, stays},
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

use super::checklist;
use crate::{
    backend::Backend,
    entity::checklist_item,
    error::{Result, Told, told},
    missions::reference,
    store::{Step, Work},
};

/// The checklist, for the network.
pub async fn page(backend: &Backend, actor: &Actor) -> Result<ItemsPage> {
    actor.require_network().map_err(told)?;
    let db = backend.store.read();
    let name = |fr: &str, en: &str| actor.locale.pick(fr, en).to_owned();
    let domains = reference::domains(db, false).await?.into_iter();
    Ok(ItemsPage {
        domains: domains.map(|row| (row.code, name(&row.label_fr, &row.label_en))).collect(),
        items: checklist::all(db).await?.iter().map(line).collect(),
    })
}

fn line(row: &checklist_item::Model) -> ItemLine {
    let (finding, crisis) = (row.finding.as_deref(), row.crisis.as_deref());
    ItemLine { form: form(row), stays: stays(finding), keeps_scope: keeps_scope(finding, crisis) }
}

fn scope(row: &checklist_item::Model) -> Scope {
    Scope { domain: row.domain_code.clone(), crisis: row.crisis.clone() }
}

fn form(row: &checklist_item::Model) -> ItemForm {
    let yes = |flag: bool| if flag { "yes".to_owned() } else { String::new() };
    ItemForm {
        code: row.code.clone(),
        scope: scope(row).choice(),
        label_fr: row.label_fr.clone(),
        label_en: row.label_en.clone(),
        hint_fr: row.hint_fr.clone(),
        hint_en: row.hint_en.clone(),
        position: row.position.to_string(),
        mandatory: yes(row.mandatory),
        retired: yes(row.retired_at.is_some()),
    }
}

/// Adds an item, changes one, retires one or brings it back; what was answered to it stays.
pub async fn save(backend: &Backend, actor: &Actor, form: ItemForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let read = form.read().told()?;
    if let Some(code) = &read.scope.domain {
        let known = reference::domains(&work.tx, false).await?;
        if !known.iter().any(|row| row.code == *code) {
            return Err(told(AppError::field("scope", Problem::NotAChoice)));
        }
    }
    let known = checklist::all(&work.tx).await?;
    let (folded, choice) = (text::fold(&read.label.0), read.scope.choice());
    let same = |row: &checklist_item::Model| text::fold(&row.label_fr) == folded && scope(row).choice() == choice;
    if known.iter().any(|row| row.code != form.code && same(row)) {
        return Err(told(AppError::field("label_fr", Problem::NameTaken)));
    }
    let others = known.iter().filter(|row| row.code != form.code);
    let last = others.map(|row| row.position + 1).max().unwrap_or_default().min(LAST);
    if form.code.is_empty() {
        add(&work, read, &known, last).await?;
    } else if known.iter().any(|row| row.code == form.code) {
        change(&work, &form.code, read, last).await?;
    } else {
        return Err(told(AppError::NotFound));
    }
    work.commit().await
}

async fn add(work: &Work, read: ItemText, known: &[checklist_item::Model], last: i32) -> Result<()> {
    // What the system finds there is an answer to another question.
    if keeps_scope(None, read.scope.crisis.as_deref()) {
        return Err(told(AppError::field("scope", Problem::NotAChoice)));
    }
    let slug = text::slug(&read.label.0);
    // Two domains may ask the same; a code is one item's for good.
    let mut codes = std::iter::once(slug.clone()).chain((2..).map(|n: u32| format!("{slug}-{n}")));
    let code = codes.find(|code| known.iter().all(|row| row.code != *code)).filter(|_| !slug.is_empty());
    let code = code.ok_or_else(|| told(AppError::field("label_fr", Problem::TooShort { min: 2 })))?;
    let row = checklist_item::ActiveModel {
        code: Set(code.clone()),
        domain_code: Set(read.scope.domain),
        label_fr: Set(read.label.0),
        label_en: Set(read.label.1),
        hint_fr: Set(read.hint.0),
        hint_en: Set(read.hint.1),
        mandatory: Set(read.mandatory),
        position: Set(read.position.unwrap_or(last)),
        finding: Set(None),
        crisis: Set(read.scope.crisis),
        retired_at: Set(read.retired.then_some(work.now)),
        asked_since: Set(Some(work.now)),
    };
    let once = OnConflict::column(checklist_item::Column::Code).do_nothing().to_owned();
    if checklist_item::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await? == 0 {
        return Err(told(AppError::field("label_fr", Problem::NameTaken)));
    }
    record(work, None, state(read.retired), &code).await
}

async fn change(work: &Work, code: &str, read: ItemText, last: i32) -> Result<()> {
    let row = checklist_item::Entity::find_by_id(code).lock_exclusive().one(&work.tx).await?;
    let before = row.ok_or_else(|| told(AppError::NotFound))?;
    let moved = scope(&before) != read.scope;
    let tied = line(&before);
    let bound = keeps_scope(None, read.scope.crisis.as_deref());
    if moved && (tied.keeps_scope || bound) {
        return Err(told(AppError::field("scope", Problem::NotAChoice)));
    }
    if tied.stays && read.retired {
        return Err(told(AppError::field("retired", Problem::NotAChoice)));
    }
    let back = before.retired_at.is_some() && !read.retired;
    // What was decided before does not lack an answer to what is asked only now.
    let anew = moved || back || read.mandatory && !before.mandatory;
    let mut row = before.clone().into_active_model();
    (row.domain_code, row.crisis) = (Set(read.scope.domain), Set(read.scope.crisis));
    (row.label_fr, row.label_en) = (Set(read.label.0), Set(read.label.1));
    (row.hint_fr, row.hint_en) = (Set(read.hint.0), Set(read.hint.1));
    (row.mandatory, row.position) = (Set(read.mandatory), Set(read.position.unwrap_or(last)));
    row.retired_at = Set(read.retired.then_some(before.retired_at.unwrap_or(work.now)));
    if anew {
        row.asked_since = Set(Some(work.now));
    }
    let after = row.update(&work.tx).await?;
    let told = form(&before).changes(&form(&after));
    if told.is_empty() {
        return Ok(());
    }
    let (from, to) = (state(before.retired_at.is_some()), state(read.retired));
    record(work, Some(from), to, &format!("{code}: {told}")).await
}

const fn state(retired: bool) -> &'static str {
    if retired { "retired" } else { "asked" }
}

/// An item has no number: its code tells which.
async fn record(work: &Work, from: Option<&str>, to: &str, told: &str) -> Result<()> {
    let (subject, reason) = ("checklist_item", Some(told));
    work.record(Step { subject, id: Uuid::nil(), municipality: None, from, to, reason }).await
}
