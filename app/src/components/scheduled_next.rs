//! What is scheduled: what should have run and has not, then what runs next.

pub mod job_row;

use domain::job::Job;
use leptos::prelude::*;

use self::job_row::JobRow;
use crate::{
    api::overview::ProductRef,
    components::EmptyState,
    format,
    ui::{IconName, More, Panel},
};

/// The panel's place on the page.
pub(crate) const ID: &str = "jobs";

/// How many jobs stand open.
const SHOWN: usize = 6;

/// Missed jobs first, the one that is most late at the top; then those that are due, the next first.
#[component]
pub fn ScheduledNext(
    /// Jobs that are due, the next first.
    jobs: Vec<Job>,
    /// Jobs that should have run, and have not.
    missed: Vec<Job>,
    /// How far ahead `jobs` looks, in hours.
    hours: u16,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let late = missed.len() as u64;
    let count = format!("{} in {hours} h", format::number(jobs.len() as u64));
    let count = if late > 0 { format!("{count} · {} missed", format::number(late)) } else { count };
    let mut missed = missed;
    missed.sort_by(|a, b| a.next_run_at.cmp(&b.next_run_at).then_with(|| a.id.cmp(&b.id)));
    let mut rows: Vec<(Job, bool)> = missed.into_iter().map(|job| (job, true)).collect();
    rows.extend(jobs.into_iter().map(|job| (job, false)));
    let rest = rows.split_off(rows.len().min(SHOWN));
    let list = move |rows: Vec<(Job, bool)>| {
        let row = move |(job, missed)| view! { <JobRow job missed products/> };
        view! { <ul class="jobs">{rows.into_iter().map(row).collect_view()}</ul> }
    };
    let body = if rows.is_empty() {
        view! {
            <EmptyState
                icon=IconName::AlarmClock
                title=format!("Nothing is scheduled in the next {hours} hours")
                text="Jobs that Hermes runs by itself appear here before they run, and stay here if they do not."
            />
        }
        .into_any()
    } else {
        list(rows).into_any()
    };
    let more = (!rest.is_empty()).then(|| {
        let summary = format!("{} more", format::number(rest.len() as u64));
        view! { <More summary>{list(rest)}</More> }
    });
    view! {
        <div class="jobs-place" id=ID>
            <Panel title="Scheduled next" count=Some(count)>
                {body}
                {more}
            </Panel>
        </div>
    }
    .into_any()
}
