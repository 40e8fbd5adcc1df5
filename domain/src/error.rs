//! What can go wrong, once, for every room: each error maps to one HTTP status and one sentence for a person.
//!
//! The sentences live in the translation files; a variant here carries only the facts they need.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each name is its sentence in locales/*/problems.json")]
pub enum Problem {
    Required,
    TooShort { min: u32 },
    TooLong { max: u32 },
    NotAnEmail,
    NotAnRna,
    NotASiret,
    NotAnInseeCode,
    NotAPhone,
    NotADate,
    NotATime,
    NotANumber,
    OutOfRange { min: i64, max: i64 },
    PasswordCommon,
    PasswordGuessable,
    Under16,
    BirthDateFixed,
    DateInPast,
    EndBeforeStart,
    SlotTooLong { max_hours: u32 },
    SlotOverlap,
    NoSlot,
    NotAChoice,
    ContactDetails,
    SocialSecurityNumber,
    TwoWordsAtLeast,
    ControlCharacters,
    RnaOrSiretRequired,
    MustAcknowledge,
    TownNotOpen,
    AlreadyOpen,
    SlotFull,
    SlotGone,
    PlacesBelowTaken { taken: u32 },
    BelowMinimumAge,
    AdultsOnly,
    OverlapsAnother,
    WeeklyLimit,
    ReasonRequired,
    NothingNoted,
    NotAWebAddress,
    NoColumns,
    TooManyLines { max: u32 },
    UnknownField { name: String },
    NoDeliveryColumns,
    NameTaken,
    SameDepot,
    NothingCounted,
    NotEnoughFree { free: u32 },
    BelowReserved { reserved: u32 },
    StockMoved { now: u32 },
    OneOrganisation,
    FullApart,
    FullBeside,
    AnswerFirst,
    GuardianIsYou,
    CrisisDomain,
    CrisisRemoteOnly { age: u32 },
    CrisisGroup { most: u32 },
    CrisisRulesChanged,
    PeriodTooLong { max_days: u32 },
    NotADuration,
    HoursOutOfRange { most: u32 },
    NotMarked,
    NoHours,
    NoRoomForSlots { max: u32, left: u32 },
    NoNewSlot,
    PatternTooLong { max_days: u32 },
    NotEarlier,
    AfterLastSlot,
    AlreadyInTeam,
    ChooseExactly { n: u32 },
}

/// The problems of a form, by field name; a nested field is written `slots.0.starts_at`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(BTreeMap<String, Problem>);

impl FieldErrors {
    /// One problem with one field.
    pub fn one(field: impl Into<String>, problem: Problem) -> Self {
        let mut errors = Self::default();
        errors.add(field, problem);
        errors
    }

    /// Adds a problem; the first one of a field is the one that is told.
    pub fn add(&mut self, field: impl Into<String>, problem: Problem) {
        self.0.entry(field.into()).or_insert(problem);
    }

    /// Keeps the value of a good parse, notes the problem of a bad one.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.add(field, problem)).ok()
    }

    /// Adds all of another form's problems.
    pub fn merge(&mut self, other: Self) {
        for (field, problem) in other.0 {
            self.add(field, problem);
        }
    }

    /// The problem of a field, if it has one.
    pub fn get(&self, field: &str) -> Option<&Problem> {
        self.0.get(field)
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every field with its problem, in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Problem)> {
        self.0.iter().map(|(field, problem)| (field.as_str(), problem))
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// Itself, when at least one field has a problem.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// Why an act that was allowed cannot be done now: the thing changed, or a rule stands against it. HTTP 409.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each name is its sentence in locales/*/problems.json")]
pub enum Conflict {
    NotInThisState,
    AlreadyApplied,
    SlotFull,
    SlotGone,
    MissionClosed,
    /// Applications are taken from this day on.
    OpensOn(NaiveDate),
    ChangedMeanwhile,
    OrganisationNotApproved,
    FourEyes,
    TakenByAnother,
    TakeItFirst,
    NothingToReserve,
    ChecklistIncomplete,
    LinkExpired,
    EmailNotConfirmed,
    VolunteerProfileRequired,
    PlacesBelowTaken,
    NobodyToWriteTo,
    TooSoonToRemind,
    NotEnoughStock,
    MoreThanReserved,
    MoreThanIssued,
    DepotClosed,
    DepotNotEmpty,
    OtherNotOnline,
    OtherChanged,
    NothingToJoin,
    TooManySlots,
    CrisisDomain,
    CrisisGroup,
    OfferOver,
    TooManyTemplates,
    TooManyAlerts,
    TooManyFavourites,
    OwnHours,
    GuardianFirst,
    ConsentOver,
    NothingToRemove,
    LastAdmin,
    LastSlot,
    NoInvitations,
    CoverOffline,
    CoverCancelled,
    CoverBegun,
    CoverFull,
    CoverTooEarly,
    CoverTooLate,
    CoverToday,
    /// People are noted from half an hour before the slot on.
    NotYetNoted,
    CoverNobody,
}

/// What a person is told when something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// 422: some fields are wrong; each has its sentence.
    #[error("invalid fields")]
    Invalid(FieldErrors),
    /// 401: the e-mail and password do not go together (whichever is wrong).
    #[error("wrong credentials")]
    WrongCredentials,
    /// 401: one must sign in first.
    #[error("sign in first")]
    SignInFirst,
    /// 403: known, but not allowed; used only where existence is already public.
    #[error("denied")]
    Denied,
    /// 404: does not exist, or belongs to another tenant, which is the same.
    #[error("not found")]
    NotFound,
    /// 409: the thing is not in a state in which this can be done.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// 429: too many tries; wait this many seconds.
    #[error("too many tries")]
    TooMany {
        /// Seconds to wait before the next try.
        retry_after: u32,
    },
    /// 400: the request could not be read; only a program or a broken browser sends one.
    #[error("malformed request")]
    Malformed,
    /// 503: our fault; the log says more, under the number that the answer carries as `x-request-id`.
    #[error("unavailable")]
    Unavailable,
    /// What a browser says by itself when nothing answers; no server sends it.
    #[error("unreachable")]
    Unreachable,
    /// 413: more was sent than a form may hold.
    #[error("too large")]
    TooLarge,
}

impl AppError {
    /// The HTTP status of this error.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::WrongCredentials | Self::SignInFirst => 401,
            Self::Denied => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::TooLarge => 413,
            Self::Invalid(_) => 422,
            Self::TooMany { .. } => 429,
            Self::Unavailable | Self::Unreachable => 503,
        }
    }

    /// One wrong field.
    pub fn field(field: impl Into<String>, problem: Problem) -> Self {
        Self::Invalid(FieldErrors::one(field, problem))
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<Conflict> for AppError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<crate::access::Refusal> for AppError {
    fn from(refusal: crate::access::Refusal) -> Self {
        match refusal {
            crate::access::Refusal::NotFromHere => Self::Conflict(Conflict::NotInThisState),
            crate::access::Refusal::NotByYou => Self::Denied,
        }
    }
}

/// The result of every act.
pub type Outcome<T> = Result<T, AppError>;
