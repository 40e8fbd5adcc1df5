//! Questions about teams, and their lines in the history.

use std::collections::HashMap;

use domain::{
    access::Role,
    error::AppError,
    ids::{AccountId, MunicipalityId, OrganisationId},
    team::{Duty, Member},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    entity::{account, organisation, role_grant},
    error::{Result, told},
    organisations::queries as organisations,
    store::{Step, Work},
};

/// What lines of the history about a team are about; its id is the organisation's, its reason the account of whom.
pub const SUBJECT: &str = "team";

/// Somebody of a team: the role that was given, and the account.
#[derive(Debug, Clone)]
pub struct Colleague {
    pub grant: role_grant::Model,
    pub account: account::Model,
}

impl Colleague {
    /// Who.
    pub const fn id(&self) -> AccountId {
        AccountId(self.account.id)
    }

    /// In which role.
    pub fn role(&self) -> Role {
        Role::parse(&self.grant.role).unwrap_or(Role::OrganisationHelper)
    }
}

/// A team, by first names.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<Vec<Colleague>> {
    let grants = role_grant::Entity::find().filter(role_grant::Column::OrganisationId.eq(organisation.0));
    let grants: HashMap<Uuid, role_grant::Model> =
        grants.all(db).await?.into_iter().map(|grant| (grant.account_id, grant)).collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(grants.keys().copied()))
        .order_by_asc(account::Column::GivenName)
        .order_by_asc(account::Column::FamilyName)
        .order_by_asc(account::Column::Id)
        .all(db)
        .await?;
    let colleague = |account: account::Model| Some(Colleague { grant: grants.get(&account.id)?.clone(), account });
    Ok(accounts.into_iter().filter_map(colleague).collect())
}

/// A team that nobody else changes until this transaction ends, and who acts on it.
#[derive(Debug)]
pub struct Held {
    pub organisation: organisation::Model,
    pub colleagues: Vec<Colleague>,
    pub me: AccountId,
}

impl Held {
    /// Somebody of it.
    ///
    /// # Errors
    /// `NotFound` for anybody else.
    pub fn colleague(&self, who: AccountId) -> Result<&Colleague> {
        self.colleagues.iter().find(|colleague| colleague.id() == who).ok_or_else(|| told(AppError::NotFound))
    }

    /// The team as rules see it.
    pub fn members(&self) -> Vec<Member> {
        let member = |colleague: &Colleague| Member {
            account: colleague.id(),
            role: colleague.role(),
            active: colleague.account.disabled_at.is_none(),
        };
        self.colleagues.iter().map(member).collect()
    }

    /// Writes a line of the history about somebody of the team.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record(&self, work: &Work, who: AccountId, from: Option<&str>, to: &str) -> Result<()> {
        let municipality = Some(MunicipalityId(self.organisation.municipality_id));
        let who = who.to_string();
        work.record(Step { subject: SUBJECT, id: self.organisation.id, municipality, from, to, reason: Some(&who) })
            .await
    }
}

/// Holds a team for somebody who has this duty there. Each waits for the one before, and is asked again what they are then:
/// of two admins who remove each other, or leave together, one finds the team without the other.
///
/// # Errors
/// `NotFound` for anybody else.
pub async fn hold(work: &Work, id: OrganisationId, duty: Duty) -> Result<Held> {
    let me = work.actor.require_organisation(id, duty).map_err(told)?;
    let organisation = organisations::locked(&work.tx, id).await?;
    let colleagues = of(&work.tx, id).await?;
    let held = Held { organisation, colleagues, me };
    if duty.is_of(held.colleague(me)?.role()) { Ok(held) } else { Err(told(AppError::NotFound)) }
}
