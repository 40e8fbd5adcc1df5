//! Equipment of missions.

use domain::{
    equipment::EquipmentType,
    ids::ReviewId,
    missions::EquipmentNeed,
    supplies::{MissionSupplies, Shortage, SupplyLine, needs::Cover},
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    i18n::{k::gallery as g, texts},
    supplies::{ShortBanner, SuppliesPanel},
};

fn kind(code: &str) -> EquipmentType {
    EquipmentType {
        code: code.to_owned(),
        label: texts().get(g::SENTENCE).split(' ').next().unwrap_or_default().to_owned(),
        unit: String::new(),
        single_use: true,
    }
}

pub fn panel(_: &'static str) -> AnyView {
    let line = |code: &str, cover| SupplyLine {
        kind: kind(code),
        need: EquipmentNeed { code: code.to_owned(), per_volunteer: 2, per_slot: 1 },
        cover,
    };
    let supplies = MissionSupplies {
        lines: vec![
            line("enough", Cover { needed: 12, reserved: 12, free: 40 }),
            line("short", Cover { needed: 60, reserved: 20, free: 15 }),
        ],
    };
    view! { <SuppliesPanel supplies=supplies insee="83126".to_owned() id=ReviewId(Uuid::nil()) may_reserve=false /> }
        .into_any()
}

pub fn short(_: &'static str) -> AnyView {
    let short = vec![Shortage { kind: kind("short"), needed: 60, missing: 25 }];
    view! { <ShortBanner short=short insee="83126" /> }.into_any()
}
