//! Sessions that a writer has begun, and what else happens to sessions.

use std::collections::VecDeque;

use anyhow::Result;
use sqlx::{Connection as _, SqliteConnection};

use super::{Done, Writer};
use crate::{
    compaction, files,
    rows::{Message, Usage},
    sessions::Kind,
    stamp::{self, Time},
    state::{self, Totals},
    story::{self, Ending},
};

/// A session that is under way.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) id: String,
    kind: Kind,
    ask: String,
    ending: Ending,
    rows: VecDeque<Message>,
}

impl Open {
    /// The card that it works on.
    pub(super) fn card(&self) -> Option<&str> {
        if let Kind::Worker { card, .. } = &self.kind { Some(card) } else { None }
    }
}

impl Writer {
    pub(super) async fn begin(&mut self) -> Result<Done> {
        let mut kind = Kind::any(&mut self.rng);
        let parent = self.open.iter().find(|open| open.kind == Kind::Cli).map(|open| open.id.clone());
        if let Some(parent) = parent.filter(|_| self.rng.chance(15)) {
            kind = Kind::Child { parent };
        }
        let ending = Ending::any(&mut self.rng);
        let project = self.rng.below(self.projects.len());
        let id = self.start(kind, project, ending).await?;
        Ok((id, "began"))
    }

    /// Begins a session: its row, then the first request, each committed alone.
    pub(super) async fn start(&mut self, kind: Kind, project: usize, ending: Ending) -> Result<String> {
        let project = &self.projects[project];
        let ask = kind.ask(&mut self.rng, project);
        let duties = kind.duties(project, ending == Ending::Answered);
        let length = self.rng.between(4, 24);
        let story = story::tell(&mut self.rng, project, &ask, length, ending, duties);
        let session = kind.session(&mut self.rng, project, self.now, self.prompt_bytes);
        state::insert_session(&mut self.state, &session, Totals::default()).await?;
        let (id, rows) = (session.id, story.messages.into());
        let mut open = Open { id: id.clone(), kind, ask, ending, rows };
        append(&mut self.state, &mut open, self.now).await?;
        self.open.push(open);
        Ok(id)
    }

    pub(super) async fn go_on(&mut self) -> Result<Option<Done>> {
        if self.open.is_empty() {
            return Ok(None);
        }
        let place = self.rng.below(self.open.len());
        let open = &mut self.open[place];
        let id = open.id.clone();
        let Some(next) = open.rows.front() else {
            let open = self.open.swap_remove(place);
            self.settle(&open).await?;
            return Ok(Some((id, "settled")));
        };
        let what = match (next.role, next.calls) {
            ("assistant", 0) => "answered",
            ("assistant", _) => "asked for tools",
            ("tool", _) => "got a result",
            _ => "was asked",
        };
        if next.role == "assistant" {
            // Accounted for before its row is written.
            let usage = Usage::of_a_call(&mut self.rng, next.reasoning.is_some());
            let mut transaction = self.state.begin_with("BEGIN IMMEDIATE").await?;
            state::account(&mut transaction, &id, usage, self.now).await?;
            transaction.commit().await?;
        }
        append(&mut self.state, open, self.now).await?;
        Ok(Some((id, what)))
    }

    /// After the last row: the title, the end, or the dump of the refused request.
    async fn settle(&mut self, open: &Open) -> Result<()> {
        if open.ending == Ending::Killed {
            return Ok(());
        }
        if open.ending == Ending::ModelFailed {
            files::request_dump(&self.home, &open.id, &open.ask, self.now)?;
        }
        if let Some(title) = open.kind.title(&mut self.rng, &open.ask, self.now) {
            let mut transaction = self.state.begin_with("BEGIN IMMEDIATE").await?;
            state::set_title(&mut transaction, &open.id, &title).await?;
            transaction.commit().await?;
        }
        if let Some(reason) = open.kind.end_reason(&mut self.rng) {
            state::end_session(&mut self.state, &open.id, reason, self.now).await?;
        }
        Ok(())
    }

    pub(super) fn kill(&mut self) -> Option<Done> {
        if self.open.is_empty() {
            return None;
        }
        let open = self.open.swap_remove(self.rng.below(self.open.len()));
        Some((open.id, "killed"))
    }

    pub(super) async fn resume(&mut self) -> Result<Option<Done>> {
        let Some(id) = self.settled("cli").await? else { return Ok(None) };
        sqlx::query("UPDATE sessions SET ended_at = NULL, end_reason = NULL WHERE id = ?")
            .bind(&id)
            .execute(&mut self.state)
            .await?;
        let project = &self.projects[self.rng.below(self.projects.len())];
        let ask = "Now add a changelog entry for it".to_owned();
        let story = story::tell(&mut self.rng, project, &ask, 8, Ending::Answered, (Vec::new(), Vec::new()));
        let mut open = Open {
            id: id.clone(),
            kind: Kind::Cli,
            ask,
            ending: Ending::Answered,
            rows: story.messages.into(),
        };
        append(&mut self.state, &mut open, self.now).await?;
        self.open.push(open);
        Ok(Some((id, "resumed")))
    }

    /// A session of a source that is not under way here.
    async fn settled(&mut self, source: &str) -> Result<Option<String>> {
        let ids: Vec<(String,)> =
            sqlx::query_as("SELECT id FROM sessions WHERE source = ? ORDER BY started_at DESC, id LIMIT 40")
                .bind(source)
                .fetch_all(&mut self.state)
                .await?;
        let ids: Vec<String> = ids
            .into_iter()
            .map(|(id,)| id)
            .filter(|id| self.open.iter().all(|open| open.id != *id))
            .collect();
        Ok(if ids.is_empty() { None } else { Some(self.rng.pick(&ids).clone()) })
    }

    pub(super) async fn compact(&mut self) -> Result<Option<Done>> {
        // Right before an answer: every tool that was asked for has answered.
        let ready = |open: &&Open| open.rows.front().is_some_and(|row| row.role == "assistant");
        let Some(id) = self.open.iter().find(ready).map(|open| open.id.clone()) else { return Ok(None) };
        let mut transaction = self.state.begin_with("BEGIN IMMEDIATE").await?;
        let live: Vec<(i64, String)> =
            sqlx::query_as("SELECT id, role FROM messages WHERE session_id = ? AND active = 1 ORDER BY id")
                .bind(&id)
                .fetch_all(&mut *transaction)
                .await?;
        if live.len() < 5 {
            return Ok(None);
        }
        let from = live[live.len() - 4..]
            .iter()
            .find(|(_, role)| role == "assistant")
            .map_or(i64::MAX, |(row, _)| *row);
        sqlx::query("UPDATE messages SET active = 0, compacted = 1 WHERE session_id = ? AND active = 1")
            .bind(&id)
            .execute(&mut *transaction)
            .await?;
        let now = stamp::real(self.now);
        copy(&mut transaction, &id, (live[0].0, live[0].0), now).await?;
        let summary = Message::new("user", compaction::SUMMARY.to_owned(), 0.0);
        state::insert_message(&mut transaction, &id, &summary, now + 1e-6, false).await?;
        copy(&mut transaction, &id, (from, live[live.len() - 1].0), now + 2e-6).await?;
        sqlx::query(
            "UPDATE sessions SET (message_count, tool_call_count) = (SELECT count(*), \
             COALESCE(sum(CASE WHEN tool_calls IS NULL THEN 0 ELSE json_array_length(tool_calls) END), 0) \
             FROM messages WHERE session_id = ?1 AND active = 1) WHERE id = ?1",
        )
        .bind(&id)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Some((id, "compacted")))
    }

    pub(super) async fn rewind(&mut self) -> Result<Option<Done>> {
        let Some(id) = self.settled("cli").await? else { return Ok(None) };
        let mut transaction = self.state.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "UPDATE messages SET active = 0 WHERE session_id = ?1 AND active = 1 AND id >= \
             (SELECT max(id) FROM messages WHERE session_id = ?1 AND active = 1 AND role = 'user')",
        )
        .bind(&id)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("UPDATE sessions SET rewind_count = COALESCE(rewind_count, 0) + 1 WHERE id = ?")
            .bind(&id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Some((id, "rewound")))
    }

    pub(super) async fn insert_and_hang<F: Future<Output = ()>>(
        &mut self,
        rows: usize,
        then: impl FnOnce(String) -> F,
    ) -> Result<()> {
        let project = &self.projects[self.rng.below(self.projects.len())];
        let ask = Kind::Cli.ask(&mut self.rng, project);
        let session = Kind::Cli.session(&mut self.rng, project, self.now, self.prompt_bytes);
        let story =
            story::tell(&mut self.rng, project, &ask, rows, Ending::Answered, (Vec::new(), Vec::new()));
        let mut transaction = self.state.begin_with("BEGIN IMMEDIATE").await?;
        state::insert_session(&mut transaction, &session, Totals::default()).await?;
        for row in &story.messages {
            state::insert_message(&mut transaction, &session.id, row, stamp::real(self.now), false).await?;
            state::count_message(&mut transaction, &session.id, row.calls).await?;
        }
        then(session.id).await;
        transaction.rollback().await?;
        Ok(())
    }
}

/// Writes the next row of a session, with its count, in one transaction.
async fn append(db: &mut SqliteConnection, open: &mut Open, now: Time) -> Result<()> {
    if let Some(row) = open.rows.pop_front() {
        let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
        state::insert_message(&mut transaction, &open.id, &row, stamp::real(now), false).await?;
        state::count_message(&mut transaction, &open.id, row.calls).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Inserts rows again, under new ids and with new times.
async fn copy(db: &mut SqliteConnection, session: &str, (from, to): (i64, i64), now: f64) -> Result<()> {
    sqlx::query(
        "INSERT INTO messages (session_id, role, content, tool_call_id, tool_calls, tool_name, timestamp, finish_reason, \
         reasoning, reasoning_content) SELECT session_id, role, content, tool_call_id, tool_calls, tool_name, \
         ? + 1e-6 * row_number() OVER (ORDER BY id), finish_reason, reasoning, reasoning_content FROM messages \
         WHERE session_id = ? AND compacted = 1 AND id BETWEEN ? AND ? ORDER BY id",
    )
    .bind(now)
    .bind(session)
    .bind(from)
    .bind(to)
    .execute(db)
    .await?;
    Ok(())
}
