//! A submission in a coordinator's hands, its rows held until the transaction ends.

use domain::{
    access::Role,
    error::{AppError, Conflict},
    ids::{AccountId, MunicipalityId, OrganisationId, OrganisationReviewId},
    reviews::{ReviewAction, ReviewStatus},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, UpdateMany, sea_query::Expr};
use uuid::Uuid;

use super::{checklist, queries};
use crate::{
    entity::{organisation, organisation_review as file},
    error::{Result, Told, told},
    organisations::queries::locked,
    reviews::asked::{self, Part, Subject},
    store::{Step, Work},
};

/// A submission with the organisation that it is of.
pub(super) struct Case {
    /// Who acts.
    pub me: AccountId,
    /// The file.
    pub review: file::Model,
    /// The organisation.
    pub organisation: organisation::Model,
}

impl Case {
    /// Finds a submission for a coordinator of its municipality, or for an admin of the network whom the town asked, and
    /// holds its organisation and itself, in that order, which every act keeps to.
    ///
    /// # Errors
    /// `NotFound` for anybody else; `FourEyes` for an admin of the network who has a part in it.
    pub async fn hold(work: &Work, id: OrganisationReviewId) -> Result<Self> {
        let missing = || told(AppError::NotFound);
        let me = work.actor.signed_in().map_err(told)?;
        let found = file::Entity::find_by_id(id.0).one(&work.tx).await?.ok_or_else(missing)?;
        let town = MunicipalityId(found.municipality_id);
        work.actor.require_municipality_reader(town).map_err(told)?;
        let organisation = locked(&work.tx, OrganisationId(found.organisation_id)).await?;
        let review = file::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?.ok_or_else(missing)?;
        if !work.actor.coordinates(town) {
            let part = Part::in_organisation(&work.tx, &organisation).await?;
            asked::require(work, Subject::Organisation(id), &part).await?;
        }
        Ok(Self { me, review, organisation })
    }

    /// Like [`Self::hold`], for whoever is going to write in it: a waiting one is taken first.
    ///
    /// # Errors
    /// `TakenByAnother`, `NotInThisState`.
    pub async fn mine(work: &Work, id: OrganisationReviewId) -> Result<Self> {
        let mut case = Self::hold(work, id).await?;
        match case.status() {
            ReviewStatus::Waiting => {
                super::take::take_in(work, &case).await?;
                case = Self::hold(work, id).await?;
            }
            ReviewStatus::InReview if case.is_mine() => {}
            ReviewStatus::InReview => return Err(told(Conflict::TakenByAnother)),
            _ => return Err(told(Conflict::NotInThisState)),
        }
        Ok(case)
    }

    /// Where the submission stands.
    pub fn status(&self) -> ReviewStatus {
        queries::status(&self.review)
    }

    /// Whether the one who acts has it in hand.
    pub fn is_mine(&self) -> bool {
        self.status() == ReviewStatus::InReview && self.review.taken_by == Some(self.me.0)
    }

    /// The organisation's id.
    pub const fn organisation_id(&self) -> OrganisationId {
        OrganisationId(self.organisation.id)
    }

    /// The tenant.
    pub const fn municipality(&self) -> MunicipalityId {
        MunicipalityId(self.review.municipality_id)
    }

    /// Does a step: the table allows it, the row is still what was read, the history tells it.
    ///
    /// # Errors
    /// `NotInThisState`; `ChangedMeanwhile` when another was faster.
    pub async fn step(
        &self,
        work: &Work,
        action: ReviewAction,
        set: impl FnOnce(UpdateMany<file::Entity>) -> UpdateMany<file::Entity>,
    ) -> Result<()> {
        let to = self.status().apply(action, Role::Coordinator).told()?;
        let taken = match self.review.taken_by {
            Some(id) => file::Column::TakenBy.eq(id),
            None => file::Column::TakenBy.is_null(),
        };
        let update = file::Entity::update_many()
            .col_expr(file::Column::Status, Expr::value(to.as_str()))
            .filter(file::Column::Id.eq(self.review.id))
            .filter(file::Column::Status.eq(&self.review.status))
            .filter(Condition::all().add(taken));
        if set(update).exec(&work.tx).await?.rows_affected != 1 {
            return Err(told(Conflict::ChangedMeanwhile));
        }
        self.record(work, to.as_str(), None).await?;
        if to.is_open() {
            return Ok(());
        }
        let subject = Subject::Organisation(OrganisationReviewId(self.review.id));
        asked::note_decision(work, subject, self.municipality(), &self.review.status).await
    }

    /// A line of the history of this submission.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record(&self, work: &Work, to: &str, reason: Option<&str>) -> Result<()> {
        work.record(Step {
            subject: "organisation_review",
            id: self.review.id,
            municipality: Some(self.municipality()),
            from: Some(&self.review.status),
            to,
            reason,
        })
        .await
    }
}

/// Gives the submission to somebody, or to nobody.
pub(super) fn hand_to(
    update: UpdateMany<file::Entity>,
    account: Option<Uuid>,
    at: chrono::DateTime<chrono::Utc>,
) -> UpdateMany<file::Entity> {
    update
        .col_expr(file::Column::TakenBy, Expr::value(account))
        .col_expr(file::Column::TakenAt, Expr::value(account.map(|_| at)))
}

/// Ends the open submission of an organisation that is held: only who took it may, and an approval needs every mandatory
/// item. `taken_by` stands in the condition of the write, so that only one person ever does.
///
/// # Errors
/// `NotInThisState` without an open one, `TakeItFirst`, `ChecklistIncomplete`.
pub async fn end(work: &Work, organisation: &organisation::Model, action: ReviewAction, reason: &str) -> Result<()> {
    let open = queries::open_of(&work.tx, organisation.id).await?.ok_or_else(|| told(Conflict::NotInThisState))?;
    let case = Case::hold(work, OrganisationReviewId(open.id)).await?;
    if !case.is_mine() {
        return Err(told(Conflict::TakeItFirst));
    }
    if action == ReviewAction::GiveGreenLight && !checklist::is_complete(&work.tx, case.review.id).await? {
        return Err(told(Conflict::ChecklistIncomplete));
    }
    let kept = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    case.step(work, action, |update| {
        update
            .col_expr(file::Column::DecidedBy, Expr::value(case.me.0))
            .col_expr(file::Column::DecidedAt, Expr::value(work.now))
            .col_expr(file::Column::Reason, Expr::value(kept))
    })
    .await
}
