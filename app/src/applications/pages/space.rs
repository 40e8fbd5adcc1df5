use domain::{
    accounts::Me,
    applications::{ApplicationStatus, ConsentStatus, OwnApplication, OwnConsent, VolunteerSpace, by_turn},
    attendance::{AskedSlot, Said},
    messages::Door,
    missions::{MissionStatus, SlotKind, SlotLine},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    applications::{AskGuardian, LeaveSlot, SetCalendar, Withdraw, load_space},
    attendance::SaySlot,
    crisis::Acknowledgements,
    frame::Person,
    i18n::{Text, Texts, k, k::applications as a, k::attendance as att, texts},
    routes,
    ui::{
        Empty, Field, Fold, Form, Icon, Lines, Page, Subject, Submit,
        page::{load, loaded},
        time::{self, When},
    },
};

/// The volunteer's space; the way to their other spaces for those who have some.
#[component]
pub fn MySpace() -> impl IntoView {
    loaded(load(|| (), |()| load_space()), |space| view! { <SpaceView space=space /> })
}

#[component]
fn SpaceView(space: VolunteerSpace) -> impl IntoView {
    let t = texts();
    let hours = time::duration(space.minutes_this_week);
    let shown = space.calendar.is_some() || !space.live.is_empty() || !space.past.is_empty();
    let (nothing, rules) = (space.live.is_empty(), space.to_acknowledge);
    let [asking, next, waiting, over] = by_turn(space.live, space.past, space.now);
    let list = |applications: Vec<OwnApplication>| {
        let items = applications.into_iter().map(|own| view! { <li><Own own=own /></li> }).collect_view();
        view! { <ul class="plain-list stack" role="list">{items}</ul> }
    };
    let part = move |title: Text, applications: Vec<OwnApplication>| {
        (!applications.is_empty()).then(|| view! { <section><h2>{t.get(title)}</h2>{list(applications)}</section> })
    };
    let asks = !asking.is_empty() || !rules.is_empty();
    let to_answer = asks.then(|| {
        let list = (!asking.is_empty()).then(|| list(asking));
        view! { <section><h2>{t.get(a::TO_ANSWER)}</h2><Acknowledgements rules=rules />{list}</section> }
    });
    let comes = nothing || !next.is_empty();
    let live = if nothing {
        view! {
            <Empty title=t.get(a::NOTHING_TITLE) text=t.get(a::NOTHING_TEXT)>
                <a class="btn btn--primary" href=routes::MISSIONS>{t.get(crate::i18n::k::frame::FIND)}</a>
            </Empty>
        }
        .into_any()
    } else {
        list(next).into_any()
    };
    // Whoever has or is offered a place sees the week's hours (decree 2017-930).
    let hours = (!nothing).then(|| view! { <p>{t.with(a::HOURS, &[("hours", &hours)])}</p> });
    view! {
        <Page title=t.with(a::HELLO, &[("name", &space.given_name)])>
            {hours}
            {to_answer}
            <OtherSpaces />
            {comes.then(|| view! { <section><h2>{t.get(a::LIVE)}</h2>{live}</section> })}
            {part(a::FOR_OTHERS, waiting)}
            {part(a::PAST, over)}
            <p><a href=routes::MY_MONTH>{t.get(a::BY_MONTH)}</a></p>
            <p><a href=routes::MY_HOURS>{t.get(crate::i18n::k::attendance::SEE_HOURS)}</a></p>
            <p><a href=routes::MY_TESTIMONIALS>{t.get(k::testimonials::OWN_TITLE)}</a></p>
            {shown.then(|| view! { <MyCalendar address=space.calendar /> })}
            <p><a href=routes::MY_SUGGESTIONS>{t.get(a::SUGGESTIONS)}</a></p>
            <p><a href=routes::MY_ALERTS>{t.get(k::alerts::TITLE)}</a></p>
            <p><a href=routes::MY_FAVOURITES>{t.get(k::favourites::TITLE)}</a></p>
            <p><a href=routes::MY_PROFILE>{t.get(a::PROFILE)}</a></p>
        </Page>
    }
}

/// The address that calendar programs follow.
#[component]
fn MyCalendar(address: Option<String>) -> impl IntoView {
    let t = texts();
    let body = match address {
        None => view! {
            <Form act=SetCalendar::url()>
                <Submit label=t.get(a::CALENDAR_ON) class="" choice=("answer", "on".to_owned()) />
            </Form>
        }
        .into_any(),
        Some(address) => {
            let subscribe = address.split_once(':').map(|(_, rest)| format!("webcal:{rest}"));
            view! {
                <p><a class="btn" href=subscribe rel="external"><Icon name="i-calendar" />{t.get(a::CALENDAR_OPEN)}</a></p>
                <div class="field">
                    <label class="field__label" for="agenda">{t.get(a::CALENDAR_ADDRESS)}</label>
                    <p class="field__hint" id="agenda-aide">{t.get(a::CALENDAR_SECRET)}</p>
                    <input class="field__input" id="agenda" readonly aria-describedby="agenda-aide" value=address />
                </div>
                <Fold summary=t.get(a::CALENDAR_CHANGE) act=SetCalendar::url()>
                    <p>{t.get(a::CALENDAR_CHANGE_HINT)}</p>
                    <Form act=SetCalendar::url()>
                        <div class="btn-row">
                            <Submit label=t.get(a::CALENDAR_NEW) class="" choice=("answer", "on".to_owned()) />
                            <Submit label=t.get(a::CALENDAR_OFF) class="btn--danger" choice=("answer", "off".to_owned()) />
                        </div>
                    </Form>
                </Fold>
            }
            .into_any()
        }
    };
    view! { <section><h2>{t.get(a::CALENDAR)}</h2><p>{t.get(a::CALENDAR_TEXT)}</p>{body}</section> }
}

#[component]
fn OtherSpaces() -> impl IntoView {
    let person = expect_context::<Person>().0;
    view! {
        <Suspense>
            {move || Suspend::new(async move { person.await.ok().flatten().map(|me| view! { <Spaces me=me /> }) })}
        </Suspense>
    }
}

#[component]
fn Spaces(me: Me) -> impl IntoView {
    let t = texts();
    let mut links: Vec<(String, String)> =
        me.organisations.iter().map(|(id, name)| (routes::organisation_space(*id), name.clone())).collect();
    for (insee, name) in &me.municipalities {
        let label = t.with(crate::i18n::k::frame::COORDINATION, &[("town", name)]);
        links.push((routes::coordination(insee), label));
    }
    if me.network {
        links.push((routes::NETWORK.to_owned(), t.get(crate::i18n::k::frame::NETWORK).to_owned()));
    }
    if !me.volunteer || !links.is_empty() {
        links.push((routes::NEW_ORGANISATION.to_owned(), t.get(a::NEW_ORGANISATION).to_owned()));
    }
    let items = links
        .into_iter()
        .map(|(href, name)| view! { <li><a class="btn" href=href>{name}</a></li> })
        .collect::<Vec<_>>();
    (!items.is_empty()).then(|| view! { <section><h2>{t.get(a::OTHER_SPACES)}</h2><ul class="btn-row plain-list" role="list">{items}</ul></section> })
}

fn pill(status: ApplicationStatus) -> (&'static str, Text) {
    match status {
        ApplicationStatus::Pending => ("pill--waiting", a::PENDING),
        ApplicationStatus::Accepted => ("pill--closed", a::ACCEPTED),
        ApplicationStatus::Declined => ("pill--refused", a::DECLINED),
        ApplicationStatus::Withdrawn => ("pill--draft", a::WITHDRAWN),
        ApplicationStatus::Cancelled => ("pill--refused", a::CANCELLED),
        ApplicationStatus::Attended => ("pill--closed", a::ATTENDED),
        ApplicationStatus::Absent => ("pill--draft", a::ABSENT),
        ApplicationStatus::Waitlisted => ("pill--waiting", a::WAITLISTED),
        ApplicationStatus::Offered => ("pill--urgent", a::OFFERED),
        ApplicationStatus::Expired => ("pill--draft", a::EXPIRED),
    }
}

/// What an organisation calls the status of an application that it answers: what waits for whom is seen from its side.
pub fn status_name(status: ApplicationStatus) -> Text {
    match status {
        ApplicationStatus::Pending => a::THEIRS_PENDING,
        ApplicationStatus::Offered => a::THEIRS_OFFERED,
        ApplicationStatus::Withdrawn => a::THEIRS_WITHDRAWN,
        ApplicationStatus::Attended => a::THEIRS_ATTENDED,
        ApplicationStatus::Absent => a::THEIRS_ABSENT,
        // These read the same from both sides.
        ApplicationStatus::Accepted
        | ApplicationStatus::Declined
        | ApplicationStatus::Cancelled
        | ApplicationStatus::Waitlisted
        | ApplicationStatus::Expired => pill(status).1,
    }
}

/// The pill of an application's status.
#[component]
pub fn ApplicationPill(
    /// Where it stands.
    status: ApplicationStatus,
    /// Said to the organisation.
    #[prop(optional)]
    theirs: bool,
) -> impl IntoView {
    let (class, name) = pill(status);
    let name = if theirs { status_name(status) } else { name };
    view! { <span class=format!("pill {class}")>{texts().get(name)}</span> }
}

/// The way to an exchange, and whether there is something new in it.
#[component]
pub fn MessagesLink(
    /// Where.
    href: String,
    /// Whether the other side wrote.
    unread: bool,
) -> impl IntoView {
    let t = texts();
    let new = unread.then(|| view! { "\u{a0}"<span class="pill pill--waiting">{t.get(k::messages::NEW)}</span> });
    view! { <a class="btn btn--quiet" href=href>{t.get(k::messages::LINK)}{new}</a> }
}

#[component]
fn Own(own: OwnApplication) -> impl IntoView {
    let t = texts();
    let counted_on = own.status == ApplicationStatus::Accepted && own.withdrawable;
    let kept = |slot: &SlotLine| counted_on && slot.kind == SlotKind::Dated && !slot.cancelled;
    let dated = own.slots.iter().filter(|slot| kept(slot)).count();
    let slots = own
        .slots
        .iter()
        .map(|slot| {
            let file = kept(slot).then(|| to_calendar(t, routes::slot_calendar(own.id, slot.id), a::SLOT_TO_CALENDAR));
            view! { <li><Icon name="i-calendar" /><When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at />{slot.cancelled.then(|| t.get(a::SLOT_CANCELLED))}{file}</li> }
        })
        .collect_view();
    let id = own.id.to_string();
    let (one, further) = (leave_one(t, &own), more(t, &own));
    let held = own.held_until.filter(|_| own.status == ApplicationStatus::Offered);
    let (leave, hint, confirm) = match own.status {
        ApplicationStatus::Waitlisted => (a::LEAVE_LIST, a::LEAVE_LIST_HINT, a::LEAVE_LIST),
        _ => (a::WITHDRAW, a::WITHDRAW_HINT, a::WITHDRAW_CONFIRM),
    };
    // Its page is offline.
    let suspended = own.mission_status == MissionStatus::Suspended;
    let title = if suspended {
        own.mission.2.into_any()
    } else {
        view! { <a href=routes::mission(own.mission.0, &own.mission.1)>{own.mission.2}</a> }.into_any()
    };
    view! {
        <article class="card" id=routes::own_application_line(own.id)>
            <h3>{title}</h3>
            {(suspended && own.status.is_live()).then(|| view! { <p class="notice notice--warn">{t.get(crate::i18n::k::crisis::MISSION_SUSPENDED)}</p> })}
            <p><ApplicationPill status=own.status /></p>
            {own.position.map(|n| view! { <p>{t.count(a::POSITION, n)}</p> })}
            {held.map(|until| view! {
                <p class="notice notice--warn">{t.with(a::HELD_UNTIL, &[("until", &time::instant(t.locale(), until))])}</p>
                <p><a class="btn btn--primary" href=routes::offered_place(own.id, "")>{t.get(a::ANSWER_OFFER)}</a></p>
            })}
            <ul class="mission-card__meta" role="list">
                {slots}
                <li><Icon name="i-people" />{own.organisation}</li>
                <li><Icon name="i-pin" />{domain::missions::place(&own.address, None, &own.town.name)}</li>
            </ul>
            {own.asked.into_iter().map(|asked| view! { <Happened id=own.id.to_string() asked=asked /> }).collect_view()}
            {own.near.map(|mission| view! { <p class="notice notice--warn">{t.with(crate::i18n::k::missions::DOOR_NEAR, &[("mission", &mission)])}</p> })}
            {own.consent.map(|consent| view! { <Consent id=own.id.to_string() consent=consent /> })}
            {own.practical.map(|text| view! { <div class="notice notice--info"><h4>{t.get(a::PRACTICAL)}</h4><Lines text=text /></div> })}
            {own.messages.then(|| view! { <p><MessagesLink href=routes::messages(own.id, Door::Volunteer) unread=own.unread /></p> })}
            {own.reason.map(|reason| view! { <p>{t.get(crate::i18n::k::common::REASON)}{crate::ui::problems::separator(t)}{reason}</p> })}
            {counted_on.then(|| view! { <p><a class="btn btn--small btn--quiet" href=routes::pass(own.id)>{t.get(a::PASS_LINK)}</a></p> })}
            {(dated > 1).then(|| view! { <p>{to_calendar(t, routes::application_calendar(own.id), a::TO_CALENDAR)}</p> })}
            {further}
            {one}
            {own.withdrawable.then(|| view! {
                <Fold summary=t.get(leave) act=Withdraw::url() key=own.id.to_string()>
                    <p>{t.get(hint)}</p>
                    <Form act=Withdraw::url() key=id.clone()>
                        <Subject name="id" value=id />
                        <Submit label=t.get(confirm) class="btn--danger" />
                    </Form>
                </Fold>
            })}
        </article>
    }
}

/// A file for one's calendar.
fn to_calendar(t: Texts, href: String, label: Text) -> impl IntoView {
    view! { " "<a class="btn btn--small btn--quiet" href=href rel="external" download="">{t.get(label)}</a> }
}

/// The ways to other slots of the mission.
fn more(t: Texts, own: &OwnApplication) -> Option<AnyView> {
    let link = |href, name| view! { <a class="btn btn--small btn--quiet" href=href>{t.get(name)}</a> };
    (own.further || own.moves).then(|| {
        let add = own.further.then(|| link(routes::further_slots(own.id), a::ADD_SLOTS));
        let change = own.moves.then(|| link(routes::move_slot(own.id), a::MOVE_SLOT));
        view! { <p class="btn-row">{add}{change}</p> }.into_any()
    })
}

/// The way out of one slot, where others are left.
fn leave_one(t: Texts, own: &OwnApplication) -> Option<AnyView> {
    let key = own.id.to_string();
    let buttons = own.slots.iter().filter(|slot| own.removable.contains(&slot.id)).map(|slot| {
        let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
        (t.with(a::LEAVE_SLOT_CONFIRM, &[("slot", &when)]), slot.id.to_string())
    });
    let buttons: Vec<(String, String)> = buttons.collect();
    let told = (own.status != ApplicationStatus::Waitlisted).then(|| view! { <p>{t.get(a::WITHDRAW_HINT)}</p> });
    (!buttons.is_empty()).then(|| {
        view! {
            <Fold summary=t.get(a::LEAVE_SLOT) act=LeaveSlot::url() key=key.clone()>
                <p>{t.get(a::LEAVE_SLOT_HINT)}</p>
                {told}
                <Form act=LeaveSlot::url() key=key.clone()>
                    <Subject name="id" value=key />
                    <div class="btn-row">
                        {buttons.into_iter().map(|(label, slot)| view! { <Submit label=label class="btn--small btn--danger" choice=("slot", slot) /> }).collect_view()}
                    </div>
                </Form>
            </Fold>
        }
        .into_any()
    })
}

/// What came of a slot that is over, as the volunteer says it: three answers, the one that was given said and marked.
#[component]
fn Happened(id: String, asked: AskedSlot) -> impl IntoView {
    let t = texts();
    let slot = asked.slot;
    let when = time::slot(t, slot.kind, slot.starts_at, slot.ends_at);
    let key = slot.id.to_string();
    let given = asked.said.map(|said| view! { <p>{t.with(att::YOUR_ANSWER, &[("answer", t.get(answer(said)))])}</p> });
    view! {
        <h4>{t.with(att::HAPPENED, &[("slot", &when)])}</h4>
        {given}
        <Form act=SaySlot::url() key=key>
            <Subject name="id" value=id />
            <Subject name="slot" value=slot.id.to_string() />
            <div class="btn-row">
                {Said::ALL
                    .iter()
                    .map(|said| {
                        let class = if asked.said == Some(*said) { "btn--primary" } else { "" };
                        view! { <Submit label=t.get(answer(*said)) class=class choice=("answer", said.as_str().to_owned()) /> }
                    })
                    .collect_view()}
            </div>
        </Form>
    }
}

const fn answer(said: Said) -> Text {
    match said {
        Said::WasThere => att::WAS_THERE,
        Said::CouldNotCome => att::COULD_NOT_COME,
        Said::NotHeld => att::NOT_HELD,
    }
}

/// How a guardian's consent stands, and the link again.
#[component]
fn Consent(id: String, consent: OwnConsent) -> impl IntoView {
    let t = texts();
    let words = match consent.status {
        None => a::CONSENT_NEEDED,
        Some(ConsentStatus::Asked) => a::CONSENT_AWAITED,
        Some(ConsentStatus::Given) => a::CONSENT_GIVEN,
        Some(ConsentStatus::Refused) => a::CONSENT_REFUSED,
        Some(ConsentStatus::Withdrawn) => a::CONSENT_WITHDRAWN,
    };
    let again = if consent.status.is_some() { a::ASK_AGAIN } else { a::ASK };
    view! {
        <p>{t.get(words)}</p>
        {consent.askable.then(|| view! {
            <Fold summary=t.get(again) act=AskGuardian::url() key=id.clone()>
                <Form act=AskGuardian::url() key=id.clone()>
                    <Subject name="id" value=id />
                    <Field name="guardian" kind="email" label=t.get(a::GUARDIAN) hint=t.get(a::ASK_HINT) value=consent.email />
                    <Submit label=t.get(again) />
                </Form>
            </Fold>
        })}
    }
}
