//! A mission of the first town that everybody sees already, and that takes applications some days from now.

use anyhow::Context;
use chrono::Days;
use domain::{
    missions::{MissionContent, MissionStatus},
    organisations::OrganisationStatus,
    paris,
};

use super::{
    corpus::MissionText,
    dice::Dice,
    missions::{Later, Plan},
    world::{Act, World},
};
use crate::missions::OPENING_SET;

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x4F50_454E;
/// Days from today until applications open.
const OPENS_IN: u64 = 9;
/// Days from today to its slots: well after that.
const SLOTS_IN: [i64; 2] = [33, 40];

fn text() -> MissionText {
    MissionText {
        domain: "education".to_owned(),
        title: "Animer un planétarium gonflable".to_owned(),
        goal: "Montrer les étoiles à des classes qui ne voient que les lampadaires.".to_owned(),
        description:
            "Vous accueillez une classe sous la coupole, lancez la projection et racontez deux constellations. Une \
                      astronome amateur vous forme le matin même."
                .to_owned(),
        prerequisites: "Aimer raconter ; aucune connaissance du ciel n’est demandée.".to_owned(),
        safety_rules: "Garder la sortie de la coupole dégagée.\nNe jamais rester seul avec un enfant.".to_owned(),
        beneficiaries: vec!["children".to_owned()],
        remote: false,
        open_to_minors: false,
        practical: "La coupole se gonfle en vingt minutes : venez dès l’ouverture du gymnase.".to_owned(),
        when: "morning".to_owned(),
    }
}

impl World {
    /// Writes it, where the network has its domain.
    pub fn opening(&mut self) -> anyhow::Result<()> {
        let text = text();
        let host =
            self.organisations.iter().rposition(|host| host.town == 0 && host.status == OrganisationStatus::Approved);
        let Some(host) = host.filter(|_| self.reference.domains.contains(&text.domain)) else { return Ok(()) };
        let mine = std::mem::replace(&mut self.dice, Dice::of(SEED));
        let slots = SLOTS_IN.into_iter().map(|day| self.dated(day, false, &text.when));
        let slots = slots.collect::<anyhow::Result<Vec<_>>>()?;
        let practical = text.practical.clone();
        let content = self.content(text, 0, slots)?;
        self.opens_later(host, content, practical)?;
        self.dice = mine;
        Ok(())
    }

    fn opens_later(&mut self, host: usize, content: MissionContent, practical: String) -> anyhow::Result<()> {
        let (created_at, submitted_at, decided_at) = self.dates(MissionStatus::Published, &content.slots)?;
        content
            .check_complete(created_at, &self.reference.domains)
            .map_err(|errors| anyhow::anyhow!("demonstration data: {}: {errors:?}", content.title))?;
        let plan = Plan {
            id: self.dice.id(),
            organisation: host,
            town: 0,
            status: MissionStatus::Published,
            content,
            practical,
            was_public: true,
            popular: false,
            older: false,
            later: Later::Never,
            created_at,
            submitted_at,
            decided_at,
        };
        self.versions(&plan)?;
        let day = self.today.checked_add_days(Days::new(OPENS_IN)).context("a day to come")?;
        self.rows.missions.last_mut().context("the mission")?.opens_on = Some(day);
        self.act(Act {
            subject: "mission",
            id: plan.id,
            town: Some(self.towns[0].id),
            actor: Some(self.organisations[host].admin),
            at: plan.decided_at,
            from: None,
            to: OPENING_SET,
            reason: Some(&paris::figures(paris::midnight(day))),
        });
        Ok(())
    }
}
