use domain::network::InvitationPage;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    frame::Person,
    i18n::{k::accounts as a, k::network as n, texts},
    network::{AcceptInvitation, load_invitation},
    routes,
    ui::{
        Field, Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// The link of an invitation: accept as who one is, sign in first, or make an account.
#[component]
pub fn Invitation() -> impl IntoView {
    let token = param("token");
    let person = expect_context::<Person>().0;
    let data = load(
        move || token.get(),
        move |token| async move {
            let page = load_invitation(token).await?;
            let email = person.await.ok().flatten().map(|me| me.email);
            Ok((page, email))
        },
    );
    loaded(data, move |(page, email)| {
        view! { <InvitationView token=token.get_untracked() page=page signed_in=email /> }
    })
}

#[component]
fn InvitationView(token: String, page: InvitationPage, signed_in: Option<String>) -> impl IntoView {
    let t = texts();
    let facts = [("inviter", page.invited_by.as_str()), ("town", page.town.name.as_str())];
    let (title, lead) = match &page.organisation {
        Some((_, name)) => {
            let facts = [facts[0], facts[1], ("organisation", name.as_str())];
            if page.helper {
                (t.with(n::INVITATION_HELPER_TITLE, &facts), t.with(n::INVITATION_HELPER_LEAD, &facts))
            } else {
                (t.with(n::INVITATION_ORGANISATION_TITLE, &facts), t.with(n::INVITATION_ORGANISATION_LEAD, &facts))
            }
        }
        None => (t.with(n::INVITATION_TITLE, &facts), t.with(n::INVITATION_LEAD, &facts)),
    };
    let content = match (page.has_account, signed_in) {
        (true, Some(email)) if email == page.email => view! { <AcceptForm token=token /> }.into_any(),
        (true, None) => {
            let href = routes::sign_in(&routes::invitation(&token));
            view! {
                <p>{t.with(n::INVITATION_SIGN_IN, &[("email", &page.email)])}</p>
                <p><a class="btn btn--primary" href=href>{t.get(a::SIGN_IN_TITLE)}</a></p>
            }
            .into_any()
        }
        (true, Some(_)) => {
            view! { <p class="notice notice--warn">{t.with(n::INVITATION_OTHER, &[("email", &page.email)])}</p> }
                .into_any()
        }
        (false, _) => view! { <NewcomerForm token=token email=page.email /> }.into_any(),
    };
    view! { <Page title=title lead=lead narrow=true>{content}</Page> }
}

#[component]
fn AcceptForm(token: String) -> impl IntoView {
    view! {
        <Form act=AcceptInvitation::url()>
            <Subject name="token" value=token />
            <Submit label=texts().get(n::INVITATION_ACCEPT) />
        </Form>
    }
}

#[component]
fn NewcomerForm(token: String, email: String) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=AcceptInvitation::url()>
            <p>{t.with(n::INVITATION_NEWCOMER, &[("email", &email)])}</p>
            <Subject name="token" value=token />
            <div class="form__row">
                <Field name="given_name" label=t.get(a::GIVEN_NAME) autocomplete="given-name" />
                <Field name="family_name" label=t.get(a::FAMILY_NAME) autocomplete="family-name" />
            </div>
            <Field name="password" kind="password" label=t.get(a::PASSWORD) hint=t.get(a::PASSWORD_HINT) autocomplete="new-password" />
            <Submit label=t.get(n::INVITATION_JOIN) />
        </Form>
    }
}
