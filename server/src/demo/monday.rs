//! The queue of a Monday morning in the first town: thirty files, as different as they come. Five offer what another mission
//! offers already, two are not safe, three need more masks than there are, four are later versions of missions online.

use anyhow::Context;
use domain::{
    missions::{EquipmentNeed, MissionContent, MissionStatus, SlotPlan},
    organisations::OrganisationStatus,
};
use serde::Deserialize;

use super::{
    corpus::MissionText,
    missions::{Later, Plan},
    schedule::Era,
    world::World,
};

const MASK: &str = "surgical-mask";

/// What a coordinator should find in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Nothing in its way.
    Plain,
    /// Online; a later version waits.
    Revised,
    /// The same help as another mission, in other words.
    Duplicate,
    /// Dangerous as it is.
    Unsafe,
    /// Needs more masks than the town has.
    Masks,
}

/// A file of the queue.
#[derive(Debug, Clone, Deserialize)]
pub struct MondayText {
    pub kind: Kind,
    /// The title of the mission that it doubles.
    pub of: Option<String>,
    #[serde(flatten)]
    pub text: MissionText,
    /// The name of a part of the town.
    pub neighbourhood: Option<String>,
    pub places: u32,
    /// Masks that each volunteer needs on a slot.
    pub masks_per_volunteer: u32,
    /// Masks for the people whom they meet, by slot.
    #[serde(default)]
    pub masks_per_slot: u32,
}

impl World {
    /// Makes the thirty missions of the queue; whatever they double must be there already.
    pub fn monday(&mut self) -> anyhow::Result<()> {
        let hosts: Vec<usize> = (0..self.organisations.len())
            .filter(|index| self.organisations[*index].town == 0)
            .filter(|index| self.organisations[*index].status == OrganisationStatus::Approved)
            .collect();
        for (turn, file) in std::mem::take(&mut self.corpus.monday).into_iter().enumerate() {
            let doubled = match &file.of {
                Some(title) => Some(self.doubled(title).with_context(|| format!("nobody offers «{title}»"))?),
                None => None,
            };
            let busy = doubled.as_ref().map(|(host, _)| *host);
            let mut free = hosts.iter().copied().filter(|host| Some(*host) != busy).cycle().skip(turn);
            let host = free.next().context("an organisation")?;
            self.file(host, file, doubled.map(|(_, content)| content))?;
        }
        Ok(())
    }

    /// A mission of the first town that is online, all to come: its organisation, and what it says.
    fn doubled(&self, title: &str) -> Option<(usize, MissionContent)> {
        let found = self.online.iter().find(|online| {
            let row = &self.rows.missions[online.row];
            row.municipality_id == self.towns[0].id
                && row.status == MissionStatus::Published.as_str()
                && online.content.title.starts_with(title)
                && online.content.slots.iter().all(|slot| slot.starts_at > self.now)
        })?;
        Some((found.organisation, found.content.clone()))
    }

    fn file(&mut self, host: usize, file: MondayText, doubled: Option<MissionContent>) -> anyhow::Result<()> {
        let (kind, practical) = (file.kind, file.text.practical.clone());
        let content = self.monday_content(file, doubled)?;
        let status = if kind == Kind::Revised { MissionStatus::Published } else { MissionStatus::Submitted };
        let (created_at, submitted_at, decided_at) = self.dates(status, &content.slots)?;
        content
            .check_complete(created_at, &self.reference.domains)
            .map_err(|errors| anyhow::anyhow!("demonstration data: {}: {errors:?}", content.title))?;
        let plan = Plan {
            id: self.dice.id(),
            organisation: host,
            town: 0,
            status,
            content,
            practical,
            was_public: kind == Kind::Revised,
            popular: false,
            older: false,
            later: if kind == Kind::Revised { Later::Waiting } else { Later::Never },
            created_at,
            submitted_at,
            decided_at,
        };
        self.versions(&plan)
    }

    fn monday_content(&mut self, file: MondayText, doubled: Option<MissionContent>) -> anyhow::Result<MissionContent> {
        let slots = match &doubled {
            Some(other) => other.slots.iter().map(|slot| SlotPlan { id: self.dice.id(), ..*slot }).collect(),
            None => self.slots(Era::Ahead, file.text.remote, false, &file.text.when)?,
        };
        let (places, per_volunteer, per_slot) = (file.places, file.masks_per_volunteer, file.masks_per_slot);
        let part = match &file.neighbourhood {
            Some(name) => {
                let known = self.towns[0].neighbourhoods.iter().find(|(_, part)| part == name);
                Some(known.with_context(|| format!("no part of the town is called «{name}»"))?.0)
            }
            None => None,
        };
        let neighbourhood = doubled.map_or(part, |other| other.neighbourhood);
        let mut content = self.content(file.text, 0, slots)?;
        if let Some((title, _)) = content.title.clone().split_once(" – ") {
            title.clone_into(&mut content.title);
        }
        for slot in &mut content.slots {
            slot.places = places;
        }
        content.neighbourhood = neighbourhood;
        content.equipment = Self::equipment_of(&content);
        if per_volunteer + per_slot > 0 {
            content.equipment.push(EquipmentNeed { code: MASK.to_owned(), per_volunteer, per_slot });
        }
        Ok(content)
    }
}
