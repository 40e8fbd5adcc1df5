//! Questions about profiles.

use chrono::{DateTime, Utc};
use domain::{
    actor::Locale,
    ids::{AccountId, MunicipalityId, NeighbourhoodId},
    missions::{NeighbourhoodRef, Term},
    profiles::{Availability, Language, Means, Profile},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use crate::{
    entity::{municipality, skill, volunteer, volunteer_profile},
    error::Result,
    network,
};

/// A row as the rules know it.
pub fn profile(row: &volunteer_profile::Model) -> Profile {
    let codes = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    Profile {
        skills: codes(&row.skills),
        liked: codes(&row.liked),
        means: row.means.split_whitespace().filter_map(Means::parse).collect(),
        availability: Availability::from_bits(u32::try_from(row.availability).unwrap_or_default()),
        radius: row.radius_km.and_then(|radius| u32::try_from(radius).ok()),
        neighbourhood: row.neighbourhood_id.map(NeighbourhoodId),
        languages: row.languages.split_whitespace().filter_map(Language::parse).collect(),
        remote: row.remote,
        suggestions: row.suggestions,
        cover: row.cover,
    }
}

/// A profile as a row.
pub fn row(account: AccountId, profile: &Profile, now: DateTime<Utc>) -> volunteer_profile::ActiveModel {
    fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
        values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" ")
    }
    volunteer_profile::ActiveModel {
        account_id: Set(account.0),
        skills: Set(joined(&profile.skills)),
        liked: Set(joined(&profile.liked)),
        means: Set(joined(&profile.means)),
        // 21 bits.
        availability: Set(i32::try_from(profile.availability.bits()).unwrap_or_default()),
        radius_km: Set(profile.radius.and_then(|radius| i32::try_from(radius).ok())),
        neighbourhood_id: Set(profile.neighbourhood.map(|id| id.0)),
        languages: Set(joined(&profile.languages)),
        remote: Set(profile.remote),
        suggestions: Set(profile.suggestions),
        updated_at: Set(now),
        cover: Set(profile.cover),
        // Made when it is first needed, and then kept: the links of e-mails that were sent go on working.
        cover_secret: NotSet,
    }
}

/// What somebody says of themself, if they say something.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<Profile>> {
    Ok(volunteer_profile::Entity::find_by_id(account.0).one(db).await?.as_ref().map(profile))
}

/// Every skill, in order.
///
/// # Errors
/// When the database cannot be reached.
pub async fn skills(db: &impl ConnectionTrait) -> Result<Vec<skill::Model>> {
    Ok(skill::Entity::find().order_by_asc(skill::Column::Position).all(db).await?)
}

/// A skill in a person's language.
pub fn term(row: &skill::Model, locale: Locale) -> Term {
    Term { code: row.code.clone(), label: locale.pick(&row.label_fr, &row.label_en).to_owned(), hint: String::new() }
}

/// The parts of a volunteer's town, when it is one of the network.
///
/// # Errors
/// When the database cannot be reached.
pub async fn own_parts(db: &impl ConnectionTrait, volunteer: &volunteer::Model) -> Result<Vec<NeighbourhoodRef>> {
    let Some(insee) = &volunteer.insee else { return Ok(Vec::new()) };
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq(insee)).one(db).await?;
    match town {
        Some(town) => network::queries::neighbourhoods(db, MunicipalityId(town.id)).await,
        None => Ok(Vec::new()),
    }
}
