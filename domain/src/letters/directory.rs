//! Reads a town's directory of associations from a table that somebody kept elsewhere.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    error::Problem,
    fields::{Email, Rna, Siret},
    text::{self, table},
};

/// Lines that one import may have.
pub const LINES_MAX: usize = 5000;

states! {
    /// What a column of a directory holds.
    pub enum Column {
        /// The association's name.
        Name = "name",
        /// Where it is written to.
        Email = "email",
        /// Its national number.
        Rna = "rna",
        /// The number of its establishment.
        Siret = "siret",
        /// What it does.
        Activity = "activity",
        /// Where it is.
        Town = "town",
    }
}

/// An association of the directory, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands in the file, from 1.
    pub line: u32,
    /// Its name, 2 to 150 characters.
    pub name: String,
    /// Where it is written to.
    pub email: Email,
    /// Its national number.
    pub rna: Option<Rna>,
    /// The number of its establishment.
    pub siret: Option<Siret>,
    /// What it does, may be empty.
    pub activity: String,
    /// Where it is, may be empty.
    pub town: String,
}

/// Why a line is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineProblem {
    /// A cell is missing or wrong.
    Cell(Column, Problem),
    /// Its e-mail stands on an earlier line, too.
    SameEmail(u32),
    /// A quotation mark is opened and never closed: what follows cannot be told apart.
    OpenQuote,
}

/// A line that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLine {
    /// Where it stands in the file, from 1.
    pub line: u32,
    /// Why.
    pub problem: LineProblem,
}

/// A directory, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    /// The columns as the first line calls them, and what each was taken for.
    pub columns: Vec<(String, Option<Column>)>,
    /// What can be taken.
    pub entries: Vec<Entry>,
    /// What cannot.
    pub refused: Vec<RefusedLine>,
}

/// What a column's name means, whatever its accents, capitals and signs.
pub fn column(header: &str) -> Option<Column> {
    let folded = text::fold(header);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    match words.join(" ").as_str() {
        _ if has(&["email", "emails", "mail", "mails", "courriel", "courriels", "mel", "electronique"]) => {
            Some(Column::Email)
        }
        _ if has(&["rna", "waldec"]) => Some(Column::Rna),
        _ if has(&["siret"]) => Some(Column::Siret),
        "nom"
        | "association"
        | "associations"
        | "nom association"
        | "nom de l association"
        | "nom de la structure"
        | "titre"
        | "denomination"
        | "raison sociale"
        | "structure"
        | "organisme"
        | "organisation"
        | "libelle"
        | "name" => Some(Column::Name),
        "domaine" | "domaines" | "activite" | "activites" | "domaine d activite" | "objet" | "theme" | "secteur"
        | "categorie" | "activity" | "domain" => Some(Column::Activity),
        "commune" | "ville" | "localite" | "town" | "city" => Some(Column::Town),
        _ => None,
    }
}

/// Reads a directory: its separator and columns are found out, each line is taken or refused by itself.
///
/// # Errors
/// `Required` for nothing, `NoColumns` without a first line that names at least a name and an e-mail, `TooManyLines`.
pub fn read(text: &str) -> Result<Directory, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    let mut lines = table::lines(text, table::separator(text));
    let header = lines.next().ok_or(Problem::Required)?;
    let mut columns: Vec<(String, Option<Column>)> = Vec::new();
    for name in header.cells {
        let meant = column(&name).filter(|meant| columns.iter().all(|(_, known)| known.as_ref() != Some(meant)));
        columns.push((name.trim().chars().take(60).collect(), meant));
    }
    if [Column::Name, Column::Email].iter().any(|needed| columns.iter().all(|(_, known)| known != &Some(*needed))) {
        return Err(Problem::NoColumns);
    }
    let (mut directory, mut seen) = (Directory { columns, ..Directory::default() }, HashMap::new());
    for (count, line) in lines.enumerate() {
        if count == LINES_MAX {
            return Err(Problem::TooManyLines { max: u32::try_from(LINES_MAX).unwrap_or(u32::MAX) });
        }
        let read = entry(&directory.columns, &line).and_then(|entry| match seen.get(&entry.email) {
            Some(first) => Err(LineProblem::SameEmail(*first)),
            None => Ok(entry),
        });
        match read {
            Ok(entry) => {
                seen.insert(entry.email.clone(), entry.line);
                directory.entries.push(entry);
            }
            Err(problem) => directory.refused.push(RefusedLine { line: line.number, problem }),
        }
    }
    Ok(directory)
}

fn entry(columns: &[(String, Option<Column>)], line: &table::Line) -> Result<Entry, LineProblem> {
    if line.open_quote {
        return Err(LineProblem::OpenQuote);
    }
    let cell = |column: Column| {
        let place = columns.iter().position(|(_, known)| *known == Some(column));
        place.and_then(|place| line.cells.get(place)).map(String::as_str).unwrap_or_default()
    };
    let wrong = |column: Column| move |problem: Problem| LineProblem::Cell(column, problem);
    let short = |column: Column| text::line(cell(column), 0, 120).map_err(wrong(column));
    Ok(Entry {
        line: line.number,
        name: text::line(cell(Column::Name), 2, 150).map_err(wrong(Column::Name))?,
        email: Email::parse(cell(Column::Email)).map_err(wrong(Column::Email))?,
        rna: optional(Rna::parse(cell(Column::Rna))).map_err(wrong(Column::Rna))?,
        siret: optional(Siret::parse(cell(Column::Siret))).map_err(wrong(Column::Siret))?,
        activity: short(Column::Activity)?,
        town: short(Column::Town)?,
    })
}

fn optional<T>(parsed: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Required) => Ok(None),
        Err(problem) => Err(problem),
    }
}
