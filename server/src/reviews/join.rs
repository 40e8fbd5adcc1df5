//! Joins the mission under review to one that is online: its slots become slots of the other, held by its organisation.

use app::{
    i18n::{Text, Texts, k::partners as p},
    routes,
};
use domain::{
    actor::{Actor, Grant, Locale},
    error::{AppError, Conflict},
    fields::Phone,
    ids::{MissionId, OrganisationId, ReviewId},
    missions::{MissionContent, MissionStatus, SlotPlan, VersionStatus, content::MAX_SLOTS},
    organisations::OrganisationStatus,
    reviews::joining::{Fate, JoinPreview, holder, joining},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};

use super::{
    case::Case,
    checklist,
    decide::{SendBack, give_back, read, ready, self_review, under_measures, word},
    findings,
};
use crate::{
    accounts::queries::holders,
    applications::{at_once::accept_pending, tell::lines},
    backend::Backend,
    crisis::queries as crisis,
    entity::{mission, mission_partner, mission_version, municipality, organisation, review, slot},
    error::{Result, told},
    mail::{Mail, MailKind},
    missions::{partners, publish, queries, versions},
    network::queries as towns,
    store::{Step, Work},
    supplies::reserve as supplies,
};

/// The mission that is joined to, held until the transaction ends.
struct Host {
    mission: mission::Model,
    organisation: organisation::Model,
    /// What is online, without what was called off.
    content: MissionContent,
}

impl Host {
    /// Finds it in the review's town and holds it, after what the review holds. Only what is online is waited for, so that
    /// two joins never wait for each other.
    async fn hold(work: &Work, case: &Case, id: MissionId, seen: &str) -> Result<Self> {
        let found = || {
            mission::Entity::find_by_id(id.0)
                .filter(mission::Column::MunicipalityId.eq(case.municipality().0))
                .filter(mission::Column::Id.ne(case.mission.id))
        };
        if found().one(&work.tx).await?.is_none() {
            return Err(told(AppError::NotFound));
        }
        let online = found().filter(mission::Column::Status.eq(MissionStatus::Published.as_str()));
        let gone = || told(Conflict::OtherNotOnline);
        let mission = online.lock_exclusive().one(&work.tx).await?.ok_or_else(gone)?;
        let version = queries::version(&work.tx, mission.published_version_id.ok_or_else(gone)?).await?;
        if version.content_hash != seen {
            return Err(told(Conflict::OtherChanged));
        }
        let organisation = organisation::Entity::find_by_id(mission.organisation_id).one(&work.tx).await?;
        let organisation = organisation.ok_or_else(gone)?;
        let content = partners::living(&work.tx, mission.id, queries::content(&version)?).await?;
        Ok(Self { mission, organisation, content })
    }

    /// The slots that come over, each with who holds it.
    fn take_in(&self, case: &Case, joined: &MissionContent, work: &Work) -> Result<Vec<SlotPlan>> {
        let under_way = self.mission.working_version_id.is_some();
        let come = joining(joined, &self.content, work.now).into_iter().filter(|(_, fate)| *fate != Fate::Past);
        let slots: Vec<SlotPlan> = come
            .map(|(plan, fate)| SlotPlan {
                organisation: holder(self.organisation.id, case.organisation.id, under_way, fate),
                ..plan
            })
            .collect();
        if slots.is_empty() {
            return Err(told(Conflict::NothingToJoin));
        }
        if self.content.slots.len() + slots.len() > MAX_SLOTS {
            return Err(told(Conflict::TooManySlots));
        }
        Ok(slots)
    }
}

/// Joins, as the coordinator who has the review: the same conditions as for a green light, which it is for the slots.
pub async fn join(
    backend: &Backend,
    actor: &Actor,
    id: ReviewId,
    other: MissionId,
    seen: &str,
    reason: &str,
) -> Result<()> {
    let findings = findings::to_keep(backend, actor, id).await?;
    let work = Work::begin(backend, actor).await?;
    let case = Case { findings, ..Case::hold(&work, id).await? };
    ready(&case)?;
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let town = towns::by_id(&work.tx, case.municipality()).await?;
    let host = Host::hold(&work, &case, other, seen).await?;
    let exception = [&case.mission, &host.mission]
        .into_iter()
        .map(|mission| self_review(&work, case.me.0, mission, &version, &town))
        .collect::<Result<Vec<_>>>()?;
    let reason = read(&word(reason)?)?;
    let content = queries::content(&version)?;
    allowed(&work, &case, &version, &content).await?;
    let slots = host.take_in(&case, &content, &work)?;
    let said = |key: Text, mission: &str, organisation: &str| {
        let facts = [("title", mission), ("organisation", organisation), ("reason", reason.as_str())];
        Texts(Locale::Fr).with(key, &facts)
    };
    let refusal = said(p::REFUSED_BECAUSE, &host.mission.title, &host.organisation.name);
    give_back(&work, &case, &version, SendBack::REFUSAL, &refusal).await?;
    let mut line = said(p::JOINED_BECAUSE, &content.title, &case.organisation.name);
    if let Some(exception) = exception.into_iter().flatten().next() {
        line = format!("{line}\n\n{exception}");
    }
    if host.organisation.id != case.organisation.id {
        keep_partner(&work, &case, &host, &reason).await?;
        // A partner that joins again may accept at once from now on.
        accept_pending(&work, &host.mission, OrganisationId(case.organisation.id)).await?;
    }
    let held = put_online(&work, &host, &slots, version.author_id, &line).await?;
    tell_both(&work, &case, &host, &town, (&held, &reason)).await?;
    work.commit().await
}

/// What a green light asks of the mission that is joined.
async fn allowed(work: &Work, case: &Case, version: &mission_version::Model, content: &MissionContent) -> Result<()> {
    // A mission that is or was online goes on with the version that it has.
    if case.mission.published_version_id.is_some() || queries::status(&case.mission) != MissionStatus::Submitted {
        return Err(told(Conflict::NotInThisState));
    }
    if case.review.content_hash != version.content_hash {
        return Err(told(Conflict::ChangedMeanwhile));
    }
    if case.organisation.status != OrganisationStatus::Approved.as_str() {
        return Err(told(Conflict::OrganisationNotApproved));
    }
    let asked = under_measures(work, case, content).await?;
    if checklist::missing_to_join(&work.tx, case.review.id, asked).await? > 0 {
        return Err(told(Conflict::ChecklistIncomplete));
    }
    Ok(())
}

/// The other mission gets a version with the slots, approved by this decision. What its own organisation is writing or has
/// sent stays as it is. Answers the slots as they are now.
async fn put_online(
    work: &Work,
    host: &Host,
    slots: &[SlotPlan],
    author: uuid::Uuid,
    reason: &str,
) -> Result<Vec<slot::Model>> {
    let mut content = host.content.clone();
    content.slots.extend_from_slice(slots);
    content.slots.sort_by_key(|slot| (slot.starts_at, slot.id));
    let version = versions::insert(work, host.mission.id, &content, author, VersionStatus::Submitted).await?;
    let mission = publish::put_online(work, host.mission.clone(), version, content).await?;
    supplies::settle(work, &mission, true).await?;
    work.record(Step {
        subject: "mission",
        id: host.mission.id,
        municipality: Some(host.mission.municipality_id.into()),
        from: Some(MissionStatus::Published.as_str()),
        to: "joined",
        reason: Some(reason),
    })
    .await?;
    let mut rows = queries::slots(&work.tx, vec![host.mission.id]).await?;
    rows.retain(|row| slots.iter().any(|plan| plan.id == row.id));
    Ok(rows)
}

/// The partner receives volunteers as the mission that is joined says; when it joins again, as the latest one says.
async fn keep_partner(work: &Work, case: &Case, host: &Host, reason: &str) -> Result<()> {
    use mission_partner::Column;
    let row = mission_partner::ActiveModel {
        mission_id: Set(host.mission.id),
        organisation_id: Set(case.organisation.id),
        joined_mission_id: Set(case.mission.id),
        choice: Set(case.mission.choice.clone()),
        practical: Set(case.mission.practical.clone()),
        reason: Set(reason.to_owned()),
        joined_by: Set(case.me.0),
        joined_at: Set(work.now),
    };
    let again = OnConflict::columns([Column::MissionId, Column::OrganisationId])
        .update_columns([
            Column::JoinedMissionId,
            Column::Choice,
            Column::Practical,
            Column::Reason,
            Column::JoinedBy,
            Column::JoinedAt,
        ])
        .to_owned();
    mission_partner::Entity::insert(row).on_conflict(again).exec_without_returning(&work.tx).await?;
    Ok(())
}

/// Tells the admins of both organisations what happened, where to look and whom to reach.
async fn tell_both(
    work: &Work,
    case: &Case,
    host: &Host,
    town: &municipality::Model,
    (slots, reason): (&[slot::Model], &str),
) -> Result<()> {
    let (mission, owner, joiner) = (MissionId(host.mission.id), &host.organisation, &case.organisation);
    let own = owner.id == joiner.id;
    let partner_page = routes::own_mission(OrganisationId(joiner.id), mission, "candidatures");
    let page = routes::own_mission(OrganisationId(owner.id), mission, "relecture");
    let contact = contact(town);
    let told = if own {
        vec![(owner.id, MailKind::OwnMissionJoined, page)]
    } else {
        vec![(joiner.id, MailKind::MissionJoined, partner_page), (owner.id, MailKind::PartnerJoined, page)]
    };
    for (organisation, kind, path) in told {
        for admin in holders(&work.tx, Grant::OrganisationAdmin(OrganisationId(organisation))).await? {
            let locale = Locale::parse(&admin.locale).unwrap_or_default();
            let slots = lines(locale, slots);
            let facts = [
                ("mission", host.mission.title.as_str()),
                ("joined", &case.mission.title),
                ("organisation", &owner.name),
                ("partner", &joiner.name),
                ("town", &town.name),
                ("slots", &slots),
                ("reason", reason),
                ("contact", &contact),
            ];
            work.mail(&admin.email, locale, Mail { kind, facts: &facts, path: &path }).await?;
        }
    }
    Ok(())
}

/// How the town's service is reached.
fn contact(town: &municipality::Model) -> String {
    let phone = town.service_phone.as_ref().map(|phone| Phone::parse(phone).map_or(phone.clone(), |p| p.to_string()));
    let parts = [Some(town.service_name.clone()), town.service_email.clone(), phone];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What joining would do, where it can be: the review is open on a mission that never was online, the other one is online.
///
/// # Errors
/// When the database cannot be reached.
pub async fn preview(
    db: &impl ConnectionTrait,
    (review, mission, content): (&review::Model, &mission::Model, &MissionContent),
    (host, online): (&mission::Model, &mission_version::Model),
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Option<JoinPreview>> {
    let fresh = mission.published_version_id.is_none() && queries::status(mission) == MissionStatus::Submitted;
    if !fresh || !queries::status(host).is_public() {
        return Ok(None);
    }
    let living = partners::living(db, host.id, queries::content(online)?).await?;
    let measures = crisis::of_town(db, mission.municipality_id.into(), now).await?;
    let asked = checklist::Asked { domain: content.domain.as_deref(), crisis: measures.hold(now) };
    let lines = queries::planned(content, mission.organisation_id);
    let fates = joining(content, &living, now);
    let fate = |id: uuid::Uuid| fates.iter().find(|(plan, _)| plan.id == id).map_or(Fate::Past, |(_, fate)| *fate);
    Ok(Some(JoinPreview {
        slots: lines
            .into_iter()
            .map(|line| {
                let fate = fate(line.id.0);
                (line, fate)
            })
            .collect(),
        same_organisation: host.organisation_id == mission.organisation_id,
        missing: checklist::missing_to_join(db, review.id, asked).await?,
        seen: online.content_hash.clone(),
    }))
}
