//! Calls and latency of one worker, day by day.

use domain::insight::agent_health::WorkDay;
use leptos::prelude::*;

use crate::{
    components::{EmptyState, Moment, agent_status_panel::agent_row::rate},
    format,
    ui::{IconName, Panel, Unknown, Uptime},
};

/// Each 24 hours of the last seven days, and all of them together. All of it is counted by us.
#[component]
pub fn AgentWeek(
    /// The days, the latest first.
    days: Vec<WorkDay>,
    /// All of them together.
    week: WorkDay,
) -> impl IntoView {
    let body = if week.calls + week.failures == 0 {
        view! {
            <EmptyState
                icon=IconName::ChartColumn
                title="Nothing was counted in seven days"
                text="Calls are counted from events that name a tool, tasks by their agent, runs by their model."
            />
        }
        .into_any()
    } else {
        let rows = days.into_iter().map(|day| row(day, false)).chain([row(week, true)]);
        let rows: Vec<_> = rows.collect();
        view! {
            <div class="table-wrap" tabindex="0" role="group" aria-label="Last seven days">
                <table class="table agent-week">
                    <thead>
                        <tr>
                            <th scope="col">"24 hours from"</th>
                            <th scope="col">"By half hours"</th>
                            <th scope="col" class="num">"Calls"</th>
                            <th scope="col" class="num">"Failed"</th>
                            <th scope="col" class="num">"Rate"</th>
                            <th scope="col" class="num">"Mean"</th>
                            <th scope="col" class="num">"p95"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <Panel title="Last seven days">
            {body}
            <p class="panel-foot">"Counted by us. The p95 is at most 6.25 % off."</p>
        </Panel>
    }
    .into_any()
}

fn row(day: WorkDay, whole: bool) -> AnyView {
    let unknown = || view! { <Unknown/> }.into_any();
    let p95 = day.p95_latency_ms.map_or_else(unknown, |ms| format::latency(ms).into_any());
    let head = if whole { "All seven days".into_any() } else { view! { <Moment at=day.since/> }.into_any() };
    let strip = (!whole).then(|| view! { <Uptime strip=day.strip span="These 24 hours"/> });
    view! {
        <tr data-whole=whole.then_some("")>
            <th scope="row">{head}</th>
            <td class="ag-up">{strip}</td>
            <td class="num">{format::number(day.calls)}</td>
            <td class="num">{format::number(day.failures)}</td>
            <td class="num">{day.failure_rate.map_or_else(unknown, rate)}</td>
            <td class="num">{day.average_latency_ms.map_or_else(unknown, |ms| format::mean_latency(ms).into_any())}</td>
            <td class="num">{p95}</td>
        </tr>
    }
    .into_any()
}
