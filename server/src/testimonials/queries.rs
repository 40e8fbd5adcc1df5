//! Questions about testimonials, and what every act on one does.

use domain::{
    ids::{AccountId, MunicipalityId},
    testimonials::{Reply, ReplyStatus, Signature, TestimonialStatus, Why, WhyCode},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::SUBJECT;
use crate::{
    entity::{account, testimonial},
    error::Result,
    store::{Step, Work},
};

/// Where the newest text stands.
pub fn status(row: &testimonial::Model) -> TestimonialStatus {
    TestimonialStatus::parse(&row.status).unwrap_or(TestimonialStatus::Draft)
}

/// A reason, from its two columns.
fn why_of(code: Option<&str>, word: Option<&str>) -> Option<Why> {
    Some(Why { code: WhyCode::parse(code?)?, word: word.unwrap_or_default().to_owned() })
}

/// Why the newest text is not online.
pub fn why(row: &testimonial::Model) -> Option<Why> {
    why_of(row.why_code.as_deref(), row.why_word.as_deref())
}

/// What the organisation answered.
pub fn reply(row: &testimonial::Model) -> Option<Reply> {
    Some(Reply {
        status: ReplyStatus::parse(row.reply_status.as_deref()?)?,
        body: row.reply_body.clone()?,
        why: why_of(row.reply_why_code.as_deref(), row.reply_why_word.as_deref()),
    })
}

/// The first name that a text is signed with, if it is signed so.
pub fn signed(signature: &str, given_name: &str) -> Option<String> {
    (Signature::parse(signature) == Some(Signature::FirstName)).then(|| given_name.to_owned())
}

/// The first name of an account.
///
/// # Errors
/// When the database cannot be reached.
pub async fn given_name(db: &impl ConnectionTrait, account: Uuid) -> Result<String> {
    let row = account::Entity::find_by_id(account).one(db).await?;
    Ok(row.map(|row| row.given_name).unwrap_or_default())
}

/// What somebody wrote of a mission, held until the transaction ends.
///
/// # Errors
/// When the database cannot be reached.
pub async fn held_own(work: &Work, account: AccountId, mission: Uuid) -> Result<Option<testimonial::Model>> {
    Ok(testimonial::Entity::find()
        .filter(testimonial::Column::AccountId.eq(account.0))
        .filter(testimonial::Column::MissionId.eq(mission))
        .lock_exclusive()
        .one(&work.tx)
        .await?)
}

/// Writes what an act changed; whoever saw the state before sees that there was one.
///
/// # Errors
/// When the database refuses.
pub async fn change(
    work: &Work,
    before: &testimonial::Model,
    mut after: testimonial::ActiveModel,
) -> Result<testimonial::Model> {
    after.id = Set(before.id);
    after.version = Set(before.version + 1);
    after.updated_at = Set(work.now);
    Ok(after.update(&work.tx).await?)
}

/// Takes what is online away, and what was said of it.
pub fn offline(row: &mut testimonial::ActiveModel) {
    row.online_body = Set(None);
    row.online_signature = Set(None);
    row.online_at = Set(None);
    unsaid(row);
}

/// Takes away what the organisation said of a text.
pub fn unsaid(row: &mut testimonial::ActiveModel) {
    row.reply_status = Set(None);
    row.reply_body = Set(None);
    row.reply_at = Set(None);
    row.reply_by = Set(None);
    row.reply_why_code = Set(None);
    row.reply_why_word = Set(None);
    settled(row);
}

/// Takes a report away: it was answered.
pub fn settled(row: &mut testimonial::ActiveModel) {
    row.report = Set(None);
    row.reported_at = Set(None);
    row.reported_by = Set(None);
}

/// Leaves nothing of it.
pub fn emptied() -> testimonial::ActiveModel {
    let mut row = testimonial::ActiveModel {
        status: Set(TestimonialStatus::Withdrawn.as_str().to_owned()),
        body: Set(String::new()),
        signature: Set(Signature::Volunteer.as_str().to_owned()),
        why_code: Set(None),
        why_word: Set(None),
        ..Default::default()
    };
    offline(&mut row);
    row
}

/// What the history calls a state.
pub const fn named(status: TestimonialStatus) -> &'static str {
    match status {
        TestimonialStatus::Draft => "testimonial_draft",
        TestimonialStatus::Waiting => "testimonial_waiting",
        TestimonialStatus::Published => "testimonial_published",
        TestimonialStatus::Refused => "testimonial_refused",
        TestimonialStatus::TakenDown => "testimonial_taken_down",
        TestimonialStatus::Withdrawn => "testimonial_withdrawn",
    }
}

/// A line of the history, which never holds the text: it can be taken back.
pub fn step<'a>(
    row: &testimonial::Model,
    from: Option<TestimonialStatus>,
    to: &'a str,
    reason: Option<&'a str>,
) -> Step<'a> {
    let from = from.map(named);
    Step { subject: SUBJECT, id: row.id, municipality: Some(MunicipalityId(row.municipality_id)), from, to, reason }
}
