//! Missions that the demonstration's volunteer keeps: open, full if there is one, over, and one that is offline.

use domain::missions::MissionStatus;

use super::world::World;
use crate::entity::favourite;

impl World {
    /// Writes them.
    pub fn favourites(&mut self) {
        let Some(account_id) = self.rows.volunteers.first().map(|volunteer| volunteer.account_id) else { return };
        let first = |status: MissionStatus, count: usize| {
            self.rows.missions.iter().filter(move |row| row.status == status.as_str()).take(count)
        };
        let kept: Vec<_> = first(MissionStatus::Published, 3)
            .chain(first(MissionStatus::Closed, 1))
            .chain(first(MissionStatus::Suspended, 1))
            .map(|mission| favourite::Model {
                account_id,
                mission_id: mission.id,
                title: mission.title.clone(),
                kept_at: mission.published_at.unwrap_or(self.now).min(self.now),
            })
            .collect();
        self.rows.favourites = kept;
    }
}
