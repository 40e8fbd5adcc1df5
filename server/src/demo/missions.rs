//! Missions: what each one is, and its row.

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use domain::{
    applications::waiting::DEFAULT_OFFER_HOURS,
    missions::{MissionContent, MissionStatus, SlotPlan},
    organisations::OrganisationStatus,
    text,
};
use uuid::Uuid;

use super::{
    corpus::MissionText,
    schedule::Era,
    world::{Online, World},
};
use crate::{
    entity::{mission, slot},
    missions::index,
};

/// How many missions stand where; with the thirty of `monday`, 200 in all.
const QUOTAS: &[(MissionStatus, usize)] = &[
    (MissionStatus::Published, 92),
    (MissionStatus::Submitted, 8),
    (MissionStatus::Draft, 14),
    (MissionStatus::ChangesRequested, 10),
    (MissionStatus::Refused, 6),
    (MissionStatus::Suspended, 6),
    (MissionStatus::Closed, 26),
    (MissionStatus::Cancelled, 8),
];

/// The first missions of the demonstration's own organisation.
const OF_THE_FIRST: &[MissionStatus] = &[
    MissionStatus::Published,
    MissionStatus::Published,
    MissionStatus::Published,
    MissionStatus::Published,
    MissionStatus::ChangesRequested,
    MissionStatus::Draft,
    MissionStatus::Closed,
    MissionStatus::Closed,
    MissionStatus::Cancelled,
];

/// Whether a later version follows the one that is online.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// None.
    Never,
    /// For one in nine: it waits for its own green light, or is being written.
    Perhaps,
    /// It waits for its own green light.
    Waiting,
}

/// A mission on its way to its rows.
#[derive(Debug)]
pub struct Plan {
    /// Its id.
    pub id: Uuid,
    /// Its organisation, in the list of organisations.
    pub organisation: usize,
    /// Its town, in the list of towns.
    pub town: usize,
    /// Where it stands.
    pub status: MissionStatus,
    /// What it says.
    pub content: MissionContent,
    /// What accepted volunteers read.
    pub practical: String,
    /// Whether it was online, or is.
    pub was_public: bool,
    /// Wanted by more people than it has places.
    pub popular: bool,
    /// Online with an earlier version before this one.
    pub older: bool,
    /// Online with a later version after this one.
    pub later: Later,
    /// Created.
    pub created_at: DateTime<Utc>,
    /// Sent to the town's service.
    pub submitted_at: DateTime<Utc>,
    /// Decided on.
    pub decided_at: DateTime<Utc>,
}

impl World {
    /// Makes the missions, with their versions, reviews and slots.
    pub fn missions(&mut self) -> anyhow::Result<()> {
        let mut wanted: Vec<(usize, MissionStatus)> = OF_THE_FIRST.iter().map(|status| (0, *status)).collect();
        for (index, organisation) in self.organisations.iter().enumerate() {
            match organisation.status {
                OrganisationStatus::Suspended => wanted.extend([(index, MissionStatus::Suspended); 3]),
                OrganisationStatus::Submitted => wanted.push((index, MissionStatus::Draft)),
                _ => {}
            }
        }
        let mut left: Vec<MissionStatus> = Vec::new();
        for (status, quota) in QUOTAS {
            let used = wanted.iter().filter(|(_, other)| other == status).count();
            left.extend(std::iter::repeat_n(*status, quota.saturating_sub(used)));
        }
        self.dice.shuffle(&mut left);
        let approved: Vec<usize> = (1..self.organisations.len())
            .filter(|index| self.organisations[*index].status == OrganisationStatus::Approved)
            .collect();
        // What waits in the first town is `monday`.
        let elsewhere: Vec<usize> =
            approved.iter().copied().filter(|index| self.organisations[*index].town != 0).collect();
        for (turn, status) in left.into_iter().enumerate() {
            let from = if status == MissionStatus::Submitted { &elsewhere } else { &approved };
            wanted.push((from.get(turn % from.len().max(1)).copied().context("an organisation")?, status));
        }
        for (turn, (organisation, status)) in wanted.into_iter().enumerate() {
            self.mission(turn, organisation, status)?;
        }
        Ok(())
    }

    fn mission(&mut self, turn: usize, organisation: usize, status: MissionStatus) -> anyhow::Result<()> {
        let corpus = self.mission_text(organisation)?;
        let town = self.organisations[organisation].town;
        let was_public = match status {
            MissionStatus::Published | MissionStatus::Closed | MissionStatus::Suspended => true,
            MissionStatus::Cancelled => turn.is_multiple_of(2),
            _ => false,
        };
        let popular = status == MissionStatus::Published && self.dice.percent(15);
        let era = match status {
            MissionStatus::Closed => Era::Past,
            MissionStatus::Published if self.dice.percent(30) => Era::Now,
            _ => Era::Ahead,
        };
        let open = !popular && self.dice.percent(if corpus.remote { 70 } else { 8 });
        let slots = self.slots(era, open, popular, &corpus.when)?;
        let (created_at, submitted_at, decided_at) = self.dates(status, &slots)?;
        let older = was_public && self.dice.percent(12);
        let created_at = if older { created_at - Duration::days(8) } else { created_at };
        let id = self.dice.id();
        let practical = corpus.practical.clone();
        let mut content = self.content(corpus, town, slots)?;
        content.equipment = Self::equipment_of(&content);
        content
            .check_complete(created_at, &self.reference.domains)
            .map_err(|errors| anyhow::anyhow!("demonstration data: {}: {errors:?}", content.title))?;
        let plan = Plan {
            id,
            organisation,
            town,
            status,
            content,
            practical,
            was_public,
            popular,
            older,
            // The queue of the first town is `monday`.
            later: if town == 0 { Later::Never } else { Later::Perhaps },
            created_at,
            submitted_at,
            decided_at,
        };
        self.versions(&plan)
    }

    /// One of the texts of the domains in which the organisation works.
    pub fn mission_text(&mut self, organisation: usize) -> anyhow::Result<MissionText> {
        let domains = &self.organisations[organisation].domains;
        let of_theirs: Vec<_> = self.corpus.missions.iter().filter(|text| domains.contains(&text.domain)).collect();
        if of_theirs.is_empty() {
            return Ok(self.dice.pick(&self.corpus.missions)?.clone());
        }
        Ok((*self.dice.pick(&of_theirs)?).clone())
    }

    /// Created, submitted, decided: in this order, and online before the first slot.
    pub fn dates(
        &mut self,
        status: MissionStatus,
        slots: &[SlotPlan],
    ) -> anyhow::Result<(DateTime<Utc>, DateTime<Utc>, DateTime<Utc>)> {
        let first = slots.iter().map(|slot| slot.starts_at).min().context("a slot")?;
        if matches!(status, MissionStatus::Submitted | MissionStatus::Draft) {
            // One out of four waits for longer than the town promises.
            let age = if self.dice.percent(25) { self.dice.hours(75, 130) } else { self.dice.hours(1, 68) };
            let submitted = self.now - age;
            return Ok((submitted - self.dice.hours(1, 60), submitted, self.now));
        }
        let before = first.min(self.now);
        let decided = before - self.dice.hours(1, if first < self.now { 14 * 24 } else { 20 * 24 });
        let submitted = decided - self.dice.hours(6, 90);
        Ok((submitted - self.dice.hours(1, 90), submitted, decided))
    }

    /// What a mission of a town says.
    pub fn content(
        &mut self,
        corpus: MissionText,
        town: usize,
        slots: Vec<SlotPlan>,
    ) -> anyhow::Result<MissionContent> {
        let place = &self.corpus.towns[self.towns[town].index];
        let (neighbourhood, part) = self.dice.pick(&self.towns[town].neighbourhoods)?;
        let street = self.dice.pick(&self.corpus.streets)?;
        let number = self.dice.between(1, 90);
        Ok(MissionContent {
            title: if corpus.remote { corpus.title } else { format!("{} – {part}", corpus.title) },
            goal: corpus.goal,
            description: corpus.description,
            domain: Some(corpus.domain),
            remote: corpus.remote,
            address: if corpus.remote {
                String::new()
            } else {
                format!("{number} {street}, {} {}", place.postcodes, place.name)
            },
            neighbourhood: (!corpus.remote).then_some(*neighbourhood),
            beneficiaries: corpus.beneficiaries,
            prerequisites: corpus.prerequisites,
            safety_rules: corpus.safety_rules,
            open_to_minors: corpus.open_to_minors,
            slots,
            equipment: Vec::new(),
        })
    }

    /// Writes the mission's row, and its slots when it was online.
    pub fn mission_row(&mut self, plan: &Plan, published: Option<Uuid>, working: Option<Uuid>) -> anyhow::Result<()> {
        let content = &plan.content;
        let draft = plan.status == MissionStatus::Draft;
        let over = content.slots.iter().map(|slot| slot.ends_at).max();
        let updated = if draft { plan.submitted_at } else { plan.decided_at };
        let row = self.rows.missions.len();
        // The demonstration's organisation chooses its volunteers for its first two missions.
        let choose = if plan.organisation == 0 { row < 2 } else { self.dice.percent(45) };
        self.rows.missions.push(mission::Model {
            id: plan.id,
            organisation_id: self.organisations[plan.organisation].id,
            municipality_id: self.towns[plan.town].id,
            status: plan.status.as_str().to_owned(),
            slug: text::slug(&content.title),
            published_version_id: published,
            working_version_id: working,
            title: content.title.clone(),
            goal: content.goal.clone(),
            domain_code: content.domain.clone(),
            remote: content.remote,
            neighbourhood_id: content.neighbourhood,
            open_to_minors: content.open_to_minors,
            choice: if choose { "choose" } else { "at_once" }.to_owned(),
            practical: plan.practical.clone(),
            search_text: if plan.was_public { index::body(content) } else { String::new() },
            starts_at: content.slots.iter().map(|slot| slot.starts_at).min(),
            ends_at: over,
            created_by: self.organisations[plan.organisation].admin,
            created_at: plan.created_at,
            updated_at: updated.min(self.now),
            submitted_at: (!draft).then_some(plan.submitted_at),
            published_at: plan.was_public.then_some(plan.decided_at),
            closed_at: over.filter(|_| plan.status == MissionStatus::Closed),
            offer_hours: i32::try_from(DEFAULT_OFFER_HOURS).unwrap_or_default(),
            opens_on: None,
        });
        if plan.was_public {
            self.slot_rows(plan, row)?;
        }
        Ok(())
    }

    fn slot_rows(&mut self, plan: &Plan, row: usize) -> anyhow::Result<()> {
        let cancelled = plan.status == MissionStatus::Cancelled;
        let first = self.rows.slots.len();
        for slot in &plan.content.slots {
            self.rows.slots.push(slot::Model {
                id: slot.id,
                mission_id: plan.id,
                kind: slot.kind.as_str().to_owned(),
                starts_at: slot.starts_at,
                ends_at: slot.ends_at,
                places: i32::try_from(slot.places)?,
                taken: 0,
                cancelled_at: cancelled.then(|| (plan.decided_at + Duration::hours(20)).min(self.now)),
                cancel_reason: None,
                organisation_id: None,
            });
        }
        self.online.push(Online {
            row,
            slots: (first..self.rows.slots.len()).collect(),
            organisation: plan.organisation,
            content: plan.content.clone(),
            popular: plan.popular,
        });
        Ok(())
    }
}
