//! The cells of a task.

use chrono::{DateTime, Utc};
use domain::task::{Priority, TaskStatus};
use leptos::prelude::*;

use crate::{
    api::{overview::ProductRef, tasks::Row},
    components::{Age, PriorityBadge, TaskStatusBadge, Told, inferred, product_link},
    format,
    ledger::Column,
    ui::Unknown,
};

/// The cell of a column other than the first. It is made once; what stands in it only where it changes.
pub(super) fn cell(column: Column, row: Signal<Row>, products: StoredValue<Vec<ProductRef>>) -> AnyView {
    let told = Memo::new(move |_| row.with(|row| Cell::of(column, row, products)));
    view! {
        <td class=column.numeric().then_some("num") role="cell" data-col=column.key()>
            {move || told.get().view()}
        </td>
    }
    .into_any()
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
struct Cell {
    content: Content,
    /// No source said so.
    inferred: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Content {
    Unknown,
    /// Words that may be longer than their cell.
    Words(String),
    /// A figure and its unit.
    Figure(String),
    /// Nothing happened, and that is known.
    Zero,
    /// Name, and name in links, of a product that is known.
    Product(Option<(String, String)>),
    Status(TaskStatus),
    Priority(Option<Priority>),
    /// How long ago.
    Since(DateTime<Utc>),
    /// How long so far.
    SoFar(DateTime<Utc>),
}

impl Cell {
    fn of(column: Column, row: &Row, products: StoredValue<Vec<ProductRef>>) -> Self {
        let since = |at: Option<DateTime<Utc>>| at.map_or(Content::Unknown, Content::Since);
        let words = |text: Option<String>| text.map_or(Content::Unknown, Content::Words);
        let (field, content) = match column {
            // The first column, which is no cell of this kind.
            Column::Task => ("title", Content::Unknown),
            Column::Product => {
                ("productId", Content::Product(product_link::known(&row.product_id, products)))
            }
            Column::Status => ("status", Content::Status(row.status)),
            Column::Priority => ("priority", Content::Priority(row.priority)),
            Column::Type => ("type", words(row.task_type.map(|it| it.label().to_owned()))),
            Column::Source => ("source", words(row.source.map(|it| it.label().to_owned()))),
            Column::Agent => ("assignedAgent", words(row.agent.as_ref().map(ToString::to_string))),
            Column::Created => ("createdAt", Content::Since(row.created_at)),
            Column::Started => ("startedAt", since(row.started_at)),
            Column::Completed => ("completedAt", since(row.completed_at)),
            Column::Duration => ("durationMs", duration(row)),
            Column::Retries => ("retryCount", retries(row.retry_count)),
            Column::LastAction => ("lastAction", words(row.last_action.clone())),
            Column::NextAction => ("nextAction", words(row.next_action.clone())),
        };
        Self { content, inferred: row.inferred.iter().any(|name| name == field) }
    }

    fn view(self) -> AnyView {
        let content = match self.content {
            Content::Unknown => view! { <Unknown/> }.into_any(),
            Content::Words(text) => {
                let title = format::plain(&text).into_owned();
                view! {
                    <span class="trunc lim" title=title>
                        <Told text/>
                    </span>
                }
                .into_any()
            }
            Content::Figure(text) => text.into_any(),
            Content::Zero => view! { <span class="zero">"0"</span> }.into_any(),
            Content::Product(known) => product_link::link(known),
            Content::Status(status) => view! { <TaskStatusBadge status/> }.into_any(),
            Content::Priority(priority) => view! { <PriorityBadge priority/> }.into_any(),
            Content::Since(at) => view! { <Age at/> }.into_any(),
            Content::SoFar(at) => view! { <span class="t-so-far">"for " <Age at/></span> }.into_any(),
        };
        if self.inferred { inferred::mark(content) } else { content }
    }
}

/// How long it took; for what is at work, how long so far.
fn duration(row: &Row) -> Content {
    match (row.duration_ms, row.started_at) {
        (Some(ms), _) => Content::Figure(format::duration(ms)),
        (None, Some(at)) if row.status == TaskStatus::Running => Content::SoFar(at),
        _ => Content::Unknown,
    }
}

fn retries(count: Option<u32>) -> Content {
    match count {
        Some(0) => Content::Zero,
        Some(count) => Content::Figure(format::number(count.into())),
        None => Content::Unknown,
    }
}
