//! Who asked for silence, remembered after the directory has forgotten them: a hash of the address for each town, so that a file
//! that is imported again does not write to them, and nothing else can be read from it.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use uuid::Uuid;

use crate::{accounts::tokens, entity::letter_silence, error::Result, store::Work};

/// Those who asked a town for silence.
#[derive(Debug)]
pub struct Silence {
    town: Uuid,
    hashes: HashSet<String>,
}

impl Silence {
    /// Reads them.
    pub async fn of(db: &impl ConnectionTrait, town: Uuid) -> Result<Self> {
        let rows =
            letter_silence::Entity::find().filter(letter_silence::Column::MunicipalityId.eq(town)).all(db).await?;
        Ok(Self { town, hashes: rows.into_iter().map(|row| row.address_hash).collect() })
    }

    /// Whether an address is one of them.
    pub fn holds(&self, email: &str) -> bool {
        self.hashes.contains(&hash(self.town, email))
    }
}

/// The same address has another hash in another town.
fn hash(town: Uuid, email: &str) -> String {
    tokens::digest(&format!("{town} {}", email.trim().to_lowercase()))
}

/// Remembers that an address asked for silence.
pub async fn keep(work: &Work, town: Uuid, email: &str) -> Result<()> {
    use letter_silence::Column::{AddressHash, MunicipalityId};
    let row = letter_silence::ActiveModel {
        municipality_id: Set(town),
        address_hash: Set(hash(town, email)),
        asked_at: Set(work.now),
    };
    let known = OnConflict::columns([MunicipalityId, AddressHash]).do_nothing().to_owned();
    letter_silence::Entity::insert(row).on_conflict(known).exec_without_returning(&work.tx).await?;
    Ok(())
}

/// Forgets it: the town writes to it again.
pub async fn forget(work: &Work, town: Uuid, email: &str) -> Result<()> {
    letter_silence::Entity::delete_by_id((town, hash(town, email))).exec(&work.tx).await?;
    Ok(())
}
