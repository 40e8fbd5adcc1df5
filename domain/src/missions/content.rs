//! What a reviewer judges of a mission: its text, place, public, safety and slots.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::equipment::{self, EquipmentNeed};
use crate::{
    error::{FieldErrors, Problem},
    paris,
    text::{self, contact_details},
};

/// Most slots of a mission.
pub const MAX_SLOTS: usize = 100;
/// Most places of a slot.
pub const MAX_PLACES: u32 = 500;
/// Hours of the longest dated slot.
pub const MAX_DATED_HOURS: u32 = 24;
/// Days of the longest open period.
pub const MAX_OPEN_DAYS: u32 = 366;
/// Most kinds of beneficiaries of a mission.
const MAX_BENEFICIARIES: usize = 20;

states! {
    /// How a slot lies in time.
    pub enum SlotKind {
        /// From an hour to an hour, at most 24 hours.
        Dated = "dated",
        /// «À votre rythme»: some time in a period of at most 366 days.
        OpenPeriod = "open_period",
    }
}

/// A slot as it is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
pub struct SlotPlan {
    /// The slot's id, kept from one version to the next.
    pub id: Uuid,
    /// Dated or open.
    pub kind: SlotKind,
    /// Beginning, included.
    pub starts_at: DateTime<Utc>,
    /// End, excluded.
    pub ends_at: DateTime<Utc>,
    /// Volunteers wanted, 1 to 500.
    pub places: u32,
    /// The organisation that holds it, when the town joined it to the mission from another one; its own organisation does
    /// not write in such a slot.
    #[serde(default)]
    pub organisation: Option<Uuid>,
}

impl SlotPlan {
    /// Kind, beginning and end: two slots that one organisation plans never have the same.
    pub const fn when(&self) -> (SlotKind, DateTime<Utc>, DateTime<Utc>) {
        (self.kind, self.starts_at, self.ends_at)
    }

    /// What is wrong with this slot by itself; fields are named `<prefix>starts_at` and so on. With `now`, it must
    /// also lie ahead: a dated slot begins, an open period ends, after `now`.
    pub fn problems(&self, prefix: &str, now: Option<DateTime<Utc>>) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if !(1..=MAX_PLACES).contains(&self.places) {
            errors.add(format!("{prefix}places"), Problem::OutOfRange { min: 1, max: i64::from(MAX_PLACES) });
        }
        if self.ends_at <= self.starts_at {
            errors.add(format!("{prefix}ends_at"), Problem::EndBeforeStart);
        } else if let Some(max_hours) = self.hours_passed() {
            errors.add(format!("{prefix}ends_at"), Problem::SlotTooLong { max_hours });
        }
        let (field, ahead) = match self.kind {
            SlotKind::Dated => ("starts_at", self.starts_at),
            SlotKind::OpenPeriod => ("ends_at", self.ends_at),
        };
        if now.is_some_and(|now| ahead < now) {
            errors.add(format!("{prefix}{field}"), Problem::DateInPast);
        }
        errors
    }

    /// The most hours of its kind, if it has more. A period's days are those of a calendar in Paris.
    fn hours_passed(&self) -> Option<u32> {
        let (length, most) = match self.kind {
            SlotKind::Dated => (self.ends_at - self.starts_at, MAX_DATED_HOURS),
            SlotKind::OpenPeriod => {
                (paris::to_paris(self.ends_at) - paris::to_paris(self.starts_at), MAX_OPEN_DAYS * 24)
            }
        };
        (length > TimeDelta::hours(i64::from(most))).then_some(most)
    }
}

/// Everything of a mission that a green light is bound to. A change to any of it makes a new version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MissionContent {
    /// Title, 5 to 120 characters, two words or more.
    pub title: String,
    /// What it is for, 20 to 300 characters.
    pub goal: String,
    /// What volunteers do, 100 to 5 000 characters.
    pub description: String,
    /// Code of a domain that the network has enabled.
    pub domain: Option<String>,
    /// Whether it is done from home.
    pub remote: bool,
    /// Where it takes place, 5 to 200 characters; asked on site.
    pub address: String,
    /// Part of the town.
    pub neighbourhood: Option<Uuid>,
    /// Codes of the publics it is for, one at least.
    pub beneficiaries: Vec<String>,
    /// What volunteers must know or have, at most 2 000 characters.
    pub prerequisites: String,
    /// What keeps everybody safe, 10 to 2 000 characters.
    pub safety_rules: String,
    /// Whether volunteers of 16 and 17 may come, with a guardian's consent.
    pub open_to_minors: bool,
    /// When, and with how many.
    pub slots: Vec<SlotPlan>,
    /// The equipment it needs. The last field: see `canonical_json`.
    pub equipment: Vec<EquipmentNeed>,
}

/// A text of a mission: its field, the fewest and most characters once complete, and whether it is one line.
struct TextRule {
    field: &'static str,
    read: fn(&MissionContent) -> &str,
    min: u32,
    max: u32,
    one_line: bool,
    public: bool,
}

const TEXTS: [TextRule; 6] = [
    TextRule { field: "title", read: |c| &c.title, min: 5, max: 120, one_line: true, public: true },
    TextRule { field: "goal", read: |c| &c.goal, min: 20, max: 300, one_line: false, public: true },
    TextRule { field: "description", read: |c| &c.description, min: 100, max: 5000, one_line: false, public: true },
    // A place is not a person's: `83500` or `2 06 12` may stand in it.
    TextRule { field: "address", read: |c| &c.address, min: 5, max: 200, one_line: true, public: false },
    TextRule { field: "prerequisites", read: |c| &c.prerequisites, min: 0, max: 2000, one_line: false, public: true },
    TextRule { field: "safety_rules", read: |c| &c.safety_rules, min: 10, max: 2000, one_line: false, public: true },
];

impl TextRule {
    fn check(&self, content: &MissionContent, min: u32) -> Result<(), Problem> {
        let text = (self.read)(content);
        let read = if self.one_line { text::line } else { text::paragraphs };
        let text = read(text, min, self.max)?;
        if self.public && contact_details(&text).is_some() {
            return Err(Problem::ContactDetails);
        }
        Ok(())
    }
}

impl MissionContent {
    /// A draft may be incomplete, never malformed: too long, with hostile characters or contact details, with a slot
    /// that cannot be.
    ///
    /// # Errors
    /// The problem of each wrong field, by the field's name; slots as `slots.0.starts_at`.
    pub fn check_draft(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for rule in &TEXTS {
            errors.take(rule.field, rule.check(self, 0));
        }
        errors.merge(self.malformed_lists());
        errors.merge(self.malformed_slots(|_| None));
        errors.into_result()
    }

    /// What may be sent to the town's service. `enabled_domains` holds the codes of the network's enabled domains.
    ///
    /// # Errors
    /// The problem of each wrong or missing field, by the field's name.
    pub fn check_complete(&self, now: DateTime<Utc>, enabled_domains: &[String]) -> Result<(), FieldErrors> {
        self.complete(enabled_domains, |_| Some(now))
    }

    /// Like [`Self::check_complete`] for a later version of an approved mission: its slots that have not changed may
    /// lie in the past.
    ///
    /// # Errors
    /// The problem of each wrong or missing field, by the field's name.
    pub fn check_revision(
        &self,
        now: DateTime<Utc>,
        enabled_domains: &[String],
        approved: &Self,
    ) -> Result<(), FieldErrors> {
        let kept = |slot: &SlotPlan| approved.slots.iter().any(|old| old.id == slot.id && old.when() == slot.when());
        self.complete(enabled_domains, |slot| (!kept(slot)).then_some(now))
    }

    fn complete(
        &self,
        enabled_domains: &[String],
        not_before: impl Fn(&SlotPlan) -> Option<DateTime<Utc>>,
    ) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for rule in &TEXTS {
            let min = if rule.field == "address" && self.remote { 0 } else { rule.min };
            errors.take(rule.field, rule.check(self, min));
        }
        if self.title.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() < 2 {
            errors.add("title", Problem::TwoWordsAtLeast);
        }
        match &self.domain {
            None => errors.add("domain", Problem::Required),
            Some(domain) if !enabled_domains.contains(domain) => errors.add("domain", Problem::NotAChoice),
            Some(_) => {}
        }
        if self.beneficiaries.is_empty() {
            errors.add("beneficiaries", Problem::Required);
        }
        if self.slots.is_empty() {
            errors.add("slots", Problem::NoSlot);
        }
        errors.merge(self.malformed_lists());
        errors.merge(self.malformed_slots(not_before));
        errors.into_result()
    }

    /// Codes that cannot be codes.
    fn malformed_lists(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.domain.as_deref().is_some_and(|code| !is_code(code)) {
            errors.add("domain", Problem::NotAChoice);
        }
        if self.beneficiaries.len() > MAX_BENEFICIARIES || !self.beneficiaries.iter().all(|code| is_code(code)) {
            errors.add("beneficiaries", Problem::NotAChoice);
        }
        errors.merge(equipment::malformed(&self.equipment));
        errors
    }

    fn malformed_slots(&self, not_before: impl Fn(&SlotPlan) -> Option<DateTime<Utc>>) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.slots.len() > MAX_SLOTS {
            errors.add("slots", Problem::OutOfRange { min: 1, max: i64::try_from(MAX_SLOTS).unwrap_or(i64::MAX) });
            return errors;
        }
        for (index, slot) in self.slots.iter().enumerate() {
            errors.merge(slot.problems(&format!("slots.{index}."), not_before(slot)));
            let same = |other: &SlotPlan| other.organisation == slot.organisation && other.when() == slot.when();
            if self.slots[..index].iter().any(|other| other.id == slot.id || same(other)) {
                errors.add(format!("slots.{index}.starts_at"), Problem::SlotOverlap);
            }
        }
        errors
    }

    /// The names of the fields in which a reviewer would see a difference, in the order of the struct. The order of
    /// slots, beneficiaries and equipment, and the ids of slots, are none.
    pub fn reviewed_differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("title", self.title == other.title),
            ("goal", self.goal == other.goal),
            ("description", self.description == other.description),
            ("domain", self.domain == other.domain),
            ("remote", self.remote == other.remote),
            ("address", self.address == other.address),
            ("neighbourhood", self.neighbourhood == other.neighbourhood),
            ("beneficiaries", codes(&self.beneficiaries) == codes(&other.beneficiaries)),
            ("prerequisites", self.prerequisites == other.prerequisites),
            ("safety_rules", self.safety_rules == other.safety_rules),
            ("open_to_minors", self.open_to_minors == other.open_to_minors),
            ("slots", moments(&self.slots) == moments(&other.slots)),
            ("equipment", needs(&self.equipment) == needs(&other.equipment)),
        ];
        pairs.into_iter().filter(|(_, same)| !same).map(|(field, _)| field).collect()
    }

    /// The same text for the same content, to be hashed: JSON in the order of the struct, without white space. Where no
    /// equipment is needed it says nothing of it, so that the hashes of older versions stay what they were.
    pub fn canonical_json(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        json.strip_suffix(r#","equipment":[]}"#).map(|rest| format!("{rest}}}")).unwrap_or(json)
    }
}

/// A code of a list of the network: lower-case words joined by hyphens.
pub(super) fn is_code(code: &str) -> bool {
    (1..=64).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

fn codes(list: &[String]) -> BTreeSet<&str> {
    list.iter().map(String::as_str).collect()
}

/// A slot without its id.
type Moment = (&'static str, DateTime<Utc>, DateTime<Utc>, u32, Option<Uuid>);

fn moments(slots: &[SlotPlan]) -> BTreeSet<Moment> {
    let moment = |slot: &SlotPlan| (slot.kind.as_str(), slot.starts_at, slot.ends_at, slot.places, slot.organisation);
    slots.iter().map(moment).collect()
}

fn needs(list: &[EquipmentNeed]) -> BTreeSet<&EquipmentNeed> {
    list.iter().collect()
}
