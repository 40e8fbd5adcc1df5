//! Who may write, what may stand in a text that will be public, and who may read it for the town. Pure.

use crate::{
    applications::ApplicationStatus,
    error::Problem,
    text::{self, Found, contact_details},
};

/// Characters of the shortest testimonial.
pub const SHORTEST: u32 = 40;
/// Characters of the longest.
pub const LONGEST: u32 = 600;
/// Characters of the longest answer of an organisation.
pub const LONGEST_REPLY: u32 = 300;
/// Characters of the longest reason of a report, and of the town's words.
pub const LONGEST_REASON: u32 = 1000;

/// How many are shown on a mission's page.
pub const ON_MISSION: u64 = 3;
/// How many on an organisation's.
pub const ON_ORGANISATION: u64 = 5;
/// How many on a town's.
pub const ON_TOWN: u64 = 1;

/// Whether somebody who has come writes of it: the organisation said so, and validated some of their time.
pub fn may_write(status: ApplicationStatus, validated_minutes: i32) -> bool {
    status == ApplicationStatus::Attended && validated_minutes > 0
}

/// Whether a coordinator decides on a testimonial: neither its author nor anybody of the team of its organisations.
pub fn may_decide(is_author: bool, is_of_a_team: bool) -> bool {
    !is_author && !is_of_a_team
}

/// A text that will be public.
fn public(typed: &str, min: u32, max: u32) -> Result<String, Problem> {
    let body = text::paragraphs(typed, min, max)?;
    match contact_details(&body) {
        Some(Found::Nir) => Err(Problem::SocialSecurityNumber),
        Some(_) => Err(Problem::ContactDetails),
        None => Ok(body),
    }
}

/// A testimonial; one that is only kept may still be short.
///
/// # Errors
/// `Required`, `TooShort`, `TooLong`, `ControlCharacters`; `ContactDetails` and `SocialSecurityNumber` where something looks
/// like one.
pub fn testimonial(typed: &str, sent: bool) -> Result<String, Problem> {
    public(typed, if sent { SHORTEST } else { 1 }, LONGEST)
}

/// An organisation's answer.
///
/// # Errors
/// As those of a testimonial.
pub fn reply(typed: &str) -> Result<String, Problem> {
    public(typed, 1, LONGEST_REPLY)
}

/// Why something is reported.
///
/// # Errors
/// `ReasonRequired`, `TooLong`, `ControlCharacters`.
pub fn reason(typed: &str) -> Result<String, Problem> {
    text::paragraphs(typed, 1, LONGEST_REASON)
        .map_err(|problem| if problem == Problem::Required { Problem::ReasonRequired } else { problem })
}
