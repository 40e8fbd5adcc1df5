use async_trait::async_trait;

use super::SuggestionsPage;
use crate::{actor::Actor, error::Outcome};

/// The use cases of suggestions: each is of whoever asks, and of nobody else.
#[async_trait]
pub trait Suggestions: Send + Sync {
    /// Missions that fit, the best first. Without a profile, or once they are turned off, nothing is worked out.
    async fn suggestions(&self, actor: &Actor) -> Outcome<SuggestionsPage>;

    /// Turns them on or off. Only whoever has a profile has something to turn.
    async fn switch_suggestions(&self, actor: &Actor, on: bool) -> Outcome<()>;
}
