//! The overview's figures.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    agent::Rate,
    attention::Severity,
    facts::{BUCKET_SECONDS, Ended, Facts, Spans, bucket, day},
    id::ProductId,
    insight::{attention::AttentionQueue, missions, next_action, status, trend::TREND_DAYS},
    job::Job,
    overview::{HermesOverview, LastAction, OverviewAnswer},
    settings::Rules,
    task::TaskStatus,
    zone::Calendar,
};

/// The spans that [`overview`] needs facts of: the rates' span and the days of the calendar, and what is recent.
pub fn spans(now: DateTime<Utc>, rules: &Rules, calendar: &Calendar) -> Spans {
    let rates = now - TimeDelta::days(rules.rate_days.into());
    let days = calendar.days.first().copied().unwrap_or(now);
    let recent = now - TimeDelta::days(rules.recent_days.into());
    let quiet = now - TimeDelta::minutes(rules.quiet_minutes.into());
    // The momentum of the first day of a trend looks back from there.
    let trend = now - TimeDelta::days(i64::from(rules.neglect_days) + TREND_DAYS);
    Spans {
        since: bucket(rates.min(days).min(calendar.week)),
        recent,
        quiet,
        days: day(rates.min(trend)),
        deeds: [calendar.today(), calendar.week, bucket(rates)],
        until: now,
    }
}

/// All figures of the page. Spans begin at a bucket's start, so "30 days" is exact to 15 minutes.
pub fn overview(
    facts: &Facts,
    queue: &AttentionQueue,
    calendar: Calendar,
    now: DateTime<Utc>,
    rules: &Rules,
) -> OverviewAnswer {
    let (status, status_reason) = status::status(facts, now);
    let critical = queue.items.iter().filter(|item| item.severity == Severity::Critical);
    let known = facts.products.iter().filter(|product| !product.id.is_unassigned() && !product.is_archived());
    let archived =
        |id: &ProductId| facts.products.iter().any(|product| product.id == *id && product.is_archived());
    let missions = missions::missions(facts, now, rules);
    let rates = facts.ended_since(bucket(now - TimeDelta::days(rules.rate_days.into())));
    let recently = now - TimeDelta::days(rules.recent_days.into());
    let touched = |at: &DateTime<Utc>| *at >= recently;
    OverviewAnswer {
        overview: HermesOverview {
            status,
            active_tasks: facts.counts.get(TaskStatus::Running),
            completed_today: facts.ended_since(calendar.today()).completed,
            completed_this_week: facts.ended_since(calendar.week).completed,
            failed_tasks: rates.failed,
            blocked_tasks: facts.counts.get(TaskStatus::Blocked),
            average_duration_ms: rates.duration_ms.checked_div(rates.timed),
            success_rate: Rate::of(rates.completed, rates.completed + rates.failed),
            products_touched_recently: facts
                .product_activity
                .iter()
                .filter(|(id, at)| !id.is_unassigned() && touched(at) && !archived(id))
                .count() as u64,
            founder_attention_count: queue.total(),
        },
        status_reason,
        attention: queue.severities,
        oldest_critical: critical.map(|item| item.since).min(),
        rates,
        total_tasks: facts.counts.total(),
        quiet_tasks: facts.stuck_total,
        completed_yesterday_by_now: yesterday_by_now(facts, &calendar, now),
        completed_by_day: by_day(facts, &calendar),
        total_products: known.count() as u64,
        upcoming_jobs: upcoming(&facts.jobs, now, rules),
        last_action: last_action(facts),
        next_action: next_action::next_action(facts, now, rules),
        missions,
        calendar,
        now,
        seq: facts.seq,
    }
}

/// Tasks completed from yesterday's midnight to 24 hours ago, in whole buckets.
fn yesterday_by_now(facts: &Facts, calendar: &Calendar, now: DateTime<Utc>) -> u64 {
    let Some(from) = calendar.days.iter().rev().nth(1) else { return 0 };
    let to = now - TimeDelta::days(1);
    let within = |at: DateTime<Utc>| at >= *from && at + TimeDelta::seconds(BUCKET_SECONDS) <= to.max(*from);
    facts.ended.iter().filter(|(at, _)| within(*at)).map(|(_, ended)| ended.completed).sum()
}

fn by_day(facts: &Facts, calendar: &Calendar) -> Vec<u64> {
    let mut days = vec![Ended::default(); calendar.days.len()];
    for (at, ended) in &facts.ended {
        let day = calendar.days.partition_point(|start| start <= at);
        if let Some(day) = day.checked_sub(1).and_then(|index| days.get_mut(index)) {
            day.add(ended);
        }
    }
    days.into_iter().map(|day| day.completed).collect()
}

/// Jobs due from now until `rules.upcoming_hours` ahead, the next first; those that will not run are left out.
fn upcoming(jobs: &[Job], now: DateTime<Utc>, rules: &Rules) -> Vec<Job> {
    let until = now + TimeDelta::hours(rules.upcoming_hours.into());
    let due = |job: &&Job| {
        !job.is_disabled() && !job.is_paused() && job.next_run_at.is_some_and(|at| at >= now && at <= until)
    };
    let mut jobs: Vec<Job> = jobs.iter().filter(due).cloned().collect();
    jobs.sort_by(|a, b| a.next_run_at.cmp(&b.next_run_at).then(a.id.cmp(&b.id)));
    jobs
}

fn last_action(facts: &Facts) -> Option<LastAction> {
    let last = facts.last_event.as_ref()?;
    Some(LastAction {
        at: last.at,
        message: last.event.message.clone(),
        task_id: last.task.id.clone(),
        title: last.task.title.clone(),
        product_id: last.task.product_id.clone(),
        agent: last.task.assigned_agent.as_ref().map(|id| {
            let known = facts.agents.iter().find(|agent| agent.id == *id);
            known.map_or_else(|| id.to_string(), |agent| agent.name.clone())
        }),
    })
}
