//! Work over time: what was done in a span, in each part of it, and against the span before.

mod ask;
mod cause;
mod week;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    ask::{Dates, HistoryQuery, LastSpan, MAX_DAYS, Range},
    cause::FailureCause,
    week::Week,
};
use super::{health::is_off, neglected::neglected_since};
use crate::{
    agent::Rate,
    facts::{Happened, HistoryFacts, Period, PeriodFacts},
    id::ProductId,
    product::Product,
    settings::Rules,
};

/// How many products a list names.
const LISTED: usize = 6;

/// The figures of a period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Tasks that ended well.
    pub completed: u64,
    /// Tasks that ended in failure.
    pub failed: u64,
    /// How often a task became blocked.
    pub blocked: u64,
    /// Completed ÷ (completed + failed); `null` where both are 0.
    pub success_rate: Option<Rate>,
    /// How many completed tasks have a duration.
    pub timed: u64,
    /// The mean of their durations, in milliseconds.
    pub mean_ms: Option<u64>,
    /// Their median, in milliseconds, off by at most 3.2 %.
    pub median_ms: Option<u64>,
    /// What nine of ten do not exceed, in milliseconds, off by at most 3.2 %.
    pub p90_ms: Option<u64>,
    /// Products of which a task was completed.
    pub advanced: u64,
}

impl Figures {
    /// The figures of what happened.
    pub fn of(facts: &PeriodFacts) -> Self {
        let mut sum = Happened::default();
        facts.products.iter().for_each(|(_, happened)| sum.add(happened));
        let ended = sum.ended;
        let advanced = facts.products.iter().filter(|(id, happened)| advanced(id, happened));
        Self {
            completed: ended.completed,
            failed: ended.failed,
            blocked: sum.blocked,
            success_rate: Rate::of(ended.completed, ended.completed + ended.failed),
            timed: ended.timed,
            mean_ms: ended.duration_ms.checked_div(ended.timed),
            median_ms: facts.durations.percentile(50),
            p90_ms: facts.durations.percentile(90),
            advanced: advanced.count() as u64,
        }
    }
}

/// Whether a task of that product was completed. What belongs to no product advances none.
pub fn advanced(id: &ProductId, happened: &Happened) -> bool {
    happened.ended.completed > 0 && !id.is_unassigned()
}

/// A part of the span, or a week or month around it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended, or will.
    pub to: DateTime<Utc>,
    /// Its figures.
    pub figures: Figures,
}

/// A week or a month beside the one before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended, or will.
    pub to: DateTime<Utc>,
    /// Its figures.
    pub figures: Figures,
    /// The whole one before; `null` where nothing is known of it.
    pub before: Option<Figures>,
}

/// How much was done for a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductWork {
    /// The product.
    pub product_id: ProductId,
    /// Tasks that ended well.
    pub completed: u64,
    /// Tasks that ended in failure.
    pub failed: u64,
}

/// Since when nothing was done for a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductSilence {
    /// The product.
    pub product_id: ProductId,
    /// Its last activity, or its beginning where there was none.
    pub since: DateTime<Utc>,
    /// Whether that is so long ago that it is neglected.
    pub neglected: bool,
}

/// How many tasks failed of one cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CauseCount {
    /// The cause, guessed from words where no source told it.
    pub cause: FailureCause,
    /// How many.
    pub count: u64,
}

/// Work over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct History {
    /// When the span began.
    pub from: DateTime<Utc>,
    /// When it ended: the end of its last day, or now.
    pub to: DateTime<Utc>,
    /// The product that all of this is of; `null` is all of them.
    pub product_id: Option<ProductId>,
    /// When the first thing happened that is known, of all products; `null` where nothing did.
    pub known_since: Option<DateTime<Utc>>,
    /// The figures of the whole span.
    pub total: Figures,
    /// Those of as many days before it; `null` where not all of them are known.
    pub before: Option<Figures>,
    /// Whether `parts` are weeks; else they are days.
    pub by_week: bool,
    /// The days or weeks of the span, in order.
    pub parts: Vec<Part>,
    /// The products with the most tasks completed in the span, the most first.
    pub most_active: Vec<ProductWork>,
    /// The products that nothing was done for the longest as of now, the longest first.
    pub most_neglected: Vec<ProductSilence>,
    /// Why tasks failed in the span, the most frequent first.
    pub causes: Vec<CauseCount>,
    /// The last weeks up to the end of the span, the latest first.
    pub weeks: Vec<Summary>,
    /// The last months up to the end of the span, the latest first.
    pub months: Vec<Summary>,
}

/// The periods that the history is made of, in the founder's days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periods {
    /// The span itself.
    pub span: Period,
    /// As many days before it.
    pub before: Period,
    /// Whether `parts` are weeks.
    pub by_week: bool,
    /// Its days or weeks, in order.
    pub parts: Vec<Period>,
    /// Weeks, the latest first, one more than is shown.
    pub weeks: Vec<Period>,
    /// Months, the latest first, one more than is shown.
    pub months: Vec<Period>,
}

impl Periods {
    /// All of them in one list, in the order in which [`history`] reads the facts; the span is the sum of its parts.
    pub fn all(&self) -> Vec<Period> {
        let lists = [&self.parts, &self.weeks, &self.months].into_iter().flatten();
        [self.before].iter().chain(lists).copied().collect()
    }
}

/// Work over time, from the facts of [`Periods::all`].
pub fn history(
    facts: &HistoryFacts,
    periods: &Periods,
    products: &[Product],
    product: Option<ProductId>,
    now: DateTime<Utc>,
    rules: &Rules,
) -> History {
    let none = PeriodFacts::default();
    let span = PeriodFacts::merged(facts.periods.iter().skip(1).take(periods.parts.len()));
    let mut of = facts.periods.iter();
    let mut next = || of.next().unwrap_or(&none);
    let before = Figures::of(next());
    let part =
        |period: &Period, facts| Part { from: period.from, to: period.to, figures: Figures::of(facts) };
    let parts = periods.parts.iter().map(|period| part(period, next())).collect();
    let weeks: Vec<Part> = periods.weeks.iter().map(|period| part(period, next())).collect();
    let months: Vec<Part> = periods.months.iter().map(|period| part(period, next())).collect();
    History {
        from: periods.span.from,
        to: periods.span.to.min(now),
        known_since: facts.since,
        total: Figures::of(&span),
        before: is_known(facts, periods.before.from).then_some(before),
        by_week: periods.by_week,
        parts,
        most_active: most_active(&span),
        most_neglected: most_neglected(products, product.as_ref(), now, rules),
        causes: causes(&span),
        weeks: summaries(facts, &weeks),
        months: summaries(facts, &months),
        product_id: product,
    }
}

/// Whether what happened from then on is known: something had happened before it.
fn is_known(facts: &HistoryFacts, from: DateTime<Utc>) -> bool {
    facts.since.is_some_and(|since| since <= from)
}

/// Each with the one before, down to the first of which anything is known.
fn summaries(facts: &HistoryFacts, parts: &[Part]) -> Vec<Summary> {
    let known =
        |part: &&[Part]| matches!(part, [part, _] if facts.since.is_some_and(|since| since < part.to));
    let summary = |pair: &[Part]| match pair {
        [part, before] => Some(Summary {
            from: part.from,
            to: part.to,
            figures: part.figures,
            before: is_known(facts, before.from).then_some(before.figures),
        }),
        _ => None,
    };
    parts.windows(2).take_while(known).filter_map(summary).collect()
}

fn most_active(facts: &PeriodFacts) -> Vec<ProductWork> {
    let work = |(id, happened): &(ProductId, Happened)| ProductWork {
        product_id: id.clone(),
        completed: happened.ended.completed,
        failed: happened.ended.failed,
    };
    let mut all: Vec<_> =
        facts.products.iter().filter(|(id, happened)| advanced(id, happened)).map(work).collect();
    all.sort_by(|a, b| b.completed.cmp(&a.completed).then_with(|| a.product_id.cmp(&b.product_id)));
    all.truncate(LISTED);
    all
}

/// Of a product that is paused, archived or an idea nothing is expected.
fn most_neglected(
    products: &[Product],
    product: Option<&ProductId>,
    now: DateTime<Utc>,
    rules: &Rules,
) -> Vec<ProductSilence> {
    let asked = |known: &&Product| product.is_none_or(|product| known.id == *product);
    let expected = products.iter().filter(|product| !is_off(product) && !product.id.is_unassigned());
    let silence = |product: &Product| ProductSilence {
        product_id: product.id.clone(),
        since: product.last_hermes_activity_at.unwrap_or(product.created_at),
        neglected: neglected_since(product, now, rules).is_some(),
    };
    let mut all: Vec<_> = expected.filter(asked).map(silence).collect();
    all.sort_by(|a, b| (a.since, &a.product_id).cmp(&(b.since, &b.product_id)));
    all.truncate(LISTED);
    all
}

/// "Other" and "no error told" come last, whatever their number: they are no category to work on.
fn causes(facts: &PeriodFacts) -> Vec<CauseCount> {
    let last = |cause| matches!(cause, FailureCause::Other | FailureCause::Untold);
    let mut all: Vec<_> =
        facts.causes.iter().map(|(cause, count)| CauseCount { cause: *cause, count: *count }).collect();
    all.sort_by_key(|count| (last(count.cause), std::cmp::Reverse(count.count), count.cause));
    all
}
