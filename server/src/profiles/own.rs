//! One's own profile: shown, kept, erased. The history says nothing of it: what a person says of themself leaves no trace once
//! they erase it.

use domain::{
    actor::Actor,
    ids::{AccountId, NeighbourhoodId},
    profiles::{Choosable, Profile, ProfileForm, ProfilePage},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::queries;
use crate::{
    accounts::{tokens, volunteer as accounts},
    backend::Backend,
    cover::{queries as asked, stop as cover},
    entity::{volunteer, volunteer_profile},
    error::{Result, Told, told},
    missions::reference,
    store::Work,
};

/// One's own profile, with what can be chosen.
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
    let asked = accounts::form(db, account).await?;
    Ok(ProfilePage {
        kept: kept.is_some(),
        form: kept.unwrap_or_default().form().of(asked),
        skills: queries::skills(db).await?.iter().map(|row| queries::term(row, actor.locale)).collect(),
        domains: domains.iter().map(|row| reference::term(row, actor.locale)).collect(),
        neighbourhoods: parts.into_iter().map(|part| (part.id.to_string(), part.name)).collect(),
    })
}

/// Keeps what applying asks and, where something was said or is kept already, what suggestions are worked out from.
pub async fn save(backend: &Backend, actor: &Actor, mut form: ProfileForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    let before = volunteer::Entity::find_by_id(account.0).one(&work.tx).await?;
    // Held from here on: its town says which parts can be chosen.
    let volunteer = accounts::keep(&work, account, &form.volunteer()).await?;
    if before.is_none_or(|before| before.insee != volunteer.insee) {
        // The parts that the form named are another town's.
        form.neighbourhood.clear();
    }
    let parts = queries::own_parts(&work.tx, &volunteer).await?;
    let known = Choosable {
        skills: queries::skills(&work.tx).await?.into_iter().map(|row| row.code).collect(),
        domains: reference::domains(&work.tx, true).await?.into_iter().map(|row| row.code).collect(),
        neighbourhoods: parts.into_iter().map(|part| NeighbourhoodId(part.id.0)).collect(),
    };
    let profile = form.read(&known).told()?;
    if profile == Profile::default() && queries::of(&work.tx, account).await?.is_none() {
        return work.commit().await;
    }
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
            C::Cover,
        ]
    };
    let anew = OnConflict::column(volunteer_profile::Column::AccountId).update_columns(all).to_owned();
    volunteer_profile::Entity::insert(queries::row(account, &profile, work.now))
        .on_conflict(anew)
        .exec_without_returning(&work.tx)
        .await?;
    if profile.cover {
        secret(&work, account).await?
    } else {
        silence(&work, account).await?
    }
    work.commit().await
}

/// Whoever agrees to be asked for cover has a secret that ends it.
async fn secret(work: &Work, account: AccountId) -> Result<()> {
    volunteer_profile::Entity::update_many()
        .col_expr(volunteer_profile::Column::CoverSecret, Expr::value(Some(tokens::secret())))
        .filter(volunteer_profile::Column::AccountId.eq(account.0))
        .filter(volunteer_profile::Column::CoverSecret.is_null())
        .exec(&work.tx)
        .await?;
    Ok(())
}

/// Whoever does not agree gets none of what was written and has not left.
async fn silence(work: &Work, account: AccountId) -> Result<()> {
    let row = volunteer_profile::Entity::find_by_id(account.0).one(&work.tx).await?;
    cover::silence(&work.tx, row.and_then(|row| row.cover_secret).as_deref()).await
}

/// Erases a profile, whole.
pub async fn erase(backend: &Backend, actor: &Actor) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    asked::hold(&work.tx, account.0).await?;
    silence(&work, account).await?;
    volunteer_profile::Entity::delete_by_id(account.0).exec(&work.tx).await?;
    work.commit().await
}
