//! What workers did, by a full scan.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{DateTime, Utc};
use domain::{
    event::{Event, EventRecord},
    facts::work::{
        FAILING, MAX_WORKERS, TOOL_TASKS, ToolUse, Work, WorkKey, WorkKind, WorkShare, WorkSlot, WorkSpan,
        Worker, of_event, of_run, of_task, outcome, worked,
    },
    fold::Ledger,
    id::AgentId,
    task::TaskRecord,
};

/// How one piece of work came out, and when.
type Outcome = (WorkKey, DateTime<Utc>, bool);

pub(in crate::memory) fn work(ledger: &Ledger, span: WorkSpan, of: Option<&[WorkKey]>) -> Work {
    let mut totals: BTreeMap<WorkKey, u64> = BTreeMap::new();
    let mut slots: BTreeMap<WorkKey, BTreeMap<DateTime<Utc>, WorkSlot>> = BTreeMap::new();
    for share in shares(ledger) {
        *totals.entry(share.key.clone()).or_default() += share.total;
        if let Some((at, work)) = share.done.filter(|(at, _)| *at >= span.since && *at <= span.until) {
            slots.entry(share.key).or_default().entry(at).or_default().add(&work);
        }
    }
    let known =
        std::array::from_fn(|kind| totals.keys().filter(|key| key.kind as usize == kind).count() as u64);
    let mut keys: Vec<(WorkKey, u64)> = totals.into_iter().collect();
    keys.sort_by_key(|(key, total)| (key.kind, Reverse(*total), key.name.clone()));
    let mut left = [MAX_WORKERS; WorkKind::ALL.len()];
    keys.retain(|(key, _)| match (of, left.get_mut(key.kind as usize)) {
        (Some(of), _) => of.contains(key),
        (None, Some(left)) => {
            let listed = *left > 0;
            *left = left.saturating_sub(1);
            listed
        }
        (None, None) => false,
    });
    let mut outcomes = outcomes(ledger);
    outcomes.retain(|(_, at, _)| *at <= span.until);
    outcomes.sort_by_key(|(_, at, _)| *at);
    let worker = |(key, total): (WorkKey, u64)| {
        let of_key = || outcomes.iter().filter(|(of, ..)| *of == key);
        let last = |wanted: bool| of_key().rfind(|(_, _, worked)| *worked == wanted).map(|(_, at, _)| *at);
        let worked_at = last(true);
        let since = of_key().filter(|(_, at, worked)| !worked && worked_at.is_none_or(|last| *at > last));
        let failing_since = since.rev().nth(FAILING - 1).map(|(_, at, _)| *at);
        let slots = slots.remove(&key).unwrap_or_default().into_iter().collect();
        Worker { total, slots, worked_at, failed_at: last(false), failing_since, key: key.clone() }
    };
    Work { workers: keys.into_iter().map(worker).collect(), known }
}

fn shares(ledger: &Ledger) -> impl Iterator<Item = WorkShare> {
    let tasks = ledger.tasks.values().filter_map(of_task);
    let events = ledger.events.values().filter_map(of_event);
    tasks.chain(events).chain(ledger.runs.values().filter_map(of_run))
}

fn outcomes(ledger: &Ledger) -> Vec<Outcome> {
    let key = |kind, name: &str| WorkKey { kind, name: name.to_owned() };
    let tasks = ledger.tasks.values().filter_map(|task| {
        let agent = task.assigned_agent.as_ref()?;
        Some((key(WorkKind::Task, agent.as_str()), task.ended_at()?, worked(task.status)?))
    });
    let events = ledger.events.values().filter_map(|record| {
        let tool = record.event.tool_name.as_deref()?;
        Some((key(WorkKind::Call, tool), record.stamp.0, outcome(record)?))
    });
    let runs = ledger.runs.values().filter_map(|run| {
        Some((key(WorkKind::Run, run.model.as_deref()?), run.ended_at?, worked(run.status)?))
    });
    tasks.chain(events).chain(runs).collect()
}

pub(in crate::memory) fn failed_calls(ledger: &Ledger, tool: &str, limit: usize) -> Vec<Event> {
    let of_tool = |record: &&EventRecord| {
        record.event.tool_name.as_deref() == Some(tool) && outcome(record) == Some(false)
    };
    let mut failed: Vec<&EventRecord> = ledger.events.values().filter(of_tool).collect();
    failed.sort_by(|a, b| b.stamp.0.cmp(&a.stamp.0).then_with(|| a.event.id.cmp(&b.event.id)));
    failed.into_iter().take(limit).map(|record| record.event.clone()).collect()
}

pub(in crate::memory) fn tools_of(ledger: &Ledger, agent: &AgentId) -> Vec<ToolUse> {
    let own = ledger.tasks.values().filter(|task| task.assigned_agent.as_ref() == Some(agent));
    let mut tasks: Vec<&TaskRecord> = own.collect();
    tasks.sort_by(|a, b| b.last_seen_at.cmp(&a.last_seen_at).then_with(|| a.id.cmp(&b.id)));
    tasks.truncate(TOOL_TASKS);
    let of_tasks = |record: &&EventRecord| tasks.iter().any(|task| task.id == record.event.task_id);
    ToolUse::list(ledger.events.values().filter(of_tasks).filter_map(of_event))
}
