//! The personal calendar: what is in it, who reads it, and that another program understands it.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, ensure};
use chrono::TimeDelta;
use domain::{actor::Actor, applications::Applications, ids::MissionId, missions::Missions};
use reqwest::{Method, Response, StatusCode, header};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use server::entity::{account, mission};
use uuid::Uuid;

use super::world::{World, at_once, form, worlds};
use crate::http::Site;

/// A title with everything that has to be written otherwise, and longer than a line.
const TITLE: &str =
    "Colis ; pain, fruits \\ légumes : « à l’été » avec les familles du quartier des Sablettes et d’ailleurs";

type Event = BTreeMap<String, String>;

impl World {
    async fn accepted(&self, who: &Actor, mission: MissionId, slots: &[Uuid]) -> anyhow::Result<()> {
        self.backend.apply(who, mission, form(slots)).await.map(drop).context("an application")
    }

    /// The path of somebody's calendar.
    async fn path(&self, who: &Actor) -> anyhow::Result<String> {
        let address = self.backend.mine(who).await?.calendar.context("it is on")?;
        Ok(address.strip_prefix(&self.backend.settings.public_url).context("an address of ours")?.to_owned())
    }

    async fn set(&self, table: Table, status: &str) -> anyhow::Result<()> {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        match table {
            Table::Mission(id) => {
                mission::Entity::update_many()
                    .col_expr(mission::Column::Status, Expr::value(status))
                    .col_expr(mission::Column::UpdatedAt, Expr::value(self.now()))
                    .filter(mission::Column::Id.eq(id.0))
                    .exec(&tx)
                    .await?
            }
            Table::Account(id) => {
                account::Entity::update_many()
                    .col_expr(account::Column::DisabledAt, Expr::value(self.now()))
                    .filter(account::Column::Id.eq(id))
                    .exec(&tx)
                    .await?
            }
        };
        Ok(tx.commit().await?)
    }
}

enum Table {
    Mission(MissionId),
    Account(Uuid),
}

async fn get(site: &Site, path: &str) -> anyhow::Result<Response> {
    Ok(site.ask(Method::GET, path, None).send().await?)
}

/// What a program of somebody else's makes of it; first, what RFC 5545 says of lines.
async fn read(site: &Site, path: &str) -> anyhow::Result<Vec<Event>> {
    let answer = get(site, path).await?;
    ensure!(answer.status() == StatusCode::OK, "{}", answer.status());
    events(&answer.text().await?)
}

fn events(file: &str) -> anyhow::Result<Vec<Event>> {
    ensure!(file.ends_with("END:VCALENDAR\r\n") && file.matches('\n').count() == file.matches("\r\n").count());
    // The library counts the last line of a long value without its first space.
    ensure!(file.split("\r\n").all(|line| line.len() <= 76), "{file}");
    let mut calendars = ical::IcalParser::new(file.as_bytes());
    let calendar = calendars.next().context("a calendar")??;
    ensure!(calendars.next().is_none(), "one alone");
    let unescape =
        |value: String| value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
    let event = |event: ical::parser::ical::component::IcalEvent| {
        event.properties.into_iter().map(|one| (one.name, unescape(one.value.unwrap_or_default()))).collect()
    };
    Ok(calendar.events.into_iter().map(event).collect())
}

#[tokio::test]
async fn another_program_reads_what_one_is_counted_on_for() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission(TITLE, at_once(&[(72, 3, 5)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        world.accepted(&ada, mission, &slots).await?;
        world.backend.set_calendar(&ada, true).await?;
        world.backend.set_calendar(&ben, true).await?;
        let site = Site::serve(world.backend.clone()).await?;
        let path = world.path(&ada).await?;
        let answer = get(&site, &path).await?;
        let head = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(head("content-type"), "text/calendar; charset=utf-8");
        assert_eq!((head("cache-control"), head("x-robots-tag")), ("private, no-store", "noindex"));
        ensure!(answer.headers().get(header::SET_COOKIE).is_none());
        let file = answer.text().await?;
        if let Ok(folder) = std::env::var("CALENDAR_TEST_FILES") {
            std::fs::write(format!("{folder}/{:?}.ics", world.engine()), &file)?;
        }
        let events = events(&file)?;
        ensure!(events.len() == 1, "{file}");
        let event = &events[0];
        let id = world.ids(mission).await?[0];
        let seen = |name: &str| event.get(name).map(String::as_str).unwrap_or_default();
        assert_eq!(seen("UID"), format!("{id}.{}", slots[0]));
        assert_eq!(seen("SUMMARY"), TITLE);
        assert_eq!((seen("DTSTART"), seen("DTEND")), ("20261126T073000Z", "20261126T103000Z"));
        assert_eq!((seen("DTSTAMP"), seen("LAST-MODIFIED")), ("20261123T073000Z", "20261123T073000Z"));
        assert_eq!(seen("STATUS"), "CONFIRMED");
        assert_eq!(seen("LOCATION"), "Place du marché, La Seyne-sur-Mer");
        ensure!(seen("URL").ends_with(&app::routes::mission(mission, &domain::text::slug(TITLE))));
        let text = seen("DESCRIPTION");
        ensure!(text.contains("/mon-espace") && text.contains("Les Voisins compte sur vous.\n"), "{text}");
        // What is said to accepted volunteers alone is for their space, not for whoever has the address.
        ensure!(!file.contains("interphone"));
        world.backend.clock.advance(TimeDelta::hours(5));
        assert_eq!(get(&site, &path).await?.text().await?, file, "nothing changed");
        assert_eq!(read(&site, &world.path(&ben).await?).await?, Vec::<Event>::new(), "somebody else's");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_called_off_says_so_and_what_is_taken_back_goes() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5), (96, 3, 5)])).await?;
        let (other, its) = world.mission("Visites", at_once(&[(120, 3, 5)])).await?;
        let (ada, admin) = (world.volunteer("ada").await?, world.of_organisation().await?);
        world.accepted(&ada, mission, &slots).await?;
        world.accepted(&ada, other, &its).await?;
        world.backend.set_calendar(&ada, true).await?;
        let site = Site::serve(world.backend.clone()).await?;
        let path = world.path(&ada).await?;
        let state = async || -> anyhow::Result<BTreeMap<String, (String, u32)>> {
            let mut seen = BTreeMap::new();
            for mut event in read(&site, &path).await? {
                let sequence = event.remove("SEQUENCE").context("a number")?.parse()?;
                seen.insert(event["DTSTART"].clone(), (event["STATUS"].clone(), sequence));
            }
            Ok(seen)
        };
        let statuses = |seen: &BTreeMap<String, (String, u32)>| {
            seen.values().map(|(status, _)| status.clone()).collect::<Vec<_>>()
        };
        let first = state().await?;
        assert_eq!(statuses(&first), ["CONFIRMED"; 3]);
        world.backend.clock.advance(TimeDelta::minutes(10));
        let off = World::slot_id(slots[0]);
        world.backend.cancel_slot(&admin, mission, off, "La salle est prise.".to_owned()).await?;
        let second = state().await?;
        assert_eq!(
            statuses(&second),
            ["CANCELLED", "CONFIRMED", "CONFIRMED"],
            "taken out of an application with others"
        );
        ensure!(second["20261126T073000Z"].1 > first["20261126T073000Z"].1);
        let off = World::slot_id(slots[1]);
        world.backend.cancel_slot(&admin, mission, off, "La salle est prise.".to_owned()).await?;
        world.set(Table::Mission(other), "suspended").await?;
        assert_eq!(statuses(&state().await?), ["CANCELLED", "CANCELLED", "TENTATIVE"]);
        world.set(Table::Mission(other), "published").await?;
        world.backend.withdraw(&ada, world.ids(other).await?[0]).await?;
        assert_eq!(statuses(&state().await?), ["CANCELLED", "CANCELLED"]);
        world.backend.clock.advance(TimeDelta::days(40));
        assert_eq!(statuses(&state().await?), Vec::<String>::new(), "long over");
    }
    Ok(())
}

#[tokio::test]
async fn what_took_place_stays_and_what_a_suspended_partner_holds_is_not_sure() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(24, 3, 5), (72, 3, 5)])).await?;
        let (shared, its) = world.mission("Visites", at_once(&[(96, 3, 5)])).await?;
        let (ada, admin) = (world.volunteer("ada").await?, world.of_organisation().await?);
        world.accepted(&ada, mission, &slots).await?;
        world.accepted(&ada, shared, &its).await?;
        world.backend.set_calendar(&ada, true).await?;
        let site = Site::serve(world.backend.clone()).await?;
        let path = world.path(&ada).await?;
        let statuses = async || -> anyhow::Result<Vec<String>> {
            let mut seen: Vec<_> = read(&site, &path).await?;
            seen.sort_by(|one, other| one["DTSTART"].cmp(&other["DTSTART"]));
            Ok(seen.into_iter().map(|event| event["STATUS"].clone()).collect())
        };
        world.backend.clock.advance(TimeDelta::hours(30));
        world.backend.cancel(&admin, mission, "Plus de local.".to_owned()).await?;
        assert_eq!(statuses().await?, ["CONFIRMED", "CANCELLED", "CONFIRMED"]);
        world.partner_is_suspended(its[0]).await?;
        assert_eq!(statuses().await?, ["CONFIRMED", "CANCELLED", "TENTATIVE"]);
    }
    Ok(())
}

#[tokio::test]
async fn an_address_that_was_taken_away_is_nobodys() -> anyhow::Result<()> {
    for world in worlds().await? {
        let ada = world.volunteer("ada").await?;
        assert_eq!(world.backend.mine(&ada).await?.calendar, None);
        world.backend.set_calendar(&ada, true).await?;
        let site = Site::serve(world.backend.clone()).await?;
        let first = world.path(&ada).await?;
        read(&site, &first).await?;
        world.backend.set_calendar(&ada, true).await?;
        let second = world.path(&ada).await?;
        ensure!(first != second);
        read(&site, &second).await?;
        let unknown = app::routes::calendar(&"0".repeat(64));
        let bare = second.trim_end_matches(".ics").to_owned();
        for path in [&first, &unknown, &bare, "/flux/agenda/.ics", "/flux/agenda/%00.ics", "/flux/agenda/x%27y.ics"] {
            let answer = get(&site, path).await?;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], "private, no-store");
        }
        world.backend.set_calendar(&ada, false).await?;
        world.backend.set_calendar(&ada, false).await?;
        assert_eq!(get(&site, &second).await?.status(), StatusCode::NOT_FOUND);
        assert_eq!(world.backend.mine(&ada).await?.calendar, None);
        world.backend.set_calendar(&ada, true).await?;
        let third = world.path(&ada).await?;
        read(&site, &third).await?;
        world.set(Table::Account(ada.account.context("signed in")?.0), "").await?;
        assert_eq!(get(&site, &third).await?.status(), StatusCode::NOT_FOUND, "an account that is closed");
        ensure!(world.backend.set_calendar(&Actor::default(), true).await.is_err());
    }
    Ok(())
}

#[tokio::test]
async fn one_keeps_an_accepted_application_of_ones_own() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        world.accepted(&ada, mission, &slots).await?;
        let id = world.ids(mission).await?[0];
        let path = app::routes::application_calendar(id);
        let site = Site::serve(world.backend.clone()).await?;
        let cookie = async |who: &Actor| -> anyhow::Result<String> {
            Ok(format!("renfort={}", world.session(who.account.context("signed in")?).await?))
        };
        let (ada_cookie, ben_cookie) = (cookie(&ada).await?, cookie(&ben).await?);
        let answer = site.ask(Method::GET, &path, Some(&ada_cookie)).send().await?;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        assert_eq!(answer.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"colis.ics\"");
        assert_eq!(events(&answer.text().await?)?.len(), 1);
        let page = site.ask(Method::GET, "/mon-espace", Some(&ada_cookie)).header(header::ACCEPT, "text/html");
        ensure!(page.send().await?.text().await?.contains(&path), "linked from the space");
        assert_eq!(site.ask(Method::GET, &path, Some(&ben_cookie)).send().await?.status(), StatusCode::NOT_FOUND);
        ensure!(get(&site, &path).await?.status().is_redirection(), "a visitor signs in");
        world.backend.withdraw(&ada, id).await?;
        assert_eq!(site.ask(Method::GET, &path, Some(&ada_cookie)).send().await?.status(), StatusCode::NOT_FOUND);
    }
    Ok(())
}

#[tokio::test]
async fn one_keeps_one_slot_alone_which_is_no_second_one_beside_the_feed() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (mission, slots) = world.mission("Colis", at_once(&[(72, 3, 5), (96, 3, 5)])).await?;
        let (_, others) = world.mission("Visites", at_once(&[(120, 3, 5)])).await?;
        let (ada, ben) = (world.volunteer("ada").await?, world.volunteer("ben").await?);
        world.accepted(&ada, mission, &slots).await?;
        world.backend.set_calendar(&ada, true).await?;
        let id = world.ids(mission).await?[0];
        let site = Site::serve(world.backend.clone()).await?;
        let ask = async |who: &Actor, path: &str| -> anyhow::Result<Response> {
            let cookie = format!("renfort={}", world.session(who.account.context("signed in")?).await?);
            let question = site.ask(Method::GET, path, Some(&cookie)).header(header::ACCEPT, "text/html");
            Ok(question.send().await?)
        };
        let of = |slot: Uuid| app::routes::slot_calendar(id, World::slot_id(slot));
        let feed = read(&site, &world.path(&ada).await?).await?;
        assert_eq!(feed.len(), 2);
        for slot in &slots {
            let answer = ask(&ada, &of(*slot)).await?;
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
            let alone = events(&answer.text().await?)?;
            assert_eq!(alone.len(), 1);
            assert_eq!(alone[0]["UID"], format!("{id}.{slot}"));
            let same = |event: &&Event| event["UID"] == alone[0]["UID"] && event["DTSTART"] == alone[0]["DTSTART"];
            assert_eq!(feed.iter().filter(same).count(), 1, "programs see the event that they follow");
        }
        let page = ask(&ada, app::routes::MY_SPACE).await?.text().await?;
        ensure!(slots.iter().all(|slot| page.contains(&of(*slot))), "linked beside each slot");
        assert_eq!(ask(&ben, &of(slots[0])).await?.status(), StatusCode::NOT_FOUND, "somebody else's");
        assert_eq!(ask(&ada, &of(others[0])).await?.status(), StatusCode::NOT_FOUND, "a slot of another mission");
        let nonsense = format!("{}?creneau=x", app::routes::application_calendar(id));
        assert_eq!(ask(&ada, &nonsense).await?.status(), StatusCode::NOT_FOUND);
    }
    Ok(())
}
