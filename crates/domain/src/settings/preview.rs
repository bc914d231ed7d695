//! What rules would have done, had they held: pure, over a bounded sample of tasks.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Section, Settings};
use crate::{
    id::{ProductId, TaskId},
    task::{Priority, Task, TaskType},
    zone::Zone,
};

/// How far back a preview looks, in days: thirteen weeks, less a day.
pub const DAYS: i64 = 90;

/// How many tasks a preview looks at, the newest ones.
pub const SAMPLE: u32 = 10_000;

/// How many of the touched tasks are named.
pub const NAMED: usize = 8;

/// How many weeks 90 days reach into.
const WEEKS: usize = 13;

/// What a preview is made of.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Tasks that were created in the last 90 days, the newest first, at most [`SAMPLE`].
    pub tasks: Vec<Task>,
    /// How many there are.
    pub total: u64,
    /// The priorities of products that have one.
    pub products: BTreeMap<ProductId, Priority>,
    /// The founder's time zone.
    pub zone: Zone,
    /// The time.
    pub now: DateTime<Utc>,
}

/// A task that a rule would have touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Touched {
    /// The task.
    pub id: TaskId,
    /// Its title.
    pub title: String,
    /// When it would have been touched.
    pub at: DateTime<Utc>,
    /// What would have become of it.
    pub what: String,
}

/// What rules would have done in the last 90 days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// How often they would have fired.
    pub fired: u64,
    /// How often the saved ones would have.
    pub saved: u64,
    /// How many of them would have waited for the end of quiet hours.
    pub quiet: u64,
    /// How many tasks were looked at.
    pub of: u64,
    /// How many there are in that time.
    pub total: u64,
    /// By week, the last one last.
    pub weeks: Vec<u64>,
    /// The latest of them, at most [`NAMED`].
    pub tasks: Vec<Touched>,
}

/// When a task would have been touched, and what would have become of it.
type Fires = fn(&Settings, &Sample, &Task) -> Option<(DateTime<Utc>, String)>;

/// What the rules of that section would have done, and what the saved ones would have. `None` for sections whose rules
/// touch no task.
pub fn preview(section: Section, settings: &Settings, saved: &Settings, sample: &Sample) -> Option<Preview> {
    let fires: Fires = match section {
        Section::Categories | Section::Priorities => priority,
        Section::Notifications => notice,
        Section::Retries => retry,
        Section::Approvals => approval,
        Section::General | Section::Products | Section::Retention | Section::Transfer | Section::Demo => {
            return None;
        }
    };
    let mut preview = Preview {
        of: sample.tasks.len() as u64,
        total: sample.total,
        weeks: vec![0; WEEKS],
        ..Preview::default()
    };
    let mut touched = Vec::new();
    for task in &sample.tasks {
        preview.saved += u64::from(fires(saved, sample, task).is_some());
        let Some((at, what)) = fires(settings, sample, task) else { continue };
        preview.fired += 1;
        let quiet = section == Section::Notifications && settings.notifications.is_quiet(at, &sample.zone);
        preview.quiet += u64::from(quiet);
        let age = usize::try_from((sample.now - at).num_weeks().max(0)).unwrap_or(WEEKS);
        if let Some(week) = WEEKS.checked_sub(age + 1).and_then(|week| preview.weeks.get_mut(week)) {
            *week += 1;
        }
        touched.push(Touched { id: task.id.clone(), title: task.title.clone(), at, what });
    }
    touched.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    touched.truncate(NAMED);
    preview.tasks = touched;
    Some(preview)
}

/// Since when tasks are looked at.
pub fn since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - TimeDelta::days(DAYS)
}

fn priority(settings: &Settings, _: &Sample, task: &Task) -> Option<(DateTime<Utc>, String)> {
    let priority = settings.inferred_priority(task)?;
    let what = match task.task_type {
        Some(of) => format!("{priority}, {}", settings.label(of)),
        None => priority.to_string(),
    };
    Some((task.created_at, what))
}

fn notice(settings: &Settings, _: &Sample, task: &Task) -> Option<(DateTime<Utc>, String)> {
    let mut task = task.clone();
    settings.infer(&mut task);
    settings.notifications.notice(&task).map(|(notice, at)| (at, notice.label().to_owned()))
}

fn retry(settings: &Settings, _: &Sample, task: &Task) -> Option<(DateTime<Utc>, String)> {
    let rule = settings.retry(task)?;
    let next = task.retry_count.unwrap_or(0) + 1;
    let wait = if rule.wait_minutes == 0 {
        "at once".to_owned()
    } else {
        format!("after {} min", rule.wait_minutes)
    };
    Some((task.ended_at(), format!("try {next} of {}, {wait}", rule.attempts)))
}

/// Deployments of products that matter; of rows, money, secrets and mails no source tells.
fn approval(settings: &Settings, sample: &Sample, task: &Task) -> Option<(DateTime<Utc>, String)> {
    let deploys = matches!(task.task_type, Some(TaskType::Deploy | TaskType::Release));
    let priority = sample.products.get(&task.product_id)?;
    let asks = settings.approvals.deploy_asks && *priority <= settings.approvals.deploy_priority;
    (deploys && asks).then(|| (task.created_at, format!("deploys a {priority} product")))
}
