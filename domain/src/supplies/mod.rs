//! Supplies: the equipment that missions need of their town's stock, what is reserved for them, and what is handed out
//! slot by slot, to the last mask.

pub mod needs;
mod service;
mod sheet;
mod signature;
mod views;

pub use service::Supplies;
pub use sheet::{HandOutForm, HandOutLine, MAX_QUANTITY, TakeBackForm, TakeBackLine, TakenBack};
pub use signature::Signature;
pub use views::*;
