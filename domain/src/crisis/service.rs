use async_trait::async_trait;

use super::{Banner, MeasuresForm, MeasuresList, MeasuresPage, MeasuresStart, PublicMeasures, Switched};
use crate::{actor::Actor, error::Outcome, ids::MeasuresId};

/// The use cases of crisis measures. `insee` names the town; the network's own have none, an empty text.
#[async_trait]
pub trait Crisis: Send + Sync {
    /// What everybody is told at the top of every page: the network's measures.
    async fn banners(&self, actor: &Actor) -> Outcome<Vec<Banner>>;

    /// Everything that holds now, for everybody.
    async fn public(&self, actor: &Actor) -> Outcome<Vec<PublicMeasures>>;

    /// The measures of a town or of the network, newest first.
    async fn list(&self, actor: &Actor, insee: &str) -> Outcome<MeasuresList>;

    /// What the form of new measures begins with.
    async fn start(&self, actor: &Actor, insee: &str) -> Outcome<MeasuresStart>;

    /// Measures, with what they would do, do or did.
    async fn page(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<MeasuresPage>;

    /// Writes new measures (no id), or changes a draft.
    async fn save(&self, actor: &Actor, insee: &str, id: Option<MeasuresId>, form: MeasuresForm)
    -> Outcome<MeasuresId>;

    /// Throws a draft away.
    async fn discard(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<()>;

    /// Switches a draft on. `seen` is what the preview said it would do: when that is no longer so, nothing is done.
    async fn switch_on(&self, actor: &Actor, insee: &str, id: MeasuresId, seen: &str) -> Outcome<Switched>;

    /// Takes back what was switched on ahead: a draft again.
    async fn call_off(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<()>;

    /// Changes the words or the last day of what holds; new rules are acknowledged anew.
    async fn amend(&self, actor: &Actor, insee: &str, id: MeasuresId, form: MeasuresForm) -> Outcome<()>;

    /// Lifts measures, and gives back what they suspended.
    async fn lift(&self, actor: &Actor, insee: &str, id: MeasuresId) -> Outcome<()>;

    /// Notes that a volunteer has read a version of the safety rules.
    async fn acknowledge(&self, actor: &Actor, id: MeasuresId, version: u32) -> Outcome<()>;
}
