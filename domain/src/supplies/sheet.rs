//! The forms of a handing-out sheet, read.

use serde::{Deserialize, Serialize};

use super::Signature;
use crate::{
    error::{FieldErrors, Problem},
    text,
};

/// Most units of a kind in one act.
pub const MAX_QUANTITY: u32 = 1000;
/// Most lines of a form.
const MAX_LINES: usize = 60;
/// Characters of the longest reason.
const LONGEST_REASON: u32 = 500;

/// What is handed to a volunteer, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOutForm {
    /// How many acts of this volunteer on this slot the page showed: a second press of the button is no second act.
    pub seen: u32,
    /// The kinds.
    pub lines: Vec<HandOutLine>,
    /// A signature drawn by finger; may be empty.
    pub signature: String,
}

/// A kind on the form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOutLine {
    /// Its code.
    pub code: String,
    /// `yes` when it was handed over.
    pub given: String,
    /// How many.
    pub quantity: String,
}

/// What comes back from a volunteer, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TakeBackForm {
    /// As in [`HandOutForm`].
    pub seen: u32,
    /// The kinds.
    pub lines: Vec<TakeBackLine>,
    /// Why something is lost; asked when something is.
    pub reason: String,
}

/// A kind on the form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TakeBackLine {
    /// Its code.
    pub code: String,
    /// How many came back.
    pub returned: String,
    /// How many are lost or broken.
    pub lost: String,
}

/// Units of a kind that came back, and that did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Code of the kind.
    pub code: String,
    /// Back in the stock.
    pub returned: u32,
    /// Lost or broken.
    pub lost: u32,
}

/// A number of units; empty counts as none.
fn units(typed: &str) -> Result<u32, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(0);
    }
    let number: u32 = typed.parse().map_err(|_| Problem::NotANumber)?;
    if number > MAX_QUANTITY {
        return Err(Problem::OutOfRange { min: 0, max: i64::from(MAX_QUANTITY) });
    }
    Ok(number)
}

/// A code that the sheet knows, once.
fn known(code: &str, codes: &[String], before: bool) -> Result<(), Problem> {
    if before || !codes.iter().any(|known| known == code) { Err(Problem::NotAChoice) } else { Ok(()) }
}

/// What was filled in: units by code of equipment, and the signature, if there is one.
pub type Filled = (Vec<(String, u32)>, Option<Signature>);

impl HandOutForm {
    /// The kinds that were ticked, with how many, and the signature. `codes` are those of the sheet.
    ///
    /// # Errors
    /// The problems of fields (`lines.0.quantity`); `lines.0.given` when nothing is ticked.
    pub fn read(&self, codes: &[String]) -> Result<Filled, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut handed: Vec<(String, u32)> = Vec::new();
        if self.lines.len() > MAX_LINES {
            return Err(FieldErrors::one("lines", Problem::NotAChoice));
        }
        for (index, line) in self.lines.iter().enumerate().filter(|(_, line)| line.given == "yes") {
            let field = format!("lines.{index}.quantity");
            let twice = handed.iter().any(|(code, _)| *code == line.code);
            errors.take(&field, known(&line.code, codes, twice));
            match errors.take(&field, units(&line.quantity)) {
                Some(0) => errors.add(field, Problem::OutOfRange { min: 1, max: i64::from(MAX_QUANTITY) }),
                Some(quantity) => handed.push((line.code.clone(), quantity)),
                None => {}
            }
        }
        if handed.is_empty() && errors.is_empty() {
            errors.add("lines.0.given", Problem::NothingNoted);
        }
        let drawn = Some(self.signature.trim()).filter(|drawn| !drawn.is_empty());
        let signature = drawn.and_then(|drawn| errors.take("signature", Signature::parse(drawn)));
        errors.into_result().map(|()| (handed, signature))
    }
}

impl TakeBackForm {
    /// What came back and what is lost, and the reason. `codes` are those of the sheet.
    ///
    /// # Errors
    /// The problems of fields; `lines.0.returned` when nothing is filled in, `reason` when something is lost without one.
    pub fn read(&self, codes: &[String]) -> Result<(Vec<TakenBack>, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut back: Vec<TakenBack> = Vec::new();
        if self.lines.len() > MAX_LINES {
            return Err(FieldErrors::one("lines", Problem::NotAChoice));
        }
        for (index, line) in self.lines.iter().enumerate() {
            let returned = errors.take(&format!("lines.{index}.returned"), units(&line.returned));
            let lost = errors.take(&format!("lines.{index}.lost"), units(&line.lost));
            let (Some(returned), Some(lost)) = (returned, lost) else { continue };
            if (returned, lost) == (0, 0) {
                continue;
            }
            let twice = back.iter().any(|other| other.code == line.code);
            errors.take(&format!("lines.{index}.returned"), known(&line.code, codes, twice));
            back.push(TakenBack { code: line.code.clone(), returned, lost });
        }
        if back.is_empty() && errors.is_empty() {
            errors.add("lines.0.returned", Problem::NothingNoted);
        }
        let lost = back.iter().any(|line| line.lost > 0);
        let reason = errors.take("reason", text::line(&self.reason, 0, LONGEST_REASON)).unwrap_or_default();
        if lost && reason.is_empty() {
            errors.add("reason", Problem::ReasonRequired);
        }
        errors.into_result().map(|()| (back, reason))
    }
}
