//! Files that are made when somebody asks for them. Who may have them is what the use case of their page says.

use std::sync::Arc;

use app::{i18n::Texts, routes, ui::problems};
use axum::{
    Extension, Form, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    actor::Actor,
    applications::ApplicantFilter,
    equipment::{Equipment, LedgerQuery},
    error::{AppError, Outcome},
    figures::Ask,
};
use serde::Deserialize;

use super::{access, feeds};
use crate::{
    applications::{calendar, export},
    backend::Backend,
    certificates,
    error::{Answered, told},
    figures::csv,
    reviews::print::{self, Paper},
};

/// Their addresses; each has its row in [`access::DOWNLOADS`].
pub fn routes(backend: &Backend) -> Router {
    let [certificate, calendar, review, town, network, stock, ledger] =
        access::DOWNLOADS.map(|(path, _)| as_route(path));
    Router::new()
        .route(&certificate, get(certificate_file))
        .route(&calendar, get(application_calendar))
        .route(&review, get(review_file))
        .route(&town, get(town_figures))
        .route(&network, get(network_figures))
        .route(&stock, get(stock_table))
        .route(&ledger, get(ledger_table))
        .route(&as_route(access::EXPORT), get(back_to_applicants).post(applicants_table))
        .with_state(backend.clone())
}

/// `/coordination/:insee` as the router writes it: `/coordination/{insee}`.
fn as_route(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// How a period is written in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    semaines: String,
    du: String,
    au: String,
}

impl From<Asked> for Ask {
    fn from(asked: Asked) -> Self {
        Self { weeks: asked.semaines, from: asked.du, to: asked.au }
    }
}

/// What is done with a file, in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Show {
    /// Anything: it is shown, to be printed, rather than kept.
    afficher: String,
}

/// What the address of the ledger asks for; it is that of its page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedOfLedger {
    materiel: String,
    depot: String,
    mouvement: String,
    mission: String,
    du: String,
    au: String,
}

impl From<AskedOfLedger> for LedgerQuery {
    fn from(asked: AskedOfLedger) -> Self {
        Self {
            equipment: asked.materiel,
            depot: asked.depot,
            kind: asked.mouvement,
            mission: asked.mission,
            from: asked.du,
            to: asked.au,
            page: 1,
        }
    }
}

const TABLE: &str = "text/csv; charset=utf-8";

type Caller = Extension<Arc<Actor>>;

async fn certificate_file(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Path(number): Path<String>,
    uri: Uri,
) -> Response {
    let made = certificates::paper::paper(&backend, &actor, &number).await;
    answer(made.answered(), "application/pdf", &actor, &uri)
}

async fn review_file(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Path((insee, review)): Path<(String, String)>,
    Query(show): Query<Show>,
    uri: Uri,
) -> Response {
    let made = match print::id(&review) {
        Ok(id) => print::paper(&backend, &actor, &insee, id).await,
        Err(error) => Err(error),
    };
    let mut response = answer(made.answered(), "application/pdf", &actor, &uri);
    if !show.afficher.is_empty() && response.status() == StatusCode::OK {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
        // Browsers show a PDF with a viewer of their own, which wants its styles.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    response
}

/// Which slot of an application, in the address; all of them where it says none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedSlot {
    creneau: String,
}

async fn application_calendar(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Path(id): Path<String>,
    Query(asked): Query<AskedSlot>,
    uri: Uri,
) -> Response {
    let made = calendar::of_application(&backend, &actor, &id, &asked.creneau).await;
    answer(made.answered(), feeds::CALENDAR, &actor, &uri)
}

async fn town_figures(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Path(insee): Path<String>,
    Query(asked): Query<Asked>,
    uri: Uri,
) -> Response {
    answer(csv::of_town(&backend, &actor, &insee, asked.into()).await.answered(), TABLE, &actor, &uri)
}

async fn network_figures(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Query(asked): Query<Asked>,
    uri: Uri,
) -> Response {
    answer(csv::of_network(&backend, &actor, asked.into()).await.answered(), TABLE, &actor, &uri)
}

async fn stock_table(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Path(insee): Path<String>,
    uri: Uri,
) -> Response {
    let table = backend.stock_table(&actor, &insee).await;
    answer(named(table, &insee, "stock"), TABLE, &actor, &uri)
}

async fn ledger_table(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Path(insee): Path<String>,
    Query(asked): Query<AskedOfLedger>,
    uri: Uri,
) -> Response {
    let table = backend.ledger_table(&actor, &insee, asked.into()).await;
    answer(named(table, &insee, "mouvements"), TABLE, &actor, &uri)
}

/// Which applicants, in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskedOfApplicants {
    statut: String,
    creneau: String,
}

/// Making the table is an act that the history notes, so it is posted.
async fn applicants_table(
    State(backend): State<Backend>,
    Extension(actor): Caller,
    Path((organisation, mission)): Path<(String, String)>,
    uri: Uri,
    Form(asked): Form<AskedOfApplicants>,
) -> Response {
    let filter = ApplicantFilter::parse(&asked.statut, &asked.creneau);
    let made = match (organisation.parse(), mission.parse()) {
        (Ok(organisation), Ok(mission)) => export::table(&backend, &actor, organisation, mission, filter).await,
        _ => Err(told(AppError::NotFound)),
    };
    answer(made.answered(), TABLE, &actor, &uri)
}

/// Whoever comes here by the address, after signing in, finds the button on its page.
async fn back_to_applicants(Path((organisation, mission)): Path<(String, String)>) -> Response {
    match (organisation.parse(), mission.parse()) {
        (Ok(organisation), Ok(mission)) => {
            Redirect::to(&routes::own_mission(organisation, mission, "candidatures")).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A table of a town's equipment with the name of its file.
fn named(table: Outcome<String>, insee: &str, name: &str) -> Outcome<Paper> {
    table.map(|table| (format!("materiel-{insee}-{name}.csv"), table.into_bytes()))
}

/// The file, to be kept; or why there is none, in a sentence.
fn answer(made: Outcome<Paper>, kind: &'static str, actor: &Actor, uri: &Uri) -> Response {
    match made {
        Ok((name, file)) => {
            let kept = format!("attachment; filename=\"{name}\"");
            let mut response = ([(header::CONTENT_TYPE, kind)], file).into_response();
            if let Ok(kept) = HeaderValue::from_str(&kept) {
                response.headers_mut().insert(header::CONTENT_DISPOSITION, kept);
            }
            response
        }
        Err(AppError::SignInFirst) => {
            let asked = uri.path_and_query().map_or(uri.path(), |asked| asked.as_str());
            Redirect::to(&routes::sign_in(asked)).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            (status, format!("{}\n", problems::sentence(Texts(actor.locale), &error))).into_response()
        }
    }
}
