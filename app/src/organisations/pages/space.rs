use domain::{
    ids::OrganisationId,
    missions::MissionStatus,
    organisations::{OrganisationSpace, OrganisationStatus, OwnMission},
    text,
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    attendance::SlotsToNote,
    i18n::{Text, k, k::organisations as o, k::planning as p, texts},
    missions::{MissionPill, version_note},
    organisations::{
        AnswerTown, SubmitOrganisation, WriteToTown,
        components::{StatusPill, Summary},
        load_space,
    },
    planning::{CopyButton, Week},
    routes,
    ui::{
        Asked, Empty, Field, Form, Icon, Page, Subject, Submit,
        page::{load, loaded, param},
        thread::Thread,
        time::Day,
    },
};

/// An organisation's own space: where it stands, what to do next, its missions, the exchange with its town.
#[component]
pub fn Space() -> impl IntoView {
    let id = param("id");
    loaded(load(move || id.get(), load_space), |space| view! { <SpaceView space=space /> })
}

#[component]
fn SpaceView(space: OrganisationSpace) -> impl IntoView {
    let t = texts();
    let (id, status, helper) = (space.id, space.status, space.helper);
    let reason = space.decision_reason.clone();
    let exchange = (status != OrganisationStatus::Draft && !helper).then(|| {
        view! {
            <section id="echanges">
                <h2>{t.with(o::EXCHANGE, &[("town", &space.town.name)])}</h2>
                <Thread messages=space.thread.clone() />
                <WriteForm id=id />
            </section>
        }
    });
    let public = status.is_public().then(|| {
        let href = routes::organisation(id, &text::slug(&space.form.name));
        view! { <a class="btn btn--quiet" href=href>{t.get(o::SEE_PUBLIC)}</a> }
    });
    let templates = status.is_public().then(|| {
        view! { " "<a class="btn btn--quiet" href=routes::answer_templates(id)>{t.get(k::messages::TEMPLATES_TITLE)}</a> }
    });
    let said = (status.is_public() && !helper).then(|| {
        let href = routes::organisation_testimonials(id);
        view! { <a class="btn btn--quiet" href=href>{t.get(k::testimonials::THEIRS_TITLE)}</a> }
    });
    let may_edit = (status.is_editable() || status.is_public()) && !helper;
    let edit = may_edit.then(|| {
        let href = routes::organisation_page(id, "modifier");
        view! { <a class="btn btn--quiet" href=href><Icon name="i-edit" />{t.get(o::EDIT)}</a> }
    });
    view! {
        <Page title=space.form.name.clone()>
            <p><StatusPill status=status />" "<a class="btn btn--quiet" href=routes::team(id)><Icon name="i-people" />{t.get(k::team::LINK)}</a>{templates}</p>
            {reason.map(|reason| view! {
                <div class="notice notice--warn">
                    <Icon name="i-warning" />
                    <h2>{t.with(o::REASON_OF_TOWN, &[("town", &space.town.name)])}</h2>
                    <p class="message__body">{reason}</p>
                </div>
            })}
            <Asked act=AnswerTown::url() id=id.to_string() requests=space.requests.clone()
                send=status.is_editable().then(|| t.get(k::missions::ANSWER_AND_SUBMIT)) />
            {(!space.missions.is_empty()).then(|| view! { <Week organisation=id missions=space.missions.clone() /> })}
            <SlotsToNote organisation=id />
            {(!helper).then(|| view! { <NextStep id=id status=status town=space.town.name.clone() asked=!space.requests.is_empty() /> })}
            <OwnMissions id=id status=status missions=space.missions helper=helper />
            {if helper {
                view! { <p class="btn-row">{public}</p> }.into_any()
            } else {
                view! {
                    <section>
                        <h2>{t.get(o::PRESENTATION)}</h2>
                        <Summary form=space.form.clone() town=space.town.clone() />
                        <p class="btn-row">{edit}{public}{said}</p>
                    </section>
                }
                .into_any()
            }}
            {exchange}
        </Page>
    }
}

/// What happens next, and what to do about it.
#[component]
fn NextStep(
    id: OrganisationId,
    status: OrganisationStatus,
    town: String,
    /// Points are to be answered: their form sends it.
    asked: bool,
) -> impl IntoView {
    let t = texts();
    let text: Text = match status {
        OrganisationStatus::Draft => o::NEXT_DRAFT,
        OrganisationStatus::Submitted => o::NEXT_SUBMITTED,
        OrganisationStatus::ChangesRequested => o::NEXT_CHANGES,
        OrganisationStatus::Approved => o::NEXT_APPROVED,
        OrganisationStatus::Refused => o::NEXT_REFUSED,
        OrganisationStatus::Suspended => o::NEXT_SUSPENDED,
    };
    let submit = (status.is_editable() && !asked)
        .then(|| view! { <SendForm id=id again=status == OrganisationStatus::ChangesRequested /> });
    view! {
        <section class="card">
            <h2>{t.get(o::NEXT)}</h2>
            <p>{t.with(text, &[("town", &town)])}</p>
            {submit}
        </section>
    }
}

#[component]
fn SendForm(id: OrganisationId, again: bool) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=SubmitOrganisation::url()>
            <Subject name="id" value=id.to_string() />
            <p class="btn-row">
                <a class="btn" href=routes::organisation_page(id, "modifier")>{t.get(o::COMPLETE)}</a>
                <Submit label=t.get(if again { o::SEND_AGAIN } else { o::SEND }) />
            </p>
        </Form>
    }
}

#[component]
fn OwnMissions(
    id: OrganisationId,
    status: OrganisationStatus,
    missions: Vec<OwnMission>,
    /// Proposes none.
    helper: bool,
) -> impl IntoView {
    let t = texts();
    let may_propose = !helper && !matches!(status, OrganisationStatus::Refused | OrganisationStatus::Suspended);
    let propose = move || {
        may_propose.then(|| {
            let href = routes::organisation_page(id, "missions/nouvelle");
            view! { <a class="btn btn--primary" href=href><Icon name="i-plus" />{t.get(o::PROPOSE)}</a> }
        })
    };
    if missions.is_empty() {
        return view! {
            <section>
                <h2>{t.get(o::MISSIONS)}</h2>
                <Empty title=t.get(o::NO_MISSION) text=t.get(if helper { o::NO_MISSION_HELPER } else { o::NO_MISSION_TEXT })>{propose()}</Empty>
            </section>
        }
        .into_any();
    }
    let rows = missions
        .into_iter()
        .map(|mission| view! { <MissionRow id=id mission=mission may_copy=may_propose helper=helper /> })
        .collect_view();
    view! {
        <section>
            <h2>{t.get(o::MISSIONS)}</h2>
            <p>{propose()}</p>
            <table class="data">
                <caption class="visually-hidden">{t.get(o::MISSIONS)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(o::COLUMN_MISSION)}</th>
                    <th scope="col">{t.get(o::COLUMN_STATUS)}</th>
                    <th scope="col">{t.get(o::COLUMN_STARTS)}</th>
                    <th scope="col">{t.get(o::COLUMN_PLACES)}</th>
                    <th scope="col">{t.get(o::COLUMN_APPLICATIONS)}</th>
                    <th scope="col"><span class="visually-hidden">{t.get(p::COLUMN_ACTIONS)}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn MissionRow(id: OrganisationId, mission: OwnMission, may_copy: bool, helper: bool) -> impl IntoView {
    let t = texts();
    let editable = matches!(mission.status, MissionStatus::Draft | MissionStatus::ChangesRequested);
    let partner = mission.partner_of.as_ref().map(|owner| t.with(k::partners::PARTNER_OF, &[("organisation", owner)]));
    let page = match (&partner, editable) {
        (Some(_), _) => "candidatures",
        _ if helper => "candidatures",
        // What is asked stands on the last page.
        (None, true) if mission.status == MissionStatus::ChangesRequested => "relecture",
        (None, true) => "texte",
        (None, false) => "relecture",
    };
    let href = routes::own_mission(id, mission.id, page);
    let copy = (may_copy && partner.is_none()).then(|| view! { <CopyButton mission=mission.id /> });
    let title = if mission.title.is_empty() { t.get(o::UNTITLED).to_owned() } else { mission.title };
    let newer =
        mission.newer_version.and_then(version_note).map(|note| view! { <small class="muted">{t.get(note)}</small> });
    let (taken, places) = mission.places;
    let places = (places > 0).then(|| t.with(o::PLACES, &[("taken", &t.number(taken)), ("places", &t.number(places))]));
    let applications = (mission.status != MissionStatus::Draft).then(|| {
        let href = routes::own_mission(id, mission.id, "candidatures");
        let text = if mission.pending > 0 {
            t.count(o::PENDING, mission.pending)
        } else {
            t.get(o::SEE_APPLICATIONS).to_owned()
        };
        view! { <a href=href>{text}</a> }
    });
    view! {
        <tr>
            <th scope="row"><a href=href>{title}</a>{partner.map(|partner| view! { " "<small class="muted">{partner}</small> })}</th>
            <td data-label=t.get(o::COLUMN_STATUS)><span><MissionPill status=mission.status />" "{newer}</span></td>
            <td data-label=t.get(o::COLUMN_STARTS)><span>{mission.starts_at.map(|at| view! { <Day at=at /> })}</span></td>
            <td data-label=t.get(o::COLUMN_PLACES) class="num"><span>{places}</span></td>
            <td data-label=t.get(o::COLUMN_APPLICATIONS)><span>{applications}</span></td>
            <td>{copy}</td>
        </tr>
    }
}

#[component]
fn WriteForm(id: OrganisationId) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=WriteToTown::url()>
            <Subject name="id" value=id.to_string() />
            <Field name="body" kind="textarea" rows=4 label=t.get(o::MESSAGE) hint=t.get(o::MESSAGE_HINT) />
            <Submit label=t.get(o::MESSAGE_SEND) class="" />
        </Form>
    }
}
