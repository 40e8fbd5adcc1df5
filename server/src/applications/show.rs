//! What volunteers and organisations see of applications.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::{
        Applicant, ApplicationStatus, ConsentStatus, MissionApplications, OwnApplication, VolunteerSpace,
        door::{Engagement, still_shut, too_near},
        rules,
    },
    error::AppError,
    ids::{ApplicationId, MissionId, OrganisationId, SlotId},
    messages::Side,
    missions::MissionStatus,
    paris,
    team::Duty,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{calendar, further, guardian, leave_slot, queries, waiting};
use crate::{
    attendance::say,
    backend::Backend,
    crisis::acknowledge,
    entity::{account, application, mission, mission_version, municipality, organisation, slot, volunteer},
    error::{Result, told},
    messages::{queries as messages, templates},
    missions::{
        partners,
        queries::{self as missions, line},
    },
    network::queries::town_ref,
    organisations::queries as organisations,
};

/// The volunteer's space.
pub async fn mine(backend: &Backend, actor: &Actor) -> Result<VolunteerSpace> {
    let id = actor.signed_in().map_err(told)?;
    let (db, now) = (backend.store.read(), backend.clock.now());
    let account = account::Entity::find_by_id(id.0).one(db).await?.ok_or_else(|| told(AppError::SignInFirst))?;
    let rows = application::Entity::find()
        .filter(application::Column::VolunteerId.eq(id.0))
        .order_by_desc(application::Column::CreatedAt)
        .all(db)
        .await?;
    let slots = queries::slots(db, rows.iter().map(|row| row.id).collect()).await?;
    let missions: Vec<Uuid> = rows.iter().map(|row| row.mission_id).collect();
    let waiting = rows.iter().filter(|row| queries::status(row) == ApplicationStatus::Waitlisted);
    let positions = waiting::positions(db, waiting.map(|row| row.mission_id).collect()).await?;
    let around = Around::of(db, missions, now).await?;
    let threads = messages::threads(db, rows.iter().map(|row| row.id).collect()).await?;
    let consents = guardian::of(db, rows.iter().map(|row| row.id).collect()).await?;
    let birth = volunteer::Entity::find_by_id(id.0).one(db).await?.map(|profile| profile.birth_date);
    let engagements = queries::engagements(db, id).await?;
    let open = further::open_to(db, &rows, (&slots, &consents), birth, now).await?;
    let mut asked = say::asked(db, &rows, &slots, now).await?;
    let own = rows.into_iter().filter_map(|row| {
        let asked = asked.remove(&row.id).unwrap_or_default();
        let slots = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let position = positions.get(&row.id).copied();
        let thread = threads.get(&row.id);
        let unread = thread.is_some_and(|thread| messages::unread(thread, Side::Volunteer).is_some());
        let messages = thread.is_some() || messages::open_until(queries::status(&row), slots, now).is_some();
        let minor = birth.is_some_and(|birth| guardian::is_minor(birth, slots));
        let consent = guardian::own(&row, consents.get(&row.id), minor, slots, now);
        let open = open.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let further = further::some_beside(open, slots);
        let moves = !open.is_empty() && slots.iter().any(|slot| leave_slot::is_ahead(slot, now));
        let own = around.own(row, slots)?;
        let near = around.near(&own, &engagements);
        Some(OwnApplication { position, messages, unread, consent, near, asked, further, moves, ..own })
    });
    let (mut live, past): (Vec<_>, Vec<_>) =
        own.partition(|own| own.status.is_live() && own.slots.iter().any(|slot| slot.ends_at > now && !slot.cancelled));
    live.sort_by_key(|own| {
        let held = own.held_until.filter(|_| own.status == ApplicationStatus::Offered);
        (held.is_none(), held, own.slots.iter().map(|slot| slot.ends_at).find(|end| *end > now))
    });
    let engaged = queries::engaged(db, id, None).await?;
    let minutes = rules::weekly_hours(&engaged).get(&paris::iso_week(now)).copied().unwrap_or_default();
    Ok(VolunteerSpace {
        given_name: account.given_name,
        live,
        past,
        to_acknowledge: acknowledge::outstanding(db, actor, id, now).await?,
        minutes_this_week: minutes,
        calendar: calendar::address(backend, id).await?,
        now,
    })
}

/// What stands around applications: missions, organisations, towns, addresses, what partners say.
pub(super) struct Around {
    missions: HashMap<Uuid, mission::Model>,
    organisations: HashMap<Uuid, String>,
    towns: HashMap<Uuid, municipality::Model>,
    addresses: HashMap<Uuid, String>,
    /// The practical details of partners, by mission and organisation.
    practical: HashMap<(Uuid, Uuid), String>,
    now: DateTime<Utc>,
}

impl Around {
    pub(super) async fn of(db: &impl ConnectionTrait, ids: Vec<Uuid>, now: DateTime<Utc>) -> Result<Self> {
        let missions = mission::Entity::find().filter(mission::Column::Id.is_in(ids)).all(db).await?;
        let of = |key: fn(&mission::Model) -> Uuid| missions.iter().map(key).collect::<Vec<_>>();
        let partners = partners::of(db, of(|m| m.id)).await?;
        let mut answering = of(|m| m.organisation_id);
        answering.extend(partners.iter().map(|row| row.organisation_id));
        let organisations =
            organisation::Entity::find().filter(organisation::Column::Id.is_in(answering)).all(db).await?;
        let towns = municipality::Entity::find()
            .filter(municipality::Column::Id.is_in(of(|m| m.municipality_id)))
            .all(db)
            .await?;
        let versions: Vec<Uuid> = missions.iter().filter_map(|m| m.published_version_id).collect();
        let versions =
            mission_version::Entity::find().filter(mission_version::Column::Id.is_in(versions)).all(db).await?;
        let mut addresses = HashMap::new();
        for version in &versions {
            addresses.insert(version.mission_id, missions::content(version)?.address);
        }
        Ok(Self {
            organisations: organisations.into_iter().map(|row| (row.id, row.name)).collect(),
            towns: towns.into_iter().map(|row| (row.id, row)).collect(),
            missions: missions.into_iter().map(|row| (row.id, row)).collect(),
            addresses,
            practical: partners.into_iter().map(|row| ((row.mission_id, row.organisation_id), row.practical)).collect(),
            now,
        })
    }

    /// When its mission last changed.
    pub(super) fn updated_at(&self, row: &application::Model) -> Option<DateTime<Utc>> {
        self.missions.get(&row.mission_id).map(|mission| mission.updated_at)
    }

    pub(super) fn own(&self, row: application::Model, slots: &[slot::Model]) -> Option<OwnApplication> {
        let mission = self.missions.get(&row.mission_id)?;
        let status = queries::status(&row);
        let accepted = status == ApplicationStatus::Accepted;
        let answers = partners::answers(mission, &row).0;
        let practical = self.practical.get(&(mission.id, answers)).unwrap_or(&mission.practical);
        Some(OwnApplication {
            id: ApplicationId(row.id),
            status,
            reason: row.reason,
            mission: (MissionId(mission.id), mission.slug.clone(), mission.title.clone()),
            mission_status: MissionStatus::parse(&mission.status)?,
            organisation: self.organisations.get(&answers).cloned().unwrap_or_default(),
            town: town_ref(self.towns.get(&mission.municipality_id)?),
            address: self.addresses.get(&mission.id).cloned().unwrap_or_default(),
            practical: Some(practical.clone()).filter(|text| accepted && !text.is_empty()),
            slots: slots.iter().map(line).collect(),
            sent_at: row.created_at,
            withdrawable: queries::may_withdraw(status, slots, self.now),
            removable: leave_slot::removable(status, slots, self.now),
            further: false,
            moves: false,
            position: None,
            held_until: row.held_until,
            messages: false,
            unread: false,
            near: None,
            consent: None,
            asked: Vec::new(),
        })
    }

    /// What is too near in time to a live application, in another town.
    fn near(&self, own: &OwnApplication, engagements: &[Engagement]) -> Option<String> {
        let remote = self.missions.get(&own.mission.0.0).is_none_or(|mission| mission.remote);
        let town = (!remote && own.status.is_live()).then_some(own.town.insee.as_str());
        let mut to_come = own.slots.iter().filter(|slot| slot.ends_at > self.now);
        to_come.find_map(|slot| too_near(slot, town, engagements)).map(|other| other.title.clone())
    }
}

/// The applications of a mission that an organisation answers.
pub async fn of_mission(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    id: MissionId,
) -> Result<MissionApplications> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    actor.require_organisation(organisation, Duty::Answer).map_err(told)?;
    let mission = missions::by_id(db, id).await?;
    partners::require(db, actor, &mission, organisation, Duty::Answer).await?;
    if mission.published_version_id.is_none() {
        // A helper has no part in what was never online.
        actor.require_organisation(organisation, Duty::Missions).map_err(told)?;
    }
    let rows = application::Entity::find()
        .filter(partners::answered_by(&mission, organisation))
        .order_by_desc(application::Column::CreatedAt)
        .all(db)
        .await?;
    let slots = queries::slots(db, rows.iter().map(|row| row.id).collect()).await?;
    let people = queries::senders(db, &rows).await?;
    let measures = acknowledge::Applicants::of(db, &mission, now).await?;
    let positions = waiting::positions(db, vec![mission.id]).await?;
    let threads = messages::threads(db, rows.iter().map(|row| row.id).collect()).await?;
    let consents = guardian::of(db, rows.iter().map(|row| row.id).collect()).await?;
    let paused = !organisations::is_approved(db, organisation).await?;
    let mut applicants: Vec<Applicant> = rows
        .into_iter()
        .filter_map(|row| {
            let (account, profile) = people.get(&row.volunteer_id)?;
            let slots = slots.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            let position = positions.get(&row.id).copied();
            let thread = threads.get(&row.id);
            let unread = thread.is_some_and(|thread| messages::unread(thread, Side::Organisation).is_some());
            let open = messages::open_until(queries::status(&row), slots, now).is_some();
            let (messages, open) = (open || thread.is_some(), open && !paused);
            let last_message = thread.and_then(|thread| thread.volunteer_wrote_at.max(thread.organisation_wrote_at));
            let consented = consents.get(&row.id).is_some_and(|row| guardian::status(row) == ConsentStatus::Given);
            let applicant = applicant(row, account, profile.as_ref(), slots, consented);
            let applicant = Applicant { position, messages, unread, open, last_message, ..applicant };
            Some(under(&measures, account.id, applicant, (profile.as_ref(), slots), now))
        })
        .collect();
    applicants.sort_by_key(rank);
    let mut held = missions::slots(db, vec![mission.id]).await?;
    held.retain(|slot| partners::holder(&mission, slot) == organisation);
    let owner = organisation::Entity::find_by_id(mission.organisation_id).one(db).await?;
    Ok(MissionApplications {
        organisation,
        helper: !actor.may(organisation, Duty::Missions),
        partner_of: owner.filter(|row| row.id != organisation.0).map(|row| row.name),
        mission: id,
        slug: mission.slug.clone(),
        title: mission.title.clone(),
        status: missions::status(&mission),
        paused,
        slots: held.iter().map(line).collect(),
        equipment: needs_equipment(db, &mission).await?,
        opens_on: still_shut(mission.opens_on, now),
        applicants,
        templates: templates::of(db, organisation).await?,
        now,
    })
}

/// Whether what is online of a mission asks for equipment.
async fn needs_equipment(db: &impl ConnectionTrait, mission: &mission::Model) -> Result<bool> {
    let Some(id) = mission.published_version_id else { return Ok(false) };
    Ok(!missions::content(&missions::version(db, id).await?)?.equipment.is_empty())
}

/// Who waits for an answer, then who holds an offer, the waiting list in its order, the others.
fn rank(applicant: &Applicant) -> (u8, u32) {
    match applicant.status {
        ApplicationStatus::Pending => (0, 0),
        ApplicationStatus::Offered => (1, 0),
        ApplicationStatus::Waitlisted => (2, applicant.position.unwrap_or(u32::MAX)),
        _ => (3, 0),
    }
}

/// What crisis measures add to an applicant.
fn under(
    measures: &acknowledge::Applicants,
    volunteer: Uuid,
    applicant: Applicant,
    (profile, slots): (Option<&volunteer::Model>, &[slot::Model]),
    now: DateTime<Utc>,
) -> Applicant {
    let kept = profile.is_some_and(|profile| measures.is_kept_home(profile.birth_date, slots, now));
    Applicant {
        unacknowledged: applicant.status.holds_place() && measures.has_to_acknowledge(volunteer, slots),
        kept_home: applicant.status.is_live() && kept,
        ..applicant
    }
}

/// Contact details are seen only while the application is live, and of a minor once a guardian has consented; afterwards the
/// first name and an initial are left.
fn applicant(
    row: application::Model,
    account: &account::Model,
    profile: Option<&volunteer::Model>,
    slots: &[slot::Model],
    consented: bool,
) -> Applicant {
    let status = queries::status(&row);
    let live = status.is_live();
    let minor = profile.is_some_and(|profile| guardian::is_minor(profile.birth_date, slots));
    let reachable = live && (consented || !minor);
    Applicant {
        id: ApplicationId(row.id),
        status,
        name: queries::seen_name(account, live),
        email: reachable.then(|| account.email.clone()),
        phone: profile.filter(|_| reachable).and_then(|profile| profile.phone.clone()),
        minor,
        consented,
        unacknowledged: false,
        kept_home: false,
        message: row.message,
        slots: slots.iter().map(|slot| SlotId(slot.id)).collect(),
        reason: row.reason,
        sent_at: row.created_at,
        position: None,
        held_until: row.held_until,
        messages: false,
        unread: false,
        open: false,
        last_message: None,
    }
}
