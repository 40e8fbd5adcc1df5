use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    error::{AppError, Conflict},
    ids::{AccountId, ApplicationId},
    messages::{Door, Side, rules},
    team::Duty,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    queries::{self, Exchange},
    read,
};
use crate::{
    accounts::queries::{reach, with_duty},
    backend::Backend,
    entity::{application_message, application_thread},
    error::{Result, told},
    mail::{Mail, MailKind},
    organisations::queries as organisations,
    store::Work,
    throttle::{self, Limit},
};

/// Writes in the exchange about an application, and gives the other side a notice.
pub async fn write(
    backend: &Backend,
    actor: &Actor,
    id: ApplicationId,
    door: Door,
    body: &str,
    seen: Option<DateTime<Utc>>,
) -> Result<()> {
    let account = actor.signed_in().map_err(told)?;
    let body = rules::message(body).map_err(|problem| told(AppError::field("body", problem)))?;
    throttle::take(backend, &format!("message:{account}"), Limit::MESSAGES).await?;
    let work = Work::begin(backend, actor).await?;
    let (exchange, me) = Exchange::held(&work, id, door).await?;
    say(&work, &exchange, me, door.side(), &body).await?;
    if let Some(seen) = seen {
        read::until(&work, &exchange, door.side(), seen).await?;
    }
    work.commit().await
}

/// Adds a message for a side; the other one gets its notice.
///
/// # Errors
/// `NotInThisState` once both sides only read; `OrganisationNotApproved` for an organisation while it is suspended.
pub(super) async fn say(work: &Work, exchange: &Exchange, author: AccountId, side: Side, body: &str) -> Result<()> {
    if exchange.open_until(work.now).is_none() {
        return Err(told(Conflict::NotInThisState));
    }
    if side == Side::Organisation {
        organisations::approved(&work.tx, exchange.answers).await?;
    }
    let id = exchange.application.id;
    application_message::ActiveModel {
        id: Set(Uuid::now_v7()),
        application_id: Set(id),
        author_id: Set(author.0),
        side: Set(side.as_str().to_owned()),
        body: Set(body.to_owned()),
        created_at: Set(work.now),
    }
    .insert(&work.tx)
    .await?;
    queries::ensure(work, id).await?;
    let wrote = match side {
        Side::Volunteer => application_thread::Column::VolunteerWroteAt,
        Side::Organisation => application_thread::Column::OrganisationWroteAt,
    };
    application_thread::Entity::update_many()
        .col_expr(wrote, Expr::value(work.now))
        .filter(application_thread::Column::ApplicationId.eq(id))
        .exec(&work.tx)
        .await?;
    match notice_due(work, id, side.other()).await? {
        Some(due) => tell(work, exchange, author, side, due).await,
        None => Ok(()),
    }
}

/// When the notice of what was just written leaves: now, an hour after the last one, or not at all where one is waiting to
/// leave and will tell of this too. Conditional writes: of several writers one finds the row as it was.
async fn notice_due(work: &Work, id: Uuid, to: Side) -> Result<Option<DateTime<Utc>>> {
    let told_at = match to {
        Side::Volunteer => application_thread::Column::VolunteerToldAt,
        Side::Organisation => application_thread::Column::OrganisationToldAt,
    };
    let claim = async |due: DateTime<Utc>, held: Condition| -> Result<bool> {
        let update = application_thread::Entity::update_many()
            .col_expr(told_at, Expr::value(due))
            .filter(application_thread::Column::ApplicationId.eq(id))
            .filter(held);
        Ok(update.exec(&work.tx).await?.rows_affected == 1)
    };
    let long_ago = told_at.lte(work.now - rules::NOTICE_EVERY);
    if claim(work.now, Condition::any().add(told_at.is_null()).add(long_ago)).await? {
        return Ok(Some(work.now));
    }
    let row = application_thread::Entity::find_by_id(id).one(&work.tx).await?;
    let last = row.and_then(|row| match to {
        Side::Volunteer => row.volunteer_told_at,
        Side::Organisation => row.organisation_told_at,
    });
    let Some(last) = last.filter(|last| *last <= work.now) else { return Ok(None) };
    let due = last + rules::NOTICE_EVERY;
    Ok(claim(due, Condition::all().add(told_at.eq(last))).await?.then_some(due))
}

/// The notice: who, about which mission, and where; nothing of what was written.
async fn tell(work: &Work, exchange: &Exchange, author: AccountId, from: Side, due: DateTime<Utc>) -> Result<()> {
    let (to, name) = match from {
        Side::Volunteer => {
            let team = with_duty(&work.tx, exchange.answers, Duty::Write).await?;
            let team = team.into_iter().map(|admin| AccountId(admin.id)).collect();
            (team, exchange.volunteer(&work.tx, false).await?)
        }
        Side::Organisation => {
            (vec![AccountId(exchange.application.volunteer_id)], exchange.organisation(&work.tx).await?)
        }
    };
    let path = app::routes::messages(exchange.application.id.into(), exchange.door(from.other()));
    let facts = [("author", name.as_str()), ("mission", exchange.mission.title.as_str())];
    for account in to.into_iter().filter(|account| *account != author) {
        if let Some((email, locale)) = reach(&work.tx, account).await? {
            let mail = Mail { kind: MailKind::MessageReceived, facts: &facts, path: &path };
            work.mail_at(&email, locale, due, mail).await?;
        }
    }
    Ok(())
}
