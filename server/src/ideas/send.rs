use domain::{
    actor::{Actor, Grant},
    ideas::{Idea, IdeaForm, IdeaStatus, IdeaWelcome},
    ids::MunicipalityId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use super::queries::write_to_contact;
use crate::{
    backend::Backend,
    entity::{idea, municipality},
    error::{Result, Told},
    mail::{Mail, MailKind},
    network::queries::{by_insee, town_ref},
    organisations::tell,
    store::{Step, Work},
    throttle::{self, Limit},
};

/// What the page of the public form shows.
pub async fn welcome(backend: &Backend, insee: &str) -> Result<IdeaWelcome> {
    let town = by_insee(backend.store.read(), insee).await?;
    Ok(IdeaWelcome { service: town.service_name.clone(), town: town_ref(&town) })
}

/// Keeps an idea, and writes to whoever sent it and to the town's service. Whoever fills in the field that nobody sees is
/// answered alike, and nothing is kept.
pub async fn send(backend: &Backend, actor: &Actor, insee: &str, form: IdeaForm) -> Result<()> {
    let town = by_insee(backend.store.read(), insee).await?;
    let idea = Idea::read(&form).told()?;
    throttle::take(backend, &format!("idea:{}", actor.address), Limit::IDEAS).await?;
    throttle::take(backend, &format!("mail:{}", idea.email.as_str()), Limit::MAILS).await?;
    if !form.website.trim().is_empty() {
        return Ok(());
    }
    let work = Work::begin(backend, actor).await?;
    let row = keep(&work, &town, idea).await?;
    let facts = [("association", row.association.as_str()), ("town", &town.name), ("idea", &row.what)];
    write_to_contact(&work, &row, MailKind::IdeaReceived, &facts).await?;
    let path = app::routes::idea(&town.insee, row.id.into());
    let mail = Mail { kind: MailKind::IdeaToAnswer, facts: &facts, path: &path };
    tell::tell(&work, Grant::Coordinator(MunicipalityId(town.id)), mail).await?;
    work.commit().await
}

async fn keep(work: &Work, town: &municipality::Model, idea: Idea) -> Result<idea::Model> {
    let status = IdeaStatus::New.as_str();
    let row = idea::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(town.id),
        status: Set(status.to_owned()),
        association: Set(idea.association),
        contact_name: Set(Some(idea.contact_name)),
        email: Set(Some(idea.email.into())),
        phone: Set(idea.phone.map(String::from)),
        locale: Set(work.actor.locale.as_str().to_owned()),
        what: Set(idea.what),
        whom: Set(idea.whom),
        place: Set(idea.place),
        moment: Set(idea.moment),
        reason: Set(None),
        organisation_id: Set(None),
        mission_id: Set(None),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        ended_at: Set(None),
        erased_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    let municipality = Some(MunicipalityId(town.id));
    work.record(Step { subject: "idea", id: row.id, municipality, from: None, to: status, reason: None }).await?;
    Ok(row)
}
