//! How a session stands: from its last row, from a model call that failed for good, from its age. The columns
//! `ended_at` and `end_reason` are no outcomes: most sessions never get the one, and failed ones have a good word in
//! the other.

use chrono::{DateTime, TimeDelta, Utc};
use domain::task::TaskStatus;

use super::{
    row::SessionRow,
    state::{LastKind, SessionState},
};

/// How long an unfinished session may be silent before it counts as dead: longer than any time-out of a tool or of a
/// model call that the agent has by default.
pub(crate) const SILENCE: TimeDelta = TimeDelta::minutes(30);

/// How a session stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) status: TaskStatus,
    /// When it ended.
    pub(crate) ended_at: Option<DateTime<Utc>>,
    /// Why it did not end well.
    pub(crate) error: Option<String>,
    /// Whether it stopped without a word.
    pub(crate) died: bool,
    /// Whether the passing of time alone may change it.
    pub(crate) open: bool,
}

impl Outcome {
    fn failed(at: DateTime<Utc>, error: impl Into<String>) -> Self {
        let error = Some(error.into());
        Self { status: TaskStatus::Failed, ended_at: Some(at), error, died: false, open: false }
    }
}

/// How the session stands; nothing where no row tells yet.
pub(crate) fn of(state: &SessionState, row: &SessionRow, now: DateTime<Utc>) -> Option<Outcome> {
    let Some(last) = state.last.as_ref() else {
        // Rows there were, and none of them stands any more.
        let taken_back = Outcome::failed(state.last_seen(), "What was asked for was taken back");
        return state.began.is_some().then_some(Outcome { status: TaskStatus::Cancelled, ..taken_back });
    };
    let at = last.at.unwrap_or_else(|| state.last_seen());
    Some(match last.kind {
        LastKind::Answered => Outcome {
            status: TaskStatus::Completed,
            ended_at: Some(at),
            error: None,
            died: false,
            open: false,
        },
        LastKind::CutOff => Outcome::failed(at, "The model's answer was cut off by a limit of its own"),
        LastKind::TurnLimit => {
            Outcome::failed(at, "Stopped at the agent's limit of turns, without an answer")
        }
        LastKind::Interrupted => {
            Outcome { status: TaskStatus::Cancelled, ..Outcome::failed(at, "Interrupted") }
        }
        LastKind::Asked | LastKind::Called | LastKind::Returned => unfinished(state, row, at, now),
    })
}

fn unfinished(state: &SessionState, row: &SessionRow, at: DateTime<Utc>, now: DateTime<Utc>) -> Outcome {
    // The dump is written when the last try has failed: a row after it means that somebody tried again.
    let gave_up = state.dump.as_ref().filter(|(dumped, _)| *dumped >= at - TimeDelta::seconds(1));
    if let Some((dumped, reason)) = gave_up {
        return Outcome::failed((*dumped).max(at), reason.clone());
    }
    let running =
        Outcome { status: TaskStatus::Running, ended_at: None, error: None, died: false, open: true };
    match (row.end_reason.as_deref(), row.ended_at) {
        // It goes on in a session of its own, whose rows tell the rest.
        (Some("compression"), _) if now - state.last_seen() <= SILENCE => running,
        (reason, Some(ended)) => {
            let reason = reason.map_or(String::new(), |reason| format!(" ({reason})"));
            Outcome {
                died: true,
                ..Outcome::failed(ended.max(at), format!("Ended without an answer{reason}"))
            }
        }
        _ if now - state.last_seen() > SILENCE => {
            let error = format!(
                "No answer, and no sign of life for {} minutes: killed, interrupted or crashed, Hermes does not tell which",
                SILENCE.num_minutes()
            );
            Outcome { died: true, ..Outcome::failed(state.last_seen(), error) }
        }
        _ => running,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::state::Last, *};

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + second, 0).unwrap()
    }

    fn state(kind: LastKind) -> SessionState {
        let last = Last { kind, at: Some(at(0)), text: String::new() };
        SessionState { last: Some(last), last_at: Some(at(0)), ..SessionState::default() }
    }

    fn status(state: &SessionState, row: &SessionRow, now: i64) -> TaskStatus {
        of(state, row, at(now)).unwrap().status
    }

    #[test]
    fn an_unfinished_session_runs_while_it_is_fresh_and_is_dead_after() {
        let row = SessionRow::default();
        for kind in [LastKind::Asked, LastKind::Called, LastKind::Returned] {
            assert_eq!(status(&state(kind), &row, 60), TaskStatus::Running);
            assert_eq!(status(&state(kind), &row, 30 * 60), TaskStatus::Running, "at the very limit");
            let dead = of(&state(kind), &row, at(31 * 60)).unwrap();
            assert_eq!((dead.status, dead.died, dead.ended_at), (TaskStatus::Failed, true, Some(at(0))));
        }
    }

    #[test]
    fn the_end_reason_is_no_outcome() {
        let row = SessionRow {
            ended_at: Some(at(5)),
            end_reason: Some("cron_complete".to_owned()),
            ..SessionRow::default()
        };
        assert_eq!(status(&state(LastKind::Returned), &row, 10), TaskStatus::Failed);
        assert_eq!(status(&state(LastKind::Answered), &row, 10), TaskStatus::Completed);
    }

    #[test]
    fn a_model_call_that_failed_for_good_ends_a_session_until_somebody_tries_again() {
        let row = SessionRow::default();
        let mut state = state(LastKind::Returned);
        state.dump = Some((at(5), "HTTP 400".to_owned()));
        let failed = of(&state, &row, at(10)).unwrap();
        assert_eq!((failed.status, failed.error.as_deref()), (TaskStatus::Failed, Some("HTTP 400")));
        state.last = Some(Last { kind: LastKind::Asked, at: Some(at(60)), text: String::new() });
        state.last_at = Some(at(60));
        assert_eq!(status(&state, &row, 70), TaskStatus::Running);
    }
}
