//! Where a task leads: its product, tasks like it, and the same for programs.

use domain::{
    query::{TaskFilter, TaskQuery},
    task::Task,
};
use leptos::prelude::*;

use crate::{
    links,
    ui::{Icon, IconName, Panel},
};

/// Links from a task to its neighbours and to its data.
#[component]
pub fn Elsewhere(
    /// The task.
    task: Task,
) -> impl IntoView {
    let api = format!("/api/v1/tasks/{}", links::segment(task.id.as_str()));
    let ledger = |filter: TaskFilter| links::ledger(&TaskQuery { filter, ..TaskQuery::default() }.text());
    let mut ways: Vec<(IconName, &'static str, String)> = Vec::new();
    if !task.product_id.is_unassigned() {
        ways.push((IconName::ListChecks, "Tasks of this product", links::tasks_of(&task.product_id)));
    }
    if let Some(kind) = task.task_type {
        let filter = TaskFilter { task_type: [kind].into(), ..TaskFilter::default() };
        ways.push((IconName::ListChecks, "Tasks of this type", ledger(filter)));
    }
    if let Some(agent) = task.assigned_agent {
        let filter = TaskFilter { agent: [agent].into(), ..TaskFilter::default() };
        ways.push((IconName::Waypoints, "Tasks of this agent", ledger(filter)));
        ways.push((IconName::Waypoints, "Agents and tools", links::AGENTS.to_owned()));
    }
    let way = |(name, words, href): (IconName, &'static str, String)| {
        view! {
            <li>
                <Icon name/>
                <a class="quiet-link" href=href>
                    {words}
                </a>
            </li>
        }
    };
    let json = [
        ("Task", ""),
        ("Events", "/events"),
        ("Runs", "/runs"),
        ("Log", "/logs"),
        ("Same failures", "/similar"),
    ];
    let json = json.map(|(words, below)| {
        view! {
            <a class="quiet-link" href=format!("{api}{below}") rel="external">
                {words}
            </a>
        }
    });
    view! {
        <Panel title="Elsewhere">
            <ul class="task-list">
                {ways.into_iter().map(way).collect_view()}
                <li>
                    <Icon name=IconName::Braces/>
                    <span class="task-json">
                        <span class="t3">"JSON"</span>
                        {json.collect_view()}
                    </span>
                </li>
            </ul>
        </Panel>
    }
    .into_any()
}
