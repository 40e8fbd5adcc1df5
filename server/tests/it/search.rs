//! What the public finds, the same on both engines.

use chrono::Duration;
use domain::{
    actor::Actor,
    error::AppError,
    search::{Search, SearchPage, SearchQuery},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::{
    demo,
    entity::{mission, organisation, slot},
};

use crate::databases;

fn asked(change: impl FnOnce(&mut SearchQuery)) -> SearchQuery {
    let mut query = SearchQuery { page: 1, ..SearchQuery::default() };
    change(&mut query);
    query
}

/// Questions of every kind: what people type, and what they should not.
fn questions() -> Vec<SearchQuery> {
    let words = [
        "colis",
        "COLIS alimentaires",
        "Épicerie",
        "epicerie",
        "prépar",
        "voisins courses",
        "plage",
        "enfant",
        "d'été",
        "zyzzyva",
        "\"",
        "colis\" OR \"plage",
        "plage*",
        "NEAR(a b)",
        "a:b",
        "plage -mer",
        "plage & !mer",
        "' OR 1=1 --",
        "^plage",
        "\u{0}",
        "le la les",
        "☃",
        "é",
        "% _",
        "x".repeat(5000).as_str(),
        "15 heures",
        "10",
        "(((",
    ]
    .map(|words| asked(|query| words.clone_into(&mut query.words)));
    let others = [
        asked(|_| ()),
        asked(|query| query.page = 2),
        asked(|query| query.page = 0),
        asked(|query| query.page = u32::MAX),
        asked(|query| "food-aid".clone_into(&mut query.domain)),
        asked(|query| "nonsense".clone_into(&mut query.domain)),
        asked(|query| "83126".clone_into(&mut query.town)),
        asked(|query| "la seyne sur mer".clone_into(&mut query.town)),
        asked(|query| "83140".clone_into(&mut query.town)),
        asked(|query| "Paris".clone_into(&mut query.town)),
        asked(|query| "2026-12-05".clone_into(&mut query.from)),
        asked(|query| "2027-12-05".clone_into(&mut query.from)),
        asked(|query| "9999-12-31".clone_into(&mut query.from)),
        asked(|query| "demain".clone_into(&mut query.from)),
        asked(|query| "yes".clone_into(&mut query.remote)),
        asked(|query| "no".clone_into(&mut query.remote)),
        asked(|query| "perhaps".clone_into(&mut query.remote)),
        asked(|query| {
            "plage".clone_into(&mut query.words);
            "83126".clone_into(&mut query.town);
            "environment".clone_into(&mut query.domain);
            "no".clone_into(&mut query.remote);
        }),
    ];
    words.into_iter().chain(others).collect()
}

#[tokio::test]
async fn both_engines_find_the_same() {
    let databases = databases::each().await.unwrap();
    let mut answers: Vec<Vec<SearchPage>> = Vec::new();
    for own in &databases {
        demo::fill(&own.backend).await.unwrap();
        let mut pages = Vec::new();
        for query in questions() {
            let page = own.backend.missions(&Actor::default(), query.clone()).await;
            pages.push(page.unwrap_or_else(|error| panic!("{query:?}: {error:?}")));
        }
        answers.push(pages);
    }
    let all = answers[0].iter().find(|page| page.total > 50).unwrap();
    for pages in &answers {
        for ((query, page), first) in questions().iter().zip(pages).zip(&answers[0]) {
            assert_eq!(page, first, "{query:?}");
            assert!((1..=page.pages).contains(&page.page), "{query:?}");
            assert!(page.missions.len() <= 20 && page.total >= page.missions.len() as u32, "{query:?}");
        }
    }
    let total = |change: fn(&mut SearchQuery)| {
        let query = asked(change);
        let at = questions().iter().position(|other| *other == query).unwrap();
        answers[0][at].total
    };
    assert!(total(|query| "colis".clone_into(&mut query.words)) > 0);
    assert_eq!(
        total(|query| "Épicerie".clone_into(&mut query.words)),
        total(|query| "epicerie".clone_into(&mut query.words))
    );
    assert_eq!(total(|query| "zyzzyva".clone_into(&mut query.words)), 0);
    assert_eq!(total(|query| "nonsense".clone_into(&mut query.domain)), 0);
    assert_eq!(total(|query| "Paris".clone_into(&mut query.town)), 0);
    assert_eq!(total(|query| "demain".clone_into(&mut query.from)), all.total);
    assert_eq!(
        total(|query| "83126".clone_into(&mut query.town)),
        total(|query| "la seyne sur mer".clone_into(&mut query.town))
    );
    let (remote, on_site) =
        (total(|query| "yes".clone_into(&mut query.remote)), total(|query| "no".clone_into(&mut query.remote)));
    assert!(remote > 0 && on_site > 0);
    assert_eq!(remote + on_site, all.total);
}

#[tokio::test]
async fn only_what_is_public_is_found() {
    for own in databases::filled().await.unwrap() {
        let (db, now) = (own.backend.store.read(), own.backend.clock.now());
        let mut found = Vec::new();
        let mut page = 1;
        loop {
            let answer = own.backend.missions(&Actor::default(), asked(|query| query.page = page)).await.unwrap();
            found.extend(answer.missions);
            if page == answer.pages {
                assert_eq!(found.len(), answer.total as usize);
                break;
            }
            page += 1;
        }
        let mut starts = Vec::new();
        for card in &found {
            let row = mission::Entity::find_by_id(card.id.0).one(db).await.unwrap().unwrap();
            assert_eq!(row.status, "published");
            starts.push((card.next.map(|(_, starts_at, _)| starts_at), row.id));
            let of = organisation::Entity::find_by_id(row.organisation_id).one(db).await.unwrap().unwrap();
            assert_eq!(of.status, "approved");
            let slots = slot::Entity::find().filter(slot::Column::MissionId.eq(row.id)).all(db).await.unwrap();
            assert!(slots.iter().any(|slot| slot.ends_at > now && slot.cancelled_at.is_none()));
        }
        assert!(starts.is_sorted(), "soonest first");
        // Its organisation is suspended: the mission is gone at once.
        let first = mission::Entity::find_by_id(found[0].id.0).one(db).await.unwrap().unwrap();
        let tx = own.backend.store.begin().await.unwrap();
        organisation::Entity::update_many()
            .col_expr(organisation::Column::Status, sea_orm::sea_query::Expr::value("suspended"))
            .filter(organisation::Column::Id.eq(first.organisation_id))
            .exec(&tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let left = own.backend.missions(&Actor::default(), asked(|_| ())).await.unwrap();
        assert!((left.total as usize) < found.len());
        assert!(left.missions.iter().all(|card| card.id != found[0].id));
        // Long after, nothing is left, and nothing fails.
        own.backend.clock.advance(Duration::days(400));
        let late = own.backend.missions(&Actor::default(), asked(|query| query.page = 9)).await.unwrap();
        assert_eq!((late.total, late.page, late.pages, late.missions.len()), (0, 1, 1, 0));
        let home = own.backend.home(&Actor::default()).await.unwrap();
        assert_eq!((home.missions.len(), home.figures.0, home.figures.1), (0, 0, 0));
    }
}

#[tokio::test]
async fn first_page_and_towns() {
    let mut homes = Vec::new();
    for own in databases::each().await.unwrap() {
        let empty = own.backend.home(&Actor::default()).await.unwrap();
        assert_eq!((empty.missions.len(), empty.figures), (0, (0, 0, 0)));
        assert!(empty.domains.len() >= 4, "the vital domains are there from the first day");
        demo::fill(&own.backend).await.unwrap();
        let home = own.backend.home(&Actor::default()).await.unwrap();
        assert_eq!(home.missions.len(), 6);
        assert!(home.missions.iter().all(|card| card.places_left > 0));
        assert_eq!(home.towns.len(), 4);
        assert_eq!(home.domains.iter().map(|(_, count)| count).sum::<u32>(), home.figures.0);
        assert!(home.domains[..4].iter().all(|(_, count)| *count > 0), "{:?}", home.domains);
        assert!(home.figures.1 > 0 && home.figures.2 > 0 && home.figures.2 <= 300);
        let town = own.backend.town(&Actor::default(), "83126").await.unwrap();
        assert_eq!(town.missions.len(), 12);
        assert!(town.total > 12 && !town.organisations.is_empty() && town.neighbourhoods.len() > 5);
        for unknown in ["75056", "", "nonsense", "83126'"] {
            assert_eq!(own.backend.town(&Actor::default(), unknown).await, Err(AppError::NotFound), "{unknown}");
        }
        homes.push((home, town));
    }
    assert!(homes.windows(2).all(|pair| pair[0] == pair[1]), "both engines show the same");
}

#[tokio::test]
async fn towns_are_completed() {
    for own in databases::each().await.unwrap() {
        for typed in ["La Seyne", "la seyne-sur", "83500"] {
            let hints = own.backend.complete(typed).await.unwrap();
            assert!(hints.len() <= 8);
            let town = hints.iter().find(|hint| hint.insee == "83126");
            let town = town.unwrap_or_else(|| panic!("{typed}: {hints:?}"));
            assert_eq!(town.name, "La Seyne-sur-Mer");
            assert!(town.detail.contains("83500"), "{}", town.detail);
        }
        for typed in ["", " ", "\u{0}", "'; --", "x".repeat(9999).as_str()] {
            assert!(own.backend.complete(typed).await.unwrap().is_empty(), "{typed:.20}");
        }
    }
}
