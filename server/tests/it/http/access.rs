//! The table of who may call what: complete, and true over HTTP.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, ensure};
use app::request::Failure;
use domain::{access::Role, certificates::Certificates, error::AppError, testimonials::Testimonials};
use reqwest::{Method, StatusCode, header};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use server::{
    entity::{
        application, idea, message_report, mission, municipality, organisation, review, role_grant, slot, testimonial,
    },
    http::{
        access::{DOWNLOADS, FUNCTIONS, Need, PAGES},
        page_routes,
    },
};
use uuid::Uuid;

use super::{
    PEOPLE, Site,
    forms::{actor, depot_and_count, letter_and_import, measures},
    run, shared,
};

/// The rows of a table, none of them twice.
fn once(rows: &[(&'static str, Need)]) -> BTreeSet<String> {
    let set: BTreeSet<String> = rows.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(set.len(), rows.len(), "a row stands twice");
    set
}

/// Server functions by path, with their method.
pub fn functions() -> BTreeMap<String, Method> {
    server_fn::axum::server_fn_paths().map(|(path, method)| (path.to_owned(), method)).collect()
}

#[test]
fn every_server_function_has_one_row() {
    assert_eq!(once(FUNCTIONS), functions().into_keys().collect());
}

#[test]
fn every_page_has_one_row() -> anyhow::Result<()> {
    run(async {
        let routes: BTreeSet<String> =
            page_routes().iter().map(|route| route.path().replace('{', ":").replace('}', "")).collect();
        assert_eq!(once(PAGES), routes);
        Ok(())
    })
}

#[test]
fn server_functions_admit_exactly_whom_their_row_names() -> anyhow::Result<()> {
    run(async {
        let methods = functions();
        for site in shared().await?.iter() {
            for (role, email) in PEOPLE {
                for (path, need) in FUNCTIONS {
                    // A session for each: signing out is one of the functions.
                    let cookie = site.cookie(email).await?;
                    let method = methods.get(*path).context("a method")?.clone();
                    let answer = site
                        .ask(method, path, cookie.as_deref())
                        .header(header::ACCEPT, "application/json")
                        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                        .send()
                        .await?;
                    let (status, body) = (answer.status(), answer.bytes().await?);
                    let asked = format!("{:?} {role:?} {path}: {status}", site.engine());
                    if need.roles().contains(&role) {
                        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
                        // The letters of the mailbox exist in demonstrations only.
                        let shown = path.starts_with("/api/mailbox/") || !refused.contains(&status);
                        ensure!(shown && !status.is_server_error(), asked);
                        continue;
                    }
                    let expected = if role == Role::Visitor { AppError::SignInFirst } else { AppError::NotFound };
                    let failure: Failure = serde_json::from_slice(&body).context(asked.clone())?;
                    ensure!(failure.0 == expected && status.as_u16() == expected.status(), asked);
                }
            }
        }
        Ok(())
    })
}

#[test]
fn who_signs_in_comes_back_to_what_was_asked() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let asked = site.ask(Method::GET, "/coordination/83126?onglet=retard&page=2", None);
            let answer = asked.header(header::ACCEPT, "text/html").send().await?;
            let to = answer.headers().get(header::LOCATION).context("where to")?.to_str()?;
            assert_eq!(to, "/connexion?suite=/coordination/83126%3Fonglet%3Dretard%26page%3D2");
        }
        Ok(())
    })
}

#[test]
fn an_unknown_server_function_does_not_exist_for_anyone() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            for (role, email) in PEOPLE {
                let cookie = site.cookie(email).await?;
                for path in ["/api/accounts/nothing", "/api/", "/api/reviews/decide/", "/API/network/open"] {
                    let answer = site.ask(Method::POST, path, cookie.as_deref()).send().await?;
                    let refused = [StatusCode::NOT_FOUND, StatusCode::UNAUTHORIZED];
                    ensure!(refused.contains(&answer.status()), "{role:?} {path}: {}", answer.status());
                }
            }
        }
        Ok(())
    })
}

/// The things that the demonstration accounts own, by the names of the parameters of addresses.
async fn own_things(site: &Site) -> anyhow::Result<BTreeMap<&'static str, String>> {
    let db = site.backend.store.read();
    let admin = site.account("association@demo.example").await?.id;
    let grants = role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(admin));
    let organisation = grants.one(db).await?.and_then(|row| row.organisation_id).context("an organisation")?;
    let missions = mission::Entity::find()
        .filter(mission::Column::OrganisationId.eq(organisation))
        .filter(mission::Column::Status.eq("published"))
        .all(db)
        .await?;
    let application = application::Entity::find()
        .filter(application::Column::MissionId.is_in(missions.iter().map(|row| row.id)))
        .filter(application::Column::OrganisationId.is_null());
    let application = application.one(db).await?.context("an application to one of them")?;
    let mission = missions.into_iter().find(|row| row.id == application.mission_id).context("its mission")?;
    let slot = slot::Entity::find().filter(slot::Column::MissionId.eq(mission.id)).one(db).await?.context("a slot")?;
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126"));
    let town = town.one(db).await?.context("La Seyne-sur-Mer")?;
    let review = review::Entity::find().filter(review::Column::MunicipalityId.eq(town.id));
    let review = review.one(db).await?.context("a review")?;
    let file = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(town.id))
        .filter(organisation::Column::Status.eq("submitted"));
    let file = file.one(db).await?.context("an organisation that waits")?;
    let other = mission::Entity::find()
        .filter(mission::Column::MunicipalityId.eq(town.id))
        .filter(mission::Column::Status.eq("published"))
        .filter(mission::Column::Id.ne(review.mission_id));
    let (mine, certificate) = of_the_volunteer(site).await?;
    let (idea, report) = sent_to(site, town.id).await?;
    let (letter, import) = letter_and_import(site).await?;
    let (depot, count, delivery) = depot_and_count(site).await?;
    let (measures, common) = measures(site).await?;
    Ok(BTreeMap::from([
        ("measures", measures.to_string()),
        ("common", common.to_string()),
        ("number", certificate),
        ("letter", letter.to_string()),
        ("import", import.to_string()),
        ("depot", depot.to_string()),
        ("count", count.to_string()),
        ("delivery", delivery.to_string()),
        ("organisation", organisation.to_string()),
        ("mission", mission.id.to_string()),
        ("mine", mine.clone()),
        ("slot", slot.id.to_string()),
        ("insee", town.insee),
        ("review", review.id.to_string()),
        ("org", file.id.to_string()),
        ("other", other.one(db).await?.context("another published mission")?.id.to_string()),
        ("slug", "x".to_owned()),
        ("token", "0".repeat(64)),
        ("idea", idea.to_string()),
        ("application", application.id.to_string()),
        ("own", mine),
        ("report", report.to_string()),
        ("attended", attended(site).await?),
        ("testimonial", waiting_testimonial(site, town.id).await?),
    ]))
}

/// What only the volunteer has: an accepted application and the number of a certificate.
async fn of_the_volunteer(site: &Site) -> anyhow::Result<(String, String)> {
    let me = actor(site, "volontaire@demo.example").await?;
    let mine = application::Entity::find()
        .filter(application::Column::VolunteerId.eq(me.account.context("signed in")?.0))
        .filter(application::Column::Status.eq("accepted"));
    let mine = mine.one(site.backend.store.read()).await?.context("an accepted application")?;
    let certificate = site.backend.issue(&me, "").await?;
    Ok((mine.id.to_string(), certificate.number.to_string()))
}

/// A mission that the volunteer came to.
async fn attended(site: &Site) -> anyhow::Result<String> {
    let me = actor(site, "volontaire@demo.example").await?;
    let rows = site.backend.own_testimonials(&me).await?;
    Ok(rows.first().context("a mission that the volunteer came to")?.mission.to_string())
}

/// A testimonial that waits in a town.
async fn waiting_testimonial(site: &Site, town: Uuid) -> anyhow::Result<String> {
    let rows = testimonial::Entity::find()
        .filter(testimonial::Column::MunicipalityId.eq(town))
        .filter(testimonial::Column::Status.eq("waiting"));
    Ok(rows.one(site.backend.store.read()).await?.context("a testimonial that waits")?.id.to_string())
}

/// What was sent to a town: an idea and a report.
async fn sent_to(site: &Site, town: Uuid) -> anyhow::Result<(Uuid, Uuid)> {
    let db = site.backend.store.read();
    let idea = idea::Entity::find().filter(idea::Column::MunicipalityId.eq(town)).one(db).await?;
    let report = message_report::Entity::find().filter(message_report::Column::MunicipalityId.eq(town));
    Ok((idea.context("an idea")?.id, report.one(db).await?.context("a report")?.id))
}

/// An address with the ids of one's own things; `:id` is a mission or an organisation.
fn address(page: &str, things: &BTreeMap<&str, String>) -> String {
    let parts: Vec<&str> = page.split('/').collect();
    let mut address = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let name = match part.strip_prefix(':') {
            None => {
                address.push((*part).to_owned());
                continue;
            }
            Some("id") if parts[number - 1] == "missions" => "mission",
            Some("id") if parts[number - 1] == "candidatures" => "mine",
            Some("id") => "organisation",
            Some("measures") if parts[1] == "reseau" => "common",
            Some(name) => name,
        };
        address.push(things[name].clone());
    }
    address.join("/")
}

/// What is one person's alone, whatever their roles: the volunteer's.
const OWN: [&str; 3] = ["/mon-espace/candidatures/", "/mon-espace/attestations/", "/mon-espace/temoignages/"];

/// The network's only where no coordinator of the town may judge it, which is not so in the demonstration.
const REPORT: &str = "/coordination/:insee/signalements/:report";

#[test]
fn pages_show_themselves_exactly_to_whom_their_row_names() -> anyhow::Result<()> {
    run(async {
        for site in shared().await?.iter() {
            let things = own_things(site).await?;
            for (role, email) in PEOPLE {
                let cookie = site.cookie(email).await?;
                for (page, need) in PAGES.iter().chain(&DOWNLOADS) {
                    let path = address(page, &things);
                    let answer = site
                        .ask(Method::GET, &path, cookie.as_deref())
                        .header(header::ACCEPT, "text/html")
                        .send()
                        .await?;
                    let status = answer.status();
                    let to = answer.headers().get(header::LOCATION).map_or("", |to| to.to_str().unwrap_or_default());
                    let asked = format!("{:?} {role:?} {path}: {status} {to}", site.engine());
                    let signs_in = status.is_redirection() && to.starts_with("/connexion?suite=");
                    if *need == Need::Everyone {
                        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
                        ensure!(!refused.contains(&status) && !status.is_server_error(), asked);
                    } else if *page == REPORT && role == Role::NetworkAdmin
                        || OWN.iter().any(|own| page.starts_with(own))
                            && !matches!(role, Role::Visitor | Role::Volunteer)
                    {
                        ensure!(status == StatusCode::NOT_FOUND, asked);
                    } else if need.roles().contains(&role) {
                        ensure!(status == StatusCode::OK || status.is_redirection() && !signs_in, asked);
                    } else if role == Role::Visitor {
                        ensure!(signs_in, asked);
                    } else {
                        ensure!(status == StatusCode::NOT_FOUND, asked);
                    }
                }
            }
        }
        Ok(())
    })
}
