//! Ideas of associations of the first town, one or two in each state; and one of another town.

use chrono::{DateTime, Duration, Utc};
use domain::{
    applications::waiting::DEFAULT_OFFER_HOURS,
    ideas::{IdeaLines, IdeaStatus, draft},
    missions::{MissionStatus, VersionStatus},
    text,
};
use uuid::Uuid;

use super::{
    dice::Dice,
    world::{Act, World},
};
use crate::{
    accounts::tokens::digest,
    entity::{idea, idea_link, idea_message, mission, mission_version},
};

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x4944_4541_5331;

/// Town, state, hours ago, association, what, for whom, where, when.
type Told = (usize, IdeaStatus, i64, &'static str, &'static str, &'static str, &'static str, &'static str);
const IDEAS: [Told; 7] = [
    (
        0,
        IdeaStatus::New,
        5,
        "Les Tricoteuses de Mar-Vivo",
        "Nous tricotons des bonnets et des écharpes. Nous cherchons du monde pour les distribuer aux personnes qui dorment \
         dehors cet hiver.",
        "Des personnes sans abri",
        "Centre-ville",
        "Deux soirs par semaine, de décembre à février",
    ),
    (
        0,
        IdeaStatus::New,
        30,
        "Pétanque de Saint-Jean",
        "Nos joueurs retraités pourraient accompagner les courses des voisins qui ne sortent plus. Appelez-moi au \
         06 39 98 70 11, je ne lis pas souvent mes e-mails.",
        "Des voisins âgés",
        "Saint-Jean",
        "Le mardi matin",
    ),
    (
        0,
        IdeaStatus::Answered,
        70,
        "Radio Rade",
        "Lire le journal au téléphone à des personnes aveugles, une demi-heure par jour, chacun depuis chez soi.",
        "Des personnes aveugles ou malvoyantes",
        "",
        "Tous les jours à 10 heures",
    ),
    (
        0,
        IdeaStatus::TurnedIntoMission,
        200,
        "Les Amis du goûter",
        "Préparer et servir un goûter chaque mercredi aux enfants du quartier, avec les parents.",
        "Les enfants de 6 à 11 ans",
        "Maison de quartier de Berthe",
        "Le mercredi à 16 heures",
    ),
    (
        0,
        IdeaStatus::Closed,
        400,
        "Collectif des Sablettes",
        "Nettoyer la plage chaque dimanche matin avec une dizaine de volontaires.",
        "",
        "Plage des Sablettes",
        "Le dimanche",
    ),
    (
        0,
        IdeaStatus::Closed,
        900,
        "Club photo de Tamaris",
        "Apprendre la photographie à des jeunes sortis de l’école, avec du matériel prêté.",
        "Des jeunes de 16 à 25 ans",
        "",
        "",
    ),
    (
        1,
        IdeaStatus::New,
        20,
        "Les Voisins du Mourillon",
        "Réparer des meubles trouvés dans la rue pour les familles qui s’installent.",
        "Des familles",
        "",
        "Le samedi",
    ),
];
const ANSWER: &str = "Bonjour, merci pour cette belle idée ! Combien de personnes comptez-vous réunir pour commencer ?";
const REASON: &str = "La même action existe déjà dans la commune ; nous vous mettons en relation par téléphone.";

impl World {
    /// Writes them.
    pub fn ideas(&mut self) {
        let mine = std::mem::replace(&mut self.dice, Dice::of(SEED));
        for told in IDEAS {
            let (town, author) = match self.towns.get(told.0) {
                Some(town) => (town.id, town.coordinators.first().copied()),
                None => continue,
            };
            if let Some(author) = author {
                self.idea(told, town, author);
            }
        }
        self.dice = mine;
    }

    fn idea(&mut self, told: Told, town: Uuid, author: Uuid) {
        let (_, status, hours, association, what, whom, place, moment) = told;
        let (id, at) = (self.dice.id(), self.now - Duration::hours(hours));
        let lines = IdeaLines {
            association: association.to_owned(),
            what: what.to_owned(),
            whom: whom.to_owned(),
            place: place.to_owned(),
            moment: moment.to_owned(),
        };
        let later = at + Duration::hours(4);
        let ended = status.is_over().then_some(later);
        let host = self.organisations.iter().find(|one| self.towns[one.town].id == town).map(|one| one.id);
        let mission = host.filter(|_| status == IdeaStatus::TurnedIntoMission);
        let mission = mission.map(|host| (host, self.draft_of(&lines, (host, town), author, later)));
        self.idea_act(id, town, None, at, None, IdeaStatus::New);
        if status != IdeaStatus::New {
            let message = (self.dice.id(), Some(author), at + Duration::hours(2));
            self.idea_message(id, message, ANSWER);
            self.idea_act(id, town, Some(author), message.2, Some(IdeaStatus::New), IdeaStatus::Answered);
        }
        if status.is_over() {
            self.idea_act(id, town, Some(author), later, Some(IdeaStatus::Answered), status);
        }
        let secret = self.dice.id();
        self.rows.idea_links.push(idea_link::Model {
            token_hash: digest(&secret.to_string()),
            idea_id: id,
            created_at: at,
        });
        let slug = text::slug(association);
        self.rows.ideas.push(idea::Model {
            id,
            municipality_id: town,
            status: status.as_str().to_owned(),
            association: lines.association,
            contact_name: Some("Camille Duval".to_owned()),
            email: Some(format!("contact@{slug}.example")),
            phone: None,
            locale: "fr".to_owned(),
            what: lines.what,
            whom: lines.whom,
            place: lines.place,
            moment: lines.moment,
            reason: (status == IdeaStatus::Closed).then(|| REASON.to_owned()),
            organisation_id: mission.map(|(host, _)| host),
            mission_id: mission.map(|(_, mission)| mission),
            created_at: at,
            updated_at: if status == IdeaStatus::New { at } else { later },
            ended_at: ended,
            erased_at: None,
        });
    }

    fn idea_message(&mut self, idea: Uuid, (id, author_id, at): (Uuid, Option<Uuid>, DateTime<Utc>), body: &str) {
        self.rows.idea_messages.push(idea_message::Model {
            id,
            idea_id: idea,
            author_id,
            body: body.to_owned(),
            created_at: at,
        });
    }

    fn idea_act(
        &mut self,
        id: Uuid,
        town: Uuid,
        actor: Option<Uuid>,
        at: DateTime<Utc>,
        from: Option<IdeaStatus>,
        to: IdeaStatus,
    ) {
        let (from, to) = (from.map(IdeaStatus::as_str), to.as_str());
        self.act(Act { subject: "idea", id, town: Some(town), actor, at, from, to, reason: None });
    }

    /// The draft that a coordinator made of an idea.
    fn draft_of(&mut self, lines: &IdeaLines, (host, town): (Uuid, Uuid), author: Uuid, at: DateTime<Utc>) -> Uuid {
        let (id, version) = (self.dice.id(), self.dice.id());
        let mut content = draft(lines, ("Pour qui :", "Quand :"));
        content.domain = self.reference.domains.first().cloned();
        let json = content.canonical_json();
        self.rows.missions.push(mission::Model {
            id,
            organisation_id: host,
            municipality_id: town,
            status: MissionStatus::Draft.as_str().to_owned(),
            slug: text::slug(&content.title),
            published_version_id: None,
            working_version_id: Some(version),
            title: content.title,
            goal: content.goal,
            domain_code: content.domain,
            remote: false,
            neighbourhood_id: None,
            open_to_minors: false,
            choice: "at_once".to_owned(),
            practical: String::new(),
            search_text: String::new(),
            starts_at: None,
            ends_at: None,
            created_by: author,
            created_at: at,
            updated_at: at,
            submitted_at: None,
            published_at: None,
            closed_at: None,
            offer_hours: i32::try_from(DEFAULT_OFFER_HOURS).unwrap_or_default(),
            opens_on: None,
        });
        self.rows.versions.push(mission_version::Model {
            id: version,
            mission_id: id,
            number: 1,
            status: VersionStatus::Draft.as_str().to_owned(),
            content_hash: digest(&json),
            content: json,
            author_id: author,
            created_at: at,
            updated_at: at,
            submitted_at: None,
        });
        let (town, to) = (Some(town), MissionStatus::Draft.as_str());
        self.act(Act { subject: "mission", id, town, actor: Some(author), at, from: None, to, reason: None });
        id
    }
}
