//! What a volunteer shows on arrival.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{actor::Actor, applications::Applications, error::AppError, missions::Missions};
use reqwest::{Method, header};

use super::world::{at_once, choose, form, worlds};
use crate::http::Site;

#[tokio::test]
async fn an_accepted_application_has_a_code_for_each_slot_to_come() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada, bob) = (&world.backend, world.volunteer("ada").await?, world.volunteer("bob").await?);
        // In 2 days, in 10 and in 11, of three hours.
        let (colis, slots) = world.mission("Colis", at_once(&[(240, 3, 2), (48, 3, 2), (264, 3, 2)])).await?;
        let (repas, others) = world.mission("Repas", choose(&[(72, 3, 2)])).await?;
        backend.apply(&ada, colis, form(&slots)).await?;
        backend.apply(&bob, repas, form(&others)).await?;
        let (own, pending) = (world.ids(colis).await?.remove(0), world.ids(repas).await?.remove(0));
        let page = backend.pass(&ada, own).await?;
        let times: Vec<_> = page.slots.iter().map(|pass| pass.slot.id.0).collect();
        assert_eq!(times, [slots[1], slots[0], slots[2]], "by time");
        let organisation = world.organisation;
        for pass in &page.slots {
            let path =
                format!("/organisation/{organisation}/missions/{}/creneaux/{}/presences", colis.0, pass.slot.id.0);
            assert_eq!(pass.link, format!("{}{path}#personne-{own}", backend.settings.public_url));
            assert!(pass.side > 30 && pass.outline.starts_with('M'), "{} {}", pass.side, pass.outline);
            assert!(!pass.link.contains("ada"), "it names nobody");
        }
        assert!(page.name.starts_with("ada"), "{}", page.name);

        assert_eq!(backend.pass(&Actor::default(), own).await, Err(AppError::SignInFirst));
        assert_eq!(backend.pass(&bob, own).await, Err(AppError::NotFound), "somebody else's");
        assert_eq!(backend.pass(&bob, pending).await, Err(AppError::NotFound), "nobody is expected yet");
        let admin = world.of_organisation().await?;
        assert_eq!(backend.pass(&admin, own).await, Err(AppError::NotFound));

        backend.cancel_slot(&admin, colis, slots[2].into(), "La salle est fermée.".to_owned()).await?;
        backend.clock.advance(TimeDelta::hours(51));
        let left: Vec<_> = backend.pass(&ada, own).await?.slots.iter().map(|pass| pass.slot.id.0).collect();
        assert_eq!(left, [slots[0]], "what is over or called off has none");
        backend.withdraw(&ada, own).await?;
        assert_eq!(backend.pass(&ada, own).await, Err(AppError::NotFound));
    }
    Ok(())
}

#[tokio::test]
async fn the_code_leads_whoever_notes_who_came_to_the_line() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, world.volunteer("ada").await?);
        let (colis, slots) = world.mission("Colis", at_once(&[(48, 3, 2)])).await?;
        backend.apply(&ada, colis, form(&slots)).await?;
        let own = world.ids(colis).await?.remove(0);
        let path = backend.pass(&ada, own).await?.slots.remove(0).link.replace(&backend.settings.public_url, "");
        let (path, line) = path.split_once('#').context("a line")?;
        backend.clock.advance(TimeDelta::hours(48));
        let admin = world.of_organisation().await?;
        let site = Site::serve(backend.clone()).await?;
        let get = async |who: &Actor, path: &str| {
            let cookie = format!("renfort={}", world.session(who.account.context("signed in")?).await?);
            let page = site.ask(Method::GET, path, Some(&cookie)).header(header::ACCEPT, "text/html").send().await?;
            anyhow::Ok((page.status().as_u16(), page.text().await?))
        };
        let (status, sheet) = get(&admin, path).await?;
        assert_eq!((status, sheet.matches(&format!("id=\"{line}\"")).count()), (200, 1));
        let (status, sheet) = get(&ada, path).await?;
        assert_eq!((status, sheet.contains(line)), (404, false), "it leads nobody else anywhere");
        let (status, code) = get(&ada, &app::routes::pass(own)).await?;
        assert!(status == 200 && code.contains("role=\"img\"") && code.contains("fill=\"#000\""));
        let (_, space) = get(&ada, "/mon-espace").await?;
        assert!(space.contains(&format!("href=\"{}\"", app::routes::pass(own))));
    }
    Ok(())
}
