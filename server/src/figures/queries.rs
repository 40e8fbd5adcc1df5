//! What happened in some towns, as rows: seven questions whatever the number of towns and weeks. Weeks are made of them in Rust,
//! because the engines have no words in common for the weeks of Paris.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Locale,
    applications::ApplicationStatus,
    equipment::MovementKind,
    figures::{Applied, Decided, Given, Held, Moved, Served},
    ids::{AccountId, MunicipalityId},
    missions::{MissionStatus, SlotKind},
    reviews::{ReviewStatus, due::Calendar},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    entity::{
        application, application_slot, attendance, equipment_movement, equipment_type, history, mission, municipality,
        review, slot,
    },
    error::Result,
    reviews::open::open_days,
};

/// What is asked: some towns, from one instant to another, that one excluded.
pub(super) struct Asked<'a> {
    towns: &'a [municipality::Model],
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

type Instant = DateTime<Utc>;
/// A movement of equipment: town, kind of equipment, kind of movement, units, when; of its slot: when it ends, when it was called off.
type Movement = (Uuid, String, String, i32, Instant, Option<Instant>, Option<Instant>);

impl<'a> Asked<'a> {
    /// Of some towns, in a period; nothing counts that is not yet.
    pub fn new(towns: &'a [municipality::Model], (from, to): (Instant, Instant), now: Instant) -> Self {
        Self { towns, from, to: Ord::min(to, now) }
    }

    fn within(&self, column: impl ColumnTrait) -> Condition {
        Condition::all().add(column.gte(self.from)).add(column.lt(self.to))
    }

    /// Of slots: one that ends at midnight belongs to the day before.
    fn ended(&self) -> Condition {
        let ends_at = slot::Column::EndsAt;
        Condition::all().add(ends_at.gt(self.from)).add(ends_at.lte(self.to)).add(slot::Column::CancelledAt.is_null())
    }

    /// Of slots that ended: their mission was neither cancelled nor offline by then.
    fn took_place() -> Condition {
        let over = (mission::Entity, mission::Column::ClosedAt);
        let before = Expr::col((slot::Entity, slot::Column::EndsAt)).lte(Expr::col(over));
        Condition::all()
            .add(Condition::any().add(mission::Column::Status.ne(MissionStatus::Cancelled.as_str())).add(before))
            .add(Condition::all().not().add(Expr::exists(offline())))
    }

    fn of_towns(&self, column: impl ColumnTrait) -> Condition {
        Condition::all().add(column.is_in(self.towns.iter().map(|town| town.id)))
    }

    /// Reviews that were decided.
    pub async fn decided(&self, db: &impl ConnectionTrait) -> Result<Vec<Decided>> {
        use review::Column::{CreatedAt, DecidedAt, DueAt, MunicipalityId as Town, Status};
        let calendars: HashMap<Uuid, Calendar> =
            self.towns.iter().map(|town| (town.id, Calendar::of(&town.insee, open_days(town)))).collect();
        let rows: Vec<(Uuid, String, Instant, Instant, Instant)> = review::Entity::find()
            .select_only()
            .columns([Town, Status, CreatedAt, DueAt, DecidedAt])
            .filter(self.of_towns(Town))
            .filter(self.within(DecidedAt))
            .into_tuple()
            .all(db)
            .await?;
        let decided = rows.into_iter().filter_map(|(town, status, created_at, due_at, at)| {
            Some(Decided {
                town: MunicipalityId(town),
                outcome: ReviewStatus::parse(&status)?,
                hours: calendars.get(&town)?.hours_between(created_at, at),
                in_time: at <= due_at,
                at,
            })
        });
        Ok(decided.collect())
    }

    /// Slots that took place.
    pub async fn held(&self, db: &impl ConnectionTrait) -> Result<Vec<Held>> {
        let rows: Vec<(Uuid, i32, Instant)> = slot::Entity::find()
            .select_only()
            .column(mission::Column::MunicipalityId)
            .columns([slot::Column::Places, slot::Column::EndsAt])
            .join(JoinType::InnerJoin, mission_of_slot())
            .filter(self.of_towns(mission::Column::MunicipalityId))
            .filter(self.ended())
            .filter(Self::took_place())
            .into_tuple()
            .all(db)
            .await?;
        let held = rows.into_iter().map(|(town, places, at)| Held {
            town: MunicipalityId(town),
            places: u32::try_from(places).unwrap_or_default(),
            at: last_moment(at),
        });
        Ok(held.collect())
    }

    /// Places that volunteers had in slots that took place.
    pub async fn served(&self, db: &impl ConnectionTrait) -> Result<Vec<Served>> {
        use ApplicationStatus::{Absent, Accepted, Attended};
        let had = [Accepted, Attended, Absent].map(ApplicationStatus::as_str);
        let to_slot = application_slot::Entity::belongs_to(slot::Entity)
            .from(application_slot::Column::SlotId)
            .to(slot::Column::Id)
            .into();
        let to_application = application_slot::Entity::belongs_to(application::Entity)
            .from(application_slot::Column::ApplicationId)
            .to(application::Column::Id)
            .into();
        let rows: Vec<(Uuid, Uuid, String, String, Instant, Instant)> = application_slot::Entity::find()
            .select_only()
            .column(mission::Column::MunicipalityId)
            .columns([application::Column::VolunteerId, application::Column::Status])
            .columns([slot::Column::Kind, slot::Column::StartsAt, slot::Column::EndsAt])
            .join(JoinType::InnerJoin, to_slot)
            .join(JoinType::InnerJoin, to_application)
            .join(JoinType::InnerJoin, mission_of_slot())
            .filter(self.of_towns(mission::Column::MunicipalityId))
            .filter(self.ended())
            .filter(Self::took_place())
            .filter(application::Column::Status.is_in(had))
            .into_tuple()
            .all(db)
            .await?;
        let served = rows.into_iter().map(|(town, volunteer, status, kind, starts_at, at)| Served {
            town: MunicipalityId(town),
            volunteer: AccountId(volunteer),
            came: status != Absent.as_str(),
            minutes: (SlotKind::parse(&kind) == Some(SlotKind::Dated))
                .then(|| u32::try_from((at - starts_at).num_minutes()).unwrap_or_default()),
            at: last_moment(at),
        });
        Ok(served.collect())
    }

    /// Applications that came in.
    pub async fn applied(&self, db: &impl ConnectionTrait) -> Result<Vec<Applied>> {
        let to_mission = application::Entity::belongs_to(mission::Entity)
            .from(application::Column::MissionId)
            .to(mission::Column::Id)
            .into();
        let rows: Vec<(Uuid, Instant)> = application::Entity::find()
            .select_only()
            .column(mission::Column::MunicipalityId)
            .column(application::Column::CreatedAt)
            .join(JoinType::InnerJoin, to_mission)
            .filter(self.of_towns(mission::Column::MunicipalityId))
            .filter(self.within(application::Column::CreatedAt))
            .into_tuple()
            .all(db)
            .await?;
        Ok(rows.into_iter().map(|(town, at)| Applied { town: MunicipalityId(town), at }).collect())
    }

    /// Time that was given in slots that ended, as it was validated.
    pub async fn given(&self, db: &impl ConnectionTrait) -> Result<Vec<Given>> {
        let to_slot =
            attendance::Entity::belongs_to(slot::Entity).from(attendance::Column::SlotId).to(slot::Column::Id).into();
        let rows: Vec<(Uuid, i32, Instant)> = attendance::Entity::find()
            .select_only()
            .column(mission::Column::MunicipalityId)
            .column(attendance::Column::Minutes)
            .column(slot::Column::EndsAt)
            .join(JoinType::InnerJoin, to_slot)
            .join(JoinType::InnerJoin, mission_of_slot())
            .filter(self.of_towns(mission::Column::MunicipalityId))
            .filter(self.ended())
            .filter(attendance::Column::ValidatedAt.is_not_null())
            .into_tuple()
            .all(db)
            .await?;
        let given = rows.into_iter().map(|(town, minutes, at)| Given {
            town: MunicipalityId(town),
            minutes: u32::try_from(minutes).unwrap_or_default(),
            at: last_moment(at),
        });
        Ok(given.collect())
    }

    /// Equipment that was handed out and that came back, for slots that ended; what was for none, or for one that was called off,
    /// when it changed hands.
    pub async fn moved(&self, db: &impl ConnectionTrait) -> Result<Vec<Moved>> {
        use equipment_movement::Column::{At, Kind, MunicipalityId as Town, Quantity, SlotId, TypeCode};
        let kinds = [MovementKind::Issued, MovementKind::Returned].map(MovementKind::as_str);
        let to_slot = equipment_movement::Entity::belongs_to(slot::Entity).from(SlotId).to(slot::Column::Id).into();
        let off = slot::Column::CancelledAt;
        let at_once = Condition::any().add(SlotId.is_null()).add(off.is_not_null());
        let at_once = Condition::all().add(at_once).add(self.within(At));
        let rows: Vec<Movement> = equipment_movement::Entity::find()
            .select_only()
            .columns([Town, TypeCode, Kind, Quantity, At])
            .columns([slot::Column::EndsAt, slot::Column::CancelledAt])
            .join(JoinType::LeftJoin, to_slot)
            .filter(self.of_towns(Town))
            .filter(Condition::any().add(at_once).add(self.ended()))
            .filter(Kind.is_in(kinds))
            .into_tuple()
            .all(db)
            .await?;
        let moved = rows.into_iter().map(|(town, code, kind, quantity, at, ends_at, off)| Moved {
            town: MunicipalityId(town),
            code,
            units: i64::from(quantity) * if kind == MovementKind::Returned.as_str() { -1 } else { 1 },
            at: ends_at.filter(|_| off.is_none()).map_or(at, last_moment),
        });
        Ok(moved.collect())
    }
}

/// Kinds of equipment with their names, in the network's order.
pub(super) async fn kinds(db: &impl ConnectionTrait, locale: Locale) -> Result<Vec<(String, String)>> {
    let types = equipment_type::Entity::find()
        .order_by_asc(equipment_type::Column::Position)
        .order_by_asc(equipment_type::Column::Code)
        .all(db)
        .await?;
    let named = types.into_iter().map(|row| {
        let label = locale.pick(&row.label_fr, &row.label_en).to_owned();
        (row.code, label)
    });
    Ok(named.collect())
}

/// The line of the history by which the mission of a slot was suspended when that ended: no later one took it further.
fn offline() -> SelectStatement {
    let (later, suspended) = (Alias::new("later"), MissionStatus::Suspended.as_str());
    let ends_at = || Expr::col((slot::Entity, slot::Column::EndsAt));
    let after = Query::select()
        .expr(Expr::val(1))
        .from_as(history::Entity, later.clone())
        .and_where(Expr::col((later.clone(), history::Column::Subject)).eq("mission"))
        .and_where(
            Expr::col((later.clone(), history::Column::SubjectId))
                .equals((history::Entity, history::Column::SubjectId)),
        )
        .and_where(Expr::col((later.clone(), history::Column::FromState)).eq(suspended))
        .and_where(
            Expr::col((later.clone(), history::Column::At)).gte(Expr::col((history::Entity, history::Column::At))),
        )
        .and_where(Expr::col((later, history::Column::At)).lt(ends_at()))
        .to_owned();
    Query::select()
        .expr(Expr::val(1))
        .from(history::Entity)
        .and_where(history::Column::Subject.eq("mission"))
        .and_where(
            Expr::col((history::Entity, history::Column::SubjectId)).equals((slot::Entity, slot::Column::MissionId)),
        )
        .and_where(history::Column::ToState.eq(suspended))
        .and_where(Expr::col((history::Entity, history::Column::At)).lt(ends_at()))
        .cond_where(Condition::all().not().add(Expr::exists(after)))
        .to_owned()
}

fn last_moment(ends_at: Instant) -> Instant {
    ends_at - TimeDelta::microseconds(1)
}

fn mission_of_slot() -> sea_orm::RelationDef {
    slot::Entity::belongs_to(mission::Entity).from(slot::Column::MissionId).to(mission::Column::Id).into()
}
