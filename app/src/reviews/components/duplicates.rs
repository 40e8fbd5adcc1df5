use domain::reviews::{LikelyDuplicate, Reason};
use leptos::prelude::*;

use crate::{
    i18n::{Texts, k::reviews as r, texts},
    routes,
};

/// Missions that may offer the same, with why.
#[component]
pub fn Duplicates(
    /// The missions, best first.
    duplicates: Vec<LikelyDuplicate>,
) -> impl IntoView {
    let t = texts();
    if duplicates.is_empty() {
        return view! { <p>{t.get(r::FOUND_NO_DUPLICATE)}</p> }.into_any();
    }
    let lines = duplicates
        .into_iter()
        .map(|other| {
            let why = why(t, &other);
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
                </tr>
            }
        })
        .collect_view();
    let heads = [r::MISSION, r::ORGANISATION, r::SCORE, r::WHY]
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
    }
    .into_any()
}

fn why(t: Texts, other: &LikelyDuplicate) -> String {
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
