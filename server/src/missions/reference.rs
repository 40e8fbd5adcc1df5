//! Lists that the network edits: domains, beneficiaries, safety rules.

use domain::{
    actor::Locale,
    missions::{SafetyRule, Term},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    entity::{beneficiary, domain as domains, safety_rule},
    error::Result,
};

/// A domain in a person's language.
pub fn term(row: &domains::Model, locale: Locale) -> Term {
    Term {
        code: row.code.clone(),
        label: locale.pick(&row.label_fr, &row.label_en).to_owned(),
        hint: locale.pick(&row.hint_fr, &row.hint_en).to_owned(),
    }
}

/// Domains, the vital ones first; all of them, or those that the network enabled.
///
/// # Errors
/// When the database cannot be reached.
pub async fn domains(db: &impl ConnectionTrait, enabled: bool) -> Result<Vec<domains::Model>> {
    let all = domains::Entity::find().order_by_asc(domains::Column::Position);
    let asked = if enabled { all.filter(domains::Column::Enabled.eq(true)) } else { all };
    Ok(asked.all(db).await?)
}

/// Whom a mission may help.
///
/// # Errors
/// When the database cannot be reached.
pub async fn beneficiaries(db: &impl ConnectionTrait, locale: Locale) -> Result<Vec<Term>> {
    let rows = beneficiary::Entity::find().order_by_asc(beneficiary::Column::Position).all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Term {
            label: locale.pick(&row.label_fr, &row.label_en).to_owned(),
            code: row.code,
            hint: String::new(),
        })
        .collect())
}

/// The safety rules in force for a domain: those of every domain first.
///
/// # Errors
/// When the database cannot be reached.
pub async fn safety_rules(db: &impl ConnectionTrait, domain: Option<&str>, locale: Locale) -> Result<Vec<SafetyRule>> {
    let mut for_it = Condition::any().add(safety_rule::Column::DomainCode.is_null());
    if let Some(domain) = domain {
        for_it = for_it.add(safety_rule::Column::DomainCode.eq(domain));
    }
    let rows = safety_rule::Entity::find()
        .filter(safety_rule::Column::Active.eq(true))
        .filter(for_it)
        .order_by_asc(safety_rule::Column::Position)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| SafetyRule {
            text: locale.pick(&row.text_fr, &row.text_en).to_owned(),
            code: row.code,
            version: row.version,
        })
        .collect())
}
