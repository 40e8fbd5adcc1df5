//! Identifiers: one type per thing, so that a slot's id is never taken for a mission's.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A person's account.
    AccountId,
    /// A town: the tenant.
    MunicipalityId,
    /// A part of a town, named by the town.
    NeighbourhoodId,
    /// An association, town hall, CCAS… that proposes missions.
    OrganisationId,
    /// What is asked of volunteers, in one municipality.
    MissionId,
    /// One version of a mission's reviewed content.
    VersionId,
    /// A dated part of a mission, or an open period, with its own places.
    SlotId,
    /// Slots that were added together, by a pattern.
    SlotBatchId,
    /// The coordinators' file on one version of a mission.
    ReviewId,
    /// A point that a coordinator asks an organisation to change.
    RequestId,
    /// A volunteer's offer for slots of a mission.
    ApplicationId,
    /// What somebody reported of an exchange about an application.
    MessageReportId,
    /// A text that an organisation keeps to answer with.
    AnswerTemplateId,
    /// An invitation to take a role.
    InvitationId,
    /// An e-mail in the outbox.
    LetterId,
    /// An association in a town's directory.
    DirectoryEntryId,
    /// A directory that waits to be imported.
    DirectoryImportId,
    /// A letter to the associations of a town.
    AssociationLetterId,
    /// Where a town keeps its equipment.
    DepotId,
    /// A line of the ledger of equipment.
    MovementId,
    /// An inventory count.
    CountId,
    /// A table of deliveries that waits to be imported.
    EquipmentImportId,
    /// The coordinators' file on one submission of an organisation.
    OrganisationReviewId,
    /// An idea that an association sent to its town.
    IdeaId,
    /// Rules that a town or the network switches on in a crisis.
    MeasuresId,
    /// A saved search.
    AlertId,
    /// What a volunteer says of a mission.
    TestimonialId,
}
