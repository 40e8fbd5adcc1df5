//! Tables for spreadsheets: cells that are never run.

use super::table;

/// What a spreadsheet takes for the beginning of a formula, in half and in full width (OWASP, «CSV injection»).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Told by this mark that a cell is text, spreadsheets show it and run nothing.
const TEXT: char = '\'';

/// A cell with what somebody wrote.
pub fn text(written: &str) -> String {
    if written.starts_with(FORMULA) { format!("{TEXT}{written}") } else { written.to_owned() }
}

/// What somebody wrote, from a cell of [`text`].
pub fn written(cell: &str) -> &str {
    match cell.strip_prefix(TEXT) {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// A table as a file: semicolons, and the mark by which spreadsheets know UTF-8.
pub fn print(rows: &[Vec<String>]) -> String {
    format!("\u{feff}{}", table::print(rows, table::SEPARATORS[0]))
}
