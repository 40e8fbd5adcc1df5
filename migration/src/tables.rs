//! What several migrations share.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend, Value},
};
use serde_json::Value as Json;

/// Begins a table.
pub fn create(name: &'static str) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    table
}

/// A foreign key; rows that something points at cannot be deleted.
pub fn reference(
    table: &'static str,
    column: &'static str,
    to: &'static str,
    key: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(to, key).on_delete(ForeignKeyAction::Restrict).to_owned()
}

/// An index on each column: every foreign key is asked from the other end.
///
/// # Errors
/// When the database refuses.
pub async fn index(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    for column in columns {
        let index = Index::create().name(format!("{table}_{column}")).table(table).col(*column).to_owned();
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Runs statements that read the same on both engines.
///
/// # Errors
/// When the database refuses.
pub async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Drops tables, in order.
///
/// # Errors
/// When the database refuses.
pub async fn drop(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}

/// Inserts the rows of a seed, a JSON list of objects by column; a row that is already there is never overwritten.
///
/// # Errors
/// When the seed cannot be read, or the database refuses.
pub async fn seed(manager: &SchemaManager<'_>, table: &'static str, json: &str) -> Result<(), DbErr> {
    let rows: Vec<serde_json::Map<String, Json>> =
        serde_json::from_str(json).map_err(|error| DbErr::Custom(format!("seeds of {table}: {error}")))?;
    for mut row in rows {
        if table == "safety_rule" {
            row.insert("active".to_owned(), Json::Bool(true));
        }
        let mut insert = Query::insert();
        insert.into_table(table).columns(row.keys().map(Alias::new));
        insert.values_panic(row.into_iter().map(|(_, value)| Expr::value(database_value(value))));
        insert.on_conflict(OnConflict::new().do_nothing().to_owned());
        manager.get_connection().execute(&insert).await?;
    }
    Ok(())
}

/// Objects are kept as JSON text.
fn database_value(value: Json) -> Value {
    match value {
        Json::Null => Value::String(None),
        Json::Bool(flag) => flag.into(),
        Json::Number(number) => number.as_i64().and_then(|n| n.try_into().ok()).unwrap_or(0_i32).into(),
        Json::String(text) => text.into(),
        object => object.to_string().into(),
    }
}

/// Makes a table that only grows: the database itself refuses to change, replace or delete a row.
///
/// # Errors
/// When the database refuses.
pub async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let refuse = format!("BEGIN SELECT RAISE(ABORT, '{table} only grows'); END;");
    let sql = match manager.get_database_backend() {
        // INSERT OR REPLACE deletes without asking the DELETE trigger, hence the third.
        DbBackend::Sqlite => format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}
             CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}
             CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
             WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}"
        ),
        _ => format!(
            "CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql
             AS $$ BEGIN RAISE EXCEPTION '{table} only grows'; END $$;
             CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION {table}_only_grows();
             CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows();"
        ),
    };
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// What [`append_only`] leaves behind once the table is gone: the triggers go with it, PostgreSQL's function stays.
///
/// # Errors
/// When the database refuses.
pub async fn forget_append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        let sql = format!("DROP FUNCTION IF EXISTS {table}_only_grows()");
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}
