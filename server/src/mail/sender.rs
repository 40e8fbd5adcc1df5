//! The background task that sends what waits in the outbox.

use std::{path::PathBuf, time::Duration};

use anyhow::Context;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};
use tokio_util::sync::CancellationToken;

use super::outbox;
use crate::{backend::Backend, entity::outbox::Model as Letter, error::Result};

/// How often the outbox is looked into.
const PAUSE: Duration = Duration::from_millis(1500);

enum Transport {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Files(PathBuf),
}

/// Sends letters until told to stop; a letter that is under way is finished first.
///
/// # Errors
/// When `SMTP_URL` or `MAIL_FROM` cannot be used.
pub async fn run(backend: Backend, stop: CancellationToken) -> anyhow::Result<()> {
    let transport = open(&backend)?;
    let from: Mailbox = backend.settings.mail_from.parse().context("MAIL_FROM")?;
    while !stop.is_cancelled() {
        if let Err(error) = round(&backend, &transport, &from).await {
            tracing::error!(?error, "the outbox cannot be read");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    Ok(())
}

fn open(backend: &Backend) -> anyhow::Result<Transport> {
    Ok(match &backend.settings.smtp_url {
        Some(url) => Transport::Smtp(Box::new(
            AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                .context("SMTP_URL")?
                .timeout(Some(Duration::from_secs(30)))
                .build(),
        )),
        None => {
            let folder = backend.settings.mail_dir.clone();
            std::fs::create_dir_all(&folder)
                .with_context(|| format!("MAIL_DIR: cannot create {}", folder.display()))?;
            Transport::Files(folder)
        }
    })
}

async fn round(backend: &Backend, transport: &Transport, from: &Mailbox) -> Result<()> {
    for letter in outbox::claim(&backend.store, backend.clock.now(), 20).await? {
        match send(transport, from, &letter).await {
            Ok(()) => outbox::sent(&backend.store, letter.id, backend.clock.now()).await?,
            Err(error) => {
                tracing::warn!(id = %letter.id, kind = letter.kind, error = format!("{error:#}"), "an e-mail waits for another try");
                outbox::failed(&backend.store, &letter, backend.clock.now(), &format!("{error:#}")).await?;
            }
        }
    }
    Ok(())
}

async fn send(transport: &Transport, from: &Mailbox, letter: &Letter) -> anyhow::Result<()> {
    let message = Message::builder()
        .from(from.clone())
        .to(letter.recipient.parse().context("recipient")?)
        .subject(letter.subject.clone())
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .date_now()
        .multipart(MultiPart::alternative_plain_html(letter.body_text.clone(), letter.body_html.clone()))?;
    match transport {
        Transport::Smtp(smtp) => {
            smtp.send(message).await?;
        }
        Transport::Files(folder) => {
            tokio::fs::write(folder.join(format!("{}.eml", letter.id)), message.formatted()).await?;
        }
    }
    Ok(())
}
