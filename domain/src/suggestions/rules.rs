//! Which missions fit somebody, and how well; asked the other way round, who fits a mission ([`crate::cover`]). Pure: everything
//! comes from the caller.
//!
//! What a person cannot take is left out: full, over, not online, too young, kept from it by measures, at the same time as what
//! they have already or beyond 24 hours a week with it, farther than they go, never when they are free. What is left is ranked by what it has in common
//! with them: each thing in common adds points and none takes any away.

use chrono::{DateTime, NaiveDate, Utc};

use super::Reason;
use crate::{
    applications::rules::{Span, check_age, check_weekly, overlaps},
    crisis::InForce,
    ids::{MissionId, MunicipalityId, NeighbourhoodId, SlotId},
    missions::{MissionStatus, SlotKind},
    profiles::{Language, Means, Profile},
};

/// How far it may be where somebody did not say how far they go, in kilometres.
const USUAL_KM: u32 = 20;

/// A place on earth: degrees north and east (WGS 84).
pub type Position = (f64, f64);

/// Where somebody starts from.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Home {
    /// Their town, when it is one of the network.
    pub town: Option<MunicipalityId>,
    /// Where it is.
    pub position: Option<Position>,
}

/// Whom missions are suggested to.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// Birth date.
    pub birth: NaiveDate,
    /// Where they start from.
    pub home: Home,
    /// What they say of themself.
    pub profile: &'a Profile,
    /// The dated slots that they have already.
    pub busy: &'a [Span],
}

/// A slot, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenSlot {
    /// Which.
    pub id: SlotId,
    /// Dated, or an open period.
    pub kind: SlotKind,
    /// Beginning and end.
    pub span: Span,
    /// Places that nobody has.
    pub left: u32,
}

/// A mission, as far as it matters here.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// Which.
    pub id: MissionId,
    /// Where it stands.
    pub status: MissionStatus,
    /// The code of its domain.
    pub domain: &'a str,
    /// Its town.
    pub town: MunicipalityId,
    /// Where that is.
    pub position: Option<Position>,
    /// The part of the town.
    pub neighbourhood: Option<NeighbourhoodId>,
    /// Whether it is done from home.
    pub remote: bool,
    /// Whether volunteers of 16 and 17 may come.
    pub open_to_minors: bool,
    /// Its slots that are offered.
    pub slots: Vec<OpenSlot>,
    /// Codes of the skills that serve in its domain.
    pub skills: Vec<&'a str>,
    /// What of the person's means its text speaks of.
    pub means: Vec<Means>,
    /// Which of the person's languages its text speaks of.
    pub languages: Vec<Language>,
    /// The measures of its town.
    pub measures: &'a InForce,
}

/// Kilometres between two places, as the crow flies.
pub fn distance_km(a: Position, b: Position) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (north, east) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let half = north.sin().powi(2) + lat_a.cos() * lat_b.cos() * east.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * half.sqrt().min(1.0).asin()
}

impl Person<'_> {
    /// The farthest that a mission on site may be, in kilometres.
    pub fn reach_km(&self) -> u32 {
        self.profile.radius.unwrap_or(USUAL_KM)
    }

    /// Whether this person can take a slot.
    fn may_take(&self, mission: &Candidate<'_>, slot: &OpenSlot, now: DateTime<Utc>) -> bool {
        let ahead = match slot.kind {
            SlotKind::Dated => slot.span.0 > now,
            SlotKind::OpenPeriod => slot.span.1 > now,
        };
        let free = slot.kind == SlotKind::OpenPeriod
            || (!self.busy.iter().any(|busy| overlaps(*busy, slot.span))
                && check_weekly(self.busy, &[slot.span]).is_ok());
        ahead
            && slot.left > 0
            && free
            && check_age(self.birth, slot.span.0, mission.open_to_minors).is_ok()
            && mission.measures.may_take(self.birth, mission.remote, slot.span).is_ok()
    }

    /// How near it is: points and the reason. `None` when it is too far; no reason when nobody knows.
    fn near(&self, mission: &Candidate<'_>) -> Option<(u32, Option<Reason>)> {
        if mission.remote {
            let liked = self.profile.remote;
            return Some(if liked { (3, Some(Reason::Remote)) } else { (0, None) });
        }
        if self.home.town == Some(mission.town) {
            let own = mission.neighbourhood.is_some() && mission.neighbourhood == self.profile.neighbourhood;
            return Some(if own { (4, Some(Reason::Neighbourhood)) } else { (3, Some(Reason::Town)) });
        }
        let (Some(home), Some(there)) = (self.home.position, mission.position) else {
            // A place that nobody knows is near nobody who said where they are.
            return self.home.position.is_none().then_some((0, None));
        };
        let km = distance_km(home, there);
        let points = if km <= 5.0 { 2 } else { 1 };
        (km <= f64::from(self.reach_km())).then(|| (points, Some(Reason::Near(whole_km(km)))))
    }

    /// The first slot that can be taken and, if this person said when they are free, lies then; whether it does.
    fn moment(&self, mission: &Candidate<'_>, now: DateTime<Utc>) -> Option<(OpenSlot, bool)> {
        let mut open: Vec<&OpenSlot> = mission.slots.iter().filter(|slot| self.may_take(mission, slot, now)).collect();
        open.sort_by_key(|slot| (slot.span, slot.id));
        let grid = self.profile.availability;
        if grid.is_empty() {
            return open.first().map(|slot| (**slot, false));
        }
        // At one's own pace fits whoever has any time.
        let fits = |slot: &&OpenSlot| slot.kind == SlotKind::OpenPeriod || grid.covers(slot.span);
        open.into_iter().find(fits).map(|slot| (*slot, true))
    }

    /// What a mission has in common with this person, and its points; `None` when it does not fit.
    pub fn weigh(&self, mission: &Candidate<'_>, now: DateTime<Utc>) -> Option<Weighed> {
        let online = mission.status == MissionStatus::Published && mission.measures.allow(Some(mission.domain), now);
        if !online {
            return None;
        }
        let (slot, free) = self.moment(mission, now)?;
        let (mut points, near) = self.near(mission)?;
        let mut reasons: Vec<Reason> = near.into_iter().collect();
        let mut add = |more: u32, reason: Reason| {
            points += more;
            reasons.push(reason);
        };
        if free {
            add(4, Reason::Moment(slot.kind, slot.span.0, slot.span.1));
        }
        if self.profile.liked.contains(mission.domain) {
            add(4, Reason::Liked);
        }
        for code in mission.skills.iter().filter(|code| self.profile.skills.contains(**code)) {
            add(3, Reason::Skill((*code).to_owned()));
        }
        for one in self.profile.languages.iter().filter(|one| mission.languages.contains(one)) {
            add(2, Reason::Language(*one));
        }
        for one in self.profile.means.iter().filter(|one| mission.means.contains(one)) {
            add(1, Reason::Means(*one));
        }
        (!reasons.is_empty()).then_some(Weighed { id: mission.id, points, starts_at: slot.span.0, reasons })
    }
}

/// How well a mission fits somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// The mission.
    pub id: MissionId,
    /// The more they have in common, the more.
    pub points: u32,
    /// When the slot begins that they may take.
    pub starts_at: DateTime<Utc>,
    /// Why; at least one.
    pub reasons: Vec<Reason>,
}

/// Rounded, and never «0 km».
fn whole_km(km: f64) -> u32 {
    (1..=200).find(|whole| km < f64::from(*whole) + 0.5).unwrap_or(200)
}

/// The missions that fit somebody, at most so many: those with most in common first, then those that begin first.
pub fn suggest(
    person: &Person<'_>,
    missions: &[Candidate<'_>],
    now: DateTime<Utc>,
    most: usize,
) -> Vec<(MissionId, Vec<Reason>)> {
    let mut fitting: Vec<Weighed> = missions.iter().filter_map(|mission| person.weigh(mission, now)).collect();
    fitting.sort_by_key(|one| (std::cmp::Reverse(one.points), one.starts_at, one.id));
    fitting.into_iter().take(most).map(|one| (one.id, one.reasons)).collect()
}
