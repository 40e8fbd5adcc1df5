//! Inventory counts.

use domain::{
    equipment::{Act, CountForm, CountLineForm, Equipment},
    error::{AppError, Problem},
};

use super::{MASK, TOWN, World, units, worlds, wrong};

fn line(code: &str, expected: &str, counted: &str, reason: &str) -> CountLineForm {
    let [code, expected, counted, reason] = [code, expected, counted, reason].map(str::to_owned);
    CountLineForm { code, expected, counted, reason }
}

async fn count(world: &World, lines: Vec<CountLineForm>) -> domain::error::Outcome<domain::ids::CountId> {
    let form = CountForm { note: "Avec Zoé".to_owned(), lines, ..CountForm::default() };
    world.site.backend.count(&world.actor, TOWN, world.depots[0], form).await
}

#[tokio::test]
async fn what_differs_is_corrected_and_kept_with_its_reason() {
    for world in worlds().await {
        world.act(0, Act::Received(units(10))).await.unwrap();
        let sheet = world.site.backend.count_sheet(&world.actor, TOWN, world.depots[0]).await.unwrap();
        assert_eq!((sheet.lines[0].0.code.as_str(), sheet.lines[0].1.on_hand), (MASK, 10), "what is there comes first");
        let id = count(
            &world,
            vec![
                line(MASK, "10", "7", "Boîte abîmée"),
                line("vest", "0", "2", "Jamais inscrits"),
                line("visor", "0", "0", ""),
                line("badge", "0", "", ""),
            ],
        )
        .await
        .unwrap();
        assert_eq!(world.balance(0).await.on_hand, 7);
        let page = world.site.backend.count_page(&world.actor, TOWN, id).await.unwrap();
        let lines: Vec<_> =
            page.lines.iter().map(|line| (line.equipment.code.as_str(), line.expected, line.counted)).collect();
        assert_eq!(lines, [(MASK, 10, 7), ("visor", 0, 0), ("vest", 0, 2)]);
        assert_eq!(
            (page.by.as_str(), page.note.as_str(), page.lines[0].reason.as_str()),
            ("Prune marie", "Avec Zoé", "Boîte abîmée")
        );
        let line = world.lines(0).await.into_iter().find(|line| line.kind == "corrected").unwrap();
        assert_eq!((line.quantity, line.reason.as_deref()), (-3, Some("Boîte abîmée")));
        let depot = world.site.backend.depot(&world.actor, TOWN, world.depots[0]).await.unwrap();
        assert_eq!(depot.counts[0].lines_and_differences, (3, 2));
        assert_eq!(depot.lines.len(), 2);
        world.adds_up().await;
    }
}

#[tokio::test]
async fn what_moved_meanwhile_or_is_promised_is_counted_again() {
    for world in worlds().await {
        world.act(0, Act::Received(units(10))).await.unwrap();
        world.act(0, Act::Reserved(units(6), world.missions[0])).await.unwrap();
        let moved = count(&world, vec![line("vest", "0", "0", ""), line(MASK, "9", "9", "")]).await;
        assert_eq!(wrong(moved), ("lines.1.counted".to_owned(), Problem::StockMoved { now: 10 }));
        let below = count(&world, vec![line(MASK, "10", "5", "Volés")]).await;
        assert_eq!(wrong(below), ("lines.0.counted".to_owned(), Problem::BelowReserved { reserved: 6 }));
        let why = count(&world, vec![line(MASK, "10", "8", " ")]).await;
        assert_eq!(wrong(why), ("lines.0.reason".to_owned(), Problem::ReasonRequired));
        let huge = count(&world, vec![line("vest", "0", "1000002", "Cadeau")]).await;
        assert_eq!(wrong(huge).0, "lines.0.counted");
        assert_eq!(count(&world, vec![line("rocket", "0", "0", "")]).await, Err(AppError::NotFound));
        assert_eq!(world.lines(0).await.len(), 2, "nothing was corrected");
        let depot = world.site.backend.depot(&world.actor, TOWN, world.depots[0]).await.unwrap();
        assert!(depot.counts.is_empty());
    }
}
