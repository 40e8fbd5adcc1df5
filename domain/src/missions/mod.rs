//! Missions: what is asked of volunteers, its versions, slots and public face.

pub mod content;
mod details;
pub mod equipment;
mod joined;
pub mod need;
mod place;
mod service;
mod status;
mod views;

pub use content::{MissionContent, SlotKind, SlotPlan};
pub use details::{Details, TOLD_EVERY, may_tell};
pub use equipment::EquipmentNeed;
pub use need::Need;
pub use place::place;
pub use service::Missions;
pub use status::*;
pub use views::*;
