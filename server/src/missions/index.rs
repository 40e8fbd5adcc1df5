//! The full-text index: words are folded and stemmed here, once, and indexed by FTS5 on SQLite and `tsvector('simple')` on
//! PostgreSQL, so that both find the same.

use domain::{missions::MissionContent, text};
use rust_stemmers::{Algorithm, Stemmer};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

use crate::error::Result;

/// Words that carry no meaning of their own.
const STOP: &[&str] = &[
    "a", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "elle", "en", "et", "il", "ils", "je", "la",
    "le", "les", "leur", "lui", "ma", "mais", "me", "mes", "mon", "ne", "nos", "notre", "nous", "on", "ou", "par",
    "pas", "pour", "qu", "que", "qui", "sa", "se", "ses", "son", "sur", "ta", "te", "tes", "ton", "tu", "un", "une",
    "vos", "votre", "vous", "the", "of", "and", "to", "for", "in",
];

/// The stems of a text's words, in order.
pub fn stems(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::French);
    text::fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1 && !STOP.contains(word))
        .map(|word| stemmer.stem(word).into_owned())
        .collect()
}

/// What is indexed of a mission.
pub fn body(content: &MissionContent) -> String {
    let text =
        [&content.title, &content.goal, &content.description, &content.prerequisites].map(String::as_str).join(" ");
    stems(&text).join(" ")
}

/// Indexes a mission. On PostgreSQL the index stands on the mission's own column.
///
/// # Errors
/// When the database refuses.
pub async fn put(db: &impl ConnectionTrait, mission: Uuid, body: &str) -> Result<()> {
    if db.get_database_backend() == DbBackend::Sqlite {
        let id = mission.to_string();
        db.execute_raw(Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "DELETE FROM mission_search WHERE mission_id = ?",
            [id.clone().into()],
        ))
        .await?;
        db.execute_raw(Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "INSERT INTO mission_search (mission_id, body) VALUES (?, ?)",
            [id.into(), body.into()],
        ))
        .await?;
    }
    Ok(())
}
