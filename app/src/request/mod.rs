//! The seam between pages and the request: the one place, with `lib.rs`, where the two builds of this crate differ.

use domain::error::{AppError, Outcome};
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

#[cfg_attr(feature = "ssr", path = "server.rs")]
#[cfg_attr(not(feature = "ssr"), path = "browser.rs")]
mod side;

mod wire;

pub use wire::{Output, WIRE, Wire, read, shared, write};

pub use side::*;

/// A form sent without scripts that was refused: its page is shown again with what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedForm {
    /// The address of the server function.
    pub action: String,
    /// What was typed, by field name; never a password.
    pub values: Vec<(String, String)>,
    /// What was wrong.
    pub error: AppError,
    /// No form of the page tells it: the one that was sent does not stand there any more.
    pub untold: bool,
}

/// What a phone kept of a page, because nothing could be sent (`public/sw.js`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsent {
    /// Goes as soon as there is a network.
    Waiting,
    /// The server did not take it: somebody looks at it again.
    Refused,
    /// It has left, and so many people had been noted by somebody else meanwhile.
    Changed(u32),
}

/// How sending what was kept went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sending {
    /// Pages whose notes arrived.
    pub sent: u32,
    /// Pages whose notes were not taken.
    pub refused: u32,
}

/// An [`AppError`] on its way through a server function: in [`Wire`]'s encoding for our own pages, in JSON for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub AppError);

/// What a server function answers.
pub type Answer<T> = Result<T, Failure>;

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl FromServerFnError for Failure {
    type Encoder = Wire;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                AppError::Malformed
            }
            _ => AppError::Unavailable,
        })
    }
}

/// Reads an id from an address or a form.
///
/// # Errors
/// `NotFound`: an id that cannot be read names nothing.
pub fn id<T: std::str::FromStr>(text: &str) -> Outcome<T> {
    text.trim().parse().map_err(|_| AppError::NotFound)
}

impl RefusedForm {
    /// Whether this is the form that a key names: forms of the same act on one page differ by one of their values.
    pub fn is_for(&self, key: &str) -> bool {
        key.is_empty() || self.values.iter().any(|(_, value)| value == key)
    }
}

/// The cookie of the chosen language.
pub const LANGUAGE_COOKIE: &str = "langue";

/// What every page may need to know of the installation.
#[derive(Debug, Clone)]
pub struct SiteFacts {
    /// Demonstration mode.
    pub demo: bool,
    /// Changes with the files that pages load, so that browsers may keep them for ever.
    pub version: &'static str,
}
