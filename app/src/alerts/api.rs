//! What the pages of saved searches ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    alerts::{AlertForm, Alerts, AlertsPage, StoppedAlert},
    ids::AlertId,
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// One's own saved searches.
#[server(endpoint = "alerts/list", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_alerts() -> Result<AlertsPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Alerts>()?.alerts(&actor).await?)
}

/// Keeps one; `new` instead of an id for one more.
#[server(endpoint = "alerts/save")]
pub async fn save_alert(id: String, #[server(default)] form: AlertForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: Option<AlertId> = if id == "new" { None } else { Some(request::id(&id)?) };
    request::service::<dyn Alerts>()?.save_alert(&actor, id, form).await?;
    request::redirect(&routes::done(routes::MY_ALERTS, "alerte"));
    Ok(())
}

/// Deletes one.
#[server(endpoint = "alerts/remove")]
pub async fn remove_alert(id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Alerts>()?.remove_alert(&actor, request::id(&id)?).await?;
    request::redirect(&routes::done(routes::MY_ALERTS, "alerte-supprimee"));
    Ok(())
}

/// What the link of an e-mail leads to.
#[server(endpoint = "alerts/stopping", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_stopping(secret: String) -> Result<StoppedAlert, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Alerts>()?.stopping(&actor, &secret).await?)
}

/// Deletes the search that the link belongs to.
#[server(endpoint = "alerts/stop")]
pub async fn stop_alert(secret: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let page = routes::stop_alert(&routes::encode(&secret));
    // Nothing is said to be done where there was nothing to end: the page says so.
    let ended = request::service::<dyn Alerts>()?.stop_alert(&actor, &secret).await?;
    request::redirect(&if ended { routes::done(&page, "alerte-supprimee") } else { page });
    Ok(())
}
