//! The checklist of organisations, what was answered, and what the system found.

use std::collections::HashMap;

use domain::{
    actor::Locale,
    fields::{LegalForm, Rna, Siret},
    organisations::{
        LookAlike,
        eligibility::{Doubt, doubts},
        likeness::own_domain,
    },
    reviews::{ChecklistLine, Finding},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    entity::{doubtful_word, organisation, organisation_answer, organisation_item},
    error::Result,
    reviews::queries::names,
};

/// The items, in their order.
///
/// # Errors
/// When the database cannot be reached.
pub async fn items(db: &impl ConnectionTrait) -> Result<Vec<organisation_item::Model>> {
    Ok(organisation_item::Entity::find()
        .order_by_asc(organisation_item::Column::Position)
        .order_by_asc(organisation_item::Column::Code)
        .all(db)
        .await?)
}

async fn answers(db: &impl ConnectionTrait, review: Uuid) -> Result<HashMap<String, organisation_answer::Model>> {
    let rows = organisation_answer::Entity::find().filter(organisation_answer::Column::ReviewId.eq(review));
    Ok(rows.all(db).await?.into_iter().map(|row| (row.item_code.clone(), row)).collect())
}

/// Whether every mandatory item was answered by yes or «not applicable».
///
/// # Errors
/// When the database cannot be reached.
pub async fn is_complete(db: &impl ConnectionTrait, review: Uuid) -> Result<bool> {
    let answers = answers(db, review).await?;
    Ok(items(db).await?.iter().filter(|item| item.mandatory).all(|item| {
        answers.get(&item.code).is_some_and(|line| matches!(line.answer.as_str(), "yes" | "not_applicable"))
    }))
}

/// The lines of the form, with what the system found.
///
/// # Errors
/// When the database cannot be reached.
pub async fn checked(
    db: &impl ConnectionTrait,
    locale: Locale,
    review: Uuid,
    row: &organisation::Model,
    (look_alikes, elsewhere): (&[LookAlike], u32),
) -> Result<Vec<ChecklistLine>> {
    let mut answers = answers(db, review).await?;
    let names = names(db, answers.values().map(|row| row.answered_by).collect()).await?;
    let words = doubtful_word::Entity::find().order_by_asc(doubtful_word::Column::Word).all(db).await?;
    let alike = look_alikes.iter().filter(|other| other.dismissed.is_none()).count();
    let facts = Facts { row, words: &words, alike: u32::try_from(alike).unwrap_or(u32::MAX), elsewhere };
    let line = |item: organisation_item::Model| {
        let row = answers.remove(&item.code);
        let answered = row.as_ref().and_then(|row| Some((names.get(&row.answered_by)?.clone(), row.answered_at)));
        let (answer, note) = row.map(|row| (row.answer, row.note)).unwrap_or_default();
        ChecklistLine {
            answered,
            label: locale.pick(&item.label_fr, &item.label_en).to_owned(),
            hint: locale.pick(&item.hint_fr, &item.hint_en).to_owned(),
            mandatory: item.mandatory,
            finding: item.finding.as_deref().and_then(|kind| facts.finding(kind)),
            code: item.code,
            answer,
            note,
        }
    };
    Ok(items(db).await?.into_iter().map(line).collect())
}

/// What the system knows of an organisation, to answer some items.
struct Facts<'a> {
    row: &'a organisation::Model,
    words: &'a [doubtful_word::Model],
    alike: u32,
    elsewhere: u32,
}

impl Facts<'_> {
    /// What is found for an item, by what the item says can be found. The codes are those of the `CHECK` of
    /// `organisation_item.finding`.
    fn finding(&self, kind: &str) -> Option<Finding> {
        Some(match kind {
            "numbers" if self.elsewhere > 0 => Finding::SameNumberElsewhere(self.elsewhere),
            "numbers" => self.numbers(),
            "duplicates" if self.alike > 0 => Finding::LookAlikes(self.alike),
            "duplicates" => Finding::NoLookAlike,
            "legal_form" => self.legal_form(),
            "contact" => self.contact(),
            doubt => self.doubt(Doubt::parse(doubt)?),
        })
    }

    fn numbers(&self) -> Finding {
        let rna = self.row.rna.as_deref().and_then(|number| Rna::parse(number).ok());
        let siret = self.row.siret.as_deref().and_then(|number| Siret::parse(number).ok());
        Finding::Numbers(rna.map(String::from), siret.map(String::from))
    }

    fn legal_form(&self) -> Finding {
        match LegalForm::parse(&self.row.legal_form) {
            Some(LegalForm::Association | LegalForm::TownHall | LegalForm::Ccas | LegalForm::PublicBody) => {
                Finding::HostForm
            }
            Some(LegalForm::Other) | None => Finding::HostFormUnknown,
        }
    }

    fn contact(&self) -> Finding {
        match (&self.row.email, &self.row.phone) {
            (Some(email), _) => own_domain(email).map_or_else(|| Finding::Email(email.clone()), Finding::OwnEmail),
            (None, Some(_)) => Finding::Email(String::new()),
            (None, None) => Finding::NoContact,
        }
    }

    fn doubt(&self, doubt: Doubt) -> Finding {
        let list = self.words.iter().filter_map(|row| Some((Doubt::parse(&row.kind)?, row.word.as_str())));
        let found = doubts(&self.row.name, list.filter(|(kind, _)| *kind == doubt));
        found.first().map_or(Finding::NoDoubtfulWord, |(_, word)| Finding::DoubtfulWord((*word).to_owned()))
    }
}
