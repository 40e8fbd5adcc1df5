//! What somebody asks for: the form of an application, read against its mission and its volunteer.

use chrono::NaiveDate;
use domain::{
    actor::Actor,
    applications::{ApplicationForm, door::still_shut, rules},
    crisis::InForce,
    error::{AppError, Conflict, FieldErrors, Problem},
    fields::Email,
    ids::{AccountId, SlotId},
    missions::MissionStatus,
    text,
};
use sea_orm::{EntityTrait, QuerySelect};
use uuid::Uuid;

use super::{chosen::named, guardian};
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::{account, mission, slot, volunteer},
    error::{Result, Told, told},
    missions::queries as missions,
    store::Work,
    throttle::{self, Limit},
};

/// An application as it was sent.
struct Parsed {
    slots: Vec<Uuid>,
    message: String,
}

/// What somebody asks for, of a mission that takes people, by a form that is as it should be.
pub(super) struct Asked {
    /// Who asks.
    pub(super) account: AccountId,
    /// When they were born.
    pub(super) birth: NaiveDate,
    /// A word to the organisation.
    pub(super) message: String,
    /// How many slots are named.
    pub(super) count: usize,
    /// What is in force in the town.
    pub(super) measures: InForce,
    /// The slots of the mission that are named.
    pub(super) slots: Vec<slot::Model>,
    /// Whether a guardian has to consent.
    pub(super) consent: bool,
    /// Whom to ask for it: nobody beside a live application, which asks for no consent of its own.
    pub(super) guardian: Option<Email>,
    /// It is asked for beside a live application to this mission.
    pub(super) beside: bool,
}

/// Who asks, if they do not ask too often.
pub(super) async fn within_limits(backend: &Backend, actor: &Actor, form: &ApplicationForm) -> Result<AccountId> {
    let account = actor.signed_in().map_err(told)?;
    throttle::take(backend, &format!("apply:{account}"), Limit::APPLICATIONS).await?;
    if let Ok(guardian) = Email::parse(&form.guardian) {
        throttle::take(backend, &format!("mail:{}", guardian.as_str()), Limit::MAILS).await?;
    }
    Ok(account)
}

/// What the form asks of a mission that is held, `beside` a live application or for the first time; holds the volunteer.
pub(super) async fn asked(
    work: &Work,
    mission: &mission::Model,
    account: AccountId,
    form: &ApplicationForm,
    beside: bool,
) -> Result<Asked> {
    match missions::status(mission) {
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
    let (email, profile) = profile(work, account).await?;
    let (parsed, mut errors) = parse(form, &measures.reading(work.now));
    let slots = named(work, mission, &parsed.slots).await?;
    let birth = profile.birth_date;
    let consent = needs_consent(birth, (mission, &slots));
    let address = (consent && !beside).then(|| guardian::address(&form.guardian, &email));
    let guardian = address.and_then(|address| errors.take("guardian", address));
    errors.into_result().told()?;
    let Parsed { slots: ids, message } = parsed;
    Ok(Asked { account, birth, message, count: ids.len(), measures, slots, consent, guardian, beside })
}

/// Whether a guardian has to consent: for who is under 18 on the day of a slot, and old enough for all of them.
fn needs_consent(birth: NaiveDate, (mission, slots): (&mission::Model, &[slot::Model])) -> bool {
    let too_young = |slot: &slot::Model| rules::check_age(birth, slot.starts_at, mission.open_to_minors).is_err();
    guardian::is_minor(birth, slots) && !slots.iter().any(too_young)
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
