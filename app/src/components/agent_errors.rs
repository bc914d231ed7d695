//! What went wrong with one worker lately, by its words.

use domain::insight::agent_health::ErrorGroup;
use leptos::prelude::*;

use crate::{
    components::{Ago, EmptyState, Told},
    format, links,
    ui::{IconName, Panel},
};

/// Groups of errors, the most frequent first.
#[component]
pub fn AgentErrors(
    /// The groups.
    errors: Vec<ErrorGroup>,
) -> impl IntoView {
    let count = format::number(errors.iter().map(|group| group.count).sum());
    let body = if errors.is_empty() {
        view! {
            <EmptyState
                icon=IconName::CircleCheck
                title="No error is known"
                text="Errors of its tasks, and of its calls where events name it, appear here by their words."
            />
        }
        .into_any()
    } else {
        let rows: Vec<_> = errors.into_iter().map(row).collect();
        view! { <ul class="agent-rows">{rows}</ul> }.into_any()
    };
    view! {
        <Panel title="Errors" count=Some(count)>
            {body}
        </Panel>
    }
    .into_any()
}

fn row(group: ErrorGroup) -> AnyView {
    let title = format::plain(&group.text).into_owned();
    let times = format::count(group.count, "time", "times");
    view! {
        <li>
            <a class="trunc" href=links::task(&group.task_id) title=title>
                <Told text=group.text/>
            </a>
            <span class="t3 sm">{times} " · " <Ago at=group.last_at/></span>
        </li>
    }
    .into_any()
}
