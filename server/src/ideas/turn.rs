//! The draft of a mission that an idea becomes, in the name of an organisation that is there or is invited.

use app::i18n::{Texts, k::ideas as i};
use domain::{
    access::Role,
    actor::{Actor, Grant},
    error::{AppError, Conflict, Problem},
    fields::LegalForm,
    ideas::{IdeaAction, draft},
    ids::{AccountId, IdeaId, MunicipalityId, OrganisationId},
    organisations::OrganisationStatus,
    text,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{
    queries::{lines, locale, own, write_to_contact},
    show::may_have_missions,
};
use crate::{
    accounts::queries::holders,
    backend::Backend,
    entity::{idea, municipality, organisation},
    error::{Result, Told, told},
    mail::{Mail, MailKind},
    missions::create::begin,
    network::invite::invite_to_organisation,
    organisations::tell::tell,
    store::{Step, Work},
};

/// Makes a draft of an idea. Whoever does is its author: another coordinator gives the green light.
pub async fn turn(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: IdeaId,
    organisation: Option<OrganisationId>,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let (town, row) = own(&work, insee, id).await?;
    let me = work.actor.signed_in().map_err(told)?;
    let before = super::queries::status(&row);
    let after = before.apply(IdeaAction::Turn, Role::Coordinator).told()?;
    let host = match organisation {
        Some(id) => known(&work, &town, id).await?,
        None => new(&work, &town, &row, me).await?,
    };
    let t = Texts(locale(&row));
    let content = draft(&lines(&row), (t.get(i::FOR_WHOM), t.get(i::WHEN)));
    let mission = begin(&work, &host, me, &content).await?;
    let mut changed = row.clone().into_active_model();
    changed.status = Set(after.as_str().to_owned());
    changed.organisation_id = Set(Some(host.id));
    changed.mission_id = Set(Some(mission.0));
    changed.updated_at = Set(work.now);
    changed.ended_at = Set(Some(work.now));
    changed.update(&work.tx).await?;
    work.record(Step {
        subject: "idea",
        id: row.id,
        municipality: Some(MunicipalityId(town.id)),
        from: Some(before.as_str()),
        to: after.as_str(),
        reason: None,
    })
    .await?;
    tell_of(&work, &town, &row, (&host, mission), me).await?;
    work.commit().await
}

/// An organisation of the town that may have missions.
async fn known(work: &Work, town: &municipality::Model, id: OrganisationId) -> Result<organisation::Model> {
    let found = organisation::Entity::find_by_id(id.0)
        .filter(organisation::Column::MunicipalityId.eq(town.id))
        .lock_shared()
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(AppError::field("organisation", Problem::NotAChoice)))?;
    let may = OrganisationStatus::parse(&found.status).is_some_and(may_have_missions);
    if may { Ok(found) } else { Err(told(Conflict::OrganisationNotApproved)) }
}

/// A draft in the association's name. How to reach it stays in the letter: the association says what of it is public.
async fn new(work: &Work, town: &municipality::Model, row: &idea::Model, me: AccountId) -> Result<organisation::Model> {
    let status = OrganisationStatus::Draft.as_str();
    let made = organisation::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(town.id),
        name: Set(row.association.clone()),
        name_folded: Set(text::fold(&row.association)),
        slug: Set(text::slug(&row.association)),
        legal_form: Set(LegalForm::Association.as_str().to_owned()),
        rna: Set(None),
        siret: Set(None),
        description: Set(String::new()),
        email: Set(None),
        phone: Set(None),
        website: Set(None),
        address: Set(None),
        status: Set(status.to_owned()),
        created_by: Set(me.0),
        created_at: Set(work.now),
        updated_at: Set(work.now),
        submitted_at: Set(None),
        decided_at: Set(None),
        decided_by: Set(None),
        decision_reason: Set(None),
    }
    .insert(&work.tx)
    .await?;
    let municipality = Some(MunicipalityId(town.id));
    work.record(Step { subject: "organisation", id: made.id, municipality, from: None, to: status, reason: None })
        .await?;
    Ok(made)
}

/// Writes to whoever sent the idea: with an invitation where nobody administers the organisation yet; else its admins are
/// told too.
async fn tell_of(
    work: &Work,
    town: &municipality::Model,
    row: &idea::Model,
    (host, mission): (&organisation::Model, domain::ids::MissionId),
    me: AccountId,
) -> Result<()> {
    let id = OrganisationId(host.id);
    let facts = [
        ("association", row.association.as_str()),
        ("organisation", &host.name),
        ("service", &town.service_name),
        ("town", &town.name),
    ];
    if !holders(&work.tx, Grant::OrganisationAdmin(id)).await?.is_empty() {
        let path = app::routes::own_mission(id, mission, "texte");
        tell(work, Grant::OrganisationAdmin(id), Mail { kind: MailKind::IdeaDraft, facts: &facts, path: &path })
            .await?;
        return write_to_contact(work, row, MailKind::IdeaTurned, &facts).await;
    }
    let Some(email) = &row.email else { return Ok(()) };
    let path = invite_to_organisation(work, me, email, host).await?;
    work.mail(email, locale(row), Mail { kind: MailKind::IdeaInvitation, facts: &facts, path: &path }).await
}
