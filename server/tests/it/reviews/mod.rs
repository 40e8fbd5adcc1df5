//! Reviews, from the submission to the decision.

mod anew;
mod asked;
mod due;
mod findings;
mod items;
mod join;
mod join_answers;
mod join_later;
pub mod pages;
mod partners;
mod requests;
mod seen;
mod signs;
mod since;
mod together;
mod topics;
mod verdicts;
pub mod world;

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    error::{AppError, Conflict, Problem},
    ids::AccountId,
    missions::{Missions, TextStep, VersionStatus},
    reviews::{
        Change, ChecklistAnswer, Decision, FieldChange, Piece, QueueAsk, QueueTab, Reason, ReviewStatus, Reviews,
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::{
    entity::{municipality, organisation},
    missions::jobs,
};
use uuid::Uuid;

use world::{INSEE, World, begin, worlds};

const fn conflict<T>(conflict: Conflict) -> Result<T, AppError> {
    Err(AppError::Conflict(conflict))
}

#[tokio::test]
async fn a_green_light_publishes_what_was_reviewed() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let ana = w.actor(w.ana).await?;
        let row = w.review(review).await?;
        assert_eq!(row.due_at, w.now() + chrono::TimeDelta::hours(48));
        assert_eq!(w.mails("ana").await?, ["mission_to_review"]);

        let approve = || w.backend.decide(&ana, review, Decision::Approve, String::new());
        assert_eq!(approve().await, conflict(Conflict::TakeItFirst));
        w.backend.take(&ana, review, None).await?;
        assert_eq!(approve().await, conflict(Conflict::ChecklistIncomplete));
        w.tick(w.ana, review).await?;
        approve().await?;
        assert_eq!(approve().await, conflict(Conflict::NotInThisState));

        let row = w.mission(mission).await?;
        assert_eq!((row.status.as_str(), row.working_version_id), ("published", None));
        assert!(row.published_version_id.is_some() && row.published_at.is_some());
        let states: Vec<String> = w.steps("review", review.0).await?.into_iter().map(|step| step.0).collect();
        assert_eq!(states, ["waiting", "in_review", "checklist_saved", "green_light"]);
        let states: Vec<String> = w.steps("mission", mission.0).await?.into_iter().map(|step| step.0).collect();
        assert_eq!(states, ["submitted", "published"]);
        assert_eq!(w.mails("admin").await?, ["mission_submitted", "mission_green_light"]);
        let file = w.backend.file(&ana, INSEE, review).await?;
        assert!(file.since.is_none() && file.history.len() == 5);
    }
    Ok(())
}

#[tokio::test]
async fn two_coordinators_never_both_decide() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        w.tick(w.ana, review).await?;
        let (ana, bob) = (w.actor(w.ana).await?, w.actor(w.bob).await?);
        assert_eq!(w.backend.answer(&bob, review, Vec::new(), false).await, conflict(Conflict::TakenByAnother));
        assert_eq!(w.backend.release(&bob, review).await, conflict(Conflict::TakenByAnother));
        let reason = || "Une bonne raison".to_owned();
        let twice = tokio::join!(
            w.backend.decide(&ana, review, Decision::Approve, String::new()),
            w.backend.decide(&ana, review, Decision::Refuse, reason()),
            async {
                w.backend.take(&bob, review, Some(AccountId(w.ana))).await?;
                w.backend.decide(&bob, review, Decision::RequestChanges, reason()).await
            },
        );
        let decided = [twice.0, twice.1, twice.2].into_iter().filter(Result::is_ok).count();
        assert_eq!(decided, 1);
        let ends = w
            .steps("review", review.0)
            .await?
            .into_iter()
            .filter(|step| matches!(step.0.as_str(), "green_light" | "refused" | "changes_requested"));
        assert_eq!(ends.count(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn changes_send_the_mission_back_and_again() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let bob = w.actor(w.bob).await?;
        w.backend.take(&bob, review, None).await?;
        let decide = |reason: &str| w.backend.decide(&bob, review, Decision::RequestChanges, reason.to_owned());
        let too_short = AppError::field("reason", Problem::TooShort { min: 5 });
        assert_eq!(decide("non").await, Err(too_short));
        assert_eq!(decide(" ").await, Err(AppError::field("reason", Problem::ReasonRequired)));
        decide("Précisez le lieu").await?;
        assert_eq!(w.mission(mission).await?.status, "changes_requested");
        assert_eq!(w.titles(w.ana, QueueTab::ChangesRequested).await?, ["Distribuer des colis"]);
        assert!(w.titles(w.ana, QueueTab::Open).await?.is_empty());

        w.backend.clock.advance(chrono::TimeDelta::hours(1));
        let again = w.submit(mission).await?;
        assert_ne!(again, review);
        assert!(w.titles(w.ana, QueueTab::ChangesRequested).await?.is_empty());
        w.backend.clock.advance(chrono::TimeDelta::hours(49));
        let queue = w.backend.queue(&w.actor(w.ana).await?, INSEE, QueueAsk::of(QueueTab::Overdue)).await?;
        assert_eq!(queue.counts, [1, 1, 0, 1, 0, 0]);
        w.backend.take(&w.actor(w.ana).await?, again, None).await?;
        assert_eq!(w.titles(w.ana, QueueTab::Mine).await?.len(), 1);
        w.backend.take(&bob, again, Some(AccountId(w.ana))).await?;
        assert!(w.titles(w.ana, QueueTab::Mine).await?.is_empty());
        w.backend.decide(&bob, again, Decision::Refuse, "Trop dangereux".to_owned()).await?;
        assert_eq!(w.mission(mission).await?.status, "refused");
        assert_eq!(w.titles(w.ana, QueueTab::Done).await?.len(), 1);
        let mails = w.mails("admin").await?;
        assert_eq!(mails, ["mission_submitted", "mission_changes", "mission_submitted", "mission_refused"]);
    }
    Ok(())
}

#[tokio::test]
async fn what_was_sent_back_stays_as_it_was_read_and_the_next_one_is_read_beside_it() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let (bob, admin) = (w.actor(w.bob).await?, w.actor(w.admin).await?);
        w.backend.take(&bob, review, None).await?;
        w.backend.decide(&bob, review, Decision::RequestChanges, "Précisez le titre".to_owned()).await?;
        let content = w.content("Distribuer des repas chauds");
        let step = TextStep {
            domain: "food-aid".to_owned(),
            title: content.title,
            goal: content.goal,
            description: content.description,
        };
        w.backend.save_text(&admin, mission, step).await?;
        let editor = w.backend.editor(&admin, mission).await?;
        assert_eq!(editor.decision_reason.as_deref(), Some("Précisez le titre"), "still there while they answer it");
        let again = w.submit(mission).await?;
        assert_eq!(w.backend.editor(&admin, mission).await?.decision_reason, None);
        let file = w.backend.file(&bob, INSEE, again).await?;
        let since = file.since.context("the version that was sent back")?;
        assert_eq!((file.version, since.version, since.online), (2, 1, false));
        let words = vec![
            Piece::Same("Distribuer des ".to_owned()),
            Piece::Removed("colis".to_owned()),
            Piece::Added("repas chauds".to_owned()),
        ];
        assert_eq!(since.changed, [FieldChange { field: "title".to_owned(), change: Change::Words(words) }]);
        assert_eq!(w.backend.file(&bob, INSEE, review).await?.mission.title, "Distribuer des colis");
    }
    Ok(())
}

#[tokio::test]
async fn a_later_version_leaves_the_mission_online() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let (ana, admin) = (w.actor(w.ana).await?, w.actor(w.admin).await?);
        w.tick(w.ana, review).await?;
        w.backend.decide(&ana, review, Decision::Approve, String::new()).await?;
        let content = w.content("Distribuer des repas chauds");
        let step = || TextStep {
            domain: "food-aid".to_owned(),
            title: content.title.clone(),
            goal: content.goal.clone(),
            description: content.description.clone(),
        };
        w.backend.save_text(&admin, mission, step()).await?;
        let second = w.submit(mission).await?;
        let file = w.backend.file(&ana, INSEE, second).await?;
        let since = file.since.context("the version online")?;
        assert_eq!((file.version, since.version, since.online), (2, 1, true));
        let changed: Vec<&str> = since.changed.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(changed, ["title"]);
        assert_eq!(since.page.title, "Distribuer des colis");
        w.backend.take(&ana, second, None).await?;
        w.backend.decide(&ana, second, Decision::Refuse, "Pas de cuisine".to_owned()).await?;
        let row = w.mission(mission).await?;
        assert_eq!((row.status.as_str(), row.title.as_str()), ("published", "Distribuer des colis"));

        w.backend.save_text(&admin, mission, step()).await?;
        let third = w.submit(mission).await?;
        w.tick(w.bob, third).await?;
        w.backend.decide(&w.actor(w.bob).await?, third, Decision::Approve, String::new()).await?;
        let row = w.mission(mission).await?;
        assert_eq!((row.status.as_str(), row.title.as_str()), ("published", "Distribuer des repas chauds"));
    }
    Ok(())
}

#[tokio::test]
async fn nobody_reviews_their_own() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.grant(w.ana, "organisation_admin", None, Some(w.organisation)).await?;
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let ana = w.actor(w.ana).await?;
        w.tick(w.ana, review).await?;
        assert!(w.backend.file(&ana, INSEE, review).await?.four_eyes);
        let approve = || w.backend.decide(&ana, review, Decision::Approve, String::new());
        assert_eq!(approve().await, conflict(Conflict::FourEyes));
        let tx = begin(&w.backend.store).await?;
        municipality::ActiveModel { id: Set(w.town), self_review_allowed: Set(true), ..Default::default() }
            .update(&tx)
            .await?;
        tx.commit().await?;
        assert!(!w.backend.file(&ana, INSEE, review).await?.four_eyes);
        approve().await?;
        let steps = w.steps("review", review.0).await?.into_iter().filter(|step| step.0 != "checklist_saved");
        let said = steps.filter_map(|step| step.1).collect::<Vec<_>>();
        assert_eq!(said, ["relecture par l’auteur autorisée par la commune"]);
    }
    Ok(())
}

#[tokio::test]
async fn no_green_light_for_a_suspended_organisation() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        w.tick(w.ana, review).await?;
        let tx = begin(&w.backend.store).await?;
        organisation::ActiveModel {
            id: Set(w.organisation),
            status: Set("suspended".to_owned()),
            ..Default::default()
        }
        .update(&tx)
        .await?;
        tx.commit().await?;
        let ana = w.actor(w.ana).await?;
        let decided = w.backend.decide(&ana, review, Decision::Approve, String::new()).await;
        assert_eq!(decided, conflict(Conflict::OrganisationNotApproved));
    }
    Ok(())
}

#[tokio::test]
async fn another_town_sees_nothing_and_the_network_only_reads() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let other = Uuid::now_v7();
        w.add_town(other, "13055").await?;
        let (stranger, network) = (w.person("stranger").await?, w.person("network").await?);
        w.grant(stranger, "coordinator", Some(other), None).await?;
        w.grant(network, "network_admin", None, None).await?;
        let (stranger, network) = (w.actor(stranger).await?, w.actor(network).await?);
        assert_eq!(w.backend.queue(&stranger, INSEE, QueueAsk::default()).await.err(), Some(AppError::NotFound));
        assert_eq!(w.backend.file(&stranger, INSEE, review).await.err(), Some(AppError::NotFound));
        assert_eq!(w.backend.file(&stranger, "13055", review).await.err(), Some(AppError::NotFound));
        for who in [&stranger, &network] {
            assert_eq!(w.backend.take(who, review, None).await, Err(AppError::NotFound));
            assert_eq!(w.backend.release(who, review).await, Err(AppError::NotFound));
            assert_eq!(w.backend.answer(who, review, Vec::new(), false).await, Err(AppError::NotFound));
            assert_eq!(
                Reviews::write(&w.backend, who, review, "Bonjour".to_owned(), None).await,
                Err(AppError::NotFound)
            );
            let refused = w.backend.decide(who, review, Decision::Refuse, "Une raison".to_owned()).await;
            assert_eq!(refused, Err(AppError::NotFound));
        }
        let file = w.backend.file(&network, INSEE, review).await?;
        assert!(!file.may_act && !file.mine);
    }
    Ok(())
}

#[tokio::test]
async fn answers_notes_messages_and_duplicates() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, first) = w.submitted("Distribuer des colis").await?;
        let (_, second) = w.submitted("Distribuer les colis").await?;
        let ana = w.actor(w.ana).await?;
        let line = |code: &str, answer: &str| ChecklistAnswer {
            code: code.to_owned(),
            answer: answer.to_owned(),
            note: "Vu sur place".to_owned(),
            ..ChecklistAnswer::default()
        };
        let wrong = w.backend.answer(&ana, first, vec![line("nothing", "yes")], false).await;
        assert_eq!(wrong, Err(AppError::field("answers.0.answer", Problem::NotAChoice)));
        w.backend.answer(&ana, first, vec![line("feasible", "no")], false).await?;
        let again = ChecklistAnswer { was: "no".into(), was_note: "Vu sur place".into(), ..line("feasible", "yes") };
        assert_eq!(w.backend.answer(&ana, first, vec![again], false).await?, 0);
        Reviews::write(&w.backend, &ana, first, "Où aura lieu la distribution ?".to_owned(), None).await?;
        let file = w.backend.file(&ana, INSEE, first).await?;
        assert!(file.mine && file.next == Some(second));
        let feasible = file.checklist.iter().find(|line| line.code == "feasible");
        assert_eq!(feasible.map(|line| line.answer.as_str()), Some("yes"));
        assert_eq!(file.thread.len(), 1);
        assert_eq!(file.duplicates.len(), 1);
        assert!(file.duplicates.iter().all(|other| other.score > 80 && other.reasons.contains(&Reason::SameHelp)));
        assert!(w.mails("admin").await?.contains(&"thread_message".to_owned()));
        w.backend.release(&ana, first).await?;
        assert_eq!(w.review(first).await?.status, "waiting");
    }
    Ok(())
}

/// The page that is refused still shows what was there before.
#[tokio::test]
async fn an_answer_is_mended_after_a_refused_green_light() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let ana = w.actor(w.ana).await?;
        let file = w.backend.file(&ana, INSEE, review).await?;
        let all = |feasible: &str| -> Vec<ChecklistAnswer> {
            let answer = |code: &str| if code == "feasible" { feasible } else { "yes" };
            let line = |code: &String| ChecklistAnswer {
                answer: answer(code).to_owned(),
                code: code.clone(),
                ..ChecklistAnswer::default()
            };
            file.checklist.iter().map(|item| line(&item.code)).collect()
        };
        let refused = w.backend.answer(&ana, review, all("no"), true).await;
        assert_eq!(refused, conflict(Conflict::ChecklistIncomplete));
        assert_eq!(w.backend.answer(&ana, review, all("yes"), true).await, Ok(0));
        assert_eq!(w.review(review).await?.status, "green_light");
    }
    Ok(())
}

/// A page that was opened before a colleague took the file, answered and gave it back.
#[tokio::test]
async fn an_old_page_wipes_out_no_colleagues_answers() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let (ana, bob) = (w.actor(w.ana).await?, w.actor(w.bob).await?);
        let line = |code: &str, answer: &str, note: &str| ChecklistAnswer {
            code: code.to_owned(),
            answer: answer.to_owned(),
            note: note.to_owned(),
            ..ChecklistAnswer::default()
        };
        let theirs = vec![line("feasible", "no", "Assurance absente"), line("useful", "yes", "")];
        assert_eq!(w.backend.answer(&bob, review, theirs, false).await?, 0);
        w.backend.release(&bob, review).await?;
        let old = vec![line("feasible", "yes", ""), line("useful", "", ""), line("safe", "yes", "")];
        assert_eq!(w.backend.answer(&ana, review, old, true).await?, 1, "no green light either");
        let file = w.backend.file(&ana, INSEE, review).await?;
        let kept = |code: &str| {
            let line = file.checklist.iter().find(|line| line.code == code);
            line.map(|line| (line.answer.as_str(), line.note.as_str())).unwrap_or_default()
        };
        assert_eq!(kept("feasible"), ("no", "Assurance absente"));
        assert_eq!((kept("useful"), kept("safe")), (("yes", ""), ("yes", "")));
        assert_eq!(file.history.iter().filter(|line| line.to == "checklist_saved").count(), 2);
        assert!(file.status == ReviewStatus::InReview && file.mine);
    }
    Ok(())
}

#[tokio::test]
async fn a_mission_given_up_leaves_nothing_to_decide() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        w.backend.cancel(&w.actor(w.admin).await?, mission, "Plus de local".to_owned()).await?;
        let row = w.review(review).await?;
        assert_eq!((row.status.as_str(), row.decided_by), ("refused", None));
        assert!(w.titles(w.ana, QueueTab::Open).await?.is_empty());
        let taken = w.backend.take(&w.actor(w.ana).await?, review, None).await;
        assert_eq!(taken, conflict(Conflict::NotInThisState));
    }
    Ok(())
}

/// How many missions close by themselves now.
async fn closed(w: &World) -> anyhow::Result<usize> {
    jobs::close_ended(&w.backend).await.map_err(|error| anyhow::anyhow!("{error:?}"))
}

#[tokio::test]
async fn a_mission_stays_online_while_more_slots_are_read() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, other) = (w.online("Distribuer des colis").await?, w.online("Porter des repas").await?);
        let review = w.extended(mission, 20).await?;
        let late = w.extended(other, 9).await?;
        w.backend.clock.advance(TimeDelta::days(9) + TimeDelta::hours(4));
        assert_eq!(closed(&w).await?, 0, "both have slots to come that are being read");
        w.backend.clock.advance(TimeDelta::days(9));
        assert_eq!(closed(&w).await?, 1);
        assert_eq!(w.mission(other).await?.status, "closed");
        let row = w.review(late).await?;
        assert_eq!((row.status.as_str(), row.decided_by), ("refused", None), "its slots passed unread");
        assert_eq!(w.titles(w.ana, QueueTab::Open).await?, ["Distribuer des colis"]);
        w.tick(w.bob, review).await?;
        w.backend.decide(&w.actor(w.bob).await?, review, Decision::Approve, String::new()).await?;
        assert_eq!(closed(&w).await?, 0, "it goes on");
        assert_eq!(w.mission(mission).await?.status, "published");
        w.backend.clock.advance(TimeDelta::days(12));
        assert_eq!(closed(&w).await?, 1);
        assert_eq!(w.mission(mission).await?.status, "closed");
    }
    Ok(())
}

#[tokio::test]
async fn a_mission_closed_early_leaves_nothing_to_decide() -> anyhow::Result<()> {
    for w in worlds().await? {
        let mission = w.online("Distribuer des colis").await?;
        let review = w.extended(mission, 20).await?;
        let admin = w.actor(w.admin).await?;
        let newer = async || {
            let space = domain::organisations::Organisations::space(&w.backend, &admin, w.organisation.into()).await?;
            Ok::<_, AppError>(space.missions[0].newer_version)
        };
        assert_eq!(newer().await?, Some(VersionStatus::Submitted));
        w.backend.close(&admin, mission).await?;
        assert_eq!(newer().await?, None, "nothing waits for a green light any more");
        let row = w.review(review).await?;
        assert_eq!((row.status.as_str(), row.decided_by), ("refused", None));
        assert!(row.reason.is_some_and(|reason| reason.contains("clos la mission")));
        assert!(w.titles(w.ana, QueueTab::Open).await?.is_empty());
    }
    Ok(())
}
