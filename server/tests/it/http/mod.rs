//! The site as a browser or a program meets it: over HTTP, on the demonstration data, on each engine.

mod access;
mod accounts;
mod downloads;
mod elsewhere;
mod forms;
mod headers;
mod outbox;
mod tenants;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, LazyLock, Weak},
};

use anyhow::{Context, anyhow};
use domain::{access::Role, ids::AccountId};
use reqwest::{Client, Method, RequestBuilder, header, redirect::Policy};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement};
use server::{accounts::tokens, backend::Backend, entity::account};
use tokio::{runtime::Runtime, sync::Mutex, task::AbortHandle};

use crate::databases::{self, Own};

/// Every role, and the demonstration account that holds it.
pub const PEOPLE: [(Role, Option<&str>); 6] = [
    (Role::Visitor, None),
    (Role::Volunteer, Some("volontaire@demo.example")),
    (Role::OrganisationAdmin, Some("association@demo.example")),
    (Role::OrganisationHelper, Some("equipe@demo.example")),
    (Role::Coordinator, Some("coordination@demo.example")),
    (Role::NetworkAdmin, Some("reseau@demo.example")),
];

/// A site that is served until it is dropped.
pub struct Site {
    pub backend: Backend,
    pub address: SocketAddr,
    pub client: Client,
    serving: AbortHandle,
    _database: Option<Own>,
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Runs a test. All share one runtime: the sites that they share outlive the test that opened them.
pub fn run(test: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    RUNTIME.block_on(test)
}

/// A filled site on each engine, shared by the tests that change nothing another one reads.
pub async fn shared() -> anyhow::Result<Arc<Vec<Site>>> {
    static SHARED: Mutex<Weak<Vec<Site>>> = Mutex::const_new(Weak::new());
    let mut known = SHARED.lock().await;
    if let Some(sites) = known.upgrade() {
        return Ok(sites);
    }
    let sites = Arc::new(fresh().await?);
    *known = Arc::downgrade(&sites);
    Ok(sites)
}

/// A filled site of one's own on each engine.
pub async fn fresh() -> anyhow::Result<Vec<Site>> {
    let mut sites = Vec::new();
    for own in databases::filled().await? {
        sites.push(Site::of(own).await?);
    }
    Ok(sites)
}

impl Site {
    /// Serves a database.
    pub async fn of(own: Own) -> anyhow::Result<Self> {
        let mut site = Self::serve(own.backend.clone()).await?;
        site._database = Some(own);
        Ok(site)
    }

    /// Serves a backend on a port of its own.
    pub async fn serve(backend: Backend) -> anyhow::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let service = server::http::router(backend.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await }).abort_handle();
        // The server closes a connection whose request it did not care to read: none is used twice.
        let client = Client::builder().redirect(Policy::none()).pool_max_idle_per_host(0).build()?;
        Ok(Self { backend, address, client, serving, _database: None })
    }

    /// Which engine this is, for what a failed test says.
    pub fn engine(&self) -> DbBackend {
        self.backend.store.engine()
    }

    /// The account of an e-mail.
    pub async fn account(&self, email: &str) -> anyhow::Result<account::Model> {
        let found = account::Entity::find().filter(account::Column::Email.eq(email));
        found.one(self.backend.store.read()).await?.with_context(|| format!("an account of {email}"))
    }

    /// The cookie of a new session; none for a visitor.
    pub async fn cookie(&self, email: Option<&str>) -> anyhow::Result<Option<String>> {
        let Some(email) = email else { return Ok(None) };
        let account = AccountId(self.account(email).await?.id);
        let tx = self.backend.store.begin().await.map_err(|error| anyhow!("{error:?}"))?;
        let session = tokens::open_session(&tx, account, self.backend.clock.now()).await;
        let session = session.map_err(|error| anyhow!("{error:?}"))?;
        tx.commit().await?;
        Ok(Some(format!("renfort={}", session.token)))
    }

    /// A request, as the person who holds this cookie.
    pub fn ask(&self, method: Method, path: &str, cookie: Option<&str>) -> RequestBuilder {
        let request = self.client.request(method, format!("http://{}{path}", self.address));
        match cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    /// How many rows each table holds, but that of throttles: a refused try is counted there on purpose.
    pub async fn rows(&self) -> anyhow::Result<BTreeMap<String, i64>> {
        let db = self.backend.store.read();
        let tables = match self.engine() {
            DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
            _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
        };
        let names = db.query_all_raw(Statement::from_string(self.engine(), tables)).await?;
        let names: Vec<String> = names.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?;
        let each = names.iter().filter(|name| *name != "throttle" && !name.starts_with("sqlite_"));
        let each = each.map(|name| format!("SELECT '{name}' AS name, count(*) AS n FROM \"{name}\""));
        let all = each.collect::<Vec<_>>().join(" UNION ALL ");
        let mut counts = BTreeMap::new();
        for row in db.query_all_raw(Statement::from_string(self.engine(), all)).await? {
            counts.insert(row.try_get("", "name")?, row.try_get("", "n")?);
        }
        Ok(counts)
    }
}
