//! The card of a figure, in a deck of its own for each.

use leptos::prelude::*;

use super::{Example, example};
use crate::{
    components::{Figure, MetricCard, MetricRow},
    links,
    ui::{BarSpark, Delta},
};

pub(super) fn examples() -> Vec<Example> {
    let row =
        |label: &str, figure| MetricRow { label: label.to_owned(), figure, href: links::TASKS.to_owned() };
    let changed = |state, now, before| {
        let delta =
            Delta::more_is_better(now, before, "yesterday", format!("{before} by this time yesterday"));
        let figure = Figure::plain(now.to_string());
        shown(
            state,
            view! { <MetricCard label="Completed today" figure href=links::TASKS delta=Some(delta)/> },
        )
    };
    let rows = vec![row("Failed, 30 d", Figure::plain("29")), row("Blocked now", Figure::Unknown)];
    vec![
        shown(
            "A figure",
            view! { <MetricCard label="Active now" figure=Figure::plain("7") href=links::TASKS/> },
        ),
        shown(
            "A figure with its unit, others beside it",
            view! {
                <MetricCard
                    label="Success rate, 30 d"
                    figure=Figure::Known("94.2".to_owned(), "%".into())
                    href=links::TASKS
                    rows
                />
            },
        ),
        shown(
            "Unknown",
            view! { <MetricCard label="Average duration, 30 d" figure=Figure::Unknown href=links::TASKS/> },
        ),
        changed("More than before, which is good", 48, 37),
        changed("Less than before, which is bad", 12, 37),
        changed("The same as before", 37, 37),
        shown(
            "With its shape over time",
            view! {
                <MetricCard
                    label="Completed today"
                    figure=Figure::plain("14")
                    href=links::TASKS
                    chart=|| {
                        view! { <BarSpark values=vec![3, 4, 4, 6, 10, 8, 14] label="Completed on each of the last 7 days: 3, 4, 4, 6, 10, 8, 14"/> }
                    }
                />
            },
        ),
        shown(
            "The figure that asks for the founder",
            view! {
                <MetricCard label="Needs you" figure=Figure::plain("9") href=links::ATTENTION attention=true>
                    <p class="sm t3">"What it is made of"</p>
                </MetricCard>
            },
        ),
    ]
}

fn shown(state: &'static str, card: impl IntoView + 'static) -> Example {
    let view = view! {
        <div class="deck">
            <div class="deck-kpis">{card}</div>
        </div>
    };
    example(state, view)
}
