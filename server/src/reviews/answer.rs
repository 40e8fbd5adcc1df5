//! The answers of a checklist.

use std::collections::HashMap;

use app::{
    i18n::{Texts, k::reviews as r},
    reviews::words,
};
use domain::{
    actor::{Actor, Locale},
    error::{AppError, Conflict, FieldErrors, Problem},
    ids::{MunicipalityId, ReviewId},
    reviews::{ChecklistAnswer, Decision, Kept, ReviewStatus},
    text,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use super::{case::Case, checklist, decide::decide, take::take_in};
use crate::{
    backend::Backend,
    crisis::queries as crisis,
    entity::review_answer,
    error::{Result, Told, told},
    missions::queries,
    store::{Step, Work},
};

/// Characters of the longest note.
const LONGEST_NOTE: u32 = 500;

/// Keeps answers of the checklist; whoever answers a waiting review takes it. Tells how many were somebody else's meanwhile, which
/// stay. With `approve`, the green light follows, unless there are some; when it is refused, the answers are kept all the same.
pub async fn answer(
    backend: &Backend,
    actor: &Actor,
    id: ReviewId,
    answers: Vec<ChecklistAnswer>,
    approve: bool,
) -> Result<u32> {
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
    // What the network retired or moved since the page was shown is asked no more: its answer is left out.
    let mut gone = checklist::all(&work.tx).await?;
    gone.retain(|item| !known.contains(&item.code.as_str()));
    let answers = answers.into_iter().filter(|line| gone.iter().all(|item| item.code != line.code)).collect();
    let kept = review_answer::Entity::find().filter(review_answer::Column::ReviewId.eq(case.review.id));
    let kept = kept.all(&work.tx).await?.into_iter();
    let kept = kept.map(|row| (row.item_code, ((row.answer, row.note), row.answered_by == case.me.0))).collect();
    let sorted = Sorted::of(read(answers, &known)?, &kept);
    for (code, (answer, note)) in &sorted.written {
        keep(&work, &case, code.clone(), answer.clone(), note.clone()).await?;
    }
    if !sorted.written.is_empty() {
        let labels: Vec<(&str, &str)> = items.iter().map(|item| (item.code.as_str(), item.label_fr.as_str())).collect();
        let told = sorted.told(&labels);
        work.record(step(("review", case.review.id), case.municipality(), &told)).await?;
    }
    work.commit().await?;
    if approve && sorted.theirs == 0 {
        decide(backend, actor, id, Decision::Approve, String::new()).await?;
    }
    Ok(sorted.theirs)
}

/// Answer and note.
pub type Said = (String, String);

fn pair(said: &Said) -> (&str, &str) {
    (&said.0, &said.1)
}

/// Answers that are sent, beside those that are kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// What is to be written, by item.
    pub written: Vec<(String, Said)>,
    /// How many somebody else answered since the page was shown.
    pub theirs: u32,
}

impl Sorted {
    /// Sorts them; `kept` are those of the checklist, by item, and whether the sender wrote them: a page that was refused shows
    /// them as they were before.
    pub fn of(sent: Vec<Parsed>, kept: &HashMap<String, (Said, bool)>) -> Self {
        let mut sorted = Self::default();
        for line in sent {
            let (kept, own) = kept.get(&line.code).map_or((("", ""), false), |(said, own)| (pair(said), *own));
            match Kept::of(pair(&line.shown), pair(&line.said), kept) {
                Kept::AsItIs => {}
                Kept::Theirs if !own => sorted.theirs += 1,
                Kept::Written | Kept::Theirs => sorted.written.push((line.code, line.said)),
            }
        }
        sorted
    }

    /// What is written, in words, by the items' codes and labels; in French, as histories are.
    pub fn told(&self, labels: &[(&str, &str)]) -> String {
        let t = Texts(Locale::Fr);
        let line = |(code, (answer, _)): &(String, Said)| {
            let label = labels.iter().find(|(of, _)| of == code).map_or(code.as_str(), |(_, label)| label);
            t.with(r::ANSWERED_LINE, &[("label", label), ("answer", t.get(words::answer(answer)))])
        };
        self.written.iter().map(line).collect::<Vec<_>>().join("\u{a0}; ")
    }
}

/// The line of the history: `told` is what was answered.
pub const fn step<'a>((subject, id): (&'static str, Uuid), municipality: MunicipalityId, told: &'a str) -> Step<'a> {
    Step { subject, id, municipality: Some(municipality), from: None, to: "checklist_saved", reason: Some(told) }
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

/// An answer that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The code of the item.
    pub code: String,
    /// What is said.
    pub said: Said,
    /// What the page showed at first.
    pub shown: Said,
}

fn parse(answers: Vec<ChecklistAnswer>, known: &[&str]) -> std::result::Result<Vec<Parsed>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut parsed = Vec::with_capacity(answers.len());
    for (index, line) in answers.into_iter().enumerate() {
        if !known.contains(&line.code.as_str()) || !checklist::ANSWERS.contains(&line.answer.as_str()) {
            errors.add(format!("answers.{index}.answer"), Problem::NotAChoice);
        }
        let note = |note: &str| text::paragraphs(note, 0, LONGEST_NOTE);
        if let Some(said) = errors.take(&format!("answers.{index}.note"), note(&line.note)) {
            let shown = (line.was, note(&line.was_note).unwrap_or_default());
            parsed.push(Parsed { code: line.code, said: (line.answer, said), shown });
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
        ChecklistAnswer { code: code.into(), answer: answer.into(), note: note.into(), ..ChecklistAnswer::default() }
    }

    fn said(answer: &str, note: &str) -> Said {
        (answer.to_owned(), note.to_owned())
    }

    #[test]
    fn keeps_known_answers_and_refuses_others() {
        let known = ["feasible", "useful"];
        let good = parse(vec![line("feasible", "yes", " vu "), line("useful", "", "")], &known).unwrap();
        let read: Vec<_> = good.iter().map(|line| (line.code.as_str(), line.said.clone())).collect();
        assert_eq!(read, [("feasible", said("yes", "vu")), ("useful", said("", ""))]);
        let bad = parse(
            vec![line("feasible", "maybe", ""), line("other", "yes", ""), line("useful", "no", &"x".repeat(501))],
            &known,
        );
        let fields: Vec<String> =
            bad.err().map(|errors| errors.iter().map(|(field, _)| field.to_owned()).collect()).unwrap_or_default();
        assert_eq!(fields, ["answers.0.answer", "answers.1.answer", "answers.2.note"]);
    }

    #[test]
    fn what_somebody_else_answered_meanwhile_stays() {
        let sent = |code: &str, shown: &str, answer: &str| Parsed {
            code: code.to_owned(),
            said: said(answer, ""),
            shown: said(shown, ""),
        };
        let kept = HashMap::from([
            ("theirs".to_owned(), (said("no", "assurance absente"), false)),
            ("same".to_owned(), (said("yes", ""), false)),
            ("mine".to_owned(), (said("yes", ""), false)),
            ("own".to_owned(), (said("no", ""), true)),
        ]);
        let sent = vec![
            sent("theirs", "", "yes"),
            sent("same", "", "yes"),
            sent("mine", "yes", "no"),
            sent("new", "", "yes"),
            // Refused a moment ago, and mended on the same page.
            sent("own", "", "yes"),
            sent("untouched", "", ""),
        ];
        let sorted = Sorted::of(sent, &kept);
        let written: Vec<&str> = sorted.written.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!((written, sorted.theirs), (vec!["mine", "new", "own"], 1));
        let old = vec![Parsed { code: "theirs".to_owned(), said: said("", ""), shown: said("", "") }];
        assert_eq!(Sorted::of(old, &kept), Sorted::default(), "an old page wipes nothing out");
    }
}
