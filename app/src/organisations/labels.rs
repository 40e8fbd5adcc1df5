//! What a person reads for a status, a legal form, a decision.

use domain::{fields::LegalForm, organisations::OrganisationStatus, reviews::Decision};

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

/// A decision: its button, and what it leads to.
pub const fn decision(decision: Decision) -> (Text, Text) {
    match decision {
        Decision::Approve => (o::DECIDE_APPROVE, o::DECIDE_APPROVE_HINT),
        Decision::RequestChanges => (o::DECIDE_CHANGES, o::DECIDE_CHANGES_HINT),
        Decision::Refuse => (o::DECIDE_REFUSE, o::DECIDE_REFUSE_HINT),
        Decision::Suspend => (o::DECIDE_SUSPEND, o::DECIDE_SUSPEND_HINT),
        Decision::Reinstate => (o::DECIDE_REINSTATE, o::DECIDE_REINSTATE_HINT),
    }
}
