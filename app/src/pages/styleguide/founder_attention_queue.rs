//! The queue. It is at rest here: a decision about an example would stand in the audit log for good.

use chrono::TimeDelta;
use domain::{
    attention::{AttentionItem, AttentionReason, SeverityCounts},
    decision::{Decision, DecisionKind, FOUNDER},
    facts::Facts,
    insight::attention::{AttentionQueue, queue},
    settings::Rules,
    task::{Priority, Task, TaskStatus},
};
use leptos::prelude::*;

use super::{
    Example, agent_status_panel, example,
    samples::{ago, day, id, now, product_refs, task},
};
use crate::components::FounderAttentionQueue;

pub(super) fn examples() -> Vec<Example> {
    let panel = |state, queue: AttentionQueue, anchor| {
        let products = product_refs();
        example(state, view! { <div inert=""><FounderAttentionQueue queue products anchor/></div> })
    };
    vec![
        panel("The nine reasons of the brief", of(&day::facts()), "attention-nine"),
        panel("The reasons that our sources know besides, and decisions", decided(), "attention-besides"),
        panel("More than are listed at first", many(), "attention-many"),
        panel("Nothing needs the founder", of(&Facts::default()), "attention-none"),
    ]
}

fn of(facts: &Facts) -> AttentionQueue {
    queue(facts, now(), &Rules::default())
}

/// One item is acknowledged, one snoozed, one resolved.
fn decided() -> AttentionQueue {
    let queue = of(&besides());
    let kinds = [DecisionKind::Acknowledged, DecisionKind::Snoozed, DecisionKind::Resolved];
    let decisions: Vec<Decision> = queue
        .items
        .iter()
        .rev()
        .zip(kinds)
        .zip(1..)
        .map(|((item, kind), id)| decision(item, kind, id))
        .collect();
    AttentionQueue { beyond: 12, ..queue.settle(&decisions, now()) }
}

/// More than the page asked for.
fn many() -> AttentionQueue {
    let mut queue = of(&day::facts());
    let known: Vec<_> = queue.items.iter().map(|item| item.key.clone()).collect();
    queue.items.extend(of(&besides()).items.into_iter().filter(|item| !known.contains(&item.key)));
    queue.severities = SeverityCounts::of(&queue.items);
    queue.severities.medium += 83;
    queue
}

fn decision(item: &AttentionItem, kind: DecisionKind, id: u64) -> Decision {
    Decision {
        id,
        item: item.key.clone(),
        cause: item.cause.clone(),
        kind,
        until: (kind == DecisionKind::Snoozed).then(|| now() + TimeDelta::hours(3)),
        note: (kind == DecisionKind::Resolved).then(|| "Freed the disk".to_owned()),
        title: item.title.clone(),
        at: ago(4),
        by: FOUNDER.to_owned(),
    }
}

/// Facts that ask for the founder in the other ways.
fn besides() -> Facts {
    let blocked = Task {
        blocker_reason: Some("Waits for the migration".to_owned()),
        priority: Some(Priority::P1),
        last_activity_at: ago(33),
        ..task("t_schema", "Drop the old columns", Some("ledgerly"), TaskStatus::Blocked)
    };
    let died = Task {
        attention: vec![AttentionReason::DeadSession],
        completed_at: Some(ago(200)),
        error: Some("The session ended without a word".to_owned()),
        ..task("t_session", "Describe the API", Some("atlas-desk"), TaskStatus::Failed)
    };
    Facts {
        blocked: vec![blocked],
        flagged: vec![died],
        stuck: vec![day::quiet()],
        agents: agent_status_panel::told(),
        jobs: jobs(),
        products: day::products().into_iter().filter(|product| product.slug != "quietnote").collect(),
        ..Facts::default()
    }
}

/// One job whose last run failed, and one that is late.
fn jobs() -> Vec<domain::job::Job> {
    let job = |name: &str, status: &str, next| domain::job::Job {
        id: id(name),
        name: name.to_owned(),
        schedule: Some("0 3 * * *".to_owned()),
        product_id: None,
        next_run_at: Some(next),
        last_run_at: Some(ago(820)),
        last_status: Some(status.to_owned()),
        state: None,
        enabled: Some(true),
        last_error: (status == "error").then(|| "exit 1".to_owned()),
        last_delivery_error: None,
        inferred: Vec::new(),
    };
    vec![job("Nightly backup", "ok", ago(70)), job("Nightly audit", "error", now() + TimeDelta::hours(10))]
}
