use domain::{
    actor::{Actor, Locale},
    error::{AppError, Problem},
    fields::InseeCode,
    ids::MunicipalityId,
    reviews::due::{self, OpenDays},
    text,
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use crate::{
    backend::Backend,
    communes::{Commune, Communes},
    entity::municipality,
    error::{Result, told},
    store::{Step, Work},
};

/// Opens a town of France: what is known of it is copied, the rest it sets itself.
pub async fn open(backend: &Backend, actor: &Actor, insee: &str) -> Result<()> {
    actor.require_network().map_err(told)?;
    let wrong = |problem| told(AppError::field("insee", problem));
    let code = InseeCode::parse(insee).map_err(wrong)?;
    let commune = Communes::embedded().by_insee(code.as_str()).ok_or_else(|| wrong(Problem::NotAnInseeCode))?;
    let work = Work::begin(backend, actor).await?;
    work.actor.require_network().map_err(told)?;
    let id = Uuid::now_v7();
    let row = row(&work, id, commune)?;
    let once = OnConflict::column(municipality::Column::Insee).do_nothing().to_owned();
    let opened = municipality::Entity::insert(row).on_conflict(once).exec_without_returning(&work.tx).await?;
    if opened == 0 {
        return Err(wrong(Problem::AlreadyOpen));
    }
    let municipality = Some(MunicipalityId(id));
    work.record(Step { subject: "municipality", id, municipality, from: None, to: "open", reason: None }).await?;
    work.commit().await
}

fn row(work: &Work, id: Uuid, commune: &Commune) -> Result<municipality::ActiveModel> {
    let service_name = app::i18n::Texts(Locale::Fr).get(app::i18n::k::network::DEFAULT_SERVICE_NAME);
    Ok(municipality::ActiveModel {
        id: Set(id),
        insee: Set(commune.code().to_owned()),
        name: Set(commune.name().to_owned()),
        slug: Set(text::slug(commune.name())),
        department: Set(commune.department().to_owned()),
        postcodes: Set(commune.postcodes().to_owned()),
        population: Set(i32::try_from(commune.population())?),
        latitude: Set(commune.latitude()),
        longitude: Set(commune.longitude()),
        service_name: Set(service_name.to_owned()),
        service_email: Set(None),
        service_phone: Set(None),
        opening_days: Set(None),
        review_hours: Set(i32::try_from(due::DEFAULT_HOURS)?),
        self_review_allowed: Set(false),
        work_days: Set(i32::from(OpenDays::WEEKDAYS.bits())),
        reminder_hours: Set(i32::try_from(due::DEFAULT_REMINDER_HOURS)?),
        escalation_email: Set(None),
        opened_at: Set(work.now),
    })
}
