//! Who is told what, by e-mail.

use app::{i18n::Texts, routes, testimonials::labels};
use domain::{
    actor::{Grant, Locale},
    ids::{AccountId, MissionId, MunicipalityId, OrganisationId, TestimonialId},
    team::Duty,
    testimonials::Why,
};
use uuid::Uuid;

use crate::{
    accounts::queries::{holders, reach, with_duty},
    entity::{mission, testimonial},
    error::Result,
    mail::{Mail, MailKind},
    missions::queries as missions,
    network::queries as network,
    organisations::queries as organisations,
    store::Work,
};

/// A reason in a language: its name, and the town's words.
pub fn reason(locale: Locale, why: &Why) -> String {
    labels::why(Texts(locale), why)
}

/// The title of the mission that a testimonial is on.
async fn title(work: &Work, row: &testimonial::Model) -> Result<String> {
    Ok(missions::by_id(&work.tx, MissionId(row.mission_id)).await?.title)
}

async fn organisation(work: &Work, row: &testimonial::Model) -> Result<String> {
    let mut names = organisations::names(&work.tx, vec![row.organisation_id]).await?;
    Ok(names.remove(&row.organisation_id).unwrap_or_default())
}

/// Writes to the coordinators who may decide.
async fn coordinators(
    work: &Work,
    row: &testimonial::Model,
    owner: Uuid,
    kind: MailKind,
    facts: &[(&str, &str)],
) -> Result<()> {
    let town = network::by_id(&work.tx, MunicipalityId(row.municipality_id)).await?;
    let path = routes::town_testimonial(&town.insee, TestimonialId(row.id));
    let mut apart = vec![row.account_id];
    for team in [row.organisation_id, owner] {
        apart.extend(with_duty(&work.tx, OrganisationId(team), Duty::See).await?.into_iter().map(|account| account.id));
    }
    let all = holders(&work.tx, Grant::Coordinator(MunicipalityId(town.id))).await?;
    for account in all.into_iter().filter(|account| !apart.contains(&account.id)) {
        work.mail_account(AccountId(account.id), Mail { kind, facts, path: &path }).await?;
    }
    Ok(())
}

/// Writes to whoever administers the organisation.
async fn team(work: &Work, row: &testimonial::Model, kind: MailKind, facts: &[(&str, &str)]) -> Result<()> {
    let path = routes::organisation_testimonials(OrganisationId(row.organisation_id));
    for account in with_duty(&work.tx, OrganisationId(row.organisation_id), Duty::Organisation).await? {
        work.mail_account(AccountId(account.id), Mail { kind, facts, path: &path }).await?;
    }
    Ok(())
}

/// Writes to whoever wrote it, a reason in their language.
async fn author(
    work: &Work,
    row: &testimonial::Model,
    kind: MailKind,
    facts: &[(&str, &str)],
    why: Option<&Why>,
) -> Result<()> {
    let Some((email, locale)) = reach(&work.tx, AccountId(row.account_id)).await? else { return Ok(()) };
    let why = why.map(|why| reason(locale, why)).unwrap_or_default();
    let mut facts = facts.to_vec();
    facts.push(("reason", &why));
    let path = routes::own_testimonial(MissionId(row.mission_id));
    work.mail(&email, locale, Mail { kind, facts: &facts, path: &path }).await
}

/// A text waits.
pub async fn to_moderate(work: &Work, row: &testimonial::Model, mission: &mission::Model) -> Result<()> {
    let facts = [("mission", mission.title.as_str())];
    coordinators(work, row, mission.organisation_id, MailKind::TestimonialToModerate, &facts).await
}

/// An organisation's answer waits.
pub async fn reply_to_moderate(work: &Work, row: &testimonial::Model) -> Result<()> {
    let mission = missions::by_id(&work.tx, MissionId(row.mission_id)).await?;
    let organisation = organisation(work, row).await?;
    let facts = [("mission", mission.title.as_str()), ("organisation", organisation.as_str())];
    coordinators(work, row, mission.organisation_id, MailKind::ReplyToModerate, &facts).await
}

/// An organisation reported what is online.
pub async fn reported(work: &Work, row: &testimonial::Model) -> Result<()> {
    let mission = missions::by_id(&work.tx, MissionId(row.mission_id)).await?;
    let organisation = organisation(work, row).await?;
    let facts = [
        ("mission", mission.title.as_str()),
        ("organisation", organisation.as_str()),
        ("reason", row.report.as_deref().unwrap_or_default()),
    ];
    coordinators(work, row, mission.organisation_id, MailKind::TestimonialReported, &facts).await
}

/// A text is online: whoever wrote it and the organisation are told.
pub async fn published(work: &Work, row: &testimonial::Model) -> Result<()> {
    let title = title(work, row).await?;
    author(work, row, MailKind::TestimonialPublished, &[("mission", &title)], None).await?;
    let text = row.online_body.as_deref().unwrap_or_default();
    team(work, row, MailKind::TestimonialOnMission, &[("mission", &title), ("text", text)]).await
}

/// A text was sent back, with what they wrote so that they can mend it.
pub async fn refused(work: &Work, row: &testimonial::Model, why: &Why) -> Result<()> {
    let title = title(work, row).await?;
    author(work, row, MailKind::TestimonialRefused, &[("mission", &title), ("text", &row.body)], Some(why)).await
}

/// A text is no longer online.
pub async fn taken_down(work: &Work, row: &testimonial::Model, text: &str, why: &Why) -> Result<()> {
    let title = title(work, row).await?;
    author(work, row, MailKind::TestimonialTakenDown, &[("mission", &title), ("text", text)], Some(why)).await?;
    gone(work, row).await
}

/// What somebody reported is no longer online, whoever took it away: no report is left without an answer.
pub async fn gone(work: &Work, row: &testimonial::Model) -> Result<()> {
    let title = title(work, row).await?;
    reporter(work, row, MailKind::TestimonialReportUpheld, &[("mission", &title)]).await
}

/// A text that was reported stays.
pub async fn kept(work: &Work, row: &testimonial::Model, word: &str) -> Result<()> {
    let title = title(work, row).await?;
    let facts = [("mission", title.as_str()), ("word", word)];
    reporter(work, row, MailKind::TestimonialReportAnswered, &facts).await
}

/// Writes to whoever reported it, if somebody did.
async fn reporter(work: &Work, row: &testimonial::Model, kind: MailKind, facts: &[(&str, &str)]) -> Result<()> {
    let Some(reporter) = row.reported_by else { return Ok(()) };
    let path = routes::organisation_testimonials(OrganisationId(row.organisation_id));
    work.mail_account(AccountId(reporter), Mail { kind, facts, path: &path }).await
}

/// The organisation's answer is online: both are told.
pub async fn answered(work: &Work, row: &testimonial::Model, text: &str) -> Result<()> {
    let (title, organisation) = (title(work, row).await?, organisation(work, row).await?);
    let facts = [("mission", title.as_str()), ("organisation", organisation.as_str()), ("text", text)];
    author(work, row, MailKind::TestimonialAnswered, &facts, None).await?;
    team(work, row, MailKind::ReplyPublished, &facts).await
}

/// The organisation's answer was sent back, with what they wrote.
pub async fn reply_refused(work: &Work, row: &testimonial::Model, text: &str, why: &Why) -> Result<()> {
    let title = title(work, row).await?;
    let path = routes::organisation_testimonials(OrganisationId(row.organisation_id));
    for account in with_duty(&work.tx, OrganisationId(row.organisation_id), Duty::Organisation).await? {
        let locale = Locale::parse(&account.locale).unwrap_or_default();
        let why = reason(locale, why);
        let facts = [("mission", title.as_str()), ("reason", &why), ("text", text)];
        work.mail(&account.email, locale, Mail { kind: MailKind::ReplyRefused, facts: &facts, path: &path }).await?;
    }
    Ok(())
}
