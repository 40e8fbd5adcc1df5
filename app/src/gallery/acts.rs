//! What is pressed, filled in or followed.

use domain::error::{AppError, Conflict, FieldErrors, Problem};
use leptos::prelude::*;

use super::samples;
use crate::{
    frame::BottomBar,
    i18n::{k, k::accounts as a, k::gallery as g, texts},
    missions::Steps,
    routes,
    ui::{Check, CheckGrid, Choice, Choices, Field, FormSpecimen, Icon, Pager, Select, Submit, time},
};

pub fn buttons(_: &'static str) -> AnyView {
    let t = texts();
    let kinds = [
        ("btn btn--primary", g::PRIMARY),
        ("btn", g::SECONDARY),
        ("btn btn--quiet", g::QUIET),
        ("btn btn--danger", g::DANGER),
        ("btn btn--urgent", g::URGENT),
        ("btn btn--cleared", k::reviews::GIVE_GREEN_LIGHT),
        ("btn btn--small", g::SMALL),
    ]
    .map(|(class, name)| view! { <button class=class type="button">{t.get(name)}</button> })
    .into_iter()
    .collect_view();
    view! {
        <div class="btn-row">{kinds}</div>
        <div class="btn-row">
            <button class="btn btn--primary" type="button" disabled=true>{t.get(g::DISABLED)}</button>
            <button class="btn btn--primary" type="button" aria-busy="true">{t.get(g::BUSY)}</button>
            <a class="btn" href=routes::GALLERY><Icon name="i-arrow" />{t.get(g::LINK)}</a>
            <button class="btn btn--icon" type="button">
                <Icon name="i-edit" /><span class="visually-hidden">{t.get(g::EDIT)}</span>
            </button>
        </div>
        <button class="btn btn--primary btn--block" type="button">{t.get(g::BLOCK)}</button>
    }
    .into_any()
}

fn towns() -> Vec<(String, String)> {
    [("83126", "La Seyne-sur-Mer"), ("83137", "Toulon")].map(|(code, name)| (code.to_owned(), name.to_owned())).into()
}

pub fn fields(key: &'static str) -> AnyView {
    let t = texts();
    view! {
        <FormSpecimen key=key>
            <Field name="given_name" label=t.get(a::GIVEN_NAME) />
            <Field name="email" kind="email" label=t.get(a::EMAIL) hint=t.get(a::EMAIL_HINT) value="prune@demo.example" />
            <Field name="birth_date" kind="date" label=t.get(a::BIRTH_DATE) value="2001-05-17" />
            <Field name="phone" kind="tel" label=t.get(a::PHONE) hint=t.get(a::PHONE_HINT) optional=true />
            <Select name="town" label=t.get(a::MY_TOWN) options=towns() value="83137" hint=t.get(a::MY_TOWN_HINT) optional=true />
            <Field name="message" kind="textarea" rows=3 label=t.get(k::fields::MESSAGE) value=t.get(g::SENTENCE) />
        </FormSpecimen>
    }
    .into_any()
}

pub fn refused(key: &'static str) -> AnyView {
    let t = texts();
    let mut errors = FieldErrors::default();
    for (field, problem) in [
        ("email", Problem::NotAnEmail),
        ("password", Problem::TooShort { min: 12 }),
        ("town", Problem::TownNotOpen),
        ("choice", Problem::NotAChoice),
        ("acknowledged", Problem::MustAcknowledge),
    ] {
        errors.add(field, problem);
    }
    let id = if key == "clair" { "refuse-clair" } else { "refuse-sombre" };
    view! {
        <FormSpecimen key=id error=AppError::Invalid(errors)>
            <Field name="email" kind="email" label=t.get(a::EMAIL) hint=t.get(a::EMAIL_HINT) value="prune@" />
            <Field name="password" kind="password" label=t.get(a::PASSWORD) autocomplete="off" />
            <Select name="town" label=t.get(a::MY_TOWN) options=towns() />
            <Choices name="choice" legend=t.get(g::QUESTION) choices=vec![Choice::new("1", t.get(k::common::YES)), Choice::new("2", t.get(k::common::NO))] />
            <Check name="acknowledged" label=t.get(g::SENTENCE) />
        </FormSpecimen>
    }
    .into_any()
}

pub fn choices(key: &'static str) -> AnyView {
    let t = texts();
    let id = if key == "clair" { "choix-clair" } else { "choix-sombre" };
    let answers = move || {
        vec![
            Choice::new("1", t.get(g::FOOD_AID)).hint(t.get(g::SENTENCE)).chosen(true),
            Choice::new("2", t.get(g::CHILDCARE)),
            Choice::new("3", t.get(g::KEEPING_CONTACT)).hint(t.get(k::search::FULL)).disabled(true),
        ]
    };
    let days = move || [1, 2].map(|day: u8| (day.to_string(), time::weekday(t.locale(), day).to_owned())).to_vec();
    let parts = move || {
        let part = |code: &str, name| (code.to_owned(), t.get(name).to_owned());
        vec![part("morning", k::profiles::MORNING), part("evening", k::profiles::EVENING)]
    };
    view! {
        <FormSpecimen key=id>
            <Choices name="one" legend=t.get(g::QUESTION) hint=t.get(g::ONE_ANSWER) choices=answers() />
            <Choices name="several" legend=t.get(g::QUESTION) hint=t.get(g::SEVERAL_ANSWERS) choices=answers() several=true />
            <Check name="checked" label=t.get(g::SENTENCE) checked=true />
            <Check name="unchecked" label=t.get(g::SENTENCE) />
            <CheckGrid name="week" legend=t.get(g::QUESTION) hint=t.get(g::SEVERAL_ANSWERS) rows=days() columns=parts() chosen=vec!["1-morning".to_owned()] />
        </FormSpecimen>
    }
    .into_any()
}

pub fn sending(key: &'static str) -> AnyView {
    let t = texts();
    view! {
        <FormSpecimen key=key pending=true><Submit label=t.get(g::BUSY) /></FormSpecimen>
        <FormSpecimen key=key error=AppError::Conflict(Conflict::SlotFull)><Submit label=t.get(g::PRIMARY) /></FormSpecimen>
    }
    .into_any()
}

pub fn action_bar(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <div class="actionbar">
            <button class="btn btn--primary" type="button">{t.get(g::PRIMARY)}</button>
            <button class="btn" type="button">{t.get(g::SECONDARY)}</button>
        </div>
    }
    .into_any()
}

pub fn disclosure(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <details class="disclosure"><summary>{t.get(g::CLOSED)}</summary><p>{t.get(g::SENTENCE)}</p></details>
        <details class="disclosure" open=true><summary>{t.get(g::OPEN)}</summary><p>{t.get(g::SENTENCE)}</p></details>
    }
    .into_any()
}

pub fn dialog(key: &'static str) -> AnyView {
    let t = texts();
    let id = format!("confirmer-{key}");
    view! {
        <dialog class="dialog" open=true aria-labelledby=id.clone()>
            <h2 id=id.clone()>{t.get(g::CONFIRM)}</h2>
            <p>{t.get(g::SENTENCE)}</p>
            <div class="btn-row">
                <button class="btn btn--danger" type="button">{t.get(g::DANGER)}</button>
                <button class="btn btn--quiet" type="button">{t.get(k::common::CANCEL)}</button>
            </div>
        </dialog>
    }
    .into_any()
}

pub fn tabs(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <nav class="tabs" aria-label=t.get(g::TABS)>
            <ul>
                <li><a href=routes::GALLERY aria-current="page">{t.get(k::reviews::TAB_OPEN)}<span class="count">"12"</span></a></li>
                <li><a href=routes::GALLERY>{t.get(k::reviews::TAB_OVERDUE)}<span class="count count--urgent">"3"</span></a></li>
                <li><a href=routes::GALLERY>{t.get(k::reviews::TAB_DONE)}</a></li>
            </ul>
        </nav>
    }
    .into_any()
}

pub fn steps(_: &'static str) -> AnyView {
    view! { <Steps organisation=samples::ORGANISATION mission=samples::MISSION here="creneaux" /> }.into_any()
}

pub fn pager(_: &'static str) -> AnyView {
    let address = |_| routes::GALLERY.to_owned();
    view! {
        <Pager page=1 pages=3 address=address />
        <Pager page=2 pages=3 address=address />
        <Pager page=3 pages=3 address=address />
    }
    .into_any()
}

pub fn landmarks(_: &'static str) -> AnyView {
    let t = texts();
    view! {
        <p><a class="skip" href="#contenu">{t.get(k::frame::SKIP)}</a></p>
        <nav class="breadcrumb" aria-label=t.get(k::common::BREADCRUMB)>
            <ol>
                <li><a href=routes::HOME>{t.get(k::common::HOME)}</a></li>
                <li><a href=routes::MISSIONS>{t.get(k::search::TITLE)}</a></li>
                <li><a href=routes::GALLERY>{t.get(g::TITLE)}</a></li>
            </ol>
        </nav>
        <BottomBar />
        <p class="wide-only muted">{t.get(g::BOTTOM_BAR)}</p>
    }
    .into_any()
}
