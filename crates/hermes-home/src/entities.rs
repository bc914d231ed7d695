//! What the ledger was last told of each thing that has a state: a card, a job, a project, a worker.
//!
//! A thing that stands as it stood is not told again. One that changed is told with a higher revision in the line's
//! id, and never with an earlier time, so the ledger orders the two as they were seen, although many of the agent's
//! rows do not say when they changed.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};
use domain::telemetry::Body;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    hash,
    sink::{Sink, SinkError},
};

/// How cursors of things are named: `hermes-home/entity/…`.
const PREFIX: &str = "hermes-home/entity/";

/// Cursors that are loaded at once.
const PAGE: usize = 1_000;

/// What the ledger knows of every thing.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    known: BTreeMap<String, Entity>,
    /// What was told once and for all in this process. Told again in the next one, it is known to the ledger.
    once: HashSet<u64>,
}

/// What the ledger knows of one thing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Entity {
    /// How often it was told.
    #[serde(rename = "r")]
    revision: u32,
    /// Fingerprint of what was told last.
    #[serde(rename = "f")]
    print: u64,
    /// When that was, as ordered.
    #[serde(rename = "t", with = "chrono::serde::ts_microseconds")]
    at: DateTime<Utc>,
    /// What the reader wants to know of it again.
    #[serde(rename = "x", default, skip_serializing_if = "Value::is_null")]
    pub(crate) facts: Value,
}

impl Entities {
    /// What the sink has.
    pub(crate) async fn load(sink: &dyn Sink) -> Result<Self, SinkError> {
        let mut entities = Self::default();
        let mut after: Option<String> = None;
        loop {
            let page = sink.cursors(PREFIX, after.as_deref(), PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(entities) };
            after = Some(last.clone());
            for (name, value) in page {
                // One of another version is told anew.
                if let Ok(entity) = serde_json::from_value(value) {
                    entities.known.insert(name[PREFIX.len()..].to_owned(), entity);
                }
            }
        }
    }

    /// The line id, time and cursor with which to tell how a thing stands; nothing where that is known.
    pub(crate) fn told(
        &mut self,
        name: &str,
        ts: DateTime<Utc>,
        body: &Body,
        facts: Value,
    ) -> Option<(String, DateTime<Utc>, (String, Value))> {
        let print = print(body);
        let known = self.known.get(name);
        if known.is_some_and(|known| known.print == print && known.facts == facts && known.at >= ts) {
            return None;
        }
        let revision = known.map_or(0, |known| known.revision) + 1;
        let at = known.map_or(ts, |known| known.at.max(ts));
        let entity = Entity { revision, print, at, facts };
        let cursor = (format!("{PREFIX}{name}"), serde_json::to_value(&entity).unwrap_or_default());
        self.known.insert(name.to_owned(), entity);
        Some((line_id(name, revision), at, cursor))
    }

    /// Whether something that never changes was not told in this process yet.
    pub(crate) fn once(&mut self, name: &str) -> bool {
        self.once.insert(hash::of(name.as_bytes()))
    }

    /// Whether the ledger was told of that thing.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }

    /// What the reader wanted to know of a thing again; nothing where the ledger was not told of it.
    pub(crate) fn facts(&self, name: &str) -> Option<&Value> {
        self.known.get(name).map(|known| &known.facts)
    }

    /// Has a thing told again, no earlier than `at`: in another process, too. Its cursor, if there is such a thing.
    pub(crate) fn raise(&mut self, name: &str, at: DateTime<Utc>) -> Option<(String, Value)> {
        let entity = self.known.get_mut(name)?;
        entity.print = 0;
        entity.at = entity.at.max(at);
        Some((format!("{PREFIX}{name}"), serde_json::to_value(&*entity).unwrap_or_default()))
    }

    /// The things whose names begin with `prefix`, with the rest of their names.
    pub(crate) fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a Entity)> {
        let from = self.known.range(prefix.to_owned()..);
        from.map_while(move |(name, entity)| name.strip_prefix(prefix).map(|rest| (rest, entity)))
    }
}

/// The id of a line that says how a thing stands. Revisions are written so that the later one is the greater text.
pub(crate) fn line_id(name: &str, revision: u32) -> String {
    crate::ids::join(&[name, &format!("{revision:08}")])
}

/// The fingerprint of what a line says of a row.
pub(crate) fn print(body: &Body) -> u64 {
    match body {
        Body::Product(id, patch) => hash::of_json(&(id, patch)),
        Body::Task(id, patch) => hash::of_json(&(id, patch)),
        Body::Run(id, patch) => hash::of_json(&(id, patch)),
        Body::Agent(id, patch) => hash::of_json(&(id, patch)),
        Body::Job(id, patch) => hash::of_json(&(id, patch)),
        Body::Event(event, patch) => hash::of_json(&(event, patch)),
        Body::TaskMerged { from, into } => hash::of_json(&(from, into)),
    }
}
