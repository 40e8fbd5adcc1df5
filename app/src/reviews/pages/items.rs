use domain::reviews::items::{self, CRISIS_KINDS, ItemLine, ItemsPage as Items};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{Texts, k::common as c, k::crisis, k::reviews as r, texts},
    reviews::{SaveChecklistItem, load_checklist_items},
    ui::{
        Check, Field, Fold, Form, Hidden, Page, Select, Submit,
        page::{load, loaded},
    },
};

/// The checklist that the network's towns go through.
#[component]
pub fn ItemsPage() -> impl IntoView {
    loaded(load(|| (), |()| load_checklist_items()), |page| view! { <ItemsView page=page /> })
}

/// Of which missions an item can be asked: value, words.
fn scopes(t: Texts, domains: Vec<(String, String)>) -> Vec<(String, String)> {
    let all = (String::new(), t.get(crisis::LIMIT_ALL).to_owned());
    let domains = domains.into_iter().map(|(code, name)| (format!("domain:{code}"), name));
    let kinds = CRISIS_KINDS.into_iter().map(|kind| {
        let word = match kind {
            "domain" => crisis::FACT_DOMAINS,
            "group" => crisis::FACT_GROUP,
            _ => crisis::FACT_RULES,
        };
        (format!("crisis:{kind}"), format!("{} – {}", t.get(crisis::TITLE), t.get(word)))
    });
    std::iter::once(all).chain(domains).chain(kinds).collect()
}

#[component]
fn ItemsView(page: Items) -> impl IntoView {
    let t = texts();
    let Items { domains, items } = page;
    let scopes = scopes(t, domains);
    let groups = scopes
        .iter()
        .map(|(scope, name)| {
            let lines: Vec<ItemLine> = items.iter().filter(|line| line.form.scope == *scope).cloned().collect();
            (!lines.is_empty()).then(|| {
                let lines =
                    lines.into_iter().map(|line| view! { <Line line=line scopes=scopes.clone() /> }).collect_view();
                view! { <section><h2>{name.clone()}</h2>{lines}</section> }
            })
        })
        .collect_view();
    view! {
        <Page title=t.get(r::CHECKLIST) lead=t.get(r::ITEMS_LEAD) narrow=true>
            <Fold summary=t.get(r::ITEM_ADD) act=SaveChecklistItem::url() key="new">
                <EditForm line=ItemLine::default() scopes=scopes key="new" />
            </Fold>
            {groups}
        </Page>
    }
}

#[component]
fn Line(line: ItemLine, scopes: Vec<(String, String)>) -> impl IntoView {
    let t = texts();
    let form = &line.form;
    let label = t.locale().pick(&form.label_fr, &form.label_en);
    let optional = if form.mandatory == "yes" { String::new() } else { format!(" {}", t.get(c::OPTIONAL)) };
    let retired = if form.retired == "yes" { format!(" – {}", t.get(r::ITEM_IS_RETIRED)) } else { String::new() };
    let (summary, key) = (format!("{label}{optional}{retired}"), form.code.clone());
    view! {
        <Fold summary=summary act=SaveChecklistItem::url() key=key.clone()>
            <EditForm line=line scopes=scopes key=key />
        </Fold>
    }
}

#[component]
fn EditForm(line: ItemLine, scopes: Vec<(String, String)>, #[prop(into)] key: String) -> impl IntoView {
    let t = texts();
    let ItemLine { form, stays, keeps_scope } = line;
    let (new, mandatory, retired) = (form.code.is_empty(), form.mandatory == "yes", form.retired == "yes");
    view! {
        <Form act=SaveChecklistItem::url() group="form" key=key.clone()>
            <Hidden name="key" value=key />
            <Hidden name="code" value=form.code />
            <Field name="label_fr" label=t.get(r::ITEM_LABEL_FR) value=form.label_fr />
            <Field name="label_en" label=t.get(r::ITEM_LABEL_EN) value=form.label_en />
            <Field name="hint_fr" label=t.get(r::ITEM_HINT_FR) value=form.hint_fr optional=true />
            <Field name="hint_en" label=t.get(r::ITEM_HINT_EN) value=form.hint_en optional=true />
            {if keeps_scope {
                view! { <Hidden name="scope" value=form.scope /><p class="muted">{t.get(r::ITEM_TIED)}</p> }.into_any()
            } else {
                // Where the system looks for an answer itself, nothing is added.
                let tied = |scope: &str| scope.strip_prefix("crisis:").is_some_and(|kind| items::keeps_scope(None, Some(kind)));
                let options: Vec<_> = scopes.into_iter().filter(|(scope, _)| !tied(scope)).collect();
                view! { <Select name="scope" label=t.get(r::ITEM_SCOPE) options=options value=form.scope /> }.into_any()
            }}
            <Field name="position" label=t.get(r::ITEM_POSITION) hint=t.get(r::ITEM_POSITION_HINT) value=form.position
                inputmode="numeric" optional=true />
            <Check name="mandatory" label=t.get(r::ITEM_MANDATORY) checked=mandatory />
            {stays.then(|| view! { <p class="muted">{t.get(r::ITEM_STAYS)}</p> })}
            {(!stays && !new).then(|| view! { <Check name="retired" label=t.get(r::ITEM_RETIRED) checked=retired /> })}
            <Submit label=t.get(c::SAVE) />
        </Form>
    }
}
