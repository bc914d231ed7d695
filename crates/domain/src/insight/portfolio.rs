//! The portfolio: each product with its health, its momentum and its open work.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    attention::AttentionQueue,
    health::{Health, health},
    momentum::{Momentum, momentum},
    neglected::neglected_since,
    trend::trend,
};
use crate::{
    attention::{AttentionReason, Severity},
    facts::{Facts, ProductTasks, day},
    id::ProductId,
    product::Product,
    settings::Rules,
    task::{TaskStatus, TaskType},
};

/// A product as the portfolio shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductInsight {
    /// The product.
    pub product: Product,
    /// Its health.
    pub health: Health,
    /// Its momentum.
    pub momentum: Momentum,
    /// What its momentum was at the end of each of the last 14 days and is today, as far as what ended tells
    /// ([`super::trend`]); empty where no line spoke of a task of it.
    pub trend: Vec<u8>,
    /// Its tasks that are queued.
    pub queued_tasks: u64,
    /// Its tasks that are running.
    pub running_tasks: u64,
    /// Its tasks that are blocked.
    pub blocked_tasks: u64,
    /// Its tasks that were completed within `rules.rateDays`, by UTC day.
    pub completed_tasks: u64,
    /// Its tasks that failed within `rules.rateDays`, by UTC day.
    pub failed_tasks: u64,
    /// Its tasks that failed within `rules.recentDays`, to the moment.
    pub recent_failures: u64,
    /// When it was last deployed: as its source tells, else when a task of the type `deploy` or `release` was last
    /// completed.
    pub last_deployment_at: Option<DateTime<Utc>>,
    /// Whether the time of the last deployment was taken from a task.
    pub deployment_inferred: bool,
    /// Since when it is neglected.
    pub neglected_since: Option<DateTime<Utc>>,
    /// The worst item of the attention queue that concerns it.
    pub attention: Option<ProductAttention>,
}

/// What of a product needs the founder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductAttention {
    /// The reason of the worst item.
    pub reason: AttentionReason,
    /// How bad it is.
    pub severity: Severity,
    /// How many items concern the product.
    pub items: u64,
}

impl ProductInsight {
    /// Its tasks that can still change by themselves.
    pub fn open_tasks(&self) -> u64 {
        self.queued_tasks + self.running_tasks + self.blocked_tasks
    }

    /// How many points its momentum is above that of 14 days before, as far as what ended tells; `None` where it is
    /// unknown.
    pub fn change(&self) -> Option<i16> {
        Some(i16::from(*self.trend.last()?) - i16::from(*self.trend.first()?))
    }
}

/// All products but the reserved one, by name.
pub fn portfolio(
    facts: &Facts,
    queue: &AttentionQueue,
    now: DateTime<Utc>,
    rules: &Rules,
) -> Vec<ProductInsight> {
    let products = facts.products.iter().filter(|product| !product.id.is_unassigned());
    products.map(|product| insight(product, facts, queue, now, rules)).collect()
}

fn insight(
    product: &Product,
    facts: &Facts,
    queue: &AttentionQueue,
    now: DateTime<Utc>,
    rules: &Rules,
) -> ProductInsight {
    let tasks = facts.product_tasks.iter().find(|tasks| tasks.id == product.id);
    let count = |status| tasks.map_or(0, |tasks: &ProductTasks| tasks.counts.get(status));
    let since = day(now - chrono::TimeDelta::days(rules.rate_days.into()));
    let days = tasks.map_or(&[][..], |tasks| &tasks.days).iter().filter(|(day, _)| *day >= since);
    let (completed, failed) = days
        .fold((0, 0), |(completed, failed), (_, ends)| (completed + ends.completed, failed + ends.failed));
    let deployed = deployed(facts, &product.id);
    let recent = facts.recent_failures.iter().find(|(id, _)| *id == product.id);
    ProductInsight {
        health: health(product, tasks, now, rules),
        momentum: momentum(product, tasks, now, rules),
        trend: trend(product, tasks, now, rules),
        queued_tasks: count(TaskStatus::Queued),
        running_tasks: count(TaskStatus::Running),
        blocked_tasks: count(TaskStatus::Blocked),
        completed_tasks: completed,
        failed_tasks: failed,
        recent_failures: recent.map_or(0, |(_, count)| *count),
        last_deployment_at: product.last_deployment_at.max(deployed),
        deployment_inferred: deployed > product.last_deployment_at,
        neglected_since: neglected_since(product, now, rules),
        attention: attention(queue, &product.id),
        product: product.clone(),
    }
}

fn deployed(facts: &Facts, id: &ProductId) -> Option<DateTime<Utc>> {
    let of = |last: &&crate::facts::LastCompleted| {
        last.product_id == *id && matches!(last.task_type, Some(TaskType::Deploy | TaskType::Release))
    };
    facts.last_completed.iter().filter(of).map(|last| last.at).max()
}

fn attention(queue: &AttentionQueue, id: &ProductId) -> Option<ProductAttention> {
    // The worst comes first.
    let mut items = queue.items.iter().filter(|item| item.product_id.as_ref() == Some(id));
    let worst = items.next()?;
    Some(ProductAttention { reason: worst.reason, severity: worst.severity, items: 1 + items.count() as u64 })
}
