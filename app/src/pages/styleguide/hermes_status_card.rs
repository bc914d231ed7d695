//! The deck in each state of Hermes, each from the facts that make it so.

use chrono::TimeDelta;
use domain::{
    agent::AgentHealth,
    facts::{Facts, bucket},
    insight::{attention::queue, overview::overview},
    overview::OverviewAnswer,
    settings::Rules,
    task::TaskStatus,
};
use leptos::prelude::*;

use super::{
    Example, agent_status_panel, example,
    samples::{day, now, product_refs, quiet_facts, rules},
};
use crate::components::HermesStatusCard;

pub(super) fn examples() -> Vec<Example> {
    let deck = |state, facts: &Facts| {
        let (answer, rules, products) = (StoredValue::new(answer(facts)), rules(), product_refs());
        example(state, view! { <HermesStatusCard answer rules products/> })
    };
    vec![
        deck("Running", &day::facts()),
        deck("Idle", &idle()),
        deck("Degraded: missions fell silent", &quiet_facts()),
        deck("Degraded: a worker says so", &Facts { agents: unwell(), ..day::facts() }),
        deck("Error: nothing ended well in a day", &failing()),
        deck("Unknown: nothing was ever heard", &Facts::default()),
    ]
}

fn answer(facts: &Facts) -> OverviewAnswer {
    let (now, rules) = (now(), Rules::default());
    overview(facts, &queue(facts, now, &rules), day::calendar(), now, &rules)
}

/// Nothing runs and nothing waits.
fn idle() -> Facts {
    let day = day::facts();
    let mut counts = day.counts;
    for status in [TaskStatus::Queued, TaskStatus::Running, TaskStatus::Blocked] {
        *counts.get_mut(status) = 0;
    }
    Facts {
        counts,
        running: Vec::new(),
        blocked: Vec::new(),
        failed: Vec::new(),
        recent_failures: Vec::new(),
        last_event: None,
        ..day
    }
}

fn unwell() -> Vec<domain::agent::AgentStatus> {
    let mut agents = agent_status_panel::told();
    agents.retain(|agent| agent.status == AgentHealth::Offline);
    agents
}

/// Of all that ended within the last day, nothing ended well.
fn failing() -> Facts {
    let mut facts = day::facts();
    let since = bucket(now() - TimeDelta::days(1));
    for (_, ended) in facts.ended.iter_mut().filter(|(at, _)| *at >= since) {
        (ended.completed, ended.failed, ended.timed, ended.duration_ms) = (0, 9, 0, 0);
    }
    facts
}
