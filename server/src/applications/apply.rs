use chrono::NaiveDate;
use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationForm, ApplicationStatus, rules},
    crisis::InForce,
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{AccountId, MissionId, SlotId},
    missions::MissionStatus,
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, SqlErr,
};
use uuid::Uuid;

use super::{places, queries, tell::Affair, waiting};
use crate::{
    backend::Backend,
    crisis::{acknowledge, queries as crisis},
    entity::{account, application, application_slot, mission, slot, volunteer},
    error::{Result, Told, told},
    mail::MailKind,
    missions::{partners, queries as missions, reference},
    store::{Step, Work},
    throttle::{self, Limit},
};

/// An application as it was sent, once its form holds.
struct Parsed {
    slots: Vec<Uuid>,
    message: String,
}

/// Offers help for one or several slots.
pub async fn apply(
    backend: &Backend,
    actor: &Actor,
    id: MissionId,
    form: ApplicationForm,
) -> Result<ApplicationStatus> {
    let account = actor.signed_in().map_err(told)?;
    throttle::take(backend, &format!("apply:{account}"), Limit::APPLICATIONS).await?;
    let work = Work::begin(backend, actor).await?;
    let mission = queries::hold_mission(&work, id.0).await?;
    match missions::status(&mission) {
        MissionStatus::Published => {}
        MissionStatus::Closed => return Err(told(Conflict::MissionClosed)),
        _ => return Err(told(AppError::NotFound)),
    }
    // Read with the mission held: whoever switches measures on waits until this is over, or was before it.
    let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    if !measures.allow(mission.domain_code.as_deref(), work.now) {
        return Err(told(Conflict::CrisisDomain));
    }
    let profile = profile(&work, account).await?;
    let parsed = parse(&form, &measures.reading(work.now)).told()?;
    // First of all the row itself: a second press of the button is told so, not that the slot is full or overlaps.
    let slots = named(&work, &mission, &parsed.slots).await?;
    let holder = slots.first().and_then(|slot| slot.organisation_id);
    let row = insert(&work, &mission, account, parsed.message, holder, &measures).await?;
    acknowledge::on_apply(&work, account, &measures).await?;
    let Chosen { slots, full } = chosen(&work, &mission, &measures, slots, parsed.slots.len()).await?;
    may_take(&mission, profile.birth_date, &slots, &measures).told()?;
    free(&work, account, &slots, Some(row.id)).await?;
    for slot in &slots {
        application_slot::ActiveModel { application_id: Set(row.id), slot_id: Set(slot.id) }.insert(&work.tx).await?;
    }
    // Nobody is accepted without a guardian's consent under 18; until then the organisation cannot accept either.
    let minor = slots.iter().any(|slot| rules::needs_guardian(profile.birth_date, slot.starts_at));
    let terms = partners::terms(&work.tx, &mission, partners::answers(&mission, &row)).await?;
    let at_once = terms.at_once && !minor;
    let row = begin(&work, row, &mission, full).await?;
    if full {
        waiting::joined(&work, &Affair::read(&work, &mission, &row, &slots).await?, &row).await?;
        work.commit().await?;
        return Ok(ApplicationStatus::Waitlisted);
    }
    let row = if at_once { accept(&work, row, &mission, &slots, &measures).await? } else { row };
    let affair = Affair::read(&work, &mission, &row, &slots).await?;
    affair.organisation(&work, MailKind::ApplicationReceived, &row.message, at_once).await?;
    let kind = if at_once { MailKind::ApplicationAccepted } else { MailKind::ApplicationSent };
    affair.volunteer(&work, kind, "").await?;
    work.commit().await?;
    Ok(queries::status(&row))
}

/// The volunteer's profile, held until the end of the transaction: two applications of one person wait for each other.
async fn profile(work: &Work, account: AccountId) -> Result<volunteer::Model> {
    let confirmed = account::Entity::find_by_id(account.0).one(&work.tx).await?;
    if confirmed.is_none_or(|row| row.email_confirmed_at.is_none()) {
        return Err(told(Conflict::EmailNotConfirmed));
    }
    volunteer::Entity::find_by_id(account.0)
        .lock_exclusive()
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(Conflict::VolunteerProfileRequired))
}

fn parse(form: &ApplicationForm, reading: &str) -> std::result::Result<Parsed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut slots: Vec<Uuid> = Vec::new();
    for text in form.slots.iter().filter(|text| !text.is_empty()) {
        slots.extend(errors.take("slots", text.parse::<SlotId>().map_err(|_| Problem::SlotGone)).map(|id| id.0));
    }
    slots.sort_unstable();
    slots.dedup();
    if slots.is_empty() {
        errors.add("slots", Problem::NoSlot);
    }
    let message = errors.take("message", text::paragraphs(&form.message, 0, 1000));
    if form.acknowledged != "yes" {
        errors.add("acknowledged", Problem::MustAcknowledge);
    } else if form.reading.trim() != reading {
        // What was on the page is not what is in force.
        errors.add("acknowledged", Problem::CrisisRulesChanged);
    }
    errors.into_result().map(|()| Parsed { slots, message: message.unwrap_or_default() })
}

/// The slots of the mission that an application names.
async fn named(work: &Work, mission: &mission::Model, ids: &[Uuid]) -> Result<Vec<slot::Model>> {
    Ok(slot::Entity::find()
        .filter(slot::Column::Id.is_in(ids.to_vec()))
        .filter(slot::Column::MissionId.eq(mission.id))
        .order_by_asc(slot::Column::StartsAt)
        .order_by_asc(slot::Column::Id)
        .all(&work.tx)
        .await?)
}

/// The slots that are asked for.
struct Chosen {
    slots: Vec<slot::Model>,
    /// All of them are full: there is a waiting list.
    full: bool,
}

/// The slots, held, if all of them can be asked for: one organisation answers the whole application, at once or from its
/// waiting list.
async fn chosen(
    work: &Work,
    mission: &mission::Model,
    measures: &InForce,
    rows: Vec<slot::Model>,
    count: usize,
) -> Result<Chosen> {
    let refused = |problem| told(AppError::field("slots", problem));
    if rows.iter().any(|slot| slot.organisation_id != rows[0].organisation_id) {
        return Err(refused(Problem::OneOrganisation));
    }
    let rows = partners::only_offered(&work.tx, rows).await?;
    if rows.len() != count || rows.iter().any(|slot| slot.cancelled_at.is_some() || slot.ends_at <= work.now) {
        return Err(refused(Problem::SlotGone));
    }
    let ids: Vec<Uuid> = rows.iter().map(|slot| slot.id).collect();
    // Held from here on: what is full now stays so until this is over.
    slot::Entity::find()
        .filter(slot::Column::Id.is_in(ids.clone()))
        .order_by_asc(slot::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    // What came free by itself is for those who wait.
    waiting::serve(work, mission, &ids).await?;
    let slots = named(work, mission, &ids).await?;
    let mut full = 0;
    for slot in &slots {
        let taken = slot.taken >= waiting::places_under(measures, mission, slot);
        full += usize::from(taken || waiting::goes_first(work, mission, measures, slot).await?);
    }
    if full > 0 && full < slots.len() {
        return Err(refused(Problem::FullApart));
    }
    if full > 0 && slots.iter().all(|slot| waiting::last_call(slot) <= work.now) {
        return Err(refused(Problem::SlotFull));
    }
    Ok(Chosen { slots, full: full > 0 })
}

fn may_take(
    mission: &mission::Model,
    birth: NaiveDate,
    slots: &[slot::Model],
    measures: &InForce,
) -> std::result::Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    for slot in slots {
        if let Err(refusal) = rules::check_age(birth, slot.starts_at, mission.open_to_minors) {
            errors.add("slots", refusal.problem());
        }
        let when = (slot.starts_at, slot.ends_at);
        if let Err(problem) = measures.may_take(birth, mission.remote, when) {
            errors.add("slots", problem);
        }
    }
    let spans = queries::spans(slots);
    for (index, span) in spans.iter().enumerate() {
        if spans.iter().skip(index + 1).any(|other| rules::overlaps(*span, *other)) {
            errors.add("slots", Problem::OverlapsAnother);
        }
    }
    errors.into_result()
}

/// No overlap with what is accepted already, and 24 hours a week at most (decree 2017-930).
///
/// # Errors
/// `OverlapsAnother` or `WeeklyLimit` on the field `slots`.
pub async fn free(work: &Work, account: AccountId, slots: &[slot::Model], but: Option<Uuid>) -> Result<()> {
    let engaged = queries::engaged(&work.tx, account, but).await?;
    let wanted = queries::spans(slots);
    let refused = |problem| Err(told(AppError::field("slots", problem)));
    if wanted.iter().any(|span| engaged.iter().any(|other| rules::overlaps(*span, *other))) {
        return refused(Problem::OverlapsAnother);
    }
    if rules::check_weekly(&engaged, &wanted).is_err() {
        return refused(Problem::WeeklyLimit);
    }
    Ok(())
}

async fn insert(
    work: &Work,
    mission: &mission::Model,
    account: AccountId,
    message: String,
    holder: Option<Uuid>,
    measures: &InForce,
) -> Result<application::Model> {
    let rules = reference::safety_rules(&work.tx, mission.domain_code.as_deref(), work.actor.locale).await?;
    let mut read: serde_json::Map<String, serde_json::Value> =
        rules.into_iter().map(|rule| (rule.code, rule.version.into())).collect();
    let version = mission.published_version_id.map(|id| id.to_string()).unwrap_or_default();
    read.insert("mission".to_owned(), version.into());
    let crisis = measures.to_acknowledge(work.now).map(|(id, version)| (format!("crisis:{id}"), version.into()));
    read.extend(crisis);
    let row = application::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(mission.id),
        volunteer_id: Set(account.0),
        status: Set(ApplicationStatus::Pending.as_str().to_owned()),
        message: Set(message),
        safety_rules: Set(serde_json::Value::Object(read).to_string()),
        safety_acknowledged_at: Set(work.now),
        decided_by: Set(None),
        decided_at: Set(None),
        reason: Set(None),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        organisation_id: Set(holder),
        ..Default::default()
    };
    // The unique index, not a question before, says that there is one already.
    let row = row.insert(&work.tx).await.map_err(|error: DbErr| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => told(Conflict::AlreadyApplied),
        _ => error.into(),
    })?;
    Ok(row)
}

/// Writes how an application begins: it waits for an answer, or in the list.
async fn begin(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    full: bool,
) -> Result<application::Model> {
    let status = if full { ApplicationStatus::Waitlisted } else { ApplicationStatus::Pending };
    let mut row = row.into_active_model();
    row.status = Set(status.as_str().to_owned());
    let row = row.update(&work.tx).await?;
    work.record(Step {
        subject: "application",
        id: row.id,
        municipality: Some(mission.municipality_id.into()),
        from: None,
        to: status.as_str(),
        reason: None,
    })
    .await?;
    Ok(row)
}

/// Takes the places and accepts.
///
/// # Errors
/// A full slot, on the field `slots`.
pub async fn accept(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
    measures: &InForce,
) -> Result<application::Model> {
    places::take(work, &places::with_limits(measures, mission.remote, slots)).await?;
    queries::step(work, row, mission, (ApplicationAction::Accept, Role::System), None).await
}
