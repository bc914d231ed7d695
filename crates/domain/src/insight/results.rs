//! What Hermes did for the founder, in three spans.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    facts::{Deed, Ended, Facts, Spans},
    id::ProductId,
};

string_enum! {
    /// A span that results are counted in.
    pub enum ResultSpan as "span" {
        Today = "today", "Today";
        Week = "week", "This week";
        Month = "month", "30 days";
    }
}

/// What Hermes did in one span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Results {
    /// The span.
    pub span: ResultSpan,
    /// When it begins.
    pub since: DateTime<Utc>,
    /// How all tasks ended in it.
    pub ended: Ended,
    /// Products (the reserved one left out) of which a task was completed in it.
    pub products: u64,
    /// How many results there are of each kind.
    pub counts: Vec<ResultCount>,
}

/// How many results there are of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ResultCount {
    /// The kind.
    pub kind: Deed,
    /// How many.
    pub count: u64,
}

/// What Hermes did today, this week and in the last `rules.rateDays`, in that order. What counts for which kind is told at
/// [`Deed`].
pub fn results(facts: &Facts, spans: &Spans) -> Vec<Results> {
    let one = |(index, span): (usize, &ResultSpan)| {
        let since = spans.deeds[index];
        let count = |kind| ResultCount { kind, count: facts.deeds[index].get(kind) };
        Results {
            span: *span,
            since,
            ended: facts.ended_since(since),
            products: products(facts, since),
            counts: Deed::ALL.iter().map(|kind| count(*kind)).collect(),
        }
    };
    ResultSpan::ALL.iter().enumerate().map(one).collect()
}

/// A product has a completed task in a span that ends now just if its last one lies there.
fn products(facts: &Facts, since: DateTime<Utc>) -> u64 {
    let within =
        facts.last_completed.iter().filter(|last| last.at >= since && !last.product_id.is_unassigned());
    let mut ids: Vec<&ProductId> = within.map(|last| &last.product_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len() as u64
}
