//! Words for the states of measures.

use domain::crisis::MeasuresStatus;

use crate::i18n::{Text, k::crisis as c};

/// Where measures stand: the word and the class of its pill.
pub const fn status(status: MeasuresStatus) -> (Text, &'static str) {
    match status {
        MeasuresStatus::Draft => (c::STATUS_DRAFT, "pill pill--draft"),
        MeasuresStatus::Scheduled => (c::STATUS_SCHEDULED, "pill pill--waiting"),
        MeasuresStatus::InForce => (c::STATUS_IN_FORCE, "pill pill--urgent"),
        MeasuresStatus::Lifted => (c::STATUS_LIFTED, "pill pill--closed"),
        MeasuresStatus::Ended => (c::STATUS_ENDED, "pill pill--closed"),
    }
}
