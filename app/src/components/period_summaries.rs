//! Weeks or months in a table, each figure with where it went against the one before.

use leptos::prelude::*;

use crate::{
    api::history::{FigureView, SummaryRow},
    components::weekly_digest::change_mark,
    ui::{Panel, Unknown},
};

/// A table of weeks or months, the latest first.
#[component]
pub fn PeriodSummaries(
    /// What they are: `By week`.
    title: &'static str,
    /// What one is: `Week`.
    each: &'static str,
    /// The rows.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    let heads: Vec<String> =
        rows.first().map(|row| row.cells.iter().map(|cell| cell.label.clone()).collect()).unwrap_or_default();
    let cell = |cell: FigureView| {
        let value = match cell.value {
            Some(value) => value.into_any(),
            None => view! { <Unknown/> }.into_any(),
        };
        view! {
            <td>
                {value}
                {cell.change.filter(|change| change.up.is_some()).map(change_mark)}
            </td>
        }
    };
    let row = |row: SummaryRow| {
        let label = match row.href {
            Some(href) => view! {
                <a class="quiet-link" href=href>
                    {row.label}
                </a>
            }
            .into_any(),
            None => row.label.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{label}</th>
                {row.cells.into_iter().map(cell).collect_view()}
            </tr>
        }
    };
    let body = if rows.is_empty() {
        view! { <p class="bar-note">"Nothing is known of it."</p> }.into_any()
    } else {
        view! {
            <div class="figures-wrap" tabindex="0" role="region" aria-label=format!("{title}: figures")>
                <table class="figures">
                    <thead>
                        <tr>
                            <th scope="col">{each}</th>
                            {heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <Panel title count=Some("against the one before".to_owned())>
            {body}
        </Panel>
    }
    .into_any()
}
