//! Every movement, its balance, and who is told when little is left.

use domain::{
    equipment::{Act, Balance, Equipment, LevelForm, Movement},
    error::{AppError, Conflict, Problem},
    ids::MissionId,
};
use sea_orm::ConnectionTrait;
use server::equipment::queries;
use uuid::Uuid;

use super::{MASK, TOWN, World, units, worlds, wrong};

async fn level(world: &World, level: &str) {
    let form = LevelForm { code: MASK.to_owned(), level: level.to_owned() };
    world.site.backend.save_levels(&world.actor, TOWN, vec![form]).await.unwrap();
}

async fn alerts(world: &World) -> usize {
    world.site.mails().await.into_iter().filter(|(kind, _)| kind == "equipment_low").count()
}

#[tokio::test]
async fn a_mission_is_promised_handed_and_gives_back() {
    for world in worlds().await {
        world.act(0, Act::Received(units(10))).await.unwrap();
        world.act(0, Act::Reserved(units(6), world.missions[0])).await.unwrap();
        assert_eq!(
            world.act(0, Act::Reserved(units(5), world.missions[1])).await,
            Err(Conflict::NotEnoughStock.into())
        );
        assert_eq!(world.act(0, Act::Issued(units(5), world.of(1))).await, Err(Conflict::NotEnoughStock.into()));
        world.act(0, Act::Issued(units(8), world.of(0))).await.unwrap();
        assert_eq!(world.balance(0).await, Balance { on_hand: 2, reserved: 0 }, "six promised, two free");
        world.act(1, Act::Returned(units(3), world.of(0))).await.unwrap();
        world.act(0, Act::LostInUse(units(5), world.of(0))).await.unwrap();
        assert_eq!(world.act(0, Act::Returned(units(1), world.of(0))).await, Err(Conflict::MoreThanIssued.into()));
        assert_eq!(
            world.act(0, Act::Released(units(1), world.missions[0])).await,
            Err(Conflict::MoreThanReserved.into())
        );
        let standing = queries::of_mission(world.site.backend.store.read(), world.missions[0]).await.unwrap();
        assert_eq!(
            standing.iter().map(|line| (line.reserved, line.issued)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
            (0, 0)
        );
        world.adds_up().await;
        let town = queries::balances(world.site.backend.store.read(), world.town).await.unwrap();
        assert_eq!(queries::total(&town, MASK), Balance { on_hand: 5, reserved: 0 });
    }
}

#[tokio::test]
async fn an_act_is_written_whole_or_not_at_all() {
    for world in worlds().await {
        world.act(0, Act::Received(units(3))).await.unwrap();
        let lines = vec![
            Movement::new(world.depots[0], "vest", Act::Received(units(4))),
            Movement::new(world.depots[0], MASK, Act::Lost(units(4))).because("Perdus"),
        ];
        assert_eq!(world.post(lines).await, Err(Conflict::NotEnoughStock.into()));
        assert_eq!(world.lines(0).await.len(), 1);
        let elsewhere = MissionId(Uuid::now_v7());
        assert_eq!(world.act(0, Act::Reserved(units(1), elsewhere)).await, Err(AppError::NotFound));
        let unknown = vec![Movement::new(world.depots[0], "rocket", Act::Received(units(1)))];
        assert_eq!(world.post(unknown).await, Err(AppError::NotFound));
        let toulon = world.site.town_id("83137").await;
        let work = server::store::Work::begin(&world.site.backend, &world.actor).await.unwrap();
        let foreign = Movement::new(world.depots[0], MASK, Act::Received(units(1)));
        assert!(server::equipment::ledger::post(&work, toulon, foreign).await.is_err(), "not that town's depot");
    }
}

#[tokio::test]
async fn the_ledger_only_grows_and_refuses_what_does_not_add_up() {
    for world in worlds().await {
        world.act(0, Act::Received(units(3))).await.unwrap();
        let db = world.site.backend.store.read();
        for wrong in ["UPDATE equipment_movement SET quantity = 4", "DELETE FROM equipment_movement"] {
            let refused = db.execute_unprepared(wrong).await.unwrap_err().to_string();
            assert!(refused.contains("equipment_movement only grows"), "{refused}");
        }
        for wrong in ["on_hand = -1", "reserved = 4", "reserved = -1", "on_hand = 2, reserved = 3"] {
            let refused = db.execute_unprepared(&format!("UPDATE equipment_stock SET {wrong}")).await.unwrap_err();
            assert!(refused.to_string().to_lowercase().contains("check constraint"), "{refused}");
        }
    }
}

#[tokio::test]
async fn coordinators_are_told_once_until_it_has_come_back() {
    for world in worlds().await {
        let colleague = world.site.coordinator("zoe@ville.example", TOWN).await;
        world.act(0, Act::Received(units(60))).await.unwrap();
        world.act(1, Act::Received(units(60))).await.unwrap();
        level(&world, "100").await;
        world.write("transfer", 0, "50").await.unwrap();
        assert_eq!(alerts(&world).await, 0, "nothing is missing: it was carried");
        world.act(0, Act::Reserved(units(10), world.missions[0])).await.unwrap();
        world.act(1, Act::Reserved(units(11), world.missions[0])).await.unwrap();
        assert_eq!(alerts(&world).await, 2, "both coordinators, once: what is promised is not free");
        let letter = world.site.letters().await.into_iter().find(|row| row.kind == "equipment_low").unwrap();
        assert!(letter.body_text.contains("Masque chirurgical"), "{}", letter.body_text);
        assert!(letter.body_text.contains("99") && letter.body_text.contains("100"), "{}", letter.body_text);
        world.act(1, Act::Lost(units(5))).await.unwrap();
        assert_eq!(alerts(&world).await, 2, "they know");
        world.act(1, Act::Received(units(50))).await.unwrap();
        world.write("lose", 1, "60").await.unwrap();
        assert_eq!(alerts(&world).await, 4, "it had come back");
        level(&world, "500").await;
        world.act(1, Act::Lost(units(1))).await.unwrap();
        assert_eq!(alerts(&world).await, 4, "whoever raises the level sees it");
        let page = world.site.backend.stock(&colleague, TOWN).await.unwrap();
        assert!(page.lines.iter().any(|line| line.equipment.code == MASK && line.low && line.level == 500));
        assert!(page.lines.iter().filter(|line| line.low).count() == 1, "a level of nothing is never reached");
    }
}

#[tokio::test]
async fn what_is_written_by_hand_says_what_is_wrong() {
    for world in worlds().await {
        world.write("receive", 0, "5").await.unwrap();
        world.act(0, Act::Reserved(units(3), world.missions[0])).await.unwrap();
        let too_many = wrong(world.write("lose", 0, "3").await);
        assert_eq!(too_many, ("quantity".to_owned(), Problem::NotEnoughFree { free: 2 }));
        assert_eq!(wrong(world.write("transfer", 0, "3").await), too_many);
        let mut form = world.form("receive", 0, "1");
        form.equipment = "rocket".to_owned();
        let unknown = world.site.backend.write_down(&world.actor, TOWN, form).await;
        assert_eq!(wrong(unknown), ("equipment".to_owned(), Problem::NotAChoice));
        world.write("transfer", 0, "2").await.unwrap();
        assert_eq!((world.balance(0).await.free(), world.balance(1).await.free()), (0, 2));
        let carried = world.lines(1).await.remove(0);
        assert_eq!(carried.reason.as_deref(), Some("Mairie → École. Il le faut"));
        world.site.backend.close_depot(&world.actor, TOWN, world.depots[1]).await.unwrap_err();
        world.adds_up().await;
    }
}
