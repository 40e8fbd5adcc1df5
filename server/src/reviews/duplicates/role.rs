//! Whether an offer is the help itself, or something about those who give it: their training, their planning.

/// Those who help, as beneficiaries: who trains or plans for them helps nobody else. Begins a word.
const CREW: &[&str] = &[
    "benevole",
    "volontaire",
    "maraudeur",
    "appelant",
    "animateur",
    "animatrice",
    "tuteur",
    "accueillant",
    "trieur",
    "ecoutant",
    "equipier",
    "accompagnateur",
    "accompagnatrice",
    "accompagnant",
    "conducteur",
    "conductrice",
    "chauffeur",
    "formateur",
    "formatrice",
    "encadrant",
    "intervenant",
    "parrain",
    "marraine",
    "veilleur",
    "livreur",
    "signaleur",
    "reparateur",
    "collecteur",
    "distributeur",
    "mediateur",
    "secouriste",
];
/// Said of training.
const TRAIN: &[&str] = &["former", "formateur", "formatrice", "formez"];
/// Said of training where it is those who help who are taught.
const TEACH: &[&str] = &["form", "prepar", "appren", "transmet", "initi", "enseign"];
/// Said of planning.
const PLAN: &[&str] = &["coordin", "planning", "plannif", "planif"];
/// Said of planning where it is for those who help: «régulation des chauffeurs», not of traffic.
const DESK: &[&str] = &["regul", "dispatch", "standard"];
/// Who plans, perhaps.
const LEAD: &[&str] = &["referent", "responsable"];
/// What is planned, and with what.
const TABLE: &[&str] = &[
    "planning",
    "tableau",
    "tableur",
    "absents",
    "relanc",
    "remplac",
    "roulement",
    "equipes",
    "agenda",
    "binomes",
    "attribu",
    "recrut",
    "repartit",
    "repartir",
    "dispatch",
    "desistement",
];

/// What is done: the help itself, or something about those who give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The help itself.
    Doing,
    /// Training those who do it.
    Training,
    /// Planning for those who do it.
    Coordinating,
}

fn begins(words: &[&str], starts: &[&str]) -> bool {
    words.iter().any(|word| starts.iter().any(|start| word.starts_with(start)))
}

impl Role {
    /// As folded texts say it: title, goal, description, beneficiaries.
    pub fn of([title, goal, description, beneficiaries]: [&[&str]; 4]) -> Self {
        let crew = begins(beneficiaries, CREW);
        // «Former des collégiens» is the help itself.
        let theirs = crew || beneficiaries.is_empty() || begins(title, CREW);
        let planned = begins(description, TABLE);
        let plans = begins(title, PLAN)
            || begins(goal, PLAN)
            || begins(title, LEAD) && (crew || planned)
            || begins(title, DESK) && crew;
        let trains = begins(title, TRAIN) || begins(goal, TRAIN) || begins(title, &["formation"]);
        if trains && theirs || crew && !plans && begins(&[title, description].concat(), TEACH) {
            Self::Training
        } else if plans || crew && planned {
            Self::Coordinating
        } else {
            Self::Doing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::profile::{Offer, Profile},
        *,
    };

    #[test]
    fn training_and_planning_are_not_the_help() {
        let role = |title: &str, beneficiaries: &str| {
            let (title, beneficiaries) = (title.to_owned(), beneficiaries.to_owned());
            Profile::of(&Offer { title, beneficiaries, ..Offer::default() }, &[]).role
        };
        assert_eq!(role("Former les volontaires aux appels", ""), Role::Training);
        assert_eq!(role("Apprendre à rouler", "femmes débutantes"), Role::Doing);
        assert_eq!(role("Coordination des équipes du centre", ""), Role::Coordinating);
        assert_eq!(role("Régulation des trajets", "conducteurs et passagers"), Role::Coordinating);
        assert_eq!(role("Régulation de la circulation", "écoliers"), Role::Doing);
        assert_eq!(role("Accueil du public", ""), Role::Doing);
    }
}
