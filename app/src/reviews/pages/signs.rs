use domain::reviews::signs::{NAMES, SignList, SignsPage as Signs};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Text, k::common as c, k::reviews as r, texts},
    reviews::{SaveSigns, load_signs},
    ui::{
        Choice, Choices, Field, Fold, Form, Hidden, Page, Submit,
        page::{load, loaded},
    },
};

/// The words that the system looks for.
#[component]
pub fn SignsPage() -> impl IntoView {
    loaded(load(|| (), |()| load_signs()), |page| view! { <SignsView page=page /> })
}

/// Where the words of a list are looked for.
fn heading(list: &SignList) -> Text {
    if list.danger {
        r::SIGNS_DANGERS
    } else if list.code.starts_with(NAMES) {
        r::SIGNS_NAMES
    } else {
        r::SIGNS_TEXTS
    }
}

#[component]
fn SignsView(page: Signs) -> impl IntoView {
    let t = texts();
    let group = |title: Text| {
        let lists = page.lists.iter().filter(|list| heading(list) == title).cloned();
        let lists = lists.map(|list| view! { <List list=list /> }).collect_view();
        view! { <section><h2>{t.get(title)}</h2>{lists}</section> }
    };
    let groups = [r::SIGNS_DANGERS, r::SIGNS_TEXTS, r::SIGNS_NAMES].map(group).into_iter().collect_view();
    view! { <Page title=t.get(r::SIGNS_TITLE) lead=t.get(r::SIGNS_LEAD) narrow=true>{groups}</Page> }
}

#[component]
fn List(list: SignList) -> impl IntoView {
    let t = texts();
    let SignList { code, label, words, .. } = list;
    let hint = if code.starts_with(NAMES) { "" } else { t.get(r::SIGNS_ADD_HINT) };
    let summary = format!("{label} ({})", words.len());
    let words: Vec<Choice> = words.into_iter().map(|word| Choice::new(word.clone(), word)).collect();
    view! {
        <Fold summary=summary act=SaveSigns::url() key=code.clone()>
            <Form act=SaveSigns::url() group="form" key=code.clone()>
                <Hidden name="key" value=code.clone() />
                <Hidden name="code" value=code />
                <Field name="add" label=t.get(r::SIGNS_ADD) hint=hint optional=true />
                {(!words.is_empty()).then(|| view! { <Choices name="remove" legend=t.get(r::SIGNS_REMOVE) choices=words several=true /> })}
                <Submit label=t.get(c::SAVE) />
            </Form>
        </Fold>
    }
}
