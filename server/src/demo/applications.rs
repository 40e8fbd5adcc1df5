//! Applications: who offered to help, and what became of it.

use domain::{
    applications::{
        ApplicationStatus::{
            self, Absent, Accepted, Attended, Cancelled, Declined, Expired, Offered, Pending, Waitlisted, Withdrawn,
        },
        rules,
    },
    missions::MissionStatus,
};
use uuid::Uuid;

use super::world::World;

/// How many people are asked before a place stays empty.
const TRIES: usize = 25;

impl World {
    /// Applies in the name of the volunteers: first for the demonstration's own account, then for everybody.
    pub fn applications(&mut self) -> anyhow::Result<()> {
        self.of_demo_volunteer()?;
        self.of_demo_organisation()?;
        for online in 0..self.online.len() {
            let places: i32 = self.online[online].slots.iter().map(|slot| self.rows.slots[*slot].places).sum();
            let wanted = if self.online[online].popular {
                usize::try_from(places)? + 3
            } else {
                usize::try_from(self.dice.between(1, 7))?
            };
            for _ in 0..wanted {
                self.somebody(online)?;
            }
        }
        Ok(())
    }

    fn mission_status(&self, online: usize) -> MissionStatus {
        MissionStatus::parse(&self.rows.missions[self.online[online].row].status).unwrap_or(MissionStatus::Draft)
    }

    fn chooses(&self, online: usize) -> bool {
        self.rows.missions[self.online[online].row].choice == "choose"
    }

    /// A few of every kind, for the account that everybody tries first.
    fn of_demo_volunteer(&mut self) -> anyhow::Result<()> {
        let kinds = [
            (MissionStatus::Published, Some(false), Accepted),
            (MissionStatus::Published, Some(false), Accepted),
            (MissionStatus::Published, Some(true), Pending),
            (MissionStatus::Published, Some(true), Declined),
            (MissionStatus::Closed, None, Attended),
            (MissionStatus::Closed, None, Attended),
            (MissionStatus::Cancelled, None, Cancelled),
        ];
        for (mission, choose, status) in kinds {
            for online in 0..self.online.len() {
                let fits = self.online[online].organisation != 0
                    && self.mission_status(online) == mission
                    && choose.is_none_or(|choose| choose == self.chooses(online))
                    && !self.applicants[0].missions.contains(&self.mission_id(online));
                if fits && self.apply(online, 0, status)? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Offers that wait for the answer of the demonstration's organisation.
    fn of_demo_organisation(&mut self) -> anyhow::Result<()> {
        for online in 0..self.online.len() {
            if self.online[online].organisation == 0
                && self.mission_status(online) == MissionStatus::Published
                && self.chooses(online)
            {
                for _ in 0..4 {
                    let applicant = self.dice.below(self.applicants.len());
                    if !self.applicants[applicant].missions.contains(&self.mission_id(online)) {
                        self.apply(online, applicant, Pending)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn mission_id(&self, online: usize) -> Uuid {
        self.rows.missions[self.online[online].row].id
    }

    /// One more person applies, if anybody can.
    fn somebody(&mut self, online: usize) -> anyhow::Result<()> {
        let status = self.outcome(online);
        self.somebody_with(online, status)
    }

    /// The same, with what becomes of it.
    pub fn somebody_with(&mut self, online: usize, status: ApplicationStatus) -> anyhow::Result<()> {
        let mission = self.mission_id(online);
        for _ in 0..TRIES {
            let applicant = self.dice.below(self.applicants.len());
            if applicant == 0 || self.applicants[applicant].missions.contains(&mission) {
                continue;
            }
            if self.apply(online, applicant, status)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// What becomes of the next application to a mission.
    fn outcome(&mut self, online: usize) -> ApplicationStatus {
        let full = self.online[online].slots.iter().all(|slot| {
            let slot = &self.rows.slots[*slot];
            slot.taken >= slot.places || slot.ends_at <= self.now
        });
        let chance = self.dice.below(100);
        match (self.mission_status(online), self.chooses(online)) {
            (MissionStatus::Closed, _) => match chance {
                0..80 => Attended,
                80..90 => Absent,
                90..96 => Withdrawn,
                _ => Cancelled,
            },
            (MissionStatus::Cancelled, _) => {
                if chance < 75 {
                    Cancelled
                } else {
                    Withdrawn
                }
            }
            (MissionStatus::Published, _) if full && self.online[online].popular => match chance {
                0..80 => Waitlisted,
                _ => Expired,
            },
            (_, _) if self.online[online].popular => match chance {
                0..95 => Accepted,
                _ => Offered,
            },
            (_, true) => match chance {
                0..35 => Pending,
                35..80 => Accepted,
                80..90 => Declined,
                90..97 => Withdrawn,
                _ => Cancelled,
            },
            (_, false) => match chance {
                0..85 => Accepted,
                85..97 => Withdrawn,
                _ => Cancelled,
            },
        }
    }

    /// Writes an application; false when this person cannot have this outcome here.
    fn apply(&mut self, online: usize, applicant: usize, status: ApplicationStatus) -> anyhow::Result<bool> {
        let holds = matches!(status, Accepted | Offered | Attended | Absent);
        let count = if self.dice.percent(75) { 1 } else { 2 };
        let mut slots = self.online[online].slots.clone();
        self.dice.shuffle(&mut slots);
        let mut chosen: Vec<usize> = Vec::new();
        for slot in slots {
            if chosen.len() < count && self.may_take(slot, applicant, status, holds, &chosen) {
                chosen.push(slot);
            }
        }
        if chosen.is_empty() {
            return Ok(false);
        }
        for slot in &chosen {
            let row = &mut self.rows.slots[*slot];
            if status.holds_place() {
                row.taken += 1;
            }
            if holds && row.kind == "dated" {
                self.applicants[applicant].busy.push((row.starts_at, row.ends_at));
            }
        }
        let mission = self.mission_id(online);
        self.applicants[applicant].missions.insert(mission);
        self.application(online, applicant, status, &chosen)?;
        Ok(true)
    }

    fn may_take(
        &self,
        slot: usize,
        applicant: usize,
        status: ApplicationStatus,
        holds: bool,
        chosen: &[usize],
    ) -> bool {
        let row = &self.rows.slots[slot];
        let over = row.ends_at <= self.now;
        let right_time = match status {
            Attended | Absent => over,
            Pending | Waitlisted | Offered | Expired | Accepted | Declined => !over,
            _ => true,
        };
        let room = match status {
            Waitlisted | Expired => row.taken >= row.places,
            _ => !holds || row.taken < row.places,
        };
        let span = (row.starts_at, row.ends_at);
        let dated = row.kind == "dated";
        let with_chosen = |other: &usize| {
            let other = &self.rows.slots[*other];
            dated && other.kind == "dated" && rules::overlaps(span, (other.starts_at, other.ends_at))
        };
        let busy = &self.applicants[applicant].busy;
        let chosen_spans: Vec<rules::Span> = chosen
            .iter()
            .map(|other| &self.rows.slots[*other])
            .filter(|other| other.kind == "dated")
            .map(|other| (other.starts_at, other.ends_at))
            .collect();
        let free = !holds
            || !dated
            || (!busy.iter().any(|other| rules::overlaps(span, *other))
                && rules::check_weekly(&[busy.clone(), chosen_spans].concat(), &[span]).is_ok());
        right_time && room && free && !chosen.iter().any(with_chosen)
    }
}
