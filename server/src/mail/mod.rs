//! E-mails: said in the person's language from the translation files, laid out once, queued in the transaction of the
//! change they tell of, sent by a background task.

pub mod outbox;
pub mod sender;

use app::i18n::{Text, Texts, k::mails as m};
use askama::Template;
use domain::actor::Locale;

use crate::error::Result;

/// What an e-mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name is its texts in locales/*/mails.json")]
pub enum MailKind {
    ConfirmEmail,
    AlreadyRegistered,
    ResetPassword,
    PasswordChanged,
    Invitation,
    OrganisationSubmitted,
    OrganisationToReview,
    OrganisationApproved,
    OrganisationChanges,
    OrganisationRefused,
    OrganisationSuspended,
    OrganisationReinstated,
    MissionSubmitted,
    ReviewHandedOver,
    ReviewTakenOver,
    ReviewsDueSoon,
    ReviewsOverdue,
    MissionToReview,
    MissionChanges,
    MissionGreenLight,
    MissionRefused,
    MissionCancelled,
    SlotCancelled,
    ThreadMessage,
    MessageReceived,
    MessageReported,
    ReportClosed,
    ApplicationReceived,
    ApplicationSent,
    ApplicationAccepted,
    ApplicationDeclined,
    ApplicationWithdrawn,
    WaitingListJoined,
    PlaceOffered,
    OfferExpired,
    WaitingListOver,
    HoursValidated,
    AbsenceNoted,
    SlotInTwoDays,
    SlotInThreeHours,
    SlotDayAfter,
    GuardianAsked,
    GuardianAwaited,
    GuardianGiven,
    GuardianRefused,
    GuardianWithdrawn,
    AssociationLetter,
    AssociationReminder,
    EquipmentLow,
    EquipmentShort,
    MissionJoined,
    OwnMissionJoined,
    PartnerJoined,
    SharedMissionCancelled,
    SharedMissionClosed,
    SharedMissionSuspended,
    SharedMissionResumed,
    IdeaReceived,
    IdeaToAnswer,
    IdeaAnswered,
    IdeaClosed,
    IdeaTurned,
    IdeaDraft,
    IdeaInvitation,
    CrisisOrganisation,
    CrisisVolunteer,
    CrisisCoordinator,
    CrisisBackOrganisation,
    CrisisBackVolunteer,
    CrisisOver,
    NewMissions,
    TeamInvitation,
    TeamJoined,
    TeamRole,
    TeamRemoved,
    TeamLeft,
    PlaceLost,
}

impl MailKind {
    /// The name kept in the outbox.
    pub const fn name(self) -> &'static str {
        self.texts().0
    }

    /// Whether it is left for the morning in quiet hours, as nothing depends on it.
    pub const fn waits_for_morning(self) -> bool {
        matches!(self, Self::NewMissions)
    }

    /// Subject, body and action in the translation files, and the name kept in the outbox.
    #[expect(clippy::too_many_lines, reason = "a table: one line per kind")]
    const fn texts(self) -> (&'static str, Text, Text, Text) {
        match self {
            Self::ConfirmEmail => {
                ("confirm_email", m::CONFIRM_EMAIL_SUBJECT, m::CONFIRM_EMAIL_BODY, m::CONFIRM_EMAIL_ACTION)
            }
            Self::AlreadyRegistered => (
                "already_registered",
                m::ALREADY_REGISTERED_SUBJECT,
                m::ALREADY_REGISTERED_BODY,
                m::ALREADY_REGISTERED_ACTION,
            ),
            Self::ResetPassword => {
                ("reset_password", m::RESET_PASSWORD_SUBJECT, m::RESET_PASSWORD_BODY, m::RESET_PASSWORD_ACTION)
            }
            Self::PasswordChanged => {
                ("password_changed", m::PASSWORD_CHANGED_SUBJECT, m::PASSWORD_CHANGED_BODY, m::OPEN_ACTION)
            }
            Self::Invitation => ("invitation", m::INVITATION_SUBJECT, m::INVITATION_BODY, m::INVITATION_ACTION),
            Self::OrganisationSubmitted => (
                "organisation_submitted",
                m::ORGANISATION_SUBMITTED_SUBJECT,
                m::ORGANISATION_SUBMITTED_BODY,
                m::ORGANISATION_ACTION,
            ),
            Self::OrganisationToReview => (
                "organisation_to_review",
                m::ORGANISATION_TO_REVIEW_SUBJECT,
                m::ORGANISATION_TO_REVIEW_BODY,
                m::REVIEW_ACTION,
            ),
            Self::OrganisationApproved => (
                "organisation_approved",
                m::ORGANISATION_APPROVED_SUBJECT,
                m::ORGANISATION_APPROVED_BODY,
                m::ORGANISATION_APPROVED_ACTION,
            ),
            Self::OrganisationChanges => (
                "organisation_changes",
                m::ORGANISATION_CHANGES_SUBJECT,
                m::ORGANISATION_CHANGES_BODY,
                m::ORGANISATION_ACTION,
            ),
            Self::OrganisationRefused => (
                "organisation_refused",
                m::ORGANISATION_REFUSED_SUBJECT,
                m::ORGANISATION_REFUSED_BODY,
                m::ORGANISATION_ACTION,
            ),
            Self::OrganisationSuspended => (
                "organisation_suspended",
                m::ORGANISATION_SUSPENDED_SUBJECT,
                m::ORGANISATION_SUSPENDED_BODY,
                m::ORGANISATION_ACTION,
            ),
            Self::OrganisationReinstated => (
                "organisation_reinstated",
                m::ORGANISATION_REINSTATED_SUBJECT,
                m::ORGANISATION_REINSTATED_BODY,
                m::ORGANISATION_ACTION,
            ),
            Self::MissionSubmitted => {
                ("mission_submitted", m::MISSION_SUBMITTED_SUBJECT, m::MISSION_SUBMITTED_BODY, m::MISSION_ACTION)
            }
            Self::MissionToReview => {
                ("mission_to_review", m::MISSION_TO_REVIEW_SUBJECT, m::MISSION_TO_REVIEW_BODY, m::REVIEW_ACTION)
            }
            Self::ReviewHandedOver => {
                ("review_handed_over", m::REVIEW_HANDED_OVER_SUBJECT, m::REVIEW_HANDED_OVER_BODY, m::REVIEW_ACTION)
            }
            Self::ReviewTakenOver => {
                ("review_taken_over", m::REVIEW_TAKEN_OVER_SUBJECT, m::REVIEW_TAKEN_OVER_BODY, m::REVIEW_ACTION)
            }
            Self::ReviewsDueSoon => {
                ("reviews_due_soon", m::REVIEWS_DUE_SOON_SUBJECT, m::REVIEWS_DUE_SOON_BODY, m::REVIEW_ACTION)
            }
            Self::ReviewsOverdue => {
                ("reviews_overdue", m::REVIEWS_OVERDUE_SUBJECT, m::REVIEWS_OVERDUE_BODY, m::REVIEW_ACTION)
            }
            Self::MissionChanges => {
                ("mission_changes", m::MISSION_CHANGES_SUBJECT, m::MISSION_CHANGES_BODY, m::MISSION_CHANGES_ACTION)
            }
            Self::MissionGreenLight => (
                "mission_green_light",
                m::MISSION_GREEN_LIGHT_SUBJECT,
                m::MISSION_GREEN_LIGHT_BODY,
                m::MISSION_GREEN_LIGHT_ACTION,
            ),
            Self::MissionRefused => {
                ("mission_refused", m::MISSION_REFUSED_SUBJECT, m::MISSION_REFUSED_BODY, m::MISSION_ACTION)
            }
            Self::MissionCancelled => {
                ("mission_cancelled", m::MISSION_CANCELLED_SUBJECT, m::MISSION_CANCELLED_BODY, m::FIND_ACTION)
            }
            Self::SlotCancelled => {
                ("slot_cancelled", m::SLOT_CANCELLED_SUBJECT, m::SLOT_CANCELLED_BODY, m::MY_SPACE_ACTION)
            }
            Self::ThreadMessage => {
                ("thread_message", m::THREAD_MESSAGE_SUBJECT, m::THREAD_MESSAGE_BODY, m::THREAD_MESSAGE_ACTION)
            }
            Self::MessageReceived => {
                ("message_received", m::MESSAGE_RECEIVED_SUBJECT, m::MESSAGE_RECEIVED_BODY, m::MESSAGE_RECEIVED_ACTION)
            }
            Self::MessageReported => {
                ("message_reported", m::MESSAGE_REPORTED_SUBJECT, m::MESSAGE_REPORTED_BODY, m::MESSAGE_REPORTED_ACTION)
            }
            Self::ReportClosed => {
                ("report_closed", m::REPORT_CLOSED_SUBJECT, m::REPORT_CLOSED_BODY, m::REPORT_CLOSED_ACTION)
            }
            Self::ApplicationReceived => (
                "application_received",
                m::APPLICATION_RECEIVED_SUBJECT,
                m::APPLICATION_RECEIVED_BODY,
                m::APPLICATION_RECEIVED_ACTION,
            ),
            Self::ApplicationSent => {
                ("application_sent", m::APPLICATION_SENT_SUBJECT, m::APPLICATION_SENT_BODY, m::MY_SPACE_ACTION)
            }
            Self::ApplicationAccepted => (
                "application_accepted",
                m::APPLICATION_ACCEPTED_SUBJECT,
                m::APPLICATION_ACCEPTED_BODY,
                m::MY_SPACE_ACTION,
            ),
            Self::ApplicationDeclined => {
                ("application_declined", m::APPLICATION_DECLINED_SUBJECT, m::APPLICATION_DECLINED_BODY, m::FIND_ACTION)
            }
            Self::ApplicationWithdrawn => (
                "application_withdrawn",
                m::APPLICATION_WITHDRAWN_SUBJECT,
                m::APPLICATION_WITHDRAWN_BODY,
                m::APPLICATION_RECEIVED_ACTION,
            ),
            Self::WaitingListJoined => {
                ("waiting_list_joined", m::WAITING_LIST_JOINED_SUBJECT, m::WAITING_LIST_JOINED_BODY, m::MY_SPACE_ACTION)
            }
            Self::PlaceOffered => {
                ("place_offered", m::PLACE_OFFERED_SUBJECT, m::PLACE_OFFERED_BODY, m::PLACE_OFFERED_ACTION)
            }
            Self::OfferExpired => ("offer_expired", m::OFFER_EXPIRED_SUBJECT, m::OFFER_EXPIRED_BODY, m::MISSION_ACTION),
            Self::WaitingListOver => {
                ("waiting_list_over", m::WAITING_LIST_OVER_SUBJECT, m::WAITING_LIST_OVER_BODY, m::FIND_ACTION)
            }
            Self::HoursValidated => {
                ("hours_validated", m::HOURS_VALIDATED_SUBJECT, m::HOURS_VALIDATED_BODY, m::HOURS_VALIDATED_ACTION)
            }
            Self::AbsenceNoted => {
                ("absence_noted", m::ABSENCE_NOTED_SUBJECT, m::ABSENCE_NOTED_BODY, m::HOURS_VALIDATED_ACTION)
            }
            Self::SlotInTwoDays => {
                ("slot_in_two_days", m::SLOT_IN_TWO_DAYS_SUBJECT, m::SLOT_IN_TWO_DAYS_BODY, m::MY_SPACE_ACTION)
            }
            Self::SlotInThreeHours => {
                ("slot_in_three_hours", m::SLOT_IN_THREE_HOURS_SUBJECT, m::SLOT_IN_THREE_HOURS_BODY, m::MY_SPACE_ACTION)
            }
            Self::SlotDayAfter => {
                ("slot_day_after", m::SLOT_DAY_AFTER_SUBJECT, m::SLOT_DAY_AFTER_BODY, m::MY_SPACE_ACTION)
            }
            Self::GuardianAsked => {
                ("guardian_asked", m::GUARDIAN_ASKED_SUBJECT, m::GUARDIAN_ASKED_BODY, m::GUARDIAN_ASKED_ACTION)
            }
            Self::GuardianAwaited => {
                ("guardian_awaited", m::GUARDIAN_AWAITED_SUBJECT, m::GUARDIAN_AWAITED_BODY, m::MY_SPACE_ACTION)
            }
            Self::GuardianGiven => {
                ("guardian_given", m::GUARDIAN_GIVEN_SUBJECT, m::GUARDIAN_GIVEN_BODY, m::MY_SPACE_ACTION)
            }
            Self::GuardianRefused => {
                ("guardian_refused", m::GUARDIAN_REFUSED_SUBJECT, m::GUARDIAN_REFUSED_BODY, m::FIND_ACTION)
            }
            Self::GuardianWithdrawn => {
                ("guardian_withdrawn", m::GUARDIAN_WITHDRAWN_SUBJECT, m::GUARDIAN_WITHDRAWN_BODY, m::FIND_ACTION)
            }
            Self::AssociationLetter => (
                "association_letter",
                m::ASSOCIATION_LETTER_SUBJECT,
                m::ASSOCIATION_LETTER_BODY,
                m::ASSOCIATION_LETTER_ACTION,
            ),
            Self::AssociationReminder => (
                "association_reminder",
                m::ASSOCIATION_REMINDER_SUBJECT,
                m::ASSOCIATION_REMINDER_BODY,
                m::ASSOCIATION_LETTER_ACTION,
            ),
            Self::EquipmentLow => {
                ("equipment_low", m::EQUIPMENT_LOW_SUBJECT, m::EQUIPMENT_LOW_BODY, m::EQUIPMENT_LOW_ACTION)
            }
            Self::EquipmentShort => {
                ("equipment_short", m::EQUIPMENT_SHORT_SUBJECT, m::EQUIPMENT_SHORT_BODY, m::EQUIPMENT_SHORT_ACTION)
            }
            Self::MissionJoined => {
                ("mission_joined", m::MISSION_JOINED_SUBJECT, m::MISSION_JOINED_BODY, m::MISSION_JOINED_ACTION)
            }
            Self::OwnMissionJoined => {
                ("own_mission_joined", m::MISSION_JOINED_SUBJECT, m::OWN_MISSION_JOINED_BODY, m::MISSION_ACTION)
            }
            Self::PartnerJoined => {
                ("partner_joined", m::PARTNER_JOINED_SUBJECT, m::PARTNER_JOINED_BODY, m::MISSION_ACTION)
            }
            Self::SharedMissionCancelled => (
                "shared_mission_cancelled",
                m::MISSION_CANCELLED_SUBJECT,
                m::SHARED_MISSION_CANCELLED_BODY,
                m::APPLICATION_RECEIVED_ACTION,
            ),
            Self::SharedMissionClosed => (
                "shared_mission_closed",
                m::SHARED_MISSION_CLOSED_SUBJECT,
                m::SHARED_MISSION_CLOSED_BODY,
                m::APPLICATION_RECEIVED_ACTION,
            ),
            Self::SharedMissionSuspended => (
                "shared_mission_suspended",
                m::SHARED_MISSION_SUSPENDED_SUBJECT,
                m::SHARED_MISSION_SUSPENDED_BODY,
                m::APPLICATION_RECEIVED_ACTION,
            ),
            Self::SharedMissionResumed => (
                "shared_mission_resumed",
                m::SHARED_MISSION_RESUMED_SUBJECT,
                m::SHARED_MISSION_RESUMED_BODY,
                m::APPLICATION_RECEIVED_ACTION,
            ),
            Self::IdeaReceived => ("idea_received", m::IDEA_RECEIVED_SUBJECT, m::IDEA_RECEIVED_BODY, m::IDEA_ACTION),
            Self::IdeaToAnswer => {
                ("idea_to_answer", m::IDEA_TO_ANSWER_SUBJECT, m::IDEA_TO_ANSWER_BODY, m::IDEA_TO_ANSWER_ACTION)
            }
            Self::IdeaAnswered => ("idea_answered", m::IDEA_ANSWERED_SUBJECT, m::IDEA_ANSWERED_BODY, m::IDEA_ACTION),
            Self::IdeaClosed => ("idea_closed", m::IDEA_CLOSED_SUBJECT, m::IDEA_CLOSED_BODY, m::IDEA_ACTION),
            Self::IdeaTurned => ("idea_turned", m::IDEA_TURNED_SUBJECT, m::IDEA_TURNED_BODY, m::IDEA_ACTION),
            Self::IdeaDraft => ("idea_draft", m::IDEA_DRAFT_SUBJECT, m::IDEA_DRAFT_BODY, m::MISSION_ACTION),
            Self::IdeaInvitation => {
                ("idea_invitation", m::IDEA_INVITATION_SUBJECT, m::IDEA_INVITATION_BODY, m::INVITATION_ACTION)
            }
            Self::CrisisOrganisation => (
                "crisis_organisation",
                m::CRISIS_ORGANISATION_SUBJECT,
                m::CRISIS_ORGANISATION_BODY,
                m::ORGANISATION_ACTION,
            ),
            Self::CrisisVolunteer => {
                ("crisis_volunteer", m::CRISIS_VOLUNTEER_SUBJECT, m::CRISIS_VOLUNTEER_BODY, m::MY_SPACE_ACTION)
            }
            Self::CrisisCoordinator => {
                ("crisis_coordinator", m::CRISIS_COORDINATOR_SUBJECT, m::CRISIS_COORDINATOR_BODY, m::CRISIS_ACTION)
            }
            Self::CrisisBackOrganisation => (
                "crisis_back_organisation",
                m::CRISIS_BACK_ORGANISATION_SUBJECT,
                m::CRISIS_BACK_ORGANISATION_BODY,
                m::ORGANISATION_ACTION,
            ),
            Self::CrisisBackVolunteer => (
                "crisis_back_volunteer",
                m::CRISIS_BACK_VOLUNTEER_SUBJECT,
                m::CRISIS_BACK_VOLUNTEER_BODY,
                m::MY_SPACE_ACTION,
            ),
            Self::CrisisOver => ("crisis_over", m::CRISIS_OVER_SUBJECT, m::CRISIS_OVER_BODY, m::CRISIS_ACTION),
            Self::NewMissions => {
                ("new_missions", m::NEW_MISSIONS_SUBJECT, m::NEW_MISSIONS_BODY, m::NEW_MISSIONS_ACTION)
            }
            Self::TeamInvitation => {
                ("team_invitation", m::TEAM_INVITATION_SUBJECT, m::TEAM_INVITATION_BODY, m::INVITATION_ACTION)
            }
            Self::TeamJoined => ("team_joined", m::TEAM_JOINED_SUBJECT, m::TEAM_JOINED_BODY, m::TEAM_ACTION),
            Self::TeamRole => ("team_role", m::TEAM_ROLE_SUBJECT, m::TEAM_ROLE_BODY, m::ORGANISATION_ACTION),
            Self::TeamRemoved => ("team_removed", m::TEAM_REMOVED_SUBJECT, m::TEAM_REMOVED_BODY, m::MY_SPACE_ACTION),
            Self::TeamLeft => ("team_left", m::TEAM_LEFT_SUBJECT, m::TEAM_LEFT_BODY, m::TEAM_ACTION),
            Self::PlaceLost => ("place_lost", m::PLACE_LOST_SUBJECT, m::PLACE_LOST_BODY, m::MY_SPACE_ACTION),
        }
    }
}

/// An e-mail to be said.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// What it tells.
    pub kind: MailKind,
    /// The words that fill its texts.
    pub facts: &'a [(&'a str, &'a str)],
    /// The path of its one action.
    pub path: &'a str,
}

/// An e-mail, said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The name of its kind.
    pub kind: &'static str,
    /// Subject: one line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
}

#[derive(Template)]
#[template(path = "layout.txt", escape = "none")]
struct TextLayout<'a> {
    paragraphs: &'a [String],
    action: &'a str,
    link: &'a str,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "layout.html")]
struct HtmlLayout<'a> {
    lang: &'a str,
    subject: &'a str,
    paragraphs: &'a [String],
    action: &'a str,
    link: &'a str,
    footer: &'a str,
}

impl Mail<'_> {
    /// Says it in a language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn say(&self, locale: Locale, public_url: &str) -> Result<Letter> {
        let t = Texts(locale);
        let (kind, subject, body, action) = self.kind.texts();
        let subject: String =
            t.with(subject, self.facts).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let paragraphs: Vec<String> = t
            .with(body, self.facts)
            .split("\n\n")
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        let link = format!("{public_url}{}", self.path);
        let (action, footer) = (t.get(action), t.get(m::FOOTER));
        let text = TextLayout { paragraphs: &paragraphs, action, link: &link, footer }.render()?;
        let html = HtmlLayout {
            lang: locale.as_str(),
            subject: &subject,
            paragraphs: &paragraphs,
            action,
            link: &link,
            footer,
        }
        .render()?;
        Ok(Letter { kind, subject, text, html })
    }
}
