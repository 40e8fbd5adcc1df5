//! Taking one slot out of an application and keeping the others.

use anyhow::{Context, anyhow, ensure};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::{ApplicationStatus, Applications},
    attendance::{Attendance, AttendanceForm, AttendanceLine, SheetOf},
    error::{AppError, Conflict, Outcome},
    ids::{ApplicationId, MissionId, SlotId},
    missions::SlotKind,
};
use reqwest::{Method, header};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use server::entity::{application_slot, called_off_slot, slot};
use uuid::Uuid;

use super::world::{World, at_once, choose, form, worlds};
use crate::http::Site;

/// Three slots of one place, a week apart.
const WEEKS: [(i64, i64, i32); 3] = [(72, 3, 1), (240, 3, 1), (408, 3, 1)];

impl World {
    async fn leaves(&self, person: &Actor, id: ApplicationId, slot: Uuid) -> Outcome<()> {
        self.backend.leave_slot(person, id, Self::slot_id(slot)).await
    }

    /// The slots of the one live application of somebody, and those that they may take out.
    async fn keeps(&self, person: &Actor) -> anyhow::Result<(Vec<Uuid>, Vec<Uuid>)> {
        let own = self.backend.mine(person).await?.live.into_iter().next().context("an application")?;
        let ids = |slots: Vec<SlotId>| slots.into_iter().map(|slot| slot.0).collect();
        Ok((own.slots.iter().map(|slot| slot.id.0).collect(), ids(own.removable)))
    }

    async fn all_taken(&self, slots: &[Uuid]) -> anyhow::Result<Vec<i32>> {
        let mut taken = Vec::new();
        for slot in slots {
            taken.push(self.taken(*slot).await?);
        }
        Ok(taken)
    }
}

/// A mission whose three slots Ada has.
async fn three_weeks(world: &World) -> anyhow::Result<(MissionId, Vec<Uuid>, Actor, ApplicationId)> {
    let (mission, slots) = world.mission("Les jeudis", at_once(&WEEKS)).await?;
    let ada = world.volunteer("ada").await?;
    world.backend.apply(&ada, mission, form(&slots)).await?;
    let id = world.ids(mission).await?.remove(0);
    Ok((mission, slots, ada, id))
}

#[tokio::test]
async fn its_place_goes_to_the_next_and_the_others_are_kept() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, ada, id) = three_weeks(&world).await?;
        let ben = world.volunteer("ben").await?;
        let waits = world.backend.apply(&ben, mission, form(&slots[1..2])).await?;
        assert_eq!(waits, ApplicationStatus::Waitlisted);
        assert_eq!(world.keeps(&ada).await?, (slots.clone(), slots.clone()));
        world.leaves(&ada, id, slots[1]).await?;
        assert_eq!(world.states(mission).await?, ["accepted", "offered"]);
        assert_eq!(world.all_taken(&slots).await?, [1, 1, 1], "the place is held for Ben");
        let kept = vec![slots[0], slots[2]];
        assert_eq!(world.keeps(&ada).await?, (kept.clone(), kept));
        assert_eq!(world.story(id.0).await?, ["pending", "accepted", "slot_left"]);
        assert_eq!(world.mails("ben").await?.last().map(String::as_str), Some("place_offered"));
        assert_eq!(world.mails("ada").await?, ["application_accepted"]);
        let letter = world.letters("admin").await?.pop().context("a letter")?;
        ensure!(letter.kind == "slot_left" && letter.body_text.contains("ada Martin"), "{}", letter.body_text);
        ensure!(letter.body_text.contains("jeudi 3\u{a0}décembre"), "{}", letter.body_text);
        ensure!(letter.body_text.matches('•').count() == 1, "{}", letter.body_text);
        let off = called_off_slot::Entity::find().all(world.backend.store.read()).await?;
        assert_eq!(off.into_iter().map(|row| row.slot_id).collect::<Vec<_>>(), [slots[1]], "calendars are told");
        assert_eq!(world.leaves(&ada, id, slots[1]).await, Err(AppError::NotFound), "once");
        assert_eq!(world.all_taken(&slots).await?, [1, 1, 1]);
    }
    Ok(())
}

#[tokio::test]
async fn what_belongs_to_others_does_not_exist() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, ada, id) = three_weeks(&world).await?;
        let (_, others) = world.mission("Visites", at_once(&[(96, 3, 5)])).await?;
        let ben = world.volunteer("ben").await?;
        assert_eq!(world.leaves(&ben, id, slots[0]).await, Err(AppError::NotFound));
        let admin = world.of_organisation().await?;
        assert_eq!(world.leaves(&admin, id, slots[0]).await, Err(AppError::NotFound));
        assert_eq!(world.leaves(&Actor::default(), id, slots[0]).await, Err(AppError::SignInFirst));
        for unknown in [others[0], Uuid::now_v7()] {
            assert_eq!(world.leaves(&ada, id, unknown).await, Err(AppError::NotFound));
        }
        assert_eq!(
            (world.states(mission).await?, world.all_taken(&slots).await?),
            (vec!["accepted".to_owned()], vec![1; 3])
        );
        assert_eq!(world.mails("admin").await?, ["application_received"]);
    }
    Ok(())
}

#[tokio::test]
async fn an_open_period_that_has_begun_stays_with_the_hours_given_in_it() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (_, slots, ada, id) = three_weeks(&world).await?;
        let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let period = slot::ActiveModel {
            id: Set(slots[0]),
            kind: Set(SlotKind::OpenPeriod.as_str().to_owned()),
            starts_at: Set(world.now() - TimeDelta::days(3)),
            ..Default::default()
        };
        period.update(&tx).await?;
        tx.commit().await?;
        assert_eq!(world.keeps(&ada).await?.1, slots[1..], "the days to come can be left");
        assert_eq!(world.leaves(&ada, id, slots[0]).await, Err(Conflict::NotInThisState.into()));
    }
    Ok(())
}

#[tokio::test]
async fn what_has_begun_and_the_last_one_stay() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, ada, id) = three_weeks(&world).await?;
        let changed = Err(AppError::Conflict(Conflict::NotInThisState));
        let last = Err(AppError::Conflict(Conflict::LastSlot));
        world.backend.clock.advance(TimeDelta::hours(73));
        assert_eq!(world.leaves(&ada, id, slots[0]).await, changed, "it has begun");
        assert_eq!(world.keeps(&ada).await?.1, slots[1..]);
        world.leaves(&ada, id, slots[1]).await?;
        world.backend.clock.advance(TimeDelta::hours(3));
        assert_eq!(world.leaves(&ada, id, slots[0]).await, changed, "it is over");
        assert_eq!(world.leaves(&ada, id, slots[2]).await, last);
        assert_eq!(world.keeps(&ada).await?, (vec![slots[0], slots[2]], Vec::new()));
        assert_eq!(world.all_taken(&slots).await?, [1, 0, 1]);
        world.backend.withdraw(&ada, id).await?;
        assert_eq!(world.leaves(&ada, id, slots[2]).await, changed, "it is withdrawn");
        assert_eq!(
            (world.states(mission).await?, world.all_taken(&slots).await?),
            (vec!["withdrawn".to_owned()], vec![1, 0, 0])
        );
    }
    Ok(())
}

#[tokio::test]
async fn who_is_noted_has_come() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, ada, id) = three_weeks(&world).await?;
        world.backend.clock.advance(TimeDelta::minutes(71 * 60 + 45));
        let of = SheetOf { organisation: world.of(), mission, slot: World::slot_id(slots[0]) };
        let line = AttendanceLine {
            application: id.to_string(),
            mark: "present".to_owned(),
            hours: String::new(),
            seen: 0,
            left: false,
        };
        let noted = AttendanceForm { lines: vec![line], thanks: String::new() };
        assert_eq!(world.backend.note(&world.of_organisation().await?, of, noted).await?.done, 1);
        let late = world.leaves(&ada, id, slots[0]).await;
        assert_eq!(late, Err(AppError::Conflict(Conflict::NotInThisState)));
        assert_eq!(world.taken(slots[0]).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn whoever_waits_for_an_answer_asks_for_less() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&WEEKS)).await?;
        let ada = world.volunteer("ada").await?;
        world.backend.apply(&ada, mission, form(&slots)).await?;
        let ids = world.ids(mission).await?;
        world.leaves(&ada, ids[0], slots[0]).await?;
        assert_eq!(world.all_taken(&slots).await?, [0, 0, 0], "none was taken, none is given back");
        assert_eq!(world.mails("admin").await?, ["application_received", "slot_left"]);
        let admin = world.of_organisation().await?;
        assert_eq!(world.backend.decide(&admin, mission, ids, true, String::new()).await?.done, 1);
        assert_eq!(world.all_taken(&slots).await?, [0, 1, 1]);
    }
    Ok(())
}

#[tokio::test]
async fn whoever_leaves_one_queue_stays_in_the_others() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, ada, id) = three_weeks(&world).await?;
        let ben = world.volunteer("ben").await?;
        world.backend.apply(&ben, mission, form(&slots[..2])).await?;
        let (bens, before) = (world.ids(mission).await?[1], world.mails("admin").await?);
        world.leaves(&ben, bens, slots[0]).await?;
        assert_eq!(world.mails("admin").await?, before, "who only waits is nobody's business");
        let last = world.leaves(&ben, bens, slots[1]).await;
        assert_eq!(last, Err(AppError::Conflict(Conflict::LastSlot)));
        world.leaves(&ada, id, slots[0]).await?;
        assert_eq!(world.states(mission).await?, ["accepted", "waitlisted"]);
        assert_eq!(world.all_taken(&slots).await?, [0, 1, 1]);
        world.leaves(&ada, id, slots[1]).await?;
        assert_eq!(world.states(mission).await?, ["accepted", "offered"]);
        let last = world.leaves(&ben, bens, slots[1]).await;
        assert_eq!(last, Err(AppError::Conflict(Conflict::LastSlot)), "one that is offered is taken or left");
        assert_eq!(world.all_taken(&slots).await?, [0, 1, 1]);
    }
    Ok(())
}

#[tokio::test]
async fn the_space_has_a_button_for_each_as_long_as_others_are_left() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (_, slots, ada, id) = three_weeks(&world).await?;
        let site = Site::serve(world.backend.clone()).await?;
        let cookie = format!("renfort={}", world.session(ada.account.context("signed in")?).await?);
        let space = format!("http://{}{}", site.address, app::routes::MY_SPACE);
        let buttons = async || -> anyhow::Result<usize> {
            let ask = site.ask(Method::GET, app::routes::MY_SPACE, Some(&cookie)).header(header::ACCEPT, "text/html");
            Ok(ask.send().await?.text().await?.matches("name=\"slot\"").count())
        };
        for (slot, before, status) in [(slots[0], 3, 303), (slots[2], 2, 303), (slots[1], 0, 409)] {
            assert_eq!(buttons().await?, before, "{:?}", world.engine());
            let press = site
                .ask(Method::POST, "/api/applications/leave-slot", Some(&cookie))
                .header(header::ACCEPT, "text/html")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::REFERER, &space)
                .body(format!("id={id}&slot={slot}"));
            let answer = press.send().await?;
            assert_eq!(answer.status().as_u16(), status);
            let told = answer.text().await?.contains("C’est le dernier créneau de votre candidature");
            assert_eq!(told, status == 409, "it says why not");
        }
    }
    Ok(())
}

/// The same slot by many presses, two whole applications' slots side by side: places add up, and something is always left.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_at_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) = world.mission("Les jeudis", at_once(&[(72, 3, 4), (240, 3, 4)])).await?;
        let mut people = Vec::new();
        for number in 0..8 {
            let person = world.volunteer(&format!("volontaire{number}")).await?;
            world.backend.apply(&person, mission, form(&slots)).await?;
            people.push(person);
        }
        let ids = world.ids(mission).await?;
        let mut acts = tokio::task::JoinSet::new();
        for (person, id) in people.iter().zip(&ids) {
            for slot in [slots[0], slots[1], slots[0]] {
                let (backend, person, id) = (world.backend.clone(), person.clone(), *id);
                acts.spawn(async move { backend.leave_slot(&person, id, World::slot_id(slot)).await });
            }
        }
        let mut left = 0;
        while let Some(answer) = acts.join_next().await {
            match answer? {
                Ok(()) => left += 1,
                Err(AppError::NotFound | AppError::Conflict(Conflict::LastSlot)) => {}
                Err(other) => anyhow::bail!("{engine:?}: {other:?}"),
            }
        }
        ensure!(left >= 4, "{engine:?}: whoever was accepted leaves one, {left} did");
        let rows = world.applications(mission).await?;
        for slot in slots {
            let named = application_slot::Entity::find().filter(application_slot::Column::SlotId.eq(slot));
            let named: Vec<Uuid> =
                named.all(world.backend.store.read()).await?.into_iter().map(|row| row.application_id).collect();
            let of = |states: &[&str]| {
                rows.iter().filter(|row| named.contains(&row.id) && states.contains(&row.status.as_str())).count()
            };
            let (held, waits) = (of(&["accepted", "offered"]), of(&["waitlisted"]));
            assert_eq!(i32::try_from(held)?, world.taken(slot).await?, "{engine:?}");
            ensure!(held <= 4 && (held == 4 || waits == 0), "{engine:?}: {held} hold a place while {waits} wait");
        }
    }
    Ok(())
}
