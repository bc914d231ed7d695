//! An agent's tasks: open, failed, completed, each leading to the ledger.

use domain::{
    id::AgentId,
    insight::agent_health::SomeTasks,
    task::{Task, TaskStatus},
};
use leptos::prelude::*;

use crate::{
    components::{Ago, EmptyState, TaskStatusBadge, Told},
    format, links,
    ui::{IconName, Panel},
};

/// The statuses of tasks that are not over.
const OPEN: [TaskStatus; 3] = [TaskStatus::Running, TaskStatus::Blocked, TaskStatus::Queued];

/// Tasks that were assigned to an agent.
#[component]
pub fn AgentTasks(
    /// The agent.
    id: AgentId,
    /// Open ones.
    open: SomeTasks,
    /// Failed ones.
    failed: SomeTasks,
    /// Completed ones.
    completed: SomeTasks,
) -> impl IntoView {
    let total = open.total + failed.total + completed.total;
    let body = if total == 0 {
        view! {
            <EmptyState
                icon=IconName::ListChecks
                title="No task was assigned to it"
                text="Tasks whose assignedAgent is this worker appear here."
            />
        }
        .into_any()
    } else {
        let parts = [
            ("Open", open, &OPEN[..]),
            ("Failed", failed, &[TaskStatus::Failed][..]),
            ("Completed", completed, &[TaskStatus::Completed][..]),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .map(|(title, tasks, statuses)| part(title, tasks, links::tasks_by(&id, statuses)))
            .collect();
        parts.into_any()
    };
    view! {
        <Panel title="Its tasks" count=Some(format::number(total))>
            {body}
        </Panel>
    }
    .into_any()
}

fn part(title: &'static str, tasks: SomeTasks, href: String) -> AnyView {
    let SomeTasks { items, total } = tasks;
    let all = format!("{title}: {}", format::number(total));
    let rows: Vec<_> = items.into_iter().map(row).collect();
    view! {
        <h3 class="agent-part">
            <a class="link" href=href>
                {all}
            </a>
        </h3>
        <ul class="agent-rows">{rows}</ul>
    }
    .into_any()
}

fn row(task: Task) -> AnyView {
    let at = if task.status.is_open() { task.last_activity_at } else { task.ended_at() };
    let title = format::plain(&task.title).into_owned();
    view! {
        <li>
            <a class="trunc" href=links::task(&task.id) title=title>
                <Told text=task.title/>
            </a>
            <span class="t3 sm agent-when">
                <TaskStatusBadge status=task.status/>
                <Ago at/>
            </span>
        </li>
    }
    .into_any()
}
