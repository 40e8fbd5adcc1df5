//! Until when an exchange is written in, and what a message may hold.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    applications::ApplicationStatus as S,
    error::Problem,
    ids::{MissionId, OrganisationId},
    messages::{AnswerTemplateForm, Door, Side, rules},
};
use uuid::Uuid;

use super::at;

fn end() -> DateTime<Utc> {
    at("2026-11-28T12:00:00Z")
}

#[test]
fn both_write_until_fourteen_days_after_the_last_slot() {
    let last = end() + TimeDelta::days(14) - TimeDelta::microseconds(1);
    for status in S::ALL {
        let open = !matches!(status, S::Declined | S::Withdrawn | S::Cancelled | S::Expired);
        for now in [end() - TimeDelta::days(90), end(), last] {
            assert_eq!(rules::may_write(*status, end(), now), open, "{status:?} {now}");
        }
        assert!(!rules::may_write(*status, end(), last + TimeDelta::microseconds(1)), "{status:?}");
    }
    assert_eq!(rules::open_until(S::Attended, end()), Some(end() + TimeDelta::days(14)));
    assert_eq!(rules::open_until(S::Declined, end()), None);
}

#[test]
fn a_message_may_hold_a_phone_number_but_no_nir() {
    for fine in ["Bonjour", "Appelez-moi au 06 39 98 12 34, ou camille@ville.example.", "Le 2 12 2026 à 10 h"] {
        assert_eq!(rules::message(fine).as_deref(), Ok(fine));
    }
    for nir in ["1 85 05 78 006 084 36", "Mon numéro est le 285057800608436."] {
        assert_eq!(rules::message(nir), Err(Problem::SocialSecurityNumber));
    }
    assert_eq!(rules::message(" \r\n "), Err(Problem::Required));
    assert!(rules::message(&"é".repeat(2000)).is_ok());
    assert_eq!(rules::message(&"é".repeat(2001)), Err(Problem::TooLong { max: 2000 }));
}

#[test]
fn a_door_is_named_whole_or_not_at_all() {
    let (id, uuid) =
        ("01890a5d-ac96-774b-bcce-b302099a8057", Uuid::from_u128(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057));
    let named = Door::Organisation(OrganisationId(uuid), MissionId(uuid));
    assert_eq!(Door::parse("", ""), Some(Door::Volunteer));
    assert_eq!(Door::parse(id, id), Some(named));
    assert_eq!(Door::parse(id, ""), None);
    assert_eq!(Door::parse("", id), None);
    assert_eq!((named.side(), Side::Volunteer.other()), (Side::Organisation, Side::Organisation));
}

#[test]
fn a_kept_text_has_a_name_and_fits_a_reason() {
    let checked =
        |name: &str, body: &str| AnswerTemplateForm { name: name.to_owned(), body: body.to_owned() }.checked();
    assert_eq!(
        checked(" Complet ", "Merci.\r\nÀ bientôt."),
        Ok(("Complet".to_owned(), "Merci.\nÀ bientôt.".to_owned()))
    );
    let both = checked("", &"a".repeat(1001)).unwrap_err();
    assert_eq!(both.get("name"), Some(&Problem::Required));
    assert_eq!(both.get("body"), Some(&Problem::TooLong { max: 1000 }));
    assert!(checked("Deux\nlignes", "Merci.").is_err());
}

#[test]
fn a_report_reaches_the_network_where_no_coordinator_may_judge_it() {
    let (ann, bob, volunteer) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    assert!(rules::reaches_network(&[], &[ann], volunteer), "nobody coordinates");
    assert!(rules::reaches_network(&[ann, volunteer], &[ann, bob], volunteer), "each is a side");
    assert!(!rules::reaches_network(&[ann, bob], &[ann], volunteer), "Bob is none");
}
