//! The forms, each filled in as it should be on the demonstration data.

use anyhow::Context;
use domain::{
    certificates::Certificates,
    cover::Cover,
    equipment::{DepotForm, Equipment},
    ids::{OrganisationId, TestimonialId},
    messages::{AnswerTemplateForm, Messages as Exchanges},
    missions::Missions,
    planning::{PatternForm, Planning},
    reviews::Reviews,
    supplies::{SheetDoor, Supplies},
    testimonials::{Testimonials, WrittenForm},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::entity::{
    account, alert, application, application_slot, application_thread, favourite, invitation, message_report, mission,
    mission_version, municipality, review, role_grant, slot, testimonial, volunteer_profile,
};
use uuid::Uuid;

use super::{
    super::Site,
    found::{
        actor, asked_guardians, depot_and_count, invited, letter_and_import, look_alike, measures, organisation_in,
        own_organisation, ready_to_join, sent_letter, switched_on, told, written_to,
    },
    values::{
        Form,
        Kind::{Chosen, Secret, Text, Typed},
    },
};

const VOLUNTEER: Option<&str> = Some("volontaire@demo.example");
const ADMIN: Option<&str> = Some("association@demo.example");
const COORDINATOR: Option<&str> = Some("coordination@demo.example");
const NETWORK: Option<&str> = Some("reseau@demo.example");
const PASSWORD: &str = "huit grandes girafes violettes";

/// Accounts and profiles.
pub fn accounts() -> Vec<Form> {
    let register = Form::new(None, "/api/accounts/register", "/inscription?pour=aider")
        .with("form[given_name]", "Camille", Text(80))
        .with("form[family_name]", "Martin", Text(80))
        .with("form[email]", "camille@ville.example", Typed)
        .with("form[password]", PASSWORD, Secret)
        .with("form[birth_date]", "1990-05-04", Typed)
        .with("form[purpose]", "aider", Chosen)
        .with("form[next]", "/missions", Chosen);
    let address = |act, page: &str| Form::new(None, act, page).with("email", "camille@ville.example", Typed);
    let token = "0".repeat(64);
    vec![
        register,
        address("/api/accounts/resend-confirmation", "/inscription/courrier"),
        address("/api/accounts/request-reset", "/mot-de-passe-oublie"),
        address("/api/accounts/sign-in", "/connexion").with("password", PASSWORD, Secret).with("next", "/", Chosen),
        Form::new(None, "/api/accounts/reset-password", format!("/mot-de-passe/{token}"))
            .with("token", &token, Chosen)
            .with("password", PASSWORD, Secret),
        Form::new(None, "/api/accounts/confirm-email", format!("/confirmer/{token}"))
            .with("token", &token, Chosen)
            .with("next", "/", Chosen),
    ]
}

/// What a volunteer says of themself.
pub fn profiles() -> Vec<Form> {
    let profile = Form::new(VOLUNTEER, "/api/profiles/save", "/mon-espace/profil")
        .with("form[birth_date]", "1990-05-04", Typed)
        .with("form[town]", "83126", Typed)
        .with("form[phone]", "06 39 98 12 34", Typed)
        .with("form[reminders]", "yes", Chosen)
        .with("next", "/mon-espace", Chosen)
        .with("form[liked][]", "food-aid", Chosen)
        .with("form[availability][]", "2-evening", Chosen)
        .with("form[radius]", "10", Chosen)
        .with("form[neighbourhood]", "", Chosen)
        .with("form[skills][]", "cooking", Chosen)
        .with("form[means][]", "bicycle", Chosen)
        .with("form[languages][]", "en", Chosen)
        .with("form[remote]", "yes", Chosen)
        .with("form[suggestions]", "yes", Chosen)
        .with("form[cover]", "yes", Chosen);
    vec![
        profile,
        Form::new(VOLUNTEER, "/api/suggestions/switch", "/mon-espace/suggestions").with("answer", "off", Chosen),
        Form::new(VOLUNTEER, "/api/profiles/erase", "/mon-espace/profil"),
    ]
}

/// Missions that are kept: one that is not yet, one that is.
pub async fn favourites(site: &Site) -> anyhow::Result<Vec<Form>> {
    let volunteer = site.account("volontaire@demo.example").await?.id;
    let db = site.backend.store.read();
    let own = favourite::Entity::find().filter(favourite::Column::AccountId.eq(volunteer)).all(db).await?;
    let kept = own.first().context("a mission that is kept")?.mission_id.to_string();
    let other = mission::Entity::find()
        .filter(mission::Column::Status.eq("published"))
        .filter(mission::Column::Id.is_not_in(own.iter().map(|row| row.mission_id)))
        .one(db)
        .await?;
    let other = other.context("another mission")?.id.to_string();
    Ok(vec![
        Form::new(VOLUNTEER, "/api/favourites/keep", format!("/missions/{other}")).with("mission", &other, Chosen),
        Form::new(VOLUNTEER, "/api/favourites/leave", "/mon-espace/favoris").with("mission", &kept, Chosen),
    ])
}

/// Saved searches.
pub async fn alerts(site: &Site) -> anyhow::Result<Vec<Form>> {
    let volunteer = site.account("volontaire@demo.example").await?.id;
    let own = alert::Entity::find().filter(alert::Column::AccountId.eq(volunteer)).order_by_asc(alert::Column::Id);
    let own = own.all(site.backend.store.read()).await?;
    let (first, last) = own.first().zip(own.last()).context("saved searches")?;
    let id = first.id.to_string();
    let stop = format!("/alertes/{}", last.secret);
    Ok(vec![
        Form::new(VOLUNTEER, "/api/alerts/save", "/mon-espace/alertes")
            .with("id", &id, Chosen)
            .with("form[words]", "colis", Text(100))
            .with("form[domain]", "food-aid", Chosen)
            .with("form[town]", "83126", Chosen)
            .with("form[from]", "2026-12-24", Typed)
            .with("form[remote]", "no", Chosen)
            .with("form[pace]", "weekly", Chosen),
        Form::new(VOLUNTEER, "/api/alerts/remove", "/mon-espace/alertes").with("id", &id, Chosen),
        Form::new(None, "/api/alerts/stop", stop).with("secret", &last.secret, Chosen),
    ])
}

/// Asking for cover, and being asked no more.
pub async fn cover(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (admin, db) = (actor(site, "association@demo.example").await?, site.backend.store.read());
    let own = own_organisation(site).await?;
    let missions = mission::Entity::find()
        .filter(mission::Column::OrganisationId.eq(own))
        .filter(mission::Column::Status.eq("published"))
        .order_by_asc(mission::Column::Id);
    let mut asked = None;
    for mission in missions.all(db).await? {
        let slots = slot::Entity::find().filter(slot::Column::MissionId.eq(mission.id)).order_by_asc(slot::Column::Id);
        for slot in slots.all(db).await? {
            let page = site.backend.cover(&admin, mission.id.into(), slot.id.into()).await?;
            asked = asked.or(page.shut.is_none().then_some((mission.id.to_string(), slot.id.to_string())));
        }
    }
    let (mission, slot) = asked.context("a slot of the organisation's that lacks volunteers who may be asked")?;
    let agreed = volunteer_profile::Entity::find().filter(volunteer_profile::Column::Cover.eq(true)).one(db).await?;
    let secret = agreed.and_then(|row| row.cover_secret).context("somebody who agreed")?;
    let page = format!("/organisation/{own}/missions/{mission}/creneaux/{slot}/renfort");
    Ok(vec![
        Form::new(ADMIN, "/api/cover/ask", page).with("mission", &mission, Chosen).with("slot", &slot, Chosen).with(
            "word",
            "Il nous manque deux bras.",
            Text(300),
        ),
        Form::new(None, "/api/cover/stop", format!("/renfort/{secret}")).with("secret", &secret, Chosen),
    ])
}

fn organisation_form(form: Form) -> Form {
    form.with("form[name]", "Les Voisins de Berthe", Text(150))
        .with("form[legal_form]", "association", Chosen)
        .with("form[rna]", "W831000001", Typed)
        .with("form[siret]", "", Typed)
        .with("form[town]", "83126", Chosen)
        .with("form[description]", "Entraide entre voisins. ".repeat(12), Text(3000))
        .with("form[email]", "contact@voisins.example", Typed)
        .with("form[phone]", "06 39 98 12 34", Typed)
        .with("form[website]", "https://voisins.example", Typed)
        .with("form[address]", "1 place du marché", Text(300))
        .with("form[letter]", "", Chosen)
}

fn settings_form() -> Form {
    Form::new(COORDINATOR, "/api/network/save-settings", "/coordination/83126/reglages")
        .with("insee", "83126", Chosen)
        .with("next", "/coordination/83126/reglages", Chosen)
        .with("form[service_name]", "Service vie associative", Text(120))
        .with("form[service_email]", "vie@ville.example", Typed)
        .with("form[service_phone]", "04 99 61 12 34", Typed)
        .with("form[opening_days]", "Du lundi au vendredi", Text(200))
        .with("form[review_hours]", "72", Typed)
        .with("form[work_days][]", "1", Chosen)
        .with("form[reminder_hours]", "24", Typed)
        .with("form[escalation_email]", "direction@ville.example", Typed)
        .with("form[self_review]", "", Chosen)
        .with("form[neighbourhoods]", "Berthe\nTamaris", Text(80))
}

/// Organisations and towns.
pub async fn organisations(site: &Site) -> anyhow::Result<Vec<Form>> {
    let own = own_organisation(site).await?;
    let (changing, admin) = organisation_in(site, "changes_requested").await?;
    let (waiting, _) = organisation_in(site, "submitted").await?;
    let file = format!("/coordination/83126/organisations/{waiting}");
    let town = municipality::Entity::find().filter(municipality::Column::Insee.ne("83126"));
    let town = town.one(site.backend.store.read()).await?.context("another town")?;
    let colleague = role_grant::Entity::find().filter(role_grant::Column::MunicipalityId.eq(town.id));
    let colleague = colleague.one(site.backend.store.read()).await?.context("its coordinator")?.account_id.to_string();
    let town = town.insee;
    let (invitation, token) = invited(site, &town).await?;
    let mut forms = submissions(site).await?;
    forms.extend(vec![
        organisation_form(Form::new(VOLUNTEER, "/api/organisations/create", "/organisation/nouvelle")),
        organisation_form(
            Form::new(Some(&admin), "/api/organisations/save", format!("/organisation/{changing}/modifier")).with(
                "id",
                changing.to_string(),
                Chosen,
            ),
        ),
        Form::new(ADMIN, "/api/organisations/write-to-town", format!("/organisation/{own}"))
            .with("id", own.to_string(), Chosen)
            .with("body", "Bonjour.", Text(5000)),
        Form::new(COORDINATOR, "/api/organisations/write-to-organisation", &file)
            .with("insee", "83126", Chosen)
            .with("id", waiting.to_string(), Chosen)
            .with("body", "Bonjour.", Text(5000)),
        // Where points are asked, their own form sends it.
        Form::new(Some(&admin), "/api/organisations/submit", format!("/organisation/{changing}"))
            .with("id", changing.to_string(), Chosen)
            .hidden(),
        settings_form(),
        Form::new(NETWORK, "/api/network/open", "/reseau/communes/nouvelle").with("insee", "06088", Typed),
        Form::new(NETWORK, "/api/network/invite", format!("/reseau/communes/{town}"))
            .with("insee", &town, Chosen)
            .with("email", "ami@ville.example", Typed),
        Form::new(None, "/api/network/accept", format!("/invitation/{token}"))
            .with("given_name", "Dominique", Text(80))
            .with("family_name", "Petit", Text(80))
            .with("password", PASSWORD, Secret)
            .with("token", &token, Chosen),
        Form::new(NETWORK, "/api/network/revoke", format!("/reseau/communes/{town}"))
            .with("insee", &town, Chosen)
            .with("invitation", invitation.to_string(), Chosen)
            .hidden(),
        Form::new(NETWORK, "/api/network/end-coordinator", format!("/reseau/communes/{town}"))
            .with("insee", &town, Chosen)
            .with("account", colleague, Chosen)
            .with("sure", "yes", Chosen),
        Form::new(VOLUNTEER, "/api/accounts/language", "/").with("language", "fr", Chosen),
    ]);
    Ok(forms)
}

/// The team of an organisation.
pub async fn team(site: &Site) -> anyhow::Result<Vec<Form>> {
    let own = own_organisation(site).await?;
    let page = format!("/organisation/{own}/equipe");
    let helper = site.account("equipe@demo.example").await?.id.to_string();
    let waits = invitation::Entity::find().filter(invitation::Column::OrganisationId.eq(own));
    let waits = waits.order_by_asc(invitation::Column::ExpiresAt).one(site.backend.store.read()).await?;
    let waits = waits.context("an invitation")?.id.to_string();
    let of = |who, act| Form::new(who, act, &page).with("organisation", own.to_string(), Chosen);
    Ok(vec![
        of(ADMIN, "/api/team/invite").with("email", "ami@ville.example", Typed).with(
            "role",
            "organisation_helper",
            Chosen,
        ),
        of(ADMIN, "/api/team/invite-again").with("invitation", &waits, Chosen),
        of(ADMIN, "/api/team/take-back").with("invitation", &waits, Chosen),
        of(ADMIN, "/api/team/change-role").with("colleague", &helper, Chosen).with(
            "role",
            "organisation_admin",
            Chosen,
        ),
        of(ADMIN, "/api/team/remove").with("colleague", &helper, Chosen),
        of(ADMIN, "/api/team/leave").with("successor", &helper, Chosen),
    ])
}

/// Testimonials: what the volunteer has still to write, one that is online on a mission of the organisation, one that waits.
pub async fn testimonials(site: &Site) -> anyhow::Result<Vec<Form>> {
    let me = actor(site, "volontaire@demo.example").await?;
    let attended = site.backend.own_testimonials(&me).await?.first().context("a mission to tell of")?.mission;
    let page = format!("/mon-espace/temoignages/{attended}");
    let form = WrittenForm {
        testimonial: "Une matinée simple et utile, avec une équipe attentive.".to_owned(),
        signature: "volunteer".to_owned(),
        ..WrittenForm::default()
    };
    site.backend.write_testimonial(&me, attended, form.clone(), false).await?;
    let own = own_organisation(site).await?;
    let db = site.backend.store.read();
    let online = testimonial::Entity::find()
        .filter(testimonial::Column::OrganisationId.eq(own))
        .filter(testimonial::Column::OnlineAt.is_not_null());
    let mut online = online.all(db).await?;
    let (first, admin) = (online.pop().context("one online")?, actor(site, "association@demo.example").await?);
    // The others were answered and reported: of these acts, the page has the forms of one.
    for other in online {
        let id = TestimonialId(other.id);
        if other.reply_body.is_none() {
            site.backend.reply_to_testimonial(&admin, own.into(), id, "Merci !".to_owned()).await?;
        }
        site.backend.report_testimonial(&admin, own.into(), id, "C’est faux.".to_owned()).await?;
    }
    let online = first.id.to_string();
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126")).one(db).await?;
    let waiting = testimonial::Entity::find()
        .filter(testimonial::Column::MunicipalityId.eq(town.context("the town")?.id))
        .filter(testimonial::Column::Status.eq("waiting"));
    let waiting = waiting.one(db).await?.context("one that waits")?;
    let theirs = |act| {
        Form::new(ADMIN, act, format!("/organisation/{own}/temoignages"))
            .with("organisation", own.to_string(), Chosen)
            .with("id", &online, Chosen)
    };
    Ok(vec![
        Form::new(VOLUNTEER, "/api/testimonials/write", &page)
            .with("mission", attended.to_string(), Chosen)
            .with("form[testimonial]", &form.testimonial, Text(600))
            .with("form[signature]", "first_name", Chosen)
            .with("form[consent]", "yes", Chosen)
            .with("answer", "save", Chosen),
        theirs("/api/testimonials/reply").with("body", "Merci d’être venue !", Text(300)),
        theirs("/api/testimonials/report").with("reason", "Cela ne s’est pas passé ainsi.", Text(1000)),
        Form::new(COORDINATOR, "/api/testimonials/decide", format!("/coordination/83126/temoignages/{}", waiting.id))
            .with("insee", "83126", Chosen)
            .with("id", waiting.id.to_string(), Chosen)
            .with("seen", waiting.version.to_string(), Chosen)
            .with("act", "refuse", Chosen)
            .with("reason", "other", Chosen)
            .with("word", "Racontez la mission elle-même.", Text(1000)),
        Form::new(VOLUNTEER, "/api/testimonials/withdraw", &page).with("mission", attended.to_string(), Chosen),
    ])
}

/// The files on an organisation that waits and looks like another, and on one that is asked for changes.
async fn submissions(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (waiting, submission, other) = look_alike(site).await?;
    let (changing, admin) = organisation_in(site, "changes_requested").await?;
    let file = format!("/coordination/83126/organisations/{waiting}");
    let (waiting, submission) = (waiting.to_string(), submission.to_string());
    let of = |act| Form::new(COORDINATOR, act, &file).with("insee", "83126", Chosen).with("id", &submission, Chosen);
    Ok(vec![
        of("/api/organisations/take").with("seen", "", Chosen),
        of("/api/organisations/answer")
            .with("answers[0][code]", "statutes", Chosen)
            .with("answers[0][answer]", "yes", Chosen)
            .with("answers[0][note]", "Vus au forum.", Text(500))
            .with("then", "", Chosen)
            .with("next", "/coordination/83126", Chosen),
        of("/api/organisations/dismiss").with("other", other.to_string(), Chosen).with(
            "reason",
            "Une autre équipe.",
            Text(500),
        ),
        Form::new(COORDINATOR, "/api/organisations/decide", &file)
            .with("reason", "Le dossier est vide.", Text(2000))
            .with("requests[insured]", "Envoyez l’attestation.", Chosen)
            .with("insee", "83126", Chosen)
            .with("id", &waiting, Chosen)
            .with("submission", &submission, Chosen)
            .with("decision", "refuse", Chosen)
            .hidden(),
        of("/api/organisations/release").hidden(),
        of("/api/organisations/ask-network").with("word", "Merci de décider.", Text(500)).hidden(),
        of("/api/organisations/recall").hidden(),
        Form::new(Some(&admin), "/api/organisations/answer-requests", format!("/organisation/{changing}"))
            .with("id", changing.to_string(), Chosen)
            .with("answers[point-00000000-0000-0000-0000-000000000000]", "C’est fait.", Text(1000)),
    ])
}

/// Letters to associations.
pub async fn letters(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (draft, import) = letter_and_import(site).await?;
    let sent = sent_letter(site).await?;
    let (entry, token) = written_to(site).await?;
    let page = |letter: Uuid| format!("/coordination/83126/lettres/{letter}");
    let own = |act, page: String| Form::new(COORDINATOR, act, page).with("insee", "83126", Chosen);
    let of = |act, page: String, id: Uuid| own(act, page).with("id", id.to_string(), Chosen);
    let directory = || "/coordination/83126/annuaire".to_owned();
    let link = |act| Form::new(None, act, format!("/lettre/{token}")).with("token", &token, Chosen);
    Ok(vec![
        own("/api/letters/check", directory())
            .with("text", "nom;mail\nLes Voisins;voisins@asso.example", Typed)
            .with("file", "", Chosen),
        of("/api/letters/import", format!("/coordination/83126/annuaire/import/{import}"), import),
        own("/api/letters/begin", "/coordination/83126/lettres".to_owned()),
        of("/api/letters/save", page(draft), draft).with("subject", "Rejoignez {commune}", Text(150)).with(
            "letter",
            "Bonjour {association}, venez : {lien}",
            Text(5000),
        ),
        of("/api/letters/send", page(draft), draft),
        of("/api/letters/discard", page(draft), draft).hidden(),
        of("/api/letters/remind", page(sent), sent),
        link("/api/letters/follow"),
        link("/api/letters/unsubscribe"),
        of("/api/letters/set-stopped", directory(), entry).with("stopped", "yes", Chosen),
        of("/api/letters/remove-entry", directory(), entry),
    ])
}

/// Equipment.
pub async fn equipment(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (depot, _, delivery) = depot_and_count(site).await?;
    let coordinator = actor(site, "coordination@demo.example").await?;
    let form = DepotForm { name: "Gymnase".to_owned(), address: String::new() };
    let empty = site.backend.add_depot(&coordinator, "83126", form).await?;
    let stock = |page: &str| format!("/coordination/83126/materiel{page}");
    let own = |act, page: &str| Form::new(COORDINATOR, act, stock(page)).with("insee", "83126", Chosen);
    let of_depot = |act, id: String| own(act, &format!("/depots/{id}")).with("id", &id, Chosen);
    let moved = |act: &str| {
        own("/api/equipment/write-down", &format!("/saisie?acte={act}"))
            .with("form[act]", act, Chosen)
            .with("form[once]", "", Chosen)
            .with("form[equipment]", "apron", Chosen)
            .with("form[depot]", depot.to_string(), Chosen)
            .with("form[destination]", empty.to_string(), Chosen)
            .with("form[quantity]", "3", Typed)
            .with("form[reason]", "Il le faut", Text(300))
    };
    Ok(vec![
        moved("receive"),
        moved("lose"),
        moved("transfer"),
        own("/api/equipment/save-levels", "/seuils").with("levels[0][code]", "surgical-mask", Chosen).with(
            "levels[0][level]",
            "40",
            Typed,
        ),
        own("/api/equipment/add-depot", "").with("form[name]", "Salle des fêtes", Text(80)).with(
            "form[address]",
            "1 place du marché",
            Text(200),
        ),
        of_depot("/api/equipment/save-depot", depot.to_string()).with("form[name]", "École", Text(80)).with(
            "form[address]",
            "1 place du marché",
            Text(200),
        ),
        own("/api/equipment/count", &format!("/depots/{depot}/inventaire"))
            .with("depot", depot.to_string(), Chosen)
            .with("lines[0][code]", "visor", Chosen)
            .with("lines[0][expected]", "0", Chosen)
            .with("lines[0][counted]", "2", Typed)
            .with("lines[0][reason]", "Retrouvées", Text(300))
            .with("note", "Avec la gardienne", Text(300))
            .with("once", "", Chosen),
        own("/api/equipment/check", "/import")
            .with("text", "type;quantité;dépôt\nGants jetables;3;Hôtel de ville", Typed)
            .with("file", "", Chosen)
            .with("reason", "Don", Text(300)),
        own("/api/equipment/import", &format!("/import/{delivery}"))
            .with("id", delivery.to_string(), Chosen)
            .with("seen", "", Chosen),
        of_depot("/api/equipment/close-depot", empty.to_string()),
    ])
}

/// What the network edits: a type of equipment, an item that no green light needs, a sign of risk.
pub fn lists() -> Vec<Form> {
    vec![
        Form::new(NETWORK, "/api/equipment/save-type", "/reseau/materiel")
            .with("form[key]", "new", Chosen)
            .with("form[code]", "", Chosen)
            .with("form[label_fr]", "Casque", Text(80))
            .with("form[label_en]", "Helmet", Text(80))
            .with("form[unit_fr]", "casque", Text(40))
            .with("form[unit_en]", "helmet", Text(40))
            .with("form[single_use]", "", Chosen)
            .with("form[disabled]", "", Chosen),
        Form::new(NETWORK, "/api/reviews/save-item", "/reseau/listes")
            .with("form[key]", "new", Chosen)
            .with("form[code]", "", Chosen)
            .with("form[label_fr]", "Les gants sont comptés", Text(160))
            .with("form[label_en]", "Gloves are counted", Text(160))
            .with("form[hint_fr]", "Une paire par personne.", Text(300))
            .with("form[hint_en]", "A pair each.", Text(300))
            .with("form[scope]", "domain:food-aid", Chosen)
            .with("form[position]", "12", Typed)
            .with("form[mandatory]", "", Chosen)
            .with("form[retired]", "", Chosen),
        Form::new(NETWORK, "/api/reviews/save-signs", "/reseau/signes")
            .with("form[key]", "height", Chosen)
            .with("form[code]", "height", Chosen)
            .with("form[add]", "trampoline", Text(60))
            .with("form[remove][]", "toit", Chosen),
    ]
}

/// What an organisation writes to several applicants, and the texts that it keeps.
async fn to_several(site: &Site) -> anyhow::Result<Vec<Form>> {
    let db = site.backend.store.read();
    let own = own_organisation(site).await?;
    let answered = mission::Entity::find().filter(mission::Column::OrganisationId.eq(own)).all(db).await?;
    let waits = application::Entity::find()
        .filter(application::Column::MissionId.is_in(answered.iter().map(|row| row.id)))
        .filter(application::Column::Status.eq("pending"))
        .one(db)
        .await?
        .context("an application that waits")?;
    let admin = actor(site, "association@demo.example").await?;
    let kept = AnswerTemplateForm { name: "Complet".to_owned(), body: "L’équipe est complète.".to_owned() };
    Exchanges::save_template(&site.backend, &admin, OrganisationId(own), None, kept).await?;
    let kept =
        Exchanges::templates(&site.backend, &admin, OrganisationId(own)).await?.templates.remove(0).id.to_string();
    let template = |act, id: &str| {
        Form::new(ADMIN, act, format!("/organisation/{own}/reponses-types"))
            .with("organisation", own.to_string(), Chosen)
            .with("id", id, Chosen)
    };
    Ok(vec![
        Form::new(
            ADMIN,
            "/api/messages/write-to-some",
            format!("/organisation/{own}/missions/{}/candidatures", waits.mission_id),
        )
        .with("body", "Bonjour.", Text(2000))
        .with("organisation", own.to_string(), Chosen)
        .with("mission", waits.mission_id.to_string(), Chosen)
        .with("ids[]", waits.id.to_string(), Chosen),
        template("/api/messages/save-template", &kept).with("name", "Complet", Text(80)).with(
            "body",
            "L’équipe est complète.",
            Text(1000),
        ),
        template("/api/messages/remove-template", &kept),
    ])
}

/// Messages: those of the demonstration's volunteer, whom an organisation has written to, and a report that waits.
pub async fn messages(site: &Site) -> anyhow::Result<Vec<Form>> {
    let db = site.backend.store.read();
    let me = site.account("volontaire@demo.example").await?.id;
    let mine = application::Entity::find().filter(application::Column::VolunteerId.eq(me)).all(db).await?;
    let threads = application_thread::Entity::find()
        .filter(application_thread::Column::ApplicationId.is_in(mine.iter().map(|row| row.id)))
        .filter(application_thread::Column::OrganisationWroteAt.is_not_null())
        .all(db)
        .await?;
    let [first, second] = threads.as_slice() else { anyhow::bail!("two exchanges, not {}", threads.len()) };
    let of = |act, id: Uuid| {
        Form::new(VOLUNTEER, act, format!("/mon-espace/candidatures/{id}/messages"))
            .with("application", id.to_string(), Chosen)
            .with("organisation", "", Chosen)
            .with("mission", "", Chosen)
    };
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126")).one(db).await?;
    let report = message_report::Entity::find()
        .filter(message_report::Column::MunicipalityId.eq(town.context("the town")?.id))
        .one(db)
        .await?
        .context("a report")?;
    let about = |act| {
        Form::new(COORDINATOR, act, format!("/coordination/83126/signalements/{}", report.id))
            .with("insee", "83126", Chosen)
            .with("id", report.id.to_string(), Chosen)
    };
    let mut forms = to_several(site).await?;
    forms.extend([
        of("/api/messages/write", first.application_id).with("body", "Bonjour.", Text(2000)).with("seen", "", Chosen),
        of("/api/messages/mark-read", second.application_id).with("seen", "2026-11-23T07:30:00+00:00", Chosen),
        of("/api/messages/report", first.application_id).with("reason", "Cela ne va pas.", Text(1000)),
        about("/api/messages/open-reported"),
        about("/api/messages/close-report").with("word", "Nous avons appelé.", Text(1000)),
    ]);
    Ok(forms)
}

/// Ideas.
pub async fn ideas(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (idea, token) = told(site, "Les Voisins de Berthe").await?;
    let (other, _) = told(site, "Les Rameurs de la rade").await?;
    let about = |act, id: Uuid| {
        Form::new(COORDINATOR, act, format!("/coordination/83126/idees/{id}")).with("insee", "83126", Chosen).with(
            "id",
            id.to_string(),
            Chosen,
        )
    };
    let of = |act| about(act, idea);
    Ok(vec![
        Form::new(None, "/api/ideas/send", "/communes/83126/idee")
            .with("insee", "83126", Chosen)
            .with("form[association]", "Les Échassiers", Text(150))
            .with("form[contact_name]", "Odile Prune", Text(80))
            .with("form[email]", "odile@echassiers.example", Typed)
            .with("form[phone]", "06 39 98 12 34", Typed)
            .with("form[what]", "Réparer des vélos avec les enfants.", Text(2000))
            .with("form[whom]", "Les enfants", Text(300))
            .with("form[place]", "Au port", Text(200))
            .with("form[moment]", "Le mercredi", Text(300))
            .with("form[website]", "", Chosen),
        Form::new(None, "/api/ideas/reply", format!("/idee/{token}")).with("token", &token, Chosen).with(
            "body",
            "Bonjour.",
            Text(2000),
        ),
        of("/api/ideas/answer").with("body", "Bonjour.", Text(2000)),
        of("/api/ideas/turn").with("organisation", Uuid::nil().to_string(), Chosen),
        about("/api/ideas/close", other).with("reason", "Une autre le fait déjà.", Text(1000)),
    ])
}

fn measures_form(form: Form) -> Form {
    form.with("form[title]", "Confinement", Text(120))
        .with("form[first_day]", "2026-11-24", Typed)
        .with("form[last_day]", "2026-12-20", Typed)
        .with("form[limit]", "some", Chosen)
        .with("form[domains][]", "food-aid", Chosen)
        .with("form[remote_from_age]", "70", Typed)
        .with("form[largest_group]", "6", Typed)
        .with("form[rules_fr]", "Restez à un mètre.", Text(2000))
        .with("form[rules_en]", "Stay a metre away.", Text(2000))
        .with("form[banner_fr]", "Restez chez vous.", Text(300))
        .with("form[banner_en]", "Stay at home.", Text(300))
}

/// The same form again, elsewhere: its title tells.
fn retitled(form: Form) -> Form {
    form.with("form[title]", "Confinement", Text(120))
        .with("form[first_day]", "2026-11-24", Chosen)
        .with("form[last_day]", "2026-12-20", Chosen)
        .with("form[limit]", "all", Chosen)
        .with("form[banner_fr]", "Restez chez vous.", Chosen)
}

/// Crisis measures.
pub async fn crisis(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (draft, common) = measures(site).await?;
    let (ahead, holds) = (switched_on(site, "2026-12-01").await?, switched_on(site, "2026-11-23").await?);
    let list = "/coordination/83126/mesures";
    let page = |id: Uuid| format!("{list}/{id}");
    let own = |act, page: String| Form::new(COORDINATOR, act, page).with("insee", "83126", Chosen);
    let of = |act, id: Uuid| own(act, page(id)).with("id", id.to_string(), Chosen);
    let of_network = Form::new(NETWORK, "/api/crisis/save", format!("/reseau/mesures/{common}"))
        .with("insee", "", Chosen)
        .with("id", common.to_string(), Chosen);
    Ok(vec![
        measures_form(own("/api/crisis/save", format!("{list}/nouvelles")).with("id", "", Chosen)),
        retitled(of("/api/crisis/save", draft)),
        retitled(of_network),
        of("/api/crisis/amend", holds)
            .with("form[last_day]", "2027-01-31", Typed)
            .with("form[rules_fr]", "Portez un masque.", Text(2000))
            .with("form[banner_fr]", "Restez chez vous.", Chosen),
        Form::new(VOLUNTEER, "/api/crisis/acknowledge", "/mon-espace")
            .with("id", holds.to_string(), Chosen)
            .with("version", "1", Chosen)
            .hidden(),
        of("/api/crisis/switch-on", draft).with("seen", "x", Chosen),
        of("/api/crisis/call-off", ahead),
        of("/api/crisis/discard", draft),
        of("/api/crisis/lift", holds),
    ])
}

/// The slots of a mission that are still to come, in their order.
async fn ahead(site: &Site, mission: Uuid) -> anyhow::Result<Vec<Uuid>> {
    let slots = slot::Entity::find()
        .filter(slot::Column::MissionId.eq(mission))
        .filter(slot::Column::StartsAt.gt(site.backend.clock.now()))
        .order_by_asc(slot::Column::StartsAt);
    Ok(slots.all(site.backend.store.read()).await?.into_iter().map(|slot| slot.id).collect())
}

/// A mission of several slots to come with the first of them, and another mission.
async fn two_online(site: &Site, own: Uuid) -> anyhow::Result<(Uuid, Uuid, Uuid)> {
    let published = mission::Entity::find()
        .filter(mission::Column::OrganisationId.eq(own))
        .filter(mission::Column::Status.eq("published"))
        .filter(mission::Column::StartsAt.gt(site.backend.clock.now()))
        .order_by_asc(mission::Column::StartsAt)
        .all(site.backend.store.read())
        .await?;
    for of_several in &published {
        if let [slot, _, ..] = ahead(site, of_several.id).await?.as_slice() {
            let other = published.iter().find(|other| other.id != of_several.id).context("another mission")?;
            return Ok((of_several.id, *slot, other.id));
        }
    }
    anyhow::bail!("a mission of several slots to come")
}

/// Missions.
pub async fn missions(site: &Site) -> anyhow::Result<Vec<Form>> {
    let own = own_organisation(site).await?;
    let admin = actor(site, "association@demo.example").await?;
    let id = site.backend.create(&admin, OrganisationId(own), Some(String::new())).await?.to_string();
    // Whoever calls a slot off sees the forms of the others.
    let (first, slot, last) = two_online(site, own).await?;
    let relecture = |mission: Uuid| format!("/organisation/{own}/missions/{mission}/relecture");
    let live = |act, id: Uuid| Form::new(ADMIN, act, relecture(id)).with("id", id.to_string(), Chosen);
    let mut forms = draft(own, &id);
    forms.extend(planning(site, own).await?);
    forms.extend([
        live("/api/missions/answer-requests", first)
            .with("answers[point-00000000-0000-0000-0000-000000000000]", "C’est fait.", Text(1000))
            .hidden(),
        live("/api/missions/write", first).with("body", "Bonjour.", Text(2000)).with("item", "safe", Chosen),
        live("/api/missions/cancel-slot", first).with("reason", "La salle est fermée.", Text(1000)).with(
            "slot",
            slot.to_string(),
            Chosen,
        ),
        live("/api/missions/cancel", first).with("reason", "La salle est fermée.", Text(1000)),
        live("/api/missions/close", last),
    ]);
    Ok(forms)
}

/// Slots that repeat: added from the preview, and taken out together.
/// A slot of one's own that people have, with one place left of those that they hold.
async fn fewer_places(site: &Site, own: Uuid) -> anyhow::Result<Form> {
    let db = site.backend.store.read();
    let admin = actor(site, "association@demo.example").await?;
    let missions = mission::Entity::find()
        .filter(mission::Column::OrganisationId.eq(own))
        .filter(mission::Column::Status.eq("published"))
        .all(db)
        .await?;
    let slots = slot::Entity::find()
        .filter(slot::Column::MissionId.is_in(missions.iter().map(|row| row.id)))
        .filter(slot::Column::Taken.gt(1))
        .order_by_desc(slot::Column::StartsAt);
    for row in slots.all(db).await? {
        let page = site.backend.reducing(&admin, row.mission_id.into(), row.id.into(), "1").await?;
        if !page.open || page.holders.len() < 2 {
            continue;
        }
        let address = app::routes::fewer_places(own.into(), row.mission_id.into(), row.id.into());
        let mut form = Form::new(ADMIN, "/api/planning/reduce-slot", format!("{address}?places=1"))
            .with("mission", row.mission_id.to_string(), Chosen)
            .with("slot", row.id.to_string(), Chosen)
            .with("form[places]", "1", Chosen)
            .with("form[reason]", "Le camion est en panne.", Text(1000));
        for holder in page.holders.iter().filter(|holder| holder.proposed) {
            form = form.with("form[ids][]", holder.application.to_string(), Chosen);
        }
        return Ok(form);
    }
    Err(anyhow::anyhow!("a slot with people"))
}

async fn planning(site: &Site, own: Uuid) -> anyhow::Result<Vec<Form>> {
    let admin = actor(site, "association@demo.example").await?;
    let id = site.backend.create(&admin, OrganisationId(own), Some(String::new())).await?;
    let pattern = PatternForm {
        days: vec!["2".to_owned()],
        rhythm: "weekly".to_owned(),
        first_day: "2026-12-01".to_owned(),
        last_day: "2027-01-31".to_owned(),
        start: "10:00".to_owned(),
        end: "12:00".to_owned(),
        places: "3".to_owned(),
        holidays: "skip".to_owned(),
    };
    site.backend.add_slots(&admin, id, pattern).await?;
    let batch = site.backend.batches(&admin, id).await?.pop().context("a batch")?.id;
    let page = |step: &str| format!("/organisation/{own}/missions/{id}/{step}");
    let asked = "jours%5B%5D=1&rythme=weekly&du=2026-12-01&au=2027-01-31&de=10:00&a=12:00&places=3&feries=yes";
    let slot = site.backend.editor(&admin, id).await?.content.slots.pop().context("a slot")?.id;
    Ok(vec![
        fewer_places(site, own).await?,
        Form::new(ADMIN, "/api/planning/copy", page("relecture"))
            .with("mission", id.to_string(), Chosen)
            .with("slots", "none", Chosen),
        Form::new(ADMIN, "/api/planning/extend-slot", page("creneaux"))
            .with("mission", id.to_string(), Chosen)
            .with("slot", slot.to_string(), Chosen)
            .with("form[places]", "4", Typed),
        Form::new(ADMIN, "/api/planning/add-slots", page(&format!("creneaux/repeter?{asked}")))
            .with("mission", id.to_string(), Chosen)
            .with("form[days][0]", "1", Chosen)
            .with("form[rhythm]", "weekly", Chosen)
            .with("form[first_day]", "2026-12-01", Chosen)
            .with("form[last_day]", "2027-01-31", Chosen)
            .with("form[start]", "10:00", Chosen)
            .with("form[end]", "12:00", Chosen)
            .with("form[places]", "3", Chosen)
            .with("form[holidays]", "skip", Chosen),
        Form::new(ADMIN, "/api/planning/remove-slots", page("creneaux")).with("mission", id.to_string(), Chosen).with(
            "batch",
            batch.to_string(),
            Chosen,
        ),
    ])
}

/// From an empty draft to what is sent.
fn draft(own: Uuid, id: &str) -> Vec<Form> {
    let page = |step: &str| format!("/organisation/{own}/missions/{id}/{step}");
    let about = |act, step: &str| Form::new(ADMIN, act, page(step)).with("id", id, Chosen);
    vec![
        Form::new(ADMIN, "/api/missions/create", format!("/organisation/{own}/missions/nouvelle"))
            .with("organisation", own.to_string(), Chosen)
            .with("template", "", Chosen),
        about("/api/missions/save-text", "texte")
            .with("form[domain]", "food-aid", Chosen)
            .with("form[title]", "Colis du marché", Text(120))
            .with("form[goal]", "Remettre des colis", Text(300))
            .with("form[description]", "Préparer les colis.", Text(5000)),
        about("/api/missions/save-place", "lieu")
            .with("form[place]", "on_site", Chosen)
            .with("form[address]", "Place du marché", Text(200))
            .with("form[neighbourhood]", "", Chosen),
        about("/api/missions/save-people", "public")
            .with("form[beneficiaries][]", "families", Chosen)
            .with("form[prerequisites]", "Aucun", Text(2000))
            .with("form[safety_rules]", "Porter des gants.", Text(2000))
            .with("form[minors]", "yes", Chosen)
            .with("form[equipment][0][code]", "surgical-mask", Chosen)
            .with("form[equipment][0][per_volunteer]", "2", Typed)
            .with("form[equipment][0][per_slot]", "", Typed)
            .with("form[choice]", "choose", Chosen)
            .with("form[opens_on]", "2026-11-24", Typed)
            .with("form[practical]", "Sonnez.", Text(1000)),
        about("/api/missions/add-slot", "creneaux")
            .with("form[kind]", "dated", Chosen)
            .with("form[date]", "2026-12-20", Typed)
            .with("form[start]", "10:00", Typed)
            .with("form[end]", "12:00", Typed)
            .with("form[last_date]", "", Typed)
            .with("form[places]", "3", Typed),
        about("/api/missions/add-slot", "creneaux")
            .with("form[kind]", "open_period", Chosen)
            .with("form[date]", "2026-12-20", Typed)
            .with("form[last_date]", "2026-12-30", Typed)
            .with("form[places]", "3", Typed),
        about("/api/missions/remove-slot", "creneaux").with("slot", Uuid::nil().to_string(), Chosen),
        about("/api/missions/submit", "relecture"),
    ]
}

/// A place that is held, and the e-mail of whoever it is held for.
async fn held_place(site: &Site) -> anyhow::Result<(Uuid, String)> {
    let db = site.backend.store.read();
    let offered = application::Entity::find().filter(application::Column::Status.eq("offered"));
    let offered =
        offered.order_by_asc(application::Column::CreatedAt).one(db).await?.context("a place that is held")?;
    let next = account::Entity::find_by_id(offered.volunteer_id).one(db).await?.context("whoever is next")?;
    Ok((offered.id, next.email))
}

/// Applications.
pub async fn applications(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (own, db) = (own_organisation(site).await?, site.backend.store.read());
    let me = site.account("volontaire@demo.example").await?.id;
    let applied: Vec<Uuid> = application::Entity::find()
        .filter(application::Column::VolunteerId.eq(me))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.mission_id)
        .collect();
    let free = mission::Entity::find()
        .filter(mission::Column::Status.eq("published"))
        .filter(mission::Column::Id.is_not_in(applied))
        .one(db)
        .await?
        .context("a mission to apply for")?;
    let slot = slot::Entity::find().filter(slot::Column::MissionId.eq(free.id)).one(db).await?.context("a slot")?;
    let missions: Vec<Uuid> = mission::Entity::find()
        .filter(mission::Column::OrganisationId.eq(own))
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let pending = application::Entity::find()
        .filter(application::Column::MissionId.is_in(missions))
        .filter(application::Column::Status.eq("pending"))
        .one(db)
        .await?
        .context("an application that waits")?;
    let mine = application::Entity::find().filter(application::Column::VolunteerId.eq(me));
    let mine = mine.filter(application::Column::Status.is_in(["pending", "accepted"])).one(db).await?;
    let answers = format!("/organisation/{own}/missions/{}/candidatures", pending.mission_id);
    let (offered, next) = held_place(site).await?;
    let mut forms = guardians(site).await?;
    forms.extend([
        Form::new(Some(&next), "/api/applications/answer-offer", format!("/place/{offered}"))
            .with("secret", "", Chosen)
            .with("answer", "take", Chosen)
            .with("id", offered.to_string(), Chosen),
        Form::new(VOLUNTEER, "/api/applications/apply", format!("/missions/{}/proposer", free.id))
            .with("form[message]", "Je suis disponible.", Text(1000))
            .with("mission", free.id.to_string(), Chosen)
            .with("form[slots][]", slot.id.to_string(), Chosen)
            .with("form[acknowledged]", "yes", Chosen),
        Form::new(ADMIN, "/api/applications/decide", answers)
            .with("reason", "Nous sommes assez nombreux.", Text(1000))
            .with("organisation", own.to_string(), Chosen)
            .with("mission", pending.mission_id.to_string(), Chosen)
            .with("ids[]", pending.id.to_string(), Chosen)
            .with("answer", "decline", Chosen),
        Form::new(VOLUNTEER, "/api/applications/calendar", "/mon-espace").with("answer", "on", Chosen),
    ]);
    forms.extend(other_slots(site).await?);
    forms.extend(taken_back(site, mine.context("an application of mine")?.id).await?);
    Ok(forms)
}

/// A slot beside those of an application, then one instead of another.
async fn other_slots(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (db, now) = (site.backend.store.read(), site.backend.clock.now());
    let online = mission::Entity::find().filter(mission::Column::Status.eq("published")).all(db).await?;
    let mut live = application::Entity::find()
        .filter(application::Column::Status.is_in(["pending", "accepted"]))
        .filter(application::Column::MissionId.is_in(online.iter().map(|row| row.id)))
        .order_by_asc(application::Column::Id)
        .all(db)
        .await?;
    // First those that share their state with what is added.
    let alone = |row: &application::Model| {
        let mission = online.iter().find(|mission| mission.id == row.mission_id);
        mission.is_none_or(|mission| (mission.choice == "choose") != (row.status == "pending"))
    };
    live.sort_by_key(alone);
    for row in live {
        let ahead = slot::Entity::find()
            .filter(slot::Column::MissionId.eq(row.mission_id))
            .filter(slot::Column::StartsAt.gt(now))
            .filter(slot::Column::CancelledAt.is_null());
        let ahead: Vec<Uuid> = ahead.all(db).await?.into_iter().map(|slot| slot.id).collect();
        let held = application_slot::Entity::find().filter(application_slot::Column::ApplicationId.eq(row.id));
        let held: Vec<Uuid> = held.all(db).await?.into_iter().map(|link| link.slot_id).collect();
        let (own, others): (Vec<Uuid>, Vec<Uuid>) = ahead.into_iter().partition(|id| held.contains(id));
        let (Some(own), Some(other)) = (own.first(), others.first()) else { continue };
        let who = account::Entity::find_by_id(row.volunteer_id).one(db).await?.context("whoever applied")?.email;
        let form = |act, page: &str| {
            Form::new(Some(&who), act, format!("/mon-espace/candidatures/{}/{page}", row.id))
                .with("id", row.id.to_string(), Chosen)
                .with("form[acknowledged]", "yes", Chosen)
                .hidden()
        };
        return Ok(vec![
            form("/api/applications/add-slots", "creneaux").with("form[slots][]", other.to_string(), Chosen),
            form("/api/applications/move-slot", "changer").with("form[from]", own.to_string(), Chosen).with(
                "form[slots]",
                other.to_string(),
                Chosen,
            ),
        ]);
    }
    anyhow::bail!("nobody has a slot to come of a mission with others")
}

/// One slot of an application, then all of it.
async fn taken_back(site: &Site, mine: Uuid) -> anyhow::Result<Vec<Form>> {
    let held = application_slot::Entity::find().filter(application_slot::Column::ApplicationId.eq(mine));
    let held = held.one(site.backend.store.read()).await?.context("a slot of mine")?;
    Ok(vec![
        Form::new(VOLUNTEER, "/api/applications/leave-slot", "/mon-espace")
            .with("id", mine.to_string(), Chosen)
            .with("slot", held.slot_id.to_string(), Chosen)
            .hidden(),
        Form::new(VOLUNTEER, "/api/applications/withdraw", "/mon-espace").with("id", mine.to_string(), Chosen),
    ])
}

/// What guardians are asked.
async fn guardians(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (young, (asked, secret), again) = asked_guardians(site).await?;
    Ok(vec![
        Form::new(None, "/api/applications/answer-guardian", format!("/accord/{asked}?cle={secret}"))
            .with("secret", secret, Chosen)
            .with("answer", "give", Chosen)
            .with("id", asked.to_string(), Chosen),
        Form::new(Some(&young), "/api/applications/ask-guardian", "/mon-espace")
            .with("guardian", "parent@ville.example", Typed)
            .with("id", again.to_string(), Chosen),
    ])
}

/// Who came, and certificates of it.
pub async fn attendance(site: &Site) -> anyhow::Result<Vec<Form>> {
    let (own, db) = (own_organisation(site).await?, site.backend.store.read());
    let over = slot::Entity::find().filter(slot::Column::EndsAt.lt(site.backend.clock.now()));
    let over: Vec<slot::Model> = over.filter(slot::Column::CancelledAt.is_null()).all(db).await?;
    let missions = mission::Entity::find().filter(mission::Column::OrganisationId.eq(own)).all(db).await?;
    let expected = application::Entity::find()
        .filter(application::Column::Status.eq("accepted"))
        .filter(application::Column::MissionId.is_in(missions.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let links = application_slot::Entity::find()
        .filter(application_slot::Column::SlotId.is_in(over.iter().map(|row| row.id)))
        .all(db)
        .await?;
    let found = links.iter().find_map(|link| Some((expected.iter().find(|row| row.id == link.application_id)?, link)));
    let (row, link) = found.context("somebody whose hours wait")?;
    let slot = link.slot_id;
    let page = format!("/organisation/{own}/missions/{}/creneaux/{slot}/presences", row.mission_id);
    let me = actor(site, "volontaire@demo.example").await?;
    let made = site.backend.issue(&me, "").await?;
    let dated = |id: Uuid| over.iter().any(|slot| slot.id == id && slot.kind == "dated");
    let mut told = links.iter().filter(|link| dated(link.slot_id));
    let told = told.find_map(|link| Some((expected.iter().find(|row| row.id == link.application_id)?, link.slot_id)));
    let (told, of) = told.context("somebody who says what came of a slot")?;
    let who = account::Entity::find_by_id(told.volunteer_id).one(db).await?.context("an account")?.email;
    Ok(vec![
        Form::new(Some(&who), "/api/attendance/say", "/mon-espace")
            .with("id", told.id.to_string(), Chosen)
            .with("slot", of.to_string(), Chosen)
            .with("answer", "was_there", Chosen),
        Form::new(ADMIN, "/api/attendance/note", page)
            .with("organisation", own.to_string(), Chosen)
            .with("mission", row.mission_id.to_string(), Chosen)
            .with("slot", slot.to_string(), Chosen)
            .with("by", "", Chosen)
            .with("form[lines][0][application]", row.id.to_string(), Chosen)
            .with("form[lines][0][seen]", "0", Chosen)
            .with("form[lines][0][mark]", "present", Chosen)
            .with("form[lines][0][hours]", "1:30", Typed)
            .with("answer", "save", Chosen),
        Form::new(VOLUNTEER, "/api/certificates/issue", "/mon-espace/heures").with("year", "", Chosen),
        Form::new(VOLUNTEER, "/api/certificates/revoke", "/mon-espace/heures").with(
            "number",
            made.number.to_string(),
            Chosen,
        ),
    ])
}

/// Reviews.
pub async fn reviews(site: &Site) -> anyhow::Result<Vec<Form>> {
    let db = site.backend.store.read();
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126")).one(db).await?;
    let town = town.context("the town")?.id;
    let reviews = review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town))
        .filter(review::Column::Status.eq("waiting"));
    let review = reviews.one(db).await?.context("a review that waits")?.id.to_string();
    let file = format!("/coordination/83126/dossiers/{review}");
    let colleagues = role_grant::Entity::find()
        .filter(role_grant::Column::Role.eq("coordinator"))
        .filter(role_grant::Column::MunicipalityId.eq(town))
        .all(db)
        .await?;
    let me = site.account("coordination@demo.example").await?.id;
    let online = mission::Entity::find().filter(mission::Column::MunicipalityId.eq(town));
    let rival = online.filter(mission::Column::Status.eq("published")).one(db).await?.context("a rival")?;
    let spoken = rival.published_version_id.context("online")?;
    let rival_hash = mission_version::Entity::find_by_id(spoken).one(db).await?.context("a version")?.content_hash;
    let rival = rival.id.to_string();
    let colleague = colleagues.iter().find(|row| row.account_id != me).context("a colleague")?.account_id.to_string();
    let (joined, host, seen) = ready_to_join(site, &review).await?;
    let of_review = |act| Form::new(COORDINATOR, act, &file).with("insee", "83126", Chosen).with("id", &review, Chosen);
    Ok(vec![
        of_review("/api/reviews/take").with("seen", "", Chosen),
        of_review("/api/reviews/answer")
            .with("answers[0][code]", "feasible", Chosen)
            .with("answers[0][answer]", "yes", Chosen)
            .with("answers[0][note]", "Vu avec l’équipe.", Text(500))
            .with("then", "", Chosen)
            .with("next", "/coordination/83126", Chosen),
        of_review("/api/reviews/write").with("body", "Bonjour.", Text(2000)).with("item", "safe", Chosen),
        Form::new(COORDINATOR, "/api/reviews/dismiss", format!("{file}/comparer/{rival}"))
            .with("insee", "83126", Chosen)
            .with("id", &review, Chosen)
            .with("other", &rival, Chosen)
            .with("seen", rival_hash, Chosen)
            .with("reason", "Un autre public.", Text(500)),
        Form::new(COORDINATOR, "/api/reviews/join", format!("/coordination/83126/dossiers/{joined}/comparer/{host}"))
            .with("reason", "La même aide, au même endroit.", Text(2000))
            .with("id", joined.to_string(), Chosen)
            .with("other", host.to_string(), Chosen)
            .with("seen", seen, Chosen)
            .with("next", "/coordination/83126", Chosen),
        Form::new(COORDINATOR, "/api/reviews/decide", &file)
            .with("reason", "Le lieu n’est pas sûr.", Text(2000))
            .with("requests[feasible]", "Précisez l’heure.", Chosen)
            .with("id", &review, Chosen)
            .with("decision", "refuse", Chosen)
            .with("next", "/coordination/83126", Chosen),
        of_review("/api/reviews/hand-over").with("to", colleague, Chosen).with("word", "À toi.", Text(500)).hidden(),
        of_review("/api/reviews/release").hidden(),
        of_review("/api/reviews/ask-network").with("word", "Merci de décider.", Text(500)).hidden(),
        of_review("/api/reviews/recall").hidden(),
    ])
}

/// Supplies.
pub async fn supplies(site: &Site) -> anyhow::Result<Vec<Form>> {
    let review = reservable(site).await?;
    let (table, holder) = handing_out(site).await?;
    let on_sheet = |act, (slot, application, seen, code): &Handing| {
        let page = format!("/coordination/83126/materiel/creneaux/{slot}");
        Form::new(COORDINATOR, act, page.clone())
            .with("slot", slot, Chosen)
            .with("application", application, Chosen)
            .with("next", page, Chosen)
            .with("form[seen]", seen, Chosen)
            .with("form[lines][0][code]", code, Chosen)
    };
    let of_review = |act| {
        Form::new(COORDINATOR, act, format!("/coordination/83126/dossiers/{review}"))
            .with("insee", "83126", Chosen)
            .with("id", &review, Chosen)
    };
    Ok(vec![
        of_review("/api/supplies/reserve"),
        of_review("/api/supplies/release").hidden(),
        on_sheet("/api/supplies/hand-out", &table)
            .with("form[lines][0][given]", "yes", Chosen)
            .with("form[lines][0][quantity]", "1", Typed)
            .with("form[signature]", "", Chosen),
        on_sheet("/api/supplies/take-back", &holder)
            .with("form[lines][0][returned]", "", Typed)
            .with("form[lines][0][lost]", "1", Typed)
            .with("form[reason]", "Déchiré", Text(500)),
    ])
}

/// A review that waits, of a mission for which something can be reserved.
async fn reservable(site: &Site) -> anyhow::Result<String> {
    let (coordinator, backend) = (actor(site, "coordination@demo.example").await?, &site.backend);
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126"));
    let town = town.one(backend.store.read()).await?.context("the town")?.id;
    let waiting = review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town))
        .filter(review::Column::Status.eq("waiting"))
        .all(backend.store.read())
        .await?;
    for row in waiting {
        let file = backend.file(&coordinator, "83126", row.id.into()).await?;
        if file.supplies.lines.iter().any(|line| line.cover.to_reserve() > 0) {
            return Ok(row.id.to_string());
        }
    }
    anyhow::bail!("no review of a mission that needs something")
}

/// A slot, an application to it, how many acts were seen, and a code of equipment.
type Handing = (String, String, String, String);

/// Somebody to hand something out to, and somebody who has something.
async fn handing_out(site: &Site) -> anyhow::Result<(Handing, Handing)> {
    let (coordinator, backend) = (actor(site, "coordination@demo.example").await?, &site.backend);
    let (mut table, mut holder) = (None, None);
    for line in backend.week(&coordinator, "83126").await?.slots {
        let door = SheetDoor::Town("83126".to_owned());
        let sheet = backend.sheet(&coordinator, door, line.slot.id).await?;
        for person in sheet.people {
            let (code, held) = person
                .items
                .iter()
                .find(|item| item.held() > 0)
                .map_or_else(|| (sheet.kinds[0].kind.code.clone(), false), |item| (item.code.clone(), true));
            let found = (line.slot.id.to_string(), person.application.to_string(), person.acts.to_string(), code);
            // Something is left when one thing came back.
            if held && person.items.iter().filter(|item| item.held() > 0).count() > 1 {
                holder = Some(found);
            } else if person.expected {
                table = Some(found);
            }
        }
    }
    Ok((table.context("somebody to hand out to")?, holder.context("somebody who has something")?))
}
