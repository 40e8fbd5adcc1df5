//! What a coordinator writes down by hand: what came in, what is gone, what is carried from one depot to another.

use domain::{
    actor::Actor,
    equipment::{Act, DeskAct, DeskForm, Movement},
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{DepotId, MunicipalityId},
};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::{ledger, queries};
use crate::{
    backend::Backend,
    entity::{equipment_type, municipality},
    error::{Error, Result, Told, told},
    store::Work,
};

/// Writes it down.
pub async fn write_down(backend: &Backend, actor: &Actor, insee: &str, form: DeskForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let read = form.read().told()?;
    let code = known_type(&work, &form.equipment).await?;
    let depot = known_depot(&work, &town, "depot", &form.depot).await?;
    let line = |depot: DepotId, act: Act| Movement::new(depot, &code, act);
    let movements = match read.act {
        DeskAct::Receive => vec![line(depot, Act::Received(read.quantity)).because(&read.reason)],
        DeskAct::Lose => vec![line(depot, Act::Lost(read.quantity)).because(&read.reason)],
        DeskAct::Transfer => {
            let to = known_depot(&work, &town, "destination", &form.destination).await?;
            let (here, there) =
                (queries::depot(&work.tx, &town, depot).await?, queries::depot(&work.tx, &town, to).await?);
            let why = format!("{} → {}. {}", here.name, there.name, read.reason);
            let why = why.trim_end_matches(['.', ' ']);
            let (out, into) = (Act::Missing(read.quantity), Act::Found(read.quantity));
            vec![line(depot, out).because(why), line(to, into).because(why)]
        }
    };
    let act = ledger::pressed(&work, MunicipalityId(town.id), &form.once, &form)?.unwrap_or_else(Uuid::now_v7);
    let posted = ledger::post_once(&work, MunicipalityId(town.id), act, movements).await;
    if let Err(Error::Told(AppError::Conflict(Conflict::NotEnoughStock))) = posted {
        let free = queries::balance(&work.tx, depot, &code).await?.free();
        let problem = Problem::NotEnoughFree { free: u32::try_from(free)? };
        return Err(told(AppError::field("quantity", problem)));
    }
    posted?;
    work.commit().await
}

/// A type that towns may use; another one is no choice of the form.
async fn known_type(work: &Work, code: &str) -> Result<String> {
    let row = equipment_type::Entity::find_by_id(code).one(&work.tx).await?;
    let row = row.filter(|row| row.enabled).ok_or_else(|| told(AppError::field("equipment", Problem::NotAChoice)))?;
    Ok(row.code)
}

/// An open depot of this town. One of another town does not exist.
async fn known_depot(work: &Work, town: &municipality::Model, field: &'static str, id: &str) -> Result<DepotId> {
    let no_choice = || told(FieldErrors::one(field, Problem::NotAChoice));
    let id: DepotId = id.trim().parse().map_err(|_| no_choice())?;
    let row = queries::depot(&work.tx, town, id).await?;
    if row.closed_at.is_some() { Err(no_choice()) } else { Ok(id) }
}
