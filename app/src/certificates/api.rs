//! What the pages of certificates ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::certificates::{Certificates, OwnCertificates, Verified};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// The caller's certificates.
#[server(endpoint = "certificates/own", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_own() -> Result<OwnCertificates, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Certificates>()?.own(&actor).await?)
}

/// Makes a certificate of a year, or of all hours (`year` is empty).
#[server(endpoint = "certificates/issue")]
pub async fn issue_certificate(#[server(default)] year: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Certificates>()?.issue(&actor, &year).await?;
    request::redirect(&routes::done(routes::MY_HOURS, "attestation"));
    Ok(())
}

/// Takes a certificate back.
#[server(endpoint = "certificates/revoke")]
pub async fn revoke_certificate(number: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Certificates>()?.revoke(&actor, &number).await?;
    request::redirect(&routes::done(routes::MY_HOURS, "attestation-retiree"));
    Ok(())
}

/// What stands under a number, if there is a certificate.
#[server(endpoint = "certificates/verify", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn verify_certificate(number: String) -> Result<Option<Verified>, Failure> {
    if number.trim().is_empty() {
        return Ok(None);
    }
    Ok(request::service::<dyn Certificates>()?.verify(&number).await?)
}
