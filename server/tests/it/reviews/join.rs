//! Joining a duplicate to what is online: what it does, whom it refuses, and who is faster.

use chrono::TimeDelta;
use domain::{
    error::{AppError, Conflict, Problem},
    ids::AccountId,
    missions::{Missions, VersionStatus},
    reviews::{ChecklistAnswer, Decision, Reviews, joining::Fate},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::entity::{history, mission_partner, mission_version, outbox};
use uuid::Uuid;

use super::{
    partners::{later, pairs},
    world::INSEE,
};

const fn conflict(conflict: Conflict) -> Result<(), AppError> {
    Err(AppError::Conflict(conflict))
}

#[tokio::test]
async fn the_slots_come_over_and_the_review_ends() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let w = &pair.w;
        let preview = pair.preview().await?;
        assert_eq!((preview.places(), preview.missing, preview.same_organisation), (4, 0, false));
        // Both worlds plan the same hour: the places stay apart.
        assert_eq!(preview.slots.iter().map(|(_, fate)| *fate).collect::<Vec<_>>(), [Fate::SameTime]);
        let before = w.published(pair.host).await?.0;
        pair.join().await?;

        let (held, own) = (pair.held().await?, pair.own().await?);
        assert_eq!((held.places, held.taken, held.starts_at), (4, 0, own.starts_at));
        let (online, content) = w.published(pair.host).await?;
        assert_eq!((online.number, online.status.as_str()), (2, VersionStatus::Approved.as_str()));
        assert_ne!(online.content_hash, before.content_hash, "the other mission has changed");
        let holders: Vec<Option<Uuid>> = content.slots.iter().map(|slot| slot.organisation).collect();
        assert!(holders.contains(&None) && holders.contains(&Some(pair.partner.0)) && holders.len() == 2);
        let host = w.mission(pair.host).await?;
        assert_eq!((host.status.as_str(), host.working_version_id), ("published", None));
        assert_eq!((host.starts_at, host.ends_at), (Some(own.starts_at), Some(own.ends_at)));

        let joined = w.mission(pair.joined).await?;
        assert_eq!((joined.status.as_str(), joined.published_version_id), ("refused", None));
        let review = w.review(pair.review).await?;
        assert_eq!((review.status.as_str(), review.decided_by), ("refused", Some(w.ana)));
        let reason = review.reason.unwrap_or_default();
        assert!(reason.contains("Distribuer des colis") && reason.contains("La même aide."), "{reason}");
        let said = w.steps("mission", pair.joined.0).await?.pop();
        assert_eq!(said, Some(("refused".to_owned(), Some(reason))));
        let (state, why) = w.steps("mission", pair.host.0).await?.pop().unwrap_or_default();
        let why = why.unwrap_or_default();
        assert!(state == "joined" && why.contains("Les Amis du port") && why.contains("La même aide."), "{why}");

        let (zoe, admin) = (w.last_letter("zoe").await?, w.last_letter("admin").await?);
        assert_eq!((zoe.kind.as_str(), admin.kind.as_str()), ("mission_joined", "partner_joined"));
        for (letter, page) in [(&zoe, "candidatures"), (&admin, "relecture")] {
            assert!(
                letter.body_text.contains("La même aide.") && letter.body_text.contains(page),
                "{}",
                letter.body_text
            );
            assert!(letter.body_text.contains("Service vie associative"), "whom to reach");
        }
        let ana = w.actor(w.ana).await?;
        let again = w.backend.join(&ana, pair.review, pair.host, "x".into(), "Encore une fois".into()).await;
        assert_eq!(again, conflict(Conflict::NotInThisState));
    }
    Ok(())
}

#[tokio::test]
async fn the_same_conditions_as_for_a_green_light_and_nothing_is_written_when_refused() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let (w, seen) = (&pair.w, pair.preview().await?.seen);
        let (ana, bob, admin) = (w.actor(w.ana).await?, w.actor(w.bob).await?, w.actor(w.admin).await?);
        let join = |who, other, seen: &str, reason: &str| {
            w.backend.join(who, pair.review, other, seen.to_owned(), reason.to_owned())
        };
        let why = "La même aide.";
        let field = |problem| Err(AppError::field("reason", problem));
        assert_eq!(join(&admin, pair.host, &seen, why).await, Err(AppError::NotFound));
        assert_eq!(join(&bob, pair.host, &seen, why).await, conflict(Conflict::TakeItFirst));
        assert_eq!(join(&ana, pair.host, &seen, "  ").await, field(Problem::ReasonRequired));
        assert_eq!(join(&ana, pair.host, &seen, "non").await, field(Problem::TooShort { min: 5 }));
        assert_eq!(join(&ana, pair.host, "x", why).await, conflict(Conflict::OtherChanged));
        for nothing in [domain::ids::MissionId(Uuid::nil()), pair.joined] {
            assert_eq!(join(&ana, nothing, &seen, why).await, Err(AppError::NotFound));
        }
        let (waits, _) = w.submitted("Distribuer encore des colis").await?;
        assert_eq!(join(&ana, waits, &seen, why).await, conflict(Conflict::OtherNotOnline));

        let answer = |code: &str, answer: &str| ChecklistAnswer {
            code: code.to_owned(),
            answer: answer.to_owned(),
            note: String::new(),
            ..ChecklistAnswer::default()
        };
        w.backend.answer(&ana, pair.review, vec![answer("safe", "no")], false).await?;
        assert_eq!(pair.preview().await?.missing, 1);
        assert_eq!(join(&ana, pair.host, &seen, why).await, conflict(Conflict::ChecklistIncomplete));
        // That it is a duplicate is no obstacle: it is why it is joined.
        let answers = vec![answer("safe", "yes"), answer("no-duplicate", "no")];
        w.backend.answer(&ana, pair.review, answers, false).await?;
        assert_eq!(pair.preview().await?.missing, 0);

        pair.set_status(pair.partner.0, "suspended").await?;
        assert_eq!(join(&ana, pair.host, &seen, why).await, conflict(Conflict::OrganisationNotApproved));
        pair.set_status(pair.partner.0, "approved").await?;
        assert_eq!((pair.slots().await?.len(), w.mission(pair.joined).await?.status.as_str()), (1, "submitted"));
        let partners = mission_partner::Entity::find().count(w.backend.store.read()).await?;
        assert_eq!((partners, w.steps("mission", pair.host.0).await?.iter().any(|(to, _)| to == "joined")), (0, false));
        let told = outbox::Entity::find().filter(outbox::Column::Kind.contains("joined"));
        assert_eq!(told.count(w.backend.store.read()).await?, 0);

        w.backend.clock.advance(TimeDelta::days(30));
        assert_eq!(pair.preview().await?.places(), 0);
        assert_eq!(join(&ana, pair.host, &seen, why).await, conflict(Conflict::NothingToJoin));
    }
    Ok(())
}

#[tokio::test]
async fn nobody_joins_what_they_administer_on_either_side() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let w = &pair.w;
        let seen = pair.preview().await?.seen;
        for organisation in [w.organisation, pair.partner.0] {
            let person = w.person(&format!("both-{organisation}")).await?;
            w.grant(person, "coordinator", Some(w.town), None).await?;
            w.grant(person, "organisation_admin", None, Some(organisation)).await?;
            let person = w.actor(person).await?;
            let holder = w.review(pair.review).await?.taken_by.map(AccountId);
            w.backend.take(&person, pair.review, holder).await?;
            let refused = w.backend.join(&person, pair.review, pair.host, seen.clone(), "La même aide.".to_owned());
            assert_eq!(refused.await, conflict(Conflict::FourEyes));
        }
    }
    Ok(())
}

#[tokio::test]
async fn another_town_joins_nothing() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let (w, elsewhere) = (&pair.w, Uuid::now_v7());
        w.add_town(elsewhere, "13055").await?;
        let stranger = w.person("stranger").await?;
        w.grant(stranger, "coordinator", Some(elsewhere), None).await?;
        let network = w.person("network").await?;
        w.grant(network, "network_admin", None, None).await?;
        let seen = pair.preview().await?.seen;
        for person in [stranger, network, pair.zoe] {
            let person = w.actor(person).await?;
            let refused = w.backend.join(&person, pair.review, pair.host, seen.clone(), "La même aide.".to_owned());
            assert_eq!(refused.await, Err(AppError::NotFound));
        }
        let network = w.actor(network).await?;
        assert!(w.backend.compare(&network, INSEE, pair.review, pair.host).await?.join.is_some(), "it reads");
    }
    Ok(())
}

#[tokio::test]
async fn who_is_faster_decides_and_nothing_is_done_by_halves() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let w = &pair.w;
        let (ana, admin) = (w.actor(w.ana).await?, w.actor(w.admin).await?);
        let seen = pair.preview().await?.seen;
        let (joined, cancelled) = tokio::join!(
            w.backend.join(&ana, pair.review, pair.host, seen, "La même aide.".to_owned()),
            w.backend.cancel(&admin, pair.host, "Plus de local".to_owned()),
        );
        cancelled?;
        let slots = pair.slots().await?;
        let host = w.mission(pair.host).await?;
        assert_eq!(host.status, "cancelled");
        match joined {
            Ok(()) => {
                assert_eq!(slots.len(), 2);
                assert_eq!(w.last_letter("zoe").await?.kind, "shared_mission_cancelled");
            }
            refused => {
                assert_eq!(refused, conflict(Conflict::OtherNotOnline));
                assert_eq!((slots.len(), w.review(pair.review).await?.status.as_str()), (1, "in_review"));
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn two_coordinators_join_two_missions_one_after_the_other() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let w = &pair.w;
        let (ana, bob) = (w.actor(w.ana).await?, w.actor(w.bob).await?);
        let (_, second) = w
            .submitted_by("Distribuer nos colis", pair.partner.0, pair.zoe, |content| later(&mut content.slots[0], 1))
            .await?;
        w.tick(w.bob, second).await?;
        let seen = pair.preview().await?.seen;
        let why = || "La même aide.".to_owned();
        let (one, other) = tokio::join!(
            w.backend.join(&ana, pair.review, pair.host, seen.clone(), why()),
            w.backend.join(&bob, second, pair.host, seen.clone(), why()),
        );
        let results = [one, other];
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert!(results.contains(&conflict(Conflict::OtherChanged)), "{results:?}");
        assert_eq!(pair.slots().await?.len(), 2);
        // Whoever was slower reads what is online now, and joins.
        let (who, review) = if results[0].is_ok() { (&bob, second) } else { (&ana, pair.review) };
        let seen = w.backend.compare(who, INSEE, review, pair.host).await?.join.map(|join| join.seen);
        w.backend.join(who, review, pair.host, seen.unwrap_or_default(), why()).await?;
        assert_eq!(pair.slots().await?.len(), 3);
        let versions = mission_version::Entity::find().filter(mission_version::Column::MissionId.eq(pair.host.0));
        let versions = versions.all(w.backend.store.read()).await?;
        assert_eq!(versions.iter().filter(|version| version.status == "approved").count(), 1);
        assert_eq!(mission_partner::Entity::find().count(w.backend.store.read()).await?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn one_review_ends_once() -> anyhow::Result<()> {
    for pair in pairs().await? {
        let w = &pair.w;
        let ana = w.actor(w.ana).await?;
        let seen = pair.preview().await?.seen;
        let why = || "La même aide.".to_owned();
        let (one, other, green) = tokio::join!(
            w.backend.join(&ana, pair.review, pair.host, seen.clone(), why()),
            w.backend.join(&ana, pair.review, pair.host, seen.clone(), why()),
            w.backend.decide(&ana, pair.review, Decision::Approve, String::new()),
        );
        let done = [one, other, green].iter().filter(|result| result.is_ok()).count();
        assert_eq!(done, 1);
        let ends = history::Entity::find()
            .filter(history::Column::SubjectId.eq(pair.review.0))
            .filter(history::Column::ToState.is_in(["refused", "green_light"]));
        assert_eq!(ends.count(w.backend.store.read()).await?, 1);
        assert!(pair.slots().await?.len() <= 2);
    }
    Ok(())
}
