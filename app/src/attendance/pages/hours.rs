use domain::{
    attendance::{GivenHours, MissionHours, Thanks, YearHours, rules::ENGAGEMENT_HOURS},
    messages::Door,
    missions::SlotLine,
};
use leptos::prelude::*;

use crate::{
    attendance::load_given,
    certificates::OwnCertificates,
    i18n::{Texts, k::attendance as a, k::frame as f, k::testimonials as v, texts},
    routes,
    ui::{
        Empty, Icon, Page, Prose,
        page::{load, loaded},
        time::{self, When},
    },
};

/// The volunteer's hours and certificates.
#[component]
pub fn HoursPage() -> impl IntoView {
    loaded(load(|| (), |()| load_given()), |given| view! { <Hours given=given /> })
}

#[component]
fn Hours(given: GivenHours) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(f::MY_SPACE).to_owned(), routes::MY_SPACE.to_owned())];
    let years: Vec<i32> = given.years.iter().map(|year| year.year).collect();
    let none = years.is_empty();
    let shown = given.years.into_iter().map(|year| view! { <Year year=year /> }).collect_view();
    view! {
        <Page title=t.get(a::MY_TITLE) lead=t.get(a::MY_LEAD) trail=trail>
            {none.then(|| view! { <Empty title=t.get(a::MY_NONE_TITLE) text=t.get(a::MY_NONE_TEXT) /> })}
            {shown}
            {(!none).then(|| view! {
                <p>{t.get(v::ASKED)}</p>
                <p><a class="btn" href=routes::MY_TESTIMONIALS>{t.get(v::WRITE)}</a></p>
            })}
            <Words thanks=given.thanks />
            <Awaited slots=given.awaited />
            <OwnCertificates years=years />
        </Page>
    }
}

#[component]
fn Year(year: YearHours) -> impl IntoView {
    let t = texts();
    let (number, hours) = (year.year.to_string(), time::duration(year.minutes));
    let target = ENGAGEMENT_HOURS.to_string();
    let heads = [a::COL_MISSION, a::COL_ORGANISATION, a::COL_DAYS, a::COL_HOURS]
        .map(|head| view! { <th scope="col">{t.get(head)}</th> })
        .into_iter()
        .collect_view();
    let lines = year.missions.into_iter().map(|line| view! { <Line line=line /> }).collect_view();
    view! {
        <section>
            <h2>{t.with(a::YEAR, &[("year", &number), ("hours", &hours)])}</h2>
            <p>{t.with(a::ENGAGEMENT, &[("hours", &hours), ("target", &target)])}</p>
            <progress max=ENGAGEMENT_HOURS * 60 value=year.minutes.min(ENGAGEMENT_HOURS * 60) aria-hidden="true"></progress>
            <p class="field__hint">{t.get(a::ENGAGEMENT_HINT)}</p>
            <div class="table-wrap">
                <table class="data">
                    <caption>{t.with(a::TABLE, &[("year", &number)])}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}

/// The days between the first and the last.
pub fn days(t: Texts, line: &MissionHours) -> String {
    let (first, last) = line.days;
    let day = |day| time::day_month(t.locale(), day);
    if first == last { day(first) } else { format!("{}\u{a0}– {}", day(first), day(last)) }
}

#[component]
fn Line(line: MissionHours) -> impl IntoView {
    let t = texts();
    let days = days(t, &line);
    view! {
        <tr>
            <th scope="row">{line.title}</th>
            <td data-label=t.get(a::COL_ORGANISATION)><span>{line.organisation}", "{line.town}</span></td>
            <td data-label=t.get(a::COL_DAYS)><span>{days}</span></td>
            <td class="num" data-label=t.get(a::COL_HOURS)><span>{time::duration(line.minutes)}</span></td>
        </tr>
    }
}

/// What organisations said to thank; in the exchange of each, it can be answered or reported.
#[component]
fn Words(thanks: Vec<Thanks>) -> impl IntoView {
    let t = texts();
    (!thanks.is_empty()).then(|| {
        let words = thanks
            .into_iter()
            .map(|word| {
                let when = time::slot(t, word.slot.kind, word.slot.starts_at, word.slot.ends_at);
                let href = routes::messages(word.application, Door::Volunteer);
                view! {
                    <li><article class="card">
                        <h3>{word.mission.clone()}</h3>
                        <p>{t.with(a::WORD_OF, &[("organisation", &word.organisation), ("slot", &when)])}</p>
                        <blockquote><Prose text=word.body /></blockquote>
                        <p><a class="btn btn--small btn--quiet" href=href>
                            {t.get(a::WORD_EXCHANGE)}<span class="visually-hidden">" "{word.mission}</span>
                        </a></p>
                    </article></li>
                }
            })
            .collect_view();
        view! { <section><h2>{t.get(a::WORDS)}</h2><ul class="plain-list stack" role="list">{words}</ul></section> }
    })
}

#[component]
fn Awaited(slots: Vec<(String, SlotLine)>) -> impl IntoView {
    let t = texts();
    (!slots.is_empty()).then(|| {
        let lines = slots
            .into_iter()
            .map(|(title, slot)| view! { <li><Icon name="i-calendar" />{title}" "<When kind=slot.kind starts_at=slot.starts_at ends_at=slot.ends_at /></li> })
            .collect_view();
        view! {
            <section>
                <h2>{t.get(a::AWAITED)}</h2>
                <p>{t.get(a::AWAITED_HINT)}</p>
                <ul class="mission-card__meta" role="list">{lines}</ul>
            </section>
        }
    })
}
