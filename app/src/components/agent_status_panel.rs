//! Agents, tools, integrations and runners: how each is, and who says so.

pub mod agent_row;
pub mod cells;

use domain::{
    agent::AgentType,
    insight::agent_health::{AgentFilter, AgentSortKey, WorkerHealth},
    query::Direction,
};
use leptos::prelude::*;

use self::agent_row::AgentRow;
use crate::{
    format, links,
    ui::{More, Panel, SortHead, Sorted},
};

/// How many rows stand open.
const SHOWN: usize = 40;

/// Which workers stand in which panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Agents and runners, and those of which nobody told what they are.
    Agents,
    /// Integrations and tools that their source tells of.
    Tools,
    /// Tools and models that only work names.
    Counted,
}

impl Group {
    /// The panels, in their order.
    pub const ALL: [Self; 3] = [Self::Agents, Self::Tools, Self::Counted];

    /// Whether a worker stands in it.
    pub fn holds(self, worker: &WorkerHealth) -> bool {
        let tool = matches!(worker.agent_type, Some(AgentType::Tool | AgentType::Integration));
        let group = match (tool, worker.told) {
            (false, _) => Self::Agents,
            (true, true) => Self::Tools,
            (true, false) => Self::Counted,
        };
        group == self
    }

    fn title(self) -> &'static str {
        match self {
            Self::Agents => "Agents and runners",
            Self::Tools => "Integrations and tools",
            Self::Counted => "Tools and models seen at work",
        }
    }

    /// What the dotted figures are.
    fn note(self) -> &'static str {
        match self {
            Self::Agents | Self::Tools => {
                "Dotted figures are counted by us from tasks, calls and runs; the others are told by the source."
            }
            Self::Counted => {
                "No source tells of these: events name the tools and runs the models, and every figure is counted by us."
            }
        }
    }
}

/// A table of workers; on small screens cards.
#[component]
pub fn AgentStatusPanel(
    /// Which of them.
    group: Group,
    /// The workers.
    workers: Vec<WorkerHealth>,
    /// What the address asks for.
    filter: StoredValue<AgentFilter>,
) -> impl IntoView {
    let count = format::number(workers.len() as u64);
    let mut workers = workers;
    let rest = workers.split_off(workers.len().min(SHOWN));
    let table = move |workers: Vec<WorkerHealth>| {
        let rows: Vec<_> =
            workers.into_iter().map(|worker| view! { <AgentRow worker/> }.into_any()).collect();
        view! {
            <div class="table-wrap" tabindex="0" role="group" aria-label=group.title()>
                <table class="table agents" role="table">
                    <thead role="rowgroup">
                        <tr role="row">{heads(filter)}</tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        }
    };
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", format::number(rest.len() as u64));
        view! { <More summary>{table(rest)}</More> }
    });
    view! {
        <Panel title=group.title() count=Some(count)>
            {table(workers)}
            {more}
            <p class="panel-foot">{group.note()}</p>
        </Panel>
    }
    .into_any()
}

fn heads(filter: StoredValue<AgentFilter>) -> Vec<AnyView> {
    let head = |label: &'static str, key: Option<AgentSortKey>, numeric: bool| {
        let (href, sorted) = key.map(|key| order(filter, key)).unzip();
        view! { <SortHead label href sorted=sorted.flatten() numeric/> }.into_any()
    };
    vec![
        head("Name", Some(AgentSortKey::Name), false),
        head("Status", Some(AgentSortKey::Status), false),
        head("Last 24 hours", None, false),
        head("Last success", Some(AgentSortKey::Success), true),
        head("Last failure", Some(AgentSortKey::Failure), true),
        head("Calls today", Some(AgentSortKey::Calls), true),
        head("Failure rate", Some(AgentSortKey::Rate), true),
        head("Latency", Some(AgentSortKey::Latency), true),
    ]
}

/// Where the head of a column leads, and how it sorts now.
fn order(filter: StoredValue<AgentFilter>, key: AgentSortKey) -> (String, Option<Sorted>) {
    filter.with_value(|filter| {
        let sorted = filter.sort.filter(|sort| sort.key == key);
        let sorted = sorted.map(|sort| Sorted::alone(sort.direction == Direction::Ascending));
        (links::agents(&filter.sorted_by(key)), sorted)
    })
}
