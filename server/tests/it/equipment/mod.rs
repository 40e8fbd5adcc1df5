//! Equipment: the ledger and its balance, whoever acts at the same moment; depots, counts, deliveries, tables.

mod counts;
mod deliveries;
mod ledger;
mod pages;
mod race;

use domain::{
    actor::{Actor, Grant},
    equipment::{Act, Balance, DepotForm, DeskForm, Equipment, Movement, Quantity, Use},
    error::{AppError, Outcome},
    ids::{DepotId, MissionId, MunicipalityId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::{
    entity::{equipment_movement, equipment_stock},
    equipment::ledger as book,
    error::Answered,
    store::Work,
};

use crate::towns::site::{Site, form, sites};

const TOWN: &str = "83126";
const MASK: &str = "surgical-mask";

fn units(n: i32) -> Quantity {
    Quantity::new(n).unwrap()
}

/// A town with a coordinator, two depots and two missions.
struct World {
    site: Site,
    town: MunicipalityId,
    actor: Actor,
    depots: [DepotId; 2],
    missions: [MissionId; 2],
}

async fn worlds() -> Vec<World> {
    let mut worlds = Vec::new();
    for site in sites().await {
        let actor = site.coordinator("marie@ville.example", TOWN).await;
        let depot = async |name: &str| {
            let form = DepotForm { name: name.to_owned(), address: "1 place du marché".to_owned() };
            site.backend.add_depot(&actor, TOWN, form).await.unwrap()
        };
        let depots = [depot("Mairie").await, depot("École").await];
        let (admin, organisation) = site.submitted("ines@mains.example", form()).await;
        let mission = async || MissionId(site.mission(organisation, &admin, "published").await);
        let missions = [mission().await, mission().await];
        let town = site.town_id(TOWN).await;
        worlds.push(World { town, actor, depots, missions, site });
    }
    worlds
}

impl World {
    /// Posts movements as one act.
    async fn post(&self, movements: Vec<Movement>) -> Outcome<()> {
        let work = Work::begin(&self.site.backend, &self.actor).await.answered()?;
        book::post_all(&work, self.town, movements).await.answered()?;
        work.commit().await.answered()
    }

    async fn act(&self, depot: usize, act: Act) -> Outcome<()> {
        self.post(vec![Movement::new(self.depots[depot], MASK, act).because("Il le faut")]).await
    }

    fn of(&self, mission: usize) -> Use {
        Use::mission(self.missions[mission])
    }

    /// What a depot holds of masks.
    async fn balance(&self, depot: usize) -> Balance {
        let key = (self.depots[depot].0, MASK.to_owned());
        let row = equipment_stock::Entity::find_by_id(key).one(self.site.backend.store.read()).await.unwrap();
        row.map(|row| Balance { on_hand: row.on_hand, reserved: row.reserved }).unwrap_or_default()
    }

    /// The lines of the ledger of masks at a depot.
    async fn lines(&self, depot: usize) -> Vec<equipment_movement::Model> {
        let found = equipment_movement::Entity::find()
            .filter(equipment_movement::Column::DepotId.eq(self.depots[depot].0))
            .filter(equipment_movement::Column::TypeCode.eq(MASK));
        found.all(self.site.backend.store.read()).await.unwrap()
    }

    /// The balance of every depot is the sum of its ledger.
    async fn adds_up(&self) {
        for depot in [0, 1] {
            let lines = self.lines(depot).await;
            let sum = Balance {
                on_hand: lines.iter().map(|line| line.on_hand_change).sum(),
                reserved: lines.iter().map(|line| line.reserved_change).sum(),
            };
            assert_eq!(self.balance(depot).await, sum);
        }
    }

    async fn write(&self, act: &str, depot: usize, quantity: &str) -> Outcome<()> {
        self.site.backend.write_down(&self.actor, TOWN, self.form(act, depot, quantity)).await
    }

    fn form(&self, act: &str, depot: usize, quantity: &str) -> DeskForm {
        DeskForm {
            act: act.to_owned(),
            equipment: MASK.to_owned(),
            depot: self.depots[depot].to_string(),
            destination: self.depots[1 - depot].to_string(),
            quantity: quantity.to_owned(),
            reason: "Il le faut".to_owned(),
            ..DeskForm::default()
        }
    }

    async fn network(&self) -> Actor {
        let person = self.site.person("reseau@metropole.example").await;
        self.site.grant(&person, Grant::NetworkAdmin).await
    }

    async fn foreigner(&self) -> Actor {
        self.site.coordinator("paul@toulon.example", "83137").await
    }
}

/// The field and what is wrong with it.
fn wrong<T: std::fmt::Debug>(outcome: Outcome<T>) -> (String, domain::error::Problem) {
    match outcome {
        Err(AppError::Invalid(errors)) => {
            let (field, problem) = errors.iter().next().unwrap();
            (field.to_owned(), problem.clone())
        }
        other => panic!("{other:?}"),
    }
}
