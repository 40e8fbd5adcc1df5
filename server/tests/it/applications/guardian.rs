//! A guardian's consent: nothing counts before it, it ends what it is withdrawn from, and nobody learns more than they must.

use anyhow::{Context, anyhow, ensure};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::{ApplicantFilter, ApplicationForm, ApplicationStatus, Applications, ConsentAction, ConsentStatus},
    error::{AppError, Conflict, Problem},
    ids::{ApplicationId, MissionId},
    missions::Missions,
    organisations,
    planning::Planning,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::{
    applications::{export, guardian},
    entity::{guardian_consent, history},
    housekeeping,
};
use uuid::Uuid;

use super::world::{Plan, World, at_once, choose, form, worlds};

/// The form of somebody under 18.
pub fn with_guardian(slots: &[Uuid], address: &str) -> ApplicationForm {
    ApplicationForm { guardian: address.to_owned(), ..form(slots) }
}

/// Open from 16.
pub fn from_16(plan: Plan<'_>) -> Plan<'_> {
    Plan { minors: true, ..plan }
}

impl World {
    /// A volunteer of 17.
    pub async fn young(&self, name: &str) -> anyhow::Result<Actor> {
        self.actor(self.person(name, Some("2009-06-01")).await?).await
    }

    /// Applies with the guardian `parent-<name>`.
    pub async fn asks_with_guardian(
        &self,
        name: &str,
        person: &Actor,
        mission: MissionId,
        slots: &[Uuid],
    ) -> anyhow::Result<(ApplicationId, ApplicationStatus)> {
        let form = with_guardian(slots, &format!("parent-{name}@ville.example"));
        let status = self.backend.apply(person, mission, form).await.context("an application")?;
        Ok((self.ids(mission).await?.pop().context("it")?, status))
    }

    /// The secret of the last link that went to the guardian of this volunteer.
    pub async fn link_of(&self, name: &str) -> anyhow::Result<String> {
        let letter = self.letters(&format!("parent-{name}")).await?.pop().context("an e-mail to the guardian")?;
        let (_, rest) = letter.body_text.split_once("?cle=").context("a link")?;
        Ok(rest.chars().take_while(char::is_ascii_alphanumeric).collect())
    }

    /// The guardian of this volunteer answers.
    pub async fn says(
        &self,
        name: &str,
        id: ApplicationId,
        action: ConsentAction,
    ) -> anyhow::Result<Result<ConsentStatus, AppError>> {
        Ok(self.backend.answer_guardian(&Actor::default(), id, &self.link_of(name).await?, action).await)
    }

    /// What is kept of a consent.
    async fn consent(&self, id: ApplicationId) -> anyhow::Result<guardian_consent::Model> {
        let row = guardian_consent::Entity::find_by_id(id.0).one(self.backend.store.read()).await?;
        row.context("a consent")
    }

    /// The states of a consent, in order.
    async fn consents(&self, id: ApplicationId) -> anyhow::Result<Vec<String>> {
        let rows = history::Entity::find()
            .filter(history::Column::Subject.eq("guardian_consent"))
            .filter(history::Column::SubjectId.eq(id.0))
            .order_by_asc(history::Column::Id)
            .all(self.backend.store.read())
            .await?;
        ensure!(rows.iter().all(|row| row.reason.is_none()), "nothing of the guardian is in the history");
        Ok(rows.into_iter().map(|row| row.to_state).collect())
    }

    async fn tidy(&self) -> anyhow::Result<()> {
        housekeeping::forget(&self.backend).await.map_err(|error| anyhow!("{error:?}"))
    }
}

fn wrong(problem: Problem) -> Result<ApplicationStatus, AppError> {
    Err(AppError::field("guardian", problem))
}

#[tokio::test]
async fn a_guardian_is_asked_for_where_one_is_needed() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(48, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let apply = async |address: &str| world.backend.apply(&young, mission, with_guardian(&slots, address)).await;
        assert_eq!(apply(" ").await, wrong(Problem::Required));
        assert_eq!(apply("maman").await, wrong(Problem::NotAnEmail));
        assert_eq!(apply(" SACHA@ville.example ").await, wrong(Problem::GuardianIsYou));
        let unread = ApplicationForm { acknowledged: String::new(), ..form(&slots) };
        let all = world.backend.apply(&young, mission, unread).await;
        let Err(AppError::Invalid(errors)) = all else { return Err(anyhow!("{all:?}")) };
        assert_eq!(errors.get("guardian"), Some(&Problem::Required));
        assert_eq!(errors.get("acknowledged"), Some(&Problem::MustAcknowledge), "everything is told at once");
        assert!(world.applications(mission).await?.is_empty());
        let grown = world.volunteer("camille").await?;
        let answer = world.backend.apply(&grown, mission, with_guardian(&slots, "maman")).await;
        assert_eq!(answer, Ok(ApplicationStatus::Accepted), "nobody asks an adult");
    }
    Ok(())
}

#[tokio::test]
async fn nothing_counts_before_consent_and_everything_after() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(48, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let (id, status) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        assert_eq!((status, world.taken(slots[0]).await?), (ApplicationStatus::Pending, 0));
        assert_eq!(world.mails("sacha").await?, ["guardian_awaited"]);
        assert!(world.mails("admin").await?.is_empty(), "there is nothing to answer yet");
        let asked = world.letters("parent-sacha").await?.remove(0);
        assert_eq!(asked.kind, "guardian_asked");
        assert!(asked.body_text.contains("sacha") && asked.body_text.contains("La Seyne-sur-Mer"));
        assert!(!asked.body_text.contains("Martin"), "a first name is enough");
        let secret = world.link_of("sacha").await?;
        let consent = world.consent(id).await?;
        assert_eq!(consent.email.as_deref(), Some("parent-sacha@ville.example"));
        assert!(!format!("{consent:?}").contains(&secret), "only its hash is kept");

        let (backend, admin) = (&world.backend, world.of_organisation().await?);
        let answer = backend.decide(&admin, mission, vec![id], true, String::new()).await?;
        assert_eq!((answer.done, answer.unconsented, answer.skipped), (0, 1, 0));
        let seen = backend.of_mission(&admin, world.of(), mission).await?;
        assert_eq!((seen.applicants[0].minor, seen.applicants[0].consented), (true, false));
        let page = backend.guardian(&Actor::default(), id, &secret).await?;
        assert_eq!(page.actions, [ConsentAction::Give, ConsentAction::Refuse]);
        assert_eq!((page.given_name.as_str(), page.safety_rules.as_str()), ("sacha", "Porter des gants."));
        assert!(!page.domain_rules.is_empty());
        assert_eq!(world.consents(id).await?, ["asked"], "looking changes nothing");

        assert_eq!(world.says("sacha", id, ConsentAction::Give).await?, Ok(ConsentStatus::Given));
        assert_eq!((world.states(mission).await?.remove(0), world.taken(slots[0]).await?), ("accepted".to_owned(), 1));
        assert_eq!(world.mails("sacha").await?, ["guardian_awaited", "guardian_given"]);
        assert!(world.letters("sacha").await?[1].body_text.contains("Sonnez à l’interphone."));
        assert_eq!(world.mails("admin").await?, ["application_received"]);
        let seen = backend.of_mission(&admin, world.of(), mission).await?;
        assert!(seen.applicants[0].consented);
        assert!(!format!("{seen:?}").contains("parent-"), "nothing of the guardian");
        let own = backend.mine(&young).await?.live.remove(0).consent.context("a consent")?;
        assert_eq!((own.status, own.askable), (Some(ConsentStatus::Given), false));
        assert_eq!(world.consents(id).await?, ["asked", "given"]);

        assert_eq!(world.says("sacha", id, ConsentAction::Give).await?, Ok(ConsentStatus::Given), "once more");
        let refused = world.says("sacha", id, ConsentAction::Refuse).await?;
        assert_eq!(refused, Err(AppError::Conflict(Conflict::NotInThisState)));
        assert_eq!((world.taken(slots[0]).await?, world.consents(id).await?.len()), (1, 2));
        assert_eq!(world.mails("sacha").await?.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn whoever_is_signed_in_it_is_the_link_that_answers() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(choose(&[(48, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        for secret in ["", "0", &"0".repeat(64)] {
            assert_eq!(world.backend.guardian(&young, id, secret).await, Err(AppError::NotFound));
            let answer = world.backend.answer_guardian(&young, id, secret, ConsentAction::Give).await;
            assert_eq!(answer, Err(AppError::NotFound), "nobody consents for themselves");
        }
        let secret = world.link_of("sacha").await?;
        let somebody = world.volunteer("camille").await?;
        let answer = world.backend.answer_guardian(&somebody, id, &secret, ConsentAction::Give).await;
        assert_eq!(answer, Ok(ConsentStatus::Given));
        let rows = history::Entity::find()
            .filter(history::Column::SubjectId.eq(id.0))
            .filter(history::Column::ToState.eq("given"))
            .all(world.backend.store.read())
            .await?;
        assert!(rows.iter().all(|row| row.actor_id.is_none()), "that browser's account had no part in it");
    }
    Ok(())
}

#[tokio::test]
async fn where_the_organisation_chooses_it_may_accept_now() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", from_16(choose(&[(48, 3, 1)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        assert_eq!(world.says("sacha", id, ConsentAction::Give).await?, Ok(ConsentStatus::Given));
        assert_eq!((world.states(mission).await?.remove(0), world.taken(slots[0]).await?), ("pending".to_owned(), 0));
        assert_eq!(world.mails("admin").await?, ["application_received"]);
        let admin = world.of_organisation().await?;
        let answer = world.backend.decide(&admin, mission, vec![id], true, String::new()).await?;
        assert_eq!((answer.done, world.taken(slots[0]).await?), (1, 1));
        assert_eq!(world.mails("sacha").await?, ["guardian_awaited", "guardian_given", "application_accepted"]);
    }
    Ok(())
}

#[tokio::test]
async fn the_organisation_neither_counts_nor_reaches_a_minor_before_consent() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Choisir", from_16(choose(&[(48, 3, 2)]))).await?;
        let (young, admin) = (world.young("sacha").await?, world.of_organisation().await?);
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        let seen = async || {
            let space = organisations::Organisations::space(&world.backend, &admin, world.of()).await?;
            let agenda = world.backend.agenda(&admin, world.of()).await?;
            let applicant = world.backend.of_mission(&admin, world.of(), mission).await?.applicants.remove(0);
            let file = export::table(&world.backend, &admin, world.of(), mission, ApplicantFilter::default()).await;
            let (_, file) = file.map_err(|error| anyhow!("{error:?}"))?;
            let listed = String::from_utf8_lossy(&file).contains("sacha@ville.example");
            let reached = (applicant.email.is_some(), applicant.phone.is_some(), listed);
            anyhow::Ok(((space.pending_applications, agenda.slots[0].unanswered), reached))
        };
        assert_eq!(seen().await?, ((0, 0), (false, false, false)), "{:?}", world.engine());
        world.says("sacha", id, ConsentAction::Give).await??;
        assert_eq!(seen().await?, ((1, 1), (true, true, true)), "{:?}", world.engine());
    }
    Ok(())
}

#[tokio::test]
async fn refusing_ends_the_application_and_tells_the_volunteer_alone() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(48, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        assert_eq!(world.says("sacha", id, ConsentAction::Refuse).await?, Ok(ConsentStatus::Refused));
        assert_eq!(world.states(mission).await?, ["withdrawn"]);
        assert_eq!(world.mails("sacha").await?, ["guardian_awaited", "guardian_refused"]);
        assert!(world.mails("admin").await?.is_empty());
        assert_eq!(world.consent(id).await?.email, None);
        let given = world.says("sacha", id, ConsentAction::Give).await?;
        assert_eq!(given, Err(AppError::Conflict(Conflict::ConsentOver)));
        assert!(world.backend.guardian(&young, id, &world.link_of("sacha").await?).await?.actions.is_empty());
        // Another try is another consent.
        let (second, status) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        assert!(second != id && status == ApplicationStatus::Pending);
    }
    Ok(())
}

#[tokio::test]
async fn taking_it_back_before_consent_tells_nobody_who_was_not_told() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(choose(&[(48, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        world.backend.withdraw(&young, id).await?;
        assert!(world.mails("admin").await?.is_empty());
        assert_eq!(world.consent(id).await?.email, None);
        let given = world.says("sacha", id, ConsentAction::Give).await?;
        assert_eq!(given, Err(AppError::Conflict(Conflict::ConsentOver)));
    }
    Ok(())
}

#[tokio::test]
async fn consent_withdrawn_gives_the_place_to_who_waits_and_tells_both() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(48, 3, 1)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        world.says("sacha", id, ConsentAction::Give).await??;
        let next = world.volunteer("ben").await?;
        assert_eq!(world.backend.apply(&next, mission, form(&slots)).await?, ApplicationStatus::Waitlisted);
        assert_eq!(world.says("sacha", id, ConsentAction::Withdraw).await?, Ok(ConsentStatus::Withdrawn));
        assert_eq!(world.states(mission).await?, ["withdrawn", "offered"]);
        assert_eq!(world.taken(slots[0]).await?, 1, "given back, and held for the next");
        assert_eq!(world.mails("sacha").await?, ["guardian_awaited", "guardian_given", "guardian_withdrawn"]);
        assert_eq!(world.mails("admin").await?, ["application_received", "application_withdrawn"]);
        let told = world.letters("admin").await?.remove(1).body_text;
        assert!(!told.contains("parent"), "why is not the organisation's: {told}");
        assert_eq!(world.consent(id).await?.email, None);
        assert_eq!(world.consents(id).await?, ["asked", "given", "withdrawn"], "the facts stay");
        assert_eq!(world.says("sacha", id, ConsentAction::Withdraw).await?, Ok(ConsentStatus::Withdrawn));
        assert_eq!(world.mails("sacha").await?.len(), 3, "once");
    }
    Ok(())
}

#[tokio::test]
async fn the_link_serves_until_the_last_slot_is_over() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(48, 3, 2), (96, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        world.says("sacha", id, ConsentAction::Give).await??;
        world.backend.clock.advance(TimeDelta::hours(60));
        world.tidy().await?;
        let page = world.backend.guardian(&Actor::default(), id, &world.link_of("sacha").await?).await?;
        assert_eq!(page.actions, [ConsentAction::Withdraw]);
        assert!(world.consent(id).await?.email.is_some());
        let secret = world.link_of("sacha").await?;
        world.backend.clock.advance(TimeDelta::hours(39));
        world.tidy().await?;
        assert_eq!(world.consent(id).await?.email, None, "the address goes with the last slot");
        let late = world.backend.answer_guardian(&Actor::default(), id, &secret, ConsentAction::Withdraw).await;
        assert_eq!(late, Err(AppError::Conflict(Conflict::ConsentOver)));
        assert_eq!(world.states(mission).await?, ["accepted"]);
        assert!(world.backend.guardian(&Actor::default(), id, &secret).await?.actions.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn who_is_consented_to_too_late_goes_on_in_the_list() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(200, 3, 1), (300, 3, 1)]))).await?;
        let (young, other) = (world.young("sacha").await?, world.young("lou").await?);
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots[..1]).await?;
        let (both, _) = world.asks_with_guardian("lou", &other, mission, &slots).await?;
        let ada = world.volunteer("ada").await?;
        assert_eq!(world.backend.apply(&ada, mission, form(&slots[..1])).await?, ApplicationStatus::Accepted);
        world.says("sacha", id, ConsentAction::Give).await??;
        assert_eq!(world.states(mission).await?, ["waitlisted", "pending", "accepted"]);
        assert!(world.letters("sacha").await?[1].body_text.contains("en 1re position"));
        assert_eq!(world.mails("admin").await?, ["application_received"], "of Ada alone");
        // One of the two slots is full: what is free of them is offered.
        world.says("lou", both, ConsentAction::Give).await??;
        assert_eq!(world.states(mission).await?, ["waitlisted", "offered", "accepted"]);
        assert_eq!(world.mails("lou").await?, ["guardian_awaited", "place_offered", "guardian_given"]);
        let answer = world.backend.answer_offer(&other, both, "", true).await;
        assert_eq!(answer, Ok(ApplicationStatus::Accepted));
        world.backend.withdraw(&ada, world.ids(mission).await?[2]).await?;
        assert_eq!(world.states(mission).await?, ["offered", "accepted", "withdrawn"]);
        assert_eq!(world.story(id.0).await?, ["pending", "asked", "given", "waitlisted", "offered"]);
    }
    Ok(())
}

#[tokio::test]
async fn who_waits_in_a_list_has_their_turn_once_a_guardian_consents() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(200, 3, 1)]))).await?;
        let (ada, young) = (world.volunteer("ada").await?, world.young("sacha").await?);
        world.backend.apply(&ada, mission, form(&slots)).await?;
        let (id, status) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        assert_eq!(status, ApplicationStatus::Waitlisted);
        assert_eq!(world.mails("sacha").await?, ["waiting_list_joined"]);
        world.backend.withdraw(&ada, world.ids(mission).await?[0]).await?;
        assert_eq!(
            (world.states(mission).await?.remove(1), world.taken(slots[0]).await?),
            ("waitlisted".to_owned(), 0)
        );
        world.says("sacha", id, ConsentAction::Give).await??;
        assert_eq!((world.states(mission).await?.remove(1), world.taken(slots[0]).await?), ("offered".to_owned(), 1));
        world.says("sacha", id, ConsentAction::Withdraw).await??;
        assert_eq!((world.states(mission).await?.remove(1), world.taken(slots[0]).await?), ("withdrawn".to_owned(), 0));
    }
    Ok(())
}

#[tokio::test]
async fn what_stands_against_it_now_is_left_to_the_organisation() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(200, 3, 2)]))).await?;
        let (second, other) = world.mission("À la même heure", from_16(at_once(&[(200, 3, 2)]))).await?;
        let young = world.young("sacha").await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        let first = world.link_of("sacha").await?;
        let (busy, _) = world.asks_with_guardian("sacha", &young, second, &other).await?;
        world.says("sacha", busy, ConsentAction::Give).await??;
        let answer = world.backend.answer_guardian(&Actor::default(), id, &first, ConsentAction::Give).await;
        assert_eq!(answer, Ok(ConsentStatus::Given));
        assert_eq!(world.states(mission).await?, ["pending"], "nobody is in two places");
        assert_eq!(world.taken(slots[0]).await?, 0);
        assert_eq!(world.mails("admin").await?, ["application_received", "application_received"]);
    }
    Ok(())
}

#[tokio::test]
async fn the_link_is_sent_again_and_the_old_one_is_dead() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(48, 3, 2)]))).await?;
        let (young, other) = (world.young("sacha").await?, world.young("lou").await?);
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        let old = world.link_of("sacha").await?;
        let ask = async |who: &Actor, address: &str| world.backend.ask_guardian(who, id, address).await;
        assert_eq!(ask(&other, "parent-lou@ville.example").await, Err(AppError::NotFound));
        assert_eq!(ask(&Actor::default(), "parent-lou@ville.example").await, Err(AppError::SignInFirst));
        assert_eq!(ask(&young, "").await, Err(AppError::field("guardian", Problem::Required)));
        assert_eq!(ask(&young, "sacha@ville.example").await, Err(AppError::field("guardian", Problem::GuardianIsYou)));
        ask(&young, "parent-sacha@ville.example").await?;
        assert_eq!(world.backend.guardian(&young, id, &old).await, Err(AppError::NotFound));
        assert_eq!(world.consents(id).await?, ["asked", "asked"]);
        let mut limit = Ok(());
        for _ in 0..6 {
            limit = limit.and(ask(&young, "parent-sacha@ville.example").await);
        }
        ensure!(matches!(limit, Err(AppError::TooMany { .. })), "{limit:?}");
        world.says("sacha", id, ConsentAction::Give).await??;
        world.backend.clock.advance(TimeDelta::hours(1));
        let late = ask(&young, "parent-sacha@ville.example").await;
        assert_eq!(late, Err(AppError::Conflict(Conflict::NotInThisState)));
        // An adult has nobody to ask.
        let grown = world.volunteer("camille").await?;
        world.backend.apply(&grown, mission, form(&slots)).await?;
        let id = world.ids(mission).await?[1];
        let answer = world.backend.ask_guardian(&grown, id, "parent-x@ville.example").await;
        assert_eq!(answer, Err(AppError::Conflict(Conflict::NotInThisState)));
    }
    Ok(())
}

#[tokio::test]
async fn who_keeps_what_comes_after_their_majority_waits_for_nobody() -> anyhow::Result<()> {
    for world in worlds().await? {
        let both = [(48, 3, 2), (240, 3, 2)];
        let (mission, slots) = world.mission("Colis", from_16(at_once(&both))).await?;
        let (chooses, its) = world.mission("Choisir", from_16(choose(&both))).await?;
        // Of age on the first of December: between the two.
        let mut people = Vec::new();
        for name in ["sacha", "lou", "noa"] {
            people.push(world.actor(world.person(name, Some("2008-12-01")).await?).await?);
        }
        let (first, last) = (World::slot_id(slots[0]), World::slot_id(slots[1]));
        let (id, status) = world.asks_with_guardian("sacha", &people[0], mission, &slots).await?;
        assert_eq!(status, ApplicationStatus::Pending);
        let secret = world.link_of("sacha").await?;
        world.backend.leave_slot(&people[0], id, first).await?;
        assert_eq!((world.states(mission).await?, world.taken(slots[1]).await?), (vec!["accepted".to_owned()], 1));
        assert_eq!(world.mails("sacha").await?, ["guardian_awaited", "application_accepted"]);
        assert_eq!(world.mails("admin").await?, ["application_received"], "nothing of a slot that was never theirs");
        assert_eq!(world.consents(id).await?, ["asked", "not_needed"]);
        assert_eq!(world.backend.mine(&people[0]).await?.live[0].consent, None);
        let link = world.backend.guardian(&Actor::default(), id, &secret).await;
        assert_eq!(link, Err(AppError::NotFound), "nobody is asked");

        let (id, _) = world.asks_with_guardian("lou", &people[1], mission, &slots).await?;
        world.backend.leave_slot(&people[1], id, last).await?;
        assert_eq!(world.consents(id).await?, ["asked"], "under age on the day that is left");
        assert_eq!(world.mails("admin").await?.len(), 1);

        let (id, _) = world.asks_with_guardian("noa", &people[2], chooses, &its).await?;
        world.backend.leave_slot(&people[2], id, World::slot_id(its[0])).await?;
        assert_eq!(world.mails("noa").await?, ["guardian_awaited", "application_sent"]);
        assert_eq!(world.mails("admin").await?.len(), 2, "there is something to answer");
        let admin = world.of_organisation().await?;
        let answer = world.backend.decide(&admin, chooses, vec![id], true, String::new()).await?;
        assert_eq!((answer.done, world.taken(its[1]).await?), (1, 1));
    }
    Ok(())
}

#[tokio::test]
async fn what_is_called_off_before_their_majority_leaves_nobody_to_wait_for() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(48, 3, 2), (240, 3, 2)]))).await?;
        let young = world.actor(world.person("sacha", Some("2008-12-01")).await?).await?;
        let (id, _) = world.asks_with_guardian("sacha", &young, mission, &slots).await?;
        let turn = async || guardian::turn(&world.backend).await.map_err(|error| anyhow!("{error:?}"));
        assert_eq!(turn().await?, 0);
        let (admin, first) = (world.of_organisation().await?, World::slot_id(slots[0]));
        world.backend.cancel_slot(&admin, mission, first, "La salle est prise.".to_owned()).await?;
        assert_eq!((turn().await?, turn().await?), (1, 0));
        assert_eq!(world.states(mission).await?, ["accepted"]);
        assert_eq!(world.mails("sacha").await?, ["guardian_awaited", "slot_cancelled", "application_accepted"]);
        assert_eq!(world.consents(id).await?, ["asked", "not_needed"]);
    }
    Ok(())
}

/// Consent, a refusal and the volunteer's withdrawal at the same moment: one of them is last, and places add up.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn consent_and_withdrawal_at_the_same_moment() -> anyhow::Result<()> {
    for world in worlds().await? {
        for round in 0..6 {
            let (mission, slots) =
                world.mission(&format!("Colis {round}"), from_16(at_once(&[(48 + 4 * round, 3, 1)]))).await?;
            let name = format!("sacha{round}");
            let young = world.young(&name).await?;
            let (id, _) = world.asks_with_guardian(&name, &young, mission, &slots).await?;
            let secret = world.link_of(&name).await?;
            let mut acts = tokio::task::JoinSet::new();
            for action in [ConsentAction::Give, ConsentAction::Withdraw, ConsentAction::Refuse, ConsentAction::Give] {
                let (backend, secret) = (world.backend.clone(), secret.clone());
                acts.spawn(
                    async move { backend.answer_guardian(&Actor::default(), id, &secret, action).await.map(drop) },
                );
            }
            let (backend, person) = (world.backend.clone(), young.clone());
            acts.spawn(async move { backend.withdraw(&person, id).await });
            while let Some(answer) = acts.join_next().await {
                let answer = answer?;
                ensure!(matches!(answer, Ok(()) | Err(AppError::Conflict(_))), "{:?}: {answer:?}", world.engine());
            }
            // Somebody ended it, or the withdrawal of consent came too early: then it stands.
            assert_eq!(world.states(mission).await?, ["withdrawn"], "{:?}", world.engine());
            assert_eq!(world.taken(slots[0]).await?, 0, "{:?}", world.engine());
            assert_eq!(world.consent(id).await?.email, None);
        }
    }
    Ok(())
}

/// Many guardians at once for a few places, while others give theirs back: never too many, and nobody waits in a circle.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_guardians_for_two_places() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", from_16(at_once(&[(200, 3, 2)]))).await?;
        let mut acts = tokio::task::JoinSet::new();
        let mut asked = Vec::new();
        for number in 0..8 {
            let name = format!("jeune{number}");
            let young = world.young(&name).await?;
            let (id, _) = world.asks_with_guardian(&name, &young, mission, &slots).await?;
            asked.push((id, world.link_of(&name).await?));
        }
        for (id, secret) in asked.clone() {
            let backend = world.backend.clone();
            acts.spawn(
                async move { backend.answer_guardian(&Actor::default(), id, &secret, ConsentAction::Give).await },
            );
        }
        while let Some(answer) = acts.join_next().await {
            assert_eq!(answer?, Ok(ConsentStatus::Given), "{:?}", world.engine());
        }
        let states = world.states(mission).await?;
        let count = |states: &[String], name: &str| states.iter().filter(|state| *state == name).count();
        assert_eq!((count(&states, "accepted"), count(&states, "waitlisted")), (2, 6), "{:?}", world.engine());
        assert_eq!(world.taken(slots[0]).await?, 2);
        for (id, secret) in asked {
            let backend = world.backend.clone();
            acts.spawn(async move {
                backend.answer_guardian(&Actor::default(), id, &secret, ConsentAction::Withdraw).await
            });
        }
        while let Some(answer) = acts.join_next().await {
            assert_eq!(answer?, Ok(ConsentStatus::Withdrawn), "{:?}", world.engine());
        }
        assert_eq!(count(&world.states(mission).await?, "withdrawn"), 8, "{:?}", world.engine());
        assert_eq!(world.taken(slots[0]).await?, 0, "{:?}", world.engine());
    }
    Ok(())
}
