use domain::{
    ids::OrganisationId,
    organisations::{OrganisationFile, Submission},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Text, k::organisations as o, k::reviews as r, texts},
    organisations::{
        SaveSubmissionAnswers, WriteToOrganisation,
        components::{StatusPill, Summary},
        deciding::Decisions,
        load_file,
        look_alikes::LookAlikes,
    },
    reviews::{Answered, Checklist, Key, Keys, Ticked, Watch, Watched, beyond},
    routes,
    ui::{
        Changed, Field, Form, Icon, Page, Subject, Submit,
        page::{load, loaded, param},
        thread::{History, Thread},
        time::Time,
    },
};

/// What the keyboard does here.
const KEYS: &[Key] = &[
    Key::Next,
    Key::Previous,
    Key::Queue,
    Key::Take,
    Key::Duplicates,
    Key::Checklist,
    Key::GreenLight,
    Key::RequestChanges,
    Key::Refuse,
    Key::Message,
    Key::Help,
];
/// What some of them are called here.
const NAMES: &[(Key, Text)] = &[
    (Key::Queue, o::KEY_LIST),
    (Key::Duplicates, o::KEY_LOOK_ALIKE),
    (Key::GreenLight, o::DECIDE_APPROVE),
    (Key::Refuse, o::DECIDE_REFUSE),
];

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
    let space = file.space.clone();
    let insee = space.town.insee.clone();
    let trail = vec![
        (t.with(o::COORDINATION_OF, &[("town", &space.town.name)]), routes::coordination(&insee)),
        (t.get(o::LIST_TITLE).to_owned(), routes::coordination_organisations(&insee)),
    ];
    let ticked = Ticked::of(&file.checklist, SaveSubmissionAnswers::url());
    let open = file.submission.as_ref().is_some_and(|submission| submission.status.is_open());
    let published: Vec<_> = space
        .missions
        .iter()
        .filter(|mission| mission.status.is_public())
        .map(|mission| view! { <li><a href=routes::mission(mission.id, "")>{mission.title.clone()}</a></li> })
        .collect();
    view! {
        <Page title=space.form.name.clone() trail=trail>
            <Changed text=r::WERE_CHANGED />
            <div class="review__file">
                <Watch insee=insee.clone() file=Watched::Organisation(space.id) now=file.now open=open />
                <Head file=file.clone() />
                <Answered requests=file.requests.clone() />
                <section>
                    <h2>{t.get(o::PRESENTATION)}</h2>
                    <Summary form=space.form town=space.town />
                    <p>{t.get(o::ADMINS)}" "{file.admins.join(", ")}</p>
                </section>
                {(!published.is_empty()).then(|| view! { <section><h2>{t.get(o::PUBLIC_MISSIONS)}</h2><ul role="list" class="plain-list">{published}</ul></section> })}
                <LookAlikes file=file.clone() />
                <Points file=file.clone() ticked=ticked />
                <section id="echanges">
                    <h2>{t.get(o::EXCHANGE_WITH_ORGANISATION)}</h2>
                    <Thread messages=space.thread />
                    {file.may_write.then(|| view! { <WriteForm insee=insee id=space.id /> })}
                </section>
                <Decisions file=file.clone() ticked=ticked />
                <History lines=file.history />
                <Keys keys=KEYS names=NAMES />
            </div>
        </Page>
    }
}

/// Where it stands, when its submission is due, who has it, and the way to the next one.
#[component]
fn Head(file: OrganisationFile) -> impl IntoView {
    let t = texts();
    let insee = file.space.town.insee;
    let way = |id: Option<OrganisationId>, key: Key, rel: &'static str, text: Text| {
        id.map(|id| {
            let href = routes::coordination_organisation(&insee, id);
            view! { <a class="btn btn--small btn--quiet" rel=rel href=href data-key=key.code()>{t.get(text)}</a> }
        })
    };
    let (previous, next) =
        (way(file.previous, Key::Previous, "prev", r::PREVIOUS), way(file.next, Key::Next, "next", r::NEXT));
    view! {
        <ul class="facts facts--wide" role="list">
            <li><Icon name="i-flag" /><StatusPill status=file.space.status /></li>
            {file.submission.map(|submission| view! { <Sent submission=submission now=file.now /> })}
        </ul>
        <p class="btn-row">
            <a class="btn btn--small btn--quiet" href=routes::coordination_organisations(&insee) data-key=Key::Queue.code()>{t.get(o::LIST_TITLE)}</a>
            {previous}
            {next}
        </p>
    }
}

#[component]
fn Sent(submission: Submission, now: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    let t = texts();
    let open = submission.status.is_open();
    let late = open && submission.due_at < now;
    view! {
        {open.then(|| view! {
            <li>
                <Icon name="i-clock" />{t.get(r::DUE)}" "<Time at=submission.due_at />
                {late.then(|| view! { " "<span class="pill pill--urgent"><Icon name="i-clock" />{t.get(r::OVERDUE)}</span> })}
            </li>
        })}
        <li><Icon name="i-user" />{t.get(r::TAKEN_BY)}" "{submission.taken_by.unwrap_or_else(|| t.get(r::NOBODY).to_owned())}</li>
        <li><Icon name="i-file" />{t.with(o::SUBMISSION, &[("n", &submission.number.to_string())])}</li>
    }
}

/// The checklist of the submission.
#[component]
fn Points(file: OrganisationFile, ticked: Ticked) -> impl IntoView {
    let insee = file.space.town.insee;
    let next = file.next.map(|id| routes::coordination_organisation(&insee, id));
    let next = beyond(&file.network, next, routes::coordination_organisations(&insee));
    file.submission.map(|submission| {
        let free = submission.mine || submission.taken_by.is_none();
        let editable = file.may_write && submission.status.is_open() && free;
        view! {
            <section>
                <h2>{texts().get(r::CHECKLIST)}</h2>
                <Checklist insee=insee id=submission.id.to_string() ticked=ticked next=next editable=editable act=SaveSubmissionAnswers::url() />
            </section>
        }
    })
}

#[component]
fn WriteForm(insee: String, id: OrganisationId) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=WriteToOrganisation::url() keep=true>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id.to_string() />
            <div data-key=Key::Message.code()><Field name="body" kind="textarea" rows=4 label=t.get(o::MESSAGE) hint=t.get(o::MESSAGE_TO_ORGANISATION_HINT) /></div>
            <Submit label=t.get(o::MESSAGE_SEND) class="" />
        </Form>
    }
}
