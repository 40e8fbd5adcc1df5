use domain::{
    access::Role,
    actor::{Actor, Grant},
    error::AppError,
    ids::{AccountId, MunicipalityId, OrganisationId},
    organisations::{OrganisationAction, OrganisationFile, OrganisationStatus},
    reviews::{Decision, policy},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::queries;
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    entity::{municipality, organisation},
    error::{Result, told},
    network,
    reviews::queries::history,
};

/// The coordinators' file on an organisation of their town; the network reads it.
pub async fn file(backend: &Backend, actor: &Actor, insee: &str, id: OrganisationId) -> Result<OrganisationFile> {
    let db = backend.store.read();
    let town = network::queries::by_insee(db, insee).await?;
    actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let row = queries::by_id(db, id).await?;
    let status = queries::status(&row);
    if row.municipality_id != town.id || status == OrganisationStatus::Draft {
        return Err(told(AppError::NotFound));
    }
    let coordinates = actor.account.filter(|_| actor.coordinates(MunicipalityId(town.id)));
    let four_eyes = coordinates.is_some_and(|account| may_decide(account, actor, &row, &town).is_err());
    let decisions = if coordinates.is_some() && !four_eyes { open_decisions(status).collect() } else { Vec::new() };
    let admins = holders(db, Grant::OrganisationAdmin(id)).await?;
    Ok(OrganisationFile {
        space: queries::space(db, actor, &row, &town, backend.clock.now()).await?,
        admins: admins.iter().map(full_name).collect(),
        look_alikes: look_alikes(db, &row).await?,
        four_eyes,
        may_write: coordinates.is_some(),
        decisions,
        history: history(db, &[("organisation", id.0)]).await?,
    })
}

/// Whether a coordinator may decide on an organisation, and by exception or not.
///
/// # Errors
/// When they wrote or administer it and the town does not allow that.
pub fn may_decide(
    account: AccountId,
    actor: &Actor,
    row: &organisation::Model,
    town: &municipality::Model,
) -> Result<policy::FourEyes, policy::Refused> {
    let administers = actor.administers(OrganisationId(row.id));
    policy::four_eyes(account.0, row.created_by, administers, town.self_review_allowed)
}

/// What a coordinator may decide now, the approval first.
fn open_decisions(status: OrganisationStatus) -> impl Iterator<Item = Decision> {
    Decision::ALL.into_iter().filter(move |decision| status.apply(action(*decision), Role::Coordinator).is_ok())
}

/// The step of an organisation that a decision is.
pub const fn action(decision: Decision) -> OrganisationAction {
    match decision {
        Decision::Approve => OrganisationAction::Approve,
        Decision::RequestChanges => OrganisationAction::RequestChanges,
        Decision::Refuse => OrganisationAction::Refuse,
        Decision::Suspend => OrganisationAction::Suspend,
        Decision::Reinstate => OrganisationAction::Reinstate,
    }
}

/// Other organisations with the same number or name. Those of other towns are counted, not named: their files are not
/// this coordinator's.
async fn look_alikes(db: &impl ConnectionTrait, row: &organisation::Model) -> Result<Vec<(OrganisationId, String)>> {
    let mut same = Condition::any().add(organisation::Column::NameFolded.eq(&row.name_folded));
    if let Some(rna) = &row.rna {
        same = same.add(organisation::Column::Rna.eq(rna));
    }
    if let Some(siret) = &row.siret {
        same = same.add(organisation::Column::Siret.eq(siret));
    }
    let found = organisation::Entity::find()
        .filter(organisation::Column::Id.ne(row.id))
        .filter(organisation::Column::Status.ne(OrganisationStatus::Draft.as_str()))
        .filter(same)
        .order_by_asc(organisation::Column::Name)
        .order_by_asc(organisation::Column::Id)
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .map(|other| {
            if other.municipality_id == row.municipality_id {
                (OrganisationId(other.id), other.name)
            } else {
                (OrganisationId(Uuid::nil()), String::new())
            }
        })
        .collect())
}
