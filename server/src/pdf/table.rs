//! Tables: rows stay whole where they fit on a page, and the head comes again on the next one.

use super::{
    Run, Table,
    fonts::Faces,
    layout::{BODY, BOTTOM, Flow, Kind, MARGIN, Rule, SMALL, WIDTH, leading},
    lines::{Line, ends_word, wrap},
};

/// White around what stands in a cell: at its sides, above and below.
const INSIDE: (f32, f32) = (4.0, 3.5);
/// What stands in a cell that says nothing: an empty one would not be told of.
const NOTHING: &str = "–";

/// A column: where it begins, and how wide it is.
type Column = (f32, f32);

/// A row before it is placed: the lines of each cell.
struct Cells(Vec<Vec<Line>>);

impl Cells {
    fn tallest(&self) -> usize {
        self.0.iter().map(Vec::len).max().unwrap_or_default()
    }

    fn height(&self) -> f32 {
        self.0.iter().map(|lines| tall(lines.len())).fold(0.0, f32::max)
    }
}

fn tall(lines: usize) -> f32 {
    let rows = u16::try_from(lines).unwrap_or(u16::MAX);
    f32::from(rows) * leading(SMALL) + 2.0 * INSIDE.1
}

/// Where the columns stand: by their shares, but never so narrow that a word of a head is cut, where there is room.
fn columns(faces: &Faces, table: &Table) -> Vec<Column> {
    let all: f32 = table.shares.iter().map(|share| f32::from(*share)).sum();
    let wanted = |index: usize| table.heads.get(index).map_or(0.0, |head| longest_word(faces, head) + 2.0 * INSIDE.0);
    let widths: Vec<(f32, f32)> = table
        .shares
        .iter()
        .enumerate()
        .map(|(index, share)| (WIDTH * f32::from(*share) / all.max(1.0), wanted(index)))
        .collect();
    let lacking: f32 = widths.iter().map(|(width, least)| (least - width).max(0.0)).sum();
    let spare: f32 = widths.iter().map(|(width, least)| (width - least).max(0.0)).sum();
    let given = if spare > lacking { lacking / spare.max(1.0) } else { 0.0 };
    let mut left = MARGIN;
    widths
        .into_iter()
        .map(|(width, least)| {
            let lacks = width < least && given > 0.0;
            let width = if lacks { least } else { width - (width - least).max(0.0) * given };
            let column = (left, width);
            left += width;
            column
        })
        .collect()
}

/// How wide the longest word of a head is.
fn longest_word(faces: &Faces, head: &str) -> f32 {
    let width = |word: &str| word.chars().map(|letter| faces.of(true).advance(letter) * SMALL).sum();
    head.split(ends_word).map(width).fold(0.0, f32::max)
}

impl Flow<'_> {
    fn cells<'a>(&self, columns: &[Column], row: impl Iterator<Item = &'a [Run]>, bold: bool) -> Cells {
        let nothing = [Run::plain(NOTHING)];
        let cells = columns.iter().zip(row).enumerate().map(|(index, ((_, width), runs))| {
            let empty = runs.iter().all(|run| run.text.trim().is_empty());
            let runs = if empty { &nothing } else { runs };
            wrap(self.faces, runs, SMALL, width - 2.0 * INSIDE.0, bold || index == 0)
        });
        Cells(cells.collect())
    }

    /// A table.
    pub(super) fn table(&mut self, table: &Table) {
        let columns = columns(self.faces, table);
        let heads: Vec<[Run; 1]> = table.heads.iter().map(|head| [Run::plain(head)]).collect();
        let head = (!heads.is_empty()).then(|| self.cells(&columns, heads.iter().map(<[Run; 1]>::as_slice), true));
        let rows: Vec<Cells> =
            table.rows.iter().map(|row| self.cells(&columns, row.iter().map(Vec::as_slice), false)).collect();
        if rows.is_empty() {
            return;
        }
        let top = head.as_ref().map_or(0.0, Cells::height) + rows.first().map_or(0.0, Cells::height);
        self.need((top + leading(BODY)).min(200.0));
        let node = self.node(Kind::Table, None);
        if !table.caption.is_empty() {
            let caption = self.node(Kind::Caption, Some(node));
            for line in wrap(self.faces, &[Run::plain(&table.caption)], BODY, WIDTH, true) {
                self.put(caption, &line, (MARGIN, self.y), BODY, true);
                self.y += leading(BODY);
            }
        }
        if let Some(head) = &head {
            let group = self.node(Kind::Head, Some(node));
            let row = self.node(Kind::Row, Some(group));
            let cells = columns.iter().map(|_| self.node(Kind::ColumnHead, Some(row))).collect::<Vec<_>>();
            self.row(&columns, &cells, head, (0, head.tallest()), true);
        }
        let group = self.node(Kind::Rows, Some(node));
        for cells in &rows {
            self.whole_row(&columns, group, cells, head.as_ref());
        }
        self.y += 8.0;
    }

    /// A row, on this page or the next; one that is taller than a page goes on over several.
    fn whole_row(&mut self, columns: &[Column], group: usize, cells: &Cells, head: Option<&Cells>) {
        let row = self.node(Kind::Row, Some(group));
        let kinds = (0..columns.len()).map(|index| if index == 0 { Kind::RowHead } else { Kind::Cell });
        let nodes: Vec<usize> = kinds.map(|kind| self.node(kind, Some(row))).collect();
        let page = BOTTOM - MARGIN - head.map_or(0.0, Cells::height);
        if self.y + cells.height() > BOTTOM && cells.height() <= page {
            self.go_on(columns, head);
        }
        let (mut from, all) = (0, cells.tallest());
        while from < all {
            let mut to = from;
            while to < all && self.y + tall(to + 1 - from) <= BOTTOM {
                to += 1;
            }
            if to == from {
                // A page that holds no line of it is one whose head fills it: then a line goes below the margin.
                let fresh = self.y < MARGIN + head.map_or(0.0, Cells::height) + 1.0;
                if fresh {
                    to += 1;
                } else {
                    self.go_on(columns, head);
                    continue;
                }
            }
            self.row(columns, &nodes, cells, (from, to), false);
            from = to;
            if from < all {
                self.go_on(columns, head);
            }
        }
    }

    /// Some lines of a row, and the rule below it.
    fn row(&mut self, columns: &[Column], nodes: &[usize], cells: &Cells, (from, to): (usize, usize), bold: bool) {
        for (index, (((left, _), node), lines)) in columns.iter().zip(nodes).zip(&cells.0).enumerate() {
            let mut top = self.y + INSIDE.1;
            for line in lines.iter().take(to).skip(from) {
                self.put(*node, line, (left + INSIDE.0, top), SMALL, bold || index == 0);
                top += leading(SMALL);
            }
        }
        self.y += tall(to - from);
        self.done.rules.push(Rule { page: self.page(), y: self.y });
    }

    /// A new page, with the head of the table again: for the eye only, as its structure has it already.
    fn go_on(&mut self, columns: &[Column], head: Option<&Cells>) {
        self.new_page();
        let Some(head) = head else { return };
        for ((left, _), lines) in columns.iter().zip(&head.0) {
            let mut top = self.y + INSIDE.1;
            for line in lines {
                for part in line {
                    let piece = self.piece(part, (left + INSIDE.0, top), SMALL, true);
                    self.done.repeated.push(piece);
                }
                top += leading(SMALL);
            }
        }
        self.y += head.height();
        self.done.rules.push(Rule { page: self.page(), y: self.y });
    }
}
