//! The site over HTTP, on the demonstration data.

mod access;
mod hostile;

use std::net::SocketAddr;

use domain::{accounts::Accounts, actor::Actor};
use reqwest::{Client, Method, RequestBuilder, header, redirect::Policy};
use server::{demo, http};

use crate::databases::{self, Own};

/// Who may ask: nobody in particular, then the demonstration's accounts.
pub const PEOPLE: [Option<&str>; 5] =
    [None, Some("volontaire"), Some("association"), Some("coordination"), Some("reseau")];

/// A site that is served.
pub struct Site {
    own: Own,
    address: SocketAddr,
    client: Client,
}

/// One site on each engine, with the demonstration data.
pub async fn sites() -> anyhow::Result<Vec<Site>> {
    let mut sites = Vec::new();
    for own in databases::each().await? {
        demo::fill(&own.backend).await?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let service = http::router(own.backend.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        // The server closes a connection whose request it did not care to read: none is used twice.
        let client = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0).build()?;
        sites.push(Site { own, address, client });
    }
    Ok(sites)
}

impl Site {
    /// The cookie of a new session; none for a visitor.
    pub async fn cookie(&self, name: Option<&str>) -> Option<String> {
        let email = format!("{}@demo.example", name?);
        let session = self.own.backend.sign_in(&Actor::default(), &email, demo::PASSWORD).await.unwrap();
        Some(format!("renfort={}", session.token))
    }

    /// A request, as a person who holds this cookie.
    pub fn ask(&self, method: Method, path: &str, cookie: Option<&String>) -> RequestBuilder {
        let request = self.client.request(method, format!("http://{}{path}", self.address));
        match cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }
}
