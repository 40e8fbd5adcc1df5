//! Messages between a volunteer and the organisation that answers, and what either side reports.

use std::sync::Arc;

use anyhow::{Context, anyhow, ensure};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::{ApplicantFilter, Applications},
    error::{AppError, Conflict, Problem},
    ids::{ApplicationId, MessageReportId, MissionId, OrganisationId},
    messages::{AnswerTemplateForm, Door, Messages, Side},
    planning::Planning,
    reviews::{self, QueueAsk},
};
use reqwest::{Method, header};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait, sea_query::Expr};
use server::{
    applications::export,
    entity::{account, application, application_message, mission_partner, organisation, role_grant},
};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::{
    applications::world::{World, choose, form, worlds},
    http::Site,
};

/// A volunteer who waits for an answer, and both doors of the exchange.
struct Pair {
    ada: Actor,
    admin: Actor,
    id: ApplicationId,
    mission: MissionId,
    theirs: Door,
}

async fn pair(world: &World) -> anyhow::Result<Pair> {
    let (mission, slots) = world.mission("Colis du marché", choose(&[(48, 3, 2)])).await?;
    let ada = world.volunteer("ada").await?;
    world.backend.apply(&ada, mission, form(&slots)).await?;
    let id = world.ids(mission).await?.remove(0);
    Ok(Pair {
        ada,
        admin: world.of_organisation().await?,
        id,
        mission,
        theirs: Door::Organisation(world.of(), mission),
    })
}

impl Pair {
    async fn says(&self, world: &World, body: &str) -> Result<(), AppError> {
        world.backend.write(&self.ada, self.id, Door::Volunteer, body.to_owned(), None).await
    }

    async fn answers(&self, world: &World, body: &str) -> Result<(), AppError> {
        world.backend.write(&self.admin, self.id, self.theirs, body.to_owned(), None).await
    }
}

fn notices(kinds: Vec<String>) -> usize {
    kinds.iter().filter(|kind| *kind == "message_received").count()
}

#[tokio::test]
async fn both_sides_write_and_see_what_is_new() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        assert!(backend.mine(&pair.ada).await?.live[0].messages, "one may begin");
        pair.says(&world, "À quelle heure ?\r\n\r\nMon numéro : 06 39 98 12 34.").await?;
        backend.clock.advance(TimeDelta::minutes(1));
        pair.answers(&world, "À dix heures.").await?;
        let page = backend.exchange(&pair.ada, pair.id, Door::Volunteer).await?;
        let said: Vec<_> =
            page.lines.iter().map(|line| (line.author.as_str(), line.side, line.body.as_str())).collect();
        assert_eq!(
            said,
            [
                ("ada Martin", Side::Volunteer, "Je suis disponible."),
                ("ada Martin", Side::Volunteer, "À quelle heure ?\n\nMon numéro : 06 39 98 12 34."),
                ("admin", Side::Organisation, "À dix heures."),
            ]
        );
        assert_eq!((page.organisation.as_str(), page.unread), ("Les Voisins", Some(world.now())));
        assert!(backend.mine(&pair.ada).await?.live[0].unread);
        let list = backend.of_mission(&pair.admin, world.of(), pair.mission).await?;
        assert!(list.applicants[0].unread && list.applicants[0].messages, "looking marks nothing");
        // Only what was seen is marked.
        backend.mark_read(&pair.ada, pair.id, Door::Volunteer, world.now() - TimeDelta::seconds(1)).await?;
        assert!(backend.mine(&pair.ada).await?.live[0].unread);
        backend.mark_read(&pair.ada, pair.id, Door::Volunteer, page.unread.context("something new")?).await?;
        assert!(!backend.mine(&pair.ada).await?.live[0].unread);
        backend.mark_read(&pair.ada, pair.id, Door::Volunteer, world.now() - TimeDelta::days(1)).await?;
        assert!(!backend.mine(&pair.ada).await?.live[0].unread, "the mark never goes back");
        let seen = backend.exchange(&pair.admin, pair.id, pair.theirs).await?.unread;
        backend.write(&pair.admin, pair.id, pair.theirs, "À demain !".to_owned(), seen).await?;
        assert!(!backend.of_mission(&pair.admin, world.of(), pair.mission).await?.applicants[0].unread);
    }
    Ok(())
}

#[tokio::test]
async fn a_notice_tells_who_and_where_but_not_what_and_at_most_once_an_hour() -> anyhow::Result<()> {
    for world in worlds().await? {
        let pair = pair(&world).await?;
        pair.says(&world, "Quel code pour la porte ?").await?;
        let letter = world.letters("admin").await?.pop().context("a notice")?;
        assert_eq!((letter.kind.as_str(), letter.next_attempt_at), ("message_received", world.now()));
        assert!(letter.body_text.contains("ada Martin") && letter.body_text.contains("Colis du marché"));
        let path = app::routes::messages(pair.id, pair.theirs);
        assert!(letter.body_text.contains(&path) && !letter.body_text.contains("porte"));
        let first = world.now();
        for _ in 0..3 {
            world.backend.clock.advance(TimeDelta::minutes(10));
            pair.says(&world, "Vous m’avez lue ?").await?;
        }
        let letters = world.letters("admin").await?;
        assert_eq!(notices(world.mails("admin").await?), 2, "one, and one more for all that followed");
        assert_eq!(letters.last().context("a notice")?.next_attempt_at, first + TimeDelta::hours(1));
        // The other side has its own hour.
        pair.answers(&world, "4521.").await?;
        assert_eq!(notices(world.mails("ada").await?), 1);
        assert!(world.letters("ada").await?.pop().context("a notice")?.body_text.contains("Les Voisins"));
        world.backend.clock.advance(TimeDelta::hours(3));
        pair.says(&world, "Merci !").await?;
        assert_eq!(notices(world.mails("admin").await?), 3);
        assert_eq!(world.letters("admin").await?.pop().context("a notice")?.next_attempt_at, world.now());
    }
    Ok(())
}

#[tokio::test]
async fn a_notice_that_waits_goes_once_everything_is_read() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let (first, minute) = (world.now(), TimeDelta::minutes(1));
        let due = async |name: &str| {
            let letters = world.letters(name).await?.into_iter().filter(|row| row.kind == "message_received");
            anyhow::Ok(letters.map(|row| row.next_attempt_at - first).collect::<Vec<_>>())
        };
        pair.says(&world, "Bonjour").await?;
        backend.clock.advance(minute);
        pair.says(&world, "Vous m’avez lue ?").await?;
        let unread = world.now();
        backend.clock.advance(minute);
        pair.says(&world, "Et maintenant ?").await?;
        backend.mark_read(&pair.admin, pair.id, pair.theirs, unread).await?;
        assert_eq!(due("admin").await?, [TimeDelta::zero(), TimeDelta::hours(1)], "there is more to read");
        backend.mark_read(&pair.admin, pair.id, pair.theirs, world.now()).await?;
        assert_eq!(due("admin").await?, [TimeDelta::zero()], "{:?}", world.engine());
        // The hour is still that of the first one.
        backend.clock.advance(minute);
        pair.says(&world, "Merci !").await?;
        assert_eq!(due("admin").await?, [TimeDelta::zero(), TimeDelta::hours(1)]);
        // Whoever answers has read; the other side's notice is its own.
        backend.write(&pair.admin, pair.id, pair.theirs, "De rien.".to_owned(), Some(world.now())).await?;
        assert_eq!((due("admin").await?.len(), due("ada").await?.len()), (1, 1));
        backend.clock.advance(TimeDelta::hours(2));
        pair.says(&world, "À demain.").await?;
        assert_eq!(due("admin").await?.len(), 2, "and leaves at once");
    }
    Ok(())
}

#[tokio::test]
async fn no_notice_goes_to_an_account_that_is_disabled() -> anyhow::Result<()> {
    for world in worlds().await? {
        let pair = pair(&world).await?;
        let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let ada = account::Entity::find_by_id(pair.ada.account.context("signed in")?.0).one(&tx).await?;
        let mut ada = ada.context("an account")?.into_active_model();
        ada.disabled_at = Set(Some(world.now()));
        ada.update(&tx).await?;
        tx.commit().await?;
        pair.answers(&world, "À dix heures.").await?;
        assert_eq!(notices(world.mails("ada").await?), 0);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_write_at_once_make_one_notice_now_and_one_later() -> anyhow::Result<()> {
    const WRITERS: usize = 12;
    for world in worlds().await? {
        let (engine, pair) = (world.engine(), Arc::new(pair(&world).await?));
        let start = Arc::new(Barrier::new(WRITERS));
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..WRITERS {
            let (backend, pair, start) = (world.backend.clone(), pair.clone(), start.clone());
            tries.spawn(async move {
                start.wait().await;
                backend.write(&pair.ada, pair.id, Door::Volunteer, format!("Message {number}"), None).await
            });
        }
        while let Some(done) = tries.join_next().await {
            done??;
        }
        assert_eq!(application_message::Entity::find().count(world.backend.store.read()).await?, 12, "{engine:?}");
        let letters = world.letters("admin").await?;
        let mut due: Vec<_> = letters.iter().filter(|row| row.kind == "message_received").collect();
        due.sort_by_key(|row| row.next_attempt_at);
        let due: Vec<_> = due.into_iter().map(|row| row.next_attempt_at - world.now()).collect();
        assert_eq!(due, [TimeDelta::zero(), TimeDelta::hours(1)], "{engine:?}");
    }
    Ok(())
}

#[tokio::test]
async fn one_writes_while_it_is_live_and_reads_afterwards() -> anyhow::Result<()> {
    let over = Err(AppError::Conflict(Conflict::NotInThisState));
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        for (typed, problem) in [
            ("  ", Problem::Required),
            (&"a".repeat(2001), Problem::TooLong { max: 2000 }),
            ("Mon numéro : 1 85 05 78 006 084 36", Problem::SocialSecurityNumber),
        ] {
            assert_eq!(pair.says(&world, typed).await, Err(AppError::field("body", problem)));
        }
        pair.says(&world, &"a".repeat(2000)).await?;
        backend.decide(&pair.admin, pair.mission, vec![pair.id], true, String::new()).await?;
        // The last slot ends in 51 hours.
        backend.clock.advance(TimeDelta::hours(51) + TimeDelta::days(14) - TimeDelta::seconds(1));
        pair.answers(&world, "Merci d’être venue !").await?;
        backend.clock.advance(TimeDelta::seconds(1));
        assert_eq!(pair.answers(&world, "Encore merci.").await, over);
        assert_eq!(pair.says(&world, "De rien.").await, over);
        let page = backend.exchange(&pair.ada, pair.id, Door::Volunteer).await?;
        assert_eq!((page.lines.len(), page.open_until), (3, None));
        let (mission, slots) = world.mission("Autre", choose(&[(48, 3, 2)])).await?;
        let gone = world.written(mission, &pair.ada, slots[0], "withdrawn").await?.into();
        let late = backend.write(&pair.ada, gone, Door::Volunteer, "Bonjour".to_owned(), None).await;
        assert_eq!(late, over, "nobody writes about an offer that was taken back");
        assert!(!backend.mine(&pair.ada).await?.past.iter().any(|own| own.id == gone && own.messages));
    }
    Ok(())
}

/// Another organisation with an admin of its own; as a partner, it answers the application.
async fn partner(world: &World, pair: &Pair, answers: bool) -> anyhow::Result<(OrganisationId, Actor)> {
    let (id, zoe, now) = (Uuid::now_v7(), world.person("zoe", None).await?, world.now());
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let row = organisation::Entity::find_by_id(world.organisation).one(&tx).await?.context("an organisation")?;
    let row = organisation::Model { id, name: "Les Amis".to_owned(), rna: Some("W831000002".to_owned()), ..row };
    organisation::Entity::insert(row.into_active_model()).exec_without_returning(&tx).await?;
    let grant = role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(zoe),
        role: Set("organisation_admin".to_owned()),
        municipality_id: Set(None),
        organisation_id: Set(Some(id)),
        granted_by: Set(None),
        granted_at: Set(now),
        scope: Set(id.to_string()),
    };
    role_grant::Entity::insert(grant).exec_without_returning(&tx).await?;
    if answers {
        let row = mission_partner::ActiveModel {
            mission_id: Set(pair.mission.0),
            organisation_id: Set(id),
            joined_mission_id: Set(pair.mission.0),
            choice: Set("choose".to_owned()),
            practical: Set(String::new()),
            reason: Set("La même aide.".to_owned()),
            joined_by: Set(zoe),
            joined_at: Set(now),
        };
        mission_partner::Entity::insert(row).exec_without_returning(&tx).await?;
        let row = application::Entity::find_by_id(pair.id.0).one(&tx).await?.context("the application")?;
        let mut row = row.into_active_model();
        row.organisation_id = Set(Some(id));
        row.update(&tx).await?;
    }
    tx.commit().await?;
    Ok((OrganisationId(id), world.actor(zoe).await?))
}

#[tokio::test]
async fn it_exists_for_whoever_applied_and_whoever_answers() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let (amis, zoe) = partner(&world, &pair, true).await?;
        let ours = Door::Organisation(amis, pair.mission);
        pair.says(&world, "Bonjour").await?;
        assert_eq!((notices(world.mails("zoe").await?), notices(world.mails("admin").await?)), (1, 0));
        backend.write(&zoe, pair.id, ours, "Bienvenue".to_owned(), None).await?;
        assert_eq!(backend.exchange(&pair.ada, pair.id, Door::Volunteer).await?.organisation, "Les Amis");
        let (ben, cora) = (world.volunteer("ben").await?, world.coordinator("cora").await?);
        for (who, door) in [
            (&pair.admin, pair.theirs),
            (&pair.admin, ours),
            (&pair.admin, Door::Volunteer),
            (&zoe, pair.theirs),
            (&zoe, Door::Volunteer),
            (&ben, Door::Volunteer),
            (&ben, ours),
            (&cora, ours),
            (&pair.ada, ours),
            (&zoe, Door::Organisation(amis, MissionId(Uuid::nil()))),
        ] {
            let missing = Err(AppError::NotFound);
            assert_eq!(backend.exchange(who, pair.id, door).await.map(drop), missing, "{door:?}");
            assert_eq!(backend.write(who, pair.id, door, "Bonjour".to_owned(), None).await, missing, "{door:?}");
            assert_eq!(backend.mark_read(who, pair.id, door, world.now()).await, missing, "{door:?}");
            assert_eq!(backend.report(who, pair.id, door, "Il le faut.".to_owned()).await, missing, "{door:?}");
        }
    }
    Ok(())
}

const TOWN: &str = "83126";

async fn the_report(world: &World, cora: &Actor) -> anyhow::Result<MessageReportId> {
    let list = world.backend.reports(cora, TOWN).await?;
    Ok(list.rows.first().context("a report")?.id)
}

#[tokio::test]
async fn coordinators_read_what_was_reported_and_the_history_says_who() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let (cora, dan) = (world.coordinator("cora").await?, world.coordinator("dan").await?);
        let eve = world.coordinator("eve").await?.account.context("signed in")?;
        world.make_admin(eve.0).await?;
        let eve = world.actor(eve.0).await?;
        let report = async |reason: &str| backend.report(&pair.ada, pair.id, Door::Volunteer, reason.to_owned()).await;
        assert_eq!(report("Rien encore.").await, Err(AppError::Conflict(Conflict::NotInThisState)));
        pair.answers(&world, "Payez d’abord.").await?;
        assert!(backend.reports(&cora, TOWN).await?.rows.is_empty(), "what nobody reported is nobody's to read");
        assert_eq!(report(" ").await, Err(AppError::field("reason", Problem::ReasonRequired)));
        report("On me demande de payer.").await?;
        assert_eq!(report("Encore.").await, Err(AppError::Conflict(Conflict::NotInThisState)));
        assert!(backend.exchange(&pair.ada, pair.id, Door::Volunteer).await?.reported);
        assert!(!backend.exchange(&pair.admin, pair.id, pair.theirs).await?.reported, "the other side is not told");
        let id = the_report(&world, &cora).await?;
        assert!(
            backend.reports(&eve, TOWN).await?.rows.is_empty(),
            "a coordinator whom it is about does not hear of it"
        );
        assert_eq!(backend.reported(&eve, TOWN, id).await.map(drop), Err(AppError::NotFound));
        assert!(!world.mails("eve").await?.contains(&"message_reported".to_owned()));
        let waiting = async |who: &Actor| {
            let queue = reviews::Reviews::queue(backend, who, TOWN, QueueAsk::default()).await;
            queue.map(|queue| queue.reports_waiting)
        };
        assert_eq!((waiting(&cora).await?, waiting(&eve).await?), (1, 0), "the queue counts what the list shows");
        let letter = world.letters("dan").await?.pop().context("a letter")?;
        assert_eq!(letter.kind, "message_reported");
        assert!(letter.body_text.contains(&app::routes::message_report(TOWN, id)));
        assert!(letter.body_text.contains("On me demande de payer."));
        assert_eq!(backend.reported(&cora, TOWN, id).await?.lines, None, "not before it was opened");
        backend.open_reported(&cora, TOWN, id).await?;
        let file = backend.reported(&cora, TOWN, id).await?;
        assert_eq!(file.lines.context("the exchange")?.last().context("a message")?.body, "Payez d’abord.");
        assert_eq!(file.history[0].actor.as_deref(), Some("cora Martin"));
        assert_eq!(backend.reported(&dan, TOWN, id).await?.lines, None, "each opens it under their own name");
        backend.close_report(&dan, TOWN, id, "Nous avons appelé l’association.".to_owned()).await?;
        assert_eq!(world.story(id.0).await?, ["reported", "thread_read", "report_closed"]);
        let letter = world.letters("ada").await?.pop().context("a letter")?;
        assert!(letter.kind == "report_closed" && letter.body_text.contains("Nous avons appelé"));
        let closed = backend.reported(&cora, TOWN, id).await?;
        assert_eq!((closed.lines, closed.may_act), (None, false), "closed, it is nobody's to read again");
        let again = backend.close_report(&cora, TOWN, id, "Merci.".to_owned()).await;
        assert_eq!(again, Err(AppError::Conflict(Conflict::NotInThisState)));
        assert_eq!(waiting(&cora).await?, 0, "what is closed waits no longer");
        report("Cela recommence.").await?;
        assert_eq!(backend.reports(&cora, TOWN).await?.rows.len(), 2);
    }
    Ok(())
}

#[tokio::test]
async fn nobody_judges_their_own_exchange() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let (ben, cora) = (world.volunteer("ben").await?, world.coordinator("cora").await?);
        // The word that came with the application is a message too.
        backend.report(&pair.admin, pair.id, pair.theirs, "Un mot blessant.".to_owned()).await?;
        let id = the_report(&world, &cora).await?;
        for who in [&pair.ada, &pair.admin, &ben] {
            assert_eq!(backend.reports(who, TOWN).await.map(drop), Err(AppError::NotFound));
            assert_eq!(backend.reported(who, TOWN, id).await.map(drop), Err(AppError::NotFound));
            assert_eq!(backend.open_reported(who, TOWN, id).await, Err(AppError::NotFound));
            assert_eq!(backend.close_report(who, TOWN, id, "Non.".to_owned()).await, Err(AppError::NotFound));
        }
        let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let grant = role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(world.admin),
            role: Set("coordinator".to_owned()),
            municipality_id: Set(Some(world.town)),
            organisation_id: Set(None),
            granted_by: Set(None),
            granted_at: Set(world.now()),
            scope: Set(world.town.to_string()),
        };
        role_grant::Entity::insert(grant).exec_without_returning(&tx).await?;
        tx.commit().await?;
        let both = world.of_organisation().await?;
        assert!(!backend.reported(&both, TOWN, id).await?.may_act);
        let own = backend.close_report(&both, TOWN, id, "Tout va bien.".to_owned()).await;
        assert_eq!(own, Err(AppError::Conflict(Conflict::FourEyes)));
        ensure!(backend.reports(&cora, TOWN).await?.rows[0].closed_at.is_none());
    }
    Ok(())
}

/// Somebody with one more role.
async fn with_role(world: &World, account: Uuid, role: &str, town: Option<Uuid>) -> anyhow::Result<Actor> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let grant = role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account),
        role: Set(role.to_owned()),
        municipality_id: Set(town),
        organisation_id: Set(None),
        granted_by: Set(None),
        granted_at: Set(world.now()),
        scope: Set(town.map(|id| id.to_string()).unwrap_or_default()),
    };
    role_grant::Entity::insert(grant).exec_without_returning(&tx).await?;
    tx.commit().await?;
    world.actor(account).await
}

#[tokio::test]
async fn what_no_coordinator_may_judge_reaches_the_network() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let network = world.person("network", None).await?;
        let network = with_role(&world, network, "network_admin", None).await?;
        // The town's only coordinator is the organisation's admin.
        let both = with_role(&world, world.admin, "coordinator", Some(world.town)).await?;
        pair.answers(&world, "Payez d’abord.").await?;
        let report = async |reason: &str| backend.report(&pair.ada, pair.id, Door::Volunteer, reason.to_owned()).await;
        report("On me demande de payer.").await?;
        assert_eq!(world.mails("network").await?, ["message_reported"]);
        assert!(!world.mails("admin").await?.contains(&"message_reported".to_owned()));
        assert_eq!(backend.reports_of_network(&both).await, Err(AppError::NotFound));
        let rows = backend.reports_of_network(&network).await?;
        let id = rows.first().context("a report")?.1.id;
        let file = backend.reported(&network, TOWN, id).await?;
        assert!(file.may_act && file.network && file.lines.is_none());
        backend.open_reported(&network, TOWN, id).await?;
        assert!(backend.reported(&network, TOWN, id).await?.lines.is_some());
        backend.close_report(&network, TOWN, id, "Nous avons appelé l’association.".to_owned()).await?;
        assert_eq!(world.letters("ada").await?.pop().context("a letter")?.kind, "report_closed_by_network");
        assert!(backend.reports_of_network(&network).await?.is_empty());

        let cora = world.coordinator("cora").await?;
        report("Cela recommence.").await?;
        assert!(backend.reports_of_network(&network).await?.is_empty(), "the town has somebody for it now");
        let again = the_report(&world, &cora).await?;
        assert_eq!(backend.reported(&network, TOWN, again).await.map(drop), Err(AppError::NotFound));
        let closed = backend.close_report(&network, TOWN, again, "Non.".to_owned()).await;
        assert_eq!(closed, Err(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn one_message_to_several_goes_into_each_exchange() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let slot = backend.mine(&pair.ada).await?.live[0].slots[0].id.0;
        let (ben, cleo) = (world.volunteer("ben").await?, world.volunteer("cleo").await?);
        let late = world.written(pair.mission, &ben, slot, "declined").await?.into();
        let third: ApplicationId = world.written(pair.mission, &cleo, slot, "accepted").await?.into();
        let send = async |ids: Vec<ApplicationId>, body: &str| {
            backend.write_to_some(&pair.admin, world.of(), pair.mission, ids, body.to_owned()).await
        };
        assert_eq!(send(Vec::new(), "Bonjour").await, Err(AppError::field("ids", Problem::Required)));
        assert_eq!(send(vec![pair.id], " ").await, Err(AppError::field("body", Problem::Required)));
        let sent = send(vec![pair.id, late, third, pair.id], "Rendez-vous à dix heures.").await?;
        assert_eq!((sent.done, sent.skipped), (2, 1), "twice named, once written to");
        for (who, id) in [(&pair.ada, pair.id), (&cleo, third)] {
            let page = backend.exchange(who, id, Door::Volunteer).await?;
            assert_eq!(page.lines.last().context("a message")?.body, "Rendez-vous à dix heures.");
        }
        let count = async |name: &str| anyhow::Ok(notices(world.mails(name).await?));
        assert_eq!((count("ada").await?, count("ben").await?, count("cleo").await?), (1, 0, 1));
        let (amis, zoe) = partner(&world, &pair, false).await?;
        for (who, of) in [(&zoe, amis), (&zoe, world.of()), (&pair.ada, world.of())] {
            let other = backend.write_to_some(who, of, pair.mission, vec![third], "Bonjour".to_owned()).await;
            assert_eq!(other, Err(AppError::NotFound));
        }
    }
    Ok(())
}

fn text(name: &str, body: &str) -> AnswerTemplateForm {
    AnswerTemplateForm { name: name.to_owned(), body: body.to_owned() }
}

#[tokio::test]
async fn an_organisation_keeps_its_texts_and_sees_no_others() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend, of) = (pair(&world).await?, &world.backend, world.of());
        let admin = &pair.admin;
        let (amis, zoe) = partner(&world, &pair, false).await?;
        backend.save_template(admin, of, None, text("Complet", "L’équipe est complète.")).await?;
        backend.save_template(&zoe, amis, None, text("Complet", "Nous sommes assez.")).await?;
        let kept = backend.templates(admin, of).await?.templates;
        assert_eq!((kept.len(), kept[0].body.as_str()), (1, "L’équipe est complète."));
        assert_eq!(backend.of_mission(admin, of, pair.mission).await?.templates, kept);
        assert_eq!(backend.exchange(admin, pair.id, pair.theirs).await?.templates, kept);
        assert!(backend.exchange(&pair.ada, pair.id, Door::Volunteer).await?.templates.is_empty());
        let twice = backend.save_template(admin, of, None, text("Complet", "Autre texte.")).await;
        assert_eq!(twice, Err(AppError::field("name", Problem::NameTaken)));
        backend.save_template(admin, of, Some(kept[0].id), text("Complet", "Nous sommes au complet.")).await?;
        assert_eq!(backend.templates(admin, of).await?.templates[0].body, "Nous sommes au complet.");
        let missing = Err(AppError::NotFound);
        for (who, organisation) in [(&zoe, amis), (&zoe, of), (&pair.ada, of)] {
            let id = kept[0].id;
            assert_eq!(backend.save_template(who, organisation, Some(id), text("A", "Non merci.")).await, missing);
            assert_eq!(backend.remove_template(who, organisation, id).await, missing);
        }
        assert_eq!(backend.templates(&zoe, of).await.map(drop), missing);
        backend.remove_template(admin, of, kept[0].id).await?;
        assert!(backend.templates(admin, of).await?.templates.is_empty());
        assert_eq!(backend.templates(&zoe, amis).await?.templates.len(), 1);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_texts_are_kept_however_many_press_at_once() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (admin, of) = (world.of_organisation().await?, world.of());
        let mut tries = tokio::task::JoinSet::new();
        for number in 0..24 {
            let (backend, admin) = (world.backend.clone(), admin.clone());
            tries.spawn(async move {
                backend
                    .save_template(&admin, of, None, text(&format!("Texte {number}"), "Merci d’avoir proposé."))
                    .await
            });
        }
        let mut refused = 0;
        while let Some(done) = tries.join_next().await {
            match done? {
                Ok(()) => {}
                Err(AppError::Conflict(Conflict::TooManyTemplates)) => refused += 1,
                Err(other) => return Err(anyhow!("{:?}: {other:?}", world.engine())),
            }
        }
        assert_eq!((refused, world.backend.templates(&admin, of).await?.templates.len()), (4, 20));
    }
    Ok(())
}

#[tokio::test]
async fn the_table_of_applicants_holds_what_may_be_seen_and_is_noted() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let slot = backend.mine(&pair.ada).await?.live[0].slots[0].id;
        let ben = world.volunteer("ben").await?;
        let gone = world.written(pair.mission, &ben, slot.0, "withdrawn").await?;
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let row = application::Entity::find_by_id(gone).one(&tx).await?.context("an application")?;
        let mut row = row.into_active_model();
        row.message = Set("=HYPERLINK(\"https://evil.example\")".to_owned());
        row.update(&tx).await?;
        tx.commit().await?;
        let table = async |who: &Actor, filter: ApplicantFilter| {
            let made = export::table(backend, who, world.of(), pair.mission, filter).await;
            made.map(|(_, file)| String::from_utf8_lossy(&file).into_owned()).map_err(|error| anyhow!("{error:?}"))
        };
        let all = table(&pair.admin, ApplicantFilter::default()).await?;
        assert!(all.contains("ada Martin") && all.contains("ada@ville.example"), "{all}");
        assert!(all.contains("ben M.") && !all.contains("ben@ville.example") && !all.contains("ben Martin"), "{all}");
        assert!(all.contains("'=HYPERLINK"), "nothing runs: {all}");
        assert_eq!(all.lines().count(), 3);
        for seen in ["En attente de votre réponse", "Retirée par la personne"] {
            assert!(all.contains(seen), "as the organisation says it: {all}");
        }
        let pending = table(&pair.admin, ApplicantFilter::parse("pending", &slot.to_string())).await?;
        assert!(pending.contains("ada Martin") && !pending.contains("ben M."));
        assert_eq!(table(&pair.admin, ApplicantFilter::parse("accepted", "")).await?.lines().count(), 1);
        for who in [&pair.ada, &world.coordinator("cora").await?] {
            assert!(table(who, ApplicantFilter::default()).await.is_err());
        }
        assert_eq!(world.story(pair.mission.0).await?, ["applicants_exported"; 3]);
        world.partner_is_suspended(slot.0).await?;
        assert!(table(&pair.admin, ApplicantFilter::default()).await.is_err(), "while it is suspended");
        let ids = world.ids(pair.mission).await?;
        let several = backend.write_to_some(&pair.admin, world.of(), pair.mission, ids, "Bonjour".to_owned()).await;
        assert_eq!(several, Err(Conflict::OrganisationNotApproved.into()));
        assert_eq!(pair.answers(&world, "Bonjour").await, Err(Conflict::OrganisationNotApproved.into()));
        pair.says(&world, "Que se passe-t-il ?").await?;
        let theirs = backend.exchange(&pair.admin, pair.id, pair.theirs).await?;
        assert!(theirs.paused && theirs.open_until.is_some(), "{:?}: it reads", world.engine());
        assert!(!backend.exchange(&pair.ada, pair.id, Door::Volunteer).await?.paused, "volunteers still write");
        let list = backend.of_mission(&pair.admin, world.of(), pair.mission).await?;
        assert!(list.paused && list.applicants.iter().all(|applicant| !applicant.open), "{:?}", world.engine());
    }
    Ok(())
}

/// Where the organisations stand.
async fn organisations(world: &World, status: &str) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let all = organisation::Entity::update_many().col_expr(organisation::Column::Status, Expr::value(status));
    all.exec(&tx).await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn a_suspended_organisation_is_told_why_it_does_not_write() -> anyhow::Result<()> {
    for world in worlds().await? {
        let pair = pair(&world).await?;
        let cookie = format!("renfort={}", world.session(pair.admin.account.context("signed in")?).await?);
        let site = Site::serve(world.backend.clone()).await?;
        let list = app::routes::own_mission(world.of(), pair.mission, "candidatures");
        for page in [app::routes::messages(pair.id, pair.theirs), list] {
            organisations(&world, "approved").await?;
            let read = async || {
                let page = site.ask(Method::GET, &page, Some(&cookie)).header(header::ACCEPT, "text/html");
                anyhow::Ok(page.send().await?.text().await?)
            };
            let html = read().await?;
            assert!(html.contains("name=\"body\"") && !html.contains("organisation est suspendue"), "{page}");
            organisations(&world, "suspended").await?;
            let html = read().await?;
            assert!(!html.contains("name=\"body\"") && html.contains("organisation est suspendue"), "{page}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_week_tells_where_volunteers_wrote_until_it_is_marked_as_read() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (pair, backend) = (pair(&world).await?, &world.backend);
        let unread = async || Ok::<_, AppError>(backend.agenda(&pair.admin, world.of()).await?.unread);
        assert!(unread().await?.is_empty());
        pair.says(&world, "Je viendrai en vélo.").await?;
        assert_eq!(unread().await?, [(pair.mission, "Colis du marché".to_owned(), 1)], "{:?}", world.engine());
        backend.clock.advance(TimeDelta::minutes(5));
        backend.mark_read(&pair.admin, pair.id, pair.theirs, world.now()).await?;
        assert!(unread().await?.is_empty(), "{:?}: it was read", world.engine());
        backend.clock.advance(TimeDelta::minutes(5));
        pair.says(&world, "Et à quelle heure ?").await?;
        assert_eq!(unread().await?.len(), 1, "{:?}: something newer", world.engine());
        let (amis, zoe) = partner(&world, &pair, true).await?;
        assert!(unread().await?.is_empty(), "{:?}: a partner answers now", world.engine());
        assert_eq!(backend.agenda(&zoe, amis).await?.unread.len(), 1, "{:?}", world.engine());
    }
    Ok(())
}
