//! The tools that an agent used.

use domain::{facts::work::ToolUse, id::AgentId};
use leptos::prelude::*;

use crate::{
    components::{EmptyState, Told},
    format, links,
    ui::{IconName, Panel},
};

/// The tools that it called in its latest tasks, the most called first.
#[component]
pub fn AgentTools(
    /// The tools.
    tools: Vec<ToolUse>,
) -> impl IntoView {
    let count = format::number(tools.len() as u64);
    let body = if tools.is_empty() {
        view! {
            <EmptyState
                icon=IconName::Wrench
                title="No tool is known"
                text="Tools that events of its tasks name appear here; it may have no task."
            />
        }
        .into_any()
    } else {
        let rows: Vec<_> = tools.into_iter().map(row).collect();
        view! { <ul class="agent-rows">{rows}</ul> }.into_any()
    };
    view! {
        <Panel title="Tools of its latest tasks" count=Some(count)>
            {body}
        </Panel>
    }
    .into_any()
}

fn row(used: ToolUse) -> AnyView {
    let id = AgentId::new(format!("tool:{}", used.tool)).ok();
    let name = view! { <Told text=used.tool/> };
    let name = match id {
        Some(id) => view! { <a class="trunc" href=links::agent(&id)>{name}</a> }.into_any(),
        None => view! { <span class="trunc">{name}</span> }.into_any(),
    };
    let failed = (used.failures > 0).then(|| format!(" · {} failed", format::number(used.failures)));
    view! {
        <li>
            {name}
            <span class="t3 sm">{format::count(used.calls, "call", "calls")} {failed}</span>
        </li>
    }
    .into_any()
}
