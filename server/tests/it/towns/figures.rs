//! A small world whose figures are counted by hand.

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Grant},
    error::{AppError, Problem},
    figures::{Ask, Decisions, Figures, Measures, Used},
    missions::MissionStatus,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use server::{
    entity::{
        application, application_slot, attendance, depot, equipment_movement, history, mission, mission_version,
        review, slot,
    },
    figures::csv,
};
use uuid::Uuid;

use super::site::{Site, form, sites};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Two missions, one of them in the other town.
struct World<'a> {
    site: &'a Site,
    author: Uuid,
    here: Uuid,
    there: Uuid,
}

impl<'a> World<'a> {
    async fn new(site: &'a Site) -> Self {
        let (ines, id) = site.submitted("ines@mains.example", form()).await;
        let here = site.mission(id, &ines, "published").await;
        let there = site.mission(id, &ines, "closed").await;
        let db = site.backend.store.read();
        let mut row = mission::Entity::find_by_id(there).one(db).await.unwrap().unwrap().into_active_model();
        row.municipality_id = Set(site.town_id("83137").await.0);
        row.update(db).await.unwrap();
        let world = Self { site, author: ines.account.unwrap().0, here, there };
        world.reviews().await;
        world.slots_and_applications().await;
        world
    }

    async fn review(&self, mission: Uuid, status: &str, from: &str, decided: Option<&str>, due: &str) {
        let (db, version) = (self.site.backend.store.read(), Uuid::now_v7());
        let row = mission::Entity::find_by_id(mission).one(db).await.unwrap().unwrap();
        let versions = mission_version::Entity::find().all(db).await.unwrap().len();
        mission_version::ActiveModel {
            id: Set(version),
            mission_id: Set(mission),
            number: Set(i32::try_from(versions).unwrap() + 1),
            status: Set("superseded".to_owned()),
            content: Set("{}".to_owned()),
            content_hash: Set(String::new()),
            author_id: Set(self.author),
            created_at: Set(at(from)),
            updated_at: Set(at(from)),
            submitted_at: Set(Some(at(from))),
        }
        .insert(db)
        .await
        .unwrap();
        review::ActiveModel {
            id: Set(Uuid::now_v7()),
            mission_id: Set(mission),
            mission_version_id: Set(version),
            municipality_id: Set(row.municipality_id),
            status: Set(status.to_owned()),
            content_hash: Set(String::new()),
            due_at: Set(at(due)),
            decided_at: Set(decided.map(at)),
            created_at: Set(at(from)),
            ..Default::default()
        }
        .insert(db)
        .await
        .unwrap();
    }

    async fn reviews(&self) {
        // A day; a day and the holiday of 11 November, late; three days, to the minute.
        let decide = async |mission, status, from, decided, due| {
            self.review(mission, status, from, Some(decided), due).await;
        };
        let (green, changes) = ("green_light", "changes_requested");
        decide(self.here, green, "2026-11-09T09:00:00Z", "2026-11-10T09:00:00Z", "2026-11-12T09:00:00Z").await;
        decide(self.here, changes, "2026-11-10T09:00:00Z", "2026-11-12T09:00:00Z", "2026-11-12T08:00:00Z").await;
        decide(self.here, "refused", "2026-11-16T09:00:00Z", "2026-11-19T09:00:00Z", "2026-11-19T09:00:00Z").await;
        self.review(self.here, "waiting", "2026-11-20T09:00:00Z", None, "2026-11-22T09:00:00Z").await;
        // A minute before the thirteen weeks begin in Paris.
        decide(self.here, green, "2026-08-28T09:00:00Z", "2026-08-30T21:59:00Z", "2026-09-30T09:00:00Z").await;
        decide(self.there, green, "2026-11-16T09:00:00Z", "2026-11-16T10:30:00Z", "2026-11-19T09:00:00Z").await;
    }

    async fn slot(&self, mission: Uuid, kind: &str, (from, to): (&str, &str), (places, taken): (i32, i32)) -> Uuid {
        let id = Uuid::now_v7();
        slot::ActiveModel {
            id: Set(id),
            mission_id: Set(mission),
            kind: Set(kind.to_owned()),
            starts_at: Set(at(from)),
            ends_at: Set(at(to)),
            places: Set(places),
            taken: Set(taken),
            cancelled_at: Set((places == 9).then(|| self.site.now())),
            cancel_reason: Set(None),
            organisation_id: Set(None),
        }
        .insert(self.site.backend.store.read())
        .await
        .unwrap();
        id
    }

    /// What an organisation noted of somebody on a slot.
    async fn noted(&self, application: Uuid, slot: Uuid, minutes: i32, validated: bool) {
        let at = self.site.now();
        attendance::ActiveModel {
            application_id: Set(application),
            slot_id: Set(slot),
            mark: Set("present".to_owned()),
            minutes: Set(minutes),
            version: Set(1),
            marked_by: Set(self.author),
            marked_at: Set(at),
            validated_by: Set(validated.then_some(self.author)),
            validated_at: Set(validated.then_some(at)),
            thanks: Set(None),
        }
        .insert(self.site.backend.store.read())
        .await
        .unwrap();
    }

    async fn apply(&self, who: &Actor, status: &str, created: &str, slots: &[Uuid]) -> Uuid {
        let (db, id) = (self.site.backend.store.read(), Uuid::now_v7());
        let slot = slot::Entity::find_by_id(slots[0]).one(db).await.unwrap().unwrap();
        application::ActiveModel {
            id: Set(id),
            mission_id: Set(slot.mission_id),
            volunteer_id: Set(who.account.unwrap().0),
            status: Set(status.to_owned()),
            message: Set(String::new()),
            safety_rules: Set("[]".to_owned()),
            safety_acknowledged_at: Set(at(created)),
            decided_by: Set(None),
            decided_at: Set(None),
            reason: Set(None),
            created_at: Set(at(created)),
            updated_at: Set(at(created)),
            organisation_id: Set(None),
            held_until: Set(None),
            offer_secret: Set(None),
        }
        .insert(db)
        .await
        .unwrap();
        for slot in slots {
            application_slot::ActiveModel { application_id: Set(id), slot_id: Set(*slot) }.insert(db).await.unwrap();
        }
        id
    }

    /// The slot here with so many places.
    async fn slot_of(&self, places: i32) -> Uuid {
        let slots = slot::Entity::find().filter(slot::Column::MissionId.eq(self.here));
        let slots = slots.filter(slot::Column::Places.eq(places)).all(self.site.backend.store.read()).await.unwrap();
        slots.first().unwrap().id
    }

    /// The mission here goes from one state to another.
    async fn turned(&self, (from, to): (&str, &str), when: &str) {
        let db = self.site.backend.store.read();
        history::ActiveModel {
            id: Set(Uuid::now_v7()),
            subject: Set("mission".to_owned()),
            subject_id: Set(self.here),
            at: Set(at(when)),
            from_state: Set(Some(from.to_owned())),
            to_state: Set(to.to_owned()),
            ..Default::default()
        }
        .insert(db)
        .await
        .unwrap();
        let mut row = mission::Entity::find_by_id(self.here).one(db).await.unwrap().unwrap().into_active_model();
        row.status = Set(to.to_owned());
        row.closed_at = Set((to == "cancelled").then(|| at(when)));
        row.update(db).await.unwrap();
    }

    async fn slots_and_applications(&self) {
        let (here, there) = (self.here, self.there);
        let first = self.slot(here, "dated", ("2026-11-10T09:00:00Z", "2026-11-10T11:30:00Z"), (5, 2)).await;
        let second = self.slot(here, "dated", ("2026-11-17T09:00:00Z", "2026-11-17T10:00:00Z"), (3, 3)).await;
        let off = self.slot(here, "dated", ("2026-11-17T09:00:00Z", "2026-11-17T10:00:00Z"), (9, 1)).await;
        let ahead = self.slot(here, "dated", ("2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z"), (7, 1)).await;
        // Its last day is Sunday 22 November: it ends with it, at midnight of Paris.
        let open = self.slot(here, "open_period", ("2026-11-01T23:00:00Z", "2026-11-22T23:00:00Z"), (4, 1)).await;
        let other = self.slot(there, "dated", ("2026-11-17T18:00:00Z", "2026-11-17T20:00:00Z"), (2, 1)).await;
        let ana = self.site.person("ana@aide.example").await;
        let bob = self.site.person("bob@aide.example").await;
        let eve = self.site.person("eve@aide.example").await;
        let came = self.apply(&ana, "accepted", "2026-11-09T09:00:00Z", &[first, second]).await;
        self.noted(came, first, 600, false).await;
        let came = self.apply(&bob, "attended", "2026-11-09T09:00:00Z", &[first, open]).await;
        self.noted(came, first, 120, true).await;
        self.apply(&eve, "absent", "2026-11-09T09:00:00Z", &[second]).await;
        self.apply(&eve, "accepted", "2026-11-09T09:00:00Z", &[ahead, off]).await;
        self.apply(&eve, "declined", "2026-08-01T09:00:00Z", &[first]).await;
        self.apply(&ana, "accepted", "2026-11-16T09:00:00Z", &[other]).await;
    }
}

const VEST: &str = "Gilet de haute visibilité";
const APRON: &str = "Tablier jetable";

/// Hands out and takes back masks: ten and three in the period, a hundred before it, and gloves that all came back; aprons for a
/// slot, vests for one that was called off.
async fn equip(w: &World<'_>) {
    let (db, depot, town) = (w.site.backend.store.read(), Uuid::now_v7(), w.site.town_id("83126").await.0);
    depot::ActiveModel {
        id: Set(depot),
        municipality_id: Set(town),
        name: Set("Mairie".to_owned()),
        name_folded: Set("mairie".to_owned()),
        address: Set(String::new()),
        created_at: Set(w.site.now()),
        closed_at: Set(None),
    }
    .insert(db)
    .await
    .unwrap();
    for (code, kind, quantity, when) in [
        ("surgical-mask", "issued", 10, "2026-11-17T09:00:00Z"),
        ("surgical-mask", "returned", 3, "2026-11-18T09:00:00Z"),
        ("surgical-mask", "reserved", 50, "2026-11-18T09:00:00Z"),
        ("surgical-mask", "issued", 100, "2026-08-01T09:00:00Z"),
        ("gloves", "issued", 4, "2026-11-17T09:00:00Z"),
        ("gloves", "returned", 4, "2026-11-18T09:00:00Z"),
        ("apron", "issued", 6, "2026-11-19T09:00:00Z"),
        ("vest", "issued", 5, "2026-11-10T09:00:00Z"),
    ] {
        let slot = match code {
            "apron" => Some(w.slot_of(5).await),
            // That one was called off.
            "vest" => Some(w.slot_of(9).await),
            _ => None,
        };
        let (on_hand, reserved) = match kind {
            "issued" => (-quantity, 0),
            "returned" => (quantity, 0),
            _ => (0, quantity),
        };
        equipment_movement::ActiveModel {
            id: Set(Uuid::now_v7()),
            municipality_id: Set(town),
            depot_id: Set(depot),
            type_code: Set(code.to_owned()),
            kind: Set(kind.to_owned()),
            quantity: Set(quantity),
            on_hand_change: Set(on_hand),
            reserved_change: Set(reserved),
            mission_id: Set(Some(w.here)),
            slot_id: Set(slot),
            at: Set(at(when)),
            ..Default::default()
        }
        .insert(db)
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn equipment_used_is_what_did_not_come_back() {
    for site in sites().await {
        let world = World::new(&site).await;
        equip(&world).await;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let used = async |ask| site.backend.of_town(&marie, "83126", ask).await.unwrap().chart.used;
        let line = |label: &str, weeks: &[u32]| {
            let quantity = weeks.iter().sum();
            Used { label: label.to_owned(), quantity, weeks: weeks.to_vec() }
        };
        let (masks, vests) = (line("Masque chirurgical", &[0, 0, 7, 0]), line(VEST, &[0, 5, 0, 0]));
        // By the last day of its slot; for a slot that was called off, by the day on which it was handed out.
        assert_eq!(used(weeks("4")).await, [masks, vests, line(APRON, &[0, 6, 0, 0])]);
        let year = used(weeks("52")).await;
        assert_eq!((year.len(), year[0].quantity), (3, 107));
        assert_eq!(year[0].weeks.iter().filter(|units| **units > 0).collect::<Vec<_>>(), [&100, &7]);
        let (_, file) = csv::of_town(&site.backend, &marie, "83126", weeks("4")).await.unwrap();
        let text = String::from_utf8(file).unwrap();
        let columns: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').skip(14).collect()).collect();
        let heads: Vec<String> =
            ["Masque chirurgical", VEST, APRON].iter().map(|label| format!("Utilisé\u{a0}: {label}")).collect();
        assert_eq!(columns[0], heads);
        assert_eq!(columns[1..], [["0", "0", "0"], ["0", "5", "6"], ["7", "0", "0"], ["0", "0", "0"], ["7", "5", "6"]]);
        let toulon = site.coordinator("paul@toulon.example", "83137").await;
        assert_eq!(site.backend.of_town(&toulon, "83137", weeks("52")).await.unwrap().chart.used, []);
    }
}

/// The figures of the first town, and of both, over thirteen weeks.
const HERE: Measures = Measures {
    decisions: Decisions { green_light: 1, changes_requested: 1, refused: 1 },
    in_time: 2,
    median: Some(24),
    ninetieth: Some(72),
    applications: 4,
    places: 12,
    filled: 5,
    volunteers: 2,
    hours: 6,
    given: 2,
};
const THERE: Measures = Measures {
    decisions: Decisions { green_light: 1, changes_requested: 0, refused: 0 },
    in_time: 1,
    median: Some(1),
    ninetieth: Some(1),
    applications: 1,
    places: 2,
    filled: 1,
    volunteers: 1,
    hours: 2,
    given: 0,
};
const BOTH: Measures = Measures {
    decisions: Decisions { green_light: 2, changes_requested: 1, refused: 1 },
    in_time: 3,
    median: Some(24),
    ninetieth: Some(72),
    applications: 5,
    places: 14,
    filled: 6,
    volunteers: 2,
    hours: 8,
    given: 2,
};

fn weeks(weeks: &str) -> Ask {
    Ask { weeks: weeks.to_owned(), ..Ask::default() }
}

#[tokio::test]
async fn a_town_is_counted_week_by_week() {
    for site in sites().await {
        World::new(&site).await;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let page = site.backend.of_town(&marie, "83126", Ask::default()).await.unwrap();
        assert_eq!(page.chart.whole, HERE);
        assert_eq!((page.now.published, page.now.waiting, page.now.overdue), (1, 1, 1));
        assert!(page.chart.states.contains(&(MissionStatus::Published, 1)));
        assert_eq!(page.chart.states.iter().map(|(_, n)| n).sum::<u32>(), 1, "the other town's is not counted");
        assert_eq!(page.chart.weeks.len(), 13);
        let of = |number| page.chart.weeks.iter().find(|(week, _)| week.number == number).unwrap().1;
        let (before, after) = (of(46), of(47));
        assert_eq!((before.decisions.all(), before.in_time, before.median), (2, 1, Some(24)));
        assert_eq!((before.places, before.filled, before.volunteers, before.hours), (5, 2, 2, 5));
        assert_eq!((after.places, after.filled, after.volunteers, after.hours), (7, 3, 2, 1));
        assert_eq!(of(48), Measures::default(), "this week, in which nothing happened yet");
        let year = site.backend.of_town(&marie, "83126", weeks("52")).await.unwrap().chart;
        assert_eq!((year.whole.decisions.green_light, year.whole.applications), (2, 5));
        let day = Ask { from: "2026-11-22".to_owned(), to: "2026-11-22".to_owned(), ..Ask::default() };
        let sunday = site.backend.of_town(&marie, "83126", day).await.unwrap().chart;
        assert_eq!(
            (sunday.whole.places, sunday.whole.volunteers, sunday.whole.hours),
            (4, 1, 0),
            "the open period's end"
        );
    }
}

#[tokio::test]
async fn what_did_not_take_place_is_not_counted() {
    for site in sites().await {
        let world = World::new(&site).await;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let counted = async || {
            let whole = site.backend.of_town(&marie, "83126", Ask::default()).await.unwrap().chart.whole;
            (whole.places, whole.filled, whole.given)
        };
        assert_eq!(counted().await, (12, 5, 2));
        world.turned(("published", "suspended"), "2026-11-16T09:00:00Z").await;
        assert_eq!(counted().await, (5, 2, 2), "what ended before took place");
        world.turned(("suspended", "published"), "2026-11-18T09:00:00Z").await;
        assert_eq!(counted().await, (9, 3, 2), "so does what ends later");
        world.turned(("published", "cancelled"), "2026-11-20T09:00:00Z").await;
        assert_eq!(counted().await, (5, 2, 2));
    }
}

#[tokio::test]
async fn the_network_is_counted_town_by_town() {
    for site in sites().await {
        World::new(&site).await;
        let person = site.person("reseau@metropole.example").await;
        let network = site.grant(&person, Grant::NetworkAdmin).await;
        let page = site.backend.of_network(&network, Ask::default()).await.unwrap();
        assert_eq!(page.chart.whole, BOTH);
        let lines: Vec<_> =
            page.towns.iter().map(|line| (line.town.name.as_str(), line.published, line.measures)).collect();
        assert_eq!(lines, [("La Seyne-sur-Mer", 1, HERE), ("Toulon", 0, THERE)]);
        assert_eq!(page.chart.weeks.iter().map(|(_, week)| week.hours).sum::<u32>(), BOTH.hours);
        let own = site.backend.of_town(&network, "83137", Ask::default()).await.unwrap();
        assert_eq!(own.chart.whole, THERE, "the network reads a town's page");
    }
}

#[tokio::test]
async fn figures_are_for_those_who_read_the_files() {
    for site in sites().await {
        let backend = &site.backend;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let (ines, _) = site.submitted("ines@mains.example", form()).await;
        let asked = async |actor: &Actor, insee| backend.of_town(actor, insee, Ask::default()).await.err();
        assert_eq!(asked(&Actor::default(), "83126").await, Some(AppError::SignInFirst));
        assert_eq!(asked(&marie, "83137").await, Some(AppError::NotFound));
        assert_eq!(asked(&marie, "83999").await, Some(AppError::NotFound));
        assert_eq!(asked(&ines, "83126").await, Some(AppError::NotFound));
        assert_eq!(backend.of_network(&marie, Ask::default()).await.err(), Some(AppError::NotFound));
        assert_eq!(backend.of_network(&Actor::default(), Ask::default()).await.err(), Some(AppError::SignInFirst));
    }
}

#[tokio::test]
async fn a_period_that_cannot_be_read_is_told() {
    for site in sites().await {
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let ask = Ask { from: "2026-11-22".to_owned(), to: "2026-11-01".to_owned(), ..Ask::default() };
        let chart = site.backend.of_town(&marie, "83126", ask.clone()).await.unwrap().chart;
        assert_eq!(chart.errors.get("to"), Some(&Problem::EndBeforeStart));
        assert_eq!((chart.ask.clone(), chart.weeks.len()), (ask.clone(), 13), "what was typed is kept");
        let error = csv::of_town(&site.backend, &marie, "83126", ask).await.unwrap_err();
        assert!(matches!(error, server::error::Error::Told(AppError::Invalid(_))));
    }
}

#[tokio::test]
async fn tables_open_in_a_spreadsheet() {
    for site in sites().await {
        World::new(&site).await;
        let marie = site.coordinator("marie@ville.example", "83126").await;
        let (name, file) = csv::of_town(&site.backend, &marie, "83126", weeks("4")).await.unwrap();
        assert_eq!(name, "chiffres-la-seyne-sur-mer-2026-11-02-2026-11-23.csv");
        let text = String::from_utf8(file).unwrap();
        let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap().split("\r\n").collect();
        assert!(lines[0].starts_with("Semaine;Lundi;Feux verts;"));
        assert_eq!(lines[2], "2026-S46;2026-11-09;1;1;0;1;24;24;4;5;2;2;5;2");
        assert_eq!(lines[4], "2026-S48;2026-11-23;0;0;0;0;;;0;0;0;0;0;0");
        assert_eq!(lines[5], "Toute la période;;1;1;1;2;24;72;4;12;5;2;6;2");
        let person = site.person("reseau@metropole.example").await;
        let network = site.grant(&person, Grant::NetworkAdmin).await;
        let (_, file) = csv::of_network(&site.backend, &network, weeks("4")).await.unwrap();
        let text = String::from_utf8(file).unwrap();
        assert!(text.contains("\r\nToulon;INSEE 83137;1;0;0;1;1;1;1;2;1;1;2;0\r\n"), "{text}");
    }
}
