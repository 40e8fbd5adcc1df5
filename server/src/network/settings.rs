use std::collections::HashSet;

use domain::{
    actor::Actor,
    error::{FieldErrors, Problem},
    fields::{Email, Phone},
    ids::MunicipalityId,
    network::MunicipalitySettings,
    reviews::due::OpenDays,
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::queries;
use crate::{
    backend::Backend,
    entity::{mission, mission_version, municipality, neighbourhood, volunteer_profile},
    error::{Result, Told, told},
    store::{Step, Work},
};

/// The most parts a town may name.
const MOST_PARTS: usize = 80;

#[derive(Debug, PartialEq, Eq)]
struct Parsed {
    service_name: String,
    service_email: Option<String>,
    service_phone: Option<String>,
    opening_days: Option<String>,
    review_hours: i32,
    work_days: i32,
    reminder_hours: i32,
    escalation_email: Option<String>,
    self_review: bool,
    /// Name and slug.
    parts: Vec<(String, String)>,
}

/// Changes what a town sets: its service, its delay, its parts.
pub async fn save(backend: &Backend, actor: &Actor, insee: &str, form: MunicipalitySettings) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::by_insee(&work.tx, insee).await?;
    let id = MunicipalityId(town.id);
    work.actor.require_coordinator(id).map_err(told)?;
    let parsed = parse(&form).told()?;
    let town = municipality::Entity::find_by_id(town.id).lock_exclusive().one(&work.tx).await?.unwrap_or(town);
    let changed = (town.self_review_allowed != parsed.self_review).then_some(if parsed.self_review {
        "self_review_allowed"
    } else {
        "self_review_forbidden"
    });
    keep_parts(&work, town.id, parsed.parts).await?;
    let mut row = town.into_active_model();
    row.service_name = Set(parsed.service_name);
    row.service_email = Set(parsed.service_email);
    row.service_phone = Set(parsed.service_phone);
    row.opening_days = Set(parsed.opening_days);
    row.review_hours = Set(parsed.review_hours);
    row.work_days = Set(parsed.work_days);
    row.reminder_hours = Set(parsed.reminder_hours);
    row.escalation_email = Set(parsed.escalation_email);
    row.self_review_allowed = Set(parsed.self_review);
    row.update(&work.tx).await?;
    work.record(Step {
        subject: "municipality",
        id: id.0,
        municipality: Some(id),
        from: Some("open"),
        to: changed.unwrap_or("settings_changed"),
        reason: None,
    })
    .await?;
    work.commit().await
}

fn parse(form: &MunicipalitySettings) -> std::result::Result<Parsed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let service_name = errors.take("service_name", text::line(&form.service_name, 3, 120));
    let service_email = errors.take("service_email", optional(Email::parse(&form.service_email)));
    let service_phone = errors.take("service_phone", optional(Phone::parse(&form.service_phone)));
    let opening_days = errors.take("opening_days", optional(text::line(&form.opening_days, 1, 200)));
    let review_hours = errors.take("review_hours", hours(&form.review_hours, 1));
    let reminder_hours = errors.take("reminder_hours", hours(&form.reminder_hours, 0));
    let escalation_email = errors.take("escalation_email", optional(Email::parse(&form.escalation_email)));
    let work_days = errors.take("work_days", work_days(&form.work_days));
    let parts = errors.take("neighbourhoods", parts(&form.neighbourhoods));
    let (Some(service_name), Some(email), Some(phone), Some(opening_days), Some(parts)) =
        (service_name, service_email, service_phone, opening_days, parts)
    else {
        return Err(errors);
    };
    let (Some(review_hours), Some(reminder_hours), Some(escalation_email), Some(work_days)) =
        (review_hours, reminder_hours, escalation_email, work_days)
    else {
        return Err(errors);
    };
    Ok(Parsed {
        service_name,
        service_email: email.map(String::from),
        service_phone: phone.map(String::from),
        opening_days,
        review_hours,
        work_days,
        reminder_hours,
        escalation_email: escalation_email.map(String::from),
        self_review: form.self_review == "yes",
        parts,
    })
}

fn optional<T>(parsed: std::result::Result<T, Problem>) -> std::result::Result<Option<T>, Problem> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Required) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Hours, up to those of thirty working days.
fn hours(value: &str, least: i32) -> std::result::Result<i32, Problem> {
    match value.trim() {
        "" => Err(Problem::Required),
        value => match value.parse::<i32>() {
            Ok(hours) if (least..=720).contains(&hours) => Ok(hours),
            Ok(_) => Err(Problem::OutOfRange { min: i64::from(least), max: 720 }),
            Err(_) => Err(Problem::NotANumber),
        },
    }
}

fn work_days(numbers: &[String]) -> std::result::Result<i32, Problem> {
    let known = OpenDays::from_numbers(numbers.iter().map(String::as_str));
    let none = if numbers.is_empty() { Problem::Required } else { Problem::NotAChoice };
    known.map(|days| i32::from(days.bits())).ok_or(none)
}

/// One part a line; the same one twice is one.
fn parts(value: &str) -> std::result::Result<Vec<(String, String)>, Problem> {
    let (mut parts, mut seen) = (Vec::new(), HashSet::new());
    for line in value.lines().filter(|line| !line.trim().is_empty()) {
        let name = text::line(line, 2, 80)?;
        let slug = text::slug(&name);
        if slug.is_empty() {
            return Err(Problem::ControlCharacters);
        }
        if seen.insert(slug.clone()) {
            parts.push((name, slug));
        }
    }
    if parts.len() > MOST_PARTS { Err(Problem::OutOfRange { min: 0, max: 80 }) } else { Ok(parts) }
}

/// A part keeps its id as long as its name reads the same without accents and capitals; one that missions use stays, last.
async fn keep_parts(work: &Work, town: Uuid, parts: Vec<(String, String)>) -> Result<()> {
    let known = neighbourhood::Entity::find()
        .filter(neighbourhood::Column::MunicipalityId.eq(town))
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    let mut position = 0;
    for (name, slug) in &parts {
        match known.iter().find(|part| part.slug == *slug) {
            Some(part) => put(work, part.clone(), Some(name), position).await?,
            None => add(work, town, name, slug, position).await?,
        }
        position += 1;
    }
    for part in known {
        if parts.iter().any(|(_, slug)| *slug == part.slug) {
            continue;
        }
        if is_used(work, town, part.id).await? {
            put(work, part, None, position).await?;
            position += 1;
        } else {
            forget_at_home(work, part.id).await?;
            neighbourhood::Entity::delete_by_id(part.id).exec(&work.tx).await?;
        }
    }
    Ok(())
}

/// Nobody lives there any more.
async fn forget_at_home(work: &Work, part: Uuid) -> Result<()> {
    volunteer_profile::Entity::update_many()
        .col_expr(volunteer_profile::Column::NeighbourhoodId, Expr::value(Option::<Uuid>::None))
        .filter(volunteer_profile::Column::NeighbourhoodId.eq(part))
        .exec(&work.tx)
        .await?;
    Ok(())
}

async fn put(work: &Work, part: neighbourhood::Model, name: Option<&str>, position: i32) -> Result<()> {
    let mut row = part.into_active_model();
    if let Some(name) = name {
        row.name = Set(name.to_owned());
    }
    row.position = Set(position);
    row.update(&work.tx).await?;
    Ok(())
}

async fn add(work: &Work, town: Uuid, name: &str, slug: &str, position: i32) -> Result<()> {
    neighbourhood::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(town),
        name: Set(name.to_owned()),
        slug: Set(slug.to_owned()),
        position: Set(position),
    }
    .insert(&work.tx)
    .await?;
    Ok(())
}

/// Whether a mission, or any version of one, is in that part of town.
async fn is_used(work: &Work, town: Uuid, part: Uuid) -> Result<bool> {
    let online = mission::Entity::find().filter(mission::Column::NeighbourhoodId.eq(part)).count(&work.tx).await?;
    if online > 0 {
        return Ok(true);
    }
    let missions: Vec<Uuid> = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::MunicipalityId.eq(town))
        .into_tuple()
        .all(&work.tx)
        .await?;
    if missions.is_empty() {
        return Ok(false);
    }
    let written = mission_version::Entity::find()
        .filter(mission_version::Column::MissionId.is_in(missions))
        .filter(mission_version::Column::Content.contains(part.to_string()))
        .count(&work.tx)
        .await?;
    Ok(written > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_lines_each_once() {
        let read = parts("Berthe\r\n\r\n  Les Sablettes \nberthé\n").expect("good lines");
        let names: Vec<&str> = read.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Berthe", "Les Sablettes"]);
        assert_eq!(read[1].1, "les-sablettes");
        assert_eq!(parts("x"), Err(Problem::TooShort { min: 2 }));
    }

    #[test]
    fn a_delay_is_one_hour_to_thirty_days() {
        assert_eq!(hours("72", 1), Ok(72));
        assert_eq!(hours("0", 0), Ok(0));
        assert_eq!(hours("0", 1), Err(Problem::OutOfRange { min: 1, max: 720 }));
        assert_eq!(hours("trois", 1), Err(Problem::NotANumber));
        assert_eq!(hours(" ", 1), Err(Problem::Required));
    }
}
