use anyhow::{anyhow, bail};
use domain::{
    actor::Actor,
    fields::{Email, PersonName},
    ids::AccountId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use uuid::Uuid;

use crate::{
    accounts::{queries, tokens},
    backend::Backend,
    entity::{account, role_grant},
    store::{Step, Work},
};

/// Makes an admin of the network without a password, and prints the link to choose one.
pub async fn create(backend: &Backend, email: &str, given_name: &str, family_name: &str) -> anyhow::Result<()> {
    let email = Email::parse(email).map_err(|_| anyhow!("--email: {email} is not an e-mail address"))?;
    let given_name = PersonName::parse(given_name).map_err(|_| anyhow!("--given-name cannot be used"))?;
    let family_name = PersonName::parse(family_name).map_err(|_| anyhow!("--family-name cannot be used"))?;
    let link = make(backend, &email, &given_name, &family_name).await.map_err(|error| anyhow!("{error:?}"))?;
    let Some(link) = link else { bail!("--email: there is an account with {} already", email.as_str()) };
    println!("The account is made. Choose its password within ten minutes:\n{link}");
    Ok(())
}

async fn make(
    backend: &Backend,
    email: &Email,
    given_name: &PersonName,
    family_name: &PersonName,
) -> crate::error::Result<Option<String>> {
    let work = Work::begin(backend, &Actor::default()).await?;
    if queries::by_email(&work.tx, email.as_str()).await?.is_some() {
        return Ok(None);
    }
    let id = AccountId(Uuid::now_v7());
    account::ActiveModel {
        id: Set(id.0),
        email: Set(email.as_str().to_owned()),
        given_name: Set(given_name.as_str().to_owned()),
        family_name: Set(family_name.as_str().to_owned()),
        locale: Set("fr".to_owned()),
        // No password has this hash: the link chooses one.
        password_hash: Set(String::new()),
        email_confirmed_at: Set(None),
        created_at: Set(work.now),
        last_seen_at: Set(None),
        disabled_at: Set(None),
    }
    .insert(&work.tx)
    .await?;
    role_grant::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(id.0),
        role: Set("network_admin".to_owned()),
        municipality_id: Set(None),
        organisation_id: Set(None),
        granted_by: Set(None),
        granted_at: Set(work.now),
        scope: Set(String::new()),
    }
    .insert(&work.tx)
    .await?;
    work.record(Step {
        subject: "account",
        id: id.0,
        municipality: None,
        from: None,
        to: "network_admin",
        reason: None,
    })
    .await?;
    let token = tokens::issue(&work.tx, id, "reset_password", work.now, tokens::RESET).await?;
    work.commit().await?;
    Ok(Some(format!("{}/mot-de-passe/{token}", backend.settings.public_url)))
}
