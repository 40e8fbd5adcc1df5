//! Waiting lists: nobody is passed over, no place is given twice, none stays free while somebody waits.

use anyhow::{Context, ensure};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::{ApplicationStatus, Applications},
    error::{AppError, Conflict, Problem},
    ids::{ApplicationId, MissionId},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use server::{
    applications::waiting::jobs,
    entity::{application_slot, mission, slot},
};
use uuid::Uuid;

use super::world::{Plan, World, at_once, choose, form, worlds};

impl World {
    async fn asks(&self, person: &Actor, mission: MissionId, slots: &[Uuid]) -> anyhow::Result<ApplicationStatus> {
        self.backend.apply(person, mission, form(slots)).await.context("an application")
    }

    /// The secret of the last link by which somebody answers.
    async fn secret(&self, name: &str) -> anyhow::Result<String> {
        let letter = self.letters(name).await?.into_iter().rfind(|letter| letter.kind == "place_offered");
        let text = letter.context("an offer")?.body_text;
        let (_, rest) = text.split_once("?cle=").context("a link")?;
        Ok(rest.chars().take_while(char::is_ascii_alphanumeric).collect())
    }

    async fn position(&self, person: &Actor) -> anyhow::Result<Option<u32>> {
        Ok(self.backend.mine(person).await?.live.first().context("an application")?.position)
    }

    async fn turn(&self) -> anyhow::Result<u64> {
        jobs::turn(&self.backend).await.map_err(|error| anyhow::anyhow!("{error:?}"))
    }
}

/// A mission of one place that Ada has, and for which Ben and Cléo wait.
async fn waited_for(world: &World) -> anyhow::Result<(MissionId, Vec<Uuid>, [Actor; 3], Vec<ApplicationId>)> {
    let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 1)])).await?;
    let people = [world.volunteer("ada").await?, world.volunteer("ben").await?, world.volunteer("cleo").await?];
    for person in &people {
        world.asks(person, mission, &slots).await?;
    }
    let ids = world.ids(mission).await?;
    Ok((mission, slots, people, ids))
}

#[tokio::test]
async fn a_place_that_comes_free_is_for_the_first_who_waits() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, [ada, ben, cleo], ids) = waited_for(&world).await?;
        assert_eq!(world.states(mission).await?, ["accepted", "waitlisted", "waitlisted"]);
        assert_eq!((world.position(&ben).await?, world.position(&cleo).await?), (Some(1), Some(2)));
        assert_eq!(world.mails("ben").await?, ["waiting_list_joined"]);
        world.backend.withdraw(&ada, ids[0]).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered", "waitlisted"]);
        assert_eq!(world.taken(slots[0]).await?, 1, "the place is held");
        let secret = world.secret("ben").await?;
        let visitor = Actor::default();
        let place = world.backend.offered(&visitor, ids[1], &secret).await?;
        assert_eq!(place.held_until, Some(world.now() + TimeDelta::hours(18)), "a quarter of what is left");
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered", "waitlisted"], "looking changes nothing");
        let answer = world.backend.answer_offer(&visitor, ids[1], &secret, true).await;
        assert_eq!(answer, Ok(ApplicationStatus::Accepted));
        assert_eq!(world.states(mission).await?, ["withdrawn", "accepted", "waitlisted"]);
        assert_eq!(world.mails("ben").await?, ["waiting_list_joined", "place_offered", "application_accepted"]);
        assert_eq!(world.taken(slots[0]).await?, 1);
        assert_eq!(world.position(&cleo).await?, Some(1));
        let again = world.backend.answer_offer(&visitor, ids[1], &secret, true).await;
        assert_eq!(again, Err(AppError::Conflict(Conflict::OfferOver)));
        assert_eq!(world.story(ids[1].0).await?, ["waitlisted", "offered", "accepted"]);
    }
    Ok(())
}

#[tokio::test]
async fn the_organisation_reads_what_became_of_a_place() -> anyhow::Result<()> {
    for world in worlds().await? {
        let told = async || {
            let letter =
                world.letters("admin").await?.into_iter().rfind(|letter| letter.kind == "application_withdrawn");
            anyhow::Ok(letter.context("an e-mail")?.body_text)
        };
        let (_, slots, [ada, ben, _], ids) = waited_for(&world).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        assert!(told().await?.contains("déjà proposée à la personne suivante"), "{}", told().await?);
        assert_eq!(world.taken(slots[0]).await?, 1);
        let (chosen, slots) = world.mission("Choisir", choose(&[(96, 3, 1)])).await?;
        world.asks(&ben, chosen, &slots).await?;
        world.backend.withdraw(&ben, world.ids(chosen).await?[0]).await?;
        assert!(told().await?.contains("aucune place n’était réservée"), "{}", told().await?);
        let (free, slots) = world.mission("Repas", at_once(&[(120, 3, 1)])).await?;
        world.asks(&ada, free, &slots).await?;
        world.backend.withdraw(&ada, world.ids(free).await?[0]).await?;
        assert!(told().await?.contains("de nouveau libre"), "{}", told().await?);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_else_sees_or_answers() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (_, _, [ada, ben, cleo], ids) = waited_for(&world).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        let secret = world.secret("ben").await?;
        for (who, key) in [(&Actor::default(), ""), (&cleo, ""), (&cleo, "x"), (&ben, "x")] {
            assert_eq!(world.backend.offered(who, ids[1], key).await.err(), Some(AppError::NotFound));
            assert_eq!(world.backend.answer_offer(who, ids[1], key, true).await, Err(AppError::NotFound));
        }
        assert_eq!(world.backend.offered(&cleo, ids[2], &secret).await.err(), Some(AppError::NotFound));
        world.backend.offered(&ben, ids[1], "").await?;
    }
    Ok(())
}

#[tokio::test]
async fn who_leaves_a_place_or_does_not_answer_makes_room_for_the_next() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, [ada, ben, cleo], ids) = waited_for(&world).await?;
        let dan = world.volunteer("dan").await?;
        world.asks(&dan, mission, &slots).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        assert_eq!(world.turn().await?, 0, "it holds");
        world.backend.clock.advance(TimeDelta::hours(18));
        assert_eq!(world.turn().await?, 1);
        assert_eq!(world.states(mission).await?, ["withdrawn", "expired", "offered", "waitlisted"]);
        assert_eq!(world.mails("ben").await?.last().map(String::as_str), Some("offer_expired"));
        let late = world.backend.answer_offer(&ben, ids[1], "", true).await;
        assert_eq!(late, Err(AppError::Conflict(Conflict::OfferOver)));
        let left = world.backend.answer_offer(&cleo, ids[2], "", false).await;
        assert_eq!(left, Ok(ApplicationStatus::Withdrawn));
        assert_eq!(world.states(mission).await?, ["withdrawn", "expired", "withdrawn", "offered"]);
        assert_eq!(world.taken(slots[0]).await?, 1);
        let id = world.ids(mission).await?[3];
        world.backend.withdraw(&dan, id).await?;
        assert_eq!(world.taken(slots[0]).await?, 0);
        assert_eq!(
            world.asks(&ben, mission, &slots).await?,
            ApplicationStatus::Accepted,
            "a free place is taken at once"
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_list_goes_first_until_the_slot_begins() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, [ada, ben, _], ids) = waited_for(&world).await?;
        let dan = world.volunteer("dan").await?;
        world.backend.clock.advance(TimeDelta::hours(71) + TimeDelta::minutes(40));
        world.backend.withdraw(&ada, ids[0]).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered", "waitlisted"]);
        let place = world.backend.offered(&ben, ids[1], "").await?;
        assert_eq!(place.held_until, Some(world.now() + TimeDelta::minutes(10)), "half of what is left");
        assert_eq!(world.asks(&dan, mission, &slots).await?, ApplicationStatus::Waitlisted, "behind Cléo");
        for (minutes, states) in [
            (10, ["withdrawn", "expired", "offered", "waitlisted"]),
            (5, ["withdrawn", "expired", "expired", "offered"]),
        ] {
            world.backend.clock.advance(TimeDelta::minutes(minutes));
            assert_eq!(world.turn().await?, 1);
            assert_eq!(world.states(mission).await?, states);
        }
        let id = world.ids(mission).await?[3];
        let place = world.backend.offered(&dan, id, "").await?;
        assert_eq!(place.held_until, Some(world.now() + TimeDelta::minutes(5)), "until it begins");
        assert_eq!(world.backend.answer_offer(&dan, id, "", true).await, Ok(ApplicationStatus::Accepted));
        assert_eq!(world.taken(slots[0]).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_list_ends_when_its_slot_begins() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, [ada, ben, _], ids) = waited_for(&world).await?;
        world.backend.clock.advance(TimeDelta::hours(72) - TimeDelta::minutes(3));
        world.backend.withdraw(&ada, ids[0]).await?;
        world.backend.clock.advance(TimeDelta::minutes(3));
        assert_eq!(world.turn().await?, 2, "an offer, and a wait");
        assert_eq!(world.states(mission).await?, ["withdrawn", "expired", "expired"]);
        assert_eq!(world.mails("ben").await?.last().map(String::as_str), Some("offer_expired"));
        assert_eq!(world.mails("cleo").await?.last().map(String::as_str), Some("waiting_list_over"));
        assert!(world.backend.mine(&ben).await?.live.is_empty());
        assert_eq!(world.taken(slots[0]).await?, 0);
    }
    Ok(())
}

#[tokio::test]
async fn full_and_free_slots_are_asked_for_apart() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Trois matinées", at_once(&[(48, 2, 1), (72, 2, 1), (96, 2, 9)])).await?;
        let (ada, ben, cleo) =
            (world.volunteer("ada").await?, world.volunteer("ben").await?, world.volunteer("cleo").await?);
        world.asks(&ada, mission, &slots[..2]).await?;
        let mixed = world.backend.apply(&ben, mission, form(&slots[1..])).await;
        assert_eq!(mixed, Err(AppError::field("slots", Problem::FullApart)));
        assert_eq!(world.asks(&ben, mission, &slots[..2]).await?, ApplicationStatus::Waitlisted);
        assert_eq!(world.asks(&cleo, mission, &slots[1..2]).await?, ApplicationStatus::Waitlisted);
        assert_eq!(world.position(&cleo).await?, Some(2));
        let ids = world.ids(mission).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        // Ben has one of the two; the other is Cléo's.
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered", "offered"]);
        let mine = world.backend.mine(&ben).await?.live.remove(0);
        assert_eq!(mine.slots.iter().map(|slot| slot.id).collect::<Vec<_>>(), [World::slot_id(slots[0])]);
    }
    Ok(())
}

#[tokio::test]
async fn where_the_organisation_chooses_those_who_came_first_are_answered_first() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&[(72, 3, 1)])).await?;
        let (ada, ben, cleo) =
            (world.volunteer("ada").await?, world.volunteer("ben").await?, world.volunteer("cleo").await?);
        world.asks(&ada, mission, &slots).await?;
        world.asks(&ben, mission, &slots).await?;
        let (admin, ids) = (world.of_organisation().await?, world.ids(mission).await?);
        world.backend.decide(&admin, mission, vec![ids[0]], true, String::new()).await?;
        world.asks(&cleo, mission, &slots).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "pending", "waitlisted"], "Ben waits for an answer");
        let dan = world.volunteer("dan").await?;
        assert_eq!(world.asks(&dan, mission, &slots).await?, ApplicationStatus::Waitlisted, "behind Cléo");
        world.backend.decide(&admin, mission, vec![ids[1]], false, "Une autre fois.".to_owned()).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "declined", "offered", "waitlisted"]);
        let id = world.ids(mission).await?[2];
        let answer = world.backend.answer_offer(&cleo, id, "", true).await;
        assert_eq!(answer, Ok(ApplicationStatus::Pending));
        assert_eq!(world.taken(slots[0]).await?, 0, "the organisation chooses");
        assert_eq!(world.states(mission).await?, ["withdrawn", "declined", "pending", "waitlisted"]);
    }
    Ok(())
}

#[tokio::test]
async fn who_cannot_come_keeps_their_turn() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, [ada, ben, _], ids) = waited_for(&world).await?;
        let (other, at_that_time) = world.mission("Au même moment", at_once(&[(73, 3, 1)])).await?;
        world.asks(&ben, other, &at_that_time).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "waitlisted", "offered"]);
        world.backend.withdraw(&ben, world.ids(other).await?[0]).await?;
        // Another place, as a new version brings it.
        let tx = world.backend.store.begin().await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        slot::Entity::update_many()
            .col_expr(slot::Column::Places, Expr::value(2))
            .filter(slot::Column::Id.eq(slots[0]))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        assert_eq!(world.turn().await?, 1);
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered", "offered"]);
    }
    Ok(())
}

impl World {
    async fn set_status(&self, mission: MissionId, status: &str) -> anyhow::Result<()> {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        mission::Entity::update_many()
            .col_expr(mission::Column::Status, Expr::value(status))
            .filter(mission::Column::Id.eq(mission.0))
            .exec(&tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

#[tokio::test]
async fn who_waited_while_a_mission_was_suspended_goes_first() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots, [ada, _, _], ids) = waited_for(&world).await?;
        world.set_status(mission, "suspended").await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "waitlisted", "waitlisted"], "nobody comes now");
        world.set_status(mission, "published").await?;
        let dan = world.volunteer("dan").await?;
        assert_eq!(world.asks(&dan, mission, &slots).await?, ApplicationStatus::Waitlisted);
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered", "waitlisted", "waitlisted"]);
    }
    Ok(())
}

#[tokio::test]
async fn an_offer_waits_for_a_mission_that_is_suspended() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, _, [ada, ben, _], ids) = waited_for(&world).await?;
        world.backend.withdraw(&ada, ids[0]).await?;
        world.set_status(mission, "suspended").await?;
        assert!(world.backend.offered(&ben, ids[1], "").await?.paused);
        let early = world.backend.answer_offer(&ben, ids[1], "", true).await;
        assert_eq!(early, Err(AppError::Conflict(Conflict::MissionClosed)));
        world.backend.clock.advance(TimeDelta::hours(20));
        assert_eq!(world.turn().await?, 0);
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered", "waitlisted"], "the turn is not lost");
        world.set_status(mission, "published").await?;
        assert!(!world.backend.offered(&ben, ids[1], "").await?.paused);
        let answer = world.backend.answer_offer(&ben, ids[1], "", true).await;
        assert_eq!(answer, Ok(ApplicationStatus::Accepted));
    }
    Ok(())
}

#[tokio::test]
async fn a_minor_keeps_their_turn_until_a_guardian_consents() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", Plan { minors: true, ..at_once(&[(72, 3, 1)]) }).await?;
        let ada = world.volunteer("ada").await?;
        let young = world.actor(world.person("young", Some("2009-06-01")).await?).await?;
        let ben = world.volunteer("ben").await?;
        world.asks(&ada, mission, &slots).await?;
        world.asks_with_guardian("young", &young, mission, &slots).await?;
        world.asks(&ben, mission, &slots).await?;
        world.backend.withdraw(&ada, world.ids(mission).await?[0]).await?;
        assert_eq!(world.states(mission).await?, ["withdrawn", "waitlisted", "offered"]);
    }
    Ok(())
}

/// Slots in common, in other orders, while people leave and come: nobody waits in a circle.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lists_move_side_by_side() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Trois", at_once(&[(200, 2, 2), (300, 2, 2), (400, 2, 2)])).await?;
        let mut people = Vec::new();
        for number in 0..14 {
            people.push(world.volunteer(&format!("p{number}")).await?);
        }
        for pair in people[..2].iter() {
            world.asks(pair, mission, &slots).await?;
        }
        for (number, person) in people[2..].iter().enumerate() {
            world.asks(person, mission, &[slots[number % 3], slots[(number + 1) % 3]]).await?;
        }
        let ids = world.ids(mission).await?;
        let mut acts = tokio::task::JoinSet::new();
        for (number, person) in people.iter().enumerate().filter(|(number, _)| number % 4 < 2) {
            let (backend, person, id) = (world.backend.clone(), person.clone(), ids[number]);
            acts.spawn(async move { backend.withdraw(&person, id).await });
        }
        for _ in 0..2 {
            let backend = world.backend.clone();
            acts.spawn(async move { jobs::turn(&backend).await.map(drop).map_err(|_| AppError::Unavailable) });
        }
        while let Some(answer) = acts.join_next().await {
            answer?.with_context(|| format!("{:?}: nobody waits in a circle", world.engine()))?;
        }
        world.turn().await?;
        let waiting = world.applications(mission).await?.into_iter().filter(|row| row.status == "waitlisted");
        let waiting: Vec<Uuid> = waiting.map(|row| row.id).collect();
        for slot in slots {
            let named = application_slot::Entity::find()
                .filter(application_slot::Column::SlotId.eq(slot))
                .filter(application_slot::Column::ApplicationId.is_in(waiting.clone()))
                .count(world.backend.store.read())
                .await?;
            let taken = world.taken(slot).await?;
            assert!(taken == 2 || named == 0, "{:?}: {taken} taken while {named} wait", world.engine());
        }
    }
    Ok(())
}

/// A generator of always the same numbers (G. Marsaglia, «Xorshift RNGs», 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % 1_000_003).unwrap_or_default() % most
    }
}

/// Whatever is done in whatever order: places are held by as many as there are, none is free while somebody waits, and those
/// who are offered one are those who waited longest.
#[tokio::test]
async fn whatever_happens_the_list_is_fair() -> anyhow::Result<()> {
    for world in worlds().await? {
        for seed in [7, 1830, 90_210] {
            let mut dice = Dice(seed);
            let (mission, slots) = world.mission(&format!("Au hasard {seed}"), at_once(&[(2000, 3, 3)])).await?;
            let mut people = Vec::new();
            for number in 0..9 {
                people.push(world.volunteer(&format!("p{seed}-{number}")).await?);
            }
            for step in 0..60 {
                let before = world.applications(mission).await?;
                let queue: Vec<Uuid> =
                    before.iter().filter(|row| row.status == "waitlisted").map(|row| row.id).collect();
                let person = &people[dice.below(people.len())];
                let mine = before.iter().rfind(|row| Some(row.volunteer_id) == person.account.map(|id| id.0));
                let act = dice.below(6);
                let done = match (act, mine) {
                    (0, _) => {
                        world.backend.clock.advance(TimeDelta::hours(7));
                        world.turn().await.map(drop)
                    }
                    (1 | 2, Some(row)) if row.status == "offered" => {
                        let id = ApplicationId(row.id);
                        world.backend.answer_offer(person, id, "", act == 1).await.map(drop).map_err(Into::into)
                    }
                    (3, Some(row)) if ["accepted", "waitlisted", "offered"].contains(&row.status.as_str()) => {
                        world.backend.withdraw(person, ApplicationId(row.id)).await.map_err(Into::into)
                    }
                    _ => world.asks(person, mission, &slots).await.map(drop),
                };
                let after = world.applications(mission).await?;
                fair(&queue, &after).with_context(|| format!("{:?} {seed} {step} {act} {done:?}", world.engine()))?;
                let held = after.iter().filter(|row| ["accepted", "offered"].contains(&row.status.as_str())).count();
                ensure!(i32::try_from(held)? == world.taken(slots[0]).await?, "{seed} {step}: {held} hold a place");
            }
        }
    }
    Ok(())
}

fn fair(queue: &[Uuid], after: &[server::entity::application::Model]) -> anyhow::Result<()> {
    let status = |id: &Uuid| after.iter().find(|row| row.id == *id).map(|row| row.status.clone()).unwrap_or_default();
    // Whoever left the list themselves made way.
    let stayed: Vec<String> =
        queue.iter().map(status).filter(|status| ["waitlisted", "offered"].contains(&status.as_str())).collect();
    let first = stayed.iter().take_while(|status| *status == "offered").count();
    ensure!(stayed[first..].iter().all(|status| status == "waitlisted"), "passed over: {stayed:?}");
    let count = |names: &[&str]| after.iter().filter(|row| names.contains(&row.status.as_str())).count();
    let (held, waits) = (count(&["accepted", "offered"]), count(&["waitlisted"]));
    ensure!(held <= 3 && (waits == 0 || held == 3), "{held} hold a place while {waits} wait");
    Ok(())
}
