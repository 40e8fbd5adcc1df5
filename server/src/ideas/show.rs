use domain::{
    actor::Actor,
    error::AppError,
    ideas::{IdeaCandidate, IdeaContact, IdeaFile, IdeaMission},
    ids::{IdeaId, MissionId, MunicipalityId, OrganisationId},
    organisations::{
        OrganisationStatus,
        likeness::{Card, Profile},
    },
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::queries::{lines, messages, status};
use crate::{
    backend::Backend,
    entity::{directory_entry, idea, municipality, organisation},
    error::{Result, told},
    network::queries::{by_insee, town_ref},
    organisations::review::duplicates::of_town,
    reviews::queries::history,
};

/// The coordinators' page of an idea; the network reads it.
pub async fn idea(backend: &Backend, actor: &Actor, insee: &str, id: IdeaId) -> Result<IdeaFile> {
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let row = idea::Entity::find_by_id(id.0)
        .filter(idea::Column::MunicipalityId.eq(town.id))
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let may_write = actor.coordinates(MunicipalityId(town.id));
    let contact = row.email.clone().map(|email| IdeaContact {
        name: row.contact_name.clone().unwrap_or_default(),
        email,
        phone: row.phone.clone(),
    });
    Ok(IdeaFile {
        id,
        status: status(&row),
        idea: lines(&row),
        contact,
        sent_at: row.created_at,
        messages: messages(db, row.id).await?,
        history: history(db, &[("idea", row.id)]).await?,
        candidates: if may_write && !status(&row).is_over() { candidates(db, &row, &town).await? } else { Vec::new() },
        mission: mission(db, &row).await?,
        may_write,
        town: town_ref(&town),
    })
}

async fn mission(db: &impl ConnectionTrait, row: &idea::Model) -> Result<Option<IdeaMission>> {
    let (Some(organisation), Some(id)) = (row.organisation_id, row.mission_id) else { return Ok(None) };
    let host = organisation::Entity::find_by_id(organisation).one(db).await?;
    let name = host.map(|host| host.name).unwrap_or_default();
    Ok(Some(IdeaMission { id: MissionId(id), organisation: OrganisationId(organisation), name }))
}

/// Whether a draft may be made in an organisation's name.
pub fn may_have_missions(status: OrganisationStatus) -> bool {
    !matches!(status, OrganisationStatus::Refused | OrganisationStatus::Suspended)
}

/// The organisations of the town that may have missions: first those that probably wrote, by name, e-mail, phone, or the
/// RNA that the town's directory knows for that e-mail.
async fn candidates(
    db: &impl ConnectionTrait,
    row: &idea::Model,
    town: &municipality::Model,
) -> Result<Vec<IdeaCandidate>> {
    let known = directory_entry::Entity::find()
        .filter(directory_entry::Column::MunicipalityId.eq(town.id))
        .filter(directory_entry::Column::Email.eq(row.email.clone().unwrap_or_default()))
        .one(db)
        .await?;
    let card = Card {
        name: row.association.clone(),
        rna: known.as_ref().and_then(|entry| entry.rna.clone()),
        siret: known.and_then(|entry| entry.siret),
        email: row.email.clone(),
        phone: row.phone.clone(),
        website: None,
    };
    let this = Profile::read(&card, &town.name);
    let mut found = Vec::new();
    for other in of_town(db, town.id).await? {
        if !OrganisationStatus::parse(&other.status).is_some_and(may_have_missions) {
            continue;
        }
        let score = this.likeness(&Profile::read(&other.card(), &town.name)).map_or(0, |likeness| likeness.score);
        found.push((score, IdeaCandidate { id: OrganisationId(other.id), name: other.name, likely: score > 0 }));
    }
    found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.name.cmp(&other.1.name)));
    Ok(found.into_iter().map(|(_, candidate)| candidate).collect())
}
