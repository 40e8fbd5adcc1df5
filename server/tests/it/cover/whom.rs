//! Whom it reaches, in which order, and what the organisation and they are told.

use anyhow::{Context, anyhow};
use domain::{
    applications::Applications,
    cover::{Cover, Crowd, Ground},
    error::{AppError, Conflict, Problem},
    ids::SlotId,
    profiles::{Means, ProfileForm, Profiles},
    suggestions::Suggestions,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use server::entity::{account, cover_request, crisis_measures, history, mission, outbox};
use uuid::Uuid;

use super::{agreeing, ask, asked, crowd, mission_has, page, secret, was_asked, with};
use crate::applications::world::{Plan, World, at_once, form, worlds};

#[tokio::test]
async fn those_who_agreed_and_fit_are_written_to_with_why() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, admin) = (&world.backend, world.of_organisation().await?);
        // On Tuesday from 18:30 to 20:30 in Paris.
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        mission_has(&world, mission, mission::Column::SearchText, "port colis voitur").await?;
        let evening = ProfileForm {
            availability: vec!["2-evening".to_owned()],
            means: vec![Means::Car.to_string()],
            skills: vec!["cooking".to_owned()],
            ..agreeing()
        };
        let ada = with(&world, "ada", evening).await?;
        let bob = with(&world, "bob", agreeing()).await?;
        // The same, but for the tick.
        let eve =
            with(&world, "eve", ProfileForm { cover: String::new(), suggestions: "yes".to_owned(), ..agreeing() });
        let eve = eve.await?;
        let morning = ProfileForm { availability: vec!["2-morning".to_owned()], ..agreeing() };
        let max = with(&world, "max", morning).await?;
        let of = (mission, slots[0]);
        let before = page(&world, &admin, of).await?;
        assert_eq!((before.shut, before.fitting), (None, Crowd::Few), "two are not counted");
        assert!(before.grounds.is_empty() && before.before.is_empty());
        backend.ask_for_cover(&admin, mission, SlotId(slots[0]), " Il nous manque deux bras. ").await?;
        for (who, expected) in [(&ada, true), (&bob, true), (&eve, false), (&max, false)] {
            assert_eq!(was_asked(&world, who, slots[0]).await?, expected);
        }
        let letter = world.letters("ada").await?.pop().context("an e-mail")?;
        let link = app::routes::mission_slot(mission, "colis-du-soir", SlotId(slots[0]));
        assert!(letter.quiet && letter.kind == "cover_asked");
        for part in [
            "Les Voisins",
            "Colis du soir",
            "mardi 24",
            "Il nous manque deux bras.",
            "quand vous êtes disponible",
            "dans votre commune",
            "Voiture",
            "Cuisiner pour un groupe",
            &link,
            &app::routes::stop_cover(&secret(&world, &ada).await?),
        ] {
            let text = letter.body_text.replace('\u{a0}', " ");
            assert!(text.contains(part), "{part} in {text}");
        }
        let at_once = app::routes::stop_cover_at_once(&secret(&world, &ada).await?);
        assert!(letter.unsubscribe.is_some_and(|to| to.ends_with(&at_once)));
        assert!(!world.letters("bob").await?.pop().context("an e-mail")?.body_text.contains("disponible"));
        // The history says who asked and when, and no number that tells of somebody.
        let said = history::Entity::find().filter(history::Column::ToState.eq("cover_asked"));
        let said = said.one(backend.store.read()).await?.context("a line")?;
        assert_eq!((said.subject_id, said.actor_id, said.at), (mission.0, Some(world.admin), world.now()));
        assert_eq!(said.reason.as_deref(), Some("24/11/2026 18:30 → < 3"));
        let after = page(&world, &admin, of).await?;
        assert_eq!((after.shut, after.before.len()), (Some(Conflict::CoverToday), 1));
        assert_eq!((after.before[0].written, after.before[0].by.as_str()), (Crowd::Few, "admin Martin"));
        // On the page of suggestions, somebody who has them reads that they were asked.
        backend.switch_suggestions(&ada, true).await?;
        assert!(backend.suggestions(&ada).await?.missions.iter().all(|one| one.asked));
        assert!(backend.suggestions(&eve).await?.missions.iter().all(|one| !one.asked));
    }
    Ok(())
}

#[tokio::test]
async fn the_organisation_learns_numbers_and_no_small_ones() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        crowd(&world, "a", 3).await?;
        for name in ["b", "c", "d"] {
            let skilled =
                ProfileForm { liked: vec!["food-aid".to_owned()], skills: vec!["cooking".to_owned()], ..agreeing() };
            with(&world, name, skilled).await?;
        }
        let shown = page(&world, &admin, (mission, slots[0])).await?;
        assert_eq!(shown.fitting, Crowd::AtLeast(5));
        let skill = Ground::Skill("Cuisiner pour un groupe".to_owned());
        assert_eq!(shown.grounds, [Ground::Near, Ground::Liked, skill.clone()]);
        // Another cook: two of seven would not like it, and that is not told.
        with(&world, "e", ProfileForm { skills: vec!["cooking".to_owned()], ..agreeing() }).await?;
        let shown = page(&world, &admin, (mission, slots[0])).await?;
        assert_eq!(shown.fitting, Crowd::AtLeast(5), "one more is not told");
        assert_eq!(shown.grounds, [Ground::Near, skill, Ground::Liked], "the commonest first");
        ask(&world, &admin, (mission, slots[0])).await?;
        let before = page(&world, &admin, (mission, slots[0])).await?.before;
        assert_eq!(before[0].written, Crowd::AtLeast(5));
    }
    Ok(())
}

#[tokio::test]
async fn nobody_is_asked_who_could_not_come_or_has_answered_already() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, admin) = (&world.backend, world.of_organisation().await?);
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 3), (96, 3, 3)])).await?;
        let (other, same) = world.mission("Colis au même moment", at_once(&[(49, 3, 9)])).await?;
        // Monday to Thursday of the same week.
        let (long, hours) = world.mission("Veilles", at_once(&[(24, 12, 9), (60, 11, 9)])).await?;
        let free = with(&world, "libre", agreeing()).await?;
        let applied = with(&world, "candidat", agreeing()).await?;
        let withdrawn = with(&world, "retiree", agreeing()).await?;
        let busy = with(&world, "prise", agreeing()).await?;
        let tired = with(&world, "veilleuse", agreeing()).await?;
        let young = with(&world, "jeune", ProfileForm { birth_date: "2009-06-01".to_owned(), ..agreeing() }).await?;
        let far = with(&world, "loin", ProfileForm { town: "Nice".to_owned(), ..agreeing() }).await?;
        let gone = with(&world, "fermee", agreeing()).await?;
        // Those who offer the mission know that places are free, and the number would tell them who else agreed.
        backend.save_profile(&admin, agreeing()).await?;
        let unverified = with(&world, "inconnue", agreeing()).await?;
        backend.apply(&applied, mission, form(&slots[1..])).await?;
        backend.apply(&withdrawn, mission, form(&slots[..1])).await?;
        let own = world.applications(mission).await?.into_iter().rfind(|row| row.status == "accepted");
        backend.withdraw(&withdrawn, own.context("an application")?.id.into()).await?;
        backend.apply(&busy, other, form(&same)).await?;
        backend.apply(&tired, long, form(&hours)).await?;
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        for (who, column, value) in [
            (&gone, account::Column::DisabledAt, Some(world.now())),
            (&unverified, account::Column::EmailConfirmedAt, None),
        ] {
            let id = who.account.context("signed in")?.0;
            let changed = account::Entity::update_many().col_expr(column, Expr::value(value));
            changed.filter(account::Column::Id.eq(id)).exec(&tx).await?;
        }
        tx.commit().await?;
        ask(&world, &admin, (mission, slots[0])).await?;
        assert!(was_asked(&world, &free, slots[0]).await?);
        for (name, who) in [
            ("applied", &applied),
            ("withdrawn", &withdrawn),
            ("busy", &busy),
            ("24 hours a week", &tired),
            ("too young", &young),
            ("too far", &far),
            ("disabled", &gone),
            ("unverified", &unverified),
        ] {
            assert!(!was_asked(&world, who, slots[0]).await?, "{name} on {:?}", world.engine());
        }
        // Where it is open to them, those of 17 are asked; whoever is busy then is free another time.
        let plan = Plan { choice: "choose", minors: true, slots: &[(240, 3, 2)] };
        let (open, later) = world.mission("Colis pour tous", plan).await?;
        ask(&world, &admin, (open, later[0])).await?;
        for who in [&young, &busy, &tired, &applied] {
            assert!(was_asked(&world, who, later[0]).await?);
        }
    }
    Ok(())
}

/// Measures of the town for these weeks.
async fn measures(world: &World, age: Option<i32>, domains: Option<&str>, group: Option<i32>) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    crisis_measures::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(Some(world.town)),
        status: Set("in_force".to_owned()),
        title: Set("Canicule".to_owned()),
        first_day: Set("2026-11-23".parse()?),
        last_day: Set("2026-12-29".parse()?),
        domains: Set(domains.map(str::to_owned)),
        remote_from_age: Set(age),
        largest_group: Set(group),
        rules_fr: Set(String::new()),
        rules_en: Set(String::new()),
        rules_version: Set(1),
        banner_fr: Set("Restez chez vous.".to_owned()),
        banner_en: Set("Stay at home.".to_owned()),
        created_by: Set(world.admin),
        created_at: Set(world.now()),
        updated_at: Set(world.now()),
        switched_on_at: Set(Some(world.now())),
        ended_at: Set(None),
    }
    .insert(&tx)
    .await?;
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn measures_keep_home_whom_they_keep_home() -> anyhow::Result<()> {
    for world in worlds().await? {
        let admin = world.of_organisation().await?;
        let (on_site, there) = world.mission("Colis du marché", at_once(&[(48, 3, 3)])).await?;
        let (remote, at_home) = world.mission("Appels amicaux", at_once(&[(49, 3, 3)])).await?;
        mission_has(&world, remote, mission::Column::Remote, true).await?;
        let liked = vec!["food-aid".to_owned()];
        let old = ProfileForm { birth_date: "1950-01-01".to_owned(), liked: liked.clone(), ..agreeing() };
        let (old, young) =
            (with(&world, "ancienne", old).await?, with(&world, "ada", ProfileForm { liked, ..agreeing() }).await?);
        measures(&world, Some(70), None, None).await?;
        for of in [(on_site, there[0]), (remote, at_home[0])] {
            ask(&world, &admin, of).await?;
        }
        assert!(!was_asked(&world, &old, there[0]).await? && was_asked(&world, &old, at_home[0]).await?);
        assert!(was_asked(&world, &young, there[0]).await? && was_asked(&world, &young, at_home[0]).await?);
        // Smaller groups: a place that nobody may take is none.
        let bob = world.volunteer("bob").await?;
        world.backend.apply(&bob, on_site, form(&there)).await?;
        measures(&world, None, None, Some(1)).await?;
        world.backend.clock.advance(chrono::TimeDelta::hours(24));
        assert_eq!(ask(&world, &admin, (on_site, there[0])).await, Err(Conflict::CoverFull.into()));
        measures(&world, None, Some("childcare"), None).await?;
        assert_eq!(ask(&world, &admin, (remote, at_home[0])).await, Err(Conflict::CoverOffline.into()));
    }
    Ok(())
}

#[tokio::test]
async fn a_word_with_contact_details_is_stopped_and_nothing_is_written() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, admin) = (&world.backend, world.of_organisation().await?);
        let (mission, slots) = world.mission("Colis du soir", at_once(&[(34, 2, 3)])).await?;
        crowd(&world, "a", 3).await?;
        for (word, problem) in
            [("Appelez le 06 39 98 12 34", Problem::ContactDetails), (&*"é".repeat(301), Problem::TooLong { max: 300 })]
        {
            let refused = backend.ask_for_cover(&admin, mission, SlotId(slots[0]), word).await;
            assert_eq!(refused, Err(AppError::field("word", problem)));
        }
        assert!(asked(&world, slots[0]).await?.is_empty());
        let db = backend.store.read();
        assert_eq!(cover_request::Entity::find().count(db).await?, 0);
        assert_eq!(outbox::Entity::find().filter(outbox::Column::Kind.eq("cover_asked")).count(db).await?, 0);
    }
    Ok(())
}
