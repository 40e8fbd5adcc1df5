//! Saved searches of the demonstration's volunteer and of another one. What is online already is not new to them.

use domain::{alerts::Pace, missions::MissionStatus};

use super::{dice::Dice, world::World};
use crate::entity::{alert, alert_mission};

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x414C_4552_5453;

impl World {
    /// Writes them.
    pub fn alerts(&mut self) {
        let mut dice = Dice::of(SEED);
        let accounts: Vec<_> = self.rows.volunteers.iter().map(|volunteer| volunteer.account_id).collect();
        let town = self.towns.first().map(|town| town.id);
        let searches = [
            (0, "", Some("food-aid"), town, None, Pace::Daily),
            (0, "vélo", None, None, Some(false), Pace::Weekly),
            (1, "", Some("keeping-contact"), None, Some(true), Pace::AtOnce),
        ];
        let online: Vec<_> = self
            .rows
            .missions
            .iter()
            .filter(|mission| mission.status == MissionStatus::Published.as_str())
            .map(|mission| mission.id)
            .collect();
        for (whose, words, domain, municipality_id, remote, pace) in searches {
            let Some(account_id) = accounts.get(whose).copied() else { continue };
            let id = dice.id();
            self.rows.alerts.push(alert::Model {
                id,
                account_id,
                secret: format!("{}{}", dice.id().simple(), dice.id().simple()),
                words: words.to_owned(),
                domain_code: domain.map(str::to_owned),
                municipality_id,
                from_day: None,
                remote,
                pace: pace.as_str().to_owned(),
                looked_at: self.now,
                told_at: None,
                created_at: self.now,
            });
            let known = online.iter().map(|mission| alert_mission::Model { alert_id: id, mission_id: *mission });
            self.rows.alert_missions.extend(known);
        }
    }
}
