//! What happens by itself: measures begin on their first day and end after their last, once, whatever the number of
//! servers.

use domain::{
    access::Role,
    actor::Actor,
    crisis::{MeasuresAction, MeasuresStatus},
    paris,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{effect, queries, suspend, switch};
use crate::{backend::Backend, entity::crisis_measures, error::Result, store::Work};

/// Ends what is over, begins what is due; a run that was missed is made up for by the next one. Tells how many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn turn_over(backend: &Backend) -> Result<usize> {
    use crisis_measures::Column;
    let today = paris::date(backend.clock.now());
    let on = [MeasuresStatus::Scheduled, MeasuresStatus::InForce].map(MeasuresStatus::as_str);
    let due = Condition::any()
        .add(Column::LastDay.lt(today))
        .add(Condition::all().add(Column::Status.eq("scheduled")).add(Column::FirstDay.lte(today)));
    let ids: Vec<Uuid> = crisis_measures::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.is_in(on))
        .filter(due)
        // What ends first, so that nothing is handed over to what is over as well.
        .order_by_asc(Column::LastDay)
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(backend.store.read())
        .await?;
    let mut turned = 0;
    for id in ids {
        turned += usize::from(one(backend, id).await?);
    }
    Ok(turned)
}

/// One of them, in a transaction of its own. The row is held and looked at again: another server may have been faster.
async fn one(backend: &Backend, id: Uuid) -> Result<bool> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let row = crisis_measures::Entity::find_by_id(id).lock_exclusive().one(&work.tx).await?;
    let Some(row) = row.filter(|row| queries::status(row).is_on()) else { return Ok(false) };
    let today = paris::date(work.now);
    if row.last_day < today {
        switch::end(&work, row, MeasuresAction::End, Role::System).await?;
    } else if queries::status(&row) == MeasuresStatus::Scheduled && row.first_day <= today {
        let scope = queries::scope(&row);
        suspend::hold(&work, scope).await?;
        let row = switch::step(&work, row, MeasuresAction::Begin, Role::System, None).await?;
        let around = effect::around(&work.tx, scope, work.now).await?;
        let found = around.under(&queries::measures(&row));
        switch::apply(&work, &row, &around, &found).await?;
    } else {
        return Ok(false);
    }
    work.commit().await?;
    Ok(true)
}
