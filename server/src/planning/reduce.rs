//! Fewer places of a slot that is online. At once, as calling it off is: what the town read was more, never less.

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{ApplicationId, MissionId, MunicipalityId, OrganisationId, SlotId},
    missions::MissionStatus,
    planning::{Holder, ReduceForm, ReducePage, check_chosen, proposed},
    team::Duty,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    applications::{cancel, queries as applications, tell::Why, waiting::last_call},
    backend::Backend,
    entity::{application, application_slot, attendance, mission, slot},
    error::{Result, Told, told},
    missions::{cancel::reason, partners, queries as missions, schedule, versions},
    store::{Step, Work},
    supplies::reserve as supplies,
};

/// A slot and its mission, for an admin of whoever holds it.
struct Found {
    mission: mission::Model,
    slot: slot::Model,
    holder: OrganisationId,
}

/// As for calling it off: an admin of the mission learns that there is no such slot, others that there is no such mission.
async fn find(db: &impl ConnectionTrait, actor: &Actor, id: MissionId, slot: SlotId) -> Result<Found> {
    let mission = missions::by_id(db, id).await?;
    let row = slot::Entity::find_by_id(slot.0).filter(slot::Column::MissionId.eq(mission.id)).one(db).await?;
    let holder = row.as_ref().map_or(OrganisationId(mission.organisation_id), |row| partners::holder(&mission, row));
    actor.require_organisation(holder, Duty::Missions).map_err(told)?;
    let slot = row.ok_or_else(|| told(AppError::NotFound))?;
    Ok(Found { mission, slot, holder })
}

impl Found {
    /// Whether places can be taken away now.
    async fn is_open(&self, now: DateTime<Utc>, db: &impl ConnectionTrait) -> Result<bool> {
        let live = matches!(missions::status(&self.mission), MissionStatus::Published | MissionStatus::Suspended);
        let ahead = self.slot.cancelled_at.is_none() && last_call(&self.slot) > now;
        // Where somebody is noted, it takes place.
        let noted = attendance::Entity::find().filter(attendance::Column::SlotId.eq(self.slot.id)).count(db).await? > 0;
        Ok(live && ahead && !noted)
    }

    /// The applications that hold a place in it, the first one accepted first.
    fn holders(&self) -> Select<application::Entity> {
        let naming = application_slot::Entity::find()
            .select_only()
            .column(application_slot::Column::ApplicationId)
            .filter(application_slot::Column::SlotId.eq(self.slot.id))
            .into_query();
        application::Entity::find()
            .filter(application::Column::Id.in_subquery(naming))
            .filter(application::Column::Status.is_in(["accepted", "offered"]))
            .order_by_asc(Expr::col(application::Column::DecidedAt).if_null(Expr::col(application::Column::CreatedAt)))
            .order_by_asc(application::Column::Id)
    }

    /// How many places stay, as typed: at least one, and fewer than there are.
    fn places(&self, typed: &str) -> Result<u32, Problem> {
        let most = u32::try_from(self.slot.places).unwrap_or_default().saturating_sub(1);
        let places = schedule::places(typed)?;
        if (1..=most).contains(&places) {
            Ok(places)
        } else {
            Err(Problem::OutOfRange { min: 1, max: i64::from(std::cmp::Ord::max(most, 1)) })
        }
    }
}

fn ids(rows: &[application::Model]) -> Vec<ApplicationId> {
    rows.iter().map(|row| ApplicationId(row.id)).collect()
}

/// Who holds places, and who would lose theirs.
pub async fn page(backend: &Backend, actor: &Actor, id: MissionId, slot: SlotId, typed: &str) -> Result<ReducePage> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let found = find(db, actor, id, slot).await?;
    let rows = found.holders().all(db).await?;
    let people = applications::senders(db, &rows).await?;
    let slots = applications::slots(db, rows.iter().map(|row| row.id).collect()).await?;
    let (places, problem) = match typed.trim() {
        "" => (None, None),
        _ => match found.places(typed) {
            Ok(places) => (Some(places), None),
            Err(problem) => (None, Some(problem)),
        },
    };
    let order = ids(&rows);
    let losing = places.map(|places| proposed(&order, places)).unwrap_or_default();
    let holder = |row: &application::Model| {
        let (account, _) = people.get(&row.volunteer_id)?;
        let held = slots.get(&row.id).map_or(0, |held| held.iter().filter(|slot| slot.cancelled_at.is_none()).count());
        Some(Holder {
            application: ApplicationId(row.id),
            name: applications::seen_name(account, true),
            offered: row.status == "offered",
            since: row.decided_at.unwrap_or(row.created_at),
            others: u32::try_from(held.saturating_sub(1)).unwrap_or_default(),
            proposed: losing.contains(&ApplicationId(row.id)),
        })
    };
    Ok(ReducePage {
        organisation: found.holder,
        mission: (id, found.mission.title.clone()),
        slot: missions::line(&found.slot),
        open: found.slot.places > 1 && found.is_open(now, db).await?,
        holders: rows.iter().rev().filter_map(holder).collect(),
        typed: typed.to_owned(),
        places,
        problem,
    })
}

/// The applications of a form.
fn read(typed: &[String]) -> Result<Vec<ApplicationId>> {
    let parsed: Option<Vec<ApplicationId>> = typed.iter().map(|id| id.parse().ok()).collect();
    parsed.ok_or_else(|| told(AppError::Malformed))
}

/// Takes the places away, and from the people who were chosen.
pub async fn reduce(backend: &Backend, actor: &Actor, id: MissionId, slot: SlotId, form: &ReduceForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    // Held: nobody applies, withdraws or is accepted until this is done.
    mission::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?;
    let found = find(&work.tx, &work.actor, id, slot).await?;
    if !found.is_open(work.now, &work.tx).await? {
        return Err(told(Conflict::NotInThisState));
    }
    let rows = found.holders().lock_exclusive().all(&work.tx).await?;
    let chosen = read(&form.ids)?;
    let mut errors = FieldErrors::default();
    let places = errors.take("places", found.places(&form.places));
    if let Some(places) = places {
        errors.take("ids", check_chosen(&ids(&rows), &chosen, places));
    }
    let reason = if chosen.is_empty() { Ok(String::new()) } else { reason(&form.reason) };
    if let Err(crate::error::Error::Told(AppError::Invalid(wrong))) = &reason {
        errors.merge(wrong.clone());
    }
    errors.into_result().told()?;
    let (Some(places), reason) = (places, reason?) else { return Err(told(AppError::Malformed)) };
    let losing: Vec<_> = chosen.iter().map(|id| id.0).collect();
    cancel::take_places(&work, &found.mission, &found.slot, &losing, Why::Said(&reason)).await?;
    shrink(&work, &found, places).await?;
    record(&work, &found, &reason, places).await?;
    supplies::settle(&work, &found.mission, false).await?;
    work.commit().await
}

/// Fewer places: a conditional write, as everywhere. What is being written says the same; a version that waits is kept from
/// saying more when it goes online, see `missions::versions::kept`.
async fn shrink(work: &Work, found: &Found, places: u32) -> Result<()> {
    let left = i32::try_from(places)?;
    let changed = slot::Entity::update_many()
        .col_expr(slot::Column::Places, Expr::value(left))
        .filter(slot::Column::Id.eq(found.slot.id))
        .filter(Expr::col(slot::Column::Taken).lte(left))
        .exec(&work.tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    let Some(draft) = versions::draft(&work.tx, &found.mission).await? else { return Ok(()) };
    let mut content = missions::content(&draft)?;
    for plan in content.slots.iter_mut().filter(|plan| plan.id == found.slot.id) {
        plan.places = std::cmp::Ord::min(plan.places, places);
    }
    let mut row = draft.into_active_model();
    row.content = Set(content.canonical_json());
    row.content_hash = Set(versions::hash(&content));
    row.updated_at = Set(work.now);
    row.update(&work.tx).await?;
    Ok(())
}

async fn record(work: &Work, found: &Found, reason: &str, places: u32) -> Result<()> {
    let municipality = Some(MunicipalityId(found.mission.municipality_id));
    let (from, said) = (found.slot.places.to_string(), format!("{} → {places}", found.slot.places));
    let said = if reason.is_empty() { said } else { format!("{said}. {reason}") };
    let of = |subject, id| Step {
        subject,
        id,
        municipality,
        from: None,
        to: versions::REDUCED,
        reason: Some(said.as_str()),
    };
    work.record(of("mission", found.mission.id)).await?;
    work.record(Step { from: Some(&from), ..of("slot", found.slot.id) }).await
}
