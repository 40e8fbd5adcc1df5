//! Making certificates, taking them back, verifying them.

use chrono::NaiveDate;
use domain::{
    actor::Actor,
    certificates::{Certificate, CertificateNumber, OwnCertificates, Verified},
    error::{AppError, Conflict, Problem},
    ids::AccountId,
    paris,
};
use rand::RngCore;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    accounts::queries::full_name,
    attendance::given::{Stint, by_mission, stints},
    backend::Backend,
    entity::{account, certificate},
    error::{Result, told},
    store::{Step, Work},
};

/// The caller's certificates.
pub async fn own(backend: &Backend, actor: &Actor) -> Result<OwnCertificates> {
    let me = actor.signed_in().map_err(told)?;
    let rows = certificate::Entity::find()
        .filter(certificate::Column::AccountId.eq(me.0))
        .order_by_desc(certificate::Column::IssuedAt)
        .all(backend.store.read())
        .await?;
    Ok(OwnCertificates { certificates: rows.into_iter().map(read).collect::<Result<_>>()? })
}

/// Makes a certificate of a year, or of everything.
pub async fn issue(backend: &Backend, actor: &Actor, year: &str) -> Result<Certificate> {
    let work = Work::begin(backend, actor).await?;
    let me = work.actor.signed_in().map_err(told)?;
    // One at a time: who presses twice has one.
    let account = account::Entity::find_by_id(me.0).lock_exclusive().one(&work.tx).await?;
    let account = account.ok_or_else(|| told(AppError::SignInFirst))?;
    let year = wanted(year)?;
    let mut stints = stints(&work.tx, me).await?;
    stints.retain(|stint| year.is_none_or(|year| stint.year() == year));
    let period = period(&stints, year, paris::date(work.now))?;
    let missions = by_mission(stints);
    let made = Certificate {
        number: CertificateNumber::draw(rand::rng().next_u64()),
        name: full_name(&account),
        period,
        minutes: missions.iter().map(|mission| mission.minutes).sum(),
        missions,
        issued_at: work.now,
        revoked_at: None,
    };
    if let Some(known) = same(&work, me, &made).await? {
        return Ok(known);
    }
    write(&work, me, &made).await?;
    work.commit().await?;
    Ok(made)
}

/// A calendar year, or all when nothing is said.
fn wanted(typed: &str) -> Result<Option<i32>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let year = typed.parse().ok().filter(|year| (2000..2200).contains(year));
    year.map(Some).ok_or_else(|| told(AppError::field("year", Problem::NotAChoice)))
}

/// The days that a certificate covers: a year up to today, with the whole of an open period that ended in it, or from the first
/// hours on.
fn period(stints: &[Stint], year: Option<i32>, today: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    let days = stints.iter().map(|stint| stint.days);
    let Some((first, last)) = days.clone().map(|days| days.0).min().zip(days.map(|days| days.1).max()) else {
        return Err(told(AppError::field("year", Problem::NoHours)));
    };
    let of_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    Ok(match year.and_then(of_year) {
        Some((begins, ends)) => (begins.min(first), ends.min(today.max(last))),
        None => (first, last),
    })
}

/// One that says the same already.
async fn same(work: &Work, me: AccountId, made: &Certificate) -> Result<Option<Certificate>> {
    let rows = certificate::Entity::find()
        .filter(certificate::Column::AccountId.eq(me.0))
        .filter(certificate::Column::RevokedAt.is_null())
        .filter(certificate::Column::FirstDay.eq(made.period.0))
        .filter(certificate::Column::LastDay.eq(made.period.1))
        .order_by_desc(certificate::Column::IssuedAt)
        .all(&work.tx)
        .await?;
    let known = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(known.into_iter().find(|known| (&known.name, &known.missions) == (&made.name, &made.missions)))
}

async fn write(work: &Work, me: AccountId, made: &Certificate) -> Result<()> {
    certificate::ActiveModel {
        number: Set(made.number.to_string()),
        account_id: Set(me.0),
        name: Set(made.name.clone()),
        first_day: Set(made.period.0),
        last_day: Set(made.period.1),
        minutes: Set(i32::try_from(made.minutes).unwrap_or(i32::MAX)),
        missions: Set(serde_json::to_string(&made.missions)?),
        issued_at: Set(made.issued_at),
        revoked_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    record(work, me, None, "issued").await
}

/// Takes a certificate of the caller's back.
pub async fn revoke(backend: &Backend, actor: &Actor, number: &str) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let me = work.actor.signed_in().map_err(told)?;
    let number = CertificateNumber::parse(number).ok_or_else(|| told(AppError::NotFound))?;
    let row = certificate::Entity::find_by_id(number.to_string()).lock_exclusive().one(&work.tx).await?;
    let row = row.filter(|row| row.account_id == me.0).ok_or_else(|| told(AppError::NotFound))?;
    if row.revoked_at.is_some() {
        return Err(told(Conflict::NotInThisState));
    }
    let mut row = row.into_active_model();
    row.revoked_at = Set(Some(work.now));
    row.update(&work.tx).await?;
    record(&work, me, Some("issued"), "revoked").await?;
    work.commit().await
}

/// A line of the history, under the account: the number itself is a secret of whoever has the paper.
async fn record(work: &Work, me: AccountId, from: Option<&str>, to: &str) -> Result<()> {
    work.record(Step { subject: "certificate", id: me.0, municipality: None, from, to, reason: None }).await
}

/// What stands under a number: of a certificate that was taken back, only when.
pub async fn verify(backend: &Backend, number: &str) -> Result<Option<Verified>> {
    let Some(number) = CertificateNumber::parse(number) else { return Ok(None) };
    let row = certificate::Entity::find_by_id(number.to_string()).one(backend.store.read()).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(match row.revoked_at {
        Some(at) => Verified::Revoked(at),
        None => Verified::Valid(read(row)?),
    }))
}

/// A row, as it is shown.
///
/// # Errors
/// When it was written by something else than [`write`].
pub(super) fn read(row: certificate::Model) -> Result<Certificate> {
    let number = CertificateNumber::parse(&row.number);
    Ok(Certificate {
        number: number.ok_or_else(|| anyhow::anyhow!("the number of a certificate"))?,
        name: row.name,
        period: (row.first_day, row.last_day),
        minutes: u32::try_from(row.minutes).unwrap_or_default(),
        missions: serde_json::from_str(&row.missions)?,
        issued_at: row.issued_at,
        revoked_at: row.revoked_at,
    })
}
