//! Changes asked item by item, and answered item by item.

use std::collections::BTreeMap;

use anyhow::Context;
use domain::{
    error::{AppError, Conflict, Problem},
    missions::Missions,
    reviews::{RequestLine, Reviews},
};
use uuid::Uuid;

use super::world::{INSEE, worlds};

fn map(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn what_is_asked_point_by_point_is_answered_point_by_point() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (mission, review) = w.submitted("Distribuer des colis").await?;
        let (ana, admin) = (w.actor(w.ana).await?, w.actor(w.admin).await?);
        let ask = |requests: &[(&str, &str)], reason: &str| {
            w.backend.request_changes(&ana, review, map(requests), reason.to_owned())
        };
        assert_eq!(ask(&[("safe", "Prévoyez des gants.")], "").await, Err(AppError::Conflict(Conflict::TakeItFirst)));
        w.backend.take(&ana, review, None).await?;
        for nothing in [&[][..], &[("safe", "  ")]] {
            assert_eq!(ask(nothing, "").await, Err(AppError::field("reason", Problem::ReasonRequired)));
        }
        assert_eq!(ask(&[("other", "Oui.")], "").await, Err(AppError::field("requests", Problem::NotAChoice)));
        let long = "x".repeat(1001);
        let too_long = AppError::field("requests.safe", Problem::TooLong { max: 1000 });
        assert_eq!(ask(&[("safe", &long)], "").await, Err(too_long));
        ask(&[("safe", "Prévoyez des gants."), ("feasible", "Précisez l’heure.")], "Merci !").await?;

        let editor = w.backend.editor(&admin, mission).await?;
        let told = editor.decision_reason.unwrap_or_default();
        assert!(told.contains("Prévoyez des gants.") && told.ends_with("Merci !"), "{told}");
        let asked: Vec<&str> = editor.requests.iter().map(|line| line.body.as_str()).collect();
        assert_eq!(asked, ["Précisez l’heure.", "Prévoyez des gants."], "in the order of the checklist");
        let gloves = RequestLine::key(editor.requests[1].id);
        let answer = |id: &str, text: &str| w.backend.answer_requests(&admin, mission, map(&[(id, text)]));
        assert_eq!(answer(&RequestLine::key(Uuid::nil().into()), "Fait.").await, Err(AppError::NotFound));
        assert_eq!(w.backend.answer_requests(&ana, mission, map(&[(&gloves, "Non.")])).await, Err(AppError::NotFound));
        answer(&gloves, "Nous les fournissons.").await?;

        w.backend.clock.advance(chrono::TimeDelta::minutes(1));
        let again = w.submit(mission).await?;
        let late = answer(&gloves, "Trop tard.").await;
        assert_eq!(late, Err(AppError::Conflict(Conflict::NotInThisState)));
        assert!(w.backend.editor(&admin, mission).await?.requests.is_empty());
        let file = w.backend.file(&ana, INSEE, again).await?;
        let [round] = file.rounds.as_slice() else { anyhow::bail!("{:?}", file.rounds) };
        assert_eq!((round.review, round.version, round.word.as_deref()), (review, 1, Some("Merci !")));
        let last = round.lines.last().context("the points")?;
        assert_eq!((round.lines.len(), last.answer.as_str()), (2, "Nous les fournissons."));
        assert_eq!(w.backend.file(&ana, INSEE, review).await?.rounds, file.rounds, "where it was asked too");

        w.backend.take(&ana, again, None).await?;
        w.backend.request_changes(&ana, again, BTreeMap::new(), "Précisez le lieu.".to_owned()).await?;
        let rounds = w.backend.file(&ana, INSEE, again).await?.rounds;
        let told: Vec<_> =
            rounds.iter().map(|round| (round.review, round.lines.len(), round.word.as_deref())).collect();
        assert_eq!(told, [(again, 0, Some("Précisez le lieu.")), (review, 2, Some("Merci !"))]);
        assert_eq!(w.backend.file(&ana, INSEE, review).await?.rounds.len(), 1, "not what was asked later");
    }
    Ok(())
}
