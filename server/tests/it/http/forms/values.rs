//! What people and attackers type, and how a browser or a script sends it.

use app::routes::encode;

/// A form as it should be filled in.
pub struct Form {
    /// Whose session.
    pub who: Option<String>,
    /// The address of the server function.
    pub act: &'static str,
    /// The page that the form stands on.
    pub page: String,
    pub fields: Vec<Field>,
    /// Not on its page before another act, or only where there is something to act on.
    pub hidden: bool,
}

/// A field with a value that is right.
pub struct Field {
    pub name: &'static str,
    pub value: String,
    pub kind: Kind,
}

/// What is typed into a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, of so many characters at most.
    Text(usize),
    /// A date, a number, an e-mail…: typed, in a form of its own.
    Typed,
    /// Chosen among answers, or sent along unseen.
    Chosen,
    /// Never shown again.
    Secret,
}

/// One way to send a form with one field wrong, or odd.
pub struct Trial {
    /// What is odd, for what a failed test says.
    pub about: String,
    pub body: Vec<u8>,
    /// The field, as errors call it.
    pub field: String,
    /// Whether a person fills it in; what a page sends along unseen is only changed by somebody who knows what they do.
    pub by_person: bool,
    /// What was typed into it, where a person could see it again.
    pub typed: Option<String>,
}

/// Values that a text, a number, a date or a choice may have to refuse; those that a text accepts come last, because
/// some acts can be done only once.
const VALUES: [&str; 17] = [
    "",
    "a\0b",
    "abc\u{202e}fdp.exe",
    "-1",
    "//evil.example/x",
    "2026-02-30",
    "+262142-12-31",
    "-9999-01-01",
    "9999-12-31",
    "25:61",
    "99999999999999999999",
    "00000000-0000-7000-8000-000000000000",
    "100 %",
    "<script>alert(1)</script> bonjour",
    "l’œil ' \" `'\" > bonjour",
    "'; DROP TABLE account;--",
    "Bonjour 🧤👩🏽‍🌾 à tous",
];

impl Form {
    pub fn new(who: Option<&str>, act: &'static str, page: impl Into<String>) -> Self {
        Self { who: who.map(str::to_owned), act, page: page.into(), fields: Vec::new(), hidden: false }
    }

    /// Not on its page from the start.
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// With a field.
    pub fn with(mut self, name: &'static str, value: impl Into<String>, kind: Kind) -> Self {
        self.fields.push(Field { name, value: value.into(), kind });
        self
    }

    /// The body with one field sent otherwise; a browser's encoding of the others.
    fn body(&self, odd: usize, sent: &[u8]) -> Vec<u8> {
        let mut body: Vec<u8> = Vec::new();
        for (number, field) in self.fields.iter().enumerate() {
            let plain = format!("{}={}", field.name, encode(&field.value));
            let part = if number == odd { sent } else { plain.as_bytes() };
            if !body.is_empty() && !part.is_empty() {
                body.push(b'&');
            }
            body.extend_from_slice(part);
        }
        body
    }

    /// Every field, each in every odd way.
    pub fn trials(&self) -> Vec<Trial> {
        self.fields.iter().enumerate().flat_map(|(odd, field)| self.of_field(odd, field)).collect()
    }

    fn of_field(&self, odd: usize, field: &Field) -> Vec<Trial> {
        let trial = |about: &str, sent: &[u8], typed: Option<&str>| Trial {
            about: format!("{} {about}", field.name),
            body: self.body(odd, sent),
            field: field.key(),
            by_person: field.kind != Kind::Chosen,
            typed: typed.filter(|_| matches!(field.kind, Kind::Text(_) | Kind::Typed)).map(str::to_owned),
        };
        let (name, value) = (field.name, encode(&field.value));
        let mut trials = Vec::new();
        let longer = |count: usize| "é".repeat(count);
        let mut long = vec![longer(10_000)];
        if let Kind::Text(most) = field.kind {
            long.push(longer(most + 1));
        }
        for text in long {
            let about = format!("is {} characters", text.chars().count());
            trials.push(trial(&about, format!("{name}={}", encode(&text)).as_bytes(), Some(&text)));
        }
        trials.extend([
            trial("is missing", b"", None),
            trial("is a list", format!("{name}[]=a&{name}[]=b").as_bytes(), None),
            trial("is nested", format!("{name}[a][b]=c").as_bytes(), None),
            trial("is an open bracket", format!("{name}[={value}").as_bytes(), None),
            trial("has no value", name.as_bytes(), None),
            trial("is a lone percent", format!("{name}=%").as_bytes(), None),
            trial("is a broken percent", format!("{name}=%4&%zz=%").as_bytes(), None),
            trial("is not UTF-8, encoded", format!("{name}=%FF%FE%C3").as_bytes(), None),
            trial("is not UTF-8", &[name.as_bytes(), b"=\xFF\xFE\xC3"].concat(), None),
        ]);
        // What is chosen is looked up among answers: a few strangers show that it is.
        let few = ["", "a\0b", "00000000-0000-7000-8000-000000000000", "<script>alert(1)</script> bonjour"];
        for typed in VALUES.into_iter().filter(|typed| field.kind != Kind::Chosen || few.contains(typed)) {
            let seen = Some(typed).filter(|typed| !typed.is_empty() && !typed.contains('\0'));
            trials.push(trial(&format!("is {typed:?}"), format!("{name}={}", encode(typed)).as_bytes(), seen));
        }
        let twice = format!("{name}={value}&{name}={}", encode("<script>alert(1)</script>"));
        trials.push(trial("stands twice", twice.as_bytes(), None));
        trials
    }
}

impl Field {
    /// `form[slots][]` is `slots`, `answers[0][note]` is `answers.0.note`.
    fn key(&self) -> String {
        let name = self.name.strip_prefix("form[").unwrap_or(self.name);
        name.split(['[', ']']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    }
}
