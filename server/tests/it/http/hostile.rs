//! Whatever is sent, to whichever server function, by whomever: an answer below 500, as data and as a page.

use reqwest::{Method, header};
use server::http::access::FUNCTIONS;

use super::{PEOPLE, sites};

/// Names of fields and arguments; each function takes those that it knows.
const NAMES: [&str; 30] = [
    "id",
    "mission",
    "organisation",
    "insee",
    "slot",
    "token",
    "email",
    "password",
    "decision",
    "reason",
    "body",
    "answer",
    "next",
    "language",
    "template",
    "ids[]",
    "form[name]",
    "form[title]",
    "form[goal]",
    "form[description]",
    "form[date]",
    "form[start]",
    "form[places]",
    "form[slots][]",
    "form[birth_date]",
    "form[email]",
    "form[town]",
    "answers[0][code]",
    "answers[0][answer]",
    "form[neighbourhoods]",
];

fn bodies() -> Vec<Vec<u8>> {
    let values = [
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "'%3B+DROP+TABLE+account%3B--",
        "%00",
        "%FF%FE",
        "%E2%80%AE%F0%9F%A7%A4",
        "-1",
        "99999999999999999999",
        "00000000-0000-7000-8000-000000000000",
        "9999-12-31",
        "",
    ];
    let mut bodies: Vec<Vec<u8>> =
        values.iter().map(|value| NAMES.map(|name| format!("{name}={value}")).join("&").into_bytes()).collect();
    bodies.push(NAMES.map(|name| format!("{name}={}", "x".repeat(5_000))).join("&").into_bytes());
    bodies.extend([b"".to_vec(), b"%".to_vec(), b"a[b[c]=1&]&=&&[]=".to_vec(), vec![0xFF, 0x00, b'=', 0xC3]]);
    bodies
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_sent_breaks_the_server() {
    for site in sites().await.unwrap() {
        let writing: Vec<&str> = server_fn::axum::server_fn_paths()
            .filter(|(_, method)| *method == Method::POST)
            .map(|(path, _)| path)
            .filter(|path| FUNCTIONS.iter().any(|(known, _)| known == path) && !path.ends_with("/sign-out"))
            .collect();
        assert!(writing.len() > 30);
        for person in PEOPLE {
            let cookie = site.cookie(person).await;
            for path in &writing {
                for (number, body) in bodies().into_iter().enumerate() {
                    let accept = if number % 2 == 0 { "application/json" } else { "text/html" };
                    let answer = site
                        .ask(Method::POST, path, cookie.as_ref())
                        .header(header::ACCEPT, accept)
                        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                        .body(body)
                        .send()
                        .await
                        .unwrap();
                    let status = answer.status();
                    let text = answer.text().await.unwrap_or_default();
                    assert!(!status.is_server_error(), "{person:?} {path} body {number}: {status} {text:.300}");
                    assert!(!text.contains("<script>alert(1)"), "{person:?} {path}: not escaped");
                }
            }
        }
    }
}
