//! Work over time, and why tasks failed.

use domain::insight::history::FailureCause;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::{Example, example};
use crate::{
    api::history::BarView,
    chart::{ChartRow, ChartView},
    components::{FailureCategoryChart, HistoricalActivityChart},
    links,
};

/// Tasks on each day from 12 May on; of the last nobody knows.
const DAYS: [Option<u64>; 14] = [
    Some(3),
    Some(4),
    Some(4),
    Some(6),
    Some(10),
    Some(8),
    Some(4),
    Some(3),
    Some(8),
    Some(6),
    Some(12),
    Some(10),
    Some(14),
    None,
];

pub(super) fn activity() -> Vec<Example> {
    let shown = |state, title: &str, note: &str, chart, legend, more| {
        let (title, note) = (title.to_owned(), note.to_owned());
        example(state, view! { <HistoricalActivityChart title note chart legend more/> })
    };
    let legend: &'static [_] = &[("ok", "Completed"), ("mean", "7-day mean")];
    let mean = chart(
        "Completed",
        "ok",
        &DAYS,
        Some([3.0, 3.5, 3.7, 4.3, 5.4, 5.8, 5.6, 5.6, 6.1, 6.4, 7.3, 7.3, 8.1]),
    );
    let more = Some(("Blocked now", links::TASKS.to_owned()));
    vec![
        shown(
            "Bars with a mean; the last day is unknown",
            "Completed tasks per day",
            "92 in 14 days",
            mean,
            legend,
            None,
        ),
        shown(
            "One measure, with a way on",
            "Blocked tasks per day",
            "92 in 14 days",
            chart("Blocked", "warn", &DAYS, None),
            &[],
            more,
        ),
        shown(
            "Nothing happened",
            "Failed tasks per day",
            "0 in 14 days",
            chart("Failed", "danger", &[Some(0); 14], None),
            &[],
            None,
        ),
    ]
}

fn chart(name: &str, tone: &str, values: &[Option<u64>], mean: Option<[f64; 13]>) -> ChartView {
    let labels: Vec<String> = (12..).map(|day| format!("{day} May")).take(values.len()).collect();
    let rows = labels.iter().zip(values).map(|(label, value)| ChartRow {
        label: label.clone(),
        href: value.is_some_and(|value| value > 0).then(|| links::TASKS.to_owned()),
        cells: vec![value.map(|value| value.to_string()).unwrap_or_default()],
    });
    let total: u64 = values.iter().flatten().sum();
    ChartView {
        summary: format!("{name} tasks per day: {total} in {} days.", values.len()),
        tone: tone.to_owned(),
        tall: mean.is_some(),
        values: values.iter().map(|value| value.unwrap_or_default()).collect(),
        option: option(name, tone, &labels, values, mean).to_string(),
        head: vec!["Day".to_owned(), name.to_owned()],
        rows: rows.collect(),
    }
}

/// What the server's builder makes of such figures.
fn option(
    name: &str,
    tone: &str,
    labels: &[String],
    values: &[Option<u64>],
    mean: Option<[f64; 13]>,
) -> Value {
    let bars = json!({
        "type": "bar", "name": name, "data": values, "barWidth": "60%",
        "itemStyle": { "color": format!("--chart-{tone}"), "borderRadius": 1 },
    });
    let line = mean.map(|mean| {
        json!({
            "type": "line", "name": "7-day mean", "data": mean.as_slice(), "symbol": "none", "silent": true,
            "lineStyle": { "color": "--text-3", "width": 1.25, "type": "dashed" },
        })
    });
    let series: Vec<Value> = std::iter::once(bars).chain(line).collect();
    json!({
        "grid": { "left": 8, "right": 8, "top": 8, "bottom": 6, "containLabel": true },
        "xAxis": { "type": "category", "data": labels },
        "yAxis": { "type": "value", "splitNumber": 4, "minInterval": 1 },
        "tooltip": { "trigger": "axis" },
        "series": series,
    })
}

pub(super) fn failures() -> Vec<Example> {
    let bar = |(cause, count): (FailureCause, u64)| BarView {
        label: cause.label().to_owned(),
        href: None,
        percent: count * 100 / 11,
        text: count.to_string(),
        title: format!("{count} of 29 tasks that failed"),
    };
    let causes = [
        (FailureCause::Tests, 11),
        (FailureCause::Deployment, 7),
        (FailureCause::Credentials, 5),
        (FailureCause::Network, 3),
        (FailureCause::Other, 2),
        (FailureCause::Untold, 1),
    ];
    let chart = |state, failed: &str, causes| {
        example(state, view! { <FailureCategoryChart failed=failed.to_owned() causes/> })
    };
    vec![
        chart("With failures", "29 failed", causes.map(bar).to_vec()),
        chart("Without", "0 failed", Vec::new()),
    ]
}
