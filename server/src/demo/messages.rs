//! Messages about a few applications: those of the demonstration's volunteer and organisation; in two towns, one exchange
//! that was reported.

use chrono::{DateTime, Duration, Utc};
use domain::{
    applications::ApplicationStatus,
    messages::{Side, Side::Organisation as O, Side::Volunteer as V},
};
use uuid::Uuid;

use super::{
    dice::Dice,
    world::{Act, World},
};
use crate::entity::{application_message, application_thread, message_report};

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x4D45_5353_4147;

/// Who writes, and what.
type Talk = &'static [(Side, &'static str)];
const TO_VOLUNTEER: Talk = &[
    (V, "Bonjour, faut-il apporter quelque chose ?"),
    (O, "Bonjour, seulement des chaussures fermées. Nous avons tout le reste sur place."),
];
const TO_ORGANISATION: Talk =
    &[(V, "Bonjour, puis-je venir avec mon vélo cargo ? Il peut porter une dizaine de colis.")];
const REPORTED: Talk = &[
    (V, "Bonjour, à quelle heure faut-il venir ?"),
    (O, "Venez quand vous voulez, mais achetez d’abord notre carte de membre : c’est obligatoire."),
    (V, "La page de la mission dit que c’est gratuit."),
];
const REASON: &str = "On me demande de payer une carte pour être volontaire.";

/// How many exchanges each of the demonstration's accounts has.
const EACH: usize = 2;

impl World {
    /// Writes them.
    pub fn messages(&mut self) {
        let mine = std::mem::replace(&mut self.dice, Dice::of(SEED));
        let volunteer = self.applicants.first().map(|applicant| applicant.id);
        let own = self.organisations.first().map(|organisation| organisation.id);
        // Application, who answers, their town, who applied: the live ones that the mission's own organisation answers.
        let live: Vec<(Uuid, Uuid, Uuid, Uuid)> = self
            .rows
            .applications
            .iter()
            .filter(|row| row.organisation_id.is_none())
            .filter(|row| ApplicationStatus::parse(&row.status).is_some_and(ApplicationStatus::is_live))
            .filter_map(|row| {
                let mission = self.rows.missions.iter().find(|mission| mission.id == row.mission_id)?;
                Some((row.id, mission.organisation_id, mission.municipality_id, row.volunteer_id))
            })
            .collect();
        let of_volunteer = live.iter().filter(|row| Some(row.3) == volunteer).take(EACH);
        let of_organisation = live.iter().filter(|row| Some(row.1) == own).take(EACH);
        let reported = self.towns.iter().take(2).filter_map(|town| {
            live.iter().find(|row| row.2 == town.id && Some(row.3) != volunteer && Some(row.1) != own)
        });
        let (of_volunteer, of_organisation): (Vec<_>, Vec<_>) = (of_volunteer.collect(), of_organisation.collect());
        let reported: Vec<_> = reported.collect();
        for row in of_volunteer {
            self.talk(*row, TO_VOLUNTEER);
        }
        for row in of_organisation {
            self.talk(*row, TO_ORGANISATION);
        }
        for row in reported {
            self.talk(*row, REPORTED);
            self.reported(*row);
        }
        self.dice = mine;
    }

    fn talk(&mut self, (application, organisation, _, volunteer): (Uuid, Uuid, Uuid, Uuid), talk: Talk) {
        let admin = self.organisations.iter().find(|one| one.id == organisation).map(|one| one.admin);
        let mut thread = application_thread::Model {
            application_id: application,
            volunteer_wrote_at: None,
            volunteer_read_at: None,
            volunteer_told_at: None,
            organisation_wrote_at: None,
            organisation_read_at: None,
            organisation_told_at: None,
        };
        for (number, (side, body)) in (0_i32..).zip(talk) {
            let at = self.now - Duration::minutes(i64::from(20 - number * 5));
            let (author, wrote) = match side {
                V => (Some(volunteer), &mut thread.volunteer_wrote_at),
                O => (admin, &mut thread.organisation_wrote_at),
            };
            let Some(author_id) = author else { continue };
            *wrote = Some(at);
            // Whoever writes has read what came before.
            match side {
                V => thread.volunteer_read_at = Some(at),
                O => thread.organisation_read_at = Some(at),
            }
            self.said(application, author_id, *side, (at, body));
        }
        self.rows.application_threads.push(thread);
    }

    fn said(&mut self, application_id: Uuid, author_id: Uuid, side: Side, (at, body): (DateTime<Utc>, &str)) {
        self.rows.application_messages.push(application_message::Model {
            id: self.dice.id(),
            application_id,
            author_id,
            side: side.as_str().to_owned(),
            body: body.to_owned(),
            created_at: at,
        });
    }

    /// The volunteer reports it to the town.
    fn reported(&mut self, (application, _, town, volunteer): (Uuid, Uuid, Uuid, Uuid)) {
        let (id, at) = (self.dice.id(), self.now - Duration::minutes(2));
        self.rows.message_reports.push(message_report::Model {
            id,
            application_id: application,
            municipality_id: town,
            reporter_id: volunteer,
            side: V.as_str().to_owned(),
            reason: REASON.to_owned(),
            created_at: at,
            closed_at: None,
            closed_by: None,
            word: None,
        });
        let (subject, to) = ("message_report", "reported");
        let (town, actor) = (Some(town), Some(volunteer));
        self.act(Act { subject, id, town, actor, at, from: None, to, reason: None });
    }
}
