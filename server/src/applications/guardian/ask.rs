//! Asking a guardian: with the application, and again from the volunteer's space.

use domain::{
    actor::Actor,
    applications::ConsentStatus,
    error::{AppError, Conflict, Problem},
    fields::Email,
    ids::{AccountId, ApplicationId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    super::{
        queries,
        tell::{Affair, lines},
    },
    SUBJECT, is_minor,
};
use crate::{
    accounts::tokens,
    backend::Backend,
    entity::{account, application, guardian_consent, municipality, volunteer},
    error::{Result, told},
    mail::{Mail, MailKind},
    store::{Step, Work},
    throttle::{self, Limit},
};

/// A guardian's address as typed; nobody's own.
///
/// # Errors
/// `Required`, `NotAnEmail`, `GuardianIsYou`.
pub fn address(typed: &str, own: &str) -> std::result::Result<Email, Problem> {
    let email = Email::parse(typed)?;
    if email.as_str().eq_ignore_ascii_case(own) { Err(Problem::GuardianIsYou) } else { Ok(email) }
}

/// Sends a guardian the link of an application that is held; links sent before no longer work.
///
/// # Errors
/// When the database refuses.
pub async fn ask(work: &Work, affair: &Affair<'_>, row: &application::Model, email: &Email) -> Result<()> {
    let secret = tokens::secret();
    let before = guardian_consent::Entity::find_by_id(row.id).one(&work.tx).await?;
    let from = before.as_ref().map(|row| row.status.clone());
    let known = before.is_some();
    let mut consent = before.map(IntoActiveModel::into_active_model).unwrap_or_default();
    consent.email = Set(Some(email.as_str().to_owned()));
    consent.secret = Set(tokens::digest(&secret));
    consent.asked_at = Set(work.now);
    if known {
        consent.update(&work.tx).await?;
    } else {
        consent.application_id = Set(row.id);
        consent.status = Set(ConsentStatus::Asked.as_str().to_owned());
        consent.answered_at = Set(None);
        consent.insert(&work.tx).await?;
    }
    work.record(Step {
        subject: SUBJECT,
        id: row.id,
        municipality: Some(affair.mission.municipality_id.into()),
        from: from.as_deref(),
        to: ConsentStatus::Asked.as_str(),
        reason: None,
    })
    .await?;
    let town = municipality::Entity::find_by_id(affair.mission.municipality_id).one(&work.tx).await?;
    let town = town.map(|row| row.name).unwrap_or_default();
    // The volunteer's language: nothing is known of the guardian's.
    let locale = affair.locale();
    let slots = lines(locale, affair.slots);
    let facts = [
        ("name", affair.volunteer.given_name.as_str()),
        ("mission", &affair.mission.title),
        ("organisation", &affair.organisation),
        ("town", &town),
        ("slots", &slots),
    ];
    let path = app::routes::guardian(row.id.into(), &secret);
    work.mail(email.as_str(), locale, Mail { kind: MailKind::GuardianAsked, facts: &facts, path: &path }).await
}

/// Asks again, at this address.
///
/// # Errors
/// Problems of the address on the field `guardian`; `NotFound` for another's application; `NotInThisState` where there is
/// nothing to ask any more.
pub async fn ask_again(backend: &Backend, actor: &Actor, id: ApplicationId, typed: &str) -> Result<()> {
    let account: AccountId = actor.signed_in().map_err(told)?;
    let refused = |problem| told(AppError::field("guardian", problem));
    let email = Email::parse(typed).map_err(refused)?;
    throttle::take(backend, &format!("guardian:{account}"), Limit::MAILS).await?;
    throttle::take(backend, &format!("mail:{}", email.as_str()), Limit::MAILS).await?;
    let work = Work::begin(backend, actor).await?;
    let (mission, row, slots) = queries::hold_own(&work, id).await?;
    let person = account::Entity::find_by_id(account.0).one(&work.tx).await?;
    let person = person.ok_or_else(|| told(AppError::NotFound))?;
    let email = address(email.as_str(), &person.email).map_err(refused)?;
    let profile = volunteer::Entity::find_by_id(account.0).one(&work.tx).await?;
    let minor = profile.is_some_and(|profile| is_minor(profile.birth_date, &slots));
    let open = super::stands(&work.tx, row.id).await?.is_none_or(|status| status == ConsentStatus::Asked);
    if !minor || !open || !queries::status(&row).is_live() || queries::over(&slots, work.now) {
        return Err(told(Conflict::NotInThisState));
    }
    ask(&work, &Affair::read(&work, &mission, &row, &slots).await?, &row, &email).await?;
    work.commit().await
}
