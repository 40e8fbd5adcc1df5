//! What happens by itself: one letter a morning on what will soon be due, and one on what is overdue.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    actor::{Actor, Grant, Locale},
    ids::MunicipalityId,
    reviews::ReviewStatus,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::queries::versions;
use crate::{
    accounts::queries::holders,
    backend::Backend,
    entity::{municipality, review},
    error::Result,
    mail::{Mail, MailKind},
    missions::queries::content,
    network::queries as towns,
    store::{Step, Work},
};

/// Which of the two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notice {
    /// To who took it, or to all who review in the town: it is due soon.
    Reminder,
    /// To whom the town says: it is overdue.
    Escalation,
}

impl Notice {
    const fn column(self) -> review::Column {
        match self {
            Self::Reminder => review::Column::RemindAt,
            Self::Escalation => review::Column::EscalateAt,
        }
    }

    /// What the history of the review says.
    const fn step(self) -> &'static str {
        match self {
            Self::Reminder => "reminded",
            Self::Escalation => "escalated",
        }
    }

    const fn mail(self) -> MailKind {
        match self {
            Self::Reminder => MailKind::ReviewsDueSoon,
            Self::Escalation => MailKind::ReviewsOverdue,
        }
    }
}

/// Sends the letters that are due; a run that was missed is made up for by the next one. Tells how many files they
/// were about.
///
/// # Errors
/// When the database cannot be reached.
pub async fn remind(backend: &Backend) -> Result<usize> {
    let mut told = 0;
    for notice in [Notice::Reminder, Notice::Escalation] {
        let now = backend.clock.now();
        let waiting: Vec<Uuid> = review::Entity::find()
            .select_only()
            .column(review::Column::MunicipalityId)
            .distinct()
            .filter(notice.column().lte(now))
            .into_tuple()
            .all(backend.store.read())
            .await?;
        for town in waiting {
            told += tell_town(backend, notice, MunicipalityId(town)).await?;
        }
    }
    Ok(told)
}

/// One town, one transaction. The conditional write is what lets two servers share the work: a file is told of once.
async fn tell_town(backend: &Backend, notice: Notice, town: MunicipalityId) -> Result<usize> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let town = towns::by_id(&work.tx, town).await?;
    let due = review::Entity::find()
        .filter(review::Column::MunicipalityId.eq(town.id))
        .filter(notice.column().lte(work.now))
        .order_by_asc(review::Column::DueAt)
        .order_by_asc(review::Column::Id)
        .lock_exclusive()
        .all(&work.tx)
        .await?;
    let mut files = Vec::new();
    for row in due {
        let told = review::Entity::update_many()
            .col_expr(notice.column(), Expr::value(None::<DateTime<Utc>>))
            .filter(review::Column::Id.eq(row.id))
            .filter(notice.column().lte(work.now))
            .exec(&work.tx)
            .await?;
        let open = ReviewStatus::parse(&row.status).is_some_and(ReviewStatus::is_open);
        // A reminder that the server was not there to send is no use once it is too late.
        if told.rows_affected == 1 && open && (notice == Notice::Escalation || row.due_at > work.now) {
            files.push(row);
        }
    }
    tell(&work, notice, &town, &files).await?;
    work.commit().await?;
    Ok(files.len())
}

async fn tell(work: &Work, notice: Notice, town: &municipality::Model, files: &[review::Model]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let titles = titles(work, files).await?;
    for ((email, locale), files) in recipients(work, notice, town, files).await? {
        let locale = Locale::parse(&locale).unwrap_or_default();
        let line = |row: &&review::Model| {
            let title = titles.get(&row.id).map(String::as_str).unwrap_or_default();
            format!("{title} ({})", app::ui::time::instant(locale, row.due_at))
        };
        let list = files.iter().map(line).collect::<Vec<_>>().join("\n");
        let count = files.len().to_string();
        let facts = [("town", town.name.as_str()), ("count", count.as_str()), ("list", list.as_str())];
        let path = match (notice, files.as_slice()) {
            (_, [only]) => app::routes::review(&town.insee, only.id.into()),
            (Notice::Reminder, _) => app::routes::coordination(&town.insee),
            (Notice::Escalation, _) => format!("{}?onglet=en-retard", app::routes::coordination(&town.insee)),
        };
        work.mail(&email, locale, Mail { kind: notice.mail(), facts: &facts, path: &path }).await?;
    }
    for row in files {
        work.record(Step {
            subject: "review",
            id: row.id,
            municipality: Some(MunicipalityId(town.id)),
            from: Some(&row.status),
            to: notice.step(),
            reason: None,
        })
        .await?;
    }
    Ok(())
}

/// E-mail and language, and the files that person is told of: in the order of the files.
async fn recipients<'a>(
    work: &Work,
    notice: Notice,
    town: &municipality::Model,
    files: &'a [review::Model],
) -> Result<BTreeMap<(String, String), Vec<&'a review::Model>>> {
    let mut told: BTreeMap<(String, String), Vec<&review::Model>> = BTreeMap::new();
    if let (Notice::Escalation, Some(email)) = (notice, &town.escalation_email) {
        told.insert((email.clone(), Locale::default().as_str().to_owned()), files.iter().collect());
        return Ok(told);
    }
    let coordinators = holders(&work.tx, Grant::Coordinator(MunicipalityId(town.id))).await?;
    for row in files {
        let taker = coordinators.iter().find(|one| Some(one.id) == row.taken_by);
        for person in &coordinators {
            if notice == Notice::Escalation || taker.is_none_or(|taker| taker.id == person.id) {
                told.entry((person.email.clone(), person.locale.clone())).or_default().push(row);
            }
        }
    }
    Ok(told)
}

/// Titles of the missions as they were submitted, by review.
async fn titles(work: &Work, files: &[review::Model]) -> Result<HashMap<Uuid, String>> {
    let versions = versions(&work.tx, files).await?;
    files
        .iter()
        .filter_map(|row| Some((row.id, versions.get(&row.mission_version_id)?)))
        .map(|(id, version)| Ok((id, content(version)?.title)))
        .collect()
}
