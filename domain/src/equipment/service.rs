use async_trait::async_trait;

use super::{
    CountForm, CountPage, CountSheet, DeliveryPage, DepotForm, DepotPage, DeskForm, DeskPage, LedgerPage, LedgerQuery,
    LevelForm, StockPage, TypeForm, TypesPage,
};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{CountId, DepotId, EquipmentImportId},
};

/// The use cases of a town's equipment. Towns are named by their INSEE code.
#[async_trait]
pub trait Equipment: Send + Sync {
    /// The stock of a town.
    async fn stock(&self, actor: &Actor, insee: &str) -> Outcome<StockPage>;

    /// The stock of a town as a table, a line per type and depot.
    async fn stock_table(&self, actor: &Actor, insee: &str) -> Outcome<String>;

    /// What the forms choose from.
    async fn desk(&self, actor: &Actor, insee: &str) -> Outcome<DeskPage>;

    /// Writes down what came in, is gone or is carried from one depot to another.
    async fn write_down(&self, actor: &Actor, insee: &str, form: DeskForm) -> Outcome<()>;

    /// Sets reorder levels.
    async fn save_levels(&self, actor: &Actor, insee: &str, levels: Vec<LevelForm>) -> Outcome<()>;

    /// A depot.
    async fn depot(&self, actor: &Actor, insee: &str, id: DepotId) -> Outcome<DepotPage>;

    /// Opens a depot.
    async fn add_depot(&self, actor: &Actor, insee: &str, form: DepotForm) -> Outcome<DepotId>;

    /// Renames a depot.
    async fn save_depot(&self, actor: &Actor, insee: &str, id: DepotId, form: DepotForm) -> Outcome<()>;

    /// Closes a depot that is empty.
    async fn close_depot(&self, actor: &Actor, insee: &str, id: DepotId) -> Outcome<()>;

    /// The sheet of a count.
    async fn count_sheet(&self, actor: &Actor, insee: &str, depot: DepotId) -> Outcome<CountSheet>;

    /// Keeps a count, and corrects the ledger where it differs.
    async fn count(&self, actor: &Actor, insee: &str, depot: DepotId, form: CountForm) -> Outcome<CountId>;

    /// A count.
    async fn count_page(&self, actor: &Actor, insee: &str, id: CountId) -> Outcome<CountPage>;

    /// The ledger, fifty lines a page.
    async fn ledger(&self, actor: &Actor, insee: &str, query: LedgerQuery) -> Outcome<LedgerPage>;

    /// The ledger as a table: all that match.
    async fn ledger_table(&self, actor: &Actor, insee: &str, query: LedgerQuery) -> Outcome<String>;

    /// Keeps a table of deliveries, as text, to be looked at before it is imported; nothing of it is in the stock yet.
    async fn check_deliveries(
        &self,
        actor: &Actor,
        insee: &str,
        reason: &str,
        text: String,
    ) -> Outcome<EquipmentImportId>;

    /// What an import would do.
    async fn delivery_page(&self, actor: &Actor, insee: &str, id: EquipmentImportId) -> Outcome<DeliveryPage>;

    /// Takes every good line, at once or not at all, and once; `seen` is what the page showed, empty where it does not
    /// say.
    async fn import_deliveries(&self, actor: &Actor, insee: &str, id: EquipmentImportId, seen: String) -> Outcome<()>;

    /// The types of equipment, for the network.
    async fn types(&self, actor: &Actor) -> Outcome<TypesPage>;

    /// Adds a type, renames one, or takes it out of the choices.
    async fn save_type(&self, actor: &Actor, form: TypeForm) -> Outcome<()>;
}
