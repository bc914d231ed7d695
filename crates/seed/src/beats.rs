//! What a try is made of, and when.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    patch::Patch,
    task::{Percent, TaskStatus, TaskType},
};

use crate::{actions::changes_code, rng::Rng, spec::Spec};

/// One moment of a try.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Beat {
    Act,
    Tests,
    PullRequest,
    Deployment,
    Memory,
    Error,
    Retry,
    End,
}

/// Why a try failed that was made again.
pub(crate) const STUMBLES: [&str; 5] = [
    "Connection reset while fetching from the registry",
    "Timeout of 120 s exceeded",
    "The patch did not apply: the file changed meanwhile",
    "Two tests failed at the first run",
    "The model answered with an empty patch",
];

/// What happens within one try.
pub(crate) fn beats(spec: &Spec, rng: &mut Rng, last: bool) -> Vec<Beat> {
    let (code, done) = (changes_code(spec.task_type), spec.status == TaskStatus::Completed);
    let acts = if last { spec.actions } else { (spec.actions / 2).max(1) };
    let mut beats = vec![Beat::Act; acts];
    if !last {
        beats.extend([Beat::Error, Beat::Retry]);
        return beats;
    }
    if code && (done || spec.status == TaskStatus::Failed) && rng.chance(0.75) {
        beats.push(Beat::Tests);
    }
    let asks = code || matches!(spec.task_type, TaskType::Documentation | TaskType::Maintenance);
    if done && asks && rng.chance(if code { 0.75 } else { 0.4 }) {
        beats.push(Beat::PullRequest);
    }
    if done && matches!(spec.task_type, TaskType::Deploy | TaskType::Release) {
        beats.push(Beat::Deployment);
    }
    if spec.lesson.is_some() {
        beats.push(Beat::Memory);
    }
    if spec.status != TaskStatus::Running {
        beats.push(Beat::End);
    }
    beats
}

/// The moment at that part of the way, to the millisecond.
pub(crate) fn along(from: DateTime<Utc>, to: DateTime<Utc>, part: i64, whole: i64) -> DateTime<Utc> {
    from + TimeDelta::milliseconds((to - from).num_milliseconds() * part / whole)
}

#[expect(clippy::cast_precision_loss, reason = "a few beats")]
pub(crate) fn share(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}

#[expect(clippy::cast_possible_truncation, reason = "0 to 100 and whole")]
pub(crate) fn percent(value: f64) -> Patch<Percent> {
    Percent::new(value.round() as f32).into()
}

/// The step that a task is at.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few steps"
)]
pub(crate) fn step(steps: &[String], progress: f64) -> Option<String> {
    let index = (progress / 100.0 * steps.len() as f64) as usize;
    steps.get(index.min(steps.len().saturating_sub(1))).cloned()
}
