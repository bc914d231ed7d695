//! Answers that are asked for before a page is opened: while the pointer rests on its link.
//!
//! An answer is used only where it is what the server would say now: nothing was told since it was asked for, the stream
//! stands, and it is not old. Otherwise the page asks as ever.

#[cfg(feature = "hydrate")]
mod held;
#[cfg(feature = "hydrate")]
mod resting;

use crate::{api::ApiError, state::Live};

/// The answer that was asked for ahead; there is at most one. A context.
#[derive(Debug, Clone, Copy)]
pub struct Ahead {
    #[cfg(feature = "hydrate")]
    held: leptos::prelude::StoredValue<held::Held, leptos::prelude::LocalStorage>,
}

impl Ahead {
    /// Nothing was asked for yet.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has a pointer"))]
    pub fn new(live: &Live) -> Self {
        Self {
            #[cfg(feature = "hydrate")]
            held: held::begin(live),
        }
    }

    /// The answer to a question that can be asked ahead: the one that was, else what `ask` says.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has a pointer"))]
    pub async fn answer<T: 'static>(
        ahead: Option<Self>,
        question: Option<String>,
        ask: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        #[cfg(feature = "hydrate")]
        if let (Some(ahead), Some(question)) = (ahead, question)
            && let Some(answer) = ahead.take(&question).await
        {
            return Ok(answer);
        }
        ask.await
    }

    /// Calls `then` with the path and the query of each link of the app that a pointer rests on, or that is about to be
    /// pressed.
    #[cfg(feature = "hydrate")]
    pub(crate) fn watch(self, then: fn(Self, &str, &str)) {
        leptos::prelude::Effect::new(move || resting::watch(move |path, query| then(self, path, query)));
    }
}
