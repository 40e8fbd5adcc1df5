//! The team of the first organisation: how its colleague came, an invitation that waits and one that expired.

use chrono::Duration;
use domain::access::Role;

use super::{
    dice::Dice,
    world::{Act, World},
};
use crate::{accounts::tokens, entity::invitation};

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x0054_4541_4D53;

impl World {
    /// Writes them.
    pub fn team(&mut self) {
        let Some((id, town, admin)) = self.organisations.first().map(|one| (one.id, one.town, one.admin)) else {
            return;
        };
        let town = self.towns.get(town).map(|town| town.id);
        let colleague =
            self.rows.grants.iter().find(|grant| grant.organisation_id == Some(id) && grant.account_id != admin);
        if let Some((who, at, role)) = colleague.map(|grant| (grant.account_id, grant.granted_at, grant.role.clone())) {
            let about = who.to_string();
            let (subject, actor, reason) = ("team", Some(who), Some(about.as_str()));
            self.act(Act { subject, id, town, actor, at, from: None, to: &role, reason });
        }
        let mut dice = Dice::of(SEED);
        let people = [
            ("lou.martin@voisins.example", Role::OrganisationHelper, Duration::days(3)),
            ("camille.petit@voisins.example", Role::OrganisationAdmin, Duration::days(20)),
        ];
        for (email, role, ago) in people {
            self.rows.invitations.push(invitation::Model {
                id: dice.id(),
                token_hash: tokens::digest(&dice.id().to_string()),
                email: email.to_owned(),
                role: role.as_str().to_owned(),
                municipality_id: None,
                organisation_id: Some(id),
                invited_by: admin,
                created_at: self.now - ago,
                expires_at: self.now - ago + Duration::days(14),
                accepted_at: None,
                accepted_by: None,
                revoked_at: None,
            });
        }
    }
}
