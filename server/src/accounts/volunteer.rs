//! What applying asks of a volunteer.

use domain::{
    accounts::VolunteerForm,
    error::{AppError, FieldErrors, Problem},
    fields::Phone,
    ids::AccountId,
    paris,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect,
};

use super::register::birth_date;
use crate::{
    communes::Communes,
    entity::{application, volunteer},
    error::{Result, Told, told},
    store::Work,
};

/// The name of a town as the field shows it; its code where nobody knows the name.
fn name(insee: &str) -> &str {
    Communes::embedded().by_insee(insee).map_or(insee, |commune| commune.name())
}

/// What applying asks, as the form shows it; what is not said yet is empty, and one is reminded.
///
/// # Errors
/// When the database cannot be reached.
pub async fn form(db: &impl ConnectionTrait, account: AccountId) -> Result<VolunteerForm> {
    let yes = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
    let unsaid = || VolunteerForm { reminders: yes(true), ..VolunteerForm::default() };
    let row = volunteer::Entity::find_by_id(account.0).one(db).await?;
    Ok(row.map_or_else(unsaid, |row| VolunteerForm {
        birth_date: row.birth_date.to_string(),
        town: row.insee.map(|insee| name(&insee).to_owned()).unwrap_or_default(),
        phone: row.phone.unwrap_or_default(),
        reminders: yes(row.reminders),
    }))
}

/// Whether this person ever applied: ages were checked with their birth date.
async fn has_applied(work: &Work, account: AccountId) -> Result<bool> {
    let applications = application::Entity::find().filter(application::Column::VolunteerId.eq(account.0));
    Ok(applications.limit(1).count(&work.tx).await? > 0)
}

/// Makes or changes what applying asks. A birth date can be put right until the first application.
///
/// # Errors
/// What is wrong with the fields, or when the database refuses.
pub async fn keep(work: &Work, account: AccountId, form: &VolunteerForm) -> Result<volunteer::Model> {
    let mut errors = FieldErrors::default();
    let birth = errors.take("birth_date", birth_date(&form.birth_date, paris::date(work.now)));
    let before = volunteer::Entity::find_by_id(account.0).lock_exclusive().one(&work.tx).await?;
    let insee = errors.take("town", town(&form.town, before.as_ref().and_then(|row| row.insee.clone())));
    let phone = if form.phone.trim().is_empty() { None } else { errors.take("phone", Phone::parse(&form.phone)) };
    let reminders = errors.take(
        "reminders",
        match form.reminders.as_str() {
            "" => Ok(false),
            "yes" => Ok(true),
            _ => Err(Problem::NotAChoice),
        },
    );
    errors.into_result().told()?;
    let birth = birth.ok_or_else(|| told(AppError::field("birth_date", Problem::Required)))?;
    let known = before.is_some();
    if before.is_some_and(|row| row.birth_date != birth) && has_applied(work, account).await? {
        return Err(told(AppError::field("birth_date", Problem::BirthDateFixed)));
    }
    let mut row = volunteer::ActiveModel {
        account_id: Set(account.0),
        birth_date: Set(birth),
        insee: Set(insee.flatten()),
        phone: Set(phone.map(|phone| phone.as_str().to_owned())),
        reminders: Set(reminders.unwrap_or_default()),
        ..Default::default()
    };
    if known {
        return Ok(row.update(&work.tx).await?);
    }
    row.created_at = Set(work.now);
    Ok(row.insert(&work.tx).await?)
}

/// The town that was typed. What the field showed is the town that it was, though others may have its name.
fn town(typed: &str, kept: Option<String>) -> std::result::Result<Option<String>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if kept.as_ref().is_some_and(|insee| name(insee) == typed) {
        return Ok(kept);
    }
    let commune = Communes::embedded().meant(typed).ok_or(Problem::NotAChoice)?;
    Ok(Some(commune.code().to_owned()))
}
