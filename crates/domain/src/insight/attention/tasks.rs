//! Items that are about a task.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::{Around, classify, severity, words, worst};
use crate::{
    attention::{AttentionItem, AttentionReason, Evidence},
    decision::{Subject, request::MAX_CAUSE},
    id::{ItemKey, ProductId, TaskId},
    insight::stuck,
    task::{Task, TaskStatus, TaskType},
};

pub(super) fn items(around: &Around<'_>) -> Vec<AttentionItem> {
    let facts = around.facts;
    let mut items = Vec::new();
    let mut told: HashSet<TaskId> = HashSet::new();
    for task in &facts.blocked {
        told.insert(task.id.clone());
        items.push(blocked(around, task));
    }
    for task in &facts.flagged {
        if let Some(reason) = worst(&task.attention).filter(|_| told.insert(task.id.clone())) {
            let since = task.ended_at();
            let item =
                Item { reason, inferred: task.inferred.iter().any(|field| field == "attention"), since };
            let why = task.blocker_reason.as_deref().or(task.error.as_deref());
            items.push(item.of(around, task, why, None));
        }
    }
    items.extend(failed(around, &mut told));
    for task in &facts.stuck {
        if told.insert(task.id.clone()) {
            items.push(stuck(around, task));
        }
    }
    items
}

fn blocked(around: &Around<'_>, task: &Task) -> AttentionItem {
    let told = worst(&task.attention);
    let guessed = || task.blocker_reason.as_deref().and_then(classify);
    let item = Item {
        reason: told.or_else(guessed).unwrap_or(AttentionReason::Blocked),
        inferred: told.is_none() && task.blocker_reason.is_some(),
        since: task.last_activity_at,
    };
    let waiting = around.waiting(&task.product_id);
    let consequence = (waiting > 0).then(|| format!("{waiting} of its tasks queued"));
    item.of(around, task, task.blocker_reason.as_deref(), consequence)
}

/// The latest failure of each kind of each product, unless the same type of task was completed since.
fn failed(around: &Around<'_>, told: &mut HashSet<TaskId>) -> Vec<AttentionItem> {
    let since = around.now - TimeDelta::days(around.rules.recent_days.into());
    let mut seen: HashSet<(ProductId, AttentionReason)> = HashSet::new();
    let mut items = Vec::new();
    // The latest comes first.
    for task in &around.facts.failed {
        let at = task.ended_at();
        if at < since || told.contains(&task.id) || mended(around, task) {
            continue;
        }
        let Some((reason, inferred)) = failure(task) else { continue };
        if !seen.insert((task.product_id.clone(), reason)) {
            continue;
        }
        told.insert(task.id.clone());
        let kind = task.task_type.map_or("such", TaskType::label).to_lowercase();
        let consequence = format!("No later {kind} task of it completed");
        let item = Item { reason, inferred, since: at };
        items.push(item.of(around, task, task.error.as_deref(), Some(consequence)));
    }
    items
}

/// What kind of failure needs the founder: a deployment by its type, others by their words.
fn failure(task: &Task) -> Option<(AttentionReason, bool)> {
    if matches!(task.task_type, Some(TaskType::Deploy | TaskType::Release)) {
        let inferred = task.inferred.iter().any(|field| field == "type");
        return Some((AttentionReason::FailedDeployment, inferred));
    }
    let guess = classify(task.error.as_deref()?)?;
    let of_failures = matches!(
        guess,
        AttentionReason::FailingTests
            | AttentionReason::FailedDeployment
            | AttentionReason::MissingCredentials
            | AttentionReason::ExpiredCredential
            | AttentionReason::CostOrRisk
    );
    of_failures.then_some((guess, true))
}

/// Whether a later task of that product and type was completed.
fn mended(around: &Around<'_>, task: &Task) -> bool {
    let same = |last: &&crate::facts::LastCompleted| {
        last.product_id == task.product_id && last.task_type == task.task_type
    };
    around.facts.last_completed.iter().find(same).is_some_and(|last| last.at > task.ended_at())
}

fn stuck(around: &Around<'_>, task: &Task) -> AttentionItem {
    let limit = stuck::limit(around.facts, task.task_type, around.rules);
    let item = Item { reason: AttentionReason::StuckTask, inferred: true, since: task.last_activity_at };
    let consequence =
        format!("It says that it runs, but is silent for more than {} min", limit.num_minutes());
    item.of(around, task, task.current_step.as_deref(), Some(consequence))
}

struct Item {
    reason: AttentionReason,
    inferred: bool,
    since: chrono::DateTime<chrono::Utc>,
}

impl Item {
    fn of(
        self,
        around: &Around<'_>,
        task: &Task,
        why: Option<&str>,
        consequence: Option<String>,
    ) -> AttentionItem {
        let product = Some(&task.product_id).filter(|id| !id.is_unassigned());
        let priority = task.priority.or_else(|| around.priority(product));
        let last = task.last_action.as_deref().and_then(words);
        let evidence = last.map(|text| Evidence {
            text,
            task_id: Some(task.id.clone()),
            at: Some(task.last_activity_at),
        });
        AttentionItem {
            key: ItemKey::of("task", task.id.as_str(), None),
            cause: cause(task, self.reason),
            reason: self.reason,
            reason_inferred: self.inferred,
            severity: severity(self.reason, priority),
            title: task.title.clone(),
            subject: Subject::Task(task.id.clone()),
            product_id: product.cloned(),
            priority,
            since: self.since,
            why: why.and_then(words),
            consequence,
            evidence: evidence.into_iter().collect(),
            decision: None,
        }
    }
}

/// What tells one occurrence from the next. A blocked task that goes on and blocks again is found out where changes are
/// stored: there, what was decided about it ends.
fn cause(task: &Task, reason: AttentionReason) -> String {
    match task.status {
        // No longer than a decision takes it.
        TaskStatus::Blocked => {
            let blocker = task.blocker_reason.as_deref().unwrap_or_default();
            "blocked: ".chars().chain(blocker.chars()).take(MAX_CAUSE).collect()
        }
        TaskStatus::Running => format!("silent since {}", task.last_activity_at.timestamp()),
        _ => format!("{reason} at {}", task.ended_at().timestamp()),
    }
}
