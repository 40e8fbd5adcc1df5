//! E-mail addresses.

use super::{shown_as_stored, text_value};
use crate::{error::Problem, text};

/// An e-mail address in lower case: the usual part of RFC 5321, without quotes, comments or address literals. A domain
/// with other letters than ASCII is written in its `xn--` form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

text_value!(Email);
shown_as_stored!(Email);

impl Email {
    /// Reads an address, trimmed and lower-cased.
    ///
    /// # Errors
    /// `Required` for nothing, `NotAnEmail` for anything but an address.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let address = text::tidy(value).to_lowercase();
        if address.is_empty() {
            return Err(Problem::Required);
        }
        // RFC 5321 §4.5.3.1: a path of 256 octets with its angle brackets.
        let (local, domain) = address.rsplit_once('@').ok_or(Problem::NotAnEmail)?;
        if address.len() <= 254 && is_local_part(local) && is_domain(domain) {
            Ok(Self(address))
        } else {
            Err(Problem::NotAnEmail)
        }
    }

    /// What stands before the at sign.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

/// A dot-string of RFC 5321 §4.1.2, of 64 octets at most.
fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    local.len() <= 64 && local.split('.').all(is_atom)
}

/// Two labels or more; the last is not a number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.split('.').all(is_label)
        && domain
            .rsplit_once('.')
            .is_some_and(|(_, top)| top.len() >= 2 && top.starts_with(|c: char| c.is_ascii_alphabetic()))
}
