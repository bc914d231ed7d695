//! Whose work a session is.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Reader, Stopped};
use crate::{
    projects::Clues,
    session::{
        fold::card,
        link::{self, Link, Role},
        row::{self, SessionRow},
        state::SessionState,
        tell::{own_task, scope},
    },
    table::{Cells, query},
};

/// How many generations of parents are followed.
const GENERATIONS: usize = 32;

/// How long before a look at most a session began that may be newer than what was read before it in the same look.
const YOUNG: TimeDelta = TimeDelta::minutes(10);

impl Reader<'_, '_, '_> {
    /// Whether a new session may be part of something that is newer than what was read of it in this look: boards and
    /// executions are read first, and a card may be claimed, and its worker begin, right after.
    pub(super) async fn is_doubtful(&mut self, row: &SessionRow) -> Result<bool, Stopped> {
        if row.started_at.is_none_or(|at| self.pass.now - at > YOUNG) {
            return Ok(false);
        }
        let part = row.parent().is_some() || link::job(&row.id).is_some();
        Ok(part || link::card(&self.opener(&row.id).await?).is_some())
    }

    /// What a session was asked for first.
    async fn opener(&mut self, id: &str) -> Result<String, Stopped> {
        let sql = format!(
            "{} where session_id = ? and role = 'user' order by id limit 1",
            self.messages.select(&["content"])
        );
        let opener = query(sql).bind(id.to_owned()).fetch_optional(&mut *self.conn).await?;
        Ok(opener.as_ref().and_then(|row| Cells(row).text(0)).unwrap_or_default())
    }

    /// Whose work the session is.
    pub(super) async fn link(&mut self, row: &SessionRow, state: &mut SessionState) -> Result<(), Stopped> {
        let own = scope(self.cx.profile, &row.id);
        if let Some(parent) = state.parent.clone() {
            let role = if state.helper { Role::Helps } else { Role::Continues };
            if let Some((task, decides)) = self.root(&parent).await? {
                let role = if decides {
                    role
                } else if role == Role::Continues {
                    Role::Works
                } else {
                    role
                };
                state.link = Link { task, role };
                state.run = own;
                state.own_run = true;
                return Ok(());
            }
        }
        let opener = card(state).map(ToOwned::to_owned);
        let (link, run) = self.direct(&row.id, opener.as_deref(), state.started_at, Some(&mut state.clues));
        if link.role == Role::Own && state.link != Link::default() && state.link.role != Role::Own {
            // A board that cannot be read now, or an execution that was pruned, takes nothing back.
            return Ok(());
        }
        state.link = link;
        state.own_run = run.is_none();
        state.run = run.unwrap_or(own);
        Ok(())
    }

    /// The task of a session that is nobody's child.
    fn direct(
        &self,
        id: &str,
        card: Option<&str>,
        started_at: Option<DateTime<Utc>>,
        clues: Option<&mut Clues>,
    ) -> (Link, Option<String>) {
        let named = self.cx.cards.workers.get(id);
        let card = named.map(|(card, _)| card.as_str()).or(card).and_then(|id| self.cx.cards.by_id.get(id));
        if let Some(card) = card {
            let run = card.run(named.map(|(_, run)| *run), started_at).map(ToOwned::to_owned);
            return (Link { task: card.task.clone(), role: Role::Works }, run);
        }
        let execution = started_at.and_then(|at| self.cx.executions.of(link::job(id)?, at));
        if let Some(execution) = execution {
            if let Some(clues) = clues {
                clues.weaker(&execution.clues);
            }
            let link = Link { task: execution.task.clone(), role: Role::Works };
            return (link, Some(execution.run.clone()));
        }
        (Link { task: own_task(self.cx.profile, id), role: Role::Own }, None)
    }

    /// The task of the eldest of a session's parents, and whether that session decides how the task stands. Read from
    /// the rows, because parents may not have been read yet. Nothing where the parent is gone.
    async fn root(&mut self, parent: &str) -> Result<Option<(String, bool)>, Stopped> {
        let mut id = parent.to_owned();
        for _ in 0..GENERATIONS {
            self.pass.work.session_rows += 1;
            let Some(row) = row::by_id(self.conn, &self.sessions, &id).await? else {
                return Ok(None);
            };
            if let Some(parent) = row.parent() {
                parent.clone_into(&mut id);
                continue;
            }
            let opener = self.opener(&id).await?;
            let (link, _) = self.direct(&id, link::card(&opener), row.started_at, None);
            return Ok(Some((link.task, link.role == Role::Own)));
        }
        Ok(None)
    }
}
