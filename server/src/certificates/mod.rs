//! Certificates: the server's side.

mod issue;
pub mod paper;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    certificates::{Certificate, Certificates, OwnCertificates, Verified},
    error::Outcome,
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Certificates for Backend {
    async fn own(&self, actor: &Actor) -> Outcome<OwnCertificates> {
        issue::own(self, actor).await.answered()
    }

    async fn issue(&self, actor: &Actor, year: &str) -> Outcome<Certificate> {
        issue::issue(self, actor, year).await.answered()
    }

    async fn revoke(&self, actor: &Actor, number: &str) -> Outcome<()> {
        issue::revoke(self, actor, number).await.answered()
    }

    async fn verify(&self, number: &str) -> Outcome<Option<Verified>> {
        issue::verify(self, number).await.answered()
    }
}
