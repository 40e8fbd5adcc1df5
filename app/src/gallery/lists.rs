//! What is read: cards, lists, tables, files.

use domain::reviews::{Change, ChecklistLine, Earlier, FieldChange, Finding, LikelyDuplicate, Piece, Reason};
use leptos::prelude::*;

use super::samples;
use crate::{
    i18n::{k::gallery as g, k::organisations as o, k::reviews as r, texts},
    mailbox::LetterLines,
    missions::{MissionView, SlotItem},
    reviews::{Changes, Checklist, Duplicates, Standing, Ticked, Timeline},
    routes,
    search::MissionCards,
    ui::{History, Thread, Time},
};

pub fn mission_cards(_: &'static str) -> AnyView {
    view! { <MissionCards missions=samples::cards(texts()) /> }.into_any()
}

pub fn card(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <article class="card">
            <h3>{t.get(g::MISSION_TITLE)}</h3>
            <p>{t.get(g::SENTENCE)}</p>
            <dl class="summary">
                <div><dt>{t.get(o::NAME)}</dt><dd>"Les Mains tendues"</dd></div>
                <div><dt>{t.get(o::TOWN)}</dt><dd>"La Seyne-sur-Mer"</dd></div>
            </dl>
        </article>
    }
    .into_any()
}

pub fn slots(_: &'static str) -> AnyView {
    let lines = samples::slots().into_iter().map(|line| view! { <SlotItem line=line /> }).collect_view();
    view! { <ul class="slots" role="list">{lines}</ul> }.into_any()
}

pub fn mission(_: &'static str) -> AnyView {
    view! { <MissionView mission=samples::mission(texts()) /> }.into_any()
}

pub fn table(_: &'static str) -> AnyView {
    let t = texts();
    let lines = domain::reviews::ReviewStatus::ALL
        .iter()
        .zip(20..)
        .map(|(status, day)| {
            view! {
                <tr>
                    <th scope="row"><a href=routes::GALLERY>{t.get(g::MISSION_TITLE)}</a></th>
                    <td data-label=t.get(r::DUE)><span><Time at=samples::at(day, 8) /></span></td>
                    <td data-label=t.get(r::STATUS)><span><Standing status=*status /></span></td>
                </tr>
            }
        })
        .collect_view();
    let heads = [r::MISSION, r::DUE, r::STATUS]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption>{t.get(r::CAPTION)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub fn duplicates(_: &'static str) -> AnyView {
    let t = texts();
    let likely = [(91, true, Some(String::new())), (48, false, None)]
        .into_iter()
        .map(|(score, same, slug)| LikelyDuplicate {
            id: samples::MISSION,
            title: t.get(g::MISSION_TITLE).to_owned(),
            organisation: "Les Mains tendues".to_owned(),
            slug,
            score,
            reasons: vec![
                Reason::SameHelp,
                if same { Reason::SamePart } else { Reason::NextPart },
                Reason::DaysInCommon(score),
                Reason::Words(score / 2),
            ],
            dismissed: None,
        })
        .collect();
    view! { <Duplicates duplicates=likely insee="83126".to_owned() id=samples::REVIEW /> }.into_any()
}

/// As read by everybody in both themes; to be answered in one, for its fields are found by their ids.
pub fn checklist(key: &'static str) -> AnyView {
    let t = texts();
    let lines: Vec<ChecklistLine> =
        [("yes", None, true), ("", Some(Finding::Duplicates(2)), true), ("not_applicable", None, false)]
            .into_iter()
            .map(|(answer, finding, mandatory)| ChecklistLine {
                code: String::new(),
                label: t.get(g::QUESTION).to_owned(),
                hint: t.get(g::SENTENCE).to_owned(),
                mandatory,
                answer: answer.to_owned(),
                note: String::new(),
                answered: None,
                finding,
            })
            .collect();
    let ticked = Ticked::new(&lines);
    let nowhere = String::new;
    view! { <Checklist insee=nowhere() id=nowhere() ticked=ticked next=nowhere() editable=key == "clair" /> }.into_any()
}

pub fn changes(_: &'static str) -> AnyView {
    let t = texts();
    let (before, mut after) = (samples::mission(t), samples::mission(t));
    t.get(g::QUESTION).clone_into(&mut after.title);
    after.remote = true;
    let words = vec![Piece::Removed(before.title.clone()), Piece::Added(after.title.clone())];
    let changed = [("title", Change::Words(words)), ("remote", Change::Value)];
    let changed = changed.map(|(field, change)| FieldChange { field: field.to_owned(), change }).into();
    let since = Earlier { version: 1, online: true, again: false, page: before, changed };
    view! { <Changes since=Some(since) mission=after /> }.into_any()
}

pub fn thread(_: &'static str) -> AnyView {
    view! { <Thread messages=samples::messages(texts()) /> }.into_any()
}

pub fn history(_: &'static str) -> AnyView {
    let t = texts();
    view! { <Timeline lines=samples::history(t) /><History lines=samples::history(t) /> }.into_any()
}

pub fn mailbox(_: &'static str) -> AnyView {
    view! { <LetterLines letters=samples::letters(texts()) /> }.into_any()
}
