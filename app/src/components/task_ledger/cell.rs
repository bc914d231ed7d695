//! The cells of a task.

use chrono::{DateTime, Utc};
use domain::task::{Priority, TaskSource, TaskStatus, TaskType};
use leptos::prelude::*;

use crate::{
    api::{overview::ProductRef, tasks::Row},
    components::{
        PriorityBadge, TaskStatusBadge, Told,
        ago::{datetime, in_full},
        inferred, product_link,
    },
    format,
    ledger::Column,
    state::Clock,
    ui::Unknown,
};

/// What stands in the cell of a column other than the first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) content: Content,
    /// No source said so.
    pub(super) inferred: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Unknown,
    /// Words that may be longer than their cell.
    Words(String),
    /// A figure and its unit, or a word that is never too long.
    Short(String),
    /// Nothing happened, and that is known.
    Zero,
    NoProduct,
    /// Name, and name in links, of a product.
    Product(String, String),
    Status(TaskStatus),
    Priority(Option<Priority>),
    /// How long ago.
    Since(Moment),
    /// How long so far.
    SoFar(Moment),
}

/// A moment, and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    pub(super) at: DateTime<Utc>,
    pub(super) text: String,
}

impl Moment {
    fn of(at: DateTime<Utc>, now: Option<DateTime<Utc>>) -> Self {
        Self { at, text: now.map_or_else(|| datetime(at), |now| format::elapsed(now - at)) }
    }
}

impl Cell {
    /// `now` is what moments are told by; without it they are told as they are.
    pub(super) fn of(
        column: Column,
        row: &Row,
        products: StoredValue<Vec<ProductRef>>,
        now: Option<DateTime<Utc>>,
    ) -> Self {
        let since = |at: DateTime<Utc>| Content::Since(Moment::of(at, now));
        let perhaps = |at: Option<DateTime<Utc>>| at.map_or(Content::Unknown, since);
        let words = |text: Option<String>| text.map_or(Content::Unknown, Content::Words);
        let label =
            |text: Option<&str>| text.map_or(Content::Unknown, |text| Content::Short(text.to_owned()));
        let (field, content) = match column {
            // The first column, which is no cell of this kind.
            Column::Task => ("title", Content::Unknown),
            Column::Product => {
                let known = product_link::known(&row.product_id, products);
                ("productId", known.map_or(Content::NoProduct, |(name, slug)| Content::Product(name, slug)))
            }
            Column::Status => ("status", Content::Status(row.status)),
            Column::Priority => ("priority", Content::Priority(row.priority)),
            Column::Type => ("type", label(row.task_type.map(TaskType::label))),
            Column::Source => ("source", label(row.source.map(TaskSource::label))),
            Column::Agent => ("assignedAgent", words(row.agent.as_ref().map(ToString::to_string))),
            Column::Created => ("createdAt", since(row.created_at)),
            Column::Started => ("startedAt", perhaps(row.started_at)),
            Column::Completed => ("completedAt", perhaps(row.completed_at)),
            Column::Duration => ("durationMs", duration(row, now)),
            Column::Retries => ("retryCount", retries(row.retry_count)),
            Column::LastAction => ("lastAction", words(row.last_action.clone())),
            Column::NextAction => ("nextAction", words(row.next_action.clone())),
        };
        Self { content, inferred: row.inferred.iter().any(|name| name == field) }
    }

    /// What a cell shows, which follows nothing. Most contents of the same kind are told to the same elements, by `tell.rs`: who
    /// changes what stands here changes it there.
    pub(super) fn view(&self, clock: Option<&Clock>) -> AnyView {
        let content = match &self.content {
            Content::Unknown => view! { <Unknown/> }.into_any(),
            Content::Zero => view! { <span class="zero">"0"</span> }.into_any(),
            Content::NoProduct => product_link::link(None),
            Content::Words(text) => view! {
                <span class="trunc lim" title=format::plain(text).into_owned()>
                    <Told text=text.clone()/>
                </span>
            }
            .into_any(),
            Content::Short(text) => text.clone().into_any(),
            Content::Product(name, slug) => product_link::link(Some((name.clone(), slug.clone()))),
            Content::Status(status) => view! { <TaskStatusBadge status=*status/> }.into_any(),
            Content::Priority(priority) => view! { <PriorityBadge priority=*priority/> }.into_any(),
            Content::Since(moment) => moment.view(clock),
            Content::SoFar(moment) => {
                view! { <span class="t-so-far">"for " {moment.view(clock)}</span> }.into_any()
            }
        };
        if self.inferred { inferred::mark(content) } else { content }
    }
}

impl Moment {
    fn view(&self, clock: Option<&Clock>) -> AnyView {
        view! {
            <time datetime=datetime(self.at) title=in_full(self.at, clock)>
                {self.text.clone()}
            </time>
        }
        .into_any()
    }
}

/// How long it took; for what is at work, how long so far.
fn duration(row: &Row, now: Option<DateTime<Utc>>) -> Content {
    match (row.duration_ms, row.started_at) {
        (Some(ms), _) => Content::Short(format::duration(ms)),
        (None, Some(at)) if row.status == TaskStatus::Running => Content::SoFar(Moment::of(at, now)),
        _ => Content::Unknown,
    }
}

fn retries(count: Option<u32>) -> Content {
    match count {
        Some(0) => Content::Zero,
        Some(count) => Content::Short(format::number(count.into())),
        None => Content::Unknown,
    }
}
