//! Who is told what about an application.

use app::{
    i18n::{Text, Texts, k::mails as m},
    ui::time,
};
use domain::{actor::Locale, ids::OrganisationId, team::Duty};
use sea_orm::EntityTrait;

use crate::{
    accounts::queries::{full_name, with_duty},
    entity::{account, application, mission, organisation, slot},
    error::{Result, told},
    mail::{Mail, MailKind},
    missions::{
        partners,
        queries::{self as missions, line},
    },
    store::Work,
};

/// The words that most of these e-mails share.
#[derive(Debug)]
pub struct Affair<'a> {
    /// The mission.
    pub mission: &'a mission::Model,
    /// The organisation that answers.
    pub answers: OrganisationId,
    /// Its name.
    pub organisation: String,
    /// What it tells accepted volunteers.
    pub practical: String,
    /// The volunteer.
    pub volunteer: account::Model,
    /// The chosen slots.
    pub slots: &'a [slot::Model],
}

/// Why something ends: in somebody's own words, or in ours, which each person reads in their language.
#[derive(Debug, Clone, Copy)]
pub enum Why<'a> {
    /// As somebody wrote it.
    Said(&'a str),
    /// A text of ours.
    Ours(Text),
}

impl<'a> Why<'a> {
    /// The words, in a language.
    pub fn say(self, locale: Locale) -> &'a str {
        match self {
            Self::Said(words) => words,
            Self::Ours(text) => Texts(locale).get(text),
        }
    }
}

/// Slots as lines, in a language.
pub fn lines(locale: Locale, slots: &[slot::Model]) -> String {
    let texts = Texts(locale);
    let lines: Vec<String> = slots
        .iter()
        .map(line)
        .map(|line| format!("• {}", time::slot(texts, line.kind, line.starts_at, line.ends_at)))
        .collect();
    lines.join("\n")
}

/// What there is to do for the organisation when somebody offers to come.
pub const fn next(accepted: bool) -> Text {
    if accepted { m::APPLICATION_NEXT_ACCEPTED } else { m::APPLICATION_NEXT_ANSWER }
}

impl<'a> Affair<'a> {
    /// Reads what the e-mails need.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(
        work: &Work,
        mission: &'a mission::Model,
        application: &application::Model,
        slots: &'a [slot::Model],
    ) -> Result<Self> {
        let answers = partners::answers(mission, application);
        let organisation = organisation::Entity::find_by_id(answers.0).one(&work.tx).await?;
        let volunteer = account::Entity::find_by_id(application.volunteer_id).one(&work.tx).await?;
        Ok(Self {
            mission,
            answers,
            practical: partners::terms(&work.tx, mission, answers).await?.practical,
            organisation: organisation.map(|row| row.name).unwrap_or_default(),
            volunteer: volunteer.ok_or_else(|| told(domain::error::AppError::NotFound))?,
            slots,
        })
    }

    /// The volunteer's language.
    pub fn locale(&self) -> Locale {
        Locale::parse(&self.volunteer.locale).unwrap_or_default()
    }

    /// Tells the volunteer.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn volunteer(&self, work: &Work, kind: MailKind, reason: &str) -> Result<()> {
        let locale = self.locale();
        let path = match kind {
            MailKind::ApplicationDeclined
            | MailKind::MissionCancelled
            | MailKind::WaitingListOver
            | MailKind::GuardianRefused
            | MailKind::GuardianWithdrawn => app::routes::MISSIONS.to_owned(),
            MailKind::OfferExpired | MailKind::ApplicationUnanswered if missions::status(self.mission).has_page() => {
                app::routes::mission(self.mission.id.into(), &self.mission.slug)
            }
            MailKind::OfferExpired | MailKind::ApplicationUnanswered => app::routes::MISSIONS.to_owned(),
            _ => app::routes::MY_SPACE.to_owned(),
        };
        let lines = lines(locale, self.slots);
        // Whoever answers, it is the mission's own organisation that gives the mission up.
        let organisation = if kind == MailKind::MissionCancelled { self.owner(work).await? } else { None };
        let facts = [
            ("name", self.volunteer.given_name.as_str()),
            ("mission", &self.mission.title),
            ("organisation", organisation.as_ref().unwrap_or(&self.organisation)),
            ("slots", &lines),
            ("slot", lines.trim_start_matches("• ")),
            ("practical", &self.practical),
            ("reason", reason),
        ];
        work.mail(&self.volunteer.email, locale, Mail { kind, facts: &facts, path: &path }).await
    }

    /// The name of the mission's own organisation, where another one answers.
    async fn owner(&self, work: &Work) -> Result<Option<String>> {
        if self.answers.0 == self.mission.organisation_id {
            return Ok(None);
        }
        let owner = organisation::Entity::find_by_id(self.mission.organisation_id).one(&work.tx).await?;
        Ok(owner.map(|row| row.name))
    }

    /// Tells those of the organisation that answers who may answer, with what comes of it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn organisation(&self, work: &Work, kind: MailKind, message: &str, next: Text) -> Result<()> {
        let organisation = self.answers;
        let path = app::routes::own_mission(organisation, self.mission.id.into(), "candidatures");
        let name = full_name(&self.volunteer);
        for admin in with_duty(&work.tx, organisation, Duty::Answer).await? {
            let locale = Locale::parse(&admin.locale).unwrap_or_default();
            let t = Texts(locale);
            let lines = lines(locale, self.slots);
            let message = if message.is_empty() { t.get(m::APPLICATION_NO_MESSAGE) } else { message };
            let facts = [
                ("name", name.as_str()),
                ("mission", &self.mission.title),
                ("slots", &lines),
                ("message", message),
                ("next", t.get(next)),
            ];
            work.mail(&admin.email, locale, Mail { kind, facts: &facts, path: &path }).await?;
        }
        Ok(())
    }
}
