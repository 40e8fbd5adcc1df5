//! Further slots beside those that one has, and one slot instead of another.

use anyhow::{Context, anyhow, ensure};
use chrono::{NaiveDate, TimeDelta};
use domain::{
    actor::Actor,
    applications::{
        ApplicationForm, ApplicationStatus, Applications, ConsentAction, ConsentStatus, MoveForm,
        door::{Door, Shut},
    },
    error::{AppError, Conflict, Outcome, Problem},
    ids::{ApplicationId, MissionId},
};
use reqwest::{Method, header};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use server::entity::{application, application_slot, called_off_slot, mission};
use uuid::Uuid;

use super::{
    guardian::{from_16, with_guardian},
    world::{World, at_once, choose, form, worlds},
};
use crate::http::Site;

/// Three slots of one place, a week apart.
const WEEKS: [(i64, i64, i32); 3] = [(72, 3, 1), (240, 3, 1), (408, 3, 1)];

fn wrong<T>(problem: Problem) -> Outcome<T> {
    Err(AppError::field("slots", problem))
}

impl World {
    async fn adds(&self, person: &Actor, id: ApplicationId, slots: &[Uuid]) -> Outcome<ApplicationStatus> {
        self.backend.add_further(person, id, form(slots)).await
    }

    async fn moves(&self, person: &Actor, id: ApplicationId, from: Uuid, to: Uuid) -> Outcome<()> {
        let ApplicationForm { acknowledged, .. } = form(&[]);
        let (from, slots) = (from.to_string(), to.to_string());
        self.backend.move_slot(person, id, MoveForm { from, slots, acknowledged, ..MoveForm::default() }).await
    }

    /// The slots of an application, in order of time.
    async fn held(&self, id: ApplicationId) -> anyhow::Result<Vec<Uuid>> {
        let links = application_slot::Entity::find().filter(application_slot::Column::ApplicationId.eq(id.0));
        let mut held: Vec<Uuid> =
            links.all(self.backend.store.read()).await?.into_iter().map(|link| link.slot_id).collect();
        held.sort_unstable();
        Ok(held)
    }

    async fn places(&self, slots: &[Uuid]) -> anyhow::Result<Vec<i32>> {
        let mut taken = Vec::new();
        for slot in slots {
            taken.push(self.taken(*slot).await?);
        }
        Ok(taken)
    }

    async fn now_opens(&self, mission: MissionId, day: NaiveDate) -> anyhow::Result<()> {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        mission::Entity::update_many()
            .col_expr(mission::Column::OpensOn, Expr::value(day))
            .filter(mission::Column::Id.eq(mission.0))
            .exec(&tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Whether somebody's space leads to further slots of an application, and to another one instead.
    async fn links(&self, person: &Actor, id: ApplicationId) -> anyhow::Result<(bool, bool)> {
        let space = self.backend.mine(person).await?;
        let own = space.live.into_iter().find(|own| own.id == id).context("it lives")?;
        Ok((own.further, own.moves))
    }

    /// Somebody who applied for a slot.
    async fn applied(
        &self,
        name: &str,
        mission: MissionId,
        slots: &[Uuid],
    ) -> anyhow::Result<(Actor, ApplicationId, ApplicationStatus)> {
        let person = self.volunteer(name).await?;
        let status = self.backend.apply(&person, mission, form(slots)).await?;
        Ok((person, self.ids(mission).await?.pop().context("it")?, status))
    }
}

#[tokio::test]
async fn what_is_free_is_theirs_at_once_in_the_same_application() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", at_once(&WEEKS)).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        assert_eq!(world.adds(&ada, id, &slots[1..]).await, Ok(ApplicationStatus::Accepted));
        assert_eq!(world.states(mission).await?, ["accepted"], "one application");
        assert_eq!((world.held(id).await?.len(), world.places(&slots).await?), (3, vec![1, 1, 1]));
        assert_eq!(world.story(id.0).await?, ["pending", "accepted", "slot_added", "slot_added"]);
        assert_eq!(world.mails("ada").await?, ["application_accepted", "application_accepted"]);
        let told = world.letters("admin").await?.pop().context("a letter")?;
        ensure!(told.kind == "application_received" && told.body_text.matches('•').count() == 2, "{}", told.body_text);
        assert_eq!(world.adds(&ada, id, &slots[1..]).await, Err(Conflict::NotInThisState.into()), "once");
        assert_eq!(world.places(&slots).await?, [1, 1, 1]);
        // Who left a slot may come back to it, and leave it again.
        for _ in 0..2 {
            world.backend.leave_slot(&ada, id, World::slot_id(slots[1])).await?;
            assert_eq!(world.adds(&ada, id, &slots[1..2]).await, Ok(ApplicationStatus::Accepted));
        }
        let off = called_off_slot::Entity::find().all(world.backend.store.read()).await?;
        ensure!(off.is_empty(), "calendars have it back");
    }
    Ok(())
}

#[tokio::test]
async fn whoever_waits_for_an_answer_waits_for_all() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&WEEKS)).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        assert_eq!(world.adds(&ada, id, &slots[1..2]).await, Ok(ApplicationStatus::Pending));
        assert_eq!((world.states(mission).await?, world.held(id).await?.len()), (vec!["pending".to_owned()], 2));
        assert_eq!(world.mails("ada").await?, ["application_sent", "application_sent"]);
        let admin = world.of_organisation().await?;
        assert_eq!(world.backend.decide(&admin, mission, vec![id], true, String::new()).await?.done, 1);
        assert_eq!(world.places(&slots).await?, [1, 1, 0]);
    }
    Ok(())
}

#[tokio::test]
async fn whoever_was_chosen_adds_nothing_that_has_to_be_chosen() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&WEEKS)).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        let admin = world.of_organisation().await?;
        world.backend.decide(&admin, mission, vec![id], true, String::new()).await?;
        let before = (world.mails("ada").await?, world.mails("admin").await?, world.story(id.0).await?);
        ensure!(!world.links(&ada, id).await?.0, "nothing leads there");
        assert_eq!(world.adds(&ada, id, &slots[1..2]).await, wrong(Problem::AnswerFirst));
        assert_eq!(
            (world.states(mission).await?, world.held(id).await?),
            (vec!["accepted".to_owned()], vec![slots[0]])
        );
        assert_eq!(world.places(&slots).await?, [1, 0, 0]);
        assert_eq!((world.mails("ada").await?, world.mails("admin").await?, world.story(id.0).await?), before);
        world.backend.withdraw(&ada, id).await?;
        assert_eq!(world.adds(&ada, id, &slots[1..2]).await, Err(Conflict::NotInThisState.into()), "it is over");
        let anew = world.backend.apply(&ada, mission, form(&slots[1..])).await;
        assert_eq!(anew, Ok(ApplicationStatus::Pending), "there is no other that lives");
    }
    Ok(())
}

#[tokio::test]
async fn a_full_slot_changes_nothing_and_nobody_has_two_live_applications() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", at_once(&[(72, 3, 9), (240, 3, 1), (408, 3, 9)])).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        let (ben, bens, _) = world.applied("ben", mission, &slots[1..2]).await?;
        let (cleo, cleos, waits) = world.applied("cleo", mission, &slots[1..2]).await?;
        assert_eq!(waits, ApplicationStatus::Waitlisted);
        let before = (world.mails("ada").await?, world.mails("admin").await?, world.story(id.0).await?);
        assert_eq!(world.adds(&ada, id, &slots[1..2]).await, wrong(Problem::FullBeside));
        assert_eq!(world.adds(&ada, id, &slots[1..]).await, wrong(Problem::FullBeside), "nor with what is free");
        assert_eq!(world.backend.apply(&ada, mission, form(&slots[1..2])).await, Err(Conflict::AlreadyApplied.into()));
        assert_eq!(world.adds(&cleo, cleos, &slots[2..]).await, wrong(Problem::AnswerFirst), "she waits in the list");
        assert_eq!(world.moves(&cleo, cleos, slots[1], slots[2]).await, wrong(Problem::AnswerFirst));
        assert_eq!(world.states(mission).await?, ["accepted", "accepted", "waitlisted"], "one of each");
        assert_eq!((world.held(id).await?, world.places(&slots).await?), (vec![slots[0]], vec![1, 1, 0]));
        assert_eq!((world.mails("ada").await?, world.mails("admin").await?, world.story(id.0).await?), before);
        world.backend.withdraw(&ben, bens).await?;
        assert_eq!(world.states(mission).await?, ["accepted", "withdrawn", "offered"], "it is Cleo's turn");
        assert_eq!(world.adds(&cleo, cleos, &slots[2..]).await, wrong(Problem::AnswerFirst), "she has to answer");
        assert_eq!(world.adds(&ada, id, &slots[1..2]).await, wrong(Problem::FullBeside), "it is held");
        assert_eq!(world.adds(&ada, id, &slots[2..]).await, Ok(ApplicationStatus::Accepted));
        assert_eq!(world.states(mission).await?, ["accepted", "withdrawn", "offered"]);
        assert_eq!(world.places(&slots).await?, [1, 1, 1]);
    }
    Ok(())
}

#[tokio::test]
async fn the_links_stand_where_something_can_be_taken() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", at_once(&[(72, 3, 9), (73, 3, 9), (240, 3, 1)])).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        assert_eq!(world.links(&ada, id).await?, (true, true));
        let (_, _, status) = world.applied("ben", mission, &slots[2..]).await?;
        assert_eq!(status, ApplicationStatus::Accepted);
        assert_eq!(world.links(&ada, id).await?, (false, true), "what is left overlaps: it is one or the other");
        let (cleo, cleos, _) = world.applied("cleo", mission, &slots[2..]).await?;
        assert_eq!(world.links(&cleo, cleos).await?, (false, false), "she waits in the list");
        let doors = world.backend.further(&ada, id).await?;
        let door = |slot: Uuid, keeps| {
            let line = doors.open().find(|line| line.id.0 == slot)?;
            doors.seen(line, keeps).map(|seen| seen.door)
        };
        let rule = |problem| Some(Door::Shut(Shut::Rule(problem)));
        assert_eq!(door(slots[0], true), None, "she has it");
        assert_eq!(door(slots[1], true), rule(Problem::OverlapsAnother));
        assert_eq!(door(slots[1], false), Some(Door::Open(9)), "instead of hers");
        assert_eq!(door(slots[2], true), rule(Problem::FullBeside));
        world.now_stands(mission, "closed").await?;
        assert_eq!(world.links(&ada, id).await?, (false, false));
        assert_eq!(world.backend.further(&ada, id).await?.open().count(), 0);
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_added_before_the_day_from_which_help_is_taken() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", at_once(&WEEKS)).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        let day = domain::paris::date(world.backend.clock.now()) + TimeDelta::days(1);
        world.now_opens(mission, day).await?;
        assert_eq!(world.links(&ada, id).await?, (false, false));
        assert_eq!(world.adds(&ada, id, &slots[1..2]).await, Err(Conflict::OpensOn(day).into()));
        assert_eq!(world.moves(&ada, id, slots[0], slots[1]).await, Err(Conflict::OpensOn(day).into()));
        world.backend.clock.advance(TimeDelta::days(1));
        assert_eq!(world.links(&ada, id).await?, (true, true));
    }
    Ok(())
}

#[tokio::test]
async fn the_rules_of_a_first_application_hold() -> anyhow::Result<()> {
    for world in worlds().await? {
        let plan = [(48, 13, 5), (62, 12, 5), (50, 3, 5), (241, 3, 5), (408, 3, 5)];
        let (mission, slots) = world.mission("Les jeudis", at_once(&plan)).await?;
        let (busy, there) = world.mission("Collecte", at_once(&[(240, 3, 5)])).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        world.backend.apply(&ada, busy, form(&there)).await?;
        let before = (world.mails("ada").await?, world.mails("admin").await?);
        assert_eq!(world.adds(&ada, id, &slots[1..2]).await, wrong(Problem::WeeklyLimit));
        assert_eq!(world.adds(&ada, id, &slots[2..3]).await, wrong(Problem::OverlapsAnother), "with her own");
        assert_eq!(world.adds(&ada, id, &slots[3..4]).await, wrong(Problem::OverlapsAnother), "with another mission");
        assert_eq!(world.adds(&ada, id, &there).await, wrong(Problem::SlotGone), "of another mission");
        assert_eq!(world.adds(&ada, id, &[]).await, wrong(Problem::NoSlot));
        let unread = ApplicationForm { acknowledged: String::new(), ..form(&slots[4..]) };
        let answer = world.backend.add_further(&ada, id, unread).await;
        assert_eq!(answer, Err(AppError::field("acknowledged", Problem::MustAcknowledge)));
        let ben = world.volunteer("ben").await?;
        assert_eq!(world.adds(&ben, id, &slots[4..]).await, Err(AppError::NotFound), "it is Ada's");
        assert_eq!(world.adds(&Actor::default(), id, &slots[4..]).await, Err(AppError::SignInFirst));
        world.now_stands(mission, "suspended").await?;
        assert_eq!(world.adds(&ada, id, &slots[4..]).await, Err(AppError::NotFound));
        world.now_stands(mission, "closed").await?;
        assert_eq!(world.adds(&ada, id, &slots[4..]).await, Err(Conflict::MissionClosed.into()));
        world.now_stands(mission, "published").await?;
        world.backend.clock.advance(TimeDelta::hours(242));
        assert_eq!(world.adds(&ada, id, &slots[3..4]).await, wrong(Problem::SlotGone), "it has begun");
        assert_eq!(world.places(&slots).await?, [1, 0, 0, 0, 0]);
        assert_eq!((world.mails("ada").await?, world.mails("admin").await?), before);
    }
    Ok(())
}

#[tokio::test]
async fn under_18_nothing_is_added_that_needs_consent_anew() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", from_16(at_once(&WEEKS))).await?;
        let sacha = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &sacha, mission, &slots[..1]).await?;
        assert_eq!(world.adds(&sacha, id, &slots[1..2]).await, wrong(Problem::AnswerFirst), "a guardian was asked");
        assert_eq!(world.says("sacha", id, ConsentAction::Give).await?, Ok(ConsentStatus::Given));
        assert_eq!(world.links(&sacha, id).await?, (false, false));
        assert_eq!(world.adds(&sacha, id, &slots[1..2]).await, wrong(Problem::AnswerFirst), "given for that day alone");
        let asked = with_guardian(&slots[1..2], "parent-sacha@ville.example");
        assert_eq!(world.backend.add_further(&sacha, id, asked).await, wrong(Problem::AnswerFirst));
        assert_eq!(world.moves(&sacha, id, slots[0], slots[1]).await, wrong(Problem::AnswerFirst));
        assert_eq!(world.states(mission).await?, ["accepted"]);
        assert_eq!((world.held(id).await?, world.places(&slots).await?), (vec![slots[0]], vec![1, 0, 0]));
    }
    Ok(())
}

#[tokio::test]
async fn who_moves_frees_their_place_for_the_next() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", at_once(&[(72, 3, 1), (73, 3, 1)])).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        let (_, _, waits) = world.applied("ben", mission, &slots[..1]).await?;
        assert_eq!(waits, ApplicationStatus::Waitlisted);
        // The two overlap: it is one instead of the other.
        assert_eq!(world.moves(&ada, id, slots[0], slots[1]).await, Ok(()));
        assert_eq!(world.states(mission).await?, ["accepted", "offered"]);
        assert_eq!((world.held(id).await?, world.places(&slots).await?), (vec![slots[1]], vec![1, 1]));
        assert_eq!(world.story(id.0).await?, ["pending", "accepted", "slot_added", "slot_left"]);
        assert_eq!(world.mails("ada").await?, ["application_accepted", "application_accepted"]);
        assert_eq!(world.mails("ben").await?, ["waiting_list_joined", "place_offered"]);
        assert_eq!(world.mails("admin").await?, ["application_received", "application_received", "slot_left"]);
        let off = called_off_slot::Entity::find().all(world.backend.store.read()).await?;
        assert_eq!(off.into_iter().map(|row| row.slot_id).collect::<Vec<_>>(), [slots[0]], "calendars are told");
    }
    Ok(())
}

#[tokio::test]
async fn who_cannot_move_keeps_what_they_have() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", at_once(&WEEKS)).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        let (ben, ..) = world.applied("ben", mission, &slots[1..2]).await?;
        let (busy, there) = world.mission("Collecte", at_once(&[(409, 3, 5)])).await?;
        world.backend.apply(&ada, busy, form(&there)).await?;
        let before = (world.mails("ada").await?, world.mails("admin").await?);
        assert_eq!(world.moves(&ada, id, slots[0], slots[1]).await, wrong(Problem::FullBeside));
        assert_eq!(world.moves(&ada, id, slots[0], slots[2]).await, wrong(Problem::OverlapsAnother));
        assert_eq!(world.moves(&ada, id, slots[0], slots[0]).await, Err(Conflict::NotInThisState.into()));
        assert_eq!(world.moves(&ada, id, slots[1], slots[2]).await, Err(AppError::NotFound), "she has not got it");
        assert_eq!(world.moves(&ben, id, slots[0], slots[2]).await, Err(AppError::NotFound), "it is Ada's");
        assert_eq!(world.moves(&Actor::default(), id, slots[0], slots[2]).await, Err(AppError::SignInFirst));
        world.now_stands(mission, "closed").await?;
        assert_eq!(world.moves(&ada, id, slots[0], slots[2]).await, Err(Conflict::MissionClosed.into()));
        world.now_stands(mission, "published").await?;
        world.backend.clock.advance(TimeDelta::hours(73));
        assert_eq!(world.moves(&ada, id, slots[0], slots[2]).await, Err(Conflict::NotInThisState.into()), "it began");
        assert_eq!(world.states(mission).await?, ["accepted", "accepted"]);
        assert_eq!((world.held(id).await?, world.places(&slots).await?), (vec![slots[0]], vec![1, 1, 0]));
        assert_eq!((world.mails("ada").await?, world.mails("admin").await?), before);
    }
    Ok(())
}

#[tokio::test]
async fn where_the_organisation_chooses_only_a_question_moves() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&WEEKS)).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        assert_eq!(world.moves(&ada, id, slots[0], slots[1]).await, Ok(()));
        assert_eq!((world.held(id).await?, world.places(&slots).await?), (vec![slots[1]], vec![0, 0, 0]));
        let admin = world.of_organisation().await?;
        assert_eq!(world.backend.decide(&admin, mission, vec![id], true, String::new()).await?.done, 1);
        assert_eq!(world.moves(&ada, id, slots[1], slots[2]).await, wrong(Problem::AnswerFirst));
        assert_eq!((world.held(id).await?, world.places(&slots).await?), (vec![slots[1]], vec![0, 1, 0]));
        assert_eq!(world.links(&ada, id).await?, (false, false), "her space says so before");
    }
    Ok(())
}

/// Two people and one last place: one gets it, the other keeps what they had.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_move_to_the_last_place() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) = world.mission("Les jeudis", at_once(&[(72, 3, 2), (240, 3, 1)])).await?;
        let mut acts = tokio::task::JoinSet::new();
        for name in ["ada", "ben"] {
            let (person, id, _) = world.applied(name, mission, &slots[..1]).await?;
            let (backend, ApplicationForm { acknowledged, .. }) = (world.backend.clone(), form(&[]));
            let (from, to) = (slots[0].to_string(), slots[1].to_string());
            let form = MoveForm { from, slots: to, acknowledged, ..MoveForm::default() };
            acts.spawn(async move { backend.move_slot(&person, id, form).await });
        }
        let mut answers = acts.join_all().await;
        answers.sort_by_key(Result::is_err);
        assert_eq!(answers, [Ok(()), wrong(Problem::FullBeside)], "{engine:?}");
        assert_eq!(world.places(&slots).await?, [1, 1], "{engine:?}");
        let mut held = Vec::new();
        for id in world.ids(mission).await? {
            held.extend(world.held(id).await?);
        }
        held.sort_unstable();
        let mut both = slots.clone();
        both.sort_unstable();
        assert_eq!(held, both, "{engine:?}");
    }
    Ok(())
}

/// Each way at once, beside people who wait for either: nobody waits in a circle, and places add up.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn people_change_places_with_each_other() -> anyhow::Result<()> {
    for world in worlds().await? {
        let engine = world.engine();
        let (mission, slots) = world.mission("Les jeudis", at_once(&[(72, 3, 4), (240, 3, 4)])).await?;
        let mut acts = tokio::task::JoinSet::new();
        for number in 0..6 {
            let (from, to) = if number % 2 == 0 { (slots[0], slots[1]) } else { (slots[1], slots[0]) };
            let (person, id, _) = world.applied(&format!("volontaire{number}"), mission, &[from]).await?;
            let (backend, ApplicationForm { acknowledged, .. }) = (world.backend.clone(), form(&[]));
            let form = MoveForm { from: from.to_string(), slots: to.to_string(), acknowledged, ..MoveForm::default() };
            acts.spawn(async move { backend.move_slot(&person, id, form).await });
        }
        for answer in acts.join_all().await {
            ensure!(answer == Ok(()) || answer == wrong(Problem::FullBeside), "{engine:?}: {answer:?}");
        }
        for slot in slots {
            let named = application_slot::Entity::find().filter(application_slot::Column::SlotId.eq(slot));
            let held = named.all(world.backend.store.read()).await?.len();
            assert_eq!(i32::try_from(held)?, world.taken(slot).await?, "{engine:?}");
        }
        let all = application::Entity::find().filter(application::Column::Status.eq("accepted"));
        assert_eq!(all.all(world.backend.store.read()).await?.len(), 6, "{engine:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_pages_work_without_scripts() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Les jeudis", at_once(&WEEKS)).await?;
        let (ada, id, _) = world.applied("ada", mission, &slots[..1]).await?;
        world.applied("ben", mission, &slots[1..2]).await?;
        let site = Site::serve(world.backend.clone()).await?;
        let cookie = format!("renfort={}", world.session(ada.account.context("signed in")?).await?);
        let get = async |path: &str| -> anyhow::Result<String> {
            let ask = site.ask(Method::GET, path, Some(&cookie)).header(header::ACCEPT, "text/html");
            Ok(ask.send().await?.text().await?)
        };
        let post = async |act: &str, page: &str, body: String| -> anyhow::Result<(u16, String)> {
            let press = site
                .ask(Method::POST, act, Some(&cookie))
                .header(header::ACCEPT, "text/html")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::REFERER, format!("http://{}{page}", site.address))
                .body(body);
            let answer = press.send().await?;
            Ok((answer.status().as_u16(), answer.text().await?))
        };
        let (add, change) = (app::routes::further_slots(id), app::routes::move_slot(id));
        let space = get(app::routes::MY_SPACE).await?;
        ensure!(space.contains(&format!("href=\"{add}\"")) && space.contains(&format!("href=\"{change}\"")));
        let page = get(&change).await?;
        ensure!(page.contains("name=\"form[from]\"") && page.contains("name=\"form[slots]\""), "{page}");
        let (act, body) = ("/api/applications/move-slot", |to: Uuid| {
            format!("id={id}&form[from]={}&form[slots]={to}&form[acknowledged]=yes", slots[0])
        });
        let (status, page) = post(act, &change, body(slots[1])).await?;
        ensure!(status == 422 && page.contains("Ce créneau est complet"), "{status}: it says why");
        assert_eq!(world.held(id).await?, [slots[0]]);
        let page = get(&add).await?;
        assert_eq!(page.matches("name=\"form[slots][]\"").count(), 2, "what one has is not among them");
        ensure!(page.contains("à côté d’une candidature en cours"), "what is full says why: {page}");
        let act = "/api/applications/add-slots";
        let (status, page) = post(act, &add, format!("id={id}&form[slots][]={}", slots[2])).await?;
        ensure!(status == 422 && page.contains("id=\"acknowledged-erreur\""), "{status}: beside the field");
        let (status, _) = post(act, &add, format!("id={id}&form[slots][]={}&form[acknowledged]=yes", slots[2])).await?;
        assert_eq!((status, world.held(id).await?.len()), (303, 2));
    }
    Ok(())
}
