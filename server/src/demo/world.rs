//! What is being made, before it is written.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{applications::rules::Span, missions::MissionContent, paris};
use uuid::Uuid;

use super::{corpus::Corpus, dice::Dice};
use crate::entity::{
    account, alert, alert_mission, application, application_message, application_slot, application_thread,
    association_letter, attendance, cover_letter, cover_request, crisis_measures, crisis_suspension, depot,
    directory_entry, equipment_count, equipment_count_line, equipment_level, equipment_movement, equipment_stock,
    favourite, history, idea, idea_link, idea_message, invitation, letter_recipient, message_report, mission,
    mission_partner, mission_version, municipality, neighbourhood, network, organisation, organisation_answer,
    organisation_request, organisation_review, review, review_answer, role_grant, slot, slot_batch, slot_batch_slot,
    testimonial, thread_message, volunteer, volunteer_profile,
};

/// Rows of every table.
#[derive(Debug, Default)]
pub struct Rows {
    pub networks: Vec<network::Model>,
    pub towns: Vec<municipality::Model>,
    pub neighbourhoods: Vec<neighbourhood::Model>,
    pub accounts: Vec<account::Model>,
    pub volunteers: Vec<volunteer::Model>,
    pub profiles: Vec<volunteer_profile::Model>,
    pub organisations: Vec<organisation::Model>,
    pub grants: Vec<role_grant::Model>,
    pub invitations: Vec<invitation::Model>,
    pub missions: Vec<mission::Model>,
    pub versions: Vec<mission_version::Model>,
    pub slots: Vec<slot::Model>,
    pub reviews: Vec<review::Model>,
    pub answers: Vec<review_answer::Model>,
    pub messages: Vec<thread_message::Model>,
    pub applications: Vec<application::Model>,
    pub application_slots: Vec<application_slot::Model>,
    pub attendance: Vec<attendance::Model>,
    pub application_threads: Vec<application_thread::Model>,
    pub application_messages: Vec<application_message::Model>,
    pub message_reports: Vec<message_report::Model>,
    pub history: Vec<history::Model>,
    pub directory: Vec<directory_entry::Model>,
    pub letters: Vec<association_letter::Model>,
    pub recipients: Vec<letter_recipient::Model>,
    pub depots: Vec<depot::Model>,
    pub equipment_stock: Vec<equipment_stock::Model>,
    pub equipment_levels: Vec<equipment_level::Model>,
    pub equipment_movements: Vec<equipment_movement::Model>,
    pub equipment_counts: Vec<equipment_count::Model>,
    pub equipment_count_lines: Vec<equipment_count_line::Model>,
    pub partners: Vec<mission_partner::Model>,
    pub organisation_reviews: Vec<organisation_review::Model>,
    pub organisation_answers: Vec<organisation_answer::Model>,
    pub organisation_requests: Vec<organisation_request::Model>,
    pub ideas: Vec<idea::Model>,
    pub idea_messages: Vec<idea_message::Model>,
    pub idea_links: Vec<idea_link::Model>,
    pub measures: Vec<crisis_measures::Model>,
    pub suspensions: Vec<crisis_suspension::Model>,
    pub alerts: Vec<alert::Model>,
    pub alert_missions: Vec<alert_mission::Model>,
    pub favourites: Vec<favourite::Model>,
    pub cover_requests: Vec<cover_request::Model>,
    pub cover_letters: Vec<cover_letter::Model>,
    pub slot_batches: Vec<slot_batch::Model>,
    pub slot_batch_slots: Vec<slot_batch_slot::Model>,
    pub testimonials: Vec<testimonial::Model>,
}

/// A town, with what belongs to it.
#[derive(Debug)]
pub struct Town {
    /// Its id.
    pub id: Uuid,
    /// Its place in the corpus.
    pub index: usize,
    /// Ids of its neighbourhoods, with their names.
    pub neighbourhoods: Vec<(Uuid, String)>,
    /// Accounts of its coordinators.
    pub coordinators: Vec<Uuid>,
}

/// An organisation.
#[derive(Debug)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// Its town, in the list of towns.
    pub town: usize,
    /// Its first admin.
    pub admin: Uuid,
    /// Codes of the domains in which it works.
    pub domains: Vec<String>,
    /// Where it stands.
    pub status: domain::organisations::OrganisationStatus,
}

/// A mission whose slots volunteers may have taken.
#[derive(Debug)]
pub struct Online {
    /// Its row, in the list of missions.
    pub row: usize,
    /// Its rows in the list of slots.
    pub slots: Vec<usize>,
    /// Its organisation, in the list of organisations.
    pub organisation: usize,
    /// What was published.
    pub content: MissionContent,
    /// Wanted by more people than it has places.
    pub popular: bool,
}

/// A person who may apply.
#[derive(Debug)]
pub struct Applicant {
    /// The account.
    pub id: Uuid,
    /// Dated slots that were given to this person.
    pub busy: Vec<Span>,
    /// Missions applied to.
    pub missions: HashSet<Uuid>,
}

/// Lists of the network that the generator follows.
#[derive(Debug)]
pub struct Reference {
    /// Codes of the items of the checklist, with the domain of those for one only.
    pub checklist: Vec<(String, Option<String>)>,
    /// Codes and versions of the safety rules, with the domain of those for one only.
    pub rules: Vec<(String, i32, Option<String>)>,
    /// Codes of enabled domains.
    pub domains: Vec<String>,
    /// Codes of the items of the checklist of organisations.
    pub organisation_items: Vec<String>,
}

/// Everything that is being made.
#[derive(Debug)]
pub struct World {
    /// The instant of the demonstration.
    pub now: DateTime<Utc>,
    /// Its day in Paris.
    pub today: NaiveDate,
    /// Chance.
    pub dice: Dice,
    /// Names and texts.
    pub corpus: Corpus,
    /// Lists of the network.
    pub reference: Reference,
    /// The hash of everybody's password.
    pub password_hash: String,
    /// What will be written.
    pub rows: Rows,
    /// Towns.
    pub towns: Vec<Town>,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Missions with slots.
    pub online: Vec<Online>,
    /// People who may apply.
    pub applicants: Vec<Applicant>,
}

/// One line of a history to write.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    pub subject: &'a str,
    pub id: Uuid,
    pub town: Option<Uuid>,
    pub actor: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub from: Option<&'a str>,
    pub to: &'a str,
    pub reason: Option<&'a str>,
}

impl World {
    /// Nothing yet.
    pub fn new(now: DateTime<Utc>, corpus: Corpus, reference: Reference, password_hash: String) -> Self {
        Self {
            now,
            today: paris::date(now),
            dice: Dice::new(),
            corpus,
            reference,
            password_hash,
            rows: Rows::default(),
            towns: Vec::new(),
            organisations: Vec::new(),
            online: Vec::new(),
            applicants: Vec::new(),
        }
    }

    /// Adds a line to the history.
    pub fn act(&mut self, act: Act<'_>) {
        let id = self.dice.id();
        self.rows.history.push(history::Model {
            id,
            subject: act.subject.to_owned(),
            subject_id: act.id,
            municipality_id: act.town,
            actor_id: act.actor,
            at: act.at.min(self.now),
            from_state: act.from.map(str::to_owned),
            to_state: act.to.to_owned(),
            reason: act.reason.map(str::to_owned),
        });
    }
}
