//! What the system finds of a mission under review. It is found anew each time the file is opened, until somebody decides: then it is
//! kept with the decision, and the file goes on showing what they saw.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    crisis::{InForce, ReviewMeasures},
    error::AppError,
    ids::{MissionId, MunicipalityId, ReviewId},
    missions::MissionContent,
    reviews::{Finding, LikelyDuplicate, ReviewStatus},
    supplies::MissionSupplies,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    checklist::{self, Facts},
    duplicates::{self, verdicts},
    telltales::Telltales,
};
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::{mission, mission_version, review},
    error::{Result, told},
    missions::queries,
    organisations::queries::is_approved,
    supplies::reserve::Shelf,
};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Findings {
    /// The items of the checklist that are asked, in their order, each with what was found for it.
    pub items: Vec<(String, Option<Finding>)>,
    /// What crisis measures say of it.
    pub crisis: ReviewMeasures,
    /// Likely duplicates, best first.
    pub duplicates: Vec<LikelyDuplicate>,
    /// The equipment it needs against the town's stock.
    pub supplies: MissionSupplies,
}

/// What a decision keeps. Some of what is found is named, in a language.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    fr: Findings,
    en: Findings,
}

/// What it is found of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    /// The mission.
    pub mission: &'a mission::Model,
    /// The version under review.
    pub version: &'a mission_version::Model,
    /// What it says.
    pub content: &'a MissionContent,
    /// How many safety rules its domain has.
    pub rules: usize,
    /// The instant.
    pub now: DateTime<Utc>,
}

impl Subject<'_> {
    /// What a file shows, and when it was kept, if it was.
    pub async fn shown(
        self,
        backend: &Backend,
        locale: Locale,
        review: &review::Model,
    ) -> Result<(Findings, Option<DateTime<Utc>>)> {
        // Nothing that another version of the program kept stops a file from being read.
        let kept = review.findings.as_deref().and_then(|text| serde_json::from_str::<Kept>(text).ok());
        let Some(kept) = kept else {
            let duplicates = self.duplicates(backend).await?;
            return Ok((self.found(backend.store.read(), locale, review, duplicates).await?, None));
        };
        let mut found = if locale == Locale::Fr { kept.fr } else { kept.en };
        name(backend.store.read(), self.mission.id, &mut found.duplicates).await?;
        Ok((found, review.decided_at))
    }

    async fn duplicates(self, backend: &Backend) -> Result<Vec<LikelyDuplicate>> {
        duplicates::likely(backend, self.mission, (self.content, &self.version.content_hash)).await
    }

    async fn found(
        self,
        db: &impl ConnectionTrait,
        locale: Locale,
        review: &review::Model,
        duplicates: Vec<LikelyDuplicate>,
    ) -> Result<Findings> {
        let town = MunicipalityId(self.mission.municipality_id);
        let shelf = Shelf::read(db, locale, town.0, &[self.mission.id]).await?;
        let supplies = shelf.panel(self.mission.id, self.content, self.now);
        let measures = crisis::of_town(db, town, self.now).await?;
        let telltales = Telltales::read(db, locale).await?;
        let undecided = duplicates.iter().filter(|other| other.dismissed.is_none()).count();
        let facts = Facts {
            duplicates: u32::try_from(undecided).unwrap_or_default(),
            need: checklist::need_around(db, self.mission, self.content, self.now).await?,
            safety: telltales.safety(self.content, self.rules),
            doubts: telltales.doubts(self.content, &self.mission.practical, self.now),
            insurance: telltales.insurance(self.content, &self.mission.practical),
            interest: telltales.interest(self.content),
            job: telltales.job(self.content),
            week_hours: checklist::fullest_week(self.content),
            host_approved: is_approved(db, self.mission.organisation_id.into()).await?,
            supplies: supplies.clone(),
            domain_allowed: measures.allow(self.content.domain.as_deref(), self.now),
            group: group(&measures, self.content, self.now),
        };
        let asked = checklist::Asked { domain: self.content.domain.as_deref(), crisis: measures.hold(self.now) };
        let answers = checklist::answers(db, review.id).await?;
        let items = checklist::found(&checklist::shown(db, asked, review.decided_at, &answers).await?, &facts);
        Ok(Findings { items, crisis: under(&measures, self.content, self.now), duplicates, supplies })
    }
}

/// What is found now, as a decision on the review keeps it. It is read before the transaction of the decision, which holds rows
/// that others wait for; that transaction asks again who may decide. `None` once the review is over.
///
/// # Errors
/// `NotFound` for whoever may not read the files of its municipality.
pub(super) async fn to_keep(backend: &Backend, actor: &Actor, id: ReviewId) -> Result<Option<String>> {
    actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let review = review::Entity::find_by_id(id.0).one(db).await?.ok_or_else(|| told(AppError::NotFound))?;
    actor.require_municipality_reader(MunicipalityId(review.municipality_id)).map_err(told)?;
    if !ReviewStatus::parse(&review.status).is_some_and(ReviewStatus::is_open) {
        return Ok(None);
    }
    let mission = queries::by_id(db, MissionId(review.mission_id)).await?;
    let version = queries::version(db, review.mission_version_id).await?;
    let content = queries::content(&version)?;
    let slots = queries::planned(&content, mission.organisation_id);
    let rules = queries::page(db, Locale::Fr, &mission, &content, slots, now).await?.domain_rules.len();
    let subject = Subject { mission: &mission, version: &version, content: &content, rules, now };
    let mut duplicates = subject.duplicates(backend).await?;
    for said in duplicates.iter_mut().filter_map(|other| other.dismissed.as_mut()) {
        // Who said so is kept with what was said: nobody's name outlives their account here.
        said.by.clear();
    }
    let kept = Kept {
        fr: subject.found(db, Locale::Fr, &review, duplicates.clone()).await?,
        en: subject.found(db, Locale::En, &review, duplicates).await?,
    };
    Ok(Some(serde_json::to_string(&kept)?))
}

/// What is not kept of duplicates: who dismissed them, and the address of those that the public can read by now.
async fn name(db: &impl ConnectionTrait, mission: Uuid, duplicates: &mut [LikelyDuplicate]) -> Result<()> {
    let ids: Vec<Uuid> = duplicates.iter().map(|other| other.id.0).collect();
    let rows = mission::Entity::find().filter(mission::Column::Id.is_in(ids)).all(db).await?;
    let public = rows.into_iter().filter(|row| queries::status(row).is_public());
    let mut slugs: HashMap<Uuid, String> = public.map(|row| (row.id, row.slug)).collect();
    let judges = verdicts::judges(db, mission).await?;
    for other in duplicates {
        other.slug = slugs.remove(&other.id.0);
        if let Some(said) = &mut other.dismissed {
            said.by = judges.get(&other.id.0).cloned().unwrap_or_default();
        }
    }
    Ok(())
}

/// What crisis measures say of it.
fn under(measures: &InForce, content: &MissionContent, now: DateTime<Utc>) -> ReviewMeasures {
    ReviewMeasures {
        hold: measures.hold(now),
        forbidden: !measures.allow(content.domain.as_deref(), now),
        above: group(measures, content, now).filter(|(largest, most)| largest > most).map(|(_, most)| most),
    }
}

/// The largest slot to come where crisis measures limit groups, and the limit: the one that is furthest above it.
fn group(measures: &InForce, content: &MissionContent, now: DateTime<Utc>) -> Option<(u32, u32)> {
    let to_come = content.slots.iter().filter(|slot| slot.ends_at > now);
    let limited = to_come.filter_map(|slot| {
        let most = measures.largest_group(content.remote, (slot.starts_at, slot.ends_at))?;
        Some((slot.places, most))
    });
    limited.max_by_key(|(places, most)| i64::from(*places) - i64::from(*most))
}
