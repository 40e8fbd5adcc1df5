use domain::{
    error::AppError,
    network::TownRef,
    organisations::{OrganisationSpace, OrganisationStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::common as c, k::organisations as o, texts},
    network::load_open_towns,
    organisations::{
        SaveOrganisation,
        components::{IdentityFields, PresentationFields},
        load_space,
    },
    request::Failure,
    routes,
    ui::{
        Empty, Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// Changing an organisation: the whole of it before the approval, how to reach and know it afterwards.
#[component]
pub fn EditOrganisation() -> impl IntoView {
    let id = param("id");
    let data = load(
        move || id.get(),
        |id| async move {
            let space = load_space(id).await?;
            // A helper has the space, not its form.
            if space.helper {
                return Err(Failure(AppError::NotFound));
            }
            Ok((space, load_open_towns().await?))
        },
    );
    loaded(data, |(space, towns)| view! { <EditForm space=space towns=towns /> })
}

#[component]
fn EditForm(space: OrganisationSpace, towns: Vec<TownRef>) -> impl IntoView {
    let t = texts();
    let own = routes::organisation_space(space.id);
    let trail = vec![(space.form.name.clone(), own.clone())];
    let whole = space.status.is_editable();
    if !whole && space.status != OrganisationStatus::Approved {
        return view! {
            <Page title=t.get(o::EDIT_TITLE) narrow=true trail=trail>
                <Empty title=t.get(o::EDIT_LATER) text=t.get(o::EDIT_LATER_TEXT)>
                    <a class="btn" href=own>{t.get(o::BACK_TO_SPACE)}</a>
                </Empty>
            </Page>
        }
        .into_any();
    }
    let may_move = space.status == OrganisationStatus::Draft && space.missions.is_empty();
    let towns = if may_move { towns } else { vec![space.town.clone()] };
    let lead = t.get(if whole { o::EDIT_LEAD } else { o::EDIT_APPROVED_LEAD });
    let form = space.form;
    view! {
        <Page title=t.get(o::EDIT_TITLE) lead=lead narrow=true trail=trail>
            <Form act=SaveOrganisation::url() group="form">
                <Subject name="id" value=space.id.to_string() />
                {whole.then(|| view! { <IdentityFields form=form.clone() towns=towns /> })}
                <PresentationFields form=form.clone() />
                <Submit label=t.get(c::SAVE) />
            </Form>
        </Page>
    }
    .into_any()
}
