//! The page of the history, from the insight.

use chrono::{DateTime, Utc};
use domain::{
    id::ProductId,
    insight::{
        digest::Digest,
        history::{CauseCount, FailureCause, History, HistoryQuery, Range, Summary, Week},
    },
    product::Product,
    query::PageRequest,
    zone::Zone,
};

use super::{
    BarView, HistoryPage, SummaryRow, digest,
    figures::{self, day, day_of_year, last_moment},
    series,
};
use crate::{format, links};

/// All products: a founder has as many as can be shown.
pub(super) const ALL: PageRequest = PageRequest { page: 1, per_page: u32::MAX };

/// The page of that question.
pub(super) fn page(
    query: &HistoryQuery,
    history: &History,
    digest: &Digest,
    products: &[Product],
    zone: Zone,
    now: DateTime<Utc>,
) -> HistoryPage {
    let date = |at| zone.local(at).0.date_naive().to_string();
    let last = last_moment(history.parts.last().map_or(history.to, |part| part.to));
    HistoryPage {
        range: match query.range {
            Range::Last(span) => Some(span.as_str().to_owned()),
            Range::Custom(..) => None,
        },
        from: date(history.from),
        to: date(last),
        product: query.product.as_ref().map(ToString::to_string),
        products: products.iter().map(|product| (product.id.to_string(), product.name.clone())).collect(),
        words: words(history, last, &zone),
        known: known(history.known_since, history.from, &zone),
        empty: history.known_since.is_none(),
        query: query.text(),
        digest: digest::head(digest, products, &zone),
        activity: series::activity(history, &zone),
        durations: series::durations(history, &zone),
        failed: format::number(history.total.failed),
        causes: causes(&history.causes),
        active: active(history, products),
        neglected: neglected(history, products, now, &zone),
        weeks: history.weeks.iter().map(|week| self::week(week, now, &zone)).collect(),
        months: history.months.iter().map(|month| self::month(month, now, &zone)).collect(),
        now,
        zone,
    }
}

fn words(history: &History, last: DateTime<Utc>, zone: &Zone) -> String {
    let days = (zone.local(last).0.date_naive() - zone.local(history.from).0.date_naive()).num_days() + 1;
    let days = u64::try_from(days).unwrap_or(1);
    let span = format!("{} – {}", day(history.from, zone), day_of_year(last, zone));
    match history.before {
        Some(_) if days == 1 => format!("{span} · vs the day before"),
        Some(_) => format!("{span} · vs the {days} days before"),
        None => format!("{span} · too little is known to compare"),
    }
}

/// Since when anything is known, where the span begins before.
pub(super) fn known(since: Option<DateTime<Utc>>, from: DateTime<Utc>, zone: &Zone) -> Option<String> {
    let since = since.filter(|since| *since > from)?;
    Some(format!(
        "Nothing is known from before {}: that part of the span is empty.",
        day_of_year(since, zone)
    ))
}

/// The name of a product, and where it leads.
pub(super) fn named(id: &ProductId, products: &[Product]) -> (String, Option<String>) {
    match products.iter().find(|product| product.id == *id) {
        Some(product) => (product.name.clone(), Some(links::product(&product.slug))),
        None if id.is_unassigned() => ("No product".to_owned(), None),
        None => (id.to_string(), Some(links::product(id.as_str()))),
    }
}

fn share(value: u64, most: u64) -> u64 {
    value.saturating_mul(100) / most.max(1)
}

fn causes(causes: &[CauseCount]) -> Vec<BarView> {
    let most = causes.iter().map(|cause| cause.count).max().unwrap_or(0);
    let title = |cause| match cause {
        FailureCause::Untold => "Failed without an error text",
        FailureCause::Other => "The error text has no word that tells a category",
        _ => "Told by the source, or guessed from the words of the error",
    };
    let bar = |cause: &CauseCount| BarView {
        label: cause.cause.label().to_owned(),
        href: None,
        percent: share(cause.count, most),
        text: format::number(cause.count),
        title: title(cause.cause).to_owned(),
    };
    causes.iter().map(bar).collect()
}

fn active(history: &History, products: &[Product]) -> Vec<BarView> {
    let most = history.most_active.iter().map(|work| work.completed).max().unwrap_or(0);
    let bar = |work: &domain::insight::history::ProductWork| {
        let (label, href) = named(&work.product_id, products);
        let title =
            format!("{} completed, {} failed", format::number(work.completed), format::number(work.failed));
        BarView {
            label,
            href,
            percent: share(work.completed, most),
            text: format::number(work.completed),
            title,
        }
    };
    history.most_active.iter().map(bar).collect()
}

fn neglected(history: &History, products: &[Product], now: DateTime<Utc>, zone: &Zone) -> Vec<BarView> {
    let idle = |since: DateTime<Utc>| u64::try_from((now - since).num_days()).unwrap_or(0);
    let most = history.most_neglected.iter().map(|silence| idle(silence.since)).max().unwrap_or(0);
    let bar = |silence: &domain::insight::history::ProductSilence| {
        let (label, href) = named(&silence.product_id, products);
        let neglected = if silence.neglected { "; neglected" } else { "" };
        BarView {
            label,
            href,
            percent: share(idle(silence.since), most),
            text: format!("{} d", format::number(idle(silence.since))),
            title: format!("Last activity {}{neglected}", format::absolute(silence.since, zone)),
        }
    };
    history.most_neglected.iter().map(bar).collect()
}

fn week(summary: &Summary, now: DateTime<Utc>, zone: &Zone) -> SummaryRow {
    let week = Week::of(zone.local(summary.from).0.date_naive());
    let label = format!("{} – {}", day(summary.from, zone), day(last_moment(summary.to), zone));
    SummaryRow { href: Some(links::digest(&week.to_string())), ..row(label, summary, now) }
}

fn month(summary: &Summary, now: DateTime<Utc>, zone: &Zone) -> SummaryRow {
    row(zone.local(summary.from).0.format("%B %Y").to_string(), summary, now)
}

/// One that is not over yet has no change: a part against a whole would tell a fall that there is not.
fn row(label: String, summary: &Summary, now: DateTime<Utc>) -> SummaryRow {
    let over = summary.to <= now;
    let label = if over { label } else { format!("{label}, so far") };
    SummaryRow {
        label,
        href: None,
        cells: figures::row(&summary.figures, summary.before.as_ref().filter(|_| over)),
    }
}
