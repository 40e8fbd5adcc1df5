//! Tables of equipment, for spreadsheets: files that belong to pages, for whoever may read these.

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    actor::Actor,
    equipment::{Equipment, LedgerQuery},
    error::{AppError, Outcome},
};
use serde::Deserialize;

use crate::backend::Backend;

/// What the address of the ledger asks for; it is that of its page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    materiel: String,
    depot: String,
    mouvement: String,
    mission: String,
    du: String,
    au: String,
}

/// The routes of the tables.
pub fn tables(backend: &Backend) -> Router {
    Router::new()
        .route("/coordination/{insee}/materiel/stock.csv", get(stock))
        .route("/coordination/{insee}/materiel/mouvements.csv", get(ledger))
        .with_state(backend.clone())
}

async fn stock(
    State(backend): State<Backend>,
    Extension(actor): Extension<Arc<Actor>>,
    Path(insee): Path<String>,
) -> Response {
    let table = backend.stock_table(&actor, &insee).await;
    file(table, &insee, "stock")
}

async fn ledger(
    State(backend): State<Backend>,
    Extension(actor): Extension<Arc<Actor>>,
    Path(insee): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let query = LedgerQuery {
        equipment: asked.materiel,
        depot: asked.depot,
        kind: asked.mouvement,
        mission: asked.mission,
        from: asked.du,
        to: asked.au,
        page: 1,
    };
    let table = backend.ledger_table(&actor, &insee, query).await;
    file(table, &insee, "mouvements")
}

fn file(table: Outcome<String>, insee: &str, name: &str) -> Response {
    match table {
        Ok(table) => {
            let disposition = format!("attachment; filename=\"materiel-{insee}-{name}.csv\"");
            let kind = "text/csv; charset=utf-8".to_owned();
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], table).into_response()
        }
        Err(AppError::SignInFirst) => {
            Redirect::to(&app::routes::sign_in(&app::routes::equipment(insee))).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}
