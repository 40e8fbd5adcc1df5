//! Being written.
use crate::{
    entity::{mission, slot},
    error::Result,
    store::Work,
};
#[expect(missing_docs, clippy::unused_async, clippy::missing_errors_doc, reason = "being written")]
pub async fn cancel_for_mission(_: &Work, _: &mission::Model, _: &str, _: &str) -> Result<()> {
    Ok(())
}
#[expect(missing_docs, clippy::unused_async, clippy::missing_errors_doc, reason = "being written")]
pub async fn cancel_for_slot(_: &Work, _: &mission::Model, _: &slot::Model, _: &str, _: &str) -> Result<()> {
    Ok(())
}
