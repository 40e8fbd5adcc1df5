use domain::{
    ids::ReviewId,
    reviews::{LikelyDuplicate, Reason},
};
use leptos::prelude::*;

use super::keys::Key;
use crate::{
    i18n::{Texts, k::reviews as r, texts},
    routes,
};

/// Missions that may offer the same, with why.
#[component]
pub fn Duplicates(
    /// The missions, best first.
    duplicates: Vec<LikelyDuplicate>,
    /// INSEE code of the town.
    insee: String,
    /// The review.
    id: ReviewId,
) -> impl IntoView {
    let t = texts();
    let (dismissed, duplicates): (Vec<_>, Vec<_>) = duplicates.into_iter().partition(|other| other.dismissed.is_some());
    let dismissed = view! { <Dismissed duplicates=dismissed insee=insee.clone() id=id /> };
    if duplicates.is_empty() {
        return view! { <p>{t.get(r::FOUND_NO_DUPLICATE)}</p>{dismissed} }.into_any();
    }
    let lines = duplicates
        .into_iter()
        .enumerate()
        .map(|(index, other)| {
            let first = (index == 0).then_some(Key::Duplicates.code());
            let (why, title_again) = (why(t, &other), other.title.clone());
            let title = match &other.slug {
                Some(slug) => view! { <a href=routes::mission(other.id, slug)>{other.title}</a> }.into_any(),
                None => view! { {other.title}" "<span class="tag">{t.get(r::NOT_ONLINE)}</span> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{title}</th>
                    <td data-label=t.get(r::ORGANISATION)><span>{other.organisation}</span></td>
                    <td data-label=t.get(r::SCORE)><span class="score">{other.score}</span></td>
                    <td data-label=t.get(r::WHY)><span>{why}</span></td>
                    <td><a class="btn btn--small" data-key=first href=routes::comparison(&insee, id, other.id)>
                        {t.get(r::COMPARE)}<span class="visually-hidden">" "{title_again}</span>
                    </a></td>
                </tr>
            }
        })
        .collect_view();
    let heads = [r::MISSION, r::ORGANISATION, r::SCORE, r::WHY, r::COMPARE]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption>{t.get(r::DUPLICATES_CAPTION)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {dismissed}
    }
    .into_any()
}

/// What somebody said are no duplicates, with why.
#[component]
fn Dismissed(duplicates: Vec<LikelyDuplicate>, insee: String, id: ReviewId) -> impl IntoView {
    let t = texts();
    let lines: Vec<_> = duplicates
        .into_iter()
        .map(|other| {
            let said = other.dismissed.map(|said| {
                t.with(r::DISMISSED_BECAUSE, &[("name", &said.by), ("reason", &said.reason)])
            });
            view! { <li><a href=routes::comparison(&insee, id, other.id)>{other.title}</a>", "{other.organisation}". "{said}</li> }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <h3>{t.get(r::DISMISSED_LIST)}</h3><ul>{lines}</ul> })
}

/// Why two missions may offer the same, in words.
pub fn why(t: Texts, other: &LikelyDuplicate) -> String {
    let reason = |reason: &Reason| match reason {
        Reason::SameHelp => t.get(r::SAME_HELP).to_owned(),
        Reason::SameActs => t.get(r::SAME_ACTS).to_owned(),
        Reason::SamePublic => t.get(r::SAME_PUBLIC).to_owned(),
        Reason::SamePart => t.get(r::SAME_NEIGHBOURHOOD).to_owned(),
        Reason::NextPart => t.get(r::NEXT_NEIGHBOURHOOD).to_owned(),
        Reason::BothRemote => t.get(r::BOTH_REMOTE).to_owned(),
        Reason::DaysInCommon(days) => t.count(r::DAYS_IN_COMMON, *days),
        Reason::Words(percent) => t.with(r::WORDS_IN_COMMON, &[("n", &percent.to_string())]),
    };
    other.reasons.iter().map(reason).collect::<Vec<_>>().join(", ")
}
