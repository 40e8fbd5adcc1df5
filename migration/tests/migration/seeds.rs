//! The reference data is complete, in both languages, and written as it should be.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value as Json;

use crate::Checked;

const FILES: [(&str, &str); 10] = [
    ("domains", include_str!("../../src/seeds/domains.json")),
    ("activities", include_str!("../../src/seeds/activities.json")),
    ("beneficiaries", include_str!("../../src/seeds/beneficiaries.json")),
    ("safety_rules", include_str!("../../src/seeds/safety_rules.json")),
    ("checklist_items", include_str!("../../src/seeds/checklist_items.json")),
    ("mission_templates", include_str!("../../src/seeds/mission_templates.json")),
    ("equipment_types", include_str!("../../src/seeds/equipment_types.json")),
    ("crisis_checklist_items", include_str!("../../src/seeds/crisis_checklist_items.json")),
    ("skills", include_str!("../../src/seeds/skills.json")),
    ("telltales", include_str!("../../src/seeds/telltales.json")),
];

const VITAL: [&str; 4] = ["food-aid", "childcare", "keeping-contact", "neighbourhood"];

type Rows = Vec<serde_json::Map<String, Json>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    title: String,
    goal: String,
    description: String,
    prerequisites: String,
    safety_rules: String,
    beneficiaries: Vec<String>,
    remote: bool,
    open_to_minors: bool,
    #[serde(default)]
    equipment: Json,
}

fn rows(file: &str) -> Result<Rows, Box<dyn std::error::Error>> {
    let (_, text) = FILES.into_iter().find(|(name, _)| *name == file).ok_or("no such file")?;
    Ok(serde_json::from_str(text)?)
}

fn text<'a>(row: &'a serde_json::Map<String, Json>, field: &str) -> &'a str {
    row.get(field).and_then(Json::as_str).unwrap_or_default()
}

fn codes(file: &str) -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
    Ok(rows(file)?.iter().map(|row| text(row, "code").to_owned()).collect())
}

#[test]
fn codes_are_unique_and_positions_in_order() -> Checked {
    for (file, _) in FILES {
        let rows = rows(file)?;
        assert_eq!(codes(file)?.len(), rows.len(), "{file}: the same code twice");
        for (index, row) in rows.iter().enumerate() {
            assert_eq!(row.get("position").and_then(Json::as_u64), u64::try_from(index).ok(), "{file} {index}");
        }
    }
    Ok(())
}

#[test]
fn the_vital_domains_come_first_and_enabled() -> Checked {
    let rows = rows("domains")?;
    assert_eq!(rows.len(), 14);
    for (index, row) in rows.iter().enumerate() {
        let vital = row.get("vital") == Some(&Json::Bool(true));
        assert_eq!(vital, VITAL.get(index) == Some(&text(row, "code")), "{}", text(row, "code"));
        assert!(!vital || row.get("enabled") == Some(&Json::Bool(true)));
    }
    Ok(())
}

#[test]
fn everything_points_at_a_domain() -> Checked {
    let domains = codes("domains")?;
    for (file, _) in FILES {
        for row in rows(file)? {
            let Some(domain) = row.get("domain_code").filter(|domain| !domain.is_null()) else { continue };
            assert!(domains.contains(domain.as_str().unwrap_or_default()), "{file} {}: {domain}", text(&row, "code"));
        }
    }
    for skill in rows("skills")? {
        let mut serves = text(&skill, "domains").split_whitespace().peekable();
        assert!(serves.peek().is_some() && serves.all(|code| domains.contains(code)), "{}", text(&skill, "code"));
    }
    Ok(())
}

#[test]
fn each_vital_domain_has_what_it_needs() -> Checked {
    for (file, at_least) in [("mission_templates", 2), ("activities", 2), ("safety_rules", 2), ("checklist_items", 1)] {
        let rows = rows(file)?;
        for domain in VITAL {
            let count = rows.iter().filter(|row| text(row, "domain_code") == domain).count();
            assert!(count >= at_least, "{domain}: {count} {file}");
        }
    }
    let general = codes("checklist_items")?;
    for item in ["feasible", "useful", "no-duplicate", "safe", "equipped"] {
        assert!(general.contains(item), "{item}");
    }
    Ok(())
}

#[test]
fn templates_are_complete_in_both_languages() -> Checked {
    let known = codes("beneficiaries")?;
    for row in rows("mission_templates")? {
        let content = |language: &str| -> Result<Content, serde_json::Error> {
            Content::deserialize(row.get(language).unwrap_or(&Json::Null))
        };
        let (french, english) = (content("content_fr")?, content("content_en")?);
        assert_eq!(french.beneficiaries, english.beneficiaries);
        assert_eq!((french.remote, french.open_to_minors), (english.remote, english.open_to_minors));
        assert_eq!(french.safety_rules.lines().count(), english.safety_rules.lines().count());
        assert_eq!(french.remote, text(&row, "domain_code") == "keeping-contact");
        for content in [french, english] {
            let title = &content.title;
            assert!(title.split_whitespace().count() >= 2 && title.chars().count() <= 120, "{title}");
            assert!((20..=300).contains(&content.goal.chars().count()), "{title}");
            assert!((300..=5000).contains(&content.description.chars().count()), "{title}");
            assert!(!content.prerequisites.is_empty() && content.safety_rules.lines().count() >= 3, "{title}");
            assert!(!content.beneficiaries.is_empty(), "{title}");
            assert!(content.beneficiaries.iter().all(|code| known.contains(code)), "{title}");
        }
    }
    Ok(())
}

/// New installations and those that were there before know the same needs, of kinds that the stock knows.
#[test]
fn templates_say_what_equipment_is_needed() -> Checked {
    let needs: serde_json::Map<String, Json> =
        serde_json::from_str(include_str!("../../src/seeds/template_equipment.json"))?;
    for row in rows("mission_templates")? {
        let said = needs.get(text(&row, "code")).cloned().unwrap_or(Json::Null);
        for language in ["content_fr", "content_en"] {
            let content = Content::deserialize(row.get(language).unwrap_or(&Json::Null))?;
            assert_eq!(content.equipment, said, "{}", text(&row, "code"));
            assert!(!content.remote || said.is_null(), "{}: from home", text(&row, "code"));
        }
    }
    let (known, kinds) = (codes("mission_templates")?, codes("equipment_types")?);
    assert!(needs.keys().all(|code| known.contains(code)));
    let asked = needs.values().filter_map(Json::as_array).flatten().filter_map(|need| need.get("code"));
    assert!(asked.filter_map(Json::as_str).all(|code| kinds.contains(code)));
    Ok(())
}

/// Every text with its path: `0.content_fr.title`.
fn texts(json: &Json, path: &str, found: &mut Vec<(String, String)>) {
    match json {
        Json::String(text) => found.push((path.to_owned(), text.clone())),
        Json::Array(items) => items.iter().enumerate().for_each(|(i, item)| texts(item, &format!("{path}.{i}"), found)),
        Json::Object(fields) => fields.iter().for_each(|(name, item)| texts(item, &format!("{path}.{name}"), found)),
        _ => {}
    }
}

#[test]
fn texts_are_well_set() -> Checked {
    for (file, json) in FILES {
        let mut found = Vec::new();
        texts(&serde_json::from_str(json)?, file, &mut found);
        for (path, text) in found {
            assert!(!text.trim().is_empty() && text.trim() == text, "{path}: blank or padded");
            assert!(!text.contains('\'') && !text.contains('"') && !text.contains("  "), "{path}: {text}");
            assert!(!text.contains('@') && !text.contains("http"), "{path}: an address");
            assert!(text.chars().filter(char::is_ascii_digit).count() < 6, "{path}: a number to call?");
            if path.contains("_fr") {
                well_set_french(&path, &text);
            }
        }
    }
    Ok(())
}

/// No-break spaces inside « » and before `: ; ! ?`; no middle dots.
fn well_set_french(path: &str, text: &str) {
    assert!(!text.contains('·'), "{path}: middle dot");
    let chars: Vec<char> = text.chars().collect();
    for pair in chars.windows(2) {
        let &[before, after] = pair else { continue };
        assert!(!":;!?»".contains(after) || before == '\u{a0}', "{path}: {before}{after}");
        assert!(before != '«' || after == '\u{a0}', "{path}: {before}{after}");
    }
}
