//! How the momentum of a product came about, day by day.

use chrono::{DateTime, TimeDelta, Utc};
use domain::insight::{portfolio::ProductInsight, trend::TREND_DAYS};
use leptos::prelude::*;

use crate::{
    components::EmptyState,
    ui::{BarSpark, IconName, More, Panel},
};

/// A bar for each day, and the same as a table.
#[component]
pub fn Trend(
    /// The product.
    insight: ProductInsight,
    /// The server's time.
    now: DateTime<Utc>,
) -> impl IntoView {
    let trend = insight.trend.clone();
    let Some((first, last)) = trend.first().copied().zip(trend.last().copied()) else {
        return view! {
            <Panel title="Momentum history">
                <EmptyState
                    icon=IconName::ChartColumn
                    title="No momentum yet"
                    text="It is worked out from the product's tasks; none was told so far."
                />
            </Panel>
        }
        .into_any();
    };
    let label = format!("Momentum of the last {TREND_DAYS} days, from {first} to {last}");
    let values = trend.iter().map(|value| u64::from(*value)).collect();
    let row = |(index, value): (usize, u8)| {
        let back = TREND_DAYS - i64::try_from(index).unwrap_or(TREND_DAYS);
        let date = (now - TimeDelta::days(back)).date_naive();
        let day = if back == 0 { "Today".to_owned() } else { date.to_string() };
        view! {
            <tr>
                <th scope="row">{day}</th>
                <td>{value}</td>
            </tr>
        }
    };
    let rows = trend.into_iter().enumerate().map(row).collect::<Vec<_>>();
    view! {
        <Panel title="Momentum history" count=Some(format!("{first} → {last}"))>
            <div class="ps-trend">
                <BarSpark values label/>
                <p class="t3 xs">
                    "At the end of each day (UTC), by what ended until then. What was running then is not known, so it \
                     is in none of the values."
                </p>
                <More summary="View as table">
                    <table class="ps-table" aria-label="Momentum by day">
                        <tbody>{rows}</tbody>
                    </table>
                </More>
            </div>
        </Panel>
    }
    .into_any()
}
