//! The badges of tasks and products, and the mark of what was inferred.

use domain::task::{Priority, TaskStatus};
use leptos::prelude::*;

use super::{Example, example};
use crate::components::{Inferred, PriorityBadge, TaskStatusBadge};

pub(super) fn statuses() -> Vec<Example> {
    let badge = |status: &TaskStatus| example(status.as_str(), view! { <TaskStatusBadge status=*status/> });
    TaskStatus::ALL.iter().map(badge).collect()
}

pub(super) fn priorities() -> Vec<Example> {
    let badge = |state, priority| example(state, view! { <PriorityBadge priority/> });
    let known = Priority::ALL.iter().map(|priority| badge(priority.as_str(), Some(*priority)));
    let inferred = view! {
        <Inferred field="priority" inferred=vec!["priority".to_owned()]>
            <PriorityBadge priority=Some(Priority::P1)/>
        </Inferred>
    };
    known.chain([badge("unknown", None), example("inferred", inferred)]).collect()
}
