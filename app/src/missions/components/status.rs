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
    let (class, name): (_, Text) = match status {
        MissionStatus::Draft => ("pill--draft", m::STATUS_DRAFT),
        MissionStatus::Submitted => ("pill--waiting", m::STATUS_SUBMITTED),
        MissionStatus::ChangesRequested => ("pill--changes", m::STATUS_CHANGES),
        MissionStatus::Published => ("pill--cleared", m::STATUS_PUBLISHED),
        MissionStatus::Refused => ("pill--refused", m::STATUS_REFUSED),
        MissionStatus::Suspended => ("pill--closed", m::STATUS_SUSPENDED),
        MissionStatus::Closed => ("pill--closed", m::STATUS_CLOSED),
        MissionStatus::Cancelled => ("pill--closed", m::STATUS_CANCELLED),
    };
    view! { <span class=format!("pill {class}")>{texts().get(name)}</span> }
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
