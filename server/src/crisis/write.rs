//! Writing measures, and changing the words of what holds.

use app::i18n::{Texts, k::crisis as c};
use chrono::Days;
use domain::{
    actor::{Actor, Locale},
    crisis::{MeasuresAction, MeasuresForm, MeasuresStart, MeasuresStatus, Terms, Wording},
    error::Conflict,
    ids::MeasuresId,
    paris,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, ModelTrait};
use uuid::Uuid;

use super::{
    acknowledge,
    effect::{self, Found},
    queries, tell,
};
use crate::{
    backend::Backend,
    entity::crisis_measures,
    error::{Result, Told, told},
    missions::reference,
    network::queries::town_ref,
    store::Work,
};

/// What measures begin as: a month, the vital domains, whoever is 70 from home.
const FIRST_DAYS: u64 = 30;
const FIRST_AGE: &str = "70";

/// What the form of new measures begins with.
pub async fn start(backend: &Backend, actor: &Actor, insee: &str) -> Result<MeasuresStart> {
    let (db, today) = (backend.store.read(), paris::date(backend.clock.now()));
    let town = queries::read(backend, actor, insee).await?;
    queries::of(town.as_ref()).require_writer(actor).map_err(told)?;
    let domains = reference::domains(db, true).await?;
    let form = MeasuresForm {
        first_day: today.to_string(),
        last_day: (today + Days::new(FIRST_DAYS)).to_string(),
        limit: "some".to_owned(),
        domains: domains.iter().filter(|row| row.vital).map(|row| row.code.clone()).collect(),
        remote_from_age: FIRST_AGE.to_owned(),
        rules_fr: Texts(Locale::Fr).get(c::RULES_START).to_owned(),
        rules_en: Texts(Locale::En).get(c::RULES_START).to_owned(),
        ..MeasuresForm::default()
    };
    Ok(MeasuresStart {
        town: town.as_ref().map(town_ref),
        form,
        domains: domains.iter().map(|row| reference::term(row, actor.locale)).collect(),
    })
}

/// Measures in their form.
pub fn form(row: &crisis_measures::Model) -> MeasuresForm {
    let number = |n: Option<i32>| n.map(|n| n.to_string()).unwrap_or_default();
    MeasuresForm {
        title: row.title.clone(),
        first_day: row.first_day.to_string(),
        last_day: row.last_day.to_string(),
        limit: if row.domains.is_some() { "some" } else { "all" }.to_owned(),
        domains: row.domains.iter().flat_map(|codes| codes.split_whitespace()).map(str::to_owned).collect(),
        remote_from_age: number(row.remote_from_age),
        largest_group: number(row.largest_group),
        rules_fr: row.rules_fr.clone(),
        rules_en: row.rules_en.clone(),
        banner_fr: row.banner_fr.clone(),
        banner_en: row.banner_en.clone(),
    }
}

/// Writes new measures, or changes a draft.
pub async fn save(
    backend: &Backend,
    actor: &Actor,
    insee: &str,
    id: Option<MeasuresId>,
    form: &MeasuresForm,
) -> Result<MeasuresId> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let known: Vec<String> = reference::domains(&work.tx, true).await?.into_iter().map(|row| row.code).collect();
    let before = match id {
        Some(id) => {
            let row = queries::locked(&work, town.as_ref(), id).await?;
            if queries::status(&row) != MeasuresStatus::Draft {
                return Err(told(Conflict::NotInThisState));
            }
            Some(row)
        }
        None => None,
    };
    let terms = form.read(work.now, &known).told()?;
    let (row, new) = match before {
        Some(row) => (row.into_active_model(), false),
        None => (fresh(&work, town.as_ref().map(|town| town.id))?, true),
    };
    let row = filled(row, terms)?;
    let row = touched(row, &work);
    let row = if new { row.insert(&work.tx).await? } else { row.update(&work.tx).await? };
    if new {
        queries::record(&work, &row, None, MeasuresStatus::Draft.as_str(), None).await?;
    }
    work.commit().await?;
    Ok(MeasuresId(row.id))
}

fn fresh(work: &Work, town: Option<Uuid>) -> Result<crisis_measures::ActiveModel> {
    let account = work.actor.signed_in().map_err(told)?;
    Ok(crisis_measures::ActiveModel {
        id: Set(Uuid::now_v7()),
        municipality_id: Set(town),
        status: Set(MeasuresStatus::Draft.as_str().to_owned()),
        rules_version: Set(1),
        created_by: Set(account.0),
        created_at: Set(work.now),
        switched_on_at: Set(None),
        ended_at: Set(None),
        ..Default::default()
    })
}

fn filled(mut row: crisis_measures::ActiveModel, terms: Terms) -> Result<crisis_measures::ActiveModel> {
    row.title = Set(terms.title);
    row.first_day = Set(terms.first_day);
    row.domains = Set(terms.domains.map(|codes| codes.into_iter().collect::<Vec<_>>().join(" ")));
    row.remote_from_age = Set(terms.remote_from_age.map(i32::try_from).transpose()?);
    row.largest_group = Set(terms.largest_group.map(i32::try_from).transpose()?);
    Ok(worded(row, terms.wording))
}

/// What these words make of the row; other rules are another version, to be read anew.
fn worded(mut row: crisis_measures::ActiveModel, wording: Wording) -> crisis_measures::ActiveModel {
    let same =
        row.rules_fr.try_as_ref() == Some(&wording.rules.0) && row.rules_en.try_as_ref() == Some(&wording.rules.1);
    let version = row.rules_version.try_as_ref().copied().unwrap_or(1);
    if !same && row.rules_fr.is_unchanged() {
        row.rules_version = Set(version + 1);
    }
    row.last_day = Set(wording.last_day);
    (row.rules_fr, row.rules_en) = (Set(wording.rules.0), Set(wording.rules.1));
    (row.banner_fr, row.banner_en) = (Set(wording.banner.0), Set(wording.banner.1));
    row
}

fn touched(mut row: crisis_measures::ActiveModel, work: &Work) -> crisis_measures::ActiveModel {
    row.updated_at = Set(work.now);
    row
}

/// Throws a draft away.
pub async fn discard(backend: &Backend, actor: &Actor, insee: &str, id: MeasuresId) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let row = queries::locked(&work, town.as_ref(), id).await?;
    let before = queries::status(&row);
    if before != MeasuresStatus::Draft {
        return Err(told(Conflict::NotInThisState));
    }
    queries::record(&work, &row, Some(before), "discarded", None).await?;
    row.delete(&work.tx).await?;
    work.commit().await
}

/// Changes the words or the last day of what holds: those whom this concerns and who were not told before are told.
pub async fn amend(backend: &Backend, actor: &Actor, insee: &str, id: MeasuresId, form: &MeasuresForm) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let town = queries::own(&work, insee).await?;
    let before = queries::locked(&work, town.as_ref(), id).await?;
    let (scope, status) = (queries::scope(&before), queries::status(&before));
    status.apply(MeasuresAction::Amend, scope.writer()).told()?;
    let wording = form.read_wording(work.now).told()?;
    let row = worded(before.clone().into_active_model(), wording);
    let row = touched(row, &work).update(&work.tx).await?;
    let (old, new) = (queries::measures(&before), queries::measures(&row));
    let around = effect::around(&work.tx, scope, work.now).await?;
    let (told_before, now) = (around.under(&old), around.under(&new));
    let done = acknowledge::done(&work.tx, &[&new]).await?;
    let asked_before =
        |volunteer: &Uuid| old.rules_version == new.rules_version && told_before.to_acknowledge.contains_key(volunteer);
    let added = Found {
        suspended: Vec::new(),
        kept_home: now.kept_home.into_iter().filter(|held| !told_before.kept_home.contains(held)).collect(),
        large: now.large.into_iter().filter(|slot| !told_before.large.contains(slot)).collect(),
        to_acknowledge: now
            .to_acknowledge
            .into_iter()
            .filter(|(volunteer, _)| !asked_before(volunteer) && !done.contains(&(new.id, *volunteer)))
            .collect(),
    };
    queries::record(&work, &row, Some(status), "amended", Some(&tell::figures(&added))).await?;
    tell::amended(&work, &row, &around, &added).await?;
    work.commit().await
}
