//! The network and its towns.

use chrono::Duration;
use domain::{
    fields::Phone,
    reviews::due::{self, OpenDays},
    text,
};
use uuid::Uuid;

use super::{
    accounts::Role,
    corpus::TownText,
    world::{Act, Town, World},
};
use crate::entity::{municipality, neighbourhood, network};

impl World {
    /// Opens the towns, with their coordinators, and names who runs the network.
    pub fn network(&mut self) -> anyhow::Result<()> {
        let since = self.now - Duration::days(500);
        let id = self.dice.id();
        self.rows.networks.push(network::Model {
            id,
            name: "Réseau des communes de la rade".to_owned(),
            email: Some("reseau@demo.example".to_owned()),
            phone: None,
            created_at: since,
        });
        let admin = self.person(Some("reseau@demo.example"), since)?;
        self.grant(admin, Role::Network, None, since);
        for index in 0..self.corpus.towns.len() {
            self.town(index, admin)?;
        }
        Ok(())
    }

    fn town(&mut self, index: usize, admin: Uuid) -> anyhow::Result<()> {
        let at = self.now - Duration::days(480);
        let id = self.dice.id();
        let smallest = index + 1 == self.corpus.towns.len();
        let review_hours = if smallest { 120 } else { due::DEFAULT_HOURS };
        let corpus = &self.corpus.towns[index];
        let names = corpus.neighbourhoods.clone();
        self.rows.towns.push(row(corpus, id, i32::try_from(review_hours)?, smallest, at));
        let mut neighbourhoods = Vec::new();
        for (position, name) in names.into_iter().enumerate() {
            let part = self.dice.id();
            self.rows.neighbourhoods.push(neighbourhood::Model {
                id: part,
                municipality_id: id,
                slug: text::slug(&name),
                name: name.clone(),
                position: i32::try_from(position)?,
            });
            neighbourhoods.push((part, name));
        }
        let actor = Some(admin);
        self.act(Act { subject: "municipality", id, town: Some(id), actor, at, from: None, to: "open", reason: None });
        let mut coordinators = Vec::new();
        for number in 0..if smallest { 1 } else { 2 } {
            let email = match (index, number) {
                (0, 0) => Some("coordination@demo.example"),
                (1, 0) => Some("coordination.b@demo.example"),
                _ => None,
            };
            let coordinator = self.person(email, at)?;
            self.grant(coordinator, Role::Coordinator(id), Some(admin), at);
            coordinators.push(coordinator);
        }
        self.towns.push(Town { id, index, neighbourhoods, coordinators });
        Ok(())
    }
}

fn row(
    corpus: &TownText,
    id: Uuid,
    review_hours: i32,
    self_review_allowed: bool,
    opened_at: chrono::DateTime<chrono::Utc>,
) -> municipality::Model {
    municipality::Model {
        id,
        insee: corpus.insee.clone(),
        name: corpus.name.clone(),
        slug: text::slug(&corpus.name),
        department: corpus.department.clone(),
        postcodes: corpus.postcodes.clone(),
        population: corpus.population,
        latitude: Some(corpus.latitude),
        longitude: Some(corpus.longitude),
        service_name: corpus.service_name.clone(),
        service_email: Some(corpus.service_email.clone()),
        service_phone: Phone::parse(&corpus.service_phone).ok().map(String::from),
        opening_days: Some(corpus.opening_days.clone()),
        review_hours,
        self_review_allowed,
        work_days: i32::from(
            OpenDays::from_numbers(corpus.work_days.iter().map(String::as_str)).unwrap_or_default().bits(),
        ),
        reminder_hours: 24,
        escalation_email: None,
        opened_at,
    }
}
