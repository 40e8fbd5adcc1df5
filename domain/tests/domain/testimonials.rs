//! What a testimonial may hold, who writes it and who reads it for the town.

use domain::{
    access::Role,
    applications::ApplicationStatus as S,
    error::{FieldErrors, Problem},
    testimonials::{
        DeskAct, Signature, TestimonialAction, TestimonialStatus, Verdict, VerdictForm, Why, WhyCode, WrittenForm,
        rules,
    },
};
use proptest::prelude::*;

fn form(text: &str, signature: &str, consent: &str) -> WrittenForm {
    WrittenForm { testimonial: text.to_owned(), signature: signature.to_owned(), consent: consent.to_owned() }
}

#[test]
fn only_whoever_came_and_whose_time_was_validated_writes() {
    for status in S::ALL {
        assert_eq!(rules::may_write(*status, 30), *status == S::Attended, "{status}");
        assert!(!rules::may_write(*status, 0), "{status}");
    }
}

#[test]
fn whoever_has_a_part_in_it_decides_nothing() {
    let allowed = [(false, false), (true, false), (false, true), (true, true)].map(|(a, b)| rules::may_decide(a, b));
    assert_eq!(allowed, [true, false, false, false]);
}

#[test]
fn what_is_sent_has_forty_to_six_hundred_characters_and_what_is_kept_may_be_short() {
    let of = |n: usize| "é".repeat(n);
    assert_eq!(rules::testimonial(&of(39), true), Err(Problem::TooShort { min: 40 }));
    assert_eq!(rules::testimonial(&of(40), true), Ok(of(40)));
    assert_eq!(rules::testimonial(&of(600), true), Ok(of(600)));
    assert_eq!(rules::testimonial(&of(601), true), Err(Problem::TooLong { max: 600 }));
    assert_eq!(rules::testimonial(&of(1), false), Ok(of(1)));
    assert_eq!(rules::testimonial(&of(601), false), Err(Problem::TooLong { max: 600 }));
    assert_eq!(rules::testimonial(" \r\n ", false), Err(Problem::Required));
    assert_eq!(rules::reply(&of(301)), Err(Problem::TooLong { max: 300 }));
    assert_eq!(rules::reason("  "), Err(Problem::ReasonRequired));
}

#[test]
fn contact_details_are_stopped_wherever_a_text_will_be_public() {
    for (typed, problem) in [
        ("Appelez-moi au 06 39 98 12 34 pour en parler avant de venir.", Problem::ContactDetails),
        ("Écrivez à camille@ville.example pour en parler avant de venir.", Problem::ContactDetails),
        ("Mon numéro est le 1 85 05 78 006 084 36, si cela peut servir.", Problem::SocialSecurityNumber),
    ] {
        assert_eq!(rules::testimonial(typed, true), Err(problem.clone()));
        assert_eq!(rules::testimonial(typed, false), Err(problem.clone()), "not even in a draft");
        assert_eq!(rules::reply(typed), Err(problem));
    }
    assert!(rules::testimonial("Le 24/03/2026 de 9 h à 12 h 30, au 83500, trois cents colis.", true).is_ok());
}

#[test]
fn a_form_tells_of_every_field_at_once_and_of_consent_only_when_sent() {
    let wrong = form("Court.", "Camille Martin", "").read(true).unwrap_err();
    let told: Vec<(&str, &Problem)> = wrong.iter().collect();
    let expected = [
        ("consent", &Problem::Required),
        ("signature", &Problem::NotAChoice),
        ("testimonial", &Problem::TooShort { min: 40 }),
    ];
    assert_eq!(told, expected);
    let kept = form("Court.", "volunteer", "").read(false).unwrap();
    assert_eq!((kept.body.as_str(), kept.signature), ("Court.", Signature::Volunteer));
}

fn verdict(act: &str, reason: &str, word: &str) -> Result<Verdict, FieldErrors> {
    VerdictForm { act: act.to_owned(), reason: reason.to_owned(), word: word.to_owned() }.read()
}

#[test]
fn a_refusal_has_a_reason_and_words_where_it_is_none_of_the_list() {
    assert_eq!(verdict("publish", "", ""), Ok(Verdict::Publish));
    assert_eq!(verdict("publier", "", ""), Err(FieldErrors::one("act", Problem::NotAChoice)));
    for act in [DeskAct::Refuse, DeskAct::TakeDown, DeskAct::RefuseReply] {
        assert_eq!(verdict(act.as_str(), "", ""), Err(FieldErrors::one("reason", Problem::ReasonRequired)));
        assert_eq!(verdict(act.as_str(), "other", " "), Err(FieldErrors::one("word", Problem::Required)));
        assert!(verdict(act.as_str(), "insulting", "").is_ok());
    }
    let why = Why { code: WhyCode::Other, word: "Trop de détails.".to_owned() };
    assert_eq!(verdict("refuse", "other", "Trop de détails."), Ok(Verdict::Refuse(why)));
    assert_eq!(verdict("keep", "", ""), Err(FieldErrors::one("word", Problem::Required)));
}

#[test]
fn only_a_coordinator_puts_a_text_online_and_its_author_always_takes_it_back() {
    for row in TestimonialStatus::TRANSITIONS.iter().filter(|row| row.2 == TestimonialStatus::Published) {
        assert_eq!(
            (row.0, row.1, row.3),
            (TestimonialStatus::Waiting, TestimonialAction::Publish, &[Role::Coordinator][..])
        );
    }
    for status in TestimonialStatus::ALL.iter().filter(|status| **status != TestimonialStatus::Withdrawn) {
        let after = status.apply(TestimonialAction::Withdraw, Role::Volunteer);
        assert_eq!(after, Ok(TestimonialStatus::Withdrawn), "{status}");
    }
}

proptest! {
    /// Whatever is typed, what passes has the right length and no contact details.
    #[test]
    fn what_passes_may_be_public(typed in "[ -~é\n]{0,700}") {
        if let Ok(body) = rules::testimonial(&typed, true) {
            let count = body.chars().count();
            prop_assert!((40..=600).contains(&count));
            prop_assert_eq!(domain::text::contact_details(&body), None);
        }
    }
}
