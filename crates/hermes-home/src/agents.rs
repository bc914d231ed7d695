//! The workers: the agent itself, its gateway, its scheduler, the model, each tool by name, each MCP server. What is
//! told of them comes from what was called; how they are now is told only where something says so.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    agent::{AgentPatch, AgentType, Rate},
    patch::Patch,
    telemetry::Body,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ids, pass::Pass, session::results::server};

/// Tools that are counted by name: a model may invent names without end.
const MOST: usize = 500;

/// What the workers of a profile did, since the first row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Agents {
    tools: BTreeMap<String, Calls>,
    #[serde(skip)]
    dirty: bool,
}

/// What was called how often, and how it went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Calls {
    #[serde(rename = "n")]
    total: u64,
    #[serde(rename = "f")]
    failed: u64,
    #[serde(rename = "ms")]
    duration_ms: u64,
    #[serde(rename = "t")]
    timed: u64,
    #[serde(rename = "ok")]
    succeeded_at: Option<DateTime<Utc>>,
    #[serde(rename = "no")]
    failed_at: Option<DateTime<Utc>>,
}

impl Agents {
    /// A tool was called.
    pub(crate) fn called(&mut self, tool: &str, worked: bool, at: DateTime<Utc>, duration_ms: Option<i64>) {
        if tool.is_empty() {
            return;
        }
        let server = server(tool).map(|server| format!("mcp:{server}"));
        for name in [Some(format!("tool:{tool}")), server].into_iter().flatten() {
            self.count(&name, worked, at, duration_ms);
        }
    }

    /// The model answered, or did not.
    pub(crate) fn model(&mut self, name: &str, worked: bool, at: DateTime<Utc>) {
        self.count(&format!("model:{name}"), worked, at, None);
    }

    /// The agent ended a task, or failed to.
    pub(crate) fn core(&mut self, worked: bool, at: DateTime<Utc>) {
        self.count("core", worked, at, None);
    }

    fn count(&mut self, name: &str, worked: bool, at: DateTime<Utc>, duration_ms: Option<i64>) {
        if self.tools.len() >= MOST && !self.tools.contains_key(name) {
            return;
        }
        let calls = self.tools.entry(name.to_owned()).or_default();
        calls.total += 1;
        if worked {
            calls.succeeded_at = calls.succeeded_at.max(Some(at));
        } else {
            calls.failed += 1;
            calls.failed_at = calls.failed_at.max(Some(at));
        }
        if let Some(ms) = duration_ms.and_then(|ms| u64::try_from(ms).ok()) {
            calls.duration_ms = calls.duration_ms.saturating_add(ms);
            calls.timed += 1;
        }
        self.dirty = true;
    }

    /// Adds what was counted apart.
    pub(crate) fn add(&mut self, more: Self) {
        for (name, more) in more.tools {
            if self.tools.len() < MOST || self.tools.contains_key(&name) {
                self.tools.entry(name).or_default().add(more);
                self.dirty = true;
            }
        }
    }

    /// What a cursor remembers.
    pub(crate) fn of(value: Option<Value>) -> Self {
        value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }

    /// Puts what changed into the pass, with the cursor that remembers it.
    pub(crate) fn tell(&mut self, pass: &mut Pass<'_>, profile: &str) {
        if !std::mem::take(&mut self.dirty) {
            return;
        }
        for (name, calls) in &self.tools {
            let at = calls.succeeded_at.max(calls.failed_at).unwrap_or(DateTime::UNIX_EPOCH);
            let id = agent_id(profile, name);
            let entity = ids::join(&["calls", profile, name]);
            pass.state(
                &entity,
                at,
                Body::Agent(ids::agent(&id), Box::new(calls.patch(profile, name))),
                Value::Null,
            );
        }
        pass.cursor(cursor_name(profile), serde_json::to_value(&*self).unwrap_or_default());
    }
}

impl Calls {
    fn add(&mut self, more: Self) {
        self.total += more.total;
        self.failed += more.failed;
        self.duration_ms = self.duration_ms.saturating_add(more.duration_ms);
        self.timed += more.timed;
        self.succeeded_at = self.succeeded_at.max(more.succeeded_at);
        self.failed_at = self.failed_at.max(more.failed_at);
    }

    fn patch(&self, profile: &str, name: &str) -> AgentPatch {
        let (kind, label) = match name.split_once(':') {
            Some(("tool", tool)) => (AgentType::Tool, tool.to_owned()),
            Some(("mcp", server)) => (AgentType::Integration, format!("{server} (MCP)")),
            Some(("model", model)) => (AgentType::Integration, model.to_owned()),
            _ => (AgentType::Agent, agent_name(profile)),
        };
        // Of the model's calls only those that ended a session in failure are told, so their share is not.
        let counted = !name.starts_with("model:");
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of calls stay far below 2^52")]
        let latency = (self.timed > 0).then(|| self.duration_ms as f64 / self.timed as f64);
        AgentPatch {
            name: Patch::Set(label),
            agent_type: Patch::Set(kind),
            last_success_at: self.succeeded_at.into(),
            last_failure_at: self.failed_at.into(),
            failure_rate: Rate::of(self.failed, self.total).filter(|_| counted).into(),
            average_latency_ms: latency.into(),
            ..AgentPatch::default()
        }
    }
}

/// The name of the cursor that remembers the workers of a profile.
pub(crate) fn cursor_name(profile: &str) -> String {
    format!("hermes-home/agents/{profile}")
}

/// The id of a worker in the ledger.
pub(crate) fn agent_id(profile: &str, name: &str) -> String {
    if name == "core" { core_id(profile) } else { ids::join(&["hermes", profile, name]) }
}

/// The id of the agent itself.
pub(crate) fn core_id(profile: &str) -> String {
    ids::join(&["hermes", profile])
}

/// What people call the agent of a profile.
pub(crate) fn agent_name(profile: &str) -> String {
    if profile == "default" { "Hermes".to_owned() } else { format!("Hermes ({profile})") }
}
