//! Why tasks failed: bars of the categories, the most frequent first.

use leptos::prelude::*;

use crate::{
    api::history::BarView,
    components::{BarList, EmptyState},
    ui::{IconName, Panel},
};

/// The categories of failures. They are guessed from words where no source told them, and the panel says so.
#[component]
pub fn FailureCategoryChart(
    /// How many tasks failed.
    failed: String,
    /// The categories.
    causes: Vec<BarView>,
) -> impl IntoView {
    let body = if causes.is_empty() {
        view! {
            <EmptyState
                icon=IconName::CircleCheck
                tone="ok"
                title="No task failed in this span"
                text="Failures will be listed here by what their errors tell."
            />
        }
        .into_any()
    } else {
        view! {
            <div class="chart-body">
                <BarList bars=causes tone="danger"/>
                <p class="bar-note">
                    "By what the source told, else guessed from the words of the error."
                </p>
            </div>
        }
        .into_any()
    };
    view! {
        <Panel title="Failure categories" count=Some(failed)>
            {body}
        </Panel>
    }
    .into_any()
}
