//! What measures forbid. Several may hold at once in a town, its own and the network's: the strictest counts.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::MeasuresStatus;
use crate::{
    access::Role,
    actor::Actor,
    applications::rules::{Span, age_on},
    error::{FieldErrors, Outcome, Problem},
    ids::{AccountId, MeasuresId, MunicipalityId},
    missions::MissionContent,
    paris,
};

/// Where measures hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In every town of the network.
    Network,
    /// In one town.
    Town(MunicipalityId),
}

impl Scope {
    /// Whether a town is concerned.
    pub fn covers(self, town: MunicipalityId) -> bool {
        matches!(self, Self::Network) || self == Self::Town(town)
    }

    /// The role in which these measures are written and switched on.
    pub const fn writer(self) -> Role {
        match self {
            Self::Network => Role::NetworkAdmin,
            Self::Town(_) => Role::Coordinator,
        }
    }

    /// Passes who may write and switch on: the town's coordinators for a town, the network's admins for the network.
    ///
    /// # Errors
    /// `SignInFirst` for a visitor; `NotFound` for anybody else.
    pub fn require_writer(self, actor: &Actor) -> Outcome<AccountId> {
        match self {
            Self::Network => actor.require_network(),
            Self::Town(town) => actor.require_coordinator(town),
        }
    }

    /// Whether somebody may write and switch on.
    pub fn may_write(self, actor: &Actor) -> bool {
        self.require_writer(actor).is_ok()
    }
}

/// What measures forbid, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measures {
    /// Which.
    pub id: MeasuresId,
    /// Where.
    pub scope: Scope,
    /// Where they stand.
    pub status: MeasuresStatus,
    /// Their first day in Paris.
    pub first_day: NaiveDate,
    /// Their last day in Paris, included.
    pub last_day: NaiveDate,
    /// Codes of the domains in which missions go on; `None` lets all go on.
    pub domains: Option<BTreeSet<String>>,
    /// The age in years from which volunteers get remote missions only.
    pub remote_from_age: Option<u32>,
    /// The most people together: places of a slot on site.
    pub largest_group: Option<u32>,
    /// Whether there are safety rules to acknowledge.
    pub has_rules: bool,
    /// Grows when the safety rules change.
    pub rules_version: u32,
}

impl Measures {
    /// Whether they hold at an instant. Their days count, not the moment at which the server notices.
    pub fn hold_at(&self, now: DateTime<Utc>) -> bool {
        let today = paris::date(now);
        self.status.is_on() && self.first_day <= today && today <= self.last_day
    }

    /// The instants between which they hold: the midnights before the first day and after the last.
    pub fn span(&self) -> Span {
        let after = self.last_day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        (paris::midnight(self.first_day), paris::midnight(after))
    }

    /// Whether a slot, or a part of it, lies in their days.
    pub fn touch(&self, slot: Span) -> bool {
        let (begin, end) = self.span();
        slot.0 < end && begin < slot.1
    }

    /// Whether missions of a domain go on.
    pub fn allow(&self, domain: Option<&str>) -> bool {
        self.domains.as_ref().is_none_or(|allowed| domain.is_some_and(|code| allowed.contains(code)))
    }

    /// Whether somebody born then is kept from a slot on site: by age on the day of the slot.
    pub fn keep_home(&self, birth: NaiveDate, slot: Span) -> bool {
        self.touch(slot) && self.remote_from_age.is_some_and(|age| age_on(birth, paris::date(slot.0)) >= age)
    }

    /// What tells one reading of the safety rules from another.
    pub fn reading(&self) -> String {
        format!("{}:{}", self.id, self.rules_version)
    }
}

/// The measures of one town that are switched on, its own and the network's. The strictest counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce(Vec<Measures>);

impl InForce {
    /// Keeps what is switched on and concerns the town.
    pub fn of(town: MunicipalityId, all: impl IntoIterator<Item = Measures>) -> Self {
        Self(all.into_iter().filter(|one| one.status.is_on() && one.scope.covers(town)).collect())
    }

    /// Those that hold at an instant.
    pub fn at(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Measures> {
        self.0.iter().filter(move |one| one.hold_at(now))
    }

    /// Whether any holds at an instant.
    pub fn hold(&self, now: DateTime<Utc>) -> bool {
        self.at(now).next().is_some()
    }

    /// The first of those that hold now and forbid missions of a domain.
    pub fn forbidding(&self, domain: Option<&str>, now: DateTime<Utc>) -> Option<&Measures> {
        self.at(now).find(|one| !one.allow(domain))
    }

    /// Whether missions of a domain go on now: every measure allows it.
    pub fn allow(&self, domain: Option<&str>, now: DateTime<Utc>) -> bool {
        self.forbidding(domain, now).is_none()
    }

    /// The most people together in a slot, if there is a limit: none for what is done from home.
    pub fn largest_group(&self, remote: bool, slot: Span) -> Option<u32> {
        let touching = self.0.iter().filter(|one| !remote && one.touch(slot));
        touching.filter_map(|one| one.largest_group).min()
    }

    /// The age from which somebody is kept from a slot, if they are: none for what is done from home.
    ///
    /// # Errors
    /// `CrisisRemoteOnly` with the age from which one stays at home on that day.
    pub fn may_take(&self, birth: NaiveDate, remote: bool, slot: Span) -> Result<(), Problem> {
        let kept = self.0.iter().filter(|one| !remote && one.keep_home(birth, slot));
        match kept.filter_map(|one| one.remote_from_age).min() {
            Some(age) => Err(Problem::CrisisRemoteOnly { age }),
            None => Ok(()),
        }
    }

    /// What must be acknowledged now: measures with rules, and the version of these.
    pub fn to_acknowledge(&self, now: DateTime<Utc>) -> impl Iterator<Item = (MeasuresId, u32)> {
        self.at(now).filter(|one| one.has_rules).map(|one| (one.id, one.rules_version))
    }

    /// What the form of an application was shown: the same text for the same rules.
    pub fn reading(&self, now: DateTime<Utc>) -> String {
        let mut shown: Vec<String> = self.at(now).filter(|one| one.has_rules).map(Measures::reading).collect();
        shown.sort_unstable();
        shown.join(" ")
    }

    /// The slots of a content that are larger than the largest group, by their fields.
    ///
    /// # Errors
    /// `CrisisGroup` on `slots.0.places` and so on.
    pub fn check_groups(&self, content: &MissionContent, now: DateTime<Utc>) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for (index, slot) in content.slots.iter().enumerate().filter(|(_, slot)| slot.ends_at > now) {
            let most = self.largest_group(content.remote, (slot.starts_at, slot.ends_at));
            if let Some(most) = most.filter(|most| slot.places > *most) {
                errors.add(format!("slots.{index}.places"), Problem::CrisisGroup { most });
            }
        }
        errors.into_result()
    }
}
