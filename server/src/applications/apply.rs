use chrono::NaiveDate;
use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationForm, ApplicationStatus, door::still_shut, rules},
    crisis::InForce,
    error::{AppError, Conflict, FieldErrors, Problem},
    fields::Email,
    ids::{AccountId, MissionId, SlotId},
    missions::MissionStatus,
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, EntityTrait, IntoActiveModel, QuerySelect, SqlErr};
use uuid::Uuid;

use super::{
    chosen::{Chosen, chosen, free, may_take, named},
    guardian, places, queries,
    tell::{Affair, next},
    waiting,
};
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

/// An application as it was sent.
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
    if let Ok(guardian) = Email::parse(&form.guardian) {
        throttle::take(backend, &format!("mail:{}", guardian.as_str()), Limit::MAILS).await?;
    }
    let work = Work::begin(backend, actor).await?;
    let mission = queries::hold_mission(&work, id.0).await?;
    match missions::status(&mission) {
        MissionStatus::Published => {}
        MissionStatus::Closed => return Err(told(Conflict::MissionClosed)),
        _ => return Err(told(AppError::NotFound)),
    }
    if let Some(day) = still_shut(mission.opens_on, work.now) {
        return Err(told(Conflict::OpensOn(day)));
    }
    // Read with the mission held: whoever switches measures on waits until this is over, or was before it.
    let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    if !measures.allow(mission.domain_code.as_deref(), work.now) {
        return Err(told(Conflict::CrisisDomain));
    }
    let (email, profile) = profile(&work, account).await?;
    let (parsed, mut errors) = parse(&form, &measures.reading(work.now));
    // First of all the row itself: a second press of the button is told so, not that the slot is full or overlaps.
    let slots = named(&work, &mission, &parsed.slots).await?;
    let guardian = guardian_of(&form, &email, profile.birth_date, (&mission, &slots), &mut errors);
    errors.into_result().told()?;
    let holder = slots.first().and_then(|slot| slot.organisation_id);
    let row = insert(&work, &mission, account, parsed.message, holder, &measures).await?;
    acknowledge::on_apply(&work, account, &measures).await?;
    let Chosen { slots, full } = chosen(&work, &mission, &measures, slots, parsed.slots.len()).await?;
    may_take(&mission, profile.birth_date, &slots, &measures).told()?;
    free(&work, account, &slots, Some(row.id)).await?;
    for slot in &slots {
        application_slot::ActiveModel { application_id: Set(row.id), slot_id: Set(slot.id) }.insert(&work.tx).await?;
    }
    let row = begin(&work, row, &mission, full).await?;
    let row = match guardian {
        _ if full => in_list(&work, row, &mission, &slots, guardian.as_ref()).await?,
        // Nobody is accepted without a guardian's consent under 18; until then the organisation has nothing to answer.
        Some(guardian) => {
            let affair = Affair::read(&work, &mission, &row, &slots).await?;
            guardian::ask(&work, &affair, &row, &guardian).await?;
            affair.volunteer(&work, MailKind::GuardianAwaited, "").await?;
            row
        }
        None => sent(&work, row, &mission, &slots, &measures).await?,
    };
    work.commit().await?;
    Ok(queries::status(&row))
}

/// Somebody is in the list of full slots; under 18, a guardian has time until their turn comes.
async fn in_list(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
    guardian: Option<&Email>,
) -> Result<application::Model> {
    let affair = Affair::read(work, mission, &row, slots).await?;
    waiting::joined(work, &affair, &row).await?;
    if let Some(guardian) = guardian {
        guardian::ask(work, &affair, &row, guardian).await?;
    }
    Ok(row)
}

/// Accepts at once where the mission does, and tells both.
async fn sent(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
    measures: &InForce,
) -> Result<application::Model> {
    let at_once = partners::terms(&work.tx, mission, partners::answers(mission, &row)).await?.at_once;
    let row = if at_once { accept(work, row, mission, slots, measures).await? } else { row };
    let affair = Affair::read(work, mission, &row, slots).await?;
    affair.organisation(work, MailKind::ApplicationReceived, &row.message, next(at_once)).await?;
    let kind = if at_once { MailKind::ApplicationAccepted } else { MailKind::ApplicationSent };
    affair.volunteer(work, kind, "").await?;
    Ok(row)
}

/// The guardian to be asked, for who is under 18 on the day of a slot; nobody's own address.
fn guardian_of(
    form: &ApplicationForm,
    own: &str,
    birth: NaiveDate,
    (mission, slots): (&mission::Model, &[slot::Model]),
    errors: &mut FieldErrors,
) -> Option<Email> {
    let too_young = |slot: &slot::Model| rules::check_age(birth, slot.starts_at, mission.open_to_minors).is_err();
    if !guardian::is_minor(birth, slots) || slots.iter().any(too_young) {
        return None;
    }
    errors.take("guardian", guardian::address(&form.guardian, own))
}

/// The volunteer's address and profile, held until the end of the transaction: two applications of one person wait for each
/// other.
async fn profile(work: &Work, account: AccountId) -> Result<(String, volunteer::Model)> {
    let person = account::Entity::find_by_id(account.0).one(&work.tx).await?;
    let person = person.filter(|row| row.email_confirmed_at.is_some());
    let email = person.ok_or_else(|| told(Conflict::EmailNotConfirmed))?.email;
    let profile = volunteer::Entity::find_by_id(account.0).lock_exclusive().one(&work.tx).await?;
    Ok((email, profile.ok_or_else(|| told(Conflict::VolunteerProfileRequired))?))
}

fn parse(form: &ApplicationForm, reading: &str) -> (Parsed, FieldErrors) {
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
    (Parsed { slots, message: message.unwrap_or_default() }, errors)
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
