//! Reads the form of an organisation.

use domain::{
    error::{FieldErrors, Problem},
    fields::{Email, LegalForm, Phone, Rna, Siret},
    organisations::OrganisationForm,
    text,
};

use crate::entity::organisation;

/// Characters of the shortest description that can be sent to the town.
const DESCRIPTION_MIN: u32 = 200;
/// Characters of the longest description.
const DESCRIPTION_MAX: u32 = 3000;

/// How much must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// A draft: what is there is well formed, much may be missing.
    Draft,
    /// What the town's service reads: everything.
    Whole,
}

/// The part of the form that says who the organisation is: it changes only before the approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its name.
    pub name: String,
    /// What kind of body it is.
    pub legal_form: LegalForm,
    /// National number of an association.
    pub rna: Option<Rna>,
    /// Number of an establishment.
    pub siret: Option<Siret>,
}

/// The part of the form that may change at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentation {
    /// What it says of itself.
    pub description: String,
    /// Public e-mail.
    pub email: Option<Email>,
    /// Public phone.
    pub phone: Option<Phone>,
    /// Web address.
    pub website: Option<String>,
    /// Postal address.
    pub address: Option<String>,
}

/// The whole form, read.
///
/// # Errors
/// The problems of its fields; the town is checked by the caller.
pub fn whole(form: &OrganisationForm, needs: Needs) -> Result<(Identity, Presentation), FieldErrors> {
    match (identity(form, needs), presentation(form, needs)) {
        (Ok(identity), Ok(presentation)) => Ok((identity, presentation)),
        (identity, presentation) => {
            let mut errors = FieldErrors::default();
            for part in [identity.err(), presentation.err()].into_iter().flatten() {
                errors.merge(part);
            }
            Err(errors)
        }
    }
}

fn identity(form: &OrganisationForm, needs: Needs) -> Result<Identity, FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", text::line(&form.name, 3, 150));
    let legal_form = errors.take("legal_form", legal_form(&form.legal_form));
    let rna = errors.take("rna", optional(&form.rna, Rna::parse));
    let siret = errors.take("siret", optional(&form.siret, Siret::parse));
    if let (Needs::Whole, Some(legal_form), Some(rna), Some(siret)) = (needs, legal_form, &rna, &siret) {
        match (legal_form, rna, siret) {
            (LegalForm::Association, None, None) => errors.add("rna", Problem::RnaOrSiretRequired),
            (LegalForm::Association, ..) | (_, _, Some(_)) => {}
            (_, _, None) => errors.add("siret", Problem::Required),
        }
    }
    match (errors.is_empty(), name, legal_form, rna, siret) {
        (true, Some(name), Some(legal_form), Some(rna), Some(siret)) => Ok(Identity { name, legal_form, rna, siret }),
        _ => Err(errors),
    }
}

/// The part that may still change after the approval.
///
/// # Errors
/// The problems of its fields.
pub fn presentation(form: &OrganisationForm, needs: Needs) -> Result<Presentation, FieldErrors> {
    let mut errors = FieldErrors::default();
    let shortest = if needs == Needs::Whole { DESCRIPTION_MIN } else { 0 };
    let description = errors.take("description", description(&form.description, shortest));
    let email = errors.take("email", optional(&form.email, Email::parse));
    let phone = errors.take("phone", optional(&form.phone, Phone::parse));
    let website = errors.take("website", optional(&form.website, website));
    let address = errors.take("address", optional(&form.address, |value| text::line(value, 1, 300)));
    match (description, email, phone, website, address) {
        (Some(description), Some(email), Some(phone), Some(website), Some(address)) => {
            Ok(Presentation { description, email, phone, website, address })
        }
        _ => Err(errors),
    }
}

fn legal_form(value: &str) -> Result<LegalForm, Problem> {
    match value {
        "" => Err(Problem::Required),
        value => LegalForm::parse(value).ok_or(Problem::NotAChoice),
    }
}

fn description(value: &str, shortest: u32) -> Result<String, Problem> {
    let description = text::paragraphs(value, shortest, DESCRIPTION_MAX)?;
    if text::contact_details(&description).is_some() { Err(Problem::ContactDetails) } else { Ok(description) }
}

/// A web address that a page can link to: `http` or `https` and a host, nothing that runs.
fn website(value: &str) -> Result<String, Problem> {
    let address = text::line(value, 1, 200)?;
    let lower = address.to_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or_default();
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let known = host.contains('.') && !host.starts_with('.') && !host.contains('@');
    if known && !address.chars().any(char::is_whitespace) { Ok(address) } else { Err(Problem::NotAWebAddress) }
}

fn optional<T>(value: &str, parse: impl Fn(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    match parse(value) {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Required) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The form as it was kept, to edit. `town` is the INSEE code.
pub fn of(row: &organisation::Model, town: &str) -> OrganisationForm {
    let shown = |phone: &String| Phone::parse(phone).map_or_else(|_| phone.clone(), |phone| phone.to_string());
    OrganisationForm {
        name: row.name.clone(),
        legal_form: row.legal_form.clone(),
        rna: row.rna.clone().unwrap_or_default(),
        siret: row.siret.clone().unwrap_or_default(),
        town: town.to_owned(),
        description: row.description.clone(),
        email: row.email.clone().unwrap_or_default(),
        phone: row.phone.as_ref().map(shown).unwrap_or_default(),
        website: row.website.clone().unwrap_or_default(),
        address: row.address.clone().unwrap_or_default(),
        letter: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> OrganisationForm {
        OrganisationForm {
            name: "Les Mains tendues".to_owned(),
            legal_form: "association".to_owned(),
            rna: "w831234567".to_owned(),
            description: "Nous distribuons des repas. ".repeat(10),
            email: "bonjour@mains.example".to_owned(),
            phone: "04 94 00 00 00".to_owned(),
            website: "https://mains.example/accueil".to_owned(),
            ..OrganisationForm::default()
        }
    }

    fn problem(form: &OrganisationForm, needs: Needs, field: &str) -> Option<Problem> {
        whole(form, needs).err().and_then(|errors| errors.get(field).cloned())
    }

    #[test]
    fn a_whole_form_is_read() {
        let (identity, presentation) = whole(&form(), Needs::Whole).expect("a good form");
        assert_eq!(identity.rna.map(String::from).as_deref(), Some("W831234567"));
        assert_eq!(presentation.phone.map(String::from).as_deref(), Some("+33494000000"));
        assert_eq!(presentation.address, None);
    }

    #[test]
    fn an_association_gives_one_number_and_the_others_their_siret() {
        let bare = OrganisationForm { rna: String::new(), ..form() };
        assert_eq!(problem(&bare, Needs::Whole, "rna"), Some(Problem::RnaOrSiretRequired));
        assert_eq!(problem(&bare, Needs::Draft, "rna"), None);
        let town_hall = OrganisationForm { legal_form: "town_hall".to_owned(), ..form() };
        assert_eq!(problem(&town_hall, Needs::Whole, "siret"), Some(Problem::Required));
    }

    #[test]
    fn a_draft_may_lack_a_description_but_never_holds_contact_details_in_it() {
        let short = OrganisationForm { description: "Bientôt.".to_owned(), ..form() };
        assert_eq!(problem(&short, Needs::Draft, "description"), None);
        assert_eq!(problem(&short, Needs::Whole, "description"), Some(Problem::TooShort { min: 200 }));
        let phone = OrganisationForm { description: "Appelez le 06 12 34 56 78.".to_owned(), ..form() };
        assert_eq!(problem(&phone, Needs::Draft, "description"), Some(Problem::ContactDetails));
    }

    #[test]
    fn only_a_web_address_is_a_website() {
        for bad in ["javascript:alert(1)", "mains.example", "https://", "https://a b.example", "https://x@y.example"] {
            let form = OrganisationForm { website: bad.to_owned(), ..form() };
            assert!(problem(&form, Needs::Draft, "website").is_some(), "{bad}");
        }
    }
}
