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
            detail: format!("{} · {}", commune.department(), few(commune.postcodes())),
        })
        .collect()
}

/// Postcodes to read: all of them, or the first and the last of a large town.
fn few(postcodes: &str) -> String {
    let all: Vec<&str> = postcodes.split(',').collect();
    match all.as_slice() {
        [first, _, _, .., last] => format!("{first} – {last}"),
        _ => all.join(", "),
    }
}
