use domain::{
    applications::{Applicant, ApplicationStatus, MissionApplications},
    attendance::rules::{OPENS_BEFORE, PREPARED_BEFORE},
    cover::AskedSlot,
    ids::{MissionId, OrganisationId, SlotId},
    messages::Door,
    missions::{MissionStatus, SlotLine},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use super::{
    space::{ApplicationPill, MessagesLink},
    table::ApplicantTable,
    tools::{AskedFor, Filters, TemplateChooser, TickAll, ToSeveral, Views, chosen},
};
use crate::{
    applications::{Decide, load_applications},
    i18n::{
        Texts, k, k::applications as a, k::attendance as at, k::crisis as c, k::missions as m, k::partners as p, texts,
    },
    missions::{CancelSlot, SlotItem},
    routes,
    supplies::SheetLinks,
    ui::{
        Choice, Choices, Empty, Field, Fold, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        problems::opens_on,
        time,
    },
};

/// The applications of a mission, and the organisation's answers.
#[component]
pub fn MissionApplicationsPage() -> impl IntoView {
    let (organisation, mission, query) = (param("id"), param("mission"), use_query_map());
    let asked = Memo::new(move |_| {
        let value = |name| query.read().get(name).unwrap_or_default();
        let everybody = value("cocher") == "tout";
        let (status, slot, template) = (value("statut"), value("creneau"), value("modele"));
        let asked = AskedFor { status, slot, template, everybody, ..AskedFor::default() };
        asked.arranged(&value("vue"), &value("tri"), &value("sens"))
    });
    let data = load(
        move || (organisation.get(), mission.get(), asked.get()),
        |(organisation, mission, _)| load_applications(organisation, mission),
    );
    loaded(data, move |page| view! { <Answers page=page asked=asked.get_untracked() /> })
}

/// What acts on the applicants of the list.
#[component]
fn Tools(page: MissionApplications, asked: AskedFor) -> impl IntoView {
    let (organisation, mission) = (page.organisation, page.mission);
    let here = routes::own_mission(organisation, mission, "candidatures");
    let slots = page.slots.clone();
    view! {
        <Filters organisation=organisation mission=mission asked=asked.clone() slots=slots exports=!page.helper />
        <TemplateChooser organisation=organisation templates=page.templates asked=asked here=here />
    }
}

#[component]
fn Answers(page: MissionApplications, asked: AskedFor) -> impl IntoView {
    let t = texts();
    let (organisation, mission, nobody) = (page.organisation, page.mission, page.applicants.is_empty());
    // A partner has no other page of the mission than the public's.
    let above = match page.partner_of {
        Some(_) => routes::organisation_space(organisation),
        None if page.helper => routes::organisation_space(organisation),
        None => routes::own_mission(organisation, mission, "relecture"),
    };
    let trail = vec![(page.title.clone(), above)];
    let lead = page.partner_of.as_ref().map(|owner| t.with(p::PARTNER_LEAD, &[("organisation", owner)]));
    let partner = page.partner_of.is_some();
    let public = (partner && matches!(page.status, MissionStatus::Published | MissionStatus::Closed))
        .then(|| view! { <p><a class="btn" href=routes::mission(mission, &page.slug)>{t.get(p::SEE_MISSION)}</a></p> });
    let calls_off =
        partner && !page.helper && matches!(page.status, MissionStatus::Published | MissionStatus::Suspended);
    let slots = page
        .slots
        .iter()
        .filter(|slot| !slot.cancelled)
        .map(|slot| {
            let fold = (calls_off && slot.ends_at > page.now)
                .then(|| view! { <CallOff organisation=organisation mission=mission which=slot.id /> });
            let noted = (slot.starts_at - OPENS_BEFORE - PREPARED_BEFORE <= page.now).then(|| {
                let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
                let href = routes::attendance(organisation, mission, slot.id);
                view! { <li class="slot"><a class="btn" href=href>{t.with(at::LINK, &[("slot", &when)])}</a></li> }
            });
            let asks = !page.helper
                && page.status == MissionStatus::Published
                && page.opens_on.is_none()
                && AskedSlot::of(slot).check(page.now).is_ok();
            let cover =
                asks.then(|| view! { <AskCover organisation=organisation mission=mission line=slot.clone() /> });
            view! { <SlotItem line=slot.clone() />{cover}{noted}{fold} }
        })
        .collect_view();
    let sheets = view! { <Sheets page=page.clone() /> };
    let people = (!nobody).then(|| view! { <People page=page.clone() asked=asked.clone() /> });
    let tools = if nobody {
        let templates = routes::answer_templates(organisation);
        view! { <p><a class="btn btn--quiet" href=templates>{t.get(k::messages::TEMPLATES_TITLE)}</a></p> }.into_any()
    } else {
        view! { <Tools page=page.clone() asked=asked /> }.into_any()
    };
    view! {
        <Page title=t.get(a::ANSWERS_TITLE) lead=lead.unwrap_or_default() trail=trail>
            <Outcome />
            {page.paused.then(|| view! { <p class="notice notice--warn">{t.get(k::messages::PAUSED)}</p> })}
            {public}
            {page.opens_on.map(|day| view! { <p class="notice notice--info">{opens_on(t, day)}</p> })}
            <section><h2>{t.get(m::WHEN)}</h2><ul class="slots" role="list">{slots}</ul></section>
            {sheets}
            {nobody.then(|| view! { <Empty title=t.get(a::NOBODY_TITLE) text=t.get(a::NOBODY_TEXT) /> })}
            {tools}
            {people}
        </Page>
    }
}

/// Those who are shown, as a list or as a table, and what is done with them.
#[component]
fn People(page: MissionApplications, asked: AskedFor) -> impl IntoView {
    let t = texts();
    let (organisation, mission) = (page.organisation, page.mission);
    let (door, filter) = (Door::Organisation(organisation, mission), asked.filter());
    let (prefill, slots) = (chosen(&page.templates, &asked.template), page.slots);
    let views = view! { <Views here=routes::own_mission(organisation, mission, "candidatures") asked=asked.clone() /> };
    let mut shown: Vec<Applicant> = page.applicants.into_iter().filter(|applicant| filter.keeps(applicant)).collect();
    let none = shown.is_empty().then(|| view! { <p>{t.get(a::NOBODY_LEFT)}</p> });
    let reach: Vec<Applicant> = shown.iter().filter(|applicant| applicant.open).cloned().collect();
    let several = (!reach.is_empty()).then(|| {
        view! { <ToSeveral organisation=organisation mission=mission people=reach slots=slots.clone() prefill=prefill.clone() asked=asked.clone() /> }
    });
    let people = if asked.is_table() && !shown.is_empty() {
        if let Some(order) = asked.order() {
            order.sort(&mut shown);
        }
        view! { <ApplicantTable door=door people=shown slots=slots prefill=prefill asked=asked /> }.into_any()
    } else {
        view! { <Lists door=door people=shown slots=slots prefill=prefill asked=asked /> }.into_any()
    };
    view! { {views}{none}{people}{several} }
}

/// Those who wait for an answer, the waiting list, those who were answered.
#[component]
fn Lists(door: Door, people: Vec<Applicant>, slots: Vec<SlotLine>, prefill: String, asked: AskedFor) -> impl IntoView {
    let t = texts();
    let (waiting, answered): (Vec<_>, Vec<_>) =
        people.into_iter().partition(|applicant| applicant.status == ApplicationStatus::Pending);
    let (listed, answered): (Vec<_>, Vec<_>) = answered
        .into_iter()
        .partition(|applicant| matches!(applicant.status, ApplicationStatus::Waitlisted | ApplicationStatus::Offered));
    let rows = |title: String, applicants: Vec<Applicant>| {
        let cards = applicants
            .into_iter()
            .map(|applicant| view! { <li><Answered door=door applicant=applicant slots=slots.clone() /></li> })
            .collect::<Vec<_>>();
        (!cards.is_empty())
            .then(|| view! { <section><h2>{title}</h2><ul class="plain-list stack" role="list">{cards}</ul></section> })
    };
    let in_list = u32::try_from(listed.len()).unwrap_or_default();
    let (listed, answered) =
        (rows(t.count(a::WAITING_LIST, in_list), listed), rows(t.get(a::ANSWERED).to_owned(), answered));
    view! {
        {(!waiting.is_empty()).then(|| view! { <Waiting door=door waiting=waiting slots=slots.clone() prefill=prefill asked=asked /> })}
        {listed}
        {answered}
    }
}

/// The handing-out sheets of a partner's slots; the mission's own organisation has them beside its preview.
#[component]
fn Sheets(page: MissionApplications) -> impl IntoView {
    let takes_place = matches!(page.status, MissionStatus::Published | MissionStatus::Closed);
    (page.partner_of.is_some() && !page.helper && page.equipment && takes_place).then(|| {
        view! { <SheetLinks organisation=page.organisation mission=page.mission slots=page.slots now=page.now /> }
    })
}

/// A slot with free places that begins soon: volunteers may be asked.
#[component]
fn AskCover(organisation: OrganisationId, mission: MissionId, line: SlotLine) -> impl IntoView {
    let t = texts();
    let when = time::slot(t, line.kind, line.starts_at, line.ends_at);
    let href = routes::cover(organisation, mission, line.id);
    view! { <li class="slot"><a class="btn" href=href>{t.with(k::cover::LINK_SLOT, &[("slot", &when)])}</a></li> }
}

/// A partner calls one of its slots off; the mission's own organisation does so in its editor.
#[component]
fn CallOff(organisation: OrganisationId, mission: MissionId, which: SlotId) -> impl IntoView {
    let t = texts();
    view! {
        <li class="slot">
            <a class="btn btn--quiet" href=routes::fewer_places(organisation, mission, which)>{t.get(k::planning::REDUCE)}</a>
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

/// How the last answers went: how many were sent, and why others were not.
#[component]
fn Outcome() -> impl IntoView {
    let t = texts();
    let query = use_query_map();
    let number = move |name: &str| query.read().get(name).and_then(|n| n.parse::<u32>().ok());
    let count = move |name: &str| number(name).filter(|n| *n > 0);
    move || {
        let sent = number("reponses").map(|n| match n {
            0 => view! { <p class="notice notice--warn">{t.get(a::NONE_ANSWERED)}</p> }.into_any(),
            n => view! { <p class="notice notice--info">{t.count(a::WERE_ANSWERED, n)}</p> }.into_any(),
        });
        let left = [
            ("fermes", k::messages::WERE_CLOSED),
            ("complets", a::WERE_FULL),
            ("accords", a::WERE_UNCONSENTED),
            ("mesures", c::WERE_FORBIDDEN),
            ("ignorees", a::WERE_SKIPPED),
        ]
        .into_iter()
        .filter_map(|(name, text)| count(name).map(|n| view! { <p class="notice notice--warn">{t.count(text, n)}</p> }))
        .collect::<Vec<_>>();
        view! { {sent}{left} }
    }
}

/// When somebody offered to come.
pub fn slots_of(t: Texts, applicant: &Applicant, slots: &[SlotLine]) -> String {
    let lines: Vec<String> = slots
        .iter()
        .filter(|slot| applicant.slots.contains(&slot.id))
        .map(|slot| time::slot(t, slot.kind, slot.starts_at, slot.ends_at))
        .collect();
    lines.join(" · ")
}

/// What is to be known of somebody before they are answered.
pub fn notes(t: Texts, applicant: &Applicant) -> Vec<String> {
    let consent = if applicant.consented { a::MINOR_CONSENTED } else { a::MINOR };
    let notes = [
        (applicant.minor, consent),
        (applicant.unacknowledged, c::APPLICANT_UNACKNOWLEDGED),
        (applicant.kept_home, c::APPLICANT_HOME),
    ];
    notes.into_iter().filter(|(holds, _)| *holds).map(|(_, note)| t.get(note).to_owned()).collect()
}

fn about(t: Texts, applicant: &Applicant, slots: &[SlotLine]) -> String {
    let contact = [applicant.email.clone(), applicant.phone.clone()];
    let message = Some(applicant.message.clone()).filter(|message| !message.is_empty());
    let parts = std::iter::once(slots_of(t, applicant, slots)).chain(notes(t, applicant));
    let parts: Vec<String> = parts.chain(contact.into_iter().flatten()).chain(message).collect();
    parts.join("\u{a0}— ")
}

/// Whether somebody can be accepted: who waits for a guardian cannot yet, only be declined.
pub const fn may_come(applicant: &Applicant) -> bool {
    !applicant.minor || applicant.consented
}

/// What the link to an exchange says among others.
pub fn messages_with(t: Texts, applicant: &Applicant) -> String {
    let name = t.with(k::messages::TITLE, &[("name", &applicant.name)]);
    if applicant.unread { format!("{name} ({})", t.get(k::messages::NEW)) } else { name }
}

#[component]
fn Waiting(
    door: Door,
    waiting: Vec<Applicant>,
    slots: Vec<SlotLine>,
    prefill: String,
    asked: AskedFor,
) -> impl IntoView {
    let t = texts();
    let (organisation, mission) = match door {
        Door::Volunteer => (String::new(), String::new()),
        Door::Organisation(organisation, mission) => (organisation.to_string(), mission.to_string()),
    };
    let count = u32::try_from(waiting.iter().filter(|applicant| may_come(applicant)).count()).unwrap_or_default();
    let tick_all = match door {
        Door::Organisation(organisation, mission) if count > 1 => {
            let here = routes::own_mission(organisation, mission, "candidatures");
            Some(view! { <TickAll here=here asked=asked.clone() count=count /> })
        }
        _ => None,
    };
    let choices = waiting
        .iter()
        .map(|applicant| {
            let link = (routes::messages(applicant.id, door), messages_with(t, applicant));
            let link = Some(link).filter(|_| applicant.messages);
            Choice::new(applicant.id.to_string(), applicant.name.clone())
                .hint(about(t, applicant, &slots))
                .link(link)
                .chosen(asked.everybody && may_come(applicant))
        })
        .collect();
    view! {
        <section>
            <h2>{t.count(a::WAITING, count)}</h2>
            {tick_all}
            <Form act=Decide::url() fresh=true>
                <Subject name="organisation" value=organisation />
                <Subject name="mission" value=mission />
                {asked.carried()}
                <Choices name="ids" several=true legend=t.get(a::CHOOSE_PEOPLE) choices=choices />
                <Verdict prefill=prefill />
            </Form>
        </section>
    }
}

/// The two answers, between the tags of the form.
#[component]
pub fn Verdict(
    /// The reason, before any typing.
    prefill: String,
) -> impl IntoView {
    let t = texts();
    view! {
        <div class="btn-row"><Submit label=t.get(a::ACCEPT) choice=("answer", "accept".to_owned()) /></div>
        <Fold summary=t.get(a::DECLINE) act=Decide::url() key="decline">
            <Field name="reason" kind="textarea" rows=2 value=prefill label=t.get(crate::i18n::k::common::REASON) hint=t.get(a::DECLINE_HINT) />
            <Submit label=t.get(a::DECLINE_CONFIRM) class="btn--danger" choice=("answer", "decline".to_owned()) />
        </Fold>
    }
}

/// Where somebody's application stands, with their place in the list or until when one is held.
#[component]
pub fn Standing(
    /// Whose.
    applicant: Applicant,
) -> impl IntoView {
    let t = texts();
    let held = applicant.held_until.filter(|_| applicant.status == ApplicationStatus::Offered);
    view! {
        <ApplicationPill status=applicant.status theirs=true />
        {applicant.position.map(|n| view! { " "<small>{t.count(a::POSITION_SHORT, n)}</small> })}
        {held.map(|until| view! { " "<small>{t.with(a::HELD_UNTIL, &[("until", &time::instant(t.locale(), until))])}</small> })}
    }
}

#[component]
fn Answered(door: Door, applicant: Applicant, slots: Vec<SlotLine>) -> impl IntoView {
    let t = texts();
    let about = about(t, &applicant, &slots);
    view! {
        <article class="card">
            <h3>{applicant.name.clone()}</h3>
            <p><Standing applicant=applicant.clone() /></p>
            <p>{about}</p>
            {applicant.messages.then(|| view! { <p><MessagesLink href=routes::messages(applicant.id, door) unread=applicant.unread /></p> })}
            {applicant.reason.map(|reason| view! { <p>{t.get(crate::i18n::k::common::REASON)}{crate::ui::problems::separator(t)}{reason}</p> })}
        </article>
    }
}
