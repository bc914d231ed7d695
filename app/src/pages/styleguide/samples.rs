//! What the examples are made of: one moment, the ids, products and tasks of a made-up portfolio, and its facts
//! ([`day`]). Figures, queue and scores are made from these by the domain, as everywhere.

pub(super) mod day;

use std::{fmt::Debug, str::FromStr};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    facts::Facts,
    id::ProductId,
    product::{Product, ProductStatus, slugify},
    settings::Rules,
    task::{Priority, Task, TaskStatus},
};
use leptos::prelude::*;

use crate::api::overview::ProductRef;

/// 25 May 2026, 16:42:18 UTC.
const MOMENT: i64 = 1_779_727_338;

/// The moment that all examples are of.
pub(super) fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(MOMENT)
}

/// So many minutes before it.
pub(super) fn ago(minutes: i64) -> DateTime<Utc> {
    now() - TimeDelta::minutes(minutes)
}

/// So many days before it.
pub(super) fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

/// An id that is written in this folder; nothing else may come here.
pub(super) fn id<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("the ids of the examples are ids")
}

/// The thresholds that a new installation has.
pub(super) fn rules() -> StoredValue<Rules> {
    StoredValue::new(Rules::default())
}

/// A product at work, of which nothing else is known.
pub(super) fn product(name: &str, priority: Option<Priority>) -> Product {
    let slug = slugify(name);
    Product {
        id: id(&slug),
        name: name.to_owned(),
        slug,
        description: None,
        category: None,
        repo_url: None,
        production_url: None,
        staging_url: None,
        owner: None,
        priority,
        status: Some(ProductStatus::Active),
        health_score: None,
        tags: Vec::new(),
        last_hermes_activity_at: None,
        last_deployment_at: None,
        last_commit_at: None,
        needs_attention: None,
        created_at: days_ago(200),
        updated_at: days_ago(1),
        inferred: Vec::new(),
    }
}

/// The products by which tasks are named.
pub(super) fn product_refs() -> StoredValue<Vec<ProductRef>> {
    let name = |Product { id, name, slug, .. }: Product| ProductRef { id, name, slug };
    StoredValue::new(day::products().into_iter().map(name).collect())
}

/// The day's facts with a mission that fell silent.
pub(super) fn quiet_facts() -> Facts {
    let mut facts = day::facts();
    *facts.counts.get_mut(TaskStatus::Running) += 1;
    facts.running.push(day::quiet());
    Facts { stuck_total: 1, stuck: vec![day::quiet()], ..facts }
}

/// A task of which nothing else is known; the product is named by its slug.
pub(super) fn task(task: &str, title: &str, product: Option<&str>, status: TaskStatus) -> Task {
    Task {
        id: id(task),
        title: title.to_owned(),
        description: None,
        product_id: product.map_or_else(ProductId::unassigned, id),
        status,
        priority: None,
        task_type: None,
        source: None,
        created_at: days_ago(1),
        started_at: None,
        completed_at: None,
        duration_ms: None,
        retry_count: None,
        assigned_agent: None,
        tags: Vec::new(),
        progress_percent: None,
        current_step: None,
        last_action: None,
        next_action: None,
        blocker_reason: None,
        summary: None,
        result: None,
        error: None,
        inferred: Vec::new(),
        last_activity_at: ago(4),
        attention: Vec::new(),
    }
}
