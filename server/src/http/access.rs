//! Who may call what: one row per server function and per page. A server function without a row does not exist.
//!
//! This is the coarse gate; the use case itself asks, inside its transaction, whether this person may do this to that.

use std::sync::Arc;

use app::request::Failure;
use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Role,
    actor::{Actor, Grant},
    error::AppError,
};

use Need::{Coordination, Coordinator, Everyone, Network, Organisation, SignedIn, Team};

/// The least that a caller must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anyone.
    Everyone,
    /// Anyone with an account.
    SignedIn,
    /// An admin of some organisation.
    Organisation,
    /// Somebody of the team of some organisation: an admin or a helper.
    Team,
    /// A coordinator of some municipality.
    Coordinator,
    /// A coordinator of some municipality, or an admin of the network: they read its files.
    Coordination,
    /// An admin of the network.
    Network,
}

impl Need {
    /// Whether this caller passes the gate.
    pub fn admits(self, actor: &Actor) -> bool {
        match self {
            Everyone => true,
            SignedIn => actor.account.is_some(),
            Organisation => actor.grants.iter().any(|grant| matches!(grant, Grant::OrganisationAdmin(_))),
            Team => actor.grants.iter().any(|grant| grant.organisation().is_some()),
            Coordinator => actor.grants.iter().any(|grant| matches!(grant, Grant::Coordinator(_))),
            Coordination => Coordinator.admits(actor) || Network.admits(actor),
            Network => actor.runs_network(),
        }
    }

    /// The roles that pass, for the documentation and the tests.
    pub const fn roles(self) -> &'static [Role] {
        use Role::{
            Coordinator as C, NetworkAdmin as N, OrganisationAdmin as O, OrganisationHelper as H, Visitor as V,
            Volunteer as B,
        };
        match self {
            Everyone => &[V, B, O, H, C, N],
            SignedIn => &[B, O, H, C, N],
            Organisation => &[O],
            Team => &[O, H],
            Coordinator => &[C],
            Coordination => &[C, N],
            Network => &[N],
        }
    }
}

/// Server functions.
pub const FUNCTIONS: &[(&str, Need)] = &[
    ("/api/accounts/me", Everyone),
    ("/api/accounts/language", Everyone),
    ("/api/accounts/register", Everyone),
    ("/api/accounts/resend-confirmation", Everyone),
    ("/api/accounts/confirm-email", Everyone),
    ("/api/accounts/sign-in", Everyone),
    ("/api/accounts/sign-out", Everyone),
    ("/api/accounts/request-reset", Everyone),
    ("/api/accounts/reset-password", Everyone),
    ("/api/applications/apply", SignedIn),
    ("/api/applications/withdraw", SignedIn),
    ("/api/applications/leave-slot", SignedIn),
    ("/api/applications/further", SignedIn),
    ("/api/applications/add-slots", SignedIn),
    ("/api/applications/move-slot", SignedIn),
    // By the secret of a link, or by the volunteer: the use case asks which.
    ("/api/applications/offered", Everyone),
    ("/api/applications/answer-offer", Everyone),
    // By the secret of a guardian's link.
    ("/api/applications/guardian", Everyone),
    ("/api/applications/answer-guardian", Everyone),
    ("/api/applications/ask-guardian", SignedIn),
    ("/api/applications/mine", SignedIn),
    ("/api/applications/month", SignedIn),
    // Of one's own application: the use case asks whose it is.
    ("/api/applications/pass", SignedIn),
    ("/api/applications/calendar", SignedIn),
    ("/api/applications/of-mission", Team),
    ("/api/applications/decide", Team),
    ("/api/attendance/sheet", Team),
    ("/api/attendance/note", Team),
    ("/api/attendance/to-note", Team),
    // Of one's own application: the use case asks whose it is.
    ("/api/attendance/say", SignedIn),
    ("/api/attendance/given", SignedIn),
    ("/api/certificates/own", SignedIn),
    ("/api/certificates/issue", SignedIn),
    ("/api/certificates/revoke", SignedIn),
    // Whoever has the number has the paper.
    ("/api/certificates/verify", Everyone),
    // Of one's own application, or of one that an organisation answers: the use case asks which.
    ("/api/messages/own", SignedIn),
    ("/api/messages/of-applicant", Team),
    ("/api/messages/write", SignedIn),
    ("/api/messages/mark-read", SignedIn),
    ("/api/messages/report", SignedIn),
    ("/api/messages/write-to-some", Team),
    ("/api/messages/templates", Team),
    ("/api/messages/save-template", Team),
    ("/api/messages/remove-template", Team),
    ("/api/messages/reports", Coordinator),
    ("/api/messages/reported", Coordination),
    ("/api/messages/open-reported", Coordination),
    ("/api/messages/close-report", Coordination),
    ("/api/missions/page", Everyone),
    ("/api/missions/preview", Organisation),
    ("/api/missions/editor", Organisation),
    ("/api/missions/templates", Organisation),
    ("/api/missions/create", Organisation),
    ("/api/missions/save-text", Organisation),
    ("/api/missions/save-place", Organisation),
    ("/api/missions/save-people", Organisation),
    ("/api/missions/add-slot", Organisation),
    ("/api/missions/remove-slot", Organisation),
    ("/api/missions/submit", Organisation),
    ("/api/missions/cancel", Organisation),
    ("/api/missions/cancel-slot", Organisation),
    ("/api/missions/close", Organisation),
    ("/api/missions/write", Organisation),
    ("/api/missions/answer-requests", Organisation),
    ("/api/planning/pattern", Organisation),
    ("/api/planning/add-slots", Organisation),
    ("/api/planning/batches", Organisation),
    ("/api/planning/remove-slots", Organisation),
    ("/api/planning/extend-slot", Organisation),
    ("/api/planning/reducing", Organisation),
    ("/api/planning/reduce-slot", Organisation),
    ("/api/planning/copy", Organisation),
    ("/api/planning/agenda", Team),
    ("/api/search/home", Everyone),
    ("/api/search/missions", Everyone),
    ("/api/search/town", Everyone),
    ("/api/search/communes", Everyone),
    ("/api/mailbox/list", Everyone),
    ("/api/mailbox/letter", Everyone),
    ("/api/organisations/create", SignedIn),
    ("/api/organisations/save", Organisation),
    ("/api/organisations/submit", Organisation),
    ("/api/organisations/space", Team),
    ("/api/organisations/page", Everyone),
    ("/api/organisations/write-to-town", Organisation),
    ("/api/organisations/of-municipality", Coordination),
    ("/api/organisations/file", Coordination),
    ("/api/organisations/decide", Coordination),
    ("/api/organisations/write-to-organisation", Coordination),
    ("/api/organisations/take", Coordination),
    ("/api/organisations/release", Coordination),
    ("/api/organisations/answer", Coordination),
    ("/api/organisations/dismiss", Coordination),
    ("/api/organisations/news", Coordination),
    ("/api/organisations/ask-network", Coordinator),
    ("/api/organisations/recall", Coordinator),
    ("/api/organisations/answer-requests", Organisation),
    ("/api/team/page", Team),
    ("/api/team/invite", Organisation),
    ("/api/team/invite-again", Organisation),
    ("/api/team/take-back", Organisation),
    ("/api/team/change-role", Organisation),
    ("/api/team/remove", Organisation),
    ("/api/team/leave", Team),
    ("/api/network/open-towns", Everyone),
    ("/api/network/towns", Network),
    ("/api/network/asked-files", Network),
    ("/api/network/open", Network),
    ("/api/network/file", Coordination),
    ("/api/network/save-settings", Coordinator),
    ("/api/network/invite", Network),
    ("/api/network/revoke", Network),
    ("/api/network/end-coordinator", Network),
    ("/api/network/invitation", Everyone),
    ("/api/network/accept", Everyone),
    // Those that write are the network's, too, where a town asked it: the use case looks.
    ("/api/reviews/queue", Coordination),
    ("/api/reviews/file", Coordination),
    ("/api/reviews/take", Coordination),
    ("/api/reviews/news", Coordination),
    ("/api/reviews/hand-over", Coordinator),
    ("/api/reviews/compare", Coordination),
    ("/api/reviews/dismiss", Coordination),
    ("/api/reviews/join", Coordination),
    ("/api/reviews/release", Coordination),
    ("/api/reviews/answer", Coordination),
    ("/api/reviews/write", Coordination),
    ("/api/reviews/decide", Coordination),
    ("/api/reviews/ask-network", Coordinator),
    ("/api/reviews/recall", Coordinator),
    ("/api/reviews/items", Network),
    ("/api/reviews/save-item", Network),
    ("/api/reviews/signs", Network),
    ("/api/reviews/save-signs", Network),
    ("/api/letters/directory", Coordination),
    ("/api/letters/check", Coordinator),
    ("/api/letters/import-page", Coordinator),
    ("/api/letters/import", Coordinator),
    ("/api/letters/set-stopped", Coordinator),
    ("/api/letters/remove-entry", Coordinator),
    ("/api/letters/list", Coordination),
    ("/api/letters/begin", Coordinator),
    ("/api/letters/letter", Coordination),
    ("/api/letters/save", Coordinator),
    ("/api/letters/discard", Coordinator),
    ("/api/letters/send", Coordinator),
    ("/api/letters/remind", Coordinator),
    ("/api/letters/welcome", Everyone),
    ("/api/letters/follow", Everyone),
    ("/api/letters/prefilled", Everyone),
    ("/api/letters/unsubscribe", Everyone),
    ("/api/equipment/stock", Coordination),
    ("/api/equipment/desk", Coordinator),
    ("/api/equipment/write-down", Coordinator),
    ("/api/equipment/save-levels", Coordinator),
    ("/api/equipment/depot", Coordination),
    ("/api/equipment/add-depot", Coordinator),
    ("/api/equipment/save-depot", Coordinator),
    ("/api/equipment/close-depot", Coordinator),
    ("/api/equipment/count-sheet", Coordinator),
    ("/api/equipment/count", Coordinator),
    ("/api/equipment/count-page", Coordination),
    ("/api/equipment/ledger", Coordination),
    ("/api/equipment/check", Coordinator),
    ("/api/equipment/delivery", Coordinator),
    ("/api/equipment/import", Coordinator),
    ("/api/equipment/types", Network),
    ("/api/equipment/save-type", Network),
    ("/api/supplies/reserve", Coordinator),
    ("/api/supplies/release", Coordinator),
    ("/api/supplies/sheet", Coordination),
    ("/api/supplies/own-sheet", Organisation),
    ("/api/supplies/week", Coordination),
    ("/api/supplies/hand-out", SignedIn),
    ("/api/supplies/take-back", SignedIn),
    ("/api/figures/town", Coordination),
    ("/api/figures/network", Network),
    ("/api/ideas/welcome", Everyone),
    ("/api/ideas/send", Everyone),
    ("/api/ideas/exchange", Everyone),
    ("/api/ideas/reply", Everyone),
    ("/api/ideas/list", Coordination),
    ("/api/ideas/idea", Coordination),
    ("/api/ideas/answer", Coordinator),
    ("/api/ideas/close", Coordinator),
    ("/api/ideas/turn", Coordinator),
    ("/api/crisis/banners", Everyone),
    ("/api/crisis/public", Everyone),
    ("/api/crisis/list", Coordination),
    ("/api/crisis/start", Coordination),
    ("/api/crisis/page", Coordination),
    // A town's by its coordinators, the network's by its admins: the use case asks which.
    ("/api/crisis/save", Coordination),
    ("/api/crisis/discard", Coordination),
    ("/api/crisis/switch-on", Coordination),
    ("/api/crisis/call-off", Coordination),
    ("/api/crisis/amend", Coordination),
    ("/api/crisis/lift", Coordination),
    ("/api/crisis/acknowledge", SignedIn),
    ("/api/alerts/list", SignedIn),
    ("/api/alerts/save", SignedIn),
    ("/api/alerts/remove", SignedIn),
    // By the secret of an e-mail's link.
    ("/api/alerts/stopping", Everyone),
    ("/api/alerts/stop", Everyone),
    ("/api/cover/slot", Organisation),
    ("/api/cover/ask", Organisation),
    // By the secret of an e-mail's link.
    ("/api/cover/stopping", Everyone),
    ("/api/cover/stop", Everyone),
    ("/api/profiles/own", SignedIn),
    ("/api/profiles/save", SignedIn),
    ("/api/profiles/erase", SignedIn),
    ("/api/favourites/list", SignedIn),
    ("/api/favourites/keep", SignedIn),
    ("/api/favourites/leave", SignedIn),
    ("/api/favourites/share", Everyone),
    ("/api/suggestions/list", SignedIn),
    ("/api/suggestions/switch", SignedIn),
    ("/api/testimonials/of-mission", Everyone),
    // Of missions that one came to: the use case asks.
    ("/api/testimonials/own", SignedIn),
    ("/api/testimonials/mine", SignedIn),
    ("/api/testimonials/write", SignedIn),
    ("/api/testimonials/withdraw", SignedIn),
    ("/api/testimonials/of-organisation", Organisation),
    ("/api/testimonials/reply", Organisation),
    ("/api/testimonials/report", Organisation),
    ("/api/testimonials/of-town", Coordinator),
    ("/api/testimonials/file", Coordinator),
    ("/api/testimonials/decide", Coordinator),
];

/// Pages.
pub const PAGES: &[(&str, Need)] = &[
    ("/", Everyone),
    ("/missions", Everyone),
    ("/missions/:id/proposer", Everyone),
    ("/place/:id", Everyone),
    ("/accord/:id", Everyone),
    ("/mon-espace", SignedIn),
    ("/organisation/:id/missions/:mission/candidatures", Team),
    ("/organisation/:id/missions/:mission/creneaux/:slot/presences", Team),
    ("/organisation/:id/missions/:mission/creneaux/:slot/places", Organisation),
    ("/mon-espace/heures", SignedIn),
    ("/attestations", Everyone),
    ("/attestations/:number", Everyone),
    ("/organisation/:id/missions/:mission/candidatures/:application", Team),
    ("/mon-espace/candidatures/:own/messages", SignedIn),
    ("/mon-espace/candidatures/:own/code", SignedIn),
    ("/mon-espace/candidatures/:own/creneaux", SignedIn),
    ("/mon-espace/candidatures/:own/changer", SignedIn),
    ("/organisation/:id/reponses-types", Team),
    ("/missions/:id", Everyone),
    ("/missions/:id/:slug", Everyone),
    ("/organisation/:id/missions/nouvelle", Organisation),
    ("/organisation/:id/missions/:mission/texte", Organisation),
    ("/organisation/:id/missions/:mission/lieu", Organisation),
    ("/organisation/:id/missions/:mission/creneaux", Organisation),
    ("/organisation/:id/missions/:mission/creneaux/repeter", Organisation),
    ("/organisation/:id/missions/:mission/public", Organisation),
    ("/organisation/:id/missions/:mission/relecture", Organisation),
    ("/communes/:insee", Everyone),
    ("/communes/:insee/:slug", Everyone),
    ("/inscription", Everyone),
    ("/inscription/courrier", Everyone),
    ("/connexion", Everyone),
    ("/confirmer/:token", Everyone),
    ("/mot-de-passe-oublie", Everyone),
    ("/mot-de-passe-oublie/courrier", Everyone),
    ("/mot-de-passe/:token", Everyone),
    ("/mon-espace/profil", SignedIn),
    ("/mon-espace/suggestions", SignedIn),
    ("/mon-espace/alertes", SignedIn),
    ("/alertes/:token", Everyone),
    ("/renfort/:token", Everyone),
    ("/organisation/:id/missions/:mission/creneaux/:slot/renfort", Organisation),
    ("/mon-espace/favoris", SignedIn),
    ("/mon-espace/calendrier", SignedIn),
    ("/missions/:id/partager", Everyone),
    ("/organisations/:id", Everyone),
    ("/organisations/:id/:slug", Everyone),
    ("/organisation/nouvelle", SignedIn),
    ("/organisation/:id", Team),
    ("/organisation/:id/modifier", Organisation),
    ("/organisation/:id/equipe", Team),
    ("/coordination/:insee/organisations", Coordination),
    ("/coordination/:insee/organisations/:org", Coordination),
    ("/coordination/:insee/reglages", Coordination),
    ("/reseau", Network),
    ("/reseau/dossiers", Network),
    ("/reseau/communes/nouvelle", Network),
    ("/reseau/communes/:insee", Network),
    ("/invitation/:token", Everyone),
    ("/coordination/:insee", Coordination),
    ("/coordination/:insee/dossiers/:review", Coordination),
    ("/coordination/:insee/dossiers/:review/comparer/:other", Coordination),
    ("/coordination/:insee/annuaire", Coordination),
    ("/coordination/:insee/annuaire/import/:import", Coordinator),
    ("/coordination/:insee/lettres", Coordination),
    ("/coordination/:insee/lettres/:letter", Coordination),
    ("/coordination/:insee/materiel", Coordination),
    ("/coordination/:insee/materiel/saisie", Coordinator),
    ("/coordination/:insee/materiel/seuils", Coordinator),
    ("/coordination/:insee/materiel/mouvements", Coordination),
    ("/coordination/:insee/materiel/depots/:depot", Coordination),
    ("/coordination/:insee/materiel/depots/:depot/inventaire", Coordinator),
    ("/coordination/:insee/materiel/inventaires/:count", Coordination),
    ("/coordination/:insee/materiel/import", Coordinator),
    ("/coordination/:insee/materiel/import/:delivery", Coordinator),
    ("/reseau/materiel", Network),
    ("/reseau/listes", Network),
    ("/reseau/signes", Network),
    ("/coordination/:insee/chiffres", Coordination),
    ("/reseau/chiffres", Network),
    ("/lettre/:token", Everyone),
    ("/coordination/:insee/materiel/creneaux", Coordination),
    ("/coordination/:insee/materiel/creneaux/:slot", Coordination),
    ("/organisation/:id/missions/:mission/creneaux/:slot/materiel", Organisation),
    ("/communes/:insee/idee", Everyone),
    ("/idee/:token", Everyone),
    ("/coordination/:insee/idees", Coordination),
    ("/coordination/:insee/idees/:idea", Coordination),
    ("/coordination/:insee/signalements", Coordinator),
    // The network's where no coordinator may judge it.
    ("/coordination/:insee/signalements/:report", Coordination),
    ("/coordination/:insee/mesures", Coordination),
    ("/coordination/:insee/mesures/nouvelles", Coordinator),
    ("/coordination/:insee/mesures/:measures", Coordination),
    ("/reseau/mesures", Network),
    ("/reseau/mesures/nouvelles", Network),
    ("/reseau/mesures/:measures", Network),
    ("/mesures", Everyone),
    ("/missions/:mission/temoignages", Everyone),
    ("/mon-espace/temoignages", SignedIn),
    ("/mon-espace/temoignages/:attended", SignedIn),
    ("/organisation/:id/temoignages", Organisation),
    ("/coordination/:insee/temoignages", Coordinator),
    ("/coordination/:insee/temoignages/:testimonial", Coordinator),
    ("/demo/composants", Everyone),
    ("/demo/courrier", Everyone),
    ("/demo/courrier/:id", Everyone),
    ("/aide", Everyone),
    ("/accessibilite", Everyone),
    ("/mentions-legales", Everyone),
    ("/donnees-personnelles", Everyone),
    ("/plan-du-site", Everyone),
];

/// Files that are made when somebody asks for them.
pub const DOWNLOADS: [(&str, Need); 7] = [
    ("/mon-espace/attestations/:number/attestation.pdf", SignedIn),
    // One's own: the use case asks whose it is.
    ("/mon-espace/candidatures/:id/agenda.ics", SignedIn),
    ("/coordination/:insee/dossiers/:review/dossier.pdf", Coordination),
    ("/coordination/:insee/chiffres.csv", Coordination),
    ("/reseau/chiffres.csv", Network),
    ("/coordination/:insee/materiel/stock.csv", Coordination),
    ("/coordination/:insee/materiel/mouvements.csv", Coordination),
];

/// The table of a mission's applicants, which is posted: making it is an act. The use case asks who may.
pub const EXPORT: &str = "/organisation/:id/missions/:mission/candidatures.csv";

/// Whether a page or a file may show something to a visitor; an unknown page says itself that it does not exist.
fn shows_visitors(path: &str) -> bool {
    let mut rows = PAGES.iter().chain(&DOWNLOADS).filter(|(page, _)| is_of(page, path)).peekable();
    rows.peek().is_none() || rows.any(|(_, need)| *need == Everyone)
}

/// Whether a path is one of a page's: `/missions/:id`.
fn is_of(page: &str, path: &str) -> bool {
    let (mut asked, mut parts) = (path.trim_end_matches('/').split('/'), page.trim_end_matches('/').split('/'));
    parts.by_ref().all(|part| asked.next().is_some_and(|asked| part.starts_with(':') || part == asked))
        && asked.next().is_none()
}

/// Stops whoever the table does not admit. A page sends a visitor to sign in; the others see what the use case gives them.
/// A server function answers 401 to a visitor, 404 to the others, as if there were nothing here.
pub async fn guard(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let nobody = Actor::default();
    let actor = request.extensions().get::<Arc<Actor>>().map_or(&nobody, |actor| &**actor);
    if !path.starts_with("/api/") {
        if actor.account.is_none() && !shows_visitors(path) {
            let asked = request.uri().path_and_query().map_or(path, |asked| asked.as_str());
            return Redirect::to(&app::routes::sign_in(asked)).into_response();
        }
        return next.run(request).await;
    }
    let error = match FUNCTIONS.iter().find(|(function, _)| *function == path) {
        Some((_, need)) if need.admits(actor) => return next.run(request).await,
        Some(_) if actor.account.is_none() => AppError::SignInFirst,
        _ => AppError::NotFound,
    };
    // The protocol of server functions: a 500 whose body tells the error; `forms` gives it the error's own status.
    (StatusCode::INTERNAL_SERVER_ERROR, app::request::write(&Failure(error))).into_response()
}
