use domain::search::CommuneHint;

use crate::communes::Communes;

/// Suggestions while a town is typed.
const HINTS: usize = 8;

/// Communes of France whose name or postcode begins so.
pub fn complete(typed: &str) -> Vec<CommuneHint> {
    Communes::embedded()
        .complete(typed, HINTS)
        .into_iter()
        .map(|commune| CommuneHint {
            insee: commune.code().to_owned(),
            name: commune.name().to_owned(),
            detail: [commune.department(), commune.postcodes()].join(" · "),
        })
        .collect()
}
