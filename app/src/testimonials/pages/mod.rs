//! Pages of testimonials; their addresses are in `crate::spaces`.

mod all;
mod desk;
mod own;
mod theirs;

use leptos::prelude::*;

use crate::ui::page::param;

/// The pages of those who write, of those who are written about, and of those who read. One page to the router, as each of its
/// pages is known to everybody's first load; what the address holds says which.
#[component]
pub fn TestimonialPage() -> impl IntoView {
    let holds = |name| !param(name).get_untracked().is_empty();
    if holds("attended") {
        view! { <own::WritePage /> }.into_any()
    } else if holds("mission") {
        view! { <all::MissionVoicesPage /> }.into_any()
    } else if holds("id") {
        view! { <theirs::TheirsPage /> }.into_any()
    } else {
        view! { <own::OwnPage /> }.into_any()
    }
}

/// Those of the town's coordinators: the list, or one of it.
#[component]
pub fn TownTestimonialPage() -> impl IntoView {
    if param("testimonial").get_untracked().is_empty() {
        view! { <desk::ListPage /> }.into_any()
    } else {
        view! { <desk::FilePage /> }.into_any()
    }
}
