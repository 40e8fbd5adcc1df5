//! Who came: hours of missions that are over, and a sheet that an organisation has still to fill in.

use std::collections::{HashMap, HashSet};

use chrono::Duration;
use domain::{
    applications::ApplicationStatus::{Absent, Accepted, Attended},
    attendance::{Mark, rules::Timing},
    missions::SlotKind,
};
use uuid::Uuid;

use super::world::World;
use crate::entity::{application, attendance, slot};

/// A slot that ended in the last days is one of which nobody has noted anything yet.
const TO_NOTE: Duration = Duration::days(45);
/// Minutes noted for an open period.
const OPEN_PERIOD: u32 = 150;
/// What organisations say to thank; after some slots, nothing.
const THANKS: [&str; 3] = [
    "Merci à toutes et à tous : tout s’est bien passé, et c’est grâce à vous.",
    "Merci pour votre patience et votre bonne humeur. Revenez quand vous voulez !",
    "Votre aide a beaucoup compté. Merci de la part de toute l’équipe.",
];

impl World {
    /// Notes who came, as the applications say.
    pub fn attendance(&mut self) {
        let slots: HashMap<Uuid, slot::Model> = self.rows.slots.iter().map(|slot| (slot.id, slot.clone())).collect();
        let mut of: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for link in &self.rows.application_slots {
            of.entry(link.application_id).or_default().push(link.slot_id);
        }
        let open = self.to_note(&slots, &of);
        for index in 0..self.rows.applications.len() {
            let row = self.rows.applications[index].clone();
            if row.status != Attended.as_str() && row.status != Absent.as_str() {
                continue;
            }
            if open.contains(&row.id) {
                self.reopen(index, of.get(&row.id).map(Vec::as_slice).unwrap_or_default());
                continue;
            }
            for slot in of.get(&row.id).into_iter().flatten().filter_map(|id| slots.get(id)) {
                let note = self.note(&row, slot);
                self.rows.attendance.push(note);
            }
        }
    }

    /// The applications of the last slot of the first organisation that is over.
    fn to_note(&self, slots: &HashMap<Uuid, slot::Model>, of: &HashMap<Uuid, Vec<Uuid>>) -> HashSet<Uuid> {
        let organisation = self.organisations.first().map(|organisation| organisation.id);
        let own: HashSet<Uuid> = self
            .rows
            .missions
            .iter()
            .filter(|mission| Some(mission.organisation_id) == organisation)
            .map(|mission| mission.id)
            .collect();
        let noted = |row: &&application::Model| row.status == Attended.as_str() || row.status == Absent.as_str();
        let rows: Vec<&application::Model> = self.rows.applications.iter().filter(noted).collect();
        let last = |row: &&application::Model| {
            of.get(&row.id).into_iter().flatten().filter_map(|id| slots.get(id)).map(|slot| slot.ends_at).max()
        };
        let latest = rows
            .iter()
            .filter(|row| own.contains(&row.mission_id))
            .filter(|row| last(row).is_some_and(|end| end + TO_NOTE > self.now))
            .max_by_key(|row| last(row));
        let Some(mission) = latest.map(|row| row.mission_id) else { return HashSet::new() };
        rows.iter().filter(|row| row.mission_id == mission).map(|row| row.id).collect()
    }

    /// Makes an application one whose hours are still to be noted.
    fn reopen(&mut self, index: usize, slots: &[Uuid]) {
        let row = &mut self.rows.applications[index];
        let was = std::mem::replace(&mut row.status, Accepted.as_str().to_owned());
        let id = row.id;
        self.rows.history.retain(|line| line.subject_id != id || line.to_state != was);
        for slot in self.rows.slots.iter_mut().filter(|slot| slots.contains(&slot.id)) {
            slot.taken = (slot.taken + 1).min(slot.places);
        }
    }

    fn note(&mut self, row: &application::Model, slot: &slot::Model) -> attendance::Model {
        let came = row.status == Attended.as_str();
        let kind = SlotKind::parse(&slot.kind).unwrap_or(SlotKind::Dated);
        let usual = Timing { kind, starts_at: slot.starts_at, ends_at: slot.ends_at }.usual().unwrap_or(OPEN_PERIOD);
        let late = came && usual > 60 && self.dice.percent(8);
        let mark = match (came, late) {
            (true, true) => Mark::Late,
            (true, false) => Mark::Present,
            (false, _) => Mark::Absent,
        };
        let minutes = match mark {
            Mark::Late => usual - 30,
            Mark::Present => usual,
            Mark::Absent | Mark::Replaced => 0,
        };
        // By the slot, not by dice: what others draw stays the same.
        let said = usize::try_from(slot.id.as_u128() % 4).ok().and_then(|index| THANKS.get(index));
        let thanks = said.filter(|_| came && row.decided_by.is_some()).map(|said| (*said).to_owned());
        let by = row.decided_by.unwrap_or(row.volunteer_id);
        let at = row.decided_at.unwrap_or(slot.ends_at);
        attendance::Model {
            application_id: row.id,
            slot_id: slot.id,
            mark: mark.as_str().to_owned(),
            minutes: i32::try_from(minutes).unwrap_or_default(),
            version: 1,
            marked_by: by,
            marked_at: at,
            validated_by: Some(by),
            validated_at: Some(at),
            thanks,
        }
    }
}
