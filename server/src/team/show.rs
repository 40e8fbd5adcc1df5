use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use domain::{
    access::Role,
    actor::Actor,
    error::AppError,
    ids::{AccountId, InvitationId, OrganisationId},
    team::{self, Duty, InvitationLine, MemberLine, TeamAct, TeamPage},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::queries::{Colleague, SUBJECT, of};
use crate::{
    accounts::queries::full_name,
    backend::Backend,
    entity::{history, invitation},
    error::{Result, told},
    network::invite::{self, Place},
    organisations::queries as organisations,
    reviews::queries::names,
};

/// How long an invitation that expired is still shown, to be sent again.
const REMEMBERED: Duration = Duration::days(60);
/// Most acts that are shown.
const ACTS: u64 = 20;

/// The team, for whoever is in it; e-mails, invitations and acts for its admins.
pub async fn team(backend: &Backend, actor: &Actor, id: OrganisationId) -> Result<TeamPage> {
    let me = actor.require_organisation(id, Duty::See).map_err(told)?;
    let role = actor.role_in(id).ok_or_else(|| told(AppError::NotFound))?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let organisation = organisations::by_id(db, id).await?;
    let leads = Duty::Team.is_of(role);
    let (mut invitations, mut acts) = (Vec::new(), Vec::new());
    if leads {
        let rows = invite::waiting(db, Place::organisation(&organisation), now - REMEMBERED).await?;
        invitations = rows.into_iter().rev().filter_map(|row| invited(row, now)).collect();
        acts = lately(db, id).await?;
    }
    let mut members: Vec<MemberLine> =
        of(db, id).await?.iter().filter(|one| one.account.disabled_at.is_none()).map(|one| line(one, leads)).collect();
    members.sort_by_key(|member| member.role != Role::OrganisationAdmin);
    Ok(TeamPage {
        organisation: id,
        status: organisations::status(&organisation),
        name: organisation.name,
        me,
        role,
        members,
        invitations,
        acts,
    })
}

fn line(colleague: &Colleague, leads: bool) -> MemberLine {
    MemberLine {
        id: colleague.id(),
        name: full_name(&colleague.account),
        email: leads.then(|| colleague.account.email.clone()),
        role: colleague.role(),
        since: colleague.grant.granted_at,
    }
}

fn invited(row: invitation::Model, now: DateTime<Utc>) -> Option<InvitationLine> {
    let role = team::role(&row.role).ok()?;
    let (id, until, expired) = (InvitationId(row.id), row.expires_at, row.expires_at <= now);
    Some(InvitationLine { id, email: row.email, role, until, expired })
}

/// What was done with a team lately.
async fn lately(db: &impl ConnectionTrait, id: OrganisationId) -> Result<Vec<TeamAct>> {
    let rows = history::Entity::find()
        .filter(history::Column::Subject.eq(SUBJECT))
        .filter(history::Column::SubjectId.eq(id.0))
        .order_by_desc(history::Column::At)
        .order_by_desc(history::Column::Id)
        .limit(ACTS)
        .all(db)
        .await?;
    let about = |row: &history::Model| row.reason.as_deref().and_then(|id| id.parse::<AccountId>().ok());
    let people = rows.iter().flat_map(|row| [row.actor_id, about(row).map(|id| id.0)]).flatten();
    let known: HashMap<Uuid, String> = names(db, people.collect()).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| known.get(&id)).cloned().unwrap_or_default();
    let act = |row: &history::Model| TeamAct {
        at: row.at,
        by: name(row.actor_id),
        about: name(about(row).map(|id| id.0)),
        to: row.to_state.clone(),
    };
    Ok(rows.iter().map(act).collect())
}
