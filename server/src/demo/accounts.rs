//! People.

use std::collections::HashSet;

use chrono::{DateTime, Days, Utc};
use domain::{fields::Phone, text};
use uuid::Uuid;

use super::world::{Act, Applicant, World};
use crate::entity::{account, role_grant, volunteer};

/// Volunteers in all.
const VOLUNTEERS: usize = 300;
/// Volunteers who only just registered: minors, and e-mails that wait for their confirmation.
const NEWCOMERS: usize = 12;

/// A role to give.
#[derive(Debug, Clone, Copy)]
pub enum Role {
    /// Runs the network.
    Network,
    /// Coordinates a town.
    Coordinator(Uuid),
    /// Administers an organisation.
    Organisation(Uuid),
    /// Helps an organisation.
    Helper(Uuid),
}

impl World {
    /// Registers somebody, `email` being that of a demonstration account or nothing.
    pub fn person(&mut self, email: Option<&str>, since: DateTime<Utc>) -> anyhow::Result<Uuid> {
        let id = self.dice.id();
        let given_name = self.dice.pick(&self.corpus.given_names)?.clone();
        let family_name = self.dice.pick(&self.corpus.family_names)?.clone();
        let number = self.rows.accounts.len() + 1;
        let email = email.map_or_else(
            || format!("{}.{}.{number}@demo.example", text::slug(&given_name), text::slug(&family_name)),
            str::to_owned,
        );
        let locale = if email.contains(&number.to_string()) && self.dice.percent(5) { "en" } else { "fr" };
        let seen = self.dice.moment(since, self.now);
        self.rows.accounts.push(account::Model {
            id,
            email,
            given_name,
            family_name,
            locale: locale.to_owned(),
            password_hash: self.password_hash.clone(),
            email_confirmed_at: Some((since + chrono::Duration::minutes(7)).min(self.now)),
            created_at: since,
            last_seen_at: Some(seen),
            disabled_at: None,
        });
        let (at, actor) = (since, Some(id));
        self.act(Act { subject: "account", id, town: None, actor, at, from: None, to: "registered", reason: None });
        Ok(id)
    }

    /// Gives somebody a role.
    pub fn grant(&mut self, account: Uuid, role: Role, by: Option<Uuid>, at: DateTime<Utc>) {
        let (name, municipality, organisation) = match role {
            Role::Network => ("network_admin", None, None),
            Role::Coordinator(id) => ("coordinator", Some(id), None),
            Role::Organisation(id) => ("organisation_admin", None, Some(id)),
            Role::Helper(id) => ("organisation_helper", None, Some(id)),
        };
        let id = self.dice.id();
        self.rows.grants.push(role_grant::Model {
            id,
            account_id: account,
            role: name.to_owned(),
            municipality_id: municipality,
            organisation_id: organisation,
            granted_by: by,
            granted_at: at,
            scope: municipality.or(organisation).map(|id| id.to_string()).unwrap_or_default(),
        });
    }

    /// Registers the volunteers; the first is the demonstration's own.
    pub fn volunteers(&mut self) -> anyhow::Result<()> {
        for index in 0..VOLUNTEERS {
            let email = (index == 0).then_some("volontaire@demo.example");
            let newcomer = index >= VOLUNTEERS - NEWCOMERS;
            let days = if newcomer { 3 } else { self.dice.between(65, 400) };
            let since = self.now - self.dice.hours(days * 24 - 48, days * 24);
            let id = self.person(email, since)?;
            self.profile(id, index, since)?;
            if newcomer {
                if let Some(account) = self.rows.accounts.last_mut().filter(|_| index % 2 == 0) {
                    account.email_confirmed_at = None;
                }
            } else {
                self.applicants.push(Applicant { id, busy: Vec::new(), missions: HashSet::new() });
            }
        }
        Ok(())
    }

    fn profile(&mut self, id: Uuid, index: usize, since: DateTime<Utc>) -> anyhow::Result<()> {
        let minor = index >= VOLUNTEERS - NEWCOMERS && index % 2 == 1;
        let days =
            if minor { self.dice.between(16 * 366, 18 * 365 - 30) } else { self.dice.between(19 * 366, 78 * 366) };
        let birth_date = self.today.checked_sub_days(Days::new(u64::try_from(days)?)).unwrap_or(self.today);
        let town = if index == 0 { 0 } else { [0, 0, 0, 1, 1, 2, 3][self.dice.below(7)] };
        let insee = (index == 0 || self.dice.percent(90))
            .then(|| self.corpus.towns.get(town).map(|town| town.insee.clone()))
            .flatten();
        // 06 39 98 is kept for fiction (ARCEP).
        let phone = format!("06 39 98 {:02} {:02}", index / 100, index % 100);
        let phone = (index == 0 || self.dice.percent(75)).then(|| Phone::parse(&phone).ok()).flatten();
        self.rows.volunteers.push(volunteer::Model {
            account_id: id,
            birth_date,
            insee,
            phone: phone.map(String::from),
            created_at: since,
            // One in twenty.
            reminders: index % 20 != 7,
        });
        Ok(())
    }
}
