//! What public pages show of testimonials, as HTML.
//!
//! The server says it and the browser only puts it in its place: a component would weigh on everybody's first page, whether
//! it holds a testimonial or not.

use domain::testimonials::Voice;

use super::labels;
use crate::{
    i18n::{Texts, k::testimonials as v},
    routes,
    ui::time,
};

/// A text in which nothing is markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The paragraphs of a text.
fn paragraphs(text: &str) -> String {
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| format!("<p>{}</p>", escape(part).replace('\n', "<br>"))).collect()
}

fn one(t: Texts, voice: &Voice) -> String {
    let who = escape(&labels::signed(t, voice.given_name.as_deref()));
    let about = voice.mission.as_ref().map(|(id, slug, title)| {
        format!(", <a href=\"{}\">{}</a>", escape(&routes::mission(*id, slug)), escape(title))
    });
    let reply = voice.reply.as_ref().map(|(name, body)| {
        let head = escape(&t.with(v::REPLY_OF, &[("organisation", name)]));
        format!("<div class=\"notice notice--info\"><p><strong>{head}</strong></p>{}</div>", paragraphs(body))
    });
    format!(
        "<li><figure class=\"card\"><blockquote class=\"prose\">{}</blockquote><figcaption><strong>{who}</strong>, {}{}</figcaption>{}</figure></li>",
        paragraphs(&voice.body),
        escape(&time::month(t.locale(), voice.day)),
        about.unwrap_or_default(),
        reply.unwrap_or_default(),
    )
}

/// The part of a page that shows testimonials, with the way to the others where there are some; empty where there is none.
pub fn section(t: Texts, voices: &[Voice], heading: bool, more: Option<&str>) -> String {
    if voices.is_empty() {
        return String::new();
    }
    let head = if heading { format!("<h2>{}</h2>", escape(t.get(v::HEADING))) } else { String::new() };
    let lines: String = voices.iter().map(|voice| one(t, voice)).collect();
    let more = more.map(|href| {
        format!("<p><a class=\"btn btn--quiet\" href=\"{}\">{}</a></p>", escape(href), escape(t.get(v::SEE_ALL)))
    });
    format!(
        "<section>{head}<ul class=\"plain-list stack\" role=\"list\">{lines}</ul>{}</section>",
        more.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::{actor::Locale, ids::MissionId};
    use uuid::Uuid;

    use super::*;

    fn voice(body: &str) -> Voice {
        Voice {
            body: body.to_owned(),
            given_name: Some("Nadia".to_owned()),
            day: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap_or_default(),
            mission: None,
            reply: None,
        }
    }

    #[test]
    fn nothing_that_was_written_is_markup() {
        const HOSTILE: &str = "<script>alert(1)</script> \"l’œil\" & ' fin";
        let hostile = Voice {
            given_name: Some(HOSTILE.to_owned()),
            mission: Some((MissionId(Uuid::nil()), HOSTILE.to_owned(), HOSTILE.to_owned())),
            reply: Some((HOSTILE.to_owned(), HOSTILE.to_owned())),
            ..voice(HOSTILE)
        };
        let html = section(Texts(Locale::Fr), &[hostile], true, Some("/\"onclick=\"x"));
        assert!(!html.contains("<script") && !html.contains("\"onclick"), "{html}");
        assert_eq!(html.matches("&lt;script&gt;").count(), 6, "{html}");
    }

    #[test]
    fn paragraphs_lines_and_signatures_are_said() {
        let html = section(Texts(Locale::Fr), &[voice("Un.\nDeux.\n\nTrois.")], false, None);
        assert!(html.contains("<p>Un.<br>Deux.</p><p>Trois.</p>"), "{html}");
        assert!(html.contains("<strong>Nadia</strong>, novembre\u{a0}2026"), "{html}");
        let nobody = Voice { given_name: None, ..voice("Un.") };
        assert!(section(Texts(Locale::En), &[nobody], false, None).contains("<strong>A volunteer</strong>"));
        assert_eq!(section(Texts(Locale::En), &[], true, None), "");
    }
}
