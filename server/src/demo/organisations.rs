//! Organisations.

use anyhow::Context;
use chrono::{DateTime, Duration, Utc};
use domain::{
    organisations::OrganisationStatus::{self, Approved, ChangesRequested, Draft, Refused, Submitted, Suspended},
    text,
};
use uuid::Uuid;

use super::{
    accounts::Role,
    corpus::OrganisationText,
    world::{Act, Organisation, World},
};
use crate::entity::{organisation, thread_message};

/// Organisations in all.
const ORGANISATIONS: usize = 40;
/// Those of the first town.
const OF_FIRST_TOWN: usize = 20;

/// Where each one stands, by its number: nearly all are approved.
const fn status(index: usize) -> OrganisationStatus {
    match index {
        7 | 17 | 27 => Submitted,
        12 | 33 => ChangesRequested,
        18 => Refused,
        19 | 38 => Draft,
        24 => Suspended,
        _ => Approved,
    }
}

impl World {
    /// Registers the organisations; the first is that of the demonstration account.
    pub fn organisations(&mut self) -> anyhow::Result<()> {
        for index in 0..ORGANISATIONS {
            let towns = self.towns.len();
            let town = if index < OF_FIRST_TOWN || towns < 2 { 0 } else { 1 + index % (towns - 1) };
            self.organisation(index, town)?;
        }
        Ok(())
    }

    fn organisation(&mut self, index: usize, town: usize) -> anyhow::Result<()> {
        let status = status(index);
        let settled = matches!(status, Approved | Suspended);
        let age = if settled { self.dice.hours(100 * 24, 400 * 24) } else { self.dice.hours(20, 12 * 24) };
        let at = self.now - age;
        let id = self.dice.id();
        let admin = self.person((index == 0).then_some("association@demo.example"), at - Duration::hours(1))?;
        self.grant(admin, Role::Organisation(id), Some(admin), at);
        if settled && (index == 0 || self.dice.percent(30)) {
            let colleague = self.person(None, at + Duration::days(2))?;
            let role = if index.is_multiple_of(2) { Role::Helper(id) } else { Role::Organisation(id) };
            self.grant(colleague, role, Some(admin), at + Duration::days(2));
            if let Some(account) = self.rows.accounts.last_mut().filter(|_| index == 0) {
                "equipe@demo.example".clone_into(&mut account.email);
                "fr".clone_into(&mut account.locale);
            }
        }
        let corpus = self.corpus.organisations[index % self.corpus.organisations.len()].clone();
        let domains = corpus.domains.clone();
        let row = self.organisation_row(corpus, id, town, status, (admin, at))?;
        self.organisation_story(&row, town)?;
        self.rows.organisations.push(row);
        self.organisations.push(Organisation { id, town, admin, domains, status });
        Ok(())
    }

    fn organisation_row(
        &mut self,
        corpus: OrganisationText,
        id: Uuid,
        town: usize,
        status: OrganisationStatus,
        (admin, at): (Uuid, DateTime<Utc>),
    ) -> anyhow::Result<organisation::Model> {
        let place = &self.corpus.towns[self.towns[town].index];
        let taken = self.rows.organisations.iter().any(|row| row.name == corpus.name);
        let own = matches!(corpus.legal_form.as_str(), "town_hall" | "ccas" | "public_body");
        let name = if taken || own { format!("{} – {}", corpus.name, place.name) } else { corpus.name };
        let number = self.rows.organisations.len() + 1;
        let address = format!(
            "{} {}, {} {}",
            self.dice.between(1, 90),
            self.dice.pick(&self.corpus.streets)?,
            place.postcodes,
            place.name
        );
        let decided = matches!(status, Approved | Suspended | Refused | ChangesRequested);
        let association = corpus.legal_form == "association";
        Ok(organisation::Model {
            id,
            municipality_id: self.towns[town].id,
            name_folded: text::fold(&name),
            slug: text::slug(&name),
            name,
            rna: association.then(|| format!("W832{number:06}")),
            siret: (!association).then(|| siret(number)),
            legal_form: corpus.legal_form,
            description: corpus.description,
            email: Some(format!("contact.{number}@asso.example")),
            phone: None,
            website: Some(format!("https://asso{number}.example")),
            address: Some(address),
            status: status.as_str().to_owned(),
            created_by: admin,
            created_at: at,
            updated_at: at + Duration::hours(if decided { 16 } else { 2 }),
            submitted_at: (status != Draft).then_some(at + Duration::hours(2)),
            decided_at: match status {
                Suspended => Some(self.now - Duration::days(9)),
                _ => decided.then_some(at + Duration::hours(16)),
            },
            decided_by: if decided { self.towns[town].coordinators.first().copied() } else { None },
            decision_reason: self.decision_reason(status)?,
        })
    }

    fn decision_reason(&mut self, status: OrganisationStatus) -> anyhow::Result<Option<String>> {
        let messages = &self.corpus.messages;
        let reasons = match status {
            ChangesRequested => &messages.organisation_changes,
            Refused => &messages.organisation_refused,
            Suspended => &messages.organisation_suspended,
            _ => return Ok(None),
        };
        Ok(Some(self.dice.pick(reasons)?.clone()))
    }

    fn organisation_story(&mut self, row: &organisation::Model, town: usize) -> anyhow::Result<()> {
        let town = self.towns[town].id;
        let status = OrganisationStatus::parse(&row.status).context("a status")?;
        let mut steps = vec![(Some(row.created_by), row.created_at, Draft)];
        steps.extend(row.submitted_at.map(|at| (Some(row.created_by), at, Submitted)));
        if status == Suspended {
            steps.push((row.decided_by, row.created_at + Duration::hours(16), Approved));
        }
        steps.extend(row.decided_at.map(|at| (row.decided_by, at, status)));
        let mut from: Option<OrganisationStatus> = None;
        for (actor, at, to) in steps {
            let reason = row.decision_reason.as_deref().filter(|_| to == status);
            let (before, to_name) = (from.map(OrganisationStatus::as_str), to.as_str());
            self.act(Act {
                subject: "organisation",
                id: row.id,
                town: Some(town),
                actor,
                at,
                from: before,
                to: to_name,
                reason,
            });
            from = Some(to);
        }
        if let (ChangesRequested, Some(author_id), Some(body)) = (status, row.decided_by, row.decision_reason.clone()) {
            let (id, created_at) = (self.dice.id(), row.updated_at);
            self.rows.messages.push(thread_message::Model {
                id,
                mission_id: None,
                organisation_id: Some(row.id),
                municipality_id: town,
                author_id,
                side: "coordination".to_owned(),
                body,
                created_at,
                item_code: None,
            });
        }
        Ok(())
    }
}

/// A number with Luhn's check, of no real establishment.
fn siret(number: usize) -> String {
    let body = format!("9999{number:05}0001");
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let digit = u32::from(digit - b'0');
            if index % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use domain::fields::Siret;

    #[test]
    fn numbers_pass_their_check() {
        for number in 1..100 {
            let siret = super::siret(number);
            assert!(Siret::parse(&siret).is_ok(), "{siret}");
        }
    }
}
