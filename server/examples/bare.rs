//! Answers one file's bytes to every request: what axum alone can do here, for `scripts/bench` to compare with.

use anyhow::Context;
use axum::{
    Router,
    body::Bytes,
    http::header,
    response::{IntoResponse, Response},
    serve::ListenerExt,
};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let (address, file) = (args.next().context("an address")?, args.next().context("a file")?);
    let page = Bytes::from(std::fs::read(&file).context(file)?);
    let answer = move || {
        let page = page.clone();
        async move { html(page) }
    };
    let listener = tokio::net::TcpListener::bind(address).await?.tap_io(|stream| drop(stream.set_nodelay(true)));
    Ok(axum::serve(listener, Router::new().fallback(answer)).await?)
}

fn html(page: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}
