//! Every form, sent as a page sends it and as a script sends it, with whatever can be typed: an answer below 500, nothing
//! written when it is refused, and a page that tells what was wrong and keeps what was typed.

mod cases;
mod found;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, anyhow, ensure};
use app::request::Failure;
use domain::error::AppError;
use reqwest::{Method, StatusCode, header};
use sea_orm::{DbBackend, EntityTrait};
use server::{entity::throttle, http::access::PAGES};

pub use self::found::{actor, depot_and_count, letter_and_import, measures, own_organisation};
use self::values::{Form, Trial};
use super::{PEOPLE, Site, access::functions, fresh, run, shared};

/// What a browser says that it wants, and what a script says.
const PAGE: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const DATA: &str = "application/json";

struct Sent {
    status: StatusCode,
    to: Option<String>,
    body: Vec<u8>,
}

async fn send(site: &Site, form: &Form, cookie: Option<&str>, accept: &str, body: &[u8]) -> anyhow::Result<Sent> {
    let answer = site
        .ask(Method::POST, form.act, cookie)
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::REFERER, format!("http://{}{}", site.address, form.page))
        .body(body.to_vec())
        .send()
        .await?;
    let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
    Ok(Sent { status: answer.status(), to, body: answer.bytes().await?.to_vec() })
}

/// Tries are not counted here: other tests count them.
async fn forget_tries(site: &Site) -> anyhow::Result<()> {
    let tx = site.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    throttle::Entity::delete_many().exec(&tx).await?;
    Ok(tx.commit().await?)
}

/// The text that a reader of this page sees, roughly: its references resolved.
fn resolved(html: &str) -> String {
    let plain = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&")
}

/// Nothing that was typed became markup.
fn escaped(html: &str) -> anyhow::Result<()> {
    let Some(at) = html.find("<script>alert(1)") else { return Ok(()) };
    let before: String = html[..at].chars().rev().take(120).collect();
    anyhow::bail!("not escaped after {}", before.chars().rev().collect::<String>())
}

/// Whether a form stands on a page.
fn stands(form: &Form, html: &str) -> bool {
    html.contains(&format!("action=\"{}\"", form.act))
}

/// The form on the page that shows it again.
fn refused_form(trial: &Trial, error: &AppError, html: &str) -> anyhow::Result<()> {
    if !trial.by_person {
        return Ok(());
    }
    let AppError::Invalid(errors) = error else { return Ok(()) };
    if errors.get(&trial.field).is_none() {
        return Ok(());
    }
    if let Some(typed) = &trial.typed {
        ensure!(resolved(html).contains(typed.as_str()), "what was typed is lost");
        ensure!(html.contains(&format!("href=\"#{}", trial.field)), "the sentence does not lead to the field");
        // The lines of a checklist are told of in the summary alone.
        let marked = html.contains("aria-invalid=\"true\"") && html.contains("-erreur\"");
        ensure!(marked || trial.field.starts_with("answers."), "the field is not marked");
    }
    Ok(())
}

/// How many rows each table has, as last counted.
type Rows = BTreeMap<String, i64>;

/// Sends one odd body as a script does. Tells what refused it, if something did.
async fn as_data(
    site: &Site,
    form: &Form,
    trial: &Trial,
    cookie: Option<&str>,
    rows: &mut Rows,
) -> anyhow::Result<Option<AppError>> {
    let sent = send(site, form, cookie, DATA, &trial.body).await?;
    ensure!(!sent.status.is_server_error(), "data: {}", sent.status);
    let now = site.rows().await?;
    if !sent.status.is_client_error() {
        *rows = now;
        return Ok(None);
    }
    let failure: Failure = serde_json::from_slice(&sent.body).context("a refusal tells what was wrong")?;
    ensure!(sent.status.as_u16() == failure.0.status(), "{}, but {:?}", sent.status, failure.0);
    ensure!(now == *rows, "data: refused, but something was written");
    Ok(Some(failure.0))
}

/// Sends one odd body as a page does, after it was sent as data.
async fn as_page(
    site: &Site,
    form: &Form,
    trial: &Trial,
    cookie: Option<&str>,
    error: Option<AppError>,
    rows: &mut Rows,
) -> anyhow::Result<()> {
    let page = send(site, form, cookie, PAGE, &trial.body).await?;
    ensure!(!page.status.is_server_error(), "page: {}", page.status);
    let now = site.rows().await?;
    let html = String::from_utf8(page.body).context("a page is UTF-8")?;
    escaped(&html)?;
    if page.status.is_client_error() {
        ensure!(now == *rows, "page: refused, but something was written");
        // Wherever the form is by now.
        ensure!(html.contains("role=\"alert\""), "no sentence says what was wrong, which is {error:?}");
        // An act that could be done once leaves no form behind.
        if let Some(error) = error.filter(|_| stands(form, &html)) {
            ensure!(page.status.as_u16() == error.status(), "{} as a page, but {error:?}", page.status);
            refused_form(trial, &error, &html)?;
        }
        return Ok(());
    }
    *rows = now;
    ensure!(page.status == StatusCode::SEE_OTHER, "page: {}", page.status);
    let to = page.to.context("somewhere to go")?;
    ensure!(app::request::is_local(&to), "leads to {to}");
    for path in [&to, &form.page] {
        let shown = site.ask(Method::GET, path, cookie).header(header::ACCEPT, PAGE).send().await?;
        ensure!(!shown.status().is_server_error(), "{path}: {}", shown.status());
        escaped(&shown.text().await?).context(path.clone())?;
    }
    Ok(())
}

/// Sends one odd body both ways. What a page says of a refusal does not depend on the database: SQLite's sites show it.
async fn one(site: &Site, form: &Form, trial: &Trial, cookie: Option<&str>, rows: &mut Rows) -> anyhow::Result<()> {
    let error = as_data(site, form, trial, cookie, rows).await?;
    match site.engine() {
        DbBackend::Sqlite => as_page(site, form, trial, cookie, error, rows).await,
        _ => Ok(()),
    }
}

/// All odd bodies of some forms; whatever fails is told at once.
async fn all(site: &Site, forms: &[Form]) -> anyhow::Result<()> {
    let mut wrong = Vec::new();
    for form in forms {
        let cookie = site.cookie(form.who.as_deref()).await?;
        let page = site.ask(Method::GET, &form.page, cookie.as_deref()).header(header::ACCEPT, PAGE).send().await?;
        let html = page.text().await?;
        if !stands(form, &html) && !form.hidden {
            wrong.push(format!("{}: not on {}", form.act, form.page));
        }
        let mut rows = site.rows().await?;
        for trial in form.trials() {
            forget_tries(site).await?;
            if let Err(error) = one(site, form, &trial, cookie.as_deref(), &mut rows).await {
                rows = site.rows().await?;
                wrong.push(format!("{} {}: {error:#}", form.act, trial.about));
            }
        }
    }
    ensure!(wrong.is_empty(), "{:?}: {}\n{}", site.engine(), wrong.len(), wrong.join("\n"));
    Ok(())
}

#[test]
fn accounts() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::accounts()).await?;
        }
        Ok(())
    })
}

#[test]
fn organisations_and_towns() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::organisations(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn team() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::team(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn letters() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::letters(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn equipment() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::equipment(&site).await?).await?;
            all(&site, &cases::lists()).await?;
        }
        Ok(())
    })
}

#[test]
fn messages() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::messages(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn ideas() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::ideas(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn profiles() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::profiles()).await?;
            all(&site, &cases::alerts(&site).await?).await?;
            all(&site, &cases::cover(&site).await?).await?;
            all(&site, &cases::favourites(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn testimonials() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::testimonials(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn crisis() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::crisis(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn missions() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::missions(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn applications_and_reviews() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::applications(&site).await?).await?;
            all(&site, &cases::attendance(&site).await?).await?;
            all(&site, &cases::reviews(&site).await?).await?;
        }
        Ok(())
    })
}

#[test]
fn supplies() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            all(&site, &cases::supplies(&site).await?).await?;
        }
        Ok(())
    })
}

/// Addresses are typed, too: each part of a page's path and each argument of a function that reads.
#[test]
fn addresses() -> anyhow::Result<()> {
    const ARGUMENTS: [&str; 13] = [
        "id",
        "mission",
        "organisation",
        "slot",
        "insee",
        "tab",
        "token",
        "typed",
        "query[words]",
        "query[from]",
        "query[town]",
        "query[page]",
        "query[recipient]",
    ];
    let odd = ["%00", "a%00b", "%FF%FE", "%", "..%2F..", "%3Cscript%3Ealert(1)", "%2B262142-12-31", "-1", "é%E2%80%AE"];
    run(async {
        for site in shared().await?.iter() {
            let mut wrong = Vec::new();
            for (_, email) in PEOPLE.into_iter().step_by(2) {
                let cookie = site.cookie(email).await?;
                for value in odd {
                    let page = |page: &str| {
                        let parts = page.split('/').map(|part| if part.starts_with(':') { value } else { part });
                        format!(
                            "{}?mots={value}&domaine={value}&commune={value}&date={value}&page={value}",
                            parts.collect::<Vec<_>>().join("/")
                        )
                    };
                    let mut paths: Vec<String> = PAGES.iter().map(|(path, _)| page(path)).collect();
                    let all = ARGUMENTS.map(|name| format!("{name}={value}")).join("&");
                    let reading = functions().into_iter().filter(|(_, method)| *method == Method::GET);
                    for (path, _) in reading {
                        paths.push(format!("{path}?{all}"));
                        for argument in ARGUMENTS.into_iter().filter(|_| ["a%00b", "-1"].contains(&value)) {
                            paths.push(format!("{path}?{argument}={value}&ask[tab]=open"));
                        }
                    }
                    for path in paths {
                        let answer = site.ask(Method::GET, &path, cookie.as_deref()).header(header::ACCEPT, PAGE);
                        let answer = answer.send().await?;
                        if answer.status().is_server_error() {
                            wrong.push(format!("{email:?} {path}: {}", answer.status()));
                        } else if let Err(error) = escaped(&answer.text().await.unwrap_or_default()) {
                            wrong.push(format!("{email:?} {path}: {error}"));
                        }
                    }
                }
            }
            ensure!(wrong.is_empty(), "{:?}: {}\n{}", site.engine(), wrong.len(), wrong.join("\n"));
        }
        Ok(())
    })
}

#[test]
fn every_form_is_among_them() -> anyhow::Result<()> {
    run(async {
        let site = fresh().await?.into_iter().next().context("a site")?;
        let mut forms = cases::accounts();
        forms.extend(cases::profiles());
        forms.extend(cases::alerts(&site).await?);
        forms.extend(cases::cover(&site).await?);
        forms.extend(cases::favourites(&site).await?);
        forms.extend(cases::organisations(&site).await?);
        forms.extend(cases::letters(&site).await?);
        forms.extend(cases::equipment(&site).await?);
        forms.extend(cases::lists());
        forms.extend(cases::attendance(&site).await?);
        forms.extend(cases::messages(&site).await?);
        forms.extend(cases::ideas(&site).await?);
        forms.extend(cases::crisis(&site).await?);
        forms.extend(cases::missions(&site).await?);
        forms.extend(cases::applications(&site).await?);
        forms.extend(cases::reviews(&site).await?);
        forms.extend(cases::supplies(&site).await?);
        forms.extend(cases::team(&site).await?);
        forms.extend(cases::testimonials(&site).await?);
        let tried: BTreeSet<&str> = forms.iter().map(|form| form.act).collect();
        // Ends the session that it comes with, and takes nothing.
        let alone = "/api/accounts/sign-out";
        let known = functions();
        let writing = known.iter().filter(|(_, method)| **method == Method::POST).map(|(path, _)| path.as_str());
        assert_eq!(tried, writing.filter(|path| *path != alone).collect());
        Ok(())
    })
}
