use domain::reviews::ReviewStatus;
use leptos::prelude::*;

use crate::{
    i18n::{Text, k::reviews as r, texts},
    ui::Icon,
};

/// Where a review stands: an icon, a word, a colour.
#[component]
pub fn Standing(
    /// The state.
    status: ReviewStatus,
) -> impl IntoView {
    let (class, icon) = match status {
        ReviewStatus::Waiting => ("pill pill--waiting", "i-clock"),
        ReviewStatus::InReview => ("pill pill--waiting", "i-user"),
        ReviewStatus::GreenLight => ("pill pill--cleared", "i-check"),
        ReviewStatus::ChangesRequested => ("pill pill--changes", "i-edit"),
        ReviewStatus::Refused => ("pill pill--refused", "i-cross"),
    };
    view! { <span class=class><Icon name=icon />{texts().get(state(status))}</span> }
}

/// What the state of a review is called.
pub const fn state(status: ReviewStatus) -> Text {
    match status {
        ReviewStatus::Waiting => r::STATE_WAITING,
        ReviewStatus::InReview => r::STATE_IN_REVIEW,
        ReviewStatus::GreenLight => r::STATE_GREEN_LIGHT,
        ReviewStatus::ChangesRequested => r::STATE_CHANGES_REQUESTED,
        ReviewStatus::Refused => r::STATE_REFUSED,
    }
}
