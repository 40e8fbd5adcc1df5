//! One ask: the best fitting are written to, each once for the slot and twice a month at most. The tables hold both, whoever asks
//! at the same time.

use std::collections::HashMap;

use app::{
    i18n::{Texts, k::mails as m},
    suggestions::said,
    ui::time,
};
use domain::{
    actor::{Actor, Locale},
    cover::{
        Crowd,
        rules::{self, Fitting, MOST_AT_ONCE, crowd, month},
    },
    error::{AppError, Conflict},
    ids::{MissionId, OrganisationId, SlotId},
    paris,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;

use super::{
    find::{About, town},
    queries,
};
use crate::{
    backend::Backend,
    entity::{account, cover_letter, cover_request, mission, slot, volunteer, volunteer_profile},
    error::{Error, Result, Told, told},
    mail::{Mail, MailKind},
    missions::queries as missions,
    store::{Step, Work},
    suggestions::find::named,
};

/// What the history calls it.
pub const ASKED: &str = "cover_asked";

/// How many of the best fitting are held while it is looked again which of them may still be asked: another organisation may
/// write to some of them at the same moment.
const HELD: usize = 3 * MOST_AT_ONCE;

/// Writes to those who fit best. Tells whoever holds the slot.
pub async fn ask(backend: &Backend, actor: &Actor, id: MissionId, slot: SlotId, typed: &str) -> Result<OrganisationId> {
    let word = rules::word(typed).map_err(|problem| told(AppError::field("word", problem)))?;
    let best = best(backend, actor, (id, slot)).await?;
    let work = Work::begin(backend, actor).await?;
    // Held: asks for one mission wait for each other, and nobody applies to it meanwhile.
    mission::Entity::find_by_id(id.0).lock_exclusive().one(&work.tx).await?;
    let about = About::read(&work.tx, &work.actor, (id, slot), work.now).await?;
    about.asked().check(work.now).told()?;
    let me = work.actor.signed_in().map_err(told)?;
    if queries::asked_on(&work.tx, slot.0, me, paris::date(work.now)).await? {
        return Err(told(Conflict::CoverToday));
    }
    let chosen = chosen(&work, &about, &best).await?;
    if chosen.is_empty() {
        return Err(told(Conflict::CoverNobody));
    }
    let request = note(&work, &about, me.0, &word, &chosen).await?;
    letters(&work, &about, request, &chosen).await?;
    tell(&work, &about, &word, &chosen).await?;
    record(&work, &about, chosen.len()).await?;
    work.commit().await?;
    Ok(OrganisationId(about.holder.id))
}

/// The best fitting, at a first look: everybody who agreed is weighed before SQLite's only writer is taken; nobody where it is
/// refused anyway.
async fn best(backend: &Backend, actor: &Actor, of: (MissionId, SlotId)) -> Result<Vec<Uuid>> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let about = About::read(db, actor, of, now).await?;
    about.asked().check(now).told()?;
    let fitting = about.fitting(db, None, now).await?;
    Ok(fitting.into_iter().take(HELD).map(|one| one.who.0).collect())
}

/// The best fitting, held in the order of ids so that two transactions never wait for each other in a circle, and looked at again.
async fn chosen(work: &Work, about: &About, best: &[Uuid]) -> Result<Vec<Fitting>> {
    volunteer::Entity::find()
        .filter(volunteer::Column::AccountId.is_in(best.iter().copied()))
        .order_by_asc(volunteer::Column::AccountId)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    let mut chosen = about.fitting(&work.tx, Some(best), work.now).await?;
    chosen.truncate(MOST_AT_ONCE);
    Ok(chosen)
}

/// The index, not the question before, says that somebody has asked today.
async fn note(work: &Work, about: &About, by: Uuid, word: &str, chosen: &[Fitting]) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let row = cover_request::ActiveModel {
        id: Set(id),
        slot_id: Set(about.slot.id),
        organisation_id: Set(about.holder.id),
        asked_by: Set(by),
        day: Set(paris::date(work.now)),
        asked_at: Set(work.now),
        word: Set(word.to_owned()),
        written: Set(i32::try_from(chosen.len())?),
    };
    row.insert(&work.tx).await.map_err(|error| once(error, Conflict::CoverToday))?;
    Ok(id)
}

/// What a unique index refuses, as a person is told.
fn once(error: DbErr, conflict: Conflict) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => told(conflict),
        _ => error.into(),
    }
}

/// Who is written to: the keys of the table keep it from being anybody twice for the slot, or more often a month than agreed.
async fn letters(work: &Work, about: &About, request: Uuid, chosen: &[Fitting]) -> Result<()> {
    let mut people: Vec<Uuid> = chosen.iter().map(|one| one.who.0).collect();
    people.sort_unstable();
    let before = queries::this_month(&work.tx, &people, work.now).await?;
    let rows = people.iter().map(|who| cover_letter::ActiveModel {
        slot_id: Set(about.slot.id),
        account_id: Set(*who),
        request_id: Set(request),
        asked_at: Set(work.now),
        month: Set(month(work.now)),
        nth: Set(before.get(who).copied().unwrap_or_default() + 1),
    });
    cover_letter::Entity::insert_many(rows)
        .exec_without_returning(&work.tx)
        .await
        .map_err(|error| once(error, Conflict::ChangedMeanwhile))?;
    Ok(())
}

/// The e-mails, best fit first.
async fn tell(work: &Work, about: &About, word: &str, chosen: &[Fitting]) -> Result<()> {
    let ids = || chosen.iter().map(|one| one.who.0);
    let people = account::Entity::find().filter(account::Column::Id.is_in(ids())).all(&work.tx).await?;
    let people: HashMap<Uuid, account::Model> = people.into_iter().map(|row| (row.id, row)).collect();
    let profiles = volunteer_profile::Entity::find().filter(volunteer_profile::Column::AccountId.is_in(ids()));
    let secrets: HashMap<Uuid, String> = profiles
        .all(&work.tx)
        .await?
        .into_iter()
        .filter_map(|row| row.cover_secret.map(|secret| (row.account_id, secret)))
        .collect();
    for one in chosen {
        if let Some((reader, secret)) = people.get(&one.who.0).zip(secrets.get(&one.who.0)) {
            write(work, about, word, (one, reader, secret)).await?;
        }
    }
    Ok(())
}

async fn write(
    work: &Work,
    about: &About,
    word: &str,
    (one, reader, secret): (&Fitting, &account::Model, &str),
) -> Result<()> {
    let locale = Locale::parse(&reader.locale).unwrap_or_default();
    let (t, mission, line) = (Texts(locale), &about.mission, missions::line(&about.slot));
    let organisation = about.holder.name.as_str();
    let reasons: Vec<String> =
        one.reasons.iter().map(|reason| said(t, &named(reason.clone(), &about.skills, locale))).collect();
    let word = match word {
        "" => String::new(),
        word => t.with(m::COVER_WORD, &[("organisation", organisation), ("word", word)]),
    };
    let facts = [
        ("name", reader.given_name.as_str()),
        ("organisation", organisation),
        ("mission", mission.title.as_str()),
        ("slot", &time::slot(t, line.kind, line.starts_at, line.ends_at)),
        ("reasons", &reasons.iter().map(|reason| format!("• {reason}")).collect::<Vec<_>>().join("\n")),
        ("word", &word),
        ("stop", &work.link(&app::routes::stop_cover(secret))),
    ];
    let path = app::routes::mission_slot(mission.id.into(), &mission.slug, line.id);
    let unsubscribe = work.link(&app::routes::stop_cover_at_once(secret));
    work.mail_listed(
        &reader.email,
        locale,
        Mail { kind: MailKind::CoverAsked, facts: &facts, path: &path },
        &unsubscribe,
    )
    .await
}

/// The history of the mission says who asked, when, for which slot and how many were written to, as far as that is told.
async fn record(work: &Work, about: &About, people: usize) -> Result<()> {
    work.record(Step {
        subject: "mission",
        id: about.mission.id,
        municipality: Some(town(&about.mission)),
        from: None,
        to: ASKED,
        reason: Some(&said_in_history(&about.slot, people)),
    })
    .await
}

/// For which slot, and how many were written to: figures, which read the same in every language.
pub fn said_in_history(slot: &slot::Model, people: usize) -> String {
    let people = match crowd(people) {
        Crowd::AtLeast(people) => format!("≥ {people}"),
        Crowd::Few | Crowd::Nobody => format!("< {}", rules::FEWEST_TOLD),
    };
    format!("{} → {people}", paris::figures(slot.starts_at))
}
