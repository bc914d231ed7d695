//! Rows of `tasks` and `task_runs`.

use chrono::{DateTime, Utc};
use domain::{
    attention::AttentionReason,
    patch::Patch,
    run::RunPatch,
    task::{Priority, TaskPatch, TaskSource, TaskStatus},
};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;

use super::events::News;
use crate::{
    agents, command, ids,
    projects::{Clues, Projects},
    session::{kind, state::Did, tool::short},
    table::{Cells, Table},
    time,
};

const COLUMNS: [&str; 17] = [
    "id",
    "title",
    "body",
    "assignee",
    "status",
    "priority",
    "created_at",
    "started_at",
    "completed_at",
    "workspace_kind",
    "workspace_path",
    "branch_name",
    "project_id",
    "tenant",
    "result",
    "last_failure_error",
    "last_heartbeat_at",
];

const BLOCK: [&str; 1] = ["block_kind"];

const RUN_COLUMNS: [&str; 9] =
    ["id", "task_id", "status", "outcome", "started_at", "ended_at", "summary", "metadata", "error"];

/// A card.
#[derive(Debug, Clone, Default)]
pub(super) struct CardRow {
    pub(super) id: String,
    title: String,
    body: Option<String>,
    assignee: Option<String>,
    pub(super) status: String,
    priority: i64,
    created_at: Option<DateTime<Utc>>,
    started_at: Option<DateTime<Utc>>,
    completed_at: Option<DateTime<Utc>>,
    workspace_kind: Option<String>,
    workspace: Option<String>,
    branch: Option<String>,
    project: Option<String>,
    tenant: Option<String>,
    result: Option<String>,
    failure: Option<String>,
    heartbeat_at: Option<DateTime<Utc>>,
    block_kind: Option<String>,
}

/// An attempt.
#[derive(Debug, Clone)]
pub(super) struct RunRow {
    pub(super) number: i64,
    pub(super) card: String,
    pub(super) status: String,
    pub(super) outcome: Option<String>,
    pub(super) started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    summary: Option<String>,
    pub(super) worker_session: Option<String>,
    error: Option<String>,
}

/// What the ledger is told of a card.
pub(super) struct ToldCard {
    pub(super) at: DateTime<Utc>,
    pub(super) status: TaskStatus,
    pub(super) patch: TaskPatch,
    pub(super) unknown_status: Option<String>,
}

pub(super) fn select(table: &Table) -> String {
    let columns: Vec<&str> = COLUMNS.iter().chain(&BLOCK).copied().collect();
    table.select(&columns)
}

pub(super) fn select_runs(table: &Table) -> String {
    table.select(&RUN_COLUMNS)
}

impl CardRow {
    pub(super) fn of(row: &SqliteRow) -> Option<Self> {
        let cells = Cells(row);
        let at = |index| cells.real(index).filter(|at| *at > 0.0).and_then(time::seconds);
        Some(Self {
            id: cells.text(0)?,
            title: cells.text(1).unwrap_or_default(),
            body: cells.text(2),
            assignee: cells.text(3),
            status: cells.text(4).unwrap_or_default(),
            priority: cells.int(5).unwrap_or(0),
            created_at: at(6),
            started_at: at(7),
            completed_at: at(8),
            workspace_kind: cells.text(9),
            workspace: cells.text(10),
            branch: cells.text(11),
            project: cells.text(12),
            tenant: cells.text(13),
            result: cells.text(14),
            failure: cells.text(15),
            heartbeat_at: at(16),
            block_kind: cells.text(17),
        })
    }

    /// Where the card stands. A blocked card whose last attempt was given up has failed: nobody will try again by
    /// himself. An archived one was called off unless it had been completed.
    fn standing(&self, runs: &[RunRow]) -> (TaskStatus, bool) {
        let gave_up = runs.last().is_some_and(|run| run.outcome.as_deref() == Some("gave_up"));
        match self.status.as_str() {
            "triage" | "todo" | "scheduled" | "ready" => (TaskStatus::Queued, true),
            "running" | "review" => (TaskStatus::Running, true),
            "blocked" if gave_up => (TaskStatus::Failed, true),
            "blocked" => (TaskStatus::Blocked, true),
            "done" => (TaskStatus::Completed, true),
            "archived" if self.completed_at.is_some() => (TaskStatus::Completed, true),
            "archived" => (TaskStatus::Cancelled, true),
            _ => (TaskStatus::Queued, false),
        }
    }

    pub(super) fn tell(&self, runs: &[RunRow], news: &News, projects: &Projects, board: &str) -> ToldCard {
        let (status, known) = self.standing(runs);
        let times = [self.created_at, self.started_at, self.completed_at, self.heartbeat_at, news.last_at];
        let of_runs = runs.iter().map(|run| Some(run.last_at()));
        let at = times.into_iter().chain(of_runs).flatten().max().unwrap_or(DateTime::UNIX_EPOCH);
        let found = projects.find(&self.clues(projects, board), None);
        let reason =
            news.block_reason.clone().or_else(|| self.failure.clone()).or_else(|| runs.last()?.error.clone());
        let stuck = matches!(status, TaskStatus::Blocked | TaskStatus::Failed);
        let ended_at = match status {
            TaskStatus::Failed => runs.last().and_then(|run| run.ended_at).or(Some(at)),
            TaskStatus::Cancelled => Some(at),
            TaskStatus::Completed => self.completed_at.or(Some(at)),
            _ => None,
        };
        let retries = u32::try_from(runs.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let words = format!("{} {}", self.title, self.body.as_deref().unwrap_or_default());
        let task_type = kind::task_type(&words, Did::default());
        let mut inferred: Vec<String> = Vec::new();
        inferred.extend(task_type.map(|_| "type".to_owned()));
        inferred.extend((self.priority > 0).then(|| "priority".to_owned()));
        inferred.extend(found.is_guess().then(|| "productId".to_owned()));
        let tags = [Some("kanban"), Some(board).filter(|board| *board != "default"), self.tenant.as_deref()];
        let summary = runs.iter().rev().find_map(|run| run.summary.clone());
        let patch = TaskPatch {
            title: Patch::Set(if self.title.is_empty() { self.id.clone() } else { self.title.clone() }),
            description: set(self.body.clone()),
            product_id: set(found.id().cloned()),
            status: Patch::Set(status),
            priority: set(priority(self.priority)),
            task_type: set(task_type),
            source: Patch::Set(TaskSource::HermesPlanner),
            created_at: self.created_at.into(),
            started_at: set(self.started_at),
            completed_at: set(ended_at),
            retry_count: Patch::Set(retries),
            assigned_agent: set(self.assignee.as_deref().map(|name| ids::agent(agents::core_id(name)))),
            tags: Patch::Set(tags.into_iter().flatten().map(ToOwned::to_owned).collect()),
            blocker_reason: set(reason.clone().filter(|_| stuck)),
            summary: set(summary.clone()),
            result: set(self.result.clone().or(summary).filter(|_| status == TaskStatus::Completed)),
            error: set(reason.filter(|_| status == TaskStatus::Failed)),
            inferred: Patch::Set(inferred),
            attention: Patch::Set(self.attention(status, news)),
            ..TaskPatch::default()
        };
        ToldCard { at, status, patch, unknown_status: (!known).then(|| self.status.clone()) }
    }

    fn clues(&self, projects: &Projects, board: &str) -> Clues {
        let mut clues = Clues {
            project: self.project.clone().or_else(|| projects.of_board(board).map(ToOwned::to_owned)),
            ..Clues::default()
        };
        if self.workspace_kind.as_deref() != Some("scratch") {
            clues.folder(self.workspace.clone());
        }
        clues.word(Some(&self.title));
        clues.word(self.body.as_deref());
        clues
    }

    fn attention(&self, status: TaskStatus, news: &News) -> Vec<AttentionReason> {
        if !matches!(status, TaskStatus::Blocked | TaskStatus::Failed) {
            return Vec::new();
        }
        let reason = news.block_reason.as_deref().or(self.failure.as_deref()).unwrap_or_default();
        let reason = match self.block_kind.as_deref() {
            _ if command::expired(reason) => AttentionReason::ExpiredCredential,
            _ if command::lacks_credentials(reason) => AttentionReason::MissingCredentials,
            Some("needs_input" | "capability" | "dependency") => AttentionReason::UnclearRequirement,
            _ if reason.contains("not alive") => AttentionReason::DeadSession,
            _ => return Vec::new(),
        };
        vec![reason]
    }
}

impl RunRow {
    pub(super) fn of(row: &SqliteRow) -> Option<Self> {
        let cells = Cells(row);
        let at = |index| cells.real(index).filter(|at| *at > 0.0).and_then(time::seconds);
        let metadata: Value =
            cells.text(7).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let session = metadata.get("worker_session_id").and_then(Value::as_str);
        Some(Self {
            number: cells.int(0)?,
            card: cells.text(1)?,
            status: cells.text(2).unwrap_or_default(),
            outcome: cells.text(3),
            started_at: at(4),
            ended_at: at(5),
            summary: cells.text(6),
            worker_session: session.filter(|session| !session.is_empty()).map(ToOwned::to_owned),
            error: cells.text(8),
        })
    }

    pub(super) fn last_at(&self) -> DateTime<Utc> {
        self.ended_at.or(self.started_at).unwrap_or(DateTime::UNIX_EPOCH)
    }

    fn standing(&self) -> TaskStatus {
        match self.outcome.as_deref().unwrap_or(&self.status) {
            "completed" | "done" => TaskStatus::Completed,
            "blocked" => TaskStatus::Blocked,
            "crashed" | "timed_out" | "spawn_failed" | "gave_up" | "failed" => TaskStatus::Failed,
            "reclaimed" | "released" => TaskStatus::Cancelled,
            "scheduled" => TaskStatus::Queued,
            _ => TaskStatus::Running,
        }
    }

    pub(super) fn patch(&self, task: &str, card: &CardRow) -> RunPatch {
        let said = [self.summary.as_deref(), self.error.as_deref()];
        RunPatch {
            task_id: Patch::Set(ids::task(task)),
            started_at: self.started_at.into(),
            ended_at: set(self.ended_at),
            status: Patch::Set(self.standing()),
            logs: Patch::Set(
                said.into_iter().flatten().flat_map(str::lines).map(ToOwned::to_owned).collect(),
            ),
            branch_name: card.branch.clone().into(),
            ..RunPatch::default()
        }
    }
}

/// The agent's priorities have no bounds, and 0 is the default: only what was set is told, by rank.
fn priority(value: i64) -> Option<Priority> {
    match value {
        ..=0 => None,
        1 => Some(Priority::P3),
        2 => Some(Priority::P2),
        3 | 4 => Some(Priority::P1),
        5.. => Some(Priority::P0),
    }
}

fn set<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Clear, Patch::Set)
}

/// The first line of a reason.
pub(super) fn reason(payload: &Value) -> Option<String> {
    let told = ["reason", "error", "summary", "note"].iter().find_map(|name| payload.get(name)?.as_str());
    told.map(short).filter(|text| !text.is_empty())
}
