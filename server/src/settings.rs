//! Settings: from the environment first, then a TOML file, then defaults; checked at start, each error naming its setting.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// Everything that an installation sets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite://PATH` or `postgres://…`.
    pub database_url: String,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The folder that `cargo xtask build` fills.
    pub site_root: PathBuf,
    /// The site's address as people type it, without a final slash; `https` turns on secure cookies and HSTS.
    pub public_url: String,
    /// `smtp://user:password@host:port` (`?tls=required` for STARTTLS) or `smtps://…`; `None` writes files.
    pub smtp_url: Option<String>,
    /// The sender of e-mails: `Renfort <ne-pas-repondre@ville.example>`.
    pub mail_from: String,
    /// Where e-mails go without SMTP.
    pub mail_dir: PathBuf,
    /// Demonstration mode: demo accounts, mailbox page.
    pub demo: bool,
    /// Logs as JSON, for machines.
    pub log_json: bool,
    /// Believe `X-Forwarded-For` (only behind a proxy that sets it).
    pub behind_proxy: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database_url: Option<String>,
    listen: Option<String>,
    site_root: Option<String>,
    public_url: Option<String>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    mail_dir: Option<String>,
    log_format: Option<String>,
    behind_proxy: Option<String>,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence that names the setting that is wrong, and how it should look.
    pub fn read(file: Option<&PathBuf>, demo: bool) -> anyhow::Result<Self> {
        Self::from(file, demo, |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    /// Reads the settings from given variables.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn from(file: Option<&PathBuf>, demo: bool, var: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let file: File = match file {
            None => File::default(),
            Some(path) => {
                let text =
                    std::fs::read_to_string(path).with_context(|| format!("settings file {}", path.display()))?;
                toml::from_str(&text).with_context(|| format!("settings file {}", path.display()))?
            }
        };
        let pick = |name: &str, written: Option<String>, default: &str| {
            var(name).or(written).unwrap_or_else(|| default.to_owned())
        };
        let listen = pick("LISTEN", file.listen, "127.0.0.1:3000");
        let listen: SocketAddr =
            listen.parse().with_context(|| format!("LISTEN is «{listen}», but must look like 127.0.0.1:3000"))?;
        let database_url = pick("DATABASE_URL", file.database_url, "sqlite://data/renfort.db");
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| database_url.starts_with(scheme)) {
            bail!("DATABASE_URL must begin with sqlite:// or postgres://");
        }
        let public_url = pick("PUBLIC_URL", file.public_url, &format!("http://{listen}"));
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            bail!("PUBLIC_URL is «{public_url}», but must begin with https:// (or http:// on one's own machine)");
        }
        let smtp_url = var("SMTP_URL").or(file.smtp_url);
        if smtp_url.as_ref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://")) {
            bail!("SMTP_URL must begin with smtp:// or smtps://");
        }
        let mail_from = pick("MAIL_FROM", file.mail_from, "Renfort <ne-pas-repondre@renfort.example>");
        if mail_from.parse::<lettre::message::Mailbox>().is_err() {
            bail!("MAIL_FROM is «{mail_from}», but must look like: Renfort <ne-pas-repondre@ville.example>");
        }
        Ok(Self {
            database_url,
            listen,
            site_root: pick("SITE_ROOT", file.site_root, "target/site").into(),
            public_url: public_url.trim_end_matches('/').to_owned(),
            smtp_url,
            mail_from,
            mail_dir: pick("MAIL_DIR", file.mail_dir, "data/mails").into(),
            demo,
            log_json: match pick("LOG_FORMAT", file.log_format, "text").as_str() {
                "json" => true,
                "text" => false,
                other => bail!("LOG_FORMAT is «{other}», but must be text or json"),
            },
            behind_proxy: switch("BEHIND_PROXY", &pick("BEHIND_PROXY", file.behind_proxy, "no"))?,
        })
    }

    /// Whether the site is served over HTTPS.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn switch(name: &str, value: &str) -> anyhow::Result<bool> {
    match value {
        "yes" | "true" | "1" => Ok(true),
        "no" | "false" | "0" => Ok(false),
        other => bail!("{name} is «{other}», but must be yes or no"),
    }
}
