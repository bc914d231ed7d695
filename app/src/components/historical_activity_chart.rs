//! Work over time: one measure a chart, each with a scale of its own.

use leptos::prelude::*;

use crate::{
    chart::{Chart, ChartView},
    ui::Panel,
};

/// What the marks of a chart stand for: the token's tone, and the words.
type Key = (&'static str, &'static str);

/// A chart of tasks over time in its panel.
#[component]
pub fn HistoricalActivityChart(
    /// What is counted: `Failed tasks per day`.
    title: String,
    /// The total, and where it went.
    note: String,
    /// The chart.
    chart: ChartView,
    /// What its marks stand for, where there are several.
    #[prop(optional)]
    legend: &'static [Key],
    /// Where more is said.
    #[prop(optional_no_strip)]
    more: Option<(&'static str, String)>,
) -> impl IntoView {
    let keys = move || {
        let key = |(tone, words): &Key| {
            view! {
                <span class="legend-key" data-tone=*tone>
                    <i></i>
                    {*words}
                </span>
            }
        };
        let keys = legend.iter().map(key).collect_view();
        let more = more.map(|(words, href)| {
            view! {
                <a class="btn" data-variant="ghost" data-size="sm" href=href>
                    {words}
                </a>
            }
        });
        view! { {keys} {more} }
    };
    view! {
        <Panel title count=Some(note) actions=keys>
            <div class="chart-body">
                <Chart chart/>
            </div>
        </Panel>
    }
    .into_any()
}
