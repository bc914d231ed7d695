//! The portfolio as a table; cards where there is no room for one.

use chrono::{DateTime, Utc};
use domain::{
    insight::portfolio::ProductInsight,
    portfolio::{PortfolioKey, PortfolioQuery, PortfolioSort},
    settings::Rules,
    task::TaskStatus,
};
use leptos::prelude::*;

use crate::{
    components::{
        Ago, AttentionTag, Inferred, PriorityBadge, Told,
        product_card::ProductLinks,
        product_health_grid::{
            score::Score,
            words::{health_steps, momentum_steps},
        },
    },
    format, links,
    ui::{SortHead, Sorted, Unknown},
};

/// The columns: their name, what they sort by, and whether they hold numbers.
const COLUMNS: [(&str, Option<PortfolioKey>, bool); 15] = [
    ("Product", Some(PortfolioKey::Name), false),
    ("Priority", Some(PortfolioKey::Priority), false),
    ("Attention", Some(PortfolioKey::Attention), false),
    ("Health", Some(PortfolioKey::Health), false),
    ("Momentum", Some(PortfolioKey::Momentum), false),
    ("14 days", Some(PortfolioKey::Change), true),
    ("Status", None, false),
    ("Open", Some(PortfolioKey::Open), true),
    ("Done", None, true),
    ("Failed", Some(PortfolioKey::Failed), true),
    ("Blocked", None, true),
    ("Hermes", Some(PortfolioKey::Activity), true),
    ("Commit", Some(PortfolioKey::Commit), true),
    ("Deploy", Some(PortfolioKey::Deployment), true),
    ("Links", None, false),
];

/// The products, one a row. Heads sort by their column, a second time from its other end.
#[component]
pub fn ProductActivityTable(
    /// The products, in their order.
    products: Vec<ProductInsight>,
    /// What is asked for.
    query: PortfolioQuery,
    /// The thresholds that the scores were made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    let head = |(index, (label, key, numeric)): (usize, &(&'static str, Option<PortfolioKey>, bool))| {
        let (href, sorted) = key.map(|key| order(&query, key)).unzip();
        let pinned = index == 0;
        view! { <SortHead label=*label href sorted=sorted.flatten() numeric=*numeric pinned/> }
    };
    let heads = COLUMNS.iter().enumerate().map(head).collect::<Vec<_>>();
    let rows = products.into_iter().map(|insight| view! { <Row insight rules/> }).collect::<Vec<_>>();
    view! {
        <section class="panel" aria-label="Products">
            <div class="table-wrap pt-wrap" tabindex="0" role="region" aria-label="Products, table">
                <table class="table pt" role="table" aria-label="Products">
                    <thead role="rowgroup">
                        <tr role="row">{heads}</tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Where the head of a column leads, and how it sorts now.
fn order(query: &PortfolioQuery, key: PortfolioKey) -> (String, Option<Sorted>) {
    let current = query.sort.key == key;
    let sort = PortfolioSort { key, reversed: current && !query.sort.reversed };
    let href = links::portfolio(&PortfolioQuery { sort, ..query.clone() });
    // What comes first by nature is the largest number or the latest time for some keys, the smallest for others.
    let rises = matches!(
        key,
        PortfolioKey::Name | PortfolioKey::Priority | PortfolioKey::Health | PortfolioKey::Change
    );
    (href, current.then_some(Sorted::alone(rises != query.sort.reversed)))
}

/// A cell; its column's name stands beside the value where the row has become a card.
fn cell(column: usize, value: AnyView) -> AnyView {
    let (label, _, numeric) = COLUMNS[column];
    let class = if numeric { "num" } else { "" };
    view! {
        <td class=class role="cell">
            <span class="pt-label" aria-hidden="true">
                {label}
            </span>
            {value}
        </td>
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
    let product = insight.product.clone();
    let name = format::plain(&product.name).into_owned();
    let tasks = links::tasks_of(&product.id);
    let score = |what: &str, score: Option<u8>, steps, bar| match score {
        Some(score) => {
            let (label, link) = (format!("{what} of {name}"), format!("Tasks of {name}"));
            view! { <Score label score steps bar href=tasks.clone() link/> }.into_any()
        }
        None => view! { <Unknown/> }.into_any(),
    };
    let (health, momentum) = rules
        .with_value(|rules| (health_steps(&insight.health, rules), momentum_steps(&insight.momentum, rules)));
    let change = insight.change().map_or_else(
        || view! { <Unknown/> }.into_any(),
        |change| {
            let tone = (change < -7).then_some("danger");
            let text = match change {
                0 => "0".to_owned(),
                1.. => format!("+{change}"),
                _ => format!("−{}", change.unsigned_abs()),
            };
            view! { <span class="pt-change" data-tone=tone>{text}</span> }.into_any()
        },
    );
    let count = |value: u64, status: TaskStatus| {
        let href = links::tasks_of_status(&product.id, status);
        let class = if value == 0 { "quiet-link zero" } else { "quiet-link" };
        view! {
            <a class=class href=href>
                {format::number(value)}
            </a>
        }
        .into_any()
    };
    let status =
        product.status.map_or_else(|| view! { <Unknown/> }.into_any(), |status| status.label().into_any());
    let attention = insight.attention.map_or_else(
        || view! { <span class="t3">"None"</span> }.into_any(),
        |attention| view! { <AttentionTag attention/> }.into_any(),
    );
    let open = match insight.open_tasks() {
        0 => view! { <span class="zero">"0"</span> }.into_any(),
        open => format::number(open).into_any(),
    };
    let inferred = product.inferred.clone();
    let deployed =
        if insight.deployment_inferred { vec!["lastDeploymentAt".to_owned()] } else { inferred.clone() };
    view! {
        <tr class="pt-row" role="row">
            <th class="sticky pt-name" role="rowheader" scope="row">
                <a class="cell-main lim trunc" href=links::product(&product.slug) title=name.clone()>
                    <Told text=product.name.clone()/>
                </a>
            </th>
            {cell(1, view! { <PriorityBadge priority=product.priority/> }.into_any())}
            {cell(2, attention)}
            {cell(3, score("Health", insight.health.score, health, true))}
            {cell(4, score("Momentum", insight.momentum.score, momentum, false))}
            {cell(5, change)}
            {cell(6, status)}
            {cell(7, open)}
            {cell(8, count(insight.completed_tasks, TaskStatus::Completed))}
            {cell(9, count(insight.failed_tasks, TaskStatus::Failed))}
            {cell(10, count(insight.blocked_tasks, TaskStatus::Blocked))}
            {cell(11, ago(product.last_hermes_activity_at, "lastHermesActivityAt", inferred.clone()))}
            {cell(12, ago(product.last_commit_at, "lastCommitAt", inferred))}
            {cell(13, ago(insight.last_deployment_at, "lastDeploymentAt", deployed))}
            {cell(14, view! { <span class="p-tags"><ProductLinks product/></span> }.into_any())}
        </tr>
    }
    .into_any()
}
