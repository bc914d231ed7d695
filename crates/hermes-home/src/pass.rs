//! One pass over a home: what it found so far, on its way to the sink.

use std::{collections::BTreeMap, time::SystemTime};

use chrono::{DateTime, Utc};
use domain::{
    source::{MAX_LISTED, Skipped, UnknownKind},
    telemetry::Body,
};
use ingest::Draft;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    entities::Entities,
    ids,
    session::tool::clip,
    sink::{Sink, SinkError, Taken},
    work::Work,
};

/// Lines that go to the sink at once. A session's lines stay together with its cursor, so it may be more.
const ENOUGH: usize = 2_000;

/// How much of a place or a reason is told, in bytes.
const PLACE: usize = 500;

/// How much of a word that is not known is told, in bytes.
const WORD: usize = 80;

/// What a pass collects.
pub(crate) struct Pass<'a> {
    /// The time of the pass.
    pub(crate) now: DateTime<Utc>,
    /// What the ledger was told of each thing.
    pub(crate) entities: &'a mut Entities,
    /// What reading cost.
    pub(crate) work: &'a mut Work,
    /// What could not be read in this pass.
    pub(crate) notes: Notes,
    /// Whether a thing must be told again although it stands as it stood.
    pub(crate) raised: bool,
    /// How many of the lines were new.
    pub(crate) taken: Taken,
    sink: &'a dyn Sink,
    lines: Vec<Draft>,
    cursors: BTreeMap<String, Value>,
}

/// What could not be read, or not be understood.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Notes {
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) unknown: Vec<UnknownKind>,
}

impl Notes {
    /// Notes a place that was skipped.
    pub(crate) fn skip(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        let (place, reason) = (clip(&place.into(), PLACE), clip(&reason.into(), PLACE));
        self.skipped.push(Skipped { place, reason });
    }

    /// Counts a word that this version does not know.
    pub(crate) fn unknown(&mut self, place: &str, kind: &str, at: Option<DateTime<Utc>>) {
        let kind = &*clip(kind, WORD);
        match self.unknown.iter_mut().find(|known| known.place == place && known.kind == kind) {
            Some(known) => {
                known.count += 1;
                known.last_at = known.last_at.max(at);
            }
            None => self.unknown.push(UnknownKind {
                place: place.to_owned(),
                kind: kind.to_owned(),
                count: 1,
                last_at: at,
            }),
        }
    }

    /// Adds later notes of the same part: a place is named once, a word's rows are added up.
    pub(crate) fn merge(&mut self, later: Self) {
        for skipped in later.skipped {
            self.skipped.retain(|known| known.place != skipped.place);
            if self.skipped.len() < MAX_LISTED {
                self.skipped.push(skipped);
            }
        }
        for word in later.unknown {
            let room = self.unknown.len() < MAX_LISTED;
            match self.unknown.iter_mut().find(|known| known.place == word.place && known.kind == word.kind) {
                Some(known) => {
                    known.count += word.count;
                    known.last_at = known.last_at.max(word.last_at);
                }
                None if room => self.unknown.push(word),
                None => {}
            }
        }
    }

    /// Adds the notes of another part.
    pub(crate) fn append(&mut self, other: Self) {
        self.skipped.extend(other.skipped);
        self.unknown.extend(other.unknown);
    }
}

impl<'a> Pass<'a> {
    pub(crate) fn new(
        now: DateTime<Utc>,
        entities: &'a mut Entities,
        work: &'a mut Work,
        sink: &'a dyn Sink,
    ) -> Self {
        Self {
            now,
            entities,
            work,
            sink,
            notes: Notes::default(),
            raised: false,
            taken: Taken::default(),
            lines: Vec::new(),
            cursors: BTreeMap::new(),
        }
    }

    /// The wall clock as files bear it.
    pub(crate) fn file_time(&self) -> SystemTime {
        self.now.into()
    }

    pub(crate) fn sink(&self) -> &dyn Sink {
        self.sink
    }

    /// A line that says something once and for all: `id` names what it says.
    pub(crate) fn line(&mut self, id: &str, ts: DateTime<Utc>, body: Body) {
        self.lines.push(Draft { id: ids::line(id), ts, body });
    }

    /// A line that says how a thing stands now; nothing where the ledger knows it already. `facts` go with it, for
    /// the report.
    pub(crate) fn state(&mut self, entity: &str, ts: DateTime<Utc>, body: Body, facts: Value) {
        if let Some((id, ts, cursor)) = self.entities.told(entity, ts, &body, facts) {
            self.line(&id, ts, body);
            self.cursors.insert(cursor.0, cursor.1);
        }
    }

    /// Whoever says how that task stands is to say so again, no earlier than `at`.
    pub(crate) fn raise(&mut self, task: &str, at: DateTime<Utc>) {
        if let Some((name, cursor)) = self.entities.raise(&owner(task), at) {
            self.raised = true;
            self.cursors.insert(name, cursor);
        }
    }

    /// The cursor of that name: one that is still to be stored, else the stored one.
    pub(crate) async fn stored(&self, name: &str) -> Result<Option<Value>, SinkError> {
        match self.cursors.get(name) {
            Some(value) => Ok(Some(value.clone())),
            None => self.sink.cursor(name).await,
        }
    }

    /// A cursor that is stored with the lines before it.
    pub(crate) fn cursor(&mut self, name: String, value: Value) {
        self.cursors.insert(name, value);
    }

    /// Whether enough was collected to be handed over.
    pub(crate) fn is_full(&self) -> bool {
        self.lines.len() >= ENOUGH
    }

    /// Hands over what was collected.
    pub(crate) async fn flush(&mut self) -> Result<(), SinkError> {
        if self.lines.is_empty() && self.cursors.is_empty() {
            return Ok(());
        }
        let (lines, cursors) = (std::mem::take(&mut self.lines), std::mem::take(&mut self.cursors));
        let cursors = cursors.into_iter().collect();
        let taken = self.sink.take(lines, cursors).await?;
        self.taken.accepted += taken.accepted;
        self.taken.known += taken.known;
        Ok(())
    }
}

/// The name of the thing that says how a task stands: a card, an execution of a job. Lines are named after it, and at
/// equal times the greater name decides: `task:` comes after `session:`.
pub(crate) fn owner(task: &str) -> String {
    format!("task:{task}")
}
