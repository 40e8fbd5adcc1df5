//! What the pages show, to whom; depots; types; tables for spreadsheets.

use domain::{
    equipment::{Act, DepotForm, Equipment, LedgerQuery, TypeForm},
    error::{AppError, Conflict, Problem},
};
use reqwest::{Method, StatusCode, header};

use super::{MASK, TOWN, units, worlds, wrong};
use crate::http;

fn depot(name: &str) -> DepotForm {
    DepotForm { name: name.to_owned(), address: String::new() }
}

#[tokio::test]
async fn another_town_does_not_exist_and_the_network_only_reads() {
    for world in worlds().await {
        let backend = &world.site.backend;
        let (foreign, network) = (world.foreigner().await, world.network().await);
        assert!(!backend.stock(&network, TOWN).await.unwrap().may_write);
        assert!(!backend.depot(&network, TOWN, world.depots[0]).await.unwrap().may_write);
        assert!(backend.ledger(&network, TOWN, LedgerQuery::default()).await.is_ok());
        assert_eq!(backend.stock(&foreign, TOWN).await, Err(AppError::NotFound));
        assert_eq!(backend.stock_table(&foreign, TOWN).await, Err(AppError::NotFound));
        assert_eq!(backend.ledger_table(&foreign, TOWN, LedgerQuery::default()).await, Err(AppError::NotFound));
        assert_eq!(backend.ledger(&foreign, TOWN, LedgerQuery::default()).await, Err(AppError::NotFound));
        for (who, insee) in [(&foreign, TOWN), (&foreign, "83137"), (&network, TOWN)] {
            let own = world.depots[0];
            assert_eq!(backend.save_depot(who, insee, own, depot("Ailleurs")).await, Err(AppError::NotFound));
            assert_eq!(backend.close_depot(who, insee, own).await, Err(AppError::NotFound));
            assert_eq!(backend.count_sheet(who, insee, own).await, Err(AppError::NotFound));
            let form = world.form("receive", 0, "1");
            assert_eq!(backend.write_down(who, insee, form).await, Err(AppError::NotFound));
        }
        assert_eq!(backend.depot(&foreign, "83137", world.depots[0]).await, Err(AppError::NotFound));
        assert_eq!(backend.types(&world.actor).await, Err(AppError::NotFound));
    }
}

#[tokio::test]
async fn depots_are_named_once_and_closed_when_they_are_empty() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        let taken = ("name".to_owned(), Problem::NameTaken);
        assert_eq!(wrong(backend.add_depot(actor, TOWN, depot("MAIRIE")).await), taken);
        assert_eq!(wrong(backend.save_depot(actor, TOWN, world.depots[1], depot("mairie")).await), taken);
        backend.save_depot(actor, TOWN, world.depots[0], depot("Mairie annexe")).await.unwrap();
        world.act(0, Act::Received(units(1))).await.unwrap();
        let full = backend.close_depot(actor, TOWN, world.depots[0]).await;
        assert_eq!(full, Err(Conflict::DepotNotEmpty.into()));
        world.write("lose", 0, "1").await.unwrap();
        backend.close_depot(actor, TOWN, world.depots[0]).await.unwrap();
        assert_eq!(world.act(0, Act::Received(units(1))).await, Err(Conflict::DepotClosed.into()));
        let again = backend.save_depot(actor, TOWN, world.depots[0], depot("Mairie")).await;
        assert_eq!(again, Err(Conflict::DepotClosed.into()));
        assert_eq!(wrong(world.write("receive", 0, "1").await), ("depot".to_owned(), Problem::NotAChoice));
        backend.add_depot(actor, TOWN, depot("Mairie annexe")).await.unwrap();
        let names: Vec<_> = backend
            .stock(actor, TOWN)
            .await
            .unwrap()
            .depots
            .into_iter()
            .map(|(depot, _)| (depot.name, depot.closed))
            .collect();
        let expected = [("École", false), ("Mairie annexe", false), ("Mairie annexe", true)];
        assert_eq!(names, expected.map(|(name, closed)| (name.to_owned(), closed)));
        assert_eq!(backend.desk(actor, TOWN).await.unwrap().depots.len(), 2);
    }
}

#[tokio::test]
async fn the_ledger_is_filtered_and_paged() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        for _ in 0..51 {
            world.act(0, Act::Received(units(1))).await.unwrap();
        }
        backend.clock.advance(chrono::Duration::days(2));
        world.act(0, Act::Issued(units(2), world.of(0))).await.unwrap();
        world.act(1, Act::Received(units(9))).await.unwrap();
        let ask = async |query: LedgerQuery| backend.ledger(actor, TOWN, query).await.unwrap();
        let all = ask(LedgerQuery::default()).await;
        assert_eq!((all.total, all.pages, all.lines.len(), all.lines[0].quantity), (53, 2, 50, 9));
        assert_eq!(ask(LedgerQuery { page: 9, ..LedgerQuery::default() }).await.lines.len(), 3);
        let only = ask(LedgerQuery { kind: "issued".to_owned(), ..LedgerQuery::default() }).await;
        assert_eq!(only.lines[0].mission.as_ref().map(|(_, title)| title.as_str()), Some("Faire des courses"));
        let of = ask(LedgerQuery { mission: world.missions[0].to_string(), ..LedgerQuery::default() }).await;
        assert_eq!((of.total, of.mission.as_deref()), (1, Some("Faire des courses")));
        assert_eq!(ask(LedgerQuery { depot: world.depots[1].to_string(), ..LedgerQuery::default() }).await.total, 1);
        assert_eq!(ask(LedgerQuery { equipment: "vest".to_owned(), ..LedgerQuery::default() }).await.total, 0);
        assert_eq!(ask(LedgerQuery { from: "2026-11-25".to_owned(), ..LedgerQuery::default() }).await.total, 2);
        assert_eq!(ask(LedgerQuery { to: "2026-11-24".to_owned(), ..LedgerQuery::default() }).await.total, 51);
        assert_eq!(ask(LedgerQuery { to: "+262142-12-31".to_owned(), ..LedgerQuery::default() }).await.total, 53);
    }
}

#[tokio::test]
async fn tables_hold_no_formula() {
    for world in worlds().await {
        let (backend, actor) = (&world.site.backend, &world.actor);
        backend.save_depot(actor, TOWN, world.depots[0], depot("=1+1")).await.unwrap();
        let mut form = world.form("receive", 0, "5");
        form.reason = "@SUM(A1)".to_owned();
        backend.write_down(actor, TOWN, form).await.unwrap();
        world.write("lose", 0, "2").await.unwrap();
        let stock = backend.stock_table(actor, TOWN).await.unwrap();
        assert!(stock.contains("Masque chirurgical;surgical-mask;masque;'=1+1;3;0;3;0\r\n"), "{stock}");
        let ledger = backend.ledger_table(actor, TOWN, LedgerQuery::default()).await.unwrap();
        assert!(ledger.contains(";Reçu;Masque chirurgical;'=1+1;5;;;'@SUM(A1);Prune marie\r\n"), "{ledger}");
        assert_eq!(ledger.lines().count(), 3);
    }
}

#[tokio::test]
async fn the_network_edits_the_types() {
    for world in worlds().await {
        let (backend, network) = (&world.site.backend, world.network().await);
        let form = |code: &str, label: &str, disabled: &str| TypeForm {
            code: code.to_owned(),
            label_fr: label.to_owned(),
            label_en: label.to_owned(),
            unit_fr: "pièce".to_owned(),
            unit_en: "piece".to_owned(),
            single_use: String::new(),
            disabled: disabled.to_owned(),
        };
        backend.save_type(&network, form("", "Brassard fluorescent", "")).await.unwrap();
        let twice = backend.save_type(&network, form("", "brassard FLUORESCENT", "")).await;
        assert_eq!(wrong(twice), ("label_fr".to_owned(), Problem::NameTaken));
        assert_eq!(backend.save_type(&world.actor, form("", "Autre", "")).await, Err(AppError::NotFound));
        assert_eq!(backend.save_type(&network, form("rocket", "Fusée", "")).await, Err(AppError::NotFound));
        world.act(0, Act::Received(units(3))).await.unwrap();
        backend.save_type(&network, form(MASK, "Masque en tissu", "yes")).await.unwrap();
        let page = backend.stock(&world.actor, TOWN).await.unwrap();
        let mask = page.lines.iter().find(|line| line.equipment.code == MASK).unwrap();
        assert_eq!(
            (mask.equipment.label.as_str(), mask.balance.on_hand),
            ("Masque en tissu", 3),
            "what is there stays"
        );
        assert_eq!(wrong(world.write("receive", 0, "1").await), ("equipment".to_owned(), Problem::NotAChoice));
        assert!(page.lines.iter().any(|line| line.equipment.code == "brassard-fluorescent"));
    }
}

#[tokio::test]
async fn a_form_that_is_sent_three_times_without_scripts_books_once() {
    for world in worlds().await {
        let site = http::Site::serve(world.site.backend.clone()).await.unwrap();
        let cookie = site.cookie(Some("marie@ville.example")).await.unwrap();
        let (stock, depot) = (app::routes::equipment(TOWN), world.depots[0]);
        let page = site.ask(Method::GET, &format!("{stock}/saisie?acte=receive"), cookie.as_deref());
        let html = page.header(header::ACCEPT, "text/html").send().await.unwrap().text().await.unwrap();
        let once = html.split("name=\"form[once]\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let typed =
            format!("form[act]=receive&form[equipment]={MASK}&form[depot]={depot}&form[quantity]=5&form[reason]=");
        for _ in 0..3 {
            let answer = site
                .ask(Method::POST, "/api/equipment/write-down", cookie.as_deref())
                .header(header::ACCEPT, "text/html")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(format!("insee={TOWN}&{typed}&form[once]={once}"))
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::SEE_OTHER);
            assert_eq!(answer.headers()[header::LOCATION], format!("{stock}?fait=registre"));
        }
        assert_eq!((world.balance(0).await.on_hand, world.lines(0).await.len()), (5, 1));
    }
}
