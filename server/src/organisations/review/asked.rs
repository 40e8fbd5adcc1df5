//! Asking the network to decide on an organisation, where nobody of its town may.

use domain::{
    actor::Actor,
    ids::{OrganisationId, OrganisationReviewId},
    reviews::ReviewAction,
};

use super::{
    case::{Case, hand_to},
    queries,
};
use crate::{
    backend::Backend,
    entity::{municipality, organisation},
    error::Result,
    network::queries::by_id,
    reviews::asked::{Part, Standing, Subject, stands_in},
    store::Work,
};

fn standing<'a>(case: &Case, town: &'a municipality::Model) -> Standing<'a> {
    let subject = Subject::Organisation(OrganisationReviewId(case.review.id));
    Standing { subject, town, status: case.status(), taken_by: case.review.taken_by }
}

/// Asks the network to decide; whoever asks and has the submission gives it back to the queue.
pub async fn ask(backend: &Backend, actor: &Actor, id: OrganisationReviewId, word: &str) -> Result<OrganisationId> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    let town = by_id(&work.tx, case.municipality()).await?;
    let part = Part::in_organisation(&work.tx, &case.organisation).await?;
    let path = app::routes::coordination_organisation(&town.insee, case.organisation_id());
    standing(&case, &town).ask(&work, &part, word, (&case.organisation.name, &path)).await?;
    if case.is_mine() {
        case.step(&work, ReviewAction::Release, |update| hand_to(update, None, work.now)).await?;
    }
    work.commit().await?;
    Ok(case.organisation_id())
}

/// Takes the request back.
pub async fn recall(backend: &Backend, actor: &Actor, id: OrganisationReviewId) -> Result<OrganisationId> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    let town = by_id(&work.tx, case.municipality()).await?;
    standing(&case, &town).recall(&work).await?;
    work.commit().await?;
    Ok(case.organisation_id())
}

/// Whether the one who acts stands in for the town: it asked the network about the submission that waits.
///
/// # Errors
/// When the database cannot be reached.
pub async fn by_network(work: &Work, row: &organisation::Model, town: &municipality::Model) -> Result<bool> {
    let Some(open) = queries::open_of(&work.tx, row.id).await? else { return Ok(false) };
    let part = Part::in_organisation(&work.tx, row).await?;
    stands_in(&work.tx, &work.actor, town, Subject::Organisation(OrganisationReviewId(open.id)), &part).await
}
