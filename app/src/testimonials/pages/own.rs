use domain::testimonials::{OwnTestimonial, OwnTestimonialRow, Signature, TestimonialStatus, rules};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Text, k::frame as f, k::testimonials as v, texts},
    routes,
    testimonials::{WithdrawTestimonial, WriteTestimonial, labels, load_own_testimonial, load_own_testimonials},
    ui::{
        Check, Choice, Choices, Empty, Field, Fold, Form, Page, Prose, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// The missions that somebody came to, and what they said of each.
#[component]
pub fn OwnPage() -> impl IntoView {
    loaded(load(|| (), |()| load_own_testimonials()), |rows| view! { <Own rows=rows /> })
}

/// Where a text stands, in a pill.
#[component]
fn Standing(status: TestimonialStatus) -> impl IntoView {
    let (class, name) = labels::status(status);
    view! { <span class=format!("pill {class}")>{texts().get(name)}</span> }
}

#[component]
fn Own(rows: Vec<OwnTestimonialRow>) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(f::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())];
    let none = rows.is_empty().then(|| {
        view! { <Empty title=t.get(v::NOTHING_TITLE) text=t.get(v::NOTHING_TEXT)>
            <a class="btn" href=routes::MISSIONS>{t.get(f::FIND)}</a>
        </Empty> }
    });
    let lines = rows
        .into_iter()
        .map(|row| {
            let name = if row.status.is_some() { v::SEE_OWN } else { v::WRITE };
            let also = (row.online && row.status != Some(TestimonialStatus::Published))
                .then(|| view! { <p>{t.get(v::STILL_ONLINE)}</p> });
            view! {
                <li><article class="card">
                    <h2>{row.title.clone()}</h2>
                    <p>{row.organisation}</p>
                    {row.status.map(|status| view! { <p><Standing status=status /></p> })}
                    {also}
                    <p><a class="btn" href=routes::own_testimonial(row.mission)>
                        {t.get(name)}<span class="visually-hidden">" "{row.title}</span>
                    </a></p>
                </article></li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Page title=t.get(v::OWN_TITLE) lead=t.get(v::OWN_LEAD) trail=trail>
            {none}
            <ul class="plain-list stack" role="list">{lines}</ul>
        </Page>
    }
}

/// What somebody says of a mission.
#[component]
pub fn WritePage() -> impl IntoView {
    let id = param("attended");
    loaded(load(move || id.get(), load_own_testimonial), |page| view! { <Write page=page /> })
}

/// What the state means for whoever wrote.
const fn next(status: Option<TestimonialStatus>) -> Text {
    match status {
        None => v::NEXT_NEW,
        Some(TestimonialStatus::Draft) => v::NEXT_DRAFT,
        Some(TestimonialStatus::Waiting) => v::NEXT_WAITING,
        Some(TestimonialStatus::Published) => v::NEXT_PUBLISHED,
        Some(TestimonialStatus::Refused) => v::NEXT_REFUSED,
        Some(TestimonialStatus::TakenDown) => v::NEXT_TAKEN_DOWN,
        Some(TestimonialStatus::Withdrawn) => v::NEXT_WITHDRAWN,
    }
}

#[component]
fn Write(page: OwnTestimonial) -> impl IntoView {
    let t = texts();
    let (status, mission) = (page.row.status, page.row.mission);
    let trail = vec![
        (t.get(f::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned()),
        (t.get(v::OWN_TITLE).to_owned(), routes::MY_TESTIMONIALS.to_owned()),
    ];
    let left = status.is_some_and(|status| status != TestimonialStatus::Withdrawn);
    let lead = t.with(v::WRITE_LEAD, &[("mission", &page.row.title), ("organisation", &page.row.organisation)]);
    let why = page.why.as_ref().map(|why| labels::why(t, why));
    view! {
        <Page title=t.get(v::WRITE_TITLE) lead=lead narrow=true trail=trail>
            {status.map(|status| view! { <p><Standing status=status /></p> })}
            <p>{t.get(next(status))}</p>
            {why.map(|why| view! { <div class="notice notice--warn"><p>{t.get(v::WHY_SAID)}</p><Prose text=why /></div> })}
            {page.online.clone().map(|online| view! { <section><h2>{t.get(v::ONLINE_NOW)}</h2><Prose text=online /></section> })}
            {page.reply.clone().map(|reply| view! {
                <section><h2>{t.with(v::REPLY_OF, &[("organisation", &page.row.organisation)])}</h2><Prose text=reply /></section>
            })}
            <Wording page=page />
            {left.then(|| view! {
                <Fold summary=t.get(v::WITHDRAW) act=WithdrawTestimonial::url()>
                    <p>{t.get(v::WITHDRAW_HINT)}</p>
                    <Form act=WithdrawTestimonial::url()>
                        <Subject name="mission" value=mission.to_string() />
                        <Submit label=t.get(v::WITHDRAW_CONFIRM) class="btn--danger" />
                    </Form>
                </Fold>
            })}
        </Page>
    }
}

/// The text, its signature, the consent.
#[component]
fn Wording(page: OwnTestimonial) -> impl IntoView {
    let t = texts();
    let (min, max) = (rules::SHORTEST.to_string(), rules::LONGEST.to_string());
    let hint = t.with(v::TEXT_HINT, &[("min", &min), ("max", &max)]);
    let names =
        [(Signature::FirstName, page.given_name.clone()), (Signature::Volunteer, t.get(v::A_VOLUNTEER).to_owned())];
    let names = names
        .into_iter()
        .map(|(value, name)| Choice::new(value.as_str(), name).chosen(value == page.signature))
        .collect::<Vec<_>>();
    // What waits is only sent anew: a text is never in the town's hands and half written at once.
    let waits = page.row.status == Some(TestimonialStatus::Waiting);
    let send = if waits { v::SEND_ANEW } else { v::SEND };
    view! {
        <Form act=WriteTestimonial::url() group="form" keep=true key=page.row.mission.to_string()>
            <Subject name="mission" value=page.row.mission.to_string() />
            <Field name="testimonial" kind="textarea" rows=8 label=t.get(v::TEXT) hint=hint value=page.body />
            <Choices name="signature" legend=t.get(v::SIGNATURE) hint=t.get(v::SIGNATURE_HINT) choices=names />
            <Check name="consent" label=t.get(v::CONSENT) />
            <p class="btn-row">
                <Submit label=t.get(send) choice=("answer", "send".to_owned()) />
                {(!waits).then(|| view! { <Submit label=t.get(v::SAVE) class="btn--quiet" choice=("answer", "save".to_owned()) /> })}
            </p>
        </Form>
    }
}
