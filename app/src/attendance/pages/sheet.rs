use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    attendance::{Attendee, Mark, Note, Said, SlotAttendance, rules},
    missions::SlotKind,
};
use leptos::{
    leptos_dom::helpers::{set_interval_with_handle, window_event_listener_untyped},
    prelude::*,
    server_fn::ServerFn,
};
use leptos_router::hooks::use_params_map;

use crate::{
    attendance::{NoteAttendance, load_sheet},
    i18n::{Text, k::applications as ap, k::attendance as a, texts},
    request::{self, Sending, Unsent},
    routes,
    ui::{
        Changed, Choice, Choices, Empty, Field, Fold, Form, Hidden, Icon, Page, Subject, Submit,
        page::{Refresh, load, loaded},
        time::{self, When},
        typed_line,
    },
};

/// How often it is tried to send what waits for a network.
const AGAIN: Duration = Duration::from_secs(30);

/// Who came to a slot, for the organisation that answers for it.
#[component]
pub fn SheetPage() -> impl IntoView {
    let params = use_params_map();
    let asked = Memo::new(move |_| {
        let get = |name: &str| params.read().get(name).unwrap_or_default();
        (get("id"), get("mission"), get("slot"))
    });
    let data = load(move || asked.get(), |(id, mission, slot)| load_sheet(id, mission, slot));
    loaded(data, |sheet| view! { <Sheet sheet=sheet /> })
}

#[component]
fn Sheet(sheet: SlotAttendance) -> impl IntoView {
    let t = texts();
    let (mission, title) = sheet.mission.clone();
    let above = if sheet.helper {
        routes::organisation_space(sheet.organisation)
    } else {
        routes::own_mission(sheet.organisation, mission, "relecture")
    };
    let trail = vec![
        (title, above),
        (t.get(ap::ANSWERS_TITLE).to_owned(), routes::own_mission(sheet.organisation, mission, "candidatures")),
    ];
    let slot = sheet.slot.clone();
    let noted = u32::try_from(sheet.people.iter().filter(|person| person.note.is_some()).count()).unwrap_or_default();
    let expected = u32::try_from(sheet.people.len()).unwrap_or_default();
    // A sheet that is opened at home serves where there is no network.
    let soon = sheet.opens_at.is_none_or(|at| at <= sheet.now + rules::PREPARED_BEFORE);
    let not_yet = if soon && !sheet.people.is_empty() { a::NOT_YET_PREPARED } else { a::NOT_YET };
    let told = [(sheet.opens_at, not_yet), (sheet.closed_at, a::CLOSED)]
        .into_iter()
        .filter_map(|(at, text)| Some(t.with(text, &[("at", &time::instant(t.locale(), at?))])))
        .map(|text| view! { <p class="notice notice--info">{text}</p> })
        .collect_view();
    let open = soon && sheet.closed_at.is_none();
    view! {
        <Page title=t.get(a::TITLE) lead=t.get(a::LEAD) trail=trail>
            <p class="slot__when"><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /></p>
            <Changed text=a::WERE_CHANGED />
            {told}
            {if sheet.people.is_empty() {
                view! { <Empty title=t.get(a::NOBODY_TITLE) text=t.get(a::NOBODY_TEXT) /> }.into_any()
            } else {
                view! {
                    <p>{t.count(a::COUNTED, noted)}" "{t.count(a::EXPECTED, expected)}</p>
                    {open.then(|| view! { <Offline page=routes::attendance(sheet.organisation, mission, slot.id) by=sheet.by.to_string() /> })}
                    <People sheet=sheet open=open />
                }
                .into_any()
            }}
        </Page>
    }
}

/// What waits for a network; and that the sheet works without one, where the browser keeps it.
#[component]
fn Offline(page: String, by: String) -> impl IntoView {
    let (t, refresh) = (texts(), use_context::<Refresh>());
    let (page, by) = (StoredValue::new(page), StoredValue::new(by));
    let kept = RwSignal::new(None::<Unsent>);
    // Shown; whether it waits.
    let show = move |state: Option<Unsent>| {
        if let Some(Unsent::Changed(people)) = state {
            let _ = page.try_with_value(|page| request::redirect(&routes::changed(page, people)));
        }
        let _ = kept.try_set(state);
        state == Some(Unsent::Waiting)
    };
    let send = move || {
        request::send_unsent(move |told| {
            let Some((of, by)) = page.try_get_value().zip(by.try_get_value()) else { return };
            let waited = kept.try_get_untracked().flatten() == Some(Unsent::Waiting);
            request::unsent(&of, &by, None, move |state| {
                show(state);
                // It left now, or before: from another page, or by the browser itself.
                let left = state.is_none() && (waited || told != Sending::default());
                if let Some(refresh) = refresh.filter(|_| left) {
                    refresh.0.update(|count| *count += 1);
                }
            });
        });
    };
    Effect::new(move || {
        page.with_value(|page| {
            request::work_offline(page);
            request::unsent(page, &by.get_value(), Some(NoteAttendance::url()), move |state| {
                if show(state) {
                    send();
                }
            });
        });
        let online = window_event_listener_untyped("online", move |_| send());
        let again = move || {
            if kept.try_get_untracked().flatten() == Some(Unsent::Waiting) {
                send();
            }
        };
        let again = set_interval_with_handle(again, AGAIN);
        on_cleanup(move || {
            online.remove();
            let _ = again.map(|again| again.clear());
        });
    });
    move || match kept.get() {
        None | Some(Unsent::Changed(_)) => None,
        Some(Unsent::Waiting) => Some(
            view! {
                <div class="notice notice--warn" role="status">
                    <p>{t.get(a::UNSENT)}</p>
                    <button type="button" class="btn" on:click=move |_| send()>{t.get(a::SEND_NOW)}</button>
                </div>
            }
            .into_any(),
        ),
        Some(Unsent::Refused) => {
            Some(view! { <p class="notice notice--warn" role="status">{t.get(a::UNSENT_REFUSED)}</p> }.into_any())
        }
    }
}

#[component]
fn People(sheet: SlotAttendance, open: bool) -> impl IntoView {
    let t = texts();
    let (settled, others): (Vec<_>, Vec<_>) =
        sheet.people.clone().into_iter().partition(|person| person.note.as_ref().is_some_and(|note| note.validated));
    let line = |person: Attendee| {
        let id = routes::attendee_line(person.application);
        view! { <li id=id><Told person=person /></li> }
    };
    if !open {
        let lines = settled.into_iter().chain(others).map(line).collect_view();
        return view! { <ul class="plain-list stack" role="list">{lines}</ul> }.into_any();
    }
    let all = others.is_empty();
    let done = (!settled.is_empty()).then(|| {
        view! {
            <section>
                <h2>{t.get(a::VALIDATED)}</h2>
                <ul class="plain-list stack" role="list">{settled.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    });
    view! {
        {all.then(|| view! { <p class="notice notice--info">{t.get(a::ALL_VALIDATED)}</p> })}
        {(!all).then(|| view! { <SheetForm sheet=sheet people=others /> })}
        {done}
    }
    .into_any()
}

#[component]
fn SheetForm(sheet: SlotAttendance, people: Vec<Attendee>) -> impl IntoView {
    let t = texts();
    let kind = sheet.slot.kind;
    let (organisation, mission) = (sheet.organisation.to_string(), sheet.mission.0.to_string());
    let may_validate = sheet.may_validate;
    view! {
        // Nothing is kept in the browser: what was typed for a line must not come back beside somebody else's name.
        <Form act=NoteAttendance::url() group="form" fresh=true>
            <Subject name="organisation" value=organisation />
            <Subject name="mission" value=mission />
            <Subject name="slot" value=sheet.slot.id.to_string() />
            <Subject name="by" value=sheet.by.to_string() />
            // Until then, what a phone keeps waits.
            {sheet.opens_at.map(|at| view! { <Hidden name="opens" value=at.timestamp_millis().to_string() /> })}
            <ul class="plain-list stack attendance" role="list">
                {placed(people)
                    .into_iter()
                    .map(|(index, person)| {
                        let id = routes::attendee_line(person.application);
                        view! { <li class="card" id=id><Person index=index person=person kind=kind /></li> }
                    })
                    .collect_view()}
            </ul>
            <div class="btn-row">
                <Submit label=t.get(a::SAVE) choice=("answer", "save".to_owned()) />
                {(kind == SlotKind::Dated).then(|| view! { <Submit label=t.get(a::ALL_CAME) class="" choice=("answer", "rest".to_owned()) /> })}
            </div>
            {if may_validate {
                view! {
                    <Fold summary=t.get(a::VALIDATE) act=NoteAttendance::url()>
                        <p>{t.get(a::VALIDATE_HINT)}</p>
                        <Field name="thanks" kind="textarea" rows=3 label=t.get(a::THANKS) hint=t.get(a::THANKS_HINT) optional=true />
                        <Submit label=t.get(a::VALIDATE_CONFIRM) class="" choice=("answer", "validate".to_owned()) />
                    </Fold>
                }
                .into_any()
            } else {
                view! { <p class="field__hint">{t.get(a::VALIDATE_LATER)}</p> }.into_any()
            }}
        </Form>
    }
}

/// The place of each person's line: where it was when the form was refused, for others may have come or gone since.
fn placed(people: Vec<Attendee>) -> Vec<(usize, Attendee)> {
    let was: Vec<Option<usize>> =
        people.iter().map(|person| typed_line("lines", "application", &person.application.to_string())).collect();
    let mut free = (0..).filter(|place| !was.contains(&Some(*place)));
    let places: Vec<usize> = was.iter().map(|was| was.or_else(|| free.next()).unwrap_or_default()).collect();
    places.into_iter().zip(people).collect()
}

const fn name_of(mark: Mark) -> Text {
    match mark {
        Mark::Present => a::PRESENT,
        Mark::Late => a::LATE,
        Mark::Absent => a::ABSENT,
        Mark::Replaced => a::REPLACED,
    }
}

/// One person to note.
#[component]
fn Person(index: usize, person: Attendee, kind: SlotKind) -> impl IntoView {
    let t = texts();
    let name = |field: &str| format!("lines.{index}.{field}");
    let note = person.note;
    let choices = Mark::ALL
        .iter()
        .map(|mark| {
            let chosen = note.as_ref().is_some_and(|note| note.mark == *mark);
            Choice::new(mark.as_str(), t.get(name_of(*mark))).chosen(chosen)
        })
        .collect();
    let hours = note.as_ref().filter(|note| note.minutes > 0).map(|note| rules::hours(note.minutes));
    let hint = if kind == SlotKind::Dated { a::HOURS_HINT } else { a::HOURS_HINT_OPEN };
    let seen = note.as_ref().map_or(0, |note| note.version);
    view! {
        <Hidden name=name("application") value=person.application.to_string() />
        <Hidden name=name("seen") value=seen.to_string() />
        {person.left_at.map(|at| view! {
            <Hidden name=name("left") value="true".to_owned() />
            <p class="field__hint"><Left at=at /></p>
        })}
        {person.said.map(|said| view! { <p class="field__hint"><Says said=said /></p> })}
        <Choices name=name("mark") legend=t.with(a::MARK, &[("name", &person.name)]) choices=choices />
        <Field name=name("hours") label=t.with(a::HOURS, &[("name", &person.name)]) hint=t.get(hint) value=hours.unwrap_or_default() optional=true />
        {note.map(|note| view! { <p class="field__hint"><NotedBy note=note /></p> })}
        {person.phone.map(|phone| view! { <p><a href=format!("tel:{phone}")>{phone.clone()}</a></p> })}
    }
}

#[component]
fn NotedBy(note: Note) -> impl IntoView {
    let t = texts();
    t.with(a::NOTED_BY, &[("name", &note.by), ("at", &time::instant(t.locale(), note.at))])
}

/// What somebody says of it themselves: whoever notes decides.
#[component]
fn Says(said: Said) -> impl IntoView {
    let words = match said {
        Said::WasThere => a::SAYS_WAS_THERE,
        Said::CouldNotCome => a::SAYS_COULD_NOT_COME,
        Said::NotHeld => a::SAYS_NOT_HELD,
    };
    texts().get(words)
}

#[component]
fn Left(at: DateTime<Utc>) -> impl IntoView {
    let t = texts();
    t.with(a::LEFT, &[("at", &time::instant(t.locale(), at))])
}

/// One person, as noted.
#[component]
fn Told(person: Attendee) -> impl IntoView {
    let t = texts();
    let left = person.left_at.map(|at| view! { <p class="field__hint"><Left at=at /></p> });
    let said = person.said.map(|said| view! { <p class="field__hint"><Says said=said /></p> });
    let note = person.note.map(|note| {
        let hours = if note.minutes > 0 { time::duration(note.minutes) } else { t.get(a::NO_HOURS).to_owned() };
        view! {
            <p><Icon name="i-check" />{t.get(name_of(note.mark))}", "{hours}</p>
            <p class="field__hint"><NotedBy note=note /></p>
        }
    });
    view! { <article class="card"><p><strong>{person.name}</strong></p>{left}{said}{note}</article> }
}
