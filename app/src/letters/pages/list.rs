use domain::letters::{LetterLine, LettersPage};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::letters as l, texts},
    letters::{BeginLetter, labels, load_association_letters},
    routes,
    ui::{
        Empty, Form, Page, Subject, Submit,
        page::{load, loaded, param},
        time::Day,
    },
};

/// The letters of a town to its associations.
#[component]
pub fn TownLettersPage() -> impl IntoView {
    let insee = param("insee");
    loaded(load(move || insee.get(), load_association_letters), |page| view! { <LettersView page=page /> })
}

#[component]
fn LettersView(page: LettersPage) -> impl IntoView {
    let t = texts();
    let insee = page.town.insee.clone();
    let trail = vec![(t.with(l::COORDINATION, &[("town", &page.town.name)]), routes::coordination(&insee))];
    let list = if page.letters.is_empty() {
        view! { <Empty title=t.get(l::LETTERS_EMPTY) text=t.get(l::LETTERS_EMPTY_TEXT) /> }.into_any()
    } else {
        let rows =
            page.letters.into_iter().map(|letter| view! { <Line insee=insee.clone() letter=letter /> }).collect_view();
        view! {
            <table class="data">
                <caption class="visually-hidden">{t.get(l::LETTERS_TITLE)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(l::SUBJECT)}</th>
                    <th scope="col">{t.get(l::STATE)}</th>
                    <th scope="col">{t.get(l::SENT_ON)}</th>
                    <th scope="col">{t.get(l::SENT_COUNT)}</th>
                    <th scope="col">{t.get(l::STATE_JOINED)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let begin = page.may_write.then(|| view! { <BeginForm insee=insee.clone() /> });
    let directory = routes::directory(&insee);
    view! {
        <Page title=t.get(l::LETTERS_TITLE) lead=t.count(l::REACHABLE, page.reachable) trail=trail>
            <p class="btn-row"><a class="btn" href=directory>{t.get(l::SEE_DIRECTORY)}</a></p>
            {begin}
            {list}
        </Page>
    }
}

#[component]
fn BeginForm(insee: String) -> impl IntoView {
    view! {
        <Form act=BeginLetter::url()>
            <Subject name="insee" value=insee />
            <Submit label=texts().get(l::BEGIN) />
        </Form>
    }
}

#[component]
fn Line(insee: String, letter: LetterLine) -> impl IntoView {
    let t = texts();
    let (word, class) = labels::status(letter.status);
    let subject = if letter.subject.is_empty() { t.get(l::NO_SUBJECT).to_owned() } else { letter.subject };
    let (sent, joined) = letter.sent_and_joined;
    view! {
        <tr>
            <th scope="row"><a href=routes::town_letter(&insee, letter.id)>{subject}</a></th>
            <td data-label=t.get(l::STATE)><span class=class>{t.get(word)}</span></td>
            <td data-label=t.get(l::SENT_ON)><span>{letter.sent_at.map(|at| view! { <Day at=at /> })}</span></td>
            <td data-label=t.get(l::SENT_COUNT) class="num"><span>{t.number(sent)}</span></td>
            <td data-label=t.get(l::STATE_JOINED) class="num"><span>{t.number(joined)}</span></td>
        </tr>
    }
}
