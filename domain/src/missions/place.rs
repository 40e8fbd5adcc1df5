//! Where a mission takes place, in words.

/// An address with the part of town and the town, each once: people write the town into the address too. Empty parts are left
/// out.
pub fn place(address: &str, part: Option<&str>, town: &str) -> String {
    let mut place = address.trim().trim_end_matches(',').to_owned();
    for name in [part.unwrap_or_default(), town] {
        if name.is_empty() || says(&place, name) {
            continue;
        }
        if !place.is_empty() {
            place.push_str(", ");
        }
        place.push_str(name);
    }
    place
}

/// Whether an address names a place by itself: between commas, or after a postcode. «Rue Berthelot» does not name Berthe.
fn says(address: &str, name: &str) -> bool {
    // Letters with accents as they are: their table of capitals would weigh on every visitor's first page.
    let name = name.to_ascii_lowercase();
    address.to_ascii_lowercase().split(',').map(str::trim).any(|part| {
        part.strip_suffix(name.as_str()).is_some_and(|before| {
            let before = before.trim_end();
            let digits = before.chars().rev().take_while(char::is_ascii_digit).count();
            before.is_empty() || digits == 5
        })
    })
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn each_name_stands_once() {
        let town = "La Seyne-sur-Mer";
        assert_eq!(place("3 rue Hoche", Some("Berthe"), town), "3 rue Hoche, Berthe, La Seyne-sur-Mer");
        let whole = "3 rue Hoche, 83500 LA SEYNE-SUR-MER";
        assert_eq!(place(whole, Some("Berthe"), town), "3 rue Hoche, 83500 LA SEYNE-SUR-MER, Berthe");
        assert_eq!(place("Place du marché, ", None, town), "Place du marché, La Seyne-sur-Mer");
        assert_eq!(place("", Some("Berthe"), town), "Berthe, La Seyne-sur-Mer");
        assert_eq!(place("", None, town), town);
        assert_eq!(place("8 avenue de Toulon", None, "Toulon"), "8 avenue de Toulon, Toulon");
        assert_eq!(place("8 avenue de Toulon 83000 Toulon", None, "Toulon"), "8 avenue de Toulon 83000 Toulon");
        assert_eq!(place("12 rue Berthelot", Some("Berthe"), "Eu"), "12 rue Berthelot, Berthe, Eu");
    }
}
