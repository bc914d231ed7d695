//! The ten numbers of the deck.

use chrono::{DateTime, Utc};
use domain::{
    attention::{Severity, SeverityCounts},
    overview::OverviewAnswer,
    settings::Rules,
    task::TaskStatus,
};
use leptos::prelude::*;

use crate::{
    components::{Age, Figure, MetricCard, MetricRow, SeverityMark, founder_attention_queue, how_counted},
    format, links,
    ui::{BarSpark, Delta},
};

fn row(label: impl Into<String>, figure: Figure, href: impl Into<String>) -> MetricRow {
    MetricRow { label: label.into(), figure, href: href.into() }
}

fn counted(value: u64) -> Figure {
    Figure::plain(format::number(value))
}

#[component]
pub fn Figures(answer: StoredValue<OverviewAnswer>, rules: StoredValue<Rules>) -> impl IntoView {
    let (answer, rules) = (answer.get_value(), rules.get_value());
    let overview = answer.overview.clone();
    let rates = format!("{} d", rules.rate_days);
    let yesterday = format!(
        "{} by this time yesterday, in whole quarters of an hour",
        format::count(answer.completed_yesterday_by_now, "task was completed", "tasks were completed"),
    );
    let delta = Delta::more_is_better(
        overview.completed_today,
        answer.completed_yesterday_by_now,
        "yesterday",
        yesterday,
    );
    let days = answer.completed_by_day.clone();
    let spoken = days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let spoken = format!("Completed on each of the last {} days, today last: {spoken}", days.len());
    let success = overview
        .success_rate
        .map_or(Figure::Unknown, |rate| Figure::Known(format::percent(rate.get()), "%".into()));
    let average =
        overview.average_duration_ms.map_or(Figure::Unknown, |ms| Figure::plain(format::duration(ms)));
    let touched = format!("of {}", format::number(answer.total_products));
    view! {
        <div class="deck-kpis">
            <MetricCard
                label="Needs you"
                figure=counted(overview.founder_attention_count)
                href=founder_attention_queue::ANCHOR
                attention=true
                chart=move || view! { <OldestCritical since=answer.oldest_critical/> }
            >
                <Severities counts=answer.attention/>
            </MetricCard>
            <MetricCard
                label="Completed today"
                figure=counted(overview.completed_today)
                href=links::tasks(TaskStatus::Completed)
                delta=Some(delta)
                chart=move || view! { <BarSpark values=days label=spoken/> }
                rows=vec![
                    row("This week", counted(overview.completed_this_week), links::tasks(TaskStatus::Completed)),
                    row("Active now", counted(overview.active_tasks), links::tasks(TaskStatus::Running)),
                ]
            />
            <MetricCard
                label=format!("Success rate, {rates}")
                figure=success
                href=how_counted::anchor("success")
                rows=vec![
                    row(
                        format!("Failed, {rates}"),
                        counted(overview.failed_tasks),
                        links::tasks(TaskStatus::Failed),
                    ),
                    row("Blocked now", counted(overview.blocked_tasks), links::tasks(TaskStatus::Blocked)),
                ]
            />
            <MetricCard
                label=format!("Average duration, {rates}")
                figure=average
                href=how_counted::anchor("duration")
                rows=vec![
                    row(
                        format!("Products, {} d", rules.recent_days),
                        Figure::Known(format::number(overview.products_touched_recently), touched.into()),
                        links::PRODUCTS,
                    ),
                    row(
                        format!("Scheduled, next {} h", rules.upcoming_hours),
                        counted(answer.upcoming_jobs.len() as u64),
                        how_counted::anchor("scheduled"),
                    ),
                ]
            />
        </div>
    }
}

/// How many of each severity the count of "Needs you" is made of: a glyph, the number and the word.
#[component]
fn Severities(counts: SeverityCounts) -> impl IntoView {
    let part = |severity: &Severity| {
        let count = counts.get(*severity);
        view! {
            <li data-none=(count == 0).then_some("")>
                <SeverityMark severity=*severity size=12/>
                <b>{format::number(count)}</b>
                " "
                {severity.as_str()}
            </li>
        }
    };
    view! { <ul class="kpi-sev">{Severity::ALL.iter().map(part).collect_view()}</ul> }
}

/// For how long the critical item that waits longest has waited; nothing where none is critical.
#[component]
fn OldestCritical(since: Option<DateTime<Utc>>) -> impl IntoView {
    since.map(|at| {
        view! {
            <div class="kpi-side">
                "oldest critical "
                <b>
                    <Age at/>
                </b>
            </div>
        }
    })
}
