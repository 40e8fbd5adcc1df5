//! The spaces of organisations, coordinators and the network, and what belongs to the demonstration: their pages load when
//! somebody goes there, never with a volunteer's first page. One chunk of WebAssembly per space.
//!
//! The volunteer's own pages and those of accounts are no chunk: apart, they would spare a visitor 45 KB of 290 and cost
//! everybody else 40, in thirty more files.

use leptos::prelude::*;
use leptos_router::{Lazy, LazyRoute, SsrMode, any_nested_route::IntoAnyNestedRoute, components::Route, path};

use crate::{
    alerts, applications, attendance, certificates, cover, crisis, equipment, favourites, figures, gallery, ideas,
    letters, mailbox, messages, missions, network, organisations, planning, profiles, reviews, suggestions, supplies,
    team, testimonials,
};

/// Declares the pages of a space: a type per page, and one lazy function that shows any of them.
macro_rules! space {
    ($chunk:ident, $preload:ident, $pages:ident { $($page:ident => $view:path),+ $(,)? }) => {
        enum $pages { $($page),+ }

        #[lazy]
        fn $chunk(page: $pages) -> AnyView {
            match page {
                $($pages::$page => {
                    let shown = $view();
                    shown.into_any()
                })+
            }
        }

        $(
            struct $page;

            impl LazyRoute for $page {
                fn data() -> Self {
                    Self
                }

                async fn view(_: Self) -> AnyView {
                    $chunk($pages::$page).await
                }

                #[cfg(target_arch = "wasm32")]
                async fn preload() {
                    $preload().await;
                }
            }
        )+
    };
}

space!(organisation_chunk, __preload_organisation_chunk, OrganisationPages {
    NewOrganisation => organisations::NewOrganisation,
    OwnOrganisation => organisations::Space,
    EditOrganisation => organisations::EditOrganisation,
    OrganisationTeam => team::TeamSpace,
    AnswerInvitation => network::Invitation,
    NewMission => missions::NewMission,
    MissionText => missions::TextPage,
    MissionPlace => missions::PlacePage,
    MissionSlots => missions::SlotsPage,
    RepeatedSlots => planning::PatternPage,
    FewerPlaces => planning::ReduceSlotPage,
    MissionPeople => missions::PeoplePage,
    MissionReview => missions::ReviewPage,
    MissionApplications => applications::MissionApplicationsPage,
    SlotAttendance => attendance::SheetPage,
    MyHours => attendance::HoursPage,
    MyProfile => profiles::ProfilePage,
    MySuggestions => suggestions::SuggestionsPage,
    MyAlerts => alerts::AlertsPage,
    StopAlert => alerts::StopPage,
    SlotCover => cover::CoverPage,
    StopCover => cover::StopPage,
    MyFavourites => favourites::FavouritesPage,
    MyMonth => applications::MonthPage,
    MyPass => applications::PassPage,
    MoreSlots => applications::FurtherSlotsPage,
    OtherSlot => applications::MoveSlotPage,
    ShareMission => favourites::SharePage,
    CheckCertificate => certificates::CheckPage,
    ApplicantMessages => messages::ApplicantMessagesPage,
    OwnMessages => messages::OwnMessagesPage,
    AnswerTexts => messages::TemplatesPage,
    GuardianConsent => applications::GuardianConsentPage,
    LetterWelcome => letters::WelcomePage,
    OwnSheet => supplies::OwnSheetPage,
    NewIdea => ideas::NewIdeaPage,
    IdeaExchange => ideas::ExchangePage,
    PublicMeasures => crisis::PublicMeasuresPage,
    VolunteersSay => testimonials::TestimonialPage,
});

space!(coordination_chunk, __preload_coordination_chunk, CoordinationPages {
    ReviewQueue => reviews::QueuePage,
    ReviewFile => reviews::ReviewPage,
    CompareMissions => reviews::ComparePage,
    TownOrganisations => organisations::TownOrganisations,
    OrganisationFile => organisations::OrganisationFilePage,
    TownSettings => network::TownSettings,
    Directory => letters::DirectoryPage,
    DirectoryImport => letters::ImportPage,
    TownLetters => letters::TownLettersPage,
    TownLetter => letters::TownLetterPage,
    EquipmentStock => equipment::StockPage,
    EquipmentDesk => equipment::DeskPage,
    EquipmentLevels => equipment::LevelsPage,
    EquipmentLedger => equipment::LedgerPage,
    EquipmentDepot => equipment::DepotPage,
    EquipmentCountSheet => equipment::CountSheetPage,
    EquipmentCount => equipment::CountPage,
    EquipmentDeliveries => equipment::DeliveriesPage,
    EquipmentDelivery => equipment::DeliveryPage,
    TownSupplies => supplies::WeekPage,
    TownSheet => supplies::TownSheetPage,
    TownFigures => figures::TownFiguresPage,
    TownIdeas => ideas::TownIdeasPage,
    TownIdea => ideas::TownIdeaPage,
    MessageReports => messages::ReportsPage,
    MessageReport => messages::ReportPage,
    MeasuresList => crisis::MeasuresListPage,
    NewMeasures => crisis::NewMeasuresPage,
    OneMeasures => crisis::OneMeasuresPage,
    TownTestimonials => testimonials::TownTestimonialPage,
});

space!(network_chunk, __preload_network_chunk, NetworkPages {
    NetworkTowns => network::Towns,
    NewTown => network::NewTown,
    NetworkTown => network::NetworkTown,
    NetworkFiles => network::AskedFiles,
    EquipmentTypes => equipment::TypesPage,
    ChecklistItems => reviews::ItemsPage,
    RiskSigns => reviews::SignsPage,
    NetworkFigures => figures::NetworkFiguresPage,
});

space!(demo_chunk, __preload_demo_chunk, DemoPages {
    Letters => mailbox::LettersPage,
    OneLetter => mailbox::OneLetterPage,
    Gallery => gallery::GalleryPage,
});

/// The addresses of the spaces of organisations and the network, of what else is lazy, and of the demonstration.
#[component(transparent)]
pub fn SpaceRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/organisation/nouvelle") view={Lazy::<NewOrganisation>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id") view={Lazy::<OwnOrganisation>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/modifier") view={Lazy::<EditOrganisation>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/equipe") view={Lazy::<OrganisationTeam>::new()} ssr=SsrMode::Async />
        <Route path=path!("/invitation/:token") view={Lazy::<AnswerInvitation>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/nouvelle") view={Lazy::<NewMission>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/texte") view={Lazy::<MissionText>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/lieu") view={Lazy::<MissionPlace>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/creneaux") view={Lazy::<MissionSlots>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/creneaux/repeter") view={Lazy::<RepeatedSlots>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/public") view={Lazy::<MissionPeople>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/relecture") view={Lazy::<MissionReview>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/candidatures") view={Lazy::<MissionApplications>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/materiel") view={Lazy::<EquipmentTypes>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/listes") view={Lazy::<ChecklistItems>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/signes") view={Lazy::<RiskSigns>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/creneaux/:slot/materiel") view={Lazy::<OwnSheet>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/creneaux/:slot/presences") view={Lazy::<SlotAttendance>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/creneaux/:slot/places") view={Lazy::<FewerPlaces>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/heures") view={Lazy::<MyHours>::new()} ssr=SsrMode::Async />
        <Route path=path!("/attestations") view={Lazy::<CheckCertificate>::new()} ssr=SsrMode::Async />
        <Route path=path!("/attestations/:number") view={Lazy::<CheckCertificate>::new()} ssr=SsrMode::Async />
        <Route path=path!("/accord/:id") view={Lazy::<GuardianConsent>::new()} ssr=SsrMode::Async />
        <Route path=path!("/lettre/:token") view={Lazy::<LetterWelcome>::new()} ssr=SsrMode::Async />
        <Route path=path!("/idee/:token") view={Lazy::<IdeaExchange>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/mesures") view={Lazy::<MeasuresList>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/mesures/nouvelles") view={Lazy::<NewMeasures>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/mesures/:measures") view={Lazy::<OneMeasures>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mesures") view={Lazy::<PublicMeasures>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau") view={Lazy::<NetworkTowns>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/communes/nouvelle") view={Lazy::<NewTown>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/communes/:insee") view={Lazy::<NetworkTown>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/dossiers") view={Lazy::<NetworkFiles>::new()} ssr=SsrMode::Async />
        <Route path=path!("/reseau/chiffres") view={Lazy::<NetworkFigures>::new()} ssr=SsrMode::Async />
        <Route path=path!("/demo/courrier") view={Lazy::<Letters>::new()} ssr=SsrMode::Async />
        <Route path=path!("/demo/courrier/:id") view={Lazy::<OneLetter>::new()} ssr=SsrMode::Async />
        <Route path=path!("/demo/composants") view={Lazy::<Gallery>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// Those of messages.
#[component(transparent)]
pub fn MessageRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/organisation/:id/missions/:mission/candidatures/:application") view={Lazy::<ApplicantMessages>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/reponses-types") view={Lazy::<AnswerTexts>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/candidatures/:own/messages") view={Lazy::<OwnMessages>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/candidatures/:own/code") view={Lazy::<MyPass>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/candidatures/:own/creneaux") view={Lazy::<MoreSlots>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/candidatures/:own/changer") view={Lazy::<OtherSlot>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// Those of what a volunteer says of themself, of saved searches, and of asking for cover.
#[component(transparent)]
pub fn ProfileRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/mon-espace/profil") view={Lazy::<MyProfile>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/alertes") view={Lazy::<MyAlerts>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/calendrier") view={Lazy::<MyMonth>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/favoris") view={Lazy::<MyFavourites>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/missions/:mission/creneaux/:slot/renfort") view={Lazy::<SlotCover>::new()} ssr=SsrMode::Async />
        <Route path=path!("/renfort/:token") view={Lazy::<StopCover>::new()} ssr=SsrMode::Async />
        <Route path=path!("/alertes/:token") view={Lazy::<StopAlert>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/suggestions") view={Lazy::<MySuggestions>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/temoignages") view={Lazy::<VolunteersSay>::new()} ssr=SsrMode::Async />
        <Route path=path!("/mon-espace/temoignages/:attended") view={Lazy::<VolunteersSay>::new()} ssr=SsrMode::Async />
        <Route path=path!("/organisation/:id/temoignages") view={Lazy::<VolunteersSay>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// The addresses of a town's coordination.
#[component(transparent)]
pub fn CoordinationRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/coordination/:insee") view={Lazy::<ReviewQueue>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/dossiers/:review") view={Lazy::<ReviewFile>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/dossiers/:review/comparer/:other") view={Lazy::<CompareMissions>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/organisations") view={Lazy::<TownOrganisations>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/organisations/:org") view={Lazy::<OrganisationFile>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/reglages") view={Lazy::<TownSettings>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/annuaire") view={Lazy::<Directory>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/annuaire/import/:import") view={Lazy::<DirectoryImport>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/lettres") view={Lazy::<TownLetters>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/lettres/:letter") view={Lazy::<TownLetter>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel") view={Lazy::<EquipmentStock>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/saisie") view={Lazy::<EquipmentDesk>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/seuils") view={Lazy::<EquipmentLevels>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/mouvements") view={Lazy::<EquipmentLedger>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/depots/:depot") view={Lazy::<EquipmentDepot>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/depots/:depot/inventaire") view={Lazy::<EquipmentCountSheet>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/inventaires/:count") view={Lazy::<EquipmentCount>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/import") view={Lazy::<EquipmentDeliveries>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/import/:delivery") view={Lazy::<EquipmentDelivery>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/creneaux") view={Lazy::<TownSupplies>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/materiel/creneaux/:slot") view={Lazy::<TownSheet>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/chiffres") view={Lazy::<TownFigures>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/idees") view={Lazy::<TownIdeas>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/idees/:idea") view={Lazy::<TownIdea>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/mesures") view={Lazy::<MeasuresList>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/mesures/nouvelles") view={Lazy::<NewMeasures>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/mesures/:measures") view={Lazy::<OneMeasures>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/signalements") view={Lazy::<MessageReports>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/signalements/:report") view={Lazy::<MessageReport>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/temoignages") view={Lazy::<TownTestimonials>::new()} ssr=SsrMode::Async />
        <Route path=path!("/coordination/:insee/temoignages/:testimonial") view={Lazy::<TownTestimonials>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// The addresses that would else be a town's or a mission's with a slug: they are looked at before.
#[component(transparent)]
pub fn EarlyRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/communes/:insee/idee") view={Lazy::<NewIdea>::new()} ssr=SsrMode::Async />
        <Route path=path!("/missions/:id/partager") view={Lazy::<ShareMission>::new()} ssr=SsrMode::Async />
        <Route path=path!("/missions/:mission/temoignages") view={Lazy::<VolunteersSay>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}
