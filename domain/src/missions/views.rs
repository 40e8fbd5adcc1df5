//! What is sent and shown about missions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{MissionContent, MissionStatus, SlotKind, VersionStatus};
use crate::{
    applications::door::Door,
    crisis::Banner,
    equipment::EquipmentType,
    error::FieldErrors,
    ids::{MissionId, NeighbourhoodId, OrganisationId, SlotId},
    network::TownRef,
    reviews::{HistoryLine, ItemRef, Message, RequestLine},
};

/// A word of a list that the network edits (domain, activity, beneficiary), in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Stable code.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// One sentence more, may be empty.
    pub hint: String,
}

/// A part of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighbourhoodRef {
    /// Its id.
    pub id: NeighbourhoodId,
    /// Its name.
    pub name: String,
}

/// A mission in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionCard {
    /// The mission.
    pub id: MissionId,
    /// Its part of the page's address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub goal: String,
    /// Its domain.
    pub domain: Term,
    /// Name of the organisation.
    pub organisation: String,
    /// Its town.
    pub town: TownRef,
    /// Part of the town, if on site and named.
    pub neighbourhood: Option<String>,
    /// From home.
    pub remote: bool,
    /// Open from 16, not only from 18.
    pub open_to_minors: bool,
    /// The next slot that is not over: kind, start, end.
    pub next: Option<(SlotKind, DateTime<Utc>, DateTime<Utc>)>,
    /// Further slots after that one.
    pub more_slots: u32,
    /// Places left over the slots to come.
    pub places_left: u32,
}

/// A slot as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotLine {
    /// Its id.
    pub id: SlotId,
    /// A date, or an open period.
    pub kind: SlotKind,
    /// Start, UTC.
    pub starts_at: DateTime<Utc>,
    /// End, UTC.
    pub ends_at: DateTime<Utc>,
    /// Places in all.
    pub places: u32,
    /// Places taken by accepted (or offered) volunteers.
    pub taken: u32,
    /// Called off.
    pub cancelled: bool,
    /// Who answers for it, when it is not the mission's own organisation.
    pub organisation: Option<OrganisationId>,
}

impl SlotLine {
    /// Whether somebody new may still be of use: a date has not begun, an open period is not over.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        let until = if self.kind == SlotKind::Dated { self.starts_at } else { self.ends_at };
        !self.cancelled && until > now
    }
}

/// An organisation that holds slots of another's mission, and answers its own applicants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its part of its page's address.
    pub slug: String,
    /// It chooses, rather than accepting at once.
    pub choose: bool,
}

/// The public page of a mission; also what its organisation and its reviewer preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionPage {
    /// The mission.
    pub id: MissionId,
    /// Its part of the page's address.
    pub slug: String,
    /// Where it stands.
    pub status: MissionStatus,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub goal: String,
    /// The whole text, paragraphs separated by line breaks.
    pub description: String,
    /// Its domain.
    pub domain: Option<Term>,
    /// The organisation: id, name, part of its address.
    pub organisation: (OrganisationId, String, String),
    /// Its town.
    pub town: TownRef,
    /// From home.
    pub remote: bool,
    /// Where, on site.
    pub address: String,
    /// Part of the town.
    pub neighbourhood: Option<String>,
    /// Labels of those it helps.
    pub beneficiaries: Vec<String>,
    /// What one should know or have, may be empty.
    pub prerequisites: String,
    /// Safety rules of the mission, one a line.
    pub safety_rules: String,
    /// Safety rules in force for its domain and by crisis measures: code, version, text.
    pub domain_rules: Vec<SafetyRule>,
    /// Which rules of crisis measures these are: the form of an application sends it back.
    pub reading: String,
    /// What the measures of its town say at the top of the page.
    pub banners: Vec<Banner>,
    /// Open from 16.
    pub open_to_minors: bool,
    /// The equipment that is provided, a kind a line, in words.
    pub equipment: Vec<String>,
    /// The organisation chooses, rather than accepting at once.
    pub choose: bool,
    /// Its slots, in order of time.
    pub slots: Vec<SlotLine>,
    /// Who answers for those that are not its organisation's.
    pub partners: Vec<Partner>,
    /// The day from which it takes applications, while that is still to come.
    pub opens_on: Option<NaiveDate>,
    /// The instant of the answer, UTC: pages compare with it, never with a clock of their own.
    pub now: DateTime<Utc>,
    /// The viewer's own live application, if any.
    pub mine: Option<crate::applications::OwnApplicationNote>,
    /// What only a volunteer who is signed in is told.
    pub viewer: Option<Viewer>,
    /// What volunteers say, as markup; empty where nobody does.
    pub voices: String,
}

/// What a mission's page tells a volunteer who is signed in, and nobody else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Under 18 on the day of a slot to come: a guardian must consent.
    pub guardian: bool,
    /// Whether they keep it among their favourites.
    pub kept: bool,
    /// What each slot of the page is for them, in its order.
    pub slots: Vec<Seen>,
}

/// A slot as one volunteer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The slot.
    pub slot: SlotId,
    /// Whether it can be asked for, or why not.
    pub door: Door,
    /// The mission in another town where they are counted on less than an hour before or after.
    pub near: Option<String>,
}

impl Viewer {
    /// What they see of a slot.
    pub fn seen(&self, slot: SlotId) -> Option<&Seen> {
        self.slots.iter().find(|seen| seen.slot == slot)
    }
}

/// A safety rule in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyRule {
    /// Stable code.
    pub code: String,
    /// Grows when the text changes.
    pub version: i32,
    /// What is asked.
    pub text: String,
}

/// What the editor of a mission needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissionEditor {
    /// The mission.
    pub id: MissionId,
    /// Its organisation.
    pub organisation: OrganisationId,
    /// Name of the organisation.
    pub organisation_name: String,
    /// Where the mission stands.
    pub status: MissionStatus,
    /// Where the version being edited stands; `None` when the published one is shown and no newer one exists.
    pub version: Option<VersionStatus>,
    /// The content to edit.
    pub content: MissionContent,
    /// The organisation chooses, rather than accepting at once.
    pub choose: bool,
    /// Practical details for accepted volunteers; changed at once, without a review.
    pub practical: String,
    /// Hours for which a place that came free is held for the next one of the waiting list.
    pub offer_hours: u32,
    /// The day from which volunteers can apply, if there is one; it may have come.
    pub opens_on: Option<NaiveDate>,
    /// What is still missing before it can be submitted.
    pub missing: FieldErrors,
    /// Whether the form may be edited now.
    pub editable: bool,
    /// Whether it may be submitted now (complete or not).
    pub submittable: bool,
    /// Whether the mission may be cancelled now.
    pub cancellable: bool,
    /// Slots of the published version with what is taken.
    pub live_slots: Vec<SlotLine>,
    /// Those of them that the town joined from another mission: they are not written here.
    pub joined: Vec<SlotId>,
    /// Who answers for those that are not its organisation's.
    pub partners: Vec<Partner>,
    /// Domains that the network enabled.
    pub domains: Vec<Term>,
    /// Whom a mission may help.
    pub beneficiaries: Vec<Term>,
    /// Kinds of equipment that the network offers, and those that the mission asks for already.
    pub equipment_kinds: Vec<EquipmentType>,
    /// Parts of the town.
    pub neighbourhoods: Vec<NeighbourhoodRef>,
    /// Why the coordinator asked for changes or refused, if so.
    pub decision_reason: Option<String>,
    /// The points that the coordinator asked to change, to be answered before it is sent again.
    pub requests: Vec<RequestLine>,
    /// The mission that it was copied from: id, title.
    pub copy_of: Option<(MissionId, String)>,
    /// The items of the coordinators' checklist that a message may be about.
    pub topics: Vec<ItemRef>,
    /// The exchange with the coordinators, oldest first.
    pub thread: Vec<Message>,
    /// Every act on it, newest first.
    pub history: Vec<HistoryLine>,
    /// The instant of the answer, UTC.
    pub now: DateTime<Utc>,
}

/// The first step of the editor: what.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of MissionContent")]
pub struct TextStep {
    pub domain: String,
    pub title: String,
    pub goal: String,
    pub description: String,
}

/// The second step of the editor: where.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceStep {
    /// `on_site` or `remote`.
    pub place: String,
    /// Where, on site.
    pub address: String,
    /// Id of a neighbourhood, or empty.
    pub neighbourhood: String,
}

/// A slot as typed in the third step: when.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SlotForm {
    /// `dated` or `open_period`.
    pub kind: String,
    /// Day of a dated slot, first day of an open period (`2026-12-31`).
    pub date: String,
    /// Last day of an open period; empty for a dated slot.
    pub last_date: String,
    /// Start (`09:00`), Europe/Paris, dated slots only.
    pub start: String,
    /// End (`12:00`); before the start means the next day.
    pub end: String,
    /// How many volunteers.
    pub places: String,
}

/// How much of a kind is needed, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields are those of EquipmentNeed")]
pub struct EquipmentLine {
    pub code: String,
    pub per_volunteer: String,
    pub per_slot: String,
}

/// The fourth step of the editor: with whom, under which rules.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleStep {
    /// Codes of beneficiaries.
    pub beneficiaries: Vec<String>,
    /// What one should know or have.
    pub prerequisites: String,
    /// One rule a line.
    pub safety_rules: String,
    /// `yes` when open from 16.
    pub minors: String,
    /// `at_once` or `choose`.
    pub choice: String,
    /// Practical details for accepted volunteers.
    pub practical: String,
    /// Hours for which a place that came free is held; as the mission has it when empty.
    pub offer_hours: String,
    /// The day from which volunteers can apply (`2026-12-31`); empty for at once.
    pub opens_on: String,
    /// Every kind that the form shows; none at all leaves what there was.
    pub equipment: Vec<EquipmentLine>,
}

/// A template to start a mission from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateCard {
    /// Stable code.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// Its domain.
    pub domain: Term,
    /// What such a mission is for.
    pub goal: String,
}
