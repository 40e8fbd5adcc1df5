//! Passwords as Argon2id (RFC 9106), 19 MiB and two passes (OWASP), never more than two at a time: a hash is memory, and
//! a rush of sign-ins must not become an outage.

use std::sync::{Arc, LazyLock};

use anyhow::anyhow;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::error::Result;

/// Hashes and checks passwords away from the threads that answer requests.
#[derive(Debug, Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    /// With two turns.
    pub fn new() -> Self {
        Self { turns: Arc::new(Semaphore::new(2)) }
    }

    /// The PHC string to keep.
    ///
    /// # Errors
    /// When the machine cannot hash.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = composed(password);
        self.run(move || {
            Argon2::default()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|error| anyhow!("{error}"))
        })
        .await
    }

    /// Whether the password is that of the hash. An unknown account (`None`) takes as long as a known one.
    ///
    /// # Errors
    /// When the machine cannot hash.
    pub async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool> {
        static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| {
            Argon2::default().hash_password(b"nobody has this password").map(|hash| hash.to_string()).ok()
        });
        let password = composed(password);
        self.run(move || {
            let known = hash.is_some();
            let hash = hash.or_else(|| NOBODY.clone()).unwrap_or_default();
            let parsed = PasswordHash::new(&hash).map_err(|error| anyhow!("{error}"))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known)
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T> {
        let _turn = self.turns.acquire().await?;
        Ok(tokio::task::spawn_blocking(work).await??)
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

/// The same password typed on a Mac and on a phone is the same (NFC; NIST SP 800-63B, 3.1.1.2).
fn composed(password: &str) -> String {
    password.nfc().collect()
}

/// The passwords that attackers try first, folded, one a line.
static COMMON: LazyLock<std::collections::HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../data/common-passwords.txt").lines().collect());

/// Whether a folded password is one of the most common ones.
pub fn is_common(folded: &str) -> bool {
    COMMON.contains(folded)
}
