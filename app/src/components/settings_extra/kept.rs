//! What the retention would delete, and what it did.

use domain::settings::RetentionRun;
use leptos::prelude::*;

use super::kept_pages::KeptPages;
use crate::{
    components::Ago,
    format,
    ui::{Panel, Unknown},
};

/// What the form would delete, and what the last run did.
#[component]
pub fn Kept(
    /// The last run.
    last: Option<RetentionRun>,
    /// The size of the database.
    bytes: Option<u64>,
    /// Ended tasks that the form takes the events of.
    stripped: u64,
    /// Ended tasks that the form deletes.
    deleted: u64,
) -> impl IntoView {
    let did = match last {
        None => "It has not run yet: everything is kept.".into_any(),
        Some(run) => {
            let what = format!(
                " deleted {}, {} and {}; the database became {} smaller.",
                format::count(run.tasks, "task", "tasks"),
                format::count(run.events, "event", "events"),
                format::count(run.runs, "run or its log", "runs or their logs"),
                format::bytes(run.bytes),
            );
            view! { "The last run, " <Ago at=run.at/> "," {what} }.into_any()
        }
    };
    let size = match bytes {
        Some(bytes) => format::bytes(bytes).into_any(),
        None => view! { <Unknown/> }.into_any(),
    };
    let would = format!(
        "With these periods, {} would be without events and logs, and {} would be deleted.",
        format::count(stripped, "ended task", "ended tasks"),
        format::count(deleted, "ended task", "ended tasks"),
    );
    view! {
        <Panel title="What is deleted">
            <div class="s-text">
                <p role="status">
                    <b>{would}</b>
                </p>
                <p class="t2">{did} " It is " {size} " large now."</p>
                <p class="t2">
                    "Never deleted: open tasks, tasks on which a decision of yours is in force, the task of the newest event, and your decisions. It runs within a minute of a change, then every hour. A line that is sent again stays known, so that it does not bring back what was deleted."
                </p>
            </div>
        </Panel>
        <KeptPages/>
    }
    .into_any()
}
