//! What people read, and acknowledge.

use chrono::TimeDelta;
use domain::{
    actor::{Actor, Locale},
    applications::{ApplicationForm, ApplicationStatus, Applications},
    crisis::{Crisis, MeasuresForm},
    error::{AppError, Conflict, Problem},
    missions::Missions,
    search::{Search, SearchQuery},
};
use sea_orm::EntityTrait;
use server::entity::crisis_acknowledgement;

use super::world::{NETWORK, TOWN, form};
use crate::applications::world::{at_once, form as application, worlds};

#[tokio::test]
async fn who_applies_acknowledges_what_was_shown() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (food, slots) = w.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        let camille = w.volunteer("camille").await?;
        let blind = application(&slots);
        let id = w.switched(&ana, TOWN, form()).await?;
        let refused = Err(AppError::field("acknowledged", Problem::CrisisRulesChanged));
        assert_eq!(w.backend.apply(&camille, food, blind.clone()).await, refused, "what the page did not show");
        let page = Missions::page(&w.backend, &camille, food).await?;
        let shown: Vec<_> =
            page.domain_rules.iter().rev().take(2).map(|rule| (rule.text.as_str(), rule.version)).collect();
        assert_eq!(shown, [("Portez un masque.", 1), ("Restez à un mètre.", 1)]);
        let read = ApplicationForm { reading: page.reading, ..blind };
        assert_eq!(w.backend.apply(&camille, food, read).await?, ApplicationStatus::Accepted);
        let row = w.applications(food).await?.remove(0);
        let kept: serde_json::Value = serde_json::from_str(&row.safety_rules)?;
        assert_eq!(kept.get(format!("crisis:{id}")), Some(&1.into()), "version and date are kept: {kept}");
        assert_eq!(row.safety_acknowledged_at, w.now());
        assert!(w.backend.mine(&camille).await?.to_acknowledge.is_empty(), "not twice");
        let effect = w.shown(&ana, TOWN, id).await?.effect;
        assert_eq!((effect.to_acknowledge, effect.acknowledged), (0, 1));
    }
    Ok(())
}

#[tokio::test]
async fn who_is_counted_on_acknowledges_anew() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, admin) = (w.coordinator("ana").await?, w.of_organisation().await?);
        let (food, slots) = w.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        let camille = w.volunteer("camille").await?;
        w.backend.apply(&camille, food, application(&slots)).await?;
        let lea = w.volunteer("lea").await?;
        let id = w.switched(&ana, TOWN, form()).await?;
        let asked = w.backend.mine(&camille).await?.to_acknowledge;
        assert_eq!((asked.len(), asked[0].id, asked[0].version), (1, id, 1));
        assert!(w.backend.mine(&lea).await?.to_acknowledge.is_empty(), "counted on nowhere");
        assert!(w.backend.of_mission(&admin, w.organisation.into(), food).await?.applicants[0].unacknowledged);
        assert_eq!(w.shown(&ana, TOWN, id).await?.effect.missing[0].name, "camille Martin");
        assert_eq!(w.backend.acknowledge(&camille, id, 2).await, Err(Conflict::ChangedMeanwhile.into()));
        w.backend.acknowledge(&camille, id, 1).await?;
        w.backend.acknowledge(&camille, id, 1).await?;
        assert!(w.backend.mine(&camille).await?.to_acknowledge.is_empty());
        assert!(!w.backend.of_mission(&admin, w.organisation.into(), food).await?.applicants[0].unacknowledged);

        // Other rules are another version: acknowledged anew, told anew; another banner is not.
        let letters = w.mails("camille").await?.len();
        w.backend.clock.advance(TimeDelta::hours(1));
        w.backend.amend(&ana, TOWN, id, MeasuresForm { banner_fr: "Restez prudents.".to_owned(), ..form() }).await?;
        assert_eq!(w.mails("camille").await?.len(), letters);
        let stricter = MeasuresForm { rules_fr: "Restez à deux mètres.".to_owned(), ..form() };
        w.backend.amend(&ana, TOWN, id, stricter).await?;
        assert_eq!(w.mails("camille").await?[letters..], ["crisis_volunteer"]);
        let asked = w.backend.mine(&camille).await?.to_acknowledge;
        assert_eq!((asked[0].version, asked[0].rules.as_str()), (2, "Restez à deux mètres."));
        assert!(w.backend.of_mission(&admin, w.organisation.into(), food).await?.applicants[0].unacknowledged);
        w.backend.acknowledge(&camille, id, 2).await?;
        let rows = crisis_acknowledgement::Entity::find().all(w.backend.store.read()).await?;
        let mut versions: Vec<_> = rows.iter().map(|row| row.version).collect();
        versions.sort_unstable();
        assert_eq!(versions, [1, 2], "both are kept");
        w.backend.lift(&ana, TOWN, id).await?;
        assert_eq!(w.backend.acknowledge(&camille, id, 2).await, Err(AppError::NotFound), "they are over");
    }
    Ok(())
}

#[tokio::test]
async fn who_is_concerned_by_a_longer_time_is_told() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (food, slots) = w.mission("Colis", at_once(&[(24 * 40, 3, 5)])).await?;
        let senior = w.actor(w.person("rene", Some("1950-01-01")).await?).await?;
        w.backend.apply(&senior, food, application(&slots)).await?;
        let id = w.switched(&ana, TOWN, form()).await?;
        assert!(!w.mails("rene").await?.contains(&"crisis_volunteer".to_owned()), "after the last day");
        w.backend.amend(&ana, TOWN, id, MeasuresForm { last_day: "2027-01-31".to_owned(), ..form() }).await?;
        let letter = w.letters("rene").await?.pop().unwrap();
        assert_eq!(letter.kind, "crisis_volunteer");
        assert!(letter.body_text.contains("31\u{a0}janvier 2027"), "{}", letter.body_text);
        assert_eq!(w.shown(&ana, TOWN, id).await?.effect.kept_home.len(), 1);
    }
    Ok(())
}

#[tokio::test]
async fn banners_stand_where_measures_hold() -> anyhow::Result<()> {
    for w in worlds().await? {
        let (ana, network) = (w.coordinator("ana").await?, w.network().await?);
        w.other_town("83137").await?;
        let (food, _) = w.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        let visitor = Actor::default();
        let texts = |banners: Vec<domain::crisis::Banner>| -> Vec<String> {
            banners.into_iter().map(|banner| format!("{}: {}", banner.town, banner.text)).collect()
        };
        let search = |town: &str| SearchQuery { town: town.to_owned(), page: 1, ..SearchQuery::default() };
        assert!(w.backend.home(&visitor).await?.banners.is_empty() && w.backend.public(&visitor).await?.is_empty());
        let town = w.switched(&ana, TOWN, form()).await?;
        let ours = ["La Seyne-sur-Mer: Les rassemblements sont interdits."];
        assert_eq!(texts(w.backend.home(&visitor).await?.banners), ours);
        assert_eq!(texts(w.backend.missions(&visitor, search("")).await?.banners), ours);
        assert_eq!(texts(w.backend.missions(&visitor, search(TOWN)).await?.banners), ours);
        assert!(w.backend.missions(&visitor, search("83137")).await?.banners.is_empty());
        assert_eq!(texts(w.backend.town(&visitor, TOWN).await?.banners), ours);
        assert!(w.backend.town(&visitor, "83137").await?.banners.is_empty());
        assert_eq!(texts(Missions::page(&w.backend, &visitor, food).await?.banners), ours);
        assert!(w.backend.banners(&visitor).await?.is_empty(), "on every page: the network's alone");
        w.switched(&network, NETWORK, form()).await?;
        let english = Actor { locale: Locale::En, ..Actor::default() };
        assert_eq!(texts(w.backend.banners(&english).await?), [": Gatherings are forbidden."]);
        assert_eq!(texts(w.backend.home(&visitor).await?.banners), ours, "not twice");
        let public = w.backend.public(&visitor).await?;
        let places: Vec<_> = public.iter().map(|one| one.town.as_ref().map(|town| town.insee.as_str())).collect();
        assert_eq!(places, [None, Some(TOWN)]);
        assert_eq!(w.backend.list(&ana, TOWN).await?.network.len(), 1);
        w.backend.lift(&ana, TOWN, town).await?;
        assert!(w.backend.town(&visitor, TOWN).await?.banners.is_empty());
    }
    Ok(())
}
