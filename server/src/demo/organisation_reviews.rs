//! The coordinators' files on organisations, and two that raise questions: one that looks registered already, and one
//! whose name sounds like a party's.

use chrono::{DateTime, Duration, Utc};
use domain::{
    organisations::OrganisationStatus::{self, ChangesRequested, Draft, Refused, Submitted},
    reviews::{ReviewStatus, due::Deadline},
    text,
};
use uuid::Uuid;

use super::{
    accounts::Role,
    dice::Dice,
    world::{Act, World},
};
use crate::{
    entity::{organisation, organisation_answer, organisation_request, organisation_review},
    reviews::open,
};

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x4F52_4741_5245_5631;
/// The item that a file sent back asks about.
const ASKED: &str = "insured";
const REQUEST: &str = "L’attestation d’assurance date de l’an dernier : merci d’envoyer la nouvelle.";
const DESCRIPTION: &str = "Nous réunissons des habitantes et des habitants qui veulent rendre service près de chez \
    eux. Chaque semaine, une équipe se retrouve pour préparer la suivante, et chacun y vient avec ce qu’il sait faire. \
    Nos comptes sont présentés tous les ans à nos adhérents.";

impl World {
    /// Writes them for every organisation that was sent to its town.
    pub fn organisation_reviews(&mut self) -> anyhow::Result<()> {
        let mine = std::mem::replace(&mut self.dice, Dice::of(SEED));
        let done = self.questions().map(|()| {
            for row in self.rows.organisations.clone() {
                self.files(&row);
            }
        });
        self.dice = mine;
        done
    }

    fn questions(&mut self) -> anyhow::Result<()> {
        let Some(town) = self.towns.first().map(|town| town.id) else { return Ok(()) };
        let twin = self
            .rows
            .organisations
            .iter()
            .find(|row| row.municipality_id == town && row.status == "approved" && row.legal_form == "association");
        let Some((name, email)) = twin.map(|row| (row.name.clone(), row.email.clone())) else { return Ok(()) };
        self.sent_organisation(town, &format!("Association «\u{a0}{name}\u{a0}»"), "W832000101", email, 30)?;
        self.sent_organisation(
            town,
            "Parti pour Tamaris",
            "W832000102",
            Some("contact@parti-tamaris.example".to_owned()),
            90,
        )
    }

    /// An organisation that was sent so many hours ago.
    fn sent_organisation(
        &mut self,
        town: Uuid,
        name: &str,
        rna: &str,
        email: Option<String>,
        hours: i64,
    ) -> anyhow::Result<()> {
        let (id, at) = (self.dice.id(), self.now - Duration::hours(hours));
        let admin = self.person(None, at - Duration::hours(1))?;
        self.grant(admin, Role::Organisation(id), Some(admin), at);
        self.rows.organisations.push(organisation::Model {
            id,
            municipality_id: town,
            name: name.to_owned(),
            name_folded: text::fold(name),
            slug: text::slug(name),
            legal_form: "association".to_owned(),
            rna: Some(rna.to_owned()),
            siret: None,
            description: DESCRIPTION.to_owned(),
            email,
            phone: None,
            website: None,
            address: None,
            status: Submitted.as_str().to_owned(),
            created_by: admin,
            created_at: at,
            updated_at: at + Duration::hours(2),
            submitted_at: Some(at + Duration::hours(2)),
            decided_at: None,
            decided_by: None,
            decision_reason: None,
        });
        let (subject, town, actor) = ("organisation", Some(town), Some(admin));
        let (draft, submitted) = (Draft.as_str(), Submitted.as_str());
        self.act(Act { subject, id, town, actor, at, from: None, to: draft, reason: None });
        let at = at + Duration::hours(2);
        self.act(Act { subject, id, town, actor, at, from: Some(draft), to: submitted, reason: None });
        Ok(())
    }

    /// The file on an organisation that was sent.
    fn files(&mut self, row: &organisation::Model) {
        let Some(sent) = row.submitted_at else { return };
        let status = OrganisationStatus::parse(&row.status).unwrap_or(Draft);
        let Some(town) = self.rows.towns.iter().find(|town| town.id == row.municipality_id).cloned() else { return };
        let Deadline { due_at, remind_at, escalate_at } = open::deadline(&town, sent);
        let later = |at: Option<DateTime<Utc>>| at.filter(|at| *at > self.now);
        let mut review = organisation_review::Model {
            id: self.dice.id(),
            organisation_id: row.id,
            municipality_id: row.municipality_id,
            status: ReviewStatus::Waiting.as_str().to_owned(),
            due_at,
            remind_at: later(remind_at),
            escalate_at: later(escalate_at),
            taken_by: None,
            taken_at: None,
            decided_by: None,
            decided_at: None,
            reason: None,
            created_at: sent,
        };
        self.file_act(&review, Some(row.created_by), sent, None, ReviewStatus::Waiting);
        if let (false, Some(by)) = (status == Submitted, row.decided_by) {
            self.ended(&mut review, row, status, by);
        }
        self.rows.organisation_reviews.push(review);
    }

    /// How it ended, with its answers.
    fn ended(
        &mut self,
        review: &mut organisation_review::Model,
        row: &organisation::Model,
        status: OrganisationStatus,
        by: Uuid,
    ) {
        let end = match status {
            ChangesRequested => ReviewStatus::ChangesRequested,
            Refused => ReviewStatus::Refused,
            _ => ReviewStatus::GreenLight,
        };
        // A suspension came later: the approval was the day after the organisation was sent.
        let at = review.created_at + Duration::hours(14);
        let taken = review.created_at + Duration::hours(3);
        let (waiting, in_review) = (ReviewStatus::Waiting, ReviewStatus::InReview);
        self.file_act(review, Some(by), taken, Some(waiting), in_review);
        self.file_act(review, Some(by), at, Some(in_review), end);
        let approved = end == ReviewStatus::GreenLight;
        review.status = end.as_str().to_owned();
        (review.taken_by, review.taken_at) = (Some(by), Some(taken));
        (review.decided_by, review.decided_at) = (Some(by), Some(at));
        review.reason = row.decision_reason.clone().filter(|_| !approved);
        for item_code in self.reference.organisation_items.clone() {
            let no = end == ReviewStatus::ChangesRequested && item_code == ASKED;
            if no {
                self.rows.organisation_requests.push(organisation_request::Model {
                    id: self.dice.id(),
                    review_id: review.id,
                    item_code: item_code.clone(),
                    position: 0,
                    body: REQUEST.to_owned(),
                    answer: String::new(),
                    answered_by: None,
                    answered_at: None,
                });
            }
            self.rows.organisation_answers.push(organisation_answer::Model {
                review_id: review.id,
                item_code,
                answer: if no { "no" } else { "yes" }.to_owned(),
                note: String::new(),
                answered_by: by,
                answered_at: at,
            });
        }
    }

    fn file_act(
        &mut self,
        review: &organisation_review::Model,
        actor: Option<Uuid>,
        at: DateTime<Utc>,
        from: Option<ReviewStatus>,
        to: ReviewStatus,
    ) {
        let (id, town) = (review.id, Some(review.municipality_id));
        let (from, to) = (from.map(ReviewStatus::as_str), to.as_str());
        self.act(Act { subject: "organisation_review", id, town, actor, at, from, to, reason: None });
    }
}
