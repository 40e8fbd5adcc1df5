use domain::crisis::MeasuresFacts;
use leptos::prelude::*;

use crate::{
    i18n::{Texts, k::crisis as c, texts},
    ui::{Lines, time},
};

/// «Du … au …».
pub fn days(t: Texts, facts: &MeasuresFacts) -> String {
    let day = |day| time::date(t.locale(), day);
    t.with(c::DAYS, &[("from", &day(facts.first_day)), ("to", &day(facts.last_day))])
}

/// What measures ask, as a list.
#[component]
pub fn Facts(
    /// What they ask.
    facts: MeasuresFacts,
    /// What the banner says, where it is not read above.
    #[prop(optional, into)]
    banner: String,
) -> impl IntoView {
    let t = texts();
    let days = days(t, &facts);
    let domains = facts.domains.map_or_else(|| t.get(c::FACT_ALL_DOMAINS).to_owned(), |labels| labels.join(", "));
    let age = facts.remote_from_age.map(|age| t.with(c::FACT_AGE_FROM, &[("age", &age.to_string())]));
    let group = facts.largest_group.map(|n| t.count(c::FACT_GROUP_MOST, n));
    let rules = (!facts.rules.is_empty()).then_some(facts.rules);
    let version = t.with(c::FACT_RULES_VERSION, &[("n", &facts.rules_version.to_string())]);
    view! {
        <dl class="summary">
            <div><dt>{t.get(c::FACT_DAYS)}</dt><dd>{days}</dd></div>
            <div><dt>{t.get(c::FACT_DOMAINS)}</dt><dd>{domains}</dd></div>
            {age.map(|age| view! { <div><dt>{t.get(c::FACT_AGE)}</dt><dd>{age}</dd></div> })}
            {group.map(|group| view! { <div><dt>{t.get(c::FACT_GROUP)}</dt><dd>{group}</dd></div> })}
            {rules.map(|rules| view! { <div><dt>{version}</dt><dd><Lines text=rules /></dd></div> })}
            {(!banner.is_empty()).then(|| view! { <div><dt>{t.get(c::FACT_BANNER)}</dt><dd>{banner}</dd></div> })}
        </dl>
    }
}
