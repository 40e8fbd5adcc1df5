//! Words for states and reasons.

use domain::testimonials::{ReplyStatus, TestimonialStatus, Why, WhyCode};

use crate::{
    i18n::{Text, Texts, k::testimonials as v},
    ui::problems::separator,
};

/// What a reason is called.
pub const fn why_code(code: WhyCode) -> Text {
    match code {
        WhyCode::NamesSomebody => v::WHY_NAMES,
        WhyCode::Insulting => v::WHY_INSULTING,
        WhyCode::OffTopic => v::WHY_OFF_TOPIC,
        WhyCode::Advertisement => v::WHY_ADVERTISEMENT,
        WhyCode::Other => v::WHY_OTHER,
    }
}

/// A reason with the town's words.
pub fn why(t: Texts, why: &Why) -> String {
    match (why.code, why.word.as_str()) {
        (code, "") => t.get(why_code(code)).to_owned(),
        (WhyCode::Other, word) => word.to_owned(),
        (code, word) => format!("{}{}{word}", t.get(why_code(code)), separator(t)),
    }
}

/// The class and the name of a state.
pub const fn status(status: TestimonialStatus) -> (&'static str, Text) {
    match status {
        TestimonialStatus::Draft => ("pill--draft", v::DRAFT),
        TestimonialStatus::Waiting => ("pill--waiting", v::WAITING),
        TestimonialStatus::Published => ("pill--closed", v::PUBLISHED),
        TestimonialStatus::Refused => ("pill--refused", v::REFUSED),
        TestimonialStatus::TakenDown => ("pill--refused", v::TAKEN_DOWN),
        TestimonialStatus::Withdrawn => ("pill--draft", v::WITHDRAWN),
    }
}

/// The class and the name of a state of the organisation's answer.
pub const fn reply_status(status: ReplyStatus) -> (&'static str, Text) {
    match status {
        ReplyStatus::Waiting => ("pill--waiting", v::WAITING),
        ReplyStatus::Published => ("pill--closed", v::PUBLISHED),
        ReplyStatus::Refused => ("pill--refused", v::REPLY_REFUSED),
    }
}

/// Who signed: a first name, or «a volunteer».
pub fn signed(t: Texts, given_name: Option<&str>) -> String {
    given_name.unwrap_or_else(|| t.get(v::A_VOLUNTEER)).to_owned()
}
