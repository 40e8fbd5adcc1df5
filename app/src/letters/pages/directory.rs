use domain::letters::{DirectoryPage as Directory, EntryLine};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::{k, k::letters as l, texts},
    letters::{CheckDirectory, RemoveEntry, SetStopped, load_directory},
    routes,
    ui::{
        Empty, Field, FileField, Fold, Form, Page, Pager, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// The associations that a town may write to.
#[component]
pub fn DirectoryPage() -> impl IntoView {
    let (insee, query) = (param("insee"), use_query_map());
    let asked = Memo::new(move |_| {
        let of = |name| query.read().get(name).unwrap_or_default();
        (insee.get(), of("mots"), of("page").parse::<u32>().unwrap_or(1))
    });
    let data = load(move || asked.get(), |(insee, words, page)| load_directory(insee, words, page));
    loaded(data, move |page| view! { <DirectoryView words=asked.get_untracked().1 page=page /> })
}

#[component]
fn DirectoryView(words: String, page: Directory) -> impl IntoView {
    let t = texts();
    let insee = page.town.insee.clone();
    let trail = vec![(t.with(l::COORDINATION, &[("town", &page.town.name)]), routes::coordination(&insee))];
    let may_write = page.may_write;
    let rows = page
        .entries
        .into_iter()
        .map(|entry| view! { <Line insee=insee.clone() entry=entry may_write=may_write /> })
        .collect_view();
    let list = if page.total == 0 {
        view! { <Empty title=t.get(l::DIRECTORY_EMPTY) text=t.get(l::DIRECTORY_EMPTY_TEXT) /> }.into_any()
    } else {
        view! {
            <table class="data">
                <caption>{t.count(l::ENTRIES, page.total)}</caption>
                <thead><tr>
                    <th scope="col">{t.get(l::COLUMN_NAME)}</th>
                    <th scope="col">{t.get(l::COLUMN_EMAIL)}</th>
                    <th scope="col">{t.get(l::COLUMN_ACTIVITY)}</th>
                    <th scope="col">{t.get(l::ACTIONS)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let (path, asked) = (routes::directory(&insee), routes::encode(&words));
    let address = move |page: u32| format!("{path}?mots={asked}&page={page}");
    view! {
        <Page title=t.get(l::DIRECTORY_TITLE) lead=t.get(l::DIRECTORY_LEAD) trail=trail>
            <p class="btn-row"><a class="btn" href=routes::town_letters(&insee)>{t.get(l::SEE_LETTERS)}</a></p>
            <form class="search-form" method="get" action=routes::directory(&insee) role="search">
                <div class="field">
                    <label class="field__label" for="mots">{t.get(l::SEARCH)}</label>
                    <input class="field__input" id="mots" name="mots" type="search" value=words />
                </div>
                <button class="btn" type="submit">{t.get(k::search::SUBMIT)}</button>
            </form>
            {list}
            <Pager page=page.page pages=page.pages address=address />
            {may_write.then(|| view! { <ImportForm insee=insee /> })}
        </Page>
    }
}

#[component]
fn Line(insee: String, entry: EntryLine, may_write: bool) -> impl IntoView {
    let t = texts();
    let id = entry.id.to_string();
    let stopped = entry.stopped.then(|| view! { " "<span class="pill">{t.get(l::STATE_STOPPED)}</span> });
    let acts = may_write.then(|| {
        view! {
            <StopForm insee=insee.clone() id=id.clone() stopped=entry.stopped />
            <RemoveForm insee=insee id=id />
        }
    });
    view! {
        <tr>
            <th scope="row">{entry.name}{stopped}</th>
            <td data-label=t.get(l::COLUMN_EMAIL)><span>{entry.email}</span></td>
            <td data-label=t.get(l::COLUMN_ACTIVITY)><span>{entry.activity}</span></td>
            <td data-label=t.get(l::ACTIONS)><div>{acts}</div></td>
        </tr>
    }
}

#[component]
fn StopForm(insee: String, id: String, stopped: bool) -> impl IntoView {
    let (label, value) = if stopped { (l::WRITE_AGAIN, "") } else { (l::STOP, "yes") };
    view! {
        <Form act=SetStopped::url() key=id.clone()>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id />
            <Subject name="stopped" value=value />
            <Submit label=texts().get(label) class="btn--quiet" />
        </Form>
    }
}

#[component]
fn RemoveForm(insee: String, id: String) -> impl IntoView {
    let t = texts();
    view! {
        <Fold summary=t.get(l::REMOVE) act=RemoveEntry::url() key=id.clone()>
            <Form act=RemoveEntry::url() key=id.clone()>
                <Subject name="insee" value=insee />
                <Subject name="id" value=id />
                <p>{t.get(l::REMOVE_HINT)}</p>
                <Submit label=t.get(l::REMOVE) class="btn--danger" />
            </Form>
        </Fold>
    }
}

/// Paste, or a file: it sends itself as any form does, for a file is read by the server.
#[component]
fn ImportForm(insee: String) -> impl IntoView {
    let t = texts();
    view! {
        <section>
            <h2>{t.get(l::IMPORT_TITLE)}</h2>
            <p>{t.get(l::IMPORT_LEAD)}</p>
            <Form act=CheckDirectory::url() files=true anew=true>
                <Subject name="insee" value=insee />
                <FileField name="file" label=t.get(l::IMPORT_FILE) hint=t.get(l::IMPORT_FILE_HINT) accept=".csv,.txt,.tsv,text/csv,text/plain" />
                <Field name="text" kind="textarea" rows=8 label=t.get(l::IMPORT_TEXT) hint=t.get(l::IMPORT_TEXT_HINT) optional=true />
                <Submit label=t.get(l::IMPORT_CHECK) />
            </Form>
        </section>
    }
}
