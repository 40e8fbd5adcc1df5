//! Applications: who offered to help, and what became of it.

use chrono::{DateTime, Duration, Utc};
use domain::{
    applications::{
        ApplicationStatus::{
            self, Absent, Accepted, Attended, Cancelled, Declined, Expired, Offered, Pending, Waitlisted, Withdrawn,
        },
        rules,
    },
    missions::MissionStatus,
};
use serde_json::json;
use uuid::Uuid;

use super::world::{Act, World};
use crate::entity::{application, application_slot};

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
        let mission = self.mission_id(online);
        let status = self.outcome(online);
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
        self.write(online, applicant, status, &chosen)?;
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

    fn write(
        &mut self,
        online: usize,
        applicant: usize,
        status: ApplicationStatus,
        chosen: &[usize],
    ) -> anyhow::Result<()> {
        let mission = &self.rows.missions[self.online[online].row];
        let (mission_id, town, published) = (mission.id, mission.municipality_id, mission.published_at);
        let last = chosen.iter().map(|slot| self.rows.slots[*slot].starts_at).min().unwrap_or(self.now).min(self.now);
        let from = published.unwrap_or(self.now).min(last);
        let created_at = self.dice.moment(from, last.max(from + Duration::minutes(1)).min(self.now));
        let volunteer = self.applicants[applicant].id;
        let admin = self.organisations[self.online[online].organisation].admin;
        let choose = self.chooses(online);
        let decided_by = (choose && !matches!(status, Pending | Withdrawn | Waitlisted | Expired | Offered)
            || matches!(status, Cancelled | Declined | Attended | Absent))
        .then_some(admin);
        let decided_at = decided_by.map(|_| (created_at + self.dice.hours(2, 40)).min(self.now));
        let reason = match status {
            Declined => Some(self.dice.pick(&self.corpus.messages.declined)?.clone()),
            Cancelled => Some(self.dice.pick(&self.corpus.messages.cancelled)?.clone()),
            _ => None,
        };
        let id = self.dice.id();
        self.application_story(
            id,
            town,
            (volunteer, admin),
            status,
            choose,
            (created_at, decided_at),
            reason.as_deref(),
        );
        self.rows.application_slots.extend(
            chosen
                .iter()
                .map(|slot| application_slot::Model { application_id: id, slot_id: self.rows.slots[*slot].id }),
        );
        let domain = self.online[online].content.domain.clone();
        let rules: Vec<_> = self
            .reference
            .rules
            .iter()
            .filter(|(_, _, of)| of.is_none() || *of == domain)
            .map(|(code, version, _)| json!({ "code": code, "version": version }))
            .collect();
        self.rows.applications.push(application::Model {
            id,
            mission_id,
            volunteer_id: volunteer,
            status: status.as_str().to_owned(),
            message: self.dice.pick(&self.corpus.messages.application)?.clone(),
            safety_rules: serde_json::to_string(&rules)?,
            safety_acknowledged_at: created_at,
            decided_by,
            decided_at,
            reason,
            created_at,
            updated_at: decided_at.unwrap_or(created_at),
        });
        Ok(())
    }

    fn application_story(
        &mut self,
        id: Uuid,
        town: Uuid,
        (volunteer, admin): (Uuid, Uuid),
        status: ApplicationStatus,
        choose: bool,
        (created_at, decided_at): (DateTime<Utc>, Option<DateTime<Utc>>),
        reason: Option<&str>,
    ) {
        let waits = matches!(status, Waitlisted | Offered | Expired);
        let first = if waits {
            Waitlisted
        } else if choose || status == Declined {
            Pending
        } else {
            Accepted
        };
        let mut states = vec![first];
        if status == Expired {
            states.push(Offered);
        }
        if first == Pending && matches!(status, Cancelled | Attended | Absent) {
            states.push(Accepted);
        }
        if states.last() != Some(&status) {
            states.push(status);
        }
        let mut from: Option<ApplicationStatus> = None;
        for to in states {
            let (actor, at) = match (from, to) {
                (None, _) => (Some(volunteer), created_at),
                (_, Withdrawn) => (Some(volunteer), created_at + Duration::hours(9)),
                (_, Offered | Expired) => (None, created_at + Duration::hours(20)),
                _ => (Some(admin), decided_at.unwrap_or(created_at)),
            };
            let reason = reason.filter(|_| to == status);
            let (before, to_name, town) = (from.map(ApplicationStatus::as_str), to.as_str(), Some(town));
            self.act(Act { subject: "application", id, town, actor, at, from: before, to: to_name, reason });
            from = Some(to);
        }
    }
}
