//! The demonstration data hold every rule that the application holds.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use domain::{
    accounts::Accounts,
    actor::{Actor, Grant},
    applications::{ApplicationStatus, rules},
    crisis::{Crisis, MeasuresStatus},
    ids::AccountId,
    missions::{MissionContent, MissionStatus},
    paris,
    reviews::{Mark, QueueAsk, QueueRow, Reviews},
    supplies::{Supplies, SupplyLine},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::{
    accounts::{queries, tokens::digest},
    backend::Backend,
    clock::Clock,
    demo,
    entity::{
        account, application, application_slot, cover_letter, cover_request, equipment_level, equipment_movement,
        equipment_stock, history, mission, mission_copy, mission_partner, mission_version, municipality, organisation,
        review, review_answer, role_grant, slot, slot_batch, slot_batch_slot, volunteer, volunteer_profile,
    },
    network::queries::by_insee,
};
use uuid::Uuid;

use crate::databases;

const ACCOUNTS: [&str; 5] = ["volontaire", "association", "coordination", "coordination.b", "reseau"];

#[tokio::test]
async fn it_is_whole_and_always_the_same() {
    let databases = databases::each().await.unwrap();
    let mut made = Vec::new();
    for own in &databases {
        demo::fill(&own.backend).await.unwrap();
        let db = own.backend.store.read();
        let missions = mission::Entity::find().all(db).await.unwrap();
        // Two hundred around today, a draft made of an idea, and those of the year before.
        assert!((280..330).contains(&missions.len()), "{}", missions.len());
        for status in MissionStatus::ALL {
            assert!(missions.iter().any(|row| row.status == status.as_str()), "{status}");
        }
        assert_eq!(organisation::Entity::find().count(db).await.unwrap(), 42);
        assert_eq!(volunteer::Entity::find().count(db).await.unwrap(), 300);
        assert_eq!(municipality::Entity::find().count(db).await.unwrap(), 4);
        let applications = application::Entity::find().all(db).await.unwrap();
        assert!((700..1_300).contains(&applications.len()), "{}", applications.len());
        for status in ApplicationStatus::ALL {
            assert!(applications.iter().any(|row| row.status == status.as_str()), "{status}");
        }
        for name in ACCOUNTS {
            let email = format!("{name}@demo.example");
            let session = own.backend.sign_in(&Actor::default(), &email, demo::PASSWORD).await;
            assert!(session.is_ok(), "{name}: {:?}", session.err());
        }
        // A second start changes nothing.
        let before = history::Entity::find().count(db).await.unwrap();
        demo::fill(&own.backend).await.unwrap();
        assert_eq!(history::Entity::find().count(db).await.unwrap(), before);
        let mut ids: Vec<Uuid> = applications.iter().map(|row| row.id).collect();
        ids.sort_unstable();
        made.push((ids, before));
    }
    assert!(made.windows(2).all(|pair| pair[0] == pair[1]), "the same on both engines");
}

#[tokio::test]
async fn places_are_given_once() {
    for own in databases::filled().await.unwrap() {
        let db = own.backend.store.read();
        let slots: HashMap<Uuid, slot::Model> =
            slot::Entity::find().all(db).await.unwrap().into_iter().map(|row| (row.id, row)).collect();
        let applications: HashMap<Uuid, application::Model> =
            application::Entity::find().all(db).await.unwrap().into_iter().map(|row| (row.id, row)).collect();
        let missions: HashMap<Uuid, mission::Model> =
            mission::Entity::find().all(db).await.unwrap().into_iter().map(|row| (row.id, row)).collect();
        let volunteers: HashMap<Uuid, volunteer::Model> =
            volunteer::Entity::find().all(db).await.unwrap().into_iter().map(|row| (row.account_id, row)).collect();
        let mut taken: HashMap<Uuid, i32> = HashMap::new();
        let mut spans: HashMap<Uuid, Vec<rules::Span>> = HashMap::new();
        let links = application_slot::Entity::find().all(db).await.unwrap();
        for link in &links {
            let (application, slot) = (&applications[&link.application_id], &slots[&link.slot_id]);
            assert_eq!(application.mission_id, slot.mission_id);
            let status = ApplicationStatus::parse(&application.status).unwrap();
            if status.holds_place() {
                *taken.entry(slot.id).or_default() += 1;
            }
            let came = matches!(status, ApplicationStatus::Attended | ApplicationStatus::Absent);
            assert!(!came || slot.ends_at <= own.backend.clock.now(), "attendance of the future");
            if (status.holds_place() || came) && slot.kind == "dated" {
                spans.entry(application.volunteer_id).or_default().push((slot.starts_at, slot.ends_at));
            }
            let minors = missions[&slot.mission_id].open_to_minors;
            let birth = volunteers[&application.volunteer_id].birth_date;
            assert!(rules::check_age(birth, slot.starts_at, minors).is_ok());
        }
        assert!(slots.values().all(|slot| slot.taken == taken.get(&slot.id).copied().unwrap_or_default()));
        assert!(slots.values().all(|slot| slot.taken <= slot.places));
        assert!(slots.values().any(|slot| slot.taken == slot.places), "some are full");
        for spans in spans.values() {
            for (index, span) in spans.iter().enumerate() {
                assert!(spans[..index].iter().all(|other| !rules::overlaps(*span, *other)));
            }
            assert!(rules::check_weekly(spans, &[]).is_ok());
            assert!(rules::weekly_hours(spans).values().all(|minutes| *minutes <= rules::MAX_WEEKLY_MINUTES));
        }
        let with_slot: HashSet<Uuid> = links.iter().map(|link| link.application_id).collect();
        assert_eq!(with_slot.len(), applications.len(), "every application has a slot");
        let pairs: HashSet<_> = applications.values().map(|row| (row.mission_id, row.volunteer_id)).collect();
        assert_eq!(pairs.len(), applications.len(), "one application per volunteer and mission");
    }
}

#[tokio::test]
async fn nothing_is_online_without_a_green_light() {
    for own in databases::filled().await.unwrap() {
        let (db, now) = (own.backend.store.read(), own.backend.clock.now());
        let domains: Vec<String> =
            server::missions::reference::domains(db, true).await.unwrap().into_iter().map(|row| row.code).collect();
        let versions: HashMap<Uuid, mission_version::Model> =
            mission_version::Entity::find().all(db).await.unwrap().into_iter().map(|row| (row.id, row)).collect();
        let reviews = review::Entity::find().all(db).await.unwrap();
        for version in versions.values() {
            let content: MissionContent = serde_json::from_str(&version.content).unwrap();
            content.check_draft().unwrap();
            assert!(domains.contains(content.domain.as_ref().unwrap()));
            assert_eq!(version.content_hash, digest(&content.canonical_json()));
        }
        for review in &reviews {
            let version = &versions[&review.mission_version_id];
            assert_eq!(review.content_hash, version.content_hash);
            let open = ["waiting", "in_review"].contains(&review.status.as_str());
            assert_eq!(open, version.status == "submitted", "{review:?}");
            assert_eq!(open, review.decided_at.is_none());
            assert_eq!(review.status == "waiting", review.taken_by.is_none());
            assert!(review.created_at <= now && review.decided_at.is_none_or(|at| at <= now && at > review.created_at));
        }
        let open = |row: &&review::Model| row.decided_at.is_none();
        assert!(reviews.iter().filter(open).count() > 20);
        assert!(reviews.iter().filter(open).any(|row| row.due_at < now), "some are overdue");
        let partners = mission_partner::Entity::find().all(db).await.unwrap();
        for row in mission::Entity::find().all(db).await.unwrap() {
            let online = ["published", "suspended", "closed"].contains(&row.status.as_str());
            assert!(!online || row.published_version_id.is_some(), "{}", row.title);
            if let Some(version) = row.published_version_id {
                let lit =
                    |review: &&review::Model| review.mission_version_id == version && review.status == "green_light";
                // What was joined was decided on in the review of the mission that it came from.
                let from = partners.iter().find(|partner| partner.mission_id == row.id).map(|it| it.joined_mission_id);
                let joined = |review: &&review::Model| Some(review.mission_id) == from && review.status == "refused";
                let review = reviews.iter().find(lit).or_else(|| reviews.iter().find(joined)).unwrap();
                let author = versions[&version].author_id;
                assert_ne!(review.decided_by, Some(author), "four eyes");
                let answers = review_answer::Entity::find()
                    .filter(review_answer::Column::ReviewId.eq(review.id))
                    .all(db)
                    .await
                    .unwrap();
                assert!(
                    answers.len() >= 6
                        && answers.iter().all(|answer| {
                            answer.answer == "yes" || from.is_some() && answer.item_code == "no-duplicate"
                        })
                );
                assert!(!row.search_text.is_empty());
            }
            assert_eq!(row.working_version_id.is_none(), row.published_version_id.is_some() && !later(&row, &versions));
        }
        states_follow(&history::Entity::find().all(db).await.unwrap());
        let coordinators = role_grant::Entity::find().filter(role_grant::Column::Role.eq("coordinator"));
        assert_eq!(coordinators.count(db).await.unwrap(), 7);
        let foreign = account::Entity::find().filter(account::Column::Email.not_like("%@demo.example"));
        assert_eq!(foreign.count(db).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn one_mission_was_joined_to_another_and_its_organisation_answers_for_it() {
    for own in databases::filled().await.unwrap() {
        let db = own.backend.store.read();
        let partner = mission_partner::Entity::find().one(db).await.unwrap().unwrap();
        let (host, joined) =
            (mission_of(db, partner.mission_id).await, mission_of(db, partner.joined_mission_id).await);
        assert_eq!((host.status.as_str(), joined.status.as_str()), ("published", "refused"));
        assert_eq!(joined.organisation_id, partner.organisation_id);
        assert_ne!(host.organisation_id, partner.organisation_id);
        let town = municipality::Entity::find_by_id(host.municipality_id).one(db).await.unwrap().unwrap();
        assert_eq!(town.insee, "83126");
        let held = slot::Entity::find().filter(slot::Column::OrganisationId.is_not_null()).all(db).await.unwrap();
        assert!(!held.is_empty());
        assert!(held.iter().all(|slot| slot.mission_id == host.id && slot.ends_at > own.backend.clock.now()));
        let waits = application::Entity::find().filter(application::Column::OrganisationId.eq(partner.organisation_id));
        assert_eq!(waits.one(db).await.unwrap().unwrap().status, "pending");
    }
}

async fn mission_of(db: &sea_orm::DatabaseConnection, id: Uuid) -> mission::Model {
    mission::Entity::find_by_id(id).one(db).await.unwrap().unwrap()
}

fn later(row: &mission::Model, versions: &HashMap<Uuid, mission_version::Model>) -> bool {
    versions
        .values()
        .any(|version| version.mission_id == row.id && ["submitted", "draft"].contains(&version.status.as_str()))
}

/// Each line of a history begins where the one before ended, and never before it.
fn states_follow(lines: &[history::Model]) {
    let mut of: HashMap<(&str, Uuid), Vec<&history::Model>> = HashMap::new();
    // What was reserved or handed out, what a draft was copied from, cover that was asked for, and when applications open, is told
    // between the states.
    let between = |line: &&history::Model| {
        line.to_state.starts_with("equipment_")
            || ["copied", "cover_asked", "opening_set"].contains(&line.to_state.as_str())
    };
    for line in lines.iter().filter(|line| !between(line)) {
        of.entry((line.subject.as_str(), line.subject_id)).or_default().push(line);
    }
    for ((subject, _), mut lines) in of {
        lines.sort_by_key(|line| (line.from_state.is_some(), line.at));
        for pair in lines.windows(2) {
            assert!(pair[0].at <= pair[1].at, "{subject}: {pair:?}");
            assert!(
                lines.iter().any(|line| Some(&line.to_state) == pair[1].from_state.as_ref()),
                "{subject}: {pair:?}"
            );
        }
    }
}

#[tokio::test]
async fn the_first_organisation_plans_ahead() {
    for own in databases::filled().await.unwrap() {
        let db = own.backend.store.read();
        let batch = slot_batch::Entity::find().one(db).await.unwrap().unwrap();
        let draft = mission_of(db, batch.mission_id).await;
        assert_eq!(draft.status, "draft");
        let version = mission_version::Entity::find_by_id(draft.working_version_id.unwrap()).one(db).await.unwrap();
        let content: MissionContent = serde_json::from_str(&version.unwrap().content).unwrap();
        let members = slot_batch_slot::Entity::find().all(db).await.unwrap();
        assert!(members.len() > 10);
        assert!(members.iter().all(|member| content.slots.iter().any(|slot| slot.id == member.slot_id)));
        let link = mission_copy::Entity::find().one(db).await.unwrap().unwrap();
        let (copy, source) = (mission_of(db, link.mission_id).await, mission_of(db, link.source_id).await);
        assert_eq!((copy.status.as_str(), source.status.as_str()), ("draft", "closed"));
        assert_eq!((copy.organisation_id, copy.title), (draft.organisation_id, source.title));
        assert!(copy.starts_at.unwrap() > own.backend.clock.now());
    }
}

#[tokio::test]
async fn some_agreed_to_be_asked_and_one_slot_was_asked_for() {
    for own in databases::filled().await.unwrap() {
        let (db, now) = (own.backend.store.read(), own.backend.clock.now());
        let agreed = volunteer_profile::Entity::find().filter(volunteer_profile::Column::Cover.eq(true));
        let agreed: HashMap<Uuid, volunteer_profile::Model> =
            agreed.all(db).await.unwrap().into_iter().map(|row| (row.account_id, row)).collect();
        assert!(agreed.len() > 40, "{}", agreed.len());
        let secrets: HashSet<&String> = agreed.values().filter_map(|row| row.cover_secret.as_ref()).collect();
        assert_eq!(secrets.len(), agreed.len(), "one each");
        let request = cover_request::Entity::find().one(db).await.unwrap().unwrap();
        let letters = cover_letter::Entity::find().all(db).await.unwrap();
        assert_eq!(i32::try_from(letters.len()).unwrap(), request.written);
        assert!(letters.iter().all(|row| row.slot_id == request.slot_id && agreed.contains_key(&row.account_id)));
        let slot = slot::Entity::find_by_id(request.slot_id).one(db).await.unwrap().unwrap();
        let mission = mission_of(db, slot.mission_id).await;
        assert!(slot.starts_at > now && slot.taken < slot.places && mission.status == "published");
        assert!(mission.published_at.is_some_and(|at| at <= request.asked_at));
        let applied = application::Entity::find()
            .filter(application::Column::MissionId.eq(mission.id))
            .filter(application::Column::VolunteerId.is_in(letters.iter().map(|row| row.account_id)));
        assert_eq!(applied.count(db).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn one_mission_takes_applications_some_days_from_now() {
    for own in databases::filled().await.unwrap() {
        let db = own.backend.store.read();
        let shut = mission::Entity::find().filter(mission::Column::OpensOn.is_not_null()).all(db).await.unwrap();
        assert_eq!(shut.len(), 1);
        let (row, today) = (&shut[0], paris::date(own.backend.clock.now()));
        let days = (row.opens_on.unwrap() - today).num_days();
        assert!(row.status == "published" && (2..30).contains(&days), "{days}");
        let town = municipality::Entity::find_by_id(row.municipality_id).one(db).await.unwrap().unwrap();
        assert_eq!(town.insee, "83126");
        let applied = application::Entity::find().filter(application::Column::MissionId.eq(row.id));
        assert_eq!(applied.count(db).await.unwrap(), 0);
        let first = slot::Entity::find().filter(slot::Column::MissionId.eq(row.id)).all(db).await.unwrap();
        assert!(!first.is_empty() && first.iter().all(|slot| slot.starts_at > paris::midnight(row.opens_on.unwrap())));
    }
}

/// The queue once every line was compared with the town: a queue does not wait for that.
async fn marked(backend: &Backend, actor: &Actor, doubles: usize) -> Vec<QueueRow> {
    let is_double = |row: &&QueueRow| row.marks.iter().any(|mark| matches!(mark, Mark::Duplicates(_)));
    for _ in 0..200 {
        let rows = backend.queue(actor, "83126", QueueAsk::default()).await.unwrap().rows;
        if rows.iter().filter(is_double).count() == doubles {
            return rows;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the queue never told of {doubles} files with duplicates");
}

#[tokio::test]
async fn thirty_files_wait_on_a_monday_morning() {
    for own in databases::filled().await.unwrap() {
        let db = own.backend.store.read();
        let town = municipality::Entity::find()
            .filter(municipality::Column::Insee.eq("83126"))
            .one(db)
            .await
            .unwrap()
            .unwrap();
        let actor = Actor {
            account: Some(AccountId(Uuid::now_v7())),
            grants: vec![Grant::Coordinator(town.id.into())],
            ..Actor::default()
        };
        let queue = own.backend.queue(&actor, "83126", QueueAsk::default()).await.unwrap();
        assert_eq!(queue.rows.len(), 30);
        let (mut doubles, mut bare, mut masks) = (Vec::new(), 0, 0);
        let rows = marked(&own.backend, &actor, 5).await;
        let with = |wanted: fn(&Mark) -> bool| rows.iter().filter(|row| row.marks.iter().any(wanted)).count();
        assert_eq!(
            with(|mark| matches!(mark, Mark::Short(kinds) if kinds.iter().any(|kind| kind.contains("asque")))),
            3
        );
        assert_eq!(with(|mark| *mark == Mark::Unsupervised), 1);
        let dangerous = |row: &&QueueRow| row.marks.iter().any(|mark| matches!(mark, Mark::Dangers(_)));
        let dangerous: Vec<&str> = rows.iter().filter(dangerous).map(|row| row.title.as_str()).collect();
        for title in ["Dégager les toitures après le coup de vent", "Raccompagner des jeunes en voiture la nuit"] {
            assert!(dangerous.contains(&title), "{dangerous:?}");
        }
        assert!(dangerous.len() < rows.len() / 2, "a mark that everything has warns of nothing: {dangerous:?}");
        for row in queue.rows {
            let file = own.backend.file(&actor, "83126", row.id).await.unwrap();
            let short = |line: &SupplyLine| line.kind.code == "surgical-mask" && line.cover.missing() > 0;
            masks += usize::from(file.supplies.lines.iter().any(short));
            if let Some(likely) = file.duplicates.first() {
                doubles.push((row.title, likely.title.clone()));
            }
            bare += usize::from(file.mission.prerequisites.is_empty());
        }
        assert_eq!((doubles.len(), bare, masks), (5, 2, 3), "{doubles:?}");
    }
}

#[tokio::test]
async fn the_stock_is_the_sum_of_its_ledger_and_masks_are_scarce() {
    for own in databases::filled().await.unwrap() {
        let db = own.backend.store.read();
        let mut sums: HashMap<(Uuid, String), (i32, i32)> = HashMap::new();
        for line in equipment_movement::Entity::find().all(db).await.unwrap() {
            assert!(line.at <= own.backend.clock.now());
            let sum = sums.entry((line.depot_id, line.type_code)).or_default();
            *sum = (sum.0 + line.on_hand_change, sum.1 + line.reserved_change);
        }
        let stock = equipment_stock::Entity::find().all(db).await.unwrap();
        assert_eq!(stock.len(), sums.len());
        let towns: HashSet<Uuid> = stock.iter().map(|row| row.municipality_id).collect();
        assert_eq!(towns.len(), 4, "every town has some");
        for row in stock {
            assert_eq!(sums[&(row.depot_id, row.type_code.clone())], (row.on_hand, row.reserved), "{}", row.type_code);
        }
        let levels = equipment_level::Entity::find().filter(equipment_level::Column::ToldAt.is_not_null());
        let low: Vec<String> = levels.all(db).await.unwrap().into_iter().map(|row| row.type_code).collect();
        assert!(low.contains(&"surgical-mask".to_owned()), "{low:?}");
    }
}

/// None is in force: it would change everything else. The draft has something to preview.
#[tokio::test]
async fn crisis_measures_were_lifted_and_wait_to_be_previewed() {
    for own in databases::filled().await.unwrap() {
        let db = own.backend.store.read();
        let person = account::Entity::find().filter(account::Column::Email.eq("coordination@demo.example"));
        let id = AccountId(person.one(db).await.unwrap().unwrap().id);
        let known = queries::grants(db, id).await.unwrap().unwrap();
        let actor = Actor { account: Some(id), grants: known.grants, ..Actor::default() };
        let list = Crisis::list(&own.backend, &actor, "83126").await.unwrap();
        let states: Vec<_> = list.own.iter().map(|one| one.status).collect();
        assert_eq!(states, [MeasuresStatus::Draft, MeasuresStatus::Lifted]);
        assert!(list.suspended.is_empty());
        let [draft, past] = [0, 1].map(|place| list.own[place].id);
        let past = Crisis::page(&own.backend, &actor, "83126", past).await.unwrap();
        assert_eq!(past.history.len(), 3);
        let effect = Crisis::page(&own.backend, &actor, "83126", draft).await.unwrap().effect;
        assert!(effect.suspended.len() > 2 && effect.to_acknowledge > 5, "{effect:?}");
    }
}

/// Whatever the day on which a demonstration begins, coordinators see what will be short.
#[tokio::test]
async fn something_is_short_in_the_days_to_come() {
    for day in 0..7 {
        let mut own = databases::each().await.unwrap().remove(0);
        own.backend.clock = Clock::fixed(databases::monday() + TimeDelta::days(day));
        demo::fill(&own.backend).await.unwrap();
        let town = by_insee(own.backend.store.read(), "83126").await.unwrap();
        let actor = Actor {
            account: Some(AccountId(Uuid::now_v7())),
            grants: vec![Grant::Coordinator(town.id.into())],
            ..Actor::default()
        };
        let short = own.backend.week(&actor, "83126").await.unwrap().short;
        assert!(!short.is_empty(), "day {day}");
    }
}
