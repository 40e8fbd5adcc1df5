use domain::{
    actor::Actor,
    error::{Conflict, FieldErrors, Problem},
    ids::{MunicipalityId, OrganisationId},
    organisations::{OrganisationForm, OrganisationStatus},
    team::Duty,
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};

use super::{
    create, form,
    form::{Needs, Presentation},
    queries,
};
use crate::{
    backend::Backend,
    entity::{mission, organisation},
    error::{Result, Told, told},
    store::{Step, Work},
};

/// Changes the form: the whole of it before the approval, what cannot change who it is afterwards.
pub async fn save(backend: &Backend, actor: &Actor, id: OrganisationId, form: OrganisationForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_organisation(id, Duty::Organisation).map_err(told)?;
    let row = queries::locked(&work.tx, id).await?;
    match queries::status(&row) {
        OrganisationStatus::Approved => approved(&work, row, &form).await?,
        status if status.is_editable() => draft(&work, row, &form, status).await?,
        _ => return Err(told(Conflict::NotInThisState)),
    }
    work.commit().await
}

async fn draft(
    work: &Work,
    row: organisation::Model,
    form: &OrganisationForm,
    status: OrganisationStatus,
) -> Result<()> {
    let (town, identity, presentation) = create::read(&work.tx, form, Needs::Draft).await?;
    if town.id != row.municipality_id && !may_move(work, &row, status).await? {
        return Err(told(FieldErrors::one("town", Problem::NotAChoice)));
    }
    let mut row = row.into_active_model();
    row.municipality_id = Set(town.id);
    row.name_folded = Set(text::fold(&identity.name));
    row.slug = Set(text::slug(&identity.name));
    row.name = Set(identity.name);
    row.legal_form = Set(identity.legal_form.as_str().to_owned());
    row.rna = Set(identity.rna.map(String::from));
    row.siret = Set(identity.siret.map(String::from));
    put(work, row, presentation).await
}

/// Whether a draft may go to another town: no town has read it, and no mission of it belongs to one.
async fn may_move(work: &Work, row: &organisation::Model, status: OrganisationStatus) -> Result<bool> {
    let missions = mission::Entity::find().filter(mission::Column::OrganisationId.eq(row.id)).count(&work.tx).await?;
    Ok(status == OrganisationStatus::Draft && missions == 0)
}

/// What changes at once after the approval is in the history.
async fn approved(work: &Work, row: organisation::Model, form: &OrganisationForm) -> Result<()> {
    let presentation = form::presentation(form, Needs::Whole).told()?;
    let (id, municipality) = (row.id, Some(MunicipalityId(row.municipality_id)));
    put(work, row.into_active_model(), presentation).await?;
    let state = OrganisationStatus::Approved.as_str();
    let step = Step { subject: "organisation", id, municipality, from: Some(state), to: state, reason: None };
    work.record(step).await
}

async fn put(work: &Work, mut row: organisation::ActiveModel, presentation: Presentation) -> Result<()> {
    row.description = Set(presentation.description);
    row.email = Set(presentation.email.map(String::from));
    row.phone = Set(presentation.phone.map(String::from));
    row.website = Set(presentation.website);
    row.address = Set(presentation.address);
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    Ok(())
}
