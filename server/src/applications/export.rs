//! The applicants of a mission as a table for a spreadsheet. Making one is an act: the history says who did.

use app::{
    applications::status_name,
    i18n::{Texts, k::applications as a},
    ui::time,
};
use domain::{
    actor::Actor,
    applications::{Applicant, ApplicantFilter},
    ids::{MissionId, MunicipalityId, OrganisationId},
    missions::SlotLine,
    paris,
    team::Duty,
    text::sheet,
};

use super::show;
use crate::{
    backend::Backend,
    error::Result,
    missions::{partners, queries as missions},
    organisations::queries as organisations,
    reviews::print::Paper,
    store::{Step, Work},
};

const COLUMNS: [app::i18n::Text; 9] = [
    a::COLUMN_NAME,
    a::COLUMN_STATUS,
    a::COLUMN_SLOTS,
    a::COLUMN_EMAIL,
    a::COLUMN_PHONE,
    a::COLUMN_MINOR,
    a::COLUMN_MESSAGE,
    a::COLUMN_REASON,
    a::COLUMN_SENT,
];

fn line(t: Texts, applicant: Applicant, slots: &[SlotLine]) -> Vec<String> {
    let chosen = slots.iter().filter(|slot| applicant.slots.contains(&slot.id));
    let chosen: Vec<String> = chosen.map(|slot| time::slot(t, slot.kind, slot.starts_at, slot.ends_at)).collect();
    let minor = if applicant.minor { t.get(a::YES) } else { "" };
    let cells = [
        applicant.name,
        t.get(status_name(applicant.status)).to_owned(),
        chosen.join(" · "),
        applicant.email.unwrap_or_default(),
        applicant.phone.unwrap_or_default(),
        minor.to_owned(),
        applicant.message,
        applicant.reason.unwrap_or_default(),
        paris::to_paris(applicant.sent_at).format("%Y-%m-%d %H:%M").to_string(),
    ];
    cells.iter().map(|cell| sheet::text(cell)).collect()
}

/// The table of the applicants that an organisation answers, with the contact details of those that are live.
///
/// # Errors
/// `NotFound` for whoever does not answer them; `OrganisationNotApproved` while the organisation is suspended.
pub async fn table(
    backend: &Backend,
    actor: &Actor,
    organisation: OrganisationId,
    id: MissionId,
    filter: ApplicantFilter,
) -> Result<Paper> {
    let page = show::of_mission(backend, actor, organisation, id).await?;
    let work = Work::begin(backend, actor).await?;
    let mission = missions::by_id(&work.tx, id).await?;
    partners::require(&work.tx, &work.actor, &mission, organisation, Duty::Export).await?;
    organisations::approved(&work.tx, organisation).await?;
    let t = Texts(work.actor.locale);
    let heads = COLUMNS.map(|head| t.get(head).to_owned()).to_vec();
    let lines = page.applicants.into_iter().filter(|applicant| filter.keeps(applicant));
    let rows: Vec<Vec<String>> =
        std::iter::once(heads).chain(lines.map(|applicant| line(t, applicant, &page.slots))).collect();
    work.record(Step {
        subject: "mission",
        id: mission.id,
        municipality: Some(MunicipalityId(mission.municipality_id)),
        from: None,
        to: "applicants_exported",
        reason: None,
    })
    .await?;
    let name = format!("{}-{}.csv", t.get(a::FILE_NAME), mission.slug);
    work.commit().await?;
    Ok((name, sheet::print(&rows).into_bytes()))
}
