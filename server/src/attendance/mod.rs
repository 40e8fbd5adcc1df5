//! Attendance: the server's side.

pub mod end;
pub mod given;
mod note;
pub mod remind;
pub mod say;
mod sheet;
mod to_note;
mod validate;

pub use to_note::{awaiting, held_by};

use async_trait::async_trait;
use domain::{
    actor::Actor,
    attendance::{Attendance, AttendanceForm, GivenHours, Said, Saved, SheetOf, SlotAttendance, ToNote},
    error::Outcome,
    ids::{ApplicationId, OrganisationId, SlotId},
};

use crate::{backend::Backend, error::Answered};

#[async_trait]
impl Attendance for Backend {
    async fn sheet(&self, actor: &Actor, sheet: SheetOf) -> Outcome<SlotAttendance> {
        sheet::sheet(self, actor, sheet).await.answered()
    }

    async fn note(&self, actor: &Actor, sheet: SheetOf, form: AttendanceForm) -> Outcome<Saved> {
        note::note(self, actor, sheet, form).await.answered()
    }

    async fn validate(&self, actor: &Actor, sheet: SheetOf, form: AttendanceForm) -> Outcome<Saved> {
        validate::validate(self, actor, sheet, form).await.answered()
    }

    async fn to_note(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<Vec<ToNote>> {
        to_note::to_note(self, actor, organisation).await.answered()
    }

    async fn say(&self, actor: &Actor, id: ApplicationId, slot: SlotId, said: Said) -> Outcome<()> {
        say::say(self, actor, id, slot, said).await.answered()
    }

    async fn given(&self, actor: &Actor) -> Outcome<GivenHours> {
        given::given(self, actor).await.answered()
    }
}
