//! What happens by itself: one letter a morning on what will soon be due, and one on what is overdue; missions and
//! organisations stand in the same letter.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    entity::{municipality, organisation, organisation_review, review},
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
    /// What the history of the file says.
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

/// The column of a table of files in which the time of a letter stands.
macro_rules! column {
    ($table:ident, $notice:expr) => {
        match $notice {
            Notice::Reminder => $table::Column::RemindAt,
            Notice::Escalation => $table::Column::EscalateAt,
        }
    };
}

/// The towns that have a letter due on a file of a table.
macro_rules! waiting {
    ($backend:expr, $table:ident, $notice:expr) => {
        $table::Entity::find()
            .select_only()
            .column($table::Column::MunicipalityId)
            .distinct()
            .filter(column!($table, $notice).lte($backend.clock.now()))
            .into_tuple::<Uuid>()
            .all($backend.store.read())
            .await?
    };
}

/// The open files of a table whose letter is due. The conditional write is what lets two servers share the work: a file is
/// told of once.
macro_rules! claimed {
    ($work:expr, $table:ident, $notice:expr, $town:expr) => {{
        let column = column!($table, $notice);
        let due = $table::Entity::find()
            .filter($table::Column::MunicipalityId.eq($town))
            .filter(column.lte($work.now))
            .order_by_asc($table::Column::DueAt)
            .order_by_asc($table::Column::Id)
            .lock_exclusive()
            .all(&$work.tx)
            .await?;
        let mut files = Vec::new();
        for row in due {
            let told = $table::Entity::update_many()
                .col_expr(column, Expr::value(None::<DateTime<Utc>>))
                .filter($table::Column::Id.eq(row.id))
                .filter(column.lte($work.now))
                .exec(&$work.tx)
                .await?;
            let open = ReviewStatus::parse(&row.status).is_some_and(ReviewStatus::is_open);
            // A reminder that the server was not there to send is no use once it is too late.
            if told.rows_affected == 1 && open && ($notice == Notice::Escalation || row.due_at > $work.now) {
                files.push(row);
            }
        }
        files
    }};
}

/// A file that a letter tells of.
struct File {
    subject: &'static str,
    id: Uuid,
    title: String,
    path: String,
    status: String,
    due_at: DateTime<Utc>,
    taken_by: Option<Uuid>,
}

/// Sends the letters that are due; a run that was missed is made up for by the next one. Tells how many files they
/// were about.
///
/// # Errors
/// When the database cannot be reached.
pub async fn remind(backend: &Backend) -> Result<usize> {
    let mut told = 0;
    for notice in [Notice::Reminder, Notice::Escalation] {
        let mut waiting: BTreeSet<Uuid> = waiting!(backend, review, notice).into_iter().collect();
        waiting.extend(waiting!(backend, organisation_review, notice));
        for town in waiting {
            told += tell_town(backend, notice, MunicipalityId(town)).await?;
        }
    }
    Ok(told)
}

/// One town, one transaction.
async fn tell_town(backend: &Backend, notice: Notice, town: MunicipalityId) -> Result<usize> {
    let work = Work::begin(backend, &Actor::default()).await?;
    let town = towns::by_id(&work.tx, town).await?;
    let mut files = of_missions(&work, claimed!(work, review, notice, town.id), &town).await?;
    files.extend(of_organisations(&work, claimed!(work, organisation_review, notice, town.id), &town).await?);
    files.sort_by_key(|file| (file.due_at, file.id));
    tell(&work, notice, &town, &files).await?;
    work.commit().await?;
    Ok(files.len())
}

/// With the titles of the missions as they were submitted.
async fn of_missions(work: &Work, rows: Vec<review::Model>, town: &municipality::Model) -> Result<Vec<File>> {
    let versions = if rows.is_empty() { HashMap::new() } else { versions(&work.tx, &rows).await? };
    rows.into_iter()
        .map(|row| {
            let version = versions.get(&row.mission_version_id);
            Ok(File {
                subject: "review",
                id: row.id,
                title: version.map(content).transpose()?.map(|content| content.title).unwrap_or_default(),
                path: app::routes::review(&town.insee, row.id.into()),
                status: row.status,
                due_at: row.due_at,
                taken_by: row.taken_by,
            })
        })
        .collect()
}

async fn of_organisations(
    work: &Work,
    rows: Vec<organisation_review::Model>,
    town: &municipality::Model,
) -> Result<Vec<File>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.organisation_id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(&work.tx).await?;
    let names: HashMap<Uuid, String> = found.into_iter().map(|row| (row.id, row.name)).collect();
    let file = |row: organisation_review::Model| File {
        subject: "organisation_review",
        id: row.id,
        title: names.get(&row.organisation_id).cloned().unwrap_or_default(),
        path: app::routes::coordination_organisation(&town.insee, row.organisation_id.into()),
        status: row.status,
        due_at: row.due_at,
        taken_by: row.taken_by,
    };
    Ok(rows.into_iter().map(file).collect())
}

async fn tell(work: &Work, notice: Notice, town: &municipality::Model, files: &[File]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    for ((email, locale), files) in recipients(work, notice, town, files).await? {
        let locale = Locale::parse(&locale).unwrap_or_default();
        let line = |file: &&File| format!("{} ({})", file.title, app::ui::time::instant(locale, file.due_at));
        let list = files.iter().map(line).collect::<Vec<_>>().join("\n");
        let count = files.len().to_string();
        let facts = [("town", town.name.as_str()), ("count", count.as_str()), ("list", list.as_str())];
        let path = match (notice, files.as_slice()) {
            (_, [only]) => only.path.clone(),
            (Notice::Reminder, _) => app::routes::coordination(&town.insee),
            (Notice::Escalation, _) => format!("{}?onglet=en-retard", app::routes::coordination(&town.insee)),
        };
        work.mail(&email, locale, Mail { kind: notice.mail(), facts: &facts, path: &path }).await?;
    }
    for file in files {
        work.record(Step {
            subject: file.subject,
            id: file.id,
            municipality: Some(MunicipalityId(town.id)),
            from: Some(&file.status),
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
    files: &'a [File],
) -> Result<BTreeMap<(String, String), Vec<&'a File>>> {
    let mut told: BTreeMap<(String, String), Vec<&File>> = BTreeMap::new();
    if let (Notice::Escalation, Some(email)) = (notice, &town.escalation_email) {
        told.insert((email.clone(), Locale::default().as_str().to_owned()), files.iter().collect());
        return Ok(told);
    }
    let coordinators = holders(&work.tx, Grant::Coordinator(MunicipalityId(town.id))).await?;
    for file in files {
        let taker = coordinators.iter().find(|one| Some(one.id) == file.taken_by);
        for person in &coordinators {
            if notice == Notice::Escalation || taker.is_none_or(|taker| taker.id == person.id) {
                told.entry((person.email.clone(), person.locale.clone())).or_default().push(file);
            }
        }
    }
    Ok(told)
}
