//! The checklist of a domain, what was answered, and what the system found.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Locale,
    applications::rules::{MAX_WEEKLY_MINUTES, weekly_hours},
    missions::{MissionContent, Need, SlotKind},
    reviews::{ChecklistLine, Finding, Safety, feasible::Doubt},
    supplies::MissionSupplies,
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    entity::{checklist_item, mission, review_answer},
    error::Result,
    missions::need,
};

/// What can be answered.
pub const ANSWERS: [&str; 4] = ["", "yes", "no", "not_applicable"];

/// For which missions, and in which times, items are asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The domain of the mission.
    pub domain: Option<&'a str>,
    /// Crisis measures hold.
    pub crisis: bool,
}

/// The items of a mission: those of crisis measures first, then those of every domain, then those of its own.
///
/// # Errors
/// When the database cannot be reached.
pub async fn items(db: &impl ConnectionTrait, asked: Asked<'_>) -> Result<Vec<checklist_item::Model>> {
    let mut of = Condition::any().add(checklist_item::Column::DomainCode.is_null());
    if let Some(domain) = asked.domain {
        of = of.add(checklist_item::Column::DomainCode.eq(domain));
    }
    let always = (!asked.crisis).then(|| checklist_item::Column::Crisis.is_null());
    let mut items = checklist_item::Entity::find()
        .filter(of)
        .filter(Condition::all().add_option(always))
        .filter(checklist_item::Column::RetiredAt.is_null())
        .order_by_asc(checklist_item::Column::Position)
        .order_by_asc(checklist_item::Column::Code)
        .all(db)
        .await?;
    items.sort_by_key(|item| item.crisis.is_none());
    Ok(items)
}

/// Items by their codes, in the order of these.
///
/// # Errors
/// When the database cannot be reached.
pub async fn by_codes(db: &impl ConnectionTrait, codes: &[String]) -> Result<Vec<checklist_item::Model>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let items = checklist_item::Entity::find().filter(checklist_item::Column::Code.is_in(codes.to_vec()));
    let mut items = items.all(db).await?;
    items.sort_by_key(|item| codes.iter().position(|code| *code == item.code));
    Ok(items)
}

/// Every item, retired ones too, in the network's order.
///
/// # Errors
/// When the database cannot be reached.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<checklist_item::Model>> {
    Ok(checklist_item::Entity::find()
        .order_by_asc(checklist_item::Column::Position)
        .order_by_asc(checklist_item::Column::Code)
        .all(db)
        .await?)
}

/// The items that a file shows: those that are asked while it is open; once it is decided, those that were answered and
/// those that were asked then, whatever the network changed since.
///
/// # Errors
/// When the database cannot be reached.
pub async fn shown(
    db: &impl ConnectionTrait,
    asked: Asked<'_>,
    decided_at: Option<DateTime<Utc>>,
    answers: &HashMap<String, review_answer::Model>,
) -> Result<Vec<checklist_item::Model>> {
    let Some(decided_at) = decided_at else { return items(db, asked).await };
    let asked_then = |item: &checklist_item::Model| {
        item.crisis.is_none()
            && item.domain_code.as_deref().is_none_or(|code| asked.domain == Some(code))
            && item.asked_since.is_none_or(|since| since <= decided_at)
            && item.retired_at.is_none_or(|retired| retired > decided_at)
    };
    let mut items = all(db).await?;
    items.retain(|item| answers.contains_key(&item.code) || asked_then(item));
    items.sort_by_key(|item| item.crisis.is_none());
    Ok(items)
}

/// What was answered in a review, by the item's code.
///
/// # Errors
/// When the database cannot be reached.
pub async fn answers(db: &impl ConnectionTrait, review: Uuid) -> Result<HashMap<String, review_answer::Model>> {
    let rows = review_answer::Entity::find().filter(review_answer::Column::ReviewId.eq(review)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.item_code.clone(), row)).collect())
}

/// Whether every mandatory item was answered by yes or «not applicable».
///
/// # Errors
/// When the database cannot be reached.
pub async fn is_complete(db: &impl ConnectionTrait, review: Uuid, asked: Asked<'_>) -> Result<bool> {
    let answers = answers(db, review).await?;
    Ok(items(db, asked).await?.iter().filter(|item| item.mandatory).all(|item| {
        answers.get(&item.code).is_some_and(|line| matches!(line.answer.as_str(), "yes" | "not_applicable"))
    }))
}

/// How many mandatory items lack what joining needs: as the green light does, but for the item about duplicates, which
/// any answer will do for; joining is what follows from a no.
///
/// # Errors
/// When the database cannot be reached.
pub async fn missing_to_join(db: &impl ConnectionTrait, review: Uuid, asked: Asked<'_>) -> Result<u32> {
    let answers = answers(db, review).await?;
    let lacks = |item: &checklist_item::Model| {
        let answer = answers.get(&item.code).map_or("", |line| line.answer.as_str());
        let about_duplicates = item.finding.as_deref() == Some("duplicates");
        !(matches!(answer, "yes" | "not_applicable") || about_duplicates && answer == "no")
    };
    let missing = items(db, asked).await?.iter().filter(|item| item.mandatory && lacks(item)).count();
    Ok(u32::try_from(missing)?)
}

/// What the system knows of a mission, to answer some items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Likely duplicates.
    pub duplicates: u32,
    /// What other missions of the same domain offer in the same part of town.
    pub need: Need,
    /// Its safety rules, and what may be dangerous.
    pub safety: Safety,
    /// What speaks against it as it is planned.
    pub doubts: Vec<Doubt>,
    /// The words that tell of insurance.
    pub insurance: Option<String>,
    /// Words that tell of an aim of profit, politics or religion.
    pub interest: Vec<String>,
    /// Words that tell of a job that is replaced.
    pub job: Vec<String>,
    /// Hours of the fullest week for somebody who took every slot.
    pub week_hours: u32,
    /// Whether the organisation is approved.
    pub host_approved: bool,
    /// The equipment it needs against the stock.
    pub supplies: MissionSupplies,
    /// Whether crisis measures let its domain go on.
    pub domain_allowed: bool,
    /// Its largest slot on site under crisis measures that limit groups, and the limit.
    pub group: Option<(u32, u32)>,
}

/// What the system found for items, in their order.
pub fn found(items: &[checklist_item::Model], facts: &Facts) -> Vec<(String, Option<Finding>)> {
    let kind = |item: &checklist_item::Model| item.finding.clone().or_else(|| item.crisis.clone());
    items.iter().map(|item| (item.code.clone(), kind(item).and_then(|kind| finding(&kind, facts)))).collect()
}

/// The lines of the form; `names` are those of the people who answered, `found` is what was found, by the item's code.
pub fn lines(
    locale: Locale,
    items: Vec<checklist_item::Model>,
    mut answers: HashMap<String, review_answer::Model>,
    names: &HashMap<Uuid, String>,
    found: Vec<(String, Option<Finding>)>,
) -> Vec<ChecklistLine> {
    let mut found: HashMap<String, Option<Finding>> = found.into_iter().collect();
    items
        .into_iter()
        .map(|item| {
            let row = answers.remove(&item.code);
            let answered = row.as_ref().and_then(|row| Some((names.get(&row.answered_by)?.clone(), row.answered_at)));
            let (answer, note) = row.map(|row| (row.answer, row.note)).unwrap_or_default();
            ChecklistLine {
                label: locale.pick(&item.label_fr, &item.label_en).to_owned(),
                hint: locale.pick(&item.hint_fr, &item.hint_en).to_owned(),
                mandatory: item.mandatory,
                finding: found.remove(&item.code).flatten(),
                code: item.code,
                answer,
                note,
                answered,
            }
        })
        .collect()
}

/// What the system found for an item, by what the item says can be found. The codes are those of the `CHECK`s of
/// `checklist_item.finding` and `checklist_item.crisis`.
fn finding(kind: &str, facts: &Facts) -> Option<Finding> {
    const MOST_HOURS: u32 = MAX_WEEKLY_MINUTES / 60;
    Some(match kind {
        "duplicates" if facts.duplicates == 0 => Finding::NoDuplicate,
        "duplicates" => Finding::Duplicates(facts.duplicates),
        "need" => Finding::Need(facts.need),
        "safety" => Finding::Safety(facts.safety.clone()),
        "feasible" => Finding::Feasible(facts.doubts.clone()),
        "insurance" => Finding::Insurance(facts.insurance.clone()),
        "interest" => Finding::Interest(facts.interest.clone()),
        "job" => Finding::Job(facts.job.clone()),
        "weekly_hours" if facts.week_hours > MOST_HOURS => Finding::WeekBeyond(facts.week_hours),
        "weekly_hours" if facts.week_hours > 0 => Finding::WeekWithin(facts.week_hours),
        "host" if facts.host_approved => Finding::HostApproved,
        "host" => Finding::HostNotApproved,
        "equipment" => equipped(&facts.supplies),
        "domain" if facts.domain_allowed => Finding::DomainAllowed,
        "domain" => Finding::DomainForbidden,
        "group" => facts.group.map(|(largest, most)| Finding::Group(largest, most))?,
        _ => return None,
    })
}

/// Whether the equipment is there.
fn equipped(supplies: &MissionSupplies) -> Finding {
    let short: Vec<(String, u32, u32)> =
        supplies.missing().map(|(line, missing)| (line.kind.label.clone(), missing, line.cover.needed)).collect();
    match (supplies.lines.iter().all(|line| line.cover.needed == 0), short.is_empty()) {
        (true, _) => Finding::NoEquipment,
        (_, true) => Finding::Equipped,
        _ => Finding::EquipmentShort(short),
    }
}

/// Hours of the fullest week for somebody who took every dated slot; a started hour counts.
pub fn fullest_week(content: &MissionContent) -> u32 {
    let dated = content.slots.iter().filter(|slot| slot.kind == SlotKind::Dated);
    let spans: Vec<_> = dated.map(|slot| (slot.starts_at, slot.ends_at)).collect();
    weekly_hours(&spans).into_values().max().unwrap_or_default().div_ceil(60)
}

/// What other published missions of the same domain offer in the same part of town (from home, for one that is done from
/// home), and who wants it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn need_around(
    db: &impl ConnectionTrait,
    mission: &mission::Model,
    content: &MissionContent,
    now: DateTime<Utc>,
) -> Result<Need> {
    let Some(domain) = content.domain.as_deref() else { return Ok(Need::default()) };
    let near = match (content.remote, content.neighbourhood) {
        (true, _) => mission::Column::Remote.eq(true),
        (false, Some(id)) => mission::Column::NeighbourhoodId.eq(id),
        (false, None) => mission::Column::Remote.eq(false),
    };
    let around = Condition::all()
        .add(mission::Column::MunicipalityId.eq(mission.municipality_id))
        .add(mission::Column::Id.ne(mission.id))
        .add(mission::Column::DomainCode.eq(domain))
        .add(near);
    Ok(need::by_domain(db, around, now).await?.remove(domain).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use domain::{
        equipment::EquipmentType,
        missions::EquipmentNeed,
        supplies::{SupplyLine, needs::Cover},
    };

    use super::*;

    #[test]
    fn tells_what_each_item_says_can_be_found() {
        let facts = Facts {
            duplicates: 0,
            need: Need { places: 4, ..Need::default() },
            safety: Safety { rules: 3, ..Safety::default() },
            doubts: vec![Doubt::Over],
            insurance: None,
            interest: vec!["vente".to_owned()],
            job: vec![],
            week_hours: 24,
            host_approved: true,
            supplies: MissionSupplies::default(),
            domain_allowed: true,
            group: None,
        };
        assert_eq!(finding("duplicates", &facts), Some(Finding::NoDuplicate));
        assert_eq!(finding("duplicates", &Facts { duplicates: 2, ..facts.clone() }), Some(Finding::Duplicates(2)));
        assert_eq!(finding("need", &facts), Some(Finding::Need(facts.need)));
        assert_eq!(finding("safety", &facts), Some(Finding::Safety(Safety { rules: 3, ..Safety::default() })));
        assert_eq!(finding("feasible", &facts), Some(Finding::Feasible(vec![Doubt::Over])));
        assert_eq!(finding("insurance", &facts), Some(Finding::Insurance(None)));
        assert_eq!(finding("interest", &facts), Some(Finding::Interest(vec!["vente".to_owned()])));
        assert_eq!(finding("job", &facts), Some(Finding::Job(vec![])));
        assert_eq!(finding("weekly_hours", &facts), Some(Finding::WeekWithin(24)));
        assert_eq!(finding("weekly_hours", &Facts { week_hours: 25, ..facts.clone() }), Some(Finding::WeekBeyond(25)));
        assert_eq!(finding("weekly_hours", &Facts { week_hours: 0, ..facts.clone() }), None);
        assert_eq!(finding("host", &facts), Some(Finding::HostApproved));
        assert_eq!(finding("host", &Facts { host_approved: false, ..facts.clone() }), Some(Finding::HostNotApproved));
        assert_eq!(finding("domain", &facts), Some(Finding::DomainAllowed));
        assert_eq!(
            finding("domain", &Facts { domain_allowed: false, ..facts.clone() }),
            Some(Finding::DomainForbidden)
        );
        assert_eq!(finding("group", &facts), None);
        assert_eq!(finding("group", &Facts { group: Some((12, 5)), ..facts.clone() }), Some(Finding::Group(12, 5)));
        assert_eq!(finding("rules", &facts), None);
    }

    #[test]
    fn tells_what_equipment_is_missing() {
        let line = |code: &str, needed, free| SupplyLine {
            kind: EquipmentType {
                code: code.to_owned(),
                label: code.to_uppercase(),
                unit: String::new(),
                single_use: true,
            },
            need: EquipmentNeed::default(),
            cover: Cover { needed, reserved: 0, free },
        };
        let found = |lines| finding("equipment", &Facts { supplies: MissionSupplies { lines }, ..Facts::default() });
        assert_eq!(found(vec![]), Some(Finding::NoEquipment));
        assert_eq!(found(vec![line("gel", 0, 0)]), Some(Finding::NoEquipment));
        assert_eq!(found(vec![line("gel", 4, 4), line("vest", 0, 0)]), Some(Finding::Equipped));
        let short = Finding::EquipmentShort(vec![("MASK".to_owned(), 8, 20)]);
        assert_eq!(found(vec![line("gel", 4, 4), line("mask", 20, 12)]), Some(short));
    }
}
