//! Validating the hours of a slot: what is noted stays, each person is told, and an application that is wholly validated ends.

use app::{
    i18n::{Texts, k::mails as m},
    ui::time,
};
use domain::{
    actor::{Actor, Locale},
    applications::ApplicationStatus,
    attendance::{AttendanceForm, Mark, Saved, SheetOf},
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::MunicipalityId,
    messages::Door,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{
    end,
    note::{Held, hold, write},
};
use crate::{
    applications::{
        queries,
        tell::{Affair, lines},
    },
    backend::Backend,
    entity::{application, attendance},
    error::{Result, told},
    mail::{Mail, MailKind},
    messages::queries as messages,
    store::{Step, Work},
};

/// Notes, then validates the hours of everybody on the sheet.
pub async fn validate(backend: &Backend, actor: &Actor, sheet: SheetOf, form: AttendanceForm) -> Result<Saved> {
    let work = Work::begin(backend, actor).await?;
    let mut held = hold(&work, sheet).await?;
    if !held.found.timing().may_validate(work.now) {
        return Err(told(Conflict::NotInThisState));
    }
    let invalid = |errors| told(AppError::Invalid(errors));
    let noted = form.read(held.found.timing()).map_err(invalid)?;
    let thanks = form.thanks().map_err(invalid)?;
    let saved = write(&work, &mut held, &noted).await?;
    // What somebody else noted meanwhile is looked at before it is final.
    if saved.changed == 0 {
        everybody(&held, &form)?;
        settle(&work, &mut held, &thanks).await?;
    }
    work.commit().await?;
    Ok(saved)
}

/// Whether everybody is noted.
fn everybody(held: &Held, form: &AttendanceForm) -> Result<()> {
    let mut errors = FieldErrors::default();
    for row in &held.people {
        if queries::status(row) != ApplicationStatus::Accepted || held.notes.contains_key(&row.id) {
            continue;
        }
        let id = row.id.to_string();
        match form.lines.iter().position(|line| line.application == id) {
            Some(line) => errors.add(format!("lines.{line}.mark"), Problem::NotMarked),
            // Accepted since the page was shown.
            None => return Err(told(Conflict::ChangedMeanwhile)),
        }
    }
    errors.into_result().map_err(|errors| told(AppError::Invalid(errors)))
}

async fn settle(work: &Work, held: &mut Held, thanks: &str) -> Result<()> {
    let by = work.actor.signed_in().map_err(told)?;
    let role = work.actor.role_in(held.found.organisation).ok_or_else(|| told(AppError::NotFound))?;
    let mut settled = 0_u32;
    let (own, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut held.people).into_iter().partition(|row| row.volunteer_id == by.0);
    for row in others {
        let Some(note) = held.notes.get(&row.id).filter(|note| note.validated_at.is_none()) else { continue };
        let came = Mark::parse(&note.mark).is_some_and(Mark::came);
        let mut note = note.clone().into_active_model();
        note.thanks = Set(Some(thanks.to_owned()).filter(|thanks| came && !thanks.is_empty()));
        note.validated_at = Set(Some(work.now));
        note.validated_by = Set(Some(by.0));
        let note = note.update(&work.tx).await?;
        let ended = end::when_settled(work, row.clone(), &held.found.mission, role).await?;
        tell(work, held, &row, &note, (thanks, ended)).await?;
        settled += 1;
    }
    if settled == 0 {
        // Nobody certifies their own hours: another admin does.
        return Err(told(if own.is_empty() { Conflict::NotInThisState } else { Conflict::OwnHours }));
    }
    work.record(Step {
        subject: "slot",
        id: held.found.slot.id,
        municipality: Some(MunicipalityId(held.found.mission.municipality_id)),
        from: None,
        to: "hours_validated",
        reason: None,
    })
    .await
}

/// How somebody says that their absence is a mistake: to the organisation while their exchange is open.
async fn reply(work: &Work, locale: Locale, row: &application::Model) -> Result<String> {
    let texts = Texts(locale);
    let slots = queries::slots(&work.tx, vec![row.id]).await?.remove(&row.id).unwrap_or_default();
    // It stays open as long once the application has ended.
    if messages::open_until(queries::status(row), &slots, work.now).is_none() {
        return Ok(texts.get(m::ABSENCE_REPLY_CLOSED).to_owned());
    }
    let exchange = work.link(&app::routes::messages(row.id.into(), Door::Volunteer));
    Ok(texts.with(m::ABSENCE_REPLY, &[("messages", &exchange)]))
}

/// Hours and thanks to those who came; those who did not are told, so that a mistake can be set right. Who was replaced knows.
async fn tell(
    work: &Work,
    held: &Held,
    row: &application::Model,
    note: &attendance::Model,
    (thanks, ended): (&str, Option<ApplicationStatus>),
) -> Result<()> {
    let slots = [held.found.slot.clone()];
    let affair = Affair::read(work, &held.found.mission, row, &slots).await?;
    let locale = affair.locale();
    let kind = match Mark::parse(&note.mark) {
        Some(mark) if mark.came() => MailKind::HoursValidated,
        Some(Mark::Absent) => MailKind::AbsenceNoted,
        _ => return Ok(()),
    };
    let (slot, hours) = (lines(locale, &slots), time::duration(u32::try_from(note.minutes).unwrap_or_default()));
    let said = [("organisation", affair.organisation.as_str()), ("thanks", thanks)];
    let thanks = if thanks.is_empty() { String::new() } else { Texts(locale).with(m::HOURS_THANKS, &said) };
    // Nobody writes of a mission before the last of their slots is validated.
    let page = work.link(app::routes::MY_TESTIMONIALS);
    let may_write = ended == Some(ApplicationStatus::Attended);
    let testimonial =
        if may_write { Texts(locale).with(m::HOURS_TESTIMONIAL, &[("page", &page)]) } else { String::new() };
    let reply = if kind == MailKind::AbsenceNoted { reply(work, locale, row).await? } else { String::new() };
    let facts = [
        ("name", affair.volunteer.given_name.as_str()),
        ("mission", &held.found.mission.title),
        ("organisation", &affair.organisation),
        ("slot", slot.trim_start_matches("• ")),
        ("hours", &hours),
        ("thanks", &thanks),
        ("testimonial", &testimonial),
        ("reply", &reply),
    ];
    work.mail(&affair.volunteer.email, locale, Mail { kind, facts: &facts, path: app::routes::MY_HOURS }).await
}
