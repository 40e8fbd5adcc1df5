//! What happens by itself.

use domain::{
    access::Role,
    actor::Actor,
    testimonials::{TestimonialAction, TestimonialStatus},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{
    queries::{change, emptied, named, status, step},
    tell,
};
use crate::{
    backend::Backend,
    entity::{account, testimonial},
    error::{Result, Told},
    store::Work,
};

/// Most that go in one transaction.
const ROUND: u64 = 100;

/// Takes back what people said whose account was closed; public pages show nothing of it from that moment on. Tells how many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(backend: &Backend) -> Result<usize> {
    let mut gone = 0;
    loop {
        let work = Work::begin(backend, &Actor::default()).await?;
        let closed = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::DisabledAt.is_not_null())
            .into_query();
        let rows = testimonial::Entity::find()
            .filter(testimonial::Column::Status.ne(TestimonialStatus::Withdrawn.as_str()))
            .filter(testimonial::Column::AccountId.in_subquery(closed))
            .order_by_asc(testimonial::Column::Id)
            .limit(ROUND)
            .lock_exclusive()
            .all(&work.tx)
            .await?;
        if rows.is_empty() {
            return Ok(gone);
        }
        for before in rows {
            let from = status(&before);
            from.apply(TestimonialAction::Withdraw, Role::System).told()?;
            let row = change(&work, &before, emptied()).await?;
            work.record_as_following(step(&row, Some(from), named(TestimonialStatus::Withdrawn), None)).await?;
            tell::gone(&work, &before).await?;
            gone += 1;
        }
        work.commit().await?;
    }
}
