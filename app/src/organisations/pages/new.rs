use domain::{error::AppError, network::TownRef, organisations::OrganisationForm};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    frame::Person,
    i18n::{k::organisations as o, texts},
    network::load_open_towns,
    organisations::{
        CreateOrganisation,
        components::{IdentityFields, PresentationFields},
    },
    request::Failure,
    ui::{
        Form, Page, Submit,
        page::{load, loaded},
    },
};

/// A new organisation.
#[component]
pub fn NewOrganisation() -> impl IntoView {
    let person = expect_context::<Person>().0;
    let data = load(
        || (),
        move |()| async move {
            person.await?.ok_or(Failure(AppError::SignInFirst))?;
            load_open_towns().await
        },
    );
    loaded(data, |towns| view! { <NewForm towns=towns /> })
}

#[component]
fn NewForm(towns: Vec<TownRef>) -> impl IntoView {
    let t = texts();
    let form = OrganisationForm::default();
    view! {
        <Page title=t.get(o::NEW_TITLE) lead=t.get(o::NEW_LEAD) narrow=true>
            <Form act=CreateOrganisation::url() group="form">
                <IdentityFields form=form.clone() towns=towns />
                <PresentationFields form=form />
                <Submit label=t.get(o::NEW_SUBMIT) />
            </Form>
        </Page>
    }
}
