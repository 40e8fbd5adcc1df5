//! What a town asks the network to decide, where four eyes leave nobody of its own who may.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Grant},
    error::{AppError, Conflict},
    ids::{AccountId, MunicipalityId, OrganisationId, OrganisationReviewId, ReviewId},
    reviews::{
        NetworkEyes, NetworkRequest, ReviewAction, ReviewStatus,
        policy::{FourEyes, Refused, four_eyes, four_eyes_of_network, may_ask_network},
    },
    team::Duty,
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::SimpleExpr,
};
use uuid::Uuid;

use super::{
    case::{Case, hand_to},
    queries::names,
};
use crate::{
    accounts::queries::{holders, with_duty},
    backend::Backend,
    entity::{mission, mission_version, municipality, network_request as request, organisation},
    error::{Result, told},
    mail::{Mail, MailKind},
    missions::queries,
    network::queries as towns,
    store::{Step, Work},
};

/// Characters of the longest word to the network.
const LONGEST_WORD: u32 = 500;

/// A file that the network can be asked to decide.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    /// On one version of a mission.
    Mission(ReviewId),
    /// On a submission of an organisation.
    Organisation(OrganisationReviewId),
}

impl Subject {
    fn here(self) -> SimpleExpr {
        match self {
            Self::Mission(id) => request::Column::ReviewId.eq(id.0),
            Self::Organisation(id) => request::Column::OrganisationReviewId.eq(id.0),
        }
    }

    /// What the history calls it, and its id.
    const fn named(self) -> (&'static str, Uuid) {
        match self {
            Self::Mission(id) => ("review", id.0),
            Self::Organisation(id) => ("organisation_review", id.0),
        }
    }
}

/// Who has a part in what is reviewed.
#[derive(Debug)]
pub struct Part {
    author: Uuid,
    others: Vec<Uuid>,
}

impl Part {
    /// In a version of a mission: its author, the mission's, and the team of the organisation.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn in_mission(
        db: &impl ConnectionTrait,
        mission: &mission::Model,
        version: &mission_version::Model,
    ) -> Result<Self> {
        let mut part = Self::of(db, OrganisationId(mission.organisation_id), version.author_id).await?;
        part.others.push(mission.created_by);
        Ok(part)
    }

    /// In an organisation: its author and its team.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn in_organisation(db: &impl ConnectionTrait, row: &organisation::Model) -> Result<Self> {
        Self::of(db, OrganisationId(row.id), row.created_by).await
    }

    async fn of(db: &impl ConnectionTrait, organisation: OrganisationId, author: Uuid) -> Result<Self> {
        let team = with_duty(db, organisation, Duty::See).await?;
        Ok(Self { author, others: team.into_iter().map(|person| person.id).collect() })
    }

    /// Four eyes for a coordinator.
    fn of_town(&self, account: Uuid, town: &municipality::Model) -> std::result::Result<FourEyes, Refused> {
        four_eyes(account, self.author, self.others.contains(&account), town.self_review_allowed)
    }

    /// Four eyes for an admin of the network.
    fn of_network(&self, account: Uuid) -> std::result::Result<FourEyes, Refused> {
        four_eyes_of_network(account, self.author, self.others.contains(&account))
    }
}

/// The request about a file, if there is one.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(db: &impl ConnectionTrait, subject: Subject) -> Result<Option<request::Model>> {
    Ok(request::Entity::find().filter(subject.here()).one(db).await?)
}

/// Passes an admin of the network who decides in the town's place: it asked, and they have no part in it.
///
/// # Errors
/// `NotFound` unless the town asked the network; `FourEyes`.
pub async fn require(work: &Work, subject: Subject, part: &Part) -> Result<()> {
    let me = work.actor.require_network().map_err(told)?;
    if of(&work.tx, subject).await?.is_none() {
        return Err(told(AppError::NotFound));
    }
    part.of_network(me.0).map_err(|_| told(Conflict::FourEyes))?;
    Ok(())
}

/// Whether somebody decides in the town's place.
///
/// # Errors
/// When the database cannot be reached.
pub async fn stands_in(
    db: &impl ConnectionTrait,
    actor: &Actor,
    town: &municipality::Model,
    subject: Subject,
    part: &Part,
) -> Result<bool> {
    let Some(me) = actor.account else { return Ok(false) };
    let may = actor.runs_network() && !actor.coordinates(MunicipalityId(town.id)) && part.of_network(me.0).is_ok();
    Ok(may && of(db, subject).await?.is_some())
}

/// Whether the town may ask the network, and this coordinator for it.
async fn may_ask(db: &impl ConnectionTrait, town: &municipality::Model, me: AccountId, part: &Part) -> Result<bool> {
    let all = holders(db, Grant::Coordinator(MunicipalityId(town.id))).await?;
    let others = all.iter().filter(|person| person.id != me.0).map(|person| part.of_town(person.id, town));
    if !may_ask_network(part.of_town(me.0, town), others) {
        return Ok(false);
    }
    // Somebody has to be there who can answer.
    Ok(holders(db, Grant::NetworkAdmin).await?.iter().any(|person| part.of_network(person.id).is_ok()))
}

/// A file as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Which.
    pub subject: Subject,
    /// Its town.
    pub town: &'a municipality::Model,
    /// Where it stands.
    pub status: ReviewStatus,
    /// Who has it.
    pub taken_by: Option<Uuid>,
}

impl Standing<'_> {
    /// Whether somebody has it who does not coordinate its town.
    async fn is_away(&self, db: &impl ConnectionTrait) -> Result<bool> {
        let Some(taker) = self.taken_by.filter(|_| self.status == ReviewStatus::InReview) else { return Ok(false) };
        let own = holders(db, Grant::Coordinator(MunicipalityId(self.town.id))).await?;
        Ok(own.iter().all(|person| person.id != taker))
    }

    /// Where it stands with the network, for whoever looks.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn seen(&self, db: &impl ConnectionTrait, actor: &Actor, part: &Part) -> Result<NetworkEyes> {
        let Some(row) = of(db, self.subject).await? else {
            let me = actor.account.filter(|_| self.status.is_open());
            let me = me.filter(|_| actor.coordinates(MunicipalityId(self.town.id)));
            let may_ask = match me {
                Some(me) => may_ask(db, self.town, me, part).await?,
                None => false,
            };
            return Ok(NetworkEyes { may_ask, ..NetworkEyes::default() });
        };
        let open = self.status.is_open();
        let may_recall = open && actor.coordinates(MunicipalityId(self.town.id)) && !self.is_away(db).await?;
        Ok(NetworkEyes {
            may_recall,
            stands_in: open && stands_in(db, actor, self.town, self.subject, part).await?,
            asked: Some(said(&row, &names(db, vec![row.asked_by]).await?)),
            may_ask: false,
        })
    }

    /// Keeps the request and tells the admins of the network who may decide. `title` and `path` are those of the e-mail.
    ///
    /// # Errors
    /// `NotFound` for whoever does not coordinate the town; what is wrong with the field `word`; `NotInThisState` when it is
    /// over, asked already, or somebody of the town may decide.
    pub async fn ask(&self, work: &Work, part: &Part, word: &str, (title, path): (&str, &str)) -> Result<()> {
        let id = MunicipalityId(self.town.id);
        let me = work.actor.require_coordinator(id).map_err(told)?;
        let word = text::paragraphs(word, 0, LONGEST_WORD).map_err(|problem| told(AppError::field("word", problem)))?;
        let again = of(&work.tx, self.subject).await?.is_some();
        if !self.status.is_open() || again || !may_ask(&work.tx, self.town, me, part).await? {
            return Err(told(Conflict::NotInThisState));
        }
        let (review, submission) = match self.subject {
            Subject::Mission(id) => (Some(id.0), None),
            Subject::Organisation(id) => (None, Some(id.0)),
        };
        request::ActiveModel {
            id: Set(Uuid::now_v7()),
            review_id: Set(review),
            organisation_review_id: Set(submission),
            municipality_id: Set(self.town.id),
            asked_by: Set(me.0),
            asked_at: Set(work.now),
            note: Set(word.clone()),
        }
        .insert(&work.tx)
        .await?;
        self.record(work, "network_asked", Some(&word)).await?;
        let author = names(&work.tx, vec![me.0]).await?.remove(&me.0).unwrap_or_default();
        let facts = [("author", author.as_str()), ("town", &self.town.name), ("subject", title), ("word", &word)];
        for admin in holders(&work.tx, Grant::NetworkAdmin).await? {
            if part.of_network(admin.id).is_ok() {
                let mail = Mail { kind: MailKind::NetworkAsked, facts: &facts, path };
                work.mail_account(AccountId(admin.id), mail).await?;
            }
        }
        Ok(())
    }

    /// Takes the request back.
    ///
    /// # Errors
    /// `NotFound` for whoever does not coordinate the town; `NotInThisState` without a request, or once the file is over;
    /// `TakenByAnother` when somebody of the network has it.
    pub async fn recall(&self, work: &Work) -> Result<()> {
        work.actor.require_coordinator(MunicipalityId(self.town.id)).map_err(told)?;
        let row = of(&work.tx, self.subject).await?.filter(|_| self.status.is_open());
        let row = row.ok_or_else(|| told(Conflict::NotInThisState))?;
        if self.is_away(&work.tx).await? {
            return Err(told(Conflict::TakenByAnother));
        }
        request::Entity::delete_by_id(row.id).exec(&work.tx).await?;
        self.record(work, "network_recalled", None).await
    }

    async fn record(&self, work: &Work, to: &str, reason: Option<&str>) -> Result<()> {
        let ((subject, id), municipality) = (self.subject.named(), Some(MunicipalityId(self.town.id)));
        work.record(Step { subject, id, municipality, from: Some(self.status.as_str()), to, reason }).await
    }
}

/// Says that the network decided, at the town's request, where the one who acts is not of the town.
///
/// # Errors
/// When the database refuses.
pub async fn note_decision(work: &Work, subject: Subject, town: MunicipalityId, from: &str) -> Result<()> {
    if work.actor.coordinates(town) {
        return Ok(());
    }
    let ((subject, id), municipality) = (subject.named(), Some(town));
    work.record(Step { subject, id, municipality, from: Some(from), to: "network_decided", reason: None }).await
}

/// What was asked, as it is shown; `people` are names.
pub fn said(row: &request::Model, people: &HashMap<Uuid, String>) -> NetworkRequest {
    let by = people.get(&row.asked_by).cloned().unwrap_or_default();
    NetworkRequest { by, at: row.asked_at, word: row.note.clone() }
}

fn standing<'a>(case: &Case, town: &'a municipality::Model) -> Standing<'a> {
    let subject = Subject::Mission(ReviewId(case.review.id));
    Standing { subject, town, status: case.status(), taken_by: case.review.taken_by }
}

/// Asks the network to decide on a mission; whoever asks and has it gives it back to the queue.
pub async fn ask(backend: &Backend, actor: &Actor, id: ReviewId, word: &str) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    let town = towns::by_id(&work.tx, case.municipality()).await?;
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let part = Part::in_mission(&work.tx, &case.mission, &version).await?;
    let (title, path) = (queries::content(&version)?.title, app::routes::review(&town.insee, id));
    standing(&case, &town).ask(&work, &part, word, (&title, &path)).await?;
    if case.is_mine() {
        case.step(&work, ReviewAction::Release, None, |update| hand_to(update, None, work.now)).await?;
    }
    work.commit().await
}

/// Takes the request about a mission back.
pub async fn recall(backend: &Backend, actor: &Actor, id: ReviewId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    let town = towns::by_id(&work.tx, case.municipality()).await?;
    standing(&case, &town).recall(&work).await?;
    work.commit().await
}
