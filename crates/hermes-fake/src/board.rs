//! `kanban.db`: what can happen to a card, each in one transaction with its event, as Hermes commits it.

use anyhow::Result;
use serde_json::{Value, json};
use sqlx::{Connection as _, SqliteConnection};

use crate::{python, stamp::Time};

/// A card as it is created.
#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) priority: i64,
    /// The project's id and folder, if the card belongs to one.
    pub(crate) project: Option<(String, String)>,
    pub(crate) status: &'static str,
}

/// One change of a card.
#[derive(Debug, Clone)]
pub(crate) enum Move {
    Create(Card),
    /// Looked at and found good: `triage` to `todo`, `todo` to `ready`.
    Promote(&'static str),
    /// A run begins.
    Claim,
    Spawn,
    Heartbeat,
    Comment,
    /// The run ends well; the session that did it, if it is known.
    Complete(Option<String>),
    Block {
        kind: &'static str,
        reason: &'static str,
    },
    Unblock,
    /// The worker's process is gone; the card is tried again.
    Crash,
    /// The worker's process is gone once too often.
    GiveUp,
    Archive,
}

const CLAIMER: &str = "vm:1089";
const GONE: &str = "pid 1092 not alive";

/// Carries one change out.
pub(crate) async fn apply(db: &mut SqliteConnection, card: &str, change: &Move, at: Time) -> Result<()> {
    let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
    let at = at.timestamp();
    let board = &mut Board { db: &mut transaction, card, at };
    match change {
        Move::Create(new) => board.create(new).await?,
        Move::Promote(to) => {
            board.set("UPDATE tasks SET status = ? WHERE id = ?", to).await?;
            board.event(None, "promoted", Some(json!({ "status": to }))).await?;
        }
        Move::Claim => board.claim().await?,
        Move::Spawn => {
            board.set("UPDATE tasks SET worker_pid = ? WHERE id = ?", 1092_i64).await?;
            let run = board.run().await?;
            board.event(run, "spawned", Some(json!({ "pid": 1092 }))).await?;
        }
        Move::Heartbeat => {
            let run = board.run().await?;
            board.set("UPDATE tasks SET last_heartbeat_at = ? WHERE id = ?", at).await?;
            sqlx::query("UPDATE task_runs SET last_heartbeat_at = ? WHERE id = ?")
                .bind(at)
                .bind(run)
                .execute(&mut *board.db)
                .await?;
            board.event(run, "heartbeat", None).await?;
        }
        Move::Comment => board.comment("The CDN account id is not in the repo.").await?,
        Move::Complete(session) => board.complete(session.as_deref()).await?,
        Move::Block { kind, reason } => board.block(kind, reason).await?,
        Move::Unblock => {
            board.set("UPDATE tasks SET status = ? WHERE id = ?", "ready").await?;
            board.event(None, "unblocked", Some(json!({ "status": "ready" }))).await?;
        }
        Move::Crash => board.crash("ready").await?,
        Move::GiveUp => board.crash("blocked").await?,
        Move::Archive => {
            board.set("UPDATE tasks SET status = ? WHERE id = ?", "archived").await?;
            board.event(None, "archived", None).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

struct Board<'a> {
    db: &'a mut SqliteConnection,
    card: &'a str,
    at: i64,
}

impl Board<'_> {
    /// Sets one column of the card.
    async fn set<'q, T>(&mut self, statement: &'static str, value: T) -> Result<()>
    where
        T: sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + 'q,
    {
        sqlx::query(statement).bind(value).bind(self.card.to_owned()).execute(&mut *self.db).await?;
        Ok(())
    }

    async fn event(&mut self, run: Option<i64>, kind: &str, payload: Option<Value>) -> Result<()> {
        sqlx::query(
            "INSERT INTO task_events (task_id, run_id, kind, payload, created_at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(self.card)
        .bind(run)
        .bind(kind)
        .bind(payload.as_ref().map(python::dumps))
        .bind(self.at)
        .execute(&mut *self.db)
        .await?;
        Ok(())
    }

    /// The run that is under way.
    async fn run(&mut self) -> Result<Option<i64>> {
        let row: (Option<i64>,) = sqlx::query_as("SELECT current_run_id FROM tasks WHERE id = ?")
            .bind(self.card)
            .fetch_one(&mut *self.db)
            .await?;
        Ok(row.0)
    }

    async fn create(&mut self, new: &Card) -> Result<()> {
        let path = new.project.as_ref().map(|(_, path)| path.as_str());
        sqlx::query(
            "INSERT INTO tasks (id, title, body, assignee, status, priority, created_by, created_at, workspace_kind, \
             workspace_path, project_id) VALUES (?, ?, 'A fictional card', 'default', ?, ?, 'user', ?, ?, ?, ?)",
        )
        .bind(&new.id)
        .bind(&new.title)
        .bind(new.status)
        .bind(new.priority)
        .bind(self.at)
        .bind(if path.is_some() { "dir" } else { "scratch" })
        .bind(path)
        .bind(new.project.as_ref().map(|(id, _)| id.as_str()))
        .execute(&mut *self.db)
        .await?;
        let payload = json!({
            "assignee": "default", "status": new.status, "parents": [], "tenant": null, "branch_name": null,
            "skills": null, "goal_mode": null,
        });
        self.event(None, "created", Some(payload)).await
    }

    async fn claim(&mut self) -> Result<()> {
        let expires = self.at + 900;
        sqlx::query(
            "UPDATE tasks SET status = 'running', claim_lock = ?, claim_expires = ?, started_at = COALESCE(started_at, ?) \
             WHERE id = ?",
        )
        .bind(CLAIMER)
        .bind(expires)
        .bind(self.at)
        .bind(self.card)
        .execute(&mut *self.db)
        .await?;
        let run = sqlx::query(
            "INSERT INTO task_runs (task_id, profile, status, claim_lock, claim_expires, started_at) \
             VALUES (?, 'default', 'running', ?, ?, ?)",
        )
        .bind(self.card)
        .bind(CLAIMER)
        .bind(expires)
        .bind(self.at)
        .execute(&mut *self.db)
        .await?
        .last_insert_rowid();
        self.set("UPDATE tasks SET current_run_id = ? WHERE id = ?", run).await?;
        self.event(Some(run), "claimed", Some(json!({ "lock": CLAIMER, "expires": expires, "run_id": run })))
            .await
    }

    async fn comment(&mut self, body: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO task_comments (task_id, author, body, created_at) VALUES (?, 'default', ?, ?)",
        )
        .bind(self.card)
        .bind(body)
        .bind(self.at)
        .execute(&mut *self.db)
        .await?;
        self.event(None, "commented", Some(json!({ "author": "default", "len": body.len() }))).await
    }

    /// Ends the run that is under way and returns its id.
    async fn end_run(
        &mut self,
        (status, outcome): (&str, &str),
        summary: Option<&str>,
        metadata: Option<Value>,
        error: Option<&str>,
    ) -> Result<Option<i64>> {
        let run = self.run().await?;
        sqlx::query(
            "UPDATE task_runs SET status = ?, outcome = ?, summary = ?, metadata = ?, error = ?, ended_at = ?, \
             claim_lock = NULL, claim_expires = NULL, worker_pid = NULL WHERE id = ? AND ended_at IS NULL",
        )
        .bind(status)
        .bind(outcome)
        .bind(summary)
        .bind(metadata.as_ref().map(python::dumps))
        .bind(error)
        .bind(self.at)
        .bind(run)
        .execute(&mut *self.db)
        .await?;
        sqlx::query(
            "UPDATE tasks SET current_run_id = NULL, claim_lock = NULL, claim_expires = NULL, worker_pid = NULL WHERE id = ?",
        )
        .bind(self.card)
        .execute(&mut *self.db)
        .await?;
        Ok(run)
    }

    async fn complete(&mut self, session: Option<&str>) -> Result<()> {
        let summary = "Drafted from 2 commits.";
        let mut metadata = json!({ "changed_files": ["RELEASE_NOTES.md"], "tests_run": 3 });
        if let Some(session) = session {
            metadata["worker_session_id"] = json!(session);
        }
        let run = self.end_run(("done", "completed"), Some(summary), Some(metadata), None).await?;
        sqlx::query(
            "UPDATE tasks SET status = 'done', result = 'drafted', completed_at = ?, block_kind = NULL, \
             block_recurrences = 0 WHERE id = ?",
        )
        .bind(self.at)
        .bind(self.card)
        .execute(&mut *self.db)
        .await?;
        self.event(run, "completed", Some(json!({ "result_len": 7, "summary": summary }))).await
    }

    async fn block(&mut self, kind: &str, reason: &str) -> Result<()> {
        let run = self.end_run(("blocked", "blocked"), Some(reason), None, None).await?;
        sqlx::query(
            "UPDATE tasks SET status = 'blocked', block_kind = ?, block_recurrences = block_recurrences + 1 WHERE id = ?",
        )
        .bind(kind)
        .bind(self.card)
        .execute(&mut *self.db)
        .await?;
        self.event(run, "blocked", Some(json!({ "reason": reason, "kind": kind, "recurrences": 1 }))).await
    }

    /// The worker is gone: `next` is what the card becomes.
    async fn crash(&mut self, next: &str) -> Result<()> {
        let metadata = json!({ "pid": 1092, "claimer": CLAIMER });
        let run = self.end_run(("crashed", "crashed"), None, Some(metadata.clone()), Some(GONE)).await?;
        sqlx::query(
            "UPDATE tasks SET status = ?, consecutive_failures = consecutive_failures + 1, last_failure_error = ? WHERE id = ?",
        )
        .bind(next)
        .bind(GONE)
        .bind(self.card)
        .execute(&mut *self.db)
        .await?;
        self.event(run, "crashed", Some(metadata)).await?;
        if next == "blocked" {
            let payload = json!({
                "failures": 1, "effective_limit": 1, "limit_source": "task", "error": GONE,
                "trigger_outcome": "crashed", "pid": 1092, "claimer": CLAIMER,
            });
            self.event(None, "gave_up", Some(payload)).await?;
        }
        Ok(())
    }
}
