//! The event: something that happened to a task. The brief's `HermesEvent`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    id::{EventId, TaskId},
    patch::{Visit, Visitor},
    stamp::Stamp,
};

string_enum! {
    /// How an event is to be read.
    pub enum EventLevel as "event level" {
        Debug = "debug", "Debug";
        Info = "info", "Info";
        Warn = "warn", "Warning";
        Error = "error", "Error";
        Success = "success", "Success";
    }
}

string_enum! {
    /// What kind of thing happened.
    pub enum EventType as "event type" {
        Created = "created", "Created";
        Planned = "planned", "Planned";
        Started = "started", "Started";
        ToolCalled = "tool-called", "Tool called";
        CommandExecuted = "command-executed", "Command executed";
        FileChanged = "file-changed", "File changed";
        TestRun = "test-run", "Test run";
        Error = "error", "Error";
        Retry = "retry", "Retry";
        Blocked = "blocked", "Blocked";
        Completed = "completed", "Completed";
        Deployment = "deployment", "Deployment";
        PrCreated = "pr-created", "Pull request created";
        MemorySuggested = "memory-suggested", "Memory suggested";
    }
}

/// Free facts of an event: exit code, duration, output and whatever else a source has.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// Something that happened to a task. Events do not change; of two lines that tell the same event, the one with
/// the later stamp counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The event's identity.
    pub id: EventId,
    /// The task it happened to.
    pub task_id: TaskId,
    /// When it happened, as told.
    pub timestamp: DateTime<Utc>,
    /// How it is to be read.
    pub level: EventLevel,
    /// What kind of thing happened.
    pub event_type: EventType,
    /// What happened, in words.
    pub message: String,
    /// Free facts: exit code, duration, output …
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Metadata>,
    /// The tool that was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<String>,
    /// The command that ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Where what came out of it can be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_url: Option<String>,
}

/// An event with the line that told it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// When it happened for ordering, and by which line.
    #[serde(rename = "_s")]
    pub stamp: Stamp,
}

impl Visit for Event {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.time(&mut self.timestamp);
        visitor.text(&mut self.message);
        let optional = [&mut self.tool_name, &mut self.command, &mut self.artifact_url];
        optional.into_iter().flatten().for_each(|text| visitor.text(text));
        self.metadata.iter_mut().flat_map(|map| map.iter_mut()).for_each(|(_, value)| value.visit(visitor));
    }
}

impl Visit for serde_json::Value {
    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Self::String(text) => visitor.text(text),
            Self::Array(values) => values.iter_mut().for_each(|value| value.visit(visitor)),
            Self::Object(map) => map.iter_mut().for_each(|(_, value)| value.visit(visitor)),
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
        }
    }
}
