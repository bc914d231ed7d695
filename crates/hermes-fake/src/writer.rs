//! An agent at work over a home, one step at a time.

mod cards;
mod jobs;
mod open;

use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Connection as _, SqliteConnection};

use crate::{
    db::{EXECUTIONS, KANBAN, PROJECTS, STATE},
    projects::{self, Project},
    rng::Rng,
    stamp::Time,
};
use open::Open;

/// What an agent does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A session begins: its row and the first request.
    Begin,
    /// An open session goes on: one row, and the counts that belong to it. After the last row it is settled.
    Continue,
    /// A session's process dies: nothing more is written for it.
    Kill,
    /// A session that was settled is opened again, with another request.
    Resume,
    /// A session's context is compacted in place.
    Compact,
    /// A user takes back the last request of a session.
    Rewind,
    /// A card is made, or the next thing happens to one.
    Card,
    /// An attempt of a job is claimed, starts or ends; with its end `cron/jobs.json` is replaced.
    Attempt,
    /// A job is paused or resumed: `cron/jobs.json` is replaced.
    Jobs,
}

/// Actions by weight: most of an agent's life is the next row.
const WEIGHTS: &[(Action, usize)] = &[
    (Action::Continue, 62),
    (Action::Begin, 8),
    (Action::Card, 10),
    (Action::Attempt, 9),
    (Action::Resume, 3),
    (Action::Compact, 2),
    (Action::Rewind, 2),
    (Action::Kill, 2),
    (Action::Jobs, 2),
];

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The action that was chosen.
    pub action: Action,
    /// The session, card or job that it was done to.
    pub subject: String,
    /// What happened to it, in a word or two.
    pub what: &'static str,
}

/// Writes into a home as the agent would; what comes next follows from the seed.
#[derive(Debug)]
pub struct Writer {
    home: PathBuf,
    rng: Rng,
    now: Time,
    prompt_bytes: usize,
    projects: Vec<Project>,
    state: SqliteConnection,
    kanban: SqliteConnection,
    executions: SqliteConnection,
    open: Vec<Open>,
    /// Cards whose run is not ended yet, with the session that works on them.
    workers: Vec<(String, String)>,
    /// The attempt of a job that is not ended yet: its id, the job's place, and whether it runs.
    under_way: Option<(String, usize, bool)>,
}

impl Writer {
    /// Over the home in `dir`, which is there already.
    pub async fn open(dir: &Path, seed: u64) -> Result<Self> {
        let mut named = PROJECTS.open(dir).await?;
        let mut projects = projects::read(&mut named).await?;
        named.close().await?;
        let mut rng = Rng::new(seed);
        if projects.is_empty() {
            projects = projects::make(&mut rng, 1);
        }
        Ok(Self {
            home: dir.to_owned(),
            rng,
            now: DateTime::UNIX_EPOCH,
            prompt_bytes: 20_000,
            projects,
            state: STATE.open(dir).await?,
            kanban: KANBAN.open(dir).await?,
            executions: EXECUTIONS.open(dir).await?,
            open: Vec::new(),
            workers: Vec::new(),
            under_way: None,
        })
    }

    /// Does one step, chosen by the seed.
    pub async fn step(&mut self, now: DateTime<Utc>) -> Result<Step> {
        loop {
            let action = self.choose();
            if let Some(step) = self.perform(action, now).await? {
                return Ok(step);
            }
        }
    }

    /// Does one step of a kind; `None` where there is nothing to do it to.
    pub async fn perform(&mut self, action: Action, now: DateTime<Utc>) -> Result<Option<Step>> {
        // Rows of one agent never share a moment.
        self.now = now.max(self.now + TimeDelta::milliseconds(1));
        let done = match action {
            Action::Begin => Some(self.begin().await?),
            Action::Continue => self.go_on().await?,
            Action::Kill => self.kill(),
            Action::Resume => self.resume().await?,
            Action::Compact => self.compact().await?,
            Action::Rewind => self.rewind().await?,
            Action::Card => Some(self.card().await?),
            Action::Attempt => self.attempt().await?,
            Action::Jobs => self.toggle_job()?,
        };
        Ok(done.map(|(subject, what)| Step { action, subject, what }))
    }

    /// Inserts rows in a transaction that stays open, so many that some of them reach the write-ahead log, and
    /// calls `then` before it ends; it is rolled back when `then` returns. The process is meant to be killed
    /// in between.
    pub async fn hang<F: Future<Output = ()>>(
        &mut self,
        now: DateTime<Utc>,
        rows: usize,
        then: impl FnOnce(String) -> F,
    ) -> Result<()> {
        self.now = now.max(self.now + TimeDelta::milliseconds(1));
        self.insert_and_hang(rows, then).await
    }

    /// Closes the databases; the last one to do so folds the write-ahead log in.
    pub async fn close(self) -> Result<()> {
        self.state.close().await?;
        self.kanban.close().await?;
        self.executions.close().await?;
        Ok(())
    }

    fn choose(&mut self) -> Action {
        let mut left = self.rng.below(WEIGHTS.iter().map(|(_, weight)| weight).sum());
        for (action, weight) in WEIGHTS {
            if left < *weight {
                return *action;
            }
            left -= weight;
        }
        Action::Continue
    }
}

/// What an action did: to whom, and what.
type Done = (String, &'static str);
