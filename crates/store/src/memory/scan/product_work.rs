//! What tasks of one product brought about, by a full scan.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use chrono::{DateTime, Utc};
use domain::{
    facts::product_work::{AgentShare, COST, Commit, CostSum, Deployment, ProductWork, micro_usd},
    fold::Ledger,
    id::{AgentId, ProductId, TaskId},
    task::{Task, TaskRecord},
};

pub(in crate::memory) fn product_work(ledger: &Ledger, product: &ProductId, most: u32) -> ProductWork {
    let tasks = ledger.tasks.values().filter(|task| task.product() == *product);
    let tasks: HashMap<&TaskId, &TaskRecord> = tasks.map(|task| (&task.id, task)).collect();
    let title = |id: &TaskId| tasks.get(id).map(|task| Task::from((*task).clone()).title);
    let most = usize::try_from(most).unwrap_or(usize::MAX);

    let mut events: Vec<_> =
        ledger.events.values().filter(|record| tasks.contains_key(&record.event.task_id)).collect();
    events.sort_by_key(|record| Reverse((record.event.timestamp, record.stamp.1.clone())));
    let mut deployments: Vec<Deployment> = events
        .into_iter()
        .filter_map(|record| Deployment::of(record, title(&record.event.task_id)?))
        .collect();
    let deployments_total = deployments.len() as u64;
    deployments.truncate(most);

    let of_product = |task: &TaskId| tasks.contains_key(task);
    let mut runs: Vec<_> =
        ledger.runs.values().filter(|run| run.task_id.as_ref().is_some_and(of_product)).collect();
    runs.sort_by_key(|run| (run.started_at.is_none(), Reverse(run.started_at), run.id.clone()));
    let commit = |run: &&domain::run::RunRecord| Commit::of(run, title(run.task_id.as_ref()?)?);
    let mut commits: Vec<Commit> = runs.iter().filter_map(commit).collect();
    let commits_total = commits.len() as u64;
    commits.truncate(most);

    let mut costs: BTreeMap<Option<String>, (i64, u64)> = BTreeMap::new();
    for run in &runs {
        let Some(usd) = run.metrics.as_ref().and_then(|metrics| metrics.get(COST)) else { continue };
        let sum = costs.entry(run.cost_status.clone()).or_default();
        *sum = (sum.0 + micro_usd(*usd), sum.1 + 1);
    }
    let cost = |(status, (micro_usd, runs))| CostSum { status, micro_usd, runs };

    ProductWork {
        deployments,
        deployments_total,
        commits,
        commits_total,
        agents: agents(tasks.into_values()),
        costs: costs.into_iter().map(cost).collect(),
        runs: runs.len() as u64,
    }
}

fn agents<'a>(tasks: impl Iterator<Item = &'a TaskRecord>) -> Vec<AgentShare> {
    let mut all: BTreeMap<AgentId, (u64, DateTime<Utc>)> = BTreeMap::new();
    for task in tasks {
        let Some(agent) = &task.assigned_agent else { continue };
        let (count, last) = all.entry(agent.clone()).or_insert((0, task.last_seen_at));
        *count += 1;
        *last = task.last_seen_at.max(*last);
    }
    let share = |(id, (tasks, last_at))| AgentShare { id, tasks, last_at };
    let mut shares: Vec<AgentShare> = all.into_iter().map(share).collect();
    shares.sort_by_key(|share| Reverse(share.tasks));
    shares
}
