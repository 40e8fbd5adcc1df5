//! What is shown of certificates.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::CertificateNumber;
use crate::attendance::MissionHours;

/// A certificate, as it was made: what it says never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Its number.
    pub number: CertificateNumber,
    /// Whose hours.
    pub name: String,
    /// The first and the last day that it covers.
    pub period: (NaiveDate, NaiveDate),
    /// Minutes in all.
    pub minutes: u32,
    /// Mission by mission.
    pub missions: Vec<MissionHours>,
    /// When it was made, UTC.
    pub issued_at: DateTime<Utc>,
    /// When its holder took it back, UTC.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// What whoever verifies a number is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verified {
    /// It is valid: what it says.
    Valid(Certificate),
    /// Its holder took it back then, UTC: nothing else is said of it.
    Revoked(DateTime<Utc>),
}

/// A volunteer's certificates, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCertificates {
    /// Them.
    pub certificates: Vec<Certificate>,
}
