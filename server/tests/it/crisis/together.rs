//! Several at once: people, measures, towns.

use domain::{
    crisis::{Crisis, MeasuresForm, MeasuresStatus, Switched},
    error::{AppError, Conflict},
    ids::MeasuresId,
};
use uuid::Uuid;

use super::world::{NETWORK, TOWN, form};
use crate::applications::world::{at_once, worlds};

fn only(domain: &str) -> MeasuresForm {
    MeasuresForm { domains: vec![domain.to_owned()], ..form() }
}

#[tokio::test]
async fn two_coordinators_switch_on_at_once() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, bob) = (w.coordinator("ana").await?, w.coordinator("bob").await?);
        let (sport, _) = w.of_domain("Tournoi", "sport", at_once(&[(72, 3, 5)])).await?;
        let id = w.drafted(&ana, TOWN, form()).await?;
        let seen = w.shown(&bob, TOWN, id).await?.seen;
        let (one, other) =
            tokio::join!(w.backend.switch_on(&ana, TOWN, id, &seen), w.backend.switch_on(&bob, TOWN, id, &seen));
        let mut done = [one, other];
        done.sort_by_key(|done| done.is_err());
        assert_eq!(done, [Ok(Switched::On), Err(Conflict::NotInThisState.into())]);
        assert_eq!(w.story(sport.0).await?, ["suspended"]);
        w.backend.lift(&ana, TOWN, id).await?;

        // Two drafts that would suspend the same mission: the second is told that it would not any more.
        let (first, second) = (w.drafted(&ana, TOWN, form()).await?, w.drafted(&bob, TOWN, form()).await?);
        let seen = [w.shown(&ana, TOWN, first).await?.seen, w.shown(&bob, TOWN, second).await?.seen];
        let (one, other) = tokio::join!(
            w.backend.switch_on(&ana, TOWN, first, &seen[0]),
            w.backend.switch_on(&bob, TOWN, second, &seen[1])
        );
        let mut done = [one?, other?];
        done.sort_by_key(|done| *done == Switched::Changed);
        assert_eq!(done, [Switched::On, Switched::Changed]);
        assert_eq!(w.story(sport.0).await?, ["suspended", "published", "suspended"]);
    }
    Ok(())
}

#[tokio::test]
async fn what_another_measure_forbids_stays_offline() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, network) = (w.coordinator("ana").await?, w.network().await?);
        let plan = || at_once(&[(72, 3, 5)]);
        let (sport, _) = w.of_domain("Tournoi", "sport", plan()).await?;
        let (care, _) = w.of_domain("Garde", "childcare", plan()).await?;
        let (food, _) = w.mission("Colis", plan()).await?;
        let (elsewhere, _) = w.of_domain("Ailleurs", "sport", plan()).await?;
        let other = w.other_town("83137").await?;
        w.change(elsewhere, server::entity::mission::Column::MunicipalityId, other).await?;
        let states = async || {
            anyhow::Ok([
                w.stands(sport).await?,
                w.stands(care).await?,
                w.stands(food).await?,
                w.stands(elsewhere).await?,
            ])
        };
        let town = w.switched(&ana, TOWN, only("childcare")).await?;
        assert_eq!(states().await?, ["suspended", "published", "suspended", "published"]);
        let all = w.switched(&network, NETWORK, only("food-aid")).await?;
        assert_eq!(states().await?, ["suspended", "suspended", "suspended", "suspended"]);
        let preview = w.shown(&network, NETWORK, all).await?;
        let taken: Vec<_> = preview.effect.suspended.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(taken, ["Ailleurs", "Garde"], "what the town has suspended is the town's");
        assert_eq!(w.mails("ana").await?.len(), 2, "her own, and the network's in her town");

        // The town's end: food is given back, sport is the network's now.
        w.backend.lift(&ana, TOWN, town).await?;
        assert_eq!(states().await?, ["suspended", "suspended", "published", "suspended"]);
        assert!(w.outcomes(sport).await?.contains(&Some("handed_over".to_owned())));
        w.backend.lift(&network, NETWORK, all).await?;
        assert_eq!(states().await?, ["published", "published", "published", "published"]);
        assert_eq!(w.story(sport.0).await?, ["suspended", "published"], "online again once");

        // The other way round: the network's end leaves the town's alone.
        let all = w.switched(&network, NETWORK, only("food-aid")).await?;
        let town = w.switched(&ana, TOWN, only("food-aid")).await?;
        assert_eq!(states().await?, ["suspended", "suspended", "published", "suspended"]);
        w.backend.lift(&network, NETWORK, all).await?;
        assert_eq!(states().await?, ["suspended", "suspended", "published", "published"]);
        w.backend.lift(&ana, TOWN, town).await?;
        assert_eq!(states().await?, ["published", "published", "published", "published"]);
    }
    Ok(())
}

#[tokio::test]
async fn what_is_elsewhere_does_not_exist() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, network) = (w.coordinator("ana").await?, w.network().await?);
        let foreign = w.other_town("83137").await?;
        let paul = w.stranger("paul", foreign).await?;
        let id = w.drafted(&ana, TOWN, form()).await?;
        let of_network = w.drafted(&network, NETWORK, form()).await?;
        let seen = w.shown(&ana, TOWN, id).await?.seen;
        let missing = || Err(AppError::NotFound);
        // Somebody of another town, under either address; the network, which reads a town's; a town, which is not the network.
        for (who, insee, id) in [
            (&paul, TOWN, id),
            (&paul, "83137", id),
            (&network, TOWN, id),
            (&network, NETWORK, id),
            (&ana, NETWORK, of_network),
            (&ana, TOWN, of_network),
        ] {
            assert_eq!(w.backend.save(who, insee, Some(id), form()).await, missing().map(|()| id));
            assert_eq!(w.backend.switch_on(who, insee, id, &seen).await, missing().map(|()| Switched::On));
            assert_eq!(w.backend.call_off(who, insee, id).await, missing());
            assert_eq!(w.backend.amend(who, insee, id, form()).await, missing());
            assert_eq!(w.backend.lift(who, insee, id).await, missing());
            assert_eq!(w.backend.discard(who, insee, id).await, missing());
        }
        assert_eq!(w.backend.list(&paul, TOWN).await, Err(AppError::NotFound));
        assert_eq!(w.backend.page(&paul, "83137", id).await, Err(AppError::NotFound));
        assert_eq!(w.backend.list(&ana, NETWORK).await, Err(AppError::NotFound));
        assert_eq!(w.backend.start(&network, TOWN).await, Err(AppError::NotFound));
        let page = w.shown(&network, TOWN, id).await?;
        assert!(!page.may_write, "the network reads");
        let nothing = MeasuresId(Uuid::nil());
        assert_eq!(w.backend.lift(&ana, TOWN, nothing).await, missing());
        // A draft of anybody's is nothing to acknowledge.
        assert_eq!(w.backend.acknowledge(&ana, id, 1).await, missing());
        assert_eq!(w.measures(id).await?, MeasuresStatus::Draft);
    }
    Ok(())
}
