//! What several pages of organisations show.

use domain::{
    network::TownRef,
    organisations::{OrganisationForm, OrganisationStatus},
};
use leptos::prelude::*;

use super::labels;
use crate::{
    i18n::{k::organisations as o, texts},
    ui::{Field, Icon, Prose, Select},
};

/// Where an organisation stands, in a word.
#[component]
pub fn StatusPill(
    /// Its status.
    status: OrganisationStatus,
) -> impl IntoView {
    let (word, class, icon) = labels::status(status);
    view! { <span class=format!("pill {class}")><Icon name=icon /><span>{texts().get(word)}</span></span> }
}

/// The fields that say who the organisation is.
#[component]
pub fn IdentityFields(
    /// The values before any typing.
    form: OrganisationForm,
    /// Towns to choose from.
    towns: Vec<TownRef>,
) -> impl IntoView {
    let t = texts();
    let fixed = towns.len() == 1 && towns.iter().any(|town| town.insee == form.town);
    let choose = (!fixed).then(|| (String::new(), t.get(o::CHOOSE).to_owned()));
    let towns = choose.into_iter().chain(towns.into_iter().map(|town| (town.insee, town.name))).collect();
    view! {
        <Field name="name" label=t.get(o::NAME) hint=t.get(o::NAME_HINT) value=form.name autocomplete="organization" />
        <Select name="legal_form" label=t.get(o::LEGAL_FORM) options=labels::legal_forms(t) value=form.legal_form />
        <div class="form__row">
            <Field name="rna" label=t.get(o::RNA) hint=t.get(o::RNA_HINT) value=form.rna optional=true />
            <Field name="siret" label=t.get(o::SIRET) hint=t.get(o::SIRET_HINT) value=form.siret optional=true />
        </div>
        <Select name="town" label=t.get(o::TOWN) options=towns value=form.town hint=t.get(if fixed { o::TOWN_FIXED } else { o::TOWN_HINT }) />
    }
}

/// The fields that may change at any time.
#[component]
pub fn PresentationFields(
    /// The values before any typing.
    form: OrganisationForm,
) -> impl IntoView {
    let t = texts();
    view! {
        <Field name="description" kind="textarea" rows=8 label=t.get(o::DESCRIPTION) hint=t.get(o::DESCRIPTION_HINT) value=form.description />
        <Field name="website" kind="url" label=t.get(o::WEBSITE) hint=t.get(o::WEBSITE_HINT) value=form.website optional=true autocomplete="url" />
        <Field name="email" kind="email" label=t.get(o::EMAIL) hint=t.get(o::CONTACT_HINT) value=form.email optional=true autocomplete="email" />
        <Field name="phone" kind="tel" label=t.get(o::PHONE) value=form.phone optional=true autocomplete="tel" />
        <Field name="address" label=t.get(o::ADDRESS) value=form.address optional=true autocomplete="street-address" />
    }
}

/// What an organisation says of itself, in a list of terms; what is missing before it can be sent is found by its id.
#[component]
pub fn Summary(
    /// Its form.
    form: OrganisationForm,
    /// Its town.
    town: TownRef,
) -> impl IntoView {
    let t = texts();
    let lines = [
        ("legal_form", o::LEGAL_FORM, labels::legal_form(t, &form.legal_form).to_owned()),
        ("town", o::TOWN, town.name),
        ("rna", o::RNA, form.rna),
        ("siret", o::SIRET, form.siret),
        ("description", o::DESCRIPTION, form.description),
        ("website", o::WEBSITE, form.website),
        ("email", o::EMAIL, form.email),
        ("phone", o::PHONE, form.phone),
        ("address", o::ADDRESS, form.address),
    ]
    .map(|(id, name, value)| {
        let value = if value.is_empty() { t.get(o::NOT_GIVEN).to_owned() } else { value };
        view! { <div id=id><dt>{t.get(name)}</dt><dd><Prose text=value /></dd></div> }
    })
    .into_iter()
    .collect_view();
    view! { <dl class="summary">{lines}</dl> }
}
