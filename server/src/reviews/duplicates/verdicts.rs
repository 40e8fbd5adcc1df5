//! «Not a duplicate because…»: what was said of a pair of missions holds as long as neither of them changes.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::{ids::MunicipalityId, reviews::Dismissal};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{entity::duplicate_verdict, error::Result, reviews::queries::names};

/// What was said of one mission, as it is now, and others: by the other's id, with the hash of the content it was said of.
#[derive(Debug, Clone, Default)]
pub struct Verdicts(HashMap<Uuid, (String, Dismissal)>);

impl Verdicts {
    /// What was said of it and that other, if the other is still what it was.
    pub fn of(&self, other: Uuid, hash: &str) -> Option<&Dismissal> {
        self.0.get(&other).filter(|(then, _)| then == hash).map(|(_, dismissal)| dismissal)
    }
}

/// Reads what was said of a mission whose content has this hash.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of(db: &impl ConnectionTrait, mission: Uuid, hash: &str) -> Result<Verdicts> {
    use duplicate_verdict::Column;
    let rows = duplicate_verdict::Entity::find()
        .filter(Condition::any().add(Column::FirstId.eq(mission)).add(Column::SecondId.eq(mission)))
        .all(db)
        .await?;
    let names = names(db, rows.iter().map(|row| row.decided_by).collect()).await?;
    let read = |row: duplicate_verdict::Model| {
        let (own, other) = ((row.first_id, row.first_hash), (row.second_id, row.second_hash));
        let (own, other) = if own.0 == mission { (own, other) } else { (other, own) };
        let by = names.get(&row.decided_by).cloned().unwrap_or_default();
        (own.1 == hash).then_some((other.0, (other.1, Dismissal { reason: row.reason, by, at: row.decided_at })))
    };
    Ok(Verdicts(rows.into_iter().filter_map(read).collect()))
}

/// Who said something of a mission and others, by the other's id, whatever has changed since.
///
/// # Errors
/// When the database cannot be reached.
pub async fn judges(db: &impl ConnectionTrait, mission: Uuid) -> Result<HashMap<Uuid, String>> {
    use duplicate_verdict::Column;
    let rows = duplicate_verdict::Entity::find()
        .filter(Condition::any().add(Column::FirstId.eq(mission)).add(Column::SecondId.eq(mission)))
        .all(db)
        .await?;
    let names = names(db, rows.iter().map(|row| row.decided_by).collect()).await?;
    let other = |row: &duplicate_verdict::Model| if row.first_id == mission { row.second_id } else { row.first_id };
    Ok(rows.iter().filter_map(|row| Some((other(row), names.get(&row.decided_by)?.clone()))).collect())
}

/// A mission with the hash of its content.
pub type Hashed = (Uuid, String);

/// The pairs that were said not to be duplicates, of which one is among some missions, as they were then.
///
/// # Errors
/// When the database cannot be reached.
pub async fn dismissed(db: &impl ConnectionTrait, missions: &[Uuid]) -> Result<HashSet<(Hashed, Hashed)>> {
    use duplicate_verdict::Column;
    let among = |column: Column| column.is_in(missions.iter().copied());
    let rows = duplicate_verdict::Entity::find()
        .filter(Condition::any().add(among(Column::FirstId)).add(among(Column::SecondId)))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.first_id, row.first_hash), (row.second_id, row.second_hash))).collect())
}

/// A verdict to keep.
#[derive(Debug)]
pub struct Verdict<'a> {
    /// The tenant.
    pub municipality: MunicipalityId,
    /// One mission, and the hash of its content.
    pub one: (Uuid, &'a str),
    /// The other, and the hash of its content.
    pub other: (Uuid, &'a str),
    /// Why they are no duplicates.
    pub reason: &'a str,
    /// Who says so.
    pub by: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

impl Verdict<'_> {
    /// Keeps it, in the place of what was said of the pair before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep(self, db: &impl ConnectionTrait) -> Result<()> {
        use duplicate_verdict::Column;
        let (first, second) = if self.one.0 < self.other.0 { (self.one, self.other) } else { (self.other, self.one) };
        let row = duplicate_verdict::ActiveModel {
            first_id: Set(first.0),
            second_id: Set(second.0),
            municipality_id: Set(self.municipality.0),
            first_hash: Set(first.1.to_owned()),
            second_hash: Set(second.1.to_owned()),
            reason: Set(self.reason.to_owned()),
            decided_by: Set(self.by),
            decided_at: Set(self.at),
        };
        let again = OnConflict::columns([Column::FirstId, Column::SecondId])
            .update_columns([
                Column::FirstHash,
                Column::SecondHash,
                Column::Reason,
                Column::DecidedBy,
                Column::DecidedAt,
            ])
            .to_owned();
        duplicate_verdict::Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
        Ok(())
    }
}
