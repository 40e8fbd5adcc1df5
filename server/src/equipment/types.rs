//! The list of types, which the network edits.

use domain::{
    actor::Actor,
    equipment::{TypeForm, TypesPage},
    error::{AppError, Problem},
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::equipment_type,
    error::{Result, Told, told},
    store::{Step, Work},
};

/// The types, for the network.
pub async fn page(backend: &Backend, actor: &Actor) -> Result<TypesPage> {
    actor.require_network().map_err(told)?;
    let yes = |flag: bool| if flag { "yes".to_owned() } else { String::new() };
    let types = queries::types(backend.store.read()).await?.into_iter().map(|row| TypeForm {
        code: row.code,
        label_fr: row.label_fr,
        label_en: row.label_en,
        unit_fr: row.unit_fr,
        unit_en: row.unit_en,
        single_use: yes(row.single_use),
        disabled: yes(!row.enabled),
    });
    Ok(TypesPage { types: types.collect() })
}

/// Adds a type, renames one, or takes it out of the choices: what is there of it stays.
pub async fn save(backend: &Backend, actor: &Actor, form: TypeForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let names = form.read().told()?;
    let known = queries::types(&work.tx).await?;
    let folded = text::fold(&names.label.0);
    if known.iter().any(|row| row.code != form.code && text::fold(&row.label_fr) == folded) {
        return Err(told(AppError::field("label_fr", Problem::NameTaken)));
    }
    let (label, unit) = (names.label, names.unit);
    let (single_use, enabled) = (form.single_use == "yes", form.disabled != "yes");
    let to = if enabled { "enabled" } else { "disabled" };
    if form.code.is_empty() {
        let code = text::slug(&label.0);
        let row = equipment_type::ActiveModel {
            code: Set(code.clone()),
            label_fr: Set(label.0),
            label_en: Set(label.1),
            unit_fr: Set(unit.0),
            unit_en: Set(unit.1),
            single_use: Set(single_use),
            position: Set(known.iter().map(|row| row.position + 1).max().unwrap_or_default()),
            enabled: Set(enabled),
        };
        let once = OnConflict::column(equipment_type::Column::Code).do_nothing().to_owned();
        let added = equipment_type::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await?;
        if code.is_empty() || added == 0 {
            return Err(told(AppError::field("label_fr", Problem::NameTaken)));
        }
        record(&work, None, to, &code).await?;
    } else {
        let row = equipment_type::Entity::find_by_id(&form.code).lock_exclusive().one(&work.tx).await?;
        let row = row.ok_or_else(|| told(AppError::NotFound))?;
        let from = if row.enabled { "enabled" } else { "disabled" };
        let mut row = row.into_active_model();
        (row.label_fr, row.label_en) = (Set(label.0), Set(label.1));
        (row.unit_fr, row.unit_en) = (Set(unit.0), Set(unit.1));
        (row.single_use, row.enabled) = (Set(single_use), Set(enabled));
        row.update(&work.tx).await?;
        record(&work, Some(from), to, &form.code).await?;
    }
    work.commit().await
}

/// A type has no number: its code tells which.
async fn record(work: &Work, from: Option<&str>, to: &str, code: &str) -> Result<()> {
    let (subject, reason) = ("equipment_type", Some(code));
    work.record(Step { subject, id: Uuid::nil(), municipality: None, from, to, reason }).await
}
