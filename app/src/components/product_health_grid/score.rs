//! A score that opens to its arithmetic.

use leptos::prelude::*;

use super::words::{Step, tone};
use crate::ui::Ring;

/// A number that opens to its parts; works without scripts. Of a table's scores one is open at a time.
#[component]
pub fn Score(
    /// What it is: `Health of Ledgerly`.
    #[prop(into)]
    label: String,
    /// 0 to 100.
    score: u8,
    /// The arithmetic; empty where a source told the score.
    steps: Vec<Step>,
    /// Whether a bar shows it, in the tone of its band.
    #[prop(optional)]
    bar: bool,
    /// Whether a ring shows it, in the tone of its band.
    #[prop(optional)]
    ring: bool,
    /// Where its parts can be looked up.
    href: String,
    /// What that leads to: `Tasks of Ledgerly`.
    #[prop(into)]
    link: String,
) -> impl IntoView {
    let bar = bar.then(|| {
        view! {
            <span class="score-bar" aria-hidden="true">
                <i style=format!("--v:{score}")></i>
            </span>
        }
    });
    let tone = tone(Some(score));
    let number = if ring {
        view! { <Ring value=Some(score)/> }.into_any()
    } else {
        view! { <span class="score-n">{score}</span> }.into_any()
    };
    let step = |step: Step| {
        view! {
            <div>
                <dt>
                    {step.name}
                    <span class="t3">{step.how}</span>
                </dt>
                <dd>{step.points}</dd>
            </div>
        }
    };
    let body = if steps.is_empty() {
        view! { <p class="t3">"As its source tells it: no task of it ended lately to compute it from."</p> }
            .into_any()
    } else {
        view! {
            <dl>
                {steps.into_iter().map(step).collect_view()} <div data-sum="">
                    <dt>"In whole points, 0 to 100"</dt>
                    <dd>{score}</dd>
                </div>
            </dl>
        }
        .into_any()
    };
    view! {
        <details class="score" name="score">
            <summary data-tone=tone aria-label=format!("{label}: {score}. How it is counted")>
                {bar}
                {number}
            </summary>
            <div class="score-parts">
                {body}
                <a class="link" href=href>
                    {link}
                </a>
            </div>
        </details>
    }
    .into_any()
}
