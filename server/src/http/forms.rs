//! Forms sent without scripts. A browser that asks for a page gets one: the next page when the act was done, or the same
//! page again, with what was typed and what was wrong, under the error's own status.

use std::{future::poll_fn, pin::Pin, sync::Arc};

use app::request::{Failure, RefusedForm, WIRE, read, write};
use axum::{
    Router,
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{actor::Actor, error::AppError};
use tower::ServiceExt;

/// The longest form we read: sixty slots and a long text fit ten times over.
const LONGEST_FORM: usize = 256 * 1024;

/// So far a longer one is read and thrown away: a browser looks at no answer before it has sent everything.
const READ_ON: usize = 8 * 1024 * 1024;

/// The longest page that is looked at again: far beyond any of ours.
const LONGEST_PAGE: usize = 16 * 1024 * 1024;

/// Answers forms as pages, and gives every refused act the status of its error.
pub async fn answer(State(pages): State<Router>, mut request: Request, next: Next) -> Response {
    if let Some(uri) = without_nul(request.uri().to_string().as_bytes()) {
        let Ok(uri) = Uri::try_from(uri) else { return StatusCode::BAD_REQUEST.into_response() };
        *request.uri_mut() = uri;
    }
    let ours = names(request.headers(), WIRE);
    if request.method() != Method::POST {
        return with_status(next.run(request).await, ours).await.0;
    }
    let (mut parts, body) = request.into_parts();
    let Some((bytes, length)) = received(body).await else { return StatusCode::BAD_REQUEST.into_response() };
    if length > LONGEST_FORM {
        return too_large(pages, &parts, &bytes, ours).await;
    }
    // What is posted elsewhere is a file, and an answer of its own.
    if !parts.uri.path().starts_with("/api/") {
        return with_status(next.run(Request::from_parts(parts, Body::from(bytes))).await, ours).await.0;
    }
    let Some(bytes) = super::files::as_fields(&mut parts, bytes).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let bytes = without_nul(&bytes).map_or(bytes, Bytes::from);
    if !accepts_html(&parts.headers) {
        return with_status(next.run(Request::from_parts(parts, Body::from(bytes))).await, ours).await.0;
    }
    let asked = parts.clone();
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static(WIRE));
    let (response, error) =
        with_status(next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await, true).await;
    match error {
        None => done(&asked.headers, response),
        Some(AppError::SignInFirst) => Redirect::to(&app::routes::sign_in(&back(&asked.headers))).into_response(),
        Some(error) => again(pages, &asked, &bytes, error).await,
    }
}

/// What was sent, as much of it as a form may hold, and how long it is. `None` when it does not arrive.
async fn received(mut body: Body) -> Option<(Bytes, usize)> {
    let (mut kept, mut length) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        length += data.len();
        let room = LONGEST_FORM - kept.len();
        kept.extend(data.iter().take(room));
        if length > READ_ON {
            break;
        }
    }
    Some((Bytes::from(kept), length))
}

/// Says that it is too long; the form is shown again with the fields that arrived whole.
async fn too_large(pages: Router, asked: &Parts, sent: &[u8], ours: bool) -> Response {
    let error = AppError::TooLarge;
    if !accepts_html(&asked.headers) {
        let failed = (StatusCode::INTERNAL_SERVER_ERROR, write(&Failure(error))).into_response();
        return with_status(failed, ours).await.0;
    }
    let kind = asked.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let fields = if kind.starts_with("application/x-www-form-urlencoded") { sent } else { &[] };
    let end = fields.iter().rposition(|byte| *byte == b'&').unwrap_or_default();
    let whole = fields.get(..end).unwrap_or_default();
    let whole = without_nul(whole).map_or_else(|| Bytes::copy_from_slice(whole), Bytes::from);
    again(pages, asked, &whole, error).await
}

/// PostgreSQL cannot even be asked for a text with U+0000. Nobody types one: it becomes U+0001, which every field refuses
/// with its sentence as it refuses all control characters. `None` where there is nothing to change.
fn without_nul(sent: &[u8]) -> Option<Vec<u8>> {
    if !sent.contains(&0) && !sent.windows(3).any(|three| three == b"%00") {
        return None;
    }
    let mut kept = Vec::with_capacity(sent.len());
    let mut rest = sent;
    while let [first, tail @ ..] = rest {
        (rest, _) = match rest {
            [b'%', b'0', b'0', after @ ..] => (after, kept.extend_from_slice(b"%01")),
            [0, after @ ..] => (after, kept.push(1)),
            _ => (tail, kept.push(*first)),
        };
    }
    Some(kept)
}

/// Whether whoever asks wants a page.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    names(headers, "text/html")
}

/// Whether whoever asks names a kind of answer.
fn names(headers: &HeaderMap, kind: &str) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(kind))
}

/// An error of a server function comes as a 500 with itself in the body: read it, say its status, and tell it in JSON to
/// whoever does not ask in the words of our own pages.
async fn with_status(response: Response, ours: bool) -> (Response, Option<AppError>) {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return (response, None);
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LONGEST_FORM).await.unwrap_or_default();
    let Failure(error) = read(&bytes).unwrap_or(Failure(AppError::Unavailable));
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    if let AppError::TooMany { retry_after } = error {
        parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    let failure = Failure(error);
    let (kind, body) = if ours {
        (WIRE, Body::from(write(&failure)))
    } else {
        ("application/json", Body::from(serde_json::to_vec(&failure).unwrap_or_default()))
    };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    (Response::from_parts(parts, body), Some(failure.0))
}

/// The page that the form stands on: a path of this site, whatever the browser says.
fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    referer
        .split_once("://")
        .and_then(|(_, rest)| rest.strip_prefix(host))
        .filter(|path| app::request::is_local(path))
        .unwrap_or("/")
        .to_owned()
}

fn done(headers: &HeaderMap, response: Response) -> Response {
    let (parts, _) = response.into_parts();
    let next = parts
        .headers
        .get(header::LOCATION)
        .and_then(|value| value.to_str().ok())
        .map_or_else(|| back(headers), str::to_owned);
    let mut answer = Redirect::to(&next).into_response();
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        answer.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    if let Some(clear) = parts.headers.get("clear-site-data") {
        answer.headers_mut().insert("clear-site-data", clear.clone());
    }
    answer
}

/// Shows the form's page again.
async fn again(pages: Router, asked: &Parts, form: &Bytes, error: AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let retry_after = match error {
        AppError::TooMany { retry_after } => Some(retry_after),
        _ => None,
    };
    let refused = RefusedForm { action: asked.uri.path().to_owned(), values: values(form), error, untold: false };
    let mut answer = shown(pages.clone(), asked, refused.clone()).await;
    if !answer.status().is_redirection() && told(&mut answer).await == Told::Nowhere {
        answer = shown(pages, asked, RefusedForm { untold: true, ..refused }).await;
    }
    if answer.status().is_success() {
        *answer.status_mut() = status;
    }
    if let Some(seconds) = retry_after {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// The page that a form was sent from, with what was refused.
async fn shown(pages: Router, asked: &Parts, refused: RefusedForm) -> Response {
    let mut page = Request::new(Body::empty());
    *page.uri_mut() = back(&asked.headers).parse().unwrap_or_default();
    *page.headers_mut() = asked.headers.clone();
    page.headers_mut().remove(header::CONTENT_LENGTH);
    page.headers_mut().remove(header::CONTENT_TYPE);
    if let Some(actor) = asked.extensions.get::<Arc<Actor>>() {
        page.extensions_mut().insert(Arc::clone(actor));
    }
    page.extensions_mut().insert(refused);
    pages.oneshot(page).await.into_response()
}

/// Whether a page tells what was refused. Its forms are known once it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    There,
    Nowhere,
}

async fn told(page: &mut Response) -> Told {
    const SUMMARY: &[u8] = b"class=\"error-summary\"";
    let body = std::mem::take(page.body_mut());
    let whole = to_bytes(body, LONGEST_PAGE).await.unwrap_or_default();
    let told = whole.windows(SUMMARY.len()).any(|part| part == SUMMARY);
    *page.body_mut() = Body::from(whole);
    if told { Told::There } else { Told::Nowhere }
}

/// What was typed, without the passwords.
fn values(form: &[u8]) -> Vec<(String, String)> {
    form.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            (decode(halves.next().unwrap_or_default()), decode(halves.next().unwrap_or_default()))
        })
        .filter(|(name, _)| !name.contains("password"))
        .collect()
}

/// Percent-decoding of `application/x-www-form-urlencoded` (WHATWG URL, 5.1).
fn decode(bytes: &[u8]) -> String {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        decoded.push(match first {
            b'+' => b' ',
            b'%' => match tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
                Some(byte) => {
                    rest = tail.get(2..).unwrap_or_default();
                    byte
                }
                None => b'%',
            },
            byte => *byte,
        });
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_read_without_passwords() {
        let form = "form%5Bname%5D=%C3%89lise+%26+Co&form[password]=secret&x=100%&empty=";
        assert_eq!(
            values(form.as_bytes()),
            [("form[name]", "Élise & Co"), ("x", "100%"), ("empty", "")].map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
    }

    #[test]
    fn a_nul_becomes_a_control_character_that_fields_refuse() {
        assert_eq!(without_nul(b"a=1&b=%2500"), None);
        assert_eq!(without_nul(b"a=%00b&c=\0"), Some(b"a=%01b&c=\x01".to_vec()));
    }

    #[test]
    fn only_a_page_of_this_site_is_shown_again() {
        let headers = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("ville.example"));
            headers.insert(header::REFERER, HeaderValue::from_str(referer).unwrap());
            headers
        };
        assert_eq!(back(&headers("https://ville.example/missions?page=2")), "/missions?page=2");
        assert_eq!(back(&headers("https://evil.example/missions")), "/");
        assert_eq!(back(&headers("https://ville.example.evil/x")), "/");
        assert_eq!(back(&headers("https://ville.example//evil.example")), "/");
    }
}
