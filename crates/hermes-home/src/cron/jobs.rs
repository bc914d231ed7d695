//! `cron/jobs.json`: what runs by itself, and when. The file is replaced as a whole, so a look may find it gone or
//! (from a careless editor) half written: then what was known stays.

use std::{collections::HashSet, fs, io, path::Path};

use chrono::{DateTime, Utc};
use domain::{job::JobPatch, patch::Patch, telemetry::Body};
use serde_json::{Value, json};

use crate::{
    ids,
    pass::{Notes, Pass},
    projects::{Clues, Projects},
    session::tool::short,
    time,
};

/// A file larger than this is not opened, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A job, as far as its executions and the page need it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) prompt: Option<String>,
    pub(crate) clues: Clues,
    /// Whether it is a script that runs without the agent.
    pub(crate) script: bool,
    pub(crate) enabled: bool,
    raw: Value,
}

/// The jobs in the file.
pub(crate) fn read(path: &Path, notes: &mut Notes, place: &str) -> io::Result<Vec<Job>> {
    let size = fs::metadata(path)?.len();
    if size > LARGEST {
        return Err(io::Error::other(format!("{size} bytes are more than the {LARGEST} that are read")));
    }
    let bytes = fs::read(path)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let file: Value = serde_json::from_slice(bytes)
        .map_err(|error| io::Error::other(format!("no JSON: {error}; what was known of the jobs stays")))?;
    let list = file.as_array().or_else(|| file.get("jobs")?.as_array());
    let Some(list) = list else {
        return Err(io::Error::other("neither a list nor an object with a list `jobs`"));
    };
    let mut jobs = Vec::with_capacity(list.len());
    for (index, raw) in list.iter().enumerate() {
        match Job::of(raw) {
            Some(job) => jobs.push(job),
            None => notes.skip(format!("{place} jobs[{index}]"), "a job without an id"),
        }
    }
    Ok(jobs)
}

impl Job {
    fn of(raw: &Value) -> Option<Self> {
        let text = |name: &str| raw.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let id = text("id")?.to_owned();
        let mut clues = Clues::default();
        clues.folder(text("workdir").map(ToOwned::to_owned));
        clues.word(text("name"));
        clues.word(text("prompt"));
        Some(Self {
            name: text("name").unwrap_or(&id).to_owned(),
            prompt: text("prompt").map(ToOwned::to_owned),
            script: raw.get("no_agent").and_then(Value::as_bool).unwrap_or(false),
            enabled: raw.get("enabled").and_then(Value::as_bool).unwrap_or(true),
            clues,
            id,
            raw: raw.clone(),
        })
    }

    fn text(&self, name: &str) -> Option<String> {
        self.raw.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
    }

    fn at(&self, name: &str) -> Option<DateTime<Utc>> {
        self.text(name).as_deref().and_then(time::iso)
    }

    /// When the file last says that something of it changed.
    fn changed_at(&self) -> DateTime<Utc> {
        let times = ["created_at", "last_run_at", "paused_at"].map(|name| self.at(name));
        times.into_iter().flatten().max().unwrap_or(DateTime::UNIX_EPOCH)
    }

    fn schedule(&self) -> Option<String> {
        let schedule = self.raw.get("schedule");
        let shown = schedule.and_then(|schedule| schedule.get("display")?.as_str()).map(ToOwned::to_owned);
        self.text("schedule_display").or(shown)
    }

    fn patch(&self, projects: &Projects) -> JobPatch {
        let found = projects.find(&self.clues, None);
        let guessed = found.is_guess();
        let clip = |text: Option<String>| set(text.map(|text| text.chars().take(2_000).collect()));
        JobPatch {
            name: Patch::Set(self.name.clone()),
            schedule: set(self.schedule()),
            product_id: set(found.id().cloned()),
            next_run_at: set(self.at("next_run_at")),
            last_run_at: set(self.at("last_run_at")),
            last_status: set(self.text("last_status")),
            state: set(self.text("state")),
            enabled: Patch::Set(self.enabled),
            last_error: clip(self.text("last_error")),
            last_delivery_error: clip(self.text("last_delivery_error")),
            removed: Patch::Set(false),
            inferred: Patch::Set(if guessed { vec!["productId".to_owned()] } else { Vec::new() }),
        }
    }
}

/// Tells the ledger of the jobs, and of those that are gone from the file.
pub(crate) fn tell(pass: &mut Pass<'_>, jobs: &[Job], projects: &Projects, profile: &str) {
    let mut there: HashSet<String> = HashSet::new();
    for job in jobs {
        let id = job_id(profile, &job.id);
        let name = entity(profile, &job.id);
        pass.state(
            &name,
            job.changed_at(),
            Body::Job(ids::job(&id), Box::new(job.patch(projects))),
            json!({ "job": job.id }),
        );
        there.insert(name);
    }
    let prefix = entity(profile, "");
    let known: Vec<(String, String)> = pass
        .entities
        .under(&prefix)
        .filter_map(|(rest, known)| {
            Some((format!("{prefix}{rest}"), known.facts.get("job")?.as_str()?.to_owned()))
        })
        .filter(|(name, _)| !there.contains(name))
        .collect();
    for (name, job) in known {
        let patch = JobPatch { removed: Patch::Set(true), ..JobPatch::default() };
        let body = Body::Job(ids::job(job_id(profile, &job)), Box::new(patch));
        pass.state(&name, DateTime::UNIX_EPOCH, body, json!({ "job": job }));
    }
}

/// The job's id in the ledger.
pub(crate) fn job_id(profile: &str, job: &str) -> String {
    ids::join(&["hermes", profile, "job", job])
}

fn entity(profile: &str, job: &str) -> String {
    format!("job:{profile}:{}", if job.is_empty() { String::new() } else { ids::join(&[job]) })
}

/// What people read of a job's prompt.
pub(crate) fn about(job: &Job) -> Option<String> {
    job.prompt.as_deref().map(short)
}

fn set<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Clear, Patch::Set)
}
