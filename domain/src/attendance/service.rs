use async_trait::async_trait;

use super::{AttendanceForm, GivenHours, Said, Saved, SlotAttendance, ToNote};
use crate::{
    actor::Actor,
    error::Outcome,
    ids::{ApplicationId, MissionId, OrganisationId, SlotId},
};

/// Where a sheet stands: the organisation that answers for the slot, the mission, the slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetOf {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The mission.
    pub mission: MissionId,
    /// The slot.
    pub slot: SlotId,
}

/// The use cases of attendance.
#[async_trait]
pub trait Attendance: Send + Sync {
    /// Who is expected at a slot, and what is noted; for admins of the organisation that answers for it.
    async fn sheet(&self, actor: &Actor, sheet: SheetOf) -> Outcome<SlotAttendance>;

    /// Notes who came. A note that somebody changed since the page was shown stays theirs; what is sent twice is noted once.
    async fn note(&self, actor: &Actor, sheet: SheetOf, form: AttendanceForm) -> Outcome<Saved>;

    /// Notes who came, then validates the hours of all of them; everybody must be noted. It tells each person, and an
    /// application of which every slot is validated ends.
    async fn validate(&self, actor: &Actor, sheet: SheetOf, form: AttendanceForm) -> Outcome<Saved>;

    /// The slots of which an organisation has still to say who came, the oldest first; for its admins.
    async fn to_note(&self, actor: &Actor, organisation: OrganisationId) -> Outcome<Vec<ToNote>>;

    /// Says what came of a slot of one's own accepted application; another answer replaces it. `NotFound` of what is not
    /// theirs, `NotInThisState` before the slot is over and once their hours are validated.
    async fn say(&self, actor: &Actor, id: ApplicationId, slot: SlotId, said: Said) -> Outcome<()>;

    /// The hours that the caller has given.
    async fn given(&self, actor: &Actor) -> Outcome<GivenHours>;
}
