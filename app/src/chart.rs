//! Charts: the shape at once and without scripts, the exact figures in a table, and ECharts where scripts run and the
//! chart is in view.
//!
//! The option of a chart is made on the server (`options.rs`) and handed to ECharts as it is; colours stand in it as names
//! of tokens. Only `echarts.js`, which comes with ECharts, knows what they look like.

#[cfg(feature = "hydrate")]
mod echarts;
#[cfg(feature = "ssr")]
pub mod options;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::{BarSpark, Unknown};

/// A chart with the figures behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChartView {
    /// What it shows, in one sentence.
    pub summary: String,
    /// What its bars stand for: the tone that they are painted in.
    pub tone: String,
    /// Whether it is the large one of the page.
    pub tall: bool,
    /// The values that make its shape.
    pub values: Vec<u64>,
    /// The option for ECharts, as JSON.
    pub option: String,
    /// The heads of the table's columns.
    pub head: Vec<String>,
    /// The rows of the table, one a point.
    pub rows: Vec<ChartRow>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChartRow {
    /// Which part of the span.
    pub label: String,
    /// The tasks behind it, where the ledger can list them. The point leads there, too.
    pub href: Option<String>,
    /// The figures; what is not known is empty.
    pub cells: Vec<String>,
}

/// The chart, and its table behind a line that opens it. Where ECharts cannot be loaded, the table opens and says so.
#[component]
pub fn Chart(
    /// What it shows.
    chart: ChartView,
) -> impl IntoView {
    let failed = RwSignal::new(false);
    let plot = NodeRef::new();
    #[cfg(feature = "hydrate")]
    echarts::mount_when_seen(plot, chart.option, failed);
    let row = |row: ChartRow| {
        let label = match row.href {
            Some(href) => view! { <a data-point="" href=href>{row.label}</a> }.into_any(),
            None => view! { <span data-point="">{row.label}</span> }.into_any(),
        };
        let cell = |cell: String| {
            let cell = if cell.is_empty() { view! { <Unknown/> }.into_any() } else { cell.into_any() };
            view! { <td>{cell}</td> }
        };
        let cells = row.cells.into_iter().map(cell).collect_view();
        view! {
            <tr>
                <th scope="row">{label}</th>
                {cells}
            </tr>
        }
    };
    let name = format!("Table: {}", chart.summary);
    view! {
        <figure class="chart">
            <div class="chart-plot" data-tone=chart.tone data-tall=chart.tall.then_some("")>
                <BarSpark values=chart.values label=chart.summary.clone()/>
                <div class="chart-live" node_ref=plot aria-hidden="true"></div>
            </div>
            <details class="more chart-more" open=move || failed.get()>
                <summary>"View as table"</summary>
                {move || {
                    failed
                        .get()
                        .then(|| {
                            view! {
                                <p class="chart-failed" role="status">
                                    "The chart could not be loaded. These are its figures."
                                </p>
                            }
                        })
                }}
                <div class="figures-wrap" tabindex="0" role="region" aria-label=name>
                    <table class="figures">
                        <caption class="sr">{chart.summary}</caption>
                        <thead>
                            <tr>
                                {chart
                                    .head
                                    .into_iter()
                                    .map(|head| view! { <th scope="col">{head}</th> })
                                    .collect_view()}
                            </tr>
                        </thead>
                        <tbody>{chart.rows.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
    .into_any()
}
