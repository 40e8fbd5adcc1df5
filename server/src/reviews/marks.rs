//! What the lines of a queue warn of, so that a coordinator sees what to look at first.

use domain::{
    actor::Locale,
    ids::MunicipalityId,
    reviews::{Mark, feasible::Doubt},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    duplicates::counts::{self, Sought},
    queue::Line,
    telltales::Telltales,
};
use crate::{backend::Backend, crisis::queries as crisis, error::Result, supplies::reserve::Shelf};

/// Puts them on the lines of a town: a dozen questions whatever their number.
pub(super) async fn put(backend: &Backend, locale: Locale, town: MunicipalityId, lines: &mut [Line]) -> Result<()> {
    let (db, now) = (backend.store.read(), backend.clock.now());
    let sought: Vec<Sought<'_>> =
        lines.iter().map(|line| Sought { mission: &line.mission, content: &line.content, hash: &line.hash }).collect();
    let duplicates = counts::counted(backend, town, &sought).await?;
    let shelf = shelf(db, locale, town, lines).await?;
    let telltales = Telltales::read(db, locale).await?;
    let measures = crisis::of_town(db, town, now).await?;
    for line in lines {
        let (mission, content) = (&line.mission, &line.content);
        let mut marks = Vec::new();
        if !measures.allow(content.domain.as_deref(), now) {
            marks.push(Mark::Forbidden);
        }
        match duplicates.get(&mission.id) {
            None => marks.push(Mark::NotCompared),
            Some(0) => {}
            Some(count) => marks.push(Mark::Duplicates(*count)),
        }
        let dangers: Vec<String> = telltales.safety(content, 0).dangers.into_iter().map(|(label, _)| label).collect();
        if !dangers.is_empty() {
            marks.push(Mark::Dangers(dangers));
        }
        let doubts = telltales.doubts(content, &mission.practical, now);
        if doubts.iter().any(|doubt| matches!(doubt, Doubt::Unsupervised(_))) {
            marks.push(Mark::Unsupervised);
        }
        let supplies = shelf.panel(mission.id, content, now);
        let short: Vec<String> = supplies.missing().map(|(line, _)| line.kind.label.clone()).collect();
        if !short.is_empty() {
            marks.push(Mark::Short(short));
        }
        line.row.marks = marks;
    }
    Ok(())
}

async fn shelf(db: &impl ConnectionTrait, locale: Locale, town: MunicipalityId, lines: &[Line]) -> Result<Shelf> {
    let missions: Vec<Uuid> = lines.iter().map(|line| line.mission.id).collect();
    Shelf::read(db, locale, town.0, &missions).await
}
