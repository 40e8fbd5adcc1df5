//! A laid out document as PDF/UA-1.

use std::num::NonZeroU16;

use anyhow::{Context, anyhow};
use chrono::{Datelike, Timelike};
use krilla::{
    Document as Pdf, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, SpanTag, TableHeaderScope, Tag, TagGroup,
        TagKind, TagTree,
    },
};

use super::{
    Document, Mark, Run,
    fonts::Faces,
    layout::{Child, Drawing, Kind, Layout, MARGIN, Node, PAGE, Piece, SMALL, WIDTH, lay_out},
    lines::wrap,
};

/// Red, green, blue.
type Colour = [u8; 3];
const INK: Colour = [0x1d, 0x2b, 0x30];
const SOFT: Colour = [0x55, 0x60, 0x5f];
const LINE: Colour = [0xb0, 0xa8, 0x98];

/// What was drawn of pieces and pictures, by their numbers.
struct Drawn {
    pieces: Vec<Option<Identifier>>,
    pictures: Vec<Option<Identifier>>,
}

/// The document as a file.
///
/// # Errors
/// When it breaks a rule of PDF/UA-1 that can be checked: that is a fault of ours.
pub fn render(document: &Document) -> anyhow::Result<Vec<u8>> {
    let faces = Faces::read()?;
    let layout = lay_out(&faces, &document.blocks);
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| anyhow!("{error:?}"))?;
    let mut pdf = Pdf::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut drawn = Drawn { pieces: vec![None; layout.pieces.len()], pictures: vec![None; layout.drawings.len()] };
    for page in 0..layout.pages {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).context("a page")?;
        let mut sheet = pdf.start_page_with(settings);
        let mut surface = sheet.surface();
        Pen { surface: &mut surface, faces: &faces }.page(document, &layout, page, &mut drawn);
        surface.finish();
        sheet.finish();
    }
    pdf.set_metadata(metadata(document)?);
    pdf.set_outline(outline(&layout));
    let mut tree = TagTree::new();
    for root in &layout.roots {
        if let Some(group) = group(&layout, &drawn, *root) {
            tree.push(group);
        }
    }
    pdf.set_tag_tree(tree);
    pdf.finish().map_err(|error| anyhow!("{error:?}"))
}

fn metadata(document: &Document) -> anyhow::Result<Metadata> {
    let at = document.made_at;
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let date = DateTime::new(u16::try_from(at.year())?)
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0);
    Ok(Metadata::new()
        .title(document.title.clone())
        .language(document.locale.as_str().to_owned())
        .creator("Renfort".to_owned())
        .creation_date(date))
}

/// The headings below the first one.
fn outline(layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    for (level, title, page, top) in &layout.outline {
        if *level <= 2 {
            let place = XyzDestination::new(*page, Point::from_xy(MARGIN, *top));
            outline.push_child(OutlineNode::new(title.clone(), place));
        }
    }
    outline
}

/// A part of the structure, with what was drawn of it.
fn group(layout: &Layout, drawn: &Drawn, number: usize) -> Option<TagGroup> {
    let node = layout.nodes.get(number)?;
    let mut made = TagGroup::new(tag(layout, node));
    for child in &node.children {
        match child {
            Child::Node(number) => {
                if let Some(child) = group(layout, drawn, *number) {
                    made.push(child);
                }
            }
            Child::Piece(number) => {
                if let Some(Some(identifier)) = drawn.pieces.get(*number) {
                    made.push(*identifier);
                }
            }
            Child::Drawing(number) => {
                if let Some(Some(identifier)) = drawn.pictures.get(*number) {
                    made.push(*identifier);
                }
            }
        }
    }
    (!made.children.is_empty()).then_some(made)
}

fn tag(layout: &Layout, node: &Node) -> TagKind {
    match &node.kind {
        Kind::Heading(level, title) => {
            Tag::Hn(NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::List => Tag::L(ListNumbering::Disc).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Caption => Tag::Caption.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Rows => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Figure(alt) => {
            let place = node.children.iter().find_map(|child| match child {
                Child::Drawing(number) => layout.drawings.get(*number),
                _ => None,
            });
            let bounds = place.and_then(|place| {
                let side = place.squares.side;
                Some(BBox::new(place.page, Rect::from_xywh(place.left, place.top, side, side)?))
            });
            Tag::Figure(Some(alt.clone())).with_bbox(bounds).into()
        }
    }
}

fn fill([red, green, blue]: Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

struct Pen<'a, 'page> {
    surface: &'a mut Surface<'page>,
    faces: &'a Faces,
}

impl Pen<'_, '_> {
    fn page(&mut self, document: &Document, layout: &Layout, page: usize, drawn: &mut Drawn) {
        for rule in layout.rules.iter().filter(|rule| rule.page == page) {
            self.bar(MARGIN, rule.y, WIDTH, 0.5, LINE);
        }
        for (piece, place) in layout.pieces.iter().zip(&mut drawn.pieces).filter(|(piece, _)| piece.page == page) {
            let said = spoken(document, piece);
            let tag = SpanTag::empty().with_actual_text(said.as_deref());
            *place = Some(self.surface.start_tagged(ContentTag::Span(tag)));
            self.write(piece, INK);
            self.surface.end_tagged();
            match piece.mark {
                Mark::Removed => self.bar(piece.x, piece.y - piece.size * 0.28, piece.width, 0.8, INK),
                Mark::Added => self.bar(piece.x, piece.y + piece.size * 0.14, piece.width, 0.8, INK),
                Mark::Plain | Mark::Strong => {}
            }
        }
        for (picture, place) in layout.drawings.iter().zip(&mut drawn.pictures).filter(|(drawn, _)| drawn.page == page)
        {
            *place = Some(self.surface.start_tagged(ContentTag::Other));
            self.squares(picture);
            self.surface.end_tagged();
        }
        for piece in layout.repeated.iter().filter(|piece| piece.page == page) {
            self.artifact(piece, ArtifactType::PaginationOther, INK);
        }
        self.foot(document, page, layout.pages);
    }

    fn write(&mut self, piece: &Piece, colour: Colour) {
        let face = self.faces.of(piece.bold);
        self.surface.set_fill(Some(fill(colour)));
        let start = Point::from_xy(piece.x, piece.y);
        self.surface.draw_glyphs(start, &face.glyphs(&piece.text), face.font.clone(), &piece.text, piece.size, false);
    }

    /// Text that is no part of what is said: who listens does not hear it.
    fn artifact(&mut self, piece: &Piece, kind: ArtifactType, colour: Colour) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        self.write(piece, colour);
        self.surface.end_tagged();
    }

    /// The dark squares, as one path: no hairline parts them.
    fn squares(&mut self, picture: &Drawing) {
        let rows = &picture.squares.rows;
        let Ok(count) = u16::try_from(rows.len()) else { return };
        let side = picture.squares.side / f32::from(count.max(1));
        let mut path = PathBuilder::new();
        for (row, y) in rows.iter().zip(0_u16..) {
            for (_, x) in row.iter().zip(0_u16..).filter(|(dark, _)| **dark) {
                let (left, top) = (picture.left + f32::from(x) * side, picture.top + f32::from(y) * side);
                if let Some(square) = Rect::from_xywh(left, top, side, side) {
                    path.push_rect(square);
                }
            }
        }
        let Some(path) = path.finish() else { return };
        self.surface.set_fill(Some(fill([0, 0, 0])));
        self.surface.draw_path(&path);
    }

    fn bar(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        let Some(rect) = Rect::from_xywh(x, y, width, height) else { return };
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        let Some(path) = path.finish() else { return };
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.surface.set_fill(Some(fill(colour)));
        self.surface.draw_path(&path);
        self.surface.end_tagged();
    }

    /// What stands at the foot of a page, and its number: «3 / 7».
    fn foot(&mut self, document: &Document, page: usize, pages: usize) {
        let y = PAGE.1 - 34.0;
        let number = format!("{}\u{a0}/\u{a0}{pages}", page + 1);
        let lines = [
            (wrap(self.faces, &[Run::plain(&document.foot)], SMALL, WIDTH - 60.0, false), false),
            (wrap(self.faces, &[Run::plain(number)], SMALL, WIDTH, false), true),
        ];
        for (lines, right) in lines {
            let Some(line) = lines.into_iter().next() else { continue };
            for part in line {
                let x = if right { MARGIN + WIDTH - part.width } else { MARGIN + part.x };
                let piece = Piece {
                    page,
                    x,
                    y,
                    size: SMALL,
                    bold: false,
                    text: part.text,
                    mark: Mark::Plain,
                    begins: true,
                    width: part.width,
                };
                let kind = if right { ArtifactType::PageNumber } else { ArtifactType::Footer };
                self.artifact(&piece, kind, SOFT);
            }
        }
    }
}

/// What is said in place of words that a mark tells something about.
fn spoken(document: &Document, piece: &Piece) -> Option<String> {
    let before = match piece.mark {
        Mark::Removed => &document.spoken.removed,
        Mark::Added => &document.spoken.added,
        Mark::Plain | Mark::Strong => return None,
    };
    (piece.begins && !before.is_empty()).then(|| format!("{before} {}", piece.text))
}
