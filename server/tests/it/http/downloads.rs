//! Files that are made when somebody asks for them.

use anyhow::{Context, ensure};
use reqwest::{Method, Response, StatusCode, header};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use server::entity::{history, mission, review};

use super::{Site, forms::own_organisation, fresh, run, shared};

async fn get(site: &Site, who: Option<&str>, path: &str) -> anyhow::Result<Response> {
    let cookie = site.cookie(who).await?;
    let cookie = cookie.map(|cookie| format!("{cookie}; langue=fr"));
    Ok(site.ask(Method::GET, path, cookie.as_deref()).header(header::ACCEPT, "text/html").send().await?)
}

fn head(answer: &Response, name: header::HeaderName) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// A decided review of La Seyne-sur-Mer, and the title of its mission.
async fn decided(site: &Site) -> anyhow::Result<(String, String)> {
    let db = site.backend.store.read();
    let town = server::network::queries::by_insee(db, "83126").await.ok().context("a town")?;
    let review = review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town.id))
        .filter(review::Column::Status.eq("green_light"))
        .one(db)
        .await?
        .context("a decided review")?;
    let mission = mission::Entity::find_by_id(review.mission_id).one(db).await?.context("its mission")?;
    Ok((review.id.to_string(), mission.title))
}

#[test]
fn the_whole_file_is_an_accessible_pdf() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let (id, title) = decided(site).await?;
            let path = format!("/coordination/83126/dossiers/{id}/dossier.pdf");
            for who in ["coordination@demo.example", "reseau@demo.example"] {
                let answer = get(site, Some(who), &path).await?;
                ensure!(answer.status() == StatusCode::OK, "{who}: {}", answer.status());
                assert_eq!(head(&answer, header::CONTENT_TYPE), "application/pdf");
                assert!(head(&answer, header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"dossier-"));
                assert_eq!(head(&answer, header::CACHE_CONTROL), "no-store");
                let file = answer.bytes().await?;
                assert!(file.starts_with(b"%PDF-1.7"));
                let text = String::from_utf8_lossy(&file);
                // The metadata stand in it as they are: which standard it follows, and what it is called.
                assert!(text.contains("pdfuaid:part") && text.contains("fr"), "PDF/UA");
                let escaped = title.replace('&', "&amp;").replace('\'', "&apos;");
                assert!(text.contains(&escaped) || text.contains(&title), "{title}");
            }
            let shown = get(site, Some("coordination@demo.example"), &format!("{path}?afficher=oui")).await?;
            assert_eq!(head(&shown, header::CONTENT_DISPOSITION), "inline");
        }
        Ok(())
    })
}

#[test]
fn the_table_of_applicants_is_posted_and_noted() -> anyhow::Result<()> {
    run(async {
        for site in fresh().await? {
            let db = site.backend.store.read();
            let own = own_organisation(&site).await?;
            let mission = mission::Entity::find()
                .filter(mission::Column::OrganisationId.eq(own))
                .filter(mission::Column::Status.eq("published"))
                .one(db)
                .await?
                .context("a mission")?;
            let page = format!("/organisation/{own}/missions/{}/candidatures", mission.id);
            let post = async |who: Option<&str>| {
                let cookie = site.cookie(who).await?;
                let asked = site.ask(Method::POST, &format!("{page}.csv"), cookie.as_deref());
                let asked = asked.header(header::ACCEPT, "text/html").form(&[("statut", ""), ("creneau", "")]);
                anyhow::Ok(asked.send().await?)
            };
            let exported = async || {
                let acts = history::Entity::find().filter(history::Column::ToState.eq("applicants_exported"));
                anyhow::Ok(acts.count(db).await?)
            };
            for who in [Some("volontaire@demo.example"), Some("coordination@demo.example")] {
                assert_eq!(post(who).await?.status(), StatusCode::NOT_FOUND, "{who:?}");
            }
            assert!(post(None).await?.status().is_redirection());
            let read = get(&site, Some("association@demo.example"), &format!("{page}.csv")).await?;
            assert_eq!(head(&read, header::LOCATION), page, "reading makes nothing");
            assert_eq!(exported().await?, 0);
            let answer = post(Some("association@demo.example")).await?;
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(head(&answer, header::CONTENT_TYPE), "text/csv; charset=utf-8");
            assert!(head(&answer, header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"candidatures-"));
            assert_eq!(head(&answer, header::CACHE_CONTROL), "no-store");
            assert!(answer.bytes().await?.starts_with("\u{feff}Nom;".as_bytes()));
            assert_eq!(exported().await?, 1);
        }
        Ok(())
    })
}

#[test]
fn files_are_refused_with_a_sentence_or_lead_to_signing_in() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let (id, _) = decided(site).await?;
            let path = format!("/coordination/83126/dossiers/{id}/dossier.pdf");
            let visitor = get(site, None, &path).await?;
            assert!(visitor.status().is_redirection());
            assert!(head(&visitor, header::LOCATION).starts_with("/connexion?suite=/coordination/83126/dossiers/"));
            let other = get(site, Some("coordination.b@demo.example"), &path).await?;
            assert_eq!(other.status(), StatusCode::NOT_FOUND);
            assert!(!other.text().await?.trim().is_empty(), "a sentence");
            for odd in ["/coordination/83126/dossiers/x/dossier.pdf", "/coordination/%00/dossiers/x/dossier.pdf"] {
                let answer = get(site, Some("coordination@demo.example"), odd).await?;
                assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{odd}");
            }
            let written = get(site, Some("coordination@demo.example"), "/coordination/83126/chiffres.csv").await?;
            assert_eq!(head(&written, header::CONTENT_TYPE), "text/csv; charset=utf-8");
            for odd in ["du=x&au=2026-01-01", "du=2026-02-01&au=2026-01-01", "du=%00&au=%ff"] {
                let path = format!("/coordination/83126/chiffres.csv?{odd}");
                let status = get(site, Some("coordination@demo.example"), &path).await?.status();
                assert!(
                    [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST].contains(&status),
                    "{odd}: {status}"
                );
            }
        }
        Ok(())
    })
}

#[test]
fn the_page_of_figures_keeps_what_was_typed() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let path = "/coordination/83126/chiffres?semaines=4&du=2026-05-31&au=2026-05-01";
            let answer = get(site, Some("coordination@demo.example"), path).await?;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
            let page = answer.text().await?;
            assert!(page.contains("value=\"2026-05-31\"") && page.contains("role=\"alert\""));
            assert!(page.contains("id=\"au-erreur\"") && page.contains("aria-invalid=\"true\""));
        }
        Ok(())
    })
}
