//! A certificate on paper: a tagged PDF with its number, and a QR code that leads to the page that verifies it.

use app::{
    i18n::{Texts, k::print as p},
    routes,
    ui::time,
};
use chrono::NaiveDate;
use domain::{
    actor::{Actor, Locale},
    certificates::{Certificate, CertificateNumber},
    error::AppError,
};
use sea_orm::EntityTrait;

use super::issue;
use crate::{
    backend::Backend,
    entity::certificate,
    error::{Result, told},
    pdf::{self, Block, Document, Run, Spoken, Squares, Table},
    qr,
    reviews::print::Paper,
};

/// Width of the code on paper, in points: 32 mm, which a phone reads at arm's length.
const CODE: f32 = 91.0;

/// The caller's certificate as a PDF.
///
/// # Errors
/// `SignInFirst`; `NotFound` when it is not the caller's.
pub async fn paper(backend: &Backend, actor: &Actor, number: &str) -> Result<Paper> {
    let me = actor.signed_in().map_err(told)?;
    let number = CertificateNumber::parse(number).ok_or_else(|| told(AppError::NotFound))?;
    let row = certificate::Entity::find_by_id(number.to_string()).one(backend.store.read()).await?;
    let row = row.filter(|row| row.account_id == me.0).ok_or_else(|| told(AppError::NotFound))?;
    let certificate = issue::read(row)?;
    let link = format!("{}{}", backend.settings.public_url, routes::certificate_check(&certificate.number));
    let document = document(&certificate, actor.locale, &link)?;
    let name = format!("{}-{}.pdf", Texts(actor.locale).get(p::CERTIFICATE_FILE), certificate.number);
    let made = tokio::task::spawn_blocking(move || pdf::render(&document)).await??;
    Ok((name, made))
}

fn document(certificate: &Certificate, locale: Locale, link: &str) -> Result<Document> {
    let t = Texts(locale);
    let number = certificate.number.to_string();
    let (from, to) = (time::date(locale, certificate.period.0), time::date(locale, certificate.period.1));
    let hours = time::duration(certificate.minutes);
    let facts = [("name", certificate.name.as_str()), ("from", &from), ("to", &to), ("hours", &hours)];
    let at = time::instant(locale, certificate.issued_at);
    let mut blocks = vec![
        Block::Heading(1, t.get(p::CERTIFICATE_TITLE).to_owned()),
        Block::text(t.with(p::CERTIFICATE_SAYS, &facts)),
        Block::Heading(2, t.get(p::CERTIFICATE_DETAIL).to_owned()),
        missions(t, certificate),
        Block::Text(vec![Run::strong(t.with(p::CERTIFICATE_TOTAL, &[("hours", &hours)]))]),
        Block::text(t.get(p::CERTIFICATE_SOURCE)),
        Block::Heading(2, t.get(p::CERTIFICATE_VERIFY).to_owned()),
        Block::Text(vec![Run::plain(t.get(p::CERTIFICATE_NUMBER)), Run::strong(number.clone())]),
        Block::text(t.with(p::CERTIFICATE_HOW, &[("link", link)])),
        Block::Squares(code(t, &number, link)?),
    ];
    if certificate.revoked_at.is_some() {
        blocks.insert(1, Block::Text(vec![Run::strong(t.get(p::CERTIFICATE_REVOKED))]));
    }
    Ok(Document {
        title: t.with(p::CERTIFICATE_DOCUMENT, &[("name", &certificate.name), ("number", &number)]),
        locale,
        made_at: certificate.issued_at,
        foot: t.with(p::CERTIFICATE_FOOT, &[("number", &number), ("at", &at)]),
        spoken: Spoken::default(),
        blocks,
    })
}

fn missions(t: Texts, certificate: &Certificate) -> Block {
    let cell = |text: &str| vec![Run::plain(text)];
    let day = |day: NaiveDate| day.format("%d/%m/%Y").to_string();
    let rows = certificate.missions.iter().map(|line| {
        let days = match line.days {
            (first, last) if first == last => day(first),
            (first, last) => format!("{}\u{a0}– {}", day(first), day(last)),
        };
        let answers = format!("{}, {}", line.organisation, line.town);
        vec![cell(&line.title), cell(&answers), cell(&days), cell(&time::duration(line.minutes))]
    });
    let heads = [p::CERTIFICATE_MISSION, p::CERTIFICATE_ORGANISATION, p::CERTIFICATE_DAYS, p::CERTIFICATE_HOURS];
    Block::Table(Table {
        caption: String::new(),
        heads: heads.map(|head| t.get(head).to_owned()).into(),
        shares: vec![4, 4, 3, 2],
        rows: rows.collect(),
    })
}

/// The address of the page that verifies it, as a QR code.
fn code(t: Texts, number: &str, link: &str) -> Result<Squares> {
    let alt = t.with(p::CERTIFICATE_CODE, &[("number", number), ("link", link)]);
    Ok(Squares { alt, side: CODE, rows: qr::squares(link)? })
}
