//! The items of the checklist, as the network edits them.

use serde::{Deserialize, Serialize};

use crate::{
    error::{FieldErrors, Problem},
    text,
};

/// What an item asks of crisis measures, when it is asked only while some hold.
pub const CRISIS_KINDS: [&str; 3] = ["domain", "rules", "group"];
/// The last place that the list has.
pub const LAST: i32 = 9999;

/// Of which missions an item is asked, and in which times: of all of them, always, when neither is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The code of the only domain.
    pub domain: Option<String>,
    /// Asked only while crisis measures hold: one of [`CRISIS_KINDS`].
    pub crisis: Option<String>,
}

impl Scope {
    /// Reads one choice; whether there is such a domain, the database knows.
    ///
    /// # Errors
    /// `NotAChoice`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        match typed.split_once(':') {
            None if typed.is_empty() => Ok(Self::default()),
            Some(("domain", code)) if !code.is_empty() => Ok(Self { domain: Some(code.to_owned()), crisis: None }),
            Some(("crisis", kind)) if CRISIS_KINDS.contains(&kind) => {
                Ok(Self { domain: None, crisis: Some(kind.to_owned()) })
            }
            _ => Err(Problem::NotAChoice),
        }
    }

    /// The same as one choice.
    pub fn choice(&self) -> String {
        match (&self.crisis, &self.domain) {
            (Some(kind), _) => format!("crisis:{kind}"),
            (None, Some(code)) => format!("domain:{code}"),
            (None, None) => String::new(),
        }
    }
}

/// Whether an item with this finding is always asked: joining two missions follows from a «no» about duplicates.
pub fn stays(finding: Option<&str>) -> bool {
    finding == Some("duplicates")
}

/// Whether an item is asked of the missions that it was made for: what the system finds for it would not be told of others.
pub fn keeps_scope(finding: Option<&str>, crisis: Option<&str>) -> bool {
    stays(finding) || matches!(crisis, Some("domain" | "group"))
}

/// An item of the checklist, as the network typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// Its code; empty for a new one.
    pub code: String,
    /// Of which missions: a choice of [`Scope`].
    pub scope: String,
    /// What is asked, in French.
    pub label_fr: String,
    /// What is asked, in English.
    pub label_en: String,
    /// One sentence more, in French; may be empty.
    pub hint_fr: String,
    /// One sentence more, in English; may be empty.
    pub hint_en: String,
    /// Its place in the list; empty for the last.
    pub position: String,
    /// `yes` when the green light needs it.
    pub mandatory: String,
    /// `yes` when it is asked no more.
    pub retired: String,
}

/// An item, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemText {
    /// Of which missions.
    pub scope: Scope,
    /// What is asked: French, English.
    pub label: (String, String),
    /// One sentence more: French, English.
    pub hint: (String, String),
    /// Its place in the list, if it is not the last.
    pub position: Option<i32>,
    /// The green light needs it.
    pub mandatory: bool,
    /// It is asked no more.
    pub retired: bool,
}

impl ItemForm {
    /// Reads what does not need the database.
    ///
    /// # Errors
    /// By field.
    pub fn read(&self) -> Result<ItemText, FieldErrors> {
        let mut errors = FieldErrors::default();
        let scope = errors.take("scope", Scope::parse(&self.scope));
        let label_fr = errors.take("label_fr", text::line(&self.label_fr, 2, 160));
        let label_en = errors.take("label_en", text::line(&self.label_en, 2, 160));
        let hint_fr = errors.take("hint_fr", text::line(&self.hint_fr, 0, 300));
        let hint_en = errors.take("hint_en", text::line(&self.hint_en, 0, 300));
        let position = errors.take("position", place(&self.position));
        match (scope, label_fr.zip(label_en), hint_fr.zip(hint_en), position) {
            (Some(scope), Some(label), Some(hint), Some(position)) => Ok(ItemText {
                scope,
                label,
                hint,
                position,
                mandatory: self.mandatory == "yes",
                retired: self.retired == "yes",
            }),
            _ => Err(errors),
        }
    }

    /// What differs in a later state, before and after, for the history.
    pub fn changes(&self, after: &Self) -> String {
        let differ = self.fields().into_iter().zip(after.fields()).filter(|(one, other)| one != other);
        let told = differ.map(|((name, was), (_, is))| format!("{name} «{was}» → «{is}»"));
        told.collect::<Vec<_>>().join(", ")
    }

    fn fields(&self) -> [(&'static str, &str); 8] {
        [
            ("scope", &self.scope),
            ("label_fr", &self.label_fr),
            ("label_en", &self.label_en),
            ("hint_fr", &self.hint_fr),
            ("hint_en", &self.hint_en),
            ("position", &self.position),
            ("mandatory", &self.mandatory),
            ("retired", &self.retired),
        ]
    }
}

/// Reads a place in the list.
fn place(typed: &str) -> Result<Option<i32>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    match typed.parse::<i32>() {
        Ok(place) if (0..=LAST).contains(&place) => Ok(Some(place)),
        Ok(_) => Err(Problem::OutOfRange { min: 0, max: i64::from(LAST) }),
        Err(_) => Err(Problem::NotANumber),
    }
}

/// An item of the checklist, to be edited.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLine {
    /// As it stands.
    pub form: ItemForm,
    /// See [`stays`].
    pub stays: bool,
    /// See [`keeps_scope`].
    pub keeps_scope: bool,
}

/// The checklist, for the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsPage {
    /// Domains, by code and name.
    pub domains: Vec<(String, String)>,
    /// All items, in order.
    pub items: Vec<ItemLine>,
}
