//! All scheduled jobs: when each ran last and runs next, and whether it is late or failed.

use chrono::{DateTime, Utc};
use domain::job::Job;
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{
        Ago, Ahead, EmptyState, Inferred, ProductLink, Told,
        scheduled_next::{ID, job_row::LastRun},
    },
    format, links,
    ui::{Icon, IconName, Panel, Unknown},
};

/// Jobs that missed their time first, then those that failed, then the next.
#[component]
pub fn JobsTable(
    /// The jobs, the next first.
    jobs: Vec<Job>,
    /// How many there are.
    total: u64,
    /// Of what is due before this, a job has missed its time.
    late: DateTime<Utc>,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let mut jobs = jobs;
    jobs.sort_by_key(|job| (!job.was_due_before(late), !job.has_failed()));
    let shown = jobs.len() as u64;
    let missed = jobs.iter().filter(|job| job.was_due_before(late)).count();
    let failed = jobs.iter().filter(|job| job.has_failed()).count();
    let mut count = format::number(total);
    for (number, word) in [(missed, "missed"), (failed, "failed")] {
        if number > 0 {
            count = format!("{count} · {number} {word}");
        }
    }
    let body = if jobs.is_empty() {
        view! {
            <EmptyState
                icon=IconName::CalendarClock
                title="No scheduled job is known"
                text="The schedule of a Hermes home is read with it; other schedulers send job lines (docs/telemetry.md)."
            />
        }
        .into_any()
    } else {
        let rows: Vec<_> = jobs.into_iter().map(|job| row(job, late, products)).collect();
        view! {
            <div class="table-wrap" tabindex="0" role="group" aria-label="Scheduled jobs">
                <table class="table jobs-table" role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">"Job"</th>
                            <th scope="col" role="columnheader">"Schedule"</th>
                            <th scope="col" role="columnheader">"Next run"</th>
                            <th scope="col" role="columnheader">"Last run"</th>
                            <th scope="col" role="columnheader">"How it went"</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let more = (total > shown).then(|| {
        view! { <p class="panel-foot">{format!("and {} more", format::number(total - shown))}</p> }
    });
    view! {
        <div class="jobs-place" id=ID>
            <Panel title="Scheduled jobs" count=Some(count)>
                {body}
                {more}
            </Panel>
        </div>
    }
    .into_any()
}

fn row(job: Job, late: DateTime<Utc>, products: StoredValue<Vec<ProductRef>>) -> AnyView {
    let missed = job.was_due_before(late);
    let next = match job.next_run_at {
        _ if job.is_disabled() => view! { <span class="t3">"switched off"</span> }.into_any(),
        _ if job.is_paused() => view! { <span class="t3">"paused"</span> }.into_any(),
        Some(at) if missed => view! {
            <span class="job-late" data-tone="warn">
                <Icon name=IconName::TriangleAlert size=12/>
                "missed, was due "
                <Ago at/>
            </span>
        }
        .into_any(),
        Some(at) => {
            view! { <Inferred field="nextRunAt" inferred=job.inferred.clone()><Ahead at/></Inferred> }
                .into_any()
        }
        None => view! { <Unknown/> }.into_any(),
    };
    let last = match job.last_run_at {
        Some(at) => view! { <Ago at/> }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    };
    let schedule = match job.schedule.clone() {
        Some(text) => view! { <code><Told text/></code> }.into_any(),
        None => view! { <Unknown/> }.into_any(),
    };
    let product = job.product_id.clone().filter(|id| !id.is_unassigned());
    let product = product.map(|id| view! { <div class="t3 xs trunc"><ProductLink id products/></div> });
    let (title, anchor) = (format::plain(&job.name).into_owned(), links::job_anchor(&job.id));
    view! {
        <tr id=anchor role="row">
            <td role="cell">
                <div class="cell-main trunc" title=title>
                    <Told text=job.name.clone()/>
                </div>
                {product}
            </td>
            <td role="cell" data-l="schedule">{schedule}</td>
            <td role="cell" data-l="next run">{next}</td>
            <td role="cell" data-l="last run">{last}</td>
            <td role="cell">
                <LastRun job/>
            </td>
        </tr>
    }
    .into_any()
}
