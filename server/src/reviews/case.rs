//! A review in a coordinator's hands, its rows held until the transaction ends.

use domain::{
    error::{AppError, Conflict},
    ids::{AccountId, MissionId, MunicipalityId, OrganisationId, ReviewId},
    reviews::{ReviewAction, ReviewStatus},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, UpdateMany, sea_query::Expr};
use uuid::Uuid;

use super::asked::{self, Part, Subject};
use crate::{
    entity::{mission, organisation, review},
    error::{Result, Told, told},
    missions::queries,
    store::{Step, Work},
};

/// A review with what it is about.
pub(crate) struct Case {
    /// Who acts.
    pub me: AccountId,
    /// The review.
    pub review: review::Model,
    /// Its mission.
    pub mission: mission::Model,
    /// Who proposes it.
    pub organisation: organisation::Model,
    /// What the system found, to be kept by a decision.
    pub findings: Option<String>,
}

impl Case {
    /// Finds a review for a coordinator of its municipality, or for an admin of the network whom the town asked, and holds
    /// its organisation, mission and itself, in that order, which every act keeps to.
    ///
    /// # Errors
    /// `NotFound` for anybody else; `FourEyes` for an admin of the network who has a part in it.
    pub async fn hold(work: &Work, id: ReviewId) -> Result<Self> {
        let missing = || told(AppError::NotFound);
        let me = work.actor.signed_in().map_err(told)?;
        let found = review::Entity::find_by_id(id.0).one(&work.tx).await?.ok_or_else(missing)?;
        let town = MunicipalityId(found.municipality_id);
        work.actor.require_municipality_reader(town).map_err(told)?;
        let mission = mission::Entity::find_by_id(found.mission_id).one(&work.tx).await?.ok_or_else(missing)?;
        let organisation = organisation::Entity::find_by_id(mission.organisation_id)
            .lock_exclusive()
            .one(&work.tx)
            .await?
            .ok_or_else(missing)?;
        let mission =
            mission::Entity::find_by_id(mission.id).lock_exclusive().one(&work.tx).await?.ok_or_else(missing)?;
        let review = review::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?.ok_or_else(missing)?;
        if !work.actor.coordinates(town) {
            let version = queries::version(&work.tx, review.mission_version_id).await?;
            let part = Part::in_mission(&work.tx, &mission, &version).await?;
            asked::require(work, Subject::Mission(id), &part).await?;
        }
        Ok(Self { me, review, mission, organisation, findings: None })
    }

    /// Where the review stands.
    pub fn status(&self) -> ReviewStatus {
        ReviewStatus::parse(&self.review.status).unwrap_or(ReviewStatus::Refused)
    }

    /// Whether the one who acts has it in hand.
    pub fn is_mine(&self) -> bool {
        self.status() == ReviewStatus::InReview && self.review.taken_by == Some(self.me.0)
    }

    /// The mission's id.
    pub const fn mission_id(&self) -> MissionId {
        MissionId(self.mission.id)
    }

    /// The organisation's id.
    pub const fn organisation_id(&self) -> OrganisationId {
        OrganisationId(self.organisation.id)
    }

    /// The tenant.
    pub const fn municipality(&self) -> MunicipalityId {
        MunicipalityId(self.review.municipality_id)
    }

    /// Does a step of the review: the table allows it, the row is still what was read, the history tells it.
    ///
    /// # Errors
    /// `NotInThisState`; `ChangedMeanwhile` when another was faster.
    pub async fn step(
        &self,
        work: &Work,
        action: ReviewAction,
        reason: Option<&str>,
        set: impl FnOnce(UpdateMany<review::Entity>) -> UpdateMany<review::Entity>,
    ) -> Result<ReviewStatus> {
        let to = self.status().apply(action, domain::access::Role::Coordinator).told()?;
        let update = review::Entity::update_many()
            .col_expr(review::Column::Status, Expr::value(to.as_str()))
            .filter(review::Column::Id.eq(self.review.id))
            .filter(review::Column::Status.eq(&self.review.status))
            .filter(self.still_taken());
        if set(update).exec(&work.tx).await?.rows_affected != 1 {
            return Err(told(Conflict::ChangedMeanwhile));
        }
        work.record(Step {
            subject: "review",
            id: self.review.id,
            municipality: Some(self.municipality()),
            from: Some(&self.review.status),
            to: to.as_str(),
            reason,
        })
        .await?;
        if !to.is_open() {
            let subject = Subject::Mission(ReviewId(self.review.id));
            asked::note_decision(work, subject, self.municipality(), &self.review.status).await?;
        }
        Ok(to)
    }

    fn still_taken(&self) -> sea_orm::Condition {
        let same = match self.review.taken_by {
            Some(id) => review::Column::TakenBy.eq(id),
            None => review::Column::TakenBy.is_null(),
        };
        sea_orm::Condition::all().add(same)
    }
}

/// Gives the review to somebody, or to nobody.
pub(super) fn hand_to(
    update: UpdateMany<review::Entity>,
    account: Option<Uuid>,
    at: chrono::DateTime<chrono::Utc>,
) -> UpdateMany<review::Entity> {
    update
        .col_expr(review::Column::TakenBy, Expr::value(account))
        .col_expr(review::Column::TakenAt, Expr::value(account.map(|_| at)))
}
