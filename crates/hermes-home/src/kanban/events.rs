//! Rows of `task_events`.

use chrono::{DateTime, Utc};
use domain::event::{EventLevel, EventType};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;

use super::card::reason;
use crate::{
    session::happening::Happening,
    table::{Cells, Table},
    time,
};

/// The statement that reads events; a condition is to be added.
pub(super) fn select(table: &Table) -> String {
    table.select(&["id", "task_id", "run_id", "kind", "payload", "created_at"])
}

/// The statement that reads what all events say of each card: see [`News`].
pub(super) fn summary(table: &Table) -> String {
    let payload = if table.has("payload") { "payload" } else { "null" };
    let at = if table.has("created_at") { "created_at" } else { "null" };
    format!(
        "select task_id, max({at}), \
         (select {payload} from task_events b where b.task_id = a.task_id and b.kind = 'blocked' order by id desc limit 1) \
         from task_events a group by task_id"
    )
}

/// What all events say of a card.
#[derive(Debug, Clone, Default)]
pub(super) struct News {
    pub(super) last_at: Option<DateTime<Utc>>,
    pub(super) block_reason: Option<String>,
}

impl News {
    pub(super) fn of(row: &SqliteRow) -> Self {
        let cells = Cells(row);
        let payload: Value =
            cells.text(2).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        Self { last_at: cells.real(1).and_then(time::seconds), block_reason: reason(&payload) }
    }
}

/// An event.
pub(super) struct EventRow {
    pub(super) number: i64,
    pub(super) card: String,
    run: Option<i64>,
    pub(super) kind: String,
    payload: Result<Value, String>,
    pub(super) at: Option<DateTime<Utc>>,
}

/// What becomes of an event.
pub(super) enum Told {
    /// It is told as this.
    As(Happening),
    /// It says nothing beyond the card's row.
    Nothing,
    /// This version does not know its kind.
    Unknown,
    /// It cannot be read.
    Wrong(String),
}

impl EventRow {
    pub(super) fn of(row: &SqliteRow) -> Option<Self> {
        let cells = Cells(row);
        let payload = cells.text(4).map_or(Ok(Value::Null), |text| {
            serde_json::from_str(&text).map_err(|error| format!("payload is no JSON: {error}"))
        });
        Some(Self {
            number: cells.int(0)?,
            card: cells.text(1)?,
            run: cells.int(2),
            kind: cells.text(3).unwrap_or_default(),
            payload,
            at: cells.real(5).and_then(time::seconds),
        })
    }

    pub(super) fn happening(&self) -> Told {
        use {EventLevel as L, EventType as T};
        let payload = match &self.payload {
            Ok(payload) => payload,
            Err(reason) => return Told::Wrong(reason.clone()),
        };
        let Some(at) = self.at else { return Told::Wrong("without a time".to_owned()) };
        let (event_type, level, text) = match self.kind.as_str() {
            "created" => (T::Created, L::Info, "Card created"),
            "specified" => (T::Planned, L::Info, "Specified"),
            "decomposed" => (T::Planned, L::Info, "Split into smaller cards"),
            "promoted" | "promoted_manual" => (T::Planned, L::Info, "Ready to be worked on"),
            "scheduled" => (T::Planned, L::Info, "Scheduled"),
            "assigned" => (T::Planned, L::Info, "Assigned"),
            "claimed" => (T::Started, L::Info, "Claimed by a worker"),
            "unblocked" => (T::Retry, L::Info, "Unblocked"),
            "reclaimed" => (T::Retry, L::Warn, "Taken back from a worker that was gone"),
            "blocked" => (T::Blocked, L::Warn, "Blocked"),
            "dependency_wait" => (T::Blocked, L::Info, "Waits for another card"),
            "block_loop_detected" => (T::Blocked, L::Error, "Blocked again and again for one reason"),
            "completed" => (T::Completed, L::Success, "Completed"),
            "crashed" => (T::Error, L::Error, "The worker died"),
            "timed_out" => (T::Error, L::Error, "The worker ran out of time"),
            "spawn_failed" => (T::Error, L::Error, "The worker could not be started"),
            "gave_up" => (T::Error, L::Error, "Given up"),
            "stale" => (T::Error, L::Warn, "No sign of the worker"),
            "protocol_violation" => (T::Error, L::Error, "The worker ended without saying how"),
            "completion_blocked_hallucination" => {
                (T::Error, L::Error, "Not accepted as done: it names what is not there")
            }
            "suspected_hallucinated_references" => (T::Error, L::Warn, "May name what is not there"),
            // What these say stands in the card's row, in the worker's session, or is but a sign of life.
            "heartbeat"
            | "spawned"
            | "commented"
            | "attached"
            | "attachment_removed"
            | "linked"
            | "unlinked"
            | "edited"
            | "reprioritized"
            | "status"
            | "claim_extended"
            | "claim_rejected"
            | "reclaim_deferred"
            | "respawn_guarded"
            | "archived"
            | "tip_scratch_workspace" => return Told::Nothing,
            _ => return Told::Unknown,
        };
        let text = reason(payload).map_or(text.to_owned(), |reason| format!("{text}: {reason}"));
        let mut event = Happening::new(format!("event:{}", self.number), at, event_type, level, text)
            .with("kind", self.kind.as_str());
        if let Some(run) = self.run {
            event = event.with("run", run);
        }
        Told::As(event)
    }
}
