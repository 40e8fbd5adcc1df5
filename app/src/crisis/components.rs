//! What visitors and volunteers see of measures; kept small, it comes with the first page.

use domain::crisis::{Banner, ToAcknowledge};
use leptos::{prelude::*, server_fn::ServerFn};

use super::AcknowledgeRules;
use crate::{
    i18n::{k::crisis as c, texts},
    routes,
    ui::{Form, Icon, Lines, Subject, Submit, problems},
};

/// What measures say at the top of a page.
#[component]
pub fn Banners(
    /// One each.
    banners: Vec<Banner>,
) -> impl IntoView {
    let t = texts();
    banners
        .into_iter()
        .map(|banner| {
            let place = if banner.town.is_empty() { t.get(c::BANNER).to_owned() } else { banner.town };
            view! {
                <div class="banner banner--crisis">
                    <p>
                        <Icon name="i-warning" /><strong>{place}</strong>{problems::separator(t)}{banner.text}" "
                        <a href=routes::PUBLIC_MEASURES>{t.get(c::READ_MORE)}</a>
                    </p>
                </div>
            }
        })
        .collect_view()
}

/// The rules that a volunteer has still to acknowledge, each with its button.
#[component]
pub fn Acknowledgements(
    /// Which.
    rules: Vec<ToAcknowledge>,
) -> impl IntoView {
    let t = texts();
    rules
        .into_iter()
        .map(|one| {
            let id = one.id.to_string();
            view! {
                <section class="notice notice--urgent">
                    <h3>{t.get(c::ACK_TITLE)}</h3>
                    <p>{t.with(c::ACK_LEAD, &[("measures", &one.title)])}</p>
                    <Lines text=one.rules />
                    <Form act=AcknowledgeRules::url() key=id.clone()>
                        <Subject name="id" value=id />
                        <Subject name="version" value=one.version.to_string() />
                        <Submit label=t.get(c::ACK_SUBMIT) />
                    </Form>
                </section>
            }
        })
        .collect_view()
}
