use domain::testimonials::{Awaits, DeskAct, DeskFile, DeskList, DeskRow, Reply, WhyCode};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Text, k, k::organisations as o, k::testimonials as v, texts},
    routes,
    testimonials::{DecideOnTestimonial, labels, load_town_testimonial, load_town_testimonials},
    ui::{
        Changed, Choice, Choices, Empty, Field, Fold, Form, History, Page, Prose, Subject, Submit, Time,
        page::{load, loaded, param},
    },
};

/// The testimonials of a town.
#[component]
pub fn ListPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_town_testimonials), |list| view! { <List list=list /> })
}

const fn asked(awaits: Awaits) -> (&'static str, Text) {
    match awaits {
        Awaits::Text => ("pill--waiting", v::AWAITS_TEXT),
        Awaits::Report => ("pill--urgent", v::AWAITS_REPORT),
        Awaits::Reply => ("pill--waiting", v::AWAITS_REPLY),
    }
}

/// What it asks for; where nothing, how it stands.
#[component]
fn Pills(row: DeskRow) -> impl IntoView {
    let t = texts();
    let mut pills: Vec<(&str, Text)> = row.awaits.iter().map(|awaits| asked(*awaits)).collect();
    if pills.is_empty() {
        pills.push(labels::status(row.status));
    }
    pills
        .into_iter()
        .map(|(class, name)| view! { <span class=format!("pill {class}")>{t.get(name)}</span>" " })
        .collect_view()
}

#[component]
fn List(list: DeskList) -> impl IntoView {
    let t = texts();
    let insee = list.town.insee.clone();
    let trail = vec![(t.with(o::COORDINATION_OF, &[("town", &list.town.name)]), routes::coordination(&insee))];
    if list.rows.is_empty() {
        return view! {
            <Page title=t.get(v::DESK_TITLE) lead=t.get(v::DESK_LEAD) wide=true trail=trail>
                <Empty title=t.get(v::NONE_YET) text=t.get(v::DESK_NONE_TEXT) />
            </Page>
        }
        .into_any();
    }
    let heads = [v::COLUMN_TEXT, v::COLUMN_MISSION, v::COLUMN_AT, v::COLUMN_STATUS]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    let rows = list
        .rows
        .into_iter()
        .map(|row| {
            let excerpt = if row.excerpt.is_empty() { t.get(v::NO_TEXT).to_owned() } else { row.excerpt.clone() };
            view! {
                <tr>
                    <th scope="row"><a href=routes::town_testimonial(&insee, row.id)>{excerpt}</a></th>
                    <td data-label=t.get(v::COLUMN_MISSION)><span>{row.mission.clone()}<br />{row.organisation.clone()}</span></td>
                    <td data-label=t.get(v::COLUMN_AT)><span><Time at=row.at /></span></td>
                    <td data-label=t.get(v::COLUMN_STATUS)><span><Pills row=row /></span></td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title=t.get(v::DESK_TITLE) lead=t.get(v::DESK_LEAD) wide=true trail=trail>
            <div class="table-wrap">
                <table class="data">
                    <caption class="visually-hidden">{t.get(v::DESK_TITLE)}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </Page>
    }
    .into_any()
}

/// One of them.
#[component]
pub fn FilePage() -> impl IntoView {
    let (insee, id) = (param("insee"), param("testimonial"));
    let data = load(move || (insee.get(), id.get()), |(insee, id)| load_town_testimonial(insee, id));
    loaded(data, |file| view! { <File file=file /> })
}

/// What every form of the page says of it.
#[component]
fn Which(insee: String, id: String, seen: i32, act: DeskAct) -> impl IntoView {
    view! {
        <Subject name="insee" value=insee />
        <Subject name="id" value=id />
        <Subject name="seen" value=seen.to_string() />
        <Subject name="act" value=act.as_str() />
    }
}

/// The form of an act: a button alone, or folded away with a reason or a word.
fn act_form(file: &DeskFile, act: DeskAct) -> AnyView {
    let t = texts();
    let (insee, id, seen) = (file.town.insee.clone(), file.row.id.to_string(), file.version);
    let name = match act {
        DeskAct::Publish => v::PUBLISH,
        DeskAct::Refuse => v::REFUSE,
        DeskAct::TakeDown => v::TAKE_DOWN,
        DeskAct::Keep => v::KEEP,
        DeskAct::PublishReply => v::PUBLISH_REPLY,
        DeskAct::RefuseReply => v::REFUSE_REPLY,
    };
    match act {
        DeskAct::Publish | DeskAct::PublishReply => view! {
            <Form act=DecideOnTestimonial::url() key=act.as_str()>
                <Which insee=insee id=id seen=seen act=act />
                <Submit label=t.get(name) />
            </Form>
        }
        .into_any(),
        DeskAct::Keep => view! {
            <Fold summary=t.get(name) act=DecideOnTestimonial::url() key=act.as_str()>
                <Form act=DecideOnTestimonial::url() key=act.as_str()>
                    <Which insee=insee id=id seen=seen act=act />
                    <Field name="word" kind="textarea" rows=3 label=t.get(v::WORD) hint=t.get(v::KEEP_HINT) />
                    <Submit label=t.get(name) />
                </Form>
            </Fold>
        }
        .into_any(),
        DeskAct::Refuse | DeskAct::TakeDown | DeskAct::RefuseReply => {
            let reasons =
                WhyCode::ALL.iter().map(|code| Choice::new(code.as_str(), t.get(labels::why_code(*code)))).collect();
            view! {
                <Fold summary=t.get(name) act=DecideOnTestimonial::url() key=act.as_str()>
                    <Form act=DecideOnTestimonial::url() key=act.as_str()>
                        <Which insee=insee id=id seen=seen act=act />
                        <Choices name="reason" legend=t.get(k::common::REASON) choices=reasons />
                        <Field name="word" kind="textarea" rows=3 optional=true label=t.get(v::WORD) hint=t.get(v::WORD_HINT) />
                        <Submit label=t.get(name) class="btn--danger" />
                    </Form>
                </Fold>
            }
            .into_any()
        }
    }
}

/// The forms of some acts, of those that may be done.
fn acts_of(file: &DeskFile, some: &[DeskAct]) -> Vec<AnyView> {
    some.iter().filter(|act| file.acts.contains(act)).map(|act| act_form(file, *act)).collect()
}

#[component]
fn Answer(reply: Reply) -> impl IntoView {
    let t = texts();
    let (class, name) = labels::reply_status(reply.status);
    let why = reply.why.as_ref().map(|why| labels::why(t, why));
    view! {
        <p><span class=format!("pill {class}")>{t.get(name)}</span></p>
        <Prose text=reply.body />
        {why.map(|why| view! { <p>{t.get(k::common::REASON)}{crate::ui::problems::separator(t)}{why}</p> })}
    }
}

#[component]
fn File(file: DeskFile) -> impl IntoView {
    let t = texts();
    let insee = file.town.insee.clone();
    let trail = vec![
        (t.with(o::COORDINATION_OF, &[("town", &file.town.name)]), routes::coordination(&insee)),
        (t.get(v::DESK_TITLE).to_owned(), routes::town_testimonials(&insee)),
    ];
    let lead = t.with(v::FILE_LEAD, &[("organisation", &file.row.organisation)]);
    let who = labels::signed(t, file.given_name.as_deref());
    let why = file.why.as_ref().map(|why| labels::why(t, why));
    let text = if file.body.is_empty() {
        view! { <p>{t.get(v::NO_TEXT)}</p> }.into_any()
    } else {
        view! { <blockquote><Prose text=file.body.clone() /></blockquote><p>{who}", "<Time at=file.row.at /></p> }
            .into_any()
    };
    let decide = acts_of(&file, &[DeskAct::Publish, DeskAct::Refuse, DeskAct::TakeDown]);
    let online = file.online.clone().map(
        |online| view! { <section><h2>{t.get(v::ONLINE_NOW)}</h2><blockquote><Prose text=online /></blockquote></section> },
    );
    let report = file.report.clone().map(|report| {
        let forms = acts_of(&file, &[DeskAct::Keep]);
        view! { <section><h2>{t.get(v::AWAITS_REPORT)}</h2><Prose text=report /><p>{t.get(v::REPORT_EITHER)}</p>{forms}</section> }
    });
    let reply = file.reply.clone().map(|reply| {
        let forms = acts_of(&file, &[DeskAct::PublishReply, DeskAct::RefuseReply]);
        let name = t.with(v::REPLY_OF, &[("organisation", &file.row.organisation)]);
        view! { <section><h2>{name}</h2><Answer reply=reply />{forms}</section> }
    });
    let title = t.with(v::FILE_TITLE, &[("mission", &file.row.mission)]);
    view! {
        <Page title=title lead=lead trail=trail>
            <Changed text=v::CHANGED />
            <p><Pills row=file.row.clone() /></p>
            {file.own.then(|| view! { <p class="notice notice--info">{t.get(v::YOUR_OWN)}</p> })}
            <section>
                <h2>{t.get(v::TEXT)}</h2>
                {text}
                {why.map(|why| view! { <p>{t.get(k::common::REASON)}{crate::ui::problems::separator(t)}{why}</p> })}
                {decide}
            </section>
            {online}
            {report}
            {reply}
            <History lines=file.history />
            {file.mission.map(|(id, slug)| view! { <p><a class="btn btn--quiet" href=routes::mission(id, &slug)>{t.get(v::SEE_MISSION)}</a></p> })}
        </Page>
    }
}
