//! Documents as tagged PDF: headings, paragraphs, lists and tables in, PDF/UA-1 out. Knows no feature.
//!
//! One glyph stands for each character, without a shaping engine: right for Latin, Greek and Cyrillic letters, which is what the
//! two fonts hold. A character that they lack is drawn as a replacement mark and stays what it is for whoever copies or listens.

mod draw;
mod fonts;
mod layout;
mod lines;
mod table;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use domain::actor::Locale;

pub use draw::render;

/// A document to lay out on A4 pages.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it is called, in its window and for who listens.
    pub title: String,
    /// In which language it is.
    pub locale: Locale,
    /// When it is made.
    pub made_at: DateTime<Utc>,
    /// What stands at the foot of every page, before its number.
    pub foot: String,
    /// Said before words that were taken out, and before those that were put in: the eye sees them struck out or underlined.
    pub spoken: Spoken,
    /// What it says, in order; begin with a heading of the first level.
    pub blocks: Vec<Block>,
}

/// What is said of marks that only the eye sees.
#[derive(Debug, Clone, Default)]
pub struct Spoken {
    /// «Removed:».
    pub removed: String,
    /// «Added:».
    pub added: String,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading, of level 1 to 3; none is left out on the way down.
    Heading(u8, String),
    /// A paragraph; a line break in it stays one.
    Text(Vec<Run>),
    /// Some points.
    List(Vec<Vec<Run>>),
    /// A table.
    Table(Table),
    /// A picture made of squares.
    Squares(Squares),
}

impl Block {
    /// A paragraph of one kind.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(vec![Run::plain(text)])
    }
}

/// A picture made of squares of one size, such as a QR code.
#[derive(Debug, Clone, Default)]
pub struct Squares {
    /// What it is, for who cannot see it.
    pub alt: String,
    /// How wide it is on paper, in points.
    pub side: f32,
    /// Row by row, whether a square is dark.
    pub rows: Vec<Vec<bool>>,
}

/// A table. The first cell of a row is its heading.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What it is called; may be empty.
    pub caption: String,
    /// The headings of its columns; none for a list of names with their values.
    pub heads: Vec<String>,
    /// How the width is shared among the columns.
    pub shares: Vec<u16>,
    /// The cells, row by row: as many as there are shares.
    pub rows: Vec<Vec<Vec<Run>>>,
}

/// Words that look alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// Them.
    pub text: String,
    /// How they look.
    pub mark: Mark,
}

/// How words look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mark {
    /// As usual.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Taken out: struck out.
    Removed,
    /// Put in: bold and underlined.
    Added,
}

impl Run {
    /// As usual.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: Mark::Plain }
    }

    /// Bold.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: Mark::Strong }
    }
}

/// The paragraphs of a text that somebody typed: an empty line parts them.
pub fn paragraphs(text: &str) -> impl Iterator<Item = Block> {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(Block::text)
}
