//! What the gallery shows things with: invented, and the same on both sides of hydration.

use chrono::{DateTime, Utc};
use domain::{
    ids::{LetterId, MissionId, OrganisationId, ReviewId, SlotId},
    mailbox::{Delivery, LetterLine},
    missions::{MissionCard, MissionPage, MissionStatus, SafetyRule, SlotKind, SlotLine, Term},
    network::TownRef,
    reviews::{HistoryLine, Message},
};
use uuid::Uuid;

use crate::i18n::{Texts, k::gallery as g};

/// An instant of the spring of 2020.
pub fn at(day: u32, hour: u32) -> DateTime<Utc> {
    format!("2020-03-{day:02}T{hour:02}:30:00Z").parse().unwrap_or_default()
}

/// A mission that does not exist.
pub const MISSION: MissionId = MissionId(Uuid::nil());
/// A review of the samples.
pub const REVIEW: ReviewId = ReviewId(Uuid::nil());

/// An organisation that does not exist.
pub const ORGANISATION: OrganisationId = OrganisationId(Uuid::nil());

/// A town.
pub fn town() -> TownRef {
    TownRef { insee: "83126".to_owned(), name: "La Seyne-sur-Mer".to_owned(), slug: "la-seyne-sur-mer".to_owned() }
}

fn domain(t: Texts, code: &str) -> Term {
    let label = match code {
        "food-aid" => g::FOOD_AID,
        "childcare" => g::CHILDCARE,
        _ => g::KEEPING_CONTACT,
    };
    Term { code: code.to_owned(), label: t.get(label).to_owned(), hint: String::new() }
}

/// Cards: with places, full, from home.
pub fn cards(t: Texts) -> Vec<MissionCard> {
    [("food-aid", 3, 12, false), ("childcare", 0, 0, false), ("keeping-contact", 1, 1, true)]
        .into_iter()
        .map(|(code, more_slots, places_left, remote)| MissionCard {
            id: MISSION,
            slug: String::new(),
            title: t.get(g::MISSION_TITLE).to_owned(),
            goal: t.get(g::SENTENCE).to_owned(),
            domain: domain(t, code),
            organisation: "Les Mains tendues".to_owned(),
            town: town(),
            neighbourhood: (!remote).then(|| "Les Sablettes".to_owned()),
            remote,
            open_to_minors: false,
            next: Some((SlotKind::Dated, at(24, 8), at(24, 11))),
            more_slots,
            places_left,
        })
        .collect()
}

/// Slots: free, almost full, full, an open period.
pub fn slots() -> Vec<SlotLine> {
    [
        (24, 8, 0, SlotKind::Dated),
        (25, 8, 7, SlotKind::Dated),
        (26, 8, 8, SlotKind::Dated),
        (27, 20, 4, SlotKind::OpenPeriod),
    ]
    .into_iter()
    .map(|(day, places, taken, kind)| SlotLine {
        id: SlotId(Uuid::from_u128(u128::from(day))),
        kind,
        starts_at: at(day, 8),
        ends_at: if kind == SlotKind::OpenPeriod { at(31, 17) } else { at(day, 11) },
        places,
        taken,
        cancelled: false,
        organisation: None,
    })
    .collect()
}

/// A mission as the public sees it.
pub fn mission(t: Texts) -> MissionPage {
    MissionPage {
        id: MISSION,
        slug: String::new(),
        status: MissionStatus::Published,
        title: t.get(g::MISSION_TITLE).to_owned(),
        goal: t.get(g::SENTENCE).to_owned(),
        description: format!("{}\n\n{}", t.get(g::SENTENCE), t.get(g::SENTENCE)),
        domain: Some(domain(t, "food-aid")),
        organisation: (ORGANISATION, "Les Mains tendues".to_owned(), String::new()),
        town: town(),
        remote: false,
        address: "12 quai Hoche".to_owned(),
        neighbourhood: Some("Centre-ville".to_owned()),
        beneficiaries: vec![t.get(g::EVERYONE).to_owned()],
        prerequisites: t.get(g::SENTENCE).to_owned(),
        safety_rules: t.get(g::SENTENCE).to_owned(),
        domain_rules: vec![SafetyRule { code: String::new(), version: 1, text: t.get(g::SENTENCE).to_owned() }],
        reading: String::new(),
        banners: Vec::new(),
        open_to_minors: true,
        equipment: Vec::new(),
        choose: true,
        slots: slots(),
        partners: Vec::new(),
        opens_on: None,
        now: at(23, 8),
        mine: None,
        viewer: None,
        voices: String::new(),
    }
}

/// An exchange of two sides.
pub fn messages(t: Texts) -> Vec<Message> {
    [(true, false, 8), (false, true, 9)]
        .into_iter()
        .map(|(from_coordination, mine, hour)| Message {
            author: if mine { "Prune Martin" } else { "Anis Benali" }.to_owned(),
            from_coordination,
            mine,
            item: None,
            body: t.get(g::SENTENCE).to_owned(),
            at: at(23, hour),
        })
        .collect()
}

/// A history, newest first.
pub fn history(t: Texts) -> Vec<HistoryLine> {
    [
        (Some("in_review"), "green_light"),
        (Some("submitted"), "refused"),
        (Some("waiting"), "in_review"),
        (None, "draft"),
    ]
    .into_iter()
    .zip([24, 23, 22, 21])
    .map(|((from, to), day)| HistoryLine {
        at: at(day, 9),
        actor: (to != "draft").then(|| "Anis Benali".to_owned()),
        from: from.map(str::to_owned),
        to: to.to_owned(),
        reason: (to == "refused").then(|| t.get(g::SENTENCE).to_owned()),
    })
    .collect()
}

/// E-mails: waiting, sent, given up.
pub fn letters(t: Texts) -> Vec<LetterLine> {
    [Delivery::Waiting, Delivery::Sent, Delivery::GivenUp]
        .into_iter()
        .map(|delivery| LetterLine {
            id: LetterId(Uuid::nil()),
            recipient: "prune@demo.example".to_owned(),
            subject: t.get(g::SENTENCE).to_owned(),
            at: at(24, 8),
            delivery,
        })
        .collect()
}
