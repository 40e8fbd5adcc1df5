//! Crisis measures of the first town: some that were lifted weeks ago, and a draft to be previewed. None is in force: it
//! would change everything else.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use domain::{crisis::MeasuresStatus, missions::MissionStatus, paris};
use uuid::Uuid;

use super::{dice::Dice, world::World};
use crate::entity::{crisis_measures, crisis_suspension, history};

/// The domains that went on.
const VITAL: &str = "childcare food-aid keeping-contact neighbourhood";
const RULES_FR: &str = "Restez à plus d’un mètre des autres personnes.\nLavez-vous les mains avant et après chaque contact.\n\
    Au moindre symptôme, ne venez pas et prévenez l’organisation.";
const RULES_EN: &str = "Stay more than a metre away from others.\nWash your hands before and after each contact.\n\
    If you have any symptom, do not come, and tell the organisation.";
const SEED: u64 = 0x5254_4E46_4F52_5431;
/// Days ago: written, in force, lifted, and what their last day was to be.
const PAST: [i64; 4] = [40, 38, 21, 8];

impl World {
    /// What was lifted, and what waits to be previewed. Its dice are its own: other draws stay as they are.
    pub fn crisis(&mut self) {
        let mut dice = Dice::of(SEED);
        let Some((town, author)) = self.towns.first().and_then(|town| Some((town.id, *town.coordinators.first()?)))
        else {
            return;
        };
        let [written, on, lifted, last] = PAST.map(|days| self.now - Duration::days(days));
        let past = crisis_measures::Model {
            status: MeasuresStatus::Lifted.as_str().to_owned(),
            title: "Confinement".to_owned(),
            first_day: paris::date(on),
            last_day: paris::date(last),
            banner_fr: "Les rassemblements sont interdits. Seules les missions indispensables continuent.".to_owned(),
            banner_en: "Gatherings are forbidden. Only missions that cannot wait go on.".to_owned(),
            switched_on_at: Some(on),
            ended_at: Some(lifted),
            ..draft(dice.id(), (town, author), written, (paris::date(on), paris::date(last)))
        };
        let suspended = self.were_suspended(&mut dice, &past, (on, lifted));
        let figures = format!("{suspended} missions suspendues");
        let (now, today) = (self.now - Duration::hours(20), self.today);
        let next = draft(dice.id(), (town, author), now, (today, today + Days::new(30)));
        for (id, at, from, to, reason) in [
            (past.id, written, None, MeasuresStatus::Draft, None),
            (past.id, on, Some(MeasuresStatus::Draft), MeasuresStatus::InForce, Some(figures)),
            (past.id, lifted, Some(MeasuresStatus::InForce), MeasuresStatus::Lifted, None),
            (next.id, now, None, MeasuresStatus::Draft, None),
        ] {
            let states = (from.map(MeasuresStatus::as_str), to.as_str());
            self.rows.history.push(line(&mut dice, ("crisis_measures", id), &past, states, (at, reason)));
        }
        self.rows.measures.extend([past, next]);
    }

    /// Missions of other domains that were online all along: how many.
    fn were_suspended(
        &mut self,
        dice: &mut Dice,
        past: &crisis_measures::Model,
        (on, lifted): (DateTime<Utc>, DateTime<Utc>),
    ) -> usize {
        let online = |row: &&crate::entity::mission::Model| {
            let there = Some(row.municipality_id) == past.municipality_id;
            let ended = row.closed_at.is_some_and(|at| at <= lifted) || row.ends_at.is_none_or(|at| at <= lifted);
            let now = [MissionStatus::Published, MissionStatus::Closed].map(MissionStatus::as_str);
            let other = row.domain_code.as_deref().is_some_and(|code| !VITAL.split(' ').any(|vital| vital == code));
            let stands = now.contains(&row.status.as_str());
            there && !ended && stands && other && row.published_at.is_some_and(|at| at < on)
        };
        let missions: Vec<Uuid> = self.rows.missions.iter().filter(online).map(|row| row.id).collect();
        let (published, suspended) = (MissionStatus::Published.as_str(), MissionStatus::Suspended.as_str());
        for id in &missions {
            self.rows.suspensions.push(crisis_suspension::Model {
                measures_id: past.id,
                mission_id: *id,
                from_state: published.to_owned(),
                suspended_at: on,
                ended_at: Some(lifted),
                outcome: Some("given_back".to_owned()),
            });
            for (from, to, at) in [(published, suspended, on), (suspended, published, lifted)] {
                let (states, reason) = ((Some(from), to), Some(past.title.clone()));
                let line = line(dice, ("mission", *id), past, states, (at, reason));
                self.rows.history.push(line);
            }
        }
        missions.len()
    }
}

/// A draft for the vital domains.
fn draft(
    id: Uuid,
    (town, author): (Uuid, Uuid),
    at: DateTime<Utc>,
    (first_day, last_day): (NaiveDate, NaiveDate),
) -> crisis_measures::Model {
    crisis_measures::Model {
        id,
        municipality_id: Some(town),
        status: MeasuresStatus::Draft.as_str().to_owned(),
        title: "Nouveau confinement".to_owned(),
        first_day,
        last_day,
        domains: Some(VITAL.to_owned()),
        remote_from_age: Some(70),
        largest_group: Some(6),
        rules_fr: RULES_FR.to_owned(),
        rules_en: RULES_EN.to_owned(),
        rules_version: 1,
        banner_fr: "Restez chez vous : seules les missions indispensables continuent.".to_owned(),
        banner_en: "Stay at home: only missions that cannot wait go on.".to_owned(),
        created_by: author,
        created_at: at,
        updated_at: at,
        switched_on_at: None,
        ended_at: None,
    }
}

fn line(
    dice: &mut Dice,
    (subject, subject_id): (&str, Uuid),
    of: &crisis_measures::Model,
    (from, to): (Option<&str>, &str),
    (at, reason): (DateTime<Utc>, Option<String>),
) -> history::Model {
    history::Model {
        id: dice.id(),
        subject: subject.to_owned(),
        subject_id,
        municipality_id: of.municipality_id,
        actor_id: Some(of.created_by),
        at,
        from_state: from.map(str::to_owned),
        to_state: to.to_owned(),
        reason,
    }
}
