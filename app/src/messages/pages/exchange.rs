use domain::{
    ids::ApplicationId,
    messages::{Door, MessagePage},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::said;
use crate::{
    applications::{ApplicationPill, AskedFor, TemplateChooser, chosen},
    i18n::{k, k::messages as m, texts},
    messages::{MarkMessagesRead, ReportMessages, WriteMessage, load_messages, load_own_messages},
    routes,
    ui::{
        Field, Fold, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        thread::SaidLines,
        time,
    },
};

/// The exchange about one's own application.
#[component]
pub fn OwnMessagesPage() -> impl IntoView {
    let id = param("own");
    loaded(load(move || id.get(), load_own_messages), |page| view! { <Exchange page=page /> })
}

/// The exchange with somebody whose application the organisation answers.
#[component]
pub fn ApplicantMessagesPage() -> impl IntoView {
    let (organisation, mission, id) = (param("id"), param("mission"), param("application"));
    let query = use_query_map();
    let template = Memo::new(move |_| query.read().get("modele").unwrap_or_default());
    let data = load(
        move || (organisation.get(), mission.get(), id.get(), template.get()),
        |(organisation, mission, id, _)| load_messages(organisation, mission, id),
    );
    loaded(data, move |page| view! { <Exchange page=page template=template.get_untracked() /> })
}

/// What every form of the page says of the exchange.
#[component]
fn Which(application: ApplicationId, door: Door) -> impl IntoView {
    let (organisation, mission) = match door {
        Door::Volunteer => (String::new(), String::new()),
        Door::Organisation(organisation, mission) => (organisation.to_string(), mission.to_string()),
    };
    view! {
        <Subject name="application" value=application.to_string() />
        <Subject name="organisation" value=organisation />
        <Subject name="mission" value=mission />
    }
}

#[component]
fn Exchange(page: MessagePage, #[prop(optional)] template: String) -> impl IntoView {
    let t = texts();
    let (door, side, id) = (page.door, page.door.side(), page.application);
    let (with, above) = match door {
        Door::Volunteer => {
            (page.organisation.clone(), (t.get(k::applications::LIVE).to_owned(), routes::MY_SPACE.into()))
        }
        Door::Organisation(organisation, mission) => {
            let list = routes::own_mission(organisation, mission, "candidatures");
            (page.volunteer.clone(), (t.get(k::applications::ANSWERS_TITLE).to_owned(), list))
        }
    };
    let until = page.open_until.map(|until| time::instant(t.locale(), until));
    let lead = match &until {
        Some(_) if page.paused => t.get(m::PAUSED).to_owned(),
        Some(until) => t.with(m::OPEN_UNTIL, &[("until", until)]),
        None => t.get(m::CLOSED).to_owned(),
    };
    // RFC 3339, to the last digit; the browser is spared the feature of chrono that writes it otherwise.
    let seen = move || page.unread.map(|at| format!("{at:?}")).unwrap_or_default();
    let unread = page.unread.map(|_| {
        view! {
            <Form act=MarkMessagesRead::url() class="btn-row">
                <Which application=id door=door />
                <Subject name="seen" value=seen() />
                <span class="pill pill--waiting">{t.get(m::UNREAD)}</span>
                <Submit label=t.get(m::MARK_READ) class="btn--quiet" />
            </Form>
        }
    });
    let prefill = chosen(&page.templates, &template);
    let chooser = match door {
        Door::Volunteer => None,
        Door::Organisation(organisation, _) => Some(view! {
            <TemplateChooser organisation=organisation templates=page.templates here=routes::messages(id, door)
                asked=AskedFor { template, ..AskedFor::default() } />
        }),
    };
    let write = page.open_until.filter(|_| !page.paused).map(|_| {
        let hint = t.with(m::BODY_HINT, &[("name", &with)]);
        view! {
            {chooser}
            <Form act=WriteMessage::url() keep=prefill.is_empty() key=id.to_string()>
                <Which application=id door=door />
                <Subject name="seen" value=seen() />
                <Field name="body" kind="textarea" rows=5 value=prefill label=t.get(m::BODY) hint=hint />
                <Submit label=t.get(m::SEND) />
            </Form>
        }
    });
    let silent = page.lines.is_empty().then(|| view! { <p>{t.get(k::history::NO_MESSAGE)}</p> });
    let lines = said(page.lines, Some(side), t.get(m::VOLUNTEER), &page.organisation);
    view! {
        <Page title=t.with(m::TITLE, &[("name", &with)]) lead=lead narrow=true trail=vec![above]>
            <p><strong>{page.mission}</strong>" "<ApplicationPill status=page.status theirs=matches!(door, Door::Organisation(..)) /></p>
            {silent}
            <SaidLines lines=lines />
            {unread}
            {write}
            {page.reported.then(|| view! { <p class="notice notice--info">{t.get(m::REPORTED)}</p> })}
            {page.may_report.then(|| view! { <Reporting application=id door=door /> })}
        </Page>
    }
}

/// Reports the exchange to the town.
#[component]
fn Reporting(application: ApplicationId, door: Door) -> impl IntoView {
    let t = texts();
    view! {
        <Fold summary=t.get(m::REPORT) act=ReportMessages::url()>
            <p>{t.get(m::REPORT_HINT)}</p>
            <Form act=ReportMessages::url() key=application.to_string()>
                <Which application=application door=door />
                <Field name="reason" kind="textarea" rows=3 label=t.get(k::common::REASON) hint=t.get(m::REPORT_REASON_HINT) />
                <Submit label=t.get(m::REPORT_CONFIRM) class="btn--danger" />
            </Form>
        </Fold>
    }
}
