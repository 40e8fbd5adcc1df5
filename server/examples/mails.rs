//! Writes every kind of e-mail in both languages as a page to look at: `cargo run -p server --example mails -- FOLDER`.

use std::{env, error::Error, fs, path::PathBuf};

use app::i18n::Texts;
use domain::actor::Locale;
use server::mail::{Mail, MailKind};

/// What stands in the place of a fact: something of the length that people meet.
fn sample(name: &str) -> &'static str {
    match name {
        "name" | "volunteer" | "author" | "coordinator" => "Nadia Benali",
        "mission" | "title" | "other" => "Préparer et distribuer les colis du vendredi",
        "organisation" | "association" => "Les Paniers du midi",
        "town" => "La Seyne-sur-Mer",
        "slots" | "slot" => "vendredi 4 décembre, 9 h – 12 h\nmardi 8 décembre, 14 h – 17 h",
        "reason" | "message" | "letter" | "text" => {
            "Merci de préciser le lieu de rendez-vous.\nNous pouvons en parler cette semaine."
        }
        "place" => "12 rue de la Paix, La Seyne-sur-Mer",
        "link" => "https://renfort.example/mon-espace",
        "until" | "at" | "due" | "day" | "date" | "from" | "to" => "mardi 1er décembre, 18 h",
        "n" | "count" | "position" | "hours" => "3",
        _ => "un exemple",
    }
}

/// The names in braces of a text.
fn facts(text: &str) -> Vec<&str> {
    let after = text.split('{').skip(1);
    after.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("cargo run -p server --example mails -- FOLDER")?);
    fs::create_dir_all(&folder)?;
    for kind in MailKind::ALL {
        for locale in [Locale::Fr, Locale::En] {
            let texts = kind.texts().map(|text| Texts(locale).get(text));
            let facts: Vec<(&str, &str)> =
                texts.iter().flat_map(|text| facts(text)).map(|name| (name, sample(name))).collect();
            let mail = Mail { kind: *kind, facts: &facts, path: "/mon-espace" };
            let letter = mail.say(locale, "https://renfort.example").map_err(|error| format!("{error:?}"))?;
            let page = letter.html.replace("<body", &format!("<!-- {} --><body", letter.subject));
            fs::write(folder.join(format!("{}-{}.html", letter.kind, locale.as_str())), page)?;
        }
    }
    println!("{} kinds in two languages: {}", MailKind::ALL.len(), folder.display());
    Ok(())
}
