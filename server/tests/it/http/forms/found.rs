//! What the forms are about, found in the demonstration data.

use anyhow::{Context, anyhow};
use domain::{actor::Actor, ids::AccountId, network::Network};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use server::{
    accounts::queries,
    entity::{account, invitation, municipality, organisation, outbox, role_grant},
};
use uuid::Uuid;

use super::super::Site;

/// Somebody as their session knows them.
pub async fn actor(site: &Site, email: &str) -> anyhow::Result<Actor> {
    let id = AccountId(site.account(email).await?.id);
    let known = queries::grants(site.backend.store.read(), id).await.map_err(|error| anyhow!("{error:?}"))?;
    let known = known.context("an account")?;
    Ok(Actor { account: Some(id), grants: known.grants, volunteer: known.volunteer, ..Actor::default() })
}

/// The organisation of the demonstration's admin.
pub async fn own_organisation(site: &Site) -> anyhow::Result<Uuid> {
    let admin = site.account("association@demo.example").await?.id;
    let grants = role_grant::Entity::find().filter(role_grant::Column::AccountId.eq(admin));
    grants.one(site.backend.store.read()).await?.and_then(|row| row.organisation_id).context("an organisation")
}

/// An organisation of La Seyne-sur-Mer in this state, with its first admin's e-mail.
pub async fn organisation_in(site: &Site, status: &str) -> anyhow::Result<(Uuid, String)> {
    let db = site.backend.store.read();
    let town = municipality::Entity::find().filter(municipality::Column::Insee.eq("83126")).one(db).await?;
    let found = organisation::Entity::find()
        .filter(organisation::Column::MunicipalityId.eq(town.context("the town")?.id))
        .filter(organisation::Column::Status.eq(status));
    let found = found.one(db).await?.with_context(|| format!("an organisation that is {status}"))?;
    let admin = account::Entity::find_by_id(found.created_by).one(db).await?.context("its admin")?;
    Ok((found.id, admin.email))
}

/// An invitation that waits, and the secret of its link, as the e-mail tells it.
pub async fn invited(site: &Site, town: &str) -> anyhow::Result<(Uuid, String)> {
    let email = "dominique@ville.example";
    site.backend.invite(&actor(site, "reseau@demo.example").await?, town, email).await?;
    let db = site.backend.store.read();
    let row = invitation::Entity::find().filter(invitation::Column::Email.eq(email)).one(db).await?;
    let letter = outbox::Entity::find().filter(outbox::Column::Recipient.eq(email));
    let letter = letter.order_by_desc(outbox::Column::Id).one(db).await?.context("its e-mail")?;
    let (_, link) = letter.body_text.split_once("/invitation/").context("its link")?;
    Ok((row.context("the invitation")?.id, link.split_whitespace().next().unwrap_or_default().to_owned()))
}
