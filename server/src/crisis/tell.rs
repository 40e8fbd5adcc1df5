//! Who is told what when measures begin, change and end: one e-mail a person, whatever concerns them.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    i18n::{Text, Texts, k::crisis as c, k::mails as m},
    routes,
    ui::time,
};
use domain::{
    actor::{Grant, Locale},
    crisis::Scope,
    ids::{MunicipalityId, OrganisationId},
};
use uuid::Uuid;

use super::{
    effect::{self, Around, Found, Held},
    queries,
};
use crate::{
    accounts::queries::{full_name, holders},
    entity::{account, crisis_measures, mission, municipality},
    error::Result,
    mail::{Mail, MailKind},
    missions::queries::line,
    store::Work,
};

/// What measures do, in a line for the history.
pub fn figures(found: &Found) -> String {
    let (t, n) = (Texts(Locale::Fr), |count: usize| u32::try_from(count).unwrap_or(u32::MAX));
    [
        t.count(c::FIGURE_SUSPENDED, n(found.suspended.len())),
        t.count(c::FIGURE_ACKNOWLEDGE, n(found.to_acknowledge.len())),
        t.count(c::FIGURE_HOME, n(found.kept_home.len())),
    ]
    .join(", ")
}

/// Measures as e-mails name them.
struct Said<'a> {
    row: &'a crisis_measures::Model,
    /// The towns concerned.
    towns: Vec<municipality::Model>,
}

impl<'a> Said<'a> {
    async fn of(work: &Work, row: &'a crisis_measures::Model) -> Result<Self> {
        let towns = queries::towns(&work.tx).await?.into_values();
        let scope = queries::scope(row);
        Ok(Self { row, towns: towns.filter(|town| scope.covers(MunicipalityId(town.id))).collect() })
    }

    fn place(&self, locale: Locale) -> String {
        match (queries::scope(self.row), self.towns.as_slice()) {
            (Scope::Town(_), [town]) => town.name.clone(),
            _ => Texts(locale).get(m::CRISIS_EVERYWHERE).to_owned(),
        }
    }

    /// Tells somebody; `list` is what concerns them, in their language.
    async fn send(
        &self,
        work: &Work,
        to: &account::Model,
        (kind, path): (MailKind, &str),
        list: impl Fn(Texts) -> String,
    ) -> Result<()> {
        let locale = Locale::parse(&to.locale).unwrap_or_default();
        let (list, place, until) = (list(Texts(locale)), self.place(locale), time::date(locale, self.row.last_day));
        let facts = [
            ("name", to.given_name.as_str()),
            ("measures", &self.row.title),
            ("place", &place),
            ("until", &until),
            ("list", &list),
        ];
        work.mail(&to.email, locale, Mail { kind, facts: &facts, path }).await
    }

    async fn send_to(
        &self,
        work: &Work,
        role: Grant,
        (kind, path): (MailKind, &str),
        list: impl Fn(Texts) -> String,
    ) -> Result<()> {
        for person in holders(&work.tx, role).await? {
            self.send(work, &person, (kind, path), &list).await?;
        }
        Ok(())
    }
}

/// A headline with its lines; nothing where there are none.
fn section(t: Texts, headline: Text, lines: &[String]) -> Option<String> {
    let lines: Vec<String> = lines.iter().map(|line| format!("• {line}")).collect();
    (!lines.is_empty()).then(|| format!("{}\n{}", t.get(headline), lines.join("\n")))
}

fn sections(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

fn when(t: Texts, around: &Around, slot: Uuid) -> String {
    around
        .slots
        .get(&slot)
        .map(line)
        .map_or_else(String::new, |line| time::slot(t, line.kind, line.starts_at, line.ends_at))
}

fn title(around: &Around, mission: Uuid) -> String {
    around.missions.get(&mission).map(|line| line.title.clone()).unwrap_or_default()
}

/// What concerns one organisation.
#[derive(Default)]
struct OfOrganisation {
    suspended: Vec<Uuid>,
    home: Vec<Held>,
    large: Vec<(Uuid, Uuid)>,
}

impl OfOrganisation {
    fn say(&self, t: Texts, around: &Around) -> String {
        let name = |id: &Uuid| around.people.get(id).map(|(account, _)| full_name(account)).unwrap_or_default();
        let suspended: Vec<_> = self.suspended.iter().map(|id| title(around, *id)).collect();
        let home: Vec<_> = self
            .home
            .iter()
            .map(|held| {
                format!("{}, {}, {}", name(&held.volunteer), title(around, held.mission), when(t, around, held.slot))
            })
            .collect();
        let large: Vec<_> = self
            .large
            .iter()
            .map(|(mission, slot)| format!("{}, {}", title(around, *mission), when(t, around, *slot)))
            .collect();
        sections([
            section(t, m::CRISIS_SECTION_SUSPENDED, &suspended),
            section(t, m::CRISIS_SECTION_HOME, &home),
            section(t, m::CRISIS_SECTION_LARGE, &large),
        ])
    }
}

/// What concerns one volunteer.
#[derive(Default)]
struct OfVolunteer {
    suspended: BTreeSet<Uuid>,
    home: Vec<Held>,
    acknowledge: bool,
}

impl OfVolunteer {
    fn say(&self, t: Texts, around: &Around) -> String {
        let suspended: Vec<_> = self.suspended.iter().map(|id| title(around, *id)).collect();
        let home: Vec<_> = self
            .home
            .iter()
            .map(|held| format!("{}, {}", title(around, held.mission), when(t, around, held.slot)))
            .collect();
        sections([
            section(t, m::CRISIS_SECTION_DO_NOT_COME, &suspended),
            section(t, m::CRISIS_SECTION_STAY_HOME, &home),
            self.acknowledge.then(|| t.get(m::CRISIS_SECTION_ACKNOWLEDGE).to_owned()),
        ])
    }
}

/// Tells organisations, volunteers and coordinators what begins.
pub(super) async fn begun(work: &Work, row: &crisis_measures::Model, around: &Around, found: &Found) -> Result<()> {
    let said = Said::of(work, row).await?;
    organisations(work, &said, around, found).await?;
    volunteers(work, &said, around, found).await?;
    for town in &said.towns {
        let here = |mission: &Uuid| around.missions.get(mission).is_some_and(|line| line.municipality_id == town.id);
        let suspended: Vec<_> = found.suspended.iter().filter(|id| here(id)).map(|id| title(around, *id)).collect();
        let people = found.to_acknowledge.values().filter(|missions| missions.iter().any(here)).count();
        let home = found.kept_home.iter().filter(|held| here(&held.mission)).count();
        let n = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let list = |t: Texts| {
            sections([
                section(t, m::CRISIS_SECTION_REVIEW, &suspended),
                Some([t.count(c::FIGURE_ACKNOWLEDGE, n(people)), t.count(c::FIGURE_HOME, n(home))].join(", ")),
            ])
        };
        let path = routes::measures(&town.insee);
        let role = Grant::Coordinator(MunicipalityId(town.id));
        said.send_to(work, role, (MailKind::CrisisCoordinator, &path), list).await?;
    }
    Ok(())
}

/// Tells organisations and volunteers what a change of measures adds.
pub(super) async fn amended(work: &Work, row: &crisis_measures::Model, around: &Around, added: &Found) -> Result<()> {
    let said = Said::of(work, row).await?;
    organisations(work, &said, around, added).await?;
    volunteers(work, &said, around, added).await
}

async fn organisations(work: &Work, said: &Said<'_>, around: &Around, found: &Found) -> Result<()> {
    let mut concerned: BTreeMap<OrganisationId, OfOrganisation> = BTreeMap::new();
    let parts = around.parts();
    for id in &found.suspended {
        for organisation in parts.get(id).into_iter().flatten() {
            concerned.entry(*organisation).or_default().suspended.push(*id);
        }
    }
    // A volunteer's name and age are for whoever answers for the slot, and nobody else.
    for held in &found.kept_home {
        if let Some(organisation) = around.holder(held.slot) {
            concerned.entry(organisation).or_default().home.push(held.clone());
        }
    }
    for slot in found.large.iter().filter_map(|id| around.slots.get(id)) {
        if let Some(organisation) = around.holder(slot.id) {
            concerned.entry(organisation).or_default().large.push((slot.mission_id, slot.id));
        }
    }
    for (id, concerns) in concerned {
        let (path, list) = (routes::organisation_space(id), |t: Texts| concerns.say(t, around));
        said.send_to(work, Grant::OrganisationAdmin(id), (MailKind::CrisisOrganisation, &path), list).await?;
    }
    Ok(())
}

async fn volunteers(work: &Work, said: &Said<'_>, around: &Around, found: &Found) -> Result<()> {
    let mut concerned: BTreeMap<Uuid, OfVolunteer> = BTreeMap::new();
    for held in around.held.iter().filter(|held| found.suspended.contains(&held.mission)) {
        concerned.entry(held.volunteer).or_default().suspended.insert(held.mission);
    }
    for held in &found.kept_home {
        concerned.entry(held.volunteer).or_default().home.push(held.clone());
    }
    for id in found.to_acknowledge.keys() {
        concerned.entry(*id).or_default().acknowledge = true;
    }
    for (id, concerns) in concerned {
        let Some((account, _)) = around.people.get(&id) else { continue };
        let list = |t: Texts| concerns.say(t, around);
        said.send(work, account, (MailKind::CrisisVolunteer, routes::MY_SPACE), list).await?;
    }
    Ok(())
}

/// Tells organisations and volunteers what is online again, and coordinators that it is over. Those who are offered a place (by
/// mission and volunteer) are not counted on, and were told until when they may answer.
pub(super) async fn ended(
    work: &Work,
    row: &crisis_measures::Model,
    back: &[mission::Model],
    offered: &BTreeSet<(Uuid, Uuid)>,
) -> Result<()> {
    let said = Said::of(work, row).await?;
    let around = effect::around(&work.tx, queries::scope(row), work.now).await?;
    let lines = |missions: &[&mission::Model]| -> String {
        missions.iter().map(|mission| format!("• {}", mission.title)).collect::<Vec<_>>().join("\n")
    };
    let mut by_organisation: BTreeMap<OrganisationId, Vec<&mission::Model>> = BTreeMap::new();
    let parts = around.parts();
    for mission in back {
        for organisation in parts.get(&mission.id).into_iter().flatten() {
            by_organisation.entry(*organisation).or_default().push(mission);
        }
    }
    for (id, missions) in by_organisation {
        let list = lines(&missions);
        let (path, list) = (routes::organisation_space(id), |_| list.clone());
        said.send_to(work, Grant::OrganisationAdmin(id), (MailKind::CrisisBackOrganisation, &path), list).await?;
    }
    let mut by_volunteer: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    let counted_on = |held: &&Held| !offered.contains(&(held.mission, held.volunteer));
    let theirs = around.held.iter().filter(|held| back.iter().any(|mission| mission.id == held.mission));
    for held in theirs.filter(counted_on) {
        by_volunteer.entry(held.volunteer).or_default().insert(held.mission);
    }
    for (id, missions) in by_volunteer {
        let Some((account, _)) = around.people.get(&id) else { continue };
        let list = missions.iter().map(|id| format!("• {}", title(&around, *id))).collect::<Vec<_>>().join("\n");
        said.send(work, account, (MailKind::CrisisBackVolunteer, routes::MY_SPACE), |_| list.clone()).await?;
    }
    for town in &said.towns {
        let here: Vec<&mission::Model> = back.iter().filter(|mission| mission.municipality_id == town.id).collect();
        let list = |t: Texts| match lines(&here) {
            none if none.is_empty() => t.get(m::CRISIS_NOTHING_BACK).to_owned(),
            lines => format!("{}\n{lines}", t.get(m::CRISIS_SECTION_BACK)),
        };
        let (role, path) = (Grant::Coordinator(MunicipalityId(town.id)), routes::measures(&town.insee));
        said.send_to(work, role, (MailKind::CrisisOver, &path), list).await?;
    }
    Ok(())
}
