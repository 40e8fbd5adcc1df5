//! What happens by itself: in the morning a town is told of what will be short, and what was kept for slots that are over is
//! given back; signatures whose time is over are deleted.

use app::i18n::{Texts, k::mails as m};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::{
    actor::{Actor, Grant, Locale},
    ids::{MissionId, MunicipalityId},
    paris,
    reviews::due::Calendar,
    supplies::Shortage,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use super::{queries, reserve, week};
use crate::{
    accounts::queries::holders,
    backend::Backend,
    entity::{equipment_stock, handout, mission, municipality, supply_notice},
    error::Result,
    mail::{Mail, MailKind},
    network::queries as towns,
    reviews::open::open_days,
    store::Work,
};

/// Hours after midnight, by the clock in Paris, at which the letters leave.
const MORNING: i64 = 7;

/// Does the morning's work of each town that has a stock and whose service works today. Tells how many were told of
/// something.
///
/// # Errors
/// When the database cannot be reached.
pub async fn morning(backend: &Backend) -> Result<usize> {
    let now = backend.clock.now();
    let today = paris::date(now);
    let Some(from) = paris::from_paris(today.and_time(NaiveTime::MIN) + TimeDelta::hours(MORNING)) else {
        return Ok(0);
    };
    if now < from {
        return Ok(0);
    }
    let stocked: Vec<Uuid> = equipment_stock::Entity::find()
        .select_only()
        .column(equipment_stock::Column::MunicipalityId)
        .distinct()
        .into_tuple()
        .all(backend.store.read())
        .await?;
    let mut told = 0;
    for town in stocked {
        let town = towns::by_id(backend.store.read(), MunicipalityId(town)).await?;
        if Calendar::of(&town.insee, open_days(&town)).is_open(today) && tell_town(backend, &town, from).await? {
            told += 1;
        }
    }
    Ok(told)
}

/// One town, one letter a day. The conditional write is what lets two servers share the work.
async fn tell_town(backend: &Backend, town: &municipality::Model, from: DateTime<Utc>) -> Result<bool> {
    use supply_notice::Column;
    let work = Work::begin(backend, &Actor::default()).await?;
    let told_today = supply_notice::Entity::find_by_id(town.id).filter(Column::ToldAt.gte(from));
    if told_today.one(&work.tx).await?.is_some() {
        return Ok(false);
    }
    let row = supply_notice::ActiveModel {
        municipality_id: sea_orm::ActiveValue::Set(town.id),
        told_at: sea_orm::ActiveValue::Set(work.now),
    };
    let mine = OnConflict::column(Column::MunicipalityId)
        .update_column(Column::ToldAt)
        .action_and_where(Expr::col((supply_notice::Entity, Column::ToldAt)).lt(from))
        .to_owned();
    if supply_notice::Entity::insert(row).on_conflict(mine).exec_without_returning(&work.tx).await? == 0 {
        return Ok(false);
    }
    let short = week::shortages(&work.tx, Locale::Fr, town.id, work.now).await?;
    tell(&work, town, &short).await?;
    work.commit().await?;
    give_back(backend, town.id).await?;
    Ok(!short.is_empty())
}

async fn tell(work: &Work, town: &municipality::Model, short: &[Shortage]) -> Result<()> {
    if short.is_empty() {
        return Ok(());
    }
    let path = app::routes::town_supplies(&town.insee);
    for person in holders(&work.tx, Grant::Coordinator(MunicipalityId(town.id))).await? {
        let locale = Locale::parse(&person.locale).unwrap_or_default();
        let short = week::shortages(&work.tx, locale, town.id, work.now).await?;
        let line = |line: &Shortage| {
            let (needed, missing) = (line.needed.to_string(), line.missing.to_string());
            Texts(locale).with(
                m::EQUIPMENT_SHORT_LINE,
                &[("label", &line.kind.label), ("needed", &needed), ("missing", &missing)],
            )
        };
        let list = short.iter().map(line).collect::<Vec<_>>().join("\n");
        let facts = [("town", town.name.as_str()), ("list", list.as_str())];
        work.mail(&person.email, locale, Mail { kind: MailKind::EquipmentShort, facts: &facts, path: &path }).await?;
    }
    Ok(())
}

/// Gives back what is reserved for slots that are over and whose list was not typed in; each mission by itself.
async fn give_back(backend: &Backend, town: Uuid) -> Result<()> {
    let missions: Vec<Uuid> = mission::Entity::find()
        .select_only()
        .column(mission::Column::Id)
        .filter(mission::Column::MunicipalityId.eq(town))
        .into_tuple()
        .all(backend.store.read())
        .await?;
    let mut holding: Vec<Uuid> = Vec::new();
    for some in missions.chunks(500) {
        holding.extend(queries::reserved(backend.store.read(), some).await?.into_keys().map(|(mission, ..)| mission));
    }
    holding.sort_unstable();
    holding.dedup();
    for id in holding {
        let work = Work::begin(backend, &Actor::default()).await?;
        let found = mission::Entity::find_by_id(MissionId(id).0).lock_exclusive().one(&work.tx).await?;
        if let Some(mission) = found {
            reserve::settle(&work, &mission, false).await?;
            work.commit().await?;
        }
    }
    Ok(())
}

/// Deletes signatures whose time is over.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<()> {
    handout::Entity::update_many()
        .col_expr(handout::Column::Signature, Expr::value(None::<String>))
        .filter(handout::Column::Signature.is_not_null())
        .filter(handout::Column::SignatureUntil.lte(now))
        .exec(tx)
        .await?;
    Ok(())
}
