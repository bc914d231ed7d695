//! `verification_evidence.db`: tests, linters and builds that the agent recognised among its commands.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::event::{EventLevel, EventType};

use crate::{
    database::Reading,
    hash,
    pass::Notes,
    session::{
        happening::Happening,
        outcome,
        state::{Check, SessionState},
        tool::{clip, short},
    },
    table::{Cells, Table, query},
    time,
};

/// How far the times of a command's result and of the agent's account of it lie apart at most.
const NEAR: TimeDelta = TimeDelta::seconds(5);

/// How much of a summary is kept, in bytes.
const SUMMARY: usize = 4 * 1024;

/// What the agent recognised, by session.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    runs: HashMap<String, Vec<Verified>>,
    roots: HashMap<String, String>,
    pub(crate) last_id: i64,
    /// How many runs there are.
    pub(crate) total: u64,
}

/// A command that the agent recognised.
#[derive(Debug, Clone)]
pub(crate) struct Verified {
    id: i64,
    at: DateTime<Utc>,
    command: String,
    canonical: String,
    kind: String,
    scope: String,
    passed: bool,
    exit_code: Option<i64>,
    summary: String,
}

impl Evidence {
    /// Reads what is new. Returns the sessions that runs after `told` are of: earlier ones were told.
    pub(crate) async fn read(
        &mut self,
        told: i64,
        reading: &mut Reading,
        work: &mut crate::Work,
        notes: &mut Notes,
        place: &str,
    ) -> Result<Vec<String>, sqlx::Error> {
        let conn = &mut reading.conn;
        let Some(table) = Table::of(conn, "verification_events").await? else {
            notes.skip(place, "without the table `verification_events` there is nothing to read");
            return Ok(Vec::new());
        };
        let columns = [
            "id",
            "created_at",
            "session_id",
            "command",
            "canonical_command",
            "kind",
            "scope",
            "status",
            "exit_code",
            "output_summary",
        ];
        let sql = format!("{} where id > ? order by id", table.select(&columns));
        let mut touched = Vec::new();
        let first = self.roots.is_empty();
        for row in query(sql).bind(self.last_id).fetch_all(&mut *conn).await? {
            work.other_rows += 1;
            let cells = Cells(&row);
            let Some(id) = cells.int(0) else { continue };
            self.last_id = self.last_id.max(id);
            self.total += 1;
            let (Some(at), Some(session)) = (cells.text(1).as_deref().and_then(time::iso), cells.text(2))
            else {
                notes.skip(format!("{place} verification_events.id={id}"), "without a time or a session");
                continue;
            };
            let command = cells.text(3).unwrap_or_default();
            let verified = Verified {
                id,
                at,
                canonical: cells.text(4).unwrap_or_else(|| command.clone()),
                command,
                kind: cells.text(5).unwrap_or_default(),
                scope: cells.text(6).unwrap_or_default(),
                passed: cells.text(7).as_deref() == Some("passed"),
                exit_code: cells.int(8),
                summary: clip(&cells.text(9).unwrap_or_default(), SUMMARY),
            };
            self.runs.entry(session.clone()).or_default().push(verified);
            if id > told {
                touched.push(session);
            }
        }
        if let Some(table) = Table::of(conn, "verification_state").await? {
            for row in query(table.select(&["session_id", "root"])).fetch_all(&mut *conn).await? {
                work.other_rows += 1;
                let cells = Cells(&row);
                if let (Some(session), Some(root)) = (cells.text(0), cells.text(1))
                    && self.roots.get(&session) != Some(&root)
                {
                    self.roots.insert(session.clone(), root);
                    // Those that are there at first are asked for when their sessions are read.
                    touched.extend((!first).then_some(session));
                }
            }
        }
        Ok(touched)
    }

    /// The runs of a session.
    pub(crate) fn of(&self, session: &str) -> &[Verified] {
        self.runs.get(session).map_or(&[], Vec::as_slice)
    }

    /// The repository that a session worked in.
    pub(crate) fn root(&self, session: &str) -> Option<&str> {
        self.roots.get(session).map(String::as_str)
    }

    /// Adds the runs of a session that were not told yet. One of a command in its rows is told over what was made of
    /// that command; one whose command is still to come in the rows waits for it. Whether there were any.
    pub(crate) fn add(
        &self,
        session: &str,
        state: &mut SessionState,
        happened: &mut Vec<Happening>,
        now: DateTime<Utc>,
    ) -> bool {
        let known = state.verified;
        for run in self.of(session).iter().filter(|run| run.id > known) {
            let command = hash::of(run.command.as_bytes());
            let apart = |check: &Check| (check.at - run.at).abs();
            let checks = state.checks.iter().enumerate();
            let same = checks.filter(|(_, check)| check.command == command && apart(check) < NEAR);
            let found = same.min_by_key(|(_, check)| apart(check)).map(|(index, _)| index);
            let event = if let Some(index) = found {
                let check = state.checks.remove(index);
                state.events += u64::from(!check.told);
                run.happening(format!("call:{}:3-tested", check.call)).instead(check.at)
            } else {
                let rows_may_come =
                    Some(run.at) >= state.last_at && now - state.last_seen() <= outcome::SILENCE;
                if rows_may_come {
                    break;
                }
                state.events += 1;
                run.happening(format!("verified:{}", run.id))
            };
            happened.push(event);
            state.verified = run.id;
        }
        state.forget_checks();
        state.verified > known
    }
}

impl Verified {
    fn happening(&self, key: String) -> Happening {
        let (level, word) =
            if self.passed { (EventLevel::Success, "passed") } else { (EventLevel::Error, "failed") };
        let what = if self.kind.is_empty() { "Check" } else { &self.kind };
        let text = format!("{what} {word}: {}", short(&self.canonical));
        let mut event = Happening::new(key, self.at, EventType::TestRun, level, text)
            .with("passed", self.passed)
            .with("kind", self.kind.as_str())
            .with("scope", self.scope.as_str())
            .with("output", self.summary.as_str());
        if let Some(code) = self.exit_code {
            event = event.with("exitCode", code);
        }
        event.command = Some(self.command.clone());
        event
    }
}
