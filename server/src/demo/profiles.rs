//! What some volunteers say of themselves; the demonstration's own among them.

use domain::profiles::{Availability, Language, Means, Part};

use super::{dice::Dice, world::World};
use crate::entity::volunteer_profile;

/// Dice of their own: what others draw stays the same.
const SEED: u64 = 0x5052_4F46_494C_4553;
/// Dice for the secrets of those who agree to be asked for cover.
const SECRETS: u64 = 0x434F_5645_5253;
/// How many of a hundred say something.
const SHARE: usize = 40;
const SKILLS: [&str; 6] = ["cooking", "listening", "repairing", "computing", "gardening", "children"];
const LANGUAGES: [Language; 4] = [Language::English, Language::Arabic, Language::Italian, Language::SignLanguage];

impl World {
    /// Writes them.
    pub fn profiles(&mut self) {
        let (mut dice, mut secrets) = (Dice::of(SEED), Dice::of(SECRETS));
        let domains = self.reference.domains.clone();
        for (index, volunteer) in self.rows.volunteers.iter().enumerate() {
            if index > 0 && !dice.percent(SHARE) {
                continue;
            }
            let some = |dice: &mut Dice, codes: &[&str]| {
                let chosen = codes.iter().filter(|_| dice.percent(35)).copied();
                chosen.collect::<Vec<_>>().join(" ")
            };
            let liked: Vec<&str> = domains.iter().map(String::as_str).collect();
            let means: Vec<&str> = Means::ALL.iter().map(|means| means.as_str()).collect();
            let free = Availability::week().filter(|(day, part)| *day >= 6 || *part == Part::Evening);
            // The demonstration's volunteer is free in the evening and at the weekend.
            let free =
                free.filter(|_| index == 0 || dice.percent(60)).fold(Availability::default(), Availability::with);
            let (skills, liked, means, languages) = if index == 0 {
                (
                    "cooking repairing".to_owned(),
                    "food-aid environment".to_owned(),
                    "bicycle car".to_owned(),
                    "en".to_owned(),
                )
            } else {
                let languages = LANGUAGES.map(Language::as_str);
                (
                    some(&mut dice, &SKILLS),
                    some(&mut dice, &liked),
                    some(&mut dice, &means),
                    some(&mut dice, &languages),
                )
            };
            self.rows.profiles.push(volunteer_profile::Model {
                account_id: volunteer.account_id,
                skills,
                liked,
                means,
                // One in six says nothing of it, and agrees to be asked: whatever the day, some fit a slot.
                availability: if index % 6 == 1 { 0 } else { i32::try_from(free.bits()).unwrap_or_default() },
                radius_km: (index == 0 || dice.percent(50)).then_some(20),
                neighbourhood_id: None,
                languages,
                remote: index == 0 || dice.percent(30),
                suggestions: index == 0 || dice.percent(90),
                updated_at: volunteer.created_at,
                // Two in three agree to be asked for cover.
                cover: index % 3 != 2,
                cover_secret: (index % 3 != 2).then(|| format!("{}{}", secrets.id().simple(), secrets.id().simple())),
            });
        }
    }
}
