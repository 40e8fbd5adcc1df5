//! What the pages of crisis measures ask of the server. `insee` names a town; the network's measures have none.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    crisis::{Banner, Crisis, MeasuresForm, MeasuresList, MeasuresPage, MeasuresStart, PublicMeasures, Switched},
    error::AppError,
    ids::MeasuresId,
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// What the network's measures say at the top of every page.
#[server(endpoint = "crisis/banners", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_banners() -> Result<Vec<Banner>, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Crisis>()?.banners(&actor).await?)
}

/// Everything that holds now.
#[server(endpoint = "crisis/public", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_public_measures() -> Result<Vec<PublicMeasures>, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Crisis>()?.public(&actor).await?)
}

/// The measures of a town or of the network.
#[server(endpoint = "crisis/list", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_measures_list(insee: String) -> Result<MeasuresList, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Crisis>()?.list(&actor, &insee).await?)
}

/// What the form of new measures begins with.
#[server(endpoint = "crisis/start", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_measures_start(insee: String) -> Result<MeasuresStart, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Crisis>()?.start(&actor, &insee).await?)
}

/// Measures, with what they would do, do or did.
#[server(endpoint = "crisis/page", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_measures(insee: String, id: String) -> Result<MeasuresPage, Failure> {
    let actor = request::actor()?;
    let id: MeasuresId = request::id(&id)?;
    Ok(request::service::<dyn Crisis>()?.page(&actor, &insee, id).await?)
}

/// Writes new measures, or changes a draft.
#[server(endpoint = "crisis/save")]
pub async fn save_measures(
    #[server(default)] insee: String,
    id: String,
    #[server(default)] form: MeasuresForm,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: Option<MeasuresId> = if id.is_empty() { None } else { Some(request::id(&id)?) };
    let id = request::service::<dyn Crisis>()?.save(&actor, &insee, id, form).await?;
    request::redirect(&routes::done(&routes::one_measures(&insee, id), "enregistre"));
    Ok(())
}

/// Throws a draft away.
#[server(endpoint = "crisis/discard")]
pub async fn discard_measures(#[server(default)] insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Crisis>()?.discard(&actor, &insee, request::id(&id)?).await?;
    request::redirect(&routes::done(&routes::measures(&insee), "mesures-jetees"));
    Ok(())
}

/// Switches a draft on, if it still does what its preview said.
#[server(endpoint = "crisis/switch-on")]
pub async fn switch_measures_on(
    #[server(default)] insee: String,
    id: String,
    #[server(default)] seen: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: MeasuresId = request::id(&id)?;
    let notice = match request::service::<dyn Crisis>()?.switch_on(&actor, &insee, id, &seen).await? {
        Switched::On => "mesures-en-vigueur",
        Switched::Scheduled => "mesures-prevues",
        Switched::Changed => "mesures-changees",
    };
    request::redirect(&routes::done(&routes::one_measures(&insee, id), notice));
    Ok(())
}

/// Takes back what was switched on ahead.
#[server(endpoint = "crisis/call-off")]
pub async fn call_measures_off(#[server(default)] insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: MeasuresId = request::id(&id)?;
    request::service::<dyn Crisis>()?.call_off(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::one_measures(&insee, id), "mesures-brouillon"));
    Ok(())
}

/// Changes the words or the last day of what holds.
#[server(endpoint = "crisis/amend")]
pub async fn amend_measures(
    #[server(default)] insee: String,
    id: String,
    #[server(default)] form: MeasuresForm,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: MeasuresId = request::id(&id)?;
    request::service::<dyn Crisis>()?.amend(&actor, &insee, id, form).await?;
    request::redirect(&routes::done(&routes::one_measures(&insee, id), "enregistre"));
    Ok(())
}

/// Lifts measures, and gives back what they suspended.
#[server(endpoint = "crisis/lift")]
pub async fn lift_measures(#[server(default)] insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: MeasuresId = request::id(&id)?;
    request::service::<dyn Crisis>()?.lift(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::one_measures(&insee, id), "mesures-levees"));
    Ok(())
}

/// Notes that a volunteer has read the rules.
#[server(endpoint = "crisis/acknowledge")]
pub async fn acknowledge_rules(id: String, version: u32) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Crisis>()?.acknowledge(&actor, request::id(&id)?, version).await?;
    request::redirect(&routes::done(routes::MY_SPACE, "regles-acceptees"));
    Ok(())
}
