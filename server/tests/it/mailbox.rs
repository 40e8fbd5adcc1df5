//! The mailbox of the demonstration, the same on both engines.

use std::sync::Arc;

use chrono::Duration;
use domain::{
    actor::Locale,
    error::AppError,
    ids::LetterId,
    mailbox::{Delivery, Mailbox, MailboxPage, MailboxQuery, Piece},
};
use server::{
    backend::Backend,
    http,
    mail::{Mail, MailKind, outbox},
};
use uuid::Uuid;

use crate::databases;

/// The same site, as a demonstration.
fn demonstration(backend: &Backend) -> Backend {
    let mut settings = (*backend.settings).clone();
    settings.demo = true;
    Backend { settings: Arc::new(settings), ..backend.clone() }
}

/// Queues an e-mail, so many minutes after the clock's time.
async fn write(backend: &Backend, to: &str, minutes: i64) {
    let tx = backend.store.begin().await.unwrap();
    let at = backend.clock.now() + Duration::minutes(minutes);
    let mail = Mail {
        kind: MailKind::ConfirmEmail,
        facts: &[("name", "<script>alert(1)</script>")],
        path: "/confirmer/secret",
    };
    outbox::queue(&tx, at, &backend.settings.public_url, to, Locale::Fr, mail).await.unwrap();
    tx.commit().await.unwrap();
}

async fn asked(backend: &Backend, recipient: &str, page: u32) -> MailboxPage {
    backend.list(MailboxQuery { recipient: recipient.to_owned(), page }).await.unwrap()
}

#[tokio::test]
async fn what_was_queued_is_listed_newest_first() {
    for own in databases::each().await.unwrap() {
        let backend = demonstration(&own.backend);
        assert_eq!(asked(&backend, "", 1).await, MailboxPage { letters: vec![], total: 0, page: 1, pages: 1 });
        for minute in 0..31 {
            write(&backend, if minute % 2 == 0 { "prune@demo.example" } else { "anis_b@demo.example" }, minute).await;
        }
        let first = asked(&backend, "", 1).await;
        assert_eq!((first.letters.len(), first.total, first.page, first.pages), (30, 31, 1, 2));
        assert!(first.letters.windows(2).all(|pair| pair[0].at > pair[1].at));
        assert!(first.letters.iter().all(|letter| letter.delivery == Delivery::Waiting));
        for beyond in [2, 3, u32::MAX] {
            assert_eq!(asked(&backend, "", beyond).await.letters.len(), 1, "page {beyond}");
        }
        let newest = &first.letters[0];
        outbox::sent(&backend.store, newest.id.0, backend.clock.now(), outbox::Keep::Text).await.unwrap();
        assert_eq!(asked(&backend, "", 0).await.letters[0].delivery, Delivery::Sent);

        for (typed, found) in [
            ("prune@demo.example", 16),
            (" ANIS ", 15),
            ("s_b@", 15),
            ("e_d", 0),
            ("%", 0),
            ("\\", 0),
            ("'", 0),
            ("\0", 31),
        ] {
            let page = asked(&backend, typed, 1).await;
            assert_eq!(page.total, found, "{typed:?}");
        }
    }
}

#[tokio::test]
async fn a_letter_is_opened_with_its_links() {
    for own in databases::each().await.unwrap() {
        let backend = demonstration(&own.backend);
        write(&backend, "prune@demo.example", 0).await;
        let head = asked(&backend, "", 1).await.letters.remove(0);
        let letter = backend.letter(head.id).await.unwrap();
        assert_eq!(letter.head, head);
        let written = format!("{}/confirmer/secret", backend.settings.public_url);
        assert!(letter.body.contains(&Piece::Link { path: "/confirmer/secret".to_owned(), written }));
        let html = backend.html(head.id).await.unwrap();
        assert!(html.starts_with("<!DOCTYPE html>") && !html.contains("<script"), "{html}");
        assert_eq!(backend.letter(LetterId(Uuid::now_v7())).await, Err(AppError::NotFound));
    }
}

#[tokio::test]
async fn outside_a_demonstration_there_is_no_mailbox() {
    for own in databases::each().await.unwrap() {
        write(&own.backend, "prune@ville.example", 0).await;
        let id = asked(&demonstration(&own.backend), "", 1).await.letters[0].id;
        assert_eq!(own.backend.list(MailboxQuery::default()).await, Err(AppError::NotFound));
        assert_eq!(own.backend.letter(id).await, Err(AppError::NotFound));
        assert_eq!(own.backend.html(id).await, Err(AppError::NotFound));
    }
}

/// Serves a site on a port of its own until the test's runtime ends.
async fn serve(backend: Backend) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = http::router(backend);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_answer_in_a_demonstration_only() {
    for own in databases::each().await.unwrap() {
        let demo = demonstration(&own.backend);
        write(&demo, "prune@demo.example", 0).await;
        let id = asked(&demo, "", 1).await.letters[0].id;
        let (demo, plain) = (serve(demo).await, serve(own.backend.clone()).await);
        let get = async |site: &str, path: &str| reqwest::get(format!("{site}{path}")).await.unwrap();
        let html = format!("/demo/courrier/{id}/html");
        for path in
            ["/demo/courrier", "/demo/courrier?destinataire=prune&page=1", &format!("/demo/courrier/{id}"), &html]
        {
            assert_eq!(get(&demo, path).await.status(), 200, "{path}");
            assert_eq!(get(&plain, path).await.status(), 404, "{path}");
        }
        assert_eq!(get(&demo, "/demo/composants").await.status(), 200);
        assert_eq!(get(&plain, "/demo/composants").await.status(), 404);
        for path in ["/demo/courrier/nonsense", "/demo/courrier/nonsense/html"] {
            assert_eq!(get(&demo, path).await.status(), 404, "{path}");
        }
        let answer = get(&demo, &html).await;
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"),
            "{policy}"
        );
        assert!(!policy.contains("script") && !policy.contains("allow-"), "{policy}");
        assert_eq!(header("content-type"), "text/html; charset=utf-8");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
        let text = get(&demo, &format!("/demo/courrier/{id}")).await.text().await.unwrap();
        assert!(text.contains("href=\"/confirmer/secret\" rel=\"noreferrer\""), "{text}");
    }
}
