//! `gateway_state.json`, `state/gateway.heartbeat`, `cron/ticker_*`: whether gateway and scheduler live.
//!
//! The state file says `running` long after the process is gone, so it is no evidence: the heartbeat is, while it is
//! young.

use std::{fs, io, path::Path};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::{AgentHealth, AgentPatch, AgentType},
    patch::Patch,
    telemetry::Body,
};
use serde_json::Value;

use crate::{agents, ids, pass::Pass, session::tool::short, time};

/// A heart that beat this long ago still beats: the gateway writes every 30 seconds, the scheduler every minute.
const FRESH: TimeDelta = TimeDelta::minutes(3);

/// What the files say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Gateway {
    /// Whether there is anything of a gateway.
    pub(crate) found: bool,
    word: Option<String>,
    beat_at: Option<DateTime<Utc>>,
    changed_at: Option<DateTime<Utc>>,
    /// Whether it was stopped in good order.
    clean: bool,
    issue: Option<String>,
    tick_at: Option<DateTime<Utc>>,
    ticked_well_at: Option<DateTime<Utc>>,
}

/// Reads the files of the home or profile in `folder`.
pub(crate) fn read(folder: &Path, work: &mut crate::Work) -> Result<Gateway, String> {
    let mut text = |name: &str| match fs::read(folder.join(name)) {
        Ok(bytes) => {
            work.files_read += 1;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{name}: {error}")),
    };
    let state = text("gateway_state.json")?;
    let beat = text("state/gateway.heartbeat")?;
    let tick = text("cron/ticker_heartbeat")?;
    let ticked_well = text("cron/ticker_last_success")?;
    let json = |text: &Option<String>, name: &str| -> Result<Value, String> {
        let parse =
            |text: &String| serde_json::from_str(text).map_err(|error| format!("{name}: no JSON: {error}"));
        text.as_ref().map_or(Ok(Value::Null), parse)
    };
    let (state_json, beat_json) =
        (json(&state, "gateway_state.json")?, json(&beat, "state/gateway.heartbeat")?);
    let at = |value: &Value| value.get("updated_at").and_then(Value::as_str).and_then(time::iso);
    let seconds =
        |text: Option<String>| text.and_then(|text| text.trim().parse().ok()).and_then(time::seconds);
    Ok(Gateway {
        found: state.is_some() || beat.is_some(),
        word: state_json.get("gateway_state").and_then(Value::as_str).map(short),
        beat_at: at(&beat_json),
        changed_at: at(&state_json),
        clean: folder.join(".clean_shutdown").exists(),
        issue: issue(&state_json),
        tick_at: seconds(tick),
        ticked_well_at: seconds(ticked_well),
    })
}

/// What a platform says is wrong with it.
fn issue(state: &Value) -> Option<String> {
    let platforms = state.get("platforms")?.as_object()?;
    platforms.iter().find_map(|(name, platform)| {
        let message = platform.get("error_message")?.as_str().filter(|text| !text.is_empty())?;
        Some(format!("{name}: {message}"))
    })
}

impl Gateway {
    /// What the files say, in words.
    pub(crate) fn holds(&self) -> Option<String> {
        let word = self.word.as_deref()?;
        Some(if self.clean {
            format!("says {word}, was stopped in good order")
        } else {
            format!("says {word}")
        })
    }

    /// Tells the ledger. `jobs` says whether anything waits for the scheduler: a gateway that nobody needs may be
    /// down.
    pub(crate) fn tell(&self, pass: &mut Pass<'_>, profile: &str, jobs: bool) {
        let now = pass.now;
        if self.found {
            let alive = self.beat_at.is_some_and(|at| now - at < FRESH);
            let status = match self.word.as_deref() {
                Some("running") if alive && self.issue.is_some() => AgentHealth::Degraded,
                Some("running") | None if alive => AgentHealth::Healthy,
                _ if self.clean && !jobs => AgentHealth::Unknown,
                _ => AgentHealth::Offline,
            };
            let at = self.beat_at.max(self.changed_at).unwrap_or(DateTime::UNIX_EPOCH);
            let patch = AgentPatch {
                name: Patch::Set(label("Gateway", profile)),
                agent_type: Patch::Set(AgentType::Runner),
                status: Patch::Set(status),
                last_success_at: self.beat_at.into(),
                config_issue: set(self.issue.clone()),
                ..AgentPatch::default()
            };
            tell(pass, profile, "gateway", at, patch);
        }
        if let Some(at) = self.tick_at.max(self.ticked_well_at) {
            let alive = now - at < FRESH;
            let status = match (alive, jobs) {
                (true, _) if self.ticked_well_at.is_some_and(|well| now - well < FRESH) => {
                    AgentHealth::Healthy
                }
                (true, _) => AgentHealth::Degraded,
                (false, true) => AgentHealth::Offline,
                (false, false) => AgentHealth::Unknown,
            };
            let patch = AgentPatch {
                name: Patch::Set(label("Scheduler", profile)),
                agent_type: Patch::Set(AgentType::Runner),
                status: Patch::Set(status),
                last_success_at: self.ticked_well_at.into(),
                ..AgentPatch::default()
            };
            tell(pass, profile, "scheduler", at, patch);
        }
    }
}

fn tell(pass: &mut Pass<'_>, profile: &str, name: &str, at: DateTime<Utc>, patch: AgentPatch) {
    let id = agents::agent_id(profile, name);
    pass.state(&format!("agent:{id}"), at, Body::Agent(ids::agent(&id), Box::new(patch)), Value::Null);
}

fn label(name: &str, profile: &str) -> String {
    if profile == "default" { name.to_owned() } else { format!("{name} ({profile})") }
}

fn set<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Clear, Patch::Set)
}
