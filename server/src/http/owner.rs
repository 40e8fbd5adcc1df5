//! A reactive owner for each request alone.
//!
//! Leptos leaves the owner of a page in a variable of the thread (`Owner::new_root`), and takes what it finds there as the
//! parent of the next one (`Owner::new`). So a request would hang under whichever page its thread rendered last: that page's
//! end would clean up what it still needs, contexts would be looked for in another person's page, and a thread that lets go of
//! such a parent while it reads the child waits for itself for ever (`reactive_graph` 0.2.16, `Owner::with_context`).

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{extract::Request, middleware::Next, response::Response};
use leptos::prelude::Owner;
use leptos::reactive::owner::WeakOwner;

/// Answers with the owner that the request made for itself, on whichever thread it goes on.
pub async fn alone(request: Request, next: Next) -> Response {
    Alone { future: Box::pin(next.run(request)), owner: None }.await
}

/// A future that finds the owner that it left, and nobody else's.
struct Alone<F> {
    future: Pin<Box<F>>,
    owner: Option<WeakOwner>,
}

impl<F: Future> Future for Alone<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        forget();
        if let Some(owner) = self.owner.take().and_then(|owner| owner.upgrade()) {
            owner.set();
        }
        let polled = self.future.as_mut().poll(context);
        self.owner = Owner::current().map(|owner| owner.downgrade());
        forget();
        polled
    }
}

/// Takes off the thread whatever owner was left on it.
fn forget() {
    if let Some(owner) = Owner::current() {
        owner.unset();
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use leptos::prelude::{provide_context, use_context};

    use super::*;

    fn poll<F: Future>(future: &mut Pin<Box<Alone<F>>>) -> Poll<F::Output> {
        future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    fn page(name: &'static str) -> Pin<Box<Alone<impl Future<Output = Vec<Option<&'static str>>>>>> {
        let rendering = async move {
            let mut seen = vec![use_context::<&'static str>()];
            let owner = Owner::new_root(None);
            provide_context(name);
            seen.push(use_context());
            tokio::task::yield_now().await;
            seen.push(use_context());
            drop(owner);
            seen
        };
        Box::pin(Alone { future: Box::pin(rendering), owner: None })
    }

    #[test]
    fn two_pages_on_one_thread_never_meet() {
        let (mut one, mut other) = (page("one"), page("other"));
        assert!(poll(&mut one).is_pending() && poll(&mut other).is_pending());
        assert!(Owner::current().is_none(), "nothing is left on the thread");
        assert_eq!(poll(&mut one), Poll::Ready(vec![None, Some("one"), Some("one")]));
        assert_eq!(poll(&mut other), Poll::Ready(vec![None, Some("other"), Some("other")]));
    }
}
