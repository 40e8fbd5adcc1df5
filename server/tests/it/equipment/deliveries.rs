//! Deliveries from a table: looked at first, taken whole, forgotten after a day.

use domain::{
    equipment::{DeliveryColumn, DeliveryProblem, Equipment},
    error::{AppError, Conflict, Problem},
};
use sea_orm::EntityTrait;
use server::{entity::equipment_import, housekeeping};

use super::{TOWN, worlds, wrong};

const TABLE: &str = "Matériel;Quantité;Dépôt;Motif\nMasque chirurgical;200;Mairie;\nsurgical-mask;50;ECOLE;Don\n\
    Gants jetables;1 000;Mairie;\nFusée;3;Mairie;\nBadge de volontaire;3;Gymnase;\nBadge de volontaire;-1;Mairie;\n";

#[tokio::test]
async fn a_table_is_looked_at_then_taken_once() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        let none = backend.check_deliveries(actor, TOWN, "", "a;b\nc;d".to_owned()).await;
        assert_eq!(wrong(none), ("text".to_owned(), Problem::NoDeliveryColumns));
        let id = backend.check_deliveries(actor, TOWN, "Stock de départ", TABLE.to_owned()).await.unwrap();
        let page = backend.delivery_page(actor, TOWN, id).await.unwrap();
        assert_eq!((page.taken, page.refused_count), (3, 3));
        assert_eq!(page.refused.iter().map(|line| line.line).collect::<Vec<_>>(), [5, 6, 7]);
        assert_eq!(
            page.sample[0],
            ("Masque chirurgical".to_owned(), "Mairie".to_owned(), 200, "Stock de départ".to_owned())
        );
        assert_eq!(world.balance(0).await.on_hand, 0, "only looked at");
        for _ in 0..3 {
            backend.import_deliveries(actor, TOWN, id, page.seen.clone()).await.unwrap();
        }
        assert_eq!(world.lines(0).await.len() + world.lines(1).await.len(), 2, "once");
        assert_eq!((world.balance(0).await.on_hand, world.balance(1).await.on_hand), (200, 50));
        assert_eq!(world.lines(1).await[0].reason.as_deref(), Some("Don"));
        world.adds_up().await;

        // What was written is read back: the table of the stock is a table of deliveries.
        let table = backend.stock_table(actor, TOWN).await.unwrap();
        let id = backend.check_deliveries(actor, TOWN, "", table).await.unwrap();
        let page = backend.delivery_page(actor, TOWN, id).await.unwrap();
        assert_eq!((page.taken, page.refused_count), (3, 0));
    }
}

#[tokio::test]
async fn what_is_not_taken_is_forgotten_after_a_day_and_is_no_other_towns() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        let id = backend.check_deliveries(actor, TOWN, "", TABLE.to_owned()).await.unwrap();
        let (foreign, network) = (world.foreigner().await, world.network().await);
        for (who, insee) in [(&foreign, TOWN), (&foreign, "83137"), (&network, TOWN)] {
            assert_eq!(backend.delivery_page(who, insee, id).await, Err(AppError::NotFound));
            assert_eq!(backend.import_deliveries(who, insee, id, String::new()).await, Err(AppError::NotFound));
        }
        let left = async || equipment_import::Entity::find().all(backend.store.read()).await.unwrap().len();
        housekeeping::forget(backend).await.unwrap();
        assert_eq!(left().await, 1);
        backend.clock.advance(chrono::Duration::hours(24));
        housekeeping::forget(backend).await.unwrap();
        assert_eq!(left().await, 0);
    }
}

#[tokio::test]
async fn a_table_that_stops_short_names_its_lines_and_nothing_is_half_taken() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        let cut = "Matériel;Quantité;Dépôt\nMasque chirurgical;200;Mairie\nsurgical-mask;50;École\nGants jetables;12\nBadge\n\"Gants";
        let id = backend.check_deliveries(actor, TOWN, "", cut.to_owned()).await.unwrap();
        let page = backend.delivery_page(actor, TOWN, id).await.unwrap();
        let refused: Vec<_> = page.refused.iter().map(|line| (line.line, &line.problem)).collect();
        let missing = DeliveryProblem::Cell(DeliveryColumn::Depot, Problem::Required);
        assert_eq!((page.taken, refused[0], refused[2]), (2, (4, &missing), (6, &DeliveryProblem::OpenQuote)));
        assert_eq!(refused[1].0, 5);
        // A depot that closes meanwhile makes others of the lines good: as many, and none is taken.
        backend.close_depot(actor, TOWN, world.depots[1]).await.unwrap();
        let short = backend.import_deliveries(actor, TOWN, id, page.seen).await;
        assert_eq!(short, Err(Conflict::ChangedMeanwhile.into()));
        assert!(world.lines(0).await.is_empty() && world.balance(0).await.on_hand == 0, "nothing was taken");
        let page = backend.delivery_page(actor, TOWN, id).await.unwrap();
        assert_eq!(page.taken, 2, "where one depot is left, lines need not name it");
    }
}
