//! What measures forbid while they hold: applications, answers, green lights.

use chrono::TimeDelta;
use domain::{
    applications::{ApplicationForm, ApplicationStatus, Applications},
    crisis::{Crisis, MeasuresForm},
    error::{AppError, Conflict, FieldErrors, Problem},
    missions::Missions,
    reviews::{Decision, Finding, Reviews},
};
use server::entity::mission;
use uuid::Uuid;

use super::world::{TOWN, form};
use crate::{
    applications::world::{World, at_once, choose, form as application, worlds},
    reviews::world as reviews,
};

/// An application by somebody who has read what the page shows now.
async fn read(w: &World, mission: domain::ids::MissionId, slots: &[Uuid]) -> anyhow::Result<ApplicationForm> {
    let page = Missions::page(&w.backend, &w.volunteer(&Uuid::now_v7().to_string()).await?, mission).await?;
    Ok(ApplicationForm { reading: page.reading, ..application(slots) })
}

#[tokio::test]
async fn at_seventy_on_the_day_one_helps_from_home() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        // Now is 23 November; the second slot is on the 26th, the third after the measures.
        let (food, slots) = w.mission("Colis", at_once(&[(24, 3, 5), (72, 3, 5), (24 * 40, 3, 5)])).await?;
        let (calls, from_home) = w.mission("Appels", at_once(&[(72, 3, 5)])).await?;
        w.change(calls, mission::Column::Remote, true).await?;
        w.switched(&ana, TOWN, form()).await?;
        let birthday = w.actor(w.person("rene", Some("1956-11-26")).await?).await?;
        let refused = Err(AppError::field("slots", Problem::CrisisRemoteOnly { age: 70 }));
        let form = read(&w, food, &slots[1..2]).await?;
        assert_eq!(w.backend.apply(&birthday, food, form).await, refused);
        assert!(w.applications(food).await?.is_empty(), "nothing is kept");
        let form = read(&w, food, &slots[..1]).await?;
        assert_eq!(w.backend.apply(&birthday, food, form).await?, ApplicationStatus::Accepted, "69 on that day");
        let form = read(&w, calls, &from_home).await?;
        assert_eq!(w.backend.apply(&birthday, calls, form).await?, ApplicationStatus::Accepted, "from home");
        let other = w.actor(w.person("lucie", Some("1940-01-01")).await?).await?;
        let form = read(&w, food, &slots[2..]).await?;
        assert_eq!(w.backend.apply(&other, food, form).await?, ApplicationStatus::Accepted, "after the measures");
    }
    Ok(())
}

#[tokio::test]
async fn an_organisation_cannot_accept_against_them() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, admin) = (w.coordinator("ana").await?, w.of_organisation().await?);
        let (food, slots) = w.mission("Colis", choose(&[(72, 3, 5)])).await?;
        let (small, few) = w.mission("Tri", choose(&[(96, 3, 5)])).await?;
        let senior = w.actor(w.person("rene", Some("1950-01-01")).await?).await?;
        w.backend.apply(&senior, food, application(&slots)).await?;
        for name in ["lea", "max"] {
            w.backend.apply(&w.volunteer(name).await?, small, application(&few)).await?;
        }
        w.switched(&ana, TOWN, MeasuresForm { largest_group: "1".to_owned(), ..form() }).await?;
        let answers = w.backend.of_mission(&admin, w.organisation.into(), food).await?;
        assert!(answers.applicants[0].kept_home && !answers.applicants[0].unacknowledged, "not counted on yet");
        let ids = w.ids(food).await?;
        let answer = Applications::decide(&w.backend, &admin, food, ids.clone(), true, String::new()).await?;
        assert_eq!((answer.done, answer.forbidden), (0, 1));
        let answer = Applications::decide(&w.backend, &admin, small, w.ids(small).await?, true, String::new()).await?;
        assert_eq!((answer.done, answer.forbidden), (1, 1), "one person together");
        assert_eq!(w.taken(few[0]).await?, 1);
        let answer = Applications::decide(&w.backend, &admin, food, ids, false, "À bientôt.".to_owned()).await?;
        assert_eq!(answer.done, 1, "no can be said");
    }
    Ok(())
}

#[tokio::test]
async fn a_group_stays_below_its_limit_whoever_presses_at_once() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (food, slots) = w.mission("Colis", at_once(&[(72, 3, 20)])).await?;
        w.switched(&ana, TOWN, MeasuresForm { largest_group: "3".to_owned(), ..form() }).await?;
        let sent = read(&w, food, &slots).await?;
        let mut people = Vec::new();
        for number in 0..8 {
            people.push(w.volunteer(&format!("p{number}")).await?);
        }
        let pressed = people.iter().map(|person| w.backend.apply(person, food, sent.clone()));
        let answers = futures(pressed).await;
        let accepted = answers.iter().filter(|answer| **answer == Ok(ApplicationStatus::Accepted)).count();
        let listed = answers.iter().filter(|answer| **answer == Ok(ApplicationStatus::Waitlisted)).count();
        assert_eq!((accepted, listed), (3, 5), "{answers:?}");
        assert_eq!(w.taken(slots[0]).await?, 3);
        let late = w.backend.apply(&w.volunteer("late").await?, food, sent).await;
        assert_eq!(late, Ok(ApplicationStatus::Waitlisted), "there is a list for the places that measures leave");
    }
    Ok(())
}

async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut answers = Vec::new();
    let mut set: Vec<_> = all.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        set.retain_mut(|one| match one.as_mut().poll(context) {
            std::task::Poll::Ready(answer) => {
                answers.push(answer);
                false
            }
            std::task::Poll::Pending => true,
        });
        if set.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    answers
}

#[tokio::test]
async fn before_the_server_notices_their_first_day_they_hold() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (sport, slots) = w.of_domain("Tournoi", "sport", at_once(&[(24 * 5, 3, 5)])).await?;
        let ahead = MeasuresForm { first_day: "2026-11-25".to_owned(), ..form() };
        w.switched(&ana, TOWN, ahead).await?;
        let person = w.volunteer("camille").await?;
        w.backend.clock.advance(TimeDelta::days(3));
        assert_eq!(w.stands(sport).await?, "published", "no round of the server yet");
        let refused = w.backend.apply(&person, sport, application(&slots)).await;
        assert_eq!(refused, Err(Conflict::CrisisDomain.into()));
    }
    Ok(())
}

/// Measures of the town of the reviews' world.
async fn measures(w: &reviews::World, form: MeasuresForm) -> anyhow::Result<()> {
    let ana = w.actor(w.ana).await?;
    let id = w.backend.save(&ana, TOWN, None, form).await?;
    let seen = Crisis::page(&w.backend, &ana, TOWN, id).await?.seen;
    w.backend.switch_on(&ana, TOWN, id, &seen).await?;
    Ok(())
}

#[tokio::test]
async fn no_green_light_outside_the_allowed_domains() -> anyhow::Result<()> {
    for w in reviews::worlds().await? {
        let ana = w.actor(w.ana).await?;
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let items = async || anyhow::Ok(w.backend.file(&ana, TOWN, review).await?.checklist);
        assert!(items().await?.iter().all(|line| !line.code.starts_with("crisis-")), "in ordinary times");
        w.backend.take(&ana, review, None).await?;
        w.tick(w.ana, review).await?;
        measures(&w, MeasuresForm { domains: vec!["childcare".to_owned()], ..form() }).await?;
        let file = w.backend.file(&ana, TOWN, review).await?;
        assert!(file.crisis.hold && file.crisis.forbidden);
        let asked: Vec<_> = file.checklist.iter().take(3).map(|line| line.code.as_str()).collect();
        assert_eq!(asked, ["crisis-domain", "crisis-gestures", "crisis-group"]);
        assert_eq!(file.checklist[0].finding, Some(Finding::DomainForbidden));
        w.tick(w.ana, review).await?;
        let refused = Reviews::decide(&w.backend, &ana, review, Decision::Approve, String::new()).await;
        assert_eq!(refused, Err(Conflict::CrisisDomain.into()));
        assert_eq!(w.mission(mission).await?.status, "submitted");
        let id = Crisis::list(&w.backend, &ana, TOWN).await?.own[0].id;
        w.backend.lift(&ana, TOWN, id).await?;
        Reviews::decide(&w.backend, &ana, review, Decision::Approve, String::new()).await?;
        assert_eq!(w.mission(mission).await?.status, "published");
    }
    Ok(())
}

#[tokio::test]
async fn crisis_items_are_answered_before_a_green_light() -> anyhow::Result<()> {
    for w in reviews::worlds().await? {
        let ana = w.actor(w.ana).await?;
        let (_, review) = w.submitted("Distribuer des colis").await?;
        w.backend.take(&ana, review, None).await?;
        w.tick(w.ana, review).await?;
        measures(&w, form()).await?;
        let approve = || Reviews::decide(&w.backend, &ana, review, Decision::Approve, String::new());
        assert_eq!(approve().await, Err(Conflict::ChecklistIncomplete.into()));
        w.tick(w.ana, review).await?;
        approve().await?;
    }
    Ok(())
}

#[tokio::test]
async fn slots_above_the_largest_group_are_not_sent_nor_published() -> anyhow::Result<()> {
    for w in reviews::worlds().await? {
        let (ana, admin) = (w.actor(w.ana).await?, w.actor(w.admin).await?);
        let (_, before) = w.submitted("Distribuer des colis").await?;
        measures(&w, MeasuresForm { largest_group: "3".to_owned(), ..form() }).await?;
        let draft = w.draft("Trier des vêtements", w.admin).await?;
        let problem = FieldErrors::one("slots.0.places", Problem::CrisisGroup { most: 3 });
        assert_eq!(w.backend.editor(&admin, draft).await?.missing, problem, "told before it is sent");
        assert_eq!(Missions::submit(&w.backend, &admin, draft).await, Err(AppError::Invalid(problem)));
        let file = w.backend.file(&ana, TOWN, before).await?;
        assert_eq!((file.crisis.above, &file.checklist[2].finding), (Some(3), &Some(Finding::Group(4, 3))));
        w.backend.take(&ana, before, None).await?;
        w.tick(w.ana, before).await?;
        let refused = Reviews::decide(&w.backend, &ana, before, Decision::Approve, String::new()).await;
        assert_eq!(refused, Err(Conflict::CrisisGroup.into()));
    }
    Ok(())
}
