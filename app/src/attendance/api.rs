//! What the pages of attendance ask of the server.
#![allow(
    unused_imports,
    clippy::allow_attributes,
    reason = "bodies of server functions are compiled on the server only"
)]
#![expect(missing_docs, reason = "the fields that #[server] makes are the arguments of the functions")]

use domain::{
    attendance::{Attendance, AttendanceForm, GivenHours, Said, SheetOf, SlotAttendance, ToNote},
    error::{AppError, Problem},
    ids::{MissionId, OrganisationId, SlotId},
};
use leptos::prelude::*;

use crate::{
    request::{self, Failure},
    routes,
};

/// Who is expected at a slot, and what is noted.
#[server(endpoint = "attendance/sheet", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_sheet(organisation: String, mission: String, slot: String) -> Result<SlotAttendance, Failure> {
    let actor = request::actor()?;
    let sheet = SheetOf {
        organisation: request::id(&organisation)?,
        mission: request::id(&mission)?,
        slot: request::id(&slot)?,
    };
    Ok(request::service::<dyn Attendance>()?.sheet(&actor, sheet).await?)
}

/// Notes who came (`save`), counting those of whom nothing is said as present (`rest`), or validates the hours (`validate`).
/// `by` is the account that noted; 403 when another one sends it.
#[server(endpoint = "attendance/note")]
pub async fn note_attendance(
    organisation: String,
    mission: String,
    slot: String,
    form: AttendanceForm,
    #[server(default)] answer: String,
    #[server(default)] by: String,
) -> Result<(), Failure> {
    let actor = request::actor()?;
    // A note that waited for a network on a shared phone is nobody else's.
    if !by.is_empty() && by != actor.signed_in()?.to_string() {
        return Err(AppError::Denied.into());
    }
    let (organisation, mission): (OrganisationId, MissionId) = (request::id(&organisation)?, request::id(&mission)?);
    let slot: SlotId = request::id(&slot)?;
    let (service, sheet) = (request::service::<dyn Attendance>()?, SheetOf { organisation, mission, slot });
    let mut form = form;
    let validate = match answer.as_str() {
        "save" => false,
        "rest" => {
            form.rest_came();
            false
        }
        "validate" => true,
        _ => return Err(AppError::field("answer", Problem::Required).into()),
    };
    let saved =
        if validate { service.validate(&actor, sheet, form).await? } else { service.note(&actor, sheet, form).await? };
    let page = routes::attendance(organisation, mission, slot);
    let next = match saved.changed {
        0 => routes::done(&page, if validate { "heures" } else { "presences" }),
        changed => routes::changed(&page, changed),
    };
    request::redirect(&next);
    Ok(())
}

/// The slots of which an organisation has still to say who came.
#[server(endpoint = "attendance/to-note", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_to_note(organisation: String) -> Result<Vec<ToNote>, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Attendance>()?.to_note(&actor, request::id(&organisation)?).await?)
}

/// Says what came of a slot of one's own application: an answer of [`Said`].
#[server(endpoint = "attendance/say")]
pub async fn say_slot(id: String, slot: String, #[server(default)] answer: String) -> Result<(), Failure> {
    let actor = request::actor()?;
    let said = Said::parse(&answer).ok_or_else(|| AppError::field("answer", Problem::Required))?;
    request::service::<dyn Attendance>()?.say(&actor, request::id(&id)?, request::id(&slot)?, said).await?;
    request::redirect(&routes::done(routes::MY_SPACE, "enregistre"));
    Ok(())
}

/// The hours that the caller has given.
#[server(endpoint = "attendance/given", input = server_fn::codec::GetUrl, output = crate::request::Output)]
pub async fn load_given() -> Result<GivenHours, Failure> {
    let actor = request::actor()?;
    Ok(request::service::<dyn Attendance>()?.given(&actor).await?)
}
