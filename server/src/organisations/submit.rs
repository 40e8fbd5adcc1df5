use domain::{
    access::Role,
    actor::{Actor, Grant},
    ids::{MunicipalityId, OrganisationId},
    organisations::OrganisationAction,
    team::Duty,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{
    form::{self, Needs},
    queries, review,
    tell::tell,
};
use crate::{
    backend::Backend,
    error::{Result, Told, told},
    mail::{Mail, MailKind},
    network,
    store::{Step, Work},
};

/// Sends it to the town's service, once it is complete.
pub async fn submit(backend: &Backend, actor: &Actor, id: OrganisationId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    work.actor.require_organisation(id, Duty::Organisation).map_err(told)?;
    let row = queries::locked(&work.tx, id).await?;
    let before = queries::status(&row);
    let after = before.apply(OrganisationAction::Submit, Role::OrganisationAdmin).told()?;
    let town = network::queries::by_id(&work.tx, MunicipalityId(row.municipality_id)).await?;
    form::whole(&form::of(&row, &town.insee), Needs::Whole).told()?;
    let name = row.name.clone();
    let mut row = row.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.submitted_at = Set(Some(work.now));
    row.decision_reason = Set(None);
    row.updated_at = Set(work.now);
    let row = row.update(&work.tx).await?;
    let municipality = MunicipalityId(town.id);
    work.record(Step {
        subject: "organisation",
        id: id.0,
        municipality: Some(municipality),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason: None,
    })
    .await?;
    review::open(&work, &row, &town).await?;
    let facts = [("organisation", name.as_str()), ("town", &town.name)];
    let own = app::routes::organisation_space(id);
    let theirs = app::routes::coordination_organisation(&town.insee, id);
    let sent = Mail { kind: MailKind::OrganisationSubmitted, facts: &facts, path: &own };
    let to_review = Mail { kind: MailKind::OrganisationToReview, facts: &facts, path: &theirs };
    tell(&work, Grant::OrganisationAdmin(id), sent).await?;
    tell(&work, Grant::Coordinator(municipality), to_review).await?;
    work.commit().await
}
