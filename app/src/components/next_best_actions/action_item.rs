//! One step, and why it is proposed.

use domain::insight::best_action::{BestAction, Points};
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{Ago, ProductLink, Told},
    format, links,
};

/// How much of the words behind a step stands beside it, in characters.
const BECAUSE: usize = 140;

/// One step: what to do with what, why, and its points with their arithmetic.
#[component]
pub fn ActionItem(
    /// The step.
    action: BestAction,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let title = format::plain(&action.title).into_owned();
    let label = format!("{} points: {} {title}", action.points, action.verb.label());
    let arithmetic = arithmetic(&action.parts, action.points);
    let product =
        action.product_id.map(|id| view! { <span class="nba-part"><ProductLink id products/></span> });
    let because = action.because.map(|text| {
        let text = format::excerpt(&text, BECAUSE).unwrap_or(text);
        view! { <span class="nba-part"><Told text/></span> }
    });
    view! {
        <li>
            <div class="nba-main">
                <a class="nba-t" href=links::subject(&action.subject)>
                    <span class="nba-verb">{action.verb.label()}</span>
                    " "
                    <Told text=title/>
                </a>
                <p class="nba-meta">
                    {product}
                    {because}
                </p>
                <details class="nba-points">
                    <summary aria-label=label>
                        {format!("{} points", action.points)}
                    </summary>
                    <p>{arithmetic} ". Waiting since " <Ago at=action.since/> "."</p>
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// `30 severity + 12 priority + 4 waiting + 2.5 age = 48.5, rounded to 49`
fn arithmetic(parts: &Points, points: u8) -> String {
    let sum = figure(parts.total());
    let rounded = if sum.contains('.') { format!(", rounded to {points}") } else { String::new() };
    format!(
        "{} severity + {} priority + {} waiting tasks + {} age = {sum}{rounded}",
        figure(parts.severity),
        figure(parts.priority),
        figure(parts.waiting),
        figure(parts.age),
    )
}

/// Points with one digit where they are not whole. Cut, not rounded: rounding the figure gives the same whole points
/// as rounding the sum itself.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 80")]
fn figure(points: f64) -> String {
    let tenths = (points * 10.0 + 1e-6) as u32;
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arithmetic_adds_up() {
        let parts = Points { severity: 30.0, priority: 12.0, waiting: 4.0, age: 2.57 };
        let words = arithmetic(&parts, 49);
        assert_eq!(words, "30 severity + 12 priority + 4 waiting tasks + 2.5 age = 48.5, rounded to 49");
        let whole = Points { severity: 10.0, priority: 0.0, waiting: 0.0, age: 10.0 };
        assert_eq!(arithmetic(&whole, 20), "10 severity + 0 priority + 0 waiting tasks + 10 age = 20");
    }

    #[test]
    fn points_are_cut_so_that_they_round_alike() {
        assert_eq!([0.0, 2.46, 2.5, 9.99, 10.0].map(figure), ["0", "2.4", "2.5", "9.9", "10"]);
    }
}
