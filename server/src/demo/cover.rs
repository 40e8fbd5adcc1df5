//! Cover that the first organisation asked for: one of its slots that begins soon, two days ago, of some volunteers who live there
//! and are free then.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use domain::{
    cover::rules::{AHEAD, month},
    missions::{MissionStatus, SlotKind},
    paris,
    profiles::Availability,
};
use uuid::Uuid;

use super::{
    dice::Dice,
    world::{Act, World},
};
use crate::{
    cover::{ASKED, said_in_history},
    entity::{cover_letter, cover_request, slot},
};

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x0043_4F56_4552;
/// How many were written to.
const WRITTEN: usize = 6;
const WORD: &str = "Deux bénévoles sont malades\u{a0}: une heure nous aiderait déjà.";

impl World {
    /// Asks for it.
    pub fn cover(&mut self) -> anyhow::Result<()> {
        let mine = std::mem::replace(&mut self.dice, Dice::of(SEED));
        let asked_at = self.now - Duration::days(2);
        if let Some((mission, slot)) = self.short_slot(asked_at) {
            self.asked(mission, &slot, asked_at)?;
        }
        self.dice = mine;
        Ok(())
    }

    /// The mission, in the list of missions, and the slot of the first organisation that begins first among those with places.
    fn short_slot(&self, asked_at: DateTime<Utc>) -> Option<(usize, slot::Model)> {
        let own = self.organisations.first()?.id;
        let published = |row: &usize| {
            let mission = &self.rows.missions[*row];
            mission.organisation_id == own
                && mission.status == MissionStatus::Published.as_str()
                && mission.published_at.is_some_and(|at| at <= asked_at)
        };
        let begins_soon = |slot: &&slot::Model| {
            slot.kind == SlotKind::Dated.as_str()
                && slot.cancelled_at.is_none()
                && slot.organisation_id.is_none()
                && slot.taken < slot.places
                && slot.starts_at > self.now + Duration::days(1)
                && slot.starts_at <= asked_at + AHEAD
        };
        let slots = self.online.iter().filter(|of| published(&of.row)).flat_map(|of| {
            let slots = of.slots.iter().map(|slot| &self.rows.slots[*slot]);
            slots.filter(begins_soon).map(|slot| (of.row, slot.clone()))
        });
        slots.min_by_key(|(_, slot)| (slot.starts_at, slot.id))
    }

    /// Volunteers of the mission's town who agreed, are free then and did not apply.
    fn free_then(&self, mission: usize, slot: &slot::Model) -> Vec<Uuid> {
        let mission = &self.rows.missions[mission];
        let town = self.rows.towns.iter().find(|town| town.id == mission.municipality_id);
        let applied: HashSet<Uuid> = self
            .rows
            .applications
            .iter()
            .filter(|row| row.mission_id == mission.id)
            .map(|row| row.volunteer_id)
            .collect();
        let homes: HashMap<Uuid, Option<&str>> =
            self.rows.volunteers.iter().map(|row| (row.account_id, row.insee.as_deref())).collect();
        let free = |bits: i32| {
            let grid = Availability::from_bits(u32::try_from(bits).unwrap_or_default());
            grid.is_empty() || grid.covers((slot.starts_at, slot.ends_at))
        };
        let agreed = self.rows.profiles.iter().filter(|row| row.cover && free(row.availability));
        let there = agreed.map(|row| row.account_id).filter(|who| {
            let home = homes.get(who).copied().flatten();
            home.is_some() && home == town.map(|town| town.insee.as_str()) && !applied.contains(who)
        });
        there.take(WRITTEN).collect()
    }

    fn asked(&mut self, mission: usize, slot: &slot::Model, asked_at: DateTime<Utc>) -> anyhow::Result<()> {
        let people = self.free_then(mission, slot);
        let Some(admin) = self.organisations.first().map(|one| one.admin).filter(|_| !people.is_empty()) else {
            return Ok(());
        };
        let (id, mission) = (self.dice.id(), self.rows.missions[mission].clone());
        self.rows.cover_requests.push(cover_request::Model {
            id,
            slot_id: slot.id,
            organisation_id: mission.organisation_id,
            asked_by: admin,
            day: paris::date(asked_at),
            asked_at,
            word: WORD.to_owned(),
            written: i32::try_from(people.len())?,
        });
        let letter = |account_id: &Uuid| cover_letter::Model {
            slot_id: slot.id,
            account_id: *account_id,
            request_id: id,
            asked_at,
            month: month(asked_at),
            nth: 1,
        };
        self.rows.cover_letters.extend(people.iter().map(letter));
        let reason = said_in_history(slot, people.len());
        self.act(Act {
            subject: "mission",
            id: mission.id,
            town: Some(mission.municipality_id),
            actor: Some(admin),
            at: asked_at,
            from: None,
            to: ASKED,
            reason: Some(&reason),
        });
        Ok(())
    }
}
