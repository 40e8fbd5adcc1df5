//! Figures as tables for a spreadsheet.
//!
//! What Excel and LibreOffice of a French office open rightly: semicolons, UTF-8 with its mark, lines of Windows, days as
//! `2026-11-23`, numbers without anything between their digits.

use app::i18n::{Text, Texts, k::figures as f};
use domain::{
    actor::Actor,
    error::AppError,
    figures::{Ask, Chart, Measures},
    text::sheet,
};

use super::show;
use crate::{
    backend::Backend,
    error::{Result, told},
    reviews::print::Paper,
};

/// The columns of figures, in their order.
const COLUMNS: [Text; 12] = [
    f::GREEN_LIGHTS,
    f::CHANGES,
    f::REFUSALS,
    f::IN_TIME,
    f::MEDIAN_HOURS,
    f::NINETIETH_HOURS,
    f::APPLICATIONS,
    f::PLACES,
    f::FILLED,
    f::VOLUNTEERS,
    f::HOURS,
    f::GIVEN,
];

fn cells(of: Measures) -> impl Iterator<Item = String> {
    let hours = |hours: Option<u32>| hours.map(|hours| hours.to_string()).unwrap_or_default();
    let number = |n: u32| n.to_string();
    [
        number(of.decisions.green_light),
        number(of.decisions.changes_requested),
        number(of.decisions.refused),
        number(of.in_time),
        hours(of.median),
        hours(of.ninetieth),
        number(of.applications),
        number(of.places),
        number(of.filled),
        number(of.volunteers),
        number(of.hours),
        number(of.given),
    ]
    .into_iter()
}

/// A row: what it is of, its figures, the equipment used kind by kind.
type Row = (Vec<String>, Measures, Vec<u32>);

/// A table: its first columns, then the figures and the equipment of each row, the last row for all of it.
fn table(t: Texts, first: &[Text], rows: impl Iterator<Item = Row>, chart: &Chart) -> Vec<u8> {
    let heads = first.iter().chain(&COLUMNS).map(|head| t.get(*head).to_owned());
    let kinds = chart.used.iter().map(|used| sheet::text(&t.with(f::USED_COLUMN, &[("label", &used.label)])));
    let mut last = vec![t.get(f::WHOLE).to_owned()];
    last.resize(first.len(), String::new());
    let whole = (last, chart.whole, chart.used.iter().map(|used| used.quantity).collect());
    let line = |(names, measures, used): Row| {
        let used = used.iter().map(u32::to_string);
        names.iter().map(|name| sheet::text(name)).chain(cells(measures)).chain(used).collect()
    };
    let lines = rows.chain([whole]).map(line);
    sheet::print(&std::iter::once(heads.chain(kinds).collect()).chain(lines).collect::<Vec<_>>()).into_bytes()
}

/// What cannot be read is told, rather than another period given.
fn readable(chart: &Chart) -> Result<()> {
    if chart.errors.is_empty() { Ok(()) } else { Err(told(AppError::Invalid(chart.errors.clone()))) }
}

fn name(place: &str, chart: &Chart) -> String {
    format!("{place}-{}-{}.csv", chart.period.first(), chart.period.last())
}

/// The figures of a town, week by week.
///
/// # Errors
/// As the page; `Invalid` for a period that cannot be read.
pub async fn of_town(backend: &Backend, actor: &Actor, insee: &str, ask: Ask) -> Result<Paper> {
    let (t, page) = (Texts(actor.locale), show::of_town(backend, actor, insee, ask).await?);
    readable(&page.chart)?;
    let rows = page.chart.weeks.iter().enumerate().map(|(index, (week, measures))| {
        let names = vec![format!("{}-S{:02}", week.year, week.number), week.monday().to_string()];
        let used = page.chart.used.iter().map(|used| used.weeks.get(index).copied().unwrap_or_default());
        (names, *measures, used.collect())
    });
    let place = format!("{}-{}", t.get(f::FILE_NAME), page.now.town.slug);
    let file = table(t, &[f::WEEK, f::MONDAY], rows, &page.chart);
    Ok((name(&place, &page.chart), file))
}

/// The figures of the network, town by town.
///
/// # Errors
/// As the page; `Invalid` for a period that cannot be read.
pub async fn of_network(backend: &Backend, actor: &Actor, ask: Ask) -> Result<Paper> {
    let (t, page) = (Texts(actor.locale), show::of_network(backend, actor, ask).await?);
    readable(&page.chart)?;
    let rows = page.towns.iter().map(|line| {
        (vec![line.town.name.clone(), format!("INSEE {}", line.town.insee)], line.measures, line.used.clone())
    });
    let file = table(t, &[f::TOWN, f::CODE], rows, &page.chart);
    Ok((name(t.get(f::FILE_NAME), &page.chart), file))
}
