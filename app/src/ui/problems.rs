//! One sentence for each thing that can be wrong: what happened and what to do next.

use chrono::NaiveDate;
use domain::error::{AppError, Conflict, Problem};

use super::time;
use crate::i18n::{Text, Texts, k::problems as p};

/// From which day on applications are taken: «Les candidatures ouvrent le jeudi 3 décembre 2026.»
pub fn opens_on(t: Texts, day: NaiveDate) -> String {
    t.with(p::OPENS_ON, &[("date", &time::date(t.locale(), day))])
}

/// The sentence of a field's problem.
pub fn problem(t: Texts, problem: &Problem) -> String {
    let number = |key: Text, name: &str, value: i64| t.with(key, &[(name, &value.to_string())]);
    match problem {
        Problem::TooShort { min } => number(p::TOO_SHORT, "min", i64::from(*min)),
        Problem::TooLong { max } => number(p::TOO_LONG, "max", i64::from(*max)),
        Problem::OutOfRange { min, max } => {
            t.with(p::OUT_OF_RANGE, &[("min", &min.to_string()), ("max", &max.to_string())])
        }
        Problem::SlotTooLong { max_hours } => number(p::SLOT_TOO_LONG, "hours", i64::from(*max_hours)),
        Problem::PlacesBelowTaken { taken } => number(p::PLACES_BELOW_TAKEN, "taken", i64::from(*taken)),
        Problem::TooManyLines { max } => number(p::TOO_MANY_LINES, "max", i64::from(*max)),
        Problem::CrisisRemoteOnly { age } => number(p::CRISIS_REMOTE_ONLY, "age", i64::from(*age)),
        Problem::CrisisGroup { most } => number(p::CRISIS_GROUP, "most", i64::from(*most)),
        Problem::PeriodTooLong { max_days } => number(p::PERIOD_TOO_LONG, "days", i64::from(*max_days)),
        Problem::PatternTooLong { max_days } => number(p::PATTERN_TOO_LONG, "days", i64::from(*max_days)),
        Problem::HoursOutOfRange { most } => number(p::HOURS_OUT_OF_RANGE, "hours", i64::from(*most)),
        Problem::NoRoomForSlots { max, left } => {
            t.with(p::NO_ROOM_FOR_SLOTS, &[("max", &max.to_string()), ("left", &left.to_string())])
        }
        Problem::UnknownField { name } => t.with(p::UNKNOWN_FIELD, &[("name", name)]),
        Problem::NotEnoughFree { free } => number(p::NOT_ENOUGH_FREE, "free", i64::from(*free)),
        Problem::ChooseExactly { n } => t.count(p::CHOOSE_EXACTLY, *n),
        Problem::BelowReserved { reserved } => number(p::BELOW_RESERVED, "reserved", i64::from(*reserved)),
        Problem::StockMoved { now } => number(p::STOCK_MOVED, "now", i64::from(*now)),
        plain => t.get(plain_problem(plain)).to_owned(),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one line per problem")]
const fn plain_problem(problem: &Problem) -> Text {
    match problem {
        Problem::NotAnEmail => p::NOT_AN_EMAIL,
        Problem::NotAnRna => p::NOT_AN_RNA,
        Problem::NotASiret => p::NOT_A_SIRET,
        Problem::NotAnInseeCode => p::NOT_AN_INSEE_CODE,
        Problem::NotAPhone => p::NOT_A_PHONE,
        Problem::NotADate => p::NOT_A_DATE,
        Problem::NotATime => p::NOT_A_TIME,
        Problem::NotANumber => p::NOT_A_NUMBER,
        Problem::PasswordCommon => p::PASSWORD_COMMON,
        Problem::PasswordGuessable => p::PASSWORD_GUESSABLE,
        Problem::BirthDateFixed => p::BIRTH_DATE_FIXED,
        Problem::Under16 => p::UNDER_16,
        Problem::DateInPast => p::DATE_IN_PAST,
        Problem::EndBeforeStart => p::END_BEFORE_START,
        Problem::SlotOverlap => p::SLOT_OVERLAP,
        Problem::NoSlot => p::NO_SLOT,
        Problem::NotAChoice => p::NOT_A_CHOICE,
        Problem::ContactDetails => p::CONTACT_DETAILS,
        Problem::SocialSecurityNumber => p::SOCIAL_SECURITY_NUMBER,
        Problem::TwoWordsAtLeast => p::TWO_WORDS,
        Problem::ControlCharacters => p::CONTROL_CHARACTERS,
        Problem::RnaOrSiretRequired => p::RNA_OR_SIRET,
        Problem::MustAcknowledge => p::MUST_ACKNOWLEDGE,
        Problem::TownNotOpen => p::TOWN_NOT_OPEN,
        Problem::AlreadyOpen => p::ALREADY_OPEN,
        Problem::SlotFull => p::SLOT_FULL,
        Problem::SlotGone => p::SLOT_GONE,
        Problem::BelowMinimumAge => p::BELOW_MINIMUM_AGE,
        Problem::AdultsOnly => p::ADULTS_ONLY,
        Problem::OverlapsAnother => p::OVERLAPS_ANOTHER,
        Problem::WeeklyLimit => p::WEEKLY_LIMIT,
        Problem::ReasonRequired => p::REASON_REQUIRED,
        Problem::NothingNoted => p::NOTHING_NOTED,
        Problem::NotAWebAddress => p::NOT_A_WEB_ADDRESS,
        Problem::NoColumns => p::NO_COLUMNS,
        Problem::NoDeliveryColumns => p::NO_DELIVERY_COLUMNS,
        Problem::NameTaken => p::NAME_TAKEN,
        Problem::SameDepot => p::SAME_DEPOT,
        Problem::NothingCounted => p::NOTHING_COUNTED,
        Problem::OneOrganisation => p::ONE_ORGANISATION,
        Problem::FullApart => p::FULL_APART,
        Problem::FullBeside => p::FULL_BESIDE,
        Problem::AnswerFirst => p::ANSWER_FIRST,
        Problem::NotADuration => p::NOT_A_DURATION,
        Problem::NotMarked => p::NOT_MARKED,
        Problem::NoHours => p::NO_HOURS,
        Problem::NoNewSlot => p::NO_NEW_SLOT,
        Problem::NotEarlier => p::NOT_EARLIER,
        Problem::AfterLastSlot => p::AFTER_LAST_SLOT,
        Problem::AlreadyInTeam => p::ALREADY_IN_TEAM,
        Problem::GuardianIsYou => p::GUARDIAN_IS_YOU,
        Problem::CrisisDomain => p::CRISIS_DOMAIN,
        Problem::CrisisRulesChanged => p::CRISIS_RULES_CHANGED,
        Problem::Required
        | Problem::NoRoomForSlots { .. }
        | Problem::PatternTooLong { .. }
        | Problem::TooManyLines { .. }
        | Problem::UnknownField { .. }
        | Problem::NotEnoughFree { .. }
        | Problem::BelowReserved { .. }
        | Problem::ChooseExactly { .. }
        | Problem::StockMoved { .. }
        | Problem::CrisisRemoteOnly { .. }
        | Problem::CrisisGroup { .. }
        | Problem::PeriodTooLong { .. }
        | Problem::HoursOutOfRange { .. }
        | Problem::TooShort { .. }
        | Problem::TooLong { .. }
        | Problem::OutOfRange { .. }
        | Problem::SlotTooLong { .. }
        | Problem::PlacesBelowTaken { .. } => p::REQUIRED,
    }
}

/// The sentence of an error that is not about one field.
pub fn sentence(t: Texts, error: &AppError) -> String {
    match error {
        AppError::Invalid(_) => t.get(p::INVALID).to_owned(),
        AppError::WrongCredentials => t.get(p::WRONG_CREDENTIALS).to_owned(),
        AppError::SignInFirst => t.get(p::SIGN_IN_FIRST).to_owned(),
        AppError::Denied => t.get(p::DENIED).to_owned(),
        AppError::NotFound => t.get(p::NOT_FOUND).to_owned(),
        AppError::Conflict(Conflict::OpensOn(day)) => opens_on(t, *day),
        AppError::Conflict(conflict) => t.get(conflict_sentence(*conflict)).to_owned(),
        AppError::TooMany { retry_after } => t.count(p::TOO_MANY, retry_after.div_ceil(60)),
        AppError::Malformed => t.get(p::MALFORMED).to_owned(),
        AppError::TooLarge => t.get(p::TOO_LARGE).to_owned(),
        AppError::Unavailable => t.get(p::UNAVAILABLE).to_owned(),
        AppError::Unreachable => t.get(p::UNREACHABLE).to_owned(),
    }
}

const fn conflict_sentence(conflict: Conflict) -> Text {
    match conflict {
        Conflict::NotInThisState => p::NOT_IN_THIS_STATE,
        Conflict::AlreadyApplied => p::ALREADY_APPLIED,
        Conflict::SlotFull => p::SLOT_FULL,
        Conflict::SlotGone => p::SLOT_GONE,
        Conflict::MissionClosed => p::MISSION_CLOSED,
        Conflict::OpensOn(_) => p::OPENS_ON,
        Conflict::ChangedMeanwhile => p::CHANGED_MEANWHILE,
        Conflict::OrganisationNotApproved => p::ORGANISATION_NOT_APPROVED,
        Conflict::FourEyes => p::FOUR_EYES,
        Conflict::TakenByAnother => p::TAKEN_BY_ANOTHER,
        Conflict::TakeItFirst => p::TAKE_IT_FIRST,
        Conflict::NothingToReserve => p::NOTHING_TO_RESERVE,
        Conflict::ChecklistIncomplete => p::CHECKLIST_INCOMPLETE,
        Conflict::LinkExpired => p::LINK_EXPIRED,
        Conflict::EmailNotConfirmed => p::EMAIL_NOT_CONFIRMED,
        Conflict::VolunteerProfileRequired => p::VOLUNTEER_PROFILE_REQUIRED,
        Conflict::PlacesBelowTaken => p::PLACES_BELOW_TAKEN_PLAIN,
        Conflict::NobodyToWriteTo => p::NOBODY_TO_WRITE_TO,
        Conflict::TooSoonToRemind => p::TOO_SOON_TO_REMIND,
        Conflict::NotEnoughStock => p::NOT_ENOUGH_STOCK,
        Conflict::MoreThanReserved => p::MORE_THAN_RESERVED,
        Conflict::MoreThanIssued => p::MORE_THAN_ISSUED,
        Conflict::DepotClosed => p::DEPOT_CLOSED,
        Conflict::DepotNotEmpty => p::DEPOT_NOT_EMPTY,
        Conflict::OtherChanged => p::OTHER_CHANGED,
        Conflict::OtherNotOnline => p::OTHER_NOT_ONLINE,
        Conflict::NothingToJoin => p::NOTHING_TO_JOIN,
        Conflict::TooManySlots => p::TOO_MANY_SLOTS,
        Conflict::CrisisDomain => p::CRISIS_DOMAIN,
        Conflict::CrisisGroup => p::CRISIS_GROUP_PLAIN,
        Conflict::OfferOver => p::OFFER_OVER,
        Conflict::TooManyTemplates => p::TOO_MANY_TEMPLATES,
        Conflict::TooManyAlerts => p::TOO_MANY_ALERTS,
        Conflict::TooManyFavourites => p::TOO_MANY_FAVOURITES,
        Conflict::OwnHours => p::OWN_HOURS,
        Conflict::GuardianFirst => p::GUARDIAN_FIRST,
        Conflict::ConsentOver => p::CONSENT_OVER,
        Conflict::NothingToRemove => p::NOTHING_TO_REMOVE,
        Conflict::LastAdmin => p::LAST_ADMIN,
        Conflict::LastSlot => p::LAST_SLOT,
        Conflict::NoInvitations => p::NO_INVITATIONS,
        Conflict::CoverOffline => p::COVER_OFFLINE,
        Conflict::CoverCancelled => p::COVER_CANCELLED,
        Conflict::CoverBegun => p::COVER_BEGUN,
        Conflict::CoverFull => p::COVER_FULL,
        Conflict::CoverTooEarly => p::COVER_TOO_EARLY,
        Conflict::CoverTooLate => p::COVER_TOO_LATE,
        Conflict::CoverToday => p::COVER_TODAY,
        Conflict::NotYetNoted => p::NOT_YET_NOTED,
        Conflict::CoverNobody => p::COVER_NOBODY,
    }
}

/// What stands between a field's name and its problem.
pub const fn separator(t: Texts) -> &'static str {
    t.locale().pick("\u{a0}: ", ": ")
}

/// How a field is called in the summary of errors.
pub fn field_name(t: Texts, field: &str) -> &'static str {
    use crate::i18n::k::fields as f;
    let last = field.rsplit('.').next().unwrap_or(field);
    t.get(match last {
        "given_name" => f::GIVEN_NAME,
        "family_name" => f::FAMILY_NAME,
        "email" | "service_email" => f::EMAIL,
        "password" => f::PASSWORD,
        "birth_date" => f::BIRTH_DATE,
        "town" | "insee" => f::TOWN,
        "phone" | "service_phone" => f::PHONE,
        "name" => f::NAME,
        "legal_form" => f::LEGAL_FORM,
        "rna" => f::RNA,
        "siret" => f::SIRET,
        "description" => f::DESCRIPTION,
        "website" => f::WEBSITE,
        "address" => f::ADDRESS,
        "title" => f::TITLE,
        "goal" => f::GOAL,
        "domain" => f::DOMAIN,
        "place" => f::PLACE,
        "neighbourhood" | "neighbourhoods" => f::NEIGHBOURHOOD,
        "slots" => f::SLOTS,
        "date" | "starts_at" => f::DATE,
        "last_date" => f::LAST_DATE,
        "start" => f::START,
        "end" | "ends_at" => f::END,
        "places" => f::PLACES,
        "beneficiaries" => f::BENEFICIARIES,
        "prerequisites" => f::PREREQUISITES,
        "safety_rules" => f::SAFETY_RULES,
        "message" | "body" => f::MESSAGE,
        "acknowledged" => f::ACKNOWLEDGED,
        "guardian" => f::GUARDIAN,
        "reason" => f::REASON,
        "mark" => f::MARK,
        "hours" => f::HOURS,
        "thanks" => f::THANKS,
        "year" => f::YEAR,
        "practical" => f::PRACTICAL,
        "opens_on" => f::OPENS_ON,
        "per_volunteer" | "per_slot" | "returned" | "lost" | "given" => f::UNITS,
        "signature" => f::SIGNATURE,
        "service_name" => f::SERVICE_NAME,
        "opening_days" => f::OPENING_DAYS,
        "review_hours" => f::REVIEW_HOURS,
        "to" => f::COLLEAGUE,
        "word" => f::MESSAGE,
        "work_days" => f::WORK_DAYS,
        "reminder_hours" => f::REMINDER_HOURS,
        "escalation_email" => f::ESCALATION_EMAIL,
        other => field_of_town(other),
    })
}

/// The fields of what only a town or its network writes, and of ideas.
fn field_of_town(field: &str) -> Text {
    use crate::i18n::k::fields as f;
    match field {
        "text" | "file" => f::DIRECTORY,
        "subject" => f::SUBJECT,
        "item" => f::ITEM,
        "letter" => f::LETTER,
        "equipment" => f::EQUIPMENT,
        "depot" => f::DEPOT,
        "destination" => f::DESTINATION,
        "quantity" => f::QUANTITY,
        "counted" => f::COUNTED,
        "level" => f::LEVEL,
        "note" => f::NOTE,
        "lines" => f::COUNT_LINES,
        "label_fr" | "label_en" => f::LABEL,
        "unit_fr" | "unit_en" => f::UNIT,
        "association" => f::ASSOCIATION,
        "contact_name" => f::CONTACT_NAME,
        "what" => f::IDEA,
        "whom" => f::BENEFICIARIES,
        "moment" => f::DATE,
        "organisation" => f::NAME,
        "first_day" => f::FIRST_DAY,
        "last_day" => f::LAST_DATE,
        "limit" => f::LIMIT,
        "days" => f::WEEK_DAYS,
        "rhythm" => f::RHYTHM,
        "domains" => f::DOMAINS,
        "remote_from_age" => f::REMOTE_FROM_AGE,
        "largest_group" => f::LARGEST_GROUP,
        "rules_fr" | "rules_en" => f::SAFETY_RULES,
        "banner_fr" | "banner_en" => f::BANNER,
        "liked" => f::LIKED,
        "words" => f::WORDS,
        "from" => f::FIRST_DAY,
        "pace" => f::PACE,
        "availability" => f::AVAILABILITY,
        "radius" => f::RADIUS,
        "skills" => f::SKILLS,
        "means" => f::MEANS,
        "languages" => f::LANGUAGES,
        "word" => f::WORD,
        "role" => f::ROLE,
        "testimonial" => f::TESTIMONIAL,
        "consent" => f::CONSENT,
        _ => f::OTHER,
    }
}

/// What a page says after an act.
#[expect(clippy::too_many_lines, reason = "a table: one line per act")]
pub fn notice(t: Texts, code: &str) -> Option<&'static str> {
    use crate::i18n::k::notices as n;
    let key = match code {
        "enregistre" => n::SAVED,
        "envoye" => n::SUBMITTED,
        "cree" => n::CREATED,
        "message" => n::MESSAGE_SENT,
        "lu" => n::MARKED_READ,
        "messages" => n::MESSAGES_SENT,
        "signale" => n::REPORTED,
        "signalement-clos" => n::REPORT_CLOSED,
        "confie" => n::HANDED_OVER,
        "ecarte" => n::DISMISSED,
        "jointe" => n::JOINED,
        "distincte" => n::NOT_THE_SAME,
        "idee" => n::IDEA_SENT,
        "idee-reponse" => n::IDEA_ANSWERED,
        "idee-close" => n::IDEA_CLOSED,
        "idee-mission" => n::IDEA_TURNED,
        "annule" => n::CANCELLED,
        "creneau" => n::SLOT_ADDED,
        "creneau-retire" => n::SLOT_REMOVED,
        "creneau-change" => n::SLOT_MOVED,
        "creneau-annule" => n::SLOT_CANCELLED,
        "cloture" => n::CLOSED,
        "retire" => n::WITHDRAWN,
        "liste" => n::WAITING_LISTED,
        "place-acceptee" => n::PLACE_TAKEN,
        "place-laissee" => n::PLACE_LEFT,
        "agenda" => n::CALENDAR_ON,
        "agenda-arrete" => n::CALENDAR_OFF,
        "place-demandee" => n::PLACE_ASKED,
        "candidature" => n::APPLIED,
        "acceptee" => n::ACCEPTED,
        "reponses" => n::ANSWERED,
        "presences" => n::ATTENDANCE_SAVED,
        "heures" => n::HOURS_VALIDATED,
        "attestation" => n::CERTIFICATE_ISSUED,
        "attestation-retiree" => n::CERTIFICATE_REVOKED,
        "feu-vert" => n::GREEN_LIGHT,
        "modifications" => n::CHANGES_REQUESTED,
        "refus" => n::REFUSED,
        "approuvee" => n::APPROVED,
        "suspendue" => n::SUSPENDED,
        "retablie" => n::REINSTATED,
        "pris" => n::TAKEN,
        "rendu" => n::RELEASED,
        "materiel-reserve" => n::RESERVED,
        "materiel-libere" => n::RESERVATION_RELEASED,
        "materiel-remis" => n::HANDED_OUT,
        "materiel-rendu" => n::TAKEN_BACK,
        "ouverte" => n::OPENED,
        "invitation" => n::INVITED,
        "invitation-retiree" => n::INVITATION_REVOKED,
        "bienvenue" => n::WELCOME,
        "confirme" => n::CONFIRMED,
        "mot-de-passe" => n::PASSWORD_CHANGED,
        "deconnecte" => n::SIGNED_OUT,
        "importe" => n::IMPORTED,
        "annuaire-retire" => n::ENTRY_REMOVED,
        "lettre-jetee" => n::LETTER_DISCARDED,
        "lettre" => n::LETTER_SENT,
        "rappel" => n::REMINDER_SENT,
        "desabonne" => n::UNSUBSCRIBED,
        other => return notice_of_town(other).map(|key| t.get(key)),
    };
    Some(t.get(key))
}

/// After acts on equipment, crisis measures and a guardian's consent.
fn notice_of_town(code: &str) -> Option<Text> {
    use crate::i18n::k::notices as n;
    Some(match code {
        "accord" => n::GUARDIAN_AWAITED,
        "accord-demande" => n::GUARDIAN_ASKED,
        "accord-donne" => n::CONSENT_GIVEN,
        "accord-refuse" => n::CONSENT_REFUSED,
        "accord-retire" => n::CONSENT_WITHDRAWN,
        "registre" => n::MOVEMENT_WRITTEN,
        "depot-ferme" => n::DEPOT_CLOSED,
        "comptage" => n::COUNT_SAVED,
        "materiel-recu" => n::DELIVERIES_IMPORTED,
        "mesures-en-vigueur" => n::MEASURES_ON,
        "mesures-prevues" => n::MEASURES_SCHEDULED,
        "mesures-changees" => n::MEASURES_CHANGED,
        "mesures-levees" => n::MEASURES_LIFTED,
        "mesures-brouillon" => n::MEASURES_CALLED_OFF,
        "mesures-jetees" => n::MEASURES_DISCARDED,
        "regles-acceptees" => n::RULES_ACKNOWLEDGED,
        "profil-efface" => n::PROFILE_ERASED,
        "alerte" => n::ALERT_SAVED,
        "alerte-supprimee" => n::ALERT_REMOVED,
        "favori" => n::FAVOURITE_KEPT,
        "favori-retire" => n::FAVOURITE_LEFT,
        "creneaux" => n::SLOTS_ADDED,
        "creneaux-retires" => n::SLOTS_REMOVED,
        "creneau-change" => n::SLOT_CHANGED,
        "copie" => n::COPIED,
        "places-retirees" => n::PLACES_REDUCED,
        "equipe-role" => n::ROLE_CHANGED,
        "equipe-retrait" => n::COLLEAGUE_REMOVED,
        "equipe-depart" => n::TEAM_LEFT,
        "renfort" => n::COVER_ASKED,
        "renfort-arrete" => n::COVER_STOPPED,
        "coordination-finie" => n::COORDINATOR_REMOVED,
        "reseau" => n::NETWORK_ASKED,
        "reseau-repris" => n::NETWORK_RECALLED,
        _ => return None,
    })
}
