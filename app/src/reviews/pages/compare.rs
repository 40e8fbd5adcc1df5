use domain::{
    missions::MissionPage,
    reviews::{Change, Comparison, Decision, FieldChange, Piece},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{Texts, k::reviews as r, texts},
    reviews::{
        DecideReview, DismissDuplicate,
        components::{JoinTo, Key, Keys, field_name, slot_line, value_of, why},
        load_comparison,
    },
    routes,
    ui::{
        Field, Fold, Form, Page, Subject, Submit,
        page::{load, loaded},
    },
};

/// What the keyboard does here.
const KEYS: &[Key] = &[Key::File, Key::Dismiss, Key::Join, Key::Refuse, Key::Help];

/// A mission under review beside another, and what can be said of the two.
#[component]
pub fn ComparePage() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        let get = |name: &str| params.read().get(name).unwrap_or_default();
        (get("insee"), get("review"), get("other"))
    });
    let data = load(move || asked.get(), |(insee, id, other)| load_comparison(insee, id, other));
    loaded(data, |comparison| view! { <CompareView comparison=comparison /> })
}

#[component]
fn CompareView(comparison: Comparison) -> impl IntoView {
    let t = texts();
    let file = routes::review(&comparison.town.insee, comparison.review);
    let trail = vec![
        (t.with(r::QUEUE_TITLE, &[("town", &comparison.town.name)]), routes::coordination(&comparison.town.insee)),
        (comparison.this.title.clone(), file.clone()),
    ];
    let score = comparison.likeness.score.to_string();
    let lead = t.with(r::COMPARE_LEAD, &[("score", &score), ("why", &why(t, &comparison.likeness))]);
    let lines = comparison
        .differences
        .iter()
        .map(|difference| view! { <Line t=t of=difference.clone() this=comparison.this.clone() other=comparison.other.clone() /> })
        .collect_view();
    let (this, other) = (comparison.this.clone(), comparison.other.clone());
    let online = comparison.likeness.slug.is_some();
    view! {
        <Page title=t.get(r::COMPARE_TITLE) lead=lead wide=true trail=trail>
            {comparison.likeness.dismissed.clone().map(|said| view! {
                <p class="notice notice--info">{t.with(r::DISMISSED_BECAUSE, &[("name", &said.by), ("reason", &said.reason)])}</p>
            })}
            <dl class="summary">
                <div>
                    <dt>{t.get(r::THIS_MISSION)}</dt>
                    <dd><a href=file data-key=Key::File.code()>{this.title}</a><br />{this.organisation.1}</dd>
                </div>
                <div>
                    <dt>{t.get(r::OTHER_MISSION)}</dt>
                    <dd>
                        {if online { view! { <a href=routes::mission(other.id, &other.slug)>{other.title}</a> }.into_any() } else { other.title.into_any() }}
                        <br />{other.organisation.1}
                        {(!online).then(|| view! { <br /><small>{t.get(r::NOT_ONLINE_YET)}</small> })}
                    </dd>
                </div>
            </dl>
            <div class="table-wrap">
                <table class="data">
                    <caption>{t.get(r::FIELD)}</caption>
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{t.get(r::THIS_MISSION)}</th>
                            <th scope="col">{t.get(r::OTHER_MISSION)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p>{t.get(r::SAME_FIELDS)}</p>
            <Outcomes comparison=comparison />
            <Keys keys=KEYS />
        </Page>
    }
}

/// One field of both: what only one of them says is marked.
#[component]
fn Line(t: Texts, of: FieldChange, this: MissionPage, other: MissionPage) -> impl IntoView {
    let (left, right) = match of.change {
        Change::Words(pieces) => (side(&pieces, true), side(&pieces, false)),
        Change::Slots(_) => (slots(t, &this, &other), slots(t, &other, &this)),
        Change::Value => (
            view! { <mark>{value_of(t, &this, &of.field)}</mark> }.into_any(),
            view! { <mark>{value_of(t, &other, &of.field)}</mark> }.into_any(),
        ),
    };
    let (first, second) = (t.get(r::THIS_MISSION), t.get(r::OTHER_MISSION));
    view! {
        <tr>
            <th scope="row">{field_name(t, &of.field)}</th>
            <td data-label=first><span>{left}</span></td>
            <td data-label=second><span>{right}</span></td>
        </tr>
    }
}

/// One side of two texts.
fn side(pieces: &[Piece], left: bool) -> AnyView {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Same(text) => Some(view! { <span>{text.clone()}</span> }.into_any()),
            Piece::Removed(text) => left.then(|| view! { <mark>{text.clone()}</mark> }.into_any()),
            Piece::Added(text) => (!left).then(|| view! { <mark>{text.clone()}</mark> }.into_any()),
        })
        .collect_view()
        .into_any()
}

/// The slots of one: those that the other has not are marked.
fn slots(t: Texts, mission: &MissionPage, other: &MissionPage) -> AnyView {
    let theirs: Vec<String> = other.slots.iter().map(|slot| slot_line(t, slot)).collect();
    let line = |text: String| {
        if theirs.contains(&text) { text.into_any() } else { view! { <mark>{text}</mark> }.into_any() }
    };
    let lines = mission.slots.iter().map(|slot| view! { <li>{line(slot_line(t, slot))}</li> }).collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

/// What a refusal because of the other one begins with. An organisation is not told what another has not published.
fn as_duplicate(t: Texts, Comparison { other, address, .. }: &Comparison) -> String {
    let Some(address) = address else { return t.get(r::REFUSE_AS_DUPLICATE_UNNAMED).to_owned() };
    let names = [("title", other.title.as_str()), ("organisation", &other.organisation.1), ("address", address)];
    t.with(r::REFUSE_AS_DUPLICATE_REASON, &names)
}

/// Not a duplicate, joined, or refused because of it.
#[component]
fn Outcomes(comparison: Comparison) -> impl IntoView {
    let t = texts();
    let next = comparison.next;
    let insee = comparison.town.insee.clone();
    let next = next.map_or_else(|| routes::coordination(&insee), |id| routes::review(&insee, id));
    let join = (comparison.may_act && comparison.status.is_open())
        .then(|| view! { <JoinTo comparison=comparison.clone() next=next.clone() /> });
    let reason = as_duplicate(t, &comparison);
    let Comparison { review, status, mine, may_act, other, seen, .. } = comparison;
    let dismiss = (may_act && status.is_open()).then(|| {
        view! {
            <section data-key=Key::Dismiss.code()>
                <h2>{t.get(r::DISMISS)}</h2>
                <Form act=DismissDuplicate::url() keep=true>
                    <Subject name="insee" value=insee.clone() />
                    <Subject name="id" value=review.to_string() />
                    <Subject name="other" value=other.id.to_string() />
                    <Subject name="seen" value=seen />
                    <Field name="reason" kind="textarea" rows=3 label=t.get(r::DISMISS_REASON) hint=t.get(r::DISMISS_HINT) />
                    <Submit label=t.get(r::DISMISS) />
                </Form>
            </section>
        }
    });
    let refuse = (may_act && mine && status.is_open()).then(|| {
        view! {
            <Fold summary=t.get(r::REFUSE_AS_DUPLICATE) act=DecideReview::url() key=Decision::Refuse.as_str() short=Key::Refuse.code()>
                <Form act=DecideReview::url() key=Decision::Refuse.as_str()>
                    <Subject name="id" value=review.to_string() />
                    <Subject name="decision" value=Decision::Refuse.as_str() />
                    <Subject name="next" value=next />
                    <Field name="reason" kind="textarea" label=t.get(r::REFUSAL_REASON) hint=t.get(r::REFUSAL_REASON_HINT) rows=4 value=reason />
                    <Submit label=t.get(r::REFUSE_FOR_GOOD) class="btn--danger" />
                </Form>
            </Fold>
        }
    });
    view! { {dismiss}{join}{refuse} }
}
