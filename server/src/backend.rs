//! What every use case stands on.

use std::sync::Arc;

use crate::{clock::Clock, passwords::Passwords, reviews::duplicates::Profiles, settings::Settings, store::Store};

/// The server's side of every service: each feature implements its trait on this.
#[derive(Debug, Clone)]
pub struct Backend {
    /// The databases.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The installation's settings.
    pub settings: Arc<Settings>,
    /// Hashing of passwords, a few at a time.
    pub passwords: Passwords,
    /// What is compared of missions.
    pub profiles: Profiles,
}

impl Backend {
    /// Puts the pieces together.
    pub fn new(store: Store, clock: Clock, settings: Settings) -> Self {
        Self { store, clock, settings: Arc::new(settings), passwords: Passwords::new(), profiles: Profiles::default() }
    }
}
