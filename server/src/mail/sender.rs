//! The background task that sends what waits in the outbox.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, anyhow};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use tokio_util::sync::CancellationToken;

use super::outbox::{self, Keep};
use crate::{backend::Backend, entity::outbox::Model as Letter, error::Result};

/// Declares a header of one line.
macro_rules! header {
    ($(#[$doc:meta])* $type:ident = $name:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        struct $type(String);

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(line: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(line.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

header!(
    /// Where a mailbox ends letters of this kind: RFC 2369.
    ListUnsubscribe = "List-Unsubscribe"
);
header!(
    /// That it does so by one POST: RFC 8058.
    ListUnsubscribePost = "List-Unsubscribe-Post"
);

/// How often the outbox is looked into.
const PAUSE: Duration = Duration::from_millis(1500);
/// The longest that one letter may take; well below the time for which it is claimed.
const LONGEST: Duration = Duration::from_secs(120);

/// Who hands letters over.
pub struct Sender {
    backend: Backend,
    transport: Transport,
    from: Mailbox,
}

enum Transport {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Files(PathBuf),
}

impl Sender {
    /// As the settings say: through SMTP, or into files.
    ///
    /// # Errors
    /// When `SMTP_URL`, `MAIL_DIR` or `MAIL_FROM` cannot be used.
    pub fn open(backend: Backend) -> anyhow::Result<Self> {
        let from = backend.settings.mail_from.parse().context("MAIL_FROM")?;
        Ok(Self { transport: open(&backend)?, backend, from })
    }

    /// Sends letters until told to stop; a letter that is under way is finished first.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.round(&stop).await {
                tracing::error!(?error, "the outbox cannot be read");
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    async fn round(&self, stop: &CancellationToken) -> Result<()> {
        let Backend { store, clock, settings, .. } = &self.backend;
        let keep = if settings.demo { Keep::Text } else { Keep::Fact };
        for letter in outbox::waiting(store, clock.now(), 20).await? {
            if stop.is_cancelled() {
                break;
            }
            if !outbox::claim(store, letter.id, clock.now()).await? {
                continue;
            }
            let sent = tokio::time::timeout(LONGEST, send(&self.transport, &self.from, &letter)).await;
            match sent.unwrap_or_else(|_| Err(anyhow!("no end after {} s", LONGEST.as_secs()))) {
                Ok(()) => outbox::sent(store, letter.id, clock.now(), keep).await?,
                Err(error) => {
                    let why = format!("{error:#}");
                    tracing::warn!(id = %letter.id, kind = letter.kind, error = why, "an e-mail waits for another try");
                    outbox::failed(store, &letter, clock.now(), &why).await?;
                }
            }
        }
        Ok(())
    }
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

async fn send(transport: &Transport, from: &Mailbox, letter: &Letter) -> anyhow::Result<()> {
    let mut message = Message::builder()
        .from(from.clone())
        .to(letter.recipient.parse().context("recipient")?)
        .subject(letter.subject.clone())
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .date_now();
    if let Some(unsubscribe) = &letter.unsubscribe {
        message = message
            .header(ListUnsubscribe(format!("<{unsubscribe}>")))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    let message =
        message.multipart(MultiPart::alternative_plain_html(letter.body_text.clone(), letter.body_html.clone()))?;
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
