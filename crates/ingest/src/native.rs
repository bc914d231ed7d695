//! Native telemetry, version 1: one JSON object a line. `docs/telemetry.md` has the format.

mod write;

use chrono::{DateTime, Utc};
use domain::{
    agent::AgentPatch,
    event::{Event, EventLevel, EventType, Metadata},
    id::{AgentId, EventId, JobId, LineId, ProductId, RunId, TaskId},
    job::JobPatch,
    product::ProductPatch,
    run::RunPatch,
    task::{MAX_DURATION_MS, TaskPatch},
    telemetry::{Body, Digest, Telemetry},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

pub use self::write::write_line;
use crate::{Findings, LineError, redact::redact};

/// The longest path of a field that is told, in characters.
const MAX_PATH: usize = 80;

/// The longest reason that is told, in characters.
const MAX_REASON: usize = 300;

#[derive(Deserialize)]
struct WireLine<'a> {
    id: LineId,
    ts: DateTime<Utc>,
    kind: String,
    #[serde(borrow)]
    product: Option<&'a RawValue>,
    #[serde(borrow)]
    task: Option<&'a RawValue>,
    #[serde(borrow)]
    event: Option<&'a RawValue>,
    #[serde(borrow)]
    run: Option<&'a RawValue>,
    #[serde(borrow)]
    agent: Option<&'a RawValue>,
    #[serde(borrow)]
    job: Option<&'a RawValue>,
    #[serde(borrow)]
    merge: Option<&'a RawValue>,
}

/// Two tasks that are one.
#[derive(Deserialize)]
struct WireMerge {
    from: TaskId,
    into: TaskId,
}

#[derive(Deserialize)]
struct Identity<I> {
    id: I,
}

/// An event as it is written; what it leaves out is taken from its line.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireEvent {
    id: Option<EventId>,
    task_id: TaskId,
    timestamp: Option<DateTime<Utc>>,
    level: Option<EventLevel>,
    event_type: EventType,
    message: String,
    metadata: Option<Metadata>,
    tool_name: Option<String>,
    command: Option<String>,
    artifact_url: Option<String>,
}

/// Decodes one line. What is unknown in it is noted in `warnings`; what is wrong in it is the error.
pub(crate) fn decode(
    text: &str,
    digest: Digest,
    number: u64,
    warnings: &mut Findings<LineError>,
) -> Result<Telemetry, LineError> {
    let mut reader = Reader { number, warnings };
    let line: WireLine<'_> = reader.read(text, "")?;
    let body = match line.kind.as_str() {
        "product" => {
            let (id, patch) = reader.row::<ProductId, ProductPatch>("product", line.product)?;
            if id.is_unassigned() {
                let reason = "`unassigned` is reserved for tasks without a product; use another id";
                return Err(reader.error("product.id", reason.to_owned()));
            }
            Body::Product(id, Box::new(patch))
        }
        "task" => {
            let (id, patch) = reader.task(line.task)?;
            Body::Task(id, Box::new(patch))
        }
        "event" => reader.event(&line)?,
        "run" => {
            let (id, patch) = reader.row::<RunId, RunPatch>("run", line.run)?;
            if patch.task_id.value().is_none() {
                return Err(reader.error("run.taskId", "missing; a run belongs to a task".to_owned()));
            }
            Body::Run(id, Box::new(patch))
        }
        "agent" => {
            let (id, patch) = reader.row::<AgentId, AgentPatch>("agent", line.agent)?;
            Body::Agent(id, Box::new(patch))
        }
        "job" => {
            let (id, patch) = reader.row::<JobId, JobPatch>("job", line.job)?;
            Body::Job(id, Box::new(patch))
        }
        "merge" => {
            let Some(json) = line.merge else {
                let reason = "missing; a line of this kind carries it as `merge`";
                return Err(reader.error("merge", reason.to_owned()));
            };
            let WireMerge { from, into } = reader.read(json.get(), "merge")?;
            Body::TaskMerged { from, into }
        }
        other => {
            let other: String = other.chars().take(40).collect();
            let reason =
                format!("`{other}` is not a kind; use product, task, event, run, agent, job or merge");
            return Err(reader.error("kind", reason));
        }
    };
    let others = [
        ("product", line.product.is_some()),
        ("task", line.task.is_some() && line.kind != "event"),
        ("event", line.event.is_some()),
        ("run", line.run.is_some()),
        ("agent", line.agent.is_some()),
        ("job", line.job.is_some()),
        ("merge", line.merge.is_some()),
    ];
    for (field, _) in others.into_iter().filter(|(field, there)| *there && *field != line.kind) {
        reader.warn(field, format!("not read: this line is of kind {}", line.kind));
    }
    Ok(Telemetry { id: line.id, ts: line.ts, digest, body })
}

struct Reader<'w> {
    number: u64,
    warnings: &'w mut Findings<LineError>,
}

impl Reader<'_> {
    fn error(&self, field: &str, reason: String) -> LineError {
        // A path into hostile JSON can be as long as the line, and a reason quotes what stands there.
        let field = field.chars().take(MAX_PATH).collect();
        let reason = redact(&reason).chars().take(MAX_REASON).collect();
        LineError { line: self.number, field, reason }
    }

    fn warn(&mut self, field: &str, reason: String) {
        self.warnings.push(self.error(field, reason));
    }

    /// Reads a JSON object. `place` is where it stands in the line, for the paths of errors and warnings.
    fn read<'a, T: Deserialize<'a>>(&mut self, json: &'a str, place: &str) -> Result<T, LineError> {
        let at = |path: String| match (place, path.as_str()) {
            ("", "" | ".") => "line".to_owned(),
            ("", path) => path.to_owned(),
            (place, "" | ".") => place.to_owned(),
            (place, path) => format!("{place}.{path}"),
        };
        // serde would also take a list of values in the order of the fields.
        if json.trim_start().starts_with('[') {
            return Err(
                self.error(&at(String::new()), "a list; write an object with named fields".to_owned())
            );
        }
        let mut unknown = Vec::new();
        let mut note = |path: serde_ignored::Path<'_>| unknown.push(at(path.to_string()));
        let mut json = serde_json::Deserializer::from_str(json);
        let mut track = serde_path_to_error::Track::new();
        let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
        let value = serde_ignored::deserialize(tracked, &mut note);
        let value = value.and_then(|value| json.end().map(|()| value));
        let value = value.map_err(|error| {
            // Only the line as a whole can be broken: its parts were found to be JSON with it.
            if place.is_empty() && (error.is_syntax() || error.is_eof()) {
                let reason = format!(
                    "broken JSON at column {}: {}",
                    error.column(),
                    without_position(&error.to_string())
                );
                return self.error("line", reason);
            }
            // A missing field is reported at the object; name the field itself.
            let text = without_position(&error.to_string());
            let missing = text.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
            match missing {
                Some(field) => self.error(&at(field.to_owned()), "missing".to_owned()),
                None => self.error(&at(track.path().to_string()), text),
            }
        })?;
        for field in unknown.into_iter().filter(|field| *field != format!("{place}.id")) {
            self.warn(&field, "unknown field, not stored; docs/telemetry.md lists the fields".to_owned());
        }
        Ok(value)
    }

    /// Reads a row: its id and what the line says of its fields.
    fn row<I: DeserializeOwned, P: DeserializeOwned>(
        &mut self,
        place: &str,
        json: Option<&RawValue>,
    ) -> Result<(I, P), LineError> {
        let Some(json) = json else {
            return Err(self.error(place, format!("missing; a line of this kind carries it as `{place}`")));
        };
        let patch = self.read(json.get(), place)?;
        let mut quiet = Findings::default();
        let mut reader = Reader { number: self.number, warnings: &mut quiet };
        let identity: Identity<I> = reader.read(json.get(), place)?;
        Ok((identity.id, patch))
    }

    fn task(&mut self, json: Option<&RawValue>) -> Result<(TaskId, TaskPatch), LineError> {
        let (id, patch) = self.row::<TaskId, TaskPatch>("task", json)?;
        if patch.duration_ms.value().is_some_and(|ms| *ms > MAX_DURATION_MS) {
            return Err(
                self.error("task.durationMs", "more than a hundred years; give milliseconds".to_owned())
            );
        }
        Ok((id, patch))
    }

    fn event(&mut self, line: &WireLine<'_>) -> Result<Body, LineError> {
        let Some(json) = line.event else {
            return Err(self.error("event", "missing; a line of this kind carries it as `event`".to_owned()));
        };
        let event: WireEvent = self.read(json.get(), "event")?;
        let patch = match line.task {
            Some(json) => Some(self.task(Some(json))?),
            None => None,
        };
        if let Some((id, _)) = patch.as_ref().filter(|(id, _)| *id != event.task_id) {
            let reason =
                format!("`{id}` is not the event's taskId; a patch is of the task that the event is of");
            return Err(self.error("task.id", reason));
        }
        let id = match event.id {
            Some(id) => id,
            None => {
                EventId::new(line.id.as_str()).map_err(|error| self.error("event.id", error.to_string()))?
            }
        };
        let event = Event {
            id,
            task_id: event.task_id,
            timestamp: event.timestamp.unwrap_or(line.ts),
            level: event.level.unwrap_or(EventLevel::Info),
            event_type: event.event_type,
            message: event.message,
            metadata: event.metadata,
            tool_name: event.tool_name,
            command: event.command,
            artifact_url: event.artifact_url,
        };
        Ok(Body::Event(Box::new(event), patch.map(|(_, patch)| Box::new(patch))))
    }
}

/// The message without `at line 1 column 7`: our lines are one line long and are numbered by us.
fn without_position(message: &str) -> String {
    match message.rfind(" at line ") {
        Some(at) => message[..at].to_owned(),
        None => message.to_owned(),
    }
}
