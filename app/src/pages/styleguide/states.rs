//! Nothing there, not loaded, on its way.

use leptos::prelude::*;

use super::{Example, example};
use crate::{
    api::ApiError,
    components::{EmptyState, ErrorState, LoadingSkeleton},
    links,
    ui::IconName,
};

pub(super) fn empty() -> Vec<Example> {
    let idle = view! {
        <EmptyState icon=IconName::CirclePause title="Nothing is running" text="The next task that starts appears here."/>
    };
    let way = view! {
        <EmptyState icon=IconName::Chart title="Nothing has ended yet" text="As soon as a task ends, it is counted here.">
            <a class="btn" data-size="sm" href=links::SOURCES>
                "See what is read"
            </a>
        </EmptyState>
    };
    let good = view! {
        <EmptyState
            icon=IconName::CircleCheck
            tone="ok"
            title="Nothing needs you"
            text="What is blocked, stuck or failed appears here."
        />
    };
    vec![boxed("Nothing to show", idle), boxed("With a way on", way), boxed("Good news", good)]
}

pub(super) fn errors() -> Vec<Example> {
    let failed = |(state, error)| {
        boxed(
            state,
            view! { <ErrorState what="The overview" unaffected="Telemetry is taken and stored all the same." error/> },
        )
    };
    let errors = [
        ("There is no such thing", ApiError::NotFound),
        ("What was asked for makes no sense", ApiError::Invalid("`page` is a number from 1 on".to_owned())),
        ("The store does not answer", ApiError::Unavailable),
        ("The server cannot be reached", ApiError::Unreachable),
        ("A bug", ApiError::Internal),
    ];
    errors.map(failed).into()
}

pub(super) fn loading() -> Vec<Example> {
    vec![
        boxed("Four rows, as it comes", view! { <LoadingSkeleton label="an example"/> }),
        boxed("As many rows as there will be", view! { <LoadingSkeleton label="another example" rows=2/> }),
    ]
}

/// In a panel, whose body it replaces.
fn boxed(state: &'static str, view: impl IntoView + 'static) -> Example {
    example(state, view! { <div class="panel">{view}</div> })
}
