use domain::{error::AppError, search::CommuneHint};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    frame::Person,
    i18n::{k::network as n, texts},
    network::OpenTown,
    request::Failure,
    routes,
    search::complete_commune,
    ui::{
        Field, Form, Page, Submit,
        page::{load, loaded},
    },
};

/// Opening a town: find its INSEE code by name or postcode, then open it.
#[component]
pub fn NewTown() -> impl IntoView {
    let query = use_query_map();
    let typed = Memo::new(move |_| query.read().get("nom").unwrap_or_default());
    let code = Memo::new(move |_| query.read().get("code").unwrap_or_default());
    let person = expect_context::<Person>().0;
    let data = load(
        move || typed.get(),
        move |typed| async move {
            let me = person.await?.ok_or(Failure(AppError::SignInFirst))?;
            match typed.trim() {
                _ if !me.network => Err(Failure(AppError::NotFound)),
                "" => Ok(Vec::new()),
                _ => complete_commune(typed).await,
            }
        },
    );
    loaded(data, move |found| {
        view! { <NewTownView typed=typed.get_untracked() code=code.get() found=found /> }
    })
}

#[component]
fn NewTownView(typed: String, code: String, found: Vec<CommuneHint>) -> impl IntoView {
    let t = texts();
    let trail = vec![(t.get(n::TITLE).to_owned(), routes::NETWORK.to_owned())];
    let nothing = (!typed.trim().is_empty() && found.is_empty()).then(|| view! { <p>{t.get(n::FIND_NOTHING)}</p> });
    let found = found
        .into_iter()
        .map(|commune| {
            let href = format!("{}?nom={}&code={}", routes::NEW_TOWN, routes::encode(&typed), commune.insee);
            view! { <li><a href=href>{format!("{} ({})", commune.name, commune.insee)}</a>" "<span class="muted">{commune.detail}</span></li> }
        })
        .collect_view();
    view! {
        <Page title=t.get(n::OPEN_TOWN) lead=t.get(n::OPEN_LEAD) narrow=true trail=trail>
            <form class="form" method="get" action=routes::NEW_TOWN role="search">
                <div class="field">
                    <label class="field__label" for="nom">{t.get(n::FIND_TOWN)}</label>
                    <input class="field__input" id="nom" name="nom" type="search" value=typed.clone() />
                </div>
                <button class="btn" type="submit">{t.get(n::FIND)}</button>
            </form>
            <div role="status">{nothing}<ul>{found}</ul></div>
            <Form act=OpenTown::url()>
                <Field name="insee" label=t.get(n::INSEE) hint=t.get(n::INSEE_HINT) value=code />
                <Submit label=t.get(n::OPEN_SUBMIT) />
            </Form>
        </Page>
    }
}
