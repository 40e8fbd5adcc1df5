use domain::missions::MissionPage;
use leptos::prelude::*;

use crate::missions::MissionView;

/// A mission as the public will see it, without its title, which heads the page.
#[component]
pub fn MissionPreview(
    /// The mission.
    mission: MissionPage,
) -> impl IntoView {
    view! {
        <article class="card">
            <p class="lead">{mission.goal.clone()}</p>
            <MissionView mission=mission />
        </article>
    }
}
