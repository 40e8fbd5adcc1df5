use domain::{
    cover::AskedSlot,
    ids::{MissionId, OrganisationId},
    missions::{MissionEditor, MissionPage, MissionStatus, Partner, SlotLine, VersionStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k, k::missions as m, k::planning as n, texts},
    missions::{
        AnswerRequests, CancelMission, CancelSlot, CloseMission, MissionView, SubmitMission, WriteAboutMission,
        components::{
            status::{StatusPill, version_note},
            steps::Steps,
        },
        load_editor, load_preview,
    },
    planning::{CopyForm, CopyNote},
    reviews::{Key, Messages, TopicSelect, Topics},
    routes,
    supplies::SheetLinks,
    ui::{
        Asked, Field, Fold, Form, History, Page, Subject, Submit,
        page::{load, loaded, param},
        problems,
        time::When,
    },
};

/// Last step: the mission as the public will see it, what is missing, sending it; afterwards, its life.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let id = param("mission");
    let data = load(move || id.get(), async |id: String| Ok((load_editor(id.clone()).await?, load_preview(id).await?)));
    loaded(data, |(editor, preview)| view! { <Step editor=editor preview=preview /> })
}

#[component]
fn Step(editor: MissionEditor, preview: MissionPage) -> impl IntoView {
    let t = texts();
    let (id, organisation) = (editor.id, editor.organisation);
    let title = if preview.title.is_empty() { t.get(m::UNTITLED).to_owned() } else { preview.title.clone() };
    let public = matches!(editor.status, MissionStatus::Published | MissionStatus::Closed);
    let trail = vec![(editor.organisation_name.clone(), routes::organisation_space(organisation))];
    let here = routes::own_mission(organisation, id, "relecture");
    let topics = Topics::new(here, editor.topics.clone(), &editor.thread, true);
    view! {
        <Page title=title lead=preview.goal.clone() trail=trail>
            <Steps organisation=organisation mission=id here="relecture" />
            <CopyNote organisation=organisation of=editor.copy_of.clone() />
            <State editor=editor.clone() />
            {preview.opens_on.map(|day| view! { <p class="notice notice--info">{problems::opens_on(t, day)}</p> })}
            <Asked act=AnswerRequests::url() id=id.to_string() requests=editor.requests.clone()
                send=editor.submittable.then(|| t.get(m::ANSWER_AND_SUBMIT)) />
            <Sending editor=editor.clone() />
            {public.then(|| view! {
                <p class="btn-row">
                    <a class="btn" href=routes::mission(id, &preview.slug)>{t.get(m::SEE_PUBLIC)}</a>
                    <a class="btn" href=routes::own_mission(organisation, id, "candidatures")>{t.get(m::SEE_APPLICATIONS)}</a>
                </p>
            })}
            <section class="card"><h2>{t.get(m::AS_SEEN)}</h2><MissionView mission=preview /></section>
            <LiveSlots editor=editor.clone() />
            <Sheets editor=editor.clone() />
            <section>
                <h2>{t.get(m::THREAD)}</h2>
                <Messages thread=editor.thread topics=topics />
                <Form act=WriteAboutMission::url() keep=true>
                    <Subject name="id" value=id.to_string() />
                    <TopicSelect topics=topics />
                    <div data-key=Key::Message.code()><Field name="body" kind="textarea" rows=3 label=t.get(m::MESSAGE) /></div>
                    <Submit label=t.get(m::SEND_MESSAGE) class="btn--quiet" />
                </Form>
            </section>
            <Prolong organisation=organisation id=id status=editor.status />
            <CopyForm mission=id status=editor.status />
            <Ending id=id status=editor.status cancellable=editor.cancellable />
            <History lines=editor.history />
        </Page>
    }
}

#[component]
fn State(editor: MissionEditor) -> impl IntoView {
    let t = texts();
    let newer = matches!(editor.status, MissionStatus::Published | MissionStatus::Suspended)
        .then(|| editor.version.and_then(version_note))
        .flatten();
    view! {
        <p><StatusPill status=editor.status />{newer.map(|note| view! { " "<span class="tag">{t.get(note)}</span> })}</p>
        {editor.decision_reason.map(|reason| view! {
            <div class="notice notice--warn">
                <h2>{t.get(m::TOWN_ANSWER)}</h2>
                <p>{reason}</p>
            </div>
        })}
    }
}

#[component]
fn Sending(editor: MissionEditor) -> impl IntoView {
    let t = texts();
    let (id, organisation) = (editor.id, editor.organisation);
    let being_written = matches!(editor.version, Some(VersionStatus::Draft | VersionStatus::ChangesRequested));
    if !being_written {
        return ().into_any();
    }
    let missing = editor
        .missing
        .iter()
        .map(|(field, problem)| {
            let href = routes::own_mission(organisation, id, page_of(field));
            let name = problems::field_name(t, field);
            view! { <li><a href=href>{name}</a>{problems::separator(t)}{problems::problem(t, problem)}</li> }
        })
        .collect_view();
    let complete = editor.missing.is_empty();
    view! {
        {(!complete).then(|| view! { <div class="notice notice--info"><h2>{t.get(m::STILL_MISSING)}</h2><ul>{missing}</ul></div> })}
        {(complete && !editor.submittable).then(|| view! { <p class="notice notice--info">{t.get(m::NOT_APPROVED_YET)}</p> })}
        {(editor.submittable && editor.requests.is_empty()).then(|| view! {
            <Form act=SubmitMission::url()>
                <Subject name="id" value=id.to_string() />
                <Submit label=t.get(m::SUBMIT) />
            </Form>
        })}
    }
    .into_any()
}

/// The step of the editor where a field is written.
fn page_of(field: &str) -> &'static str {
    match field.split('.').next().unwrap_or(field) {
        "slots" => "creneaux",
        "address" | "neighbourhood" | "remote" | "place" => "lieu",
        "beneficiaries" | "prerequisites" | "safety_rules" | "open_to_minors" | "equipment" => "public",
        _ => "texte",
    }
}

#[component]
fn LiveSlots(editor: MissionEditor) -> impl IntoView {
    let t = texts();
    let (id, organisation, now) = (editor.id, editor.organisation, editor.now);
    let live = matches!(editor.status, MissionStatus::Published | MissionStatus::Suspended);
    let (online, opens_on) = (editor.status == MissionStatus::Published, editor.opens_on);
    let (own, held): (Vec<_>, Vec<_>) = editor
        .live_slots
        .into_iter()
        .filter(|slot| live && !slot.cancelled && slot.ends_at > now)
        .partition(|slot| slot.organisation.is_none());
    let held: Vec<_> =
        held.into_iter().map(|slot| view! { <Held line=slot partners=editor.partners.clone() /> }).collect();
    let lines = own
        .into_iter()
        .map(|slot| {
            view! {
                <li class="slot">
                    <span class="slot__when"><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /></span>
                    <span class="slot__places">{t.with(m::TAKEN_OF, &[("taken", &slot.taken.to_string()), ("places", &slot.places.to_string())])}</span>
                    <div class="slot__action">
                        {(slot.places > 1).then(|| view! {
                            <a class="btn btn--quiet" href=routes::fewer_places(organisation, id, slot.id)>{t.get(k::planning::REDUCE)}</a>
                        })}
                        {(online && AskedSlot { opens_on, ..AskedSlot::of(&slot) }.check(now).is_ok()).then(|| view! {
                            <br /><a class="btn btn--quiet" href=routes::cover(organisation, id, slot.id)>{t.get(k::cover::LINK)}</a>
                        })}
                    </div>
                    <Fold summary=t.get(m::CANCEL_SLOT) act=CancelSlot::url() key=slot.id.to_string()>
                        <Form act=CancelSlot::url() key=slot.id.to_string()>
                            <Subject name="id" value=id.to_string() />
                            <Subject name="slot" value=slot.id.to_string() />
                            <Field name="reason" label=t.get(k::common::REASON) hint=t.get(m::REASON_HINT) />
                            <Submit label=t.get(m::CANCEL_SLOT_CONFIRM) class="btn--danger" />
                        </Form>
                    </Fold>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let any = !(lines.is_empty() && held.is_empty());
    any.then(
        || view! { <section><h2>{t.get(m::LIVE_SLOTS)}</h2><ul class="slots" role="list">{lines}{held}</ul></section> },
    )
}

/// A slot that is not written here: the town joined it, and only whoever holds it calls it off.
#[component]
pub fn Held(
    /// The slot.
    line: SlotLine,
    /// Who may hold it.
    partners: Vec<Partner>,
) -> impl IntoView {
    let (t, slot) = (texts(), line);
    let partner = partners.into_iter().find(|partner| Some(partner.id) == slot.organisation);
    let held = match partner {
        Some(partner) => t.with(k::partners::HELD_BY, &[("organisation", &partner.name)]),
        None => t.get(k::partners::JOINED_OWN).to_owned(),
    };
    view! {
        <li class="slot">
            <span class="slot__when"><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /><small>{held}</small></span>
            <span class="slot__places">{t.with(m::TAKEN_OF, &[("taken", &slot.taken.to_string()), ("places", &slot.places.to_string())])}</span>
        </li>
    }
}

/// The handing-out sheets of its own slots; those of partners' slots are theirs.
#[component]
fn Sheets(editor: MissionEditor) -> impl IntoView {
    let takes_place = matches!(editor.status, MissionStatus::Published | MissionStatus::Closed);
    (takes_place && !editor.content.equipment.is_empty()).then(|| {
        let slots = editor.live_slots.into_iter().filter(|slot| slot.organisation.is_none()).collect::<Vec<_>>();
        view! { <SheetLinks organisation=editor.organisation mission=editor.id slots=slots now=editor.now /> }
    })
}

/// How a mission that is online goes on.
#[component]
fn Prolong(organisation: OrganisationId, id: MissionId, status: MissionStatus) -> impl IntoView {
    let t = texts();
    (status == MissionStatus::Published).then(|| {
        view! {
            <section>
                <h2>{t.get(n::EXTEND_TITLE)}</h2>
                <p>{t.get(n::EXTEND_TEXT)}</p>
                <p class="btn-row">
                    <a class="btn" href=routes::own_mission(organisation, id, "creneaux")>{t.get(n::EXTEND_LINK)}</a>
                    <a class="btn" href=routes::repeated_slots(organisation, id)>{t.get(n::LINK)}</a>
                </p>
            </section>
        }
    })
}

#[component]
fn Ending(id: MissionId, status: MissionStatus, cancellable: bool) -> impl IntoView {
    let t = texts();
    view! {
        {(status == MissionStatus::Published).then(|| view! {
            <Fold summary=t.get(m::CLOSE) act=CloseMission::url()>
                <p>{t.get(m::CLOSE_HINT)}</p>
                <Form act=CloseMission::url()>
                    <Subject name="id" value=id.to_string() />
                    <Submit label=t.get(m::CLOSE_CONFIRM) class="btn--quiet" />
                </Form>
            </Fold>
        })}
        {cancellable.then(|| view! {
            <Fold summary=t.get(m::CANCEL) act=CancelMission::url()>
                <p>{t.get(m::CANCEL_HINT)}</p>
                <Form act=CancelMission::url()>
                    <Subject name="id" value=id.to_string() />
                    <Field name="reason" kind="textarea" rows=2 label=t.get(k::common::REASON) hint=t.get(m::REASON_HINT) />
                    <Submit label=t.get(m::CANCEL_CONFIRM) class="btn--danger" />
                </Form>
            </Fold>
        })}
    }
}
