//! Words for the states and columns of letters and directories.

use domain::letters::{Column, LetterStatus, LineProblem, RecipientState};

use crate::{
    i18n::{Text, Texts, k::letters as l},
    ui::problems,
};

/// Where a letter stands: its word and class.
pub const fn status(status: LetterStatus) -> (Text, &'static str) {
    match status {
        LetterStatus::Draft => (l::STATUS_DRAFT, "pill"),
        LetterStatus::Sent => (l::STATUS_SENT, "pill pill--waiting"),
        LetterStatus::Reminded => (l::STATUS_REMINDED, "pill pill--waiting"),
    }
}

/// What became of a letter at one association.
pub const fn state(state: RecipientState) -> Text {
    match state {
        RecipientState::Joined => l::STATE_JOINED,
        RecipientState::Stopped => l::STATE_STOPPED,
        RecipientState::Bounced => l::STATE_BOUNCED,
        RecipientState::Opened => l::STATE_OPENED,
        RecipientState::Sent => l::STATE_SENT,
    }
}

/// What a column of a directory holds.
pub const fn column(column: Column) -> Text {
    match column {
        Column::Name => l::COLUMN_NAME,
        Column::Email => l::COLUMN_EMAIL,
        Column::Rna => l::COLUMN_RNA,
        Column::Siret => l::COLUMN_SIRET,
        Column::Activity => l::COLUMN_ACTIVITY,
        Column::Town => l::COLUMN_TOWN,
    }
}

/// Why a line is not taken.
pub fn problem(t: Texts, problem: &LineProblem) -> String {
    match problem {
        LineProblem::Cell(at, problem) => {
            format!("{}{}{}", t.get(column(*at)), problems::separator(t), problems::problem(t, problem))
        }
        LineProblem::SameEmail(line) => t.with(l::SAME_EMAIL, &[("line", &line.to_string())]),
        LineProblem::OpenQuote => t.get(l::OPEN_QUOTE).to_owned(),
    }
}
