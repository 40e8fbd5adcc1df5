//! Organisations of a town that may be the same, and «not the same because…».

use std::collections::HashMap;

use app::i18n::{Texts, k::organisations as o};
use domain::{
    actor::{Actor, Locale},
    error::{AppError, Problem},
    ids::{OrganisationId, OrganisationReviewId},
    organisations::{
        LookAlike, OrganisationStatus,
        likeness::{Card, Profile},
    },
    reviews::Dismissal,
    text,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use super::case::Case;
use crate::{
    accounts::tokens::digest,
    backend::Backend,
    entity::{municipality, organisation, organisation_verdict as verdict},
    error::{Result, told},
    reviews::queries::names,
    store::Work,
};

/// The most that are listed.
const MOST: usize = 10;

/// What is compared of an organisation: of two thousand, nothing more is read.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Known {
    /// Its id.
    pub id: Uuid,
    /// Where it stands.
    pub status: String,
    /// Its name.
    pub name: String,
    rna: Option<String>,
    siret: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    website: Option<String>,
}

impl Known {
    /// What tells it from another.
    pub fn card(&self) -> Card {
        Card {
            name: self.name.clone(),
            rna: self.rna.clone(),
            siret: self.siret.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            website: self.website.clone(),
        }
    }
}

impl From<&organisation::Model> for Known {
    fn from(row: &organisation::Model) -> Self {
        Self {
            id: row.id,
            status: row.status.clone(),
            name: row.name.clone(),
            rna: row.rna.clone(),
            siret: row.siret.clone(),
            email: row.email.clone(),
            phone: row.phone.clone(),
            website: row.website.clone(),
        }
    }
}

/// Organisations of a town, to be compared.
///
/// # Errors
/// When the database cannot be reached.
pub async fn of_town(db: &impl ConnectionTrait, town: Uuid) -> Result<Vec<Known>> {
    use organisation::Column::{Email, Id, MunicipalityId, Name, Phone, Rna, Siret, Status, Website};
    Ok(organisation::Entity::find()
        .select_only()
        .columns([Id, Status, Name, Rna, Siret, Email, Phone, Website])
        .filter(MunicipalityId.eq(town))
        .into_model::<Known>()
        .all(db)
        .await?)
}

/// The organisations of the town that look the same, best first; a draft is nobody's business yet.
///
/// # Errors
/// When the database cannot be reached.
pub async fn look_alikes(
    db: &impl ConnectionTrait,
    row: &organisation::Model,
    town: &municipality::Model,
) -> Result<Vec<LookAlike>> {
    let card = Known::from(row).card();
    let (this, hash) = (Profile::read(&card, &town.name), digest(&card.canonical()));
    let verdicts = verdicts(db, row.id, &hash).await?;
    let mut alike = Vec::new();
    for other in of_town(db, town.id).await? {
        let status = OrganisationStatus::parse(&other.status).unwrap_or(OrganisationStatus::Draft);
        if other.id == row.id || status == OrganisationStatus::Draft {
            continue;
        }
        let card = other.card();
        if let Some(found) = this.likeness(&Profile::read(&card, &town.name)) {
            let said = verdicts.get(&other.id).filter(|(then, _)| *then == digest(&card.canonical()));
            alike.push(LookAlike {
                id: OrganisationId(other.id),
                name: other.name,
                status,
                score: found.score,
                reasons: found.reasons,
                dismissed: said.map(|(_, said)| said.clone()),
            });
        }
    }
    alike.sort_by(|one, other| other.score.cmp(&one.score).then_with(|| one.name.cmp(&other.name)));
    alike.truncate(MOST);
    Ok(alike)
}

/// How many organisations of other towns of the network have the same number; no more is told of them.
///
/// # Errors
/// When the database cannot be reached.
pub async fn elsewhere(db: &impl ConnectionTrait, row: &organisation::Model) -> Result<u32> {
    let mut same = Condition::any();
    if let Some(rna) = &row.rna {
        same = same.add(organisation::Column::Rna.eq(rna));
    }
    if let Some(siret) = &row.siret {
        same = same.add(organisation::Column::Siret.eq(siret));
    }
    if same.is_empty() {
        return Ok(0);
    }
    let found = organisation::Entity::find()
        .filter(same)
        .filter(organisation::Column::MunicipalityId.ne(row.municipality_id))
        .filter(organisation::Column::Status.ne(OrganisationStatus::Draft.as_str()));
    Ok(u32::try_from(found.count(db).await?)?)
}

/// What was said of an organisation as it is now and of others: by the other's id, with the hash of what it was then.
async fn verdicts(db: &impl ConnectionTrait, id: Uuid, hash: &str) -> Result<HashMap<Uuid, (String, Dismissal)>> {
    let rows = verdict::Entity::find()
        .filter(Condition::any().add(verdict::Column::FirstId.eq(id)).add(verdict::Column::SecondId.eq(id)))
        .all(db)
        .await?;
    let names = names(db, rows.iter().map(|row| row.decided_by).collect()).await?;
    let read = |row: verdict::Model| {
        let by = names.get(&row.decided_by).cloned().unwrap_or_default();
        let said = Dismissal { reason: row.reason, by, at: row.decided_at };
        let (own, other) = ((row.first_id, row.first_hash), (row.second_id, row.second_hash));
        let (own, other) = if own.0 == id { (own, other) } else { (other, own) };
        (own.1 == hash).then_some((other.0, (other.1, said)))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Keeps why two organisations are not the same; whoever says so takes a submission that waits.
pub async fn dismiss(
    backend: &Backend,
    actor: &Actor,
    id: OrganisationReviewId,
    other: OrganisationId,
    reason: String,
) -> Result<OrganisationId> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::mine(&work, id).await?;
    let rival = organisation::Entity::find_by_id(other.0)
        .filter(organisation::Column::MunicipalityId.eq(case.municipality().0))
        .filter(organisation::Column::Id.ne(case.organisation.id))
        .filter(organisation::Column::Status.ne(OrganisationStatus::Draft.as_str()))
        .one(&work.tx)
        .await?
        .ok_or_else(|| told(AppError::NotFound))?;
    let reason = text::paragraphs(&reason, 5, 500).map_err(|problem| {
        let problem = if problem == Problem::Required { Problem::ReasonRequired } else { problem };
        told(AppError::field("reason", problem))
    })?;
    keep(&work, &case, &rival, &reason).await?;
    let facts = [("name", rival.name.as_str()), ("reason", reason.as_str())];
    let said = Texts(Locale::Fr).with(o::NOT_THE_SAME_AS, &facts);
    case.record(&work, "not_duplicate", Some(&said)).await?;
    work.commit().await?;
    Ok(case.organisation_id())
}

/// In the place of what was said of the pair before.
async fn keep(work: &Work, case: &Case, rival: &organisation::Model, reason: &str) -> Result<()> {
    use verdict::Column;
    let hashed = |row: &organisation::Model| (row.id, digest(&Known::from(row).card().canonical()));
    let (one, two) = (hashed(&case.organisation), hashed(rival));
    let (first, second) = if one.0 < two.0 { (one, two) } else { (two, one) };
    let row = verdict::ActiveModel {
        first_id: Set(first.0),
        second_id: Set(second.0),
        municipality_id: Set(case.municipality().0),
        first_hash: Set(first.1),
        second_hash: Set(second.1),
        reason: Set(reason.to_owned()),
        decided_by: Set(case.me.0),
        decided_at: Set(work.now),
    };
    let again = OnConflict::columns([Column::FirstId, Column::SecondId])
        .update_columns([Column::FirstHash, Column::SecondHash, Column::Reason, Column::DecidedBy, Column::DecidedAt])
        .to_owned();
    verdict::Entity::insert(row).on_conflict(again).exec_without_returning(&work.tx).await?;
    Ok(())
}
