use domain::letters::ImportPage as Import;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    i18n::{k::letters as l, texts},
    letters::{ImportDirectory, labels, load_import},
    routes,
    ui::{
        Form, Page, Subject, Submit,
        page::{load, loaded, param},
    },
};

/// A directory before it is imported: what each column was taken for, what would be new, what is refused and why.
#[component]
pub fn ImportPage() -> impl IntoView {
    let (insee, import) = (param("insee"), param("import"));
    let data = load(move || (insee.get(), import.get()), |(insee, id)| load_import(insee, id));
    loaded(data, |page| view! { <ImportView page=page /> })
}

#[component]
fn ImportView(page: Import) -> impl IntoView {
    let t = texts();
    let insee = page.town.insee.clone();
    let trail = vec![
        (t.with(l::COORDINATION, &[("town", &page.town.name)]), routes::coordination(&insee)),
        (t.get(l::DIRECTORY_TITLE).to_owned(), routes::directory(&insee)),
    ];
    let columns = page
        .columns
        .into_iter()
        .map(|(name, meant)| {
            let meant = t.get(meant.map_or(l::COLUMN_IGNORED, labels::column));
            view! { <div><dt>{name}</dt><dd>{meant}</dd></div> }
        })
        .collect_view();
    let good = page.new + page.updated;
    let act = (good > 0).then(|| view! { <ImportForm insee=insee.clone() id=page.id.to_string() good=good /> });
    let back = routes::directory(&insee);
    let facts = [(page.new, l::IMPORT_NEW), (page.updated, l::IMPORT_UPDATED), (page.refused_count, l::IMPORT_REFUSED)]
        .into_iter()
        .chain((page.silent > 0).then_some((page.silent, l::IMPORT_SILENT)))
        .map(|(n, label)| view! { <div class="figure"><dt>{t.count(label, n)}</dt><dd>{t.number(n)}</dd></div> })
        .collect_view();
    let refused = page
        .refused
        .iter()
        .map(|line| {
            let number = t.with(l::LINE, &[("line", &line.line.to_string())]);
            view! { <li><strong>{number}</strong>" "{labels::problem(t, &line.problem)}</li> }
        })
        .collect_view();
    let sample = page.sample.into_iter().map(|row| view! { <Sample row=row /> }).collect_view();
    view! {
        <Page title=t.get(l::PREVIEW_TITLE) lead=t.get(l::PREVIEW_LEAD) trail=trail>
            <dl class="figures">{facts}</dl>
            {(page.refused_count > 0).then(|| view! {
                <section>
                    <h2>{t.get(l::REFUSED_TITLE)}</h2>
                    <p>{t.get(l::REFUSED_LEAD)}</p>
                    <ul>{refused}</ul>
                </section>
            })}
            <section><h2>{t.get(l::COLUMNS_TITLE)}</h2><dl class="summary">{columns}</dl></section>
            {(good > 0).then(|| view! {
                <section>
                    <h2>{t.get(l::SAMPLE_TITLE)}</h2>
                    <table class="data">
                        <caption class="visually-hidden">{t.get(l::SAMPLE_TITLE)}</caption>
                        <thead><tr>
                            <th scope="col">{t.get(l::COLUMN_NAME)}</th>
                            <th scope="col">{t.get(l::COLUMN_EMAIL)}</th>
                            <th scope="col">{t.get(l::COLUMN_ACTIVITY)}</th>
                        </tr></thead>
                        <tbody>{sample}</tbody>
                    </table>
                </section>
            })}
            {act}
            <p><a class="btn btn--quiet" href=back>{t.get(l::IMPORT_AGAIN)}</a></p>
        </Page>
    }
}

#[component]
fn ImportForm(insee: String, id: String, good: u32) -> impl IntoView {
    view! {
        <Form act=ImportDirectory::url()>
            <Subject name="insee" value=insee />
            <Subject name="id" value=id />
            <Submit label=texts().count(l::IMPORT_SUBMIT, good) />
        </Form>
    }
}

#[component]
fn Sample(row: (String, String, String)) -> impl IntoView {
    let t = texts();
    view! {
        <tr>
            <th scope="row">{row.0}</th>
            <td data-label=t.get(l::COLUMN_EMAIL)><span>{row.1}</span></td>
            <td data-label=t.get(l::COLUMN_ACTIVITY)><span>{row.2}</span></td>
        </tr>
    }
}
