//! What the database itself refuses, whatever the server asks.

use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use crate::{
    Checked,
    engines::{is_sqlite, number, on_migrated, refuses},
    scene,
};

/// Passes when the insert was refused.
fn refused(outcome: Result<(), DbErr>, why: &str) -> Checked {
    match outcome {
        Ok(()) => Err("accepted".into()),
        Err(error) if error.to_string().to_lowercase().contains(why) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[tokio::test]
async fn history_only_grows() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        refuses(db, "UPDATE history SET to_state = 'published'", "history only grows").await?;
        refuses(db, "DELETE FROM history", "history only grows").await?;
        if is_sqlite(db) {
            let replace = "INSERT OR REPLACE INTO history (id, subject, subject_id, at, to_state)
                           SELECT id, subject, subject_id, at, 'published' FROM history";
            refuses(db, replace, "history only grows").await?;
        } else {
            refuses(db, "TRUNCATE history", "history only grows").await?;
        }
        assert_eq!(number(db, "SELECT count(*) FROM history WHERE to_state = 'draft'").await?, 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_ledger_of_equipment_says_what_it_does() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        let mission = Some(4);
        let wrong = [
            ("received", (5, 4, 0), None),
            ("received", (-5, -5, 0), None),
            ("received", (5, 5, 0), mission),
            ("reserved", (5, 0, 5), None),
            ("reserved", (5, -5, 5), mission),
            ("released", (5, 0, 5), mission),
            ("issued", (5, -5, -6), mission),
            ("issued", (5, -5, 0), None),
            ("returned", (5, 5, 0), None),
            ("lost", (5, 0, 0), None),
            ("lost", (5, -5, 0), mission),
            ("corrected", (0, 0, 0), None),
            ("corrected", (5, 5, 0), mission),
            ("eaten", (5, -5, 0), None),
        ];
        for (number, (kind, effect, mission)) in (100..).zip(wrong) {
            refused(scene::movement(db, number, kind, effect, mission).await, "check constraint")?;
        }
        let right = [
            ("reserved", (5, 0, 5), mission),
            ("issued", (5, -5, -3), mission),
            ("lost", (2, 0, 0), mission),
            ("returned", (3, 3, 0), mission),
            ("released", (2, 0, -2), mission),
            ("lost", (1, -1, 0), None),
            ("corrected", (-2, -2, 0), None),
        ];
        for (number, (kind, effect, mission)) in (200..).zip(right) {
            scene::movement(db, number, kind, effect, mission).await?;
        }
        refuses(db, "UPDATE equipment_movement SET quantity = 6", "equipment_movement only grows").await?;
        refuses(db, "DELETE FROM equipment_movement", "equipment_movement only grows").await
    })
    .await
}

#[tokio::test]
async fn a_depot_never_holds_less_than_it_promised() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        db.execute_unprepared("UPDATE equipment_stock SET reserved = 5").await?;
        let check = if is_sqlite(db) { "CHECK constraint failed" } else { "violates check constraint" };
        for wrong in ["on_hand = 4", "reserved = 6", "reserved = -1", "on_hand = -1, reserved = -1"] {
            refuses(db, &format!("UPDATE equipment_stock SET {wrong}"), check).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_slot_never_holds_more_than_its_places() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        db.execute_unprepared("UPDATE slot SET taken = 2").await?;
        let check = if is_sqlite(db) { "CHECK constraint failed" } else { "violates check constraint" };
        for wrong in ["taken = 3", "taken = taken + 1", "taken = -1", "places = 1", "places = 0, taken = 0"] {
            refuses(db, &format!("UPDATE slot SET {wrong}"), check).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_live_application_per_volunteer_and_mission() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        for (number, status) in (20..).zip(["pending", "accepted", "waitlisted", "offered"]) {
            refused(scene::application(db, number, status).await, "unique")?;
        }
        for (number, status) in (30..).zip(["withdrawn", "declined", "expired", "withdrawn"]) {
            scene::application(db, number, status).await?;
        }
        db.execute_unprepared("UPDATE application SET status = 'withdrawn'").await?;
        scene::application(db, 40, "pending").await?;
        refuses_to_revive(db).await
    })
    .await
}

/// An old application does not come back to life beside the live one.
async fn refuses_to_revive(db: &DatabaseConnection) -> Checked {
    let why = if is_sqlite(db) { "UNIQUE" } else { "unique" };
    refuses(db, "UPDATE application SET status = 'offered'", why).await
}

#[tokio::test]
async fn one_open_review_per_version() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        refused(scene::review(db, 20, "in_review").await, "unique")?;
        scene::review(db, 21, "refused").await?;
        db.execute_unprepared("UPDATE review SET status = 'changes_requested'").await?;
        scene::review(db, 22, "waiting").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn unknown_states_are_refused() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        let check = if is_sqlite(db) { "CHECK constraint failed" } else { "violates check constraint" };
        for wrong in [
            "account SET locale = 'de'",
            "application SET status = 'lost'",
            "mission SET choice = 'perhaps'",
            "mission SET status = 'online'",
            "mission_version SET status = 'x'",
            "municipality SET insee = '830'",
            "organisation SET legal_form = 'company'",
            "organisation SET status = 'x'",
            "review SET status = 'x'",
            "slot SET kind = 'x'",
        ] {
            refuses(db, &format!("UPDATE {wrong}"), check).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_role_is_held_in_its_place() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        let grant = async |number, role: &str, place: Option<(&'static str, u128)>| {
            let mut row = vec![
                ("id", scene::id(number)),
                ("account_id", scene::id(1)),
                ("role", role.into()),
                ("granted_at", scene::now()),
                ("scope", place.map_or_else(String::new, |(column, _)| column.to_owned()).into()),
            ];
            row.extend(place.map(|(column, id)| (column, scene::id(id))));
            scene::insert(db, "role_grant", &row).await
        };
        let (town, organisation) = (Some(("municipality_id", 2)), Some(("organisation_id", 3)));
        for (number, (role, place)) in (50..).zip([
            ("network_admin", town),
            ("coordinator", None),
            ("coordinator", organisation),
            ("organisation_admin", town),
            ("king", None),
        ]) {
            refused(grant(number, role, place).await, "check constraint")?;
        }
        grant(60, "network_admin", None).await?;
        grant(61, "coordinator", town).await?;
        grant(62, "organisation_admin", organisation).await?;
        refused(grant(63, "network_admin", None).await, "unique")?;
        refused(grant(64, "coordinator", Some(("municipality_id", 99))).await, "unique")
    })
    .await
}

#[tokio::test]
async fn nothing_points_nowhere() -> Checked {
    on_migrated(async |db| {
        scene::fill(db).await?;
        let why = if is_sqlite(db) { "FOREIGN KEY" } else { "foreign key" };
        for wrong in [
            "DELETE FROM account",
            "DELETE FROM organisation",
            "DELETE FROM mission",
            "DELETE FROM domain WHERE code = 'neighbourhood'",
            "UPDATE mission SET domain_code = 'nowhere'",
            "UPDATE review SET taken_by = id",
        ] {
            refuses(db, wrong, why).await?;
        }
        Ok(())
    })
    .await
}
