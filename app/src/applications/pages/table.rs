//! The applicants of a mission as a table: to compare many at once, and to answer them from it.

use domain::{
    applications::{Applicant, ApplicantSort, ApplicationStatus},
    messages::Door,
    missions::SlotLine,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    answers::{Standing, Verdict, may_come, messages_with, notes, slots_of},
    tools::{AskedFor, TickAll},
};
use crate::{
    applications::Decide,
    i18n::{Text, Texts, k::applications as a, texts},
    routes,
    ui::{Form, RowCheck, RowChoices, Subject, time},
};

/// Characters of a word to the organisation that a row has room for; the list has it whole.
const WORD: usize = 120;

fn waits(applicant: &Applicant) -> bool {
    applicant.status == ApplicationStatus::Pending
}

/// The table; where somebody waits for an answer, it is the form that answers.
#[component]
pub fn ApplicantTable(
    door: Door,
    people: Vec<Applicant>,
    slots: Vec<SlotLine>,
    prefill: String,
    asked: AskedFor,
) -> impl IntoView {
    let t = texts();
    let Door::Organisation(organisation, mission) = door else { return ().into_any() };
    let here = routes::own_mission(organisation, mission, "candidatures");
    let count = people.iter().filter(|one| waits(one) && may_come(one)).count();
    let count = u32::try_from(count).unwrap_or_default();
    if !people.iter().any(waits) {
        let shown = u32::try_from(people.len()).unwrap_or_default();
        return view! {
            <section>
                <h2>{t.count(a::TABLE_CAPTION, shown)}</h2>
                <Rows door=door people=people slots=slots asked=asked here=here boxes=false />
            </section>
        }
        .into_any();
    }
    let tick_all = (count > 1).then(|| view! { <TickAll here=here.clone() asked=asked.clone() count=count /> });
    view! {
        <section>
            <h2>{t.count(a::WAITING, count)}</h2>
            {tick_all}
            <Form act=Decide::url() fresh=true>
                <Subject name="organisation" value=organisation.to_string() />
                <Subject name="mission" value=mission.to_string() />
                {asked.carried()}
                <RowChoices name="ids" legend=t.get(a::CHOOSE_PEOPLE)>
                    <Rows door=door people=people slots=slots asked=asked here=here boxes=true />
                </RowChoices>
                <Verdict prefill=prefill />
            </Form>
        </section>
    }
    .into_any()
}

/// The head of a column by which the table can be put in order: pressed again, the other way round.
fn sorted_by(t: Texts, label: Text, by: ApplicantSort, asked: &AskedFor, here: &str) -> AnyView {
    let mine = asked.order().filter(|order| order.by == by);
    let (sorted, arrow) = match mine {
        None => (None, ""),
        Some(order) if order.descending => (Some("descending"), "\u{a0}\u{2193}"),
        Some(_) => (Some("ascending"), "\u{a0}\u{2191}"),
    };
    let way = if mine.is_some_and(|order| !order.descending) { ApplicantSort::DESCENDING } else { "" };
    let href = asked.clone().arranged(&asked.view, by.as_str(), way).address(here);
    view! {
        <th scope="col" aria-sort=sorted>
            <a href=href rel="external">{t.get(label)}<span aria-hidden="true">{arrow}</span></a>
        </th>
    }
    .into_any()
}

#[component]
fn Rows(
    door: Door,
    people: Vec<Applicant>,
    slots: Vec<SlotLine>,
    asked: AskedFor,
    here: String,
    /// Whoever waits for an answer has a box to tick.
    boxes: bool,
) -> impl IntoView {
    let t = texts();
    let caption = t.count(a::TABLE_CAPTION, u32::try_from(people.len()).unwrap_or_default());
    let region = caption.clone();
    let first = people.iter().find(|one| waits(one)).map(|one| one.id);
    let rows = people
        .into_iter()
        .map(|one| {
            let tick = boxes.then(|| {
                let tick = waits(&one).then(|| {
                    let label = t.with(a::CHOOSE_ONE, &[("name", &one.name)]);
                    let ticked = asked.everybody && may_come(&one);
                    view! { <RowCheck name="ids" value=one.id.to_string() label=label first=first == Some(one.id) ticked=ticked /> }
                });
                view! { <td>{tick}</td> }
            });
            view! { <tr>{tick}<Cells door=door applicant=one slots=slots.clone() /></tr> }
        })
        .collect_view();
    let choose = boxes.then(|| {
        view! { <th scope="col" class="data__plain"><span class="visually-hidden">{t.get(a::CHOOSE_PEOPLE)}</span></th> }
    });
    let plain = |label: Text| view! { <th scope="col" class="data__plain">{t.get(label)}</th> };
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=region>
            <table class="data data--sorted">
                <caption>{caption}</caption>
                <thead><tr>
                    {choose}
                    {sorted_by(t, a::COLUMN_NAME, ApplicantSort::Name, &asked, &here)}
                    {plain(a::COLUMN_SLOTS)}
                    {sorted_by(t, a::COLUMN_STATUS, ApplicantSort::Status, &asked, &here)}
                    {sorted_by(t, a::COLUMN_SENT, ApplicantSort::Sent, &asked, &here)}
                    {plain(a::COLUMN_MESSAGE)}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// What a row says: no more than the list does, and no contact details.
#[component]
fn Cells(door: Door, applicant: Applicant, slots: Vec<SlotLine>) -> impl IntoView {
    let t = texts();
    let notes = notes(t, &applicant);
    let notes = (!notes.is_empty()).then(|| view! { <br /><small>{notes.join(", ")}</small> });
    let mut word: String = applicant.message.chars().take(WORD).collect();
    if word.len() < applicant.message.len() {
        word.push('…');
    }
    let exchange = applicant.messages.then(|| {
        let (href, link) = (routes::messages(applicant.id, door), messages_with(t, &applicant));
        let last = applicant.last_message.map(|at| {
            let at = time::instant(t.locale(), at);
            view! { <br /><small>{t.with(a::LAST_MESSAGE, &[("at", &at)])}</small> }
        });
        view! { {(!word.is_empty()).then(|| view! { <br /> })}<a href=href>{link}</a>{last} }
    });
    view! {
        <th scope="row">{applicant.name.clone()}{notes}</th>
        <td data-label=t.get(a::COLUMN_SLOTS)><span>{slots_of(t, &applicant, &slots)}</span></td>
        <td data-label=t.get(a::COLUMN_STATUS)><span><Standing applicant=applicant.clone() /></span></td>
        <td data-label=t.get(a::COLUMN_SENT)><span>{time::instant(t.locale(), applicant.sent_at)}</span></td>
        <td data-label=t.get(a::COLUMN_MESSAGE)><span>{word}{exchange}</span></td>
    }
}
