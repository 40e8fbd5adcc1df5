//! Who answers for what in a mission with a partner: each organisation its own applicants, and nobody else's.

use domain::{
    applications::{ApplicationStatus, Applications},
    error::{AppError, Conflict, Problem},
    ids::{ApplicationId, OrganisationId, SlotId},
    missions::Missions,
    organisations::Organisations,
    reviews::Decision,
    search::{Search, SearchQuery},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use server::entity::{application, mission};

use super::{
    partners::{Pair, form, later, pairs},
    world::begin,
};

/// A pair that is joined; the partner's slot is two days later, and the partner chooses among volunteers.
async fn joined() -> anyhow::Result<Vec<Pair>> {
    let mut joined = Vec::new();
    for mut pair in pairs().await? {
        let (id, review) = pair
            .w
            .submitted_by("Distribuer nos colis", pair.partner.0, pair.zoe, |content| later(&mut content.slots[0], 2))
            .await?;
        let tx = begin(&pair.w.backend.store).await?;
        mission::ActiveModel {
            id: Set(id.0),
            choice: Set("choose".to_owned()),
            practical: Set("Demandez Zoé.".to_owned()),
            ..Default::default()
        }
        .update(&tx)
        .await?;
        tx.commit().await?;
        pair.w.tick(pair.w.ana, review).await?;
        (pair.joined, pair.review) = (id, review);
        pair.join().await?;
        joined.push(pair);
    }
    Ok(joined)
}

impl Pair {
    fn owner(&self) -> OrganisationId {
        OrganisationId(self.w.organisation)
    }

    /// The application of a volunteer.
    async fn application(&self, volunteer: &domain::actor::Actor) -> anyhow::Result<ApplicationId> {
        let id = volunteer.account.map(|id| id.0).unwrap_or_default();
        let row = application::Entity::find().filter(application::Column::VolunteerId.eq(id));
        let row = row.one(self.w.backend.store.read()).await?;
        Ok(ApplicationId(anyhow::Context::context(row, "an application")?.id))
    }
}

#[tokio::test]
async fn each_organisation_answers_its_own_applicants_and_sees_no_others() -> anyhow::Result<()> {
    for pair in joined().await? {
        let (w, backend) = (&pair.w, &pair.w.backend);
        let (own, held) = (pair.own().await?.id, pair.held().await?.id);
        let (ada, ben) = (pair.volunteer("ada").await?, pair.volunteer("ben").await?);
        let (admin, zoe) = (w.actor(w.admin).await?, w.actor(pair.zoe).await?);
        assert_eq!(backend.apply(&ada, pair.host, form(&[own])).await?, ApplicationStatus::Accepted);
        assert_eq!(backend.apply(&ben, pair.host, form(&[held])).await?, ApplicationStatus::Pending, "it chooses");
        assert_eq!(w.last_letter("admin").await?.kind, "application_received");
        assert!(w.last_letter("admin").await?.body_text.contains("ada Test"));
        let letter = w.last_letter("zoe").await?;
        assert!(letter.kind == "application_received" && letter.body_text.contains("ben Test"));
        assert!(
            letter.body_text.contains(&format!("/organisation/{}/missions/{}/candidatures", pair.partner, pair.host))
        );

        let names = |page: domain::applications::MissionApplications| {
            page.applicants.into_iter().map(|applicant| applicant.name).collect::<Vec<_>>()
        };
        let of_owner = backend.of_mission(&admin, pair.owner(), pair.host).await?;
        assert_eq!(
            (of_owner.slots.len(), of_owner.partner_of.clone(), names(of_owner)),
            (1, None, vec!["ada Test".into()])
        );
        let of_partner = backend.of_mission(&zoe, pair.partner, pair.host).await?;
        assert_eq!(of_partner.partner_of.as_deref(), Some("Les Voisins"));
        assert_eq!((of_partner.slots[0].id, names(of_partner)), (SlotId(held), vec!["ben Test".to_owned()]));
        for (who, organisation) in [(&admin, pair.partner), (&zoe, pair.owner()), (&ada, pair.partner)] {
            assert_eq!(backend.of_mission(who, organisation, pair.host).await.err(), Some(AppError::NotFound));
        }

        let (adas, bens) = (pair.application(&ada).await?, pair.application(&ben).await?);
        let answer = |who, id, accept| {
            Applications::decide(backend, who, pair.host, vec![id], accept, "Merci quand même.".to_owned())
        };
        assert_eq!(answer(&admin, bens, true).await, Err(AppError::NotFound));
        assert_eq!(answer(&zoe, adas, false).await, Err(AppError::NotFound));
        assert_eq!(answer(&zoe, bens, true).await?.done, 1);
        assert_eq!((pair.held().await?.taken, pair.own().await?.taken), (1, 1));
        let letter = w.last_letter("ben").await?;
        assert!(letter.kind == "application_accepted" && letter.body_text.contains("Les Amis du port"));
        assert!(letter.body_text.contains("Demandez Zoé."), "{}", letter.body_text);
        let space = backend.mine(&ben).await?.live.remove(0);
        assert_eq!(
            (space.organisation.as_str(), space.practical.as_deref()),
            ("Les Amis du port", Some("Demandez Zoé."))
        );

        backend.withdraw(&ben, bens).await?;
        assert_eq!(w.last_letter("zoe").await?.kind, "application_withdrawn");
        assert_eq!(w.last_letter("admin").await?.kind, "application_received", "it is not told");
        assert_eq!(pair.held().await?.taken, 0);
    }
    Ok(())
}

#[tokio::test]
async fn one_application_is_for_one_organisation() -> anyhow::Result<()> {
    for pair in joined().await? {
        let (own, held) = (pair.own().await?.id, pair.held().await?.id);
        let ada = pair.volunteer("ada").await?;
        let mixed = pair.w.backend.apply(&ada, pair.host, form(&[own, held])).await;
        assert_eq!(mixed, Err(AppError::field("slots", Problem::OneOrganisation)));
        assert_eq!((pair.own().await?.taken, pair.held().await?.taken), (0, 0));
        pair.w.backend.apply(&ada, pair.host, form(&[held])).await?;
        let second = pair.w.backend.apply(&ada, pair.host, form(&[own])).await;
        assert_eq!(second, Err(AppError::Conflict(Conflict::AlreadyApplied)));
    }
    Ok(())
}

#[tokio::test]
async fn lists_and_figures_are_those_of_whoever_answers() -> anyhow::Result<()> {
    for pair in joined().await? {
        let (w, backend) = (&pair.w, &pair.w.backend);
        let ben = pair.volunteer("ben").await?;
        backend.apply(&ben, pair.host, form(&[pair.held().await?.id])).await?;
        let space = backend.space(&w.actor(pair.zoe).await?, pair.partner).await?;
        let line = space.missions.iter().find(|line| line.id == pair.host);
        let line = line.map(|line| (line.partner_of.as_deref(), line.places, line.pending, line.newer_version));
        assert_eq!(line, Some((Some("Les Voisins"), (0, 4), 1, None)));
        assert_eq!(space.pending_applications, 1);
        let space = backend.space(&w.actor(w.admin).await?, pair.owner()).await?;
        let line = space.missions.iter().find(|line| line.id == pair.host);
        assert_eq!(line.map(|line| (line.partner_of.clone(), line.places, line.pending)), Some((None, (0, 4), 0)));
        let public = Missions::page(backend, &ben, pair.host).await?;
        let partners: Vec<&str> = public.partners.iter().map(|partner| partner.name.as_str()).collect();
        assert_eq!((partners, public.slots.len()), (vec!["Les Amis du port"], 2));
        let page = Organisations::page(backend, &ben, pair.partner).await?;
        assert_eq!(page.missions.iter().map(|card| card.id).collect::<Vec<_>>(), [pair.host]);
        assert_eq!(page.missions[0].places_left, 8);
    }
    Ok(())
}

#[tokio::test]
async fn each_calls_off_its_own_slots_only() -> anyhow::Result<()> {
    for pair in joined().await? {
        let (w, backend) = (&pair.w, &pair.w.backend);
        let (own, held) = (SlotId(pair.own().await?.id), SlotId(pair.held().await?.id));
        let ben = pair.volunteer("ben").await?;
        backend.apply(&ben, pair.host, form(&[held.0])).await?;
        let (admin, zoe) = (w.actor(w.admin).await?, w.actor(pair.zoe).await?);
        let call_off = |who, slot| backend.cancel_slot(who, pair.host, slot, "La salle est prise.".to_owned());
        assert_eq!(call_off(&admin, held).await, Err(AppError::NotFound));
        assert_eq!(call_off(&zoe, own).await, Err(AppError::NotFound));
        call_off(&zoe, held).await?;
        assert!(pair.held().await?.cancelled_at.is_some() && pair.own().await?.cancelled_at.is_none());
        let letter = w.last_letter("ben").await?;
        assert!(letter.kind == "slot_cancelled" && letter.body_text.contains("Les Amis du port"));
        // A partner asks for nothing else.
        let nothing = Err(AppError::NotFound);
        assert_eq!(backend.cancel(&zoe, pair.host, "Plus de local".to_owned()).await, nothing);
        assert_eq!(backend.close(&zoe, pair.host).await, nothing);
        assert_eq!(Missions::submit(backend, &zoe, pair.host).await, nothing);
        assert_eq!(Missions::write(backend, &zoe, pair.host, "Bonjour".to_owned(), None).await, nothing);
        assert_eq!(backend.editor(&zoe, pair.host).await.err(), Some(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn a_mission_that_is_given_up_tells_both_organisations_and_all_volunteers() -> anyhow::Result<()> {
    for pair in joined().await? {
        let (w, backend) = (&pair.w, &pair.w.backend);
        let (ada, ben) = (pair.volunteer("ada").await?, pair.volunteer("ben").await?);
        backend.apply(&ada, pair.host, form(&[pair.own().await?.id])).await?;
        backend.apply(&ben, pair.host, form(&[pair.held().await?.id])).await?;
        backend.cancel(&w.actor(w.admin).await?, pair.host, "Plus de local".to_owned()).await?;
        for name in ["ada", "ben"] {
            let letter = w.last_letter(name).await?;
            assert!(letter.kind == "mission_cancelled" && letter.body_text.contains("Les Voisins a annulé"), "{name}");
        }
        let letter = w.last_letter("zoe").await?;
        assert!(letter.kind == "shared_mission_cancelled" && letter.body_text.contains("Plus de local"));
    }
    for pair in joined().await? {
        let (w, backend) = (&pair.w, &pair.w.backend);
        let ben = pair.volunteer("ben").await?;
        backend.apply(&ben, pair.host, form(&[pair.held().await?.id])).await?;
        backend.close(&w.actor(w.admin).await?, pair.host).await?;
        assert_eq!(w.last_letter("zoe").await?.kind, "shared_mission_closed");
        let letter = w.last_letter("ben").await?;
        assert!(letter.kind == "application_declined" && letter.body_text.contains("Les Amis du port"));
    }
    Ok(())
}

#[tokio::test]
async fn slots_of_a_suspended_partner_are_not_offered() -> anyhow::Result<()> {
    for pair in joined().await? {
        let (w, backend) = (&pair.w, &pair.w.backend);
        let (ada, ben, held) = (pair.volunteer("ada").await?, pair.volunteer("ben").await?, pair.held().await?.id);
        backend.apply(&ben, pair.host, form(&[held])).await?;
        let (ana, zoe, bens) = (w.actor(w.ana).await?, w.actor(pair.zoe).await?, pair.application(&ben).await?);
        let suspend =
            |id, decision| Organisations::decide(backend, &ana, id, decision, "Contrôle en cours.".to_owned());
        let places = || async {
            let found = backend.missions(&ada, SearchQuery::default()).await?;
            anyhow::Ok(found.missions.iter().map(|card| (card.more_slots, card.places_left)).collect::<Vec<_>>())
        };
        assert_eq!(places().await?, [(1, 8)]);
        suspend(pair.partner, Decision::Suspend).await?;
        assert_eq!(places().await?, [(0, 4)]);
        assert_eq!(Missions::page(backend, &ada, pair.host).await.map(|page| page.slots.len()), Ok(1));
        let gone = backend.apply(&ada, pair.host, form(&[held])).await;
        assert_eq!(gone, Err(AppError::field("slots", Problem::SlotGone)));
        let late = Applications::decide(backend, &zoe, pair.host, vec![bens], true, String::new()).await?;
        assert_eq!((late.done, late.skipped), (0, 1), "it takes nobody while it is suspended");
        suspend(pair.partner, Decision::Reinstate).await?;
        assert_eq!(places().await?, [(1, 8)]);
        assert_eq!(Applications::decide(backend, &zoe, pair.host, vec![bens], true, String::new()).await?.done, 1);

        // The slots of a partner go offline with the mission, and come back with it.
        suspend(pair.owner(), Decision::Suspend).await?;
        assert_eq!(w.last_letter("zoe").await?.kind, "shared_mission_suspended");
        assert_eq!(places().await?, []);
        let offline = backend.apply(&ada, pair.host, form(&[held])).await;
        assert_eq!(offline, Err(AppError::NotFound));
        suspend(pair.owner(), Decision::Reinstate).await?;
        assert_eq!(w.last_letter("zoe").await?.kind, "shared_mission_resumed");
        assert_eq!(backend.apply(&ada, pair.host, form(&[held])).await?, ApplicationStatus::Pending);
    }
    Ok(())
}

#[tokio::test]
async fn a_partner_that_joins_again_to_accept_at_once_accepts_who_waits() -> anyhow::Result<()> {
    for mut pair in joined().await? {
        let (ada, held) = (pair.volunteer("ada").await?, pair.held().await?.id);
        assert_eq!(pair.w.backend.apply(&ada, pair.host, form(&[held])).await?, ApplicationStatus::Pending);
        let (id, review) = pair
            .w
            .submitted_by("Distribuer encore des colis", pair.partner.0, pair.zoe, |content| {
                later(&mut content.slots[0], 4);
            })
            .await?;
        pair.w.tick(pair.w.ana, review).await?;
        (pair.joined, pair.review) = (id, review);
        pair.join().await?;
        assert_eq!(pair.w.last_letter("ada").await?.kind, "application_accepted");
    }
    Ok(())
}

#[tokio::test]
async fn places_of_a_partner_are_never_given_twice() -> anyhow::Result<()> {
    for pair in joined().await? {
        let held = pair.held().await?.id;
        let mut people = Vec::new();
        for n in 0..9 {
            people.push(pair.volunteer(&format!("v{n}")).await?);
        }
        for person in &people {
            pair.w.backend.apply(person, pair.host, form(&[held])).await?;
        }
        let zoe = pair.w.actor(pair.zoe).await?;
        let page = pair.w.backend.of_mission(&zoe, pair.partner, pair.host).await?;
        let mut acts = tokio::task::JoinSet::new();
        for applicant in page.applicants {
            let (backend, zoe, host) = (pair.w.backend.clone(), zoe.clone(), pair.host);
            acts.spawn(async move {
                Applications::decide(&backend, &zoe, host, vec![applicant.id], true, String::new()).await
            });
        }
        let mut done = 0;
        while let Some(answer) = acts.join_next().await {
            done += answer??.done;
        }
        let slot = pair.held().await?;
        assert_eq!((done, slot.taken, slot.places), (4, 4, 4));
        assert_eq!(pair.own().await?.taken, 0);
    }
    Ok(())
}

#[tokio::test]
async fn another_organisation_of_the_town_sees_nothing() -> anyhow::Result<()> {
    for pair in joined().await? {
        let stranger = pair.w.person("stranger").await?;
        let other = pair.w.another_organisation("Les Autres", "W831000003", stranger).await?;
        let stranger = pair.w.actor(stranger).await?;
        for organisation in [OrganisationId(other), pair.partner, pair.owner()] {
            let page = pair.w.backend.of_mission(&stranger, organisation, pair.host).await;
            assert_eq!(page.err(), Some(AppError::NotFound));
        }
        let held = SlotId(pair.held().await?.id);
        let refused = pair.w.backend.cancel_slot(&stranger, pair.host, held, "La salle est prise.".to_owned()).await;
        assert_eq!(refused, Err(AppError::NotFound));
    }
    Ok(())
}
