//! Forms with a file. What follows reads fields alone, so a file becomes one: its text, whatever its encoding.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Multipart, Request},
    http::{HeaderValue, header, request::Parts},
};
use domain::text::decode::decode;

/// The body of a form as `application/x-www-form-urlencoded`, with its head; any other body stays as it is. `None` when it
/// cannot be read.
pub async fn as_fields(parts: &mut Parts, body: Bytes) -> Option<Bytes> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/form-data") {
        return Some(body);
    }
    let mut form = Multipart::from_request(Request::from_parts(parts.clone(), Body::from(body)), &()).await.ok()?;
    let mut fields = Vec::new();
    while let Some(field) = form.next_field().await.ok()? {
        let name = field.name()?.to_owned();
        let value = decode(&field.bytes().await.ok()?);
        fields.push(format!("{}={}", app::routes::encode(&name), app::routes::encode(&value)));
    }
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Some(Bytes::from(fields.join("&")))
}
