//! What the pages of equipment send, as it was typed, and what it means once read.

use serde::{Deserialize, Serialize};

use super::{Quantity, movement::whole};
use crate::{
    error::{FieldErrors, Problem},
    text,
};

/// Units that a count may find, and the highest reorder level.
const COUNT_MAX: i64 = 100_000_000;
/// Characters of the longest reason.
const REASON_MAX: u32 = 300;

states! {
    /// What a coordinator writes down by hand.
    pub enum DeskAct {
        /// Something came in.
        Receive = "receive",
        /// Something is gone.
        Lose = "lose",
        /// Something is carried from one depot to another.
        Transfer = "transfer",
    }
}

/// Something that came in, is gone or is carried, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskForm {
    /// What: `receive`, `lose`, `transfer`.
    pub act: String,
    /// The code of the type.
    pub equipment: String,
    /// The depot where it comes in, is gone from, or is carried from.
    pub depot: String,
    /// The depot to which it is carried.
    pub destination: String,
    /// How many units.
    pub quantity: String,
    /// Why, or from whom.
    pub reason: String,
    /// What the page was made with: the same button pressed twice is one act. Empty from whoever wants each to count.
    pub once: String,
}

/// The same, read; ids are not known to exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskMove {
    /// What.
    pub act: DeskAct,
    /// How many units.
    pub quantity: Quantity,
    /// Why; not empty for what is gone.
    pub reason: String,
}

impl DeskForm {
    /// Reads what does not need the database.
    ///
    /// # Errors
    /// By field.
    pub fn read(&self) -> Result<DeskMove, FieldErrors> {
        let mut errors = FieldErrors::default();
        let act = errors.take("act", DeskAct::parse(&self.act).ok_or(Problem::NotAChoice));
        let quantity = errors.take("quantity", Quantity::parse(&self.quantity));
        let reason = match act {
            Some(DeskAct::Lose) => reason(&self.reason),
            _ => text::line(&self.reason, 0, REASON_MAX),
        };
        let reason = errors.take("reason", reason);
        for (field, chosen, needed) in [
            ("equipment", &self.equipment, true),
            ("depot", &self.depot, true),
            ("destination", &self.destination, act == Some(DeskAct::Transfer)),
        ] {
            if needed && chosen.trim().is_empty() {
                errors.add(field, Problem::Required);
            }
        }
        if act == Some(DeskAct::Transfer) && self.depot == self.destination {
            errors.add("destination", Problem::SameDepot);
        }
        match (act, quantity, reason) {
            (Some(act), Some(quantity), Some(reason)) if errors.is_empty() => Ok(DeskMove { act, quantity, reason }),
            _ => Err(errors),
        }
    }
}

/// Reads why something is gone or different.
///
/// # Errors
/// `ReasonRequired` for nothing, and what `text::line` refuses.
pub fn reason(typed: &str) -> Result<String, Problem> {
    match text::line(typed, 1, REASON_MAX) {
        Err(Problem::Required) => Err(Problem::ReasonRequired),
        read => read,
    }
}

/// A depot, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DepotForm {
    /// Its name.
    pub name: String,
    /// Where it is, for the coordinators alone; may be empty.
    pub address: String,
}

impl DepotForm {
    /// Reads it: name and address.
    ///
    /// # Errors
    /// By field.
    pub fn read(&self) -> Result<(String, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", text::line(&self.name, 2, 80));
        let address = errors.take("address", text::line(&self.address, 0, 200));
        match (name, address) {
            (Some(name), Some(address)) => Ok((name, address)),
            _ => Err(errors),
        }
    }
}

/// The reorder level of a type, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LevelForm {
    /// The code of the type.
    pub code: String,
    /// Free units under which the town is told; empty or 0 for never.
    pub level: String,
}

impl LevelForm {
    /// Reads the level.
    ///
    /// # Errors
    /// `NotANumber`, `OutOfRange`.
    pub fn read(&self) -> Result<i32, Problem> {
        match whole(&self.level, 0, COUNT_MAX) {
            Err(Problem::Required) => Ok(0),
            read => read.map(|level| i32::try_from(level).unwrap_or_default()),
        }
    }
}

/// One line of an inventory count, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountLineForm {
    /// The code of the type.
    pub code: String,
    /// What the ledger said when the sheet was shown.
    pub expected: String,
    /// What was counted; empty where it was not.
    pub counted: String,
    /// Why it differs.
    pub reason: String,
}

/// An inventory count of a depot, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CountForm {
    /// A word on the whole count, may be empty.
    pub note: String,
    /// As in [`DeskForm`].
    pub once: String,
    /// Its lines.
    pub lines: Vec<CountLineForm>,
}

/// One line of a count, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Its place in the form.
    pub place: usize,
    /// The code of the type.
    pub code: String,
    /// What the ledger said when the sheet was shown.
    pub expected: i32,
    /// What was counted.
    pub counted: i32,
    /// Why it differs; not empty when it does.
    pub reason: String,
}

impl CountForm {
    /// Reads the note, and the lines that were counted; what differs must say why.
    ///
    /// # Errors
    /// By field: `lines.3.counted`; `NothingCounted` when no line was.
    pub fn read(&self) -> Result<(String, Vec<Counted>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let note = errors.take("note", text::line(&self.note, 0, REASON_MAX)).unwrap_or_default();
        let mut lines: Vec<Counted> = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            if line.counted.trim().is_empty() {
                continue;
            }
            let at = |field: &str| format!("lines.{place}.{field}");
            let number = |typed: &str| Ok(i32::try_from(whole(typed, 0, COUNT_MAX)?).unwrap_or_default());
            let counted = errors.take(&at("counted"), number(&line.counted));
            let expected = errors.take(&at("counted"), number(&line.expected));
            let (Some(counted), Some(expected)) = (counted, expected) else { continue };
            let differs = counted != expected;
            let why = if differs { reason(&line.reason) } else { text::line(&line.reason, 0, REASON_MAX) };
            let Some(reason) = errors.take(&at("reason"), why) else { continue };
            if lines.iter().any(|known| known.code == line.code) {
                errors.add(at("counted"), Problem::NotAChoice);
            }
            lines.push(Counted { place, code: line.code.clone(), expected, counted, reason });
        }
        if lines.is_empty() && errors.is_empty() {
            errors.add("lines", Problem::NothingCounted);
        }
        errors.into_result().map(|()| (note, lines))
    }
}

/// Which lines of the ledger are asked for, as an address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct LedgerQuery {
    /// The code of a type, or empty.
    pub equipment: String,
    /// The id of a depot, or empty.
    pub depot: String,
    /// A kind of movement, or empty.
    pub kind: String,
    /// The id of a mission, or empty.
    pub mission: String,
    /// The first day, as `2026-12-31`, or empty.
    pub from: String,
    /// The last day, or empty.
    pub to: String,
    /// Page from 1.
    pub page: u32,
}

/// A type of equipment, as the network typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypeForm {
    /// Its code; empty for a new one.
    pub code: String,
    /// Its French name.
    pub label_fr: String,
    /// Its English name.
    pub label_en: String,
    /// What is counted, in French: «paire».
    pub unit_fr: String,
    /// What is counted, in English.
    pub unit_en: String,
    /// `yes` when it does not come back.
    pub single_use: String,
    /// `yes` when towns may not choose it any more.
    pub disabled: String,
}

/// A type, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeNames {
    /// Its names: French, English.
    pub label: (String, String),
    /// What is counted: French, English.
    pub unit: (String, String),
}

impl TypeForm {
    /// Reads its names.
    ///
    /// # Errors
    /// By field.
    pub fn read(&self) -> Result<TypeNames, FieldErrors> {
        let mut errors = FieldErrors::default();
        let label_fr = errors.take("label_fr", text::line(&self.label_fr, 2, 80));
        let label_en = errors.take("label_en", text::line(&self.label_en, 2, 80));
        let unit_fr = errors.take("unit_fr", text::line(&self.unit_fr, 2, 40));
        let unit_en = errors.take("unit_en", text::line(&self.unit_en, 2, 40));
        match (label_fr, label_en, unit_fr, unit_en) {
            (Some(label_fr), Some(label_en), Some(unit_fr), Some(unit_en)) => {
                Ok(TypeNames { label: (label_fr, label_en), unit: (unit_fr, unit_en) })
            }
            _ => Err(errors),
        }
    }
}
