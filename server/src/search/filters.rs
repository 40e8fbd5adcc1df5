//! What the public may find, and what narrows it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{missions::MissionStatus, paris, search::SearchQuery, text};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    entity::{mission, municipality, slot},
    missions::{index, partners},
};

/// Words beyond these do not narrow a search any further.
const MAX_WORDS: usize = 16;

/// Slots that are offered and end after an instant.
pub fn slots_after(after: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(slot::Column::CancelledAt.is_null())
        .add(slot::Column::EndsAt.gt(after))
        .add(partners::offered())
}

/// When the first of a mission's slots to come begins.
pub fn next_start(after: DateTime<Utc>) -> SimpleExpr {
    let first = slot::Entity::find()
        .select_only()
        .column_as(slot::Column::StartsAt.min(), "next")
        .filter(slots_after(after))
        .filter(Expr::col((slot::Entity, slot::Column::MissionId)).equals((mission::Entity, mission::Column::Id)))
        .into_query();
    SimpleExpr::SubQuery(None, Box::new(first.into()))
}

/// Whether a slot has a place left.
pub fn has_place() -> SimpleExpr {
    Expr::col(slot::Column::Taken).lt(Expr::col(slot::Column::Places))
}

/// The missions that have one of some slots.
pub fn with_slot(slots: Condition) -> SelectStatement {
    slot::Entity::find().select_only().column(slot::Column::MissionId).filter(slots).into_query()
}

/// Published missions of approved organisations.
pub fn published() -> Condition {
    Condition::all()
        .add(mission::Column::Status.eq(MissionStatus::Published.as_str()))
        .add(mission::Column::OrganisationId.in_subquery(partners::approved()))
}

/// What the public finds: published missions of approved organisations with a slot that is not over.
pub fn public(now: DateTime<Utc>) -> Select<mission::Entity> {
    mission::Entity::find().filter(published()).filter(mission::Column::Id.in_subquery(with_slot(slots_after(now))))
}

/// Missions that hold a word beginning with each stem of what was typed; `None` when nothing typed has a meaning.
///
/// Stems are letters and digits only, and quoted all the same: nothing typed is read as an operator.
pub fn words(engine: DbBackend, typed: &str) -> Option<SimpleExpr> {
    let mut stems = index::stems(typed);
    stems.truncate(MAX_WORDS);
    if stems.is_empty() {
        return None;
    }
    Some(if engine == DbBackend::Sqlite {
        let asked = stems.iter().map(|stem| format!("\"{stem}\"*")).collect::<Vec<_>>().join(" AND ");
        Expr::cust_with_values(
            "\"mission\".\"id\" IN (SELECT unhex(replace(mission_id, '-', '')) FROM mission_search WHERE mission_search MATCH ?)",
            [asked],
        )
    } else {
        let asked = stems.iter().map(|stem| format!("'{stem}':*")).collect::<Vec<_>>().join(" & ");
        Expr::cust_with_values(
            "to_tsvector('simple', \"mission\".\"search_text\") @@ to_tsquery('simple', $1)",
            [asked],
        )
    })
}

/// What a search asks of the database.
#[derive(Debug)]
pub struct Matching {
    /// The missions that match.
    pub found: Select<mission::Entity>,
    /// The towns that are meant; `None` for all.
    pub towns: Option<Vec<Uuid>>,
    /// Slots that end after this instant are looked at.
    pub from: DateTime<Utc>,
}

/// What the public finds by a search.
pub fn matching(engine: DbBackend, query: &SearchQuery, towns: &[municipality::Model], now: DateTime<Utc>) -> Matching {
    let from = day(&query.from).filter(|day| *day > now).unwrap_or(now);
    let mut found = public(from);
    if let Some(words) = words(engine, &query.words) {
        found = found.filter(words);
    }
    if !query.domain.trim().is_empty() {
        found = found.filter(mission::Column::DomainCode.eq(query.domain.trim()));
    }
    let mut meant = None;
    if !query.town.trim().is_empty() {
        let ids: Vec<Uuid> = towns_meant(towns, &query.town).into_iter().map(|town| town.id).collect();
        found = found.filter(mission::Column::MunicipalityId.is_in(ids.clone()));
        meant = Some(ids);
    }
    found = match query.remote.as_str() {
        "yes" => found.filter(mission::Column::Remote.eq(true)),
        "no" => found.filter(mission::Column::Remote.eq(false)),
        _ => found,
    };
    Matching { found, towns: meant, from }
}

/// The towns that an address means. The list of the search, saved searches and every link say a town by its INSEE code: one that
/// a town here has means that town and no other, though another's postcode may read the same. What is no such code was written
/// by hand: a postcode, of which several towns may have one, or a name.
pub fn towns_meant<'a>(towns: &'a [municipality::Model], asked: &str) -> Vec<&'a municipality::Model> {
    let (asked, name) = (asked.trim(), text::slug(asked));
    let those = |meant: &dyn Fn(&municipality::Model) -> bool| -> Vec<&'a municipality::Model> {
        towns.iter().filter(|town| meant(town)).collect()
    };
    let by_code = those(&|town| town.insee.eq_ignore_ascii_case(asked));
    if !by_code.is_empty() {
        return by_code;
    }
    let has =
        |town: &municipality::Model| town.postcodes.split(|c: char| !c.is_ascii_digit()).any(|code| code == asked);
    let by_postcode = those(&|town| !asked.is_empty() && has(town));
    if !by_postcode.is_empty() {
        return by_postcode;
    }
    those(&|town| !name.is_empty() && text::slug(&town.name) == name)
}

/// The first instant of a day as an address gives it; `None` for what is no day of our era.
pub fn day(typed: &str) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    if typed.len() != 10 {
        return None;
    }
    NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok().map(paris::midnight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_an_operator() {
        for typed in ["\"", "* OR a", "NEAR(", "' & !", "a:b -c", "\u{0}"] {
            assert!(
                index::stems(typed).iter().all(|stem| stem.chars().all(char::is_alphanumeric)),
                "{typed:?} gives {:?}",
                index::stems(typed)
            );
        }
        assert!(words(DbBackend::Sqlite, "de la !").is_none());
    }

    #[test]
    fn days_are_those_of_paris() {
        assert_eq!(day("2026-07-01").map(|at| at.to_rfc3339()).as_deref(), Some("2026-06-30T22:00:00+00:00"));
        for typed in ["", "demain", "2026-13-01", "+262142-01", "26-1-1", "2026-7-1"] {
            assert_eq!(day(typed), None, "{typed}");
        }
    }
}
