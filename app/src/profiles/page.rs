use domain::profiles::{Language, Means, Part, ProfileForm, ProfilePage as Own, RADII};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{Text, k, k::accounts as a, k::profiles as p, texts},
    profiles::{EraseProfile, SaveProfile, language_name, load_own_profile, means_name},
    routes,
    search::TownField,
    ui::{
        Check, CheckGrid, Choice, Choices, Field, Fold, Form, Page, Select, Subject, Submit,
        page::{load, loaded},
        time,
    },
};

/// The volunteer's profile: what applying asks, then what suggestions are worked out from, in one form.
#[component]
pub fn ProfilePage() -> impl IntoView {
    loaded(load(|| (), |()| load_own_profile()), |own| view! { <Profile own=own /> })
}

#[component]
fn Profile(own: Own) -> impl IntoView {
    let t = texts();
    let next = use_query_map().read_untracked().get("suite").unwrap_or_default();
    let (kept, form) = (own.kept, own.form.volunteer());
    view! {
        <Page title=t.get(a::PROFILE_TITLE) lead=t.get(a::PROFILE_LEAD) narrow=true>
            <Form act=SaveProfile::url() group="form">
                <Field name="birth_date" kind="date" label=t.get(a::BIRTH_DATE) hint=t.get(a::BIRTH_DATE_HINT) value=form.birth_date autocomplete="bday" />
                <TownField name="town" label=t.get(a::MY_TOWN) value=form.town hint=t.get(a::MY_TOWN_HINT) optional=true />
                <Field name="phone" kind="tel" label=t.get(a::PHONE) hint=t.get(a::PHONE_HINT) value=form.phone optional=true autocomplete="tel" />
                <Check name="reminders" label=t.get(p::REMINDERS) checked=form.reminders == "yes" />
                <About own=own />
                <Subject name="next" value=next />
                <Submit label=t.get(k::common::SAVE) />
            </Form>
            <p><a href=routes::MY_SUGGESTIONS>{t.get(k::suggestions::TITLE)}</a></p>
            <p><a href=routes::MY_ALERTS>{t.get(k::alerts::TITLE)}</a></p>
            {kept.then(|| view! { <Erase /> })}
        </Page>
    }
}

/// What suggestions are worked out from.
#[component]
fn About(own: Own) -> impl IntoView {
    let t = texts();
    let Own { form, skills, domains, neighbourhoods, .. } = own;
    let ProfileForm { skills: own_skills, liked, means, availability, radius, neighbourhood, languages, .. } = form;
    let domains = domains.into_iter().map(|term| choice(term.code, term.label, &liked)).collect();
    let skills = skills.into_iter().map(|term| choice(term.code, term.label, &own_skills)).collect();
    let named = |code: &str, name: Text, chosen: &[String]| choice(code.to_owned(), t.get(name).to_owned(), chosen);
    let means = Means::ALL.iter().map(|one| named(one.as_str(), means_name(*one), &means)).collect();
    let languages = Language::ALL.iter().map(|one| named(one.as_str(), language_name(*one), &languages)).collect();
    let days = (1..=7).map(|day| (day.to_string(), time::weekday(t.locale(), day).to_owned())).collect();
    let parts = Part::ALL.iter().map(|part| (part.to_string(), t.get(part_name(*part)).to_owned())).collect();
    let kilometres = RADII.map(|km| (km.to_string(), t.with(p::KILOMETRES, &[("km", &km.to_string())])));
    let radii = or_none(t.get(p::RADIUS_ANY), kilometres);
    let parts_of_town = (!neighbourhoods.is_empty()).then(|| or_none(t.get(p::NEIGHBOURHOOD_ANY), neighbourhoods));
    view! {
        <section class="profile">
            <h2>{t.get(p::ABOUT)}</h2>
            <p>{t.get(p::ABOUT_LEAD)}</p>
            <Choices name="liked" several=true legend=t.get(p::LIKED) hint=t.get(p::LIKED_HINT) choices=domains />
            <CheckGrid name="availability" legend=t.get(p::AVAILABILITY) hint=t.get(p::AVAILABILITY_HINT) rows=days columns=parts chosen=availability />
            <Select name="radius" label=t.get(p::RADIUS) hint=t.get(p::RADIUS_HINT) options=radii value=radius optional=true />
            {parts_of_town.map(|options| view! {
                <Select name="neighbourhood" label=t.get(p::NEIGHBOURHOOD) hint=t.get(p::NEIGHBOURHOOD_HINT) options=options value=neighbourhood optional=true />
            })}
            <Choices name="skills" several=true legend=t.get(p::SKILLS) hint=t.get(p::SKILLS_HINT) choices=skills />
            <Choices name="means" several=true legend=t.get(p::MEANS) hint=t.get(p::MEANS_HINT) choices=means />
            <Choices name="languages" several=true legend=t.get(p::LANGUAGES) hint=t.get(p::LANGUAGES_HINT) choices=languages />
            <Check name="remote" label=t.get(p::REMOTE) checked=form.remote == "yes" />
            <Check name="suggestions" label=t.get(p::SUGGESTIONS) checked=form.suggestions == "yes" />
            <h3>{t.get(k::cover::PROFILE)}</h3>
            <p>{t.get(k::cover::PROFILE_HINT)}</p>
            <Check name="cover" label=t.get(k::cover::PROFILE_TICK) checked=form.cover == "yes" />
        </section>
    }
}

fn choice(code: String, label: String, chosen: &[String]) -> Choice {
    let chosen = chosen.contains(&code);
    Choice::new(code, label).chosen(chosen)
}

/// The choice of nothing, then the others.
fn or_none(none: &str, others: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    std::iter::once((String::new(), none.to_owned())).chain(others).collect()
}

const fn part_name(part: Part) -> Text {
    match part {
        Part::Morning => p::MORNING,
        Part::Afternoon => p::AFTERNOON,
        Part::Evening => p::EVENING,
    }
}

#[component]
fn Erase() -> impl IntoView {
    let t = texts();
    view! {
        <Fold summary=t.get(p::ERASE) act=EraseProfile::url()>
            <p>{t.get(p::ERASE_HINT)}</p>
            <Form act=EraseProfile::url()>
                <Submit label=t.get(p::ERASE) class="btn--danger" />
            </Form>
        </Fold>
    }
}
