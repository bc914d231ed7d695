//! The mission tape: the last 24 hours and the next 6 in bins of ten minutes.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::attention::AttentionQueue;
use crate::{
    facts::{BIN_SECONDS, BINS_AHEAD, Facts, bin, tape_start},
    id::TaskId,
};

/// How many failed tasks, and how many jobs, a bin names.
const NAMED: usize = 3;

/// The tape: its bins, in order; those in which nothing happens are left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Tape {
    /// When the first bin begins.
    pub start: DateTime<Utc>,
    /// The bins.
    pub bins: Vec<TapeBin>,
}

/// Ten minutes of the tape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TapeBin {
    /// When it begins.
    pub at: DateTime<Utc>,
    /// Tasks completed in it.
    pub completed: u64,
    /// Tasks that failed in it.
    pub failed: u64,
    /// Some of those, the latest first.
    pub failures: Vec<Named>,
    /// Tasks that began in it and are at work now.
    pub running: u64,
    /// Things that have needed the founder since then.
    pub needs: u64,
    /// Jobs that are to run in it.
    pub planned: u64,
    /// The names of some of those.
    pub jobs: Vec<String>,
}

/// A task by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Its id.
    pub id: TaskId,
    /// Its title.
    pub title: String,
}

impl Tape {
    /// The tape's bins from `from` to `to` in sum: completed, failed, and what has needed the founder since. A bin counts
    /// where it begins.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> (u64, u64, u64) {
        let within = self.bins.iter().filter(|bin| bin.at >= from && bin.at < to);
        within.fold((0, 0, 0), |(completed, failed, needs), bin| {
            (completed + bin.completed, failed + bin.failed, needs + bin.needs)
        })
    }
}

/// The tape of the facts, the queue's items and the scheduled jobs.
pub fn tape(facts: &Facts, queue: &AttentionQueue, now: DateTime<Utc>) -> Tape {
    let start = tape_start(now);
    let end = bin(now) + TimeDelta::seconds(BIN_SECONDS * (BINS_AHEAD + 1));
    let mut bins = Bins::default();
    for past in &facts.tape {
        let bin = bins.at(past.at);
        (bin.completed, bin.failed) = (past.completed, past.failed);
    }
    for task in &facts.failed {
        let ended = task.ended_at();
        if ended >= start && ended <= now {
            let failures = &mut bins.at(ended).failures;
            if failures.len() < NAMED {
                failures.push(Named { id: task.id.clone(), title: task.title.clone() });
            }
        }
    }
    for began in facts.running.iter().filter_map(|task| task.started_at) {
        if began >= start && began <= now {
            bins.at(began).running += 1;
        }
    }
    for since in queue.items.iter().map(|item| item.since) {
        if since >= start && since <= now {
            bins.at(since).needs += 1;
        }
    }
    for job in facts.jobs.iter().filter(|job| !job.is_disabled() && !job.is_paused()) {
        let Some(next) = job.next_run_at.filter(|next| *next > now && *next < end) else { continue };
        let bin = bins.at(next);
        bin.planned += 1;
        if bin.jobs.len() < NAMED {
            bin.jobs.push(job.name.clone());
        }
    }
    Tape { start, bins: bins.0.into_values().collect() }
}

/// Bins by their start.
#[derive(Default)]
struct Bins(BTreeMap<DateTime<Utc>, TapeBin>);

impl Bins {
    /// The bin that holds `time`.
    fn at(&mut self, time: DateTime<Utc>) -> &mut TapeBin {
        let at = bin(time);
        self.0.entry(at).or_insert_with(|| TapeBin {
            at,
            completed: 0,
            failed: 0,
            failures: Vec::new(),
            running: 0,
            needs: 0,
            planned: 0,
            jobs: Vec::new(),
        })
    }
}
