//! Slots that repeat: previewed, added together, taken out together.

use anyhow::Context;
use chrono::TimeDelta;
use domain::{
    applications::Applications,
    error::{AppError, Conflict, Problem},
    ids::SlotBatchId,
    missions::{Missions, content::MAX_SLOTS},
    planning::{PatternForm, Planning, Verdict},
};
use reqwest::header;
use sea_orm::{EntityTrait, PaginatorTrait};
use server::entity::{slot_batch, slot_batch_slot};
use uuid::Uuid;

use super::{approve, slots, starting, tuesdays_and_fridays, volunteer};
use crate::{
    applications::world::form,
    reviews::{pages::Browser, world::worlds},
};

#[tokio::test]
async fn a_pattern_is_previewed_beside_what_is_there_and_writes_nothing() -> anyhow::Result<()> {
    for w in worlds().await? {
        // Tuesday 1 December, 8:30 to 11:30.
        let id = w.draft("Distribuer des colis", w.admin).await?;
        let admin = w.actor(w.admin).await?;
        let page = w.backend.pattern(&admin, id, tuesdays_and_fridays()).await?;
        let found: Vec<(String, Verdict)> =
            page.proposed.iter().map(|one| (one.day.to_string(), one.verdict)).collect();
        let of = |verdict| found.iter().filter(move |(_, one)| *one == verdict).map(|(day, _)| day.as_str());
        assert_eq!(of(Verdict::Past).collect::<Vec<_>>(), ["2026-11-17", "2026-11-20"]);
        assert_eq!(of(Verdict::Overlaps).collect::<Vec<_>>(), ["2026-12-01"]);
        assert_eq!(of(Verdict::Holiday).collect::<Vec<_>>(), ["2026-12-25"]);
        assert_eq!((page.new, of(Verdict::New).count(), page.existing.len()), (9, 9, 1));
        assert!(page.editable && !page.online && page.errors.is_empty());
        assert_eq!(slots(&w, id).await?.len(), 1);
        let empty = w.backend.pattern(&admin, id, PatternForm::default()).await?;
        assert!(empty.proposed.is_empty() && empty.errors.is_empty());
        let wrong = PatternForm { last_day: "2026-13-01".to_owned(), ..tuesdays_and_fridays() };
        let wrong = w.backend.pattern(&admin, id, wrong).await?;
        assert_eq!(wrong.errors.get("last_day"), Some(&Problem::NotADate));
    }
    Ok(())
}

#[tokio::test]
async fn it_is_added_together_once_and_taken_out_together() -> anyhow::Result<()> {
    for w in worlds().await? {
        let id = w.draft("Distribuer des colis", w.admin).await?;
        let admin = w.actor(w.admin).await?;
        assert_eq!(w.backend.add_slots(&admin, id, tuesdays_and_fridays()).await?, 9);
        let planned = slots(&w, id).await?;
        assert!(planned.len() == 10 && planned.is_sorted_by_key(|slot| slot.starts_at));
        let added = starting(&planned, "2026-12-08T08:00:00Z")?;
        assert_eq!((added.ends_at - added.starts_at, added.places), (TimeDelta::hours(3), 3));
        let row = w.mission(id).await?;
        assert_eq!(row.ends_at, planned.iter().map(|slot| slot.ends_at).max(), "lists show what is being written");
        let again = w.backend.add_slots(&admin, id, tuesdays_and_fridays()).await;
        assert_eq!(again, Err(AppError::field("last_day", Problem::NoNewSlot)));
        let batches = w.backend.batches(&admin, id).await?;
        assert_eq!((batches.len(), batches[0].free.len(), batches[0].taken.len()), (1, 9, 0));
        assert!(batches[0].removable);
        w.backend.remove_slots(&admin, id, batches[0].id).await?;
        assert_eq!(slots(&w, id).await?.len(), 1, "the one that was there before");
        assert!(w.backend.batches(&admin, id).await?.is_empty());
        let twice = w.backend.remove_slots(&admin, id, batches[0].id).await;
        assert_eq!(twice, Err(AppError::Conflict(Conflict::NothingToRemove)));
        let history = w.backend.editor(&admin, id).await?.history;
        let told: Vec<_> = history.iter().rev().map(|line| (line.to.as_str(), line.reason.as_deref())).collect();
        assert_eq!(
            told,
            [("slots_added", Some("9\u{a0}× 09:00–12:00, 17/11/2026 – 31/12/2026")), ("slots_removed", Some("9/9"))]
        );
    }
    Ok(())
}

#[tokio::test]
async fn two_who_press_at_once_add_it_once() -> anyhow::Result<()> {
    for w in worlds().await? {
        let id = w.draft("Distribuer des colis", w.admin).await?;
        let admin = w.actor(w.admin).await?;
        let add = || w.backend.add_slots(&admin, id, tuesdays_and_fridays());
        let both = tokio::join!(add(), add());
        let added: Vec<u32> = [both.0, both.1].into_iter().filter_map(Result::ok).collect();
        assert_eq!(added, [9]);
        assert_eq!(slots(&w, id).await?.len(), 10);
        let db = w.backend.store.read();
        let rows = (slot_batch::Entity::find().count(db).await?, slot_batch_slot::Entity::find().count(db).await?);
        assert_eq!(rows, (1, 9));
    }
    Ok(())
}

#[tokio::test]
async fn what_is_too_much_or_wrong_is_refused_and_leaves_nothing() -> anyhow::Result<()> {
    for w in worlds().await? {
        let id = w.draft("Distribuer des colis", w.admin).await?;
        let admin = w.actor(w.admin).await?;
        let daily = PatternForm {
            days: (1..=7).map(|day: u8| day.to_string()).collect(),
            last_day: "2027-06-30".to_owned(),
            ..tuesdays_and_fridays()
        };
        let refused = w.backend.add_slots(&admin, id, daily.clone()).await;
        let (max, left) = (u32::try_from(MAX_SLOTS)?, u32::try_from(MAX_SLOTS - 1)?);
        assert_eq!(refused, Err(AppError::field("last_day", Problem::NoRoomForSlots { max, left })));
        assert!(w.backend.pattern(&admin, id, daily).await?.errors.get("last_day").is_some());
        let none = w.backend.add_slots(&admin, id, PatternForm { days: Vec::new(), ..tuesdays_and_fridays() }).await;
        assert_eq!(none, Err(AppError::field("days", Problem::Required)));
        assert_eq!(slots(&w, id).await?.len(), 1);
        assert_eq!(slot_batch::Entity::find().count(w.backend.store.read()).await?, 0);
    }
    Ok(())
}

#[tokio::test]
async fn online_it_opens_a_version_and_slots_with_people_stay() -> anyhow::Result<()> {
    for w in worlds().await? {
        let id = w.online("Distribuer des colis").await?;
        let admin = w.actor(w.admin).await?;
        assert!(w.backend.pattern(&admin, id, tuesdays_and_fridays()).await?.online);
        w.backend.add_slots(&admin, id, tuesdays_and_fridays()).await?;
        assert_eq!(w.published(id).await?.1.slots.len(), 1, "what is online waits for the green light");
        let review = w.submit(id).await?;
        let waits = w.backend.pattern(&admin, id, tuesdays_and_fridays()).await?;
        assert!(!waits.editable && waits.proposed.is_empty());
        let batch = w.backend.batches(&admin, id).await?.pop().context("a batch")?;
        assert!(!batch.removable && batch.free.len() == 9, "it is shown while the town reads it");
        let closed = Err(AppError::Conflict(Conflict::NotInThisState));
        assert_eq!(w.backend.remove_slots(&admin, id, batch.id).await, closed);
        assert_eq!(w.backend.add_slots(&admin, id, tuesdays_and_fridays()).await, closed.map(|()| 0));
        w.tick(w.bob, review).await?;
        let bob = w.actor(w.bob).await?;
        domain::reviews::Reviews::decide(&w.backend, &bob, review, domain::reviews::Decision::Approve, String::new())
            .await?;
        let online = w.published(id).await?.1.slots;
        assert_eq!(online.len(), 10);
        let (ada, ben) = (volunteer(&w, "ada").await?, volunteer(&w, "ben").await?);
        let (kept, left) = (starting(&online, "2026-12-08T08:00:00Z")?, starting(&online, "2026-12-11T08:00:00Z")?);
        w.backend.apply(&ada, id, form(&[kept.id])).await?;
        w.backend.apply(&ben, id, form(&[left.id])).await?;
        let given_back = w.backend.mine(&ben).await?.live[0].id;
        w.backend.withdraw(&ben, given_back).await?;
        let batch = w.backend.batches(&admin, id).await?.pop().context("a batch")?;
        assert_eq!(batch.taken.iter().map(|(plan, n)| (plan.id, *n)).collect::<Vec<_>>(), [(kept.id, 1)]);
        w.backend.remove_slots(&admin, id, batch.id).await?;
        let next = slots(&w, id).await?;
        assert!(next.len() == 2 && next.iter().any(|plan| plan.id == kept.id));
        assert_eq!(w.published(id).await?.1.slots.len(), 10, "until the next green light");
        approve(&w, id).await?;
        assert_eq!(w.published(id).await?.1.slots.len(), 2);
        assert_eq!(w.backend.mine(&ada).await?.live.len(), 1, "Ada keeps hers");
        let all_taken = w.backend.remove_slots(&admin, id, batch.id).await;
        assert_eq!(all_taken, Err(AppError::Conflict(Conflict::NothingToRemove)));
    }
    Ok(())
}

#[tokio::test]
async fn for_others_the_mission_does_not_exist() -> anyhow::Result<()> {
    for w in worlds().await? {
        let id = w.draft("Distribuer des colis", w.admin).await?;
        let admin = w.actor(w.admin).await?;
        w.backend.add_slots(&admin, id, tuesdays_and_fridays()).await?;
        let batch = w.backend.batches(&admin, id).await?.pop().context("a batch")?.id;
        let zoe = w.person("zoe").await?;
        w.another_organisation("Les Amis", "W831000002", zoe).await?;
        for stranger in [w.actor(zoe).await?, w.actor(w.ana).await?] {
            let all = [
                w.backend.pattern(&stranger, id, tuesdays_and_fridays()).await.map(drop),
                w.backend.add_slots(&stranger, id, tuesdays_and_fridays()).await.map(drop),
                w.backend.batches(&stranger, id).await.map(drop),
                w.backend.remove_slots(&stranger, id, batch).await,
            ];
            assert!(all.iter().all(|answer| *answer == Err(AppError::NotFound)), "{all:?}");
        }
        // A batch of another mission is none of this one.
        let other = w.draft("Porter des repas", w.admin).await?;
        assert_eq!(w.backend.remove_slots(&admin, other, batch).await, Err(AppError::NotFound));
        let unknown = w.backend.remove_slots(&admin, id, SlotBatchId(Uuid::now_v7())).await;
        assert_eq!(unknown, Err(AppError::NotFound));
        assert_eq!(slots(&w, id).await?.len(), 10);
    }
    Ok(())
}

#[tokio::test]
async fn it_works_without_scripts_from_the_address_to_the_button() -> anyhow::Result<()> {
    for w in worlds().await? {
        let id = w.draft("Distribuer des colis", w.admin).await?;
        let browser = Browser::of(&w, w.admin).await?;
        let slots_page = app::routes::own_mission(w.organisation.into(), id, "creneaux");
        let address = app::routes::repeated_slots(w.organisation.into(), id);
        let (status, html) = browser.page(&slots_page).await?;
        assert!(status == 200 && html.contains(&format!("href=\"{address}\"")), "{status}");
        let (status, html) = browser.page(&address).await?;
        assert!(status == 200 && html.contains("method=\"get\"") && !html.contains("/api/planning/add-slots"));
        let asked = "?jours%5B%5D=2&jours%5B%5D=5&rythme=weekly&du=2026-11-17&au=2026-12-31&de=09:00&a=12:00&places=3&feries=yes";
        let (status, html) = browser.page(&format!("{address}{asked}")).await?;
        assert_eq!(status, 200);
        for told in [
            "9 créneaux seront ajoutés.",
            "Chevauche un créneau",
            "Jour férié",
            "Déjà passé",
            "Déjà dans la mission",
            "/api/planning/add-slots",
            "name=\"form[days][0]\" value=\"2\"",
            "name=\"form[days][1]\" value=\"5\"",
        ] {
            assert!(html.contains(told), "{told}");
        }
        let (status, html) = browser.page(&format!("{address}?du=2026-11-17&au=2026-11-01&places=x")).await?;
        assert_eq!(status, 422);
        assert!(
            html.contains("value=\"2026-11-17\"") && html.contains("href=\"#days\"") && html.contains("id=\"days\"")
        );
        assert!(html.contains("role=\"alert\"") && !html.contains("/api/planning/add-slots"));
        let fields = [
            ("mission", id.to_string()),
            ("form[days][0]", "2".to_owned()),
            ("form[days][1]", "5".to_owned()),
            ("form[rhythm]", "weekly".to_owned()),
            ("form[first_day]", "2026-11-17".to_owned()),
            ("form[last_day]", "2026-12-31".to_owned()),
            ("form[start]", "09:00".to_owned()),
            ("form[end]", "12:00".to_owned()),
            ("form[places]", "3".to_owned()),
            ("form[holidays]", "skip".to_owned()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = format!("{address}{asked}");
        let done = browser.post(&page, "planning/add-slots", &fields).await?;
        let to = done.headers().get(header::LOCATION).context("somewhere to go")?.to_str()?.to_owned();
        assert_eq!(to, format!("{slots_page}?fait=creneaux"));
        let (_, html) = browser.page(&to).await?;
        assert!(html.contains("Créneaux ajoutés ensemble") && html.contains("Retirer ces 9 créneaux"));
        let span =
            "Ajoutés le lundi 23\u{a0}novembre 2026, du mardi 24\u{a0}novembre 2026 au mardi 29\u{a0}décembre 2026";
        assert!(html.contains(span));
        // The same again is told where it was asked.
        let refused = browser.post(&page, "planning/add-slots", &fields).await?;
        assert_eq!(refused.status().as_u16(), 422);
        assert!(refused.text().await?.contains("aucun créneau à ajouter"));
    }
    Ok(())
}
