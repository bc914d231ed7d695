//! Which tasks.

use std::{collections::BTreeSet, fmt, str::FromStr};

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, Utc};

use crate::{
    id::{AgentId, ProductId},
    product::ProductRecord,
    query::FacetKey,
    task::{Priority, TaskRecord, TaskSource, TaskStatus, TaskType},
    text,
};

/// How much of a task's error is searched, in characters.
const ERROR_CHARS: usize = 300;

string_enum! {
    /// Where the words of a search are looked for.
    pub enum SearchIn as "place to search" {
        Tasks = "tasks", "Tasks";
        Everything = "everything", "Everything";
    }
}

#[expect(clippy::derivable_impls, reason = "`string_enum!` marks no variant as the default")]
impl Default for SearchIn {
    fn default() -> Self {
        Self::Tasks
    }
}

/// Which tasks: all conditions hold at once; within one condition any value will do; an empty one always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Words that must all begin a word of the task's id, title, product, agent, tags or error.
    pub q: String,
    /// Where those words are looked for. `Everything` adds the texts of [`super::detail_tokens`],
    /// [`super::event_tokens`] and [`super::run_tokens`], which only a store has at hand.
    pub search_in: SearchIn,
    /// Where the task stands.
    pub status: BTreeSet<TaskStatus>,
    /// The product it belongs to.
    pub product: BTreeSet<ProductId>,
    /// How much it matters.
    pub priority: BTreeSet<Priority>,
    /// What kind of work it is.
    pub task_type: BTreeSet<TaskType>,
    /// What triggered it.
    pub source: BTreeSet<TaskSource>,
    /// Who works on it.
    pub agent: BTreeSet<AgentId>,
    /// Created at or after.
    pub from: Option<DateBound>,
    /// Created up to: a moment is left out, a date is included whole.
    pub to: Option<DateBound>,
    /// Ended at or after: [`TaskRecord::ended_at`]. An open task is none of them.
    pub ended_from: Option<DateBound>,
    /// Ended up to, as `to`.
    pub ended_to: Option<DateBound>,
}

/// A bound of a span: a whole day or a moment. Whose day it is, is for the one who asks to settle
/// ([`DateBound::settled`]); taken as it is, it is a day of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateBound {
    /// `2026-11-22`
    Date(NaiveDate),
    /// `2026-11-22T10:00:00Z`
    At(DateTime<Utc>),
}

impl DateBound {
    /// The same bound as a moment, where a day begins at `midnight` of it: a lower bound is the day's begin, an upper
    /// one its end.
    #[must_use]
    pub fn settled(self, upper: bool, midnight: impl Fn(NaiveDate) -> DateTime<Utc>) -> Self {
        match self {
            Self::Date(date) if upper => Self::At(midnight(day_after(date))),
            Self::Date(date) => Self::At(midnight(date)),
            Self::At(at) => Self::At(at),
        }
    }

    /// The first moment inside, as a lower bound.
    pub fn begin(self) -> DateTime<Utc> {
        match self {
            Self::Date(date) => date.and_time(chrono::NaiveTime::MIN).and_utc(),
            Self::At(at) => at,
        }
    }

    /// The first moment outside, as an upper bound.
    pub fn end(self) -> DateTime<Utc> {
        match self {
            Self::Date(date) => Self::Date(day_after(date)).begin(),
            Self::At(at) => at,
        }
    }
}

fn day_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)
}

impl fmt::Display for DateBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::At(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

impl FromStr for DateBound {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let date = text.parse().map(Self::Date);
        let moment = || DateTime::parse_from_rfc3339(text).map(|at| Self::At(at.to_utc()));
        date.or_else(|_| moment()).map_err(|_| "write a date (2026-11-22) or a time (2026-11-22T10:00:00Z)")
    }
}

/// Whether `value` is among those asked for; an unknown value is among none.
fn among<T: Ord>(asked: &BTreeSet<T>, value: Option<&T>) -> bool {
    asked.is_empty() || value.is_some_and(|value| asked.contains(value))
}

impl TaskFilter {
    /// Whether the task is one of those asked for. `words` are the tokens of `q`
    /// ([`crate::text::query_tokens`]), made once for all tasks.
    ///
    /// Words are looked for in the task itself: a search in everything needs what only a store has.
    pub fn matches(&self, task: &TaskRecord, product: Option<&ProductRecord>, words: &[String]) -> bool {
        self.is_within(task)
            && self.misses(task).next().is_none()
            && (words.is_empty() || {
                let mut tokens = task_tokens(task);
                tokens.extend(product.map(product_tokens).unwrap_or_default());
                text::matches(&tokens, words)
            })
    }

    /// Whether the task was created, and ended, within the spans that are asked for.
    pub fn is_within(&self, task: &TaskRecord) -> bool {
        let created = task.created_at.unwrap_or(task.first_seen_at);
        let ended = task.ended_at();
        self.from.is_none_or(|from| created >= from.begin())
            && self.to.is_none_or(|to| created < to.end())
            && self.ended_from.is_none_or(|from| ended.is_some_and(|ended| ended >= from.begin()))
            && self.ended_to.is_none_or(|to| ended.is_some_and(|ended| ended < to.end()))
    }

    /// Of which of the properties that have facets the task has none of the values asked for.
    pub fn misses(&self, task: &TaskRecord) -> impl Iterator<Item = FacetKey> {
        FacetKey::ALL.iter().copied().filter(|key| match key {
            FacetKey::Status => !among(&self.status, Some(&task.status_or_queued())),
            FacetKey::Product => !among(&self.product, Some(&task.product())),
            FacetKey::Priority => !among(&self.priority, task.priority.as_ref()),
            FacetKey::Type => !among(&self.task_type, task.task_type.as_ref()),
            FacetKey::Source => !among(&self.source, task.source.as_ref()),
            FacetKey::Agent => !among(&self.agent, task.assigned_agent.as_ref()),
        })
    }
}

/// The part of an error in which words are looked for: its first 300 characters. What holds a task's words for search, or decides by
/// them, has no more of it.
pub fn searched(error: &str) -> &str {
    let end = error.char_indices().nth(ERROR_CHARS).map_or(error.len(), |(at, _)| at);
    error.get(..end).unwrap_or(error)
}

/// The words by which a task is found, its product's name aside.
pub fn task_tokens(task: &TaskRecord) -> Vec<String> {
    let mut tokens = text::text_tokens(task.id.as_str());
    tokens.extend(text::text_tokens(task.product().as_str()));
    tokens.extend(text::text_tokens(task.title.as_deref().unwrap_or_default()));
    if let Some(agent) = &task.assigned_agent {
        tokens.extend(text::text_tokens(agent.as_str()));
    }
    for tag in task.tags.iter().flatten() {
        tokens.extend(text::text_tokens(tag));
    }
    if let Some(error) = &task.error {
        tokens.extend(text::text_tokens(searched(error)));
    }
    tokens
}

/// The words of a product's name and slug, by which all its tasks are found. They are not among the tasks' own
/// words, so that renaming a product touches no task.
pub fn product_tokens(product: &ProductRecord) -> Vec<String> {
    let mut tokens = text::text_tokens(product.name.as_deref().unwrap_or_default());
    tokens.extend(text::text_tokens(&product.slug_or_made()));
    tokens
}
