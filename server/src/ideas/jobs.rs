//! What happens by itself: whoever sent an idea is forgotten some months after the end.

use chrono::{DateTime, Months, Utc};
use domain::{
    access::Role,
    actor::Actor,
    ideas::{IdeaAction, KEPT_MONTHS},
    text::without_contact_details,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::queries::{status, step};
use crate::{
    backend::Backend,
    entity::{idea, idea_link, idea_message},
    error::Result,
    store::Work,
};

/// An exchange in which nobody wrote for so many months is over.
const SILENT_MONTHS: u32 = 12;
/// Ideas a round: there are few.
const AT_ONCE: u64 = 100;

fn months_before(now: DateTime<Utc>, months: u32) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(months)).unwrap_or(now)
}

/// Forgets whoever sent ideas that ended long ago, or that nobody spoke of for a year: name, e-mail, phone, links, and what
/// looks like them in what they wrote. Tells how many.
///
/// # Errors
/// When the database cannot be reached.
pub async fn forget(backend: &Backend) -> Result<usize> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let over = idea::Column::EndedAt.lte(months_before(work.now, KEPT_MONTHS));
    let silent = idea::Column::UpdatedAt.lte(months_before(work.now, SILENT_MONTHS));
    let due = idea::Entity::find()
        .filter(idea::Column::ErasedAt.is_null())
        .filter(Condition::any().add(over).add(silent))
        .limit(AT_ONCE)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    for row in &due {
        if !status(row).is_over() {
            step(&work, row, IdeaAction::Close, Role::System, None).await?;
        }
        erase(&work, row).await?;
    }
    work.commit().await?;
    Ok(due.len())
}

async fn erase(work: &Work, row: &idea::Model) -> Result<()> {
    idea_link::Entity::delete_many().filter(idea_link::Column::IdeaId.eq(row.id)).exec(&work.tx).await?;
    let messages = idea_message::Entity::find().filter(idea_message::Column::IdeaId.eq(row.id)).all(&work.tx).await?;
    for message in messages {
        let body = without_contact_details(&message.body);
        if body != message.body {
            let mut message = message.into_active_model();
            message.body = Set(body);
            message.update(&work.tx).await?;
        }
    }
    let hidden = without_contact_details;
    let erased = idea::ActiveModel {
        id: Set(row.id),
        contact_name: Set(None),
        email: Set(None),
        phone: Set(None),
        what: Set(hidden(&row.what)),
        whom: Set(hidden(&row.whom)),
        place: Set(hidden(&row.place)),
        moment: Set(hidden(&row.moment)),
        erased_at: Set(Some(work.now)),
        ..Default::default()
    };
    erased.update(&work.tx).await?;
    Ok(())
}
