//! Structured logs, in UTC, without personal data: ids, never names, addresses or tokens.

use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging: `RUST_LOG` picks what is said, JSON for machines.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm_migration=warn,leptos=error,tower_http=warn"));
    let logs = fmt().with_env_filter(filter);
    if json {
        logs.json().init();
    } else {
        logs.with_target(false).init();
    }
}
