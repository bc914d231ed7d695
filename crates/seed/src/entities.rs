//! Lines about what is there besides tasks: products, workers, scheduled jobs.

use std::io::Write;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agent::AgentPatch,
    job::JobPatch,
    patch::Patch,
    product::{ProductPatch, ProductStatus},
};

use crate::{
    Error,
    catalogue::{Agent, Job, Product},
    lines::Lines,
    rng::{Rng, mix},
    tell::Touched,
};

/// Writes what a product is, as of `from`.
pub(crate) fn product<W: Write>(
    lines: &mut Lines<W>,
    product: &Product,
    seed: u64,
    from: DateTime<Utc>,
) -> Result<(), Error> {
    let row = &product.row;
    let mut rng = Rng::of(seed, mix(product.slug.len() as u64 ^ u64::from(row.quiet)));
    let oldest = if row.status == ProductStatus::Idea { 20 } else { 1400 };
    let age = TimeDelta::days(i64::try_from(rng.between(5, oldest)).unwrap_or(5)) + TimeDelta::minutes(407);
    let patch = ProductPatch {
        name: Patch::Set(row.name.clone()),
        slug: Patch::Set(product.slug.clone()),
        description: Patch::Set(row.text.clone()),
        category: Patch::Set(row.category),
        repo_url: Patch::Set(product.repo_url()),
        production_url: product.production_url().into(),
        staging_url: product.staging_url().into(),
        owner: Patch::Set(row.owner.clone()),
        priority: Patch::Set(row.priority),
        status: Patch::Set(row.status),
        tags: Patch::Set(row.tags.clone()),
        created_at: Patch::Set(from - age),
        ..ProductPatch::default()
    };
    lines.summary.products += 1;
    lines.row("product", &format!("l-{seed}-product-{}", product.slug), from, product.id.as_str(), &patch)
}

/// Writes what became of a product by its tasks.
pub(crate) fn progress<W: Write>(
    lines: &mut Lines<W>,
    product: &Product,
    seed: u64,
    touched: &Touched,
) -> Result<(), Error> {
    let patch = ProductPatch {
        last_hermes_activity_at: Patch::Set(touched.activity),
        last_deployment_at: touched.deployment.into(),
        last_commit_at: touched.commit.into(),
        updated_at: Patch::Set(touched.activity),
        ..ProductPatch::default()
    };
    let id = format!("l-{seed}-progress-{}", product.slug);
    lines.row("product", &id, touched.activity, product.id.as_str(), &patch)
}

/// Writes how a worker is doing now.
pub(crate) fn agent<W: Write>(
    lines: &mut Lines<W>,
    agent: &Agent,
    seed: u64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let ago = |minutes: i64| now - TimeDelta::minutes(minutes) - TimeDelta::seconds(17);
    let patch = AgentPatch {
        name: Patch::Set(agent.name.clone()),
        agent_type: Patch::Set(agent.kind),
        status: Patch::Set(agent.status),
        last_success_at: agent.ok.map(ago).into(),
        last_failure_at: agent.bad.map(ago).into(),
        calls_today: agent.calls.into(),
        failure_rate: agent.failure_rate.into(),
        average_latency_ms: agent.latency.into(),
        config_issue: agent.issue.clone().into(),
    };
    lines.summary.agents += 1;
    // A worker that is silent was last heard of when it last worked.
    let heard = agent.ok.map_or(now - TimeDelta::seconds(40), |minutes| ago(minutes.min(2)));
    lines.row("agent", &format!("l-{seed}-agent-{}", agent.id), heard, agent.id.as_str(), &patch)
}

/// Writes when a job ran and will run.
pub(crate) fn job<W: Write>(
    lines: &mut Lines<W>,
    job: &Job,
    seed: u64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let next = now + TimeDelta::minutes(job.next);
    let enabled = job.enabled.unwrap_or(true);
    let status = job.status.clone().unwrap_or_else(|| "completed".to_owned());
    let patch = JobPatch {
        name: Patch::Set(job.name.clone()),
        schedule: Patch::Set(job.schedule.clone()),
        product_id: job.product.clone().into(),
        next_run_at: Some(next).filter(|_| enabled).into(),
        last_run_at: Patch::Set(next - TimeDelta::minutes(job.every)),
        last_status: Patch::Set(status),
        state: Patch::Set(job.state.clone().unwrap_or_else(|| "scheduled".to_owned())),
        enabled: Patch::Set(enabled),
        last_error: job.error.clone().into(),
        last_delivery_error: job.delivery.clone().into(),
        ..JobPatch::default()
    };
    lines.summary.jobs += 1;
    let id = format!("l-{seed}-job-{}", job.id);
    lines.row("job", &id, now - TimeDelta::seconds(50), job.id.as_str(), &patch)
}
