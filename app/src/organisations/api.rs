//! What the pages of organisations ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use std::collections::BTreeMap;

use domain::{
    error::AppError,
    ids::OrganisationId,
    organisations::{
        OrganisationFile, OrganisationForm, OrganisationList, OrganisationPage, OrganisationReviews, OrganisationSpace,
        OrganisationTab, Organisations,
    },
    reviews::{ChecklistAnswer, Decision},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Creates a draft.
#[server(endpoint = "organisations/create")]
pub async fn create_organisation(form: OrganisationForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::service::<dyn Organisations>()?.create(&actor, form).await?;
    request::redirect(&routes::done(&routes::organisation_space(id), "cree"));
    Ok(())
}

/// Changes the form of an organisation.
#[server(endpoint = "organisations/save")]
pub async fn save_organisation(id: String, form: OrganisationForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&id)?;
    request::service::<dyn Organisations>()?.save(&actor, id, form).await?;
    request::redirect(&routes::done(&routes::organisation_space(id), "enregistre"));
    Ok(())
}

/// Sends an organisation to the town's service.
#[server(endpoint = "organisations/submit")]
pub async fn submit_organisation(id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&id)?;
    request::service::<dyn Organisations>()?.submit(&actor, id).await?;
    request::redirect(&routes::done(&routes::organisation_space(id), "envoye"));
    Ok(())
}

/// What an organisation's admins see.
#[server(endpoint = "organisations/space", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_space(id: String) -> Result<OrganisationSpace, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Organisations>()?.space(&actor, request::id(&id)?).await?)
}

/// The public page of an organisation.
#[server(endpoint = "organisations/page", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_organisation(id: String) -> Result<OrganisationPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Organisations>()?.page(&actor, request::id(&id)?).await?)
}

/// The organisations of a town, for its coordinators.
#[server(endpoint = "organisations/of-municipality", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_organisations(
    insee: String,
    #[server(default)] tab: OrganisationTab,
) -> Result<OrganisationList, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Organisations>()?.of_municipality(&actor, &insee, tab).await?)
}

/// The coordinators' file on an organisation.
#[server(endpoint = "organisations/file", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_file(insee: String, id: String) -> Result<OrganisationFile, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Organisations>()?.file(&actor, &insee, request::id(&id)?).await?)
}

/// Decides on an organisation; a request for changes names the submission that it ends.
#[server(endpoint = "organisations/decide")]
pub async fn decide_organisation(
    insee: String,
    id: String,
    decision: String,
    #[server(default)] reason: String,
    #[server(default)] submission: String,
    #[server(default)] requests: BTreeMap<String, String>,
    #[server(default)] answers: Vec<ChecklistAnswer>,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&id)?;
    let decision = Decision::parse(&decision).ok_or(AppError::Malformed)?;
    if !answers.is_empty() {
        let reviews = request::service::<dyn OrganisationReviews>()?;
        let (_, theirs) = reviews.answer(&actor, request::id(&submission)?, answers, false).await?;
        if theirs > 0 {
            request::redirect(&routes::changed(&routes::coordination_organisation(&insee, id), theirs));
            return Ok(());
        }
    }
    if decision == Decision::RequestChanges {
        let reviews = request::service::<dyn OrganisationReviews>()?;
        reviews.request_changes(&actor, request::id(&submission)?, requests, reason).await?;
    } else {
        request::service::<dyn Organisations>()?.decide(&actor, id, decision, reason).await?;
    }
    let notice = match decision {
        Decision::Approve => "approuvee",
        Decision::RequestChanges => "modifications",
        Decision::Refuse => "refus",
        Decision::Suspend => "suspendue",
        Decision::Reinstate => "retablie",
    };
    request::redirect(&routes::done(&routes::coordination_organisation(&insee, id), notice));
    Ok(())
}

/// Writes to the town's service, as an admin of the organisation.
#[server(endpoint = "organisations/write-to-town")]
pub async fn write_to_town(id: String, body: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&id)?;
    request::service::<dyn Organisations>()?.write(&actor, id, body).await?;
    request::redirect(&routes::done(&routes::organisation_space(id), "message"));
    Ok(())
}

/// Writes to an organisation, as a coordinator of its town.
#[server(endpoint = "organisations/write-to-organisation")]
pub async fn write_to_organisation(insee: String, id: String, body: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: OrganisationId = request::id(&id)?;
    request::service::<dyn Organisations>()?.write(&actor, id, body).await?;
    request::redirect(&routes::done(&routes::coordination_organisation(&insee, id), "message"));
    Ok(())
}
