//! Which workers, and in which order: what the address of the page says.

use std::{cmp::Ordering, collections::BTreeSet, str::FromStr};

use super::WorkerHealth;
use crate::{
    agent::{AgentHealth, AgentType},
    query::Direction,
    text::{self, query_tokens, text_tokens},
};

string_enum! {
    /// What workers can be ordered by.
    pub enum AgentSortKey as "sort key of agents" {
        Name = "name", "Name";
        Status = "status", "Status";
        Success = "lastSuccessAt", "Last success";
        Failure = "lastFailureAt", "Last failure";
        Calls = "callsToday", "Calls today";
        Rate = "failureRate", "Failure rate";
        Latency = "averageLatencyMs", "Latency";
    }
}

/// An order of workers. What is unknown comes last, whatever the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentSort {
    /// By what.
    pub key: AgentSortKey,
    /// Which way.
    pub direction: Direction,
}

/// Which workers: all conditions hold at once; an empty one always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentFilter {
    /// Words that must all be found in a worker's name, id or kind.
    pub q: String,
    /// How it is.
    pub status: BTreeSet<AgentHealth>,
    /// What kind of worker it is.
    pub agent_type: BTreeSet<AgentType>,
    /// Their order; none is that of [`super::workers`].
    pub sort: Option<AgentSort>,
}

impl AgentFilter {
    /// Reads the values of an address; what makes no sense is left out.
    pub fn read(q: &str, status: &str, agent_type: &str, sort: &str) -> Self {
        let key = sort.strip_prefix('-');
        let direction = if key.is_some() { Direction::Descending } else { Direction::Ascending };
        let key = key.unwrap_or(sort).parse().ok();
        Self {
            q: q.chars().take(200).collect(),
            status: values(status),
            agent_type: values(agent_type),
            sort: key.map(|key| AgentSort { key, direction }),
        }
    }

    /// What the address says: [`AgentFilter::read`] reads it again. Empty where nothing is asked for.
    pub fn text(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        let join = |words: Vec<&str>| words.join(",");
        let sign = |sort: AgentSort| if sort.direction == Direction::Descending { "-" } else { "" };
        for (name, value) in [
            ("q", self.q.trim().to_owned()),
            ("status", join(self.status.iter().map(|status| status.as_str()).collect())),
            ("type", join(self.agent_type.iter().map(|kind| kind.as_str()).collect())),
            ("sort", self.sort.map(|sort| format!("{}{}", sign(sort), sort.key)).unwrap_or_default()),
        ] {
            if !value.is_empty() {
                text.append_pair(name, &value);
            }
        }
        // A comma needs no escape in a query, and addresses are read by people.
        text.finish().replace("%2C", ",")
    }

    /// The same sorted by a column: what most deserves a look first, then the other way round, then not at all.
    #[must_use]
    pub fn sorted_by(&self, key: AgentSortKey) -> Self {
        let first = if key == AgentSortKey::Name { Direction::Ascending } else { Direction::Descending };
        let second = if key == AgentSortKey::Name { Direction::Descending } else { Direction::Ascending };
        let direction = match self.sort.filter(|sort| sort.key == key).map(|sort| sort.direction) {
            None => Some(first),
            Some(direction) if direction == first => Some(second),
            Some(_) => None,
        };
        Self { sort: direction.map(|direction| AgentSort { key, direction }), ..self.clone() }
    }

    /// Whether a worker is asked for.
    pub fn matches(&self, worker: &WorkerHealth) -> bool {
        self.matches_but_status(worker) && (self.status.is_empty() || self.status.contains(&worker.status))
    }

    /// Whether a worker is asked for, whatever its status.
    pub fn matches_but_status(&self, worker: &WorkerHealth) -> bool {
        self.found(worker) && self.of_type(worker)
    }

    /// Whether a worker is asked for, whatever its type.
    pub fn matches_but_type(&self, worker: &WorkerHealth) -> bool {
        self.found(worker) && (self.status.is_empty() || self.status.contains(&worker.status))
    }

    fn of_type(&self, worker: &WorkerHealth) -> bool {
        self.agent_type.is_empty() || worker.agent_type.is_some_and(|kind| self.agent_type.contains(&kind))
    }

    fn found(&self, worker: &WorkerHealth) -> bool {
        let words = query_tokens(&self.q);
        let kind = worker.kind.map_or("", super::WorkerKind::label);
        text::matches(&text_tokens(&format!("{} {} {kind}", worker.name, worker.id)), &words)
    }

    /// Brings workers into the order asked for; of equals, the order stays.
    pub fn order(&self, workers: &mut [WorkerHealth]) {
        if let Some(sort) = self.sort {
            workers.sort_by(|a, b| compare(a, b, sort));
        }
    }
}

fn values<T: FromStr + Ord>(text: &str) -> BTreeSet<T> {
    text.split(',').filter_map(|word| word.parse().ok()).collect()
}

fn compare(a: &WorkerHealth, b: &WorkerHealth, sort: AgentSort) -> Ordering {
    let known = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => directed(a.total_cmp(&b), sort.direction),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    #[expect(clippy::cast_precision_loss, reason = "only compared")]
    let number = |worker: &WorkerHealth| match sort.key {
        AgentSortKey::Success => worker.last_success.map(|at| at.value.timestamp_millis() as f64),
        AgentSortKey::Failure => worker.last_failure.map(|at| at.value.timestamp_millis() as f64),
        AgentSortKey::Calls => worker.calls_today.map(|calls| calls.value as f64),
        AgentSortKey::Rate => worker.failure_rate.map(|rate| rate.value.get()),
        AgentSortKey::Latency => worker.average_latency_ms.map(|latency| latency.value),
        AgentSortKey::Name | AgentSortKey::Status => None,
    };
    match sort.key {
        AgentSortKey::Name => directed(a.name.to_lowercase().cmp(&b.name.to_lowercase()), sort.direction),
        // The worst first.
        AgentSortKey::Status => directed(badness(a.status).cmp(&badness(b.status)), sort.direction),
        _ => known(number(a), number(b)),
    }
}

fn directed(order: Ordering, direction: Direction) -> Ordering {
    if direction == Direction::Descending { order.reverse() } else { order }
}

fn badness(status: AgentHealth) -> u8 {
    match status {
        AgentHealth::Healthy => 0,
        AgentHealth::Unknown => 1,
        AgentHealth::Degraded => 2,
        AgentHealth::Offline => 3,
    }
}
