use domain::letters::{LetterPage, LetterPreview, LetterStatus, RecipientLine, RecipientState};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{k, k::letters as l, texts},
    letters::{DiscardLetter, RemindLetter, SaveLetter, SendLetter, labels, load_association_letter},
    routes,
    ui::{
        Field, Fold, Form, Page, Prose, Subject, Submit,
        page::{load, loaded, param},
        time::{self, Day},
    },
};

/// A letter: written and previewed, then what became of it.
#[component]
pub fn TownLetterPage() -> impl IntoView {
    let (insee, letter, query) = (param("insee"), param("letter"), use_query_map());
    let asked = Memo::new(move |_| (insee.get(), letter.get(), query.read().get("pour").unwrap_or_default()));
    let data = load(move || asked.get(), |(insee, id, reader)| load_association_letter(insee, id, reader));
    loaded(data, |page| view! { <LetterView page=page /> })
}

#[component]
fn LetterView(page: LetterPage) -> impl IntoView {
    let t = texts();
    let insee = page.town.insee.clone();
    let trail = vec![
        (t.with(l::COORDINATION, &[("town", &page.town.name)]), routes::coordination(&insee)),
        (t.get(l::LETTERS_TITLE).to_owned(), routes::town_letters(&insee)),
    ];
    let title = if page.title.is_empty() { t.get(l::NO_SUBJECT).to_owned() } else { page.title.clone() };
    let content = match (page.status, page.may_write) {
        (LetterStatus::Draft, true) => view! { <Draft page=page /> }.into_any(),
        (LetterStatus::Draft, false) => view! { <Preview page=page /> }.into_any(),
        _ => view! { <Sent page=page /> }.into_any(),
    };
    view! { <Page title=title trail=trail>{content}</Page> }
}

#[component]
fn Draft(page: LetterPage) -> impl IntoView {
    let t = texts();
    let (insee, id, reachable) = (page.town.insee.clone(), page.id.to_string(), page.reachable);
    let (written, directory) = (!page.body.is_empty(), routes::directory(&insee));
    let body = if written { page.body.clone() } else { t.get(l::BODY_START).to_owned() };
    let subject = page.subject.clone();
    let send = (written && reachable > 0)
        .then(|| view! { <SendForm insee=insee.clone() id=id.clone() reachable=reachable /> });
    let nobody = (reachable == 0).then(|| {
        view! { <p class="notice notice--warn">{t.get(l::NOBODY)}" "<a href=directory>{t.get(l::SEE_DIRECTORY)}</a></p> }
    });
    view! {
        {nobody}
        <WriteForm insee=insee.clone() id=id.clone() subject=subject body=body />
        {written.then(|| view! { <Preview page=page /> })}
        {send}
        <DiscardForm insee=insee id=id />
    }
}

#[component]
fn WriteForm(insee: String, id: String, subject: String, body: String) -> impl IntoView {
    let t = texts();
    view! {
        <Form act=SaveLetter::url()>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id />
            <Field name="subject" label=t.get(l::SUBJECT) value=subject />
            <Field name="letter" kind="textarea" rows=14 label=t.get(l::BODY) hint=t.get(l::BODY_HINT) value=body />
            <Submit label=t.get(l::SAVE_AND_PREVIEW) />
        </Form>
    }
}

#[component]
fn SendForm(insee: String, id: String, reachable: u32) -> impl IntoView {
    let t = texts();
    view! {
        <section>
            <h2>{t.get(l::SEND_TITLE)}</h2>
            <p>{t.get(l::SEND_HINT)}</p>
            // Two steps: hundreds of letters do not come back.
            <Fold summary=t.count(l::SEND, reachable) act=SendLetter::url()>
                <Form act=SendLetter::url()>
                    <Subject name="insee" value=insee />
                    <Subject name="id" value=id />
                    <Submit label=t.count(l::SEND_NOW, reachable) />
                </Form>
            </Fold>
        </section>
    }
}

#[component]
fn DiscardForm(insee: String, id: String) -> impl IntoView {
    let t = texts();
    view! {
        <Fold summary=t.get(l::DISCARD) act=DiscardLetter::url()>
            <Form act=DiscardLetter::url()>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <Submit label=t.get(l::DISCARD) class="btn--danger" />
            </Form>
        </Fold>
    }
}

/// As one association gets it, chosen in a list.
#[component]
fn Preview(page: LetterPage) -> impl IntoView {
    let t = texts();
    let path = routes::town_letter(&page.town.insee, page.id);
    page.preview.map(|preview| {
        let options = page
            .readers
            .into_iter()
            .map(|(id, name)| view! { <option value=id.to_string() selected=id == preview.reader>{name}</option> })
            .collect_view();
        view! {
            <section>
                <h2>{t.get(l::PREVIEW)}</h2>
                <form class="search-form" method="get" action=path>
                    <div class="field">
                        <label class="field__label" for="pour">{t.get(l::PREVIEW_FOR)}</label>
                        <select class="field__input" id="pour" name="pour">{options}</select>
                    </div>
                    <button class="btn" type="submit">{t.get(l::PREVIEW_SHOW)}</button>
                </form>
                <Reading preview=preview />
            </section>
        }
    })
}

#[component]
fn Reading(preview: LetterPreview) -> impl IntoView {
    let t = texts();
    view! {
        <dl class="summary">
            <div><dt>{t.get(l::TO)}</dt><dd>{preview.to}</dd></div>
            <div><dt>{t.get(l::SUBJECT)}</dt><dd>{preview.subject}</dd></div>
            <div><dt>{t.get(k::fields::MESSAGE)}</dt><dd><Prose text=preview.text /></dd></div>
        </dl>
        <p class="muted">{t.get(l::PREVIEW_HINT)}</p>
    }
}

#[component]
fn Sent(page: LetterPage) -> impl IntoView {
    let t = texts();
    let figures = RecipientState::ALL
        .iter()
        .map(|state| {
            let n = page.recipients.iter().filter(|line| line.state == *state).count();
            let n = u32::try_from(n).unwrap_or(u32::MAX);
            view! { <div class="figure"><dt>{t.get(labels::state(*state))}</dt><dd>{t.number(n)}</dd></div> }
        })
        .collect_view();
    let may_remind = page.may_write && page.status == LetterStatus::Sent && page.reachable > 0;
    let remind = may_remind.then(|| match page.remind_from.filter(|from| page.now < *from) {
        Some(from) => {
            let day = time::instant(t.locale(), from);
            view! { <p>{t.with(l::REMIND_FROM, &[("day", &day)])}</p> }.into_any()
        }
        None => {
            let (insee, id) = (page.town.insee.clone(), page.id.to_string());
            view! { <RemindForm insee=insee id=id reachable=page.reachable /> }.into_any()
        }
    });
    let sent = page.sent_at.map(|at| view! { <p>{t.get(l::SENT_ON)}" "<Day at=at /></p> });
    let reminded = page.reminded_at.map(|at| view! { <p>{t.get(l::REMINDED_ON)}" "<Day at=at /></p> });
    let rows = page.recipients.into_iter().map(|line| view! { <Recipient line=line /> }).collect_view();
    view! {
        {sent}{reminded}
        <dl class="figures">{figures}</dl>
        {remind}
        <details class="disclosure"><summary>{t.get(l::TEXT)}</summary><Prose text=page.body /></details>
        <h2>{t.get(l::RECIPIENTS)}</h2>
        <table class="data">
            <caption class="visually-hidden">{t.get(l::RECIPIENTS)}</caption>
            <thead><tr>
                <th scope="col">{t.get(l::COLUMN_NAME)}</th>
                <th scope="col">{t.get(l::COLUMN_EMAIL)}</th>
                <th scope="col">{t.get(l::STATE)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn RemindForm(insee: String, id: String, reachable: u32) -> impl IntoView {
    let t = texts();
    view! {
        <section>
            <h2>{t.get(l::REMIND_TITLE)}</h2>
            <p>{t.get(l::REMIND_HINT)}</p>
            <Form act=RemindLetter::url()>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <Submit label=t.count(l::REMIND, reachable) />
            </Form>
        </section>
    }
}

#[component]
fn Recipient(line: RecipientLine) -> impl IntoView {
    let t = texts();
    let name = if line.name.is_empty() { t.get(l::REMOVED).to_owned() } else { line.name };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=t.get(l::COLUMN_EMAIL)><span>{line.email}</span></td>
            <td data-label=t.get(l::STATE)><span class="pill">{t.get(labels::state(line.state))}</span></td>
        </tr>
    }
}
