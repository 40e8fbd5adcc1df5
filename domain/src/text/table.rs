//! Tables as text: what spreadsheets call CSV (RFC 4180), with whatever stands between the cells.

/// What may stand between cells, the likeliest in France first.
pub const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];
/// Lines that are read to find out which it is.
const LOOKED_AT: usize = 20;

/// One line of a table that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it begins in the file, from 1.
    pub number: u32,
    /// Its cells, as they stand.
    pub cells: Vec<String>,
    /// A quotation mark was opened in it and never closed.
    pub open_quote: bool,
}

/// What stands between the cells of this table: what parts its first lines alike, into the most cells.
pub fn separator(text: &str) -> char {
    let alike = |separator: char| {
        let lines: Vec<Line> = lines(text, separator).take(LOOKED_AT).collect();
        let width = lines.first().map_or(0, |line| line.cells.len());
        let same = lines.iter().filter(|line| line.cells.len() == width).count();
        if width < 2 { (0, 0) } else { (same, width) }
    };
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| alike(*separator));
    best.filter(|separator| alike(*separator) > (0, 0)).unwrap_or(SEPARATORS[0])
}

/// The lines of a table that are not empty; a cell in quotation marks may hold separators and line breaks.
pub fn lines(text: &str, separator: char) -> impl Iterator<Item = Line> {
    let mut rest = text;
    let mut number = 1;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let first = number;
            let (cells, open_quote, after, breaks) = line(rest, separator);
            (rest, number) = (after, number + breaks);
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(Line { number: first, cells, open_quote });
            }
        }
        None
    })
}

/// The first line: its cells, whether a quotation mark stays open, what follows, the line breaks it took. One that stays open
/// spoils its own line alone: what follows is read all the same.
fn line(text: &str, separator: char) -> (Vec<String>, bool, &str, u32) {
    let read = scan(text, separator);
    let end = text.find(['\n', '\r']).filter(|_| read.1);
    let Some(end) = end else { return read };
    let (cells, ..) = scan(&text[..end], separator);
    let after = &text[end..];
    let after = after.strip_prefix("\r\n").unwrap_or(&after[1..]);
    (cells, true, after, 1)
}

/// The same, with all that an open quotation mark takes with it.
fn scan(text: &str, separator: char) -> (Vec<String>, bool, &str, u32) {
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut fresh, mut breaks) = (false, true, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            '"' if quoted && next == Some('"') => {
                chars.next();
                cell.push('"');
            }
            // A mark that opens a cell of a later line ends none of this one.
            '"' if quoted && cell.contains(['\n', '\r']) && next.is_some_and(|next| !ends(next, separator)) => break,
            '"' if quoted => quoted = false,
            '"' if fresh => (quoted, fresh) = (true, false),
            '\r' if next == Some('\n') && !quoted => {}
            '\n' | '\r' if !quoted => {
                cells.push(cell);
                return (cells, false, &text[at + 1..], breaks + 1);
            }
            c if c == separator && !quoted => {
                cells.push(std::mem::take(&mut cell));
                fresh = true;
            }
            c => {
                breaks += u32::from(c == '\n' || (c == '\r' && next != Some('\n')));
                cell.push(c);
                fresh = false;
            }
        }
    }
    cells.push(cell);
    (cells, quoted, "", breaks)
}

/// Whether a character may follow the end of a cell.
fn ends(c: char, separator: char) -> bool {
    c == separator || matches!(c, '\n' | '\r')
}

/// Writes a table that [`lines`] reads back.
pub fn print<R: AsRef<[String]>>(rows: &[R], separator: char) -> String {
    let quoted = |cell: &String| {
        let plain = !cell.contains(['"', '\n', '\r', separator]);
        if plain { cell.clone() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    };
    let line = |row: &R| row.as_ref().iter().map(quoted).collect::<Vec<_>>().join(&separator.to_string());
    rows.iter().map(|row| line(row) + "\r\n").collect()
}
