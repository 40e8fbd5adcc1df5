//! Watches what is left: a town is told once when fewer units are free than it wants, and again only after they came back.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Grant, Locale},
    ids::MunicipalityId,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::queries;
use crate::{
    accounts::queries::holders,
    entity::{equipment_level, equipment_type},
    error::Result,
    mail::{Mail, MailKind},
    network,
    store::Work,
};

/// Looks at some types of a town after an act, and tells what fell short; the act holds their rows, so that nobody else looks
/// meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn look(work: &Work, town: MunicipalityId, codes: &[&str]) -> Result<()> {
    let low = settle(work, town, codes).await?;
    tell(work, town, &low).await
}

/// Notes which types are low now, and which are no longer. Those that were not before: type, free units, level.
///
/// # Errors
/// When the database refuses.
pub async fn settle(work: &Work, town: MunicipalityId, codes: &[&str]) -> Result<Vec<(String, i32, i32)>> {
    use equipment_level::Column::{MunicipalityId as Town, ToldAt, TypeCode};
    let levels = equipment_level::Entity::find()
        .filter(Town.eq(town.0))
        .filter(TypeCode.is_in(codes.iter().copied()))
        .all(&work.tx)
        .await?;
    let balances = queries::balances(&work.tx, town).await?;
    let mut low = Vec::new();
    for row in levels {
        let balance = queries::total(&balances, &row.type_code);
        let is_low = balance.is_low(row.reorder_level);
        if is_low == row.told_at.is_some() {
            continue;
        }
        let told_at: Option<DateTime<Utc>> = is_low.then_some(work.now);
        equipment_level::Entity::update_many()
            .col_expr(ToldAt, Expr::value(told_at))
            .filter(Town.eq(town.0))
            .filter(TypeCode.eq(&row.type_code))
            .exec(&work.tx)
            .await?;
        if is_low {
            low.push((row.type_code, balance.free(), row.reorder_level));
        }
    }
    Ok(low)
}

/// Writes to the coordinators: type, free units, level.
async fn tell(work: &Work, town: MunicipalityId, low: &[(String, i32, i32)]) -> Result<()> {
    if low.is_empty() {
        return Ok(());
    }
    let town = network::queries::by_id(&work.tx, town).await?;
    let types = queries::types(&work.tx).await?;
    let path = app::routes::equipment(&town.insee);
    for person in holders(&work.tx, Grant::Coordinator(MunicipalityId(town.id))).await? {
        let locale = Locale::parse(&person.locale).unwrap_or_default();
        let lines: Vec<String> = low.iter().map(|line| say(locale, &types, line)).collect();
        let facts = [("town", town.name.as_str()), ("list", &lines.join("\n"))];
        work.mail(&person.email, locale, Mail { kind: MailKind::EquipmentLow, facts: &facts, path: &path }).await?;
    }
    Ok(())
}

fn say(locale: Locale, types: &[equipment_type::Model], (code, free, level): &(String, i32, i32)) -> String {
    use app::i18n::{Texts, k::mails as m};
    let row = types.iter().find(|row| row.code == *code);
    let label = row.map_or(code.as_str(), |row| locale.pick(&row.label_fr, &row.label_en));
    let facts = [("label", label), ("free", &free.to_string()), ("level", &level.to_string())];
    Texts(locale).with(m::EQUIPMENT_LOW_LINE, &facts)
}
