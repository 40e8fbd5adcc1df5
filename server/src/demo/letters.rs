//! Directories of two towns, and the letters that were written to their associations.

use chrono::Duration;
use domain::{letters::LetterStatus, text};
use uuid::Uuid;

use super::world::{Act, World};
use crate::{
    accounts::tokens::digest,
    entity::{association_letter, directory_entry, letter_recipient},
};

/// Names and what they do; none of them is a real one.
const ASSOCIATIONS: [(&str, &str); 20] = [
    ("Les Amis du goûter", "Solidarité"),
    ("Atelier vélo des Quatre-Vents", "Environnement"),
    ("Lire à voix haute", "Éducation"),
    ("La Chorale du dimanche", "Culture"),
    ("Jardins de la Pinède", "Environnement"),
    ("Coup de main Tamaris", "Solidarité"),
    ("Les Petits Pas", "Enfance"),
    ("Boules et compagnie", "Sport"),
    ("Mémoire des chantiers", "Mémoire"),
    ("Réseau des grands-parents", "Solidarité"),
    ("Le Fournil partagé", "Aide alimentaire"),
    ("Écoute et amitié", "Lien social"),
    ("Théâtre du Figuier", "Culture"),
    ("Nage pour tous", "Sport"),
    ("Les Ravaudeuses", "Réemploi"),
    ("Un toit, un voisin", "Logement"),
    ("Bibliothèque des plages", "Culture"),
    ("Randonneurs du Cap", "Sport"),
    ("Clés numériques", "Éducation"),
    ("La Ronde des marchés", "Aide alimentaire"),
];
const SUBJECT: &str = "{association}, rejoignez Renfort à {commune}";
const BODY: &str = "Bonjour,\n\nNous ouvrons Renfort, la plateforme de volontariat de {commune}. {association} peut y proposer \
    des missions : nous les relisons, des volontaires vous aident.\n\nVotre lien personnel, avec une fiche déjà \
    commencée : {lien}\n\nÀ bientôt !\n{service}";

impl World {
    /// A directory for the first two towns, a letter that left, and one that is being written.
    pub fn letters(&mut self) {
        for (town, associations) in [(0, &ASSOCIATIONS[..]), (1, &ASSOCIATIONS[..8])] {
            let Some((id, author)) = self.towns.get(town).and_then(|town| Some((town.id, *town.coordinators.first()?)))
            else {
                continue;
            };
            let entries = self.directory(id, town, associations);
            let sent = self.letter((id, author), LetterStatus::Sent);
            for (place, entry) in entries.into_iter().enumerate().filter(|(place, _)| *place != 5) {
                self.recipient(sent, entry, place);
            }
            self.letter((id, author), LetterStatus::Draft);
        }
    }

    fn directory(&mut self, town: Uuid, number: usize, associations: &[(&str, &str)]) -> Vec<Uuid> {
        let at = self.now - Duration::days(30);
        let place = self.corpus.towns[self.towns[number].index].name.clone();
        let mut ids = Vec::new();
        for (index, (name, activity)) in associations.iter().enumerate() {
            let id = self.dice.id();
            ids.push(id);
            self.rows.directory.push(directory_entry::Model {
                id,
                municipality_id: town,
                name: (*name).to_owned(),
                name_folded: text::fold(name),
                email: format!("contact@{}.example", text::slug(name)),
                rna: (index % 2 == 0).then(|| format!("W83{:07}", 9_000_000 + number * 100 + index)),
                siret: None,
                activity: (*activity).to_owned(),
                town: place.clone(),
                created_at: at,
                updated_at: at,
                stopped_at: (index == 5).then_some(at + Duration::days(2)),
            });
        }
        ids
    }

    fn letter(&mut self, (town, author): (Uuid, Uuid), status: LetterStatus) -> Uuid {
        let id = self.dice.id();
        let draft = status == LetterStatus::Draft;
        let at = self.now - Duration::days(if draft { 1 } else { 12 });
        let subject = if draft { "Une réunion pour les associations de {commune}" } else { SUBJECT };
        self.rows.letters.push(association_letter::Model {
            id,
            municipality_id: town,
            subject: subject.to_owned(),
            body: BODY.to_owned(),
            status: status.as_str().to_owned(),
            created_by: author,
            created_at: at,
            updated_at: at,
            sent_at: (!draft).then_some(at),
            reminded_at: None,
        });
        let from = (!draft).then_some(LetterStatus::Draft.as_str());
        let (town, actor) = (Some(town), Some(author));
        self.act(Act { subject: "letter", id, town, actor, at, from, to: status.as_str(), reason: None });
        id
    }

    fn recipient(&mut self, letter: Uuid, entry: Uuid, place: usize) {
        let (id, secret, outbox_id) = (self.dice.id(), self.dice.id(), self.dice.id());
        let at = self.now - Duration::days(11);
        self.rows.recipients.push(letter_recipient::Model {
            id,
            letter_id: letter,
            entry_id: Some(entry),
            token_hash: digest(&secret.to_string()),
            reminder_hash: None,
            outbox_id,
            opened_at: place.is_multiple_of(3).then_some(at),
            bounced_at: (place == 4).then_some(at),
            organisation_id: None,
        });
    }
}
