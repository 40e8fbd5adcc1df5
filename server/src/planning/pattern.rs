//! Slots that repeat: what a pattern would make, and making it.

use domain::{
    actor::Actor,
    ids::{MissionId, OrganisationId},
    missions::MissionStatus,
    planning::{PatternForm, PatternPage, Proposed, pattern::made},
    reviews::due::is_of_alsace_moselle,
    team::Duty,
};
use uuid::Uuid;

use super::{batches, form};
use crate::{
    backend::Backend,
    error::{Result, Told, told},
    missions::{queries as missions, versions},
    network::queries as network,
    store::{Step, Work},
};

/// What a pattern would make, beside what is there.
pub async fn page(backend: &Backend, actor: &Actor, id: MissionId, form: PatternForm) -> Result<PatternPage> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let mission = missions::by_id(db, id).await?;
    let organisation = OrganisationId(mission.organisation_id);
    actor.require_organisation(organisation, Duty::Missions).map_err(told)?;
    let town = network::by_id(db, mission.municipality_id.into()).await?;
    let content = versions::beginning(db, &mission).await?;
    let mut page = PatternPage {
        id,
        organisation,
        title: mission.title.clone(),
        editable: content.is_some(),
        online: matches!(missions::status(&mission), MissionStatus::Published | MissionStatus::Suspended),
        alsace_moselle: is_of_alsace_moselle(&town.insee),
        errors: domain::error::FieldErrors::default(),
        proposed: Vec::new(),
        new: 0,
        existing: content.map(|content| content.slots).unwrap_or_default(),
        form,
    };
    if !page.editable || !page.form.is_asked() {
        return Ok(page);
    }
    match form::parse(&page.form, &town.insee) {
        Err(errors) => page.errors = errors,
        Ok(pattern) => {
            let proposed: Vec<Proposed> = pattern.propose(&page.existing, now);
            match made(&proposed, page.existing.len()) {
                Err(errors) => page.errors = errors,
                Ok(made) => page.new = u32::try_from(made.len())?,
            }
            page.proposed = proposed;
        }
    }
    Ok(page)
}

/// Adds what a pattern makes, as of now: what was previewed but is there by now is left out.
pub async fn add(backend: &Backend, actor: &Actor, id: MissionId, typed: &PatternForm) -> Result<u32> {
    let work = Work::begin(backend, actor).await?;
    let mission = versions::own(&work, id).await?;
    let town = network::by_id(&work.tx, mission.municipality_id.into()).await?;
    let pattern = form::parse(typed, &town.insee).told()?;
    let mut added: Vec<Uuid> = Vec::new();
    versions::change(&work, id, |content| {
        let proposed = pattern.propose(&content.slots, work.now);
        for span in made(&proposed, content.slots.len()).told()? {
            let plan = pattern.plan(Uuid::now_v7(), span);
            added.push(plan.id);
            content.slots.push(plan);
        }
        content.slots.sort_by_key(|slot| (slot.starts_at, slot.id));
        Ok(())
    })
    .await?;
    batches::keep(&work, id, &added).await?;
    let hours = format!("{}–{}", pattern.start.format("%H:%M"), pattern.end.format("%H:%M"));
    let days = format!("{} – {}", pattern.first.format("%d/%m/%Y"), pattern.last.format("%d/%m/%Y"));
    work.record(Step {
        subject: "mission",
        id: mission.id,
        municipality: Some(mission.municipality_id.into()),
        from: None,
        to: "slots_added",
        reason: Some(&format!("{}\u{a0}× {hours}, {days}", added.len())),
    })
    .await?;
    work.commit().await?;
    Ok(u32::try_from(added.len())?)
}
