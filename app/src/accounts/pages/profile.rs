use domain::accounts::VolunteerForm;
use leptos::{prelude::*, server_fn::ServerFn};

use super::next;
use crate::{
    accounts::{SaveVolunteer, load_profile},
    i18n::{k::accounts as a, texts},
    search::TownField,
    ui::{
        Field, Form, Page, Subject, Submit,
        page::{load, loaded},
    },
};

/// The volunteer's profile.
#[component]
pub fn Profile() -> impl IntoView {
    let data = load(|| (), |()| load_profile());
    loaded(data, |form| view! { <ProfileForm form=form /> })
}

#[component]
fn ProfileForm(form: VolunteerForm) -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(a::PROFILE_TITLE) lead=t.get(a::PROFILE_LEAD) narrow=true>
            <Form act=SaveVolunteer::url() group="form">
                <Field name="birth_date" kind="date" label=t.get(a::BIRTH_DATE) hint=t.get(a::BIRTH_DATE_HINT) value=form.birth_date autocomplete="bday" />
                <TownField name="town" label=t.get(a::MY_TOWN) value=form.town hint=t.get(a::MY_TOWN_HINT) optional=true />
                <Field name="phone" kind="tel" label=t.get(a::PHONE) hint=t.get(a::PHONE_HINT) value=form.phone optional=true autocomplete="tel" />
                <Subject name="next" value=next() />
                <Submit label=t.get(crate::i18n::k::common::SAVE) />
            </Form>
        </Page>
    }
}
