//! E-mails about teams.

use app::i18n::{Text, Texts, k::mails as m};
use domain::{
    access::Role,
    actor::Locale,
    ids::{AccountId, MunicipalityId, OrganisationId},
};

use super::queries::{Colleague, Held};
use crate::{
    accounts::queries::full_name,
    entity::{account, organisation},
    error::Result,
    mail::{Mail, MailKind},
    network,
    store::Work,
};

/// What a role is called, and what one does in it.
const fn said(role: Role) -> (Text, Text) {
    match role {
        Role::OrganisationAdmin => (m::TEAM_ADMIN, m::TEAM_ADMIN_DUTIES),
        _ => (m::TEAM_HELPER, m::TEAM_HELPER_DUTIES),
    }
}

/// Invites, in this language.
///
/// # Errors
/// When the database refuses.
pub async fn invite(
    work: &Work,
    organisation: &organisation::Model,
    (inviter, locale): (&str, Locale),
    (email, role): (&str, Role),
    path: &str,
) -> Result<()> {
    let town = network::queries::by_id(&work.tx, MunicipalityId(organisation.municipality_id)).await?.name;
    let duties = Texts(locale).get(said(role).1);
    let facts =
        [("inviter", inviter), ("organisation", organisation.name.as_str()), ("town", &town), ("duties", duties)];
    work.mail(email, locale, Mail { kind: MailKind::TeamInvitation, facts: &facts, path }).await
}

/// Tells somebody what was done to them.
///
/// # Errors
/// When the database refuses.
pub async fn of_it(work: &Work, held: &Held, who: &account::Model, kind: MailKind, role: Role) -> Result<()> {
    let locale = Locale::parse(&who.locale).unwrap_or_default();
    let t = Texts(locale);
    let town = network::queries::by_id(&work.tx, MunicipalityId(held.organisation.municipality_id)).await?.name;
    let by = full_name(&held.colleague(held.me)?.account);
    let (name, duties) = said(role);
    let facts = [
        ("by", by.as_str()),
        ("organisation", &held.organisation.name),
        ("town", &town),
        ("role", t.get(name)),
        ("duties", t.get(duties)),
    ];
    let space = app::routes::organisation_space(OrganisationId(held.organisation.id));
    let path = if kind == MailKind::TeamRemoved { app::routes::MY_SPACE } else { space.as_str() };
    work.mail(&who.email, locale, Mail { kind, facts: &facts, path }).await
}

/// Tells the admins who are left, or were there, what somebody did.
///
/// # Errors
/// When the database refuses.
pub async fn admins(work: &Work, held: &Held, who: AccountId, kind: MailKind) -> Result<()> {
    let colleague = held.colleague(who)?;
    let name = full_name(&colleague.account);
    let path = app::routes::team(OrganisationId(held.organisation.id));
    let told = |other: &&Colleague| {
        other.id() != who && other.role() == Role::OrganisationAdmin && other.account.disabled_at.is_none()
    };
    for admin in held.colleagues.iter().filter(told) {
        let locale = Locale::parse(&admin.account.locale).unwrap_or_default();
        let role = Texts(locale).get(said(colleague.role()).0);
        let facts = [("name", name.as_str()), ("organisation", &held.organisation.name), ("role", role)];
        work.mail(&admin.account.email, locale, Mail { kind, facts: &facts, path: &path }).await?;
    }
    Ok(())
}
