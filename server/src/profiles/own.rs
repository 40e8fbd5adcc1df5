//! One's own profile: shown, kept, erased. The history says nothing of it: what a person says of themself leaves no trace once
//! they erase it.

use domain::{
    actor::Actor,
    error::Conflict,
    ids::NeighbourhoodId,
    profiles::{Choosable, Profile, ProfileForm, ProfilePage},
};
use sea_orm::{EntityTrait, QuerySelect, sea_query::OnConflict};

use super::queries;
use crate::{
    backend::Backend,
    entity::{volunteer, volunteer_profile},
    error::{Result, Told, told},
    missions::reference,
    store::Work,
};

/// One's own profile, with what can be chosen. Before there is one, suggestions are ticked: nothing is worked out until it
/// is kept.
pub async fn show(backend: &Backend, actor: &Actor) -> Result<ProfilePage> {
    let account = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let volunteer = volunteer::Entity::find_by_id(account.0).one(db).await?;
    let kept = queries::of(db, account).await?;
    let parts = match &volunteer {
        Some(volunteer) => queries::own_parts(db, volunteer).await?,
        None => Vec::new(),
    };
    let domains = reference::domains(db, true).await?;
    Ok(ProfilePage {
        volunteer: volunteer.is_some(),
        kept: kept.is_some(),
        form: kept.unwrap_or_else(|| Profile { suggestions: true, ..Profile::default() }).form(),
        skills: queries::skills(db).await?.iter().map(|row| queries::term(row, actor.locale)).collect(),
        domains: domains.iter().map(|row| reference::term(row, actor.locale)).collect(),
        neighbourhoods: parts.into_iter().map(|part| (part.id.to_string(), part.name)).collect(),
    })
}

/// Keeps a profile.
pub async fn save(backend: &Backend, actor: &Actor, form: &ProfileForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    // Held: its town says which parts can be chosen.
    let volunteer = volunteer::Entity::find_by_id(account.0).lock_shared().one(&work.tx).await?;
    let volunteer = volunteer.ok_or_else(|| told(Conflict::VolunteerProfileRequired))?;
    let parts = queries::own_parts(&work.tx, &volunteer).await?;
    let known = Choosable {
        skills: queries::skills(&work.tx).await?.into_iter().map(|row| row.code).collect(),
        domains: reference::domains(&work.tx, true).await?.into_iter().map(|row| row.code).collect(),
        neighbourhoods: parts.into_iter().map(|part| NeighbourhoodId(part.id.0)).collect(),
    };
    let profile = form.read(&known).told()?;
    let all = {
        use volunteer_profile::Column as C;
        [
            C::Skills,
            C::Liked,
            C::Means,
            C::Availability,
            C::RadiusKm,
            C::NeighbourhoodId,
            C::Languages,
            C::Remote,
            C::Suggestions,
            C::UpdatedAt,
        ]
    };
    let anew = OnConflict::column(volunteer_profile::Column::AccountId).update_columns(all).to_owned();
    volunteer_profile::Entity::insert(queries::row(account, &profile, work.now))
        .on_conflict(anew)
        .exec_without_returning(&work.tx)
        .await?;
    work.commit().await
}

/// Erases a profile, whole.
pub async fn erase(backend: &Backend, actor: &Actor) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    volunteer_profile::Entity::delete_by_id(account.0).exec(&work.tx).await?;
    work.commit().await
}
