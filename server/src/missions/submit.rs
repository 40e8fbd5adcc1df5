use domain::{
    actor::{Actor, Grant},
    error::Conflict,
    ids::{MissionId, OrganisationId},
    missions::{MissionAction, VersionAction, VersionStatus},
    organisations::OrganisationStatus,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{queries, reference, versions};
use crate::{
    accounts::queries::holders,
    backend::Backend,
    crisis::queries as crisis,
    entity::{mission, organisation},
    error::{Result, Told, told},
    mail::{Mail, MailKind},
    reviews::open,
    store::{Step, Work},
};

/// Sends the version being written to the town's coordinators.
pub async fn submit(backend: &Backend, actor: &Actor, id: MissionId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let mission = versions::own(&work, id).await?;
    let organisation = organisation::Entity::find_by_id(mission.organisation_id).one(&work.tx).await?;
    let approved = |row: &organisation::Model| row.status == OrganisationStatus::Approved.as_str();
    let organisation = organisation.filter(approved).ok_or_else(|| told(Conflict::OrganisationNotApproved))?;
    let version = mission.working_version_id.ok_or_else(|| told(Conflict::NotInThisState))?;
    let version = queries::version(&work.tx, version).await?;
    let before = versions::status(&version);
    let next = before.apply(VersionAction::Submit, versions::ROLE).told()?;
    let mut content = queries::content(&version)?;
    if before == VersionStatus::ChangesRequested {
        // Sent as it was: places that were taken away since do not come back with it.
        content = versions::kept(&work.tx, mission.id, content, &version).await?;
    }
    complete(&work, &mission, &content).await?;
    let mut row = version.into_active_model();
    if before == VersionStatus::ChangesRequested {
        row.content = Set(content.canonical_json());
        row.content_hash = Set(versions::hash(&content));
    }
    row.status = Set(next.as_str().to_owned());
    row.submitted_at = Set(Some(work.now));
    let version = row.update(&work.tx).await?;
    let mission = if mission.published_version_id.is_none() { first(&work, mission).await? } else { mission };
    let town = crate::network::queries::by_id(&work.tx, mission.municipality_id.into()).await?;
    let due = open::open(&work, &mission, &version, &town).await?;
    let title = content.title;
    for admin in holders(&work.tx, Grant::OrganisationAdmin(OrganisationId(organisation.id))).await? {
        let locale = domain::actor::Locale::parse(&admin.locale).unwrap_or_default();
        work.mail(
            &admin.email,
            locale,
            Mail {
                kind: MailKind::MissionSubmitted,
                facts: &[("mission", &title), ("town", &town.name), ("due", &app::ui::time::instant(locale, due))],
                path: &app::routes::own_mission(organisation.id.into(), id, "relecture"),
            },
        )
        .await?;
    }
    work.commit().await
}

/// The content must be complete; unchanged slots of a later version may be past.
async fn complete(work: &Work, mission: &mission::Model, content: &domain::missions::MissionContent) -> Result<()> {
    let enabled: Vec<String> =
        reference::domains(&work.tx, true).await?.into_iter().map(|domain| domain.code).collect();
    match mission.published_version_id {
        None => content.check_complete(work.now, &enabled).told()?,
        Some(published) => {
            let approved = queries::content(&queries::version(&work.tx, published).await?)?;
            content.check_revision(work.now, &enabled, &approved).told()?;
        }
    }
    let measures = crisis::of_town(&work.tx, mission.municipality_id.into(), work.now).await?;
    measures.check_groups(content, work.now).told()
}

/// A mission that was never public follows its first version.
async fn first(work: &Work, mission: mission::Model) -> Result<mission::Model> {
    let before = queries::status(&mission);
    let after = before.apply(MissionAction::Submit, versions::ROLE).told()?;
    let mut row = mission.into_active_model();
    row.status = Set(after.as_str().to_owned());
    row.submitted_at = Set(Some(work.now));
    let mission = row.update(&work.tx).await?;
    work.record(Step {
        subject: "mission",
        id: mission.id,
        municipality: Some(mission.municipality_id.into()),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason: None,
    })
    .await?;
    Ok(mission)
}
