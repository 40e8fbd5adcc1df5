//! What every visitor is answered alike is worked out once a second: in a rush the same few pages are asked for all the time.
//!
//! Only answers to people who are not signed in are kept, only of pages that show public things, and never one that sets a
//! cookie. The nonce of a page's scripts is cut out and each answer gets its own.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use domain::actor::{Actor, Locale};
use rand::RngCore;

use super::forms;

/// How long an answer is good. Whoever asks after that has it made anew; the others are answered with it meanwhile.
const FRESH: Duration = Duration::from_secs(1);
/// How many answers are kept, at most.
const MOST: usize = 256;
/// The longest answer that is kept.
const LONGEST: usize = 512 * 1024;
/// What may be kept: its path begins so.
const PUBLIC: [&str; 12] = [
    "/missions",
    "/communes/",
    "/organisations/",
    "/api/search/home",
    "/api/search/missions",
    "/api/search/town",
    "/api/missions/page",
    "/api/organisations/page",
    "/mesures",
    "/api/crisis/banners",
    "/api/crisis/public",
    "/api/testimonials/of-mission",
];

/// An address with its query, the language, and whether a page is wanted.
type Key = (String, Locale, bool);

struct Answer {
    made: Instant,
    headers: HeaderMap,
    /// The body, cut where the nonce stood.
    pieces: Vec<Bytes>,
}

/// The answers that are kept.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<HashMap<Key, Arc<Answer>>>>);

impl Kept {
    /// An answer that is good, or that somebody else is already making anew.
    fn get(&self, key: &Key, now: Instant) -> Option<Arc<Answer>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = all.get(key)?;
        if now.duration_since(answer.made) < FRESH {
            return Some(Arc::clone(answer));
        }
        // The one who finds it old makes a new one; who asks meanwhile still gets this one, unless it is too old for that.
        if now.duration_since(answer.made) < FRESH * 3 {
            let (headers, pieces) = (answer.headers.clone(), answer.pieces.clone());
            all.insert(key.clone(), Arc::new(Answer { made: now, headers, pieces }));
        }
        None
    }

    /// What is no longer answered is not shown to anybody.
    fn forget(&self, key: &Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    fn put(&self, key: Key, answer: Answer) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST && !all.contains_key(&key) {
            let oldest = all.iter().min_by_key(|(_, answer)| answer.made).map(|(key, _)| key.clone());
            oldest.map(|key| all.remove(&key));
        }
        all.insert(key, Arc::new(answer));
    }
}

/// The key of a request that everybody is answered alike.
fn key(request: &Request) -> Option<Key> {
    let path = request.uri().path();
    let public = path == "/" || PUBLIC.iter().any(|start| path.starts_with(start));
    // An application is made on a page below /missions: it asks who one is.
    let actor = request.extensions().get::<Arc<Actor>>()?;
    let alike = public && !path.ends_with("/proposer") && actor.account.is_none() && request.method() == Method::GET;
    alike.then(|| {
        let address = request.uri().path_and_query().map_or(path, |address| address.as_str()).to_owned();
        (address, actor.locale, forms::accepts_html(request.headers()))
    })
}

/// Answers from what is kept, or keeps the answer.
pub async fn answer(State(kept): State<Kept>, request: Request, next: Next) -> Response {
    let Some(key) = key(&request) else { return next.run(request).await };
    if let Some(answer) = kept.get(&key, Instant::now()) {
        return again(&answer);
    }
    let (parts, body) = next.run(request).await.into_parts();
    if parts.status != StatusCode::OK || parts.headers.contains_key(header::SET_COOKIE) {
        kept.forget(&key);
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, LONGEST).await else {
        tracing::error!(address = key.0, "an answer cannot be kept: it is too long, or broke off");
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        return response;
    };
    let pieces = cut(&bytes, nonce(&parts.headers).as_deref());
    kept.put(key, Answer { made: Instant::now(), headers: parts.headers.clone(), pieces });
    Response::from_parts(parts, Body::from(bytes))
}

/// The nonce of an answer's policy.
fn nonce(headers: &HeaderMap) -> Option<String> {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    let (_, rest) = policy.split_once("'nonce-")?;
    Some(rest.split('\'').next()?.to_owned())
}

/// A body without its nonce, in pieces.
fn cut(body: &Bytes, nonce: Option<&str>) -> Vec<Bytes> {
    let Some(nonce) = nonce.map(str::as_bytes).filter(|nonce| !nonce.is_empty()) else { return vec![body.clone()] };
    let (mut pieces, mut from, mut at) = (Vec::new(), 0, 0);
    while at + nonce.len() <= body.len() {
        if &body[at..at + nonce.len()] == nonce {
            pieces.push(body.slice(from..at));
            at += nonce.len();
            from = at;
        } else {
            at += 1;
        }
    }
    pieces.push(body.slice(from..));
    pieces
}

/// 128 random bits, in hexadecimal.
fn new_nonce() -> String {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    format!("{:032x}", u128::from_be_bytes(bytes))
}

/// The same answer with a nonce of its own.
fn again(answer: &Answer) -> Response {
    let mut headers = answer.headers.clone();
    let fresh = new_nonce();
    if let (Some(old), Some(policy)) = (nonce(&headers), headers.get(header::CONTENT_SECURITY_POLICY)) {
        let policy = policy.to_str().unwrap_or_default().replace(&old, &fresh);
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    let mut response = Response::new(Body::from(answer.pieces.join(fresh.as_bytes())));
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(nonce: &str) -> Answer {
        let policy = format!("script-src 'self' 'nonce-{nonce}'");
        let body = Bytes::from(format!("<script nonce=\"{nonce}\"></script>{nonce}"));
        let headers =
            HeaderMap::from_iter([(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).unwrap())]);
        Answer { made: Instant::now(), pieces: cut(&body, Some(nonce)), headers }
    }

    #[tokio::test]
    async fn each_answer_has_a_nonce_of_its_own() {
        let kept = page("abc");
        let mut seen = Vec::new();
        for _ in 0..2 {
            let response = again(&kept);
            let fresh = nonce(response.headers()).unwrap();
            let body = to_bytes(response.into_body(), LONGEST).await.unwrap();
            assert_eq!(body, format!("<script nonce=\"{fresh}\"></script>{fresh}").as_bytes());
            seen.push(fresh);
        }
        assert!(seen[0] != seen[1] && seen.iter().all(|nonce| nonce.len() == 32));
    }

    #[test]
    fn an_old_answer_is_made_anew_by_one_asker() {
        let (kept, key) = (Kept::default(), ("/".to_owned(), Locale::Fr, true));
        let answer = page("abc");
        let made = answer.made;
        kept.put(key.clone(), answer);
        assert!(kept.get(&key, made).is_some());
        assert!(kept.get(&key, made + FRESH).is_none(), "this one makes it anew");
        assert!(kept.get(&key, made + FRESH).is_some(), "the others need not wait");
        kept.forget(&key);
        assert!(kept.get(&key, made + FRESH).is_none(), "it is no longer answered");
        kept.put(key.clone(), page("abc"));
        assert!(kept.get(&key, made + FRESH * 9).is_none());
        assert!(kept.get(&key, made + FRESH * 9).is_none(), "nobody is shown what is that old");
    }

    #[test]
    fn no_more_are_kept_than_fit() {
        let kept = Kept::default();
        for number in 0..MOST + 3 {
            kept.put((format!("/missions?page={number}"), Locale::Fr, true), page("abc"));
        }
        assert_eq!(kept.0.lock().unwrap().len(), MOST);
    }
}
