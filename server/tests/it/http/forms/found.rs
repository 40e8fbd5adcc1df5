//! What the forms are about, found in the demonstration data.

use anyhow::{Context, anyhow};
use chrono::Months;
use domain::{
    actor::Actor,
    applications::{ApplicationForm, Applications},
    crisis::{Crisis, MeasuresForm, MeasuresStatus},
    equipment::Equipment,
    ideas::{IdeaForm, Ideas},
    ids::{AccountId, ApplicationId, MissionId, ReviewId},
    letters::Letters,
    network::Network,
    organisations::{OrganisationTab, Organisations},
    reviews::{ChecklistAnswer, Reviews},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::{
    accounts::queries,
    entity::{
        account, application, association_letter, equipment_count, idea, invitation, mission, municipality,
        organisation, outbox, review, role_grant, slot, volunteer,
    },
};
use uuid::Uuid;

use super::super::Site;

/// Somebody as their session knows them.
pub async fn actor(site: &Site, email: &str) -> anyhow::Result<Actor> {
    let id = AccountId(site.account(email).await?.id);
    let known = queries::grants(site.backend.store.read(), id).await.map_err(|error| anyhow!("{error:?}"))?;
    let known = known.context("an account")?;
    Ok(Actor { account: Some(id), grants: known.grants, volunteer: known.volunteer, ..Actor::default() })
}

/// What guardians of somebody of 17 were asked: their e-mail, an application with the secret of its link, and another one.
pub async fn asked_guardians(site: &Site) -> anyhow::Result<(String, (ApplicationId, String), ApplicationId)> {
    let db = site.backend.store.read();
    // Neither 16 nor 18 on the day of a slot that comes soon.
    let grown = site.backend.clock.now().date_naive().checked_sub_months(Months::new(17 * 12 + 6)).context("a day")?;
    let young = volunteer::Entity::find().filter(volunteer::Column::BirthDate.gte(grown));
    let young =
        young.order_by_asc(volunteer::Column::BirthDate).one(db).await?.context("somebody under 18")?.account_id;
    let email = account::Entity::find_by_id(young).one(db).await?.context("their account")?.email;
    let who = actor(site, &email).await?;
    let mut asked = Vec::new();
    let missions = mission::Entity::find()
        .filter(mission::Column::Status.eq("published"))
        .filter(mission::Column::OpenToMinors.eq(true))
        .order_by_asc(mission::Column::Id)
        .all(db)
        .await?;
    for mission in missions {
        let slots = slot::Entity::find().filter(slot::Column::MissionId.eq(mission.id)).all(db).await?;
        for slot in slots {
            let form = ApplicationForm {
                slots: vec![slot.id.to_string()],
                acknowledged: "yes".to_owned(),
                guardian: "parent@ville.example".to_owned(),
                ..ApplicationForm::default()
            };
            if asked.len() < 2 && site.backend.apply(&who, mission.id.into(), form).await.is_ok() {
                asked.push(ApplicationId(application_of(site, mission.id, young).await?));
            }
        }
    }
    let letters = outbox::Entity::find().filter(outbox::Column::Kind.eq("guardian_asked"));
    let letters = letters.order_by_asc(outbox::Column::Id).all(db).await?;
    let [first, second] = asked[..] else { return Err(anyhow!("two missions that take somebody of 17")) };
    let text = &letters.first().context("an e-mail to a guardian")?.body_text;
    let (_, rest) = text.split_once("?cle=").context("a link")?;
    Ok((email, (first, rest.chars().take_while(char::is_ascii_alphanumeric).collect()), second))
}

async fn application_of(site: &Site, mission: Uuid, volunteer: Uuid) -> anyhow::Result<Uuid> {
    let found = application::Entity::find().filter(application::Column::MissionId.eq(mission));
    let found = found.filter(application::Column::VolunteerId.eq(volunteer));
    Ok(found.one(site.backend.store.read()).await?.context("an application")?.id)
}

/// The organisation of the demonstration's admin.
pub async fn own_organisation(site: &Site) -> anyhow::Result<Uuid> {
    let admin = site.account("association@demo.example").await?.id;
    let grants = role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(admin));
    grants.one(site.backend.store.read()).await?.and_then(|row| row.organisation_id).context("an organisation")
}

/// An organisation of La Seyne-sur-Mer in this state, with its first admin's e-mail.
pub async fn organisation_in(site: &Site, status: &str) -> anyhow::Result<(Uuid, String)> {
    let db = site.backend.store.read();
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126")).one(db).await?;
    let found = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(town.context("the town")?.id))
        .filter(organisation::Column::Status.eq(status));
    let found = found.one(db).await?.with_context(|| format!("an organisation that is {status}"))?;
    let admin = account::Entity::find_by_id(found.created_by).one(db).await?.context("its admin")?;
    Ok((found.id, admin.email))
}

/// An organisation of La Seyne-sur-Mer that waits, its file, and another that it looks like.
pub async fn look_alike(site: &Site) -> anyhow::Result<(Uuid, Uuid, Uuid)> {
    let coordinator = actor(site, "coordination@demo.example").await?;
    let list = site.backend.of_municipality(&coordinator, "83126", OrganisationTab::Waiting).await?;
    for row in list.rows {
        let file = Organisations::file(&site.backend, &coordinator, "83126", row.id).await?;
        if let (Some(submission), Some(other)) = (file.submission, file.look_alikes.first()) {
            return Ok((row.id.0, submission.id.0, other.id.0));
        }
    }
    Err(anyhow!("an organisation that looks like another"))
}

/// An idea that waits, and the secret of the link in the e-mail about it.
pub async fn told(site: &Site, association: &str) -> anyhow::Result<(Uuid, String)> {
    let form = IdeaForm {
        association: association.to_owned(),
        contact_name: "Odile Prune".to_owned(),
        email: "odile@berthe.example".to_owned(),
        what: "Porter les courses des voisins qui ne sortent plus.".to_owned(),
        ..IdeaForm::default()
    };
    Ideas::send(&site.backend, &Actor::default(), "83126", form).await?;
    let db = site.backend.store.read();
    let row = idea::Entity::find().filter(idea::Column::Association.eq(association)).one(db).await?;
    let mail = outbox::Entity::find().filter(outbox::Column::Recipient.eq("odile@berthe.example"));
    let mail = mail.order_by_desc(outbox::Column::Id).one(db).await?.context("its e-mail")?;
    let (_, link) = mail.body_text.split_once("/idee/").context("its link")?;
    Ok((row.context("the idea")?.id, link.split_whitespace().next().unwrap_or_default().to_owned()))
}

/// An invitation that waits, and the secret of its link, as the e-mail tells it.
pub async fn invited(site: &Site, town: &str) -> anyhow::Result<(Uuid, String)> {
    let email = "dominique@ville.example";
    site.backend.invite(&actor(site, "reseau@demo.example").await?, town, email).await?;
    let db = site.backend.store.read();
    let row = invitation::Entity::find().filter(invitation::Column::Email.eq(email)).one(db).await?;
    let letter = outbox::Entity::find().filter(outbox::Column::Recipient.eq(email));
    let letter = letter.order_by_desc(outbox::Column::Id).one(db).await?.context("its e-mail")?;
    let (_, link) = letter.body_text.split_once("/invitation/").context("its link")?;
    Ok((row.context("the invitation")?.id, link.split_whitespace().next().unwrap_or_default().to_owned()))
}

/// A review of La Seyne-sur-Mer, other than that one, in its coordinator's hands with every answer given; a mission online
/// that it can be joined to; and the hash of what is online.
pub async fn ready_to_join(site: &Site, but: &str) -> anyhow::Result<(ReviewId, MissionId, String)> {
    let (coordinator, db) = (actor(site, "coordination@demo.example").await?, site.backend.store.read());
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126"));
    let town = town.one(db).await?.context("the town")?.id;
    let waiting = review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town))
        .filter(review::Column::Status.eq("waiting"));
    let hosts = mission::Entity::find()
        .filter(mission::Column::MunicipalityId.eq(town))
        .filter(mission::Column::Status.eq("published"));
    let host = MissionId(hosts.one(db).await?.context("a mission online")?.id);
    for row in waiting.all(db).await?.into_iter().filter(|row| row.id.to_string() != but) {
        let review = ReviewId(row.id);
        let join = site.backend.compare(&coordinator, "83126", review, host).await.ok().and_then(|both| both.join);
        let Some(join) = join.filter(|join| join.places() > 0) else { continue };
        site.backend.take(&coordinator, review, None).await?;
        let items = Reviews::file(&site.backend, &coordinator, "83126", review).await?.checklist;
        let yes = |code| ChecklistAnswer {
            code,
            answer: "yes".to_owned(),
            note: String::new(),
            ..ChecklistAnswer::default()
        };
        let answers = items.into_iter().map(|item| yes(item.code)).collect();
        Reviews::answer(&site.backend, &coordinator, review, answers, false).await?;
        return Ok((review, host, join.seen));
    }
    Err(anyhow!("no review can be joined"))
}

/// The letter of La Seyne-sur-Mer that is being written, and a table that waits to be imported there.
pub async fn letter_and_import(site: &Site) -> anyhow::Result<(Uuid, Uuid)> {
    let coordinator = actor(site, "coordination@demo.example").await?;
    let table = "nom;mail\nLes Voisins de Berthe;berthe@voisins.example\n".to_owned();
    let import = site.backend.check(&coordinator, "83126", table).await?;
    let letters = Letters::list(&site.backend, &coordinator, "83126").await?.letters;
    let draft = letters.into_iter().find(|letter| letter.sent_at.is_none()).context("a draft")?;
    Ok((draft.id.0, import.0))
}

/// The letter of La Seyne-sur-Mer that left.
pub async fn sent_letter(site: &Site) -> anyhow::Result<Uuid> {
    let sent = association_letter::Entity::find().filter(association_letter::Column::Status.eq("sent"));
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126"));
    let db = site.backend.store.read();
    let town = town.one(db).await?.context("the town")?.id;
    let letter = sent.filter(association_letter::Column::MunicipalityId.eq(town)).one(db).await?;
    Ok(letter.context("a letter that left")?.id)
}

/// An association of its directory, and the secret of the link in a letter to it.
pub async fn written_to(site: &Site) -> anyhow::Result<(Uuid, String)> {
    let coordinator = actor(site, "coordination@demo.example").await?;
    let letter = site.backend.begin(&coordinator, "83126").await?;
    let body = "Bonjour {association}, rejoignez-nous : {lien}";
    site.backend.save_letter(&coordinator, "83126", letter, "Rejoignez-nous", body).await?;
    Letters::send(&site.backend, &coordinator, "83126", letter).await?;
    let page = site.backend.directory(&coordinator, "83126", "", 1).await?;
    let entry = page.entries.into_iter().find(|entry| !entry.stopped).context("an association")?;
    let mail = outbox::Entity::find().filter(outbox::Column::Recipient.eq(&entry.email));
    let mail = mail.order_by_desc(outbox::Column::Id).one(site.backend.store.read()).await?.context("its letter")?;
    let (_, link) = mail.body_text.split_once("/lettre/").context("its link")?;
    Ok((entry.id.0, link.split_whitespace().next().unwrap_or_default().to_owned()))
}

/// A depot of La Seyne-sur-Mer where something was counted, that count, and deliveries that wait to be imported there.
pub async fn depot_and_count(site: &Site) -> anyhow::Result<(Uuid, Uuid, Uuid)> {
    let coordinator = actor(site, "coordination@demo.example").await?;
    let count = equipment_count::Entity::find().one(site.backend.store.read()).await?.context("a count")?;
    let table = "matériel;quantité;dépôt\nGants jetables;3;Hôtel de ville".to_owned();
    let delivery = site.backend.check_deliveries(&coordinator, "83126", "Don", table).await?;
    Ok((count.depot_id, count.id, delivery.0))
}

/// The crisis measures of La Seyne-sur-Mer that are being written, and some of the network that are.
pub async fn measures(site: &Site) -> anyhow::Result<(Uuid, Uuid)> {
    let coordinator = actor(site, "coordination@demo.example").await?;
    let own = Crisis::list(&site.backend, &coordinator, "83126").await?.own;
    let draft = own.into_iter().find(|one| one.status == MeasuresStatus::Draft).context("a draft")?;
    let network = actor(site, "reseau@demo.example").await?;
    Ok((draft.id.0, Crisis::save(&site.backend, &network, "", None, measures_form()).await?.0))
}

/// Measures that forbid nothing but ask for something.
fn measures_form() -> MeasuresForm {
    MeasuresForm {
        title: "Rentrée".to_owned(),
        first_day: "2026-11-23".to_owned(),
        last_day: "2026-12-31".to_owned(),
        limit: "all".to_owned(),
        rules_fr: "Portez un masque.".to_owned(),
        banner_fr: "Portez un masque.".to_owned(),
        ..MeasuresForm::default()
    }
}

/// Measures of La Seyne-sur-Mer from a day on, previewed and switched on.
pub async fn switched_on(site: &Site, first_day: &str) -> anyhow::Result<Uuid> {
    let coordinator = actor(site, "coordination@demo.example").await?;
    let form = MeasuresForm { first_day: first_day.to_owned(), ..measures_form() };
    let id = Crisis::save(&site.backend, &coordinator, "83126", None, form).await?;
    let seen = Crisis::page(&site.backend, &coordinator, "83126", id).await?.seen;
    site.backend.switch_on(&coordinator, "83126", id, &seen).await?;
    Ok(id.0)
}
