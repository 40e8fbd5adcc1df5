//! Questions about exchanges.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    actor::Actor,
    applications::ApplicationStatus,
    error::AppError,
    ids::{AccountId, ApplicationId, OrganisationId},
    messages::{Door, MessageLine, Side, rules},
    team::Duty,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    accounts::queries::full_name,
    applications::queries::{self as applications, seen_name},
    entity::{account, application, application_message, application_thread, attendance, mission, slot},
    error::{Result, told},
    missions::{partners, queries as missions},
    organisations::queries as organisations,
    store::Work,
};

/// An application and what stands around its exchange.
#[derive(Debug)]
pub struct Exchange {
    /// The application.
    pub application: application::Model,
    /// Its mission.
    pub mission: mission::Model,
    /// Who answers it.
    pub answers: OrganisationId,
    /// Its slots.
    pub slots: Vec<slot::Model>,
}

impl Exchange {
    async fn around(db: &impl ConnectionTrait, application: application::Model) -> Result<Self> {
        let mission = missions::by_id(db, application.mission_id.into()).await?;
        let slots = applications::slots(db, vec![application.id]).await?.remove(&application.id).unwrap_or_default();
        Ok(Self { answers: partners::answers(&mission, &application), application, mission, slots })
    }

    /// The exchanges about some applications, by application.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn of_all(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Self>> {
        let rows = application::Entity::find().filter(application::Column::Id.is_in(ids)).all(db).await?;
        let missions = mission::Entity::find().filter(mission::Column::Id.is_in(rows.iter().map(|row| row.mission_id)));
        let missions: HashMap<Uuid, mission::Model> =
            missions.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
        let mut slots = applications::slots(db, rows.iter().map(|row| row.id).collect()).await?;
        let exchange = |application: application::Model| {
            let mission = missions.get(&application.mission_id)?.clone();
            let slots = slots.remove(&application.id).unwrap_or_default();
            let answers = partners::answers(&mission, &application);
            Some((application.id, Self { application, mission, answers, slots }))
        };
        Ok(rows.into_iter().filter_map(exchange).collect())
    }

    /// The exchange about an application, whoever asks.
    ///
    /// # Errors
    /// `NotFound` when there is no such application.
    pub async fn of(db: &impl ConnectionTrait, id: Uuid) -> Result<Self> {
        let row = application::Entity::find_by_id(id).one(db).await?;
        Self::around(db, row.ok_or_else(|| told(AppError::NotFound))?).await
    }

    /// The exchange for one of its sides, and who it is.
    ///
    /// # Errors
    /// `NotFound` for everybody else.
    pub async fn through(
        db: &impl ConnectionTrait,
        actor: &Actor,
        id: ApplicationId,
        door: Door,
    ) -> Result<(Self, AccountId)> {
        let me = actor.signed_in().map_err(told)?;
        let exchange = Self::of(db, id.0).await?;
        let allowed = match door {
            Door::Volunteer => exchange.application.volunteer_id == me.0,
            Door::Organisation(organisation, mission) => {
                exchange.answers == organisation
                    && exchange.mission.id == mission.0
                    && actor.may(organisation, Duty::Write)
            }
        };
        if allowed { Ok((exchange, me)) } else { Err(told(AppError::NotFound)) }
    }

    /// The same, the application held as it is: whoever answers or withdraws it waits until this transaction is over.
    ///
    /// # Errors
    /// `NotFound` for everybody else.
    pub async fn held(work: &Work, id: ApplicationId, door: Door) -> Result<(Self, AccountId)> {
        application::Entity::find_by_id(id.0).lock_shared().one(&work.tx).await?;
        Self::through(&work.tx, &work.actor, id, door).await
    }

    /// Where the application stands.
    pub fn status(&self) -> ApplicationStatus {
        applications::status(&self.application)
    }

    /// Until when both sides write; `None` once they only read.
    pub fn open_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        open_until(self.status(), &self.slots, now)
    }

    /// The door of a side.
    pub fn door(&self, side: Side) -> Door {
        match side {
            Side::Volunteer => Door::Volunteer,
            Side::Organisation => Door::Organisation(self.answers, self.mission.id.into()),
        }
    }

    /// Who applied, as some may know them: by their whole name, or as the organisation does, while the application is live.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn volunteer(&self, db: &impl ConnectionTrait, whole: bool) -> Result<String> {
        let row = account::Entity::find_by_id(self.application.volunteer_id).one(db).await?;
        let live = whole || self.status().is_live();
        Ok(row.map(|row| seen_name(&row, live)).unwrap_or_default())
    }

    /// The name of the organisation that answers.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn organisation(&self, db: &impl ConnectionTrait) -> Result<String> {
        Ok(organisations::names(db, vec![self.answers.0]).await?.remove(&self.answers.0).unwrap_or_default())
    }

    /// Every message, oldest first, with words of thanks; the word that came with the application is the first. `whole`: who wrote for the
    /// organisation by their whole name, rather than the first.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn lines(&self, db: &impl ConnectionTrait, whole: bool) -> Result<Vec<MessageLine>> {
        let rows = application_message::Entity::find()
            .filter(application_message::Column::ApplicationId.eq(self.application.id))
            .order_by_asc(application_message::Column::CreatedAt)
            .order_by_asc(application_message::Column::Id)
            .all(db)
            .await?;
        let thanks = self.thanks(db).await?;
        let authors = rows.iter().map(|row| row.author_id).chain(thanks.iter().filter_map(|note| note.validated_by));
        let authors = account::Entity::find().filter(account::Column::Id.is_in(authors)).all(db).await?;
        let authors: HashMap<Uuid, account::Model> = authors.into_iter().map(|row| (row.id, row)).collect();
        let volunteer = self.volunteer(db, whole).await?;
        let word = Some(&self.application.message).filter(|word| !word.is_empty()).map(|word| MessageLine {
            author: volunteer.clone(),
            side: Side::Volunteer,
            body: word.clone(),
            at: self.application.created_at,
        });
        let name = |side: Side, author: Uuid| match (side, authors.get(&author)) {
            (Side::Volunteer, _) => volunteer.clone(),
            (_, Some(author)) if whole => full_name(author),
            (_, author) => author.map(|author| author.given_name.clone()).unwrap_or_default(),
        };
        let line = |row: application_message::Model| {
            let side = Side::parse(&row.side)?;
            Some(MessageLine { author: name(side, row.author_id), side, body: row.body, at: row.created_at })
        };
        let side = Side::Organisation;
        let thanked = |note: attendance::Model| {
            let (author, at) = note.validated_by.zip(note.validated_at)?;
            Some(MessageLine { author: name(side, author), side, body: note.thanks?, at })
        };
        let mut lines: Vec<MessageLine> = rows.into_iter().filter_map(line).collect();
        lines.extend(thanks.into_iter().filter_map(thanked));
        lines.sort_by_key(|line| line.at);
        Ok(word.into_iter().chain(lines).collect())
    }

    /// The words of thanks that came with validated hours: they are part of what was said.
    async fn thanks(&self, db: &impl ConnectionTrait) -> Result<Vec<attendance::Model>> {
        Ok(attendance::Entity::find()
            .filter(attendance::Column::ApplicationId.eq(self.application.id))
            .filter(attendance::Column::Thanks.is_not_null())
            .order_by_asc(attendance::Column::SlotId)
            .all(db)
            .await?)
    }
}

/// Until when the sides of an application write; `None` once they only read. Slots that were called off do not count.
pub fn open_until(status: ApplicationStatus, slots: &[slot::Model], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let last = slots.iter().filter(|slot| slot.cancelled_at.is_none()).map(|slot| slot.ends_at).max()?;
    rules::open_until(status, last).filter(|until| now < *until)
}

/// When the other side wrote what a side has not marked as read.
pub fn unread(thread: &application_thread::Model, side: Side) -> Option<DateTime<Utc>> {
    let (wrote, read) = match side {
        Side::Volunteer => (thread.organisation_wrote_at, thread.volunteer_read_at),
        Side::Organisation => (thread.volunteer_wrote_at, thread.organisation_read_at),
    };
    wrote.filter(|wrote| read.is_none_or(|read| read < *wrote))
}

/// The exchanges in which a volunteer wrote what the organisation has not marked as read: [`unread`] asked of the database.
pub fn unread_by_organisation() -> Condition {
    use application_thread::Column::{OrganisationReadAt, VolunteerWroteAt};
    let read_before = Expr::col(OrganisationReadAt).lt(Expr::col(VolunteerWroteAt));
    Condition::all()
        .add(VolunteerWroteAt.is_not_null())
        .add(Condition::any().add(OrganisationReadAt.is_null()).add(read_before))
}

/// The exchanges of some applications in which something was written.
///
/// # Errors
/// When the database cannot be reached.
pub async fn threads(
    db: &impl ConnectionTrait,
    applications: Vec<Uuid>,
) -> Result<HashMap<Uuid, application_thread::Model>> {
    let rows = application_thread::Entity::find()
        .filter(application_thread::Column::ApplicationId.is_in(applications))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.application_id, row)).collect())
}

/// Makes sure that there is a row to write in.
///
/// # Errors
/// When the database refuses.
pub async fn ensure(work: &Work, application: Uuid) -> Result<()> {
    let row = application_thread::ActiveModel { application_id: Set(application), ..Default::default() };
    let once = OnConflict::column(application_thread::Column::ApplicationId).do_nothing().to_owned();
    application_thread::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await?;
    Ok(())
}
