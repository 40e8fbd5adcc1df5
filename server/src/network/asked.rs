//! What towns ask the network to decide.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    ids::{OrganisationId, ReviewId},
    network::AskedFile,
    reviews::ReviewStatus,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::queries::{all, town_ref};
use crate::{
    backend::Backend,
    entity::{mission, municipality, network_request, organisation_review, review},
    error::{Result, told},
    missions::queries::content,
    organisations::queries as organisations,
    reviews::{
        asked::said,
        queries::{names, versions},
    },
};

const OPEN: [&str; 2] = [ReviewStatus::Waiting.as_str(), ReviewStatus::InReview.as_str()];

/// The files that wait, by due date.
pub async fn files(backend: &Backend, actor: &Actor) -> Result<Vec<AskedFile>> {
    actor.require_network().map_err(told)?;
    let db = backend.store.read();
    let requests = network_request::Entity::find().all(db).await?;
    let towns: HashMap<Uuid, municipality::Model> = all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut files = of_missions(db, &requests, &towns).await?;
    files.extend(of_organisations(db, &requests, &towns).await?);
    files.sort_by_key(|file| file.due_at);
    Ok(files)
}

async fn of_missions(
    db: &impl ConnectionTrait,
    requests: &[network_request::Model],
    towns: &HashMap<Uuid, municipality::Model>,
) -> Result<Vec<AskedFile>> {
    let ids = requests.iter().filter_map(|row| row.review_id);
    let found = review::Entity::find().filter(review::Column::Id.is_in(ids)).filter(review::Column::Status.is_in(OPEN));
    let found = found.all(db).await?;
    let versions = versions(db, &found).await?;
    let missions = mission::Entity::find().filter(mission::Column::Id.is_in(found.iter().map(|row| row.mission_id)));
    let missions: HashMap<Uuid, mission::Model> =
        missions.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let hosts = organisations::names(db, missions.values().map(|row| row.organisation_id).collect()).await?;
    let people = found.iter().filter_map(|row| row.taken_by).chain(requests.iter().map(|row| row.asked_by));
    let people = names(db, people.collect()).await?;
    let mut files = Vec::new();
    for row in &found {
        let request = requests.iter().find(|request| request.review_id == Some(row.id));
        let (Some(request), Some(mission), Some(version), Some(town)) = (
            request,
            missions.get(&row.mission_id),
            versions.get(&row.mission_version_id),
            towns.get(&row.municipality_id),
        ) else {
            continue;
        };
        let host = mission.organisation_id;
        files.push(AskedFile {
            town: town_ref(town),
            organisation: (OrganisationId(host), hosts.get(&host).cloned().unwrap_or_default()),
            mission: Some((ReviewId(row.id), content(version)?.title)),
            request: said(request, &people),
            due_at: row.due_at,
            taken_by: row.taken_by.and_then(|id| people.get(&id).cloned()),
        });
    }
    Ok(files)
}

async fn of_organisations(
    db: &impl ConnectionTrait,
    requests: &[network_request::Model],
    towns: &HashMap<Uuid, municipality::Model>,
) -> Result<Vec<AskedFile>> {
    let ids = requests.iter().filter_map(|row| row.organisation_review_id);
    let found = organisation_review::Entity::find()
        .filter(organisation_review::Column::Id.is_in(ids))
        .filter(organisation_review::Column::Status.is_in(OPEN))
        .all(db)
        .await?;
    let named = organisations::names(db, found.iter().map(|row| row.organisation_id).collect()).await?;
    let people = found.iter().filter_map(|row| row.taken_by).chain(requests.iter().map(|row| row.asked_by));
    let people = names(db, people.collect()).await?;
    let mut files = Vec::new();
    for row in &found {
        let request = requests.iter().find(|request| request.organisation_review_id == Some(row.id));
        let (Some(request), Some(town)) = (request, towns.get(&row.municipality_id)) else { continue };
        let of = row.organisation_id;
        files.push(AskedFile {
            town: town_ref(town),
            organisation: (OrganisationId(of), named.get(&of).cloned().unwrap_or_default()),
            mission: None,
            request: said(request, &people),
            due_at: row.due_at,
            taken_by: row.taken_by.and_then(|id| people.get(&id).cloned()),
        });
    }
    Ok(files)
}
