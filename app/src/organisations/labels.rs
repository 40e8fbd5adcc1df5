//! What a person reads for a state, a legal form, a decision.

use domain::{
    fields::LegalForm,
    missions::{MissionStatus, VersionStatus},
    organisations::OrganisationStatus,
    reviews::Decision,
};

use crate::i18n::{Text, Texts, k::organisations as o};

/// A legal form; empty for one that we do not know.
pub fn legal_form(t: Texts, code: &str) -> &'static str {
    LegalForm::parse(code).map_or("", |form| {
        t.get(match form {
            LegalForm::Association => o::FORM_ASSOCIATION,
            LegalForm::TownHall => o::FORM_TOWN_HALL,
            LegalForm::Ccas => o::FORM_CCAS,
            LegalForm::PublicBody => o::FORM_PUBLIC_BODY,
            LegalForm::Other => o::FORM_OTHER,
        })
    })
}

/// Every legal form, to choose from.
pub fn legal_forms(t: Texts) -> Vec<(String, String)> {
    let nothing = (String::new(), t.get(o::CHOOSE).to_owned());
    let forms = LegalForm::ALL.iter().map(|form| (form.as_str().to_owned(), legal_form(t, form.as_str()).to_owned()));
    std::iter::once(nothing).chain(forms).collect()
}

/// Where an organisation stands: word, class and icon of its pill.
pub const fn status(status: OrganisationStatus) -> (Text, &'static str, &'static str) {
    match status {
        OrganisationStatus::Draft => (o::STATUS_DRAFT, "pill--draft", "i-edit"),
        OrganisationStatus::Submitted => (o::STATUS_SUBMITTED, "pill--waiting", "i-clock"),
        OrganisationStatus::ChangesRequested => (o::STATUS_CHANGES, "pill--changes", "i-edit"),
        OrganisationStatus::Approved => (o::STATUS_APPROVED, "", "i-check"),
        OrganisationStatus::Refused => (o::STATUS_REFUSED, "pill--refused", "i-cross"),
        OrganisationStatus::Suspended => (o::STATUS_SUSPENDED, "pill--closed", "i-warning"),
    }
}

/// Where a mission stands. Green is for the green light.
pub const fn mission_status(status: MissionStatus) -> (Text, &'static str, &'static str) {
    match status {
        MissionStatus::Draft => (o::MISSION_DRAFT, "pill--draft", "i-edit"),
        MissionStatus::Submitted => (o::MISSION_SUBMITTED, "pill--waiting", "i-clock"),
        MissionStatus::ChangesRequested => (o::MISSION_CHANGES, "pill--changes", "i-edit"),
        MissionStatus::Published => (o::MISSION_PUBLISHED, "pill--cleared", "i-check"),
        MissionStatus::Refused => (o::MISSION_REFUSED, "pill--refused", "i-cross"),
        MissionStatus::Suspended => (o::MISSION_SUSPENDED, "pill--closed", "i-warning"),
        MissionStatus::Closed => (o::MISSION_CLOSED, "pill--closed", "i-flag"),
        MissionStatus::Cancelled => (o::MISSION_CANCELLED, "pill--closed", "i-cross"),
    }
}

/// How the version after the published one stands; nothing to say of one that is over.
pub const fn newer_version(status: VersionStatus) -> Option<Text> {
    match status {
        VersionStatus::Draft => Some(o::NEWER_DRAFT),
        VersionStatus::Submitted => Some(o::NEWER_SUBMITTED),
        VersionStatus::ChangesRequested => Some(o::NEWER_CHANGES),
        VersionStatus::Refused => Some(o::NEWER_REFUSED),
        VersionStatus::Approved | VersionStatus::Superseded => None,
    }
}

/// One act of an organisation's history.
pub fn act(t: Texts, from: Option<&str>, to: &str) -> &'static str {
    if from == Some(to) {
        return t.get(o::ACT_CHANGED);
    }
    OrganisationStatus::parse(to).map_or("", |to| {
        t.get(match (to, from) {
            (OrganisationStatus::Draft, _) => o::ACT_CREATED,
            (OrganisationStatus::Submitted, _) => o::ACT_SUBMITTED,
            (OrganisationStatus::ChangesRequested, _) => o::ACT_CHANGES,
            (OrganisationStatus::Approved, Some("suspended")) => o::ACT_REINSTATED,
            (OrganisationStatus::Approved, _) => o::ACT_APPROVED,
            (OrganisationStatus::Refused, _) => o::ACT_REFUSED,
            (OrganisationStatus::Suspended, _) => o::ACT_SUSPENDED,
        })
    })
}

/// A decision: the button, what it leads to, what its reason is asked for.
pub const fn decision(decision: Decision) -> (Text, Text) {
    match decision {
        Decision::Approve => (o::DECIDE_APPROVE, o::DECIDE_APPROVE_HINT),
        Decision::RequestChanges => (o::DECIDE_CHANGES, o::DECIDE_CHANGES_HINT),
        Decision::Refuse => (o::DECIDE_REFUSE, o::DECIDE_REFUSE_HINT),
        Decision::Suspend => (o::DECIDE_SUSPEND, o::DECIDE_SUSPEND_HINT),
        Decision::Reinstate => (o::DECIDE_REINSTATE, o::DECIDE_REINSTATE_HINT),
    }
}
