//! A slot for which cover is asked, and who fits it: by the rule of suggestions, asked the other way round.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    cover::{
        AskedSlot,
        rules::{self, Fitting, MOST_A_MONTH, month},
    },
    crisis::InForce,
    error::AppError,
    ids::{AccountId, MissionId, MunicipalityId, OrganisationId, SlotId},
    missions::{MissionStatus, SlotKind},
    organisations::OrganisationStatus,
    profiles::{Language, Means, Profile},
    suggestions::{Candidate, OpenSlot, Person},
    team::Duty,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::queries;
use crate::{
    applications::{places::with_limits, queries as applications},
    crisis::queries as crisis,
    entity::{
        account, application, cover_letter, mission, municipality, organisation, role_grant, skill, slot, volunteer,
        volunteer_profile,
    },
    error::{Result, told},
    missions::{partners, queries as missions},
    network,
    organisations::queries as organisations,
    profiles::queries as profiles,
    suggestions::find::{Row, Spoken, candidate, home, serving},
};

/// People a statement asks about.
const CHUNK: usize = 1000;

/// A slot, with what decides whether cover may be asked for it.
pub(super) struct About {
    pub mission: mission::Model,
    pub slot: slot::Model,
    /// Whoever holds the slot.
    pub holder: organisation::Model,
    pub skills: Vec<skill::Model>,
    measures: InForce,
    online: bool,
}

impl About {
    /// The slot and its mission, for who may ask in whoever holds it. As for calling a slot off, an admin of the mission learns
    /// that there is no such slot, others that there is no such mission: the same.
    pub async fn read(
        db: &impl ConnectionTrait,
        actor: &Actor,
        (id, slot): (MissionId, SlotId),
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let mission = missions::by_id(db, id).await?;
        let row = slot::Entity::find_by_id(slot.0).filter(slot::Column::MissionId.eq(mission.id)).one(db).await?;
        let owner = OrganisationId(mission.organisation_id);
        let holder = row.as_ref().map_or(owner, |row| partners::holder(&mission, row));
        actor.require_organisation(holder, Duty::Cover).map_err(told)?;
        let slot = row.ok_or_else(|| told(AppError::NotFound))?;
        let (holder, owner) = (organisations::by_id(db, holder).await?, organisations::by_id(db, owner).await?);
        let online = missions::status(&mission) == MissionStatus::Published
            && [&holder, &owner].iter().all(|row| row.status == OrganisationStatus::Approved.as_str());
        let measures = crisis::of_town(db, mission.municipality_id.into(), now).await?;
        let online = online && measures.allow(mission.domain_code.as_deref(), now);
        Ok(Self { mission, slot, holder, skills: profiles::skills(db).await?, measures, online })
    }

    /// Places that can be given: fewer where crisis measures let fewer people together.
    fn places(&self) -> u32 {
        let limits = with_limits(&self.measures, self.mission.remote, std::slice::from_ref(&self.slot));
        let most = limits.first().and_then(|(_, most)| *most).unwrap_or(i32::MAX);
        u32::try_from(self.slot.places.min(most)).unwrap_or_default()
    }

    /// The slot as the rules know it.
    pub fn asked(&self) -> AskedSlot {
        AskedSlot {
            online: self.online,
            cancelled: self.slot.cancelled_at.is_some(),
            span: (self.slot.starts_at, self.slot.ends_at),
            places: self.places(),
            taken: u32::try_from(self.slot.taken).unwrap_or_default(),
            opens_on: self.mission.opens_on,
        }
    }

    /// The mission with this one slot.
    fn candidate<'a>(&'a self, row: &'a Row, town: &municipality::Model) -> Candidate<'a> {
        let mut candidate = candidate(row, town, &self.measures);
        let asked = self.asked();
        candidate.slots = vec![OpenSlot {
            id: SlotId(self.slot.id),
            kind: SlotKind::parse(&self.slot.kind).unwrap_or(SlotKind::Dated),
            span: asked.span,
            left: asked.places.saturating_sub(asked.taken),
        }];
        candidate.skills = serving(&self.skills, candidate.domain);
        let everything =
            Profile { means: Means::ALL.to_vec(), languages: Language::ALL.to_vec(), ..Profile::default() };
        (candidate.means, candidate.languages) = Spoken::of(&everything).in_text(&self.mission.search_text);
        candidate
    }

    /// Who may be asked now, in the order in which they are; of some people, if they are named.
    pub async fn fitting(
        &self,
        db: &impl ConnectionTrait,
        of: Option<&[Uuid]>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Fitting>> {
        let towns: HashMap<Uuid, municipality::Model> =
            network::queries::all(db).await?.into_iter().map(|town| (town.id, town)).collect();
        let Some(town) = towns.get(&self.mission.municipality_id) else { return Ok(Vec::new()) };
        let row = Row::from(&self.mission);
        let candidate = self.candidate(&row, town);
        let mut fitting = Vec::new();
        for chunk in self.agreed(db, of, now).await?.chunks(CHUNK) {
            let ids: Vec<Uuid> = chunk.iter().map(|row| row.account_id).collect();
            let born: HashMap<Uuid, volunteer::Model> = volunteer::Entity::find()
                .filter(volunteer::Column::AccountId.is_in(ids.iter().copied()))
                .all(db)
                .await?
                .into_iter()
                .map(|row| (row.account_id, row))
                .collect();
            let (busy, last) = (applications::engaged_of(db, &ids).await?, queries::last_asked(db, &ids).await?);
            fitting.extend(chunk.iter().filter_map(|row| {
                let (who, profile) = (born.get(&row.account_id)?, profiles::profile(row));
                let person = Person {
                    birth: who.birth_date,
                    home: home(who.insee.as_deref(), &towns),
                    profile: &profile,
                    busy: busy.get(&who.account_id).map(Vec::as_slice).unwrap_or_default(),
                };
                let weighed = person.weigh(&candidate, now)?;
                Some(Fitting {
                    who: AccountId(who.account_id),
                    points: weighed.points,
                    asked_at: last.get(&who.account_id).copied().flatten(),
                    reasons: weighed.reasons,
                })
            }));
        }
        Ok(rules::ranked(fitting))
    }

    /// The profiles of those who agreed to be asked, can be reached, did not apply to the mission, are in no team that offers it,
    /// were not asked for this slot, and have not been asked as often this month as anybody may be.
    async fn agreed(
        &self,
        db: &impl ConnectionTrait,
        of: Option<&[Uuid]>,
        now: DateTime<Utc>,
    ) -> Result<Vec<volunteer_profile::Model>> {
        let applied = application::Entity::find()
            .select_only()
            .column(application::Column::VolunteerId)
            .filter(application::Column::MissionId.eq(self.mission.id))
            .into_query();
        let asked = letters().filter(cover_letter::Column::SlotId.eq(self.slot.id)).into_query();
        let organisations = [self.mission.organisation_id, self.holder.id];
        let teams = role_grant::Entity::find()
            .select_only()
            .column(role_grant::Column::AccountId)
            .filter(role_grant::Column::OrganisationId.is_in(organisations))
            .into_query();
        let often = letters()
            .filter(cover_letter::Column::Month.eq(month(now)))
            .filter(cover_letter::Column::Nth.gte(i32::try_from(MOST_A_MONTH)?))
            .into_query();
        let who = volunteer_profile::Column::AccountId;
        let mut agreed = volunteer_profile::Entity::find()
            .filter(volunteer_profile::Column::Cover.eq(true))
            .filter(volunteer_profile::Column::CoverSecret.is_not_null())
            .filter(who.in_subquery(reachable()))
            .filter(who.not_in_subquery(applied))
            .filter(who.not_in_subquery(teams))
            .filter(who.not_in_subquery(asked))
            .filter(who.not_in_subquery(often));
        if let Some(of) = of {
            agreed = agreed.filter(who.is_in(of.iter().copied()));
        }
        Ok(agreed.all(db).await?)
    }
}

/// The accounts of some letters.
fn letters() -> sea_orm::Select<cover_letter::Entity> {
    cover_letter::Entity::find().select_only().column(cover_letter::Column::AccountId)
}

/// Accounts that are on, with an address that was confirmed.
fn reachable() -> SelectStatement {
    account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DisabledAt.is_null())
        .filter(account::Column::EmailConfirmedAt.is_not_null())
        .into_query()
}

/// The town of a mission, as an id.
pub(super) const fn town(mission: &mission::Model) -> MunicipalityId {
    MunicipalityId(mission.municipality_id)
}
