use domain::{error::AppError, network::TownRef, organisations::OrganisationForm};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    frame::Person,
    i18n::{k::organisations as o, texts},
    letters::load_prefilled,
    network::load_open_towns,
    organisations::{
        CreateOrganisation,
        components::{IdentityFields, PresentationFields},
    },
    request::Failure,
    ui::{
        Form, Hidden, Page, Submit,
        page::{load, loaded},
    },
};

/// A new organisation.
#[component]
pub fn NewOrganisation() -> impl IntoView {
    let person = expect_context::<Person>().0;
    let query = use_query_map();
    let letter = Memo::new(move |_| query.read().get("lettre").unwrap_or_default());
    let data = load(
        move || letter.get(),
        move |letter| async move {
            person.await?.ok_or(Failure(AppError::SignInFirst))?;
            // A letter whose link no longer works does not keep anybody from registering.
            let form = if letter.is_empty() { None } else { load_prefilled(letter).await.ok() };
            Ok((form.unwrap_or_default(), load_open_towns().await?))
        },
    );
    loaded(data, |(form, towns)| view! { <NewForm form=form towns=towns /> })
}

#[component]
fn NewForm(form: OrganisationForm, towns: Vec<TownRef>) -> impl IntoView {
    let t = texts();
    view! {
        <Page title=t.get(o::NEW_TITLE) lead=t.get(o::NEW_LEAD) narrow=true>
            <Form act=CreateOrganisation::url() group="form">
                <Hidden name="letter" value=form.letter.clone() />
                <IdentityFields form=form.clone() towns=towns />
                <PresentationFields form=form />
                <Submit label=t.get(o::NEW_SUBMIT) />
            </Form>
        </Page>
    }
}
