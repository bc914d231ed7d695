//! One product of the grid.

use domain::insight::{health::HealthBasis, portfolio::ProductInsight};
use leptos::prelude::*;

use super::words::{band, health_line};
use crate::{components::Told, format, links};

/// All that a cell says, for the pointer, the focus and screen readers.
fn words(insight: &ProductInsight) -> String {
    let name = format::plain(&insight.product.name);
    let health = match (insight.health.basis, insight.product.status) {
        (HealthBasis::Off, Some(status)) => format!("{}, no score", status.label().to_lowercase()),
        _ => health_line(&insight.health),
    };
    let attention = insight
        .attention
        .map_or_else(String::new, |attention| format!(". Needs you: {}", attention.reason.label()));
    format!("{name}, {health}{attention}")
}

/// The name and the score, leading to the product. A notch in the corner: it needs the founder.
#[component]
pub fn Cell(
    /// The product.
    insight: ProductInsight,
) -> impl IntoView {
    let words = words(&insight);
    let score = insight.health.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    view! {
        <li>
            <a
                class="cell"
                href=links::product(&insight.product.slug)
                data-h=band(&insight.health)
                data-attn=insight.attention.map(|_| "")
                title=words.clone()
                aria-label=words
            >
                <span class="cell-name trunc">
                    <Told text=insight.product.name/>
                </span>
                <span class="cell-n">{score}</span>
            </a>
        </li>
    }
    .into_any()
}
