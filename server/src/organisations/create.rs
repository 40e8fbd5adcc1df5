use domain::{
    access::Role,
    actor::Actor,
    error::{AppError, FieldErrors, Problem},
    ids::{MunicipalityId, OrganisationId},
    organisations::{OrganisationForm, OrganisationStatus},
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use uuid::Uuid;

use super::form::{self, Identity, Needs, Presentation};
use crate::{
    backend::Backend,
    entity::{municipality, organisation, role_grant},
    error::{Error, Result, told},
    letters::link::joined,
    network::queries,
    store::{Step, Work},
    throttle::{self, Limit},
};

/// Creates a draft; its author becomes its first admin.
pub async fn create(backend: &Backend, actor: &Actor, form: OrganisationForm) -> Result<OrganisationId> {
    let account = actor.signed_in().map_err(told)?;
    throttle::take(backend, &format!("organisation:{account}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let (town, identity, presentation) = read(&work.tx, &form, Needs::Draft).await?;
    let id = OrganisationId(Uuid::now_v7());
    let status = OrganisationStatus::Draft.as_str();
    organisation::ActiveModel {
        id: Set(id.0),
        municipality_id: Set(town.id),
        name_folded: Set(text::fold(&identity.name)),
        slug: Set(text::slug(&identity.name)),
        name: Set(identity.name),
        legal_form: Set(identity.legal_form.as_str().to_owned()),
        rna: Set(identity.rna.map(String::from)),
        siret: Set(identity.siret.map(String::from)),
        description: Set(presentation.description),
        email: Set(presentation.email.map(String::from)),
        phone: Set(presentation.phone.map(String::from)),
        website: Set(presentation.website),
        address: Set(presentation.address),
        status: Set(status.to_owned()),
        created_by: Set(account.0),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        submitted_at: Set(None),
        decided_at: Set(None),
        decided_by: Set(None),
        decision_reason: Set(None),
    }
    .insert(&work.tx)
    .await?;
    role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account.0),
        role: Set(Role::OrganisationAdmin.as_str().to_owned()),
        municipality_id: Set(None),
        organisation_id: Set(Some(id.0)),
        granted_by: Set(Some(account.0)),
        granted_at: Set(work.now),
        scope: Set(id.to_string()),
    }
    .insert(&work.tx)
    .await?;
    let municipality = Some(MunicipalityId(town.id));
    work.record(Step { subject: "organisation", id: id.0, municipality, from: None, to: status, reason: None }).await?;
    joined(&work, &form.letter, id).await?;
    work.commit().await?;
    Ok(id)
}

/// The form, read, with its town.
///
/// # Errors
/// The problems of its fields, all at once.
pub async fn read(
    db: &impl ConnectionTrait,
    form: &OrganisationForm,
    needs: Needs,
) -> Result<(municipality::Model, Identity, Presentation)> {
    let town = match queries::by_insee(db, &form.town).await {
        Ok(town) => Ok(town),
        Err(Error::Told(AppError::NotFound)) if form.town.trim().is_empty() => Err(Problem::Required),
        Err(Error::Told(AppError::NotFound)) => Err(Problem::TownNotOpen),
        Err(error) => return Err(error),
    };
    match (town, form::whole(form, needs)) {
        (Ok(town), Ok((identity, presentation))) => Ok((town, identity, presentation)),
        (town, parts) => {
            let mut errors = parts.err().unwrap_or_default();
            errors.merge(town.err().map(|problem| FieldErrors::one("town", problem)).unwrap_or_default());
            Err(told(errors))
        }
    }
}
