//! One's own saved searches: listed, kept, changed, deleted.

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    alerts::{Alert, AlertForm, AlertRow, AlertsPage, MAX_ALERTS},
    error::{AppError, Conflict},
    ids::{AccountId, AlertId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::queries;
use crate::{
    accounts::tokens,
    backend::Backend,
    entity::{account, alert, mission, municipality},
    error::{Result, Told, told},
    missions::reference,
    network,
    store::Work,
};

async fn of(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<alert::Model>> {
    Ok(alert::Entity::find()
        .filter(alert::Column::AccountId.eq(account.0))
        .order_by_asc(alert::Column::Id)
        .all(db)
        .await?)
}

/// One's own, with what can be chosen.
pub async fn list(backend: &Backend, actor: &Actor) -> Result<AlertsPage> {
    let account = actor.signed_in().map_err(told)?;
    let db = backend.store.read();
    let towns = network::queries::all(db).await?;
    let line = |row: &alert::Model| AlertRow {
        id: AlertId(row.id),
        form: queries::read(row, &towns).form(),
        told_at: row.told_at,
    };
    let domains = reference::domains(db, true).await?;
    Ok(AlertsPage {
        alerts: of(db, account).await?.iter().map(line).collect(),
        domains: domains.iter().map(|row| reference::term(row, actor.locale)).collect(),
        towns: towns.iter().map(network::queries::town_ref).collect(),
    })
}

/// Keeps one. A change of its filters begins anew: what is online by now is not new to it.
pub async fn save(backend: &Backend, actor: &Actor, id: Option<AlertId>, form: &AlertForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    // One at a time for each person: what is counted stays what it is.
    account::Entity::find_by_id(account.0).lock_exclusive().one(&work.tx).await?;
    let towns = network::queries::all(&work.tx).await?;
    let kept = of(&work.tx, account).await?;
    let before = match id {
        Some(id) => Some(kept.iter().find(|row| row.id == id.0).ok_or_else(|| told(AppError::NotFound))?),
        None => None,
    };
    let domains: Vec<String> = reference::domains(&work.tx, true).await?.into_iter().map(|row| row.code).collect();
    let codes: Vec<String> = towns.iter().map(|town| town.insee.clone()).collect();
    let read = form.read(&domains, &codes).told()?;
    let row = match before {
        Some(row) => {
            let same = queries::read(row, &towns).finds_the_same(&read);
            let mut changed = filled(row.clone().into_active_model(), &read, &towns);
            if !same {
                changed.looked_at = Set(work.now);
            }
            let row = changed.update(&work.tx).await?;
            if same {
                return work.commit().await;
            }
            row
        }
        None if kept.len() >= MAX_ALERTS => return Err(told(Conflict::TooManyAlerts)),
        None => filled(new(account, work.now), &read, &towns).insert(&work.tx).await?,
    };
    let online: Vec<Uuid> = queries::unknown(&work.tx, &row, &towns, work.now)
        .found
        .select_only()
        .column(mission::Column::Id)
        .into_tuple()
        .all(&work.tx)
        .await?;
    queries::note(&work.tx, row.id, &online).await?;
    work.commit().await
}

fn new(account: AccountId, now: DateTime<Utc>) -> alert::ActiveModel {
    alert::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account.0),
        secret: Set(tokens::secret()),
        looked_at: Set(now),
        told_at: Set(None),
        created_at: Set(now),
        ..Default::default()
    }
}

fn filled(mut row: alert::ActiveModel, read: &Alert, towns: &[municipality::Model]) -> alert::ActiveModel {
    let town = towns.iter().find(|town| Some(&town.insee) == read.town.as_ref());
    row.words = Set(read.words.clone());
    row.domain_code = Set(read.domain.clone());
    row.municipality_id = Set(town.map(|town| town.id));
    row.from_day = Set(read.from);
    row.remote = Set(read.remote);
    row.pace = Set(read.pace.as_str().to_owned());
    row
}

/// Deletes one.
pub async fn remove(backend: &Backend, actor: &Actor, id: AlertId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.signed_in().map_err(told)?;
    let own = alert::Entity::find_by_id(id.0).filter(alert::Column::AccountId.eq(account.0)).lock_exclusive();
    let row = own.one(&work.tx).await?.ok_or_else(|| told(AppError::NotFound))?;
    queries::delete(&work.tx, &row).await?;
    work.commit().await
}
