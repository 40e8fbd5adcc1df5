use domain::{
    ids::OrganisationId,
    testimonials::{TheirTestimonial, TheirTestimonials, rules},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k, k::testimonials as v, texts},
    routes,
    testimonials::{ReplyToTestimonial, ReportTestimonial, labels, load_their_testimonials},
    ui::{
        Day, Empty, Field, Fold, Form, Page, Prose, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// What volunteers say of the missions of an organisation, for its admins.
#[component]
pub fn TheirsPage() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_their_testimonials), |page| view! { <Theirs page=page /> })
}

#[component]
fn Theirs(page: TheirTestimonials) -> impl IntoView {
    let t = texts();
    let (organisation, name) = page.organisation;
    let none = page.rows.is_empty();
    let lines = page
        .rows
        .into_iter()
        .map(|row| view! { <li><One organisation=organisation row=row /></li> })
        .collect::<Vec<_>>();
    view! {
        <Page title=t.get(v::THEIRS_TITLE) lead=t.get(v::THEIRS_LEAD) trail=vec![(name, routes::organisation_space(organisation))]>
            {none.then(|| view! { <Empty title=t.get(v::NONE_YET) text=t.get(v::THEIRS_NONE_TEXT) /> })}
            <ul class="plain-list stack" role="list">{lines}</ul>
        </Page>
    }
}

#[component]
fn One(organisation: OrganisationId, row: TheirTestimonial) -> impl IntoView {
    let t = texts();
    let (id, key) = (row.id.to_string(), row.id.to_string());
    let reply = row.reply.clone().map(|reply| {
        let (class, name) = labels::reply_status(reply.status);
        let why = reply.why.as_ref().map(|why| labels::why(t, why));
        view! {
            <h3>{t.get(v::YOUR_REPLY)}" "<span class=format!("pill {class}")>{t.get(name)}</span></h3>
            <Prose text=reply.body />
            {why.map(|why| view! { <div class="notice notice--warn"><p>{t.get(v::WHY_SAID)}</p><Prose text=why /></div> })}
        }
    });
    let before = row.reply.map(|reply| reply.body).unwrap_or_default();
    let write = row.may_reply.then(|| {
        let (id, key) = (id.clone(), key.clone());
        let hint = t.with(v::REPLY_HINT, &[("max", &rules::LONGEST_REPLY.to_string())]);
        view! {
            <Fold summary=t.get(v::REPLY) act=ReplyToTestimonial::url() key=key.clone()>
                <Form act=ReplyToTestimonial::url() key=key>
                    <Subject name="organisation" value=organisation.to_string() />
                    <Subject name="id" value=id />
                    <Field name="body" kind="textarea" rows=4 label=t.get(v::YOUR_REPLY) hint=hint value=before />
                    <Submit label=t.get(v::REPLY_SEND) />
                </Form>
            </Fold>
        }
    });
    let report = (!row.reported).then(|| {
        view! {
            <Fold summary=t.get(v::REPORT) act=ReportTestimonial::url() key=key.clone()>
                <p>{t.get(v::REPORT_HINT)}</p>
                <Form act=ReportTestimonial::url() key=key>
                    <Subject name="organisation" value=organisation.to_string() />
                    <Subject name="id" value=id />
                    <Field name="reason" kind="textarea" rows=3 label=t.get(k::common::REASON) />
                    <Submit label=t.get(v::REPORT_CONFIRM) class="btn--danger" />
                </Form>
            </Fold>
        }
    });
    view! {
        <article class="card">
            <h2>{row.mission}</h2>
            <blockquote><Prose text=row.body /></blockquote>
            <p>{labels::signed(t, row.given_name.as_deref())}", "<Day at=row.at /></p>
            {reply}
            {write}
            {row.reported.then(|| view! { <p class="notice notice--info">{t.get(v::REPORTED)}</p> })}
            {report}
        </article>
    }
}
