//! What volunteers say of the missions they came to: some online, some that wait, one that was sent back.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use domain::{
    applications::ApplicationStatus,
    missions::MissionStatus,
    testimonials::{ReplyStatus, Signature, TestimonialStatus as S, WhyCode},
};
use uuid::Uuid;

use super::{
    dice::Dice,
    world::{Act, World},
};
use crate::entity::testimonial;

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x564F_4958;

const ONLINE: [&str; 7] = [
    "Je ne connaissais personne en arrivant. Au bout d’un quart d’heure, on riait déjà en remplissant les cartons. Je reviens le mois prochain.",
    "L’équipe explique tout, calmement, et on n’est jamais seul. J’avais peur de ne pas savoir faire : en fait, il suffit d’être là.",
    "Trois heures qui passent très vite. J’ai surtout retenu le sourire des gens quand on prend le temps de leur parler un peu.",
    "Bien organisé, du café chaud en arrivant, et on sait pourquoi on est là.\n\nPrévoyez des chaussures confortables : on marche beaucoup.",
    "Je voulais rendre un peu de ce que j’ai reçu l’an dernier. C’est fait, et j’ai rencontré des voisins que je croisais sans les connaître.",
    "Une matinée simple et utile. On m’a confié une petite tâche, puis une autre ; à la fin je montrais aux nouveaux comment faire.",
    "J’y suis allée avec un peu d’appréhension et j’en suis repartie légère. Merci à toute l’équipe pour son accueil.",
];
const WAITING: [&str; 3] = [
    "Première mission pour moi, et sûrement pas la dernière : on se sent attendu, et chaque geste sert à quelqu’un.",
    "Il faisait froid mais l’ambiance était chaleureuse. On a fini plus tôt que prévu parce que tout le monde s’y est mis.",
    "J’ai aimé que l’on prenne cinq minutes à la fin pour dire ce qui avait marché et ce que l’on ferait autrement.",
];
const REFUSED: &str =
    "Très bonne ambiance, et un grand merci à Madame Prune du troisième étage, que j’ai aidée à porter ses courses.";
const WORD: &str = "Une voisine se reconnaîtrait : racontez la même chose sans son nom.";
const REPLY: &str = "Merci à vous ! Le café sera aussi chaud la prochaine fois.";

/// Somebody who came: application, account, mission, organisation, when it was noted.
#[derive(Debug, Clone, Copy)]
struct Came {
    account: Uuid,
    mission: Uuid,
    organisation: Uuid,
    town: Uuid,
    at: DateTime<Utc>,
}

impl World {
    /// Writes them.
    pub fn testimonials(&mut self) {
        let mine = std::mem::replace(&mut self.dice, Dice::of(SEED));
        let Some(first) = self.towns.first().map(|town| town.id) else { return };
        let (here, elsewhere): (Vec<Came>, Vec<Came>) = self.came().into_iter().partition(|came| came.town == first);
        let mut here = self.spread(here).into_iter();
        for (number, body) in ONLINE.into_iter().enumerate() {
            let Some(came) = here.next() else { break };
            let reply = (number == 3).then_some(REPLY);
            self.testimonial(came, S::Published, body, number, reply);
        }
        for (number, body) in WAITING.into_iter().enumerate() {
            let Some(came) = here.next() else { break };
            self.testimonial(came, S::Waiting, body, number, None);
        }
        if let Some(came) = here.next() {
            self.testimonial(came, S::Refused, REFUSED, 0, None);
        }
        // Another town has some of its own.
        if let [one, other, ..] = elsewhere.as_slice() {
            self.testimonial(*one, S::Published, ONLINE[1], 1, None);
            self.testimonial(*other, S::Waiting, WAITING[0], 0, None);
        }
        self.dice = mine;
    }

    /// Whoever came to a mission whose page is public, with validated hours; the demonstration's volunteer has still to write.
    fn came(&self) -> Vec<Came> {
        let given: HashSet<Uuid> = self
            .rows
            .attendance
            .iter()
            .filter(|note| note.validated_at.is_some() && note.minutes > 0)
            .map(|note| note.application_id)
            .collect();
        let missions: HashMap<Uuid, _> = self.rows.missions.iter().map(|mission| (mission.id, mission)).collect();
        let own = self.rows.volunteers.first().map(|volunteer| volunteer.account_id);
        let mut seen = HashSet::new();
        let public = [MissionStatus::Published.as_str(), MissionStatus::Closed.as_str()];
        self.rows
            .applications
            .iter()
            .filter(|row| row.status == ApplicationStatus::Attended.as_str() && given.contains(&row.id))
            .filter(|row| Some(row.volunteer_id) != own)
            .filter_map(|row| {
                let mission = missions.get(&row.mission_id)?;
                public.contains(&mission.status.as_str()).then_some(())?;
                seen.insert((row.volunteer_id, row.mission_id)).then_some(Came {
                    account: row.volunteer_id,
                    mission: row.mission_id,
                    organisation: row.organisation_id.unwrap_or(mission.organisation_id),
                    town: mission.municipality_id,
                    at: row.decided_at.unwrap_or(row.updated_at),
                })
            })
            .collect()
    }

    /// Some of the first organisation's, four of one mission, then one of each other.
    fn spread(&self, all: Vec<Came>) -> Vec<Came> {
        let own = self.organisations.first().map(|organisation| organisation.id);
        let mut of: HashMap<Uuid, usize> = HashMap::new();
        for came in &all {
            *of.entry(came.mission).or_default() += 1;
        }
        let most = all.iter().map(|came| came.mission).max_by_key(|mission| (of.get(mission).copied(), *mission));
        let (mut first, mut together, mut others) = (Vec::new(), Vec::new(), Vec::new());
        let mut missions = HashSet::new();
        for came in all {
            if Some(came.organisation) == own && first.len() < 2 {
                first.push(came);
            } else if Some(came.mission) == most && together.len() < 4 {
                together.push(came);
            } else if missions.insert(came.mission) {
                others.push(came);
            }
        }
        first.into_iter().chain(together).chain(others).collect()
    }

    fn testimonial(&mut self, came: Came, status: S, body: &str, number: usize, reply: Option<&str>) {
        let id = self.dice.id();
        let sent = (came.at + Duration::hours(30)).min(self.now - Duration::hours(3));
        let decided = (sent + Duration::hours(9)).min(self.now - Duration::hours(1));
        let (online, refused) = (status == S::Published, status == S::Refused);
        let signature = if number % 3 == 2 { Signature::Volunteer } else { Signature::FirstName };
        let admin = self.organisations.iter().find(|one| one.id == came.organisation).map(|one| one.admin);
        let reply = reply.filter(|_| online);
        self.rows.testimonials.push(testimonial::Model {
            id,
            mission_id: came.mission,
            account_id: came.account,
            organisation_id: came.organisation,
            municipality_id: came.town,
            status: status.as_str().to_owned(),
            version: if status == S::Waiting { 1 } else { 2 },
            body: body.to_owned(),
            signature: signature.as_str().to_owned(),
            why_code: refused.then(|| WhyCode::NamesSomebody.as_str().to_owned()),
            why_word: refused.then(|| WORD.to_owned()),
            created_at: sent,
            updated_at: if status == S::Waiting { sent } else { decided },
            sent_at: Some(sent),
            online_body: online.then(|| body.to_owned()),
            online_signature: online.then(|| signature.as_str().to_owned()),
            online_at: online.then_some(decided),
            reply_status: reply.map(|_| ReplyStatus::Published.as_str().to_owned()),
            reply_body: reply.map(str::to_owned),
            reply_at: reply.map(|_| decided + Duration::minutes(40)),
            reply_by: reply.and(admin),
            reply_why_code: None,
            reply_why_word: None,
            report: None,
            reported_at: None,
            reported_by: None,
        });
        let (subject, town) = (crate::testimonials::SUBJECT, Some(came.town));
        let begun = Act {
            subject,
            id,
            town,
            actor: Some(came.account),
            at: sent,
            from: None,
            to: "testimonial_waiting",
            reason: None,
        };
        self.act(begun);
        let to = match status {
            S::Published => "testimonial_published",
            S::Refused => "testimonial_refused",
            _ => return,
        };
        let coordinators = self.towns.iter().find(|one| one.id == came.town).map(|one| one.coordinators.clone());
        let actor = coordinators.unwrap_or_default().first().copied();
        let reason = refused.then_some(WORD);
        self.act(Act { actor, at: decided, from: Some("testimonial_waiting"), to, reason, ..begun });
    }
}
