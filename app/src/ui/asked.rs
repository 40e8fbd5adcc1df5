//! What a town asks to change, to be answered point by point.

use domain::reviews::RequestLine;
use leptos::prelude::*;

use super::{Field, Form, Subject, Submit};
use crate::i18n::{k::missions as m, texts};

/// The points that a town asks to change, each with its answer; nothing where there is none.
#[component]
pub fn Asked(
    /// The address of the server function that keeps the answers.
    act: &'static str,
    /// What it is about.
    id: String,
    /// The points.
    requests: Vec<RequestLine>,
    /// A verb that sends the answers and what they are about, where it can be sent.
    #[prop(optional_no_strip)]
    send: Option<&'static str>,
) -> impl IntoView {
    let t = texts();
    (!requests.is_empty()).then(|| {
        let lines = move || requests
            .into_iter()
            .map(|line| {
                let name = format!("answers.{}", RequestLine::key(line.id));
                view! { <Field name=name kind="textarea" rows=2 optional=true label=line.item hint=line.body value=line.answer /> }
            })
            .collect_view();
        view! {
            <section>
                <h2>{t.get(m::REQUESTS)}</h2>
                <p>{t.get(m::REQUESTS_HINT)}</p>
                <Form act=act keep=true>
                    <Subject name="id" value=id />
                    {lines()}
                    <div class="btn-row">
                        {send.map(|verb| view! { <Submit label=verb choice=("then", "send".to_owned()) /> })}
                        <Submit label=t.get(m::SAVE_ANSWERS) class="" choice=("then", String::new()) />
                    </div>
                </Form>
            </section>
        }
    })
}
