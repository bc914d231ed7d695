//! The heading of the events of one attempt.

use leptos::prelude::*;

use crate::{api::task::RunView, components::Moment};

/// Which attempt, from when to when, and how it ended. Events belong to an attempt by their times.
#[component]
pub fn RunHead(
    /// Which attempt; 0 before the first.
    number: u64,
    /// Whether it had ended by then.
    over: bool,
    /// The attempt, where it is known.
    run: Option<RunView>,
    /// Whether no attempt is known at all.
    none: bool,
) -> impl IntoView {
    let title = match (number, over) {
        (0, _) if none => "No run is known".to_owned(),
        (0, _) => "Before the first run".to_owned(),
        (_, false) => format!("Run {number}"),
        (_, true) => format!("After run {number}"),
    };
    let span = run.filter(|_| !over).map(|run| {
        let to = run.ended_at.map(|at| view! { " – " <Moment at/> });
        let status = run.status.map(|status| format!(", {}", status.label().to_lowercase()));
        view! { <span>{run.started_at.map(|at| view! { <Moment at/> })} {to} {status}</span> }
    });
    view! {
        <h3 class="tl-group">
            <b>{title}</b>
            {span}
        </h3>
    }
    .into_any()
}
