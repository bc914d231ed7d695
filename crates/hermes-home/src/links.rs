//! What other files tell of sessions: which card a worker works on, which execution of a job a session belongs to,
//! which model call failed for good.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::projects::Clues;

/// How far the clocks of two files of the agent's may lie apart.
const SLACK: TimeDelta = TimeDelta::seconds(2);

/// Cards of all boards.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    /// By the card's own id.
    pub(crate) by_id: HashMap<String, Card>,
    /// Cards by the session that worked on them, where the board tells.
    pub(crate) workers: HashMap<String, (String, i64)>,
    /// Sessions that a board has named since they were last asked for.
    news: Vec<String>,
}

impl Cards {
    /// A board names the session that worked on a card, in that attempt.
    pub(crate) fn worked(&mut self, session: String, card: &str, run: i64) {
        let link = (card.to_owned(), run);
        if self.workers.get(&session) != Some(&link) {
            self.workers.insert(session.clone(), link);
            self.news.push(session);
        }
    }

    /// Sessions that a board has named since the last call.
    pub(crate) fn news(&mut self) -> Vec<String> {
        std::mem::take(&mut self.news)
    }
}

/// A card, as far as sessions need it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Card {
    /// The task's id in the ledger.
    pub(crate) task: String,
    /// Attempts: the board's number, the run's id in the ledger, when it began.
    pub(crate) runs: Vec<(i64, String, Option<DateTime<Utc>>)>,
}

impl Card {
    /// The attempt that a session is, which began at `at`: the one that the board names, else the last one that had
    /// begun by then.
    pub(crate) fn run(&self, named: Option<i64>, at: Option<DateTime<Utc>>) -> Option<&str> {
        let by_name = named.and_then(|number| self.runs.iter().find(|run| run.0 == number));
        let by_time = || {
            let began = self
                .runs
                .iter()
                .filter(|run| run.2.is_some_and(|began| Some(began) <= at.map(|at| at + SLACK)));
            began.max_by_key(|run| (run.2, run.0))
        };
        by_name.or_else(by_time).map(|run| run.1.as_str())
    }
}

/// Executions of jobs, by job.
#[derive(Debug, Default)]
pub(crate) struct Executions(pub(crate) HashMap<String, Vec<Execution>>);

/// An execution, as far as sessions need it.
#[derive(Debug, Clone)]
pub(crate) struct Execution {
    pub(crate) task: String,
    pub(crate) run: String,
    pub(crate) claimed_at: DateTime<Utc>,
    pub(crate) finished_at: Option<DateTime<Utc>>,
    pub(crate) clues: Clues,
}

impl Executions {
    /// The execution that a session of that job belongs to: the last one that was claimed by then, unless it had
    /// finished before.
    pub(crate) fn of(&self, job: &str, at: DateTime<Utc>) -> Option<&Execution> {
        let claimed = self.0.get(job)?.iter().filter(|execution| execution.claimed_at <= at + SLACK);
        let last = claimed.max_by_key(|execution| execution.claimed_at)?;
        last.finished_at.is_none_or(|finished| finished + SLACK >= at).then_some(last)
    }
}

/// Model calls that failed for good, by session.
pub(crate) type Dumps = HashMap<String, Dump>;

/// A model call that failed for good.
#[derive(Debug, Clone)]
pub(crate) struct Dump {
    /// The time as the file tells it: local, without a zone.
    pub(crate) local: chrono::NaiveDateTime,
    /// When the file was written, as far as the file system tells.
    pub(crate) written_at: Option<DateTime<Utc>>,
    pub(crate) reason: String,
}
