//! One try at a task, and its run.

use std::{collections::BTreeMap, io::Write};

use chrono::{DateTime, Utc};
use domain::{event::EventType, id::RunId, patch::Patch, run::RunPatch, task::TaskStatus};

use crate::{Error, spec::Spec, tell::Teller};

/// The most log lines that a run keeps.
const LOGS: usize = 8;

/// What is known of a try while it goes on.
pub(crate) struct Attempt {
    pub(crate) number: i64,
    pub(crate) pull_request: Option<String>,
    pub(crate) deployment: Option<String>,
    from: DateTime<Utc>,
    logs: Vec<String>,
    calls: usize,
    commands: usize,
    files: usize,
}

impl Attempt {
    pub(crate) fn new(number: i64, from: DateTime<Utc>) -> Self {
        Self {
            number,
            pull_request: None,
            deployment: None,
            from,
            logs: Vec::new(),
            calls: 0,
            commands: 0,
            files: 0,
        }
    }

    pub(crate) fn note(&mut self, kind: EventType) {
        self.calls += 1;
        self.commands += usize::from(matches!(kind, EventType::CommandExecuted | EventType::TestRun));
        self.files += usize::from(kind == EventType::FileChanged);
    }

    pub(crate) fn log(&mut self, message: &str) {
        if self.logs.len() < LOGS {
            self.logs.push(message.to_owned());
        }
    }

    /// The work in one sentence.
    pub(crate) fn summary(&self, spec: &Spec) -> String {
        let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let mut parts = vec![count(spec.steps.len(), "step", "steps")];
        if self.commands > 0 {
            parts.push(count(self.commands, "command", "commands"));
        }
        if self.files > 0 {
            parts.push(count(self.files, "file changed", "files changed"));
        }
        let tries = spec.retries + 1;
        let tried = if tries > 1 { format!("; tried {tries} times") } else { String::new() };
        format!("{}{tried}.", parts.join(", "))
    }
}

/// Writes the run of the try that ends at `to`.
pub(crate) fn run<W: Write>(
    teller: &mut Teller<'_, W>,
    to: DateTime<Utc>,
    status: TaskStatus,
) -> Result<(), Error> {
    let spec = teller.spec;
    let id = RunId::new(format!("{}-r{}", spec.id, teller.attempt.number))?;
    let rng = &mut teller.rng;
    let calls = teller.attempt.calls.max(1);
    let input = count(rng.between(6_000, 34_000) * calls);
    let output = count(rng.between(250, 1_900) * calls);
    let cost = ((input * 0.000_000_9 + output * 0.000_004) * 10_000.0).round() / 10_000.0;
    let metrics =
        [("inputTokens", input), ("outputTokens", output), ("costUsd", cost), ("toolCalls", count(calls))];
    let commit = teller.attempt.pull_request.is_some() || teller.attempt.deployment.is_some();
    let sha = format!("{:016x}{:016x}{:08x}", rng.next(), rng.next(), rng.next() >> 32);
    let branch = crate::actions::changes_code(spec.task_type) || teller.attempt.pull_request.is_some();
    let patch = RunPatch {
        task_id: Patch::Set(spec.id.clone()),
        started_at: Patch::Set(teller.attempt.from),
        ended_at: Some(to).filter(|_| !status.is_open()).into(),
        status: Patch::Set(status),
        logs: Patch::Set(std::mem::take(&mut teller.attempt.logs)),
        metrics: Patch::Set(
            metrics.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<BTreeMap<_, _>>(),
        ),
        commit_sha: Some(sha).filter(|_| commit).into(),
        branch_name: branch.then(|| branch_name(spec)).into(),
        pr_url: teller.attempt.pull_request.take().into(),
        deployment_url: teller.attempt.deployment.take().into(),
        cost_status: rng
            .pick(&["estimated", "estimated", "actual", "included"])
            .map(|word| (*word).to_owned())
            .into(),
        model: rng
            .pick(&["Hermes-4-405B", "Hermes-4-405B", "Hermes-4-70B"])
            .map(|name| (*name).to_owned())
            .into(),
        ..RunPatch::default()
    };
    teller.lines.summary.runs += 1;
    teller.lines.row("run", &format!("l-{id}"), to, id.as_str(), &patch)
}

fn branch_name(spec: &Spec) -> String {
    let mut slug = domain::product::slugify(&spec.title);
    slug.truncate(slug.floor_char_boundary(40));
    format!("hermes/{}", slug.trim_end_matches('-'))
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}
