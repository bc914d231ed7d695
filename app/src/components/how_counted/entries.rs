//! The words: one entry for each figure but the scheduled jobs, which are listed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{facts, insight::status::FAILURES_IN_A_ROW, overview::OverviewAnswer, settings::Rules};
use leptos::prelude::*;

use crate::{components::Moment, format};

/// How one figure is counted.
pub(super) struct Entry {
    /// What `#counted-…` it is reached by.
    pub(super) id: &'static str,
    /// The figure's name.
    pub(super) name: &'static str,
    /// Its formula in words.
    pub(super) formula: String,
    /// Where its span begins, and its parts.
    pub(super) parts: Option<AnyView>,
}

fn entry(id: &'static str, name: &'static str, formula: String, parts: Option<AnyView>) -> Entry {
    Entry { id, name, formula, parts }
}

fn since(at: DateTime<Utc>, parts: String) -> AnyView {
    view! { "Since " <Moment at/> {parts} }.into_any()
}

/// One entry for each figure, in the order of the deck.
pub(super) fn entries(answer: &OverviewAnswer, rules: &Rules) -> Vec<Entry> {
    let mut entries = state(answer, rules);
    entries.extend(counts(answer, rules));
    entries.extend(rates(answer, rules));
    entries
}

fn state(answer: &OverviewAnswer, rules: &Rules) -> Vec<Entry> {
    let status = format!(
        "The first that holds: nothing was ever heard, unknown; at least {FAILURES_IN_A_ROW} tasks ended in the last \
         24 hours and none well, error; an agent or tool says it is degraded or offline, degraded; a running task of \
         which nobody has spoken for longer than is usual for its type ({} minutes at least), degraded; a running task with fresh evidence, running; else idle.",
        rules.quiet_minutes
    );
    let next = format!(
        "The first that exists: unblock the blocked task of the highest priority; investigate the failed P0 or P1 \
         task of the last {} days; check on the stuck task that has been silent the longest; continue with the \
         queued task of the highest priority.",
        rules.recent_days
    );
    let attention = format!(
        "What the attention queue lists, without what you snoozed or resolved: blocked tasks; tasks of which their source \
         said within {recent} days that they need you; of each product, the latest task that failed within {recent} days \
         over a deployment, its tests, a credential or costs, unless the same type was completed since; stuck tasks; \
         products with {} or more failed tasks within {recent} days, or without activity for {} days; agents and tools with \
         a configuration issue; scheduled jobs whose last run failed, or that are more than {} minutes late.",
        rules.repeated_failures,
        rules.neglect_days,
        rules.missed_job_minutes,
        recent = rules.recent_days,
    );
    let counts = answer.attention;
    let beyond = answer.overview.founder_attention_count.saturating_sub(counts.total());
    let beyond = match beyond {
        0 => String::new(),
        n => format!(" + {n} tasks beyond those that are listed"),
    };
    let parts = format!(
        "{} critical + {} high + {} medium + {} low{beyond} = {}",
        counts.critical, counts.high, counts.medium, counts.low, answer.overview.founder_attention_count
    );
    let quiet = format!("{} of them quiet.", format::number(answer.quiet_tasks));
    vec![
        entry("status", "Hermes status", status, Some(quiet_parts(answer, quiet))),
        entry("last", "Last action", "The latest event of any task, by its own time.".to_owned(), None),
        entry("next", "Recommended next", next, None),
        entry("attention", "Needs you", attention, Some(parts.into_any())),
    ]
}

fn quiet_parts(answer: &OverviewAnswer, quiet: String) -> AnyView {
    let running = format::count(answer.overview.active_tasks, "task runs", "tasks run");
    format!("{running}, {quiet}").into_any()
}

fn counts(answer: &OverviewAnswer, rules: &Rules) -> Vec<Entry> {
    let calendar = &answer.calendar;
    let yesterday =
        format!("; {} by this time yesterday.", format::number(answer.completed_yesterday_by_now));
    let today = "Tasks that were completed since your midnight, compared with yesterday up to this time of day. The \
                 bars are the days before, today last.";
    let touched = answer.now - TimeDelta::days(rules.recent_days.into());
    let total = format!(
        "; {} of {} products.",
        format::number(answer.overview.products_touched_recently),
        format::number(answer.total_products)
    );
    vec![
        entry("today", "Completed today", today.to_owned(), Some(since(calendar.today(), yesterday))),
        entry(
            "week",
            "This week",
            "Tasks that were completed since your Monday.".to_owned(),
            Some(since(calendar.week, ".".to_owned())),
        ),
        entry("active", "Active now", "Tasks whose last word is that they run.".to_owned(), None),
        entry("blocked", "Blocked now", "Tasks whose last word is that they are blocked.".to_owned(), None),
        entry(
            "products",
            "Products",
            format!(
                "Products of which a task was spoken within {} days; tasks without a product are left out.",
                rules.recent_days
            ),
            Some(since(touched, total)),
        ),
    ]
}

fn rates(answer: &OverviewAnswer, rules: &Rules) -> Vec<Entry> {
    let days = rules.rate_days;
    let from = facts::bucket(answer.now - TimeDelta::days(days.into()));
    let parts = |text: String| Some(since(from, format!(", exact to a quarter of an hour: {text}.")));
    let ended = &answer.rates;
    let well = format!(
        "{} completed of {}",
        format::number(ended.completed),
        format::number(ended.completed + ended.failed)
    );
    let timed = format!("{} with a known duration", format::number(ended.timed));
    vec![
        entry(
            "success",
            "Success rate",
            format!(
                "Completed ÷ (completed + failed), of the tasks that ended within {days} days. Cancelled and skipped tasks count for neither."
            ),
            parts(well),
        ),
        entry(
            "failed",
            "Failed",
            format!("Tasks that ended in failure within {days} days."),
            parts(format!("{} failed", format::number(ended.failed))),
        ),
        entry(
            "duration",
            "Average duration",
            format!(
                "The mean of the durations of the tasks completed within {days} days, of those whose duration is known."
            ),
            parts(timed),
        ),
    ]
}

/// How scheduled jobs are counted.
pub(super) fn scheduled(rules: &Rules) -> String {
    format!(
        "Jobs whose next run is due within {} hours; paused and disabled ones are left out.",
        rules.upcoming_hours
    )
}
