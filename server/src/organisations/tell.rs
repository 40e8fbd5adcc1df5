//! Letters to everybody who holds a role.

use domain::{actor::Grant, ids::AccountId};

use crate::{accounts::queries::holders, error::Result, mail::Mail, store::Work};

/// Writes to everybody who holds a role somewhere.
///
/// # Errors
/// When the database refuses.
pub async fn tell(work: &Work, role: Grant, mail: Mail<'_>) -> Result<()> {
    for account in holders(&work.tx, role).await? {
        work.mail_account(AccountId(account.id), mail).await?;
    }
    Ok(())
}
