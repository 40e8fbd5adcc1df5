//! What a volunteer says of themself, and missions suggested from it.

use anyhow::{Context, anyhow};
use chrono::TimeDelta;
use domain::{
    actor::Actor,
    error::{AppError, Conflict, Problem},
    ids::MissionId,
    network::{MunicipalitySettings, Network},
    paris,
    profiles::{Language, Means, ProfileForm, Profiles},
    suggestions::{Reason, Suggestions, SuggestionsState},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::Expr,
};
use server::entity::{
    history, mission, municipality, neighbourhood, organisation, role_grant, slot, volunteer, volunteer_profile,
};
use uuid::Uuid;

use crate::applications::world::{Plan, World, at_once, form, worlds};

/// A grown-up volunteer who lives in La Seyne-sur-Mer.
async fn resident(world: &World, name: &str) -> anyhow::Result<Actor> {
    let actor = world.volunteer(name).await?;
    world.backend.save_profile(&actor, asked("La Seyne-sur-Mer")).await?;
    Ok(actor)
}

/// What applying asks, and nothing else said.
fn asked(town: &str) -> ProfileForm {
    ProfileForm {
        birth_date: "1990-05-04".to_owned(),
        town: town.to_owned(),
        reminders: "yes".to_owned(),
        ..ProfileForm::default()
    }
}

fn filled() -> ProfileForm {
    ProfileForm {
        skills: vec!["cooking".to_owned(), "repairing".to_owned()],
        liked: vec!["food-aid".to_owned()],
        means: vec![Means::Car.to_string()],
        availability: vec!["2-evening".to_owned(), "3-morning".to_owned()],
        radius: "10".to_owned(),
        neighbourhood: String::new(),
        languages: vec![Language::Arabic.to_string()],
        remote: "yes".to_owned(),
        suggestions: "yes".to_owned(),
        ..asked("La Seyne-sur-Mer")
    }
}

/// Suggestions, and nothing else said.
fn bare() -> ProfileForm {
    ProfileForm { suggestions: "yes".to_owned(), ..asked("La Seyne-sur-Mer") }
}

async fn part(world: &World, town: Uuid, name: &str) -> anyhow::Result<Uuid> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let id = Uuid::now_v7();
    neighbourhood::ActiveModel {
        id: Set(id),
        municipality_id: Set(town),
        name: Set(name.to_owned()),
        slug: Set(domain::text::slug(name)),
        position: Set(0),
    }
    .insert(&tx)
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// Another town with a mission of its own organisation's, moved there.
async fn moved(world: &World, mission: MissionId, insee: &str, position: (f64, f64)) -> anyhow::Result<Uuid> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let id = Uuid::now_v7();
    municipality::ActiveModel {
        id: Set(id),
        insee: Set(insee.to_owned()),
        name: Set(format!("Ville {insee}")),
        slug: Set("ville".to_owned()),
        department: Set("83".to_owned()),
        postcodes: Set("83000".to_owned()),
        population: Set(1000),
        latitude: Set(Some(position.0)),
        longitude: Set(Some(position.1)),
        service_name: Set("Service vie associative".to_owned()),
        service_email: Set(None),
        service_phone: Set(None),
        opening_days: Set(None),
        review_hours: Set(72),
        self_review_allowed: Set(false),
        opened_at: Set(world.now()),
        work_days: Set(127),
        ..Default::default()
    }
    .insert(&tx)
    .await?;
    mission::Entity::update_many()
        .col_expr(mission::Column::MunicipalityId, Expr::value(id))
        .filter(mission::Column::Id.eq(mission.0))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes one column of a mission.
async fn set(
    world: &World,
    mission: MissionId,
    column: mission::Column,
    value: impl Into<sea_orm::Value>,
) -> anyhow::Result<()> {
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let value: sea_orm::Value = value.into();
    mission::Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(mission::Column::Id.eq(mission.0))
        .exec(&tx)
        .await?;
    Ok(tx.commit().await?)
}

async fn suggested(world: &World, actor: &Actor) -> anyhow::Result<Vec<MissionId>> {
    let page = world.backend.suggestions(actor).await?;
    Ok(page.missions.into_iter().map(|one| one.mission.id).collect())
}

#[tokio::test]
async fn a_profile_is_kept_changed_and_erased_whole() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, resident(&world, "ada").await?);
        let before = history::Entity::find().count(backend.store.read()).await?;
        let page = backend.own_profile(&ada).await?;
        // What applying asks is no profile, and nothing is ticked that one did not tick.
        assert_eq!((page.kept, page.form), (false, asked("La Seyne-sur-Mer")));
        assert!(page.skills.iter().any(|term| term.code == "cooking") && page.domains.len() >= 4);
        backend.save_profile(&ada, filled()).await?;
        let page = backend.own_profile(&ada).await?;
        assert_eq!((page.kept, page.form), (true, filled()));
        let changed = ProfileForm { radius: String::new(), availability: Vec::new(), ..filled() };
        backend.save_profile(&ada, changed.clone()).await?;
        assert_eq!(backend.own_profile(&ada).await?.form, changed);
        assert_eq!(volunteer_profile::Entity::find().count(backend.store.read()).await?, 1);
        // Somebody else's is their own.
        let bob = resident(&world, "bob").await?;
        backend.save_profile(&bob, bare()).await?;
        backend.erase_profile(&ada).await?;
        backend.erase_profile(&ada).await?;
        let page = backend.own_profile(&ada).await?;
        assert_eq!((page.kept, page.form), (false, asked("La Seyne-sur-Mer")));
        assert!(backend.own_profile(&bob).await?.kept);
        assert_eq!(history::Entity::find().count(backend.store.read()).await?, before, "no trace of it");
        // Applying asked for none of it.
        let (mission, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        backend.apply_as(&ada, mission, &slots).await?;
    }
    Ok(())
}

#[tokio::test]
async fn who_is_no_volunteer_has_none_and_a_refusal_keeps_what_was_there() -> anyhow::Result<()> {
    for world in worlds().await? {
        let backend = &world.backend;
        let admin = world.of_organisation().await?;
        // Without a birth date nothing is kept, nor under 16.
        for (birth, problem) in [("", Problem::Required), ("2015-02-03", Problem::Under16)] {
            let form = ProfileForm { birth_date: birth.to_owned(), ..filled() };
            let refused = backend.save_profile(&admin, form).await;
            assert_eq!(refused, Err(AppError::field("birth_date", problem)), "{birth}");
        }
        let page = backend.own_profile(&admin).await?;
        assert_eq!((page.kept, page.form), (false, ProfileForm { birth_date: String::new(), ..asked("") }));
        assert_eq!(
            backend.switch_suggestions(&admin, true).await,
            Err(AppError::Conflict(Conflict::VolunteerProfileRequired))
        );
        let nobody = Actor::default();
        assert_eq!(backend.own_profile(&nobody).await, Err(AppError::SignInFirst));
        assert_eq!(backend.save_profile(&nobody, bare()).await, Err(AppError::SignInFirst));
        assert_eq!(backend.erase_profile(&nobody).await, Err(AppError::SignInFirst));
        assert_eq!(backend.suggestions(&nobody).await, Err(AppError::SignInFirst));
        let ada = resident(&world, "ada").await?;
        assert_eq!(backend.switch_suggestions(&ada, false).await, Err(AppError::NotFound), "nothing to turn");
        backend.save_profile(&ada, filled()).await?;
        // A domain that the network has not enabled, and what is on no list.
        for (field, wrong) in [
            ("liked", ProfileForm { liked: vec!["sport".to_owned()], ..filled() }),
            ("skills", ProfileForm { skills: vec!["cooking stocks".to_owned()], ..filled() }),
            ("availability", ProfileForm { availability: vec!["2-night".to_owned()], ..filled() }),
        ] {
            let refused = Err(AppError::field(field, Problem::NotAChoice));
            assert_eq!(backend.save_profile(&ada, wrong).await, refused, "{field}");
        }
        assert_eq!(backend.own_profile(&ada).await?.form, filled());
    }
    Ok(())
}

#[tokio::test]
async fn a_part_is_of_ones_own_town_and_goes_with_it() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, resident(&world, "ada").await?);
        let berthe = part(&world, world.town, "Berthe").await?;
        let (elsewhere, _) = world.mission("Colis d’ailleurs", at_once(&[(48, 3, 2)])).await?;
        let other = moved(&world, elsewhere, "83137", (43.125, 5.93)).await?;
        let mourillon = part(&world, other, "Le Mourillon").await?;
        let with = |id: Uuid| ProfileForm { neighbourhood: id.to_string(), ..bare() };
        let names: Vec<String> =
            backend.own_profile(&ada).await?.neighbourhoods.into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["Berthe"]);
        assert_eq!(
            backend.save_profile(&ada, with(mourillon)).await,
            Err(AppError::field("neighbourhood", Problem::NotAChoice))
        );
        backend.save_profile(&ada, with(berthe)).await?;
        let (there, _) = world.mission("Colis de Berthe", at_once(&[(72, 3, 2)])).await?;
        let (town, _) = world.mission("Colis du centre", at_once(&[(48, 3, 2)])).await?;
        set(&world, there, mission::Column::NeighbourhoodId, Some(berthe)).await?;
        let page = backend.suggestions(&ada).await?;
        let reasons: Vec<_> = page.missions.iter().map(|one| (one.mission.id, one.reasons.clone())).collect();
        assert_eq!(reasons[0], (there, vec![Reason::Neighbourhood]));
        assert_eq!(reasons[1], (town, vec![Reason::Town]));
        assert_eq!((reasons[2].0, &reasons[2].1[..]), (elsewhere, &[Reason::Near(5)][..]));
        // What was chosen of one town is not asked of another: the form that names both is taken.
        backend.save_profile(&ada, ProfileForm { town: "Toulon".to_owned(), ..with(berthe) }).await?;
        assert_eq!(backend.own_profile(&ada).await?.form, ProfileForm { town: "Toulon".to_owned(), ..bare() });
        backend.save_profile(&ada, bare()).await?;
        backend.save_profile(&ada, with(berthe)).await?;
        // The town gives the part up, once no mission is there.
        set(&world, there, mission::Column::NeighbourhoodId, Option::<Uuid>::None).await?;
        let coordinator = world.person("coordination", None).await?;
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(coordinator),
            role: Set("coordinator".to_owned()),
            municipality_id: Set(Some(world.town)),
            organisation_id: Set(None),
            granted_by: Set(None),
            granted_at: Set(world.now()),
            scope: Set(world.town.to_string()),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        let settings = MunicipalitySettings {
            service_name: "Service vie associative".to_owned(),
            review_hours: "72".to_owned(),
            reminder_hours: "24".to_owned(),
            work_days: vec!["1".to_owned()],
            neighbourhoods: "Tamaris".to_owned(),
            ..MunicipalitySettings::default()
        };
        backend.save_settings(&world.actor(coordinator).await?, "83126", settings).await?;
        assert_eq!(backend.own_profile(&ada).await?.form, bare());
    }
    Ok(())
}

#[tokio::test]
async fn suggestions_are_worked_out_only_for_who_wants_them() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, resident(&world, "ada").await?);
        let (mission, _) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let state = |page: domain::suggestions::SuggestionsPage| (page.state, page.missions.len());
        assert_eq!(state(backend.suggestions(&ada).await?), (SuggestionsState::NoProfile, 0));
        backend.save_profile(&ada, bare()).await?;
        assert_eq!(suggested(&world, &ada).await?, [mission]);
        backend.switch_suggestions(&ada, false).await?;
        assert_eq!(state(backend.suggestions(&ada).await?), (SuggestionsState::Off, 0));
        assert_eq!(backend.own_profile(&ada).await?.form, asked("La Seyne-sur-Mer"), "kept in the profile");
        backend.switch_suggestions(&ada, true).await?;
        assert_eq!(state(backend.suggestions(&ada).await?), (SuggestionsState::On, 1));
        let tomorrow = paris::date(world.now()) + TimeDelta::days(1);
        set(&world, mission, mission::Column::OpensOn, Some(tomorrow)).await?;
        assert!(suggested(&world, &ada).await?.is_empty(), "nobody can apply yet");
        backend.clock.advance(paris::midnight(tomorrow) - world.now());
        assert_eq!(suggested(&world, &ada).await?, [mission]);
        backend.erase_profile(&ada).await?;
        assert_eq!(state(backend.suggestions(&ada).await?), (SuggestionsState::NoProfile, 0));
    }
    Ok(())
}

#[tokio::test]
async fn what_is_suggested_can_be_applied_to() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, resident(&world, "ada").await?);
        let minor = world.actor(world.person("lou", Some("2009-06-01")).await?).await?;
        for (who, birth) in [(&ada, "1990-05-04"), (&minor, "2009-06-01")] {
            let (birth_date, liked) = (birth.to_owned(), vec!["food-aid".to_owned()]);
            backend.save_profile(who, ProfileForm { birth_date, liked, ..bare() }).await?;
        }
        let (open, slots) = world.mission("Colis du marché", at_once(&[(48, 3, 2)])).await?;
        let (full, taken) = world.mission("Colis complets", at_once(&[(72, 3, 1)])).await?;
        let (same, _) = world.mission("Colis au même moment", at_once(&[(49, 3, 1)])).await?;
        let young = Plan { choice: "at_once", minors: true, slots: &[(96, 3, 2)] };
        let (young, _) = world.mission("Colis pour tous", young).await?;
        world.mission("Colis d’hier", at_once(&[(-24, 3, 2)])).await?;
        let (hidden, _) = world.mission("Colis suspendus", at_once(&[(48, 3, 2)])).await?;
        set(&world, hidden, mission::Column::Status, "suspended").await?;
        let bob = world.volunteer("bob").await?;
        backend.apply_as(&bob, full, &taken).await?;
        assert_eq!(suggested(&world, &ada).await?, [open, same, young]);
        assert_eq!(suggested(&world, &minor).await?, [young], "16 and 17 only where it is open to them");
        backend.apply_as(&ada, open, &slots).await?;
        assert_eq!(suggested(&world, &ada).await?, [young], "not what one has, nor what is at the same time");
        // An organisation that is suspended offers nothing.
        let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        organisation::Entity::update_many()
            .col_expr(organisation::Column::Status, Expr::value("suspended"))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        assert!(suggested(&world, &ada).await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn what_fits_comes_first_with_why() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, resident(&world, "ada").await?);
        // The clock shows Monday 23 November 2026, 08:30 in Paris: 34 hours later it is Tuesday, 18:30.
        let (evening, slots) = world.mission("Colis du mardi soir", at_once(&[(24, 2, 3), (34, 2, 3)])).await?;
        let (noon, _) = world.mission("Colis du mardi midi", at_once(&[(27, 2, 3)])).await?;
        set(&world, evening, mission::Column::SearchText, "port colis voitur arab").await?;
        backend.save_profile(&ada, filled()).await?;
        let page = backend.suggestions(&ada).await?;
        let first = page.missions.first().context("a mission")?;
        let row = slot::Entity::find_by_id(slots[1]).one(backend.store.read()).await?.context("a slot")?;
        let moment = Reason::Moment(domain::missions::SlotKind::Dated, row.starts_at, row.ends_at);
        let why = [
            Reason::Town,
            moment,
            Reason::Liked,
            Reason::Skill("Cuisiner pour un groupe".to_owned()),
            Reason::Language(Language::Arabic),
            Reason::Means(Means::Car),
        ];
        assert_eq!((first.mission.id, &first.reasons[..]), (evening, &why[..]));
        assert_eq!(page.missions.len(), 1, "{noon} is when Ada is not free");
        // Without a town, the whole network may be near; far from it, only what is done from home.
        backend.save_profile(&ada, ProfileForm { town: "06088".to_owned(), ..filled() }).await?;
        assert!(suggested(&world, &ada).await?.is_empty());
        set(&world, noon, mission::Column::Remote, true).await?;
        let whenever = |town: &str| ProfileForm { town: town.to_owned(), availability: Vec::new(), ..filled() };
        backend.save_profile(&ada, whenever("Nice")).await?;
        assert_eq!(suggested(&world, &ada).await?, [noon]);
        backend.save_profile(&ada, whenever("")).await?;
        assert_eq!(suggested(&world, &ada).await?.len(), 2);
        backend.clock.advance(TimeDelta::days(3));
        assert!(suggested(&world, &ada).await?.is_empty(), "over");
    }
    Ok(())
}

/// Copies of a mission in the town where it is, each with its one slot.
async fn copies(world: &World, of: MissionId, slot: Uuid, count: usize) -> anyhow::Result<()> {
    let db = world.backend.store.read();
    let row = mission::Entity::find_by_id(of.0).one(db).await?.context("a mission")?;
    let only = slot::Entity::find_by_id(slot).one(db).await?.context("a slot")?;
    let ids: Vec<Uuid> = (0..count).map(|_| Uuid::now_v7()).collect();
    let tx = world.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    for ids in ids.chunks(100) {
        let missions = ids.iter().map(|id| mission::Model { id: *id, ..row.clone() }.into_active_model().reset_all());
        mission::Entity::insert_many(missions).exec_without_returning(&tx).await?;
        let slots = ids.iter().map(|id| {
            let copy = slot::Model { id: Uuid::now_v7(), mission_id: *id, ..only.clone() };
            copy.into_active_model().reset_all()
        });
        slot::Entity::insert_many(slots).exec_without_returning(&tx).await?;
    }
    Ok(tx.commit().await?)
}

#[tokio::test]
async fn a_crowd_of_others_hides_nothing_that_fits_better() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, resident(&world, "ada").await?);
        let (far, far_slots) = world.mission("Colis d’à côté", at_once(&[(24, 3, 2)])).await?;
        moved(&world, far, "83137", (43.125, 5.93)).await?;
        // Every other one begins sooner than what fits best: in one's own town, and with what one likes.
        copies(&world, far, far_slots[0], 700).await?;
        let (own, _) = world.mission("Colis du bout du mois", at_once(&[(24 * 30, 3, 2)])).await?;
        backend.save_profile(&ada, ProfileForm { radius: "20".to_owned(), ..bare() }).await?;
        let found = suggested(&world, &ada).await?;
        assert_eq!((found.len(), found.first()), (12, Some(&own)), "{:?}", world.engine());
    }
    Ok(())
}

#[tokio::test]
async fn a_town_is_the_one_that_its_owner_means() -> anyhow::Result<()> {
    for world in worlds().await? {
        let (backend, ada) = (&world.backend, world.volunteer("ada").await?);
        let kept = async || {
            let id = ada.account.context("signed in")?.0;
            let row = volunteer::Entity::find_by_id(id).one(backend.store.read()).await?.context("a volunteer")?;
            anyhow::Ok(row.insee)
        };
        // 83120 is the postcode of Sainte-Maxime, and the INSEE code of Saint-Zacharie. Several towns are called Saint-Denis.
        for (town, code, name) in [
            ("83120", "83115", "Sainte-Maxime"),
            ("Saint-Zacharie", "83120", "Saint-Zacharie"),
            ("93066", "93066", "Saint-Denis"),
            ("11339", "11339", "Saint-Denis"),
        ] {
            backend.save_profile(&ada, asked(town)).await?;
            assert_eq!(kept().await?.as_deref(), Some(code), "{town}");
            let shown = backend.own_profile(&ada).await?.form;
            assert_eq!(shown.town, name, "{town}");
            // What the form shows is kept as it is when it is sent again.
            backend.save_profile(&ada, shown).await?;
            assert_eq!(kept().await?.as_deref(), Some(code), "{town}, sent again");
        }
    }
    Ok(())
}

/// Applies as the form does.
trait Applying {
    async fn apply_as(&self, actor: &Actor, mission: MissionId, slots: &[Uuid]) -> anyhow::Result<()>;
}

impl Applying for server::backend::Backend {
    async fn apply_as(&self, actor: &Actor, mission: MissionId, slots: &[Uuid]) -> anyhow::Result<()> {
        domain::applications::Applications::apply(self, actor, mission, form(slots)).await?;
        Ok(())
    }
}
