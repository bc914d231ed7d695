//! What was done on a product: tasks, deployments, commits, who did it, what it cost. And what needs the founder.

pub mod cost;
pub mod tasks;
pub mod work;

use domain::{id::ProductId, settings::Rules, task::TaskStatus};
use leptos::prelude::*;

use self::{
    cost::Costs,
    tasks::Tasks,
    work::{Agents, Commits, Deployments},
};
use crate::{
    api::{overview::ProductRef, products::ProductSheet},
    components::founder_attention_queue::queue_row::QueueRow,
    format, links,
    ui::Panel,
};

/// The lists of a product's page.
#[component]
pub fn ProductLists(
    /// What the page shows.
    sheet: StoredValue<ProductSheet>,
    /// The thresholds that the figures were made with.
    rules: StoredValue<Rules>,
) -> impl IntoView {
    let all = sheet.get_value();
    let product = &all.insight.product;
    let id: &ProductId = &product.id;
    let recent = rules.with_value(|rules| rules.recent_days);
    let failures = all.insight.recent_failures;
    let failures = format!("{} in {recent} days", format::number(failures));
    let back = format!("{}#attention", links::product(&product.slug));
    let named = ProductRef { id: id.clone(), name: product.name.clone(), slug: product.slug.clone() };
    let products = StoredValue::new(vec![named]);
    let count = format::number(all.attention.len() as u64);
    let items = all.attention.into_iter();
    let items = items.map(|item| view! { <QueueRow item products back=back.clone()/> }).collect::<Vec<_>>();
    let attention = (!items.is_empty()).then(|| {
        view! {
            <Panel title="Needs you" id="attention" count=Some(count)>
                <ol class="queue">{items}</ol>
            </Panel>
        }
    });
    let open = format!("{}?product={}", links::TASKS, links::product_filter(id));
    view! {
        {attention}
        <div class="split" data-cols="7-5">
            <Tasks title="Open tasks" lines=all.open href=open nothing="Nothing is queued, running or blocked."/>
            <Tasks
                title="Failures"
                note=failures
                lines=all.failed
                href=links::tasks_of_status(id, TaskStatus::Failed)
                nothing="No task of it ever failed."
            />
        </div>
        <div class="split" data-cols="7-5">
            <Tasks
                title="Completed work"
                lines=all.completed
                href=links::tasks_of_status(id, TaskStatus::Completed)
                nothing="No task of it was completed yet."
            />
            <Deployments items=all.work.deployments total=all.work.deployments_total/>
        </div>
        <div class="split" data-cols="7-5">
            <Commits items=all.work.commits total=all.work.commits_total/>
            <Agents shares=all.work.agents names=all.agents/>
        </div>
        <Costs costs=all.work.costs runs=all.work.runs/>
    }
    .into_any()
}
