//! The form of a slot's attendance, read.

use serde::{Deserialize, Serialize};

use super::{Mark, rules};
use crate::{
    error::{FieldErrors, Problem},
    ids::ApplicationId,
    text,
};

/// Most people on one sheet.
pub const MAX_LINES: usize = 500;
/// Characters of the longest word of thanks.
const LONGEST_THANKS: u32 = 500;

/// Who came to a slot, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AttendanceForm {
    /// Person by person.
    pub lines: Vec<AttendanceLine>,
    /// A word of thanks that goes to those who came, once hours are validated; optional.
    pub thanks: String,
}

/// One person, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AttendanceLine {
    /// Their application.
    pub application: String,
    /// What is noted; empty: nothing yet.
    pub mark: String,
    /// For how long, as [`rules::minutes`] reads it; empty: as long as the slot.
    pub hours: String,
    /// Which version of the note the page showed; 0: none.
    pub seen: u32,
    /// The page said that they left since the slot began: what is said of everybody is not said of them.
    pub left: bool,
}

/// One person, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// Where it stands in the form, from 0.
    pub line: usize,
    /// Their application.
    pub application: ApplicationId,
    /// What is noted.
    pub mark: Mark,
    /// Minutes; 0 for who did not come.
    pub minutes: u32,
    /// Which version of the note the page showed; 0: none.
    pub seen: u32,
}

impl AttendanceForm {
    /// What is noted of whom; lines without a mark are left out.
    ///
    /// # Errors
    /// By field, `lines.0.hours`: `NotADuration`, `OutOfRange` in hours, `Required` where an open period says nothing of
    /// hours; `lines.0.mark`: `NotAChoice`.
    pub fn read(&self, timing: rules::Timing) -> Result<Vec<Noted>, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.lines.len() > MAX_LINES {
            return Err(FieldErrors::one("lines", Problem::TooManyLines { max: 500 }));
        }
        let mut noted = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            match line.read(index, timing) {
                Ok(found) => noted.extend(found),
                Err((field, problem)) => errors.add(format!("lines.{index}.{field}"), problem),
            }
        }
        errors.into_result().map(|()| noted)
    }

    /// Notes as present all those of whom nothing is said, and who have not left.
    pub fn rest_came(&mut self) {
        for line in self.lines.iter_mut().filter(|line| line.mark.is_empty() && !line.left) {
            Mark::Present.as_str().clone_into(&mut line.mark);
        }
    }

    /// The word of thanks.
    ///
    /// # Errors
    /// By field, `thanks`: too long, or with characters that do not belong there.
    pub fn thanks(&self) -> Result<String, FieldErrors> {
        text::paragraphs(&self.thanks, 0, LONGEST_THANKS).map_err(|problem| FieldErrors::one("thanks", problem))
    }
}

impl AttendanceLine {
    fn read(&self, line: usize, timing: rules::Timing) -> Result<Option<Noted>, (&'static str, Problem)> {
        if self.mark.is_empty() {
            return Ok(None);
        }
        let mark = Mark::parse(&self.mark).ok_or(("mark", Problem::NotAChoice))?;
        let application = self.application.parse().map_err(|_| ("mark", Problem::NotAChoice))?;
        let minutes = if mark.came() { self.minutes(timing).map_err(|problem| ("hours", problem))? } else { 0 };
        Ok(Some(Noted { line, application, mark, minutes, seen: self.seen }))
    }

    fn minutes(&self, timing: rules::Timing) -> Result<u32, Problem> {
        let minutes = match (self.hours.trim().is_empty(), timing.usual()) {
            (true, Some(usual)) => usual,
            _ => rules::minutes(&self.hours)?,
        };
        let most = timing.most();
        if minutes == 0 || minutes > most {
            return Err(Problem::HoursOutOfRange { most: most / 60 });
        }
        Ok(minutes)
    }
}
