//! How a task was done: commands, tools, files, tests, errors, what came out, and its attempts side by side.

pub mod attempts;
pub mod command_list;
pub mod lists;
pub mod spent;

use domain::{
    id::TaskId,
    insight::execution::{Execution, Spend},
};
use leptos::prelude::*;

use self::{
    attempts::Attempts,
    command_list::CommandList,
    lists::{Artifacts, Errors, Files, Tests, Tools},
    spent::Spent,
};
use crate::{
    api::task::{Ask, RunView, Tab},
    components::EmptyState,
    ui::{IconName, Panel},
};

/// Everything that is known of how the task was done.
#[component]
pub fn TaskExecution(
    /// The task.
    id: TaskId,
    /// What its events say.
    execution: Execution,
    /// Its attempts, the oldest first.
    runs: Vec<RunView>,
    /// How many attempts there are.
    runs_total: u64,
    /// What they took.
    spend: Spend,
) -> impl IntoView {
    let log = Ask::tab(Tab::Logs).link(&id);
    let Execution { commands, tools, files, files_total, tests, errors, artifacts } = execution;
    let nothing = commands.total + files_total + tests.total + errors.total + artifacts.total == 0
        && tools.is_empty()
        && runs.is_empty();
    if nothing {
        return view! {
            <Panel title="Execution">
                <EmptyState
                    icon=IconName::Terminal
                    title="Nothing was executed yet"
                    text="Commands, tools, files, tests, errors, attempts and what they cost appear here as Hermes tells of them."
                />
            </Panel>
        }
        .into_any();
    }
    view! {
        <div class="task-stack">
            <Attempts runs=runs total=runs_total/>
            <Spent spend/>
            <CommandList commands log=log.clone()/>
            <div class="task-pair">
                <Files files total=files_total/>
                <Tools tools/>
            </div>
            <div class="task-pair">
                <Tests tests/>
                <Artifacts artifacts/>
            </div>
            <Errors errors/>
        </div>
    }
    .into_any()
}
