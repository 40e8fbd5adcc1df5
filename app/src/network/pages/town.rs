use domain::{
    error::AppError,
    network::{CoordinatorLine, MunicipalityFile},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    frame::Person,
    i18n::{k, k::network as n, texts},
    network::{
        EndCoordinator, InviteCoordinator, RevokeInvitation,
        components::{Figures, SettingsForm},
        load_town_file,
    },
    request::Failure,
    routes,
    ui::{
        Check, Field, Fold, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        time::Day,
    },
};

/// The network's file on a town.
#[component]
pub fn NetworkTown() -> impl IntoView {
    let insee = param("insee");
    let person = expect_context::<Person>().0;
    let data = load(
        move || insee.get(),
        move |insee| async move {
            let me = person.await?.ok_or(Failure(AppError::SignInFirst))?;
            // The town's coordinators have their own page, with less on it.
            if me.network { load_town_file(insee).await } else { Err(Failure(AppError::NotFound)) }
        },
    );
    loaded(data, |file| view! { <TownFileView file=file /> })
}

#[component]
fn TownFileView(file: MunicipalityFile) -> impl IntoView {
    let t = texts();
    let town = file.figures.town.clone();
    let insee = town.insee.clone();
    let trail = vec![(t.get(n::TITLE).to_owned(), routes::NETWORK.to_owned())];
    let lead = t.count(n::INHABITANTS, file.figures.population);
    let last = file.coordinators.iter().filter(|person| person.account.is_some()).count() == 1;
    let people = file
        .coordinators
        .into_iter()
        .map(|person| view! { <Coordinator insee=insee.clone() person=person last=last /> })
        .collect_view();
    let links = [
        (routes::coordination(&insee), n::SEE_REVIEWS),
        (routes::coordination_organisations(&insee), n::SEE_ORGANISATIONS),
        (routes::town_figures(&insee), k::figures::LINK),
        (routes::town(&insee, &town.slug), n::SEE_PUBLIC),
    ]
    .map(|(href, name)| view! { <a class="btn btn--quiet" href=href>{t.get(name)}</a> })
    .into_iter()
    .collect_view();
    view! {
        <Page title=town.name lead=lead trail=trail>
            <section><h2>{t.get(n::FIGURES)}</h2><Figures of=file.figures /><p class="btn-row">{links}</p></section>
            <section>
                <h2>{t.get(n::COORDINATORS)}</h2>
                <ul class="plain-list" role="list">{people}</ul>
                <InviteForm insee=insee.clone() />
            </section>
            <section>
                <h2>{t.get(n::SETTINGS_TITLE)}</h2>
                <SettingsForm next=routes::network_town(&insee) insee=insee settings=file.settings />
            </section>
        </Page>
    }
}

/// Somebody who coordinates, or an invitation that waits.
#[component]
fn Coordinator(insee: String, person: CoordinatorLine, last: bool) -> impl IntoView {
    let t = texts();
    match person.invitation {
        None => {
            let end = person.account.map(|account| {
                view! { <EndRole insee=insee account=account.to_string() name=person.name.clone() last=last /> }
            });
            view! { <li>{person.name}" "<span class="muted">{person.email}</span>{end}</li> }.into_any()
        }
        Some(id) => {
            let id = id.to_string();
            view! {
                <li>
                    {person.email}" "<span class="pill pill--waiting">{t.get(n::INVITED)}</span>
                    " "<span class="muted">{t.get(n::USABLE_UNTIL)}" "<Day at=person.at /></span>
                    <Fold summary=t.get(n::REVOKE) act=RevokeInvitation::url()>
                        <Form act=RevokeInvitation::url() key=id.clone()>
                            <Subject name="insee" value=insee />
                            <Subject name="invitation" value=id />
                            <p>{t.get(n::REVOKE_HINT)}</p>
                            <Submit label=t.get(n::REVOKE) class="btn--danger" />
                        </Form>
                    </Fold>
                </li>
            }
            .into_any()
        }
    }
}

/// Ends somebody's role; that of the last one when one is sure.
#[component]
fn EndRole(insee: String, account: String, name: String, last: bool) -> impl IntoView {
    let t = texts();
    let title = t.with(n::END_COORDINATOR, &[("name", &name)]);
    view! {
        <Fold summary=title.clone() act=EndCoordinator::url() key=account.clone()>
            <Form act=EndCoordinator::url() key=account.clone()>
                <Subject name="insee" value=insee />
                <Subject name="account" value=account />
                <p>{t.get(n::END_COORDINATOR_HINT)}</p>
                {last.then(|| view! { <Check name="sure" label=t.get(n::END_LAST_COORDINATOR) /> })}
                <Submit label=title class="btn--danger" />
            </Form>
        </Fold>
    }
}

#[component]
fn InviteForm(insee: String) -> impl IntoView {
    let t = texts();
    view! {
        <h3>{t.get(n::INVITE)}</h3>
        <Form act=InviteCoordinator::url()>
            <Subject name="insee" value=insee />
            <Field name="email" kind="email" label=t.get(n::INVITE_EMAIL) hint=t.get(n::INVITE_HINT) />
            <Submit label=t.get(n::INVITE_SUBMIT) class="" />
        </Form>
    }
}
