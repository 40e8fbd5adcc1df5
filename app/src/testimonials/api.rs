//! What the pages of testimonials ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    error::{AppError, Problem},
    ids::{MissionId, OrganisationId, TestimonialId},
    testimonials::{
        Decided, DeskFile, DeskList, MissionVoices, OwnTestimonial, OwnTestimonialRow, Testimonials, TheirTestimonials,
        VerdictForm, WrittenForm,
    },
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Everything that is online on a mission.
#[server(endpoint = "testimonials/of-mission", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_mission_voices(mission: String) -> Result<MissionVoices, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Testimonials>()?.of_public_mission(&actor, request::id(&mission)?).await?)
}

/// The missions that the caller came to, and what they said of each.
#[server(endpoint = "testimonials/own", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_own_testimonials() -> Result<Vec<OwnTestimonialRow>, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Testimonials>()?.own_testimonials(&actor).await?)
}

/// What the caller said of a mission.
#[server(endpoint = "testimonials/mine", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_own_testimonial(mission: String) -> Result<OwnTestimonial, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Testimonials>()?.own_testimonial(&actor, request::id(&mission)?).await?)
}

/// Keeps the text (`save`), or sends it to the town (`send`).
#[server(endpoint = "testimonials/write")]
pub async fn write_testimonial(
    mission: String,
    form: WrittenForm,
    #[server(default)] answer: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let mission: MissionId = request::id(&mission)?;
    let send = match answer.as_str() {
        "save" => false,
        "send" => true,
        _ => return Err(AppError::field("answer", Problem::Required).into()),
    };
    request::service::<dyn Testimonials>()?.write_testimonial(&actor, mission, form, send).await?;
    request::redirect(&routes::done(&routes::own_testimonial(mission), if send { "envoye" } else { "enregistre" }));
    Ok(())
}

/// Takes the caller's testimonial back.
#[server(endpoint = "testimonials/withdraw")]
pub async fn withdraw_testimonial(mission: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let mission: MissionId = request::id(&mission)?;
    request::service::<dyn Testimonials>()?.withdraw_testimonial(&actor, mission).await?;
    request::redirect(&routes::done(&routes::own_testimonial(mission), "enregistre"));
    Ok(())
}

/// What is online on the missions of an organisation.
#[server(endpoint = "testimonials/of-organisation", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_their_testimonials(organisation: String) -> Result<TheirTestimonials, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Testimonials>()?.their_testimonials(&actor, request::id(&organisation)?).await?)
}

/// Sends the organisation's answer to the town.
#[server(endpoint = "testimonials/reply")]
pub async fn reply_to_testimonial(
    organisation: String,
    id: String,
    #[server(default)] body: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let organisation: OrganisationId = request::id(&organisation)?;
    let service = request::service::<dyn Testimonials>()?;
    service.reply_to_testimonial(&actor, organisation, request::id(&id)?, body).await?;
    request::redirect(&routes::done(&routes::organisation_testimonials(organisation), "envoye"));
    Ok(())
}

/// Reports what is online to the town.
#[server(endpoint = "testimonials/report")]
pub async fn report_testimonial(
    organisation: String,
    id: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let organisation: OrganisationId = request::id(&organisation)?;
    let service = request::service::<dyn Testimonials>()?;
    service.report_testimonial(&actor, organisation, request::id(&id)?, reason).await?;
    request::redirect(&routes::done(&routes::organisation_testimonials(organisation), "signale"));
    Ok(())
}

/// Those of a town.
#[server(endpoint = "testimonials/of-town", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_town_testimonials(insee: String) -> Result<DeskList, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Testimonials>()?.testimonials_of_town(&actor, &insee).await?)
}

/// One of them.
#[server(endpoint = "testimonials/file", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_town_testimonial(insee: String, id: String) -> Result<DeskFile, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Testimonials>()?.testimonial_file(&actor, &insee, request::id(&id)?).await?)
}

/// A coordinator's act on the state that they saw.
#[server(endpoint = "testimonials/decide")]
pub async fn decide_on_testimonial(
    insee: String,
    id: String,
    seen: String,
    #[server(default)] act: String,
    #[server(default)] reason: String,
    #[server(default)] word: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    let id: TestimonialId = request::id(&id)?;
    let seen = seen.parse().map_err(|_| AppError::Malformed)?;
    let service = request::service::<dyn Testimonials>()?;
    let form = VerdictForm { act, reason, word };
    let next = match service.decide_on_testimonial(&actor, &insee, id, form, seen).await? {
        Decided::Done => routes::done(&routes::town_testimonials(&insee), "enregistre"),
        Decided::ChangedMeanwhile => routes::changed(&routes::town_testimonial(&insee, id), 1),
    };
    request::redirect(&next);
    Ok(())
}
