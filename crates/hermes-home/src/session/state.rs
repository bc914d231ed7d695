//! What is remembered of a session between two readings, so that no row of it is read twice.

use chrono::{DateTime, TimeDelta, Utc};
use domain::task::TaskStatus;
use serde::{Deserialize, Serialize};

use super::{calls::Calls, link::Link, tool::Todo};
use crate::projects::Clues;

/// The shape of [`SessionState`]. One of another shape is made anew from the rows.
pub(crate) const SHAPE: u8 = 1;

/// Calls that wait for their results, failing commands and the like: this many of the newest are remembered.
const MOST: usize = 64;

/// Commands that may have been checks: this many of the newest are remembered.
const MOST_CHECKS: usize = 16;

/// What is remembered of a session.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "what was told, mark by mark")]
pub(crate) struct SessionState {
    pub(crate) shape: u8,
    /// Which database its rows are of.
    pub(crate) generation: u32,
    /// Fingerprint of the row of `sessions`.
    pub(crate) row: u64,
    pub(crate) rewinds: i64,
    /// The last row of `messages` that was read.
    pub(crate) last_id: i64,
    /// Rows of `messages` up to this one are copies of its parent's.
    pub(crate) copied_until: i64,
    /// Rows of `messages` that were read.
    pub(crate) rows: u64,
    pub(crate) parent: Option<String>,
    pub(crate) helper: bool,
    pub(crate) link: Link,
    pub(crate) run: String,
    /// Whether the run is this session, not an attempt that something else tells of.
    pub(crate) own_run: bool,
    pub(crate) started_at: Option<DateTime<Utc>>,
    /// The latest time that any row bears: never goes back.
    pub(crate) last_at: Option<DateTime<Utc>>,
    /// When the model first answered.
    pub(crate) answered_at: Option<DateTime<Utc>>,
    /// The first line of what was asked for first, even if it was taken back.
    pub(crate) began: Option<String>,
    /// What was asked for first.
    pub(crate) opener: Option<String>,
    /// Fingerprint of what was asked for last.
    pub(crate) asked: u64,
    /// Whether the agent asked for a last word at its limit of turns.
    pub(crate) at_limit: bool,
    /// Fingerprints of turns that ended, of which events were made.
    pub(crate) turns: Vec<u64>,
    pub(crate) last: Option<Last>,
    pub(crate) pending: Vec<Pending>,
    pub(crate) todo: Option<Todo>,
    pub(crate) last_action: Option<String>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) refused: Vec<String>,
    pub(crate) retries: u32,
    pub(crate) did: Did,
    pub(crate) commit: Option<String>,
    pub(crate) branch: Option<String>,
    pub(crate) pr_url: Option<String>,
    pub(crate) deployment_url: Option<String>,
    pub(crate) clues: Clues,
    /// The root of the repository that it worked in, as the agent told it.
    pub(crate) repository: Option<String>,
    /// The branch that was checked out when it began.
    pub(crate) first_branch: Option<String>,
    pub(crate) calls: Calls,
    /// A model call that failed for good: when and why.
    pub(crate) dump: Option<(DateTime<Utc>, String)>,
    /// Commands of which the agent may yet give an account of its own.
    pub(crate) checks: Vec<Check>,
    /// The last test run that the agent recognised and that was told.
    pub(crate) verified: i64,
    /// Other events that were made of it.
    pub(crate) events: u64,
    /// Where the task stands by this session's word; nothing where the session does not decide.
    pub(crate) status: Option<TaskStatus>,
    /// Whether it may still change by the passing of time alone.
    pub(crate) open: bool,
    pub(crate) told: Told,
    /// The product that the task was told for.
    pub(crate) told_product: Option<String>,
    /// Whether it was told as a guess.
    pub(crate) told_guess: bool,
    /// Whether it ever told a reason to look at it.
    pub(crate) told_attention: bool,
    pub(crate) told_created: bool,
    pub(crate) told_started: bool,
}

/// What the ledger was told last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    pub(crate) task: (u32, u64),
    pub(crate) run: (u32, u64),
    /// Whether it was told as a run of its own last.
    pub(crate) own_run: bool,
    /// The task under which the session was told last.
    pub(crate) under: Option<String>,
}

/// The last row that tells how the session stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Last {
    pub(crate) kind: LastKind,
    pub(crate) at: Option<DateTime<Utc>>,
    /// The answer, where it is one.
    pub(crate) text: String,
}

/// How a session stands by its last row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum LastKind {
    /// Something was asked for.
    Asked,
    /// The model called tools.
    Called,
    /// A tool returned something.
    Returned,
    /// The model answered, and was done.
    Answered,
    /// The model was cut off by a limit of its own.
    CutOff,
    /// The agent stopped at its limit of turns.
    TurnLimit,
    /// Somebody interrupted it.
    Interrupted,
}

/// A call that waits for its result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) id: String,
    pub(crate) tool: String,
    pub(crate) what: String,
    /// The command, without its secrets; its fingerprint is of the whole.
    pub(crate) command: Option<String>,
    pub(crate) print: u64,
    pub(crate) path: Option<String>,
    pub(crate) at: Option<DateTime<Utc>>,
}

/// A command that ended, and may have been a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Check {
    pub(crate) call: String,
    /// Fingerprint of the command.
    pub(crate) command: u64,
    pub(crate) at: DateTime<Utc>,
    /// Whether it was taken for a test run, and told.
    pub(crate) told: bool,
}

/// A command that failed and has not worked since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a set of marks")]
pub(crate) struct Failure {
    /// Fingerprint of the command.
    pub(crate) command: u64,
    pub(crate) what: String,
    pub(crate) error: String,
    pub(crate) tests: bool,
    pub(crate) deploys: bool,
    pub(crate) credentials: bool,
    pub(crate) expired: bool,
}

/// What kinds of things a session did: tells what kind of task it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of marks")]
pub(crate) struct Did {
    pub(crate) deploy: bool,
    pub(crate) test: bool,
    pub(crate) edit: bool,
    pub(crate) document: bool,
    pub(crate) pr: bool,
}

impl SessionState {
    /// Remembers a call that waits for its result.
    pub(crate) fn wait_for(&mut self, pending: Pending) {
        self.pending.push(pending);
        let over = self.pending.len().saturating_sub(MOST);
        self.pending.drain(..over);
    }

    /// Takes the call that waits for that result.
    pub(crate) fn take_pending(&mut self, id: &str) -> Option<Pending> {
        let index = self.pending.iter().position(|pending| pending.id == id)?;
        Some(self.pending.remove(index))
    }

    /// Forgets commands of which the agent would have given its account by now.
    pub(crate) fn forget_checks(&mut self) {
        let last = self.last_seen();
        self.checks.retain(|check| check.told || last - check.at < TimeDelta::minutes(1));
        let over = self.checks.len().saturating_sub(MOST_CHECKS);
        self.checks.drain(..over);
    }

    /// Remembers a command that failed.
    pub(crate) fn failed(&mut self, failure: Failure) {
        self.failures.retain(|known| known.command != failure.command);
        self.failures.push(failure);
        let over = self.failures.len().saturating_sub(MOST);
        self.failures.drain(..over);
    }

    /// When anything was last heard of it.
    pub(crate) fn last_seen(&self) -> DateTime<Utc> {
        self.last_at.max(self.started_at).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// How many events were made of it, calls left out.
    pub(crate) fn other_events(&self) -> u64 {
        self.events + self.turns.len() as u64
    }
}
