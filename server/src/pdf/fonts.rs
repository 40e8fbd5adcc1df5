//! The two fonts, and what they make of characters.

use anyhow::Context;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};
use unicode_normalization::UnicodeNormalization;

static REGULAR: &[u8] = include_bytes!("../../data/fonts/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../data/fonts/NotoSans-Bold.ttf");

/// Drawn in place of what a font lacks.
const REPLACEMENT: char = '\u{fffd}';

/// A font.
pub(super) struct Face {
    /// As it is put into the document.
    pub font: Font,
    map: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    em: f32,
}

impl Face {
    fn read(data: &'static [u8]) -> anyhow::Result<Self> {
        let read = FontRef::new(data)?;
        let metrics = read.glyph_metrics(Size::unscaled(), LocationRef::default());
        let font = Font::new(data.into(), 0).context("a font of ours")?;
        Ok(Self { em: font.units_per_em(), font, map: read.charmap(), metrics })
    }

    fn glyph(&self, letter: char) -> (skrifa::GlyphId, f32) {
        let glyph = self.map.map(letter).or_else(|| self.map.map(REPLACEMENT)).unwrap_or_default();
        (glyph, self.metrics.advance_width(glyph).unwrap_or_default() / self.em)
    }

    /// How wide a character is, in parts of the size.
    pub fn advance(&self, letter: char) -> f32 {
        self.glyph(letter).1
    }

    /// The glyphs of a text.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        text.char_indices()
            .map(|(at, letter)| {
                let (glyph, advance) = self.glyph(letter);
                let range = at..at + letter.len_utf8();
                KrillaGlyph::new(GlyphId::new(glyph.to_u32()), advance, 0.0, 0.0, 0.0, range, None)
            })
            .collect()
    }
}

/// Both.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    /// Reads them.
    ///
    /// # Errors
    /// Never, unless the program was built with other files.
    pub fn read() -> anyhow::Result<Self> {
        Ok(Self { regular: Face::read(REGULAR)?, bold: Face::read(BOLD)? })
    }

    /// The one of a weight.
    pub const fn of(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }
}

/// A text of which each character has a glyph of its own: composed, without what has no shape.
pub(super) fn drawable(text: &str) -> String {
    text.nfc()
        .filter_map(|letter| match letter {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            '\u{2028}' | '\u{2029}' => Some('\n'),
            // Soft hyphens, marks of direction, joiners, variation selectors, byte order marks.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => None,
            '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffc}' | '\u{fffe}' | '\u{ffff}' => None,
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Some(REPLACEMENT),
            control if control.is_control() => None,
            other => Some(other),
        })
        .collect()
}
