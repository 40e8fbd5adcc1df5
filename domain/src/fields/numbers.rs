//! Numbers that the State gives: towns, associations, establishments.

use super::{shown_as_stored, text_value};
use crate::error::Problem;

/// INSEE code of a commune, five characters: `01001`, `2A004`. Not a postcode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InseeCode(String);

/// National number of an association (répertoire national des associations): `W` and nine letters or digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rna(String);

/// Number of an establishment (SIRENE, INSEE): fourteen digits with a check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret(String);

text_value!(InseeCode);
text_value!(Rna);
text_value!(Siret);
shown_as_stored!(InseeCode, Rna, Siret);

impl InseeCode {
    /// Reads a code, trimmed and upper-cased.
    ///
    /// # Errors
    /// `Required` for nothing, `NotAnInseeCode` for anything else.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let code = value.trim().to_ascii_uppercase();
        match code.as_bytes() {
            [] => Err(Problem::Required),
            [department @ .., a, b, c]
                if is_department(department) && [a, b, c].iter().all(|digit| digit.is_ascii_digit()) =>
            {
                Ok(Self(code))
            }
            _ => Err(Problem::NotAnInseeCode),
        }
    }
}

/// Two characters that begin the code of a commune: 01 to 95, 2A and 2B for Corsica, 97 and 98 overseas.
fn is_department(code: &[u8]) -> bool {
    match code {
        b"00" | b"20" | b"96" | b"99" => false,
        b"2A" | b"2B" => true,
        [tens, units] => tens.is_ascii_digit() && units.is_ascii_digit(),
        _ => false,
    }
}

/// The text without white space, in upper case.
fn compact(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

impl Rna {
    /// Reads a number, without spaces, upper-cased.
    ///
    /// # Errors
    /// `Required` for nothing, `NotAnRna` for anything else.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let number = compact(value);
        match number.as_bytes() {
            [] => Err(Problem::Required),
            [b'W', rest @ ..]
                if rest.len() == 9 && rest.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) =>
            {
                Ok(Self(number))
            }
            _ => Err(Problem::NotAnRna),
        }
    }
}

/// SIREN of La Poste, whose establishments have a check of their own.
const LA_POSTE: &str = "356000000";
/// Its head office, which has the check of everybody.
const LA_POSTE_HEAD_OFFICE: &str = "35600000000048";

impl Siret {
    /// Reads a number, without spaces: not all zeros, Luhn's check; for La Poste, digits whose sum is a multiple of 5.
    ///
    /// # Errors
    /// `Required` for nothing, `NotASiret` for anything else.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let number = compact(value);
        if number.is_empty() {
            return Err(Problem::Required);
        }
        if number.len() != 14 || !number.bytes().all(|b| b.is_ascii_digit()) || number.bytes().all(|b| b == b'0') {
            return Err(Problem::NotASiret);
        }
        let post_office = number.starts_with(LA_POSTE) && number != LA_POSTE_HEAD_OFFICE;
        let right = if post_office { digits(&number).sum::<u32>() % 5 == 0 } else { luhn(&number) };
        if right { Ok(Self(number)) } else { Err(Problem::NotASiret) }
    }

    /// The nine digits of the whole organisation.
    pub fn siren(&self) -> &str {
        self.0.get(..9).unwrap_or_default()
    }
}

fn digits(number: &str) -> impl DoubleEndedIterator<Item = u32> {
    number.bytes().map(|b| u32::from(b - b'0'))
}

/// Luhn's check (ISO/IEC 7812-1, annex B): every second digit from the right doubled, the digits of all summed.
fn luhn(number: &str) -> bool {
    let sum: u32 = digits(number)
        .rev()
        .enumerate()
        .map(|(index, digit)| match (index % 2, digit * 2) {
            (0, _) => digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}
