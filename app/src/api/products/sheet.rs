//! What pages need of the portfolio and of a product, and no more.

use chrono::{DateTime, Utc};
use domain::{product::Product, query::Page, registry::ProductChange, task::Task, zone::Zone};
use service::{Portfolio, ProductFile};

use super::{ProductSheet, ProductsPage, TaskLine, TaskLines};
use crate::api::overview::ProductRef;

pub(super) fn portfolio(portfolio: Portfolio, now: DateTime<Utc>, zone: Zone) -> ProductsPage {
    let Portfolio { mut products, without_product, rules } = portfolio;
    for insight in &mut products {
        insight.product.description = None;
    }
    ProductsPage { products, without_product, rules, now, zone }
}

pub(super) fn sheet(
    file: ProductFile,
    changed: Option<ProductChange>,
    now: DateTime<Utc>,
    zone: Zone,
) -> ProductSheet {
    ProductSheet {
        insight: file.insight,
        told: file.found.told,
        edit: file.found.edit,
        merged: file.found.merged.iter().map(reference).collect(),
        open: lines(file.open),
        failed: lines(file.failed),
        completed: lines(file.completed),
        work: file.work,
        agents: file.agents.into_iter().map(|agent| (agent.id, agent.name)).collect(),
        attention: file.attention,
        log_total: file.log.total,
        log: file.log.items,
        others: file.others,
        rules: file.rules,
        now,
        zone,
        changed,
        moved: file.found.moved,
    }
}

fn reference(product: &Product) -> ProductRef {
    ProductRef { id: product.id.clone(), name: product.name.clone(), slug: product.slug.clone() }
}

fn lines(page: Page<Task>) -> TaskLines {
    TaskLines { total: page.total, items: page.items.into_iter().map(line).collect() }
}

fn line(task: Task) -> TaskLine {
    let note = task.blocker_reason.or(task.error).or(task.current_step);
    TaskLine {
        at: task.completed_at.unwrap_or(task.last_activity_at),
        id: task.id,
        title: task.title,
        status: task.status,
        priority: task.priority,
        // The page shows a line of it; the task's page has it all.
        note: note.map(|note| note.chars().take(200).collect()),
    }
}
