//! `cron/executions.db`: one row an attempt of a job, the authority on how it came out.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    attention::AttentionReason,
    event::{EventLevel, EventType},
    patch::Patch,
    run::RunPatch,
    task::{TaskPatch, TaskSource, TaskStatus},
    telemetry::Body,
};
use serde_json::json;

use super::{
    jobs::{self, Job},
    output,
};
use crate::{
    agents, command,
    database::Reading,
    ids,
    links::{self, Executions},
    pass::{Pass, owner},
    projects::{Found, Projects},
    session::{happening::Happening, kind, state::Did, tool::short},
    sessions::Stopped,
    table::{Cells, Table, query},
    time,
};

const COLUMNS: [&str; 8] =
    ["id", "job_id", "source", "status", "claimed_at", "started_at", "finished_at", "error"];

/// What is read with the executions.
pub(crate) struct Context<'a> {
    pub(crate) profile: &'a str,
    pub(crate) path: &'a str,
    pub(crate) jobs: &'a [Job],
    pub(crate) projects: &'a Projects,
    /// The folder of the outputs, and the times in the names of each job's files.
    pub(crate) folder: &'a Path,
    pub(crate) outputs: &'a HashMap<String, Vec<NaiveDateTime>>,
}

/// An execution.
struct Row {
    id: String,
    job: String,
    source: String,
    status: String,
    claimed_at: Option<DateTime<Utc>>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    error: Option<String>,
}

/// Reads all executions and tells them. Returns how many there are of each status.
pub(crate) async fn read(
    pass: &mut Pass<'_>,
    reading: &mut Reading,
    cx: &Context<'_>,
    executions: &mut Executions,
) -> Result<BTreeMap<String, u64>, Stopped> {
    let conn = &mut reading.conn;
    let Some(table) = Table::of(conn, "executions").await? else {
        pass.notes.skip(cx.path, "without the table `executions` there is nothing to read");
        return Ok(BTreeMap::new());
    };
    let mut rows = Vec::new();
    for row in query(table.select(&COLUMNS)).fetch_all(&mut *conn).await? {
        pass.work.other_rows += 1;
        rows.extend(Row::of(&row));
    }
    let mut counts = BTreeMap::new();
    let ended = rows.iter().filter_map(|row| Some((row.job.clone(), row.finished_at?)));
    let names = |job: &str| cx.outputs.get(job).map_or(&[][..], Vec::as_slice);
    let zone = output::zone(names, ended);
    executions.0.clear();
    for row in rows {
        *counts.entry(row.status.clone()).or_default() += 1;
        let job = cx.jobs.iter().find(|job| job.id == row.job);
        let Some(at) = row.claimed_at.or(row.started_at).or(row.finished_at) else {
            pass.notes.skip(format!("{} executions.id={}", cx.path, row.id), "without a time");
            continue;
        };
        let task = ids::join(&["hermes", cx.profile, "cron", &row.id]);
        let run = ids::join(&["hermes", cx.profile, "execution", &row.id]);
        executions.0.entry(row.job.clone()).or_default().push(links::Execution {
            task: task.clone(),
            run: run.clone(),
            claimed_at: at,
            finished_at: row.finished_at,
            clues: job.map(|job| job.clues.clone()).unwrap_or_default(),
        });
        row.tell(pass, cx, job, &task, &run, at);
        let file = row.finished_at.and_then(|at| output::of(names(&row.job), at, zone));
        if let Some(file) = file {
            tell_output(pass, cx, &row, &task, file);
        }
    }
    Ok(counts)
}

impl Row {
    fn of(row: &sqlx::sqlite::SqliteRow) -> Option<Self> {
        let cells = Cells(row);
        let at = |index| cells.text(index).as_deref().and_then(time::iso);
        Some(Self {
            id: cells.text(0)?,
            job: cells.text(1).unwrap_or_default(),
            source: cells.text(2).unwrap_or_default(),
            status: cells.text(3).unwrap_or_default(),
            claimed_at: at(4),
            started_at: at(5),
            finished_at: at(6),
            error: cells.text(7),
        })
    }

    /// Where it stands. `unknown` is the scheduler's word for an execution whose process died.
    fn standing(&self) -> Option<TaskStatus> {
        Some(match self.status.as_str() {
            "claimed" => TaskStatus::Queued,
            "running" => TaskStatus::Running,
            "completed" => TaskStatus::Completed,
            "failed" | "unknown" => TaskStatus::Failed,
            _ => return None,
        })
    }

    fn tell(
        &self,
        pass: &mut Pass<'_>,
        cx: &Context<'_>,
        job: Option<&Job>,
        task: &str,
        run: &str,
        claimed_at: DateTime<Utc>,
    ) {
        let standing = self.standing();
        if standing.is_none() {
            pass.notes.unknown(&format!("{} executions.status", cx.path), &self.status, Some(claimed_at));
        }
        let status = standing.unwrap_or(TaskStatus::Queued);
        let at = self.finished_at.max(self.started_at).unwrap_or(claimed_at);
        let ended_at = (!status.is_open()).then(|| self.finished_at.unwrap_or(at));
        let died = self.status == "unknown";
        let error = self
            .error
            .clone()
            .or_else(|| died.then(|| "The scheduler's process died while it ran".to_owned()));
        let mut patch = self.patch(cx, job, status, claimed_at, ended_at, error.clone());
        let mut product = json!(patch.product_id.value());
        let mut named = job.is_some();
        if !named
            && let Some(known) = pass.entities.facts(&owner(task)).filter(|known| known["named"] == true)
        {
            named = true;
            // The job was deleted: what it said of its executions stays.
            product = known["product"].clone();
            patch = TaskPatch {
                title: Patch::Keep,
                description: Patch::Keep,
                product_id: Patch::Keep,
                task_type: Patch::Keep,
                assigned_agent: Patch::Keep,
                tags: Patch::Keep,
                inferred: Patch::Keep,
                ..patch
            };
        }
        let body = Body::Task(ids::task(task), Box::new(patch));
        let events = 1 + u64::from(self.started_at.is_some()) + u64::from(ended_at.is_some());
        let facts = json!({ "status": status, "product": product, "events": events, "named": named });
        pass.state(&owner(task), at, body, facts);
        let patch = RunPatch {
            task_id: Patch::Set(ids::task(task)),
            started_at: self.started_at.or(Some(claimed_at)).into(),
            ended_at: set(ended_at),
            status: Patch::Set(status),
            logs: Patch::Set(error.iter().flat_map(|error| error.lines()).map(ToOwned::to_owned).collect()),
            ..RunPatch::default()
        };
        pass.state(
            &format!("run:{run}"),
            at,
            Body::Run(ids::run(run), Box::new(patch)),
            serde_json::Value::Null,
        );
        self.events(pass, run, task, claimed_at, status, ended_at, error.as_deref());
    }

    fn patch(
        &self,
        cx: &Context<'_>,
        job: Option<&Job>,
        status: TaskStatus,
        claimed_at: DateTime<Utc>,
        ended_at: Option<DateTime<Utc>>,
        error: Option<String>,
    ) -> TaskPatch {
        let found = job.map_or(Found::Unknown, |job| cx.projects.find(&job.clues, None));
        let words = job.map(|job| format!("{} {}", job.name, job.prompt.as_deref().unwrap_or_default()));
        let task_type = words.and_then(|words| kind::task_type(&words, Did::default()));
        let mut inferred: Vec<String> = Vec::new();
        inferred.extend(task_type.map(|_| "type".to_owned()));
        inferred.extend(found.is_guess().then(|| "productId".to_owned()));
        let script = job.is_some_and(|job| job.script);
        let worker =
            if script { agents::agent_id(cx.profile, "scheduler") } else { agents::core_id(cx.profile) };
        let tags = [
            Some("cron"),
            Some(cx.profile).filter(|profile| *profile != "default"),
            script.then_some("script"),
        ];
        let failing = error.as_deref().unwrap_or_default();
        let attention = match status {
            TaskStatus::Failed if self.status == "unknown" => vec![AttentionReason::DeadSession],
            TaskStatus::Failed if command::expired(failing) => vec![AttentionReason::ExpiredCredential],
            TaskStatus::Failed if command::lacks_credentials(failing) => {
                vec![AttentionReason::MissingCredentials]
            }
            _ => Vec::new(),
        };
        TaskPatch {
            title: Patch::Set(job.map_or_else(|| format!("Job {}", self.job), |job| job.name.clone())),
            description: set(job.and_then(jobs::about)),
            product_id: set(found.id().cloned()),
            status: Patch::Set(status),
            task_type: set(task_type),
            source: Patch::Set(TaskSource::Cron),
            created_at: Patch::Set(claimed_at),
            started_at: set(self.started_at),
            completed_at: set(ended_at),
            assigned_agent: Patch::Set(ids::agent(worker)),
            tags: Patch::Set(tags.into_iter().flatten().map(ToOwned::to_owned).collect()),
            error: set(error),
            inferred: Patch::Set(inferred),
            attention: if attention.is_empty() { Patch::Keep } else { Patch::Set(attention) },
            ..TaskPatch::default()
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one row")]
    fn events(
        &self,
        pass: &mut Pass<'_>,
        scope: &str,
        task: &str,
        claimed_at: DateTime<Utc>,
        status: TaskStatus,
        ended_at: Option<DateTime<Utc>>,
        error: Option<&str>,
    ) {
        let trigger = if self.source.is_empty() { String::new() } else { format!(" ({})", self.source) };
        let mut events = vec![Happening::new(
            "claimed".to_owned(),
            claimed_at,
            EventType::Created,
            EventLevel::Info,
            format!("The job came due{trigger}"),
        )];
        if let Some(at) = self.started_at {
            events.push(Happening::new(
                "started".to_owned(),
                at,
                EventType::Started,
                EventLevel::Info,
                "The job began".to_owned(),
            ));
        }
        if let Some(at) = ended_at {
            let (event_type, level, text) = match (status, error) {
                (TaskStatus::Completed, _) => {
                    (EventType::Completed, EventLevel::Success, "The job ended well".to_owned())
                }
                (_, error) => {
                    (EventType::Error, EventLevel::Error, error.map_or("The job failed".to_owned(), short))
                }
            };
            events.push(Happening::new("ended".to_owned(), at, event_type, level, text));
        }
        for event in events {
            let (id, at, body) = event.line(scope, task, None);
            if pass.entities.once(&format!("event:{id}")) {
                pass.line(&id, at, body);
            }
        }
    }
}

/// Tells what came out, once.
fn tell_output(pass: &mut Pass<'_>, cx: &Context<'_>, row: &Row, task: &str, file: NaiveDateTime) {
    let name = format!("output:{task}");
    if pass.entities.has(&name) {
        return;
    }
    let path = cx.folder.join(&row.job).join(output::file_name(file));
    pass.work.files_read += 1;
    match output::read(&path) {
        Ok(text) if text.is_empty() => {}
        Ok(text) => {
            let patch = TaskPatch { result: Patch::Set(text), ..TaskPatch::default() };
            let at = row.finished_at.unwrap_or(DateTime::UNIX_EPOCH);
            pass.state(&name, at, Body::Task(ids::task(task), Box::new(patch)), serde_json::Value::Null);
        }
        Err(error) => pass.notes.skip(path.display().to_string(), error.to_string()),
    }
}

fn set<T>(value: Option<T>) -> Patch<T> {
    value.map_or(Patch::Clear, Patch::Set)
}
