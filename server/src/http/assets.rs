//! Files: what the build made, and the texts that browsers load.

use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::bail;
use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use crate::settings::Settings;

/// Whether the build's files are where the settings say.
///
/// # Errors
/// Names the setting when they are not.
pub fn check(settings: &Settings) -> anyhow::Result<()> {
    let style = settings.site_root.join("pkg/renfort.css");
    if !style.is_file() {
        bail!(
            "SITE_ROOT is «{}», but there is no {} (cargo xtask build makes it)",
            settings.site_root.display(),
            style.display()
        );
    }
    Ok(())
}

/// Changes with the files that pages name by version: one folder for all, so that a part of the program never meets a part
/// of another build.
pub fn version(settings: &Settings) -> &'static str {
    static VERSION: std::sync::Mutex<Option<&'static str>> = std::sync::Mutex::new(None);
    let mut known = VERSION.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    known.get_or_insert_with(|| {
        let mut hasher = DefaultHasher::new();
        app::texts_source::FILES.hash(&mut hasher);
        let Ok(files) = std::fs::read_dir(settings.site_root.join("pkg")) else {
            return "none";
        };
        let mut files: Vec<_> = files.filter_map(|file| Some(file.ok()?.path())).collect();
        files.sort();
        for file in files {
            (file.file_name(), std::fs::read(&file).unwrap_or_default()).hash(&mut hasher);
        }
        String::leak(format!("{:016x}", hasher.finish()))
    })
}

/// The routes of files, compressed ahead of time where the build did so.
pub fn routes<S: Clone + Send + Sync + 'static>(settings: &Settings) -> Router<S> {
    let files = |folder: &str| ServeDir::new(settings.site_root.join(folder)).precompressed_br().precompressed_gzip();
    let kept = |seconds: &'static str| {
        SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(seconds))
    };
    Router::new()
        .nest_service(&format!("/v/{}/pkg", version(settings)), files("pkg"))
        .route(&format!("/v/{}/textes/{{file}}", version(settings)), get(texts))
        .layer(kept("public, max-age=31536000, immutable"))
        .merge(
            Router::new()
                .nest_service("/icons", files("icons"))
                .nest_service("/scenes", files("scenes"))
                .route_service(
                    "/favicon.svg",
                    tower_http::services::ServeFile::new(settings.site_root.join("favicon.svg")),
                )
                .route_service(
                    "/manifest.webmanifest",
                    tower_http::services::ServeFile::new(settings.site_root.join("manifest.webmanifest")),
                )
                .route_service(
                    "/robots.txt",
                    tower_http::services::ServeFile::new(settings.site_root.join("robots.txt")),
                )
                .layer(kept("public, max-age=86400")),
        )
        .merge(
            // What browsers run beside pages: it asks this site alone, and browsers look for a newer one.
            Router::new()
                // What pages ask of that program: a browser that does not run it yet has nothing to say.
                .route("/hors-ligne/{what}", get(async || StatusCode::NO_CONTENT))
                .route_service("/sw.js", tower_http::services::ServeFile::new(settings.site_root.join("sw.js")))
                .layer(kept("no-cache"))
                .layer(SetResponseHeaderLayer::overriding(
                    header::CONTENT_SECURITY_POLICY,
                    HeaderValue::from_static("default-src 'none'; connect-src 'self'"),
                )),
        )
}

async fn texts(Path(file): Path<String>) -> Response {
    let table = app::texts_source::FILES.iter().find(|(locale, _)| file.strip_suffix(".txt") == Some(*locale));
    match table {
        Some((_, texts)) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], *texts).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
