use domain::{
    accounts::VolunteerForm,
    actor::Actor,
    error::{AppError, FieldErrors, Problem},
    fields::Phone,
    ids::AccountId,
    paris,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect,
};

use super::register::birth_date;
use crate::{
    backend::Backend,
    communes::Communes,
    entity::{application, volunteer},
    error::{Result, Told, told},
    store::Work,
};

/// The name of a town as the field shows it; its code where nobody knows the name.
fn name(insee: &str) -> &str {
    Communes::embedded().by_insee(insee).map_or(insee, |commune| commune.name())
}

/// The profile as a form; empty when there is none yet.
pub async fn form(backend: &Backend, actor: &Actor) -> Result<VolunteerForm> {
    let account = actor.signed_in().map_err(told)?;
    let row = volunteer::Entity::find_by_id(account.0).one(backend.store.read()).await?;
    Ok(row.map_or_else(VolunteerForm::default, |row| VolunteerForm {
        birth_date: row.birth_date.to_string(),
        town: row.insee.map(|insee| name(&insee).to_owned()).unwrap_or_default(),
        phone: row.phone.unwrap_or_default(),
    }))
}

/// Whether this person ever applied: ages were checked with their birth date.
async fn has_applied(work: &Work, account: AccountId) -> Result<bool> {
    let applications = application::Entity::find().filter(application::Column::VolunteerId.eq(account.0));
    Ok(applications.limit(1).count(&work.tx).await? > 0)
}

/// Makes or changes the profile. A birth date can be put right until the first application.
pub async fn save(backend: &Backend, actor: &Actor, form: VolunteerForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    let mut errors = FieldErrors::default();
    let birth = errors.take("birth_date", birth_date(&form.birth_date, paris::date(work.now)));
    let town = form.town.trim();
    let before = volunteer::Entity::find_by_id(account.0).one(&work.tx).await?;
    let kept = before.as_ref().and_then(|row| row.insee.clone());
    let insee = match Communes::embedded().meant(town) {
        _ if town.is_empty() => None,
        // What the field showed is the town that it was, though others may have its name.
        _ if kept.as_ref().is_some_and(|insee| name(insee) == town) => kept,
        Some(commune) => Some(commune.code().to_owned()),
        None => {
            errors.add("town", Problem::NotAChoice);
            None
        }
    };
    let phone = if form.phone.trim().is_empty() { None } else { errors.take("phone", Phone::parse(&form.phone)) };
    errors.into_result().told()?;
    let birth = birth.ok_or_else(|| told(AppError::field("birth_date", Problem::Required)))?;
    let phone = phone.map(|phone| phone.as_str().to_owned());
    match before {
        Some(row) => {
            if row.birth_date != birth && has_applied(&work, account).await? {
                return Err(told(AppError::field("birth_date", Problem::BirthDateFixed)));
            }
            let mut row = row.into_active_model();
            row.birth_date = Set(birth);
            row.insee = Set(insee);
            row.phone = Set(phone);
            row.update(&work.tx).await?;
        }
        None => {
            volunteer::ActiveModel {
                account_id: Set(account.0),
                birth_date: Set(birth),
                insee: Set(insee),
                phone: Set(phone),
                created_at: Set(work.now),
            }
            .insert(&work.tx)
            .await?;
        }
    }
    work.commit().await
}
