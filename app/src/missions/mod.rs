//! Missions: the public page, and the editor of an organisation.

mod api;
mod components;
mod pages;

pub use api::*;
pub use components::{
    need::{NeedBar, need_line},
    status::{StatusPill as MissionPill, mission_state, version_note},
    steps::Steps,
    view::{MissionView, SlotItem, door_words, facts, shut},
};
pub use pages::{MissionRoutes, NewMission, Nothing, PeoplePage, PlacePage, ReviewPage, SlotsPage, TextPage};
