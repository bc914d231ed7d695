//! Whose work a session is: a task of its own, a card's, a job's, or part of another session's.

use serde::{Deserialize, Serialize};

/// The task that a session belongs to, and what it may say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Link {
    /// The task's id in the ledger.
    #[serde(rename = "t")]
    pub(crate) task: String,
    #[serde(rename = "r")]
    pub(crate) role: Role,
}

/// What a session may say of its task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Role {
    /// Everything: the task is this session.
    #[default]
    Own,
    /// How it goes on and how it ends: the session goes on where its parent stopped.
    Continues,
    /// What is being done: the card or the job says how the task stands.
    Works,
    /// Only that something happened: the session does a part.
    Helps,
}

/// The card that a worker was started for: its first user row is `work kanban task t_xxxxxxxx`.
pub(crate) fn card(opener: &str) -> Option<&str> {
    let rest = opener.trim().strip_prefix("work kanban task ")?;
    let id = rest.split_whitespace().next()?;
    id.starts_with("t_").then_some(id)
}

/// The job in the id of a session that the scheduler started: `cron_<job>_YYYYMMDD_HHMMSS`.
pub(crate) fn job(session: &str) -> Option<&str> {
    let rest = session.strip_prefix("cron_")?;
    let (rest, time) = rest.rsplit_once('_')?;
    let (job, day) = rest.rsplit_once('_')?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    (digits(day, 8) && digits(time, 6) && !job.is_empty()).then_some(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_and_scheduled_sessions_are_known() {
        assert_eq!(card("work kanban task t_42658add"), Some("t_42658add"));
        assert_eq!(card("work kanban task about nothing"), None);
        assert_eq!(job("cron_d67ff18d4473_20261122_171634"), Some("d67ff18d4473"));
        assert_eq!(job("cron_with_underscore_20261122_171634"), Some("with_underscore"));
        assert_eq!(job("cron_daily"), None);
    }
}
