//! What everybody reads: one question for each page, by an index of what is online.

use app::{i18n::Texts, testimonials::markup};
use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Locale},
    error::AppError,
    ids::{MissionId, MunicipalityId, OrganisationId},
    missions::MissionStatus,
    organisations::OrganisationStatus,
    paris,
    testimonials::{MissionVoices, ReplyStatus, Voice, rules},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::queries::signed;
use crate::{
    backend::Backend,
    entity::{account, mission, organisation, testimonial},
    error::{Result, told},
    missions::queries as missions,
};

/// The page that shows them.
#[derive(Debug, Clone, Copy)]
pub enum Page<'a> {
    /// A mission's: the newest, and a way to the others.
    Mission(&'a mission::Model),
    /// All of a mission's.
    All(MissionId),
    /// An organisation's.
    Organisation(OrganisationId),
    /// A town's.
    Town(MunicipalityId),
}

/// Most that the page of all of them shows.
const MOST: u64 = 200;

#[derive(Debug, FromQueryResult)]
struct Row {
    online_body: String,
    online_signature: String,
    online_at: DateTime<Utc>,
    reply_status: Option<String>,
    reply_body: Option<String>,
    given_name: String,
    mission_id: Uuid,
    slug: String,
    title: String,
    organisation: String,
}

impl Row {
    fn voice(self, with_mission: bool) -> Voice {
        let online = self.reply_status.as_deref() == Some(ReplyStatus::Published.as_str());
        Voice {
            given_name: signed(&self.online_signature, &self.given_name),
            body: self.online_body,
            day: paris::date(self.online_at),
            mission: with_mission.then_some((MissionId(self.mission_id), self.slug, self.title)),
            reply: self.reply_body.filter(|_| online).map(|body| (self.organisation, body)),
        }
    }
}

/// The newest of a page: of accounts that are open, missions whose page is public, organisations that work now.
async fn newest(db: &impl ConnectionTrait, page: Page<'_>, most: u64) -> Result<Vec<Row>> {
    use testimonial::Column as C;
    let of = match page {
        Page::Mission(row) => C::MissionId.eq(row.id),
        Page::All(id) => C::MissionId.eq(id.0),
        Page::Organisation(id) => C::OrganisationId.eq(id.0),
        Page::Town(id) => C::MunicipalityId.eq(id.0),
    };
    let public = [MissionStatus::Published, MissionStatus::Closed].map(MissionStatus::as_str);
    let (account, mission, organisation) = (
        testimonial::Entity::belongs_to(account::Entity).from(C::AccountId).to(account::Column::Id).into(),
        testimonial::Entity::belongs_to(mission::Entity).from(C::MissionId).to(mission::Column::Id).into(),
        testimonial::Entity::belongs_to(organisation::Entity)
            .from(C::OrganisationId)
            .to(organisation::Column::Id)
            .into(),
    );
    Ok(testimonial::Entity::find()
        .select_only()
        .columns([C::OnlineBody, C::OnlineSignature, C::OnlineAt, C::ReplyStatus, C::ReplyBody, C::MissionId])
        .column(account::Column::GivenName)
        .columns([mission::Column::Slug, mission::Column::Title])
        .column_as(organisation::Column::Name, "organisation")
        .join(JoinType::InnerJoin, account)
        .join(JoinType::InnerJoin, mission)
        .join(JoinType::InnerJoin, organisation)
        .filter(of)
        .filter(C::OnlineAt.is_not_null())
        .filter(account::Column::DisabledAt.is_null())
        .filter(mission::Column::Status.is_in(public))
        .filter(organisation::Column::Status.eq(OrganisationStatus::Approved.as_str()))
        .order_by_desc(C::OnlineAt)
        .order_by_desc(C::Id)
        .limit(most)
        .into_model()
        .all(db)
        .await?)
}

/// What a page shows of them, as markup; empty where there is none.
///
/// # Errors
/// When the database cannot be reached.
pub async fn shown(db: &impl ConnectionTrait, locale: Locale, page: Page<'_>) -> Result<String> {
    let most = match page {
        Page::Mission(_) => rules::ON_MISSION,
        Page::All(_) => MOST,
        Page::Organisation(_) => rules::ON_ORGANISATION,
        Page::Town(_) => rules::ON_TOWN,
    };
    // One more tells whether there are others.
    let mut rows = newest(db, page, most + 1).await?;
    let most = usize::try_from(most)?;
    let more = match page {
        Page::Mission(row) if rows.len() > most => Some(app::routes::mission_testimonials(MissionId(row.id))),
        _ => None,
    };
    rows.truncate(most);
    let elsewhere = matches!(page, Page::Organisation(_) | Page::Town(_));
    let voices: Vec<Voice> = rows.into_iter().map(|row| row.voice(elsewhere)).collect();
    Ok(markup::section(Texts(locale), &voices, !matches!(page, Page::All(_)), more.as_deref()))
}

/// Everything that is online on a mission whose page is public.
pub async fn of_public_mission(backend: &Backend, actor: &Actor, id: MissionId) -> Result<MissionVoices> {
    let db = backend.store.read();
    let mission = missions::by_id(db, id).await?;
    let public = matches!(missions::status(&mission), MissionStatus::Published | MissionStatus::Closed);
    if !public || mission.published_version_id.is_none() {
        return Err(told(AppError::NotFound));
    }
    let voices = shown(db, actor.locale, Page::All(id)).await?;
    Ok(MissionVoices { mission: (id, mission.slug, mission.title), voices })
}
