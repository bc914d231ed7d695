//! Where the failures of a task came back.

use domain::insight::fingerprint::{Other, Recurrence};
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{Ago, Moment, ProductName, TaskStatusBadge, Told},
    format, links,
    ui::{Icon, IconName, Panel},
};

/// Each failure, how often and where else it was met, and the tasks that met it.
#[component]
pub fn Recurring(
    /// The failures, the latest first.
    recurrences: Vec<Recurrence>,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    if recurrences.is_empty() {
        return view! {
            <Panel title="Recurring issue">
                <p class="panel-line t3">"No failure of this task is known, so there is none to look for elsewhere."</p>
            </Panel>
        }
        .into_any();
    }
    let one = move |recurrence: Recurrence| view! { <Failure recurrence products/> };
    view! {
        <Panel title="Recurring issue">
            <div class="task-body">{recurrences.into_iter().map(one).collect_view()}</div>
        </Panel>
    }
    .into_any()
}

#[component]
fn Failure(recurrence: Recurrence, products: StoredValue<Vec<ProductRef>>) -> impl IntoView {
    let Recurrence { fingerprint, times, tasks, products: over, first_at, last_at, others } = recurrence;
    let alone = tasks <= 1;
    let words = if alone {
        format!("Met {} here, at no other task.", format::count(times, "time", "times"))
    } else {
        let over = match over {
            0 => String::new(),
            over => format!(", over {}", format::count(over, "product", "products")),
        };
        format!("Met {} at {} tasks{over}.", format::count(times, "time", "times"), format::number(tasks))
    };
    let again = (!alone).then(|| {
        view! {
            <span class="tag" data-tone="warn">
                <Icon name=IconName::Repeat size=12/>
                {format!("{} tasks", format::number(tasks))}
            </span>
        }
    });
    let left = tasks.saturating_sub(others.len() as u64 + 1);
    let left = (left > 0).then(
        || view! { <p class="t3 sm">{format!("and {} more", format::count(left, "task", "tasks"))}</p> },
    );
    let row = move |other: Other| {
        view! {
            <li>
                <TaskStatusBadge status=other.status/>
                <a class="link task-main" href=links::task(&other.id)>
                    <Told text=other.title/>
                </a>
                <span class="t3">
                    <ProductName id=other.product_id products/>
                </span>
                <span class="t3">
                    <Ago at=other.at/>
                </span>
            </li>
        }
    };
    view! {
        <div class="task-failure">
            <p class="task-failure-head">
                <code class="path">
                    <Told text=fingerprint/>
                </code>
                {again}
            </p>
            <p class="t2">{words}</p>
            <p class="t3 sm">"First " <Moment at=first_at/> ", last " <Moment at=last_at/></p>
            <ul class="task-list">{others.into_iter().map(row).collect_view()}</ul>
            {left}
        </div>
    }
    .into_any()
}
