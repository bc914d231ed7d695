//! How the workers are: what their source told, else what we counted ([`crate::facts::work`]), and which of the two.
//!
//! A status needs evidence that is younger than `rules.agent_fresh_hours`; without, it is unknown since then. Where what
//! was told and what was counted contradict each other, that is said.

mod detail;
mod filter;
mod kind;
mod row;
mod status;
mod strip;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    detail::{ErrorGroup, SomeTasks, TASKS, WorkDay, WorkerDetail, days, group},
    filter::{AgentFilter, AgentSort, AgentSortKey},
    kind::WorkerKind,
    row::{At, By, Contradiction, Figure, WorkerHealth, keys},
    strip::{SLOTS, strip_start},
};
use crate::{
    agent::{AgentHealth, AgentStatus, Rate},
    facts::work::{Work, WorkKind, WorkSlot, WorkSpan, slot},
    id::AgentId,
    settings::Rules,
};

/// How far back the work of one worker is shown, in days.
pub const DAYS: i64 = 7;

/// What rates, means and the strip are counted over, in hours.
pub const HOURS: i64 = 24;

/// All workers, and what is known of them together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Workers {
    /// The workers: those that their source tells of by id, then those that only work names, by name.
    pub workers: Vec<WorkerHealth>,
    /// Workers that work names beyond those listed.
    pub more: u64,
    /// Kinds of the brief of which nothing was ever told.
    pub missing: Vec<WorkerKind>,
    /// Calls of the listed tools since midnight, as we count them.
    pub calls_today: u64,
    /// The share of them that failed in the last 24 hours.
    pub failure_rate: Option<Rate>,
}

impl Workers {
    /// How many of the workers are in that state.
    pub fn count(&self, status: AgentHealth) -> u64 {
        self.workers.iter().filter(|worker| worker.status == status).count() as u64
    }
}

/// What the workers are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The time.
    pub now: DateTime<Utc>,
    /// When the founder's day began.
    pub today: DateTime<Utc>,
    /// The thresholds.
    pub rules: &'a Rules,
}

/// From when on work is needed for [`workers`]: whole slots over the last 24 hours, and today.
pub fn span(now: DateTime<Utc>, today: DateTime<Utc>) -> WorkSpan {
    WorkSpan { since: strip_start(now).min(slot(today)), until: now }
}

/// From when on work is needed for one worker's page.
pub fn long_span(now: DateTime<Utc>) -> WorkSpan {
    WorkSpan { since: slot(now - TimeDelta::days(DAYS)), until: now }
}

/// All workers: those that are told of, each with the work that is surely its own, and those that only work names.
pub fn workers(agents: &[AgentStatus], work: &Work, moment: Moment<'_>) -> Workers {
    let mut list = Vec::with_capacity(agents.len() + work.workers.len());
    let mut owned = vec![false; work.workers.len()];
    for agent in agents {
        let own = own_work(agents, &agent.id, work);
        own.iter().for_each(|index| owned[*index] = true);
        let own: Vec<_> = own.into_iter().filter_map(|index| work.workers.get(index)).collect();
        list.push(row::told(agent, &own, moment));
    }
    let unowned = work.workers.iter().zip(&owned).filter(|(_, owned)| !**owned);
    list.extend(unowned.filter_map(|(worker, _)| row::counted(worker, moment)));
    let kinds: Vec<WorkerKind> = list.iter().filter_map(|worker| worker.kind).collect();
    let (mut today, mut day) = (0, WorkSlot::default());
    for tool in work.workers.iter().filter(|worker| worker.key.kind == WorkKind::Call) {
        today += tool.since(slot(moment.today)).calls;
        day.add(&tool.since(strip_start(moment.now)));
    }
    Workers {
        workers: list,
        more: work.known.iter().sum::<u64>().saturating_sub(work.workers.len() as u64),
        missing: WorkerKind::ALL.iter().copied().filter(|kind| !kinds.contains(kind)).collect(),
        calls_today: today,
        failure_rate: Rate::of(day.failures, day.calls),
    }
}

/// One worker by its id, as telemetry or as we call it; nothing where no line ever named it.
pub fn worker(agents: &[AgentStatus], work: &Work, id: &AgentId, moment: Moment<'_>) -> Option<WorkerHealth> {
    let own: Vec<_> = match agents.iter().find(|agent| agent.id == *id) {
        Some(agent) => {
            let own = own_work(agents, id, work);
            let own: Vec<_> = own.into_iter().filter_map(|index| work.workers.get(index)).collect();
            return Some(row::told(agent, &own, moment));
        }
        None => work.workers.iter().filter(|worker| row::id(&worker.key) == *id.as_str()).collect(),
    };
    own.first().and_then(|worker| row::counted(worker, moment))
}

/// The places of the work that is surely this worker's: of a tool that two profiles have, nobody can tell whose a call
/// was.
fn own_work(agents: &[AgentStatus], id: &AgentId, work: &Work) -> Vec<usize> {
    let is_own = |(_, worker): &(usize, &crate::facts::work::Worker)| {
        let key = &worker.key;
        keys(id).contains(key)
            && (key.name == *id.as_str()
                || agents.iter().filter(|agent| keys(&agent.id).contains(key)).count() == 1)
    };
    work.workers.iter().enumerate().filter(is_own).map(|(index, _)| index).collect()
}
