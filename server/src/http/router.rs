//! The router, and the layers around it.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use app::{
    App,
    request::{CookiePolicy, SiteFacts},
    shell,
};
use axum::{
    Router,
    extract::Request,
    http::{StatusCode, request::Parts},
    middleware,
    routing::get,
};
use domain::{
    accounts::Accounts,
    actor::Actor,
    alerts::Alerts,
    applications::Applications,
    attendance::Attendance,
    certificates::{CertificateNumber, Certificates},
    cover::Cover,
    crisis::Crisis,
    equipment::Equipment,
    favourites::Favourites,
    figures::Figures,
    ideas::Ideas,
    letters::Letters,
    mailbox::Mailbox,
    messages::Messages,
    missions::Missions,
    network::Network,
    organisations::{OrganisationReviews, Organisations},
    planning::Planning,
    profiles::Profiles,
    reviews::Reviews,
    search::Search,
    suggestions::Suggestions,
    supplies::Supplies,
    team::Team,
    testimonials::Testimonials,
};
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
    csrf::CsrfLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

use super::{
    access, assets, caller, downloads, feeds, forms, headers, health,
    kept::{self, Kept},
    letters, owner, unsubscribe,
};
use crate::backend::Backend;

/// What Leptos needs to know of the files that the build made.
pub fn leptos_options(backend: &Backend) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("renfort")
        .site_root(backend.settings.site_root.to_string_lossy().into_owned())
        .site_addr(backend.settings.listen)
        .build()
}

/// The whole site.
pub fn router(backend: Backend) -> Router {
    let options = leptos_options(&backend);
    let secure = headers::Secure(backend.settings.secure());
    let pages = pages(&backend, options);
    let site = pages
        .clone()
        .layer(middleware::from_fn(access::guard))
        .layer(middleware::from_fn_with_state(pages, forms::answer))
        .layer(middleware::from_fn_with_state(Kept::default(), kept::answer))
        .layer(middleware::from_fn_with_state(backend.clone(), caller::identify))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)));
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/demo/courrier/{id}/html", get(letters::html))
        .route("/flux/agenda/{file}", get(feeds::calendar))
        .route("/flux/alertes/{secret}", get(unsubscribe::look).post(unsubscribe::stop))
        .route("/flux/renfort/{secret}", get(unsubscribe::look_cover).post(unsubscribe::stop_cover))
        .route("/flux/lettre/{token}", get(unsubscribe::look_letters).post(unsubscribe::stop_letters))
        .with_state(backend.clone())
        .merge(assets::routes(&backend.settings))
        .merge(site)
        .layer(
            CompressionLayer::new().compress_when(
                DefaultPredicate::new()
                    .and(NotForContentType::const_new("application/wasm"))
                    .and(NotForContentType::const_new("application/pdf")),
            ),
        )
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(secure, headers::add))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
            let path = without_secrets(request.uri().path());
            tracing::info_span!("request", id = id.unwrap_or_default(), method = %request.method(), path)
        }))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        // Ours, whatever the caller calls it: it goes into the log.
        .layer(middleware::map_request(without_id))
}

async fn without_id(mut request: Request) -> Request {
    request.headers_mut().remove("x-request-id");
    request
}

/// The addresses of pages. Listed once: while Leptos lists them, whatever page another thread begins never ends (leptos issue
/// 4773), and a test program has many sites at once.
pub fn page_routes() -> &'static [AxumRouteListing] {
    static LISTED: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    LISTED.get_or_init(|| generate_route_list(App))
}

/// Pages and server functions.
fn pages(backend: &Backend, options: LeptosOptions) -> Router {
    let context = context(backend);
    let listing = page_routes().to_vec();
    let shell_options = options.clone();
    let missing_context = context.clone();
    Router::new()
        .leptos_routes_with_context(&options, listing, context, move || shell(shell_options.clone()))
        .fallback(leptos_axum::render_app_async_with_context(missing_context, {
            let options = options.clone();
            move || shell(options.clone())
        }))
        .with_state(options)
        .layer(middleware::from_fn(owner::alone))
        .merge(downloads::routes(backend))
}

/// What pages and server functions find in their context: who asks, the services, the head of the answer.
fn context(backend: &Backend) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let services = Arc::new(backend.clone());
    let facts = SiteFacts { demo: backend.settings.demo, version: assets::version(&backend.settings) };
    let cookies = CookiePolicy { secure: backend.settings.secure() };
    move || {
        let actor = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Arc<Actor>>().cloned());
        provide_context(actor.unwrap_or_default());
        provide_context::<Arc<dyn Accounts>>(services.clone());
        provide_context::<Arc<dyn Organisations>>(services.clone());
        provide_context::<Arc<dyn OrganisationReviews>>(services.clone());
        provide_context::<Arc<dyn Missions>>(services.clone());
        provide_context::<Arc<dyn Reviews>>(services.clone());
        provide_context::<Arc<dyn Applications>>(services.clone());
        provide_context::<Arc<dyn Attendance>>(services.clone());
        provide_context::<Arc<dyn Certificates>>(services.clone());
        provide_context::<Arc<dyn Messages>>(services.clone());
        provide_context::<Arc<dyn Planning>>(services.clone());
        provide_context::<Arc<dyn Network>>(services.clone());
        provide_context::<Arc<dyn Team>>(services.clone());
        provide_context::<Arc<dyn Search>>(services.clone());
        provide_context::<Arc<dyn Mailbox>>(services.clone());
        provide_context::<Arc<dyn Letters>>(services.clone());
        provide_context::<Arc<dyn Equipment>>(services.clone());
        provide_context::<Arc<dyn Supplies>>(services.clone());
        provide_context::<Arc<dyn Figures>>(services.clone());
        provide_context::<Arc<dyn Ideas>>(services.clone());
        provide_context::<Arc<dyn Crisis>>(services.clone());
        provide_context::<Arc<dyn Alerts>>(services.clone());
        provide_context::<Arc<dyn Cover>>(services.clone());
        provide_context::<Arc<dyn Profiles>>(services.clone());
        provide_context::<Arc<dyn Favourites>>(services.clone());
        provide_context::<Arc<dyn Suggestions>>(services.clone());
        provide_context::<Arc<dyn Testimonials>>(services.clone());
        provide_context(facts.clone());
        provide_context(cookies);
        headers::page_policy();
    }
}

/// A path for the log: neither the secret of a link nor the number of a certificate is in it.
fn without_secrets(path: &str) -> String {
    let secret = |part: &str| part.len() >= 64 || CertificateNumber::parse(part).is_some();
    let parts: Vec<&str> = path.split('/').map(|part| if secret(part) { "…" } else { part }).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{CertificateNumber, without_secrets};

    #[test]
    fn the_log_holds_no_link() {
        let token = crate::accounts::tokens::secret();
        assert_eq!(without_secrets(&format!("/mot-de-passe/{token}")), "/mot-de-passe/…");
        assert_eq!(without_secrets(&app::routes::calendar(&token)), "/flux/agenda/…");
        let number = app::routes::certificate_check(&CertificateNumber::draw(7));
        assert_eq!(without_secrets(&number), "/attestations/…");
        assert_eq!(without_secrets("/missions/1/colis"), "/missions/1/colis");
    }
}
