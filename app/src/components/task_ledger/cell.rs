//! The cells of a task.

use std::mem::discriminant;

use chrono::{DateTime, Utc};
use domain::task::{Priority, TaskStatus};
use leptos::prelude::*;

use super::following;
use crate::{
    api::{overview::ProductRef, tasks::Row},
    components::{inferred, product_link},
    format,
    ledger::Column,
    ui::Unknown,
};

/// The cell of a column other than the first. It is made once, and what stands in it once for each kind of content: another
/// content of the same kind is told in place.
pub(super) fn cell(column: Column, row: Signal<Row>, products: StoredValue<Vec<ProductRef>>) -> AnyView {
    let told = Memo::new(move |_| row.with(|row| Cell::of(column, row, products)));
    let kind = Memo::new(move |_| told.with(|cell| (discriminant(&cell.content), cell.inferred)));
    let content = move || {
        // Read, not only tracked: what was never read follows nothing.
        kind.get();
        view(told)
    };
    view! {
        <td class=column.numeric().then_some("num") role="cell" data-col=column.key()>
            {content}
        </td>
    }
    .into_any()
}

/// What a content of one kind holds. Once it is of another kind, what it held first: the view is about to be made anew.
macro_rules! part {
    ($told:ident, $first:ident, $kind:ident) => {
        Signal::derive(move || {
            $told.with(|cell| match &cell.content {
                Content::$kind(value) => value.clone(),
                _ => $first.clone(),
            })
        })
    };
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
    NoProduct,
    /// Name, and name in links, of a product.
    Product((String, String)),
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
                let known = product_link::known(&row.product_id, products);
                ("productId", known.map_or(Content::NoProduct, Content::Product))
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
}

/// What a cell shows, as long as its content stays of this kind.
fn view(told: Memo<Cell>) -> AnyView {
    let Cell { content, inferred } = told.get_untracked();
    let content = match content {
        Content::Unknown => view! { <Unknown/> }.into_any(),
        Content::Zero => view! { <span class="zero">"0"</span> }.into_any(),
        Content::NoProduct => product_link::link(None),
        Content::Words(first) => following::words(part!(told, first, Words)),
        Content::Figure(first) => {
            let figure = part!(told, first, Figure);
            (move || figure.get()).into_any()
        }
        Content::Product(first) => following::product(part!(told, first, Product)),
        Content::Status(first) => following::status(part!(told, first, Status)),
        Content::Priority(first) => following::priority(part!(told, first, Priority)),
        Content::Since(first) => following::age(part!(told, first, Since)),
        Content::SoFar(first) => {
            view! { <span class="t-so-far">"for " {following::age(part!(told, first, SoFar))}</span> }
                .into_any()
        }
    };
    if inferred { inferred::mark(content) } else { content }
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
