//! Figures in words, and where they went.

use chrono::{DateTime, Utc};
use domain::{insight::history::Figures, zone::Zone};

use super::{Change, FigureView};
use crate::format;

/// `25 May`
pub(super) fn day(at: DateTime<Utc>, zone: &Zone) -> String {
    zone.local(at).0.format("%-d %b").to_string()
}

/// `25 May 2026`
pub(super) fn day_of_year(at: DateTime<Utc>, zone: &Zone) -> String {
    zone.local(at).0.format("%-d %b %Y").to_string()
}

/// The last day of a period whose end is left out.
pub(super) fn last_moment(to: DateTime<Utc>) -> DateTime<Utc> {
    to - chrono::TimeDelta::seconds(1)
}

/// Where a count went.
pub(super) fn count_change(now: u64, before: u64, more_is: Option<bool>) -> Change {
    let up = (now != before).then_some(now > before);
    let text = if up.is_some() { format::number(now.abs_diff(before)) } else { "same".to_owned() };
    Change { up, text, good: up.and_then(|up| more_is.map(|more| more == up)) }
}

fn rate_change(now: f64, before: f64) -> Change {
    let points = (now - before) * 100.0;
    let up = (points.abs() >= 0.05).then_some(points > 0.0);
    let text = if up.is_some() { format!("{:.1} pt", points.abs()) } else { "same".to_owned() };
    Change { up, text, good: up }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds")]
fn duration_change(now: u64, before: u64) -> Option<Change> {
    let share = (now as f64 - before as f64) / before.max(1) as f64 * 100.0;
    let up = (share.abs() >= 0.5).then_some(share > 0.0);
    let text = if up.is_some() { format!("{:.0} %", share.abs()) } else { "same".to_owned() };
    (before > 0).then_some(Change { up, text, good: up.map(|up| !up) })
}

fn figure(label: &str, value: Option<String>, change: Option<Change>, note: String) -> FigureView {
    FigureView { label: label.to_owned(), value, change, note }
}

fn rate(figures: &Figures) -> Option<String> {
    figures.success_rate.map(|rate| format!("{} %", format::percent(rate.get())))
}

/// The cells of a digest's head. `against` is what the changes are against.
pub(super) fn head(now: &Figures, before: Option<&Figures>, against: &str) -> Vec<FigureView> {
    let count = |label: &str, of: fn(&Figures) -> u64, more_is| {
        let change = before.map(|before| count_change(of(now), of(before), more_is));
        let note = match before {
            Some(before) => format!("{} {against}", format::number(of(before))),
            None => format!("unknown {against}"),
        };
        figure(label, Some(format::number(of(now))), change, note)
    };
    let change =
        before.and_then(|before| Some(rate_change(now.success_rate?.get(), before.success_rate?.get())));
    let earlier = before.and_then(rate).unwrap_or_else(|| "unknown".to_owned());
    vec![
        count("Completed", |figures| figures.completed, Some(true)),
        count("Failed", |figures| figures.failed, Some(false)),
        count("Became blocked", |figures| figures.blocked, Some(false)),
        count("Products advanced", |figures| figures.advanced, Some(true)),
        figure("Success rate", rate(now), change, format!("{earlier} {against}")),
    ]
}

/// The cells of a week or a month: completed, failed, blocked, rate, median, products.
pub(super) fn row(now: &Figures, before: Option<&Figures>) -> Vec<FigureView> {
    let count = |label: &str, of: fn(&Figures) -> u64, more_is| {
        let change = before.map(|before| count_change(of(now), of(before), more_is));
        figure(label, Some(format::number(of(now))), change, String::new())
    };
    let rates =
        before.and_then(|before| Some(rate_change(now.success_rate?.get(), before.success_rate?.get())));
    let medians = before.and_then(|before| duration_change(now.median_ms?, before.median_ms?));
    vec![
        count("Done", |figures| figures.completed, Some(true)),
        count("Failed", |figures| figures.failed, Some(false)),
        count("Blocked", |figures| figures.blocked, Some(false)),
        figure("Rate", rate(now), rates, String::new()),
        figure("Median", now.median_ms.map(format::duration), medians, String::new()),
        count("Products", |figures| figures.advanced, Some(true)),
    ]
}
