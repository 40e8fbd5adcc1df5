//! Whether a mission can take place as it is planned: what its slots and its text leave open. A person decides.

use chrono::{DateTime, Duration, Timelike, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    missions::{MissionContent, SlotKind, SlotPlan},
    paris,
    text::{Signs, Words},
};

/// Hours in which an organisation cannot find volunteers, as a rule.
const SOON_HOURS: i64 = 72;
/// Hours of a long day.
const LONG_HOURS: i64 = 8;
/// The night begins, in Paris.
const NIGHT_FROM: u32 = 23;
/// And ends.
const NIGHT_TO: u32 = 6;

/// What speaks against a mission as it is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// No slot is to come.
    Over,
    /// The first slot begins in so many hours.
    Soon(u32),
    /// A slot reaches into the night, 23 h to 6 h.
    Night,
    /// The longest slot has so many hours.
    Long(u32),
    /// The text names nobody who supervises.
    NoSupervision,
    /// The text says that nobody supervises, in these words.
    Unsupervised(String),
    /// The mission states no prerequisites.
    NoPrerequisites,
}

/// What speaks against a mission, the gravest first; `supervision` tells of people in charge, `texts` are all that is said of
/// it.
pub fn doubts(content: &MissionContent, supervision: &Signs, texts: &str, now: DateTime<Utc>) -> Vec<Doubt> {
    let to_come: Vec<&SlotPlan> = content.slots.iter().filter(|slot| slot.ends_at > now).collect();
    let dated: Vec<&SlotPlan> = to_come.iter().copied().filter(|slot| slot.kind == SlotKind::Dated).collect();
    let mut doubts = Vec::new();
    if to_come.is_empty() {
        doubts.push(Doubt::Over);
    }
    doubts.extend(unsupervised(supervision, texts));
    if let Some(first) = dated.iter().map(|slot| slot.starts_at).min() {
        let hours = (first - now).num_hours();
        if hours < SOON_HOURS {
            doubts.push(Doubt::Soon(u32::try_from(hours).unwrap_or_default()));
        }
    }
    if !content.remote && dated.iter().any(|slot| is_at_night(slot)) {
        doubts.push(Doubt::Night);
    }
    let longest = dated.iter().map(|slot| slot.ends_at - slot.starts_at).max().unwrap_or_default();
    if longest > Duration::hours(LONG_HOURS) {
        doubts.push(Doubt::Long(u32::try_from((longest + Duration::minutes(59)).num_hours()).unwrap_or_default()));
    }
    if content.prerequisites.trim().is_empty() {
        doubts.push(Doubt::NoPrerequisites);
    }
    doubts
}

fn unsupervised(supervision: &Signs, texts: &str) -> Option<Doubt> {
    match supervision.in_words(&Words::of(texts)).into_iter().next() {
        None => Some(Doubt::NoSupervision),
        Some(mention) if mention.denied => Some(Doubt::Unsupervised(mention.words)),
        Some(_) => None,
    }
}

/// Whether a slot has a part of it between 23 h and 6 h of Paris.
fn is_at_night(slot: &SlotPlan) -> bool {
    let (from, to) = (paris::to_paris(slot.starts_at), paris::to_paris(slot.ends_at));
    from.hour() < NIGHT_TO || from.date().and_hms_opt(NIGHT_FROM, 0, 0).is_some_and(|night| to > night)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use uuid::Uuid;

    use super::*;

    fn at(day: u32, hour: u32) -> DateTime<Utc> {
        // In winter Paris is one hour ahead.
        Utc.with_ymd_and_hms(2026, 12, day, hour, 0, 0).single().unwrap() - Duration::hours(1)
    }

    fn mission(slots: &[(DateTime<Utc>, DateTime<Utc>)]) -> MissionContent {
        let slot = |(starts_at, ends_at): &(DateTime<Utc>, DateTime<Utc>)| SlotPlan {
            id: Uuid::nil(),
            kind: SlotKind::Dated,
            starts_at: *starts_at,
            ends_at: *ends_at,
            places: 4,
            organisation: None,
        };
        MissionContent {
            prerequisites: "Savoir lire.".to_owned(),
            slots: slots.iter().map(slot).collect(),
            ..MissionContent::default()
        }
    }

    fn found(content: &MissionContent, text: &str) -> Vec<Doubt> {
        doubts(content, &Signs::read("encadr, responsab"), text, at(1, 9))
    }

    const LED: &str = "Une responsable vous accueille.";

    #[test]
    fn a_mission_by_day_with_somebody_in_charge_leaves_nothing_open() {
        assert_eq!(found(&mission(&[(at(8, 9), at(8, 12))]), LED), []);
    }

    #[test]
    fn it_is_over_or_begins_too_soon() {
        assert_eq!(found(&mission(&[(at(1, 6), at(1, 8))]), LED), [Doubt::Over]);
        assert_eq!(found(&mission(&[(at(2, 9), at(2, 12)), (at(9, 9), at(9, 12))]), LED), [Doubt::Soon(24)]);
        assert_eq!(found(&mission(&[(at(1, 8), at(1, 12))]), LED), [Doubt::Soon(0)]);
        assert_eq!(found(&mission(&[(at(4, 9), at(4, 12))]), LED), []);
    }

    #[test]
    fn the_night_is_that_of_paris() {
        for (from, to, night) in [
            (at(8, 20), at(8, 23), false),
            (at(8, 20), at(8, 23) + Duration::minutes(1), true),
            (at(8, 22), at(9, 0), true),
            (at(8, 22), at(9, 1), true),
            (at(8, 5), at(8, 9), true),
            (at(8, 6), at(8, 9), false),
        ] {
            assert_eq!(found(&mission(&[(from, to)]), LED).contains(&Doubt::Night), night, "{from} {to}");
        }
        let home = MissionContent { remote: true, ..mission(&[(at(8, 22), at(9, 1))]) };
        assert_eq!(found(&home, LED), []);
    }

    #[test]
    fn a_long_day_is_told_in_started_hours() {
        assert_eq!(found(&mission(&[(at(8, 8), at(8, 16))]), LED), []);
        let long = mission(&[(at(8, 8), at(8, 17) + Duration::minutes(1))]);
        assert_eq!(found(&long, LED), [Doubt::Long(10)]);
    }

    #[test]
    fn somebody_has_to_be_in_charge() {
        let planned = mission(&[(at(8, 9), at(8, 12))]);
        assert_eq!(found(&planned, "On se retrouve là-bas."), [Doubt::NoSupervision]);
        assert_eq!(found(&planned, "Nous n’avons pas d’encadrant."), [Doubt::Unsupervised("encadrant".to_owned())]);
        assert_eq!(found(&planned, "Pas d’encadrant le matin, une responsable l’après-midi."), []);
    }

    #[test]
    fn no_prerequisites_are_told() {
        let any = MissionContent { prerequisites: " ".to_owned(), ..mission(&[(at(8, 9), at(8, 12))]) };
        assert_eq!(found(&any, LED), [Doubt::NoPrerequisites]);
    }
}
