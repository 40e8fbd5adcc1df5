//! A mission that was joined to another: one refused in the first town, whose slots are online in one that offers the same.

use anyhow::Context;
use app::i18n::{Texts, k::partners as p};
use chrono::Duration;
use domain::{
    actor::Locale,
    missions::{MissionContent, MissionStatus, VersionStatus},
    reviews::ReviewStatus,
};

use super::world::{Act, World};
use crate::{
    accounts::tokens::digest,
    entity::{application, application_slot, mission, mission_partner, mission_version, slot},
};

/// Why, as the coordinator wrote it.
const REASON: &str = "La même aide, pour le même public : une seule mission, plus facile à trouver.";
/// The item of the checklist that says whether it is a duplicate.
const DUPLICATE: &str = "no-duplicate";

/// Rows of missions: the one that was joined, the one that it was joined to.
#[derive(Debug, Clone, Copy)]
struct Pair {
    joined: usize,
    host: usize,
}

impl World {
    /// Joins one mission to another. Comes last: nothing else is drawn after it.
    pub fn partners(&mut self) -> anyhow::Result<()> {
        let pair = self.alike().context("demonstration data: no mission to join")?;
        let slots = self.join(pair)?;
        self.applicant(pair, slots)
    }

    /// A refused mission of the first town and one online of another organisation: the same text, or the same domain.
    fn alike(&self) -> Option<Pair> {
        let town = self.towns.first()?.id;
        let here = |status: MissionStatus| {
            let rows = self.rows.missions.iter().enumerate();
            rows.filter(move |(_, row)| row.municipality_id == town && row.status == status.as_str())
        };
        let may = |joined: &mission::Model, host: &mission::Model| {
            let ahead = [joined, host].iter().all(|row| row.starts_at.is_some_and(|at| at > self.now));
            let decided = self.decided_at(joined);
            let online = host.published_at.is_some_and(|at| decided.is_some_and(|decided| at < decided));
            ahead && online && host.working_version_id.is_none() && joined.organisation_id != host.organisation_id
        };
        let score = |joined: &mission::Model, host: &mission::Model| {
            u8::from(joined.goal == host.goal) * 2 + u8::from(joined.domain_code == host.domain_code)
        };
        let pairs = here(MissionStatus::Refused)
            .flat_map(|(joined, one)| {
                here(MissionStatus::Published).map(move |(host, other)| ((joined, one), (host, other)))
            })
            .filter(|((_, one), (_, other))| may(one, other));
        let best =
            pairs.max_by_key(|((joined, one), (host, other))| (score(one, other), std::cmp::Reverse((*joined, *host))));
        best.map(|((joined, _), (host, _))| Pair { joined, host })
    }

    fn decided_at(&self, joined: &mission::Model) -> Option<chrono::DateTime<chrono::Utc>> {
        self.rows.reviews.iter().filter(|row| row.mission_id == joined.id).filter_map(|row| row.decided_at).max()
    }

    /// Writes what joining writes; answers the rows of the slots that came over.
    fn join(&mut self, pair: Pair) -> anyhow::Result<std::ops::Range<usize>> {
        let (joined, host) = (self.rows.missions[pair.joined].clone(), self.rows.missions[pair.host].clone());
        let at = self.decided_at(&joined).context("a decision")?;
        let refused = ReviewStatus::Refused.as_str();
        let review = self.rows.reviews.iter().position(|row| row.mission_id == joined.id && row.status == refused);
        let review = review.context("the review of the joined mission")?;
        let name = |id| self.rows.organisations.iter().find(|row| row.id == id).map(|row| row.name.clone());
        let (owner, partner) = (name(host.organisation_id), name(joined.organisation_id));
        let said = |key, title: &str, organisation: Option<String>| {
            let facts = [("title", title), ("organisation", &organisation.unwrap_or_default()), ("reason", REASON)];
            Texts(Locale::Fr).with(key, &facts)
        };
        let refusal = said(p::REFUSED_BECAUSE, &host.title, owner);
        let line = said(p::JOINED_BECAUSE, &joined.title, partner);
        let by = self.rows.reviews[review].decided_by.context("who decided")?;
        let (id, version) = (self.rows.reviews[review].id, self.rows.reviews[review].mission_version_id);
        self.rows.reviews[review].reason = Some(refusal.clone());
        for answer in self.rows.answers.iter_mut().filter(|row| row.review_id == id) {
            let duplicate = answer.item_code == DUPLICATE;
            answer.answer = if duplicate { "no" } else { "yes" }.to_owned();
            answer.note = String::new();
        }
        for past in self.rows.history.iter_mut().filter(|row| [id, joined.id].contains(&row.subject_id)) {
            if past.to_state == refused {
                past.reason = Some(refusal.clone());
            }
        }
        for message in self.rows.messages.iter_mut().filter(|row| row.mission_id == Some(joined.id)) {
            message.body.clone_from(&refusal);
        }
        self.rows.partners.push(mission_partner::Model {
            mission_id: host.id,
            organisation_id: joined.organisation_id,
            joined_mission_id: joined.id,
            choice: "choose".to_owned(),
            practical: joined.practical.clone(),
            reason: REASON.to_owned(),
            joined_by: by,
            joined_at: at,
        });
        let (town, actor) = (Some(host.municipality_id), Some(by));
        let (from, to, reason) = (Some(MissionStatus::Published.as_str()), "joined", Some(line.as_str()));
        self.act(Act { subject: "mission", id: host.id, town, actor, at, from, to, reason });
        let content = self.version_of(version)?;
        self.put_online(pair, &content, at)
    }

    fn version_of(&self, id: uuid::Uuid) -> anyhow::Result<MissionContent> {
        let row = self.rows.versions.iter().find(|row| row.id == id).context("a version")?;
        Ok(serde_json::from_str(&row.content)?)
    }

    /// The version that holds the slots, in the place of the one before.
    fn put_online(
        &mut self,
        pair: Pair,
        joined: &MissionContent,
        at: chrono::DateTime<chrono::Utc>,
    ) -> anyhow::Result<std::ops::Range<usize>> {
        let (holder, mission) = (self.rows.missions[pair.joined].organisation_id, self.rows.missions[pair.host].id);
        let before = self.rows.missions[pair.host].published_version_id.context("online")?;
        let mut content = self.version_of(before)?;
        let first = self.rows.slots.len();
        for plan in &joined.slots {
            content.slots.push(domain::missions::SlotPlan { organisation: Some(holder), ..*plan });
            self.rows.slots.push(slot::Model {
                id: plan.id,
                mission_id: mission,
                kind: plan.kind.as_str().to_owned(),
                starts_at: plan.starts_at,
                ends_at: plan.ends_at,
                places: i32::try_from(plan.places)?,
                taken: 0,
                cancelled_at: None,
                cancel_reason: None,
                organisation_id: Some(holder),
            });
        }
        content.slots.sort_by_key(|slot| (slot.starts_at, slot.id));
        let numbers = self.rows.versions.iter().filter(|row| row.mission_id == mission).map(|row| row.number);
        let (number, id, json) = (numbers.max().unwrap_or(0) + 1, self.dice.id(), content.canonical_json());
        for row in self.rows.versions.iter_mut().filter(|row| row.id == before) {
            row.status = VersionStatus::Superseded.as_str().to_owned();
        }
        self.rows.versions.push(mission_version::Model {
            id,
            mission_id: mission,
            number,
            status: VersionStatus::Approved.as_str().to_owned(),
            content_hash: digest(&json),
            content: json,
            author_id: self.rows.missions[pair.joined].created_by,
            created_at: at,
            updated_at: at,
            submitted_at: Some(at),
        });
        let row = &mut self.rows.missions[pair.host];
        row.published_version_id = Some(id);
        row.published_at = Some(at);
        row.starts_at = content.slots.iter().map(|slot| slot.starts_at).min();
        row.ends_at = content.slots.iter().map(|slot| slot.ends_at).max();
        Ok(first..self.rows.slots.len())
    }

    /// Somebody waits for the partner's answer.
    fn applicant(&mut self, pair: Pair, slots: std::ops::Range<usize>) -> anyhow::Result<()> {
        let (host, holder) = (self.rows.missions[pair.host].clone(), self.rows.missions[pair.joined].organisation_id);
        let grown = self.today - Duration::days(20 * 366);
        let free = |id: &uuid::Uuid| {
            !self.rows.applications.iter().any(|row| row.volunteer_id == *id && row.mission_id == host.id)
        };
        let person =
            self.rows.volunteers.iter().rev().filter(|row| row.birth_date < grown).map(|row| row.account_id).find(free);
        let (volunteer, slot) = (person.context("a volunteer")?, slots.start);
        let (id, at) = (self.dice.id(), self.now - Duration::hours(5));
        let rules: serde_json::Map<String, serde_json::Value> = self
            .reference
            .rules
            .iter()
            .filter(|(_, _, domain)| domain.is_none() || *domain == host.domain_code)
            .map(|(code, version, _)| (code.clone(), (*version).into()))
            .collect();
        self.rows.applications.push(application::Model {
            id,
            mission_id: host.id,
            volunteer_id: volunteer,
            status: "pending".to_owned(),
            message: self.corpus.messages.application.first().cloned().unwrap_or_default(),
            safety_rules: serde_json::Value::Object(rules).to_string(),
            safety_acknowledged_at: at,
            decided_by: None,
            decided_at: None,
            reason: None,
            created_at: at,
            updated_at: at,
            organisation_id: Some(holder),
            held_until: None,
            offer_secret: None,
        });
        let slot_id = self.rows.slots[slot].id;
        self.rows.application_slots.push(application_slot::Model { application_id: id, slot_id });
        let (town, actor) = (Some(host.municipality_id), Some(volunteer));
        self.act(Act { subject: "application", id, town, actor, at, from: None, to: "pending", reason: None });
        Ok(())
    }
}
