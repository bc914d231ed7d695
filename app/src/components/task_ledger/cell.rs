//! The cells of a task.

use chrono::{DateTime, Utc};
use domain::task::TaskStatus;
use leptos::prelude::*;

use crate::{
    api::{overview::ProductRef, tasks::Row},
    components::{Age, Inferred, PriorityBadge, ProductLink, TaskStatusBadge, Told},
    format,
    ledger::Column,
    ui::Unknown,
};

/// The cell of a column other than the first.
pub(super) fn cell(column: Column, row: &Row, products: StoredValue<Vec<ProductRef>>) -> AnyView {
    let (field, content) = match column {
        Column::Task => ("title", ().into_any()),
        Column::Product => {
            ("productId", view! { <ProductLink id=row.product_id.clone() products/> }.into_any())
        }
        Column::Status => ("status", view! { <TaskStatusBadge status=row.status/> }.into_any()),
        Column::Priority => ("priority", view! { <PriorityBadge priority=row.priority/> }.into_any()),
        Column::Type => ("type", words(row.task_type.map(|it| it.label().to_owned()))),
        Column::Source => ("source", words(row.source.map(|it| it.label().to_owned()))),
        Column::Agent => ("assignedAgent", words(row.agent.as_ref().map(ToString::to_string))),
        Column::Created => ("createdAt", moment(Some(row.created_at))),
        Column::Started => ("startedAt", moment(row.started_at)),
        Column::Completed => ("completedAt", moment(row.completed_at)),
        Column::Duration => ("durationMs", duration(row)),
        Column::Retries => ("retryCount", retries(row.retry_count)),
        Column::LastAction => ("lastAction", words(row.last_action.clone())),
        Column::NextAction => ("nextAction", words(row.next_action.clone())),
    };
    let content = if row.inferred.is_empty() {
        content
    } else {
        view! { <Inferred field inferred=row.inferred.clone()>{content}</Inferred> }.into_any()
    };
    view! {
        <td class=if column.numeric() { "num" } else { "" } role="cell" data-col=column.key()>
            {content}
        </td>
    }
    .into_any()
}

/// Words that may be longer than their cell.
fn words(text: Option<String>) -> AnyView {
    match text {
        Some(text) => {
            let title = format::plain(&text).into_owned();
            view! {
                <span class="trunc lim" title=title>
                    <Told text/>
                </span>
            }
            .into_any()
        }
        None => view! { <Unknown/> }.into_any(),
    }
}

fn moment(at: Option<DateTime<Utc>>) -> AnyView {
    match at {
        Some(at) => view! { <Age at/> }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    }
}

/// How long it took; for what is at work, how long so far.
fn duration(row: &Row) -> AnyView {
    match (row.duration_ms, row.started_at) {
        (Some(ms), _) => format::duration(ms).into_any(),
        (None, Some(at)) if row.status == TaskStatus::Running => {
            view! { <span class="t-so-far">"for " <Age at/></span> }.into_any()
        }
        _ => view! { <Unknown/> }.into_any(),
    }
}

fn retries(count: Option<u32>) -> AnyView {
    match count {
        Some(0) => view! { <span class="zero">"0"</span> }.into_any(),
        Some(count) => format::number(count.into()).into_any(),
        None => view! { <Unknown/> }.into_any(),
    }
}
