use domain::{
    access::Role,
    actor::{Actor, Grant},
    error::AppError,
    ids::{AccountId, MunicipalityId, OrganisationId, OrganisationReviewId},
    organisations::{OrganisationAction, OrganisationFile, OrganisationStatus, Submission},
    reviews::{Decision, HistoryLine, NetworkEyes, ReviewStatus, policy},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    queries,
    review::{self, duplicates, queries as submissions},
};
use crate::{
    accounts::queries::{full_name, holders},
    backend::Backend,
    entity::{municipality, organisation, organisation_review},
    error::{Result, told},
    network,
    reviews::{
        asked::{Part, Standing, Subject},
        queries::{history, names},
    },
};

/// The coordinators' file on an organisation of their town; the network reads it.
pub async fn file(backend: &Backend, actor: &Actor, insee: &str, id: OrganisationId) -> Result<OrganisationFile> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let town = network::queries::by_insee(db, insee).await?;
    let me = actor.require_municipality_reader(MunicipalityId(town.id)).map_err(told)?;
    let row = queries::by_id(db, id).await?;
    let status = queries::status(&row);
    if row.municipality_id != town.id || status == OrganisationStatus::Draft {
        return Err(told(AppError::NotFound));
    }
    let coordinates = actor.coordinates(MunicipalityId(town.id));
    let four_eyes = coordinates && may_decide(me, actor, &row, &town).is_err();
    let admins = holders(db, Grant::OrganisationAdmin(id)).await?;
    let all = submissions::all_of(db, row.id).await?;
    let network = with_network(db, actor, &row, &town, all.first()).await?;
    let may_write = coordinates || network.stands_in;
    let decisions = if may_write && !four_eyes { open_decisions(status).collect() } else { Vec::new() };
    let look_alikes = duplicates::look_alikes(db, &row, &town).await?;
    let elsewhere = duplicates::elsewhere(db, &row).await?;
    let (checklist, requests) = match all.first() {
        Some(last) => (
            review::checked(db, actor.locale, last.id, &row, (&look_alikes, elsewhere)).await?,
            review::lines(db, actor.locale, row.id, Some(last)).await?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    let (previous, next) = beside(db, town.id, id, me).await?;
    Ok(OrganisationFile {
        space: queries::space(db, actor, &row, &town, now).await?,
        admins: admins.iter().map(full_name).collect(),
        submission: submission(db, &all, me).await?,
        checklist,
        look_alikes,
        elsewhere,
        requests,
        four_eyes,
        may_write,
        network,
        decisions,
        history: acts(db, &row, &all).await?,
        previous,
        next,
        now,
    })
}

/// Where its last submission stands with the network.
async fn with_network(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &organisation::Model,
    town: &municipality::Model,
    last: Option<&organisation_review::Model>,
) -> Result<NetworkEyes> {
    let Some(last) = last else { return Ok(NetworkEyes::default()) };
    let (status, taken_by) = (submissions::status(last), last.taken_by);
    let subject = Subject::Organisation(OrganisationReviewId(last.id));
    let part = Part::in_organisation(db, row).await?;
    Standing { subject, town, status, taken_by }.seen(db, actor, &part).await
}

/// The last of its submissions.
async fn submission(
    db: &impl ConnectionTrait,
    all: &[organisation_review::Model],
    me: AccountId,
) -> Result<Option<Submission>> {
    let Some(last) = all.first() else { return Ok(None) };
    let taken_by = match last.taken_by {
        Some(id) => names(db, vec![id]).await?.remove(&id),
        None => None,
    };
    Ok(Some(Submission {
        id: OrganisationReviewId(last.id),
        status: submissions::status(last),
        due_at: last.due_at,
        taken_by,
        holder: last.taken_by.map(AccountId),
        mine: last.taken_by == Some(me.0),
        number: u32::try_from(all.len()).unwrap_or(u32::MAX),
    }))
}

/// Every act on it and on its submissions.
async fn acts(
    db: &impl ConnectionTrait,
    row: &organisation::Model,
    all: &[organisation_review::Model],
) -> Result<Vec<HistoryLine>> {
    let mut subjects = vec![("organisation", row.id)];
    subjects.extend(all.iter().map(|review| ("organisation_review", review.id)));
    let mut lines = history(db, &subjects).await?;
    // How a submission ended is told by the organisation's own line.
    lines.retain(|line| line.from.as_deref() != Some("in_review") || !is_end(&line.to));
    Ok(lines)
}

fn is_end(state: &str) -> bool {
    ReviewStatus::parse(state).is_some_and(|status| !status.is_open())
}

/// The organisations that wait before and after this one, then from the other end again; another coordinator's are left to
/// them.
async fn beside(
    db: &impl ConnectionTrait,
    town: Uuid,
    id: OrganisationId,
    me: AccountId,
) -> Result<(Option<OrganisationId>, Option<OrganisationId>)> {
    let open = submissions::open_in(town).all(db).await?;
    let here = open.iter().position(|review| review.organisation_id == id.0).unwrap_or_default();
    let (before, from_here) = open.split_at(here);
    let free = |review: &&organisation_review::Model| {
        review.organisation_id != id.0 && review.taken_by.is_none_or(|taker| taker == me.0)
    };
    let mut around = from_here.iter().chain(before).filter(free).map(|review| OrganisationId(review.organisation_id));
    let next = around.next();
    Ok((around.next_back().or(next), next))
}

/// Whether somebody may decide on an organisation, and by exception or not.
///
/// # Errors
/// When they wrote or administer it and the town does not allow that.
pub fn may_decide(
    account: AccountId,
    actor: &Actor,
    row: &organisation::Model,
    town: &municipality::Model,
) -> Result<policy::FourEyes, policy::Refused> {
    let party = actor.role_in(OrganisationId(row.id)).is_some();
    // A setting of the town is for its own coordinators.
    let allowed = town.self_review_allowed && actor.coordinates(MunicipalityId(town.id));
    policy::four_eyes(account.0, row.created_by, party, allowed)
}

/// What a coordinator may decide now, the approval first.
fn open_decisions(status: OrganisationStatus) -> impl Iterator<Item = Decision> {
    Decision::ALL.into_iter().filter(move |decision| status.apply(action(*decision), Role::Coordinator).is_ok())
}

/// The step of an organisation that a decision is.
pub const fn action(decision: Decision) -> OrganisationAction {
    match decision {
        Decision::Approve => OrganisationAction::Approve,
        Decision::RequestChanges => OrganisationAction::RequestChanges,
        Decision::Refuse => OrganisationAction::Refuse,
        Decision::Suspend => OrganisationAction::Suspend,
        Decision::Reinstate => OrganisationAction::Reinstate,
    }
}
