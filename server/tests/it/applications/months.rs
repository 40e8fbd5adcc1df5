//! Months of one's own slots.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    applications::{Applications, month::Month},
    error::AppError,
    missions::Missions,
};
use reqwest::{Method, header};
use server::entity::mission;

use super::world::{World, at_once, choose, form, worlds};
use crate::http::Site;

/// The titles of a month, with how each application stands.
async fn shown(world: &World, actor: &Actor, month: &str) -> anyhow::Result<Vec<(String, String)>> {
    let page = world.backend.month(actor, month).await?;
    Ok(page.slots.into_iter().map(|slot| (slot.mission.2, slot.status.to_string())).collect())
}

#[tokio::test]
async fn a_month_holds_ones_own_slots_and_nobody_elses() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada, bob) = (&world.backend, world.volunteer("ada").await?, world.volunteer("bob").await?);
        // The clock shows 23 November 2026. In 2 days, in 10 (3 December), in 11.
        let (colis, slots) = world.mission("Colis", at_once(&[(48, 3, 2), (240, 3, 2)])).await?;
        let (repas, others) = world.mission("Repas", choose(&[(264, 3, 2)])).await?;
        let (visites, visits) = world.mission("Visites", at_once(&[(72, 3, 2)])).await?;
        backend.apply(&ada, colis, form(&slots)).await?;
        backend.apply(&ada, repas, form(&others)).await?;
        backend.apply(&bob, visites, form(&visits)).await?;
        let line = |title: &str, status: &str| (title.to_owned(), status.to_owned());
        let november = vec![line("Colis", "accepted")];
        let december = vec![line("Colis", "accepted"), line("Repas", "pending")];
        for this in ["", "2026-11", "nonsense", "2026-13"] {
            assert_eq!(shown(&world, &ada, this).await?, november, "{:?} {this:?}", world.engine());
        }
        assert_eq!(shown(&world, &ada, "2026-12").await?, december, "{:?}", world.engine());
        assert!(shown(&world, &ada, "2027-01").await?.is_empty());
        assert_eq!(shown(&world, &bob, "2026-11").await?, [line("Visites", "accepted")]);
        assert_eq!(backend.month(&Actor::default(), "").await, Err(AppError::SignInFirst));
        let page = backend.month(&ada, "").await?;
        assert_eq!((Some(page.month), page.today.to_string().as_str()), (Month::parse("2026-11"), "2026-11-23"));
        // What is called off or withdrawn is gone; what is offline has no link.
        let admin = world.of_organisation().await?;
        backend.cancel_slot(&admin, colis, slots[1].into(), "La salle est fermée.".to_owned()).await?;
        assert_eq!(shown(&world, &ada, "2026-12").await?, [line("Repas", "pending")]);
        let own = world.ids(repas).await?.remove(0);
        backend.withdraw(&ada, own).await?;
        assert!(shown(&world, &ada, "2026-12").await?.is_empty());
        let slot = backend.month(&ada, "").await?.slots.remove(0);
        assert!(slot.online && !slot.suspended);
        world.change(colis, mission::Column::Status, "suspended").await?;
        let slot = backend.month(&ada, "").await?.slots.remove(0);
        assert!(!slot.online && slot.suspended, "{:?}", world.engine());
        // In December, December is this month.
        backend.clock.advance(TimeDelta::days(8));
        assert_eq!(Some(backend.month(&ada, "").await?.month), Month::parse("2026-12"));
    }
    Ok(())
}

#[tokio::test]
async fn the_page_is_a_table_with_links_to_other_months() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, world.volunteer("ada").await?);
        let (colis, slots) = world.mission("Colis", at_once(&[(240, 3, 2)])).await?;
        backend.apply(&ada, colis, form(&slots)).await?;
        let cookie = format!("renfort={}", world.session(ada.account.context("signed in")?).await?);
        let site = Site::serve(backend.clone()).await?;
        let get = async |path: &str| {
            let page = site.ask(Method::GET, path, Some(&cookie)).header(header::ACCEPT, "text/html");
            anyhow::Ok(page.send().await?.text().await?)
        };
        assert!(get("/mon-espace").await?.contains("href=\"/mon-espace/calendrier\""));
        let page = get("/mon-espace/calendrier").await?;
        assert!(
            page.contains("novembre\u{a0}2026") && page.contains("aria-current=\"date\"") && !page.contains(">Colis<")
        );
        for month in ["2026-10", "2026-12"] {
            assert!(page.contains(&format!("href=\"/mon-espace/calendrier?mois={month}\"")), "{month}");
        }
        let page = get("/mon-espace/calendrier?mois=2026-12").await?;
        assert!(page.contains(">Colis<") && page.contains("8\u{a0}h\u{a0}30\u{a0}– 11\u{a0}h\u{a0}30"), "{page}");
        assert_eq!(page.matches("<caption>").count(), 1);
        assert_eq!(page.matches("scope=\"col\"").count(), 7);
        // A partner that is suspended holds the slot of a mission that is online.
        let suspended = ">suspendu<";
        assert!(!page.contains(suspended));
        world.partner_is_suspended(slots[0]).await?;
        assert!(get("/mon-espace/calendrier?mois=2026-12").await?.contains(suspended), "{:?}", world.engine());
    }
    Ok(())
}
