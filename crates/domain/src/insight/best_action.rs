//! Next best actions: what Hermes can do by itself, and what needs the founder's decision, each with its arithmetic.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{attention::AttentionQueue, weight::days_between};
use crate::{
    attention::{AttentionItem, AttentionReason, Severity},
    decision::Subject,
    facts::Facts,
    id::ProductId,
    settings::Rules,
    task::{Priority, Task, TaskStatus},
};

/// How many actions of each class there are at most.
pub const MOST: usize = 20;

/// How often Hermes may have retried a task for one more retry to be its own to do.
const RETRIES: u32 = 3;

/// How many queued tasks are proposed.
const QUEUED: usize = 3;

string_enum! {
    /// What to do.
    pub enum Verb as "action" {
        Approve = "approve", "Approve";
        Provide = "provide", "Provide";
        Rotate = "rotate", "Rotate key";
        Answer = "answer", "Answer";
        Decide = "decide", "Decide";
        Review = "review", "Review";
        Fix = "fix", "Fix";
        Retry = "retry", "Retry";
        Resume = "resume", "Resume";
        Check = "check", "Check";
        Rerun = "rerun", "Run again";
        Start = "start", "Start";
    }
}

/// One step that would help, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BestAction {
    /// What to do.
    pub verb: Verb,
    /// With what.
    pub title: String,
    /// What it is about.
    pub subject: Subject,
    /// The product that it concerns.
    pub product_id: Option<ProductId>,
    /// Why it is proposed.
    pub because: Option<String>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// How much it matters: the sum of `parts`, 0 to 80, in whole points.
    pub points: u8,
    /// The arithmetic.
    pub parts: Points,
}

/// What an action's points are made of.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Points {
    /// By how bad it is to leave it: critical 40, high 30, medium 20, low 10.
    pub severity: f64,
    /// By priority: P0 20, P1 12, P2 6, else 0.
    pub priority: f64,
    /// 2 for each task of the product that waits in the queue, 10 at most.
    pub waiting: f64,
    /// 2 for each day that it has waited, 10 at most.
    pub age: f64,
}

impl Points {
    /// The sum, 0 to 80.
    pub fn total(&self) -> f64 {
        self.severity + self.priority + self.waiting + self.age
    }
}

/// Next best actions in the brief's two classes, each by points, of equals the one that waits longest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BestActions {
    /// Hermes can do these automatically.
    pub automatic: Vec<BestAction>,
    /// These need the founder's decision.
    pub founder: Vec<BestAction>,
}

/// The steps that would help most:
///
/// - by the founder: one for each item of the attention queue that only the founder can settle;
/// - by Hermes: one for each other item (retry, resume, check, run again), one for each task that failed within
///   `rules.recent_days`, was retried less than three times and is in no item, and the first three queued tasks.
pub fn best_actions(queue: &AttentionQueue, facts: &Facts, now: DateTime<Utc>, rules: &Rules) -> BestActions {
    let mut actions = BestActions::default();
    let score = Score { facts, now };
    for item in &queue.items {
        let (verb, by_founder) = verb(item);
        let list = if by_founder { &mut actions.founder } else { &mut actions.automatic };
        list.push(score.item(item, verb));
    }
    let recent = now - TimeDelta::days(rules.recent_days.into());
    let in_queue = |task: &Task| {
        queue.items.iter().any(|item| matches!(&item.subject, Subject::Task(id) if *id == task.id))
    };
    let again = facts.failed.iter().filter(|task| {
        task.ended_at() >= recent && task.retry_count.unwrap_or(0) < RETRIES && !in_queue(task)
    });
    actions.automatic.extend(again.map(|task| score.task(task, Verb::Retry, Severity::Medium)));
    let queued = facts.queued.iter().filter(|task| !in_queue(task)).take(QUEUED);
    actions.automatic.extend(queued.map(|task| score.task(task, Verb::Start, Severity::Low)));
    for list in [&mut actions.automatic, &mut actions.founder] {
        list.sort_by(|a, b| {
            b.points.cmp(&a.points).then(a.since.cmp(&b.since)).then_with(|| a.subject.cmp(&b.subject))
        });
        list.truncate(MOST);
    }
    actions
}

/// What settles an item, and whether only the founder can do it.
fn verb(item: &AttentionItem) -> (Verb, bool) {
    match item.reason {
        AttentionReason::ApprovalNeeded => (Verb::Approve, true),
        AttentionReason::MissingCredentials => (Verb::Provide, true),
        AttentionReason::ExpiredCredential => (Verb::Rotate, true),
        AttentionReason::UnclearRequirement | AttentionReason::Blocked => (Verb::Answer, true),
        AttentionReason::CostOrRisk | AttentionReason::InactiveProduct => (Verb::Decide, true),
        AttentionReason::RepeatedFailures => (Verb::Review, true),
        AttentionReason::ConfigIssue => (Verb::Fix, true),
        AttentionReason::FailedDeployment | AttentionReason::FailingTests => (Verb::Retry, false),
        AttentionReason::DeadSession => (Verb::Resume, false),
        AttentionReason::StuckTask => (Verb::Check, false),
        AttentionReason::FailedJob | AttentionReason::MissedJob => (Verb::Rerun, false),
    }
}

struct Score<'a> {
    facts: &'a Facts,
    now: DateTime<Utc>,
}

impl Score<'_> {
    fn item(&self, item: &AttentionItem, verb: Verb) -> BestAction {
        let parts = self.parts(item.severity, item.priority, item.product_id.as_ref(), item.since);
        BestAction {
            verb,
            title: item.title.clone(),
            subject: item.subject.clone(),
            product_id: item.product_id.clone(),
            because: item.consequence.clone().or_else(|| item.why.clone()),
            since: item.since,
            points: super::health::points(parts.total()),
            parts,
        }
    }

    fn task(&self, task: &Task, verb: Verb, severity: Severity) -> BestAction {
        let product = Some(&task.product_id).filter(|id| !id.is_unassigned());
        let open = task.status == TaskStatus::Queued;
        let since = if open { task.created_at } else { task.ended_at() };
        let parts = self.parts(severity, task.priority, product, since);
        BestAction {
            verb,
            title: task.title.clone(),
            subject: Subject::Task(task.id.clone()),
            product_id: product.cloned(),
            because: if open { task.next_action.clone() } else { task.error.clone() },
            since,
            points: super::health::points(parts.total()),
            parts,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    fn parts(
        &self,
        severity: Severity,
        priority: Option<Priority>,
        product: Option<&ProductId>,
        since: DateTime<Utc>,
    ) -> Points {
        let tasks = product.and_then(|id| self.facts.product_tasks.iter().find(|tasks| tasks.id == *id));
        let waiting = tasks.map_or(0, |tasks| tasks.counts.get(TaskStatus::Queued)).min(5);
        Points {
            severity: match severity {
                Severity::Critical => 40.0,
                Severity::High => 30.0,
                Severity::Medium => 20.0,
                Severity::Low => 10.0,
            },
            priority: match priority {
                Some(Priority::P0) => 20.0,
                Some(Priority::P1) => 12.0,
                Some(Priority::P2) => 6.0,
                Some(Priority::P3) | None => 0.0,
            },
            waiting: 2.0 * waiting as f64,
            age: 2.0 * days_between(since, self.now).min(5.0),
        }
    }
}
