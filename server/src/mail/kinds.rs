//! The kinds of e-mails, each with its texts in `locales/*/mails.json`.

use app::i18n::{Text, k::mails as m};

/// Declares the kinds, each with the name that the outbox keeps, its subject, its body and the words of its one action.
macro_rules! kinds {
    ($($kind:ident = $name:literal, $subject:ident, $body:ident, $action:ident;)+) => {
        /// What an e-mail tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each name is its texts in locales/*/mails.json")]
        pub enum MailKind {
            $($kind,)+
        }

        impl MailKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind,)+];

            /// The name kept in the outbox.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// Subject, body and action.
            pub const fn texts(self) -> [Text; 3] {
                match self {
                    $(Self::$kind => [m::$subject, m::$body, m::$action],)+
                }
            }
        }
    };
}

kinds! {
    ConfirmEmail = "confirm_email", CONFIRM_EMAIL_SUBJECT, CONFIRM_EMAIL_BODY, CONFIRM_EMAIL_ACTION;
    AlreadyRegistered = "already_registered", ALREADY_REGISTERED_SUBJECT, ALREADY_REGISTERED_BODY, ALREADY_REGISTERED_ACTION;
    ResetPassword = "reset_password", RESET_PASSWORD_SUBJECT, RESET_PASSWORD_BODY, RESET_PASSWORD_ACTION;
    PasswordChanged = "password_changed", PASSWORD_CHANGED_SUBJECT, PASSWORD_CHANGED_BODY, OPEN_ACTION;
    Invitation = "invitation", INVITATION_SUBJECT, INVITATION_BODY, INVITATION_ACTION;
    CoordinatorRemoved = "coordinator_removed", COORDINATOR_REMOVED_SUBJECT, COORDINATOR_REMOVED_BODY, MY_SPACE_ACTION;
    OrganisationSubmitted = "organisation_submitted", ORGANISATION_SUBMITTED_SUBJECT, ORGANISATION_SUBMITTED_BODY, ORGANISATION_ACTION;
    OrganisationToReview = "organisation_to_review", ORGANISATION_TO_REVIEW_SUBJECT, ORGANISATION_TO_REVIEW_BODY, REVIEW_ACTION;
    OrganisationApproved = "organisation_approved", ORGANISATION_APPROVED_SUBJECT, ORGANISATION_APPROVED_BODY, ORGANISATION_APPROVED_ACTION;
    OrganisationChanges = "organisation_changes", ORGANISATION_CHANGES_SUBJECT, ORGANISATION_CHANGES_BODY, ORGANISATION_ACTION;
    OrganisationRefused = "organisation_refused", ORGANISATION_REFUSED_SUBJECT, ORGANISATION_REFUSED_BODY, ORGANISATION_ACTION;
    OrganisationSuspended = "organisation_suspended", ORGANISATION_SUSPENDED_SUBJECT, ORGANISATION_SUSPENDED_BODY, ORGANISATION_ACTION;
    OrganisationReinstated = "organisation_reinstated", ORGANISATION_REINSTATED_SUBJECT, ORGANISATION_REINSTATED_BODY, ORGANISATION_ACTION;
    MissionSubmitted = "mission_submitted", MISSION_SUBMITTED_SUBJECT, MISSION_SUBMITTED_BODY, MISSION_ACTION;
    ReviewHandedOver = "review_handed_over", REVIEW_HANDED_OVER_SUBJECT, REVIEW_HANDED_OVER_BODY, REVIEW_ACTION;
    ReviewTakenOver = "review_taken_over", REVIEW_TAKEN_OVER_SUBJECT, REVIEW_TAKEN_OVER_BODY, REVIEW_ACTION;
    NetworkAsked = "network_asked", NETWORK_ASKED_SUBJECT, NETWORK_ASKED_BODY, REVIEW_ACTION;
    ReviewsDueSoon = "reviews_due_soon", REVIEWS_DUE_SOON_SUBJECT, REVIEWS_DUE_SOON_BODY, REVIEW_ACTION;
    ReviewsOverdue = "reviews_overdue", REVIEWS_OVERDUE_SUBJECT, REVIEWS_OVERDUE_BODY, REVIEW_ACTION;
    MissionToReview = "mission_to_review", MISSION_TO_REVIEW_SUBJECT, MISSION_TO_REVIEW_BODY, REVIEW_ACTION;
    MissionChanges = "mission_changes", MISSION_CHANGES_SUBJECT, MISSION_CHANGES_BODY, MISSION_CHANGES_ACTION;
    MissionGreenLight = "mission_green_light", MISSION_GREEN_LIGHT_SUBJECT, MISSION_GREEN_LIGHT_BODY, MISSION_GREEN_LIGHT_ACTION;
    MissionRefused = "mission_refused", MISSION_REFUSED_SUBJECT, MISSION_REFUSED_BODY, MISSION_ACTION;
    MissionCancelled = "mission_cancelled", MISSION_CANCELLED_SUBJECT, MISSION_CANCELLED_BODY, FIND_ACTION;
    SlotCancelled = "slot_cancelled", SLOT_CANCELLED_SUBJECT, SLOT_CANCELLED_BODY, MY_SPACE_ACTION;
    DetailsChanged = "details_changed", DETAILS_CHANGED_SUBJECT, DETAILS_CHANGED_BODY, MY_SPACE_ACTION;
    ThreadMessage = "thread_message", THREAD_MESSAGE_SUBJECT, THREAD_MESSAGE_BODY, THREAD_MESSAGE_ACTION;
    MessageReceived = "message_received", MESSAGE_RECEIVED_SUBJECT, MESSAGE_RECEIVED_BODY, MESSAGE_RECEIVED_ACTION;
    MessageReported = "message_reported", MESSAGE_REPORTED_SUBJECT, MESSAGE_REPORTED_BODY, MESSAGE_REPORTED_ACTION;
    ReportClosed = "report_closed", REPORT_CLOSED_SUBJECT, REPORT_CLOSED_BODY, REPORT_CLOSED_ACTION;
    ReportClosedByNetwork = "report_closed_by_network", REPORT_CLOSED_SUBJECT, REPORT_CLOSED_BY_NETWORK_BODY, REPORT_CLOSED_ACTION;
    ApplicationReceived = "application_received", APPLICATION_RECEIVED_SUBJECT, APPLICATION_RECEIVED_BODY, APPLICATION_RECEIVED_ACTION;
    ApplicationSent = "application_sent", APPLICATION_SENT_SUBJECT, APPLICATION_SENT_BODY, MY_SPACE_ACTION;
    ApplicationAccepted = "application_accepted", APPLICATION_ACCEPTED_SUBJECT, APPLICATION_ACCEPTED_BODY, MY_SPACE_ACTION;
    ApplicationDeclined = "application_declined", APPLICATION_DECLINED_SUBJECT, APPLICATION_DECLINED_BODY, FIND_ACTION;
    ApplicationUnanswered = "application_unanswered", APPLICATION_UNANSWERED_SUBJECT, APPLICATION_UNANSWERED_BODY, MISSION_ACTION;
    ApplicationWithdrawn = "application_withdrawn", APPLICATION_WITHDRAWN_SUBJECT, APPLICATION_WITHDRAWN_BODY, APPLICATION_RECEIVED_ACTION;
    SlotLeft = "slot_left", SLOT_LEFT_SUBJECT, SLOT_LEFT_BODY, APPLICATION_RECEIVED_ACTION;
    WaitingListJoined = "waiting_list_joined", WAITING_LIST_JOINED_SUBJECT, WAITING_LIST_JOINED_BODY, MY_SPACE_ACTION;
    PlaceOffered = "place_offered", PLACE_OFFERED_SUBJECT, PLACE_OFFERED_BODY, PLACE_OFFERED_ACTION;
    OfferExpired = "offer_expired", OFFER_EXPIRED_SUBJECT, OFFER_EXPIRED_BODY, MISSION_ACTION;
    WaitingListOver = "waiting_list_over", WAITING_LIST_OVER_SUBJECT, WAITING_LIST_OVER_BODY, FIND_ACTION;
    MissionPaused = "mission_paused", MISSION_PAUSED_SUBJECT, MISSION_PAUSED_BODY, MY_SPACE_ACTION;
    MissionBack = "mission_back", MISSION_BACK_SUBJECT, MISSION_BACK_BODY, MY_SPACE_ACTION;
    HoursValidated = "hours_validated", HOURS_VALIDATED_SUBJECT, HOURS_VALIDATED_BODY, HOURS_VALIDATED_ACTION;
    HoursToValidate = "hours_to_validate", HOURS_TO_VALIDATE_SUBJECT, HOURS_TO_VALIDATE_BODY, HOURS_TO_VALIDATE_ACTION;
    AbsenceNoted = "absence_noted", ABSENCE_NOTED_SUBJECT, ABSENCE_NOTED_BODY, HOURS_VALIDATED_ACTION;
    SlotInTwoDays = "slot_in_two_days", SLOT_IN_TWO_DAYS_SUBJECT, SLOT_IN_TWO_DAYS_BODY, MY_SPACE_ACTION;
    SlotInThreeHours = "slot_in_three_hours", SLOT_IN_THREE_HOURS_SUBJECT, SLOT_IN_THREE_HOURS_BODY, MY_SPACE_ACTION;
    SlotDayAfter = "slot_day_after", SLOT_DAY_AFTER_SUBJECT, SLOT_DAY_AFTER_BODY, SLOT_DAY_AFTER_ACTION;
    GuardianAsked = "guardian_asked", GUARDIAN_ASKED_SUBJECT, GUARDIAN_ASKED_BODY, GUARDIAN_ASKED_ACTION;
    GuardianAwaited = "guardian_awaited", GUARDIAN_AWAITED_SUBJECT, GUARDIAN_AWAITED_BODY, MY_SPACE_ACTION;
    GuardianGiven = "guardian_given", GUARDIAN_GIVEN_SUBJECT, GUARDIAN_GIVEN_BODY, MY_SPACE_ACTION;
    GuardianRefused = "guardian_refused", GUARDIAN_REFUSED_SUBJECT, GUARDIAN_REFUSED_BODY, FIND_ACTION;
    GuardianWithdrawn = "guardian_withdrawn", GUARDIAN_WITHDRAWN_SUBJECT, GUARDIAN_WITHDRAWN_BODY, FIND_ACTION;
    AssociationLetter = "association_letter", ASSOCIATION_LETTER_SUBJECT, ASSOCIATION_LETTER_BODY, ASSOCIATION_LETTER_ACTION;
    AssociationReminder = "association_reminder", ASSOCIATION_REMINDER_SUBJECT, ASSOCIATION_REMINDER_BODY, ASSOCIATION_LETTER_ACTION;
    EquipmentLow = "equipment_low", EQUIPMENT_LOW_SUBJECT, EQUIPMENT_LOW_BODY, EQUIPMENT_LOW_ACTION;
    EquipmentShort = "equipment_short", EQUIPMENT_SHORT_SUBJECT, EQUIPMENT_SHORT_BODY, EQUIPMENT_SHORT_ACTION;
    MissionJoined = "mission_joined", MISSION_JOINED_SUBJECT, MISSION_JOINED_BODY, MISSION_JOINED_ACTION;
    OwnMissionJoined = "own_mission_joined", MISSION_JOINED_SUBJECT, OWN_MISSION_JOINED_BODY, MISSION_ACTION;
    PartnerJoined = "partner_joined", PARTNER_JOINED_SUBJECT, PARTNER_JOINED_BODY, MISSION_ACTION;
    SharedMissionCancelled = "shared_mission_cancelled", MISSION_CANCELLED_SUBJECT, SHARED_MISSION_CANCELLED_BODY, APPLICATION_RECEIVED_ACTION;
    SharedMissionClosed = "shared_mission_closed", SHARED_MISSION_CLOSED_SUBJECT, SHARED_MISSION_CLOSED_BODY, APPLICATION_RECEIVED_ACTION;
    SharedMissionSuspended = "shared_mission_suspended", SHARED_MISSION_SUSPENDED_SUBJECT, SHARED_MISSION_SUSPENDED_BODY, APPLICATION_RECEIVED_ACTION;
    SharedMissionResumed = "shared_mission_resumed", SHARED_MISSION_RESUMED_SUBJECT, SHARED_MISSION_RESUMED_BODY, APPLICATION_RECEIVED_ACTION;
    IdeaReceived = "idea_received", IDEA_RECEIVED_SUBJECT, IDEA_RECEIVED_BODY, IDEA_ACTION;
    IdeaToAnswer = "idea_to_answer", IDEA_TO_ANSWER_SUBJECT, IDEA_TO_ANSWER_BODY, IDEA_TO_ANSWER_ACTION;
    IdeaAnswered = "idea_answered", IDEA_ANSWERED_SUBJECT, IDEA_ANSWERED_BODY, IDEA_ACTION;
    IdeaClosed = "idea_closed", IDEA_CLOSED_SUBJECT, IDEA_CLOSED_BODY, IDEA_ACTION;
    IdeaTurned = "idea_turned", IDEA_TURNED_SUBJECT, IDEA_TURNED_BODY, IDEA_ACTION;
    IdeaDraft = "idea_draft", IDEA_DRAFT_SUBJECT, IDEA_DRAFT_BODY, MISSION_ACTION;
    IdeaInvitation = "idea_invitation", IDEA_INVITATION_SUBJECT, IDEA_INVITATION_BODY, INVITATION_ACTION;
    CrisisOrganisation = "crisis_organisation", CRISIS_ORGANISATION_SUBJECT, CRISIS_ORGANISATION_BODY, ORGANISATION_ACTION;
    CrisisVolunteer = "crisis_volunteer", CRISIS_VOLUNTEER_SUBJECT, CRISIS_VOLUNTEER_BODY, MY_SPACE_ACTION;
    CrisisCoordinator = "crisis_coordinator", CRISIS_COORDINATOR_SUBJECT, CRISIS_COORDINATOR_BODY, CRISIS_ACTION;
    CrisisBackOrganisation = "crisis_back_organisation", CRISIS_BACK_ORGANISATION_SUBJECT, CRISIS_BACK_ORGANISATION_BODY, ORGANISATION_ACTION;
    CrisisBackVolunteer = "crisis_back_volunteer", CRISIS_BACK_VOLUNTEER_SUBJECT, CRISIS_BACK_VOLUNTEER_BODY, MY_SPACE_ACTION;
    CrisisOver = "crisis_over", CRISIS_OVER_SUBJECT, CRISIS_OVER_BODY, CRISIS_ACTION;
    NewMissions = "new_missions", NEW_MISSIONS_SUBJECT, NEW_MISSIONS_BODY, NEW_MISSIONS_ACTION;
    CoverAsked = "cover_asked", COVER_ASKED_SUBJECT, COVER_ASKED_BODY, COVER_ASKED_ACTION;
    TeamInvitation = "team_invitation", TEAM_INVITATION_SUBJECT, TEAM_INVITATION_BODY, INVITATION_ACTION;
    TeamJoined = "team_joined", TEAM_JOINED_SUBJECT, TEAM_JOINED_BODY, TEAM_ACTION;
    TeamRole = "team_role", TEAM_ROLE_SUBJECT, TEAM_ROLE_BODY, ORGANISATION_ACTION;
    TeamRemoved = "team_removed", TEAM_REMOVED_SUBJECT, TEAM_REMOVED_BODY, MY_SPACE_ACTION;
    TeamLeft = "team_left", TEAM_LEFT_SUBJECT, TEAM_LEFT_BODY, TEAM_ACTION;
    PlaceLost = "place_lost", PLACE_LOST_SUBJECT, PLACE_LOST_BODY, MY_SPACE_ACTION;
    TestimonialToModerate = "testimonial_to_moderate", TESTIMONIAL_TO_MODERATE_SUBJECT, TESTIMONIAL_TO_MODERATE_BODY, TESTIMONIAL_DESK_ACTION;
    TestimonialPublished = "testimonial_published", TESTIMONIAL_PUBLISHED_SUBJECT, TESTIMONIAL_PUBLISHED_BODY, TESTIMONIAL_OWN_ACTION;
    TestimonialRefused = "testimonial_refused", TESTIMONIAL_REFUSED_SUBJECT, TESTIMONIAL_REFUSED_BODY, TESTIMONIAL_MEND_ACTION;
    TestimonialTakenDown = "testimonial_taken_down", TESTIMONIAL_TAKEN_DOWN_SUBJECT, TESTIMONIAL_TAKEN_DOWN_BODY, TESTIMONIAL_OWN_ACTION;
    TestimonialOnMission = "testimonial_on_mission", TESTIMONIAL_ON_MISSION_SUBJECT, TESTIMONIAL_ON_MISSION_BODY, TESTIMONIAL_TEAM_ACTION;
    TestimonialReported = "testimonial_reported", TESTIMONIAL_REPORTED_SUBJECT, TESTIMONIAL_REPORTED_BODY, TESTIMONIAL_DESK_ACTION;
    TestimonialReportUpheld = "testimonial_report_upheld", TESTIMONIAL_REPORT_UPHELD_SUBJECT, TESTIMONIAL_REPORT_UPHELD_BODY, TESTIMONIAL_TEAM_ACTION;
    TestimonialReportAnswered = "testimonial_report_answered", TESTIMONIAL_REPORT_ANSWERED_SUBJECT, TESTIMONIAL_REPORT_ANSWERED_BODY, TESTIMONIAL_TEAM_ACTION;
    TestimonialAnswered = "testimonial_answered", TESTIMONIAL_ANSWERED_SUBJECT, TESTIMONIAL_ANSWERED_BODY, TESTIMONIAL_OWN_ACTION;
    ReplyToModerate = "reply_to_moderate", REPLY_TO_MODERATE_SUBJECT, REPLY_TO_MODERATE_BODY, TESTIMONIAL_DESK_ACTION;
    ReplyPublished = "reply_published", REPLY_PUBLISHED_SUBJECT, REPLY_PUBLISHED_BODY, TESTIMONIAL_TEAM_ACTION;
    ReplyRefused = "reply_refused", REPLY_REFUSED_SUBJECT, REPLY_REFUSED_BODY, TESTIMONIAL_TEAM_ACTION;
}

impl MailKind {
    /// Whether it is left for the morning in quiet hours, as nothing depends on it.
    pub const fn waits_for_morning(self) -> bool {
        matches!(self, Self::NewMissions | Self::CoverAsked)
    }
}
