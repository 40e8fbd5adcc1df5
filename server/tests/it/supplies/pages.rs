//! The pages as a browser without scripts gets and sends them.

use domain::ids::MissionId;

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use server::entity::mission;

use super::world::{DEPOT_ADDRESS, DEPOT_NAME, MASK, VEST, World, need, worlds};
use crate::reviews::{
    pages::{Browser, location},
    world::{INSEE, begin},
};

#[tokio::test]
async fn a_table_is_run_without_scripts() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 30).await?;
        w.receive(VEST, 30).await?;
        let needs = [need(MASK, 2, 0), need(VEST, 1, 0)];
        let (mission, review) = w.submitted("Servir des repas", &[(24, 3, 2)], &needs).await?;
        let coordinator = Browser::of(&w.town, w.town.ana).await?;
        let file = app::routes::review(INSEE, review);
        let (status, html) = coordinator.page(&file).await?;
        assert!(status == 200 && html.contains("Réserver ce qui est disponible"), "{status}");
        let id = review.to_string();
        let subject = [("insee", INSEE), ("id", id.as_str())];
        let answer = coordinator.post(&file, "supplies/reserve", &subject).await?;
        assert_eq!(location(&answer)?, format!("{file}?fait=materiel-reserve"));
        let again = coordinator.post(&file, "supplies/reserve", &subject).await?;
        assert_eq!(again.status(), 409);
        let (_, html) = coordinator.page(&file).await?;
        assert!(html.contains("Rendre la réservation au stock") && !html.contains("Réserver ce qui est disponible"));
        let answer = coordinator.post(&file, "supplies/release", &subject).await?;
        assert_eq!(location(&answer)?, format!("{file}?fait=materiel-libere"));
        w.green_light(&w.ana, review).await?;
        handed_out_and_back(&w, mission, &coordinator).await?;
    }
    Ok(())
}

async fn handed_out_and_back(w: &World, mission: MissionId, coordinator: &Browser) -> anyhow::Result<()> {
    let slot = w.slots(mission).await?[0];
    let (_, chloe) = w.accepted("chloe", mission, slot).await?;
    let organisation = Browser::of(&w.town, w.town.admin).await?;
    let page = app::routes::own_sheet(w.town.organisation.into(), mission, slot);
    let (status, html) = organisation.page(&page).await?;
    assert_eq!((status, html.matches("<h1").count()), (200, 1));
    assert!(html.contains("chloe Test") && html.contains("class=\"printed\"") && !html.contains("signature__pad"));
    assert!(!html.contains(DEPOT_NAME) && !html.contains(DEPOT_ADDRESS));
    let (slot_id, application) = (slot.to_string(), chloe.to_string());
    let names = [("slot", slot_id.as_str()), ("application", application.as_str()), ("next", page.as_str())];
    let mut form = names.to_vec();
    form.extend([
        ("form[seen]", "0"),
        ("form[lines][0][code]", MASK),
        ("form[lines][0][given]", "yes"),
        ("form[lines][0][quantity]", "beaucoup"),
        ("form[lines][1][code]", VEST),
        ("form[lines][1][quantity]", "1"),
        ("form[signature]", ""),
    ]);
    let answer = organisation.post(&page, "supplies/hand-out", &form).await?;
    assert_eq!(answer.status(), 422);
    let html = answer.text().await?;
    assert!(html.contains("value=\"beaucoup\"") && html.contains("Écrivez un nombre, en chiffres."));
    form[6].1 = "2";
    let answer = organisation.post(&page, "supplies/hand-out", &form).await?;
    assert_eq!(location(&answer)?, format!("{page}?fait=materiel-remis"));
    let answer = organisation.post(&page, "supplies/hand-out", &form).await?;
    assert_eq!(location(&answer)?, format!("{page}?fait=materiel-remis"), "a second press is no second act");
    assert_eq!(w.stock(MASK).await?.0, 28);

    let sheet = app::routes::town_sheet(INSEE, slot);
    let (status, html) = coordinator.page(&sheet).await?;
    assert!(status == 200 && html.contains(DEPOT_NAME) && !html.contains(DEPOT_ADDRESS));
    assert!(html.contains("A reçu 2 Masque chirurgical"));
    let mut form = names.to_vec();
    form[2].1 = sheet.as_str();
    form.extend([
        ("form[seen]", "1"),
        ("form[lines][0][code]", MASK),
        ("form[lines][0][returned]", ""),
        ("form[lines][0][lost]", "1"),
        ("form[reason]", ""),
    ]);
    let answer = coordinator.post(&sheet, "supplies/take-back", &form).await?;
    assert_eq!(answer.status(), 422);
    form[7].1 = "Tombé par terre";
    let answer = coordinator.post(&sheet, "supplies/take-back", &form).await?;
    assert_eq!(location(&answer)?, format!("{sheet}?fait=materiel-rendu"));
    let (status, html) = coordinator.page(&app::routes::town_supplies(INSEE)).await?;
    assert!(status == 200 && html.contains("Masque chirurgical\u{a0}: 2 sur 2"), "{status}");
    Ok(())
}

/// Where the stock lies is nobody's business but the coordination's.
#[tokio::test]
async fn no_public_page_says_where_the_stock_is() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(MASK, 30).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(MASK, 2, 0)]).await?;
        let (person, _) = w.accepted("chloe", mission, slots[0]).await?;
        let volunteer = Browser::of(&w.town, person.account.map(|id| id.0).unwrap_or_default()).await?;
        let organisation = Browser::of(&w.town, w.town.admin).await?;
        let public = [
            "/".to_owned(),
            "/missions".to_owned(),
            app::routes::mission(mission, "servir-des-repas"),
            app::routes::apply(mission),
            app::routes::town(INSEE, ""),
            app::routes::organisation(w.town.organisation.into(), ""),
            "/mon-espace".to_owned(),
        ];
        let own = ["relecture", "public", "candidatures"]
            .map(|page| app::routes::own_mission(w.town.organisation.into(), mission, page));
        for (browser, pages) in [(&volunteer, public.as_slice()), (&organisation, own.as_slice())] {
            for page in pages {
                let (status, html) = browser.page(page).await?;
                assert_eq!(status, 200, "{page}");
                assert!(!html.contains(DEPOT_ADDRESS) && !html.contains(DEPOT_NAME), "{page}");
            }
        }
        let (_, html) = volunteer.page(&app::routes::mission(mission, "servir-des-repas")).await?;
        assert!(html.contains("Matériel fourni") && html.contains("Masque chirurgical\u{a0}: 2 par personne"));
        let (_, html) = organisation.page(&own[0]).await?;
        assert!(html.contains(&app::routes::own_sheet(w.town.organisation.into(), mission, slots[0])));
        assert_eq!(volunteer.page(&app::routes::town_sheet(INSEE, slots[0])).await?.0, 404);
    }
    Ok(())
}

#[tokio::test]
async fn a_partner_finds_its_sheets_and_the_owner_only_its_own() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(VEST, 30).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(VEST, 1, 0)]).await?;
        let (partner, zoe, theirs) = w.partner(mission).await?;
        let organisation = Browser::of(&w.town, w.town.admin).await?;
        let zoe = Browser::of(&w.town, zoe.account.map(|id| id.0).unwrap_or_default()).await?;
        let own = w.town.organisation.into();
        let (_, html) = organisation.page(&app::routes::own_mission(own, mission, "relecture")).await?;
        assert!(html.contains(&app::routes::own_sheet(own, mission, slots[0])));
        assert!(!html.contains(&app::routes::own_sheet(own, mission, theirs)));
        let candidates = app::routes::own_mission(partner, mission, "candidatures");
        let (status, html) = zoe.page(&candidates).await?;
        let sheet = app::routes::own_sheet(partner, mission, theirs);
        assert!(status == 200 && html.contains(&sheet), "{status}");
        let (status, html) = zoe.page(&sheet).await?;
        assert!(status == 200 && html.contains(&candidates), "{status}");
        assert_eq!(zoe.page(&app::routes::own_sheet(partner, mission, slots[0])).await?.0, 404);
    }
    Ok(())
}

#[tokio::test]
async fn what_is_suspended_hands_nothing_out() -> anyhow::Result<()> {
    for w in worlds().await? {
        w.receive(VEST, 30).await?;
        let (mission, slots) = w.online("Servir des repas", &[(24, 3, 2)], &[need(VEST, 1, 0)]).await?;
        w.accepted("chloe", mission, slots[0]).await?;
        let organisation = Browser::of(&w.town, w.town.admin).await?;
        let page = app::routes::own_sheet(w.town.organisation.into(), mission, slots[0]);
        let (_, html) = organisation.page(&page).await?;
        assert!(html.contains("supplies/hand-out") && !html.contains("pas en ligne pour le moment"));
        let tx = begin(&w.backend().store).await?;
        let suspended =
            mission::ActiveModel { id: Set(mission.0), status: Set("suspended".to_owned()), ..Default::default() };
        suspended.update(&tx).await?;
        tx.commit().await?;
        let (status, html) = organisation.page(&page).await?;
        assert!(status == 200 && !html.contains("supplies/hand-out"), "{status}");
        assert!(html.contains("pas en ligne pour le moment") && html.contains("chloe Test"));
    }
    Ok(())
}
