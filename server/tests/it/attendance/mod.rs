//! Who came, whose hours count, and what a certificate says.

mod reminded;

use anyhow::{Context, anyhow, ensure};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    actor::Actor,
    applications::Applications,
    attendance::{Attendance, AttendanceForm, AttendanceLine, Mark, Said, SheetOf},
    certificates::{Certificates, Verified},
    error::{AppError, Conflict, Problem},
    ids::{ApplicationId, MissionId, OrganisationId, SlotId},
    messages::{Door, Messages, Side},
    missions::{Missions, SlotKind},
};
use reqwest::{Method, header};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::{attendance::end, certificates::paper, entity::slot};
use uuid::Uuid;

use crate::{
    applications::world::{World, at_once, form, worlds},
    http::Site,
};

/// A mission with its slots, who is accepted to all of them, the organisation's admin.
struct Slot {
    mission: MissionId,
    slots: Vec<Uuid>,
    people: Vec<Actor>,
    admin: Actor,
}

impl World {
    /// A mission whose slots begin in 24 hours, for three hours each, with these people.
    async fn slot(&self, names: &[&str], slots: &[(i64, i64, i32)]) -> anyhow::Result<Slot> {
        let (mission, slots) = self.mission("Colis", at_once(slots)).await?;
        let mut people = Vec::new();
        for name in names {
            let person = self.volunteer(name).await?;
            self.backend.apply(&person, mission, form(&slots)).await.context("an application")?;
            people.push(person);
        }
        Ok(Slot { mission, slots, people, admin: self.of_organisation().await? })
    }

    fn sheet_of(&self, found: &Slot, slot: usize) -> SheetOf {
        SheetOf { organisation: self.of(), mission: found.mission, slot: SlotId(found.slots[slot]) }
    }

    /// A form with what is noted of each, in the order in which they applied; it saw what is there now.
    async fn filled(&self, found: &Slot, slot: usize, marks: &[(&str, &str)]) -> anyhow::Result<AttendanceForm> {
        let sheet = self.backend.sheet(&found.admin, self.sheet_of(found, slot)).await?;
        let ids = self.ids(found.mission).await?;
        let lines = ids.iter().zip(marks).map(|(id, (mark, hours))| {
            let person = sheet.people.iter().find(|person| person.application == *id);
            AttendanceLine {
                application: id.to_string(),
                mark: (*mark).to_owned(),
                hours: (*hours).to_owned(),
                seen: person.and_then(|person| person.note.as_ref()).map_or(0, |note| note.version),
                left: person.is_some_and(|person| person.left_at.is_some()),
            }
        });
        Ok(AttendanceForm { lines: lines.collect(), thanks: String::new() })
    }

    fn later(&self, hours: i64) {
        self.backend.clock.advance(TimeDelta::hours(hours));
    }
}

#[tokio::test]
async fn hours_are_noted_validated_and_told() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben", "cleo"], &[(24, 3, 5)]).await?;
        let of = world.sheet_of(&found, 0);
        assert_eq!(world.backend.to_note(&found.admin, world.of()).await?, []);
        let early = world.filled(&found, 0, &[("present", "")]).await?;
        let refused = world.backend.note(&found.admin, of, early).await;
        assert_eq!(refused.err(), Some(AppError::Conflict(Conflict::NotYetNoted)), "it has not begun");
        world.later(25);
        let form = world.filled(&found, 0, &[("present", ""), ("late", "1:30")]).await?;
        assert_eq!(world.backend.note(&found.admin, of, form).await?.done, 2);
        let form = world.filled(&found, 0, &[("present", ""), ("late", "1:30"), ("absent", "")]).await?;
        let early = world.backend.validate(&found.admin, of, form).await;
        assert_eq!(early.err(), Some(AppError::Conflict(Conflict::NotInThisState)), "it is not over");
        world.later(4);
        let waits = world.backend.to_note(&found.admin, world.of()).await?;
        assert_eq!(waits.iter().map(|slot| (slot.slot.id, slot.people)).collect::<Vec<_>>(), [(of.slot, 3)]);
        ensure!(world.backend.to_note(&found.people[0], world.of()).await.is_err());
        let form = world.filled(&found, 0, &[("present", ""), ("late", "1:30"), ("", "")]).await?;
        let refused = world.backend.validate(&found.admin, of, form).await;
        assert_eq!(refused.err(), Some(AppError::field("lines.2.mark", Problem::NotMarked)));
        let mut form = world.filled(&found, 0, &[("present", ""), ("late", "1:30"), ("absent", "")]).await?;
        form.thanks = "Merci à vous tous.".to_owned();
        world.backend.validate(&found.admin, of, form).await?;
        assert_eq!(world.states(found.mission).await?, ["attended", "attended", "absent"]);
        let letters = world.letters("ben").await?;
        let last = letters.last().context("a letter")?;
        ensure!(last.kind == "hours_validated" && last.body_text.contains("1\u{a0}h\u{a0}30"), "{}", last.body_text);
        ensure!(last.body_text.contains("Merci à vous tous."), "{}", last.body_text);
        let letters = world.letters("cleo").await?;
        let last = letters.last().context("a letter")?;
        let exchange = app::routes::messages(world.ids(found.mission).await?[2], Door::Volunteer);
        ensure!(last.kind == "absence_noted" && last.body_text.contains(&exchange), "{}", last.body_text);
        assert_eq!(world.backend.to_note(&found.admin, world.of()).await?, []);
        let given = world.backend.given(&found.people[1]).await?;
        assert_eq!((given.years.len(), given.years[0].minutes), (1, 90));
        assert_eq!(world.backend.given(&found.people[2]).await?.years, []);
        let sheet = world.backend.sheet(&found.admin, of).await?;
        ensure!(sheet.people.iter().all(|person| person.note.as_ref().is_some_and(|note| note.validated)));
        ensure!(sheet.people.iter().all(|person| person.phone.is_none() && person.name.ends_with("M.")), "{sheet:?}");
    }
    Ok(())
}

#[tokio::test]
async fn who_was_expected_says_what_came_of_it_until_their_hours_are_validated() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5), (48, 3, 5)]).await?;
        let (of, ids, ada) = (world.sheet_of(&found, 0), world.ids(found.mission).await?, &found.people[0]);
        let says = async |who: &Actor, slot: usize, said: Said| {
            world.backend.say(who, ids[0], SlotId(found.slots[slot]), said).await.err()
        };
        let not_now = Some(AppError::Conflict(Conflict::NotInThisState));
        world.later(26);
        assert_eq!(says(ada, 0, Said::WasThere).await, not_now, "it is not over");
        world.later(1);
        assert_eq!(says(&found.people[1], 0, Said::NotHeld).await, Some(AppError::NotFound), "somebody else's");
        assert_eq!(says(&found.admin, 0, Said::NotHeld).await, Some(AppError::NotFound));
        assert_eq!(says(&Actor::default(), 0, Said::NotHeld).await, Some(AppError::SignInFirst));
        assert_eq!(says(ada, 1, Said::WasThere).await, not_now, "the other one is to come");
        let elsewhere = world.backend.say(ada, ids[0], SlotId(Uuid::now_v7()), Said::WasThere).await;
        assert_eq!(elsewhere.err(), Some(AppError::NotFound));
        let before = world.backend.sheet(&found.admin, of).await?;
        ensure!(before.people.iter().all(|person| person.said.is_none()), "refused, but written");
        assert_eq!(says(ada, 0, Said::WasThere).await, None);
        assert_eq!(says(ada, 0, Said::CouldNotCome).await, None, "another answer replaces it");
        assert_eq!(says(ada, 0, Said::CouldNotCome).await, None, "pressed twice");
        let story = world.story(ids[0].0).await?;
        assert_eq!(story[2..], [Said::WasThere.as_str(), Said::CouldNotCome.as_str()], "one line for each answer");
        let space = world.backend.mine(ada).await?;
        let asked = space.live.iter().chain(&space.past).flat_map(|own| &own.asked);
        let asked: Vec<_> = asked.map(|asked| (asked.slot.id.0, asked.said)).collect();
        assert_eq!(asked, [(found.slots[0], Some(Said::CouldNotCome))]);
        let sheet = world.backend.sheet(&found.admin, of).await?;
        let said = |id: ApplicationId| {
            sheet.people.iter().find(|person| person.application == id).and_then(|person| person.said)
        };
        assert_eq!((said(ids[0]), said(ids[1])), (Some(Said::CouldNotCome), None));
        ensure!(sheet.people.iter().all(|person| person.note.is_none()), "it decides nothing");
        assert_eq!(world.states(found.mission).await?, ["accepted", "accepted"]);
        let form = world.filled(&found, 0, &[("present", ""), ("present", "")]).await?;
        world.backend.validate(&found.admin, of, form).await?;
        assert_eq!(says(ada, 0, Said::WasThere).await, not_now, "the hours are validated");
        let space = world.backend.mine(ada).await?;
        ensure!(space.live.iter().chain(&space.past).all(|own| own.asked.is_empty()));
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_sent_to_an_exchange_that_is_closed() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada"], &[(24, 3, 5)]).await?;
        world.later(24 + 3 + 15 * 24);
        let form = world.filled(&found, 0, &[("absent", "")]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        let letters = world.letters("ada").await?;
        let last = letters.last().context("a letter")?;
        ensure!(last.kind == "absence_noted" && !last.body_text.contains("/messages"), "{}", last.body_text);
        ensure!(last.body_text.contains("service vie associative"), "{}", last.body_text);
    }
    Ok(())
}

#[tokio::test]
async fn a_note_is_written_once_and_nobody_writes_over_anothers() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5)]).await?;
        let of = world.sheet_of(&found, 0);
        world.later(25);
        let mine = world.filled(&found, 0, &[("present", ""), ("present", "")]).await?;
        let theirs = world.filled(&found, 0, &[("absent", ""), ("present", "")]).await?;
        assert_eq!(world.backend.note(&found.admin, of, mine.clone()).await?.done, 2);
        let again = world.backend.note(&found.admin, of, mine).await?;
        assert_eq!((again.done, again.changed), (2, 0), "a phone that sends twice notes once");
        let saved = world.backend.note(&found.admin, of, theirs).await?;
        assert_eq!((saved.done, saved.changed), (1, 1), "Ada was noted meanwhile; Ben is as they say");
        let sheet = world.backend.sheet(&found.admin, of).await?;
        let notes: Vec<_> = sheet.people.iter().filter_map(|person| person.note.as_ref()).collect();
        ensure!(notes.iter().all(|note| note.mark == Mark::Present && note.version == 1), "{notes:?}");
        let form = world.filled(&found, 0, &[("absent", ""), ("late", "2")]).await?;
        assert_eq!(world.backend.note(&found.admin, of, form).await?.done, 2, "who has seen it may change it");
        world.backend.withdraw(&found.people[0], world.ids(found.mission).await?[0]).await?;
        let form = world.filled(&found, 0, &[("present", ""), ("late", "2")]).await?;
        let saved = world.backend.note(&found.admin, of, form).await?;
        assert_eq!((saved.done, saved.changed), (2, 0), "who left since it began is noted all the same");
    }
    Ok(())
}

#[tokio::test]
async fn an_application_ends_with_its_last_slot() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada"], &[(24, 3, 5), (48, 3, 5)]).await?;
        world.later(30);
        let form = world.filled(&found, 0, &[("replaced", "")]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        assert_eq!(world.states(found.mission).await?, ["accepted"]);
        let mails = world.mails("ada").await?;
        ensure!(!mails.iter().any(|kind| kind == "absence_noted"), "who was replaced is not scolded: {mails:?}");
        world.later(24);
        let form = world.filled(&found, 1, &[("present", "2,5")]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 1), form.clone()).await?;
        assert_eq!(world.states(found.mission).await?, ["attended"]);
        let again = world.backend.validate(&found.admin, world.sheet_of(&found, 1), form).await;
        assert_eq!(again.err(), Some(AppError::Conflict(Conflict::NotInThisState)), "twice is once");
        assert_eq!(world.backend.given(&found.people[0]).await?.years[0].minutes, 150);
    }
    Ok(())
}

#[tokio::test]
async fn hours_that_were_given_count_in_their_week() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada"], &[(1, 12, 5), (24, 12, 5)]).await?;
        world.later(40);
        for slot in 0..2 {
            let form = world.filled(&found, slot, &[("present", "")]).await?;
            world.backend.validate(&found.admin, world.sheet_of(&found, slot), form).await?;
        }
        assert_eq!(world.states(found.mission).await?, ["attended"]);
        let (more, slots) = world.mission("Encore", at_once(&[(10, 3, 5)])).await?;
        let refused = world.backend.apply(&found.people[0], more, form(&slots)).await;
        assert_eq!(refused, Err(AppError::field("slots", Problem::WeeklyLimit)), "24 hours were given already");
    }
    Ok(())
}

#[tokio::test]
async fn nobody_validates_their_own_hours() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5)]).await?;
        let ada = found.people[0].account.context("signed in")?;
        world.make_admin(ada.0).await?;
        let ada = world.actor(ada.0).await?;
        world.later(30);
        let form = world.filled(&found, 0, &[("present", ""), ("present", "")]).await?;
        world.backend.validate(&ada, world.sheet_of(&found, 0), form.clone()).await?;
        assert_eq!(world.states(found.mission).await?, ["accepted", "attended"], "her own wait for somebody else");
        let again = world.backend.validate(&ada, world.sheet_of(&found, 0), form.clone()).await;
        assert_eq!(again.err(), Some(AppError::Conflict(Conflict::OwnHours)));
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        assert_eq!(world.states(found.mission).await?, ["attended", "attended"]);
    }
    Ok(())
}

#[tokio::test]
async fn who_came_and_gives_the_rest_up_keeps_their_hours() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada"], &[(24, 3, 5), (48, 3, 5)]).await?;
        world.later(30);
        let form = world.filled(&found, 0, &[("present", "")]).await?;
        world.backend.note(&found.admin, world.sheet_of(&found, 0), form.clone()).await?;
        world.backend.withdraw(&found.people[0], world.ids(found.mission).await?[0]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        assert_eq!(world.states(found.mission).await?, ["withdrawn"]);
        assert_eq!(world.backend.given(&found.people[0]).await?.years[0].minutes, 180);
    }
    Ok(())
}

/// Who leaves once a slot has begun was there, or was not: whoever answers for it says so, and nobody gets their place.
#[tokio::test]
async fn who_leaves_before_they_are_noted_can_be_noted() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5), (48, 3, 5)]).await?;
        world.later(30);
        world.backend.withdraw(&found.people[0], world.ids(found.mission).await?[0]).await?;
        assert_eq!((world.taken(found.slots[0]).await?, world.taken(found.slots[1]).await?), (2, 1));
        let sheet = world.backend.sheet(&found.admin, world.sheet_of(&found, 0)).await?;
        let left: Vec<_> = sheet.people.iter().map(|person| person.left_at.is_some()).collect();
        assert_eq!(left, [true, false]);
        let mut form = world.filled(&found, 0, &[("", ""), ("", "")]).await?;
        form.rest_came();
        assert_eq!((form.lines[0].mark.as_str(), form.lines[1].mark.as_str()), ("", "present"));
        "late".clone_into(&mut form.lines[0].mark);
        "1:30".clone_into(&mut form.lines[0].hours);
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        assert_eq!(world.backend.given(&found.people[0]).await?.years[0].minutes, 90);
        assert_eq!(world.states(found.mission).await?, ["withdrawn", "accepted"]);
        let later = world.backend.sheet(&found.admin, world.sheet_of(&found, 1)).await?;
        assert_eq!(later.people.len(), 1, "who left before it began is not expected");
    }
    Ok(())
}

#[tokio::test]
async fn a_mission_that_is_cancelled_midway_keeps_what_was_done() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada"], &[(24, 3, 5), (48, 3, 5)]).await?;
        world.later(30);
        world.backend.cancel(&found.admin, found.mission, "Plus de local.".to_owned()).await?;
        assert_eq!((world.taken(found.slots[0]).await?, world.taken(found.slots[1]).await?), (1, 0));
        let form = world.filled(&found, 0, &[("present", "")]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        assert_eq!(world.backend.given(&found.people[0]).await?.years[0].minutes, 180);
        assert_eq!(world.states(found.mission).await?, ["cancelled"]);
    }
    Ok(())
}

#[tokio::test]
async fn a_slot_at_which_somebody_is_noted_takes_place() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5), (48, 3, 5)]).await?;
        let off = async |slot: usize| {
            let slot = SlotId(found.slots[slot]);
            world.backend.cancel_slot(&found.admin, found.mission, slot, "Il pleut.".to_owned()).await
        };
        world.later(25);
        let form = world.filled(&found, 0, &[("present", ""), ("absent", "")]).await?;
        world.backend.note(&found.admin, world.sheet_of(&found, 0), form.clone()).await?;
        assert_eq!(off(0).await, Err(Conflict::NotInThisState.into()));
        world.later(5);
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        assert_eq!(world.states(found.mission).await?, ["accepted"; 2]);
        off(1).await?;
        assert_eq!(world.states(found.mission).await?, ["attended", "absent"], "nothing is left to validate");
    }
    Ok(())
}

#[tokio::test]
async fn what_nobody_validates_ends_with_its_time() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben", "cleo"], &[(24, 3, 5)]).await?;
        world.later(30);
        let form = world.filled(&found, 0, &[("present", ""), ("absent", ""), ("", "")]).await?;
        world.backend.note(&found.admin, world.sheet_of(&found, 0), form).await?;
        let late = async || end::when_late(&world.backend).await.map_err(|error| anyhow!("{error:?}"));
        world.later(24 * 89);
        assert_eq!(late().await?, 0);
        world.later(24 * 2);
        assert_eq!((late().await?, late().await?), (3, 0));
        assert_eq!(world.states(found.mission).await?, ["attended"; 3], "nobody was told that they did not come");
        assert!(world.backend.given(&found.people[0]).await?.years.is_empty(), "nobody validated");
    }
    Ok(())
}

#[tokio::test]
async fn only_those_who_answer_for_the_slot_note_anything() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada"], &[(24, 3, 5)]).await?;
        let (other, _) = world.mission("Autre", at_once(&[(24, 3, 5)])).await?;
        world.later(25);
        let (of, form) = (world.sheet_of(&found, 0), world.filled(&found, 0, &[("present", "")]).await?);
        for who in [&found.people[0], &Actor::default()] {
            let refused = world.backend.note(who, of, form.clone()).await.err();
            ensure!(matches!(refused, Some(AppError::NotFound | AppError::SignInFirst)), "{refused:?}");
            ensure!(world.backend.sheet(who, of).await.is_err());
        }
        let wrong = [SheetOf { mission: other, ..of }, SheetOf { organisation: OrganisationId(Uuid::now_v7()), ..of }];
        for of in wrong {
            assert_eq!(world.backend.note(&found.admin, of, form.clone()).await.err(), Some(AppError::NotFound));
        }
        let stranger = AttendanceLine { application: Uuid::now_v7().to_string(), ..form.lines[0].clone() };
        let form = AttendanceForm { lines: vec![stranger], ..form };
        assert_eq!(world.backend.note(&found.admin, of, form).await.err(), Some(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn a_certificate_says_what_was_validated_to_whoever_has_its_number() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5)]).await?;
        let ada = &found.people[0];
        let none = world.backend.issue(ada, "").await;
        assert_eq!(none.err(), Some(AppError::field("year", Problem::NoHours)));
        world.later(30);
        let form = world.filled(&found, 0, &[("present", ""), ("absent", "")]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        let made = world.backend.issue(ada, "").await?;
        assert_eq!((made.minutes, made.name.as_str(), made.missions.len()), (180, "ada Martin", 1));
        assert_eq!(world.backend.issue(ada, "").await?.number, made.number, "the same says nothing new");
        let number = made.number.to_string().to_lowercase().replace('-', " ");
        let verified = world.backend.verify(&number).await?.context("a certificate")?;
        ensure!(verified == Verified::Valid(made.clone()), "{verified:?}");
        assert_eq!(world.backend.verify("RF-2345-6789-ABCD").await?, None);
        let (name, pdf) = paper::paper(&world.backend, ada, &number).await.map_err(|e| anyhow::anyhow!("{e:?}"))?;
        ensure!(name.ends_with(&format!("{}.pdf", made.number)) && pdf.starts_with(b"%PDF-1.7"), "{name}");
        for other in [&found.people[1], &found.admin] {
            ensure!(paper::paper(&world.backend, other, &number).await.is_err(), "the paper is its holder's");
            assert_eq!(world.backend.revoke(other, &number).await, Err(AppError::NotFound));
        }
        world.backend.revoke(ada, &number).await?;
        let verified = world.backend.verify(&number).await?;
        assert_eq!(verified, Some(Verified::Revoked(world.now())), "whoever verifies is told, and nothing else");
        ensure!(world.backend.issue(ada, "").await?.number != made.number, "what was taken back does not come again");
        assert_eq!(world.backend.own(ada).await?.certificates.len(), 2);
        assert_eq!(world.backend.own(&found.people[1]).await?.certificates, []);
    }
    Ok(())
}

#[tokio::test]
async fn hours_of_an_open_period_count_in_the_year_in_which_it_ended() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (ada, admin) = (world.volunteer("ada").await?, world.of_organisation().await?);
        // From 3 to 23 December, and from 15 December to 31 January.
        let mut periods = Vec::new();
        for (title, begins, lasts) in [("Lire", 10, 20), ("Appeler", 22, 47)] {
            let (mission, slots) = world.mission(title, at_once(&[(24 * begins, 24 * lasts, 5)])).await?;
            let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
            let kind = Set(SlotKind::OpenPeriod.as_str().to_owned());
            slot::ActiveModel { id: Set(slots[0]), kind, ..Default::default() }.update(&tx).await?;
            tx.commit().await?;
            world.backend.apply(&ada, mission, form(&slots)).await?;
            periods.push(Slot { mission, slots, people: vec![ada.clone()], admin: admin.clone() });
        }
        world.later(24 * 70);
        for (found, hours) in periods.iter().zip(["10", "40"]) {
            let form = world.filled(found, 0, &[("present", hours)]).await?;
            world.backend.validate(&admin, world.sheet_of(found, 0), form).await?;
        }
        let years = world.backend.given(&ada).await?.years;
        assert_eq!(years.iter().map(|year| (year.year, year.minutes)).collect::<Vec<_>>(), [(2027, 2400), (2026, 600)]);
        let day = |text: &str| text.parse::<NaiveDate>();
        let whole = (day("2026-12-15")?, day("2027-01-31")?);
        assert_eq!(years[0].missions[0].days, whole, "all of it, so that nobody reads it as one day");
        let made = world.backend.issue(&ada, "2026").await?;
        assert_eq!((made.minutes, made.period.1), (600, day("2026-12-31")?));
        let made = world.backend.issue(&ada, "2027").await?;
        assert_eq!((made.minutes, made.period.0), (2400, whole.0), "it covers what it counts");
        assert_eq!(world.backend.issue(&ada, "").await?.minutes, 3000);
    }
    Ok(())
}

#[tokio::test]
async fn a_word_of_thanks_is_found_again_by_who_came_and_can_be_reported() -> anyhow::Result<()> {
    for world in worlds().await? {
        let found = world.slot(&["ada", "ben"], &[(24, 3, 5), (48, 3, 5)]).await?;
        let (ada, ben) = (&found.people[0], &found.people[1]);
        world.later(60);
        let mut form = world.filled(&found, 0, &[("present", ""), ("absent", "")]).await?;
        form.thanks = "Merci <b>Ada</b>.".to_owned();
        world.backend.validate(&found.admin, world.sheet_of(&found, 0), form).await?;
        let silent = world.filled(&found, 1, &[("present", ""), ("present", "")]).await?;
        world.backend.validate(&found.admin, world.sheet_of(&found, 1), silent).await?;
        let id = world.ids(found.mission).await?[0];
        let given = world.backend.given(ada).await?;
        assert_eq!(given.thanks.len(), 1, "nothing is kept where nothing was said");
        let word = &given.thanks[0];
        assert_eq!((word.application, word.slot.id.0), (id, found.slots[0]));
        assert_eq!((word.mission.as_str(), word.organisation.as_str()), ("Colis", "Les Voisins"));
        assert_eq!(word.body, "Merci <b>Ada</b>.");
        assert_eq!(world.backend.given(ben).await?.thanks, [], "it went to those who came");
        let made = world.backend.issue(ada, "").await?;
        ensure!(!format!("{made:?}").contains("Merci"), "a certificate is about hours");

        // Long after the exchange is over, they still read it there, and report it.
        world.later(24 * 40);
        let site = Site::serve(world.backend.clone()).await?;
        let cookie = format!("renfort={}", world.session(ada.account.context("signed in")?).await?);
        for page in [app::routes::MY_HOURS.to_owned(), app::routes::messages(id, Door::Volunteer)] {
            let question = site.ask(Method::GET, &page, Some(&cookie)).header(header::ACCEPT, "text/html");
            let text = question.send().await?.text().await?;
            ensure!(text.contains("Merci &lt;b&gt;Ada&lt;/b&gt;.") && !text.contains("<b>Ada</b>"), "{page}");
        }
        let exchange = world.backend.exchange(ada, id, Door::Volunteer).await?;
        ensure!(exchange.may_report && exchange.open_until.is_none(), "{exchange:?}");
        let last = exchange.lines.last().context("a line")?;
        assert_eq!(
            (last.side, last.author.as_str(), last.body.as_str()),
            (Side::Organisation, "admin", word.body.as_str())
        );
        world.backend.report(ada, id, Door::Volunteer, "On se moque de moi.".to_owned()).await?;
        let other = world.ids(found.mission).await?[1];
        let nothing = world.backend.exchange(ben, other, Door::Volunteer).await?;
        ensure!(nothing.lines.iter().all(|line| line.side == Side::Volunteer), "{nothing:?}");
    }
    Ok(())
}
