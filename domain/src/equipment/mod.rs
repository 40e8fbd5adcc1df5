//! Protective equipment of a town: what its depots hold, the ledger that says why, counts, deliveries.

pub mod delivery;
mod forms;
mod ledger;
mod movement;
mod service;
mod views;

pub use delivery::{DeliveryColumn, DeliveryProblem, RefusedDelivery};
pub use forms::*;
pub use ledger::{Balance, Effect, Standing, effect};
pub use movement::{Act, Movement, MovementKind, QUANTITY_MAX, Quantity, Use};
pub use service::Equipment;
pub use views::*;
