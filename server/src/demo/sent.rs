//! Applications as they are written: their rows and histories.

use chrono::{DateTime, Duration, Utc};
use domain::applications::{
    ApplicationStatus::{
        self, Absent, Accepted, Attended, Cancelled, Declined, Expired, Offered, Pending, Waitlisted, Withdrawn,
    },
    waiting::DEFAULT_OFFER_HOURS,
};
use serde_json::json;
use uuid::Uuid;

use super::world::{Act, World};
use crate::entity::{application, application_slot};

/// An application that was sent, and what became of it.
struct Sent {
    id: Uuid,
    town: Uuid,
    volunteer: Uuid,
    admin: Uuid,
    status: ApplicationStatus,
    choose: bool,
    created_at: DateTime<Utc>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    reason: Option<String>,
}

impl World {
    /// Writes an application for some slots.
    pub fn application(
        &mut self,
        online: usize,
        applicant: usize,
        status: ApplicationStatus,
        chosen: &[usize],
    ) -> anyhow::Result<()> {
        let sent = self.sent(online, applicant, status, chosen)?;
        self.application_story(&sent);
        self.rows.application_slots.extend(
            chosen
                .iter()
                .map(|slot| application_slot::Model { application_id: sent.id, slot_id: self.rows.slots[*slot].id }),
        );
        let of = &self.online[online];
        let mut rules: serde_json::Map<_, _> = self
            .reference
            .rules
            .iter()
            .filter(|(_, _, domain)| domain.is_none() || *domain == of.content.domain)
            .map(|(code, version, _)| (code.clone(), json!(version)))
            .collect();
        let mission = &self.rows.missions[of.row];
        let mission_id = mission.id;
        rules.insert("mission".to_owned(), json!(mission.published_version_id));
        self.rows.applications.push(application::Model {
            id: sent.id,
            mission_id,
            volunteer_id: sent.volunteer,
            status: status.as_str().to_owned(),
            message: self.dice.pick(&self.corpus.messages.application)?.clone(),
            safety_rules: serde_json::to_string(&rules)?,
            safety_acknowledged_at: sent.created_at,
            decided_by: sent.decided_by,
            decided_at: sent.decided_at,
            reason: sent.reason,
            created_at: sent.created_at,
            updated_at: sent.decided_at.unwrap_or(sent.created_at),
            organisation_id: None,
            held_until: (status == Offered).then(|| self.now + Duration::hours(DEFAULT_OFFER_HOURS.into())),
            offer_secret: None,
        });
        Ok(())
    }

    fn sent(
        &mut self,
        online: usize,
        applicant: usize,
        status: ApplicationStatus,
        chosen: &[usize],
    ) -> anyhow::Result<Sent> {
        let of = &self.online[online];
        let mission = &self.rows.missions[of.row];
        let (town, admin) = (mission.municipality_id, self.organisations[of.organisation].admin);
        let choose = mission.choice == "choose";
        let starts = chosen.iter().map(|slot| self.rows.slots[*slot].starts_at).min();
        let last = starts.unwrap_or(self.now).min(self.now);
        let from = mission.published_at.unwrap_or(last).min(last);
        let created_at = self.dice.moment(from, last);
        let over = chosen.iter().map(|slot| self.rows.slots[*slot].ends_at).max().unwrap_or(self.now);
        let volunteer = self.applicants[applicant].id;
        let (decided_by, decided_at) = match status {
            Attended | Absent => (Some(admin), Some(over + self.dice.hours(1, 30))),
            Accepted if !choose => (Some(volunteer), Some(created_at + Duration::seconds(1))),
            Accepted | Cancelled | Declined => (Some(admin), Some(created_at + self.dice.hours(2, 40))),
            _ => (None, None),
        };
        let decided_at = decided_at.map(|at| at.min(self.now));
        let reason = match status {
            Declined => Some(self.dice.pick(&self.corpus.messages.declined)?.clone()),
            Cancelled => Some(self.dice.pick(&self.corpus.messages.cancelled)?.clone()),
            _ => None,
        };
        let id = self.dice.id();
        Ok(Sent { id, town, volunteer, admin, status, choose, created_at, decided_by, decided_at, reason })
    }

    fn application_story(&mut self, sent: &Sent) {
        let status = sent.status;
        let first = if matches!(status, Waitlisted | Offered | Expired) { Waitlisted } else { Pending };
        let mut states = vec![first];
        match status {
            Expired => states.push(Offered),
            Cancelled | Attended | Absent => states.push(Accepted),
            _ => {}
        }
        if first != status {
            states.push(status);
        }
        let mut from: Option<ApplicationStatus> = None;
        for to in states {
            let (actor, at) = match (from, to) {
                (None, _) => (Some(sent.volunteer), sent.created_at),
                (_, Withdrawn) => (Some(sent.volunteer), sent.created_at + Duration::hours(9)),
                (_, Offered) => (None, sent.created_at + Duration::hours(3)),
                (_, Expired) => (None, sent.created_at + Duration::hours(27)),
                (_, Accepted) if !sent.choose => (Some(sent.volunteer), sent.created_at + Duration::seconds(1)),
                (_, Accepted) if status != Accepted => (Some(sent.admin), sent.created_at + Duration::minutes(40)),
                _ => (Some(sent.admin), sent.decided_at.unwrap_or(sent.created_at)),
            };
            self.act(Act {
                subject: "application",
                id: sent.id,
                town: Some(sent.town),
                actor,
                at,
                from: from.map(ApplicationStatus::as_str),
                to: to.as_str(),
                reason: sent.reason.as_deref().filter(|_| to == status),
            });
            from = Some(to);
        }
    }
}
