//! The addresses of pages, typed: French, stable, without a slug they still work.

use domain::{
    applications::{ApplicationStatus, month::Month},
    certificates::CertificateNumber,
    ids::{
        ApplicationId, AssociationLetterId, CountId, DepotId, DirectoryImportId, EquipmentImportId, IdeaId, LetterId,
        MeasuresId, MessageReportId, MissionId, OrganisationId, ReviewId, SlotId, TestimonialId,
    },
    messages::Door,
    search::SearchQuery,
};

/// The home page.
pub const HOME: &str = "/";
/// Search.
pub const MISSIONS: &str = "/missions";
/// Registration.
pub const REGISTER: &str = "/inscription";
/// Signing in.
pub const SIGN_IN: &str = "/connexion";
/// A lost password.
pub const LOST_PASSWORD: &str = "/mot-de-passe-oublie";
/// What to do after registering.
pub const CHECK_MAIL: &str = "/inscription/courrier";
/// Where someone who has just signed in goes: their space, whatever their roles.
pub const WELCOME: &str = "/mon-espace";
/// The volunteer's space.
pub const MY_SPACE: &str = "/mon-espace";
/// The volunteer's profile.
pub const MY_PROFILE: &str = "/mon-espace/profil";
/// Missions suggested to the volunteer.
pub const MY_SUGGESTIONS: &str = "/mon-espace/suggestions";
/// One's own saved searches.
pub const MY_ALERTS: &str = "/mon-espace/alertes";
/// The missions that somebody keeps.
pub const MY_FAVOURITES: &str = "/mon-espace/favoris";
/// One's own slots, month by month.
pub const MY_MONTH: &str = "/mon-espace/calendrier";
/// The volunteer's hours and certificates.
pub const MY_HOURS: &str = "/mon-espace/heures";
/// What the volunteer says of the missions they came to.
pub const MY_TESTIMONIALS: &str = "/mon-espace/temoignages";
/// Where anyone verifies a certificate.
pub const CERTIFICATES: &str = "/attestations";
/// A new organisation.
pub const NEW_ORGANISATION: &str = "/organisation/nouvelle";
/// The network's space.
pub const NETWORK: &str = "/reseau";

/// Opening a town, in the network's space.
pub const NEW_TOWN: &str = "/reseau/communes/nouvelle";

/// What towns ask of the network.
pub const NETWORK_FILES: &str = "/reseau/dossiers";

/// The mailbox of the demonstration.
pub const MAILBOX: &str = "/demo/courrier";

/// The gallery of components.
pub const GALLERY: &str = "/demo/composants";

/// An e-mail of the demonstration's mailbox.
pub fn letter(id: LetterId) -> String {
    format!("{MAILBOX}/{id}")
}

/// Its HTML version, a page of its own outside the site's frame.
pub fn letter_html(id: LetterId) -> String {
    format!("{MAILBOX}/{id}/html")
}

/// Signing in, then on to `next`.
pub fn sign_in(next: &str) -> String {
    format!("{SIGN_IN}?suite={}", encode(next))
}

/// A page where somebody else changed `count` things since it was shown.
pub fn changed(page: &str, count: u32) -> String {
    format!("{page}?changees={count}")
}

/// Registering as a volunteer, then on to `next`.
pub fn register_volunteer(next: &str) -> String {
    format!("{REGISTER}?pour=aider&suite={}", encode(next))
}

/// A page of the missions that a search finds.
pub fn search(query: &SearchQuery, page: u32) -> String {
    format!("{MISSIONS}?page={page}{}", filters(query))
}

/// Where a search is saved.
pub fn new_alert(query: &SearchQuery) -> String {
    format!("{MY_ALERTS}?nouvelle=1{}", filters(query))
}

/// What narrows a search, in an address.
fn filters(query: &SearchQuery) -> String {
    let pairs = [
        ("mots", query.words.as_str()),
        ("domaine", &query.domain),
        ("commune", &query.town),
        ("date", &query.from),
        ("distance", &query.remote),
    ];
    let mut filters = String::new();
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        filters.push_str(&format!("&{name}={}", encode(value)));
    }
    filters
}

/// Where the link of a saved search's e-mail leads: the page that ends it.
pub fn stop_alert(secret: &str) -> String {
    format!("/alertes/{secret}")
}

/// Where a mailbox ends it by itself: RFC 8058.
pub fn stop_alert_at_once(secret: &str) -> String {
    format!("/flux/alertes/{secret}")
}

/// Where the link of an e-mail that asks for cover leads: the page that ends it.
pub fn stop_cover(secret: &str) -> String {
    format!("/renfort/{secret}")
}

/// Where a mailbox ends it by itself: RFC 8058.
pub fn stop_cover_at_once(secret: &str) -> String {
    format!("/flux/renfort/{secret}")
}

/// A slot on its mission's public page.
pub fn mission_slot(id: MissionId, slug: &str, slot: SlotId) -> String {
    format!("{}#{slot}", mission(id, slug))
}

/// A mission's public page.
pub fn mission(id: MissionId, slug: &str) -> String {
    with_slug(format!("/missions/{id}"), slug)
}

/// A month of one's own slots.
pub fn my_month(month: Month) -> String {
    format!("{MY_MONTH}?mois={month}")
}

/// Where a mission is kept by who must sign in first.
pub fn keep(id: MissionId) -> String {
    format!("{MY_FAVOURITES}?garder={id}")
}

/// Where a mission is passed on.
pub fn share(id: MissionId) -> String {
    format!("/missions/{id}/partager")
}

/// Where one applies.
pub fn apply(id: MissionId) -> String {
    format!("/missions/{id}/proposer")
}

/// The answer to a place that is held, by the secret of an e-mail's link or, without one, for the volunteer.
pub fn offered_place(id: ApplicationId, secret: &str) -> String {
    if secret.is_empty() { format!("/place/{id}") } else { format!("/place/{id}?cle={secret}") }
}

/// An accepted application, for a calendar.
pub fn application_calendar(id: ApplicationId) -> String {
    format!("{MY_SPACE}/candidatures/{id}/agenda.ics")
}

/// One slot of it, for a calendar.
pub fn slot_calendar(id: ApplicationId, slot: SlotId) -> String {
    format!("{}?creneau={slot}", application_calendar(id))
}

/// The personal calendar behind a secret.
pub fn calendar(secret: &str) -> String {
    format!("/flux/agenda/{secret}.ics")
}

/// What a volunteer shows on arrival.
pub fn pass(id: ApplicationId) -> String {
    format!("{MY_SPACE}/candidatures/{id}/code")
}

/// Further slots for an application.
pub fn further_slots(id: ApplicationId) -> String {
    format!("{MY_SPACE}/candidatures/{id}/creneaux")
}

/// One slot of an application for another.
pub fn move_slot(id: ApplicationId) -> String {
    format!("{MY_SPACE}/candidatures/{id}/changer")
}

/// An application in its volunteer's space.
pub fn own_application(id: ApplicationId) -> String {
    format!("{MY_SPACE}#{}", own_application_line(id))
}

/// What it is called there.
pub fn own_application_line(id: ApplicationId) -> String {
    format!("candidature-{id}")
}

/// The line of somebody on the attendance sheet of a slot.
pub fn attendee(organisation: OrganisationId, mission: MissionId, slot: SlotId, id: ApplicationId) -> String {
    format!("{}#{}", attendance(organisation, mission, slot), attendee_line(id))
}

/// What that line is called on the sheet.
pub fn attendee_line(id: ApplicationId) -> String {
    format!("personne-{id}")
}

/// What a guardian is asked to consent to, by the secret of an e-mail's link.
pub fn guardian(id: ApplicationId, secret: &str) -> String {
    format!("/accord/{id}?cle={secret}")
}

/// An organisation's public page.
pub fn organisation(id: OrganisationId, slug: &str) -> String {
    with_slug(format!("/organisations/{id}"), slug)
}

/// A town's public page.
pub fn town(insee: &str, slug: &str) -> String {
    with_slug(format!("/communes/{insee}"), slug)
}

/// An organisation's own space.
pub fn organisation_space(id: OrganisationId) -> String {
    format!("/organisation/{id}")
}

/// A page of an organisation's own space.
pub fn organisation_page(id: OrganisationId, page: &str) -> String {
    format!("/organisation/{id}/{page}")
}

/// The team of an organisation, in its space.
pub fn team(id: OrganisationId) -> String {
    organisation_page(id, "equipe")
}

/// A page of a mission in its organisation's space: `texte`, `lieu`, `creneaux`, `public`, `relecture`, `candidatures`.
pub fn own_mission(organisation: OrganisationId, mission: MissionId, page: &str) -> String {
    format!("/organisation/{organisation}/missions/{mission}/{page}")
}

/// Where slots that repeat are planned for a mission.
pub fn repeated_slots(organisation: OrganisationId, mission: MissionId) -> String {
    own_mission(organisation, mission, "creneaux/repeter")
}

/// Where places of a slot are taken away.
pub fn fewer_places(organisation: OrganisationId, mission: MissionId, slot: SlotId) -> String {
    own_mission(organisation, mission, &format!("creneaux/{slot}/places"))
}

/// Where volunteers are asked for a slot.
pub fn cover(organisation: OrganisationId, mission: MissionId, slot: SlotId) -> String {
    own_mission(organisation, mission, &format!("creneaux/{slot}/renfort"))
}

/// The exchange about an application, through the volunteer's space or the organisation's.
pub fn messages(id: ApplicationId, door: Door) -> String {
    match door {
        Door::Volunteer => format!("{MY_SPACE}/candidatures/{id}/messages"),
        Door::Organisation(organisation, mission) => {
            format!("{}/{id}", own_mission(organisation, mission, "candidatures"))
        }
    }
}

/// The texts that an organisation keeps to answer with.
pub fn answer_templates(organisation: OrganisationId) -> String {
    organisation_page(organisation, "reponses-types")
}

/// Where the table of a mission's applicants is asked for, by a form that is posted.
pub fn applicants_export(organisation: OrganisationId, mission: MissionId) -> String {
    own_mission(organisation, mission, "candidatures.csv")
}

/// What was reported of such exchanges, for the town's coordinators.
pub fn message_reports(insee: &str) -> String {
    format!("/coordination/{insee}/signalements")
}

/// One report.
pub fn message_report(insee: &str, id: MessageReportId) -> String {
    format!("/coordination/{insee}/signalements/{id}")
}

/// What the volunteer says of one of them.
pub fn own_testimonial(mission: MissionId) -> String {
    format!("{MY_TESTIMONIALS}/{mission}")
}

/// Everything that volunteers say of a mission.
pub fn mission_testimonials(id: MissionId) -> String {
    format!("/missions/{id}/temoignages")
}

/// What volunteers say of the missions of an organisation, for its admins.
pub fn organisation_testimonials(id: OrganisationId) -> String {
    organisation_page(id, "temoignages")
}

/// Testimonials, for the town's coordinators.
pub fn town_testimonials(insee: &str) -> String {
    format!("/coordination/{insee}/temoignages")
}

/// One of them.
pub fn town_testimonial(insee: &str, id: TestimonialId) -> String {
    format!("/coordination/{insee}/temoignages/{id}")
}

/// The queue of a town's coordinators.
pub fn coordination(insee: &str) -> String {
    format!("/coordination/{insee}")
}

/// A review.
pub fn review(insee: &str, id: ReviewId) -> String {
    format!("/coordination/{insee}/dossiers/{id}")
}

/// Names what a message is about in the address of the page that it is written on.
pub const TOPIC: &str = "sujet";

/// The form of an exchange, with the item of the checklist that a message will be about.
pub fn writing_about(page: &str, item: &str) -> String {
    format!("{page}?{TOPIC}={}#item", encode(item))
}

/// A mission under review beside another.
pub fn comparison(insee: &str, review: ReviewId, other: MissionId) -> String {
    format!("{}/comparer/{other}", self::review(insee, review))
}

/// The organisations of a town, for its coordinators.
pub fn coordination_organisations(insee: &str) -> String {
    format!("/coordination/{insee}/organisations")
}

/// The file on an organisation, for its town's coordinators.
pub fn coordination_organisation(insee: &str, id: OrganisationId) -> String {
    format!("/coordination/{insee}/organisations/{id}")
}

/// The settings of a town, for its coordinators.
pub fn coordination_settings(insee: &str) -> String {
    format!("/coordination/{insee}/reglages")
}

/// The directory of a town's associations.
pub fn directory(insee: &str) -> String {
    format!("/coordination/{insee}/annuaire")
}

/// A table that waits to be imported into it.
pub fn directory_import(insee: &str, id: DirectoryImportId) -> String {
    format!("/coordination/{insee}/annuaire/import/{id}")
}

/// The letters of a town to its associations.
pub fn town_letters(insee: &str) -> String {
    format!("/coordination/{insee}/lettres")
}

/// One of them.
pub fn town_letter(insee: &str, id: AssociationLetterId) -> String {
    format!("/coordination/{insee}/lettres/{id}")
}

/// Crisis measures in force, for everybody.
pub const PUBLIC_MEASURES: &str = "/mesures";

/// The crisis measures of a town, or the network's own (no code).
pub fn measures(insee: &str) -> String {
    if insee.is_empty() { format!("{NETWORK}/mesures") } else { format!("/coordination/{insee}/mesures") }
}

/// New measures there.
pub fn new_measures(insee: &str) -> String {
    format!("{}/nouvelles", measures(insee))
}

/// One of them.
pub fn one_measures(insee: &str, id: MeasuresId) -> String {
    format!("{}/{id}", measures(insee))
}

/// The personal link in a letter.
pub fn association_letter(token: &str) -> String {
    format!("/lettre/{token}")
}

/// Where a mailbox ends a town's letters by itself: RFC 8058.
pub fn stop_letters_at_once(token: &str) -> String {
    format!("/flux/lettre/{token}")
}

/// The equipment of a town in the days to come.
pub fn town_supplies(insee: &str) -> String {
    format!("/coordination/{insee}/materiel/creneaux")
}

/// The handing-out sheet of a slot, for the town's coordination.
pub fn town_sheet(insee: &str, slot: SlotId) -> String {
    format!("{}/{slot}", town_supplies(insee))
}

/// Who came to a slot, for the organisation that answers for it.
pub fn attendance(organisation: OrganisationId, mission: MissionId, slot: SlotId) -> String {
    own_mission(organisation, mission, &format!("creneaux/{slot}/presences"))
}

/// The page that verifies a certificate.
pub fn certificate_check(number: &CertificateNumber) -> String {
    format!("{CERTIFICATES}/{number}")
}

/// A certificate of the volunteer's, as a PDF.
pub fn certificate_paper(number: &CertificateNumber) -> String {
    format!("/mon-espace/attestations/{number}/attestation.pdf")
}

/// The handing-out sheet of a slot, for the mission's organisation.
pub fn own_sheet(organisation: OrganisationId, mission: MissionId, slot: SlotId) -> String {
    own_mission(organisation, mission, &format!("creneaux/{slot}/materiel"))
}

/// Where an association tells a town of its idea.
pub fn new_idea(insee: &str) -> String {
    format!("/communes/{insee}/idee")
}

/// The personal link to the exchange about an idea.
pub fn idea_exchange(token: &str) -> String {
    format!("/idee/{token}")
}

/// The ideas that associations sent to a town.
pub fn ideas(insee: &str) -> String {
    format!("/coordination/{insee}/idees")
}

/// One of them.
pub fn idea(insee: &str, id: IdeaId) -> String {
    format!("/coordination/{insee}/idees/{id}")
}

/// A new organisation, begun with what the directory knows of it.
pub fn new_organisation_from(token: &str) -> String {
    format!("{NEW_ORGANISATION}?lettre={}", encode(token))
}

/// The file on a version of a mission, as a PDF.
pub fn review_paper(insee: &str, id: ReviewId) -> String {
    format!("{}/dossier.pdf", review(insee, id))
}

/// The figures of a town.
pub fn town_figures(insee: &str) -> String {
    format!("/coordination/{insee}/chiffres")
}

/// The same as a table for a spreadsheet; `period` is the query of the page.
pub fn town_figures_csv(insee: &str, period: &str) -> String {
    format!("/coordination/{insee}/chiffres.csv{period}")
}

/// The figures of the network.
pub const NETWORK_FIGURES: &str = "/reseau/chiffres";

/// The same as a table for a spreadsheet; `period` is the query of the page.
pub fn network_figures_csv(period: &str) -> String {
    format!("/reseau/chiffres.csv{period}")
}

/// Registering for an organisation, then on to `next`.
pub fn register_organisation(next: &str) -> String {
    format!("{REGISTER}?pour=organisation&suite={}", encode(next))
}

/// The equipment of a town.
pub fn equipment(insee: &str) -> String {
    format!("/coordination/{insee}/materiel")
}

/// A page about it: `saisie`, `seuils`, `mouvements`, `import`.
pub fn equipment_page(insee: &str, page: &str) -> String {
    format!("{}/{page}", equipment(insee))
}

/// Writing down what came in, is gone or is carried: `receive`, `lose`, `transfer`.
pub fn equipment_desk(insee: &str, act: &str) -> String {
    format!("{}?acte={act}", equipment_page(insee, "saisie"))
}

/// A depot of a town.
pub fn depot(insee: &str, id: DepotId) -> String {
    format!("{}/depots/{id}", equipment(insee))
}

/// The sheet of a count there.
pub fn count_sheet(insee: &str, id: DepotId) -> String {
    format!("{}/inventaire", depot(insee, id))
}

/// A count.
pub fn count(insee: &str, id: CountId) -> String {
    format!("{}/inventaires/{id}", equipment(insee))
}

/// Deliveries that wait to be imported.
pub fn delivery(insee: &str, id: EquipmentImportId) -> String {
    format!("{}/import/{id}", equipment(insee))
}

/// The types of equipment, in the network's space.
pub const EQUIPMENT_TYPES: &str = "/reseau/materiel";

/// The checklist, in the network's space.
pub const CHECKLIST_ITEMS: &str = "/reseau/listes";

/// The words that the system looks for, in the network's space.
pub const SIGNS: &str = "/reseau/signes";

/// The network's file on a town.
pub fn network_town(insee: &str) -> String {
    format!("/reseau/communes/{insee}")
}

/// The link of an invitation.
pub fn invitation(token: &str) -> String {
    format!("/invitation/{token}")
}

/// A page that says a word after an act.
pub fn done(path: &str, notice: &str) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}fait={notice}")
}

/// The volunteer's space, once help was offered: what becomes of it, and whether a guardian was asked.
pub fn applied(status: ApplicationStatus, guardian: bool) -> String {
    let notice = match status {
        ApplicationStatus::Pending if guardian => "accord",
        ApplicationStatus::Accepted => "acceptee",
        ApplicationStatus::Waitlisted => "liste",
        _ => "candidature",
    };
    done(MY_SPACE, notice)
}

fn with_slug(path: String, slug: &str) -> String {
    if slug.is_empty() { path } else { format!("{path}/{slug}") }
}

/// Percent-encodes a value of an address's query.
pub fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len() + 8);
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&format!("{byte:02X}"));
        }
    }
    encoded
}
