//! The table of who may call what is complete, and holds.

use std::collections::BTreeSet;

use domain::access::Role;
use reqwest::{Method, StatusCode, header};
use server::http::{
    access::{FUNCTIONS, PAGES},
    page_routes,
};

use super::{PEOPLE, sites};

fn sorted<T: Ord + Clone>(rows: &[T]) -> Vec<T> {
    let set: BTreeSet<T> = rows.iter().cloned().collect();
    assert_eq!(set.len(), rows.len(), "a row stands twice");
    set.into_iter().collect()
}

#[test]
fn every_server_function_has_a_row() {
    let known: Vec<String> = server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let rows: Vec<String> = FUNCTIONS.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(sorted(&rows), known);
}

#[tokio::test]
async fn every_page_has_a_row() {
    let known: BTreeSet<String> =
        page_routes().iter().map(|route| route.path().replace('{', ":").replace('}', "")).collect();
    let rows: Vec<String> = PAGES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(sorted(&rows), known.into_iter().collect::<Vec<_>>());
}

/// Of the demonstration's accounts.
const ROLES: [Role; 5] =
    [Role::Visitor, Role::Volunteer, Role::OrganisationAdmin, Role::Coordinator, Role::NetworkAdmin];

#[tokio::test(flavor = "multi_thread")]
async fn server_functions_admit_whom_the_table_names() {
    let sites = sites().await.unwrap();
    let site = &sites[0];
    let methods: Vec<(&str, Method)> = server_fn::axum::server_fn_paths().collect();
    for (person, role) in PEOPLE.into_iter().zip(ROLES) {
        let mut cookie = site.cookie(person).await;
        for (path, need) in FUNCTIONS {
            let method = methods.iter().find(|(known, _)| known == path).unwrap().1.clone();
            let answer = site
                .ask(method, path, cookie.as_ref())
                .header(header::ACCEPT, "application/json")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .send()
                .await
                .unwrap();
            let refused = match (need.roles().contains(&role), role) {
                (true, _) => None,
                (false, Role::Visitor) => Some(StatusCode::UNAUTHORIZED),
                (false, _) => Some(StatusCode::NOT_FOUND),
            };
            match refused {
                Some(status) => assert_eq!(answer.status(), status, "{role:?} {path}"),
                None => assert!(
                    ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND]
                        .contains(&answer.status())
                        && !answer.status().is_server_error(),
                    "{role:?} {path}: {}",
                    answer.status()
                ),
            }
            if *path == "/api/accounts/sign-out" {
                cookie = site.cookie(person).await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_send_visitors_to_sign_in_and_show_the_others_nothing() {
    for site in sites().await.unwrap() {
        let ids = "00000000-0000-7000-8000-000000000000";
        for (person, role) in PEOPLE.into_iter().zip(ROLES) {
            let cookie = site.cookie(person).await;
            for (path, need) in PAGES {
                if need.roles().contains(&role) {
                    continue;
                }
                let path = path
                    .replace(":insee", "83126")
                    .split('/')
                    .map(|part| if part.starts_with(':') { ids } else { part })
                    .collect::<Vec<_>>()
                    .join("/");
                let answer = site
                    .ask(Method::GET, &path, cookie.as_ref())
                    .header(header::ACCEPT, "text/html")
                    .send()
                    .await
                    .unwrap();
                let (status, to) = (answer.status(), answer.headers().get(header::LOCATION).cloned());
                if role == Role::Visitor {
                    let to = to.and_then(|to| to.to_str().map(str::to_owned).ok()).unwrap_or_default();
                    assert!(status.is_redirection() && to.starts_with("/connexion?suite="), "{path}: {status} {to}");
                } else {
                    assert_eq!(status, StatusCode::NOT_FOUND, "{role:?} {path}");
                }
            }
        }
    }
}
