use chrono::{DateTime, Utc};
use domain::{
    crisis::ReviewMeasures,
    ids::ReviewId,
    reviews::{Queue, ReviewFile},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::{
    i18n::{k, k::crisis as c, k::reviews as r, texts},
    missions::MissionView,
    request,
    reviews::{
        components::{
            Changes, Checklist, Decisions, Duplicates, Exchange, Key, Keys, Rounds, Standing, Ticked, Timeline, Topics,
            Watch, Watched, beyond,
        },
        load_review,
    },
    routes,
    supplies::SuppliesPanel,
    ui::{
        Changed, Icon, Page,
        page::{load, loaded},
        time::{self, Time},
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

/// The file on one version of a mission.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        let get = |name: &str| params.read().get(name).unwrap_or_default();
        (get("insee"), get("review"))
    });
    let data = load(move || asked.get(), |(insee, id)| load_review(insee, id));
    loaded(data, |(file, queue)| view! { <ReviewView file=file queue=queue /> })
}

#[component]
fn ReviewView(file: ReviewFile, queue: Queue) -> impl IntoView {
    let t = texts();
    let insee = file.town.insee.clone();
    let trail = vec![(t.with(r::QUEUE_TITLE, &[("town", &file.town.name)]), routes::coordination(&insee))];
    let id = file.id;
    let editable = file.may_act && file.status.is_open() && (file.mine || file.taken_by.is_none());
    // Equipment stays the town's.
    let may_reserve = file.may_act && !file.network.stands_in && file.status.is_open();
    let decisions = file.clone();
    let ticked = Ticked::new(&file.checklist);
    let next = file.next.map(|id| routes::review(&insee, id));
    let next = beyond(&file.network, next, routes::coordination(&insee));
    let topics = Topics::new(routes::review(&insee, id), file.topics, &file.thread, file.may_act);
    let found_at = file.found_at;
    view! {
        <Page title=file.mission.title.clone() wide=true trail=trail>
            <Changed text=r::WERE_CHANGED />
            <div class="review">
                <QueueAside queue=queue here=id />
                <div class="review__file">
                    <Watch insee=insee.clone() file=Watched::Review(id) now=file.now open=file.status.is_open() />
                    <Head file=decisions.clone() />
                    <Measures of=file.crisis insee=insee.clone() found_at=found_at />
                    <div class="side-by-side">
                        <section>
                            <h2>{t.get(r::AS_PUBLIC)}</h2>
                            <article class="card">
                                <p class="lead">{file.mission.goal.clone()}</p>
                                <MissionView mission=file.mission.clone() />
                            </article>
                        </section>
                        <section>
                            <h2>{t.get(r::CHANGES)}</h2>
                            <Changes since=file.since mission=file.mission />
                        </section>
                    </div>
                    <Rounds rounds=file.rounds />
                    <section><h2>{t.get(r::DUPLICATES)}</h2><FoundAt at=found_at /><Duplicates duplicates=file.duplicates insee=insee.clone() id=id /></section>
                    <section id="materiel">
                        <h2>{t.get(k::supplies::PANEL)}</h2>
                        <FoundAt at=found_at />
                        <SuppliesPanel supplies=file.supplies insee=insee.clone() id=id may_reserve=may_reserve />
                    </section>
                    <section>
                        <h2>{t.get(r::CHECKLIST)}</h2>
                        <FoundAt at=found_at />
                        <Checklist insee=insee.clone() id=id.to_string() ticked=ticked next=next editable=editable topics=topics />
                    </section>
                    <section>
                        <h2>{t.get(r::EXCHANGE)}</h2>
                        <Exchange insee=insee id=id.to_string() thread=file.thread topics=topics />
                    </section>
                    <Decisions file=decisions ticked=ticked />
                    <section><h2>{t.get(k::common::HISTORY)}</h2><Timeline lines=file.history /></section>
                    <Keys keys=KEYS />
                </div>
            </div>
        </Page>
    }
}

/// Says that what the system found is what it was when somebody decided.
#[component]
fn FoundAt(at: Option<DateTime<Utc>>) -> impl IntoView {
    let t = texts();
    at.map(|at| view! { <p>{t.with(r::FOUND_AT, &[("at", &time::instant(t.locale(), at))])}</p> })
}

/// What crisis measures say of it.
#[component]
fn Measures(of: ReviewMeasures, insee: String, found_at: Option<DateTime<Utc>>) -> impl IntoView {
    let t = texts();
    let above = of.above.map(|n| t.with(c::REVIEW_ABOVE, &[("n", &n.to_string())]));
    let class = if of.forbidden || above.is_some() { "notice notice--danger" } else { "notice notice--urgent" };
    (of.hold || above.is_some()).then(|| {
        view! {
            <div class=class>
                <FoundAt at=found_at />
                <p>{t.get(if of.forbidden { c::REVIEW_FORBIDDEN } else { c::REVIEW_HOLDS })}</p>
                {above.map(|above| view! { <p>{above}</p> })}
                <p><a href=routes::measures(&insee)>{t.get(c::REVIEW_SEE)}</a></p>
            </div>
        }
    })
}

/// Where the file stands, when it is due, and the way to the next one.
#[component]
fn Head(file: ReviewFile) -> impl IntoView {
    let t = texts();
    let late = file.status.is_open() && file.due_at < file.now;
    let organisation = routes::coordination_organisation(&file.town.insee, file.organisation);
    let previous = file.previous.map(|id| {
        view! { <a class="btn btn--small btn--quiet" rel="prev" href=routes::review(&file.town.insee, id) data-key=Key::Previous.code()>{t.get(r::PREVIOUS)}</a> }
    });
    let next = file.next.map(|id| {
        view! { <a class="btn btn--small" rel="next" href=routes::review(&file.town.insee, id) data-key=Key::Next.code()>{t.get(r::NEXT)}<Icon name="i-arrow" /></a> }
    });
    view! {
        <ul class="facts facts--wide" role="list">
            <li><Icon name="i-flag" /><Standing status=file.status /></li>
            <li><Icon name="i-people" /><a href=organisation>{file.mission.organisation.1}</a></li>
            <li>
                <Icon name="i-clock" />{t.get(r::DUE)}" "<Time at=file.due_at />
                {late.then(|| view! { " "<span class="pill pill--urgent"><Icon name="i-clock" />{t.get(r::OVERDUE)}</span> })}
            </li>
            <li><Icon name="i-user" />{t.get(r::TAKEN_BY)}" "{file.taken_by.unwrap_or_else(|| t.get(r::NOBODY).to_owned())}</li>
            <li><Icon name="i-file" />{t.with(r::VERSION, &[("n", &file.version.to_string())])}</li>
        </ul>
        <p class="btn-row">{previous}{next}<OnPaper paper=routes::review_paper(&file.town.insee, file.id) /></p>
    }
}

/// The file to keep, and to print: without scripts, its PDF is what is printed.
#[component]
fn OnPaper(paper: String) -> impl IntoView {
    let t = texts();
    let print = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        request::print();
    };
    view! {
        <a class="btn btn--small btn--quiet" href=paper.clone() rel="external" download=""><Icon name="i-download" />{t.get(r::DOWNLOAD_FILE)}</a>
        <a class="btn btn--small btn--quiet" href=format!("{paper}?afficher=oui") rel="external" on:click=print><Icon name="i-file" />{t.get(r::PRINT_FILE)}</a>
    }
}

/// The open reviews, by due date, beside the file.
#[component]
fn QueueAside(queue: Queue, here: ReviewId) -> impl IntoView {
    let t = texts();
    let insee = queue.town.insee;
    let lines = queue
        .rows
        .into_iter()
        .map(|row| {
            let late = row.overdue.then(|| view! { <small class="late">{t.get(r::OVERDUE)}</small> });
            view! {
                <li>
                    <a href=routes::review(&insee, row.id) aria-current=(row.id == here).then_some("page")>
                        <strong>{row.title}</strong>
                        <small>{row.organisation.1}</small>
                        {late}
                        {row.taken_by.map(|name| view! { <small>{name}</small> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="review__queue" aria-label=t.get(r::QUEUE)>
            <p><a href=routes::coordination(&insee) data-key=Key::Queue.code()>{t.count(r::QUEUE_OPEN, queue.counts[0])}</a></p>
            <ol>{lines}</ol>
        </nav>
    }
}
