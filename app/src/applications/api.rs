//! What the pages of applications ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    applications::{
        ApplicationForm, ApplicationStatus, Applications, ConsentAction, ConsentStatus, FurtherSlots, GuardianPage,
        MissionApplications, MoveForm, OfferedPlace, VolunteerSpace, month::MonthPage, pass::PassPage,
    },
    error::{AppError, Problem},
    ids::{ApplicationId, MissionId, OrganisationId},
};
use leptos::prelude::*;

use crate::{
    applications::AskedFor,
    request::{self, Failure},
    routes,
};

/// Offers help for some slots of a mission.
#[server(endpoint = "applications/apply")]
pub async fn apply(mission: String, form: ApplicationForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let mission: MissionId = request::id(&mission)?;
    let guardian = !form.guardian.is_empty();
    let status = request::service::<dyn Applications>()?.apply(&actor, mission, form).await?;
    request::redirect(&routes::applied(status, guardian));
    Ok(())
}

/// What may be added to one's own application, or taken instead of a slot of it.
#[server(endpoint = "applications/further", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_further(id: String) -> Result<FurtherSlots, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Applications>()?.further(&actor, request::id(&id)?).await?)
}

/// Asks for further slots of the mission of one's own application.
#[server(endpoint = "applications/add-slots")]
pub async fn add_slots(id: String, form: ApplicationForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    let status = request::service::<dyn Applications>()?.add_further(&actor, request::id(&id)?, form).await?;
    request::redirect(&routes::applied(status, false));
    Ok(())
}

/// Takes one slot instead of another.
#[server(endpoint = "applications/move-slot")]
pub async fn move_slot(id: String, form: MoveForm) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Applications>()?.move_slot(&actor, request::id(&id)?, form).await?;
    request::redirect(&routes::done(routes::MY_SPACE, "creneau-change"));
    Ok(())
}

/// Takes one's own application back.
#[server(endpoint = "applications/withdraw")]
pub async fn withdraw(id: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Applications>()?.withdraw(&actor, request::id(&id)?).await?;
    request::redirect(&routes::done(routes::MY_SPACE, "retire"));
    Ok(())
}

/// Takes one slot out of one's own application.
#[server(endpoint = "applications/leave-slot")]
pub async fn leave_slot(id: String, #[server(default)] slot: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Applications>()?.leave_slot(&actor, request::id(&id)?, request::id(&slot)?).await?;
    request::redirect(&routes::done(routes::MY_SPACE, "creneau-retire"));
    Ok(())
}

/// The place that is held for somebody: by the secret of the e-mail's link, or for the volunteer.
#[server(endpoint = "applications/offered", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_offered(id: String, #[server(default)] secret: String) -> Result<OfferedPlace, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Applications>()?.offered(&actor, request::id(&id)?, &secret).await?)
}

/// Takes that place (`take`), or leaves it (`leave`).
#[server(endpoint = "applications/answer-offer")]
pub async fn answer_offer(
    id: String,
    #[server(default)] secret: String,
    #[server(default)] answer: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: ApplicationId = request::id(&id)?;
    let take = match answer.as_str() {
        "take" => true,
        "leave" => false,
        _ => return Err(AppError::field("answer", Problem::Required).into()),
    };
    let status = request::service::<dyn Applications>()?.answer_offer(&actor, id, &secret, take).await?;
    let notice = match status {
        ApplicationStatus::Accepted => "place-acceptee",
        ApplicationStatus::Pending => "place-demandee",
        _ => "place-laissee",
    };
    request::redirect(&routes::done(&routes::offered_place(id, &secret), notice));
    Ok(())
}

/// What a guardian is asked to consent to, by the secret of the e-mail's link.
#[server(endpoint = "applications/guardian", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_guardian(id: String, #[server(default)] secret: String) -> Result<GuardianPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Applications>()?.guardian(&actor, request::id(&id)?, &secret).await?)
}

/// The guardian's answer: `give`, `refuse`, or `withdraw` what was given.
#[server(endpoint = "applications/answer-guardian")]
pub async fn answer_guardian(
    id: String,
    #[server(default)] secret: String,
    #[server(default)] answer: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: ApplicationId = request::id(&id)?;
    let action = ConsentAction::parse(&answer).ok_or_else(|| AppError::field("answer", Problem::Required))?;
    let notice = match request::service::<dyn Applications>()?.answer_guardian(&actor, id, &secret, action).await? {
        ConsentStatus::Given => "accord-donne",
        ConsentStatus::Withdrawn => "accord-retire",
        ConsentStatus::Asked | ConsentStatus::Refused => "accord-refuse",
    };
    request::redirect(&routes::done(&routes::guardian(id, &secret), notice));
    Ok(())
}

/// Sends a guardian the link again, at this address.
#[server(endpoint = "applications/ask-guardian")]
pub async fn ask_guardian(id: String, #[server(default)] guardian: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    request::service::<dyn Applications>()?.ask_guardian(&actor, request::id(&id)?, &guardian).await?;
    request::redirect(&routes::done(routes::MY_SPACE, "accord-demande"));
    Ok(())
}

/// The volunteer's space.
#[server(endpoint = "applications/mine", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_space() -> Result<VolunteerSpace, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Applications>()?.mine(&actor).await?)
}

/// A month of one's own slots; this one where nothing, or no month, is named.
#[server(endpoint = "applications/month", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_month(month: String) -> Result<MonthPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Applications>()?.month(&actor, &month).await?)
}

/// What the volunteer shows on arrival.
#[server(endpoint = "applications/pass", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_pass(id: String) -> Result<PassPage, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Applications>()?.pass(&actor, request::id(&id)?).await?)
}

/// Gives the volunteer's calendar an address (`on`), a new one if it has one, or takes it away (`off`).
#[server(endpoint = "applications/calendar")]
pub async fn set_calendar(#[server(default)] answer: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (on, notice) = match answer.as_str() {
        "on" => (true, "agenda"),
        "off" => (false, "agenda-arrete"),
        _ => return Err(AppError::field("answer", Problem::Required).into()),
    };
    request::service::<dyn Applications>()?.set_calendar(&actor, on).await?;
    request::redirect(&routes::done(routes::MY_SPACE, notice));
    Ok(())
}

/// The applications of a mission that an organisation answers.
#[server(endpoint = "applications/of-mission", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_applications(organisation: String, mission: String) -> Result<MissionApplications, Failure> {
    let actor = request::actor()?;
    let organisation: OrganisationId = request::id(&organisation)?;
    Ok(request::service::<dyn Applications>()?.of_mission(&actor, organisation, request::id(&mission)?).await?)
}

/// Accepts or declines some applications. The page comes back as it was asked for.
#[server(endpoint = "applications/decide")]
pub async fn decide(
    organisation: String,
    mission: String,
    #[server(default)] ids: Vec<String>,
    #[server(default)] answer: String,
    #[server(default)] reason: String,
    #[server(default)] asked: AskedFor,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let (organisation, mission): (OrganisationId, MissionId) = (request::id(&organisation)?, request::id(&mission)?);
    let ids = ids.iter().map(|id| request::id::<ApplicationId>(id)).collect::<Result<Vec<_>, _>>()?;
    let service = request::service::<dyn Applications>()?;
    let done = service.decide(&actor, mission, ids, answer == "accept", reason).await?;
    let page = routes::own_mission(organisation, mission, "candidatures");
    let page = format!("{page}?reponses={}&complets={}&ignorees={}", done.done, done.full, done.skipped);
    let page = if done.unconsented > 0 { format!("{page}&accords={}", done.unconsented) } else { page };
    let page = if done.forbidden > 0 { format!("{page}&mesures={}", done.forbidden) } else { page };
    let page = page + &asked.query();
    request::redirect(&if done.done > 0 { routes::done(&page, "reponses") } else { page });
    Ok(())
}
