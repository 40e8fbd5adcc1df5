//! The coordinators' file on a submission: taken, answered, asked about, compared, decided.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    error::{AppError, Conflict, Problem},
    organisations::{
        OrganisationForm, OrganisationReviews, OrganisationStatus, OrganisationTab, Organisations, likeness::Alike,
    },
    reviews::{ChecklistAnswer, Decision, Finding, RequestLine, ReviewStatus},
};

use super::site::{form, sites};

fn answer(code: &str, answer: &str) -> ChecklistAnswer {
    ChecklistAnswer {
        code: code.to_owned(),
        answer: answer.to_owned(),
        note: String::new(),
        ..ChecklistAnswer::default()
    }
}

#[tokio::test]
async fn a_submission_is_taken_by_one_and_the_other_is_told() {
    for site in sites().await {
        let backend = &site.backend;
        let ana = site.coordinator("ana@ville.example", "83126").await;
        let bob = site.coordinator("bob@ville.example", "83126").await;
        let elsewhere = site.coordinator("paul@toulon.example", "83137").await;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        let submission = backend.file(&ana, "83126", id).await.unwrap().submission.unwrap();
        assert_eq!((submission.status, submission.number, submission.taken_by), (ReviewStatus::Waiting, 1, None));
        for stranger in [&elsewhere, &admin] {
            assert_eq!(backend.take(stranger, submission.id, None).await, Err(AppError::NotFound));
        }
        let early = backend.decide(&ana, id, Decision::Approve, String::new()).await;
        assert_eq!(early, Err(Conflict::TakeItFirst.into()));
        backend.clock.advance(TimeDelta::minutes(1));
        let opened = site.now();
        backend.clock.advance(TimeDelta::minutes(1));
        assert_eq!(backend.take(&ana, submission.id, None).await, Ok(id));
        let stale = backend.answer(&bob, submission.id, vec![answer("statutes", "no")], false).await;
        assert_eq!(stale, Err(Conflict::TakenByAnother.into()), "nothing of another's is overwritten");
        assert_eq!(backend.release(&bob, submission.id).await, Err(Conflict::TakenByAnother.into()));
        let news = backend.news(&bob, "83126", id, opened).await.unwrap();
        assert_eq!(news.iter().map(|line| line.to.as_str()).collect::<Vec<_>>(), ["in_review"]);
        assert!(backend.news(&ana, "83126", id, opened).await.unwrap().is_empty());
        assert_eq!(backend.news(&elsewhere, "83126", id, opened).await, Err(AppError::NotFound));
        for stale in [None, bob.account] {
            let refused = backend.take(&bob, submission.id, stale).await;
            assert_eq!(refused, Err(Conflict::TakenByAnother.into()), "a page that did not show who has it");
        }
        let file = backend.file(&bob, "83126", id).await.unwrap().submission.unwrap();
        assert_eq!((file.mine, file.holder), (false, ana.account), "nothing was taken over");
        assert!(!site.mails().await.iter().any(|(kind, _)| kind == "review_taken_over"));
        backend.take(&bob, submission.id, file.holder).await.unwrap();
        assert_eq!(backend.take(&bob, submission.id, None).await, Ok(id), "whoever has it presses in vain");
        let told = site.mails().await;
        assert!(told.contains(&("review_taken_over".to_owned(), "ana@ville.example".to_owned())));
        backend.release(&bob, submission.id).await.unwrap();
        let rows = |actor, tab| backend.of_municipality(actor, "83126", tab);
        assert_eq!(rows(&ana, OrganisationTab::Waiting).await.unwrap().counts, [1, 1, 1, 0, 0, 0]);
        // What was given back was nobody's: a page that still names whoever had it takes it from nobody.
        backend.take(&ana, submission.id, bob.account).await.unwrap();
        backend.clock.advance(TimeDelta::days(20));
        assert_eq!(rows(&ana, OrganisationTab::Overdue).await.unwrap().counts, [1, 1, 0, 1, 1, 0]);
        let mine = rows(&bob, OrganisationTab::Mine).await.unwrap();
        assert!(mine.rows.is_empty() && rows(&elsewhere, OrganisationTab::All).await.is_err());
    }
}

#[tokio::test]
async fn an_approval_needs_every_mandatory_answer_and_what_was_ticked_stays() {
    for site in sites().await {
        let backend = &site.backend;
        let ana = site.coordinator("ana@ville.example", "83126").await;
        let doubtful = OrganisationForm { name: "Le Parti des Tamaris".to_owned(), ..form() };
        let (_, id) = site.submitted("ines@mains.example", doubtful).await;
        let submission = backend.file(&ana, "83126", id).await.unwrap().submission.unwrap().id;
        let early = backend.answer(&ana, submission, vec![answer("statutes", "yes")], true).await;
        assert_eq!(early, Err(Conflict::ChecklistIncomplete.into()));
        for bad in [answer("statutes", "maybe"), answer("unknown", "yes")] {
            let refused = backend.answer(&ana, submission, vec![bad], false).await;
            assert_eq!(refused, Err(AppError::field("answers.0.answer", Problem::NotAChoice)));
        }
        let file = backend.file(&ana, "83126", id).await.unwrap();
        let line = |code: &str| file.checklist.iter().find(|line| line.code == code).unwrap();
        assert_eq!(line("statutes").answer, "yes", "kept, though the approval was refused");
        assert_eq!(line("not-party").finding, Some(Finding::DoubtfulWord("parti".to_owned())));
        assert_eq!(line("not-union").finding, Some(Finding::NoDoubtfulWord));
        assert_eq!(line("identity").finding, Some(Finding::Numbers(Some("W831234567".to_owned()), None)));
        assert_eq!(line("contact").finding, Some(Finding::OwnEmail("mains.example".to_owned())));
        assert_eq!(line("host").finding, Some(Finding::HostForm));
        assert!(line("not-party").is_missing() && !line("known").mandatory);
        let answers = site.all_yes(&ana, id).await;
        backend.answer(&ana, submission, answers, true).await.unwrap();
        assert_eq!(backend.file(&ana, "83126", id).await.unwrap().space.status, OrganisationStatus::Approved);
        let late = backend.answer(&ana, submission, Vec::new(), false).await;
        assert_eq!(late, Err(Conflict::NotInThisState.into()));
    }
}

#[tokio::test]
async fn what_is_asked_point_by_point_is_answered_point_by_point() {
    for site in sites().await {
        let backend = &site.backend;
        let ana = site.coordinator("ana@ville.example", "83126").await;
        let (admin, id) = site.submitted("ines@mains.example", form()).await;
        let submission = site.taken(&ana, id).await;
        let asked = |item: &str| BTreeMap::from([(item.to_owned(), "Envoyez l’attestation.".to_owned())]);
        let unknown = backend.request_changes(&ana, submission, asked("other"), String::new()).await;
        assert_eq!(unknown, Err(AppError::field("requests", Problem::NotAChoice)));
        let nothing = backend.request_changes(&ana, submission, BTreeMap::new(), " ".to_owned()).await;
        assert_eq!(nothing, Err(AppError::field("reason", Problem::ReasonRequired)));
        backend.request_changes(&ana, submission, asked("insured"), "Merci.".to_owned()).await.unwrap();
        let space = backend.space(&admin, id).await.unwrap();
        let reason = space.decision_reason.unwrap();
        assert!(reason.contains("Envoyez l’attestation.") && reason.contains("Merci."), "{reason}");
        let [line] = space.requests.as_slice() else { panic!("{:?}", space.requests) };
        let reply = BTreeMap::from([(RequestLine::key(line.id), "La voici.".to_owned())]);
        assert_eq!(backend.answer_requests(&ana, id, reply.clone()).await, Err(AppError::NotFound));
        backend.answer_requests(&admin, id, reply).await.unwrap();
        backend.clock.advance(TimeDelta::minutes(1));
        Organisations::submit(backend, &admin, id).await.unwrap();
        assert!(backend.space(&admin, id).await.unwrap().requests.is_empty());
        let file = backend.file(&ana, "83126", id).await.unwrap();
        assert_eq!(file.submission.map(|submission| (submission.number, submission.mine)), Some((2, false)));
        let answers: Vec<_> = file.requests.iter().map(|line| line.answer.as_str()).collect();
        assert_eq!(answers, ["La voici."]);
        assert!(file.checklist.iter().all(|line| line.answer.is_empty()), "a new submission is looked at anew");
    }
}

fn twin() -> OrganisationForm {
    OrganisationForm { rna: "W837654321".to_owned(), name: "Association LES MAINS TENDUES".to_owned(), ..form() }
}

#[tokio::test]
async fn look_alikes_are_scored_dismissed_and_asked_about_again_once_one_changes() {
    for site in sites().await {
        let backend = &site.backend;
        let ana = site.coordinator("ana@ville.example", "83126").await;
        let (_, first) = site.submitted("ines@mains.example", form()).await;
        site.approve(&ana, first).await;
        let (admin, second) = site.submitted("luc@mains.example", twin()).await;
        let far = OrganisationForm { town: "83137".to_owned(), name: "Ailleurs".to_owned(), ..form() };
        let (_, hidden) = site.submitted("zoe@ailleurs.example", far).await;
        let file = backend.file(&ana, "83126", first).await.unwrap();
        assert_eq!(file.elsewhere, 1, "the same number in another town, and no more");
        let [other] = file.look_alikes.as_slice() else { panic!("{:?}", file.look_alikes) };
        assert_eq!((other.id, other.score > 90), (second, true));
        assert_eq!(other.reasons, [Alike::Name, Alike::Email, Alike::Phone]);

        let submission = backend.file(&ana, "83126", second).await.unwrap().submission.unwrap().id;
        let dismiss = |other, reason: &str| backend.dismiss(&ana, submission, other, reason.to_owned());
        assert_eq!(dismiss(first, "").await, Err(AppError::field("reason", Problem::ReasonRequired)));
        assert_eq!(dismiss(hidden, "Une autre ville.").await, Err(AppError::NotFound));
        assert_eq!(dismiss(second, "Elle-même, voyons.").await, Err(AppError::NotFound));
        dismiss(first, "Une section, avec son propre bureau.").await.unwrap();
        let file = backend.file(&ana, "83126", second).await.unwrap();
        let said = file.look_alikes[0].dismissed.clone().unwrap();
        assert_eq!(said.reason, "Une section, avec son propre bureau.");
        assert!(file.submission.unwrap().mine, "whoever says so takes the file");
        assert!(file.checklist.iter().any(|line| line.finding == Some(Finding::NoLookAlike)));
        assert_eq!(file.history[0].to, "not_duplicate");

        backend.request_changes(&ana, submission, BTreeMap::new(), "Précisez le nom.".to_owned()).await.unwrap();
        let renamed = OrganisationForm { name: "Les Mains tendues du port".to_owned(), ..twin() };
        backend.save(&admin, second, renamed).await.unwrap();
        let file = backend.file(&ana, "83126", first).await.unwrap();
        assert_eq!(file.look_alikes[0].dismissed, None, "it is not what it was");
    }
}

#[tokio::test]
async fn of_two_who_take_at_once_one_does() {
    for site in sites().await {
        let backend = &site.backend;
        let (ana, bob) = (
            site.coordinator("ana@ville.example", "83126").await,
            site.coordinator("bob@ville.example", "83126").await,
        );
        let (_, id) = site.submitted("ines@mains.example", form()).await;
        let submission = backend.file(&ana, "83126", id).await.unwrap().submission.unwrap().id;
        let answers = || vec![answer("statutes", "yes")];
        let (one, other) = tokio::join!(
            backend.answer(&ana, submission, answers(), false),
            backend.answer(&bob, submission, answers(), false)
        );
        let refused: Vec<_> = [one, other].into_iter().filter_map(Result::err).collect();
        assert!(
            matches!(refused.as_slice(), [AppError::Conflict(Conflict::TakenByAnother | Conflict::ChangedMeanwhile)]),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_morning_letter_tells_of_what_is_late() {
    for site in sites().await {
        let backend = &site.backend;
        site.coordinator("ana@ville.example", "83126").await;
        site.submitted("ines@mains.example", form()).await;
        backend.clock.advance(TimeDelta::days(10));
        assert_eq!(server::reviews::jobs::remind(backend).await.unwrap(), 1);
        assert_eq!(server::reviews::jobs::remind(backend).await.unwrap(), 0, "once");
        let letters = site.letters().await;
        let late = letters.iter().find(|letter| letter.kind == "reviews_overdue").unwrap();
        assert!(late.body_text.contains("Les Mains tendues"), "{}", late.body_text);
    }
}
