use crate::access::Role::{self, OrganisationAdmin, OrganisationHelper};

states! {
    /// What somebody does in an organisation.
    pub enum Duty {
        /// See its space: its missions online, the slots of the week, who is in the team; leave the team.
        See = "see",
        /// See and answer those who offer to come, and keep the texts to answer with.
        Answer = "answer",
        /// Write with them.
        Write = "write",
        /// Note who came, and validate the hours.
        Attend = "attend",
        /// Download the table of applicants.
        Export = "export",
        /// Draft, submit, edit, plan, call off and close missions.
        Missions = "missions",
        /// Ask volunteers who did not apply to come: they are written to in the organisation's name.
        Cover = "cover",
        /// Hand equipment out and take it back.
        Equipment = "equipment",
        /// Change the form of the organisation, send it, write to the town.
        Organisation = "organisation",
        /// Invite, remove, give roles.
        Team = "team",
    }
}

/// Everybody of the organisation.
const BOTH: &[Role] = &[OrganisationAdmin, OrganisationHelper];
/// Its admins alone.
const ADMINS: &[Role] = &[OrganisationAdmin];

impl Duty {
    /// The roles that have it: the one table of who may what in an organisation.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::See | Self::Answer | Self::Write | Self::Attend => BOTH,
            Self::Export | Self::Missions | Self::Cover | Self::Equipment | Self::Organisation | Self::Team => ADMINS,
        }
    }

    /// Whether a role has it.
    pub fn is_of(self, role: Role) -> bool {
        self.roles().contains(&role)
    }
}
