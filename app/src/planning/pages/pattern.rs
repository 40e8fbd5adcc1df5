use domain::{
    missions::{SlotKind, SlotPlan, content::MAX_SLOTS},
    paris,
    planning::{PatternForm, PatternPage as Planned, Proposed, Verdict, pattern::MAX_DAYS},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    i18n::{Text, Texts, k, k::planning as p, texts},
    missions::Steps,
    planning::{AddSlots, load_pattern},
    routes,
    ui::{
        Asking, Check, Choice, Choices, Field, Form, Hidden, Page, Subject, Submit,
        page::{load, loaded},
        time::{self, When},
    },
};

/// What a field of the pattern is called in the address.
fn named(field: &str) -> &str {
    match field {
        "days" => "jours",
        "rhythm" => "rythme",
        "first_day" => "du",
        "last_day" => "au",
        "start" => "de",
        "end" => "a",
        "holidays" => "feries",
        other => other,
    }
}

/// What the address asks.
fn asked() -> Memo<(String, PatternForm)> {
    let (params, query) = (use_params_map(), use_query_map());
    Memo::new(move |_| {
        let query = query.read();
        let get = |field: &str| query.get(named(field)).unwrap_or_default();
        let form = PatternForm {
            days: query.get_all("jours[]").unwrap_or_default(),
            rhythm: get("rhythm"),
            first_day: get("first_day"),
            last_day: get("last_day"),
            start: get("start"),
            end: get("end"),
            places: get("places"),
            holidays: if get("holidays").is_empty() { String::new() } else { "skip".to_owned() },
        };
        (params.read().get("mission").unwrap_or_default(), form)
    })
}

/// Slots that repeat: the pattern, what it would make beside what is there, and adding it all at once.
#[component]
pub fn PatternPage() -> impl IntoView {
    let asked = asked();
    loaded(load(move || asked.get(), |(mission, form)| load_pattern(mission, form)), |page| {
        view! { <Planning page=page /> }
    })
}

#[component]
fn Planning(page: Planned) -> impl IntoView {
    let t = texts();
    let title = if page.title.is_empty() { t.get(p::UNTITLED).to_owned() } else { page.title.clone() };
    let trail = vec![(title, routes::own_mission(page.organisation, page.id, "creneaux"))];
    let lead = t.with(p::LEAD, &[("max", &MAX_SLOTS.to_string())]);
    let body = if page.editable {
        view! { <Describing page=page.clone() /><Result page=page.clone() /> }.into_any()
    } else {
        view! { <p class="notice notice--info">{t.get(p::NOT_EDITABLE)}</p> }.into_any()
    };
    view! {
        <Page title=t.get(p::TITLE) lead=lead narrow=true trail=trail>
            <Steps organisation=page.organisation mission=page.id here="creneaux" />
            {body}
        </Page>
    }
}

/// What was typed, by the names of the address.
fn typed(form: &PatternForm) -> Vec<(String, String)> {
    if !form.is_asked() {
        return Vec::new();
    }
    let fields = [
        ("rhythm", &form.rhythm),
        ("first_day", &form.first_day),
        ("last_day", &form.last_day),
        ("start", &form.start),
        ("end", &form.end),
        ("places", &form.places),
    ];
    let mut typed: Vec<_> = fields.iter().map(|(field, value)| (named(field).to_owned(), (*value).clone())).collect();
    typed.extend(form.days.iter().map(|day| ("jours[]".to_owned(), day.clone())));
    if !form.holidays.is_empty() {
        typed.push((named("holidays").to_owned(), "yes".to_owned()));
    }
    typed
}

#[component]
fn Describing(page: Planned) -> impl IntoView {
    let t = texts();
    let day = |number: u8| Choice::new(number.to_string(), time::weekday(t.locale(), number));
    let days: Vec<Choice> = (1..=7).map(day).collect();
    let rhythms = vec![
        Choice::new("weekly", t.get(p::WEEKLY)).chosen(true),
        Choice::new("fortnightly", t.get(p::FORTNIGHTLY)).hint(t.get(p::FORTNIGHTLY_HINT)),
    ];
    let holidays = if page.alsace_moselle { p::SKIP_HOLIDAYS_ALSACE } else { p::SKIP_HOLIDAYS_HINT };
    view! {
        <Asking action=routes::repeated_slots(page.organisation, page.id) names=named asked=typed(&page.form) errors=page.errors.clone()>
            <Choices name="days" legend=t.get(p::DAYS) several=true choices=days />
            <Choices name="rhythm" legend=t.get(p::RHYTHM) choices=rhythms />
            <div class="form__row">
                <Field name="start" kind="time" label=t.get(p::START) hint=t.get(p::START_HINT) />
                <Field name="end" kind="time" label=t.get(p::END) hint=t.get(p::END_HINT) />
            </div>
            <div class="form__row">
                <Field name="first_day" kind="date" label=t.get(p::FIRST_DAY) />
                <Field name="last_day" kind="date" label=t.get(p::LAST_DAY) hint=t.with(p::LAST_DAY_HINT, &[("days", &MAX_DAYS.to_string())]) />
            </div>
            <Field name="places" kind="number" label=t.get(p::PLACES) inputmode="numeric" value="1" />
            <Check name="holidays" label=t.get(p::SKIP_HOLIDAYS) checked=true />
            <p class="field__hint">{t.get(holidays)}</p>
            <Submit label=t.get(p::PREVIEW) class="" />
        </Asking>
    }
}

/// What the pattern would make, among the slots that are there.
#[component]
fn Result(page: Planned) -> impl IntoView {
    let t = texts();
    if page.proposed.is_empty() {
        return ().into_any();
    }
    let left_out = page.proposed.iter().filter(|one| one.verdict != Verdict::New).count();
    let left_out = u32::try_from(left_out).unwrap_or(u32::MAX);
    let online = page.online.then(|| view! { <p class="notice notice--info">{t.get(p::ONLINE_HINT)}</p> });
    let add = page.errors.is_empty().then(|| view! { <Adding page=page.clone() /> });
    view! {
        <section id="apercu">
            <h2>{t.get(p::RESULT)}</h2>
            <p>
                {page.errors.is_empty().then(|| t.count(p::NEW, page.new))}
                {(left_out > 0).then(|| format!(" {}", t.count(p::LEFT_OUT, left_out)))}
            </p>
            <ul class="slots" role="list">{lines(t, &page)}</ul>
            {online}
            {add}
        </section>
    }
    .into_any()
}

/// The slots of the pattern and those of the same days, in order of time.
fn lines(t: Texts, page: &Planned) -> Vec<AnyView> {
    let days = page.proposed.first().map(|one| one.day).zip(page.proposed.last().map(|one| one.day));
    let near = |slot: &&SlotPlan| {
        let (first, last) = (paris::date(slot.starts_at), paris::date(slot.ends_at));
        slot.kind == SlotKind::Dated && days.is_some_and(|(from, to)| from <= last && first <= to)
    };
    let existing = page.existing.iter().filter(near).map(|slot| {
        let when = view! { <When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /> }.into_any();
        let same = |one: &Proposed| one.verdict == Verdict::Same && one.span == Some((slot.starts_at, slot.ends_at));
        let word = if page.proposed.iter().any(same) { p::VERDICT_SAME } else { p::EXISTING };
        (slot.starts_at, line(when, t.get(word).to_owned(), Some(t.count(k::missions::PLACES, slot.places)), false))
    });
    // What is there already stands among those.
    let named = page.proposed.iter().filter(|one| one.verdict != Verdict::Same).map(|one| {
        let at = one.span.map_or_else(|| paris::midnight(one.day), |(start, _)| start);
        let new = one.verdict == Verdict::New;
        (at, line(when(t, one), t.get(verdict(one.verdict)).to_owned(), None, new))
    });
    let mut all: Vec<_> = existing.chain(named).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, line)| line).collect()
}

fn when(t: Texts, one: &Proposed) -> AnyView {
    match one.span {
        Some((start, end)) => view! { <When kind=SlotKind::Dated starts_at=start ends_at=end /> }.into_any(),
        None => time::day(t.locale(), one.day).into_any(),
    }
}

fn line(when: AnyView, word: String, more: Option<String>, new: bool) -> AnyView {
    let word = if new {
        view! { <strong class="pill pill--waiting">{word}</strong> }.into_any()
    } else {
        view! { <span class="muted">{word}{more.map(|more| format!(" ({more})"))}</span> }.into_any()
    };
    view! { <li class="slot"><span class="slot__when">{when}</span><span class="slot__places">{word}</span></li> }
        .into_any()
}

const fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::New => p::VERDICT_NEW,
        Verdict::Same => p::VERDICT_SAME,
        Verdict::Overlaps => p::VERDICT_OVERLAPS,
        Verdict::Past => p::VERDICT_PAST,
        Verdict::Holiday => p::VERDICT_HOLIDAY,
        Verdict::ClockChange => p::VERDICT_CLOCK_CHANGE,
    }
}

/// The button: it sends the pattern, and the server makes of it what is right by then.
#[component]
fn Adding(page: Planned) -> impl IntoView {
    let t = texts();
    let form = page.form;
    let fields = [
        ("rhythm", form.rhythm),
        ("first_day", form.first_day),
        ("last_day", form.last_day),
        ("start", form.start),
        ("end", form.end),
        ("places", form.places),
        ("holidays", form.holidays),
    ];
    let days: Vec<_> = form.days.into_iter().enumerate().map(|(index, day)| (format!("days.{index}"), day)).collect();
    view! {
        <Form act=AddSlots::url() group="form">
            <Subject name="mission" value=page.id.to_string() />
            {fields.map(|(name, value)| view! { <Hidden name=name value=value /> }).into_iter().collect_view()}
            {days.into_iter().map(|(name, value)| view! { <Hidden name=name value=value /> }).collect_view()}
            <Submit label=t.count(p::ADD, page.new) />
        </Form>
    }
}
