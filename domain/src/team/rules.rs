use crate::{
    access::Role,
    error::{AppError, Conflict, Problem},
    ids::AccountId,
    organisations::OrganisationStatus,
};

/// The roles of a team, the one that may most first.
pub const ROLES: [Role; 2] = [Role::OrganisationAdmin, Role::OrganisationHelper];

/// A role of a team, as a form sends it.
///
/// # Errors
/// `Required`, or `NotAChoice` for what is no role of a team.
pub fn role(typed: &str) -> Result<Role, Problem> {
    match Role::parse(typed) {
        Some(role) if ROLES.contains(&role) => Ok(role),
        _ if typed.is_empty() => Err(Problem::Required),
        _ => Err(Problem::NotAChoice),
    }
}

/// Whether an organisation may invite: not once it was refused, nor while it is suspended. Its team stays, and whoever is in
/// it changes roles and leaves.
pub const fn may_invite(status: OrganisationStatus) -> bool {
    !matches!(status, OrganisationStatus::Refused | OrganisationStatus::Suspended)
}

/// Somebody of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub account: AccountId,
    /// In which role.
    pub role: Role,
    /// Whether the account can be used: one that was disabled administers nothing.
    pub active: bool,
}

/// What becomes of somebody of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Takes this role.
    Role(Role),
    /// Is no longer in it.
    Out,
}

/// The team after a change: an organisation always keeps an admin who can act.
///
/// # Errors
/// `NotFound` when this person is not in the team, `LastAdmin` when nobody would administer it.
pub fn after(team: &[Member], who: AccountId, change: Change) -> Result<Vec<Member>, AppError> {
    if !team.iter().any(|member| member.account == who) {
        return Err(AppError::NotFound);
    }
    let changed = |member: &Member| match change {
        _ if member.account != who => Some(*member),
        Change::Role(role) => Some(Member { role, ..*member }),
        Change::Out => None,
    };
    let team: Vec<Member> = team.iter().filter_map(changed).collect();
    let administered = team.iter().any(|member| member.active && member.role == Role::OrganisationAdmin);
    if administered { Ok(team) } else { Err(Conflict::LastAdmin.into()) }
}
