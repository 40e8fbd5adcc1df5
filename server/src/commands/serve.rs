use std::net::SocketAddr;

use anyhow::{Context, bail};
use axum::serve::ListenerExt;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::{
    alerts,
    backend::Backend,
    entity::account,
    housekeeping,
    http::{self, assets},
    mail::sender::Sender,
};

/// Serves until told to stop (SIGTERM, Ctrl-C), then finishes what is under way.
pub async fn run(backend: Backend) -> anyhow::Result<()> {
    if backend.settings.demo {
        if backend.settings.secure() {
            bail!("DEMO: the demonstration data are not for a site served over https (PUBLIC_URL)");
        }
        fill_demo(&backend).await?;
    } else {
        refuse_demo_accounts(&backend).await?;
    }
    assets::check(&backend.settings)?;
    let stop = CancellationToken::new();
    let mails = tokio::spawn(Sender::open(backend.clone())?.run(stop.clone()));
    let upkeep = tokio::spawn(housekeeping::run(backend.clone(), stop.clone()));
    let searches = tokio::spawn(alerts::jobs::run(backend.clone(), stop.clone()));
    let listener = tokio::net::TcpListener::bind(backend.settings.listen)
        .await
        .with_context(|| format!("LISTEN: cannot listen on {}", backend.settings.listen))?
        // Without this a streamed page waits 40 ms for an acknowledgement (Nagle).
        .tap_io(|stream| drop(stream.set_nodelay(true)));
    tracing::info!(address = %backend.settings.listen, url = backend.settings.public_url, "serving");
    let service = http::router(backend).into_make_service_with_connect_info::<SocketAddr>();
    let told = stop.clone();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            signal().await;
            tracing::info!("stopping");
            told.cancel();
        })
        .await?;
    stop.cancel();
    upkeep.await?;
    searches.await?;
    mails.await?;
    Ok(())
}

async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}

/// Fills an empty database with the demonstration data.
pub async fn fill_demo(backend: &Backend) -> anyhow::Result<()> {
    crate::demo::fill(backend).await
}

async fn refuse_demo_accounts(backend: &Backend) -> anyhow::Result<()> {
    let demo = account::Entity::find()
        .filter(account::Column::Email.like("%@demo.example"))
        .count(backend.store.read())
        .await?;
    if demo > 0 {
        bail!(
            "DATABASE_URL holds the demonstration accounts, whose password everyone knows: use a database of its own"
        );
    }
    Ok(())
}
