//! Reminders: each once, to whoever is counted on, for what takes place.

use anyhow::{Context, anyhow, ensure};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::Applications,
    ids::MissionId,
    messages::Door,
    missions::Missions,
    profiles::{ProfileForm, Profiles},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use server::{
    applications::reminders,
    entity::{account, application, reminder, slot},
};
use uuid::Uuid;

use super::world::{World, at_once, form, worlds};

impl World {
    async fn reminded(&self) -> anyhow::Result<u64> {
        reminders::turn(&self.backend).await.map_err(|error| anyhow!("{error:?}"))
    }

    fn after(&self, hours: i64) {
        self.backend.clock.advance(TimeDelta::hours(hours));
    }

    async fn comes(&self, name: &str, mission: MissionId, slots: &[Uuid]) -> anyhow::Result<Actor> {
        let person = self.volunteer(name).await?;
        self.backend.apply(&person, mission, form(slots)).await.context("an application")?;
        Ok(person)
    }
}

#[tokio::test]
async fn each_leaves_once_when_it_is_due() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        world.comes("ada", mission, &slots).await?;
        let expected = ["application_accepted", "slot_in_two_days", "slot_in_three_hours", "slot_day_after"];
        // Monday 08:30 in Paris; the slot is on Thursday from 08:30 to 11:30.
        for (hours, sent, so_far) in [(0, 0, 1), (23, 0, 1), (1, 1, 2), (44, 0, 2), (1, 1, 3), (3, 0, 3), (3, 0, 3)] {
            world.after(hours);
            assert_eq!(world.reminded().await?, sent, "{:?} after {hours} more", world.engine());
            assert_eq!(world.reminded().await?, 0, "never twice");
            assert_eq!(world.mails("ada").await?, expected[..so_far]);
        }
        // Over since 11:30: the mission closes by itself, and one is asked on Friday at 9.
        let closed = server::missions::jobs::close_ended(&world.backend).await;
        assert_eq!(closed.map_err(|error| anyhow!("{error:?}"))?, 1);
        world.after(21);
        assert_eq!(world.reminded().await?, 0, "08:30");
        world.after(1);
        assert_eq!((world.reminded().await?, world.reminded().await?), (1, 0));
        assert_eq!(world.mails("ada").await?, expected);
        let letters = world.letters("ada").await?;
        for letter in &letters[1..3] {
            for said in [
                "Colis",
                "Les Voisins",
                "jeudi 26\u{a0}novembre, 8\u{a0}h\u{a0}30",
                "Place du marché, La Seyne-sur-Mer",
                "À savoir et à apporter\u{a0}: Sonnez à l’interphone.",
                "/mon-espace",
                "Retirez votre candidature",
            ] {
                ensure!(letter.body_text.contains(said), "{said}: {}", letter.body_text);
            }
        }
        // Whoever has something to say reaches the organisation, not its public page.
        let id = *world.ids(mission).await?.first().context("an application")?;
        let exchange = app::routes::messages(id, Door::Volunteer);
        for letter in &letters[1..] {
            ensure!(letter.body_text.contains(&exchange), "{}", letter.body_text);
            ensure!(!letter.body_text.contains("/organisations/"), "{}", letter.body_text);
        }
        let card = app::routes::own_application(id);
        ensure!(letters[3].body_text.contains(&card), "it leads to where one answers: {}", letters[3].body_text);
        ensure!(letters[3].body_text.contains("avez-vous pu y aller"), "{}", letters[3].body_text);
    }
    Ok(())
}

#[tokio::test]
async fn who_is_accepted_late_is_not_told_twice() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (near, near_slots) = world.mission("Colis", at_once(&[(10, 2, 5)])).await?;
        let (far, far_slots) = world.mission("Visites", at_once(&[(50, 2, 5)])).await?;
        world.comes("ada", near, &near_slots).await?;
        world.comes("ben", far, &far_slots).await?;
        for hours in [0, 1, 1, 4] {
            world.after(hours);
            assert_eq!(world.reminded().await?, 0);
        }
        world.after(1);
        assert_eq!(world.reminded().await?, 1);
        assert_eq!(world.mails("ada").await?, ["application_accepted", "slot_in_three_hours"]);
        world.after(40);
        world.reminded().await?;
        assert_eq!(world.mails("ben").await?, ["application_accepted", "slot_in_three_hours"]);
    }
    Ok(())
}

#[tokio::test]
async fn slots_that_are_near_stand_in_one_letter() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 2, 5), (75, 2, 5), (96, 2, 5)])).await?;
        world.comes("ada", mission, &slots).await?;
        for (hours, sent) in [(24, 1), (3, 0), (21, 1)] {
            world.after(hours);
            assert_eq!(world.reminded().await?, sent, "{hours} more");
        }
        let lines: Vec<usize> =
            world.letters("ada").await?.iter().map(|letter| letter.body_text.matches('•').count()).collect();
        assert_eq!(lines, [3, 2, 1]);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_reminded_of_a_slot_that_they_left() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 2, 5), (96, 2, 5)])).await?;
        let ada = world.comes("ada", mission, &slots).await?;
        world.backend.leave_slot(&ada, world.ids(mission).await?[0], World::slot_id(slots[0])).await?;
        for (hours, sent) in [(24, 0), (24, 1)] {
            world.after(hours);
            assert_eq!(world.reminded().await?, sent, "{hours} more");
        }
        let letter = world.letters("ada").await?.pop().context("a reminder")?;
        assert_eq!((letter.kind.as_str(), letter.body_text.matches('•').count()), ("slot_in_two_days", 1));
    }
    Ok(())
}

#[tokio::test]
async fn whose_account_is_disabled_is_left_alone() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        let ada = world.comes("ada", mission, &slots).await?;
        world.comes("ben", mission, &slots).await?;
        let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        account::Entity::update_many()
            .col_expr(account::Column::DisabledAt, Expr::value(Some(world.now())))
            .filter(account::Column::Id.eq(ada.account.context("signed in")?.0))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        world.after(24);
        assert_eq!(world.reminded().await?, 1, "{:?}", world.engine());
        assert_eq!(world.mails("ada").await?, ["application_accepted"]);
        assert_eq!(world.mails("ben").await?, ["application_accepted", "slot_in_two_days"]);
    }
    Ok(())
}

#[tokio::test]
async fn two_servers_send_one() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 9)])).await?;
        let names = ["ada", "ben", "cleo", "dan", "eve"];
        for name in names {
            world.comes(name, mission, &slots).await?;
        }
        world.after(24);
        let (one, two, three) = tokio::join!(world.reminded(), world.reminded(), world.reminded());
        assert_eq!(one? + two? + three?, 5, "{:?}", world.engine());
        for name in names {
            assert_eq!(world.mails(name).await?, ["application_accepted", "slot_in_two_days"]);
        }
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_reminded_of_what_does_not_take_place() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5), (73, 1, 5)])).await?;
        let ada = world.comes("ada", mission, &slots[..1]).await?;
        world.backend.withdraw(&ada, world.ids(mission).await?[0]).await?;
        let (suspended, its) = world.mission("Visites", at_once(&[(72, 3, 5)])).await?;
        world.comes("ben", suspended, &its).await?;
        world.now_stands(suspended, "suspended").await?;
        let (other, off) = world.mission("Courses", at_once(&[(72, 3, 5)])).await?;
        world.comes("cleo", other, &off).await?;
        let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        slot::Entity::update_many()
            .col_expr(slot::Column::CancelledAt, Expr::value(world.now()))
            .filter(slot::Column::Id.eq(off[0]))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        let dan = world.volunteer("dan").await?;
        world.written(mission, &dan, slots[1], "pending").await?;
        for hours in [24, 45, 28] {
            world.after(hours);
            assert_eq!(world.reminded().await?, 0);
        }
        for name in ["ada", "ben", "cleo"] {
            assert_eq!(world.mails(name).await?, ["application_accepted"], "{name}");
        }
        let (again, its) = world.mission("Encore", at_once(&[(72, 3, 5)])).await?;
        world.comes("eve", again, &its).await?;
        world.now_stands(again, "suspended").await?;
        world.after(26);
        assert_eq!(world.reminded().await?, 0);
        world.now_stands(again, "published").await?;
        assert_eq!(world.reminded().await?, 1, "it resumes while it is still right");
    }
    Ok(())
}

#[tokio::test]
async fn a_partner_that_is_suspended_expects_nobody() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        world.comes("ada", mission, &slots).await?;
        world.partner_is_suspended(slots[0]).await?;
        world.after(24);
        assert_eq!(world.reminded().await?, 0);
    }
    Ok(())
}

#[tokio::test]
async fn notes_go_with_their_time_and_with_their_application() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        world.comes("ada", mission, &slots).await?;
        world.after(24);
        world.reminded().await?;
        let notes = async || reminder::Entity::find().all(world.backend.store.read()).await;
        assert_eq!(notes().await?.len(), 1);
        server::housekeeping::forget(&world.backend).await.map_err(|error| anyhow!("{error:?}"))?;
        assert_eq!(notes().await?.len(), 1);
        world.after(24 * 61);
        server::housekeeping::forget(&world.backend).await.map_err(|error| anyhow!("{error:?}"))?;
        assert_eq!(notes().await?, []);
        assert_eq!(application::Entity::find().all(world.backend.store.read()).await?.len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn who_does_not_want_to_be_reminded_is_told_only_what_must_be_known() -> anyhow::Result<()> {
    for world in worlds().await? {
        let backend = &world.backend;
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        let ada = world.comes("ada", mission, &slots).await?;
        world.comes("ben", mission, &slots).await?;
        let own = backend.own_profile(&ada).await?.form;
        assert_eq!(own.reminders, "yes", "until one says otherwise");
        backend.save_profile(&ada, ProfileForm { reminders: String::new(), ..own }).await?;
        assert_eq!(backend.own_profile(&ada).await?.form.reminders, "");
        for (hours, kind) in [(24, "slot_in_two_days"), (45, "slot_in_three_hours")] {
            world.after(hours);
            assert_eq!(world.reminded().await?, 1, "{:?} {kind}", world.engine());
            assert_eq!(world.mails("ben").await?.last().map(String::as_str), Some(kind));
        }
        // The letter says how to end them.
        let letter = world.letters("ben").await?.pop().context("a letter")?;
        ensure!(letter.body_text.contains("/mon-espace/profil"), "{}", letter.body_text);
        assert_eq!(world.mails("ada").await?, ["application_accepted"]);
        // What is called off is no reminder.
        let admin = world.of_organisation().await?;
        backend.cancel(&admin, mission, "La salle est fermée.".to_owned()).await?;
        assert_eq!(world.mails("ada").await?, ["application_accepted", "mission_cancelled"]);
        // Wanted again, they come again.
        let (later, later_slots) = world.mission("Visites", at_once(&[(72, 3, 5)])).await?;
        backend.apply(&ada, later, form(&later_slots)).await?;
        let own = backend.own_profile(&ada).await?.form;
        backend.save_profile(&ada, ProfileForm { reminders: "yes".to_owned(), ..own }).await?;
        world.after(24);
        assert_eq!(world.reminded().await?, 1);
        assert_eq!(world.mails("ada").await?.last().map(String::as_str), Some("slot_in_two_days"));
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_asked_how_it_went_who_does_not_want_it() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        let ada = world.comes("ada", mission, &slots).await?;
        world.comes("ben", mission, &slots).await?;
        let own = world.backend.own_profile(&ada).await?.form;
        world.backend.save_profile(&ada, ProfileForm { reminders: String::new(), ..own }).await?;
        // The slot ends on Thursday at 11:30; it is Friday, 9:30.
        world.after(97);
        assert_eq!(world.reminded().await?, 1, "{:?}", world.engine());
        assert_eq!(world.mails("ben").await?, ["application_accepted", "slot_day_after"]);
        assert_eq!(world.mails("ada").await?, ["application_accepted"]);
    }
    Ok(())
}
