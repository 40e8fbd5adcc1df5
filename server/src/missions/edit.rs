//! The steps of the editor: each changes its part of the version being written.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    actor::Actor,
    applications::{door::may_open, waiting::OFFER_HOURS},
    equipment::EquipmentType,
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{MissionId, NeighbourhoodId, SlotId},
    missions::{
        EquipmentLine, EquipmentNeed, MissionContent, PeopleStep, PlaceStep, SlotForm, TextStep,
        equipment::{MAX_PER_SLOT, MAX_PER_VOLUNTEER},
    },
    paris, text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{queries, reference, schedule, versions};
use crate::{
    applications::{at_once::accept_pending, changed},
    backend::Backend,
    entity::mission,
    error::{Result, Told, told},
    network::queries::neighbourhoods,
    store::{Step, Work},
    supplies::queries as supplies,
};

/// What: domain, title, goal, description.
pub async fn text(backend: &Backend, actor: &Actor, id: MissionId, step: TextStep) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let domains = reference::domains(&work.tx, true).await?;
    let known = step.domain.is_empty() || domains.iter().any(|domain| domain.code == step.domain);
    versions::change(&work, id, |content| {
        let mut errors = FieldErrors::default();
        if !known {
            errors.add("domain", Problem::NotAChoice);
        }
        if let Some(title) = errors.take("title", text::line(&step.title, 0, 120)) {
            content.title = title;
        }
        if let Some(goal) = errors.take("goal", text::paragraphs(&step.goal, 0, 300)) {
            content.goal = goal;
        }
        if let Some(description) = errors.take("description", text::paragraphs(&step.description, 0, 5000)) {
            content.description = description;
        }
        content.domain = Some(step.domain).filter(|domain| !domain.is_empty());
        errors.into_result().told()
    })
    .await?;
    work.commit().await
}

/// Where: on site or remote.
pub async fn place(backend: &Backend, actor: &Actor, id: MissionId, step: PlaceStep) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = versions::own(&work, id).await?.municipality_id;
    let parts = neighbourhoods(&work.tx, town.into()).await?;
    versions::change(&work, id, |content| {
        let mut errors = FieldErrors::default();
        match step.place.as_str() {
            "remote" => content.remote = true,
            "on_site" => content.remote = false,
            _ => errors.add("place", Problem::Required),
        }
        let chosen = step.neighbourhood.trim();
        content.neighbourhood = match chosen.parse::<NeighbourhoodId>() {
            _ if chosen.is_empty() || content.remote => None,
            Ok(part) if parts.iter().any(|known| known.id == part) => Some(part.0),
            _ => {
                errors.add("neighbourhood", Problem::NotAChoice);
                None
            }
        };
        if let Some(address) = errors.take("address", text::line(&step.address, 0, 200)) {
            content.address = if content.remote { String::new() } else { address };
        }
        errors.into_result().told()
    })
    .await?;
    work.commit().await
}

/// With whom: beneficiaries, prerequisites, rules, minors; and, at once, how to accept, from which day, and the practical details.
pub async fn people(backend: &Backend, actor: &Actor, id: MissionId, step: PeopleStep) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let mission = versions::own(&work, id).await?;
    if queries::status(&mission).is_over() {
        return Err(told(Conflict::NotInThisState));
    }
    let known = reference::beneficiaries(&work.tx, actor.locale).await?;
    let mut errors = FieldErrors::default();
    let practical = errors.take("practical", text::paragraphs(&step.practical, 0, 1000));
    let prerequisites = errors.take("prerequisites", text::paragraphs(&step.prerequisites, 0, 2000));
    let rules = errors.take("safety_rules", text::paragraphs(&step.safety_rules, 0, 2000));
    if !["at_once", "choose"].contains(&step.choice.as_str()) {
        errors.add("choice", Problem::Required);
    }
    let hours = errors.take("offer_hours", offer_hours(&step.offer_hours));
    if !step.beneficiaries.iter().all(|code| known.iter().any(|term| term.code == *code)) {
        errors.add("beneficiaries", Problem::NotAChoice);
    }
    let (before, known) = (current(&work, &mission).await?, changed::details(&work.tx, &mission).await?);
    let kinds = supplies::offered(&work.tx, actor.locale, &before.equipment).await?;
    let equipment = equipment(&step.equipment, &kinds, &mut errors);
    let opens_on = errors.take("opens_on", opening(&step.opens_on, &mission, &before, work.now)).flatten();
    errors.into_result().told()?;
    record_opening(&work, &mission, opens_on).await?;
    let owner = mission.organisation_id.into();
    let turned = mission.choice == "choose" && step.choice == "at_once";
    let mut row = mission.into_active_model();
    row.opens_on = Set(opens_on);
    row.choice = Set(step.choice);
    row.offer_hours = hours.flatten().map_or(row.offer_hours, Set);
    row.practical = Set(practical.unwrap_or_default());
    row.updated_at = Set(work.now);
    let mission = row.update(&work.tx).await?;
    changed::note(&work, &mission, known).await?;
    if turned {
        accept_pending(&work, &mission, owner).await?;
    }
    let mut after = before.clone();
    after.beneficiaries = step.beneficiaries;
    after.prerequisites = prerequisites.unwrap_or_default();
    after.safety_rules = rules.unwrap_or_default();
    after.open_to_minors = step.minors == "yes";
    if !step.equipment.is_empty() {
        after.equipment = equipment;
    }
    // Practical details alone need no new version, and so no green light.
    if !after.reviewed_differences(&before).is_empty() {
        versions::change(&work, id, |content| {
            // The slots are those of the draft: it begins without what was called off or joined.
            after.slots.clone_from(&content.slots);
            *content = after;
            Ok(())
        })
        .await?;
    }
    work.commit().await
}

/// The hours for which a place is held; nothing where the form does not say.
fn offer_hours(typed: &str) -> std::result::Result<Option<i32>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let hours = typed.parse().ok().filter(|hours| OFFER_HOURS.contains(hours)).ok_or(Problem::NotAChoice)?;
    Ok(i32::try_from(hours).ok())
}

/// The day from which volunteers can apply; none where nothing is typed.
fn opening(
    typed: &str,
    mission: &mission::Model,
    content: &MissionContent,
    now: DateTime<Utc>,
) -> std::result::Result<Option<NaiveDate>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let day = schedule::date(typed)?;
    // Of what is online and of what is being written, whichever lasts longer.
    let last = content.slots.iter().map(|slot| slot.ends_at).chain(mission.ends_at).max();
    may_open(day, mission.opens_on, last, now)?;
    Ok(Some(day))
}

/// What the history calls a day from which volunteers can apply.
pub const OPENING_SET: &str = "opening_set";

/// The history says who opens applications on another day, or at once.
async fn record_opening(work: &Work, mission: &mission::Model, day: Option<NaiveDate>) -> Result<()> {
    if day == mission.opens_on {
        return Ok(());
    }
    let when = day.map(|day| paris::figures(paris::midnight(day)));
    work.record(Step {
        subject: "mission",
        id: mission.id,
        municipality: Some(mission.municipality_id.into()),
        from: None,
        to: if when.is_some() { OPENING_SET } else { "opening_removed" },
        reason: when.as_deref(),
    })
    .await
}

/// What is needed, as typed: a line without any number asks for nothing.
fn equipment(lines: &[EquipmentLine], kinds: &[EquipmentType], errors: &mut FieldErrors) -> Vec<EquipmentNeed> {
    let mut needs = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let field = |name: &str| format!("equipment.{index}.{name}");
        let each = errors.take(&field("per_volunteer"), units(&line.per_volunteer, MAX_PER_VOLUNTEER));
        let common = errors.take(&field("per_slot"), units(&line.per_slot, MAX_PER_SLOT));
        let (Some(per_volunteer), Some(per_slot)) = (each, common) else { continue };
        if (per_volunteer, per_slot) == (0, 0) {
            continue;
        }
        if !kinds.iter().any(|kind| kind.code == line.code) {
            errors.add(field("per_volunteer"), Problem::NotAChoice);
        }
        needs.push(EquipmentNeed { code: line.code.clone(), per_volunteer, per_slot });
    }
    needs
}

fn units(typed: &str, most: u32) -> std::result::Result<u32, Problem> {
    match typed.trim() {
        "" => Ok(0),
        digits if !digits.bytes().all(|byte| byte.is_ascii_digit()) => Err(Problem::NotANumber),
        digits => {
            let units = digits.parse().ok().filter(|units| *units <= most);
            units.ok_or(Problem::OutOfRange { min: 0, max: i64::from(most) })
        }
    }
}

async fn current(work: &Work, mission: &mission::Model) -> Result<MissionContent> {
    let id =
        mission.working_version_id.or(mission.published_version_id).ok_or_else(|| told(Conflict::NotInThisState))?;
    queries::content(&queries::version(&work.tx, id).await?)
}

/// Adds a slot.
pub async fn add_slot(backend: &Backend, actor: &Actor, id: MissionId, form: SlotForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let plan = schedule::parse(&form, work.now).told()?;
    versions::change(&work, id, |content| {
        if content.slots.iter().any(|slot| slot.when() == plan.when()) {
            return Err(told(AppError::field("date", Problem::SlotOverlap)));
        }
        content.slots.push(plan);
        content.slots.sort_by_key(|slot| (slot.starts_at, slot.id));
        Ok(())
    })
    .await?;
    work.commit().await
}

/// Takes a slot out.
pub async fn remove_slot(backend: &Backend, actor: &Actor, id: MissionId, slot: SlotId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    versions::change(&work, id, |content| {
        let before = content.slots.len();
        content.slots.retain(|plan| plan.id != slot.0);
        if content.slots.len() == before { Err(told(AppError::NotFound)) } else { Ok(()) }
    })
    .await?;
    work.commit().await
}
