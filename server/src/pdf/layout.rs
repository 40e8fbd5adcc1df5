//! Where everything stands on which page: blocks in, pieces of text with their places and their part in the structure out.

use super::{
    Block, Mark, Run, Squares,
    fonts::Faces,
    lines::{Fragment, Line, is_bold, wrap},
};

/// A4, in points.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
/// White on either side and above.
pub(super) const MARGIN: f32 = 51.0;
/// Where text ends; the foot stands below.
pub(super) const BOTTOM: f32 = PAGE.1 - 68.0;
/// Between the margins.
pub(super) const WIDTH: f32 = PAGE.0 - 2.0 * MARGIN;
/// Size of plain text.
pub(super) const BODY: f32 = 10.0;
/// Size of what stands in tables.
pub(super) const SMALL: f32 = 9.0;

/// From one line to the next.
pub(super) fn leading(size: f32) -> f32 {
    size * 1.4
}

/// A piece of text on a page.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub page: usize,
    pub x: f32,
    /// Of the line on which letters stand.
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    pub text: String,
    pub mark: Mark,
    /// Whether its run begins with it.
    pub begins: bool,
    pub width: f32,
}

/// A line that parts the rows of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub page: usize,
    pub y: f32,
}

/// What a part of the structure is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Heading(u8, String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Caption,
    Head,
    Rows,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Figure(String),
}

/// What a part of the structure holds: other parts, pieces and drawings, by their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    Node(usize),
    Piece(usize),
    Drawing(usize),
}

/// A picture on a page.
#[derive(Debug, Clone)]
pub(super) struct Drawing {
    pub page: usize,
    pub left: f32,
    pub top: f32,
    pub squares: Squares,
}

/// A part of the structure.
#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    pub children: Vec<Child>,
}

/// A document, laid out.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub pages: usize,
    pub pieces: Vec<Piece>,
    /// The heads of tables that go on on another page: for the eye only.
    pub repeated: Vec<Piece>,
    pub rules: Vec<Rule>,
    pub drawings: Vec<Drawing>,
    pub nodes: Vec<Node>,
    /// The outermost parts, in order.
    pub roots: Vec<usize>,
    /// Headings with their levels, pages and tops.
    pub outline: Vec<(u8, String, usize, f32)>,
}

/// Where the next thing goes.
pub(super) struct Flow<'a> {
    pub faces: &'a Faces,
    pub done: Layout,
    pub y: f32,
}

/// Lays a document out.
pub(super) fn lay_out(faces: &Faces, blocks: &[Block]) -> Layout {
    let mut flow = Flow { faces, done: Layout { pages: 1, ..Layout::default() }, y: MARGIN };
    for block in blocks {
        match block {
            Block::Heading(level, title) => flow.heading(*level, title),
            Block::Text(runs) => flow.paragraph(runs),
            Block::List(items) => flow.list(items),
            Block::Table(table) => flow.table(table),
            Block::Squares(squares) => flow.squares(squares),
        }
    }
    flow.done
}

impl Flow<'_> {
    pub(super) const fn page(&self) -> usize {
        self.done.pages - 1
    }

    pub(super) const fn new_page(&mut self) {
        self.done.pages += 1;
        self.y = MARGIN;
    }

    /// Goes on on a new page unless so much fits on this one.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > MARGIN {
            self.new_page();
        }
    }

    /// A new part of the structure; an outermost one without a parent.
    pub(super) fn node(&mut self, kind: Kind, parent: Option<usize>) -> usize {
        let number = self.done.nodes.len();
        self.done.nodes.push(Node { kind, children: Vec::new() });
        match parent.and_then(|parent| self.done.nodes.get_mut(parent)) {
            Some(parent) => parent.children.push(Child::Node(number)),
            None => self.done.roots.push(number),
        }
        number
    }

    /// A fragment as a piece whose line begins at a top and a left.
    pub(super) fn piece(&self, part: &Fragment, (left, top): (f32, f32), size: f32, bold: bool) -> Piece {
        Piece {
            page: self.page(),
            x: left + part.x,
            y: top + size * 1.07,
            size,
            bold: bold || is_bold(part.mark),
            text: part.text.clone(),
            mark: part.mark,
            begins: part.begins,
            width: part.width,
        }
    }

    /// Puts a line where it belongs.
    pub(super) fn put(&mut self, node: usize, line: &Line, at: (f32, f32), size: f32, bold: bool) {
        for part in line.iter().filter(|part| !part.text.is_empty()) {
            let piece = self.piece(part, at, size, bold);
            let number = self.done.pieces.len();
            self.done.pieces.push(piece);
            if let Some(node) = self.done.nodes.get_mut(node) {
                node.children.push(Child::Piece(number));
            }
        }
    }

    /// Lines below each other, on as many pages as they take.
    fn pour(&mut self, node: usize, lines: &[Line], left: f32, size: f32, bold: bool) {
        for line in lines {
            self.need(leading(size));
            self.put(node, line, (left, self.y), size, bold);
            self.y += leading(size);
        }
    }

    fn heading(&mut self, level: u8, title: &str) {
        let (size, above, below) = match level {
            1 => (19.0, 0.0, 8.0),
            2 => (13.5, 16.0, 5.0),
            _ => (11.0, 10.0, 3.0),
        };
        let lines = wrap(self.faces, &[Run::plain(title)], size, WIDTH, true);
        if self.y > MARGIN {
            self.y += above;
        }
        // A heading never stands alone at the end of a page.
        let height: f32 = lines.iter().map(|_| leading(size)).sum();
        self.need(height + below + 3.0 * leading(BODY));
        let node = self.node(Kind::Heading(level, title.to_owned()), None);
        self.done.outline.push((level, title.to_owned(), self.page(), self.y));
        self.pour(node, &lines, MARGIN, size, true);
        self.y += below;
    }

    fn paragraph(&mut self, runs: &[Run]) {
        let lines = wrap(self.faces, runs, BODY, WIDTH, false);
        let node = self.node(Kind::Paragraph, None);
        self.pour(node, &lines, MARGIN, BODY, false);
        self.y += 5.0;
    }

    fn list(&mut self, items: &[Vec<Run>]) {
        let list = self.node(Kind::List, None);
        for item in items {
            self.need(leading(BODY));
            let node = self.node(Kind::Item, Some(list));
            let (label, body) = (self.node(Kind::Label, Some(node)), self.node(Kind::Body, Some(node)));
            let dot = wrap(self.faces, &[Run::plain("•")], BODY, WIDTH, false);
            for line in &dot {
                self.put(label, line, (MARGIN + 3.0, self.y), BODY, false);
            }
            let lines = wrap(self.faces, item, BODY, WIDTH - 14.0, false);
            self.pour(body, &lines, MARGIN + 14.0, BODY, false);
            self.y += 2.0;
        }
        self.y += 4.0;
    }

    fn squares(&mut self, squares: &Squares) {
        self.need(squares.side);
        let node = self.node(Kind::Figure(squares.alt.clone()), None);
        let number = self.done.drawings.len();
        let drawing = Drawing { page: self.page(), left: MARGIN, top: self.y, squares: squares.clone() };
        self.done.drawings.push(drawing);
        if let Some(node) = self.done.nodes.get_mut(node) {
            node.children.push(Child::Drawing(number));
        }
        self.y += squares.side + 6.0;
    }
}
