use chrono::NaiveDate;
use domain::{
    accounts::{Registration, password},
    actor::Actor,
    applications::rules,
    error::{FieldErrors, Problem},
    fields::{Email, PersonName},
    ids::AccountId,
    paris,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use super::{queries, tokens};
use crate::{
    backend::Backend,
    entity::{account, volunteer},
    error::{Result, Told},
    mail::{Mail, MailKind},
    passwords,
    store::{Step, Work},
    throttle::{self, Limit},
};

struct Parsed {
    given_name: PersonName,
    family_name: PersonName,
    email: Email,
    birth_date: Option<NaiveDate>,
}

/// Registers a person. Whether the e-mail is known is told only to its owner, by e-mail.
pub async fn register(backend: &Backend, actor: &Actor, form: Registration) -> Result<()> {
    let today = paris::date(backend.clock.now());
    let parsed = parse(&form, today).told()?;
    throttle::take(backend, &format!("register:{}", actor.address), Limit::REGISTRATION).await?;
    let hash = backend.passwords.hash(&form.password).await?;
    let work = Work::begin(backend, &Actor { account: None, ..actor.clone() }).await?;
    match queries::by_email(&work.tx, parsed.email.as_str()).await? {
        Some(known) => {
            work.mail_account(
                AccountId(known.id),
                Mail {
                    kind: MailKind::AlreadyRegistered,
                    facts: &[("name", &known.given_name)],
                    path: app::routes::SIGN_IN,
                },
            )
            .await?;
        }
        None => create(&work, &form, &parsed, hash).await?,
    }
    work.commit().await
}

async fn create(work: &Work, form: &Registration, parsed: &Parsed, hash: String) -> Result<()> {
    let id = AccountId(Uuid::now_v7());
    account::ActiveModel {
        id: Set(id.0),
        email: Set(parsed.email.as_str().to_owned()),
        given_name: Set(parsed.given_name.as_str().to_owned()),
        family_name: Set(parsed.family_name.as_str().to_owned()),
        locale: Set(work.actor.locale.as_str().to_owned()),
        password_hash: Set(hash),
        email_confirmed_at: Set(None),
        created_at: Set(work.now),
        last_seen_at: Set(None),
        disabled_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    if let Some(birth_date) = parsed.birth_date {
        volunteer::ActiveModel {
            account_id: Set(id.0),
            birth_date: Set(birth_date),
            insee: Set(None),
            phone: Set(None),
            created_at: Set(work.now),
            reminders: Set(true),
        }
        .insert(&work.tx)
        .await?;
    }
    work.record(Step { subject: "account", id: id.0, municipality: None, from: None, to: "registered", reason: None })
        .await?;
    let next = Some(form.next.as_str()).filter(|next| app::request::is_local(next));
    let token = tokens::issue(&work.tx, id, "confirm_email", work.now, tokens::CONFIRM).await?;
    let path = match next {
        Some(next) => format!("/confirmer/{token}?suite={}", app::routes::encode(next)),
        None => format!("/confirmer/{token}"),
    };
    work.mail_account(
        id,
        Mail { kind: MailKind::ConfirmEmail, facts: &[("name", parsed.given_name.as_str())], path: &path },
    )
    .await
}

fn parse(form: &Registration, today: NaiveDate) -> std::result::Result<Parsed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let given_name = errors.take("given_name", PersonName::parse(&form.given_name));
    let family_name = errors.take("family_name", PersonName::parse(&form.family_name));
    let email = errors.take("email", Email::parse(&form.email));
    let context =
        [form.given_name.as_str(), &form.family_name, form.email.split('@').next().unwrap_or_default(), "renfort"];
    errors.take("password", password::check(&form.password, &context, passwords::is_common));
    let birth_date =
        if form.purpose == "aider" { errors.take("birth_date", birth_date(&form.birth_date, today)) } else { None };
    errors.into_result()?;
    match (given_name, family_name, email) {
        (Some(given_name), Some(family_name), Some(email)) => Ok(Parsed { given_name, family_name, email, birth_date }),
        _ => Err(FieldErrors::one("email", Problem::Required)),
    }
}

/// Reads a birth date: 16 years at least today, 120 at most.
///
/// # Errors
/// The problem of the field.
pub fn birth_date(text: &str, today: NaiveDate) -> std::result::Result<NaiveDate, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| Problem::NotADate)?;
    if date > today {
        return Err(Problem::NotADate);
    }
    match rules::age_on(date, today) {
        age if age < rules::MINIMUM_AGE => Err(Problem::Under16),
        age if age > 120 => Err(Problem::NotADate),
        _ => Ok(date),
    }
}
