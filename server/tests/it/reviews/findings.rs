//! What the system found is kept with a decision.

use anyhow::Context;
use domain::{
    actor::{Actor, Locale},
    missions::Missions,
    reviews::{Decision, Finding, ReviewFile, Reviews},
};

use super::world::{INSEE, worlds};

fn found(file: &ReviewFile) -> Vec<(&str, Option<&Finding>)> {
    file.checklist.iter().map(|line| (line.code.as_str(), line.finding.as_ref())).collect()
}

#[tokio::test]
async fn a_decided_file_goes_on_showing_what_was_found() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (_, review) = w.submitted("Distribuer des colis").await?;
        let (second, _) = w.submitted("Distribuer les colis").await?;
        let (third, _) = w.submitted("Distribuer de bons colis").await?;
        let (ana, admin) = (w.actor(w.ana).await?, w.actor(w.admin).await?);
        let seen = w.backend.compare(&ana, INSEE, review, second).await?.seen;
        w.backend.dismiss(&ana, review, second, seen, "Autre public.".to_owned()).await?;
        let before = w.backend.file(&ana, INSEE, review).await?;
        assert_eq!((before.found_at, before.duplicates.len()), (None, 2));
        let at = w.now();
        w.backend.decide(&ana, review, Decision::Refuse, "Trop dangereux".to_owned()).await?;

        // Found anew, there would be no duplicate left, and the slots would be over.
        for other in [second, third] {
            w.backend.cancel(&admin, other, "Plus de local".to_owned()).await?;
        }
        w.backend.clock.advance(chrono::TimeDelta::days(30));
        let after = w.backend.file(&ana, INSEE, review).await?;
        assert_eq!(after.found_at, Some(at));
        assert_eq!(found(&after), found(&before));
        assert_eq!((&after.duplicates, &after.supplies), (&before.duplicates, &before.supplies));
        let said = after.duplicates.iter().find_map(|other| other.dismissed.as_ref()).context("a verdict")?;
        assert_eq!((said.by.as_str(), said.reason.as_str()), ("ana Test", "Autre public."));
        let kept = w.review(review).await?.findings.context("what was found")?;
        assert!(!kept.contains("ana Test"), "names are asked for each time");
        let english = w.backend.file(&Actor { locale: Locale::En, ..ana.clone() }, INSEE, review).await?;
        assert_eq!(english.found_at, Some(at));
    }
    Ok(())
}

#[tokio::test]
async fn every_decision_keeps_what_was_found_and_the_end_of_a_mission_does_not() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.actor(w.ana).await?;
        let (_, green) = w.submitted("Distribuer des colis").await?;
        w.tick(w.ana, green).await?;
        assert_eq!(w.review(green).await?.findings, None, "answers keep nothing");
        w.backend.decide(&ana, green, Decision::Approve, String::new()).await?;
        let (_, changes) = w.submitted("Lire des contes au téléphone").await?;
        w.backend.take(&ana, changes, None).await?;
        let requests = [("safe".to_owned(), "Prévoyez des gants.".to_owned())].into();
        w.backend.request_changes(&ana, changes, requests, String::new()).await?;
        for review in [green, changes] {
            assert!(w.review(review).await?.findings.is_some());
            assert!(w.backend.file(&ana, INSEE, review).await?.found_at.is_some());
        }
        let (dropped, review) = w.submitted("Porter des courses").await?;
        w.backend.cancel(&w.actor(w.admin).await?, dropped, "Plus de local".to_owned()).await?;
        assert_eq!(w.review(review).await?.findings, None, "nobody decided");
        assert_eq!(w.backend.file(&ana, INSEE, review).await?.found_at, None);
    }
    Ok(())
}
