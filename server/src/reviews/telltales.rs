//! What the network's lists of words tell of a mission: dangers, people in charge, insurance. The words are data
//! (`telltale`); what is found is shown with the words themselves, for a person to judge.

use chrono::{DateTime, Utc};
use domain::{
    actor::Locale,
    missions::MissionContent,
    reviews::{
        Safety,
        feasible::{self, Doubt},
    },
    text::{Signs, Words},
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use crate::{entity::telltale, error::Result};

/// So many of a danger's words are quoted.
const QUOTED: usize = 3;

/// The lists.
#[derive(Debug, Clone, Default)]
pub struct Telltales {
    dangers: Vec<(String, Signs)>,
    supervision: Signs,
    insurance: Signs,
    interest: Signs,
    job: Signs,
}

impl Telltales {
    /// Reads the lists, with the names of dangers in a language.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(db: &impl ConnectionTrait, locale: Locale) -> Result<Self> {
        let rows = telltale::Entity::find().order_by_asc(telltale::Column::Position).all(db).await?;
        let of = |kind: &str| {
            let lists = rows.iter().filter(|row| row.kind == kind).map(|row| row.signs.as_str());
            Signs::read(&lists.collect::<Vec<_>>().join(","))
        };
        let dangers = rows.iter().filter(|row| row.kind == "danger");
        let named =
            |row: &telltale::Model| (locale.pick(&row.label_fr, &row.label_en).to_owned(), Signs::read(&row.signs));
        Ok(Self {
            dangers: dangers.map(named).collect(),
            supervision: of("supervision"),
            insurance: of("insurance"),
            interest: of("interest"),
            job: of("job"),
        })
    }

    /// What may be dangerous in what volunteers are asked to do; `domain_rules` are stated beside the mission's own.
    pub fn safety(&self, content: &MissionContent, domain_rules: usize) -> Safety {
        let own = content.safety_rules.lines().filter(|line| !line.trim().is_empty()).count();
        let asked = asked(content);
        let asked = Words::of(&asked);
        let dangers = self.dangers.iter().map(|(label, signs)| (label.clone(), words(signs, &asked)));
        Safety {
            rules: u32::try_from(own + domain_rules).unwrap_or(u32::MAX),
            dangers: dangers.filter(|(_, words)| !words.is_empty()).collect(),
            minors: content.open_to_minors,
        }
    }

    /// Words that tell of an aim of profit, politics or religion (law 2017-86, article 1: the civic reserve serves the general
    /// interest).
    pub fn interest(&self, content: &MissionContent) -> Vec<String> {
        words(&self.interest, &Words::of(&asked(content)))
    }

    /// Words that tell of a job that is replaced.
    pub fn job(&self, content: &MissionContent) -> Vec<String> {
        words(&self.job, &Words::of(&asked(content)))
    }

    /// What speaks against it as it is planned; `practical` is said beside its content.
    pub fn doubts(&self, content: &MissionContent, practical: &str, now: DateTime<Utc>) -> Vec<Doubt> {
        feasible::doubts(content, &self.supervision, &said(content, practical), now)
    }

    /// The words that tell of insurance, if there are some.
    pub fn insurance(&self, content: &MissionContent, practical: &str) -> Option<String> {
        words(&self.insurance, &Words::of(&said(content, practical))).into_iter().next()
    }
}

/// What is told, as it is written.
fn words(signs: &Signs, text: &Words<'_>) -> Vec<String> {
    let told = signs.in_words(text).into_iter().filter(|mention| !mention.denied);
    told.map(|mention| mention.words).take(QUOTED).collect()
}

/// What volunteers are asked to do.
fn asked(content: &MissionContent) -> String {
    let asked = [&content.title, &content.goal, &content.description, &content.prerequisites];
    asked.map(String::as_str).join("\n")
}

/// All that is said of a mission.
fn said(content: &MissionContent, practical: &str) -> String {
    let texts = [&content.title, &content.goal, &content.description, &content.prerequisites, &content.safety_rules];
    let mut said = texts.map(String::as_str).join("\n");
    said.push('\n');
    said.push_str(practical);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Telltales {
        Telltales {
            dangers: vec![
                ("travail en hauteur".to_owned(), Signs::read("toit, echelle.")),
                ("eau".to_owned(), Signs::read("baignade")),
            ],
            supervision: Signs::read("encadr"),
            insurance: Signs::read("assurance"),
            interest: Signs::read("tract."),
            job: Signs::read("salarie absent"),
        }
    }

    fn mission(description: &str) -> MissionContent {
        MissionContent {
            description: description.to_owned(),
            safety_rules: "Mettre des gants.\n\nRester à deux.".to_owned(),
            ..MissionContent::default()
        }
    }

    #[test]
    fn dangers_are_told_with_their_words() {
        let safety = lists().safety(&mission("Monter sur le toit avec une échelle. Pas de baignade."), 2);
        assert_eq!(safety.rules, 4);
        let words = vec!["toit".to_owned(), "échelle".to_owned()];
        assert_eq!(safety.dangers, [("travail en hauteur".to_owned(), words)]);
    }

    #[test]
    fn a_rule_of_safety_is_no_danger() {
        let careful =
            MissionContent { safety_rules: "Ne jamais monter sur une échelle.".to_owned(), ..mission("Trier.") };
        assert_eq!(lists().safety(&careful, 0).dangers, []);
    }

    #[test]
    fn what_the_civic_reserve_excludes_is_quoted() {
        let lists = lists();
        assert_eq!(lists.interest(&mission("Distribuer des tracts.")), ["tracts"]);
        assert_eq!(lists.interest(&mission("Aucun tract n’est distribué.")), Vec::<String>::new());
        assert_eq!(lists.job(&mission("Tenir l’accueil pour un salarié absent.")), ["salarié absent"]);
    }

    #[test]
    fn insurance_may_be_told_in_what_is_practical() {
        assert_eq!(lists().insurance(&mission("Trier."), ""), None);
        assert_eq!(lists().insurance(&mission("Trier."), "Sans assurance."), None);
        let told = lists().insurance(&mission("Trier."), "L’assurance de l’association vous couvre.");
        assert_eq!(told.as_deref(), Some("assurance"));
    }
}
