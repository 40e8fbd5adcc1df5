//! Exchanges and histories.

use chrono::{DateTime, Utc};
use domain::reviews::{HistoryLine, Message};
use leptos::prelude::*;

use super::{Prose, time::Time};
use crate::i18n::{Text, k, k::history as h, texts};

/// An exchange between an organisation and its town, oldest first.
#[component]
pub fn Thread(
    /// The messages.
    messages: Vec<Message>,
) -> impl IntoView {
    let t = texts();
    if messages.is_empty() {
        return view! { <p>{t.get(h::NO_MESSAGE)}</p> }.into_any();
    }
    let lines = messages
        .into_iter()
        .map(|message| {
            let side = t.get(if message.from_coordination { h::COORDINATION } else { h::ORGANISATION });
            Said { who: message.author, side: side.to_owned(), mine: message.mine, at: message.at, body: message.body }
        })
        .collect();
    view! { <SaidLines lines=lines /> }.into_any()
}

/// One message of any exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who wrote.
    pub who: String,
    /// For whom.
    pub side: String,
    /// Written by the reader's side.
    pub mine: bool,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// The text.
    pub body: String,
}

/// The messages of any exchange, oldest first.
#[component]
pub fn SaidLines(
    /// The messages.
    lines: Vec<Said>,
) -> impl IntoView {
    let items = lines
        .into_iter()
        .map(|said| {
            view! {
                <li class="message" class:message--mine=said.mine>
                    <p class="message__who">{said.who}" ("{said.side}"), "<Time at=said.at /></p>
                    <div class="message__body"><Prose text=said.body /></div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="thread" role="list">{items}</ol> }
}

/// Every act on a thing, newest first.
#[component]
pub fn History(
    /// The acts.
    lines: Vec<HistoryLine>,
) -> impl IntoView {
    let t = texts();
    let items = lines
        .into_iter()
        .map(|line| {
            let who = line.actor.unwrap_or_else(|| t.get(k::common::SYSTEM).to_owned());
            view! {
                <li>
                    <Time at=line.at />
                    <p><strong>{t.get(act(line.from.as_deref(), &line.to))}</strong>", "{who}</p>
                    {line.reason.map(|reason| view! { <p>{reason}</p> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="disclosure">
            <summary>{t.get(k::common::HISTORY)}</summary>
            <ol class="timeline" role="list">{items}</ol>
        </details>
    }
}

/// What an act is called, from the state before and the one it led to.
pub fn act(from: Option<&str>, to: &str) -> Text {
    match to {
        "approved" | "published" if from == Some("suspended") => h::REINSTATED,
        "in_review" if from == Some("in_review") => h::TAKEN_OVER,
        "waiting" if from == Some("in_review") => h::RELEASED,
        "new" if from.is_some() => h::REPLY,
        "published" if from == Some("published") => h::PUBLISHED,
        same if from == Some(same) && same != "answered" => h::OTHER,
        "draft" => h::DRAFT,
        "submitted" => h::SUBMITTED,
        "changes_requested" => h::CHANGES_REQUESTED,
        "published" => h::PUBLISHED,
        "green_light" => h::GREEN_LIGHT,
        "approved" => h::APPROVED,
        "refused" => h::REFUSED,
        "suspended" => h::SUSPENDED,
        "closed" => h::CLOSED,
        "cancelled" => h::CANCELLED,
        "slot_cancelled" => h::SLOT_CANCELLED,
        "slots_added" => h::SLOTS_ADDED,
        "slots_removed" => h::SLOTS_REMOVED,
        "places_reduced" => h::PLACES_REDUCED,
        "opening_set" => h::OPENING_SET,
        "opening_removed" => h::OPENING_REMOVED,
        "cover_asked" => h::COVER_ASKED,
        "copied" => h::COPIED,
        "equipment_reserved" => h::EQUIPMENT_RESERVED,
        "equipment_released" => h::EQUIPMENT_RELEASED,
        "equipment_short" => h::EQUIPMENT_SHORT,
        "equipment_issued" => h::EQUIPMENT_ISSUED,
        "equipment_returned" => h::EQUIPMENT_RETURNED,
        "joined" => h::JOINED,
        "waiting" => h::WAITING,
        "in_review" => h::IN_REVIEW,
        "checklist_saved" => h::CHECKLIST_SAVED,
        "not_duplicate" => h::NOT_DUPLICATE,
        "reminded" => h::REMINDED,
        "escalated" => h::ESCALATED,
        "message" => h::MESSAGE,
        "reported" => h::REPORTED,
        "thread_read" => h::THREAD_READ,
        "report_closed" => h::REPORT_CLOSED,
        "applicants_exported" => h::APPLICANTS_EXPORTED,
        "new" => h::IDEA,
        "answered" => h::ANSWERED,
        "turned_into_mission" => h::TURNED_INTO_MISSION,
        "pending" => h::PENDING,
        "accepted" => h::ACCEPTED,
        "declined" => h::DECLINED,
        "withdrawn" => h::WITHDRAWN,
        "scheduled" => h::SCHEDULED,
        "in_force" => h::IN_FORCE,
        "lifted" => h::LIFTED,
        "ended" => h::ENDED,
        "amended" => h::AMENDED,
        other => act_on_testimonial(other),
    }
}

/// The same, on what a volunteer says and on what a town asks of the network.
fn act_on_testimonial(to: &str) -> Text {
    match to {
        "testimonial_draft" => h::TESTIMONIAL_DRAFT,
        "testimonial_waiting" => h::TESTIMONIAL_WAITING,
        "testimonial_published" => h::TESTIMONIAL_PUBLISHED,
        "testimonial_refused" => h::TESTIMONIAL_REFUSED,
        "testimonial_taken_down" => h::TESTIMONIAL_TAKEN_DOWN,
        "testimonial_withdrawn" => h::TESTIMONIAL_WITHDRAWN,
        "testimonial_reported" => h::TESTIMONIAL_REPORTED,
        "testimonial_kept" => h::TESTIMONIAL_KEPT,
        "reply_sent" => h::REPLY_SENT,
        "reply_published" => h::REPLY_PUBLISHED,
        "reply_refused" => h::REPLY_REFUSED,
        "network_asked" => h::NETWORK_ASKED,
        "network_recalled" => h::NETWORK_RECALLED,
        "network_decided" => h::NETWORK_DECIDED,
        _ => h::OTHER,
    }
}
