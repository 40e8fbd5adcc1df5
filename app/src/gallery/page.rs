use domain::error::AppError;
use leptos::prelude::*;

use super::{acts, lists, states, supplies};
use crate::{
    frame::Demo,
    i18n::{Text, k::gallery as g, texts},
    routes,
    ui::{Page, page::error_page},
};

/// A component: its name, its anchor, and what shows it; what it gets tells its two copies on the page apart.
type Specimen = (Text, &'static str, fn(&'static str) -> AnyView);

const SPECIMENS: [Specimen; 36] = [
    (g::BUTTONS, "boutons", acts::buttons),
    (g::FIELDS, "champs", acts::fields),
    (g::FIELDS_REFUSED, "champs-refuses", acts::refused),
    (g::CHOICES, "choix", acts::choices),
    (g::SENDING, "envoi", acts::sending),
    (g::ACTION_BAR, "barre-action", acts::action_bar),
    (g::DISCLOSURE, "repli", acts::disclosure),
    (g::DIALOG, "confirmation", acts::dialog),
    (g::NOTICES, "avis", states::notices),
    (g::BANNER, "bandeau", states::banner),
    (g::TOAST, "annonce", states::toast),
    (g::STATUSES, "etats", states::statuses),
    (g::TAGS, "etiquettes", states::tags),
    (g::EMPTY, "vide", states::empty),
    (g::SKELETON, "attente", states::skeleton),
    (g::FIGURES, "chiffres", states::figures),
    (g::CHARTS, "graphiques", states::charts),
    (g::TEXT, "texte", states::text),
    (g::ICONS, "icones", states::icons),
    (g::MISSION_CARDS, "cartes-mission", lists::mission_cards),
    (g::CARD, "carte", lists::card),
    (g::SLOTS, "creneaux", lists::slots),
    (g::MISSION, "mission", lists::mission),
    (g::TABLE, "tableau", lists::table),
    (g::DUPLICATES, "doublons", lists::duplicates),
    (g::SUPPLIES, "materiel", supplies::panel),
    (g::SHORT, "manque", supplies::short),
    (g::CHECKLIST, "points", lists::checklist),
    (g::CHANGES, "differences", lists::changes),
    (g::THREAD, "echange", lists::thread),
    (g::HISTORY, "historique", lists::history),
    (g::MAILBOX, "courriers", lists::mailbox),
    (g::TABS, "onglets", acts::tabs),
    (g::STEPS, "etapes", acts::steps),
    (g::PAGER, "pages", acts::pager),
    (g::LANDMARKS, "reperes", acts::landmarks),
];

/// The page; there is none outside a demonstration.
#[component]
pub fn GalleryPage() -> impl IntoView {
    if !expect_context::<Demo>().0 {
        return error_page(AppError::NotFound, routes::GALLERY);
    }
    let t = texts();
    let names = SPECIMENS
        .map(|(name, anchor, _)| view! { <li><a href=format!("#{anchor}")>{t.get(name)}</a></li> })
        .into_iter()
        .collect_view();
    let specimens = SPECIMENS
        .map(|(name, anchor, show)| {
            view! {
                <section aria-labelledby=anchor>
                    <h2 id=anchor>{t.get(name)}</h2>
                    <div class="side-by-side">
                        <div class="specimen" data-theme="light">{show("clair")}</div>
                        <div class="specimen" data-theme="dark">{show("sombre")}</div>
                    </div>
                </section>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <Page title=t.get(g::TITLE) lead=t.get(g::LEAD) wide=true>
            <nav aria-label=t.get(g::TITLE)><ul class="tags">{names}</ul></nav>
            {specimens}
        </Page>
    }
    .into_any()
}
