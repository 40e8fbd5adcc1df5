//! The year before: missions that are long over, so that figures have something to tell.

use chrono::{Datelike, Duration};
use domain::{
    applications::ApplicationStatus::{Absent, Attended, Withdrawn},
    missions::MissionStatus,
    organisations::OrganisationStatus,
};

use super::{
    dice::Dice,
    missions::{Later, Plan},
    world::World,
};

const SEED: u64 = 0x5245_4E50_4F52_5431;
/// Weeks ago in which they took place: before those of which the other missions tell.
const WEEKS: std::ops::RangeInclusive<i64> = 10..=51;

impl World {
    /// Adds them, with chance of their own: everything else stays as it was.
    pub fn past_year(&mut self) -> anyhow::Result<()> {
        let others = std::mem::replace(&mut self.dice, Dice::of(SEED));
        let begun = self.online.len();
        let made = self.past_missions().and_then(|()| self.past_applications(begun));
        self.dice = others;
        made
    }

    fn past_missions(&mut self) -> anyhow::Result<()> {
        for week in WEEKS {
            for town in 0..self.towns.len() {
                // The first town has one or two a week, the others one now and then; in August there is less to do.
                let summer = (self.now - Duration::weeks(week)).month() == 8;
                let count = match town {
                    0 if summer => usize::from(self.dice.percent(40)),
                    0 => 1 + usize::from(self.dice.percent(45)),
                    _ => usize::from(self.dice.percent(if summer { 10 } else { 35 })),
                };
                for _ in 0..count {
                    self.past_mission(town, week)?;
                }
            }
        }
        Ok(())
    }

    fn past_mission(&mut self, town: usize, week: i64) -> anyhow::Result<()> {
        let hosts: Vec<usize> = (0..self.organisations.len())
            .filter(|index| {
                let host = &self.organisations[*index];
                host.town == town && host.status == OrganisationStatus::Approved && *index > 0
            })
            .collect();
        let organisation = *self.dice.pick(&hosts)?;
        let corpus = self.mission_text(organisation)?;
        let mut days: Vec<i64> = (0..self.dice.between(1, 2)).map(|_| -(week * 7 + self.dice.between(0, 6))).collect();
        days.sort_unstable();
        days.dedup();
        let slots: Vec<_> =
            days.into_iter().map(|day| self.dated(day, false, &corpus.when)).collect::<anyhow::Result<_>>()?;
        let (created_at, submitted_at, decided_at) = self.dates(MissionStatus::Closed, &slots)?;
        let id = self.dice.id();
        let practical = corpus.practical.clone();
        let content = self.content(corpus, town, slots)?;
        let plan = Plan {
            id,
            organisation,
            town,
            status: MissionStatus::Closed,
            content,
            practical,
            was_public: true,
            popular: false,
            older: false,
            later: Later::Never,
            created_at,
            submitted_at,
            decided_at,
        };
        self.versions(&plan)
    }

    fn past_applications(&mut self, begun: usize) -> anyhow::Result<()> {
        for online in begun..self.online.len() {
            for _ in 0..self.dice.between(2, 5) {
                let status = match self.dice.below(100) {
                    0..84 => Attended,
                    84..92 => Absent,
                    _ => Withdrawn,
                };
                self.somebody_with(online, status)?;
            }
        }
        Ok(())
    }
}
