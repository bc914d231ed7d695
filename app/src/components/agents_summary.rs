//! The workers together: how many are how, and how calls of tools go.

use domain::agent::{AgentHealth, Rate};
use leptos::prelude::*;

use crate::{components::agent_status_panel::cells::tone, format, ui::Unknown};

/// How many workers are in each state, what was called today, and how much of it failed.
#[component]
pub fn AgentsSummary(
    /// How many there are of each state, in the order of [`AgentHealth::ALL`].
    states: Vec<u64>,
    /// Calls of tools since midnight, as we count them.
    calls_today: u64,
    /// The share of these calls that failed in the last 24 hours.
    failure_rate: Option<Rate>,
    /// How old the last evidence of a worker may be, in hours.
    fresh_hours: u16,
) -> impl IntoView {
    let state = |(status, count): (&AgentHealth, u64)| {
        let shown = count > 0 || *status == AgentHealth::Healthy;
        shown.then(|| {
            let words = format!("{} {}", format::number(count), status.label().to_lowercase());
            view! {
                <li class="ag-state" data-tone=tone(*status)>
                    <b>{words}</b>
                </li>
            }
        })
    };
    let states: Vec<_> = AgentHealth::ALL.iter().zip(states).map(state).collect();
    let rate = match failure_rate {
        Some(rate) => view! { <b>{format!("{} %", format::percent(rate.get()))}</b> }.into_any(),
        None => view! { <b><Unknown/></b> }.into_any(),
    };
    view! {
        <section class="panel ag-sum" aria-label="All of them">
            <div>
                <span class="t2 sm">"Ecosystem"</span>
                <ul class="ag-states">{states}</ul>
            </div>
            <div>
                <span class="t2 sm">"Tool calls today"</span>
                <b>{format::number(calls_today)} <small>"counted by us"</small></b>
            </div>
            <div>
                <span class="t2 sm">"Failed, last 24 h"</span>
                {rate}
            </div>
            <p class="t3 sm ag-rule">{format!("A status needs evidence of the last {fresh_hours} hours; without, it is unknown.")}</p>
        </section>
    }
    .into_any()
}
