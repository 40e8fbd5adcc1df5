//! Up, down, up again.

use migration::{Migrator, MigratorTrait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::{
    Checked,
    engines::{is_sqlite, number, on_empty, on_migrated},
    scene,
};

/// Tables, functions and indexes of ours that are there.
async fn things(db: &DatabaseConnection) -> Result<i64, Box<dyn std::error::Error>> {
    let sql = if is_sqlite(db) {
        "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND tbl_name <> 'seaql_migrations'"
    } else {
        "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace
                 AND relname NOT LIKE 'seaql_migrations%')
              + (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
              + (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal)"
    };
    number(db, sql).await
}

#[tokio::test]
async fn up_down_and_up_again() -> Checked {
    on_empty(async |db| {
        Migrator::up(db, None).await?;
        let first = things(db).await?;
        scene::fill(db).await?;
        Migrator::down(db, None).await?;
        assert_eq!(things(db).await?, 0, "something is left behind");
        Migrator::up(db, None).await?;
        assert_eq!(things(db).await?, first);
        assert_eq!(number(db, "SELECT count(*) FROM domain").await?, 14);
        scene::fill(db).await
    })
    .await
}

#[tokio::test]
async fn each_step_goes_down_and_up() -> Checked {
    on_empty(async |db| {
        for _ in Migrator::migrations() {
            let before = things(db).await?;
            Migrator::up(db, Some(1)).await?;
            let after = things(db).await?;
            Migrator::down(db, Some(1)).await?;
            assert_eq!(things(db).await?, before);
            Migrator::up(db, Some(1)).await?;
            assert_eq!(things(db).await?, after);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn seeds_again_keep_what_the_network_edited() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        db.execute_unprepared("UPDATE domain SET label_fr = 'Entraide' WHERE code = 'neighbourhood'").await?;
        let templates = number(db, "SELECT count(*) FROM mission_template").await?;
        Migrator::down(db, Some(1)).await?;
        Migrator::up(db, Some(1)).await?;
        assert_eq!(number(db, "SELECT count(*) FROM domain WHERE label_fr = 'Entraide'").await?, 1);
        assert_eq!(number(db, "SELECT count(*) FROM mission_template").await?, templates);
        Ok(())
    })
    .await
}

/// Templates that were written before missions stated their equipment learn it; those that say something keep it.
#[tokio::test]
async fn older_templates_learn_what_equipment_is_needed() -> Checked {
    on_migrated(async |db| {
        let of = |code: &str, sign: &str| {
            format!(
                "SELECT count(*) FROM mission_template WHERE code = '{code}'
                 AND content_fr LIKE '%{sign}%' AND content_en LIKE '%{sign}%'"
            )
        };
        for (code, content) in [("shopping", r#"{"title":"Ancien"}"#), ("pets", r#"{"equipment":[]}"#)] {
            let sql = format!(
                "UPDATE mission_template SET content_fr = '{content}', content_en = '{content}' WHERE code = '{code}'"
            );
            db.execute_unprepared(&sql).await?;
        }
        let all = Migrator::migrations();
        let before = all.iter().position(|one| one.name() == "m20261125_000016_equipment_needs").unwrap();
        let steps = u32::try_from(all.len() - before)?;
        Migrator::down(db, Some(steps)).await?;
        Migrator::up(db, Some(steps)).await?;
        assert_eq!(number(db, &of("shopping", "surgical-mask")).await?, 1);
        assert_eq!(number(db, &of("shopping", "Ancien")).await?, 1);
        assert_eq!(number(db, &of("pets", "gloves")).await?, 0);
        assert_eq!(number(db, &of("letters", "equipment")).await?, 0);
        assert_eq!(number(db, "SELECT count(*) FROM checklist_item WHERE finding = 'equipment'").await?, 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_foreign_key_has_an_index() -> Checked {
    on_migrated(async |db| {
        let sql = if is_sqlite(db) {
            r#"SELECT count(*) FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f
               WHERE t.type = 'table' AND NOT EXISTS (
                   SELECT 1 FROM pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c
                   WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from")"#
        } else {
            "SELECT count(*) FROM pg_constraint AS f WHERE f.contype = 'f' AND NOT EXISTS (
                 SELECT 1 FROM pg_index AS i
                 WHERE i.indrelid = f.conrelid AND i.indpred IS NULL AND i.indkey[0] = f.conkey[1])"
        };
        assert_eq!(number(db, sql).await?, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn words_are_found() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        let found = if is_sqlite(db) {
            let index = "INSERT INTO mission_search (mission_id, body) SELECT id, search_text FROM mission";
            db.execute_unprepared(index).await?;
            "SELECT count(*) FROM mission_search JOIN mission ON mission.id = mission_search.mission_id
             WHERE mission_search MATCH 'voisin'"
        } else {
            "SELECT count(*) FROM mission
             WHERE to_tsvector('simple', search_text) @@ to_tsquery('simple', 'voisin')"
        };
        assert_eq!(number(db, found).await?, 1);
        Ok(())
    })
    .await
}
