//! Search of published missions, and the completion of a town's name.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    actor::Actor,
    crisis::Banner,
    error::Outcome,
    missions::{MissionCard, Term},
    network::{TownPage, TownRef},
};

/// What a visitor asks, as typed in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchQuery {
    /// Words.
    pub words: String,
    /// Code of a domain, or empty.
    pub domain: String,
    /// INSEE code or name of a town, or empty.
    pub town: String,
    /// First day (`2026-12-31`), or empty.
    pub from: String,
    /// `yes`: only remote; `no`: only on site; empty: both.
    pub remote: String,
    /// Page from 1.
    pub page: u32,
}

/// An answer to a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// The missions of this page.
    pub missions: Vec<MissionCard>,
    /// How many in all.
    pub total: u32,
    /// Page from 1.
    pub page: u32,
    /// Pages in all, at least 1.
    pub pages: u32,
    /// Domains to choose from.
    pub domains: Vec<Term>,
    /// Towns of the network.
    pub towns: Vec<TownRef>,
    /// What crisis measures of these towns say.
    pub banners: Vec<Banner>,
}

/// The home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    /// The newest published missions with places left.
    pub missions: Vec<MissionCard>,
    /// Domains with how many published missions each.
    pub domains: Vec<(Term, u32)>,
    /// Towns of the network.
    pub towns: Vec<TownRef>,
    /// Published missions, places left, volunteers accepted so far.
    pub figures: (u32, u32, u32),
    /// What crisis measures of towns say.
    pub banners: Vec<Banner>,
}

/// A suggestion while a town is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommuneHint {
    /// INSEE code.
    pub insee: String,
    /// Name.
    pub name: String,
    /// Department and postcodes, for telling homonyms apart.
    pub detail: String,
}

/// The use cases of search.
#[async_trait]
pub trait Search: Send + Sync {
    /// The home page.
    async fn home(&self, actor: &Actor) -> Outcome<HomePage>;

    /// Published missions that match, twenty a page.
    async fn missions(&self, actor: &Actor, query: SearchQuery) -> Outcome<SearchPage>;

    /// The public page of a town (INSEE code).
    async fn town(&self, actor: &Actor, insee: &str) -> Outcome<TownPage>;

    /// At most eight communes of France whose name or postcode begins so.
    async fn complete(&self, typed: &str) -> Outcome<Vec<CommuneHint>>;
}
