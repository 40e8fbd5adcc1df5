use domain::{
    actor::{Actor, Grant},
    error::AppError,
    fields::Phone,
    ids::{InvitationId, MunicipalityId},
    missions::NeighbourhoodRef,
    network::{CoordinatorLine, MunicipalityFile, MunicipalitySettings, TownFigures},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{
    invite::{self, Place},
    queries,
};
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    entity::{invitation, municipality, role_grant},
    error::{Result, told},
    figures::now,
    reviews::open::open_days,
};

/// The towns with their figures, by name.
pub async fn towns(backend: &Backend, actor: &Actor) -> Result<Vec<TownFigures>> {
    actor.require_network().map_err(told)?;
    let db = backend.store.read();
    now::of(db, queries::all(db).await?, backend.clock.now()).await
}

/// The file on a town.
pub async fn file(backend: &Backend, actor: &Actor, insee: &str) -> Result<MunicipalityFile> {
    let (db, at) = (backend.store.read(), backend.clock.now());
    let town = queries::by_insee(db, insee).await?;
    let id = MunicipalityId(town.id);
    actor.require_municipality_reader(id).map_err(told)?;
    let neighbourhoods = queries::neighbourhoods(db, id).await?;
    let mut coordinators = coordinators(db, id).await?;
    coordinators.extend(invite::waiting(db, Place::town(&town), at).await?.into_iter().map(invited));
    let settings = settings(&town, &neighbourhoods);
    let figures = now::of(db, vec![town], at).await?.into_iter().next();
    let figures = figures.ok_or_else(|| told(AppError::NotFound))?;
    Ok(MunicipalityFile { figures, settings, coordinators, neighbourhoods })
}

fn settings(town: &municipality::Model, neighbourhoods: &[NeighbourhoodRef]) -> MunicipalitySettings {
    let phone = town.service_phone.as_deref().unwrap_or_default();
    let names: Vec<&str> = neighbourhoods.iter().map(|part| part.name.as_str()).collect();
    MunicipalitySettings {
        service_name: town.service_name.clone(),
        service_email: town.service_email.clone().unwrap_or_default(),
        service_phone: Phone::parse(phone).map_or_else(|_| phone.to_owned(), |phone| phone.to_string()),
        opening_days: town.opening_days.clone().unwrap_or_default(),
        review_hours: town.review_hours.to_string(),
        work_days: open_days(town).numbers().map(|day| day.to_string()).collect(),
        reminder_hours: town.reminder_hours.to_string(),
        escalation_email: town.escalation_email.clone().unwrap_or_default(),
        self_review: if town.self_review_allowed { "yes" } else { "" }.to_owned(),
        neighbourhoods: names.join("\n"),
    }
}

async fn coordinators(db: &impl ConnectionTrait, town: MunicipalityId) -> Result<Vec<CoordinatorLine>> {
    let grants = role_grant::Entity::find()
        .filter(role_grant::Column::Role.eq("coordinator"))
        .filter(role_grant::Column::MunicipalityId.eq(town.0))
        .all(db)
        .await?;
    let people = holders(db, Grant::Coordinator(town)).await?;
    Ok(people
        .iter()
        .filter_map(|person| {
            let grant = grants.iter().find(|grant| grant.account_id == person.id)?;
            let (name, email) = (full_name(person), person.email.clone());
            Some(CoordinatorLine {
                name,
                email,
                account: Some(person.id.into()),
                invitation: None,
                at: grant.granted_at,
            })
        })
        .collect())
}

/// An invitation that can still be used.
fn invited(row: invitation::Model) -> CoordinatorLine {
    CoordinatorLine {
        name: row.email.clone(),
        email: row.email,
        account: None,
        invitation: Some(InvitationId(row.id)),
        at: row.expires_at,
    }
}
