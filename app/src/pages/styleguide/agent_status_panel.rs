//! Workers: what their source tells, and what we count.

use domain::{
    agent::{AgentHealth, AgentStatus, AgentType, Rate},
    facts::work::{Latency, Work, WorkKey, WorkKind, WorkSlot, Worker, slot},
    insight::agent_health::{AgentFilter, Moment, WorkerHealth, workers},
    settings::Rules,
};
use leptos::prelude::*;

use super::{
    Example, example,
    samples::{ago, day, id, now},
};
use crate::components::{AgentStatusPanel, agent_status_panel::Group};

pub(super) fn examples() -> Vec<Example> {
    let rules = Rules::default();
    let moment = Moment { now: now(), today: day::calendar().today(), rules: &rules };
    let all = workers(&told(), &counted(), moment).workers;
    let panel = |state, group: Group, workers: Vec<WorkerHealth>| {
        let filter = StoredValue::new(AgentFilter::default());
        example(state, view! { <AgentStatusPanel group workers filter/> })
    };
    let of = |group: Group| all.iter().filter(|worker| group.holds(worker)).cloned().collect::<Vec<_>>();
    vec![
        panel("Healthy, degraded, offline, unknown, with an issue", Group::Agents, of(Group::Agents)),
        panel("Told and counted", Group::Tools, of(Group::Tools)),
        panel("Counted only", Group::Counted, of(Group::Counted)),
    ]
}

/// A worker that says nothing but its name.
fn worker(name: &str, agent_type: AgentType, status: AgentHealth) -> AgentStatus {
    AgentStatus {
        id: id(&name.to_lowercase()),
        name: name.to_owned(),
        agent_type: Some(agent_type),
        status,
        last_success_at: None,
        last_failure_at: None,
        calls_today: None,
        failure_rate: None,
        average_latency_ms: None,
        config_issue: None,
        reported_at: Some(ago(3)),
    }
}

/// The workers that their source tells of, one in each state.
pub(super) fn told() -> Vec<AgentStatus> {
    vec![
        AgentStatus {
            last_success_at: Some(ago(1)),
            last_failure_at: Some(ago(400)),
            calls_today: Some(1_207),
            failure_rate: Rate::new(0.004),
            average_latency_ms: Some(1_900.0),
            ..worker("Hermes", AgentType::Agent, AgentHealth::Healthy)
        },
        AgentStatus {
            last_success_at: Some(ago(9)),
            last_failure_at: Some(ago(6)),
            failure_rate: Rate::new(0.048),
            config_issue: Some("Disk 91 % full".to_owned()),
            ..worker("Builder", AgentType::Runner, AgentHealth::Degraded)
        },
        AgentStatus {
            last_success_at: Some(ago(900)),
            last_failure_at: Some(ago(4)),
            ..worker("Mailer", AgentType::Agent, AgentHealth::Offline)
        },
        AgentStatus {
            reported_at: Some(ago(9 * 24 * 60)),
            ..worker("Archivist", AgentType::Agent, AgentHealth::Healthy)
        },
        AgentStatus {
            last_success_at: Some(ago(2)),
            ..worker("GitHub", AgentType::Integration, AgentHealth::Healthy)
        },
    ]
}

/// The work of tools and models that no source tells of, half hour by half hour.
fn counted() -> Work {
    let worker = |kind, name: &str, every: i64, failures: u64, ms: u64| {
        let slots = (0..46).rev().filter(|back| back % every == 0).map(|back| {
            let mut latency = Latency::default();
            (0..4).for_each(|more| latency.add(&Latency::one(ms + more * ms / 3)));
            let failures = if back == every { failures } else { 0 };
            (slot(ago(back * 30)), WorkSlot { calls: 4, failures, timed: 4, duration_ms: ms * 6, latency })
        });
        Worker {
            key: WorkKey { kind, name: name.to_owned() },
            total: 3_412,
            slots: slots.collect(),
            worked_at: Some(ago(12)),
            failed_at: (failures > 0).then(|| ago(every * 30)),
            failing_since: None,
        }
    };
    let workers = vec![
        worker(WorkKind::Call, "shell", 1, 2, 1_400),
        worker(WorkKind::Call, "read_file", 3, 0, 38),
        worker(WorkKind::Run, "opus-4", 2, 0, 94_000),
    ];
    Work { workers, known: [0, 2, 1] }
}
