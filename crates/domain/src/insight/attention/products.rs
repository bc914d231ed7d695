//! Items that are about a product.

use chrono::TimeDelta;

use super::{Around, severity, words};
use crate::{
    attention::{AttentionItem, AttentionReason, Evidence},
    decision::Subject,
    id::{ItemKey, ProductId},
    insight::neglected::neglected_since,
    product::Product,
    task::Task,
};

/// How many of the failed tasks an item names.
const NAMED: usize = 5;

pub(super) fn items(around: &Around<'_>) -> Vec<AttentionItem> {
    let often = u64::from(around.rules.repeated_failures);
    let failing = around.facts.recent_failures.iter();
    let failing = failing.filter(|(id, count)| !id.is_unassigned() && *count >= often);
    let mut items: Vec<AttentionItem> = failing.map(|(id, count)| repeated(around, id, *count)).collect();
    items.extend(around.facts.products.iter().filter_map(|product| neglected(around, product)));
    items
}

fn repeated(around: &Around<'_>, id: &ProductId, count: u64) -> AttentionItem {
    let since = around.now - TimeDelta::days(around.rules.recent_days.into());
    let failures =
        around.facts.failed.iter().filter(|task| task.product_id == *id && task.ended_at() >= since);
    let failures: Vec<&Task> = failures.collect();
    let evidence = failures.iter().take(NAMED).map(|task| Evidence {
        text: task.title.clone(),
        task_id: Some(task.id.clone()),
        at: Some(task.ended_at()),
    });
    let newest = failures.first().map(|task| task.id.to_string()).unwrap_or_default();
    let name = around.product(id).map_or_else(|| id.to_string(), |product| product.name.clone());
    let priority = around.priority(Some(id));
    AttentionItem {
        key: ItemKey::of("product", id.as_str(), Some("repeated-failures")),
        cause: format!("failed last: {newest}"),
        reason: AttentionReason::RepeatedFailures,
        reason_inferred: false,
        severity: severity(AttentionReason::RepeatedFailures, priority),
        title: format!("{name}: {count} tasks failed in {} days", around.rules.recent_days),
        subject: Subject::Product(id.clone()),
        product_id: Some(id.clone()),
        priority,
        since: failures.last().map_or(since, |task| task.ended_at()),
        why: failures.first().and_then(|task| words(task.error.as_deref()?)),
        consequence: same_error(&failures),
        evidence: evidence.collect(),
        decision: None,
    }
}

/// Whether they all failed alike, by the first line of their errors.
fn same_error(failures: &[&Task]) -> Option<String> {
    let first_line = |task: &&Task| Some(task.error.as_deref()?.lines().next()?.trim().to_lowercase());
    let first = failures.first().and_then(first_line)?;
    let alike = failures.len() > 1 && failures.iter().all(|task| first_line(task).as_deref() == Some(&first));
    alike.then(|| "The same error each time".to_owned())
}

fn neglected(around: &Around<'_>, product: &Product) -> Option<AttentionItem> {
    let since = neglected_since(product, around.now, around.rules)?;
    let days = (around.now - since).num_days();
    let title = match product.last_hermes_activity_at {
        Some(_) => format!("{}: no activity for {days} days. Keep, pause or archive?", product.name),
        None => format!("{}: no activity yet, known for {days} days. Keep, pause or archive?", product.name),
    };
    Some(AttentionItem {
        key: ItemKey::of("product", product.id.as_str(), Some("inactive")),
        cause: format!("silent since {}", since.timestamp()),
        reason: AttentionReason::InactiveProduct,
        reason_inferred: false,
        severity: severity(AttentionReason::InactiveProduct, product.priority),
        title,
        subject: Subject::Product(product.id.clone()),
        product_id: Some(product.id.clone()),
        priority: product.priority,
        since,
        why: None,
        consequence: None,
        evidence: Vec::new(),
        decision: None,
    })
}
