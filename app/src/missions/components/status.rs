//! How a mission stands, in a word.

use domain::missions::{MissionStatus, VersionStatus};
use leptos::prelude::*;

use crate::i18n::{Text, k::missions as m, texts};

/// The pill of a mission's status.
#[component]
pub fn StatusPill(
    /// Where it stands.
    status: MissionStatus,
) -> impl IntoView {
    let class = match status {
        MissionStatus::Draft => "pill--draft",
        MissionStatus::Submitted => "pill--waiting",
        MissionStatus::ChangesRequested => "pill--changes",
        MissionStatus::Published => "pill--cleared",
        MissionStatus::Refused => "pill--refused",
        MissionStatus::Suspended | MissionStatus::Closed | MissionStatus::Cancelled => "pill--closed",
    };
    view! { <span class=format!("pill {class}")>{texts().get(mission_state(status))}</span> }
}

/// What a mission's status is called.
pub const fn mission_state(status: MissionStatus) -> Text {
    match status {
        MissionStatus::Draft => m::STATUS_DRAFT,
        MissionStatus::Submitted => m::STATUS_SUBMITTED,
        MissionStatus::ChangesRequested => m::STATUS_CHANGES,
        MissionStatus::Published => m::STATUS_PUBLISHED,
        MissionStatus::Refused => m::STATUS_REFUSED,
        MissionStatus::Suspended => m::STATUS_SUSPENDED,
        MissionStatus::Closed => m::STATUS_CLOSED,
        MissionStatus::Cancelled => m::STATUS_CANCELLED,
    }
}

/// What to know of the version beside the published one.
pub const fn version_note(version: VersionStatus) -> Option<Text> {
    match version {
        VersionStatus::Draft => Some(m::VERSION_DRAFT),
        VersionStatus::Submitted => Some(m::VERSION_SUBMITTED),
        VersionStatus::ChangesRequested => Some(m::VERSION_CHANGES),
        VersionStatus::Refused => Some(m::VERSION_REFUSED),
        VersionStatus::Approved | VersionStatus::Superseded => None,
    }
}
