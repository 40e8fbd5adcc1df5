use domain::{
    applications::{Applicant, ApplicationStatus, MissionApplications},
    ids::{MissionId, OrganisationId, SlotId},
    missions::{MissionStatus, SlotLine},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::space::ApplicationPill;
use crate::{
    applications::{Decide, load_applications},
    i18n::{Texts, k::applications as a, k::crisis as c, k::missions as m, k::partners as p, texts},
    missions::{CancelSlot, SlotItem},
    routes,
    ui::{
        Choice, Choices, Empty, Field, Fold, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        time,
    },
};

/// The applications of a mission, and the organisation's answers.
#[component]
pub fn MissionApplicationsPage() -> impl IntoView {
    let (organisation, mission) = (param("id"), param("mission"));
    let data = load(
        move || (organisation.get(), mission.get()),
        |(organisation, mission)| load_applications(organisation, mission),
    );
    loaded(data, |page| view! { <Answers page=page /> })
}

#[component]
fn Answers(page: MissionApplications) -> impl IntoView {
    let t = texts();
    let (organisation, mission) = (page.organisation, page.mission);
    // A partner has no other page of the mission than the public's.
    let above = match page.partner_of {
        Some(_) => routes::organisation_space(organisation),
        None => routes::own_mission(organisation, mission, "relecture"),
    };
    let trail = vec![(page.title.clone(), above)];
    let lead = page.partner_of.as_ref().map(|owner| t.with(p::PARTNER_LEAD, &[("organisation", owner)]));
    let public = (page.partner_of.is_some() && matches!(page.status, MissionStatus::Published | MissionStatus::Closed))
        .then(|| view! { <p><a class="btn" href=routes::mission(mission, &page.slug)>{t.get(p::SEE_MISSION)}</a></p> });
    let calls_off =
        page.partner_of.is_some() && matches!(page.status, MissionStatus::Published | MissionStatus::Suspended);
    let slots = page
        .slots
        .iter()
        .filter(|slot| !slot.cancelled)
        .map(|slot| {
            let fold = (calls_off && slot.ends_at > page.now)
                .then(|| view! { <CallOff organisation=organisation mission=mission which=slot.id /> });
            view! { <SlotItem line=slot.clone() />{fold} }
        })
        .collect_view();
    let (waiting, answered): (Vec<_>, Vec<_>) =
        page.applicants.into_iter().partition(|applicant| applicant.status == ApplicationStatus::Pending);
    let (listed, answered): (Vec<_>, Vec<_>) = answered
        .into_iter()
        .partition(|applicant| matches!(applicant.status, ApplicationStatus::Waitlisted | ApplicationStatus::Offered));
    let nobody = waiting.is_empty() && listed.is_empty() && answered.is_empty();
    let lines = page.slots;
    let rows = |title: String, applicants: Vec<Applicant>| {
        let cards = applicants
            .into_iter()
            .map(|applicant| view! { <li><Answered applicant=applicant slots=lines.clone() /></li> })
            .collect::<Vec<_>>();
        (!cards.is_empty())
            .then(|| view! { <section><h2>{title}</h2><ul class="plain-list stack" role="list">{cards}</ul></section> })
    };
    let in_list = u32::try_from(listed.len()).unwrap_or_default();
    let (listed, answered) =
        (rows(t.count(a::WAITING_LIST, in_list), listed), rows(t.get(a::ANSWERED).to_owned(), answered));
    view! {
        <Page title=t.get(a::ANSWERS_TITLE) lead=lead.unwrap_or_default() trail=trail>
            <Outcome />
            {public}
            <section><h2>{t.get(m::WHEN)}</h2><ul class="slots" role="list">{slots}</ul></section>
            {nobody.then(|| view! { <Empty title=t.get(a::NOBODY_TITLE) text=t.get(a::NOBODY_TEXT) /> })}
            {(!waiting.is_empty()).then(|| view! { <Waiting organisation=organisation.to_string() mission=mission.to_string() waiting=waiting slots=lines.clone() /> })}
            {listed}
            {answered}
        </Page>
    }
}

/// A partner calls one of its slots off; the mission's own organisation does so in its editor.
#[component]
fn CallOff(organisation: OrganisationId, mission: MissionId, which: SlotId) -> impl IntoView {
    let t = texts();
    view! {
        <li class="slot">
            <Fold summary=t.get(m::CANCEL_SLOT) act=CancelSlot::url() key=which.to_string()>
                <Form act=CancelSlot::url() key=which.to_string()>
                    <Subject name="id" value=mission.to_string() />
                    <Subject name="slot" value=which.to_string() />
                    <Subject name="organisation" value=organisation.to_string() />
                    <Field name="reason" label=t.get(crate::i18n::k::common::REASON) hint=t.get(m::REASON_HINT) />
                    <Submit label=t.get(m::CANCEL_SLOT_CONFIRM) class="btn--danger" />
                </Form>
            </Fold>
        </li>
    }
}

/// How the last answers went: a full slot is told, not hidden.
#[component]
fn Outcome() -> impl IntoView {
    let t = texts();
    let query = use_query_map();
    let count = move |name: &str| query.read().get(name).and_then(|n| n.parse::<u32>().ok()).filter(|n| *n > 0);
    move || {
        [
            ("complets", a::WERE_FULL),
            ("accords", a::WERE_UNCONSENTED),
            ("mesures", c::WERE_FORBIDDEN),
            ("ignorees", a::WERE_SKIPPED),
        ]
        .into_iter()
        .filter_map(|(name, text)| count(name).map(|n| view! { <p class="notice notice--warn">{t.count(text, n)}</p> }))
        .collect::<Vec<_>>()
    }
}

fn slots_of(t: Texts, applicant: &Applicant, slots: &[SlotLine]) -> String {
    let lines: Vec<String> = slots
        .iter()
        .filter(|slot| applicant.slots.contains(&slot.id))
        .map(|slot| time::slot(t, slot.kind, slot.starts_at, slot.ends_at))
        .collect();
    lines.join(" · ")
}

fn about(t: Texts, applicant: &Applicant, slots: &[SlotLine]) -> String {
    let consent = if applicant.consented { a::MINOR_CONSENTED } else { a::MINOR };
    let minor = applicant.minor.then(|| t.get(consent).to_owned());
    let crisis = [
        applicant.unacknowledged.then(|| t.get(c::APPLICANT_UNACKNOWLEDGED).to_owned()),
        applicant.kept_home.then(|| t.get(c::APPLICANT_HOME).to_owned()),
    ];
    let contact = [applicant.email.clone(), applicant.phone.clone()];
    let message = Some(applicant.message.clone()).filter(|message| !message.is_empty());
    let parts = [Some(slots_of(t, applicant, slots)), minor].into_iter().chain(crisis).chain(contact).chain([message]);
    parts.flatten().collect::<Vec<_>>().join("\u{a0}— ")
}

#[component]
fn Waiting(organisation: String, mission: String, waiting: Vec<Applicant>, slots: Vec<SlotLine>) -> impl IntoView {
    let t = texts();
    let choices = waiting
        .iter()
        .map(|applicant| {
            Choice::new(applicant.id.to_string(), applicant.name.clone()).hint(about(t, applicant, &slots))
        })
        .collect();
    view! {
        <section>
            <h2>{t.count(a::WAITING, u32::try_from(waiting.len()).unwrap_or_default())}</h2>
            <Form act=Decide::url()>
                <Subject name="organisation" value=organisation />
                <Subject name="mission" value=mission />
                <Choices name="ids" several=true legend=t.get(a::CHOOSE_PEOPLE) choices=choices />
                <div class="btn-row"><Submit label=t.get(a::ACCEPT) choice=("answer", "accept".to_owned()) /></div>
                <Fold summary=t.get(a::DECLINE) act=Decide::url() key="decline">
                    <Field name="reason" kind="textarea" rows=2 label=t.get(crate::i18n::k::common::REASON) hint=t.get(a::DECLINE_HINT) optional=true />
                    <Submit label=t.get(a::DECLINE_CONFIRM) class="btn--danger" choice=("answer", "decline".to_owned()) />
                </Fold>
            </Form>
        </section>
    }
}

#[component]
fn Answered(applicant: Applicant, slots: Vec<SlotLine>) -> impl IntoView {
    let t = texts();
    let about = about(t, &applicant, &slots);
    let held = applicant.held_until.filter(|_| applicant.status == ApplicationStatus::Offered);
    view! {
        <article class="card">
            <h3>{applicant.name}</h3>
            <p>
                <ApplicationPill status=applicant.status />
                {applicant.position.map(|n| view! { " "<small>{t.count(a::POSITION_SHORT, n)}</small> })}
                {held.map(|until| view! { " "<small>{t.with(a::HELD_UNTIL, &[("until", &time::instant(t.locale(), until))])}</small> })}
            </p>
            <p>{about}</p>
            {applicant.reason.map(|reason| view! { <p>{t.get(crate::i18n::k::common::REASON)}{crate::ui::problems::separator(t)}{reason}</p> })}
        </article>
    }
}
