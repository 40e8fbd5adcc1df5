use domain::{
    missions::SlotLine,
    reviews::{Comparison, JoinPreview, joining::Fate},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{changes::slot_line, keys::Key};
use crate::{
    i18n::{Texts, k::partners as p, texts},
    reviews::JoinDuplicate,
    routes,
    ui::{Field, Form, Subject, Submit},
};

/// Joining the mission under review to the other: what would come over, and the form, or what stands against it.
#[component]
pub fn JoinTo(
    /// The two missions.
    comparison: Comparison,
    /// The page after this one.
    next: String,
) -> impl IntoView {
    let t = texts();
    comparison.join.clone().map(|join| {
        let lead = if join.same_organisation { p::JOIN_LEAD_OWN } else { p::JOIN_LEAD };
        let names = [
            ("this", comparison.this.title.as_str()),
            ("other", comparison.other.title.as_str()),
            ("organisation", comparison.this.organisation.1.as_str()),
        ];
        let (lead, rules) = (t.with(lead, &names), t.with(p::JOIN_RULES, &names));
        let form = act(t, &comparison, &join, next);
        view! {
            <section data-key=Key::Join.code()>
                <h2>{t.get(p::JOIN)}</h2>
                <p>{lead}</p>
                <p>{rules}</p>
                <h3>{t.get(p::COMING)}</h3>
                <Coming join=join />
                {form}
            </section>
        }
    })
}

/// The slots with what becomes of each.
#[component]
fn Coming(join: JoinPreview) -> impl IntoView {
    let t = texts();
    let places = join.places();
    let line = |(slot, fate): (SlotLine, Fate)| {
        let note = match fate {
            Fate::Joins => None,
            Fate::SameTime => Some(p::SAME_TIME),
            Fate::Past => Some(p::PAST),
        };
        view! { <li>{slot_line(t, &slot)}{note.map(|note| view! { <br /><small>{t.get(note)}</small> })}</li> }
    };
    let lines = join.slots.into_iter().map(line).collect_view();
    view! { <ul>{lines}</ul><p>{t.count(p::COMING_PLACES, places)}</p> }
}

fn act(t: Texts, comparison: &Comparison, join: &JoinPreview, next: String) -> AnyView {
    let file = routes::review(&comparison.town.insee, comparison.review);
    let to_file = |words: String| {
        view! { <p class="notice notice--info">{words}" "<a href=file>{t.get(p::TO_CHECKLIST)}</a></p> }.into_any()
    };
    if join.places() == 0 {
        return view! { <p class="notice notice--info">{t.get(p::NOTHING_LEFT)}</p> }.into_any();
    }
    if !comparison.mine {
        return to_file(t.get(p::TAKE_FIRST).to_owned());
    }
    if join.missing > 0 {
        return to_file(t.count(p::MISSING, join.missing));
    }
    let (id, other, seen) = (comparison.review.to_string(), comparison.other.id.to_string(), join.seen.clone());
    view! {
        <Form act=JoinDuplicate::url() key=other.clone() keep=true>
            <Subject name="id" value=id />
            <Subject name="other" value=other />
            <Subject name="seen" value=seen />
            <Subject name="next" value=next />
            <Field name="reason" kind="textarea" rows=3 label=t.get(p::REASON) hint=t.get(p::REASON_HINT) />
            <Submit label=t.get(p::JOIN_SUBMIT) class="" />
        </Form>
    }
    .into_any()
}
