//! The one answer, from when it is asked for until it is used or not so any more.

use std::{any::Any, cell::RefCell, rc::Rc};

use futures::channel::oneshot;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::Ahead;
use crate::{
    api::ApiError,
    state::{Live, device_ms, live::Topics},
};

/// How old an answer may be when it is used, in milliseconds. Whatever is told makes it void before.
const MOST_MS: f64 = 15_000.0;

type Answer = Box<dyn Any>;

/// What was asked for.
struct Asked {
    question: String,
    /// The place in the log of changes that was reached when it was asked for.
    place: Option<f64>,
    at_ms: f64,
    answer: oneshot::Receiver<Answer>,
}

/// The answer, and who says whether it is still so.
#[derive(Clone)]
pub(super) struct Held {
    live: Live,
    asked: Rc<RefCell<Option<Asked>>>,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held").field("live", &self.live).finish_non_exhaustive()
    }
}

impl Held {
    fn is_so(&self, asked: &Asked) -> bool {
        self.live.is_live() && asked.place == self.live.place() && device_ms() - asked.at_ms < MOST_MS
    }
}

pub(super) fn begin(live: &Live) -> StoredValue<Held, LocalStorage> {
    let held = Held { live: live.clone(), asked: Rc::default() };
    let void = Rc::clone(&held.asked);
    live.on_change(Topics::ALL, move || drop(void.borrow_mut().take()));
    StoredValue::new_local(held)
}

impl Ahead {
    /// Asks, unless that is asked already. What was asked before is forgotten.
    pub(crate) fn ask<T: 'static>(
        self,
        question: String,
        ask: impl Future<Output = Result<T, ApiError>> + 'static,
    ) {
        let held = self.held.get_value();
        let is_asked = |asked: &Asked| asked.question == question && held.is_so(asked);
        if !held.live.is_live() || held.asked.borrow().as_ref().is_some_and(is_asked) {
            return;
        }
        let (tell, answer) = oneshot::channel();
        let asked = Asked { question, place: held.live.place(), at_ms: device_ms(), answer };
        *held.asked.borrow_mut() = Some(asked);
        leptos::task::spawn_local(async move {
            // What failed is asked again by the page, which says why. Nobody may want it any more.
            if let Ok(answer) = ask.await {
                let _ = tell.send(Box::new(answer));
            }
        });
    }

    /// What was answered to that question, where it is so; `None` where the page has to ask.
    pub(super) fn take<T: 'static>(self, question: &str) -> impl Future<Output = Option<T>> + Send + use<T> {
        let held = self.held.get_value();
        let asked = held.asked.borrow_mut().take();
        let asked = asked.filter(|asked| asked.question == question && held.is_so(asked));
        SendWrapper::new(async move { Some(*asked?.answer.await.ok()?.downcast().ok()?) })
    }
}
