//! The commands of the server binary.

mod admin;
mod duplicates;
mod serve;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{backend::Backend, clock::Clock, settings::Settings, store::Store, telemetry};

/// Renfort: civic volunteering for the towns of a network.
///
/// Settings come from the environment, then from the file given by --config: DATABASE_URL, LISTEN, SITE_ROOT, PUBLIC_URL,
/// SMTP_URL, MAIL_FROM, MAIL_DIR, LOG_FORMAT (text or json), BEHIND_PROXY (yes or no).
#[derive(Debug, Parser)]
#[command(name = "renfort", version)]
pub struct Cli {
    /// A TOML file with settings, in lower case: `database_url = "…"`.
    #[arg(long, global = true, env = "RENFORT_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the site, after bringing the database up to date.
    Serve {
        /// Demonstration: fills an empty database with invented data, shows the mailbox. Never in production.
        #[arg(long, env = "DEMO")]
        demo: bool,
    },
    /// Brings the database up to date, and stops.
    Migrate,
    /// Fills an empty database with the demonstration data, and stops.
    Demo,
    /// Makes the network's first admin, and prints a link to choose the password.
    CreateAdmin {
        /// E-mail address.
        #[arg(long)]
        email: String,
        /// First name.
        #[arg(long)]
        given_name: String,
        /// Last name.
        #[arg(long)]
        family_name: String,
    },
    /// Says how well duplicates are found, on missions and pairs of them that people judged (CSV).
    EvalDuplicates {
        /// Missions: id, insee, title, goal, description, place, neighbourhood, remote, starts_on, ends_on, beneficiaries.
        missions: PathBuf,
        /// Pairs: a, b, label (1 for a duplicate), why.
        pairs: PathBuf,
        /// Weights to use instead of those that ship.
        #[arg(long)]
        weights: Option<PathBuf>,
    },
    /// Learns the weights that duplicates are scored by, and prints them.
    TrainDuplicates {
        /// Folders with `missions.csv` and `pairs.csv`, each as for eval-duplicates.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
    },
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    /// A sentence for whoever started the server.
    pub fn run(self) -> anyhow::Result<()> {
        match &self.command {
            Command::EvalDuplicates { missions, pairs, weights } => {
                return duplicates::eval(missions, pairs, weights.as_deref());
            }
            Command::TrainDuplicates { folders } => return duplicates::train(folders),
            _ => {}
        }
        self.with_database()
    }

    fn with_database(self) -> anyhow::Result<()> {
        let demo = matches!(self.command, Command::Serve { demo: true } | Command::Demo);
        let settings = Settings::read(self.config.as_ref(), demo)?;
        telemetry::start(settings.log_json);
        // A page that awaits data hangs on a single worker (leptos issue 4647): two at least, whatever the machine has.
        let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
        tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build()?.block_on(async {
            let store = Store::open(&settings.database_url).await?;
            store.migrate().await?;
            let backend = Backend::new(store, Clock::System, settings);
            match self.command {
                Command::Serve { .. } => serve::run(backend).await,
                Command::Migrate => {
                    println!("The database is up to date.");
                    Ok(())
                }
                Command::Demo => serve::fill_demo(&backend).await,
                Command::CreateAdmin { email, given_name, family_name } => {
                    admin::create(&backend, &email, &given_name, &family_name).await
                }
                Command::EvalDuplicates { .. } | Command::TrainDuplicates { .. } => Ok(()),
            }
        })
    }
}
