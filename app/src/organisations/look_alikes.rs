//! Organisations that may be the same, and what can be said of them.

use domain::{
    organisations::{LookAlike, OrganisationFile, likeness::Alike},
    reviews::Decision,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{DecideOrganisation, DismissLookAlike, components::StatusPill, deciding::is_open};
use crate::{
    i18n::{Texts, k::common as c, k::organisations as o, k::reviews as r, texts},
    reviews::Key,
    routes,
    ui::{Field, Fold, Form, Subject, Submit},
};

/// Organisations of the town that may be the same, best first, and how many of other towns have the same number.
#[component]
pub fn LookAlikes(
    /// The file.
    file: OrganisationFile,
) -> impl IntoView {
    let t = texts();
    let (dismissed, alike): (Vec<_>, Vec<_>) =
        file.look_alikes.iter().cloned().partition(|other| other.dismissed.is_some());
    let elsewhere = (file.elsewhere > 0).then(|| view! { <p>{t.count(o::LOOK_ALIKE_ELSEWHERE, file.elsewhere)}</p> });
    let none = alike.is_empty().then(|| view! { <p>{t.get(o::NO_LOOK_ALIKE)}</p> });
    let lines = alike
        .into_iter()
        .enumerate()
        .map(|(index, other)| view! { <Line file=file.clone() other=other first=index == 0 /> })
        .collect_view();
    let insee = file.space.town.insee.clone();
    let said: Vec<_> = dismissed
        .into_iter()
        .map(|other| {
            let href = routes::coordination_organisation(&insee, other.id);
            let why = other
                .dismissed
                .map(|said| t.with(r::DISMISSED_BECAUSE, &[("name", &said.by), ("reason", &said.reason)]));
            view! { <li><a href=href>{other.name}</a>". "{why}</li> }
        })
        .collect();
    view! {
        <section>
            <h2>{t.get(o::LOOK_ALIKES)}</h2>
            {none}
            {elsewhere}
            <ul class="plain-list" role="list">{lines}</ul>
            {(!said.is_empty()).then(|| view! { <h3>{t.get(r::DISMISSED_LIST)}</h3><ul>{said}</ul> })}
        </section>
    }
}

#[component]
fn Line(file: OrganisationFile, other: LookAlike, first: bool) -> impl IntoView {
    let t = texts();
    let href = routes::coordination_organisation(&file.space.town.insee, other.id);
    let key = first.then_some(Key::Duplicates.code());
    let score = t.with(o::ALIKE, &[("score", &other.score.to_string()), ("why", &why(t, &other.reasons))]);
    let open = is_open(&file) && file.may_write;
    let mine = open && !file.four_eyes && file.submission.as_ref().is_some_and(|submission| submission.mine);
    let (again, named) = (file.clone(), other.clone());
    view! {
        <li class="card">
            <p><a href=href data-key=key>{other.name.clone()}</a>" "<StatusPill status=other.status /></p>
            <p>{score}</p>
            {open.then(|| view! { <Dismiss file=again other=named /> })}
            {mine.then(|| view! { <RefuseAs file=file other=other /> })}
        </li>
    }
}

/// Why two organisations may be the same, in words.
fn why(t: Texts, reasons: &[Alike]) -> String {
    let reason = |reason: &Alike| match reason {
        Alike::Rna => t.get(o::ALIKE_RNA).to_owned(),
        Alike::Siret => t.get(o::ALIKE_SIRET).to_owned(),
        Alike::Siren => t.get(o::ALIKE_SIREN).to_owned(),
        Alike::Name => t.get(o::ALIKE_NAME).to_owned(),
        Alike::NearName(percent) => t.with(o::ALIKE_NEAR_NAME, &[("n", &percent.to_string())]),
        Alike::Email => t.get(o::ALIKE_EMAIL).to_owned(),
        Alike::Phone => t.get(o::ALIKE_PHONE).to_owned(),
        Alike::Site => t.get(o::ALIKE_SITE).to_owned(),
    };
    reasons.iter().map(reason).collect::<Vec<_>>().join(", ")
}

fn submission(file: &OrganisationFile) -> String {
    file.submission.as_ref().map(|submission| submission.id.to_string()).unwrap_or_default()
}

#[component]
fn Dismiss(file: OrganisationFile, other: LookAlike) -> impl IntoView {
    let t = texts();
    let key = other.id.to_string();
    view! {
        <Fold summary=t.get(o::NOT_THE_SAME) act=DismissLookAlike::url() key=key.clone()>
            <Form act=DismissLookAlike::url() key=key.clone()>
                <Subject name="insee" value=file.space.town.insee.clone() />
                <Subject name="id" value=submission(&file) />
                <Subject name="other" value=key />
                <Field name="reason" kind="textarea" rows=2 label=t.get(c::REASON) hint=t.get(o::NOT_THE_SAME_HINT) />
                <Submit label=t.get(o::NOT_THE_SAME) class="" />
            </Form>
        </Fold>
    }
}

/// Refused because it is registered already: the reason names the other.
#[component]
fn RefuseAs(file: OrganisationFile, other: LookAlike) -> impl IntoView {
    let t = texts();
    let key = format!("refuse-{}", other.id);
    let reason = t.with(o::REFUSE_AS_SAME_REASON, &[("name", &other.name)]);
    view! {
        <Fold summary=t.get(o::REFUSE_AS_SAME) act=DecideOrganisation::url() key=key.clone()>
            <Form act=DecideOrganisation::url() key=key.clone()>
                <Subject name="insee" value=file.space.town.insee.clone() />
                <Subject name="id" value=file.space.id.to_string() />
                <Subject name="about" value=key />
                <Subject name="decision" value=Decision::Refuse.as_str() />
                <Field name="reason" kind="textarea" rows=3 label=t.get(c::REASON) hint=t.get(o::REASON_HINT) value=reason />
                <Submit label=t.get(o::DECIDE_REFUSE) class="btn--danger" />
            </Form>
        </Fold>
    }
}
