//! Small charts: bars by week or by anything else, stacked where they have several parts. Drawn by the server as plain SVG, read
//! without eyes by their title and description, and by anybody in the table below.

use leptos::prelude::*;

use crate::i18n::{k::figures as f, texts};

/// A part of every bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// Its values, bar by bar; `None` where there is nothing to measure.
    pub values: Vec<Option<u32>>,
}

impl Series {
    /// A part with a value for every bar.
    pub fn new(name: impl Into<String>, values: impl IntoIterator<Item = u32>) -> Self {
        Self { name: name.into(), values: values.into_iter().map(Some).collect() }
    }
}

/// What a bar is called: under it, where there is room, and in the table.
pub type Label = (String, String);

/// The drawing, in its own units: it is as wide as its place.
const WIDTH: u32 = 360;
const HEIGHT: u32 = 190;
const LEFT: u32 = 34;
const RIGHT: u32 = 354;
const TOP: u32 = 16;
const BASE: u32 = 160;
/// Bars up to this number say their value and all their names.
const FEW: usize = 13;

/// The end of the scale: a number that is easy to halve, at or above the highest bar.
fn scale(highest: u32) -> u32 {
    let mut step = 1_u32;
    loop {
        for head in [2, 4, 10] {
            let end = step.saturating_mul(head);
            if end >= highest || end == u32::MAX {
                return end;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// How high a value is in the drawing.
fn height(value: u32, end: u32) -> u32 {
    let room = u64::from(BASE - TOP);
    u32::try_from(u64::from(value) * room / u64::from(end.max(1))).unwrap_or(BASE - TOP)
}

/// How a part is filled: plain, hatched, dotted; never by colour alone.
fn fill(id: &str, part: usize) -> String {
    match part {
        0 => "currentColor".to_owned(),
        1 => format!("url(#{id}-raies)"),
        _ => format!("url(#{id}-points)"),
    }
}

/// Bars with their table.
#[component]
pub fn BarChart(
    /// Its id; unique on the page.
    #[prop(into)]
    id: String,
    /// What it shows.
    #[prop(into)]
    title: String,
    /// What the bars are: the head of the table's first column.
    #[prop(into)]
    of: String,
    /// The bars' names.
    labels: Vec<Label>,
    /// Their parts, from the bottom up.
    parts: Vec<Series>,
) -> impl IntoView {
    let t = texts();
    let sums: Vec<u32> = (0..labels.len())
        .map(|bar| parts.iter().filter_map(|part| part.values.get(bar).copied().flatten()).sum())
        .collect();
    let highest = sums.iter().copied().max().unwrap_or_default();
    let most = sums.iter().position(|sum| *sum == highest).and_then(|bar| labels.get(bar));
    let drawing = match (labels.first(), labels.last(), most) {
        (Some(first), Some(last), Some(most)) if highest > 0 => {
            let facts = [("first", &first.1), ("last", &last.1), ("most", &t.number(highest)), ("label", &most.1)];
            let told = t.with(f::CHART_DESC, &facts.map(|(name, value)| (name, value.as_str())));
            let (labels, parts) = (labels.clone(), parts.clone());
            view! { <Drawing id=id title=title.clone() told=told labels=labels parts=parts sums=sums /> }.into_any()
        }
        _ => view! { <p class="muted">{t.get(f::CHART_EMPTY)}</p> }.into_any(),
    };
    let table = (highest > 0).then(|| {
        view! {
            <details class="disclosure">
                <summary>{t.with(f::TABLE_OF, &[("title", &title)])}</summary>
                <Numbers title=title.clone() of=of labels=labels parts=parts />
            </details>
        }
    });
    view! { <figure class="chart"><h3 class="chart__title">{title.clone()}</h3>{drawing}{table}</figure> }
}

#[component]
fn Drawing(
    id: String,
    title: String,
    told: String,
    labels: Vec<Label>,
    parts: Vec<Series>,
    sums: Vec<u32>,
) -> impl IntoView {
    let t = texts();
    let end = scale(sums.iter().copied().max().unwrap_or_default());
    let named = format!("{id}-titre {id}-texte");
    let lines = [end, end / 2, 0]
        .map(|value| {
            let y = BASE - height(value, end);
            view! {
                <line class="chart__line" x1=LEFT x2=RIGHT y1=y y2=y />
                <text class="chart__scale" x=LEFT - 4 y=y + 3 text-anchor="end">{t.number(value)}</text>
            }
        })
        .into_iter()
        .collect_view();
    let legend = (parts.len() > 1)
        .then(|| view! { <Legend id=id.clone() names=parts.iter().map(|part| part.name.clone()).collect() /> });
    view! {
        <svg class="chart__drawing" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-labelledby=named>
            <title id=format!("{id}-titre")>{title}</title>
            <desc id=format!("{id}-texte")>{told}</desc>
            <defs>
                <pattern id=format!("{id}-raies") width="5" height="5" patternUnits="userSpaceOnUse">
                    <rect class="chart__ground" width="5" height="5" />
                    <path class="chart__mark" d="M-1 6 6 -1M-1 1 1 -1M4 6 6 4" />
                </pattern>
                <pattern id=format!("{id}-points") width="5" height="5" patternUnits="userSpaceOnUse">
                    <rect class="chart__ground" width="5" height="5" />
                    <circle class="chart__dot" cx="2.5" cy="2.5" r="1.1" />
                </pattern>
            </defs>
            {lines}
            <Bars id=id labels=labels parts=parts sums=sums end=end />
        </svg>
        {legend}
    }
}

#[component]
fn Bars(id: String, labels: Vec<Label>, parts: Vec<Series>, sums: Vec<u32>, end: u32) -> impl IntoView {
    let t = texts();
    let few = labels.len() <= FEW;
    let count = u32::try_from(labels.len()).unwrap_or(1).max(1);
    // In hundredths of a unit, so that many bars still part evenly.
    let step = (RIGHT - LEFT) * 100 / count;
    let place = |hundredths: u32| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let every = labels.len().div_ceil(if few { 7 } else { 5 }).max(1);
    let mut at = LEFT * 100;
    let bars = labels
        .into_iter()
        .zip(sums)
        .enumerate()
        .map(|(bar, ((short, _), sum))| {
            let (left, wide) = (at + step / 7, step - step / 7 * 2);
            let middle = place(at + step / 2);
            at += step;
            let mut y = BASE;
            let stack = parts
                .iter()
                .enumerate()
                .map(|(part, series)| {
                    let tall = height(series.values.get(bar).copied().flatten().unwrap_or_default(), end);
                    y = y.saturating_sub(tall);
                    (tall > 0).then(|| {
                        view! { <rect class="chart__bar" x=place(left) y=y width=place(wide) height=tall fill=fill(&id, part) /> }
                    })
                })
                .collect_view();
            let value = (few && sum > 0).then(|| {
                view! { <text class="chart__value" x=middle.clone() y=y.saturating_sub(4) text-anchor="middle">{t.number(sum)}</text> }
            });
            let name = (bar % every == 0).then(|| {
                view! { <text class="chart__scale" x=middle y=BASE + 14 text-anchor="middle">{short}</text> }
            });
            view! { <g>{stack}{value}{name}</g> }
        })
        .collect_view();
    view! { <g>{bars}</g> }
}

#[component]
fn Legend(id: String, names: Vec<String>) -> impl IntoView {
    let names = names
        .into_iter()
        .enumerate()
        .map(|(part, name)| {
            view! {
                <li>
                    <svg class="chart__key" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
                        <rect class="chart__bar" x="1" y="1" width="12" height="12" fill=fill(&id, part) />
                    </svg>
                    {name}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="chart__legend" role="list">{names}</ul> }
}

#[component]
fn Numbers(title: String, of: String, labels: Vec<Label>, parts: Vec<Series>) -> impl IntoView {
    let t = texts();
    let heads = parts.iter().map(|part| view! { <th scope="col" class="num">{part.name.clone()}</th> }).collect_view();
    let rows = labels
        .into_iter()
        .enumerate()
        .map(|(bar, (_, name))| {
            let cells = parts
                .iter()
                .map(|part| {
                    let value = part.values.get(bar).copied().flatten();
                    let value = value.map_or_else(|| t.get(f::NOTHING).to_owned(), |value| t.number(value));
                    view! { <td class="num" data-label=part.name.clone()><span>{value}</span></td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption class="visually-hidden">{title}</caption>
                <thead><tr><th scope="col">{of}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_hold_the_highest_bar_and_halve() {
        assert_eq!([0, 1, 2, 3, 5, 10, 11, 21, 41, 101, 999].map(scale), [2, 2, 2, 4, 10, 10, 20, 40, 100, 200, 1000]);
        assert_eq!(scale(u32::MAX), u32::MAX);
        assert_eq!((height(0, 10), height(5, 10), height(10, 10)), (0, (BASE - TOP) / 2, BASE - TOP));
        assert_eq!(height(u32::MAX, u32::MAX), BASE - TOP);
    }
}
