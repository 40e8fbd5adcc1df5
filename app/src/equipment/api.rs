//! What the pages of equipment ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    equipment::{
        CountForm, CountPage, CountSheet, DeliveryPage, DepotForm, DepotPage, DeskForm, DeskPage, Equipment,
        LedgerPage, LedgerQuery, LevelForm, StockPage, TypeForm, TypesPage,
    },
    ids::{CountId, DepotId, EquipmentImportId},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// The stock of a town.
#[server(endpoint = "equipment/stock", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_stock(insee: String) -> Result<StockPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Equipment>()?.stock(&actor, &insee).await?)
}

/// What the forms choose from.
#[server(endpoint = "equipment/desk", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_desk(insee: String) -> Result<DeskPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Equipment>()?.desk(&actor, &insee).await?)
}

/// Writes down what came in, is gone or is carried.
#[server(endpoint = "equipment/write-down")]
pub async fn write_down(insee: String, form: DeskForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Equipment>()?.write_down(&actor, &insee, form).await?;
    request::redirect(&routes::done(&routes::equipment(&insee), "registre"));
    Ok(())
}

/// Sets reorder levels.
#[server(endpoint = "equipment/save-levels")]
pub async fn save_levels(insee: String, #[server(default)] levels: Vec<LevelForm>) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Equipment>()?.save_levels(&actor, &insee, levels).await?;
    request::redirect(&routes::done(&routes::equipment(&insee), "enregistre"));
    Ok(())
}

/// A depot.
#[server(endpoint = "equipment/depot", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_depot(insee: String, id: String) -> Result<DepotPage, Failure> {
    let actor = request::actor()?;
    let id: DepotId = request::id(&id)?;
    Ok(request::service::<dyn Equipment>()?.depot(&actor, &insee, id).await?)
}

/// Opens a depot.
#[server(endpoint = "equipment/add-depot")]
pub async fn add_depot(insee: String, form: DepotForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id = request::service::<dyn Equipment>()?.add_depot(&actor, &insee, form).await?;
    request::redirect(&routes::done(&routes::depot(&insee, id), "cree"));
    Ok(())
}

/// Renames a depot.
#[server(endpoint = "equipment/save-depot")]
pub async fn save_depot(insee: String, id: String, form: DepotForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: DepotId = request::id(&id)?;
    request::service::<dyn Equipment>()?.save_depot(&actor, &insee, id, form).await?;
    request::redirect(&routes::done(&routes::depot(&insee, id), "enregistre"));
    Ok(())
}

/// Closes a depot that is empty.
#[server(endpoint = "equipment/close-depot")]
pub async fn close_depot(insee: String, id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: DepotId = request::id(&id)?;
    request::service::<dyn Equipment>()?.close_depot(&actor, &insee, id).await?;
    request::redirect(&routes::done(&routes::equipment(&insee), "depot-ferme"));
    Ok(())
}

/// The sheet of a count.
#[server(endpoint = "equipment/count-sheet", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_count_sheet(insee: String, depot: String) -> Result<CountSheet, Failure> {
    let actor = request::actor()?;
    let depot: DepotId = request::id(&depot)?;
    Ok(request::service::<dyn Equipment>()?.count_sheet(&actor, &insee, depot).await?)
}

/// Keeps a count.
#[server(endpoint = "equipment/count")]
pub async fn save_count(
    insee: String,
    depot: String,
    #[server(default)] lines: Vec<domain::equipment::CountLineForm>,
    #[server(default)] note: String,
    #[server(default)] once: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let depot: DepotId = request::id(&depot)?;
    let id = request::service::<dyn Equipment>()?.count(&actor, &insee, depot, CountForm { note, lines, once }).await?;
    request::redirect(&routes::done(&routes::count(&insee, id), "comptage"));
    Ok(())
}

/// A count.
#[server(endpoint = "equipment/count-page", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_count(insee: String, id: String) -> Result<CountPage, Failure> {
    let actor = request::actor()?;
    let id: CountId = request::id(&id)?;
    Ok(request::service::<dyn Equipment>()?.count_page(&actor, &insee, id).await?)
}

/// The ledger.
#[server(endpoint = "equipment/ledger", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_ledger(insee: String, query: LedgerQuery) -> Result<LedgerPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Equipment>()?.ledger(&actor, &insee, query).await?)
}

/// Takes a table of deliveries, pasted or from a file, to be looked at before it is imported.
#[server(endpoint = "equipment/check")]
pub async fn check_deliveries(
    insee: String,
    #[server(default)] reason: String,
    #[server(default)] text: String,
    #[server(default)] file: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let text = if text.trim().is_empty() { file } else { text };
    let id = request::service::<dyn Equipment>()?.check_deliveries(&actor, &insee, &reason, text).await?;
    request::redirect(&routes::delivery(&insee, id));
    Ok(())
}

/// What an import would do.
#[server(endpoint = "equipment/delivery", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_delivery(insee: String, id: String) -> Result<DeliveryPage, Failure> {
    let actor = request::actor()?;
    let id: EquipmentImportId = request::id(&id)?;
    Ok(request::service::<dyn Equipment>()?.delivery_page(&actor, &insee, id).await?)
}

/// Imports.
#[server(endpoint = "equipment/import")]
pub async fn import_deliveries(insee: String, id: String, #[server(default)] seen: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: EquipmentImportId = request::id(&id)?;
    request::service::<dyn Equipment>()?.import_deliveries(&actor, &insee, id, seen).await?;
    request::redirect(&routes::done(&routes::equipment(&insee), "materiel-recu"));
    Ok(())
}

/// The types of equipment, for the network.
#[server(endpoint = "equipment/types", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_equipment_types() -> Result<TypesPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Equipment>()?.types(&actor).await?)
}

/// Adds a type, renames one, or takes it out of the choices.
#[server(endpoint = "equipment/save-type")]
pub async fn save_equipment_type(form: TypeForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Equipment>()?.save_type(&actor, form).await?;
    request::redirect(&routes::done(routes::EQUIPMENT_TYPES, "enregistre"));
    Ok(())
}
