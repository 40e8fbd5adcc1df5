//! Words for movements and columns of equipment.

use domain::{
    equipment::{DeliveryColumn, DeliveryProblem, MovementKind},
    error::Problem,
};

use crate::{
    i18n::{Text, Texts, k::equipment as e},
    ui::problems,
};

/// What a line of the ledger tells.
pub const fn kind_word(kind: MovementKind) -> Text {
    match kind {
        MovementKind::Received => e::RECEIVED,
        MovementKind::Reserved => e::RESERVED_KIND,
        MovementKind::Released => e::RELEASED,
        MovementKind::Issued => e::ISSUED,
        MovementKind::Returned => e::RETURNED,
        MovementKind::Lost => e::LOST,
        MovementKind::Corrected => e::CORRECTED,
    }
}

/// What a column of a delivery holds.
pub const fn column(column: DeliveryColumn) -> Text {
    match column {
        DeliveryColumn::Equipment => e::EQUIPMENT,
        DeliveryColumn::Depot => e::DEPOT,
        DeliveryColumn::Quantity => e::QUANTITY,
        DeliveryColumn::Reason => e::REASON,
    }
}

/// Why a line is not taken.
pub fn problem(t: Texts, problem: &DeliveryProblem) -> String {
    let cell = |at: DeliveryColumn, problem: &Problem| {
        format!("{}{}{}", t.get(column(at)), problems::separator(t), problems::problem(t, problem))
    };
    match problem {
        DeliveryProblem::Cell(at, problem) => cell(*at, problem),
        DeliveryProblem::UnknownEquipment(name) => t.with(e::UNKNOWN_EQUIPMENT, &[("name", name)]),
        DeliveryProblem::UnknownDepot(name) => t.with(e::UNKNOWN_DEPOT, &[("name", name)]),
        DeliveryProblem::OpenQuote => t.get(e::OPEN_QUOTE).to_owned(),
    }
}

/// A difference as people write it: with its sign, a true minus.
pub fn signed(number: i32) -> String {
    match number {
        0 => "0".to_owned(),
        more if more > 0 => format!("+{more}"),
        fewer => format!("−{}", fewer.unsigned_abs()),
    }
}
