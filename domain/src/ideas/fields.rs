//! The form of an idea.

use crate::{
    error::{FieldErrors, Problem},
    fields::{Email, PersonName, Phone},
    text,
};

use super::IdeaForm;

/// Characters of the longest message.
pub const LONGEST_MESSAGE: u32 = 2000;

/// An idea, read from its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// Name of the association.
    pub association: String,
    /// Who writes.
    pub contact_name: String,
    /// Where to answer.
    pub email: Email,
    /// Where to call, if given.
    pub phone: Option<Phone>,
    /// What is to be done.
    pub what: String,
    /// For whom; may be empty.
    pub whom: String,
    /// Where; may be empty.
    pub place: String,
    /// When; may be empty.
    pub moment: String,
}

impl Idea {
    /// Reads a form. Contact details are welcome: it is a letter to the town, never published.
    ///
    /// # Errors
    /// The problems of its fields, all at once.
    pub fn read(form: &IdeaForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let association = errors.take("association", text::line(&form.association, 2, 150));
        let name = errors.take("contact_name", PersonName::parse(&form.contact_name));
        let email = errors.take("email", Email::parse(&form.email));
        let phone = errors.take("phone", optional(&form.phone));
        let what = errors.take("what", text::paragraphs(&form.what, 20, LONGEST_MESSAGE));
        let whom = errors.take("whom", text::line(&form.whom, 0, 300));
        let place = errors.take("place", text::line(&form.place, 0, 200));
        let moment = errors.take("moment", text::line(&form.moment, 0, 300));
        match (association, name, email, phone, what, whom, place, moment) {
            (
                Some(association),
                Some(name),
                Some(email),
                Some(phone),
                Some(what),
                Some(whom),
                Some(place),
                Some(moment),
            ) => Ok(Self { association, contact_name: name.into(), email, phone, what, whom, place, moment }),
            _ => Err(errors),
        }
    }
}

fn optional(value: &str) -> Result<Option<Phone>, Problem> {
    match Phone::parse(value) {
        Ok(phone) => Ok(Some(phone)),
        Err(Problem::Required) => Ok(None),
        Err(problem) => Err(problem),
    }
}
