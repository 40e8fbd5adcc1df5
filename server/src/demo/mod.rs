//! The demonstration data.
use crate::backend::Backend;
/// Fills an empty database.
///
/// # Errors
/// When the database refuses.
pub async fn fill(_: &Backend) -> anyhow::Result<()> {
    Ok(())
}
