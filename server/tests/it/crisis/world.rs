//! Coordinators, the network, another town, and missions of several domains.

use anyhow::{Context, anyhow};
use domain::{
    actor::Actor,
    crisis::{Crisis, MeasuresForm, MeasuresPage, MeasuresStatus, Switched},
    ids::{MeasuresId, MissionId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use server::entity::{
    crisis_measures, crisis_suspension, mission, mission_partner, municipality, organisation, role_grant, slot,
};
use uuid::Uuid;

use crate::applications::world::{Plan, World};

pub const TOWN: &str = "83126";
pub const NETWORK: &str = "";

/// Measures from today, for four weeks: food aid goes on, whoever is 70 stays at home.
pub fn form() -> MeasuresForm {
    MeasuresForm {
        title: "Confinement".to_owned(),
        first_day: "2026-11-23".to_owned(),
        last_day: "2026-12-20".to_owned(),
        limit: "some".to_owned(),
        domains: vec!["food-aid".to_owned()],
        remote_from_age: "70".to_owned(),
        rules_fr: "Restez à un mètre.\nPortez un masque.".to_owned(),
        rules_en: "Stay a metre away.\nWear a mask.".to_owned(),
        banner_fr: "Les rassemblements sont interdits.".to_owned(),
        banner_en: "Gatherings are forbidden.".to_owned(),
        ..MeasuresForm::default()
    }
}

impl World {
    async fn granted(&self, name: &str, role: &str, town: Option<Uuid>) -> anyhow::Result<Actor> {
        let id = self.person(name, None).await?;
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(id),
            role: Set(role.to_owned()),
            municipality_id: Set(town),
            organisation_id: Set(None),
            granted_by: Set(None),
            granted_at: Set(self.now()),
            scope: Set(town.map(|id| id.to_string()).unwrap_or_default()),
        }
        .insert(&tx)
        .await?;
        tx.commit().await?;
        self.actor(id).await
    }

    /// A coordinator of the town.
    pub async fn coordinator(&self, name: &str) -> anyhow::Result<Actor> {
        self.granted(name, "coordinator", Some(self.town)).await
    }

    /// A coordinator of another town.
    pub async fn stranger(&self, name: &str, town: Uuid) -> anyhow::Result<Actor> {
        self.granted(name, "coordinator", Some(town)).await
    }

    /// An admin of the network.
    pub async fn network(&self) -> anyhow::Result<Actor> {
        self.granted("reseau", "network_admin", None).await
    }

    /// Another town.
    pub async fn other_town(&self, insee: &str) -> anyhow::Result<Uuid> {
        let id = Uuid::now_v7();
        let first = municipality::Entity::find_by_id(self.town).one(self.backend.store.read()).await?;
        let mut row = first.context("the town")?;
        (row.id, row.insee, row.name) = (id, insee.to_owned(), format!("Ville {insee}"));
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let row: municipality::ActiveModel = sea_orm::IntoActiveModel::into_active_model(row);
        municipality::Entity::insert(row.reset_all()).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// A published mission of a domain.
    pub async fn of_domain(&self, title: &str, domain: &str, plan: Plan<'_>) -> anyhow::Result<(MissionId, Vec<Uuid>)> {
        let (id, slots) = self.mission(title, plan).await?;
        self.change(id, mission::Column::DomainCode, domain).await?;
        Ok((id, slots))
    }

    /// Changes a column of a mission.
    pub async fn change(
        &self,
        id: MissionId,
        column: mission::Column,
        value: impl Into<sea_orm::Value>,
    ) -> anyhow::Result<()> {
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let change = mission::Entity::update_many().col_expr(column, Expr::value(value));
        change.filter(mission::Column::Id.eq(id.0)).exec(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Another organisation, administered by Zoe, that holds a slot of a mission.
    pub async fn partner(&self, mission: MissionId, slot: Uuid) -> anyhow::Result<()> {
        let (id, zoe, now) = (Uuid::now_v7(), self.person("zoe", None).await?, self.now());
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let row = organisation::Entity::find_by_id(self.organisation).one(&tx).await?.context("an organisation")?;
        let row = organisation::Model { id, name: "Les Amis".to_owned(), rna: Some("W831000002".to_owned()), ..row };
        organisation::Entity::insert(row.into_active_model()).exec_without_returning(&tx).await?;
        let grant = role_grant::ActiveModel {
            id: Set(Uuid::now_v7()),
            account_id: Set(zoe),
            role: Set("organisation_admin".to_owned()),
            municipality_id: Set(None),
            organisation_id: Set(Some(id)),
            granted_by: Set(None),
            granted_at: Set(now),
            scope: Set(id.to_string()),
        };
        role_grant::Entity::insert(grant).exec_without_returning(&tx).await?;
        let row = mission_partner::ActiveModel {
            mission_id: Set(mission.0),
            organisation_id: Set(id),
            joined_mission_id: Set(mission.0),
            choice: Set("at_once".to_owned()),
            practical: Set(String::new()),
            reason: Set("La même aide.".to_owned()),
            joined_by: Set(zoe),
            joined_at: Set(now),
        };
        mission_partner::Entity::insert(row).exec_without_returning(&tx).await?;
        let held = slot::Entity::update_many().col_expr(slot::Column::OrganisationId, Expr::value(Some(id)));
        held.filter(slot::Column::Id.eq(slot)).exec(&tx).await?;
        Ok(tx.commit().await?)
    }

    /// Where a mission stands.
    pub async fn stands(&self, id: MissionId) -> anyhow::Result<String> {
        let row = mission::Entity::find_by_id(id.0).one(self.backend.store.read()).await?;
        Ok(row.context("a mission")?.status)
    }

    /// Where measures stand.
    pub async fn measures(&self, id: MeasuresId) -> anyhow::Result<MeasuresStatus> {
        let row = crisis_measures::Entity::find_by_id(id.0).one(self.backend.store.read()).await?;
        MeasuresStatus::parse(&row.context("measures")?.status).context("a state")
    }

    /// What is noted of a mission: how each suspension ended, in order.
    pub async fn outcomes(&self, id: MissionId) -> anyhow::Result<Vec<Option<String>>> {
        let rows = crisis_suspension::Entity::find()
            .filter(crisis_suspension::Column::MissionId.eq(id.0))
            .order_by_asc(crisis_suspension::Column::MeasuresId)
            .all(self.backend.store.read())
            .await?;
        Ok(rows.into_iter().map(|row| row.outcome).collect())
    }

    /// A draft.
    pub async fn drafted(&self, who: &Actor, insee: &str, form: MeasuresForm) -> anyhow::Result<MeasuresId> {
        Ok(self.backend.save(who, insee, None, form).await?)
    }

    pub async fn shown(&self, who: &Actor, insee: &str, id: MeasuresId) -> anyhow::Result<MeasuresPage> {
        Ok(self.backend.page(who, insee, id).await?)
    }

    /// Measures that were previewed and switched on.
    pub async fn switched(&self, who: &Actor, insee: &str, form: MeasuresForm) -> anyhow::Result<MeasuresId> {
        let id = self.drafted(who, insee, form).await?;
        let seen = self.shown(who, insee, id).await?.seen;
        let done = self.backend.switch_on(who, insee, id, &seen).await?;
        anyhow::ensure!(done != Switched::Changed, "it does what it said");
        Ok(id)
    }
}
