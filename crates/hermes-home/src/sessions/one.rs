//! Reading one session: its row, what is new of its messages, what else is told of it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use futures::TryStreamExt as _;
use serde_json::Value;

use super::{Reader, Stopped, state_name};
use crate::{
    links::Dump,
    session::{
        fold::{Fold, card},
        happening::Happening,
        link::{self, Link, Role},
        message::{self, Message},
        outcome,
        row::{self, SessionRow},
        state::{SHAPE, SessionState, Told},
        tell::Teller,
    },
    table::query,
};

/// Why a session is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Its row may have changed.
    Look,
    /// It has rows that were not read, or was silent for long.
    News,
    /// Something else told more of it.
    Again,
}

/// What became of reading one session.
#[derive(Default)]
pub(super) struct Read {
    pub(super) print: u64,
    pub(super) new: bool,
    pub(super) rows: u64,
    pub(super) open: Option<DateTime<Utc>>,
    /// What is not known yet of whose work it is.
    pub(super) waits: Option<Waits>,
    /// Whether the agent has deleted it.
    pub(super) gone: bool,
    /// Whether nothing was read: what it is part of has to be read first.
    pub(super) doubtful: bool,
}

/// What is not known yet of whose work a session is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Waits {
    Card,
    Execution,
}

impl Reader<'_, '_, '_> {
    /// Reads what is new of a session and tells it. Nothing where nothing is. `sure` says that boards, executions and
    /// parents were read since the session was first seen.
    pub(super) async fn session(
        &mut self,
        id: &str,
        seen: Option<u64>,
        why: Why,
        sure: bool,
    ) -> Result<Option<Read>, Stopped> {
        self.pass.work.session_rows += 1;
        let Some(row) = row::by_id(self.conn, &self.sessions, id).await? else {
            if id.contains(char::REPLACEMENT_CHARACTER) {
                self.pass.notes.skip(format!("{} sessions.id={id}", self.cx.path), "the id is no UTF-8 text");
            }
            return self.gone(id).await;
        };
        if why == Why::Look && seen == Some(row.print) {
            return Ok(None);
        }
        let again = why == Why::Again;
        let name = state_name(self.cx.profile, id);
        let stored = self.pass.stored(&name).await.map_err(Stopped::Sink)?;
        let before = stored.and_then(|value| serde_json::from_value::<SessionState>(value).ok());
        let before = before.filter(|state| state.shape == SHAPE);
        let same = before.as_ref().filter(|state| state.generation == self.generation);
        let new = before.is_none();
        if new && !sure && self.is_doubtful(&row).await? {
            return Ok(Some(Read { doubtful: true, ..Read::default() }));
        }
        let mut state = self.state(&row, before.clone());
        let mut happened = Vec::new();
        // What another database held of it was counted; what of this one is new to it is not known.
        let read_until = match (&before, same) {
            (_, Some(state)) => state.last_id,
            (Some(_), None) => i64::MAX,
            (None, None) => 0,
        };
        let rows = self.rows(&row, &mut state, read_until, &mut happened).await?;
        if state.rows == 0 {
            // Nobody has said anything yet.
            return Ok(None);
        }
        if new || again || state.link == Link::default() || state.link.role == Role::Own {
            self.link(&row, &mut state).await?;
        }
        let dumped = self.dump(&row, &mut state, &mut happened);
        let verified = self.cx.evidence.add(&row.id, &mut state, &mut happened, self.pass.now);
        state.clues.root = self.cx.evidence.root(&row.id).map(ToOwned::to_owned).or(state.clues.root);
        let time = state.open && self.pass.now - state.last_seen() > outcome::SILENCE;
        let moved = before.as_ref().is_some_and(|before| before.link != state.link);
        if new
            || again
            || moved
            || rows > 0
            || dumped
            || verified
            || time
            || state.row != row.print
            || seen.is_none()
        {
            if new {
                self.clues(&row, &mut state).await?;
            }
            state.row = row.print;
            state.clues.words(&[row.title.as_deref(), state.opener.as_deref()]);
            let mut teller = Teller { pass: self.pass, profile: self.cx.profile, projects: self.cx.projects };
            teller.tell(&row, &mut state, happened);
            if before.as_ref() != Some(&state) {
                let value = serde_json::to_value(&state).unwrap_or(Value::Null);
                self.pass.cursor(name, value);
            }
        }
        let open = state.open.then(|| state.last_seen());
        let own = state.link.role == Role::Own;
        let waits = match (card(&state).is_some(), link::job(id).is_some()) {
            (true, _) if own || state.own_run => Some(Waits::Card),
            (_, true) if own => Some(Waits::Execution),
            _ => None,
        };
        Ok(Some(Read { print: row.print, new, rows, open, waits, ..Read::default() }))
    }

    /// A session that is not there any more. What it did stays; were it at work, it is called off.
    async fn gone(&mut self, id: &str) -> Result<Option<Read>, Stopped> {
        let name = state_name(self.cx.profile, id);
        let stored = self.pass.stored(&name).await.map_err(Stopped::Sink)?;
        let Some(mut state) = stored.and_then(|value| serde_json::from_value::<SessionState>(value).ok())
        else {
            return Ok(None);
        };
        if state.open {
            state.open = false;
            let mut teller = Teller { pass: self.pass, profile: self.cx.profile, projects: self.cx.projects };
            teller.tell_gone(id, &mut state);
            self.pass.cursor(name, serde_json::to_value(&state).unwrap_or(Value::Null));
        }
        Ok(Some(Read { gone: true, ..Read::default() }))
    }

    /// What is remembered of the session; where somebody took rows back, it is read anew.
    fn state(&self, row: &SessionRow, before: Option<SessionState>) -> SessionState {
        let fresh = |told| SessionState {
            shape: SHAPE,
            generation: self.generation,
            rewinds: row.rewinds,
            parent: row.parent().map(ToOwned::to_owned),
            helper: row.is_helper(),
            started_at: row.started_at,
            told,
            ..SessionState::default()
        };
        match before {
            Some(state) if state.rewinds == row.rewinds && state.generation == self.generation => state,
            Some(state) => SessionState {
                link: state.link,
                run: state.run,
                own_run: state.own_run,
                told_created: state.told_created,
                told_started: state.told_started,
                events: state.events,
                dump: state.dump,
                clues: state.clues,
                repository: state.repository,
                first_branch: state.first_branch,
                told_product: state.told_product,
                told_guess: state.told_guess,
                told_attention: state.told_attention,
                copied_until: if state.generation == self.generation { state.copied_until } else { 0 },
                verified: state.verified,
                ..fresh(state.told)
            },
            None => fresh(Told::default()),
        }
    }

    /// The last row that a child was given of its parent's when it was branched off, or when its parent was compacted
    /// into it: rows at its beginning that its parent has, too, whatever time they bear.
    async fn copied(&mut self, row: &SessionRow) -> Result<i64, Stopped> {
        let Some(parent) = row.parent() else { return Ok(0) };
        let sql = message::select(&self.messages);
        let mut theirs = HashSet::new();
        let mut found = query(sql.clone()).bind(parent.to_owned()).bind(0_i64).fetch(&mut *self.conn);
        while let Some(row) = found.try_next().await? {
            theirs.extend(Message::of(&row).map(|message| message.print()));
        }
        drop(found);
        let mut last = 0;
        let mut found = query(sql).bind(row.id.clone()).bind(0_i64).fetch(&mut *self.conn);
        while let Some(row) = found.try_next().await? {
            let Some(message) = Message::of(&row) else { continue };
            if !message.is_summary() && !theirs.contains(&message.print()) {
                break;
            }
            last = message.id;
        }
        Ok(last)
    }

    /// Folds the rows after the last one that the state has. Those up to `read_until` were told before.
    async fn rows(
        &mut self,
        row: &SessionRow,
        state: &mut SessionState,
        read_until: i64,
        happened: &mut Vec<Happening>,
    ) -> Result<u64, Stopped> {
        let before = state.rows;
        if before == 0 && row.parent().is_some() && !row.is_helper() {
            state.copied_until = self.copied(row).await?;
        }
        let copied_until = state.copied_until;
        let mut fold = Fold {
            state,
            agents: &mut self.did,
            notes: &mut self.pass.notes,
            happened,
            path: self.cx.path,
            model: row.model.as_deref(),
            copied: false,
            again: false,
        };
        let sql = message::select(&self.messages);
        let mut found = query(sql).bind(row.id.clone()).bind(fold.state.last_id).fetch(&mut *self.conn);
        while let Some(row) = found.try_next().await? {
            self.pass.work.message_rows += 1;
            let Some(message) = Message::of(&row) else { continue };
            fold.again = message.id <= read_until;
            fold.copied = message.id <= copied_until;
            fold.add(message);
        }
        Ok(state.rows - before)
    }

    /// What tells the product: asked for once, when the session is new.
    async fn clues(&mut self, row: &SessionRow, state: &mut SessionState) -> Result<(), Stopped> {
        let prompt = row::prompt_clues(self.conn, &self.sessions, &row.id).await?;
        let from_commands = std::mem::take(&mut state.clues.folders);
        for folder in [row.cwd.clone(), row.git_repo_root.clone(), prompt.root.clone(), prompt.cwd] {
            state.clues.folder(folder);
        }
        from_commands.into_iter().for_each(|folder| state.clues.folder(Some(folder)));
        state.repository = row.git_repo_root.clone().or(prompt.root);
        state.first_branch = row.git_branch.clone().or(prompt.branch);
        Ok(())
    }

    /// A model call of the session's that failed for good.
    fn dump(&mut self, row: &SessionRow, state: &mut SessionState, happened: &mut Vec<Happening>) -> bool {
        let Some(Dump { local, written_at, reason }) = self.cx.dumps.get(&row.id) else { return false };
        let at = crate::dumps::in_utc(*local, &row.id, row.started_at, *written_at);
        if state.dump.as_ref().is_some_and(|(known, _)| *known >= at) {
            return false;
        }
        state.dump = Some((at, reason.clone()));
        state.events += 1;
        self.did.core(false, at);
        if let Some(model) = &row.model {
            self.did.model(model, false, at);
        }
        happened.push(crate::dumps::event(at, reason));
        true
    }
}
