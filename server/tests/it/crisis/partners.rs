//! Partners hear what concerns the slots that they hold, and nobody else does.

use domain::{
    applications::Applications,
    crisis::{Crisis, MeasuresForm},
};
use sea_orm::EntityTrait;
use server::{crisis::suspend, entity::mission, store::Work};

use super::world::{TOWN, form};
use crate::applications::world::{at_once, form as application, worlds};

#[tokio::test]
async fn whoever_holds_a_slot_hears_of_its_people() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (food, slots) = w.mission("Colis du marché", at_once(&[(48, 3, 20), (72, 3, 20)])).await?;
        w.partner(food, slots[1]).await?;
        for (name, slot) in [("rene", slots[0]), ("odile", slots[1])] {
            let senior = w.actor(w.person(name, Some("1950-01-01")).await?).await?;
            w.backend.apply(&senior, food, application(&[slot])).await?;
        }
        w.switched(&ana, TOWN, MeasuresForm { largest_group: "10".to_owned(), ..form() }).await?;
        for (name, theirs, other) in [("admin", "rene Martin", "odile Martin"), ("zoe", "odile Martin", "rene Martin")]
        {
            let letter = w.letters(name).await?.pop().unwrap();
            assert_eq!(letter.kind, "crisis_organisation", "{name}");
            assert!(letter.body_text.contains(theirs) && !letter.body_text.contains(other), "{}", letter.body_text);
            let lines = letter.body_text.matches("Colis du marché").count();
            assert_eq!(lines, 2, "a person and a slot: {}", letter.body_text);
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_partner_hears_that_a_mission_goes_offline_and_comes_back() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (sport, slots) = w.of_domain("Tournoi de quartier", "sport", at_once(&[(72, 3, 5), (96, 3, 5)])).await?;
        w.partner(sport, slots[1]).await?;
        let id = w.switched(&ana, TOWN, form()).await?;
        w.backend.lift(&ana, TOWN, id).await?;
        for name in ["admin", "zoe"] {
            assert_eq!(w.mails(name).await?, ["crisis_organisation", "crisis_back_organisation"], "{name}");
            let letters = w.letters(name).await?;
            assert!(letters.iter().all(|letter| letter.body_text.contains("Tournoi de quartier")), "{letters:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_partner_hears_that_a_new_version_brings_the_mission_back() -> anyhow::Result<()> {
    for w in worlds().await? {
        let ana = w.coordinator("ana").await?;
        let (sport, slots) = w.of_domain("Tournoi de quartier", "sport", at_once(&[(72, 3, 5), (96, 3, 5)])).await?;
        w.partner(sport, slots[1]).await?;
        w.switched(&ana, TOWN, form()).await?;
        w.change(sport, mission::Column::DomainCode, "food-aid").await?;
        let row = mission::Entity::find_by_id(sport.0).one(w.backend.store.read()).await?.unwrap();
        let work = Work::begin(&w.backend, &ana).await.unwrap();
        assert!(suspend::reconsider(&work, &row).await.unwrap());
        work.commit().await.unwrap();
        assert_eq!(w.mails("zoe").await?, ["crisis_organisation", "shared_mission_resumed"]);
    }
    Ok(())
}
