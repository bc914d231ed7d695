//! The worst products, one a row; cards where there is no room for a table.

use chrono::{DateTime, Utc};
use domain::{
    attention::Severity,
    insight::portfolio::{ProductAttention, ProductInsight},
    settings::Rules,
};
use leptos::prelude::*;

use super::{
    score::Score,
    words::{health_steps, momentum_steps},
};
use crate::{
    components::{Ago, Inferred, PriorityBadge, Told},
    format, links,
    ui::Unknown,
};

const COLUMNS: [&str; 10] = [
    "Product",
    "Health",
    "Momentum",
    "Production",
    "Open",
    "Failed",
    "Latest activity",
    "Last deploy",
    "Last commit",
    "Attention",
];

/// The worst products, the lowest score first.
#[component]
pub fn Problems(
    /// The products to list.
    worst: Vec<ProductInsight>,
    /// How many have a problem.
    total: usize,
    /// The thresholds that the scores were made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    if worst.is_empty() {
        return view! {
            <p class="panel-line t2">"No product is below 75 or in need of you."</p>
        }
        .into_any();
    }
    let head = |name: &'static str| view! { <th role="columnheader" scope="col">{name}</th> };
    let more = total - worst.len();
    let rows = worst.into_iter().map(|insight| view! { <Row insight rules/> }).collect_view();
    view! {
        <h3 class="problems-head">"Top problems"</h3>
        <table class="problems" role="table" aria-label="Top problems">
            <thead role="rowgroup">
                <tr role="row">{COLUMNS.map(head).collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {(more > 0)
            .then(|| {
                view! {
                    <footer class="panel-foot">
                        <a class="link" href=links::PRODUCTS>
                            {format::count(more as u64, "more product has a problem", "more products have a problem")}
                        </a>
                    </footer>
                }
            })}
    }
    .into_any()
}

// tidy: classes problems-num problems-attn

/// A cell; its column's name stands beside the value where the row has become a card.
fn cell(class: &'static str, column: usize, value: AnyView) -> impl IntoView + use<> {
    view! {
        <td class=class role="cell">
            <span class="problems-label" aria-hidden="true">
                {COLUMNS[column]}
            </span>
            {value}
        </td>
    }
}

fn count(value: u64, title: String) -> AnyView {
    view! {
        <span data-zero=(value == 0).then_some("") title=title>
            {format::number(value)}
        </span>
    }
    .into_any()
}

fn ago(at: Option<DateTime<Utc>>, field: &'static str, inferred: Vec<String>) -> AnyView {
    let Some(at) = at else { return view! { <Unknown/> }.into_any() };
    view! {
        <Inferred field inferred>
            <Ago at/>
        </Inferred>
    }
    .into_any()
}

#[component]
fn Row(insight: ProductInsight, rules: StoredValue<Rules>) -> impl IntoView {
    let product = insight.product;
    let name = format::plain(&product.name).into_owned();
    let tasks = links::tasks_of(&product.id);
    let link = format!("Tasks of {name}");
    let score = |what: &str, score: Option<u8>, steps, bar| match score {
        Some(score) => {
            let label = format!("{what} of {name}");
            view! { <Score label score steps bar href=tasks.clone() link=link.clone()/> }.into_any()
        }
        None => view! { <Unknown/> }.into_any(),
    };
    let (health, momentum) = rules
        .with_value(|rules| (health_steps(&insight.health, rules), momentum_steps(&insight.momentum, rules)));
    let health = score("Health", insight.health.score, health, true);
    let momentum = score("Momentum", insight.momentum.score, momentum, false);
    let open = format!(
        "{} queued, {} running, {} blocked",
        format::number(insight.queued_tasks),
        format::number(insight.running_tasks),
        format::number(insight.blocked_tasks),
    );
    let opened = insight.queued_tasks + insight.running_tasks + insight.blocked_tasks;
    let days = rules.with_value(|rules| rules.rate_days);
    let failed = format!("In {days} days");
    let production = view! {
        <span title="Unknown: nothing measures what is in production yet">
            <Unknown/>
        </span>
    };
    // Taken from a task of ours, not told by a source.
    let mut inferred = product.inferred.clone();
    if insight.deployment_inferred {
        inferred.push("lastDeploymentAt".to_owned());
    }
    let category = product.category.map(|category| view! { <span class="t3">{category.label()}</span> });
    let attention = insight.attention.map_or_else(
        || view! { <span class="t3">"None"</span> }.into_any(),
        |attention| view! { <Attention attention/> }.into_any(),
    );
    view! {
        <tr class="problems-row" role="row">
            <th class="problems-name" role="rowheader" scope="row">
                <span class="row">
                    <Inferred field="priority" inferred=product.inferred.clone()>
                        <PriorityBadge priority=product.priority/>
                    </Inferred>
                    <a class="problems-link trunc" href=links::product(&product.slug)>
                        <Told text=product.name/>
                    </a>
                    {category}
                </span>
            </th>
            {cell("", 1, health)}
            {cell("", 2, momentum)}
            {cell("", 3, production.into_any())}
            {cell("problems-num", 4, count(opened, open))}
            {cell("problems-num", 5, count(insight.failed_tasks, failed))}
            {cell(
                "",
                6,
                ago(product.last_hermes_activity_at, "lastHermesActivityAt", product.inferred.clone()),
            )}
            {cell("", 7, ago(insight.last_deployment_at, "lastDeploymentAt", inferred))}
            {cell("", 8, ago(product.last_commit_at, "lastCommitAt", product.inferred))}
            {cell("problems-attn", 9, attention)}
        </tr>
    }
    .into_any()
}

/// The worst reason, and how many more there are.
#[component]
fn Attention(attention: ProductAttention) -> impl IntoView {
    let tone = match attention.severity {
        Severity::Critical => "danger",
        Severity::High => "warn",
        Severity::Medium => "info",
        Severity::Low => "idle",
    };
    let more = attention.items.saturating_sub(1);
    view! {
        <span class="tag" data-tone=tone title=attention.severity.label()>
            {attention.reason.label()}
        </span>
        {(more > 0).then(|| view! { <span class="t3">{format!(" and {} more", format::number(more))}</span> })}
    }
    .into_any()
}
