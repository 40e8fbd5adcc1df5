use leptos::prelude::*;

use crate::i18n::texts;

/// Numbers by name, each with a bar for the eye: its own table.
#[component]
pub fn BarTable(
    /// What it shows.
    #[prop(into)]
    title: String,
    /// What the names are.
    #[prop(into)]
    of: String,
    /// What the numbers are.
    #[prop(into)]
    unit: String,
    /// The lines.
    lines: Vec<(String, u32)>,
) -> impl IntoView {
    let t = texts();
    let highest = lines.iter().map(|(_, number)| *number).max().unwrap_or_default();
    let rows = lines
        .into_iter()
        .map(|(name, number)| {
            let wide = u64::from(number) * 100 / u64::from(highest.max(1));
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num" data-label=unit.clone()><span>{t.number(number)}</span></td>
                    <td class="chart__cell">
                        <svg class="chart__row" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                            <rect class="chart__bar" width=wide.to_string() height="10" fill="currentColor" />
                        </svg>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="data">
                <caption>{title}</caption>
                <thead><tr><th scope="col">{of}</th><th scope="col" class="num">{unit.clone()}</th><td></td></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
