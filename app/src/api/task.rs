//! What `/hermes/tasks/:id` shows: the task, and the tab that is open.

mod ask;
#[cfg(feature = "ssr")]
mod load;
mod view;

use leptos::{prelude::*, server_fn::codec::GetUrl};

pub use self::{
    ask::{Ask, Show, TABS, Tab},
    view::{Happening, Learning, Lesson, Output, RunView, TabView, TaskPage, Timeline},
};
use crate::api::{ApiError, codec::Answer};

/// Events on a page of the timeline.
pub const EVENTS: u32 = 200;

/// Lines on a page of the log.
pub const LINES: u32 = 500;

/// What `/hermes/tasks/:id` shows; `None` where no line ever named the task.
#[server(name = TaskPageFn, prefix = "/api/ui", endpoint = "task", input = GetUrl, output = Answer)]
pub async fn task_page(id: String, #[server(default)] ask: Ask) -> Result<Option<Box<TaskPage>>, ApiError> {
    load::page(&super::hermes()?, &id, ask).await
}
