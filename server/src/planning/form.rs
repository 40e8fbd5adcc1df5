//! Reads a pattern of slots as it was typed.

use domain::{
    error::{FieldErrors, Problem},
    planning::{Pattern, PatternForm, Rhythm},
    reviews::due::{OpenDays, is_of_alsace_moselle},
};

use crate::missions::schedule::{date, places, time};

/// The pattern, for a town by its INSEE code.
///
/// # Errors
/// The problems of the form's fields, by their names in it.
pub fn parse(form: &PatternForm, insee: &str) -> Result<Pattern, FieldErrors> {
    let mut errors = FieldErrors::default();
    let days = errors.take("days", days(&form.days));
    let rhythm = errors.take("rhythm", Rhythm::parse(&form.rhythm).ok_or(Problem::Required));
    let first = errors.take("first_day", date(&form.first_day));
    let last = errors.take("last_day", date(&form.last_day));
    let start = errors.take("start", time(&form.start));
    let end = errors.take("end", time(&form.end));
    let places = errors.take("places", places(&form.places));
    let when = days.zip(rhythm).zip(first.zip(last));
    let (Some(((days, rhythm), (first, last))), Some((start, end)), Some(places)) = (when, start.zip(end), places)
    else {
        return Err(errors);
    };
    let pattern = Pattern {
        days,
        rhythm,
        first,
        last,
        start,
        end,
        places,
        skip_holidays: form.holidays == "skip",
        alsace_moselle: is_of_alsace_moselle(insee),
    };
    pattern.check().map(|()| pattern)
}

fn days(chosen: &[String]) -> Result<OpenDays, Problem> {
    if chosen.is_empty() {
        return Err(Problem::Required);
    }
    OpenDays::from_numbers(chosen.iter().map(String::as_str)).ok_or(Problem::NotAChoice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> PatternForm {
        PatternForm {
            days: vec!["2".into(), "4".into()],
            rhythm: "fortnightly".into(),
            first_day: "2026-12-01".into(),
            last_day: "2026-12-31".into(),
            start: "09:00".into(),
            end: "12:00".into(),
            places: "4".into(),
            holidays: "skip".into(),
        }
    }

    #[test]
    fn what_is_typed_is_read() {
        let pattern = parse(&form(), "67482").unwrap();
        assert_eq!(pattern.days.numbers().collect::<Vec<_>>(), [2, 4]);
        assert_eq!((pattern.rhythm, pattern.places), (Rhythm::Fortnightly, 4));
        assert!(pattern.skip_holidays && pattern.alsace_moselle);
        let every = parse(&PatternForm { holidays: String::new(), ..form() }, "83126").unwrap();
        assert!(!every.skip_holidays && !every.alsace_moselle);
    }

    #[test]
    fn what_is_wrong_is_said_field_by_field() {
        let errors = parse(&PatternForm { places: "4".into(), ..PatternForm::default() }, "83126").unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["days", "end", "first_day", "last_day", "rhythm", "start"]);
        let errors = parse(&PatternForm { days: vec!["8".into()], ..form() }, "83126").unwrap_err();
        assert_eq!(errors.get("days"), Some(&Problem::NotAChoice));
        let errors = parse(&PatternForm { last_day: "2026-11-30".into(), ..form() }, "83126").unwrap_err();
        assert_eq!(errors.get("last_day"), Some(&Problem::EndBeforeStart));
    }
}
