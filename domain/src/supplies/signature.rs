//! A signature drawn by finger: the lines of a pen, and nothing else.

use crate::{
    error::Problem,
    fields::{shown_as_stored, text_value},
};

/// A signature as the data of an SVG path of whole numbers: `M12 40L13 42L15 47`. It can draw lines and cannot do anything
/// else, wherever it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Signature(String);

text_value!(Signature);
shown_as_stored!(Signature);

impl Signature {
    /// Width of the field it is drawn in.
    pub const WIDTH: u32 = 280;
    /// Height of the field it is drawn in.
    pub const HEIGHT: u32 = 120;
    /// Bytes of the longest one: a minute of writing.
    pub const LONGEST: usize = 12_000;
    /// Points of the shortest one: fewer are a slip of the finger.
    pub const FEWEST_POINTS: usize = 3;

    /// Reads a drawn signature.
    ///
    /// # Errors
    /// `TooLong`; `Required` for one that was hardly begun; `NotAChoice` for what no pen of ours draws.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.len() > Self::LONGEST {
            return Err(Problem::TooLong { max: u32::try_from(Self::LONGEST).unwrap_or(u32::MAX) });
        }
        let points = points(text).ok_or(Problem::NotAChoice)?;
        if points < Self::FEWEST_POINTS { Err(Problem::Required) } else { Ok(Self(text.to_owned())) }
    }

    /// Adds a point to a drawing: the beginning of a line, or its next point. What would make it too long is left out.
    pub fn draw(path: &mut String, begin: bool, x: i32, y: i32) {
        let within = |value: i32, most: u32| u32::try_from(value).unwrap_or(0).min(most);
        let pen = if begin || path.is_empty() { 'M' } else { 'L' };
        let point = format!("{pen}{} {}", within(x, Self::WIDTH), within(y, Self::HEIGHT));
        if path.len() + point.len() <= Self::LONGEST {
            path.push_str(&point);
        }
    }
}

/// How many points a path has; `None` for what is no path of ours.
fn points(text: &str) -> Option<usize> {
    if !text.starts_with('M') {
        return None;
    }
    let mut count = 0;
    for point in text.split_inclusive(['M', 'L']).skip(1) {
        let (x, y) = point.trim_end_matches(['M', 'L']).split_once(' ')?;
        let inside = coordinate(x)? <= Signature::WIDTH && coordinate(y)? <= Signature::HEIGHT;
        count += usize::from(inside.then_some(true)?);
    }
    (!text.ends_with(['M', 'L'])).then_some(count)
}

/// One to three digits, no sign, no blank.
fn coordinate(text: &str) -> Option<u32> {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
