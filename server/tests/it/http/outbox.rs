//! E-mails: written with the change they tell of, tried until they go out, and sent once.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, anyhow, ensure};
use chrono::TimeDelta;
use domain::actor::Locale;
use sea_orm::{DbBackend, EntityTrait, PaginatorTrait};
use server::{
    backend::Backend,
    entity::outbox as letters,
    mail::{Mail, MailKind, outbox, sender::Sender},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};
use tokio_util::sync::CancellationToken;

use super::run;
use crate::databases;

/// A mail server that answers as it is told to.
#[derive(Clone, Default)]
struct Server {
    /// What it says to a sender: 250 takes the letter.
    says: Arc<AtomicU16>,
    /// The `Message-ID` of each letter that it took.
    taken: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn say(&self, code: u16) {
        self.says.store(code, Ordering::SeqCst);
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Opens for as long as the handle lives.
    async fn open(&self, address: SocketAddr) -> anyhow::Result<JoinHandle<()>> {
        let (listener, server) = (TcpListener::bind(address).await?, self.clone());
        Ok(tokio::spawn(async move {
            let mut talks = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let server = server.clone();
                talks.spawn(async move { server.talk(stream).await });
            }
        }))
    }

    async fn talk(&self, stream: TcpStream) -> anyhow::Result<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 ville.example\r\n").await?;
        while let Some(line) = lines.next_line().await? {
            let code = match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
                "MAIL" => self.says.load(Ordering::SeqCst),
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    self.letter(&mut lines).await?;
                    250
                }
                "QUIT" => 221,
                _ => 250,
            };
            write.write_all(format!("{code} so it is\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    async fn letter<R: AsyncBufReadExt + Unpin>(&self, lines: &mut tokio::io::Lines<R>) -> anyhow::Result<()> {
        while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
            if let Some(id) = line.strip_prefix("Message-ID: ") {
                self.taken.lock().unwrap().push(id.to_owned());
            }
        }
        Ok(())
    }
}

/// A port that nothing listens on.
async fn closed_port() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?)
}

fn with_smtp(backend: &Backend, address: SocketAddr) -> Backend {
    let mut settings = (*backend.settings).clone();
    settings.smtp_url = Some(format!("smtp://{address}"));
    Backend { settings: settings.into(), ..backend.clone() }
}

async fn write(backend: &Backend, to: &str, kept: bool) -> anyhow::Result<()> {
    let tx = backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
    let mail = Mail { kind: MailKind::ConfirmEmail, facts: &[("name", "Camille")], path: "/confirmer/x" };
    let queued = outbox::queue(&tx, backend.clock.now(), "http://ville.example", to, Locale::Fr, mail).await;
    queued.map_err(|error| anyhow!("{error:?}"))?;
    if kept { Ok(tx.commit().await?) } else { Ok(tx.rollback().await?) }
}

async fn only_letter(backend: &Backend) -> anyhow::Result<letters::Model> {
    letters::Entity::find().one(backend.store.read()).await?.context("a letter")
}

/// Waits until the letter is as wished; the sender looks every second and a half.
async fn until(backend: &Backend, wish: impl Fn(&letters::Model) -> bool) -> anyhow::Result<letters::Model> {
    for _ in 0..200 {
        let letter = only_letter(backend).await?;
        if wish(&letter) {
            return Ok(letter);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(anyhow!("ten seconds later: {:?}", only_letter(backend).await?))
}

/// Long enough for the sender to have looked again.
async fn two_rounds() {
    tokio::time::sleep(Duration::from_millis(3500)).await;
}

#[test]
fn a_letter_is_there_with_its_change_or_not_at_all() -> anyhow::Result<()> {
    run(async {
        for own in databases::each().await? {
            write(&own.backend, "camille@ville.example", false).await?;
            assert_eq!(letters::Entity::find().count(own.backend.store.read()).await?, 0);
            write(&own.backend, "camille@ville.example", true).await?;
            assert_eq!(letters::Entity::find().count(own.backend.store.read()).await?, 1);
        }
        Ok(())
    })
}

#[test]
fn a_letter_that_cannot_go_out_is_tried_again_later_and_arrives_once() -> anyhow::Result<()> {
    run(async {
        for own in databases::each().await? {
            let (address, server, stop) = (closed_port().await?, Server::default(), CancellationToken::new());
            let backend = with_smtp(&own.backend, address);
            write(&backend, "camille@ville.example", true).await?;
            let sending = tokio::spawn(Sender::open(backend.clone())?.run(stop.clone()));
            let mut pause = TimeDelta::seconds(30);
            let mut listening = None;
            for (tries, says) in [(1, None), (2, Some(451)), (3, Some(550))] {
                let letter = until(&backend, |letter| letter.attempts == tries).await?;
                assert_eq!(letter.next_attempt_at, backend.clock.now() + pause, "after {tries}");
                assert!(letter.sent_at.is_none() && letter.failed_at.is_none() && letter.last_error.is_some());
                if tries == 1 {
                    listening = Some(server.open(address).await?);
                }
                // The server's next answer, for the try to come.
                server.say(match says {
                    None => 451,
                    Some(451) => 550,
                    Some(_) => 250,
                });
                backend.clock.advance(pause - TimeDelta::seconds(1));
                two_rounds().await;
                assert_eq!(only_letter(&backend).await?.attempts, tries, "a second too early");
                backend.clock.advance(TimeDelta::seconds(1));
                pause = pause * 2;
            }
            let letter = until(&backend, |letter| letter.sent_at.is_some()).await?;
            assert!(letter.body_text.is_empty() && letter.body_html.is_empty(), "its link is kept nowhere");
            assert!(server.taken().len() == 1 && server.taken()[0].contains(&letter.id.to_string()));
            backend.clock.advance(TimeDelta::days(1));
            two_rounds().await;
            assert_eq!(server.taken().len(), 1, "once");
            stop.cancel();
            sending.await?;
            listening.context("it was opened")?.abort();
        }
        Ok(())
    })
}

#[test]
fn two_senders_never_send_the_same_letter() -> anyhow::Result<()> {
    const LETTERS: usize = 60;
    run(async {
        for own in databases::each().await? {
            // Nodes that share a database share a PostgreSQL.
            if own.backend.store.engine() != DbBackend::Postgres {
                continue;
            }
            let (address, server, stop) = (closed_port().await?, Server::default(), CancellationToken::new());
            server.say(250);
            let listening = server.open(address).await?;
            let backend = with_smtp(&own.backend, address);
            for number in 0..LETTERS {
                write(&backend, &format!("camille{number}@ville.example"), true).await?;
            }
            let senders = [Sender::open(backend.clone())?, Sender::open(backend.clone())?];
            let senders = senders.map(|sender| tokio::spawn(sender.run(stop.clone())));
            for _ in 0..400 {
                if server.taken().len() >= LETTERS {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            two_rounds().await;
            let mut taken = server.taken();
            ensure!(taken.len() == LETTERS, "{} of {LETTERS}", taken.len());
            taken.sort();
            taken.dedup();
            assert_eq!(taken.len(), LETTERS, "each once");
            stop.cancel();
            for sender in senders {
                sender.await?;
            }
            listening.abort();
        }
        Ok(())
    })
}
