//! Reads a slot as it was typed: hours of Europe/Paris.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use domain::{
    error::{FieldErrors, Problem},
    missions::{SlotForm, SlotKind, SlotPlan},
    paris,
};
use uuid::Uuid;

/// A day, of the years that are written with four digits.
///
/// # Errors
/// What is wrong with the field.
pub fn date(text: &str) -> Result<NaiveDate, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| Problem::NotADate)?;
    // A calendar goes further than that, up to a last day which no day follows.
    if (1..=9999).contains(&date.year()) { Ok(date) } else { Err(Problem::NotADate) }
}

/// A time of the day.
///
/// # Errors
/// What is wrong with the field.
pub fn time(text: &str) -> Result<NaiveTime, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .map_err(|_| Problem::NotATime)
}

/// A number of places.
///
/// # Errors
/// What is wrong with the field.
pub fn places(text: &str) -> Result<u32, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Required);
    }
    text.trim().parse().map_err(|_| Problem::NotANumber)
}

/// A slot to plan.
///
/// # Errors
/// The problems of the form's fields, by their names in it.
pub fn parse(form: &SlotForm, now: DateTime<Utc>) -> Result<SlotPlan, FieldErrors> {
    let mut errors = FieldErrors::default();
    let kind = if form.kind == "open_period" { SlotKind::OpenPeriod } else { SlotKind::Dated };
    let day = errors.take("date", date(&form.date));
    let places = errors.take("places", places(&form.places));
    let span = match kind {
        SlotKind::OpenPeriod => {
            let last = errors.take("last_date", date(&form.last_date));
            day.zip(last).map(|(first, last)| (paris::midnight(first), paris::midnight(last + Days::new(1))))
        }
        SlotKind::Dated => {
            let (start, end) = (errors.take("start", time(&form.start)), errors.take("end", time(&form.end)));
            day.zip(start.zip(end)).and_then(|(day, (start, end))| {
                let end_day = if end <= start { day + Days::new(1) } else { day };
                let start = errors.take("start", paris::from_paris(day.and_time(start)).ok_or(Problem::NotATime));
                let end = errors.take("end", paris::from_paris(end_day.and_time(end)).ok_or(Problem::NotATime));
                start.zip(end)
            })
        }
    };
    let (Some((starts_at, ends_at)), Some(places)) = (span, places) else { return Err(errors) };
    let plan = SlotPlan { id: Uuid::now_v7(), kind, starts_at, ends_at, places, organisation: None };
    for (field, problem) in plan.problems("", Some(now)).iter() {
        let field = match (field, kind) {
            ("starts_at", _) => "date",
            ("ends_at", SlotKind::OpenPeriod) => "last_date",
            ("ends_at", SlotKind::Dated) => "end",
            (other, _) => other,
        };
        errors.add(field, problem.clone());
    }
    errors.into_result().map(|()| plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(date: &str, start: &str, end: &str) -> SlotForm {
        SlotForm {
            kind: "dated".into(),
            date: date.into(),
            start: start.into(),
            end: end.into(),
            places: "4".into(),
            ..SlotForm::default()
        }
    }

    fn now() -> DateTime<Utc> {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn hours_are_those_of_paris() {
        let plan = parse(&form("2026-03-24", "09:00", "12:00"), now()).unwrap();
        assert_eq!(plan.starts_at.to_rfc3339(), "2026-03-24T08:00:00+00:00");
        let summer = parse(&form("2026-07-14", "09:00", "12:00"), now()).unwrap();
        assert_eq!(summer.starts_at.to_rfc3339(), "2026-07-14T07:00:00+00:00");
    }

    #[test]
    fn an_end_before_the_start_is_the_next_day() {
        let plan = parse(&form("2026-03-24", "22:00", "02:00"), now()).unwrap();
        assert_eq!((plan.ends_at - plan.starts_at).num_hours(), 4);
    }

    #[test]
    fn what_is_wrong_is_said_field_by_field() {
        let errors = parse(&SlotForm { places: "x".into(), ..form("2026-02-30", "", "25:00") }, now()).unwrap_err();
        assert_eq!(errors.get("date"), Some(&Problem::NotADate));
        assert_eq!(errors.get("start"), Some(&Problem::Required));
        assert_eq!(errors.get("end"), Some(&Problem::NotATime));
        assert_eq!(errors.get("places"), Some(&Problem::NotANumber));
        let past = parse(&form("2026-02-01", "09:00", "10:00"), now()).unwrap_err();
        assert_eq!(past.get("date"), Some(&Problem::DateInPast));
    }

    #[test]
    fn an_hour_that_does_not_exist_is_refused() {
        let errors = parse(&form("2026-03-29", "02:30", "04:00"), now()).unwrap_err();
        assert_eq!(errors.get("start"), Some(&Problem::NotATime));
    }
}
