//! What a row of messages adds to a session, and the events that follow from it.
//!
//! Rows are folded in the order of their ids, each once; what follows depends on the rows alone, not on when they
//! were read. A call counts once however often compaction wrote its rows again.

use chrono::{DateTime, Utc};
use domain::event::{EventLevel, EventType, Metadata};
use serde_json::json;

use super::{
    calls,
    happening::Happening,
    link,
    message::{Message, Role},
    results,
    state::{Last, LastKind, Pending, SessionState},
    tool::{self, Call, clip, short},
};
use crate::{agents::Agents, command, hash, pass::Notes};

/// How much of an answer is kept, in bytes.
const ANSWER: usize = 8 * 1024;

/// How much of what was asked for is kept, in bytes.
const QUESTION: usize = 2 * 1024;

/// How much of a command is kept, in bytes.
const COMMAND: usize = 8 * 1024;

/// Turns that are remembered, so that a copy of one makes no second event.
const MOST_TURNS: usize = 4_000;

/// What the agent puts in the place of the user when it stops at its limit of turns.
const TURN_LIMIT: &str = "You've reached the maximum number of tool-calling iterations";

/// Answers that are no ends: the agent goes on after them, and repeats them when it is done.
const NO_ENDS: [&str; 3] = ["verification_required", "verify_hook_continue", "kanban_terminal_required"];

/// What rows add up to.
pub(crate) struct Fold<'a> {
    pub(crate) state: &'a mut SessionState,
    pub(crate) agents: &'a mut Agents,
    pub(crate) notes: &'a mut Notes,
    pub(crate) happened: &'a mut Vec<Happening>,
    /// The database's path within the home, for notes.
    pub(crate) path: &'a str,
    /// The model that answers.
    pub(crate) model: Option<&'a str>,
    /// Whether the row is a copy of another session's: it tells how this one stands, but nothing happened by it.
    pub(crate) copied: bool,
    /// Whether the row was read before, and is read again because others were taken back.
    pub(crate) again: bool,
}

impl Fold<'_> {
    /// Adds a row.
    pub(crate) fn add(&mut self, message: Message) {
        self.state.last_id = self.state.last_id.max(message.id);
        self.state.rows += 1;
        self.state.last_at = self.state.last_at.max(message.at);
        if message.is_summary() {
            return;
        }
        match &message.role {
            Role::User => self.user(&message),
            Role::Assistant => self.assistant(&message),
            Role::Tool => self.tool(&message),
            Role::Meta => {}
            Role::Other(word) => {
                self.notes.unknown(&format!("{} messages.role", self.path), word, message.at);
            }
        }
    }

    fn user(&mut self, message: &Message) {
        let limit = message.content.starts_with(TURN_LIMIT);
        self.state.at_limit = limit;
        if !limit {
            self.state.asked = hash::of(message.content.as_bytes());
            self.state.began.get_or_insert_with(|| short(&message.content));
            if message.stands && self.state.opener.is_none() && !message.content.trim().is_empty() {
                self.state.opener = Some(clip(message.content.trim(), QUESTION));
            }
        }
        let kind = if limit { LastKind::TurnLimit } else { LastKind::Asked };
        self.last(kind, message, "");
    }

    fn assistant(&mut self, message: &Message) {
        self.state.answered_at = match (self.state.answered_at, message.at) {
            (Some(known), Some(at)) => Some(known.min(at)),
            (known, at) => known.or(at),
        };
        let calls = match message.tool_calls.as_deref().map(tool::calls) {
            None => Vec::new(),
            Some(Ok(calls)) => calls,
            Some(Err(error)) => {
                let place = format!("{} messages.id={} tool_calls", self.path, message.id);
                self.notes.skip(place, format!("no list of calls: {error}"));
                Vec::new()
            }
        };
        let called = !calls.is_empty();
        for call in calls {
            self.called(call, message.at);
        }
        if !called && message.content.trim().is_empty() && message.finish.is_none() {
            return;
        }
        match message.finish.as_deref() {
            _ if called => self.last(LastKind::Called, message, ""),
            Some(word) if NO_ENDS.contains(&word) => {}
            Some("stop") => self.answered(message),
            // Calls that were not understood are calls all the same.
            Some("tool_calls") => self.last(LastKind::Called, message, ""),
            Some("length" | "content_filter" | "incomplete") => {
                self.last(LastKind::CutOff, message, &message.content);
            }
            // Copies of answers lose their reason to finish.
            None if self.copied => self.answered(message),
            None => {
                let limit =
                    self.state.at_limit || message.content.starts_with("I reached the iteration limit");
                let kind = if limit { LastKind::TurnLimit } else { LastKind::Interrupted };
                self.stopped(kind, message);
            }
            Some(word) => {
                self.notes.unknown(&format!("{} messages.finish_reason", self.path), word, message.at);
                self.answered(message);
            }
        }
    }

    /// The model was done with a turn.
    fn answered(&mut self, message: &Message) {
        self.last(LastKind::Answered, message, &message.content);
        let text = short(&message.content);
        let text = if text.is_empty() { "Finished without a word".to_owned() } else { text };
        self.turn(message, EventType::Completed, EventLevel::Success, text);
    }

    fn stopped(&mut self, kind: LastKind, message: &Message) {
        self.last(kind, message, &message.content);
        let text = match kind {
            LastKind::TurnLimit => "Stopped at the limit of turns".to_owned(),
            _ => format!("Interrupted: {}", short(&message.content)),
        };
        self.turn(message, EventType::Error, EventLevel::Error, text);
    }

    /// An event for the end of a turn. Question and answer tell one from another: a copy that compaction made has
    /// another row, another time, but the same words.
    fn turn(&mut self, message: &Message, event_type: EventType, level: EventLevel, text: String) {
        let turn = hash::of(format!("{:x}\n{}", self.state.asked, message.content).as_bytes());
        let Some(at) = message.at else { return };
        if self.state.turns.contains(&turn) || self.state.turns.len() >= MOST_TURNS {
            return;
        }
        if self.copied {
            return;
        }
        self.state.turns.push(turn);
        if !self.again {
            self.agents.core(event_type == EventType::Completed, at);
            if let Some(model) = self.model {
                self.agents.model(model, true, at);
            }
        }
        self.happened.push(Happening::new(format!("turn:{turn:016x}"), at, event_type, level, text));
    }

    fn called(&mut self, call: Call, at: Option<DateTime<Utc>>) {
        if !self.state.calls.note(&call.id, calls::ASKED) {
            return;
        }
        let what = call.what();
        let command = call.command().map(ToOwned::to_owned);
        self.state.last_action = Some(what.clone());
        if let Some(text) = &command {
            self.state.clues.folder(command::folder(text));
        }
        let again = command.as_deref().map(|text| hash::of(text.as_bytes()));
        let again =
            again.is_some_and(|print| self.state.failures.iter().any(|failed| failed.command == print));
        if let Some(at) = at {
            if again {
                self.state.retries += 1;
                let key = format!("call:{}:0-retry", call.id);
                let text = format!("Tried again: {what}");
                let mut event = Happening::new(key, at, EventType::Retry, EventLevel::Warn, text);
                event.command.clone_from(&command);
                self.push_of(&call.id, event);
            }
            let key = format!("call:{}:1-asked", call.id);
            let mut event = Happening::new(key, at, EventType::ToolCalled, EventLevel::Info, what.clone());
            event.tool = Some(call.name.clone());
            event.command.clone_from(&command);
            event.metadata = Some(arguments(&call));
            // How it comes out is told by what follows; see `domain::facts::work`.
            let event = event.with("call", "asked");
            self.push_of(&call.id, event);
        }
        let path = call.path().map(short);
        let print = command.as_deref().map_or(0, |text| hash::of(text.as_bytes()));
        let command = command.map(|text| clip(&text, COMMAND));
        self.state.wait_for(Pending { id: call.id, tool: call.name, what, command, print, path, at });
    }

    fn tool(&mut self, message: &Message) {
        self.last(LastKind::Returned, message, "");
        let Some(id) = &message.tool_call_id else { return };
        let pending = self.state.take_pending(id);
        if !self.state.calls.note(id, calls::ANSWERED) {
            return;
        }
        results::add(self, id, pending, message);
    }

    /// An event that follows from a call.
    pub(super) fn push_of(&mut self, call: &str, event: Happening) {
        if !self.copied {
            self.state.calls.event(call);
            self.happened.push(event);
        }
    }

    /// How the session stands by this row, unless it was taken back.
    fn last(&mut self, kind: LastKind, message: &Message, text: &str) {
        if message.stands {
            self.state.last = Some(Last { kind, at: message.at, text: clip(text.trim(), ANSWER) });
        }
    }
}

/// The arguments of a call, bounded.
fn arguments(call: &Call) -> Metadata {
    const MOST: usize = 4 * 1024;
    let text = call.arguments.to_string();
    let value = if text.len() > MOST { json!(clip(&text, MOST)) } else { call.arguments.clone() };
    let mut metadata = Metadata::new();
    metadata.insert("arguments".to_owned(), value);
    metadata
}

/// The card that the session was started for.
pub(crate) fn card(state: &SessionState) -> Option<&str> {
    state.began.as_deref().and_then(link::card)
}
