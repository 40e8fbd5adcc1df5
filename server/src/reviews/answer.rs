//! The answers of a checklist.

use domain::{
    actor::Actor,
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::ReviewId,
    reviews::{ChecklistAnswer, Decision, ReviewStatus},
    text,
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{case::Case, checklist, decide::decide, take::take_in};
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::review_answer,
    error::{Result, Told, told},
    missions::queries,
    store::Work,
};

/// Characters of the longest note.
const LONGEST_NOTE: u32 = 500;

/// Keeps answers of the checklist; whoever answers a waiting review takes it. With `approve`, the green light follows; when
/// it is refused, the answers are kept all the same.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    id: ReviewId,
    answers: Vec<ChecklistAnswer>,
    approve: bool,
) -> Result<()> {
    let work = Work::begin(backend, actor).await?;
    let case = Case::hold(&work, id).await?;
    match case.status() {
        ReviewStatus::Waiting => take_in(&work, &case).await?,
        ReviewStatus::InReview if case.is_mine() => {}
        ReviewStatus::InReview => return Err(told(Conflict::TakenByAnother)),
        _ => return Err(told(Conflict::NotInThisState)),
    }
    let version = queries::version(&work.tx, case.review.mission_version_id).await?;
    let content = queries::content(&version)?;
    let measures = crisis::of_town(&work.tx, case.municipality(), work.now).await?;
    let asked = checklist::Asked { domain: content.domain.as_deref(), crisis: measures.hold(work.now) };
    let items = checklist::items(&work.tx, asked).await?;
    let known: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    for (code, answer, note) in read(answers, &known)? {
        keep(&work, &case, code, answer, note).await?;
    }
    work.commit().await?;
    if approve { decide(backend, actor, id, Decision::Approve, String::new()).await } else { Ok(()) }
}

/// Reads the form of a checklist: never more lines than it has.
///
/// # Errors
/// An item or an answer that is none, a note that cannot be kept, by the place of the line; `Malformed` for more lines.
pub fn read(answers: Vec<ChecklistAnswer>, known: &[&str]) -> Result<Vec<Parsed>> {
    if answers.len() > known.len() {
        return Err(told(AppError::Malformed));
    }
    parse(answers, known).told()
}

/// Code, answer and note of an item.
pub type Parsed = (String, String, String);

fn parse(answers: Vec<ChecklistAnswer>, known: &[&str]) -> std::result::Result<Vec<Parsed>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut parsed = Vec::with_capacity(answers.len());
    for (index, line) in answers.into_iter().enumerate() {
        if !known.contains(&line.code.as_str()) || !checklist::ANSWERS.contains(&line.answer.as_str()) {
            errors.add(format!("answers.{index}.answer"), Problem::NotAChoice);
        }
        if let Some(note) = errors.take(&format!("answers.{index}.note"), text::paragraphs(&line.note, 0, LONGEST_NOTE))
        {
            parsed.push((line.code, line.answer, note));
        }
    }
    errors.into_result().map(|()| parsed)
}

async fn keep(work: &Work, case: &Case, code: String, answer: String, note: String) -> Result<()> {
    use review_answer::Column;
    let row = review_answer::ActiveModel {
        review_id: Set(case.review.id),
        item_code: Set(code),
        answer: Set(answer),
        note: Set(note),
        answered_by: Set(case.me.0),
        answered_at: Set(work.now),
    };
    let again = OnConflict::columns([Column::ReviewId, Column::ItemCode])
        .update_columns([Column::Answer, Column::Note, Column::AnsweredBy, Column::AnsweredAt])
        .to_owned();
    review_answer::Entity::insert(row).on_conflict(again).exec_without_returning(&work.tx).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(code: &str, answer: &str, note: &str) -> ChecklistAnswer {
        ChecklistAnswer { code: code.to_owned(), answer: answer.to_owned(), note: note.to_owned() }
    }

    #[test]
    fn keeps_known_answers_and_refuses_others() {
        let known = ["feasible", "useful"];
        let good = parse(vec![line("feasible", "yes", " vu "), line("useful", "", "")], &known);
        assert_eq!(
            good,
            Ok(vec![
                ("feasible".to_owned(), "yes".to_owned(), "vu".to_owned()),
                ("useful".to_owned(), String::new(), String::new())
            ])
        );
        let bad = parse(
            vec![line("feasible", "maybe", ""), line("other", "yes", ""), line("useful", "no", &"x".repeat(501))],
            &known,
        );
        let fields: Vec<String> =
            bad.err().map(|errors| errors.iter().map(|(field, _)| field.to_owned()).collect()).unwrap_or_default();
        assert_eq!(fields, ["answers.0.answer", "answers.1.answer", "answers.2.note"]);
    }
}
