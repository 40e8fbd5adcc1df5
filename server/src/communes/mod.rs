//! The communes of France: found by code, and completed while somebody types.
//!
//! The table is made by `scripts/build-communes.mjs` and stands in the program: no service outside is asked.

use std::{collections::HashMap, sync::LazyLock};

use domain::text::fold;

/// How sure the coordinates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Of the commune itself.
    Exact,
    /// The mean of communes that share a postcode: some 4 km off.
    Postcode,
    /// The mean of the group of communes: some 8 km off.
    Group,
    /// Unknown.
    None,
}

/// A commune, as slices of the table.
#[derive(Debug, Clone)]
pub struct Commune {
    code: &'static str,
    name: &'static str,
    department: &'static str,
    postcodes: &'static str,
    population: u32,
    latitude: Option<f64>,
    longitude: Option<f64>,
    precision: Precision,
}

impl Commune {
    /// INSEE code, five characters.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Name, as INSEE writes it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Code of the department.
    pub const fn department(&self) -> &'static str {
        self.department
    }

    /// Postcodes, apart by spaces.
    pub const fn postcodes(&self) -> &'static str {
        self.postcodes
    }

    /// Inhabitants.
    pub const fn population(&self) -> u32 {
        self.population
    }

    /// Degrees north (WGS 84).
    pub const fn latitude(&self) -> Option<f64> {
        self.latitude
    }

    /// Degrees east (WGS 84).
    pub const fn longitude(&self) -> Option<f64> {
        self.longitude
    }

    /// How sure the coordinates are.
    pub const fn precision(&self) -> Precision {
        self.precision
    }

    fn read(line: &'static str) -> Option<(Self, &'static str)> {
        let mut cells = line.split('\t');
        let mut next = || cells.next();
        let commune = Self {
            code: next()?,
            name: next()?,
            department: next()?,
            postcodes: next()?,
            population: next()?.parse().ok()?,
            latitude: next()?.parse().ok(),
            longitude: next()?.parse().ok(),
            precision: match next()? {
                "e" => Precision::Exact,
                "p" => Precision::Postcode,
                "g" => Precision::Group,
                _ => Precision::None,
            },
        };
        Some((commune, next()?))
    }
}

/// The table with its indexes.
#[derive(Debug)]
pub struct Communes {
    rows: Vec<Commune>,
    former: HashMap<&'static str, usize>,
    /// Folded names, their words and postcodes, sorted, each with whether it is the whole name's beginning.
    beginnings: Vec<(String, bool, usize)>,
}

static TABLE: LazyLock<Communes> = LazyLock::new(|| Communes::read(include_str!("../../data/communes.tsv")));

impl Communes {
    /// The embedded table, read once.
    pub fn embedded() -> &'static Self {
        &TABLE
    }

    fn read(text: &'static str) -> Self {
        let (mut rows, mut former, mut beginnings) = (Vec::new(), HashMap::new(), Vec::new());
        for (commune, codes) in text.lines().filter_map(Commune::read) {
            let index = rows.len();
            former.extend(codes.split(',').filter(|code| !code.is_empty()).map(|code| (code, index)));
            let name = plain(commune.name);
            for (at, _) in name.match_indices(' ') {
                beginnings.push((name[at + 1..].to_owned(), false, index));
            }
            beginnings.push((name, true, index));
            beginnings.extend(commune.postcodes.split(',').map(|postcode| (postcode.to_owned(), true, index)));
            beginnings.push((fold(commune.code), true, index));
            rows.push(commune);
        }
        beginnings.sort_unstable();
        Self { rows, former, beginnings }
    }

    /// A commune by its INSEE code, or by one that it had.
    pub fn by_insee(&self, code: &str) -> Option<&Commune> {
        let code = code.trim().to_uppercase();
        let index = self.rows.binary_search_by(|row| row.code.cmp(&code)).ok();
        self.rows.get(index.or_else(|| self.former.get(code.as_str()).copied())?)
    }

    /// The commune that somebody means who typed this by hand. Five digits are a postcode, of which the largest town is meant, and
    /// an INSEE code only where no town has such a postcode: hardly anybody knows theirs.
    pub fn meant(&self, typed: &str) -> Option<&Commune> {
        let typed = typed.trim();
        let digits = typed.len() == 5 && typed.bytes().all(|byte| byte.is_ascii_digit());
        let has = |row: &&Commune| digits && row.postcodes.split(',').any(|postcode| postcode == typed);
        let by_postcode = self.rows.iter().filter(has).max_by_key(|row| row.population);
        by_postcode.or_else(|| self.by_insee(typed)).or_else(|| self.complete(typed, 1).first().copied())
    }

    /// Communes whose name, one of whose words, or whose postcode begins so: exact names first, then larger towns.
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<&Commune> {
        let typed = plain(typed);
        if typed.len() < 2 {
            return Vec::new();
        }
        let from = self.beginnings.partition_point(|(text, ..)| text.as_str() < typed.as_str());
        let mut found: Vec<(bool, bool, u32, usize)> = self
            .beginnings
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|(text, ..)| text.starts_with(&typed))
            .map(|(text, whole, index)| (*text != typed, !whole, u32::MAX - self.rows[*index].population, *index))
            .collect();
        found.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        found.retain(|(.., index)| seen.insert(*index));
        found.into_iter().take(limit).filter_map(|(.., index)| self.rows.get(index)).collect()
    }
}

/// Folded, one space between words, «st» and «ste» written out.
fn plain(text: &str) -> String {
    let words = fold(text);
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(typed: &str) -> &'static str {
        Communes::embedded().complete(typed, 8).first().map_or("", |commune| commune.name())
    }

    #[test]
    fn a_town_is_found_however_it_is_typed() {
        assert_eq!(first("la seyne"), "La Seyne-sur-Mer");
        assert_eq!(first("seyne sur"), "La Seyne-sur-Mer");
        assert_eq!(first("83500"), "La Seyne-sur-Mer");
        // 83120 is the INSEE code of one town and the postcode of another.
        let meant = |typed| Communes::embedded().meant(typed).map_or("", Commune::name);
        assert_eq!(meant("83120"), "Sainte-Maxime");
        assert_eq!(Communes::embedded().by_insee("83120").map(Commune::name), Some("Saint-Zacharie"));
        assert_eq!(
            (meant(" 83126 "), meant("2a004"), meant("la seyne sur mer")),
            ("La Seyne-sur-Mer", "Ajaccio", "La Seyne-sur-Mer")
        );
        assert_eq!((meant(""), meant("00000")), ("", ""));
        assert_eq!(first("St-Etienne"), "Saint-Étienne");
        assert_eq!(first("L'Haÿ"), "L'Haÿ-les-Roses");
        assert_eq!(first("marseille"), "Marseille");
    }

    #[test]
    fn codes_are_text_and_former_ones_still_lead_home() {
        let communes = Communes::embedded();
        assert_eq!(communes.by_insee("2a004").map(Commune::name), Some("Ajaccio"));
        assert_eq!(communes.by_insee("13201").map(Commune::name), Some("Marseille"));
        assert!(communes.by_insee("00000").is_none());
        assert_eq!(communes.by_insee("83126").map(Commune::precision), Some(Precision::Exact));
    }

    #[test]
    fn nonsense_finds_nothing() {
        for typed in ["", " ", "x", "zzzzzz", "<script>", "\u{202e}", "%"] {
            assert!(Communes::embedded().complete(typed, 8).is_empty(), "{typed}");
        }
    }
}
