use domain::{
    access::Role,
    actor::Actor,
    applications::{ApplicationAction, ApplicationForm, ApplicationStatus},
    crisis::InForce,
    error::Conflict,
    fields::Email,
    ids::MissionId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr, IntoActiveModel, SqlErr};
use uuid::Uuid;

use super::{
    asked::{Asked, asked, within_limits},
    chosen::{Chosen, chosen, free_beside, may_take},
    guardian, places, queries,
    tell::{Affair, next},
    waiting,
};
use crate::{
    backend::Backend,
    crisis::acknowledge,
    entity::{application, application_slot, mission, slot},
    error::{Result, Told, told},
    mail::MailKind,
    missions::{partners, reference},
    store::{Step, Work},
};

/// Offers help for one or several slots.
pub async fn apply(
    backend: &Backend,
    actor: &Actor,
    id: MissionId,
    form: ApplicationForm,
) -> Result<ApplicationStatus> {
    let account = within_limits(backend, actor, &form).await?;
    let work = Work::begin(backend, actor).await?;
    let mission = queries::hold_mission(&work, id.0).await?;
    let asked = asked(&work, &mission, account, &form, false).await?;
    // First of all the row itself: a second press of the button is told so, not that the slot is full or overlaps.
    let row = insert(&work, &mission, &asked).await?;
    let found = judged(&work, &mission, &asked, (row.id, &[])).await?;
    let row = go_in(&work, row, &mission, &asked, &found).await?;
    work.commit().await?;
    Ok(queries::status(&row))
}

/// The slots, held, if this person may have all of them: beside what they are accepted for but in one application, and beside
/// some others.
pub(super) async fn judged(
    work: &Work,
    mission: &mission::Model,
    asked: &Asked,
    (but, kept): (Uuid, &[slot::Model]),
) -> Result<Chosen> {
    acknowledge::on_apply(work, asked.account, &asked.measures).await?;
    let found = chosen(work, mission, asked).await?;
    may_take(mission, asked.birth, &found.slots, &asked.measures).told()?;
    free_beside(work, asked.account, &found.slots, (Some(but), kept)).await?;
    Ok(found)
}

/// Gives a new application its slots, and goes its way: the list, a guardian, the organisation's answer or a place.
async fn go_in(
    work: &Work,
    row: application::Model,
    mission: &mission::Model,
    asked: &Asked,
    found: &Chosen,
) -> Result<application::Model> {
    for slot in &found.slots {
        application_slot::ActiveModel { application_id: Set(row.id), slot_id: Set(slot.id) }.insert(&work.tx).await?;
    }
    let row = begin(work, row, mission, found.full).await?;
    match &asked.guardian {
        guardian if found.full => in_list(work, row, mission, &found.slots, guardian.as_ref()).await,
        // Nobody is accepted without a guardian's consent under 18; until then the organisation has nothing to answer.
        Some(guardian) => {
            let affair = Affair::read(work, mission, &row, &found.slots).await?;
            guardian::ask(work, &affair, &row, guardian).await?;
            affair.volunteer(work, MailKind::GuardianAwaited, "").await?;
            Ok(row)
        }
        None => sent(work, row, mission, &found.slots, &asked.measures).await,
    }
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
    tell_both(work, &row, mission, slots, (&row.message, at_once)).await?;
    Ok(row)
}

/// Tells the organisation who offers help for some slots, and the volunteer what becomes of it.
pub(super) async fn tell_both(
    work: &Work,
    row: &application::Model,
    mission: &mission::Model,
    slots: &[slot::Model],
    (message, at_once): (&str, bool),
) -> Result<()> {
    let affair = Affair::read(work, mission, row, slots).await?;
    affair.organisation(work, MailKind::ApplicationReceived, message, next(at_once)).await?;
    let kind = if at_once { MailKind::ApplicationAccepted } else { MailKind::ApplicationSent };
    affair.volunteer(work, kind, "").await
}

/// Which rules were on the page, with their versions.
pub(super) async fn rules_read(work: &Work, mission: &mission::Model, measures: &InForce) -> Result<String> {
    let rules = reference::safety_rules(&work.tx, mission.domain_code.as_deref(), work.actor.locale).await?;
    let mut read: serde_json::Map<String, serde_json::Value> =
        rules.into_iter().map(|rule| (rule.code, rule.version.into())).collect();
    let version = mission.published_version_id.map(|id| id.to_string()).unwrap_or_default();
    read.insert("mission".to_owned(), version.into());
    let crisis = measures.to_acknowledge(work.now).map(|(id, version)| (format!("crisis:{id}"), version.into()));
    read.extend(crisis);
    Ok(serde_json::Value::Object(read).to_string())
}

async fn insert(work: &Work, mission: &mission::Model, asked: &Asked) -> Result<application::Model> {
    let row = application::ActiveModel {
        id: Set(Uuid::now_v7()),
        mission_id: Set(mission.id),
        volunteer_id: Set(asked.account.0),
        status: Set(ApplicationStatus::Pending.as_str().to_owned()),
        message: Set(asked.message.clone()),
        safety_rules: Set(rules_read(work, mission, &asked.measures).await?),
        safety_acknowledged_at: Set(work.now),
        decided_by: Set(None),
        decided_at: Set(None),
        reason: Set(None),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        organisation_id: Set(asked.slots.first().and_then(|slot| slot.organisation_id)),
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
