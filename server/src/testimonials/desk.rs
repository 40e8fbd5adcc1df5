//! What the coordinators of a town see.

use std::collections::HashMap;

use app::{i18n::Texts, testimonials::labels};
use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    actor::Actor,
    error::AppError,
    ids::{AccountId, MissionId, MunicipalityId, OrganisationId, TestimonialId},
    missions::MissionStatus,
    testimonials::{
        Awaits, DeskAct, DeskFile, DeskList, DeskRow, ReplyStatus, TestimonialAction as A, TestimonialStatus as S,
        rules,
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::{
    SUBJECT,
    queries::{given_name, named, reply, signed, status, why},
};
use crate::{
    backend::Backend,
    entity::{mission, testimonial},
    error::{Result, told},
    missions::queries as missions,
    network::queries::{by_insee, town_ref},
    organisations::queries as organisations,
    reviews::queries::history,
};

/// What the history calls the acts of whoever writes.
const AUTHORS: [&str; 3] = [named(S::Draft), named(S::Waiting), named(S::Withdrawn)];
/// The longest part of the list that is shown.
const MOST: u64 = 200;
/// Characters of a text that the list shows.
const EXCERPT: usize = 120;

/// Whether somebody has no part in a testimonial: neither wrote it nor belongs to the team of its organisation or of its
/// mission's.
pub(super) fn may_decide(actor: &Actor, row: &testimonial::Model, mission: &mission::Model) -> bool {
    let of_team = |id: Uuid| actor.role_in(OrganisationId(id)).is_some();
    rules::may_decide(
        actor.account == Some(AccountId(row.account_id)),
        of_team(row.organisation_id) || of_team(mission.organisation_id),
    )
}

/// What asks for something.
fn asks() -> Condition {
    Condition::any()
        .add(testimonial::Column::Status.eq(S::Waiting.as_str()))
        .add(testimonial::Column::ReplyStatus.eq(ReplyStatus::Waiting.as_str()))
        .add(testimonial::Column::Report.is_not_null())
}

/// What asks for nothing. Not «not [`asks`]»: where there is no answer, that is neither true nor false to a database.
fn at_rest() -> Condition {
    use testimonial::Column as C;
    let unanswered =
        Condition::any().add(C::ReplyStatus.is_null()).add(C::ReplyStatus.ne(ReplyStatus::Waiting.as_str()));
    Condition::all().add(C::Status.ne(S::Waiting.as_str())).add(unanswered).add(C::Report.is_null())
}

fn of_town(town: Uuid) -> Select<testimonial::Entity> {
    testimonial::Entity::find().filter(testimonial::Column::MunicipalityId.eq(town))
}

/// How many ask for something in a town.
///
/// # Errors
/// When the database cannot be reached.
pub async fn waiting(db: &impl ConnectionTrait, town: MunicipalityId) -> Result<u32> {
    Ok(u32::try_from(of_town(town.0).filter(asks()).count(db).await?)?)
}

fn awaits(row: &testimonial::Model) -> Vec<Awaits> {
    let reply = row.reply_status.as_deref() == Some(ReplyStatus::Waiting.as_str());
    let all =
        [(status(row) == S::Waiting, Awaits::Text), (row.report.is_some(), Awaits::Report), (reply, Awaits::Reply)];
    all.into_iter().filter_map(|(asks, what)| asks.then_some(what)).collect()
}

/// The newest text that the town was sent and how it is signed; what is being written is nobody else's to read.
fn sent(row: &testimonial::Model) -> (&str, &str) {
    match status(row) {
        S::Draft | S::Withdrawn => {
            (row.online_body.as_deref().unwrap_or_default(), row.online_signature.as_deref().unwrap_or_default())
        }
        _ => (&row.body, &row.signature),
    }
}

/// Since when it asks for something, else when it last changed.
fn since(row: &testimonial::Model) -> DateTime<Utc> {
    let text = row.sent_at.filter(|_| status(row) == S::Waiting);
    let reply = row.reply_at.filter(|_| row.reply_status.as_deref() == Some(ReplyStatus::Waiting.as_str()));
    [text, reply, row.reported_at].into_iter().flatten().min().unwrap_or(row.updated_at)
}

fn line(row: &testimonial::Model, mission: String, organisation: String) -> DeskRow {
    let (text, _) = sent(row);
    let mut excerpt: String = text.chars().take(EXCERPT).collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    DeskRow {
        id: TestimonialId(row.id),
        mission,
        organisation,
        status: status(row),
        awaits: awaits(row),
        at: since(row),
        excerpt,
    }
}

/// Those of a town: what asks for something, then what is online, then what is not.
pub async fn list(backend: &Backend, actor: &Actor, insee: &str) -> Result<DeskList> {
    use testimonial::Column as C;
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    actor.require_coordinator(MunicipalityId(town.id)).map_err(told)?;
    let all = || of_town(town.id).limit(MOST);
    let not = [S::Refused.as_str(), S::TakenDown.as_str()];
    let mut asking = all().filter(asks()).order_by_asc(C::UpdatedAt).all(db).await?;
    asking.sort_by_key(since);
    let online = all().filter(at_rest()).filter(C::OnlineAt.is_not_null()).order_by_desc(C::OnlineAt);
    let offline = all().filter(C::OnlineAt.is_null()).filter(C::Status.is_in(not)).order_by_desc(C::UpdatedAt);
    let rows: Vec<testimonial::Model> =
        asking.into_iter().chain(online.all(db).await?).chain(offline.all(db).await?).collect();
    let titles = mission::Entity::find().filter(mission::Column::Id.is_in(rows.iter().map(|row| row.mission_id)));
    let titles: HashMap<Uuid, String> = titles.all(db).await?.into_iter().map(|row| (row.id, row.title)).collect();
    let names = organisations::names(db, rows.iter().map(|row| row.organisation_id).collect()).await?;
    let of = |all: &HashMap<Uuid, String>, id: Uuid| all.get(&id).cloned().unwrap_or_default();
    let lines = rows.iter().map(|row| line(row, of(&titles, row.mission_id), of(&names, row.organisation_id)));
    Ok(DeskList { town: town_ref(&town), rows: lines.collect() })
}

/// What a coordinator may do with it now.
fn acts(row: &testimonial::Model) -> Vec<DeskAct> {
    let may = |action| status(row).apply(action, Role::Coordinator).is_ok();
    let reply = row.reply_status.as_deref() == Some(ReplyStatus::Waiting.as_str());
    let all = [
        (may(A::Publish), DeskAct::Publish),
        (may(A::Refuse), DeskAct::Refuse),
        (row.online_body.is_some() && may(A::TakeDown), DeskAct::TakeDown),
        (row.report.is_some(), DeskAct::Keep),
        (reply, DeskAct::PublishReply),
        (reply, DeskAct::RefuseReply),
    ];
    all.into_iter().filter_map(|(may, act)| may.then_some(act)).collect()
}

/// One of them, once it was sent; what became of it since is told, even when nothing of it is left.
pub async fn file(backend: &Backend, actor: &Actor, insee: &str, id: TestimonialId) -> Result<DeskFile> {
    let db = backend.store.read();
    let town = by_insee(db, insee).await?;
    actor.require_coordinator(MunicipalityId(town.id)).map_err(told)?;
    let row = of_town(town.id)
        .filter(testimonial::Column::Id.eq(id.0))
        .filter(testimonial::Column::SentAt.is_not_null())
        .one(db)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let mission = missions::by_id(db, MissionId(row.mission_id)).await?;
    let organisation = organisations::names(db, vec![row.organisation_id]).await?.remove(&row.organisation_id);
    let own = !may_decide(actor, &row, &mission);
    let (body, signature) = sent(&row);
    let body = body.to_owned();
    let given_name = signed(signature, &given_name(db, row.account_id).await?);
    let mut history = history(db, &[(SUBJECT, row.id)]).await?;
    // Whoever wrote is known by what they signed, here as everywhere.
    for line in history.iter_mut().filter(|line| AUTHORS.contains(&line.to.as_str())) {
        line.actor = line.actor.take().map(|_| labels::signed(Texts(actor.locale), given_name.as_deref()));
    }
    let public = matches!(missions::status(&mission), MissionStatus::Published | MissionStatus::Closed);
    Ok(DeskFile {
        town: town_ref(&town),
        row: line(&row, mission.title.clone(), organisation.unwrap_or_default()),
        mission: public.then_some((MissionId(mission.id), mission.slug)),
        given_name,
        online: row.online_body.clone().filter(|online| *online != body),
        body,
        why: why(&row),
        reply: reply(&row),
        report: row.report.clone(),
        version: row.version,
        acts: if own { Vec::new() } else { acts(&row) },
        own,
        history,
    })
}
