//! One scheduled job.

use chrono::{DateTime, Datelike, Utc};
use domain::{job::Job, zone::Zone};
use leptos::prelude::*;

use crate::{
    api::overview::ProductRef,
    components::{Ago, Ahead, Inferred, ProductLink, Told},
    format,
    state::Clock,
    ui::{Icon, IconName, Unknown},
};

/// `10:00`, and the weekday where that is not today: `Tue 06:00`.
fn due(at: DateTime<Utc>, now: DateTime<Utc>, zone: &Zone) -> String {
    let clock = format::clock(at, zone);
    let (then, today) = (zone.local(at).0, zone.local(now).0);
    if then.date_naive() == today.date_naive() { clock } else { format!("{} {clock}", then.weekday()) }
}

/// When, what, for which product, and how its last run went.
#[component]
pub fn JobRow(
    /// The job.
    job: Job,
    /// Whether it should have run already.
    missed: bool,
    /// The products whose names are known.
    products: StoredValue<Vec<ProductRef>>,
) -> impl IntoView {
    let clock = use_context::<Clock>();
    let time = job.next_run_at.zip(clock).map(|(at, clock)| due(at, clock.started(), clock.zone()));
    let when = job.next_run_at.map(|at| {
        if missed {
            view! {
                <span class="job-late" data-tone="warn">
                    <Icon name=IconName::TriangleAlert size=12/>
                    "missed, was due "
                    <Ago at/>
                </span>
            }
            .into_any()
        } else {
            view! {
                <span class="t2 sm">
                    <Ahead at/>
                </span>
            }
            .into_any()
        }
    });
    let product = job.product_id.clone().map(|id| {
        view! {
            <Inferred field="productId" inferred=job.inferred.clone()>
                <ProductLink id products/>
            </Inferred>
        }
    });
    let (dotted, schedule) = (product.is_some().then_some("dotsep"), job.schedule.clone());
    let schedule = schedule.map(|text| {
        view! {
            <span class=dotted>
                <code>
                    <Told text/>
                </code>
            </span>
        }
    });
    let title = format::plain(&job.name).into_owned();
    view! {
        <li class="job" data-missed=missed.then_some("")>
            <span class="job-t">
                <Inferred field="nextRunAt" inferred=job.inferred.clone()>
                    {time}
                </Inferred>
            </span>
            <div class="job-what">
                <div class="trunc" title=title>
                    <Told text=job.name.clone()/>
                </div>
                <div class="t3 sm trunc">{product} {schedule}</div>
            </div>
            <div class="job-r">
                {when}
                <LastRun job/>
            </div>
        </li>
    }
    .into_any()
}

/// How the last run went: a glyph and words. A run that went well but reached nobody did not go well.
#[component]
pub(crate) fn LastRun(
    /// The job.
    job: Job,
) -> impl IntoView {
    let word = job.last_status.as_deref();
    let why = |text: Option<String>| text.map(|text| format::plain(&text).into_owned());
    let told = match word {
        Some("error" | "failed") => {
            Some(("danger", IconName::CircleX, "last run failed", why(job.last_error)))
        }
        _ if job.last_delivery_error.is_some() => {
            Some(("warn", IconName::TriangleAlert, "last run not delivered", why(job.last_delivery_error)))
        }
        Some("ok" | "completed" | "success") => Some(("ok", IconName::CircleCheck, "last run ok", None)),
        _ => None,
    };
    match (told, job.last_status) {
        (Some((tone, glyph, words, title)), _) => view! {
            <span class="job-last" data-tone=tone title=title>
                <Icon name=glyph size=12/>
                {words}
            </span>
        }
        .into_any(),
        (None, Some(word)) => view! {
            <span class="job-last">
                "last run: "
                <Told text=word/>
            </span>
        }
        .into_any(),
        (None, None) => view! {
            <span class="job-last">
                "last run "
                <Unknown/>
            </span>
        }
        .into_any(),
    }
}
