//! What volunteers are told when what they offered their help for is suspended and comes back, and the time of their offers.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    actor::Actor,
    applications::{ApplicationStatus, Applications},
    crisis::Crisis,
    ids::{MissionId, OrganisationId},
    organisations::Organisations,
    reviews::Decision,
};
use sea_orm::EntityTrait;
use server::{
    applications::waiting::jobs,
    crisis::suspend,
    entity::{mission, slot},
    store::Work,
};
use uuid::Uuid;

use super::world::{World, at_once, choose, form, worlds};
use crate::crisis::world::{TOWN, form as measures};

impl World {
    /// A coordinator suspends or reinstates an organisation.
    async fn settles(&self, ana: &Actor, organisation: Uuid, decision: Decision) -> anyhow::Result<()> {
        let organisation = OrganisationId(organisation);
        Ok(Organisations::decide(&self.backend, ana, organisation, decision, "Il le faut.".to_owned()).await?)
    }

    /// The last e-mail to somebody: its kind and its text.
    async fn hears(&self, name: &str) -> anyhow::Result<(String, String)> {
        let letter = self.letters(name).await?.pop().context("an e-mail")?;
        Ok((letter.kind, letter.body_text))
    }

    /// Until when the place of the third application to a mission is held.
    async fn kept_until(&self, mission: MissionId) -> anyhow::Result<Option<DateTime<Utc>>> {
        Ok(self.applications(mission).await?.get(2).context("an application")?.held_until)
    }
}

/// A mission of two places, 200 hours ahead: Ada left hers, which is offered to Ben; Dan has the other, Cléo waits.
async fn offered(w: &World, mission: MissionId, slots: &[Uuid]) -> anyhow::Result<[Actor; 4]> {
    let people =
        [w.volunteer("ada").await?, w.volunteer("dan").await?, w.volunteer("ben").await?, w.volunteer("cleo").await?];
    for person in &people {
        w.backend.apply(person, mission, form(slots)).await?;
    }
    w.backend.withdraw(&people[0], w.ids(mission).await?[0]).await?;
    assert_eq!(w.states(mission).await?, ["withdrawn", "accepted", "offered", "waitlisted"]);
    assert_eq!(w.kept_until(mission).await?, Some(w.now() + TimeDelta::hours(24)));
    Ok(people)
}

#[tokio::test]
async fn volunteers_hear_that_an_organisation_is_suspended_and_comes_back() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (mission, slots) = w.mission("Colis", at_once(&[(200, 3, 2)])).await?;
        let [_, _, ben, _] = offered(&w, mission, &slots).await?;
        w.settles(&ana, w.organisation, Decision::Suspend).await?;
        for (name, words) in [("dan", "Ne vous déplacez pas"), ("ben", "vous reste réservée"), ("cleo", "votre rang")]
        {
            let (kind, text) = w.hears(name).await?;
            assert_eq!(kind, "mission_paused", "{name}");
            assert!(text.contains(words) && text.contains("Les Voisins"), "{text}");
        }
        assert!(!w.mails("ada").await?.contains(&"mission_paused".to_owned()), "she is not concerned any more");

        // Nobody could answer: the turn is not lost, and there is time to answer afterwards.
        w.backend.clock.advance(TimeDelta::hours(100));
        assert_eq!(jobs::turn(&w.backend).await.map_err(|error| anyhow::anyhow!("{error:?}"))?, 0);
        w.backend.clock.advance(TimeDelta::hours(10));
        w.settles(&ana, w.organisation, Decision::Reinstate).await?;
        assert_eq!(w.states(mission).await?, ["withdrawn", "accepted", "offered", "waitlisted"]);
        let fresh = TimeDelta::minutes(22 * 60 + 30);
        assert_eq!(w.kept_until(mission).await?, Some(w.now() + fresh), "a quarter of what is left");
        for (name, words) in [("dan", "On compte sur vous"), ("ben", "est réservée jusqu’au"), ("cleo", "votre rang")]
        {
            let (kind, text) = w.hears(name).await?;
            assert_eq!(kind, "mission_back", "{name}");
            assert!(text.contains(words), "{text}");
            let mails = w.mails(name).await?;
            assert_eq!(mails.iter().filter(|kind| kind.starts_with("mission_")).count(), 2, "{mails:?}");
        }
        w.backend.clock.advance(fresh - TimeDelta::minutes(1));
        let id = w.ids(mission).await?[2];
        assert_eq!(w.backend.answer_offer(&ben, id, "", true).await, Ok(ApplicationStatus::Accepted));
    }
    Ok(())
}

#[tokio::test]
async fn volunteers_of_a_partner_hear_that_it_is_suspended() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (mission, slots) = w.mission("Colis", at_once(&[(72, 3, 5), (96, 3, 5)])).await?;
        w.partner(mission, slots[1]).await?;
        for (name, slot) in [("ada", slots[0]), ("eve", slots[1])] {
            w.backend.apply(&w.volunteer(name).await?, mission, form(&[slot])).await?;
        }
        let row = slot::Entity::find_by_id(slots[1]).one(w.backend.store.read()).await?.context("a slot")?;
        let partner = row.organisation_id.context("a partner")?;
        w.settles(&ana, partner, Decision::Suspend).await?;
        let (kind, text) = w.hears("eve").await?;
        assert!(kind == "mission_paused" && text.contains("Les Amis"), "{text}");
        // The mission goes offline and comes back: nothing changes for who waits for the partner.
        w.settles(&ana, w.organisation, Decision::Suspend).await?;
        w.settles(&ana, w.organisation, Decision::Reinstate).await?;
        assert_eq!(w.mails("eve").await?, ["application_accepted", "mission_paused"]);
        assert_eq!(w.mails("ada").await?, ["application_accepted", "mission_paused", "mission_back"]);
        w.settles(&ana, partner, Decision::Reinstate).await?;
        assert_eq!(w.mails("eve").await?, ["application_accepted", "mission_paused", "mission_back"]);
        assert_eq!(w.mails("ada").await?.len(), 3);
    }
    Ok(())
}

#[tokio::test]
async fn an_offer_has_its_time_anew_after_measures() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (mission, slots) = w.of_domain("Tournoi", "sport", at_once(&[(200, 3, 2)])).await?;
        offered(&w, mission, &slots).await?;
        let id = w.switched(&ana, TOWN, measures()).await?;
        assert_eq!(w.stands(mission).await?, "suspended");
        w.backend.clock.advance(TimeDelta::hours(20));
        w.backend.lift(&ana, TOWN, id).await?;
        assert_eq!(w.kept_until(mission).await?, Some(w.now() + TimeDelta::hours(24)));
        let (kind, text) = w.hears("ben").await?;
        assert!(kind == "mission_back" && text.contains("est réservée jusqu’au"), "{text}");
        assert!(!w.mails("ben").await?.contains(&"crisis_back_volunteer".to_owned()), "one e-mail");
        assert_eq!(w.hears("dan").await?.0, "crisis_back_volunteer");
    }
    Ok(())
}

#[tokio::test]
async fn volunteers_hear_that_a_new_version_brings_their_mission_back() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (mission, slots) = w.of_domain("Tournoi", "sport", at_once(&[(200, 3, 2)])).await?;
        offered(&w, mission, &slots).await?;
        w.switched(&ana, TOWN, measures()).await?;
        w.change(mission, mission::Column::DomainCode, "food-aid").await?;
        w.backend.clock.advance(TimeDelta::hours(2));
        let row = mission::Entity::find_by_id(mission.0).one(w.backend.store.read()).await?.context("a mission")?;
        let work = Work::begin(&w.backend, &ana).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let back = suspend::reconsider(&work, &row).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        work.commit().await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        assert!(back);
        for name in ["dan", "ben", "cleo"] {
            assert_eq!(w.hears(name).await?.0, "mission_back", "{name}");
        }
        assert_eq!(w.kept_until(mission).await?, Some(w.now() + TimeDelta::hours(24)));
    }
    Ok(())
}

#[tokio::test]
async fn who_waited_when_a_suspended_mission_began_to_accept_at_once_is_first() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (mission, slots) = w.mission("Choisir", choose(&[(72, 3, 1)])).await?;
        for name in ["ada", "ben"] {
            w.backend.apply(&w.volunteer(name).await?, mission, form(&slots)).await?;
        }
        w.settles(&ana, w.organisation, Decision::Suspend).await?;
        w.accepts_at_once(mission).await?;
        assert_eq!(w.states(mission).await?, ["pending", "pending"], "nobody comes now");
        w.settles(&ana, w.organisation, Decision::Reinstate).await?;
        assert_eq!(w.states(mission).await?, ["accepted", "waitlisted"]);
        assert_eq!(w.taken(slots[0]).await?, 1);
    }
    Ok(())
}
