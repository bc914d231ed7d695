//! What follows an answer by memos, made once the answer is there.

use leptos::{prelude::*, reactive::computed::AsyncDerivedReadyFuture};

/// The view, made inside the boundary that waits for its resources (`Transition`) when all of them have their first answer; what
/// they answer later is told to it by signals.
///
/// A memo must not be read before: the server's answer comes on another thread than the one that renders. The boundary may go on
/// as soon as the answer is there, and memos hear of it a moment later; what they say until then is that there is none. The
/// page would be sent without its content, and the client, which has the answer, would not find what it takes over.
pub(super) fn once_ready<V: IntoView + 'static>(
    resources: impl IntoIterator<Item = AsyncDerivedReadyFuture>,
    view: impl FnOnce() -> V + Send + 'static,
) -> Suspend<AnyView> {
    waits(resources.into_iter().collect(), Box::new(move || view().into_any()))
}

/// The same code for all pages.
fn waits(
    resources: Vec<AsyncDerivedReadyFuture>,
    view: Box<dyn FnOnce() -> AnyView + Send>,
) -> Suspend<AnyView> {
    Suspend::new(async move {
        for ready in resources {
            ready.await;
        }
        view()
    })
}
