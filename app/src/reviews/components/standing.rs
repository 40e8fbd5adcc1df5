use domain::reviews::ReviewStatus;
use leptos::prelude::*;

use crate::{
    i18n::{k::reviews as r, texts},
    ui::Icon,
};

/// Where a review stands: an icon, a word, a colour.
#[component]
pub fn Standing(
    /// The state.
    status: ReviewStatus,
) -> impl IntoView {
    let (class, icon, word) = match status {
        ReviewStatus::Waiting => ("pill pill--waiting", "i-clock", r::STATE_WAITING),
        ReviewStatus::InReview => ("pill pill--waiting", "i-user", r::STATE_IN_REVIEW),
        ReviewStatus::GreenLight => ("pill pill--cleared", "i-check", r::STATE_GREEN_LIGHT),
        ReviewStatus::ChangesRequested => ("pill pill--changes", "i-edit", r::STATE_CHANGES_REQUESTED),
        ReviewStatus::Refused => ("pill pill--refused", "i-cross", r::STATE_REFUSED),
    };
    view! { <span class=class><Icon name=icon />{texts().get(word)}</span> }
}
