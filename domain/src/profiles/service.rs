use async_trait::async_trait;

use super::{ProfileForm, ProfilePage};
use crate::{actor::Actor, error::Outcome};

/// The use cases of profiles: each is of whoever asks, and of nobody else.
#[async_trait]
pub trait Profiles: Send + Sync {
    /// One's own profile, with what can be chosen.
    async fn own_profile(&self, actor: &Actor) -> Outcome<ProfilePage>;

    /// Makes or changes what applying asks (under 16: refused, nothing kept), and keeps the rest where something was said.
    async fn save_profile(&self, actor: &Actor, form: ProfileForm) -> Outcome<()>;

    /// Erases it at once and whole; nothing is left of it. Erasing what is not there is no error.
    async fn erase_profile(&self, actor: &Actor) -> Outcome<()>;
}
