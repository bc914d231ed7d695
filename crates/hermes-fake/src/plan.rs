//! What kind of home to write.

use chrono::{DateTime, Utc};

/// The measures of a home. [`Plan::new`] gives believable ones; change the fields that matter.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Decides everything that is left to chance.
    pub seed: u64,
    /// The newest moment in the home.
    pub now: DateTime<Utc>,
    /// How far back the sessions go.
    pub days: u32,
    /// Sessions of every source together, children and workers included.
    pub sessions: usize,
    /// Rows of a session on average, before compaction.
    pub messages_per_session: usize,
    /// Scheduled jobs in `cron/jobs.json`.
    pub jobs: usize,
    /// Named projects in `projects.db`, at least 1.
    pub projects: usize,
    /// Cards on the default board.
    pub cards: usize,
    /// Sessions at the end that are still at work at `now`.
    pub running: usize,
    /// The size of a system prompt; Hermes stores one with every session.
    pub prompt_bytes: usize,
    /// Whether `cron/jobs.json` begins with a byte order mark, as after an edit by hand.
    pub bom: bool,
    /// Whether the full-text indexes are filled. They are there in any case; filling takes half of the time
    /// of a big home.
    pub search: bool,
}

impl Plan {
    /// A small home: 60 sessions, 12 jobs.
    pub fn new(seed: u64, now: DateTime<Utc>) -> Self {
        Self {
            seed,
            now,
            days: 90,
            sessions: 60,
            messages_per_session: 20,
            jobs: 12,
            projects: 50,
            cards: 12,
            running: 2,
            prompt_bytes: 20_000,
            bom: false,
            search: true,
        }
    }
}
