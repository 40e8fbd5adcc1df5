//! Protective equipment: the server's side.

mod book;
mod counts;
mod deliveries;
mod depots;
mod desk;
pub mod ledger;
pub mod queries;
mod stock;
mod types;
mod watch;

use async_trait::async_trait;
use domain::{
    actor::Actor,
    equipment::{
        CountForm, CountPage, CountSheet, DeliveryPage, DepotForm, DepotPage, DeskForm, DeskPage, Equipment,
        LedgerPage, LedgerQuery, LevelForm, StockPage, TypeForm, TypesPage,
    },
    error::Outcome,
    ids::{CountId, DepotId, EquipmentImportId},
};

pub use deliveries::forget;

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Equipment for Backend {
    async fn stock(&self, actor: &Actor, insee: &str) -> Outcome<StockPage> {
        stock::page(self, actor, insee).await.answered()
    }

    async fn stock_table(&self, actor: &Actor, insee: &str) -> Outcome<String> {
        stock::table(self, actor, insee).await.answered()
    }

    async fn desk(&self, actor: &Actor, insee: &str) -> Outcome<DeskPage> {
        stock::desk(self, actor, insee).await.answered()
    }

    async fn write_down(&self, actor: &Actor, insee: &str, form: DeskForm) -> Outcome<()> {
        desk::write_down(self, actor, insee, form).await.answered()
    }

    async fn save_levels(&self, actor: &Actor, insee: &str, levels: Vec<LevelForm>) -> Outcome<()> {
        stock::save_levels(self, actor, insee, levels).await.answered()
    }

    async fn depot(&self, actor: &Actor, insee: &str, id: DepotId) -> Outcome<DepotPage> {
        depots::page(self, actor, insee, id).await.answered()
    }

    async fn add_depot(&self, actor: &Actor, insee: &str, form: DepotForm) -> Outcome<DepotId> {
        depots::add(self, actor, insee, form).await.answered()
    }

    async fn save_depot(&self, actor: &Actor, insee: &str, id: DepotId, form: DepotForm) -> Outcome<()> {
        depots::save(self, actor, insee, id, form).await.answered()
    }

    async fn close_depot(&self, actor: &Actor, insee: &str, id: DepotId) -> Outcome<()> {
        depots::close(self, actor, insee, id).await.answered()
    }

    async fn count_sheet(&self, actor: &Actor, insee: &str, depot: DepotId) -> Outcome<CountSheet> {
        counts::sheet(self, actor, insee, depot).await.answered()
    }

    async fn count(&self, actor: &Actor, insee: &str, depot: DepotId, form: CountForm) -> Outcome<CountId> {
        counts::count(self, actor, insee, depot, form).await.answered()
    }

    async fn count_page(&self, actor: &Actor, insee: &str, id: CountId) -> Outcome<CountPage> {
        counts::page(self, actor, insee, id).await.answered()
    }

    async fn ledger(&self, actor: &Actor, insee: &str, query: LedgerQuery) -> Outcome<LedgerPage> {
        book::page(self, actor, insee, query).await.answered()
    }

    async fn ledger_table(&self, actor: &Actor, insee: &str, query: LedgerQuery) -> Outcome<String> {
        book::table(self, actor, insee, query).await.answered()
    }

    async fn check_deliveries(
        &self,
        actor: &Actor,
        insee: &str,
        reason: &str,
        text: String,
    ) -> Outcome<EquipmentImportId> {
        deliveries::check(self, actor, insee, reason, text).await.answered()
    }

    async fn delivery_page(&self, actor: &Actor, insee: &str, id: EquipmentImportId) -> Outcome<DeliveryPage> {
        deliveries::page(self, actor, insee, id).await.answered()
    }

    async fn import_deliveries(&self, actor: &Actor, insee: &str, id: EquipmentImportId, seen: String) -> Outcome<()> {
        deliveries::import(self, actor, insee, id, &seen).await.answered()
    }

    async fn types(&self, actor: &Actor) -> Outcome<TypesPage> {
        types::page(self, actor).await.answered()
    }

    async fn save_type(&self, actor: &Actor, form: TypeForm) -> Outcome<()> {
        types::save(self, actor, form).await.answered()
    }
}
