//! Taking a submission, giving it back, and deciding on an organisation.

use domain::{
    organisations::{OrganisationFile, Submission},
    reviews::{Decision, ReviewStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{AskNetworkAbout, DecideOrganisation, RecallSubmission, ReleaseSubmission, TakeSubmission, labels};
use crate::{
    i18n::{Text, k::common as c, k::organisations as o, k::reviews as r, texts},
    reviews::{Approve, AskTheNetwork, CHECKLIST_FORM, Key, NetworkActs, Requests, Ticked},
    ui::{Field, Fold, Form, Icon, Subject, Submit},
};

/// Whether a submission still waits for a decision.
pub fn is_open(file: &OrganisationFile) -> bool {
    file.submission.as_ref().is_some_and(|submission| submission.status.is_open())
}

/// What can be decided now, or why nothing can.
#[component]
pub fn Decisions(
    /// The file.
    file: OrganisationFile,
    /// The checklist, as it is ticked.
    ticked: Ticked,
) -> impl IntoView {
    let said = |key| view! { <Said key=key /> }.into_any();
    if !file.may_write {
        return said(r::READ_ONLY);
    }
    let network = file.submission.as_ref().map(|submission| {
        let acts = NetworkActs { ask: AskNetworkAbout::url(), recall: RecallSubmission::url() };
        let (insee, id) = (file.space.town.insee.clone(), submission.id.to_string());
        view! { <AskTheNetwork of=file.network.clone() insee=insee id=id acts=acts /> }
    });
    let eyes = (file.four_eyes && !file.network.may_ask && file.network.asked.is_none()).then(|| said(o::FOUR_EYES));
    let acts = match file.submission.clone().filter(|submission| submission.status.is_open()) {
        Some(submission) => view! { <OfSubmission file=file submission=submission ticked=ticked /> }.into_any(),
        None if file.decisions.is_empty() && !file.four_eyes => said(o::NOTHING_TO_DECIDE),
        None => file
            .decisions
            .iter()
            .map(|decision| view! { <Standing file=file.clone() decision=*decision /> })
            .collect_view()
            .into_any(),
    };
    view! { <section id="decision"><h2>{texts().get(o::DECISION)}</h2>{network}{eyes}{acts}</section> }.into_any()
}

#[component]
fn Said(key: Text) -> impl IntoView {
    view! { <div class="notice notice--info"><Icon name="i-info" /><p>{texts().get(key)}</p></div> }
}

/// What whoever has the submission may do, or how to have it.
#[component]
fn OfSubmission(file: OrganisationFile, submission: Submission, ticked: Ticked) -> impl IntoView {
    let t = texts();
    let insee = file.space.town.insee.clone();
    if !submission.mine {
        let name = submission.taken_by.clone().filter(|_| submission.status == ReviewStatus::InReview);
        let (lead, label) = match name {
            Some(name) => (t.with(r::TAKEN_BY_ANOTHER, &[("name", &name)]), r::TAKE_OVER),
            None => (t.get(r::TAKE_LEAD).to_owned(), r::TAKE),
        };
        let seen = submission.holder.map(|account| account.to_string()).unwrap_or_default();
        return view! {
            <div class="review__decision">
                <Form act=TakeSubmission::url()>
                    <p>{lead}</p>
                    <Subject name="insee" value=insee />
                    <Subject name="id" value=submission.id.to_string() />
                    <Subject name="seen" value=seen />
                    <div data-key=Key::Take.code()><Submit label=t.get(label) /></div>
                </Form>
            </div>
        }
        .into_any();
    }
    let id = submission.id.to_string();
    let deciding = (!file.four_eyes).then(|| view! { <Deciding file=file submission=id.clone() ticked=ticked /> });
    view! {
        {deciding}
        <Form act=ReleaseSubmission::url()>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id />
            <Submit label=t.get(r::RELEASE) class="btn--quiet" />
        </Form>
    }
    .into_any()
}

#[component]
fn Deciding(file: OrganisationFile, submission: String, ticked: Ticked) -> impl IntoView {
    let t = texts();
    let (again, id) = (file.clone(), submission.clone());
    view! {
        <div class="review__decision">
            <Approve ticked=ticked label=o::DECIDE_APPROVE class="btn--primary" />
            <Fold summary=t.get(o::DECIDE_CHANGES) act=DecideOrganisation::url() key=Decision::RequestChanges.as_str() short=Key::RequestChanges.code()>
                <Act file=again submission=id decision=Decision::RequestChanges ticked=ticked />
            </Fold>
            <Fold summary=t.get(o::DECIDE_REFUSE) act=DecideOrganisation::url() key=Decision::Refuse.as_str() short=Key::Refuse.code()>
                <Act file=file submission=submission decision=Decision::Refuse />
            </Fold>
        </div>
    }
}

/// A decision that ends a submission.
#[component]
fn Act(
    file: OrganisationFile,
    submission: String,
    decision: Decision,
    #[prop(optional)] ticked: Option<Ticked>,
) -> impl IntoView {
    let t = texts();
    let (name, hint) = labels::decision(decision);
    let class = if decision == Decision::Refuse { "btn--danger" } else { "" };
    let (reason, about) = match decision {
        Decision::RequestChanges => (r::CHANGES_REASON, r::CHANGES_REASON_HINT),
        _ => (c::REASON, o::REASON_HINT),
    };
    view! {
        <Form act=DecideOrganisation::url() key=decision.as_str() keep=true beside=(CHECKLIST_FORM, "answers")>
            <Subject name="insee" value=file.space.town.insee />
            <Subject name="id" value=file.space.id.to_string() />
            <Subject name="submission" value=submission />
            <Subject name="decision" value=decision.as_str() />
            <p>{t.get(hint)}</p>
            {ticked.map(|ticked| view! { <Requests ticked=ticked /> })}
            <Field name="reason" kind="textarea" rows=4 optional=ticked.is_some() label=t.get(reason) hint=t.get(about) />
            <Submit label=t.get(name) class=class />
        </Form>
    }
}

/// Suspending what is approved, reinstating what is suspended.
#[component]
fn Standing(file: OrganisationFile, decision: Decision) -> impl IntoView {
    let t = texts();
    let (name, hint) = labels::decision(decision);
    let class = if decision == Decision::Suspend { "btn--danger" } else { "btn--primary" };
    let form = view! {
        <Form act=DecideOrganisation::url() key=decision.as_str()>
            <Subject name="insee" value=file.space.town.insee />
            <Subject name="id" value=file.space.id.to_string() />
            <Subject name="decision" value=decision.as_str() />
            <p>{t.get(hint)}</p>
            {decision.needs_reason().then(|| view! {
                <Field name="reason" kind="textarea" rows=4 label=t.get(c::REASON) hint=t.get(o::REASON_HINT) />
            })}
            <Submit label=t.get(name) class=class />
        </Form>
    };
    if decision.needs_reason() {
        view! { <Fold summary=t.get(name) act=DecideOrganisation::url() key=decision.as_str()>{form}</Fold> }.into_any()
    } else {
        view! { <div class="card">{form}</div> }.into_any()
    }
}
