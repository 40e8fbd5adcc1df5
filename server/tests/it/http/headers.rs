//! The head of every kind of answer, and where requests may come from.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use app::request::Failure;
use domain::error::AppError;
use reqwest::{Method, StatusCode, header};

use super::{Site, run, shared};

const PAGE: &str = "text/html";
const FORM: &str = "application/x-www-form-urlencoded";

/// An answer of each kind: what it is, and the status that it should have.
async fn answers(site: &Site) -> anyhow::Result<Vec<(&'static str, StatusCode, reqwest::Response)>> {
    let get = |path: &str| site.ask(Method::GET, path, None).header(header::ACCEPT, PAGE);
    let post = |accept: &str| {
        let request = site.ask(Method::POST, "/api/accounts/request-reset", None);
        request.header(header::ACCEPT, accept).header(header::CONTENT_TYPE, FORM)
    };
    let referer = format!("http://{}/mot-de-passe-oublie", site.address);
    Ok(vec![
        ("page", StatusCode::OK, get("/").send().await?),
        ("unknown page", StatusCode::NOT_FOUND, get("/rien").send().await?),
        ("unknown mission", StatusCode::NOT_FOUND, get("/missions/rien").send().await?),
        ("redirect", StatusCode::SEE_OTHER, get("/mon-espace").send().await?),
        ("refused form", StatusCode::UNPROCESSABLE_ENTITY, {
            post(PAGE).header(header::REFERER, &referer).body("email=x").send().await?
        }),
        ("refused function", StatusCode::UNPROCESSABLE_ENTITY, post("application/json").body("email=x").send().await?),
        ("function", StatusCode::OK, site.ask(Method::GET, "/api/search/home", None).send().await?),
        ("unknown function", StatusCode::NOT_FOUND, {
            site.ask(Method::POST, "/api/rien", site.cookie(Some("volontaire@demo.example")).await?.as_deref())
                .send()
                .await?
        }),
        ("too long", StatusCode::PAYLOAD_TOO_LARGE, post(PAGE).body("x".repeat(300 * 1024)).send().await?),
        ("unknown asset", StatusCode::NOT_FOUND, get("/icons/rien.svg").send().await?),
        ("alive", StatusCode::OK, get("/healthz").send().await?),
        ("ready", StatusCode::OK, get("/readyz").send().await?),
    ])
}

#[test]
fn every_answer_carries_the_same_guards() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let mut numbers = BTreeSet::new();
            for (kind, status, answer) in answers(site).await? {
                assert_eq!(answer.status(), status, "{kind}");
                let head = answer.headers().clone();
                let said = |name: &str| head.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
                assert_eq!(said("x-content-type-options"), "nosniff", "{kind}");
                assert_eq!(said("x-frame-options"), "DENY", "{kind}");
                assert_eq!(said("referrer-policy"), "same-origin", "{kind}");
                assert!(said("permissions-policy").contains("geolocation=()"), "{kind}");
                assert_eq!(said("cross-origin-opener-policy"), "same-origin", "{kind}");
                let policy = said("content-security-policy");
                assert!(policy.starts_with("default-src 'none'"), "{kind}: {policy}");
                assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{kind}");
                assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{kind}: {policy}");
                assert!(!policy.contains("http:") && !policy.contains('*'), "{kind}: {policy}");
                assert_eq!(head.get_all("content-security-policy").iter().count(), 1, "{kind}");
                assert!(head.get("strict-transport-security").is_none(), "{kind}: this site is not served over https");
                assert!(head.get(header::SERVER).is_none(), "{kind}");
                assert!(numbers.insert(said("x-request-id").to_owned()), "{kind}: a number of its own");
            }
        }
        Ok(())
    })
}

#[test]
fn a_certificate_is_listed_by_no_search_engine_and_its_check_is_found() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let page = async |path: &str| site.ask(Method::GET, path, None).header(header::ACCEPT, PAGE).send().await;
            for (path, listed) in [
                ("/attestations/RF-2345-6789-ABCD", false),
                ("/attestations?numero=RF-2345-6789-ABCD", false),
                ("/attestations", true),
                ("/aide", true),
            ] {
                let answer = page(path).await?;
                assert_eq!(answer.status(), StatusCode::OK, "{path}");
                let robots = answer.headers().get("x-robots-tag").and_then(|value| value.to_str().ok());
                assert_eq!(robots, (!listed).then_some("noindex"), "{path}");
            }
            for path in ["/aide", "/plan-du-site"] {
                ensure!(page(path).await?.text().await?.contains("href=\"/attestations\""), "{path}");
            }
        }
        Ok(())
    })
}

/// The nonce of a policy.
fn nonce(answer: &reqwest::Response) -> anyhow::Result<String> {
    let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY).context("a policy")?.to_str()?;
    let (_, rest) = policy.split_once("'nonce-").context("a nonce")?;
    Ok(rest.split('\'').next().unwrap_or_default().to_owned())
}

#[test]
fn each_page_has_a_nonce_of_its_own_and_its_scripts_carry_it() -> anyhow::Result<()> {
    run(async {
        let mut seen = BTreeSet::new();
        let sites = shared().await?;
        for path in ["/", "/", "/missions", "/connexion", "/rien", "/aide"] {
            for site in sites.iter() {
                let answer = site.ask(Method::GET, path, None).header(header::ACCEPT, PAGE).send().await?;
                let nonce = nonce(&answer)?;
                ensure!(nonce.len() >= 22, "128 bits at least: {nonce}");
                let html = answer.text().await?;
                let scripts: Vec<&str> =
                    html.split("<script").skip(1).filter_map(|tag| tag.split('>').next()).collect();
                assert!(!scripts.is_empty(), "{path}");
                for script in scripts {
                    assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{path}: {script}");
                }
                for inline in [" onclick=", " onload=", " onerror=", "javascript:", " style=\""] {
                    assert!(!html.contains(inline), "{path}: {inline}");
                }
                assert!(seen.insert(nonce), "{path}: a nonce twice");
            }
        }
        Ok(())
    })
}

#[test]
fn forms_of_other_sites_are_refused() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let own = format!("http://{}", site.address);
            let cookie = site.cookie(Some("volontaire@demo.example")).await?;
            let cases: [(&[(&str, &str)], bool); 8] = [
                (&[], true),
                (&[("origin", &own)], true),
                (&[("sec-fetch-site", "same-origin"), ("origin", &own)], true),
                (&[("origin", "https://evil.example")], false),
                (&[("origin", "null")], false),
                (&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], false),
                (&[("sec-fetch-site", "cross-site")], false),
                (&[("sec-fetch-site", "same-site"), ("origin", "https://autre.ville.example")], false),
            ];
            for (headers, accepted) in cases {
                for accept in [PAGE, "application/json"] {
                    let before = site.account("volontaire@demo.example").await?.locale;
                    let language = if before == "fr" { "en" } else { "fr" };
                    let mut request = site.ask(Method::POST, "/api/accounts/language", cookie.as_deref());
                    for (name, value) in headers {
                        request = request.header(*name, *value);
                    }
                    let answer = request.header(header::ACCEPT, accept).form(&[("language", language)]).send().await?;
                    let after = site.account("volontaire@demo.example").await?.locale;
                    if accepted {
                        assert!(!answer.status().is_client_error() && after == language, "{headers:?} {accept}");
                    } else {
                        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{headers:?} {accept}");
                        assert_eq!(after, before, "{headers:?} {accept}: nothing is done");
                    }
                }
            }
        }
        Ok(())
    })
}

#[test]
fn what_is_too_long_is_refused_as_anything_else_is() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            // Far beyond what a connection holds by itself: a browser that is not read to the end never sees the answer.
            for length in [300 * 1024, 4 * 1024 * 1024] {
                let post = |accept: &str| {
                    site.ask(Method::POST, "/api/accounts/request-reset", None)
                        .header(header::ACCEPT, accept)
                        .header(header::CONTENT_TYPE, FORM)
                        .header(header::REFERER, format!("http://{}/mot-de-passe-oublie", site.address))
                        .body(format!("email=zoe%40ville.example&text={}", "x".repeat(length)))
                };
                let page = post(PAGE).send().await?;
                assert_eq!(page.status(), StatusCode::PAYLOAD_TOO_LARGE);
                let html = page.text().await?;
                assert_eq!((html.matches("<h1").count(), html.matches("role=\"alert\"").count()), (1, 1));
                assert!(html.contains("Votre envoi est trop long"), "a sentence says why");
                assert!(html.contains("zoe@ville.example"), "what arrived whole is kept");
                let told = post("application/json").send().await?;
                assert_eq!(told.status(), StatusCode::PAYLOAD_TOO_LARGE);
                let Failure(error) = serde_json::from_slice(&told.bytes().await?)?;
                assert_eq!(error, AppError::TooLarge);
            }
        }
        Ok(())
    })
}
