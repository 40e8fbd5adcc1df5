//! E-mails: said in the person's language from the translation files, laid out once, queued in the transaction of the
//! change they tell of, sent by a background task.

mod kinds;
pub mod outbox;
pub mod sender;

use app::i18n::{Texts, k::mails as m};
use askama::Template;
use domain::actor::Locale;

pub use self::kinds::MailKind;
use crate::error::Result;

/// An e-mail to be said.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// What it tells.
    pub kind: MailKind,
    /// The words that fill its texts.
    pub facts: &'a [(&'a str, &'a str)],
    /// The path of its one action.
    pub path: &'a str,
}

/// An e-mail, said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The name of its kind.
    pub kind: &'static str,
    /// Subject: one line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
}

#[derive(Template)]
#[template(path = "layout.txt", escape = "none")]
struct TextLayout<'a> {
    paragraphs: &'a [String],
    action: &'a str,
    link: &'a str,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "layout.html")]
struct HtmlLayout<'a> {
    lang: &'a str,
    subject: &'a str,
    paragraphs: &'a [String],
    action: &'a str,
    link: &'a str,
    footer: &'a str,
}

impl Mail<'_> {
    /// Says it in a language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn say(&self, locale: Locale, public_url: &str) -> Result<Letter> {
        let t = Texts(locale);
        let (kind, [subject, body, action]) = (self.kind.name(), self.kind.texts());
        let subject: String =
            t.with(subject, self.facts).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let paragraphs: Vec<String> = t
            .with(body, self.facts)
            .split("\n\n")
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        let link = format!("{public_url}{}", self.path);
        let (action, footer) = (t.get(action), t.get(m::FOOTER));
        let text = TextLayout { paragraphs: &paragraphs, action, link: &link, footer }.render()?;
        let html = HtmlLayout {
            lang: locale.as_str(),
            subject: &subject,
            paragraphs: &paragraphs,
            action,
            link: &link,
            footer,
        }
        .render()?;
        Ok(Letter { kind, subject, text, html })
    }
}
