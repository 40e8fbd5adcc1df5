//! What the page of a profile asks of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::profiles::{ProfileForm, ProfilePage, Profiles};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// One's own profile, with what can be chosen.
#[server(endpoint = "profiles/own", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_own_profile() -> Result<ProfilePage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Profiles>()?.own_profile(&actor).await?)
}

/// Keeps it, then on to where it was asked for.
#[server(endpoint = "profiles/save")]
pub async fn save_profile(#[server(default)] form: ProfileForm, next: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Profiles>()?.save_profile(&actor, form).await?;
    request::redirect(&routes::done(request::local_or(&next, routes::MY_PROFILE), "enregistre"));
    Ok(())
}

/// Erases it.
#[server(endpoint = "profiles/erase")]
pub async fn erase_profile() -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Profiles>()?.erase_profile(&actor).await?;
    request::redirect(&routes::done(routes::MY_PROFILE, "profil-efface"));
    Ok(())
}
