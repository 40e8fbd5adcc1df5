use domain::{ids::OrganisationId, organisations::OrganisationFile, reviews::Decision};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::common as c, k::organisations as o, texts},
    organisations::{
        DecideOrganisation, WriteToOrganisation,
        components::{StatusPill, Summary},
        labels, load_file,
    },
    routes,
    ui::{
        Field, Fold, Form, Icon, Page, Subject, Submit,
        page::{load, loaded, param},
        thread::{History, Thread},
    },
};

/// The coordinators' file on an organisation of their town.
#[component]
pub fn OrganisationFilePage() -> impl IntoView {
    let (insee, id) = (param("insee"), param("org"));
    let data = load(move || (insee.get(), id.get()), |(insee, id)| load_file(insee, id));
    loaded(data, |file| view! { <FileView file=file /> })
}

#[component]
fn FileView(file: OrganisationFile) -> impl IntoView {
    let t = texts();
    let space = file.space;
    let insee = space.town.insee.clone();
    let trail = vec![
        (t.with(o::COORDINATION_OF, &[("town", &space.town.name)]), routes::coordination(&insee)),
        (t.get(o::LIST_TITLE).to_owned(), routes::coordination_organisations(&insee)),
    ];
    let missions = space
        .missions
        .iter()
        .filter(|mission| mission.status.is_public())
        .map(|mission| view! { <li><a href=routes::mission(mission.id, "")>{mission.title.clone()}</a></li> })
        .collect_view();
    let published = space.missions.iter().any(|mission| mission.status.is_public());
    view! {
        <Page title=space.form.name.clone() trail=trail>
            <p><StatusPill status=space.status /></p>
            <LookAlikes insee=insee.clone() others=file.look_alikes />
            <div class="with-side">
                <div>
                    <section>
                        <h2>{t.get(o::PRESENTATION)}</h2>
                        <Summary form=space.form town=space.town />
                        <p>{t.get(o::ADMINS)}" "{file.admins.join(", ")}</p>
                    </section>
                    {published.then(|| view! { <section><h2>{t.get(o::PUBLIC_MISSIONS)}</h2><ul role="list" class="plain-list">{missions}</ul></section> })}
                    <section id="echanges">
                        <h2>{t.get(o::EXCHANGE_WITH_ORGANISATION)}</h2>
                        <Thread messages=space.thread />
                        {file.may_write.then(|| view! { <WriteForm insee=insee.clone() id=space.id /> })}
                    </section>
                    <History lines=file.history />
                </div>
                <aside class="with-side__side">
                    <Decisions insee=insee id=space.id decisions=file.decisions four_eyes=file.four_eyes />
                </aside>
            </div>
        </Page>
    }
}

/// Organisations with the same number or name: those of this town by name, the others counted.
#[component]
fn LookAlikes(insee: String, others: Vec<(OrganisationId, String)>) -> impl IntoView {
    let t = texts();
    if others.is_empty() {
        return ().into_any();
    }
    let elsewhere = others.iter().filter(|(_, name)| name.is_empty()).count();
    let elsewhere = (elsewhere > 0)
        .then(|| view! { <li>{t.count(o::LOOK_ALIKE_ELSEWHERE, u32::try_from(elsewhere).unwrap_or(u32::MAX))}</li> });
    let here = others
        .into_iter()
        .filter(|(_, name)| !name.is_empty())
        .map(|(id, name)| view! { <li><a href=routes::coordination_organisation(&insee, id)>{name}</a></li> })
        .collect_view();
    view! {
        <div class="notice notice--warn">
            <Icon name="i-warning" />
            <h2>{t.get(o::LOOK_ALIKES)}</h2>
            <ul>{here}{elsewhere}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn Decisions(insee: String, id: OrganisationId, decisions: Vec<Decision>, four_eyes: bool) -> impl IntoView {
    let t = texts();
    let content = if four_eyes {
        view! { <p class="notice notice--info">{t.get(o::FOUR_EYES)}</p> }.into_any()
    } else if decisions.is_empty() {
        view! { <p class="muted">{t.get(o::NOTHING_TO_DECIDE)}</p> }.into_any()
    } else {
        decisions
            .into_iter()
            .map(|decision| view! { <DecisionForm insee=insee.clone() id=id decision=decision /> })
            .collect_view()
            .into_any()
    };
    view! { <section id="decision"><h2>{t.get(o::DECISION)}</h2>{content}</section> }
}

#[component]
fn DecisionForm(insee: String, id: OrganisationId, decision: Decision) -> impl IntoView {
    let t = texts();
    let (name, hint) = labels::decision(decision);
    let class = match decision {
        Decision::Approve | Decision::Reinstate => "btn--primary",
        Decision::RequestChanges => "",
        Decision::Refuse | Decision::Suspend => "btn--danger",
    };
    let form = view! {
        <Form act=DecideOrganisation::url() key=decision.as_str()>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id.to_string() />
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

#[component]
fn WriteForm(insee: String, id: OrganisationId) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=WriteToOrganisation::url()>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id.to_string() />
            <Field name="body" kind="textarea" rows=4 label=t.get(o::MESSAGE) hint=t.get(o::MESSAGE_TO_ORGANISATION_HINT) />
            <Submit label=t.get(o::MESSAGE_SEND) class="" />
        </Form>
    }
}
