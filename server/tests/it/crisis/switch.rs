//! The preview says what is done, and lifting gives back exactly what was taken.

use chrono::TimeDelta;
use domain::{
    applications::Applications,
    crisis::{Crisis, MeasuresForm, MeasuresStatus, Switched},
    error::{AppError, Conflict},
    ids::OrganisationId,
    missions::Missions,
    organisations::Organisations,
    reviews::Decision,
};
use sea_orm::EntityTrait;
use server::{
    crisis::jobs,
    entity::{crisis_measures, mission},
};

use super::world::{TOWN, form};
use crate::applications::world::{at_once, form as application, worlds};

#[tokio::test]
async fn what_was_previewed_is_what_is_done() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (food, slots) = w.mission("Colis du marché", at_once(&[(48, 3, 20)])).await?;
        let (sport, on_pitch) = w.of_domain("Tournoi de quartier", "sport", at_once(&[(72, 3, 5)])).await?;
        let senior = w.actor(w.person("rene", Some("1950-01-01")).await?).await?;
        let camille = w.volunteer("camille").await?;
        for person in [&senior, &camille] {
            w.backend.apply(person, food, application(&slots)).await?;
        }
        w.backend.apply(&camille, sport, application(&on_pitch)).await?;
        let wide = MeasuresForm { largest_group: "10".to_owned(), ..form() };
        let id = w.drafted(&ana, TOWN, wide).await?;
        let preview = w.shown(&ana, TOWN, id).await?;
        let effect = &preview.effect;
        let titles: Vec<_> = effect.suspended.iter().map(|one| (one.title.as_str(), one.accepted)).collect();
        assert_eq!(titles, [("Tournoi de quartier", 1)]);
        assert_eq!((effect.to_acknowledge, effect.acknowledged), (2, 0));
        assert_eq!(effect.kept_home.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["rene Martin"]);
        assert_eq!(effect.large.iter().map(|one| (one.places, one.taken)).collect::<Vec<_>>(), [(20, 2)]);
        assert_eq!(w.stands(sport).await?, "published", "a preview changes nothing");
        let letters = w.mails("camille").await?.len();

        assert_eq!(w.backend.switch_on(&ana, TOWN, id, &preview.seen).await?, Switched::On);
        assert_eq!((w.stands(food).await?, w.stands(sport).await?), ("published".into(), "suspended".into()));
        assert_eq!(Crisis::page(&w.backend, &ana, TOWN, id).await?.effect.suspended, effect.suspended);
        assert_eq!(w.story(sport.0).await?, ["suspended"]);
        let story = w.story(id.0).await?;
        assert_eq!(story, ["draft", "in_force"]);
        assert_eq!(w.mails("camille").await?[letters..], ["crisis_volunteer"]);
        let letter = w.letters("camille").await?.pop().unwrap();
        assert!(letter.body_text.contains("Tournoi de quartier") && letter.body_text.contains("règles"), "{letter:?}");
        let letter = w.letters("rene").await?.pop().unwrap();
        assert!(letter.body_text.contains("à distance") && letter.body_text.contains("Colis du marché"), "{letter:?}");
        let letter = w.letters("admin").await?.pop().unwrap();
        assert_eq!(letter.kind, "crisis_organisation");
        for words in ["Tournoi de quartier", "rene Martin", "Réduisez-les"] {
            assert!(letter.body_text.contains(words), "{words}: {}", letter.body_text);
        }
        assert_eq!(w.mails("ana").await?, ["crisis_coordinator"]);
        assert_eq!(w.states(food).await?, ["accepted", "accepted"], "nobody is taken off unseen");
        assert_eq!(Missions::page(&w.backend, &w.volunteer("lea").await?, sport).await, Err(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn what_changed_since_the_preview_is_shown_first() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let id = w.drafted(&ana, TOWN, form()).await?;
        let seen = w.shown(&ana, TOWN, id).await?.seen;
        let (sport, _) = w.of_domain("Tournoi", "sport", at_once(&[(72, 3, 5)])).await?;
        assert_eq!(w.backend.switch_on(&ana, TOWN, id, &seen).await?, Switched::Changed);
        assert_eq!((w.measures(id).await?, w.stands(sport).await?), (MeasuresStatus::Draft, "published".into()));
        assert!(w.mails("ana").await?.is_empty());
        // So is a draft that somebody else has changed meanwhile.
        let seen = w.shown(&ana, TOWN, id).await?.seen;
        let other = MeasuresForm { banner_fr: "Restez chez vous.".to_owned(), ..form() };
        Crisis::save(&w.backend, &ana, TOWN, Some(id), other).await?;
        assert_eq!(w.backend.switch_on(&ana, TOWN, id, &seen).await?, Switched::Changed);
        let seen = w.shown(&ana, TOWN, id).await?.seen;
        assert_eq!(w.backend.switch_on(&ana, TOWN, id, &seen).await?, Switched::On);
        let again = w.backend.switch_on(&ana, TOWN, id, &seen).await;
        assert_eq!(again, Err(Conflict::NotInThisState.into()), "once");
    }
    Ok(())
}

#[tokio::test]
async fn lifting_gives_back_exactly_what_was_taken() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, admin) = (w.coordinator("ana").await?, w.of_organisation().await?);
        let plan = || at_once(&[(72, 3, 5)]);
        let (back, slots) = w.of_domain("Revient", "sport", plan()).await?;
        let (before, _) = w.of_domain("Suspendue avant", "sport", plan()).await?;
        w.change(before, mission::Column::Status, "suspended").await?;
        let (cancelled, _) = w.of_domain("Annulée entre-temps", "sport", plan()).await?;
        let (over, _) = w.of_domain("Finie entre-temps", "sport", at_once(&[(24, 2, 5)])).await?;
        let (food, _) = w.mission("Colis du marché", plan()).await?;
        let camille = w.volunteer("camille").await?;
        w.backend.apply(&camille, back, application(&slots)).await?;
        let id = w.switched(&ana, TOWN, form()).await?;
        let taken: Vec<_> = w.shown(&ana, TOWN, id).await?.effect.suspended.into_iter().map(|one| one.title).collect();
        assert_eq!(taken, ["Annulée entre-temps", "Finie entre-temps", "Revient"]);
        assert_eq!(w.backend.list(&ana, TOWN).await?.suspended.len(), 3, "listed for review");
        Missions::cancel(&w.backend, &admin, cancelled, "Le gymnase est fermé.".to_owned()).await?;
        w.backend.clock.advance(TimeDelta::hours(48));

        w.backend.lift(&ana, TOWN, id).await?;
        assert_eq!(w.measures(id).await?, MeasuresStatus::Lifted);
        for (mission, state) in [
            (back, "published"),
            (before, "suspended"),
            (cancelled, "cancelled"),
            (over, "suspended"),
            (food, "published"),
        ] {
            assert_eq!(w.stands(mission).await?, state);
        }
        assert_eq!(w.outcomes(back).await?, [Some("given_back".to_owned())]);
        assert_eq!(w.outcomes(cancelled).await?, [Some("over".to_owned())]);
        assert!(w.outcomes(before).await?.is_empty() && w.outcomes(food).await?.is_empty());
        assert_eq!(w.story(back.0).await?, ["suspended", "published"]);
        assert_eq!(w.mails("camille").await?.last().unwrap(), "crisis_back_volunteer");
        let letter = w.letters("admin").await?.pop().unwrap();
        assert!(letter.kind == "crisis_back_organisation" && letter.body_text.contains("• Revient"), "{letter:?}");
        assert!(!letter.body_text.contains("Finie"), "{}", letter.body_text);
        assert_eq!(w.mails("ana").await?, ["crisis_coordinator", "crisis_over"]);
        assert_eq!(w.backend.lift(&ana, TOWN, id).await, Err(Conflict::NotInThisState.into()));
        assert_eq!(w.shown(&ana, TOWN, id).await?.effect.suspended.len(), 3, "what they did is still read");
    }
    Ok(())
}

#[tokio::test]
async fn a_mission_comes_back_with_its_organisation() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let organisation = OrganisationId(w.organisation);
        let decide = async |decision| {
            Organisations::decide(&w.backend, &ana, organisation, decision, "Il le faut.".to_owned()).await
        };
        // Suspended by measures, then its organisation too; the measures end first.
        let (sport, _) = w.of_domain("Tournoi", "sport", at_once(&[(72, 3, 5)])).await?;
        let id = w.switched(&ana, TOWN, form()).await?;
        w.backend.clock.advance(TimeDelta::minutes(5));
        decide(Decision::Suspend).await?;
        w.backend.lift(&ana, TOWN, id).await?;
        assert_eq!(w.stands(sport).await?, "suspended", "its organisation is");
        decide(Decision::Reinstate).await?;
        assert_eq!(w.stands(sport).await?, "published");
        assert_eq!(w.outcomes(sport).await?, [Some("given_back".to_owned())]);

        // Suspended with its organisation, which comes back while measures forbid the mission.
        decide(Decision::Suspend).await?;
        w.backend.clock.advance(TimeDelta::minutes(5));
        let id = w.switched(&ana, TOWN, form()).await?;
        assert!(w.shown(&ana, TOWN, id).await?.effect.suspended.is_empty());
        decide(Decision::Reinstate).await?;
        assert_eq!(w.stands(sport).await?, "suspended", "measures forbid it");
        w.backend.lift(&ana, TOWN, id).await?;
        assert_eq!(w.stands(sport).await?, "published");
    }
    Ok(())
}

#[tokio::test]
async fn they_begin_and_end_by_themselves_once() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (sport, _) = w.of_domain("Tournoi", "sport", at_once(&[(24 * 20, 3, 5)])).await?;
        let ahead = MeasuresForm { first_day: "2026-11-25".to_owned(), last_day: "2026-11-27".to_owned(), ..form() };
        let id = w.switched(&ana, TOWN, ahead).await?;
        assert_eq!((w.measures(id).await?, w.stands(sport).await?), (MeasuresStatus::Scheduled, "published".into()));
        assert_eq!(jobs::turn_over(&w.backend).await.map_err(|error| anyhow::anyhow!("{error:?}"))?, 0);
        w.backend.call_off(&ana, TOWN, id).await?;
        let seen = w.shown(&ana, TOWN, id).await?.seen;
        assert_eq!(w.backend.switch_on(&ana, TOWN, id, &seen).await?, Switched::Scheduled);

        let turn = async || {
            let (one, other) = tokio::join!(jobs::turn_over(&w.backend), jobs::turn_over(&w.backend));
            one.unwrap() + other.unwrap()
        };
        // 25 November begins in Paris an hour before it does in UTC.
        w.backend.clock.advance("2026-11-24T23:00:00Z".parse::<chrono::DateTime<chrono::Utc>>()? - w.now());
        let late = w.backend.call_off(&ana, TOWN, id).await;
        assert_eq!(late, Err(Conflict::NotInThisState.into()), "they hold from midnight");
        assert_eq!(turn().await, 1, "two servers, once");
        assert_eq!((w.measures(id).await?, w.stands(sport).await?), (MeasuresStatus::InForce, "suspended".into()));
        assert_eq!(turn().await, 0);
        w.backend.clock.advance("2026-11-27T22:59:59Z".parse::<chrono::DateTime<chrono::Utc>>()? - w.now());
        assert_eq!(turn().await, 0);
        w.backend.clock.advance(TimeDelta::seconds(1));
        assert_eq!(turn().await, 1);
        assert_eq!((w.measures(id).await?, w.stands(sport).await?), (MeasuresStatus::Ended, "published".into()));
        assert_eq!(w.story(id.0).await?, ["draft", "scheduled", "draft", "scheduled", "in_force", "ended"]);
        assert_eq!(w.mails("ana").await?, ["crisis_coordinator", "crisis_over"]);

        // A server that was not there from their first day to their last.
        let missed = MeasuresForm { first_day: "2026-12-01".to_owned(), last_day: "2026-12-02".to_owned(), ..form() };
        let id = w.switched(&ana, TOWN, missed).await?;
        w.backend.clock.advance(TimeDelta::days(10));
        assert_eq!(turn().await, 1);
        assert_eq!(w.measures(id).await?, MeasuresStatus::Ended);
        assert_eq!(w.story(sport.0).await?, ["suspended", "published"]);
    }
    Ok(())
}

#[tokio::test]
async fn a_draft_is_written_and_thrown_away() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let start = w.backend.start(&ana, TOWN).await?;
        assert_eq!((start.form.first_day.as_str(), start.form.domains.len()), ("2026-11-23", 4), "the vital ones");
        let wrong = MeasuresForm { last_day: "2026-11-22".to_owned(), ..form() };
        assert!(matches!(Crisis::save(&w.backend, &ana, TOWN, None, wrong).await, Err(AppError::Invalid(_))));
        let id = w.drafted(&ana, TOWN, form()).await?;
        assert_eq!(w.shown(&ana, TOWN, id).await?.form, form());
        w.backend.discard(&ana, TOWN, id).await?;
        assert_eq!(crisis_measures::Entity::find().all(w.backend.store.read()).await?.len(), 0);
        let id = w.switched(&ana, TOWN, form()).await?;
        assert_eq!(w.backend.discard(&ana, TOWN, id).await, Err(Conflict::NotInThisState.into()));
        assert_eq!(Crisis::save(&w.backend, &ana, TOWN, Some(id), form()).await, Err(Conflict::NotInThisState.into()));
    }
    Ok(())
}
