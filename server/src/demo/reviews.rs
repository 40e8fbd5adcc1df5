//! Versions, the coordinators' files on them, and the exchanges.

use chrono::{DateTime, Duration, Utc};
use domain::{
    missions::{MissionContent, MissionStatus, VersionStatus},
    reviews::ReviewStatus,
};
use uuid::Uuid;

use super::{
    missions::{Later, Plan},
    world::{Act, World},
};
use crate::{
    accounts::tokens::digest,
    entity::{mission_version, review, review_answer, thread_message},
    reviews::open,
};

/// A version to write.
struct Version<'a> {
    plan: &'a Plan,
    number: i32,
    status: VersionStatus,
    content: &'a MissionContent,
    at: DateTime<Utc>,
}

impl World {
    /// Writes a mission's versions and what was decided on them, its row, its history.
    pub fn versions(&mut self, plan: &Plan) -> anyhow::Result<()> {
        let status = match plan.status {
            MissionStatus::Draft => VersionStatus::Draft,
            MissionStatus::Submitted => VersionStatus::Submitted,
            MissionStatus::ChangesRequested => VersionStatus::ChangesRequested,
            MissionStatus::Refused => VersionStatus::Refused,
            MissionStatus::Cancelled if !plan.was_public => VersionStatus::Draft,
            _ => VersionStatus::Approved,
        };
        if plan.older {
            let content = MissionContent { prerequisites: String::new(), ..plan.content.clone() };
            let at = plan.created_at + Duration::hours(24);
            let version =
                self.version(Version { plan, number: 1, status: VersionStatus::Superseded, content: &content, at });
            self.decided(plan, version, ReviewStatus::GreenLight, None, at, at + Duration::hours(30))?;
        }
        let number = if plan.older { 2 } else { 1 };
        let at = plan.submitted_at;
        let version = self.version(Version { plan, number, status, content: &plan.content, at });
        let reason = self.reason(plan.status)?;
        match status {
            VersionStatus::Submitted => self.waiting(plan, version, plan.submitted_at)?,
            VersionStatus::Approved => self.approved(plan, version)?,
            VersionStatus::ChangesRequested | VersionStatus::Refused => {
                let end = if status == VersionStatus::Refused {
                    ReviewStatus::Refused
                } else {
                    ReviewStatus::ChangesRequested
                };
                self.decided(plan, version, end, reason.as_deref(), plan.submitted_at, plan.decided_at)?;
            }
            VersionStatus::Draft | VersionStatus::Superseded => {}
        }
        let published = (status == VersionStatus::Approved).then_some(version);
        let newer = if plan.status == MissionStatus::Published { self.newer(plan, number + 1)? } else { None };
        self.mission_row(plan, published, if published.is_some() { newer } else { Some(version) })?;
        self.story(plan, reason.as_deref())
    }

    /// A later version of a published mission: it waits for its own green light, or is being written.
    fn newer(&mut self, plan: &Plan, number: i32) -> anyhow::Result<Option<Uuid>> {
        let submitted = match plan.later {
            Later::Waiting => true,
            Later::Perhaps if self.dice.percent(11) => self.dice.percent(75),
            Later::Perhaps | Later::Never => return Ok(None),
        };
        let mut content = plan.content.clone();
        content.description.push_str("\n\nUn goûter est offert à toute l’équipe à la fin.");
        for slot in &mut content.slots {
            slot.places += 2;
        }
        let at =
            self.dice.moment(plan.decided_at.max(self.now - Duration::hours(60)), self.now - Duration::minutes(20));
        let status = if submitted { VersionStatus::Submitted } else { VersionStatus::Draft };
        let version = self.version(Version { plan, number, status, content: &content, at });
        if submitted {
            self.waiting(plan, version, at)?;
        }
        Ok(Some(version))
    }

    fn version(&mut self, version: Version<'_>) -> Uuid {
        let id = self.dice.id();
        let json = version.content.canonical_json();
        let submitted = version.status != VersionStatus::Draft;
        self.rows.versions.push(mission_version::Model {
            id,
            mission_id: version.plan.id,
            number: version.number,
            status: version.status.as_str().to_owned(),
            content_hash: digest(&json),
            content: json,
            author_id: self.organisations[version.plan.organisation].admin,
            created_at: version.at - Duration::minutes(50),
            updated_at: version.at,
            submitted_at: submitted.then_some(version.at),
        });
        id
    }

    /// A green light, sometimes after a first round of changes.
    fn approved(&mut self, plan: &Plan, version: Uuid) -> anyhow::Result<()> {
        if self.dice.percent(20) {
            let asked = self.dice.pick(&self.corpus.messages.changes)?.clone();
            let (at, end) = (plan.submitted_at - Duration::hours(50), plan.submitted_at - Duration::hours(20));
            self.decided(plan, version, ReviewStatus::ChangesRequested, Some(&asked), at, end)?;
        }
        self.decided(plan, version, ReviewStatus::GreenLight, None, plan.submitted_at, plan.decided_at)
    }

    fn reason(&mut self, status: MissionStatus) -> anyhow::Result<Option<String>> {
        let said = match status {
            MissionStatus::ChangesRequested => &self.corpus.messages.changes,
            MissionStatus::Refused => &self.corpus.messages.refused,
            MissionStatus::Cancelled => &self.corpus.messages.cancelled,
            MissionStatus::Suspended => &self.corpus.messages.organisation_suspended,
            _ => return Ok(None),
        };
        Ok(Some(self.dice.pick(said)?.clone()))
    }

    fn review(&mut self, plan: &Plan, version: Uuid, at: DateTime<Utc>) -> review::Model {
        let town = &self.towns[plan.town];
        let deadline = open::deadline(&self.rows.towns[town.index], at);
        let content_hash = self.rows.versions.iter().find(|row| row.id == version).map(|row| row.content_hash.clone());
        review::Model {
            id: self.dice.id(),
            mission_id: plan.id,
            mission_version_id: version,
            municipality_id: town.id,
            status: ReviewStatus::Waiting.as_str().to_owned(),
            content_hash: content_hash.unwrap_or_default(),
            due_at: deadline.due_at,
            remind_at: deadline.remind_at.filter(|morning| *morning > self.now),
            escalate_at: deadline.escalate_at.filter(|morning| *morning > self.now),
            taken_by: None,
            taken_at: None,
            decided_by: None,
            decided_at: None,
            reason: None,
            created_at: at,
            findings: None,
        }
    }

    /// An open file: three out of ten are in somebody's hands.
    fn waiting(&mut self, plan: &Plan, version: Uuid, at: DateTime<Utc>) -> anyhow::Result<()> {
        let mut review = self.review(plan, version, at);
        let author = self.organisations[plan.organisation].admin;
        self.review_act(&review, Some(author), at, None, ReviewStatus::Waiting, None);
        if self.dice.percent(30) {
            let coordinator = *self.dice.pick(&self.towns[plan.town].coordinators)?;
            let taken = self.dice.moment(at, self.now);
            review.taken_by = Some(coordinator);
            review.taken_at = Some(taken);
            review.status = ReviewStatus::InReview.as_str().to_owned();
            let (from, to) = (Some(ReviewStatus::Waiting), ReviewStatus::InReview);
            self.review_act(&review, Some(coordinator), taken, from, to, None);
            self.answers(plan, &review, coordinator, taken, None);
            if self.dice.percent(50) {
                let question = self.dice.pick(&self.corpus.messages.questions)?.clone();
                self.message(plan, (coordinator, "coordination"), question, taken, None);
            }
        }
        self.rows.reviews.push(review);
        Ok(())
    }

    fn decided(
        &mut self,
        plan: &Plan,
        version: Uuid,
        end: ReviewStatus,
        reason: Option<&str>,
        at: DateTime<Utc>,
        decided_at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let coordinator = *self.dice.pick(&self.towns[plan.town].coordinators)?;
        let author = self.organisations[plan.organisation].admin;
        let taken = self.dice.moment(at, decided_at);
        let review = review::Model {
            status: end.as_str().to_owned(),
            taken_by: Some(coordinator),
            taken_at: Some(taken),
            decided_by: Some(coordinator),
            decided_at: Some(decided_at),
            reason: reason.map(str::to_owned),
            ..self.review(plan, version, at)
        };
        let (waiting, in_review) = (ReviewStatus::Waiting, ReviewStatus::InReview);
        self.review_act(&review, Some(author), at, None, waiting, None);
        self.review_act(&review, Some(coordinator), taken, Some(waiting), in_review, None);
        self.review_act(&review, Some(coordinator), decided_at, Some(in_review), end, reason);
        let item = self.answers(plan, &review, coordinator, decided_at, reason);
        if let Some(reason) = reason {
            let body = reason.to_owned();
            self.message(plan, (coordinator, "coordination"), body, decided_at, item.as_deref());
            if end == ReviewStatus::ChangesRequested && self.dice.percent(60) {
                let answer = self.dice.pick(&self.corpus.messages.answers)?.clone();
                let at = decided_at + Duration::hours(5);
                self.message(plan, (author, "organisation"), answer, at, item.as_deref());
            }
        }
        self.rows.reviews.push(review);
        Ok(())
    }

    fn review_act(
        &mut self,
        review: &review::Model,
        actor: Option<Uuid>,
        at: DateTime<Utc>,
        from: Option<ReviewStatus>,
        to: ReviewStatus,
        reason: Option<&str>,
    ) {
        let (id, town) = (review.id, Some(review.municipality_id));
        let (from, to) = (from.map(ReviewStatus::as_str), to.as_str());
        self.act(Act { subject: "review", id, town, actor, at, from, to, reason });
    }

    /// The checklist: all well when decided for; one «no» with the reason when not, of which item is told; half of it when under
    /// way.
    fn answers(
        &mut self,
        plan: &Plan,
        review: &review::Model,
        by: Uuid,
        at: DateTime<Utc>,
        reason: Option<&str>,
    ) -> Option<String> {
        let open = review.decided_at.is_none();
        let codes: Vec<String> = self
            .reference
            .checklist
            .iter()
            .filter(|(_, domain)| domain.is_none() || *domain == plan.content.domain)
            .map(|(code, _)| code.clone())
            .collect();
        let wrong = self.dice.below(codes.len());
        let told = reason.and_then(|_| codes.get(wrong).cloned());
        for (index, item_code) in codes.into_iter().enumerate() {
            if open && index > wrong {
                break;
            }
            let no = reason.filter(|_| index == wrong);
            self.rows.answers.push(review_answer::Model {
                review_id: review.id,
                item_code,
                answer: if no.is_some() { "no" } else { "yes" }.to_owned(),
                note: no.unwrap_or_default().to_owned(),
                answered_by: by,
                answered_at: at,
            });
        }
        told
    }

    fn message(
        &mut self,
        plan: &Plan,
        (author_id, side): (Uuid, &str),
        body: String,
        at: DateTime<Utc>,
        item: Option<&str>,
    ) {
        let id = self.dice.id();
        self.rows.messages.push(thread_message::Model {
            id,
            mission_id: Some(plan.id),
            organisation_id: None,
            municipality_id: self.towns[plan.town].id,
            author_id,
            side: side.to_owned(),
            body,
            created_at: at.min(self.now),
            item_code: item.map(str::to_owned),
        });
    }

    /// The mission's own history.
    fn story(&mut self, plan: &Plan, reason: Option<&str>) -> anyhow::Result<()> {
        use MissionStatus::{Cancelled, Closed, Draft, Published, Submitted, Suspended};
        let author = Some(self.organisations[plan.organisation].admin);
        let coordinator = self.towns[plan.town].coordinators.first().copied();
        let first = plan.created_at + Duration::hours(24);
        let over = plan.content.slots.iter().map(|slot| slot.ends_at).max().unwrap_or(self.now);
        let mut steps = vec![(author, plan.created_at, Draft)];
        if plan.status != Draft && (plan.status != Cancelled || plan.was_public) {
            steps.push((author, if plan.older { first } else { plan.submitted_at }, Submitted));
        }
        if plan.was_public {
            let at = if plan.older { first + Duration::hours(30) } else { plan.decided_at };
            steps.push((coordinator, at, Published));
        }
        match plan.status {
            Closed => steps.push((None, over, Closed)),
            Cancelled => steps.push((author, plan.decided_at + Duration::hours(20), Cancelled)),
            Suspended => steps.push((coordinator, plan.decided_at.max(self.now - Duration::days(9)), Suspended)),
            Draft | Submitted | Published => {}
            other => steps.push((coordinator, plan.decided_at, other)),
        }
        let mut from: Option<MissionStatus> = None;
        for (actor, at, to) in steps {
            let (before, town) = (from.map(MissionStatus::as_str), Some(self.towns[plan.town].id));
            let reason = reason.filter(|_| to == plan.status);
            let to_name = to.as_str();
            self.act(Act { subject: "mission", id: plan.id, town, actor, at, from: before, to: to_name, reason });
            from = Some(to);
        }
        Ok(())
    }
}
