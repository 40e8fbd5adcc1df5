//! Teams: who may what, and that somebody always administers.

use domain::{
    access::Role::{self, OrganisationAdmin, OrganisationHelper},
    actor::{Actor, Grant},
    error::{AppError, Conflict, Problem},
    ids::{AccountId, OrganisationId},
    organisations::OrganisationStatus,
    team::{Change, Duty, Member, after, may_invite, role},
};
use proptest::prelude::*;
use uuid::Uuid;

fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

const fn member(account: AccountId, role: Role, active: bool) -> Member {
    Member { account, role, active }
}

#[test]
fn an_admin_does_everything_and_a_helper_what_volunteers_need() {
    let helper: Vec<&str> =
        Duty::ALL.iter().filter(|duty| duty.is_of(OrganisationHelper)).map(|duty| duty.as_str()).collect();
    assert_eq!(helper, ["see", "answer", "write", "attend"]);
    assert!(Duty::ALL.iter().all(|duty| duty.is_of(OrganisationAdmin)));
    for other in Role::ALL.iter().filter(|role| ![OrganisationAdmin, OrganisationHelper].contains(role)) {
        assert!(Duty::ALL.iter().all(|duty| !duty.is_of(*other)), "{other}");
    }
}

#[test]
fn a_duty_is_asked_of_the_role_in_that_organisation() {
    let (own, other) = (OrganisationId(Uuid::from_u128(1)), OrganisationId(Uuid::from_u128(2)));
    let grants = vec![Grant::OrganisationHelper(own), Grant::OrganisationAdmin(other)];
    let actor = Actor { account: Some(account(1)), grants, ..Actor::default() };
    assert_eq!(actor.require_organisation(own, Duty::Attend), Ok(account(1)));
    assert_eq!(actor.require_organisation(own, Duty::Export), Err(AppError::NotFound));
    assert_eq!(actor.require_organisation(other, Duty::Export), Ok(account(1)));
    assert_eq!(Actor::default().require_organisation(own, Duty::See), Err(AppError::SignInFirst));
    let both = vec![Grant::OrganisationHelper(own), Grant::OrganisationAdmin(own)];
    assert_eq!(Actor { grants: both, ..actor }.role_in(own), Some(OrganisationAdmin), "the role that may most");
}

#[test]
fn only_the_roles_of_a_team_are_given() {
    assert_eq!(role("organisation_admin"), Ok(OrganisationAdmin));
    assert_eq!(role("organisation_helper"), Ok(OrganisationHelper));
    assert_eq!(role(""), Err(Problem::Required));
    for wrong in ["coordinator", "network_admin", "system", "OrganisationAdmin"] {
        assert_eq!(role(wrong), Err(Problem::NotAChoice), "{wrong}");
    }
}

#[test]
fn what_is_refused_or_suspended_invites_nobody() {
    let silent: Vec<&str> =
        OrganisationStatus::ALL.iter().filter(|status| !may_invite(**status)).map(|status| status.as_str()).collect();
    assert_eq!(silent, ["refused", "suspended"]);
}

#[test]
fn the_last_admin_stays() {
    let (ann, ben, eve) = (account(1), account(2), account(3));
    let team = [
        member(ann, OrganisationAdmin, true),
        member(ben, OrganisationHelper, true),
        member(eve, OrganisationAdmin, false),
    ];
    let last = Err(AppError::Conflict(Conflict::LastAdmin));
    assert_eq!(after(&team, ann, Change::Out), last, "an account that is disabled administers nothing");
    assert_eq!(after(&team, ann, Change::Role(OrganisationHelper)), last);
    assert_eq!(after(&team, ben, Change::Out).map(|team| team.len()), Ok(2));
    let handed = after(&team, ben, Change::Role(OrganisationAdmin)).unwrap_or_default();
    assert_eq!(after(&handed, ann, Change::Out).map(|team| team.len()), Ok(2));
    assert_eq!(after(&team, account(4), Change::Out), Err(AppError::NotFound));
}

proptest! {
    #[test]
    fn whatever_is_done_somebody_administers(acts in prop::collection::vec((0_u128..5, 0_u8..3), 0..40)) {
        let mut team: Vec<Member> = (0..5)
            .map(|number| member(account(number), if number < 2 { OrganisationAdmin } else { OrganisationHelper }, true))
            .collect();
        for (number, what) in acts {
            let change = match what {
                0 => Change::Out,
                1 => Change::Role(OrganisationHelper),
                _ => Change::Role(OrganisationAdmin),
            };
            let before = team.clone();
            match after(&team, account(number), change) {
                Ok(changed) => team = changed,
                Err(AppError::Conflict(Conflict::LastAdmin)) => {
                    // Refused for no other reason than this: nobody else administers it.
                    let others = before.iter().filter(|one| one.account != account(number));
                    prop_assert!(others.clone().all(|one| one.role != OrganisationAdmin));
                }
                Err(error) => prop_assert_eq!(error, AppError::NotFound),
            }
            prop_assert!(team.iter().any(|one| one.role == OrganisationAdmin));
        }
    }
}
