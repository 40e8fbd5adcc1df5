//! What volunteers say: who writes, who reads before everybody else, what is shown and what is gone.

use std::sync::Arc;

use anyhow::{Context, anyhow, ensure};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{MissionId, TestimonialId},
    missions::Missions,
    organisations::Organisations,
    search::Search,
    testimonials::{
        Awaits, Decided, DeskAct, ReplyStatus, Signature, TestimonialStatus as S, Testimonials, VerdictForm,
        WrittenForm,
    },
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use server::{
    entity::{account, attendance, history, organisation, role_grant, testimonial},
    testimonials::jobs,
};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::applications::world::{World, at_once, worlds};

const TOWN: &str = "83126";
const TEXT: &str = "On m’a expliqué chaque geste, et personne n’est resté seul de la matinée.";
const OTHER: &str = "Une matinée simple et utile : je reviendrai, avec des chaussures plus chaudes.";

fn text(body: &str) -> WrittenForm {
    WrittenForm { testimonial: body.to_owned(), signature: "first_name".to_owned(), consent: "yes".to_owned() }
}

fn act(act: &str, reason: &str, word: &str) -> VerdictForm {
    VerdictForm { act: act.to_owned(), reason: reason.to_owned(), word: word.to_owned() }
}

impl World {
    /// A volunteer who came to a mission, for so many validated minutes.
    async fn came(&self, name: &str, (mission, slot): (MissionId, Uuid), minutes: i32) -> anyhow::Result<Actor> {
        let person = self.volunteer(name).await?;
        let application_id = self.written(mission, &person, slot, "attended").await?;
        let note = attendance::Model {
            application_id,
            slot_id: slot,
            mark: if minutes > 0 { "present" } else { "absent" }.to_owned(),
            minutes,
            version: 1,
            marked_by: self.admin,
            marked_at: self.now(),
            validated_by: Some(self.admin),
            validated_at: Some(self.now()),
            thanks: None,
        };
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        attendance::Entity::insert(sea_orm::IntoActiveModel::into_active_model(note))
            .exec_without_returning(&tx)
            .await?;
        tx.commit().await?;
        Ok(person)
    }

    /// The one testimonial of somebody.
    async fn of_person(&self, person: &Actor) -> anyhow::Result<testimonial::Model> {
        let me = person.account.context("signed in")?.0;
        let rows = testimonial::Entity::find().filter(testimonial::Column::AccountId.eq(me));
        rows.one(self.backend.store.read()).await?.context("a testimonial")
    }

    /// A coordinator acts on what is there now.
    async fn acts(&self, who: &Actor, person: &Actor, form: VerdictForm) -> anyhow::Result<Result<Decided, AppError>> {
        let row = self.of_person(person).await?;
        Ok(self.backend.decide_on_testimonial(who, TOWN, TestimonialId(row.id), form, row.version).await)
    }

    /// What a mission's page shows of testimonials.
    async fn voices(&self, mission: MissionId) -> anyhow::Result<String> {
        Ok(Missions::page(&self.backend, &Actor::default(), mission).await?.voices)
    }
}

/// A mission, a volunteer who came, a coordinator.
struct Told {
    mission: MissionId,
    slot: Uuid,
    ada: Actor,
    cora: Actor,
}

async fn told(world: &World) -> anyhow::Result<Told> {
    let (mission, slots) = world.mission("Colis du marché", at_once(&[(24, 3, 9)])).await?;
    let ada = world.came("ada", (mission, slots[0]), 180).await?;
    Ok(Told { mission, slot: slots[0], ada, cora: world.coordinator("cora").await? })
}

#[tokio::test]
async fn it_is_written_sent_back_and_mended() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend) = (told(&world).await?, &world.backend);
        let Told { mission, ada, cora, .. } = &told;
        let own = backend.own_testimonials(ada).await?;
        assert_eq!((own.len(), own[0].status, own[0].organisation.as_str()), (1, None, "Les Voisins"));
        backend.write_testimonial(ada, *mission, text("Pas fini"), false).await?;
        let row = world.of_person(ada).await?;
        assert!(backend.testimonials_of_town(cora, TOWN).await?.rows.is_empty(), "a draft is nobody else's");
        let hidden = backend.testimonial_file(cora, TOWN, TestimonialId(row.id)).await;
        assert_eq!(hidden.map(drop), Err(AppError::NotFound));
        backend.write_testimonial(ada, *mission, text(TEXT), true).await?;
        assert_eq!(world.voices(*mission).await?, "", "not before the town has read it");
        let letter = world.letters("cora").await?.pop().context("a letter")?;
        assert_eq!(letter.kind, "testimonial_to_moderate");
        assert!(letter.body_text.contains(&app::routes::town_testimonial(TOWN, TestimonialId(row.id))));
        let list = backend.testimonials_of_town(cora, TOWN).await?.rows;
        assert_eq!((list.len(), list[0].awaits.as_slice()), (1, &[Awaits::Text][..]));

        let refused = world.acts(cora, ada, act("refuse", "names_somebody", "Sans le nom.")).await?;
        assert_eq!(refused, Ok(Decided::Done));
        let letter = world.letters("ada").await?.pop().context("a letter")?;
        assert_eq!(letter.kind, "testimonial_refused");
        assert!(letter.body_text.contains("Sans le nom.") && letter.body_text.contains(TEXT), "{}", letter.body_text);
        let page = backend.own_testimonial(ada, *mission).await?;
        assert_eq!((page.row.status, page.body.as_str()), (Some(S::Refused), TEXT));
        assert_eq!(page.why.context("why")?.word, "Sans le nom.");

        backend.write_testimonial(ada, *mission, text(OTHER), true).await?;
        let page = backend.own_testimonial(ada, *mission).await?;
        assert_eq!((page.row.status, page.why), (Some(S::Waiting), None));
        let story = ["testimonial_draft", "testimonial_waiting", "testimonial_refused", "testimonial_waiting"];
        assert_eq!(world.story(row.id).await?, story);
    }
    Ok(())
}

#[tokio::test]
async fn it_is_put_online_and_taken_back() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend) = (told(&world).await?, &world.backend);
        let Told { mission, ada, cora, .. } = &told;
        backend.write_testimonial(ada, *mission, text(OTHER), true).await?;
        assert_eq!(world.acts(cora, ada, act("publish", "", "")).await?, Ok(Decided::Done));
        let shown = world.voices(*mission).await?;
        assert!(shown.contains("chaussures plus chaudes") && shown.contains("ada"), "{shown}");
        assert!(!shown.contains("Martin") && !shown.contains("ville.example"), "{shown}");
        assert_eq!(world.mails("ada").await?.last().map(String::as_str), Some("testimonial_published"));
        let letter = world.letters("admin").await?.pop().context("a letter")?;
        assert!(letter.kind == "testimonial_on_mission" && letter.body_text.contains(OTHER));
        let list = backend.testimonials_of_town(cora, TOWN).await?.rows;
        assert_eq!((list.len(), list[0].awaits.len()), (1, 0), "what asks for nothing is still there to be taken down");
        let visitor = Actor::default();
        let of_organisation = Organisations::page(backend, &visitor, world.of()).await?.voices;
        assert!(
            of_organisation.contains("Colis du marché")
                && of_organisation.contains(&app::routes::mission(*mission, "colis-du-marche"))
        );
        assert!(Search::town(backend, &visitor, TOWN).await?.voices.contains("chaussures plus chaudes"));

        backend.withdraw_testimonial(ada, *mission).await?;
        assert_eq!(world.voices(*mission).await?, "");
        let row = world.of_person(ada).await?;
        assert_eq!((row.status.as_str(), row.body.as_str(), row.online_body), ("withdrawn", "", None));
        let again = backend.withdraw_testimonial(ada, *mission).await;
        assert_eq!(again, Err(AppError::Conflict(Conflict::NotInThisState)));
        let story = ["testimonial_waiting", "testimonial_published", "testimonial_withdrawn"];
        assert_eq!(world.story(row.id).await?, story);
        let said =
            history::Entity::find().filter(history::Column::SubjectId.eq(row.id)).all(backend.store.read()).await?;
        let kept = said.iter().filter_map(|line| line.reason.as_deref()).any(|why| why.contains("chaussures"));
        assert!(!kept, "the history never holds the text");
        backend.write_testimonial(ada, *mission, text(TEXT), true).await?;
        assert_eq!(backend.own_testimonial(ada, *mission).await?.row.status, Some(S::Waiting), "one may begin anew");
    }
    Ok(())
}

#[tokio::test]
async fn only_whoever_came_writes_and_nothing_is_kept_of_what_is_refused() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend) = (told(&world).await?, &world.backend);
        let there = (told.mission, told.slot);
        let none = world.came("nino", there, 0).await?;
        let accepted = world.volunteer("ben").await?;
        world.written(told.mission, &accepted, told.slot, "accepted").await?;
        let (absent, stranger) = (world.volunteer("cleo").await?, world.volunteer("dora").await?);
        world.written(told.mission, &absent, told.slot, "absent").await?;
        let admin = world.of_organisation().await?;
        for who in [&none, &accepted, &absent, &stranger, &told.cora, &admin] {
            let wrote = backend.write_testimonial(who, told.mission, text(TEXT), true).await;
            assert_eq!(wrote, Err(AppError::NotFound), "{:?}", who.account);
            assert_eq!(backend.own_testimonial(who, told.mission).await.map(drop), Err(AppError::NotFound));
            assert_eq!(backend.withdraw_testimonial(who, told.mission).await, Err(AppError::NotFound));
            assert!(backend.own_testimonials(who).await?.is_empty());
        }
        let visitor = backend.write_testimonial(&Actor::default(), told.mission, text(TEXT), true).await;
        assert_eq!(visitor, Err(AppError::SignInFirst));
        let phone = "Appelez-moi au 06 39 98 12 34 si vous hésitez encore à venir.";
        for (typed, problem) in [
            ("Très bien.", Problem::TooShort { min: 40 }),
            (&"a".repeat(601), Problem::TooLong { max: 600 }),
            (phone, Problem::ContactDetails),
        ] {
            let wrote = backend.write_testimonial(&told.ada, told.mission, text(typed), true).await;
            assert_eq!(wrote, Err(AppError::field("testimonial", problem)));
        }
        let silent = WrittenForm { consent: String::new(), ..text(TEXT) };
        let wrote = backend.write_testimonial(&told.ada, told.mission, silent, true).await;
        assert_eq!(wrote, Err(AppError::field("consent", Problem::Required)));
        assert_eq!(testimonial::Entity::find().count(backend.store.read()).await?, 0);
        assert!(world.mails("cora").await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn what_is_online_stays_until_the_new_text_is_read() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend) = (told(&world).await?, &world.backend);
        let Told { mission, ada, cora, .. } = &told;
        let admin = world.of_organisation().await?;
        backend.write_testimonial(ada, *mission, text(TEXT), true).await?;
        assert_eq!(world.acts(cora, ada, act("publish", "", "")).await?, Ok(Decided::Done));
        let id = TestimonialId(world.of_person(ada).await?.id);
        backend.reply_to_testimonial(&admin, world.of(), id, "Merci d’être venue !".to_owned()).await?;
        assert_eq!(world.acts(cora, ada, act("publish_reply", "", "")).await?, Ok(Decided::Done));
        assert!(world.voices(*mission).await?.contains("Merci d’être venue !"));

        backend
            .write_testimonial(ada, *mission, WrittenForm { signature: "volunteer".to_owned(), ..text(OTHER) }, false)
            .await?;
        let file = backend.testimonial_file(cora, TOWN, id).await?;
        assert_eq!(
            (file.body.as_str(), file.given_name.as_deref()),
            (TEXT, Some("ada")),
            "how a draft is signed is not told"
        );
        let anonymous = WrittenForm { signature: "volunteer".to_owned(), ..text(OTHER) };
        backend.write_testimonial(ada, *mission, anonymous, true).await?;
        let shown = world.voices(*mission).await?;
        assert!(shown.contains("personne n’est resté seul") && !shown.contains("chaussures"), "{shown}");
        let file = backend.testimonial_file(cora, TOWN, id).await?;
        assert_eq!((file.body.as_str(), file.online.as_deref(), file.given_name), (OTHER, Some(TEXT), None));
        assert_eq!(file.acts, [DeskAct::Publish, DeskAct::Refuse, DeskAct::TakeDown]);
        assert_eq!(world.acts(cora, ada, act("refuse", "off_topic", "")).await?, Ok(Decided::Done));
        assert!(world.voices(*mission).await?.contains("personne n’est resté seul"), "the one before stays");
        let page = backend.own_testimonial(ada, *mission).await?;
        assert_eq!((page.row.status, page.row.online, page.online.as_deref()), (Some(S::Refused), true, Some(TEXT)));

        backend
            .write_testimonial(ada, *mission, WrittenForm { signature: "volunteer".to_owned(), ..text(OTHER) }, true)
            .await?;
        assert_eq!(world.acts(cora, ada, act("publish", "", "")).await?, Ok(Decided::Done));
        let shown = world.voices(*mission).await?;
        assert!(shown.contains("chaussures") && !shown.contains("Merci") && !shown.contains("ada"), "{shown}");
        assert!(shown.contains("Une personne volontaire"), "{shown}");
        let theirs = backend.their_testimonials(&admin, world.of()).await?.rows;
        assert!(theirs[0].may_reply && theirs[0].reply.is_none(), "the answer went with the text it answered");

        assert_eq!(world.acts(cora, ada, act("take_down", "other", "À revoir ensemble.")).await?, Ok(Decided::Done));
        assert_eq!(world.voices(*mission).await?, "");
        let letter = world.letters("ada").await?.pop().context("a letter")?;
        assert!(letter.kind == "testimonial_taken_down" && letter.body_text.contains("À revoir ensemble."));
        assert_eq!(backend.own_testimonial(ada, *mission).await?.signature, Signature::Volunteer);
    }
    Ok(())
}

#[tokio::test]
async fn four_eyes_and_one_town() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend) = (told(&world).await?, &world.backend);
        // Coordinators who came themselves, or belong to the organisation's team.
        let author = world.came("dan", (told.mission, told.slot), 60).await?.account.context("signed in")?.0;
        let eve = world.coordinator("eve").await?.account.context("signed in")?.0;
        world.make_admin(eve).await?;
        grant(&world, author, "coordinator", Some(world.town), None).await?;
        let (dan, eve) = (world.actor(author).await?, world.actor(eve).await?);
        backend.write_testimonial(&dan, told.mission, text(TEXT), true).await?;
        backend.write_testimonial(&told.ada, told.mission, text(OTHER), true).await?;
        let four_eyes = Err(AppError::Conflict(Conflict::FourEyes));
        for form in [act("publish", "", ""), act("refuse", "insulting", "")] {
            assert_eq!(world.acts(&dan, &dan, form.clone()).await?, four_eyes);
            assert_eq!(world.acts(&eve, &dan, form.clone()).await?, four_eyes);
            assert_eq!(world.acts(&eve, &told.ada, form).await?, four_eyes);
        }
        let id = TestimonialId(world.of_person(&dan).await?.id);
        let file = backend.testimonial_file(&dan, TOWN, id).await?;
        assert_eq!((file.own, file.acts.len()), (true, 0));
        assert_eq!(file.history[0].actor.as_deref(), Some("dan"), "not even here by the family name");
        assert!(!world.mails("dan").await?.is_empty(), "of Ada's, Dan is told");
        assert!(world.mails("eve").await?.is_empty(), "whoever cannot decide is not written to");
        assert_eq!(world.acts(&dan, &told.ada, act("publish", "", "")).await?, Ok(Decided::Done));
        assert_eq!(world.acts(&told.cora, &dan, act("publish", "", "")).await?, Ok(Decided::Done));

        let admin = world.of_organisation().await?;
        for who in [&told.ada, &admin] {
            assert_eq!(backend.testimonials_of_town(who, TOWN).await.map(drop), Err(AppError::NotFound));
            assert_eq!(backend.testimonial_file(who, TOWN, id).await.map(drop), Err(AppError::NotFound));
            assert_eq!(world.acts(who, &dan, act("take_down", "insulting", "")).await?, Err(AppError::NotFound));
        }
        let nowhere = backend.decide_on_testimonial(&told.cora, "83137", id, act("publish", "", ""), 1).await;
        assert_eq!(nowhere, Err(AppError::NotFound), "under the address of a town that is not its own");
    }
    Ok(())
}

/// Gives somebody a role.
async fn grant(
    world: &World,
    account: Uuid,
    role: &str,
    town: Option<Uuid>,
    organisation: Option<Uuid>,
) -> anyhow::Result<()> {
    let grant = role_grant::Model {
        id: Uuid::now_v7(),
        account_id: account,
        role: role.to_owned(),
        municipality_id: town,
        organisation_id: organisation,
        granted_by: None,
        granted_at: world.now(),
        scope: town.or(organisation).map(|id| id.to_string()).unwrap_or_default(),
    };
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    role_grant::Entity::insert(sea_orm::IntoActiveModel::into_active_model(grant)).exec_without_returning(&tx).await?;
    Ok(tx.commit().await?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_decide_at_once_one_does_and_the_others_see_what_happened() -> anyhow::Result<()> {
    const MANY: usize = 6;
    for world in worlds().await? {
        let (told, engine) = (told(&world).await?, world.engine());
        world.backend.write_testimonial(&told.ada, told.mission, text(TEXT), true).await?;
        let row = world.of_person(&told.ada).await?;
        let start = Arc::new(Barrier::new(MANY));
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..MANY {
            let (backend, start) = (world.backend.clone(), start.clone());
            let (id, seen) = (TestimonialId(row.id), row.version);
            let who = world.coordinator(&format!("cora{number}")).await?;
            let form = if number % 2 == 0 { act("publish", "", "") } else { act("refuse", "insulting", "") };
            tries.spawn(async move {
                start.wait().await;
                backend.decide_on_testimonial(&who, TOWN, id, form, seen).await
            });
        }
        let mut done = 0;
        while let Some(outcome) = tries.join_next().await {
            match outcome? {
                Ok(Decided::Done) => done += 1,
                other => ensure!(other == Ok(Decided::ChangedMeanwhile), "{engine:?} {other:?}"),
            }
        }
        assert_eq!(done, 1, "{engine:?}");
        let told_ada = world.mails("ada").await?.iter().filter(|kind| kind.starts_with("testimonial_")).count();
        assert_eq!((world.story(row.id).await?.len(), told_ada), (2, 1), "{engine:?}");
        // Taken back meanwhile, it is not put online by whoever still sees it.
        let before = world.of_person(&told.ada).await?;
        world.backend.withdraw_testimonial(&told.ada, told.mission).await?;
        let late = world.backend.decide_on_testimonial(
            &told.cora,
            TOWN,
            TestimonialId(row.id),
            act("publish", "", ""),
            before.version,
        );
        assert_eq!(late.await, Ok(Decided::ChangedMeanwhile));
        let file = world.backend.testimonial_file(&told.cora, TOWN, TestimonialId(row.id)).await?;
        assert_eq!((file.row.status, file.body.as_str(), file.acts.len()), (S::Withdrawn, "", 0));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_who_presses_many_times_has_one_testimonial() -> anyhow::Result<()> {
    for world in worlds().await? {
        let told = told(&world).await?;
        let start = Arc::new(Barrier::new(8));
        let mut tries = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (backend, start, ada, mission) = (world.backend.clone(), start.clone(), told.ada.clone(), told.mission);
            tries.spawn(async move {
                start.wait().await;
                backend.write_testimonial(&ada, mission, text(TEXT), true).await
            });
        }
        while let Some(outcome) = tries.join_next().await {
            outcome??;
        }
        assert_eq!(testimonial::Entity::find().count(world.backend.store.read()).await?, 1);
        assert_eq!(world.mails("cora").await?, ["testimonial_to_moderate"], "told once");
    }
    Ok(())
}

#[tokio::test]
async fn the_organisation_answers_once_and_reports() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend, of) = (told(&world).await?, &world.backend, world.of());
        let Told { mission, ada, cora, .. } = &told;
        let admin = world.of_organisation().await?;
        backend.write_testimonial(ada, *mission, text(TEXT), true).await?;
        let id = TestimonialId(world.of_person(ada).await?.id);
        let reply = async |body: &str| backend.reply_to_testimonial(&admin, of, id, body.to_owned()).await;
        let report = async |reason: &str| backend.report_testimonial(&admin, of, id, reason.to_owned()).await;
        assert_eq!(reply("Merci !").await, Err(AppError::NotFound), "not before it is online");
        assert_eq!(report("Faux.").await, Err(AppError::NotFound));
        assert_eq!(world.acts(cora, ada, act("publish", "", "")).await?, Ok(Decided::Done));
        assert_eq!(reply(" ").await, Err(AppError::field("body", Problem::Required)));
        let named = reply("Merci ! Écrivez à ada@ville.example.").await;
        assert_eq!(named, Err(AppError::field("body", Problem::ContactDetails)));
        reply("Merci Ada Martin !").await?;
        assert!(!world.voices(*mission).await?.contains("Merci"), "the town reads it first");
        assert_eq!(reply("Encore merci !").await, Err(AppError::Conflict(Conflict::NotInThisState)));
        let file = backend.testimonial_file(cora, TOWN, id).await?;
        assert_eq!(file.row.awaits, [Awaits::Reply]);
        let refused = world.acts(cora, ada, act("refuse_reply", "names_somebody", "")).await?;
        assert_eq!(refused, Ok(Decided::Done));
        let letter = world.letters("admin").await?.pop().context("a letter")?;
        assert!(letter.kind == "reply_refused" && letter.body_text.contains("Merci Ada Martin !"));
        reply("Merci d’être venue !").await?;
        assert_eq!(world.acts(cora, ada, act("publish_reply", "", "")).await?, Ok(Decided::Done));
        assert!(world.voices(*mission).await?.contains("Réponse de Les Voisins"));
        assert_eq!(world.mails("ada").await?.last().map(String::as_str), Some("testimonial_answered"));
        assert_eq!(reply("Encore merci !").await, Err(AppError::Conflict(Conflict::NotInThisState)), "once");

        assert_eq!(report(" ").await, Err(AppError::field("reason", Problem::ReasonRequired)));
        report("Cela ne s’est pas passé ainsi.").await?;
        assert_eq!(report("Encore.").await, Err(AppError::Conflict(Conflict::NotInThisState)));
        let letter = world.letters("cora").await?.pop().context("a letter")?;
        assert!(letter.kind == "testimonial_reported" && letter.body_text.contains("Cela ne s’est pas passé ainsi."));
        let silent = world.acts(cora, ada, act("keep", "", "")).await?;
        assert_eq!(silent, Err(AppError::Invalid(FieldErrors::one("word", Problem::Required))));
        let kept = world.acts(cora, ada, act("keep", "", "C’est l’avis de cette personne.")).await?;
        assert_eq!(kept, Ok(Decided::Done));
        let letter = world.letters("admin").await?.pop().context("a letter")?;
        assert!(letter.kind == "testimonial_report_answered" && letter.body_text.contains("l’avis de cette personne"));
        report("C’est une publicité.").await?;
        assert_eq!(world.acts(cora, ada, act("take_down", "advertisement", "")).await?, Ok(Decided::Done));
        assert_eq!(world.mails("admin").await?.last().map(String::as_str), Some("testimonial_report_upheld"));
        assert!(backend.their_testimonials(&admin, of).await?.rows.is_empty());
        let row = world.of_person(ada).await?;
        assert_eq!((row.reply_body, row.report, row.status.as_str()), (None, None, "taken_down"));
    }
    Ok(())
}

#[tokio::test]
async fn whoever_reported_a_text_that_is_gone_is_told_so() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend, of) = (told(&world).await?, &world.backend, world.of());
        let Told { mission, ada, cora, .. } = &told;
        let admin = world.of_organisation().await?;
        let upheld = async || -> anyhow::Result<usize> {
            let all = world.mails("admin").await?;
            Ok(all.iter().filter(|kind| *kind == "testimonial_report_upheld").count())
        };
        backend.write_testimonial(ada, *mission, text(TEXT), true).await?;
        let id = TestimonialId(world.of_person(ada).await?.id);
        let report = async |reason: &str| backend.report_testimonial(&admin, of, id, reason.to_owned()).await;
        assert_eq!(world.acts(cora, ada, act("publish", "", "")).await?, Ok(Decided::Done));
        assert_eq!(upheld().await?, 0, "nobody had reported anything");
        report("C’est une publicité.").await?;
        backend.write_testimonial(ada, *mission, text(OTHER), true).await?;
        assert_eq!(upheld().await?, 0, "the text before is still online");
        assert_eq!(world.acts(cora, ada, act("publish", "", "")).await?, Ok(Decided::Done));
        assert_eq!(upheld().await?, 1, "another text stands in its place");
        report("C’en est encore une.").await?;
        backend.withdraw_testimonial(ada, *mission).await?;
        assert_eq!(upheld().await?, 2, "taken back by its author");
    }
    Ok(())
}

#[tokio::test]
async fn another_organisation_and_helpers_have_no_part_in_it() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend, of) = (told(&world).await?, &world.backend, world.of());
        backend.write_testimonial(&told.ada, told.mission, text(TEXT), true).await?;
        assert_eq!(world.acts(&told.cora, &told.ada, act("publish", "", "")).await?, Ok(Decided::Done));
        let id = TestimonialId(world.of_person(&told.ada).await?.id);
        let (amis, zoe) = other_organisation(&world).await?;
        let helper = world.person("hugo", None).await?;
        grant(&world, helper, "organisation_helper", None, Some(world.organisation)).await?;
        let hugo = world.actor(helper).await?;
        assert_eq!(backend.their_testimonials(&hugo, of).await.map(drop), Err(AppError::NotFound));
        for (who, organisation) in [(&zoe, amis), (&zoe, of), (&hugo, of), (&told.ada, of), (&told.cora, of)] {
            let answered = backend.reply_to_testimonial(who, organisation, id, "Merci !".to_owned()).await;
            assert_eq!(answered, Err(AppError::NotFound));
            let reported = backend.report_testimonial(who, organisation, id, "Faux.".to_owned()).await;
            assert_eq!(reported, Err(AppError::NotFound));
        }
        assert!(backend.their_testimonials(&zoe, amis).await?.rows.is_empty());
        assert_eq!(backend.their_testimonials(&zoe, of).await.map(drop), Err(AppError::NotFound));
        let theirs = backend.their_testimonials(&world.of_organisation().await?, of).await?.rows;
        assert_eq!(theirs[0].reply.as_ref().map(|reply| reply.status), None::<ReplyStatus>);
    }
    Ok(())
}

/// An organisation of the town with an admin of its own.
async fn other_organisation(world: &World) -> anyhow::Result<(domain::ids::OrganisationId, Actor)> {
    let (id, zoe) = (Uuid::now_v7(), world.person("zoe", None).await?);
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let row = organisation::Entity::find_by_id(world.organisation).one(&tx).await?.context("an organisation")?;
    let row = organisation::Model { id, name: "Les Amis".to_owned(), rna: Some("W831000002".to_owned()), ..row };
    organisation::Entity::insert(sea_orm::IntoActiveModel::into_active_model(row)).exec_without_returning(&tx).await?;
    tx.commit().await?;
    grant(world, zoe, "organisation_admin", None, Some(id)).await?;
    Ok((domain::ids::OrganisationId(id), world.actor(zoe).await?))
}

#[tokio::test]
async fn pages_show_the_newest_of_what_is_public() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (told, backend) = (told(&world).await?, &world.backend);
        let mut people = vec![told.ada.clone()];
        for name in ["ben", "cleo", "dora", "ella", "fred"] {
            people.push(world.came(name, (told.mission, told.slot), 60).await?);
        }
        for (number, person) in people.iter().enumerate() {
            let body = format!("Numéro {number} : une matinée simple et utile, avec une équipe attentive.");
            backend.write_testimonial(person, told.mission, text(&body), true).await?;
            backend.clock.advance(TimeDelta::minutes(1));
            assert_eq!(world.acts(&told.cora, person, act("publish", "", "")).await?, Ok(Decided::Done));
        }
        let count = |html: &str| html.matches("<blockquote").count();
        let visitor = Actor::default();
        let shown = world.voices(told.mission).await?;
        assert!(count(&shown) == 3 && shown.contains("Numéro 5") && shown.contains("Numéro 3"), "{shown}");
        assert!(shown.contains(&app::routes::mission_testimonials(told.mission)), "and a way to the others");
        let all = backend.of_public_mission(&visitor, told.mission).await?;
        assert_eq!((count(&all.voices), all.mission.2.as_str()), (6, "Colis du marché"));
        assert_eq!(count(&Organisations::page(backend, &visitor, world.of()).await?.voices), 5);
        assert_eq!(count(&Search::town(backend, &visitor, TOWN).await?.voices), 1);

        world.now_stands(told.mission, "closed").await?;
        assert_eq!(count(&Organisations::page(backend, &visitor, world.of()).await?.voices), 5, "closed, they stay");
        world.now_stands(told.mission, "suspended").await?;
        assert_eq!(count(&Organisations::page(backend, &visitor, world.of()).await?.voices), 0);
        assert_eq!(backend.of_public_mission(&visitor, told.mission).await.map(drop), Err(AppError::NotFound));
        world.now_stands(told.mission, "published").await?;

        // A closed account says nothing any more, and a moment later nothing of it is kept.
        let fred = people[5].account.context("signed in")?.0;
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        account::Entity::update_many()
            .col_expr(account::Column::DisabledAt, Expr::value(world.now()))
            .filter(account::Column::Id.eq(fred))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        assert!(!world.voices(told.mission).await?.contains("Numéro 5"));
        let admin = world.of_organisation().await?;
        assert_eq!(backend.their_testimonials(&admin, world.of()).await?.rows.len(), 5);
        assert_eq!(jobs::forget(backend).await.map_err(|error| anyhow!("{error:?}"))?, 1);
        assert_eq!(jobs::forget(backend).await.map_err(|error| anyhow!("{error:?}"))?, 0);
        let row = world.of_person(&people[5]).await?;
        assert_eq!((row.status.as_str(), row.body.as_str(), row.online_body), ("withdrawn", "", None));
    }
    Ok(())
}
