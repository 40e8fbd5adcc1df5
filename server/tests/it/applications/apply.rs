//! Offering help: who may, when, and what is kept of it.

use chrono::TimeDelta;
use domain::{
    actor::Locale,
    applications::{ApplicationForm, ApplicationStatus, Applications},
    error::{AppError, Conflict, FieldErrors, Problem},
    profiles::{ProfileForm, Profiles},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use server::entity::{account, mission};

use super::world::{Plan, at_once, choose, form, worlds};

fn on_slots(problem: Problem) -> Result<ApplicationStatus, AppError> {
    Err(AppError::field("slots", problem))
}

#[tokio::test]
async fn at_once_is_accepted_and_told_to_both_in_their_language() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let person = world.volunteer("camille").await?;
        let admin = account::Entity::find_by_id(world.admin).one(world.backend.store.read()).await?;
        let mut admin = admin.unwrap_or_else(|| unreachable!()).into_active_model();
        admin.locale = Set(Locale::En.as_str().to_owned());
        let tx = world.backend.store.begin().await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        admin.update(&tx).await?;
        tx.commit().await?;
        assert_eq!(world.backend.apply(&person, mission, form(&slots)).await?, ApplicationStatus::Accepted);
        assert_eq!(world.taken(slots[0]).await?, 1);
        let row = world.applications(mission).await?.remove(0);
        assert_eq!(world.story(row.id).await?, ["pending", "accepted"]);
        let read: serde_json::Value = serde_json::from_str(&row.safety_rules)?;
        assert!(read.get("mission").is_some_and(|version| version.is_string()), "{read}");
        assert!(read.as_object().is_some_and(|rules| rules.len() > 1), "the rules in force are kept: {read}");
        let to_volunteer = world.letters("camille").await?.remove(0);
        assert_eq!(to_volunteer.kind, "application_accepted");
        assert!(to_volunteer.body_text.contains("mercredi 25\u{a0}novembre"), "{}", to_volunteer.body_text);
        assert!(to_volunteer.body_text.contains("Sonnez à l’interphone."));
        let to_admin = world.letters("admin").await?.remove(0);
        assert_eq!(to_admin.kind, "application_received");
        assert!(to_admin.body_text.contains("Wednesday 25\u{a0}November"), "{}", to_admin.body_text);
        assert!(to_admin.body_text.contains("Je suis disponible."));
    }
    Ok(())
}

#[tokio::test]
async fn a_birth_date_stays_what_it_was_when_somebody_applied() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let person = world.volunteer("camille").await?;
        let born = |date: &str| ProfileForm { birth_date: date.to_owned(), ..ProfileForm::default() };
        world.backend.save_profile(&person, born("1991-05-04")).await?;
        world.backend.apply(&person, mission, form(&slots)).await?;
        let refused = world.backend.save_profile(&person, born("1950-05-04")).await;
        assert_eq!(refused, Err(AppError::field("birth_date", Problem::BirthDateFixed)));
        let same = ProfileForm { phone: "06 39 98 12 34".to_owned(), ..born("1991-05-04") };
        world.backend.save_profile(&person, same).await?;
        assert_eq!(world.backend.own_profile(&person).await?.form.birth_date, "1991-05-04");
    }
    Ok(())
}

#[tokio::test]
async fn where_the_organisation_chooses_it_waits_and_takes_no_place() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", choose(&[(48, 3, 1)])).await?;
        let person = world.volunteer("camille").await?;
        assert_eq!(world.backend.apply(&person, mission, form(&slots)).await?, ApplicationStatus::Pending);
        assert_eq!(world.taken(slots[0]).await?, 0);
        assert_eq!(world.mails("camille").await?, ["application_sent"]);
        let again = world.backend.apply(&person, mission, form(&slots)).await;
        assert_eq!(again, Err(AppError::Conflict(Conflict::AlreadyApplied)));
        let space = world.backend.mine(&person).await?;
        assert_eq!((space.live.len(), space.minutes_this_week), (1, 0));
        assert_eq!(space.live[0].practical, None, "practical details are for accepted volunteers");
    }
    Ok(())
}

#[tokio::test]
async fn every_problem_of_the_form_is_told_at_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, _) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let person = world.volunteer("camille").await?;
        let empty = ApplicationForm { message: "a".repeat(1001), ..ApplicationForm::default() };
        let mut errors = FieldErrors::one("slots", Problem::NoSlot);
        errors.add("acknowledged", Problem::MustAcknowledge);
        errors.add("message", Problem::TooLong { max: 1000 });
        assert_eq!(world.backend.apply(&person, mission, empty).await, Err(AppError::Invalid(errors)));
        let (_, elsewhere) = world.mission("Ailleurs", at_once(&[(48, 3, 2)])).await?;
        assert_eq!(world.backend.apply(&person, mission, form(&elsewhere)).await, on_slots(Problem::SlotGone));
        assert!(world.applications(mission).await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn who_cannot_apply_is_told_why() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let (backend, form) = (&world.backend, form(&slots));
        let visitor = domain::actor::Actor::default();
        assert_eq!(backend.apply(&visitor, mission, form.clone()).await, Err(AppError::SignInFirst));
        let admin = world.of_organisation().await?;
        let refused = Err(AppError::Conflict(Conflict::VolunteerProfileRequired));
        assert_eq!(backend.apply(&admin, mission, form.clone()).await, refused);
        let person = world.volunteer("camille").await?;
        for (status, told) in [
            ("closed", AppError::Conflict(Conflict::MissionClosed)),
            ("suspended", AppError::NotFound),
            ("draft", AppError::NotFound),
        ] {
            let tx = backend.store.begin().await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
            mission::ActiveModel { id: Set(mission.0), status: Set(status.to_owned()), ..Default::default() }
                .update(&tx)
                .await?;
            tx.commit().await?;
            assert_eq!(backend.apply(&person, mission, form.clone()).await, Err(told), "{status}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_full_slot_has_a_list_and_one_that_is_over_refuses() -> anyhow::Result<()> {
    for world in worlds().await? {
        for plan in [at_once(&[(1, 1, 1)]), choose(&[(1, 1, 1)])] {
            let (mission, slots) = world.mission("Une place", plan).await?;
            let (first, second) = (uuid::Uuid::now_v7().to_string(), uuid::Uuid::now_v7().to_string());
            let (first, second) = (world.volunteer(&first).await?, world.volunteer(&second).await?);
            if world.backend.apply(&first, mission, form(&slots)).await? == ApplicationStatus::Pending {
                let (admin, ids) = (world.of_organisation().await?, world.ids(mission).await?);
                world.backend.decide(&admin, mission, ids, true, String::new()).await?;
            }
            let answer = world.backend.apply(&second, mission, form(&slots)).await;
            assert_eq!(answer, Ok(ApplicationStatus::Waitlisted));
            let ids = world.ids(mission).await?;
            world.backend.withdraw(&second, ids[1]).await?;
            world.backend.withdraw(&first, ids[0]).await?;
            assert_eq!(world.taken(slots[0]).await?, 0);
            world.backend.clock.advance(TimeDelta::hours(3));
            assert_eq!(world.backend.apply(&second, mission, form(&slots)).await, on_slots(Problem::SlotGone));
        }
    }
    Ok(())
}

#[tokio::test]
async fn minors_wait_for_a_guardian_whatever_the_mission_says() -> anyhow::Result<()> {
    for world in worlds().await? {
        let minors = |choice| Plan { choice, minors: true, slots: &[(48, 3, 2)] };
        let (adults, adults_slots) = world.mission("Majeurs", at_once(&[(48, 3, 2)])).await?;
        let (open, open_slots) = world.mission("Dès 16 ans", minors("at_once")).await?;
        // 17 today, and on the day of the slot; 15 on that day; 18 exactly on that day.
        let young = world.person("sacha", Some("2009-11-26")).await?;
        let younger = world.person("lou", Some("2010-11-26")).await?;
        let grown = world.person("noa", Some("2008-11-25")).await?;
        let (young, younger, grown) =
            (world.actor(young).await?, world.actor(younger).await?, world.actor(grown).await?);
        let backend = &world.backend;
        assert_eq!(backend.apply(&young, adults, form(&adults_slots)).await, on_slots(Problem::AdultsOnly));
        assert_eq!(backend.apply(&younger, open, form(&open_slots)).await, on_slots(Problem::BelowMinimumAge));
        let asked = ApplicationForm { guardian: "parent@ville.example".to_owned(), ..form(&open_slots) };
        assert_eq!(backend.apply(&young, open, asked).await?, ApplicationStatus::Pending);
        assert_eq!(backend.apply(&grown, adults, form(&adults_slots)).await?, ApplicationStatus::Accepted);
        let (admin, ids) = (world.of_organisation().await?, world.ids(open).await?);
        let answer = backend.decide(&admin, open, ids, true, String::new()).await?;
        assert_eq!((answer.done, answer.unconsented, answer.skipped), (0, 1, 0), "not without a guardian's consent");
        assert!(backend.of_mission(&admin, world.of(), open).await?.applicants[0].minor);
        assert_eq!(world.taken(open_slots[0]).await?, 0);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_in_two_places_or_gives_more_than_24_hours_a_week() -> anyhow::Result<()> {
    for world in worlds().await? {
        let person = world.volunteer("camille").await?;
        let apply = async |plan| {
            let (mission, slots) = world.mission("Veiller", plan).await?;
            anyhow::Ok(world.backend.apply(&person, mission, form(&slots)).await)
        };
        // Monday 8:30 in Paris: Tuesday and Wednesday, ten hours each.
        assert_eq!(apply(at_once(&[(24, 10, 9), (48, 10, 9)])).await?, Ok(ApplicationStatus::Accepted));
        assert_eq!(apply(choose(&[(33, 2, 9)])).await?, on_slots(Problem::OverlapsAnother));
        assert_eq!(apply(at_once(&[(80, 2, 9), (81, 2, 9)])).await?, on_slots(Problem::OverlapsAnother));
        assert_eq!(apply(at_once(&[(34, 5, 9)])).await?, on_slots(Problem::WeeklyLimit));
        assert_eq!(apply(choose(&[(34, 5, 9)])).await?, on_slots(Problem::WeeklyLimit));
        assert_eq!(apply(at_once(&[(34, 4, 9)])).await?, Ok(ApplicationStatus::Accepted), "one ends, one begins");
        assert_eq!(apply(at_once(&[(24 * 7, 10, 9)])).await?, Ok(ApplicationStatus::Accepted), "another week");
        assert_eq!(world.backend.mine(&person).await?.minutes_this_week, 24 * 60);
    }
    Ok(())
}
