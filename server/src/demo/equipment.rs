//! Depots, a stock and its ledger: La Seyne-sur-Mer short of masks, the other towns with little.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use chrono::{DateTime, Duration, Utc};
use domain::{
    equipment::{Act, Balance, MovementKind, Quantity, Standing, Use, effect},
    ids::{AccountId, ApplicationId, MissionId},
    text,
};
use uuid::Uuid;

use super::{dice::Dice, world::World};
use crate::entity::{
    depot, equipment_count, equipment_count_line, equipment_level, equipment_movement, equipment_stock,
};

/// Draws nothing from the dice of the others.
const SEED: u64 = 0x4D41_5351_5545_0015;

/// What La Seyne-sur-Mer received at the town hall: type, units, reorder level.
const RECEIVED: [(&str, i32, i32); 11] = [
    ("surgical-mask", 400, 300),
    ("ffp2-mask", 120, 40),
    ("gloves", 600, 200),
    ("hand-gel", 90, 30),
    ("visor", 40, 10),
    ("vest", 60, 20),
    ("badge", 150, 50),
    ("thermometer", 6, 4),
    ("apron", 200, 50),
    ("wipes", 35, 12),
    ("first-aid-kit", 8, 0),
];
const MAYOR: &str = "Don de l’agence régionale";
const SHOP: &str = "Commande 2026-118";

/// A town whose equipment is being made.
struct Shelf {
    town: Uuid,
    actor: Uuid,
    balances: BTreeMap<(Uuid, &'static str), Balance>,
    lines: Vec<equipment_movement::Model>,
    dice: Dice,
}

impl Shelf {
    fn post(
        &mut self,
        at: DateTime<Utc>,
        depot: Uuid,
        code: &'static str,
        act: Act,
        reason: &str,
    ) -> anyhow::Result<()> {
        let of = act.concerns();
        let standing = of.map(|of| self.standing(depot, code, of)).unwrap_or_default();
        let effect = effect(act, standing).map_err(|error| anyhow!("{code}: {error:?}"))?;
        let balance = self.balances.entry((depot, code)).or_default();
        *balance = balance.after(effect).map_err(|error| anyhow!("{code}: {error:?}"))?;
        self.lines.push(equipment_movement::Model {
            id: self.dice.id(),
            municipality_id: self.town,
            depot_id: depot,
            type_code: code.to_owned(),
            kind: act.kind().as_str().to_owned(),
            quantity: act.quantity(),
            on_hand_change: effect.on_hand,
            reserved_change: effect.reserved,
            mission_id: of.map(|of| of.mission.0),
            slot_id: of.and_then(|of| of.slot).map(|id| id.0),
            application_id: of.and_then(|of| of.application).map(|id| id.0),
            volunteer_id: of.and_then(|of| of.volunteer).map(|id| id.0),
            reason: Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
            actor_id: Some(self.actor),
            at,
        });
        Ok(())
    }

    fn standing(&self, depot: Uuid, code: &str, of: Use) -> Standing {
        let mut standing = Standing::default();
        let lines = self.lines.iter().filter(|line| line.mission_id == Some(of.mission.0) && line.type_code == code);
        for line in lines {
            standing.reserved += if line.depot_id == depot { line.reserved_change } else { 0 };
            standing.issued += match MovementKind::parse(&line.kind) {
                Some(MovementKind::Issued) => line.quantity,
                Some(MovementKind::Returned | MovementKind::Lost) => -line.quantity,
                _ => 0,
            };
        }
        standing
    }
}

fn units(units: i32) -> anyhow::Result<Quantity> {
    Quantity::new(units).context("demonstration data: units")
}

impl World {
    /// Two depots of the first town with all that happened there, one depot of each other town.
    pub fn equipment(&mut self) -> anyhow::Result<()> {
        let mut dice = Dice::of(SEED);
        for index in 0..self.towns.len() {
            let Some(actor) = self.towns[index].coordinators.first().copied() else { continue };
            let town = self.towns[index].id;
            let mut shelf = Shelf {
                town,
                actor,
                balances: BTreeMap::new(),
                lines: Vec::new(),
                dice: Dice::of(SEED + u64::try_from(index)?),
            };
            let hall = self.depot(&mut dice, town, "Hôtel de ville", "4 place des Tilleuls, porte sur la cour");
            if index == 0 {
                let school =
                    self.depot(&mut dice, town, "École des Figuiers", "11 rue des Figuiers, salle du rez-de-chaussée");
                self.large(&mut shelf, &mut dice, (hall, school))?;
            } else {
                self.small(&mut shelf, hall)?;
            }
            self.keep(shelf);
        }
        Ok(())
    }

    fn depot(&mut self, dice: &mut Dice, town: Uuid, name: &str, address: &str) -> Uuid {
        let id = dice.id();
        self.rows.depots.push(depot::Model {
            id,
            municipality_id: town,
            name: name.to_owned(),
            name_folded: text::fold(name),
            address: address.to_owned(),
            created_at: self.now - Duration::days(90),
            closed_at: None,
        });
        id
    }

    fn small(&self, shelf: &mut Shelf, hall: Uuid) -> anyhow::Result<()> {
        let at = self.now - Duration::days(70);
        for (code, n) in [("surgical-mask", 250), ("gloves", 100), ("hand-gel", 20), ("vest", 15)] {
            shelf.post(at, hall, code, Act::Received(units(n)?), MAYOR)?;
        }
        let soiled = "Flacons percés";
        shelf.post(at + Duration::days(20), hall, "hand-gel", Act::Lost(units(2)?), soiled)
    }

    fn large(&mut self, shelf: &mut Shelf, dice: &mut Dice, (hall, school): (Uuid, Uuid)) -> anyhow::Result<()> {
        let begun = self.now - Duration::days(80);
        for (code, n, _) in RECEIVED {
            shelf.post(begun, hall, code, Act::Received(units(n)?), if n > 100 { MAYOR } else { SHOP })?;
        }
        let why = "Hôtel de ville → École des Figuiers. Plus près de Berthe";
        for (code, n) in [("surgical-mask", 80), ("gloves", 200), ("vest", 20), ("hand-gel", 30)] {
            let at = begun + Duration::days(3);
            shelf.post(at, hall, code, Act::Missing(units(n)?), why)?;
            shelf.post(at, school, code, Act::Found(units(n)?), why)?;
        }
        self.handed_out(shelf, hall)?;
        shelf.post(self.now - Duration::days(21), school, "hand-gel", Act::Lost(units(4)?), "Bidon renversé")?;
        self.counted(shelf, dice, school)?;
        self.levels(shelf);
        Ok(())
    }

    /// What volunteers were handed for what is over; vests came back, masks did not.
    fn handed_out(&self, shelf: &mut Shelf, hall: Uuid) -> anyhow::Result<()> {
        let over: Vec<Use> = self
            .rows
            .applications
            .iter()
            .filter(|row| row.status == "attended")
            .filter(|row| self.in_town(row.mission_id, shelf.town))
            .take(24)
            .map(|row| Use {
                mission: MissionId(row.mission_id),
                slot: None,
                application: Some(ApplicationId(row.id)),
                volunteer: Some(AccountId(row.volunteer_id)),
            })
            .collect();
        for (number, of) in over.into_iter().enumerate() {
            let at = self.now - Duration::days(60) + Duration::hours(i64::try_from(number)? * 7);
            for (code, n) in [("surgical-mask", 10), ("gloves", 2), ("vest", 1)] {
                shelf.post(at, hall, code, Act::Issued(units(n)?, of), "")?;
            }
            let back = at + Duration::hours(4);
            match number {
                7 => shelf.post(back, hall, "vest", Act::LostInUse(units(1)?, of), "Resté dans le bus")?,
                _ => shelf.post(back, hall, "vest", Act::Returned(units(1)?, of), "")?,
            }
        }
        Ok(())
    }

    fn in_town(&self, mission: Uuid, town: Uuid) -> bool {
        self.rows.missions.iter().any(|row| row.id == mission && row.municipality_id == town)
    }

    /// An inventory of the second depot.
    fn counted(&mut self, shelf: &mut Shelf, dice: &mut Dice, school: Uuid) -> anyhow::Result<()> {
        let (id, at) = (dice.id(), self.now - Duration::days(14));
        self.rows.equipment_counts.push(equipment_count::Model {
            id,
            municipality_id: shelf.town,
            depot_id: school,
            started_by: shelf.actor,
            at,
            note: "Avec la gardienne de l’école".to_owned(),
        });
        let off = [
            ("surgical-mask", -6, "Boîte entamée, non inscrite"),
            ("gloves", 0, ""),
            ("vest", 1, "Rendu sans être inscrit"),
        ];
        for (code, difference, why) in off {
            let expected = shelf.balances.get(&(school, code)).copied().unwrap_or_default().on_hand;
            self.rows.equipment_count_lines.push(equipment_count_line::Model {
                count_id: id,
                type_code: code.to_owned(),
                expected,
                counted: expected + difference,
                reason: Some(why.to_owned()).filter(|why| !why.is_empty()),
            });
            match difference {
                0 => {}
                more if more > 0 => shelf.post(at, school, code, Act::Found(units(more)?), why)?,
                fewer => shelf.post(at, school, code, Act::Missing(units(-fewer)?), why)?,
            }
        }
        Ok(())
    }

    /// Reorder levels; what is low was told already.
    fn levels(&mut self, shelf: &Shelf) {
        for (code, _, level) in RECEIVED.into_iter().filter(|(.., level)| *level > 0) {
            let here = shelf.balances.iter().filter(|((_, kind), _)| *kind == code).map(|(_, balance)| *balance);
            let low = here.fold(Balance::default(), Balance::and).is_low(level);
            self.rows.equipment_levels.push(equipment_level::Model {
                municipality_id: shelf.town,
                type_code: code.to_owned(),
                reorder_level: level,
                told_at: low.then_some(self.now - Duration::days(5)),
            });
        }
    }

    fn keep(&mut self, shelf: Shelf) {
        self.rows.equipment_movements.extend(shelf.lines);
        self.rows.equipment_stock.extend(shelf.balances.into_iter().map(|((depot_id, code), balance)| {
            equipment_stock::Model {
                depot_id,
                type_code: code.to_owned(),
                municipality_id: shelf.town,
                on_hand: balance.on_hand,
                reserved: balance.reserved,
            }
        }));
    }
}
