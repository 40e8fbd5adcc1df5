//! Beginning a mission.

use domain::{
    actor::{Actor, Locale},
    applications::waiting::DEFAULT_OFFER_HOURS,
    error::{AppError, Problem},
    ids::{AccountId, MissionId, OrganisationId},
    missions::{MissionContent, MissionStatus, TemplateCard},
    organisations::OrganisationStatus,
    team::Duty,
    text,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder};
use uuid::Uuid;

use super::{reference, versions};
use crate::{
    backend::Backend,
    entity::{mission, mission_template, organisation},
    error::{Result, told},
    store::{Step, Work},
};

fn content_of(template: &mission_template::Model, locale: Locale) -> Result<MissionContent> {
    let mut content: MissionContent = serde_json::from_str(locale.pick(&template.content_fr, &template.content_en))?;
    content.domain = Some(template.domain_code.clone());
    Ok(content)
}

/// Templates of the enabled domains, for an organisation that begins a mission.
pub async fn templates(backend: &Backend, actor: &Actor, organisation: OrganisationId) -> Result<Vec<TemplateCard>> {
    actor.require_organisation(organisation, Duty::Missions).map_err(told)?;
    let db = backend.store.read();
    let domains = reference::domains(db, true).await?;
    let templates = mission_template::Entity::find().order_by_asc(mission_template::Column::Position).all(db).await?;
    templates
        .iter()
        .filter_map(|template| {
            let domain = domains.iter().find(|domain| domain.code == template.domain_code)?;
            Some((template, reference::term(domain, actor.locale)))
        })
        .map(|(template, domain)| {
            Ok(TemplateCard {
                code: template.code.clone(),
                label: actor.locale.pick(&template.label_fr, &template.label_en).to_owned(),
                domain,
                goal: content_of(template, actor.locale)?.goal,
            })
        })
        .collect()
}

/// Creates a draft; an organisation that is not approved yet may already write.
pub async fn create(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    template: Option<String>,
) -> Result<MissionId> {
    let work = Work::begin(backend, actor).await?;
    let account = work.actor.require_organisation(organisation, Duty::Missions).map_err(told)?;
    let organisation = writing(&work, organisation).await?;
    let content = beginning(&work, template, actor.locale).await?;
    let id = begin(&work, &organisation, account, &content).await?;
    work.commit().await?;
    Ok(id)
}

/// An organisation that may begin missions; its right to is asked by the caller.
///
/// # Errors
/// `OrganisationNotApproved` once it was refused, and while it is suspended.
pub async fn writing(work: &Work, organisation: OrganisationId) -> Result<organisation::Model> {
    let row = organisation::Entity::find_by_id(organisation.0).one(&work.tx).await?;
    let row = row.ok_or_else(|| told(AppError::NotFound))?;
    match OrganisationStatus::parse(&row.status) {
        None | Some(OrganisationStatus::Refused | OrganisationStatus::Suspended) => {
            Err(told(domain::error::Conflict::OrganisationNotApproved))
        }
        Some(_) => Ok(row),
    }
}

/// Begins a draft in an organisation's name; whoever does is its author.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    work: &Work,
    organisation: &organisation::Model,
    author: AccountId,
    content: &MissionContent,
) -> Result<MissionId> {
    let id = Uuid::now_v7();
    let row = mission::ActiveModel {
        id: Set(id),
        organisation_id: Set(organisation.id),
        municipality_id: Set(organisation.municipality_id),
        status: Set(MissionStatus::Draft.as_str().to_owned()),
        slug: Set(text::slug(&content.title)),
        published_version_id: Set(None),
        working_version_id: Set(None),
        title: Set(content.title.clone()),
        goal: Set(content.goal.clone()),
        domain_code: Set(content.domain.clone()),
        remote: Set(content.remote),
        neighbourhood_id: Set(None),
        open_to_minors: Set(content.open_to_minors),
        choice: Set("at_once".to_owned()),
        offer_hours: Set(i32::try_from(DEFAULT_OFFER_HOURS).unwrap_or_default()),
        opens_on: Set(None),
        practical: Set(String::new()),
        search_text: Set(String::new()),
        starts_at: Set(None),
        ends_at: Set(None),
        created_by: Set(author.0),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        submitted_at: Set(None),
        published_at: Set(None),
        closed_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    let town = row.municipality_id.into();
    versions::add(work, row, content).await?;
    work.record(Step {
        subject: "mission",
        id,
        municipality: Some(town),
        from: None,
        to: MissionStatus::Draft.as_str(),
        reason: None,
    })
    .await?;
    Ok(MissionId(id))
}

/// The template's content, in the writer's language; empty without one.
async fn beginning(work: &Work, template: Option<String>, locale: Locale) -> Result<MissionContent> {
    let Some(code) = template.filter(|code| !code.is_empty()) else {
        return Ok(MissionContent::default());
    };
    let template = mission_template::Entity::find_by_id(code).one(&work.tx).await?;
    content_of(&template.ok_or_else(|| told(AppError::field("template", Problem::NotAChoice)))?, locale)
}
