use domain::{
    ids::{AccountId, ReviewId},
    reviews::{ChecklistLine, Decision, ReviewFile, ReviewStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    checklist::{FORM, Ticked},
    keys::Key,
    network::{AskTheNetwork, NetworkActs, beyond},
};
use crate::{
    i18n::{Plural, Text, k::reviews as r, texts},
    reviews::{AskNetwork, DecideReview, HandReviewOver, RecallReview, ReleaseReview, TakeReview},
    routes,
    ui::{Field, Fold, Form, Icon, Select, Subject, Submit},
};

/// What a decision needs of the file.
#[derive(Clone)]
struct Target {
    insee: String,
    id: ReviewId,
    next: String,
}

/// Taking the review, giving it back, and the three decisions; or why there are none.
#[component]
pub fn Decisions(
    /// The file.
    file: ReviewFile,
    /// The checklist, as it is ticked.
    ticked: Ticked,
) -> impl IntoView {
    let insee = file.town.insee.clone();
    let undecided = file.duplicates.iter().filter(|found| found.dismissed.is_none()).count();
    let undecided = u32::try_from(undecided).unwrap_or(u32::MAX);
    let next = file.next.map(|id| routes::review(&insee, id));
    let next = beyond(&file.network, next, routes::coordination(&insee));
    let target = Target { insee, id: file.id, next };
    let said = |key| view! { <Said key=key /> }.into_any();
    if !file.status.is_open() {
        return said(r::DECIDED);
    }
    if !file.may_act {
        // Asked, and yet not theirs to decide: they have a part in it.
        let party = file.network.asked.is_some() && file.four_eyes;
        return said(if party { r::FOUR_EYES } else { r::READ_ONLY });
    }
    let asking = NetworkActs { ask: AskNetwork::url(), recall: RecallReview::url() };
    let (of, town, id) = (file.network.clone(), target.insee.clone(), file.id.to_string());
    let network = view! { <AskTheNetwork of=of insee=town id=id acts=asking /> };
    let eyes = (file.four_eyes && !file.network.may_ask && file.network.asked.is_none()).then(|| said(r::FOUR_EYES));
    let acts = match (file.status, file.mine) {
        (ReviewStatus::InReview, true) if file.four_eyes => view! { <Release target=target /> }.into_any(),
        (ReviewStatus::InReview, true) => {
            let colleagues = file.colleagues;
            return view! {
                <div class="review__decision">{network}{eyes}<Deciding target=target.clone() ticked=ticked undecided=undecided /></div>
                <HandOver target=target.clone() colleagues=colleagues />
                <Release target=target />
            }
            .into_any();
        }
        (ReviewStatus::InReview, false) => {
            view! { <Take target=target key=r::TAKE_OVER name=file.taken_by holder=file.holder /> }.into_any()
        }
        _ => view! { <Take target=target key=r::TAKE name=None holder=None /> }.into_any(),
    };
    view! { <div class="review__decision">{network}{eyes}{acts}</div> }.into_any()
}

#[component]
fn Said(key: Text) -> impl IntoView {
    view! { <div class="notice notice--info"><Icon name="i-info" /><p>{texts().get(key)}</p></div> }
}

#[component]
fn Take(target: Target, key: Text, name: Option<String>, holder: Option<AccountId>) -> impl IntoView {
    let t = texts();
    let seen = holder.map(|account| account.to_string()).unwrap_or_default();
    let lead = match name {
        Some(name) => t.with(r::TAKEN_BY_ANOTHER, &[("name", &name)]),
        None => t.get(r::TAKE_LEAD).to_owned(),
    };
    view! {
        <Form act=TakeReview::url()>
            <p>{lead}</p>
            <Subject name="insee" value=target.insee />
            <Subject name="id" value=target.id.to_string() />
            <Subject name="seen" value=seen />
            <div data-key=Key::Take.code()><Submit label=t.get(key) /></div>
        </Form>
    }
}

#[component]
fn HandOver(target: Target, colleagues: Vec<(AccountId, String)>) -> impl IntoView {
    let t = texts();
    let options: Vec<(String, String)> = colleagues.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    (!options.is_empty()).then(|| {
        view! {
            <Fold summary=t.get(r::HAND_OVER) act=HandReviewOver::url()>
                <Form act=HandReviewOver::url()>
                    <Subject name="insee" value=target.insee />
                    <Subject name="id" value=target.id.to_string() />
                    <Select name="to" label=t.get(r::COLLEAGUE) options=options />
                    <Field name="word" label=t.get(r::WORD) optional=true />
                    <Submit label=t.get(r::HAND_OVER_SUBMIT) class="" />
                </Form>
            </Fold>
        }
    })
}

#[component]
fn Release(target: Target) -> impl IntoView {
    view! {
        <Form act=ReleaseReview::url()>
            <Subject name="insee" value=target.insee />
            <Subject name="id" value=target.id.to_string() />
            <Submit label=texts().get(r::RELEASE) class="btn--quiet" />
        </Form>
    }
}

#[component]
fn Deciding(target: Target, ticked: Ticked, undecided: u32) -> impl IntoView {
    let t = texts();
    let again = target.clone();
    view! {
        <h2 class="visually-hidden">{t.get(r::DECISION)}</h2>
        {(undecided > 0).then(|| view! { <p class="notice notice--warn">{t.count(r::UNDECIDED, undecided)}</p> })}
        <Approve ticked=ticked label=r::GIVE_GREEN_LIGHT class="btn--cleared" />
        <Fold summary=t.get(r::REQUEST_CHANGES) act=DecideReview::url() key=Decision::RequestChanges.as_str() short=Key::RequestChanges.code()>
            <Act target=again decision=Decision::RequestChanges label=r::REQUEST_CHANGES class="" ticked=ticked />
        </Fold>
        <Fold summary=t.get(r::REFUSE) act=DecideReview::url() key=Decision::Refuse.as_str() short=Key::Refuse.code()>
            <Act target=target decision=Decision::Refuse label=r::REFUSE_FOR_GOOD class="btn--danger" />
        </Fold>
    }
}

/// Sends the checklist along, so that nothing that was ticked is lost; says what is missing.
#[component]
pub fn Approve(
    /// The checklist, as it is ticked.
    ticked: Ticked,
    /// A verb.
    label: Text,
    /// Class names after `btn`.
    class: &'static str,
) -> impl IntoView {
    let t = texts();
    let missing = move || {
        let told: Vec<_> = [(false, r::MISSING), (true, r::STANDS_AGAINST)]
            .into_iter()
            .map(|(answered, text)| (ticked.missing(answered), text))
            .filter(|(items, _)| !items.is_empty())
            .map(|(items, text)| view! { <Lacking items=items text=text /> })
            .collect();
        if told.is_empty() {
            return view! { <p>{t.get(r::NOTHING_MISSING)}</p> }.into_any();
        }
        told.into_any()
    };
    view! {
        <div>
            <button class=format!("btn {class}") type="submit" form=FORM name="then" value=Decision::Approve.as_str()
                aria-describedby="manque" data-key=Key::GreenLight.code()>
                {t.get(label)}
            </button>
        </div>
        <div id="manque" class="field__hint">{missing}</div>
    }
}

/// Items that keep the green light back, each with a link to it.
#[component]
fn Lacking(items: Vec<(usize, String)>, text: Plural) -> impl IntoView {
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    let lines = items
        .into_iter()
        .map(|(index, label)| view! { <li><a href=format!("#answers.{index}.answer") rel="external">{label}</a></li> })
        .collect_view();
    view! { <details><summary>{texts().count(text, count)}</summary><ul>{lines}</ul></details> }
}

/// One request for each item that was answered by no; those that are being written stay when another is answered.
#[component]
pub fn Requests(
    /// The checklist, as it is ticked.
    ticked: Ticked,
) -> impl IntoView {
    let t = texts();
    let request = move |line: ChecklistLine| {
        let name = format!("requests.{}", line.code);
        view! { <Field name=name kind="textarea" rows=2 optional=true label=line.label value=line.note /> }
    };
    let hint =
        move || (!ticked.refused().is_empty()).then(|| view! { <p class="field__hint">{t.get(r::REQUESTS_HINT)}</p> });
    view! {
        <div role="group" aria-label=t.get(r::REQUESTS)>
            {hint}
            <For each=move || ticked.refused() key=|line| line.code.clone() children=request />
        </div>
    }
}

#[component]
fn Act(
    target: Target,
    decision: Decision,
    label: Text,
    class: &'static str,
    #[prop(optional)] ticked: Option<Ticked>,
) -> impl IntoView {
    let t = texts();
    let (reason, hint) = match decision {
        Decision::RequestChanges => (r::CHANGES_REASON, r::CHANGES_REASON_HINT),
        _ => (r::REFUSAL_REASON, r::REFUSAL_REASON_HINT),
    };
    view! {
        <Form act=DecideReview::url() key=decision.as_str() keep=true beside=(FORM, "answers")>
            <Subject name="insee" value=target.insee />
            <Subject name="id" value=target.id.to_string() />
            <Subject name="decision" value=decision.as_str() />
            <Subject name="next" value=target.next />
            {ticked.map(|ticked| view! { <Requests ticked=ticked /> })}
            <Field name="reason" kind="textarea" optional=ticked.is_some() label=t.get(reason) hint=t.get(hint) rows=5 />
            <Submit label=t.get(label) class=class />
        </Form>
    }
}
