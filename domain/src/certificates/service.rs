use async_trait::async_trait;

use super::{Certificate, OwnCertificates, Verified};
use crate::{actor::Actor, error::Outcome};

/// The use cases of certificates.
#[async_trait]
pub trait Certificates: Send + Sync {
    /// The caller's own certificates.
    async fn own(&self, actor: &Actor) -> Outcome<OwnCertificates>;

    /// Makes a certificate of the caller's validated hours: of a calendar year, or of all (`year` is empty). Who has one that
    /// says the same gets no second.
    async fn issue(&self, actor: &Actor, year: &str) -> Outcome<Certificate>;

    /// Takes one of the caller's certificates back: whoever verifies it is told so.
    async fn revoke(&self, actor: &Actor, number: &str) -> Outcome<()>;

    /// What stands under a number as somebody typed it, for anyone who has it; `None` when there is no certificate.
    async fn verify(&self, number: &str) -> Outcome<Option<Verified>>;
}
