//! Things of another town and of another organisation, for those who have no business there.

use anyhow::{Context, anyhow, ensure};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use server::entity::{
    alert, application, association_letter, crisis_measures, depot, directory_entry, directory_import, equipment_count,
    equipment_import, idea, message_report, mission, municipality, organisation, organisation_review, outbox, review,
    role_grant, slot, testimonial,
};
use uuid::Uuid;

use super::Site;

/// Somebody of La Seyne-sur-Mer: an organisation's admin, the coordinator, a volunteer.
pub const STRANGERS: [&str; 3] = ["association@demo.example", "coordination@demo.example", "volontaire@demo.example"];

/// Things of the own town and of another one.
pub struct Things {
    pub own_organisation: Uuid,
    pub own_mission: Uuid,
    pub own_draft: Uuid,
    pub town: String,
    pub organisation: Uuid,
    /// An organisation that is not public.
    pub hidden_organisation: Uuid,
    /// Published, submitted, a draft.
    pub missions: Vec<Uuid>,
    pub hidden_missions: Vec<Uuid>,
    pub slot: Uuid,
    pub application: Uuid,
    pub reviews: Vec<Uuid>,
    pub letter: Uuid,
    /// A letter to associations, one of them, and a table that waits to be imported.
    pub association_letter: Uuid,
    pub entry: Uuid,
    pub import: Uuid,
    /// A depot, a count there, and deliveries that wait to be imported.
    pub depot: Uuid,
    pub count: Uuid,
    pub delivery: Uuid,
    /// Files on organisations, and an organisation of one's own town that may be compared.
    pub submissions: Vec<Uuid>,
    pub idea: Uuid,
    /// A report of an exchange.
    pub report: Uuid,
    /// Testimonials: one that is online, one that waits.
    pub testimonials: Vec<Uuid>,
    /// A saved search of somebody else's.
    pub alert: Uuid,
    /// Crisis measures of another town, and of the network.
    pub measures: Vec<Uuid>,
}

pub async fn things(site: &Site) -> anyhow::Result<Things> {
    let db = site.backend.store.read();
    let home = home(site).await?;
    let own_organisation = own_organisation(site).await?;
    let mine = mission::Entity::find().filter(mission::Column::OrganisationId.eq(own_organisation));
    let own_mission = mine.clone().filter(mission::Column::Status.eq("published")).one(db).await?;
    let own_draft = mine.filter(mission::Column::Status.is_in(["draft", "changes_requested"])).one(db).await?;
    let own_mission = own_mission.context("a published mission")?.id;
    let foreign = mission::Entity::find().filter(mission::Column::MunicipalityId.ne(home)).all(db).await?;
    let in_state = |status: &'static str| foreign.iter().filter(move |row| row.status == status).map(|row| row.id);
    let published: Vec<Uuid> = in_state("published").collect();
    let application = application::Entity::find()
        .filter(application::Column::MissionId.is_in(published))
        .filter(application::Column::Status.is_in(["pending", "accepted"]))
        .filter(application::Column::VolunteerId.ne(site.account(STRANGERS[2]).await?.id))
        .one(db)
        .await?
        .context("an application elsewhere")?;
    let applied = foreign.iter().find(|row| row.id == application.mission_id).context("its mission")?;
    let hidden: Vec<Uuid> =
        ["draft", "submitted", "changes_requested"].into_iter().filter_map(|status| in_state(status).next()).collect();
    ensure!(hidden.len() >= 2, "missions elsewhere that are not public: {}", hidden.len());
    let town = municipality::Entity::find_by_id(applied.municipality_id).one(db).await?.context("its town")?;
    let hidden_organisation = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.ne(home))
        .filter(organisation::Column::Status.is_in(["submitted", "draft", "changes_requested"]))
        .one(db)
        .await?;
    let slot = slot::Entity::find().filter(slot::Column::MissionId.eq(applied.id)).one(db).await?;
    let (association_letter, entry, import) = letters(site, home).await?;
    let (depot, count, delivery) = equipment(site, home).await?;
    let idea = idea(site, home).await?;
    let measures = vec![measures(site, Some(&town)).await?, measures(site, None).await?];
    Ok(Things {
        depot,
        count,
        delivery,
        idea,
        report: report(site, home).await?,
        testimonials: testimonials(site, home).await?,
        alert: alert(site).await?,
        submissions: submissions(site, home).await?,
        association_letter,
        entry,
        import,
        measures,
        own_organisation,
        own_mission,
        own_draft: own_draft.map_or(own_mission, |row| row.id),
        town: town.insee,
        organisation: applied.organisation_id,
        hidden_organisation: hidden_organisation.context("an organisation elsewhere that is not public")?.id,
        missions: std::iter::once(applied.id).chain(hidden.clone()).collect(),
        hidden_missions: hidden,
        slot: slot.context("a slot elsewhere")?.id,
        application: application.id,
        reviews: reviews(site, town.id).await?,
        letter: outbox::Entity::find().one(db).await?.map_or_else(Uuid::now_v7, |row| row.id),
    })
}

async fn home(site: &Site) -> anyhow::Result<Uuid> {
    let home = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126"));
    Ok(home.one(site.backend.store.read()).await?.context("La Seyne-sur-Mer")?.id)
}

/// The organisation of the first stranger.
async fn own_organisation(site: &Site) -> anyhow::Result<Uuid> {
    let admin = site.account(STRANGERS[0]).await?.id;
    let grants = role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(admin));
    let grant = grants.one(site.backend.store.read()).await?;
    grant.and_then(|row| row.organisation_id).context("an organisation")
}

/// A saved search of nobody among the strangers.
async fn alert(site: &Site) -> anyhow::Result<Uuid> {
    let volunteer = site.account(STRANGERS[2]).await?.id;
    let alerts = alert::Entity::find().filter(alert::Column::AccountId.ne(volunteer));
    Ok(alerts.one(site.backend.store.read()).await?.context("somebody else's search")?.id)
}

/// A report that was sent to another town.
async fn report(site: &Site, home: Uuid) -> anyhow::Result<Uuid> {
    let report = message_report::Entity::find().filter(message_report::Column::MunicipalityId.ne(home));
    Ok(report.one(site.backend.store.read()).await?.context("a report elsewhere")?.id)
}

/// Testimonials on missions of another town: one that is online, one that waits.
async fn testimonials(site: &Site, home: Uuid) -> anyhow::Result<Vec<Uuid>> {
    let rows = testimonial::Entity::find().filter(testimonial::Column::MunicipalityId.ne(home));
    let rows = rows.all(site.backend.store.read()).await?;
    let of = |status: &str| rows.iter().find(|row| row.status == status).map(|row| row.id);
    Ok(vec![of("published").context("one online elsewhere")?, of("waiting").context("one that waits elsewhere")?])
}

/// An idea that was sent to another town.
async fn idea(site: &Site, home: Uuid) -> anyhow::Result<Uuid> {
    let ideas = idea::Entity::find().filter(idea::Column::MunicipalityId.ne(home));
    Ok(ideas.one(site.backend.store.read()).await?.context("an idea elsewhere")?.id)
}

/// Reviews of a town, one in each state that there is.
async fn reviews(site: &Site, town: Uuid) -> anyhow::Result<Vec<Uuid>> {
    let mut reviews = Vec::new();
    for status in ["waiting", "in_review", "green_light"] {
        let rows = review::Entity::find().filter(review::Column::MunicipalityId.eq(town));
        let row = rows.filter(review::Column::Status.eq(status)).one(site.backend.store.read()).await?;
        reviews.extend(row.map(|row| row.id));
    }
    ensure!(!reviews.is_empty(), "reviews elsewhere");
    Ok(reviews)
}

/// Some files on organisations of other towns.
async fn submissions(site: &Site, home: Uuid) -> anyhow::Result<Vec<Uuid>> {
    let rows = organisation_review::Entity::find()
        .filter(organisation_review::Column::MunicipalityId.ne(home))
        .all(site.backend.store.read())
        .await?;
    ensure!(!rows.is_empty(), "files on organisations elsewhere");
    Ok(rows.into_iter().map(|row| row.id).take(3).collect())
}

/// A letter, an association of a directory and a table that waits, of another town.
async fn letters(site: &Site, home: Uuid) -> anyhow::Result<(Uuid, Uuid, Uuid)> {
    let db = site.backend.store.read();
    let letter = association_letter::Entity::find().filter(association_letter::Column::MunicipalityId.ne(home));
    let letter = letter.one(db).await?.context("a letter elsewhere")?;
    let entry = directory_entry::Entity::find().filter(directory_entry::Column::MunicipalityId.ne(home));
    let entry = entry.one(db).await?.context("an association elsewhere")?;
    let tx = site.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let import = directory_import::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(letter.municipality_id),
        created_by: Set(letter.created_by),
        created_at: Set(site.backend.clock.now()),
        body: Set("nom;mail\nLoin;loin@asso.example".to_owned()),
    };
    let import = import.insert(&tx).await?.id;
    tx.commit().await?;
    Ok((letter.id, entry.id, import))
}

/// A depot of another town, a count there, and deliveries that wait.
async fn equipment(site: &Site, home: Uuid) -> anyhow::Result<(Uuid, Uuid, Uuid)> {
    let db = site.backend.store.read();
    let depot = depot::Entity::find().filter(depot::Column::MunicipalityId.ne(home));
    let depot = depot.one(db).await?.context("a depot elsewhere")?;
    let author = role_grant::Entity::find().filter(role_grant::Column::MunicipalityId.eq(depot.municipality_id));
    let author = author.one(db).await?.context("its coordinator")?.account_id;
    let now = site.backend.clock.now();
    let tx = site.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let count = equipment_count::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(depot.municipality_id),
        depot_id: Set(depot.id),
        started_by: Set(author),
        at: Set(now),
        note: Set(String::new()),
    };
    let count = count.insert(&tx).await?.id;
    let delivery = equipment_import::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(depot.municipality_id),
        created_by: Set(author),
        created_at: Set(now),
        reason: Set(String::new()),
        body: Set("matériel;quantité\ngloves;3".to_owned()),
    };
    let delivery = delivery.insert(&tx).await?.id;
    tx.commit().await?;
    Ok((depot.id, count, delivery))
}

/// A draft of crisis measures of a town, or of the network.
async fn measures(site: &Site, town: Option<&municipality::Model>) -> anyhow::Result<Uuid> {
    let first = crisis_measures::Entity::find().one(site.backend.store.read()).await?.context("measures")?;
    let row = crisis_measures::Model {
        id: Uuid::now_v7(),
        municipality_id: town.map(|town| town.id),
        status: "draft".to_owned(),
        ..first
    };
    let id = row.id;
    let tx = site.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    crisis_measures::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&tx).await?;
    tx.commit().await?;
    Ok(id)
}
