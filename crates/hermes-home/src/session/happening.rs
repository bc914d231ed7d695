//! Something that a session's rows tell, before it is known whose task it belongs to.

use chrono::{DateTime, Utc};
use domain::{
    event::{Event, EventLevel, EventType, Metadata},
    telemetry::Body,
};

use crate::ids;

/// An event without its task.
#[derive(Debug, Clone)]
pub(crate) struct Happening {
    /// What makes it one event among those of its session.
    key: String,
    /// When what was told of it before was told, if this is the better account of the same.
    instead: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
    event_type: EventType,
    level: EventLevel,
    text: String,
    pub(crate) tool: Option<String>,
    pub(crate) command: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) metadata: Option<Metadata>,
}

impl Happening {
    pub(crate) fn new(
        key: String,
        at: DateTime<Utc>,
        event_type: EventType,
        level: EventLevel,
        text: String,
    ) -> Self {
        let (tool, command, url, metadata) = (None, None, None, None);
        Self { key, instead: None, at, event_type, level, text, tool, command, url, metadata }
    }

    /// Makes it the better account of an event that bears the same key and that time, whichever is told first.
    pub(crate) fn instead(mut self, of: DateTime<Utc>) -> Self {
        self.instead = Some(of);
        self
    }

    /// A fact beside it.
    pub(crate) fn with(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.metadata.get_or_insert_default().insert(name.to_owned(), value.into());
        self
    }

    /// Marks it as what we took from a text rather than read.
    pub(crate) fn inferred(self) -> Self {
        self.with("inferred", true)
    }

    /// The line that tells it: id, time, body. `scope` is what its key is unique in.
    pub(crate) fn line(self, scope: &str, task: &str, of: Option<&str>) -> (String, DateTime<Utc>, Body) {
        let id = ids::join(&[scope, &self.key]);
        let mut metadata = self.metadata;
        if let Some(session) = of {
            metadata.get_or_insert_default().insert("session".to_owned(), session.into());
        }
        let event = Event {
            id: ids::event(&id),
            task_id: ids::task(task),
            timestamp: self.at,
            level: self.level,
            event_type: self.event_type,
            message: self.text,
            metadata,
            tool_name: self.tool,
            command: self.command,
            artifact_url: self.url,
        };
        // Of two accounts the one with the later time, then the greater id of its line counts.
        let (line, at) = match self.instead {
            Some(at) => (ids::join(&[&id, "better"]), at.max(self.at)),
            None => (id, self.at),
        };
        (line, at, Body::Event(Box::new(event), None))
    }
}
